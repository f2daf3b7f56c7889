/** The way of a draft, walked by its chair and two delegations in their pages: readings, silence broken and kept, the freeze. */
import { execFileSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { digestOfText } from '../../shared/lifecycle/digests.ts'
import { readPackages, readRequests } from '../../shared/model/agreed.ts'
import { readStage, readUnitState } from '../../shared/model/state.ts'
import { Conference, euHead, japanHead } from './support/conference.ts'
import { looked } from './support/looked.ts'
import type { Visitor } from './support/visitor.ts'

const command = fileURLToPath(new URL('../../server/cli/omnibus.js', import.meta.url))

let conference: Conference

beforeEach(async () => {
  conference = await Conference.open()
})

afterEach(() => conference?.close())

const button = ({ page }: Visitor, name: string | RegExp): ReturnType<typeof page.getByRole> => page.getByRole('button', { name, ...(typeof name === 'string' ? { exact: true } : {}) })
const dialog = ({ page }: Visitor): ReturnType<typeof page.getByRole> => page.getByRole('dialog')

const look = (visitor: Visitor, name: string): Promise<void> => looked(visitor, `stages-${name}`)

async function choose(chair: Visitor, item: string): Promise<void> {
  await button(chair, /^Chair:/).click()
  await button(chair, item).click()
  await dialog(chair).waitFor()
}

const here = ({ page }: Visitor, name: string): Promise<void> => page.locator('.way [aria-current="step"]').getByText(name, { exact: true }).waitFor()

test('SG6 from the zero draft through two readings, silence broken and silence kept, to a frozen text that is downloaded, verified and reopened', { timeout: 300_000 }, async () => {
  const person = conference.chair
  const chair = await conference.chairsPage()
  const eu = await conference.visitor('Eva Lind', euHead)
  const japan = await conference.visitor('Jun Mori', japanHead)
  await here(chair, 'Drafting')
  await look(chair, '01-drafting')
  await person.command({ command: 'keep-version', kind: 'zero', name: '', symbol: '', digest: digestOfText(person.view, 'en') })

  await choose(chair, 'Open negotiation')
  await dialog(chair).getByRole('button', { name: 'Open negotiation' }).click()
  await here(eu, 'First reading')
  await choose(chair, 'Deadline for proposals')
  await dialog(chair).getByRole('button', { name: 'In 48 hours' }).click()
  await dialog(chair).getByText('on your clock', { exact: false }).waitFor()
  await look(chair, '02-deadline')
  await dialog(chair).getByRole('button', { name: 'Deadline for proposals' }).click()
  await eu.page.locator('.way').getByText('Proposals until').waitFor()
  await choose(chair, 'Next reading')
  await dialog(chair).getByRole('button', { name: 'Next reading' }).click()
  await here(japan, 'Second reading')
  await look(japan, '03-second-reading')

  await choose(chair, 'Silence procedure')
  await dialog(chair).getByRole('button', { name: 'In 24 hours' }).click()
  await dialog(chair).getByText('gives at least 72 hours', { exact: false }).waitFor()
  await look(chair, '04-start-silence')
  await dialog(chair).getByRole('button', { name: 'Silence procedure' }).click()
  await here(japan, 'Silence')
  // The words that are prepared in private go on being so.
  const op1 = person.unit('OP1')
  await eu.replace(op1.id, 'every lamp', 'each lamp')
  await eu.saved()
  await japan.page.locator('.way').getByRole('button', { name: 'Break silence' }).click()
  await dialog(japan).getByRole('checkbox', { name: /^OP1/ }).check()
  await dialog(japan).getByLabel('Reason, for the record').fill('Our harbours are lit by law already.')
  await look(japan, '05-break')
  await dialog(japan).getByRole('button', { name: 'Break silence' }).click()
  await chair.page.locator('.way').getByText('One delegation has broken silence.', { exact: false }).waitFor()
  await look(chair, '06-broken')
  await choose(chair, 'End the silence procedure')
  await dialog(chair).getByLabel('Reason, for the record').fill('We take it up at once.')
  await dialog(chair).getByRole('button', { name: 'End the silence procedure' }).click()
  await here(chair, 'Second reading')
  // The text is drawn anew at the change of stage, and the caret with it.
  await expect.poll(async () => {
    await chair.select(op1.id, 'Urges', true)
    return chair.page.locator('.objections').getByText('Our harbours are lit by law already.').isVisible()
  }, { timeout: 30_000, interval: 500 }).toBe(true)
  await look(chair, '07-objection')

  // Silence again, to a deadline that comes while everybody looks on: the server says when it is over.
  await person.command({ command: 'start-silence', digest: digestOfText(person.view, 'en'), units: [], untilMs: Date.now() + 2_000, reason: '' })
  await here(eu, 'Silence')
  await eu.page.locator('.way').getByText('Nothing is missing: the chair can freeze the text.').waitFor()
  await look(eu, '08-ready')
  await button(eu, /^More:/).click()
  await button(eu, 'Record').click()
  await dialog(eu).getByRole('cell', { name: 'recorded the end of silence at its deadline: procedure 2, unbroken' }).waitFor()
  await look(eu, '08-record')
  expect(await dialog(eu).getByRole('row').filter({ hasText: 'recorded the end of silence' }).getByRole('cell').nth(2).innerText()).toBe('The server')
  await eu.page.keyboard.press('Escape')
  await choose(chair, 'Freeze the text…')
  await dialog(chair).getByText('Silence on this text as it stands has passed unbroken.').waitFor()
  await dialog(chair).getByRole('checkbox').last().check()
  await dialog(chair).getByRole('checkbox', { name: 'A second person has to confirm it first' }).check()
  await dialog(chair).getByText('Nobody has confirmed this text as it stands.', { exact: false }).waitFor()
  const legal = await conference.visitor('Lena Roth', { role: 'legal', delegation: 'legal', level: 'head' })
  await button(legal, /^More:/).click()
  await button(legal, 'Confirm what will be frozen').click()
  await look(legal, '09-confirm')
  await dialog(legal).getByRole('button', { name: 'Confirm it' }).click()
  await dialog(chair).getByText('Confirmed as it stands: Legal officer', { exact: false }).waitFor()
  await look(chair, '09-freeze')
  await dialog(chair).getByRole('button', { name: 'Freeze now' }).click()
  await here(japan, 'Frozen')
  await look(japan, '10-frozen')
  expect(readStage(person.shared).stage).toBe('frozen')
  await button(japan, /^More:/).click()
  const [download] = await Promise.all([japan.page.waitForEvent('download'), japan.page.getByRole('link', { name: /^Final version 2/ }).click()])
  expect(execFileSync(process.execPath, [command, 'verify', await download.path()], { encoding: 'utf8' })).toContain('Sound:')

  await choose(chair, 'Reopen the frozen text')
  await dialog(chair).getByRole('textbox').fill('The meeting asked for it.')
  await look(chair, '10-reopen')
  await dialog(chair).getByRole('button', { name: 'Reopen the frozen text' }).click()
  await here(japan, 'Second reading')
  await button(japan, /^More:/).click()
  await japan.page.getByRole('link', { name: /^Final version 2/ }).waitFor()
  await japan.page.keyboard.press('Escape')
  for (const visitor of [chair, eu, japan]) expect(visitor.complaints).toEqual([])
  await eu.page.goto(conference.server.address)
  await eu.page.getByText('Safe harbours').waitFor()
  await look(eu, '11-list')
})

test('AG6 the chair agrees a section and a package, a delegation asks to reopen, the chair declines and reopens; the picture says how far it is', { timeout: 300_000 }, async () => {
  const person = conference.chair
  await person.command({ command: 'open-negotiation' })
  const amendment = person.propose('OP2', 'agencies', 'all agencies')
  await person.putForward(amendment)
  const chair = await conference.chairsPage()
  const japan = await conference.visitor('Jun Mori', japanHead)
  await chair.page.locator('.way').getByRole('img', { name: '0 of 6 paragraphs agreed ad ref; 1 open proposal' }).waitFor()

  await button(chair, /^More:/).click()
  await button(chair, 'Packages').click()
  await dialog(chair).getByRole('button', { name: 'Make a package' }).click()
  await dialog(chair).getByLabel('Name of the package').fill('Lamps and agencies')
  await dialog(chair).getByRole('checkbox', { name: /^OP1/ }).check()
  await dialog(chair).getByRole('checkbox', { name: /^Proposal of Chair, OP2/ }).check()
  await look(chair, '20-package')
  await dialog(chair).getByRole('button', { name: 'Make a package' }).click()
  await dialog(chair).getByRole('button', { name: 'Agree all of it ad ref' }).click()
  await dialog(chair).getByText('Reopening it reopens all of the package: OP1, OP2.').waitFor()
  await look(chair, '21-package-agreed')
  await chair.page.keyboard.press('Escape')
  await person.until(() => person.unit('OP2').words.includes('all agencies'))

  const op1 = person.unit('OP1')
  await japan.select(op1.id, 'Urges', true)
  await button(japan, 'Ask the chair to reopen').click()
  await japan.page.locator('.requests').getByLabel('Reason, for the record').fill('Our capital has written.')
  await japan.page.locator('.requests').getByRole('button', { name: 'Ask the chair to reopen' }).click()
  await japan.page.locator('.requests').getByText('The chair has not answered yet.').waitFor()
  await look(japan, '22-asked')
  await chair.select(op1.id, 'Urges', true)
  await chair.page.locator('.requests').getByText('Our capital has written.').waitFor()
  await look(chair, '23-request')
  await chair.page.locator('.requests').getByLabel('Your word to the delegation').fill('At the next meeting.')
  await chair.page.locator('.requests').getByRole('button', { name: 'Decline' }).click()
  await japan.page.locator('.requests').getByText('At the next meeting.', { exact: false }).waitFor()
  expect(readRequests(person.shared).map(({ answer }) => answer?.reopened)).toEqual([false])
  await japan.page.locator('.requests').getByRole('button', { name: 'Ask the chair to reopen' }).click()
  await japan.page.locator('.requests').getByLabel('Reason, for the record').fill('It has written again.')
  await japan.page.locator('.requests').getByRole('button', { name: 'Ask the chair to reopen' }).click()
  await chair.page.locator('.requests').getByRole('button', { name: 'Reopen', exact: true }).click()
  await person.until(() => readPackages(person.shared)[0]?.agreed === null)
  expect(['OP1', 'OP2'].map((number) => readUnitState(person.shared, person.unit(number).id).agreed)).toEqual([null, null])

  await person.command({ command: 'drop-package', package: readPackages(person.shared)[0]!.id, reason: '' })
  await choose(chair, 'Agree or lock a section…')
  await dialog(chair).getByText('7 paragraphs change, of 7.').waitFor()
  await look(chair, '24-together')
  await dialog(chair).getByRole('button', { name: 'Agree ad ref' }).click()
  await japan.page.locator('.way').getByRole('img', { name: '6 of 6 paragraphs agreed ad ref; no open proposals' }).waitFor()
  await look(japan, '25-agreed')
  await japan.page.goto(conference.server.address)
  await japan.page.getByRole('img', { name: '6 of 6 paragraphs agreed ad ref; no open proposals' }).waitFor()
  await look(japan, '26-list')
  for (const visitor of [chair, japan]) expect(visitor.complaints).toEqual([])
})
