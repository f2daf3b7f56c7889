/** What a chair sees before a text is frozen, and what everybody sees after. */
import { afterEach, beforeEach, expect, test } from 'vitest'
import type { ResolutionValue } from '../../shared/model/value.ts'
import { readStage } from '../../shared/model/state.ts'
import { Person } from '../unit/walk/person.ts'
import { Conference } from './support/conference.ts'
import { looked } from './support/looked.ts'
import type { Visitor } from './support/visitor.ts'


const bare = { notes: [], children: [] }
const text: ResolutionValue = {
  language: 'en',
  units: [
    { kind: 'title', words: 'Lamps of the harbour', ...bare },
    { kind: 'organ', words: 'The General Assembly,', ...bare },
    { kind: 'pp', words: 'Recalling its resolution 70/1,', notes: [{ at: 30, words: 'Of 25 September 2015.' }], children: [] },
    { kind: 'op', words: 'Urges all States to keep every lamp burning;', ...bare, brackets: [{ from: 25, to: 35 }] },
    { kind: 'op', words: 'Decides to remain seized of the matter.', ...bare },
  ],
}

let conference: Conference

beforeEach(async () => {
  conference = await Conference.open()
})

async function negotiated(value: ResolutionValue): Promise<void> {
  const { chair } = conference
  const made = await chair.call('/api/commands', { key: 'lamps-draft', body: { command: 'create-draft', title: 'Lamps of the harbour', language: 'en' } })
  await chair.wear(made.draft!, made.hatId!)
  await chair.command({ command: 'import', value })
  await chair.command({ command: 'add-delegation', delegation: { id: 'jp', name: 'Japan', kind: 'state' } })
  await chair.command({ command: 'open-negotiation' })
  await chair.reopen()
}

afterEach(() => conference?.close())

const dialog = ({ page }: Visitor): ReturnType<typeof page.getByRole> => page.getByRole('dialog')

const look = (visitor: Visitor, name: string): Promise<void> => looked(visitor, `freezing-${name}`)

test('SG10 RS7 the chair is shown the sponsors as they sign, each once; SG13 the very form: footnotes, brackets that still stand, and what is wrong with the symbol; SG14 on the cards of a frozen text nothing is offered that cannot be done', { timeout: 240_000 }, async () => {
  await negotiated(text)
  const { chair } = conference
  const page = await conference.chairsPage()
  const japan = await conference.visitor('Jun Mori', { role: 'delegate', delegation: 'jp', level: 'head' })
  const propose = japan.page.getByRole('button', { name: 'Propose a change of OP1' })
  await japan.select(chair.unit('OP1').id, 'Urges', true)
  await propose.click()
  await japan.page.getByRole('button', { name: 'Leave out Delete' }).waitFor()
  await japan.page.keyboard.press('Escape')

  const delegate = new Person('Aki Tanaka', conference.server.address)
  await delegate.follow(await conference.invitation({ role: 'delegate', delegation: 'jp', level: 'head' }))
  await delegate.command({ command: 'sponsor', as: 'co' })
  await page.page.getByRole('button', { name: /^Chair:/ }).click()
  await page.page.getByRole('button', { name: 'Freeze the text…', exact: true }).click()
  const preview = dialog(page).locator('.freeze-preview')
  await preview.getByText('1. Of 25 September 2015.').waitFor()
  expect(await preview.locator('p').nth(2).innerText()).toBe('Recalling its resolution 70/1,1')
  await preview.getByText('1. Urges all States to keep [every lamp] burning;').waitFor()
  await dialog(page).getByText('One paragraph still has words in square brackets').waitFor()
  await dialog(page).getByText('Japan: draft resolution', { exact: true }).waitFor()
  // In one place: of those who signed, the line has the names and this the kinds.
  await dialog(page).getByText('Signed by one co-sponsor. Who signs after the freeze is named as an additional sponsor.', { exact: true }).waitFor()
  expect((await dialog(page).innerText()).match(/Japan/g)).toHaveLength(1)
  await look(page, '01-preview')
  await dialog(page).getByLabel('Why without a silence procedure').fill('It is agreed.')
  await dialog(page).getByRole('checkbox').last().check()
  await dialog(page).getByLabel('Symbol').fill('A/C.3/81')
  await dialog(page).getByText('The number of the document is missing').first().waitFor()
  expect(await dialog(page).getByRole('button', { name: 'Freeze now' }).getAttribute('aria-disabled')).toBe('true')
  await look(page, '02-symbol')
  await dialog(page).getByLabel('Symbol').fill('A/C.3/81/L.12')
  await dialog(page).getByRole('button', { name: 'Freeze now' }).click()
  await chair.until(() => readStage(chair.shared).stage === 'frozen')

  await japan.page.locator('.banner').getByText('is final', { exact: false }).waitFor()
  await expect.poll(async () => {
    await japan.select(chair.unit('OP1').id, 'Urges', true)
    return (await propose.count()) === 0 ? null : propose.getAttribute('aria-disabled')
  }, { timeout: 30_000, interval: 500 }).toBe('true')
  expect(await propose.getAttribute('title')).toBe('This draft is frozen. Nothing can be changed any more.')
  await japan.page.locator('.unit-card .brackets').getByText('In brackets: “every lamp”', { exact: true }).waitFor()
  await look(japan, '03-frozen')
  for (const visitor of [page, japan]) expect(visitor.complaints).toEqual([])
})

test('RS7 where the text brought its own line of sponsors, that is what the chair is told is printed, and who signed and is not in it', { timeout: 120_000 }, async () => {
  await negotiated({ ...text, units: [{ kind: 'front', words: 'Brazil and Norway: draft resolution', ...bare }, ...text.units] })
  const page = await conference.chairsPage()
  const delegate = new Person('Aki Tanaka', conference.server.address)
  await delegate.follow(await conference.invitation({ role: 'delegate', delegation: 'jp', level: 'head' }))
  await delegate.command({ command: 'sponsor', as: 'main' })
  await page.page.getByRole('button', { name: /^Chair:/ }).click()
  await page.page.getByRole('button', { name: 'Freeze the text…', exact: true }).click()
  await dialog(page).getByText('The text has its own line of sponsors, above. It is printed as it stands.').waitFor()
  await dialog(page).getByText('Signed here and not in that line: Japan', { exact: true }).waitFor()
  await dialog(page).getByText('Signed by one main sponsor.', { exact: false }).waitFor()
  expect((await dialog(page).innerText()).match(/draft resolution/g)).toHaveLength(1)
  await look(page, '04-own-line')
})
