import type { Browser } from 'playwright-core'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { importText } from '../../shared/convert/importText.ts'
import { readPublished } from '../../shared/model/decisions.ts'
import { readAmendmentState } from '../../shared/model/state.ts'
import type { Command } from '../../shared/wire/commands.ts'
import { Person } from '../unit/walk/person.ts'
import { ServerProcess } from '../unit/walk/server.ts'
import { launchChromium } from './support/chromium.ts'
import { picture } from './support/picture.ts'
import { Visitor } from './support/visitor.ts'

const source = [
  'A global partnership', '', 'The General Assembly,', '', 'Recalling its resolution 64/293 of 30 July 2010,', '',
  '1. Requests the Secretary-General to report every year on the state of the partnership;', '',
  '2. Encourages Member States to name focal points for the exchange of information;', '',
  '3. Decides to remain seized of the matter.', '',
].join('\n')

let server: ServerProcess
let browser: Browser
/** Acts for the table over the same interfaces as the page. */
let table: Person
const visitors: Visitor[] = []

beforeEach(async () => {
  server = await ServerProcess.start()
  browser = await launchChromium()
  table = new Person('Amina Chair', server.address)
  await table.follow(server.link!)
  const made = await table.call('/api/commands', { key: 'first-draft-key', body: { command: 'create-draft', title: 'A global partnership', language: 'en' } })
  await table.wear(made.draft!, made.hatId!)
  await table.command({ command: 'import', value: importText(source).value })
  for (const [id, name, kind] of [['eu', 'EU', 'group'], ['g77', 'G77 and China', 'group'], ['jp', 'Japan', 'state'], ['br', 'Brazil', 'state'], ['ls', 'La Strada', 'ngo']] as const) {
    await table.command({ command: 'add-delegation', delegation: { id, name, kind } })
  }
  await table.command({ command: 'open-negotiation' })
  await table.enter()
})

afterEach(async () => {
  await table?.leave()
  await browser?.close()
  await server?.remove()
  visitors.length = 0
})

const shoot = (visitor: Visitor, name: string): Promise<void> => picture(visitor.page, name)

async function visitor(name: string, hat: Extract<Command, { command: 'invite' }>['hat']): Promise<Visitor> {
  const { link } = await table.command({ command: 'invite', hat, days: 7, uses: 1 })
  const made = await Visitor.of(browser, name)
  visitors.push(made)
  await made.follow(`${server.address}${link!}`)
  await made.inRoom()
  return made
}

/** Another capacity: the room is there anew. */
async function actAs(one: Visitor, label: string): Promise<void> {
  await one.page.locator('.text').evaluate((element) => element.setAttribute('data-before', ''))
  await one.page.getByLabel('Acting as').selectOption({ label })
  await one.page.locator('.text:not([data-before]) .unit').first().waitFor()
  await one.saved()
}

/** Of the one open proposal that has these words. */
async function amendmentWith(words: string): Promise<string> {
  const find = (): string | undefined => [...table.shared.getMap('amendments').keys()].find((id) => readPublished(table.shared, id)?.hunks.some((hunk) => hunk.words.includes(words)))
  await table.until(() => find() !== undefined)
  return find()!
}

const button = (visitor: Visitor, amendment: string, name: string): ReturnType<Visitor['card']> => visitor.card(amendment).getByRole('button', { name, exact: true })

test('CI10 co-sponsors prepare a revision together, live and unseen, put it forward, and one leaves', { timeout: 300_000 }, async () => {
  const eu = await visitor('Eva Lind', { role: 'delegate', delegation: 'eu', level: 'head' })
  const japan = await visitor('Jun Mori', { role: 'delegate', delegation: 'jp', level: 'head' })
  const brazil = await visitor('Bia Souza', { role: 'delegate', delegation: 'br', level: 'head' })
  const op1 = table.unit('OP1').id

  await eu.replace(op1, 'every year', 'each year')
  await eu.saved()
  await eu.page.getByRole('button', { name: 'Put forward', exact: true }).click()
  const amendment = await amendmentWith('each year')
  await japan.select(op1, 'Requests', true)
  await button(japan, amendment, 'Co-sponsor').click()
  await button(eu, amendment, 'Accept').click()
  await button(japan, amendment, 'Prepare together').click()
  await japan.page.getByRole('group', { name: 'Preparing in' }).getByRole('button', { name: 'EU + Japan on OP1', pressed: true }).waitFor()
  await japan.inRoom()
  await shoot(japan, '01-switch')
  await eu.page.getByRole('button', { name: 'EU + Japan on OP1' }).click()
  await eu.page.getByRole('button', { name: 'EU + Japan on OP1', pressed: true }).waitFor()
  await eu.inRoom()

  const seen = brazil.updates
  await japan.replace(op1, 'each', 'Japanese-every-third')
  await japan.saved()
  await eu.unit(op1).getByText('Japanese-every-third').waitFor()
  await eu.replace(op1, 'Japanese-every-third', 'European-every-second')
  await japan.unit(op1).getByText('European-every-second').waitFor()
  await eu.saved()
  expect(brazil.updates).toBe(seen)
  for (const words of ['Japanese-every-third', 'European-every-second']) expect(brazil.received(words)).toBe(false)
  await shoot(eu, '02-together')

  await japan.page.getByRole('button', { name: 'Put forward as revision 2' }).click()
  await brazil.unit(op1).getByText('European-every-second').waitFor()
  await table.until(() => readAmendmentState(table.shared, amendment)?.revision === 2)
  expect(readAmendmentState(table.shared, amendment)?.sponsors).toMatchObject([{ delegation: 'jp', digest: table.stands(amendment)!.digest }])
  await brazil.select(op1, 'Requests', true)
  await shoot(brazil, '03-card-with-sponsors')

  // Leaving ends the place at once; the page goes back to the delegation's own.
  await japan.select(op1, 'Requests', true)
  await button(japan, amendment, 'Leave').click()
  await table.until(() => readAmendmentState(table.shared, amendment)?.sponsors.length === 0)
  await japan.page.getByRole('group', { name: 'Preparing in' }).waitFor({ state: 'detached' })
  await japan.inRoom()
  await shoot(japan, '04-left')
  expect(visitors.flatMap((one) => one.complaints)).toEqual([])
})

test('CI9 all that is prepared is put forward at one press, and it is said what was refused and why', { timeout: 300_000 }, async () => {
  const japan = await visitor('Jun Mori', { role: 'delegate', delegation: 'jp', level: 'head' })
  const [op1, op2, op3] = ['OP1', 'OP2', 'OP3'].map((number) => table.unit(number).id) as [string, string, string]
  await japan.replace(op1, 'every year', 'each year')
  await japan.replace(op2, 'focal points', 'one focal point each')
  await japan.replace(op3, 'seized', 'actively seized')
  await japan.saved()
  await japan.page.getByRole('button', { name: 'Put forward all (3)' }).waitFor()
  await table.command({ command: 'lock', unit: op2 })
  await japan.page.getByRole('button', { name: 'Put forward all (3)' }).click()
  const summary = japan.page.getByRole('dialog')
  await summary.getByText('2 of 3 were put forward.').waitFor()
  await summary.getByText('The paragraph is locked by the chair').waitFor()
  await shoot(japan, '05-put-forward-all')
  await table.until(() => [...table.shared.getMap('amendments').keys()].length === 2)
  expect(visitors.flatMap((one) => one.complaints)).toEqual([])
})

test('SP6 a group is spoken for by somebody of a member, who switches plainly; CI6 notes stay with their delegation', { timeout: 300_000 }, async () => {
  const chair = await Visitor.of(browser, 'Amina Chair')
  visitors.push(chair)
  const [name, ...value] = table.cookie.split('=')
  await chair.context.addCookies([{ name: name!, value: value.join('='), url: server.address }])
  await chair.page.goto(`${server.address}/draft/${table.draft}`)
  await chair.inRoom()
  const japan = await visitor('Jun Mori', { role: 'delegate', delegation: 'jp', level: 'head' })
  const op1 = table.unit('OP1').id

  await chair.page.getByRole('button', { name: 'Chair: stage, freeze, members' }).click()
  await chair.page.getByRole('button', { name: 'Members and invitations' }).click()
  const members = chair.page.getByRole('dialog')
  await members.getByRole('button', { name: 'Members of G77 and China' }).click()
  await members.getByRole('checkbox', { name: 'Japan' }).check()
  await members.getByRole('checkbox', { name: 'Brazil' }).check()
  await members.getByRole('button', { name: 'Save' }).click()
  await members.getByText('G77 and China (2)').first().waitFor()
  await members.getByLabel('Speaks for it as well').selectOption({ label: 'Jun Mori, Japan' })
  await shoot(chair, '06-groups')
  await members.getByRole('button', { name: 'Give this capacity' }).click()
  await actAs(japan, 'G77 and China')
  await japan.replace(op1, 'every year', 'every two years')
  await japan.saved()
  await japan.page.getByRole('button', { name: 'Put forward', exact: true }).click()
  const amendment = await amendmentWith('every two years')
  await members.getByRole('button', { name: 'Close' }).click()
  await chair.card(amendment).getByText('Japan, on behalf of G77 and China').waitFor()
  await shoot(chair, '07-on-behalf')

  await actAs(japan, 'Japan')
  await japan.select(op1, 'Requests', true)
  await japan.page.getByText('Private notes of Japan').click()
  await japan.page.getByLabel('Red line').pressSequentially('No report more often than yearly')
  await japan.saved()
  await shoot(japan, '08-notes')
  await japan.page.reload()
  await japan.inRoom()
  await japan.select(op1, 'Requests', true)
  await japan.page.getByText('Private notes of Japan').click()
  expect(await japan.page.getByLabel('Red line').inputValue()).toBe('No report more often than yearly')
  expect(chair.received('No report more often')).toBe(false)
  expect(visitors.flatMap((one) => one.complaints)).toEqual([])
})

test('CI8 a small group prepares in its place; when the chair ends it the page goes back, and what was typed is kept there', { timeout: 300_000 }, async () => {
  const japan = await visitor('Jun Mori', { role: 'delegate', delegation: 'jp', level: 'head' })
  const op1 = table.unit('OP1').id
  const { circle } = await table.command({ command: 'open-circle', purpose: { kind: 'unit', unit: op1, name: 'Small group on OP1', members: ['jp', 'eu', 'office'] } })
  const places = japan.page.getByRole('group', { name: 'Preparing in' })
  await places.getByRole('button', { name: 'Small group on OP1' }).click()
  await places.getByRole('button', { name: 'Small group on OP1', pressed: true }).waitFor()
  await japan.inRoom()
  await japan.replace(op1, 'every year', 'each-in-group')
  await japan.saved()
  await table.command({ command: 'set-circle', circle: circle!, open: false })
  await japan.page.getByText('That circle has ended for you.').waitFor()
  await places.getByRole('button', { name: 'Japan', pressed: true }).waitFor()
  await japan.inRoom()
  expect(await japan.text()).not.toContain('each-in-group')
  await places.getByRole('button', { name: 'Small group on OP1 (ended)' }).click()
  await japan.unit(op1).getByText('each-in-group').waitFor()
  await places.getByRole('button', { name: 'Japan' }).click()
  await japan.inRoom()
  await table.command({ command: 'set-circle', circle: circle!, open: true })
  await places.getByRole('button', { name: 'Small group on OP1', exact: true }).click()
  await japan.unit(op1).getByText('each-in-group').waitFor()
  await japan.page.setViewportSize({ width: 390, height: 844 })
  await shoot(japan, '10-small-group-phone')
  expect(table.received('each-in-group')).toBe(false)
  expect(visitors.flatMap((one) => one.complaints)).toEqual([])
})

test('CI7 where proposals are visible as typed a pause puts them forward, and what was private before stays', { timeout: 300_000 }, async () => {
  const japan = await visitor('Jun Mori', { role: 'delegate', delegation: 'jp', level: 'head' })
  const [op1, op2] = ['OP1', 'OP2'].map((number) => table.unit(number).id) as [string, string]
  await japan.replace(op2, 'focal points', 'Private-before')
  await japan.saved()
  await japan.page.getByRole('button', { name: 'Put forward', exact: true }).waitFor()
  await table.command({ command: 'show-as-typed', show: true })
  await japan.page.getByText('Proposals are visible as typed').waitFor()
  await japan.replace(op1, 'every year', 'each year')
  await amendmentWith('each year')
  await japan.replace(op1, 'each year', 'each session')
  await amendmentWith('each session')
  await shoot(japan, '09-as-typed')
  expect(table.received('Private-before')).toBe(false)
  expect(visitors.flatMap((one) => one.complaints)).toEqual([])
})
