import { mkdir } from 'node:fs/promises'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { readAmendmentState } from '../../shared/model/state.ts'
import type { Person } from '../unit/walk/person.ts'
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

const shots = process.env['OMNIBUS_SHOTS']
const shoot = async ({ page }: Visitor, name: string): Promise<void> => {
  if (shots === undefined) return
  await mkdir(shots, { recursive: true })
  await page.screenshot({ path: `${shots}/${name}.png` })
}

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
})
