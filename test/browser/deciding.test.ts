import { afterEach, beforeEach, expect, test } from 'vitest'
import { readAmendmentState } from '../../shared/model/state.ts'
import type { Person } from '../unit/walk/person.ts'
import { picture } from './support/picture.ts'
import { openStage } from './support/stage.ts'
import type { Stage } from './support/stage.ts'
import type { Visitor } from './support/visitor.ts'

const source = [
  'Strengthening a global partnership against trafficking in persons', '',
  'The General Assembly,', '',
  'Recalling its resolution 64/293 of 30 July 2010,', '',
  '1. Requests the Secretary-General to report every year on the work of the partnership;', '',
  '2. Invites Member States to contribute to the trust fund for victims;', '',
  '3. Decides to remain seized of the matter.', '',
].join('\n')

const shoot = ({ page }: Visitor, name: string): Promise<void> => picture(page, name)

let stage: Stage
let eu: Person
let japan: Person
let brazil: Person
let chair: Visitor

beforeEach(async () => {
  stage = await openStage(source)
  await stage.delegation('eu', 'EU', 'group')
  await stage.delegation('jp', 'Japan', 'state')
  await stage.delegation('br', 'Brazil', 'state')
  eu = await stage.person('Eva Lind', { role: 'delegate', delegation: 'eu', level: 'head' })
  japan = await stage.person('Jun Mori', { role: 'delegate', delegation: 'jp', level: 'head' })
  brazil = await stage.person('Bia Souza', { role: 'delegate', delegation: 'br', level: 'head' })
})

afterEach(() => stage?.end())

const statusOf = (amendment: string): string | undefined => readAmendmentState(stage.chair.shared, amendment)?.status

async function put(person: Person, number: string, find: string, words: string): Promise<string> {
  const amendment = person.propose(number, find, words)
  await person.putForward(amendment)
  return amendment
}

test('RV4 rivals stand side by side with the text as it is, and one is decided on from there', async () => {
  const [a, b, c] = [await put(eu, 'OP1', 'every year', 'each year, in writing,'), await put(japan, 'OP1', 'report every year', 'report every two years'), await put(brazil, 'OP2', 'Invites', 'Urges')]
  chair = await stage.visitor('Carl Seat', { role: 'facilitator', delegation: 'office', level: 'head' })
  await chair.card(a).waitFor()
  expect(await chair.card(c).getByText('Rivals:').count()).toBe(0)
  await chair.card(a).getByRole('button', { name: 'Rivals: Japan' }).click()
  const dialog = chair.page.getByRole('dialog')
  await dialog.getByRole('heading', { name: 'As it stands' }).waitFor()
  expect((await dialog.locator('.rival h3').allInnerTexts()).sort()).toEqual(['As it stands', 'EU', 'Japan'])
  expect((await dialog.locator('.rival ins').allInnerTexts()).sort()).toEqual([expect.stringContaining('each year, in writing,'), expect.stringContaining('report every two years')])
  await shoot(chair, 'rivals')
  await dialog.getByRole('button', { name: 'Incorporate (EU)' }).click()
  await dialog.getByRole('heading', { name: 'EU' }).waitFor({ state: 'detached' })
  expect(await dialog.locator('.rival h3').allInnerTexts()).toEqual(['As it stands', 'Japan'])
  await stage.chair.until(() => statusOf(a) === 'incorporated')
  expect(statusOf(b)).toBe('open')
  expect(stage.chair.unit('OP1').words).toContain('report each year, in writing, on')
})

test('DE27 what the filter shows is decided together, rivals are not incorporated together, and it is undone from the card', async () => {
  const [a, b, c] = [await put(eu, 'OP1', 'every year', 'each year'), await put(japan, 'OP1', 'every year', 'every two years'), await put(brazil, 'OP2', 'Invites', 'Urges')]
  chair = await stage.visitor('Carl Seat', { role: 'facilitator', delegation: 'office', level: 'head' })
  await chair.page.getByRole('button', { name: 'Decide on all 3' }).click()
  const dialog = chair.page.getByRole('dialog')
  await dialog.getByLabel('Decision').selectOption('Incorporate')
  expect(await dialog.getByRole('button', { name: 'Decide on 3 proposals' }).getAttribute('title')).toMatch(/^(EU, Japan|Japan, EU) touch the same words/)
  await dialog.getByLabel('Japan, OP1').uncheck()
  await shoot(chair, 'decide-all')
  await dialog.getByRole('button', { name: 'Decide on 2 proposals' }).click()
  await stage.chair.until(() => statusOf(a) === 'incorporated' && statusOf(c) === 'incorporated')
  expect(statusOf(b)).toBe('open')
  expect(stage.chair.unit('OP2').words).toMatch(/^Urges/)
  await chair.page.getByLabel('Show proposals that are').selectOption('Incorporated')
  await chair.card(c).getByRole('button', { name: /Brazil/ }).first().click()
  await shoot(chair, 'filtered')
  await chair.card(c).getByRole('button', { name: 'Undo the decision' }).click()
  await stage.chair.until(() => statusOf(c) === 'open' && statusOf(a) === 'open')
  expect(stage.chair.unit('OP2').words).toMatch(/^Invites/)
})

test('VW1 the filter and the switch on each card say which proposals stand in the text', async () => {
  const [a, b] = [await put(eu, 'OP1', 'every year', 'each year'), await put(brazil, 'OP2', 'Invites', 'Urges')]
  chair = await stage.visitor('Carl Seat', { role: 'facilitator', delegation: 'office', level: 'head' })
  const text = chair.page.locator('.text')
  await text.locator('ins', { hasText: 'Urges' }).waitFor()
  await chair.page.getByLabel('Show proposals of').selectOption('EU')
  await text.locator('ins', { hasText: 'Urges' }).waitFor({ state: 'detached' })
  expect(await chair.card(b).count()).toBe(0)
  await chair.page.getByRole('button', { name: 'Show all' }).click()
  await chair.card(a).getByRole('button', { name: 'Hide the proposal of EU, OP1, in the text' }).click()
  await text.locator('ins', { hasText: 'each year' }).waitFor({ state: 'detached' })
  expect(await chair.card(a).count()).toBe(1)
  expect(await text.locator('ins', { hasText: 'Urges' }).count()).toBe(1)
  // VW2: of what is shown; what is hidden is left out.
  await chair.page.getByLabel('Text shown').selectOption('As if incorporated')
  await text.getByText('Urges Member States to contribute').waitFor()
  expect(await text.locator('ins, del').count()).toBe(0)
  expect(await text.innerText()).toContain('report every year')
  await shoot(chair, 'as-if')
  await chair.page.getByLabel('Text shown').selectOption('Clean text')
  await text.getByText('Invites Member States to contribute').waitFor()
})

/** Keys one after the other; how many were pressed. */
async function pressed({ page }: Visitor, ...keys: readonly string[]): Promise<number> {
  for (const key of keys) await page.keyboard.press(key)
  return keys.length
}

const onScreen = ({ page }: Visitor): ReturnType<Visitor['card']> => page.locator('.screen')

test('SC1 three rival texts are merged on screen, edited before everybody’s eyes, and closed with all three credited', async () => {
  const [a, b, c] = [await put(eu, 'OP1', 'every year', 'each year'), await put(japan, 'OP1', 'report every year', 'report biennially'), await put(brazil, 'OP1', 'the work of the partnership', 'its work')]
  eu.propose('OP2', 'Invites', 'Strictly private, urges')
  await eu.saved()
  chair = await stage.visitor('Carl Seat', { role: 'facilitator', delegation: 'office', level: 'head' })
  await chair.page.getByRole('button', { name: 'Room view' }).click()
  await onScreen(chair).locator('.screen-rival').nth(2).waitFor()
  await shoot(chair, 'screen-rivals')
  await pressed(chair, '1', '2', '3', 'm')
  await onScreen(chair).getByText('reflected in the text on screen').nth(2).waitFor()
  await pressed(chair, 'e', 'End')
  await chair.page.keyboard.type(' (text on screen)')
  // Seen by all at the pause, as the chair's.
  await japan.until(() => japan.shared.getMap<{ proposer?: string; status?: string }>('state').size > 0 && [...japan.shared.getMap<{ proposer?: string }>('state').values()].some((state) => state?.proposer === 'office'))
  await shoot(chair, 'screen-text')
  await pressed(chair, 'Escape', 'c')
  await stage.chair.until(() => statusOf(a) === 'merged' && statusOf(b) === 'merged' && statusOf(c) === 'merged')
  const carrier = readAmendmentState(stage.chair.shared, a)!.decision!.with[0]!
  expect(new Set(readAmendmentState(stage.chair.shared, carrier)!.decision!.with)).toEqual(new Set([a, b, c]))
  expect(stage.chair.unit('OP1').words).toContain('(text on screen)')
  expect(stage.chair.unit('OP1').words).not.toContain('every year')
  expect(chair.received('Strictly private')).toBe(false)
  await shoot(chair, 'screen-closed')
})

test('SC3 on a telephone, by touch alone, two rival texts are merged, closed and opened again', async () => {
  const [a, b] = [await put(eu, 'OP1', 'every year', 'each year'), await put(japan, 'OP1', 'report every year', 'report biennially')]
  chair = await stage.visitor('Carl Seat', { role: 'facilitator', delegation: 'office', level: 'head' })
  await chair.page.setViewportSize({ width: 390, height: 844 })
  await chair.page.getByRole('button', { name: 'Room view' }).click()
  const rivals = onScreen(chair).locator('.screen-rival')
  await rivals.nth(1).waitFor()
  const touch = (name: string): Promise<void> => onScreen(chair).getByRole('button', { name, exact: true }).click()
  // It says why not when it is pressed all the same.
  await onScreen(chair).getByRole('button', { name: 'Merge what is taken', exact: true, disabled: true }).click({ force: true })
  await chair.page.getByText('Take changes of this paragraph’s words first', { exact: false }).last().waitFor()
  for (const index of [0, 1]) await rivals.nth(index).getByRole('button').click()
  await touch('Merge what is taken')
  await onScreen(chair).getByText('reflected in the text on screen').nth(1).waitFor()
  expect(await chair.page.evaluate(() => document.documentElement.scrollWidth)).toBe(390)
  expect(await chair.page.locator('.screen-text').getByText('private', { exact: false }).count()).toBe(0)
  expect(await chair.page.locator('.screen-text ins').first().getAttribute('data-by')).toBe('Text on screen')
  await shoot(chair, 'screen-telephone')
  await touch('Close paragraph')
  await stage.chair.until(() => statusOf(a) === 'merged' && statusOf(b) === 'merged')
  await touch('Undo the last close')
  await stage.chair.until(() => statusOf(a) === 'open' && statusOf(b) === 'open')
  expect(stage.chair.unit('OP1').words).toContain('every year')
})

test('SC2 three contested paragraphs are closed in at most fifteen keys, and the last is opened again by one', async () => {
  const [a, , c, d] = [await put(eu, 'OP1', 'every year', 'each year'), await put(japan, 'OP1', 'every year', 'every two years'), await put(brazil, 'OP2', 'Invites', 'Urges'), await put(japan, 'OP3', 'seized', 'actively seized')]
  chair = await stage.visitor('Carl Seat', { role: 'facilitator', delegation: 'office', level: 'head' })
  await chair.page.getByRole('button', { name: 'Room view' }).click()
  const head = onScreen(chair).locator('h2')
  await onScreen(chair).locator('.screen-rival').nth(1).waitFor()
  const first = (await onScreen(chair).locator('.screen-rival .by').allInnerTexts()).indexOf('EU') + 1
  let keys = await pressed(chair, String(first), 'c')
  await head.getByText('OP2').waitFor()
  keys += await pressed(chair, '1', 'c')
  await head.getByText('OP3').waitFor()
  keys += await pressed(chair, '1', 'c')
  await stage.chair.until(() => [a, c, d].every((id) => statusOf(id) === 'incorporated'))
  expect(keys).toBeLessThanOrEqual(15)
  expect(stage.chair.view.units.map(({ words }) => words).slice(-3)).toEqual([
    'Requests the Secretary-General to report each year on the work of the partnership;',
    'Urges Member States to contribute to the trust fund for victims;',
    'Decides to remain actively seized of the matter.',
  ])
  await onScreen(chair).getByText('No paragraph is contested').waitFor()
  await pressed(chair, 'u')
  await stage.chair.until(() => statusOf(d) === 'open')
  await head.getByText('OP3').waitFor()
})

test('RV5 what a decision has left without its place stands in a list, is placed anew from the keyboard, and put forward again', async () => {
  const [a, b] = [await put(eu, 'OP1', 'every year', 'each year, in writing,'), await put(japan, 'OP1', 'report every year', 'report biennially')]
  chair = await stage.visitor('Carl Seat', { role: 'facilitator', delegation: 'office', level: 'head' })
  const page = await stage.visitor('Eve Lind', { role: 'delegate', delegation: 'eu', level: 'head' })
  expect(await page.page.getByRole('region', { name: 'Lost their place' }).count()).toBe(0)
  await stage.chair.command({ command: 'incorporate', ...(await stage.chair.sees(b)) })
  for (const one of [chair, page]) await one.page.getByRole('region', { name: 'Lost their place (1)' }).getByText('each year, in writing,').waitFor()
  // The chair sees whose it is, and cannot place it.
  expect(await chair.page.getByRole('button', { name: 'Place anew' }).count()).toBe(0)
  await shoot(page, 'lost-places')
  await page.page.getByRole('button', { name: 'Place anew' }).click()
  await page.page.getByRole('region', { name: 'Placing anew' }).getByText('each year, in writing,').waitFor()
  await page.select(stage.chair.unit('OP1').id, 'biennially')
  await shoot(page, 'placing')
  await page.page.keyboard.press('Alt+Shift+H')
  await page.page.getByRole('region', { name: 'Placing anew' }).waitFor({ state: 'detached' })
  await shoot(page, 'placed')
  await page.page.getByRole('button', { name: 'Put forward as revision 2' }).click()
  await stage.chair.until(() => readAmendmentState(stage.chair.shared, a)?.revision === 2)
  for (const one of [chair, page]) await one.page.getByRole('region', { name: 'Lost their place (1)' }).waitFor({ state: 'detached' })
  await stage.chair.command({ command: 'incorporate', ...(await stage.chair.sees(a)) })
  expect(stage.chair.unit('OP1').words).toContain('report each year, in writing, on')
})

test('SC4 positions are shown and written down, and what is typed on screen is recorded for a delegation, by key', async () => {
  const a = await put(eu, 'OP1', 'every year', 'each year')
  await japan.command({ command: 'position', about: { kind: 'amendment', ...(await japan.sees(a)) }, position: 'cannot-accept', to: 'table', note: 'for the table only' })
  await brazil.command({ command: 'position', about: { kind: 'amendment', ...(await brazil.sees(a)) }, position: 'support', to: 'all', note: '' })
  chair = await stage.visitor('Carl Seat', { role: 'facilitator', delegation: 'office', level: 'head' })
  await chair.page.getByRole('button', { name: 'Room view' }).click()
  await onScreen(chair).locator('.screen-rival').first().waitFor()
  await pressed(chair, 'o')
  await onScreen(chair).locator('.stands').getByText('Brazil').waitFor()
  expect(await onScreen(chair).locator('.stands').getByText('Japan').count()).toBe(0)
  expect(await chair.page.getByText('for the table only').count()).toBe(0)
  // The delegation by its first letter, then where it stands, and to all.
  await pressed(chair, 'J', 'Tab', 'Tab', 'Space')
  await onScreen(chair).getByRole('textbox', { name: 'Note' }).waitFor()
  await shoot(chair, 'screen-positions')
  await pressed(chair, 'Tab', 'Enter')
  await onScreen(chair).locator('.stands').getByText('Japan').waitFor()
  await pressed(chair, 'o')
  await onScreen(chair).locator('.stands').waitFor({ state: 'detached' })
  await pressed(chair, 'e')
  await chair.select(stage.chair.unit('OP1').id, 'partnership', true)
  await chair.page.keyboard.type(' and its fund')
  await pressed(chair, 'Escape', 'r')
  await onScreen(chair).getByLabel('Record the text on screen for').waitFor()
  await pressed(chair, 'J')
  await shoot(chair, 'screen-record')
  await pressed(chair, 'Enter')
  await onScreen(chair).locator('.screen-rival .by').getByText('Japan').waitFor()
  const recorded = [...stage.chair.shared.getMap<{ proposer?: string; asRecorded?: boolean; status?: string }>('state').values()].filter((state) => state?.proposer === 'jp')
  expect(recorded).toMatchObject([{ asRecorded: true, status: 'open' }])
  // What is typed next is the table's own.
  await pressed(chair, 'e')
  await chair.select(stage.chair.unit('OP1').id, 'Requests', true)
  await chair.page.keyboard.type(' again')
  await japan.until(() => [...japan.shared.getMap<{ proposer?: string; status?: string }>('state').values()].some((state) => state?.proposer === 'office' && state.status === 'open'))
})
