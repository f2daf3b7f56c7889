/** The officer's queue by keyboard, and positions from the card to the matrix, in the real page of a real server. */
import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import type { Browser } from 'playwright-core'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { importText } from '../../shared/convert/importText.ts'
import { readAmendmentState, readStage } from '../../shared/model/state.ts'
import type { StandEntry } from '../../shared/record/entries.ts'
import { foldStands } from '../../shared/record/stands.ts'
import type { Stands } from '../../shared/record/stands.ts'
import type { Command } from '../../shared/wire/commands.ts'
import { Person } from '../unit/walk/person.ts'
import { ServerProcess } from '../unit/walk/server.ts'
import { launchChromium } from './support/chromium.ts'
import { picture, printed } from './support/picture.ts'
import { Visitor } from './support/visitor.ts'

const source = readFileSync(fileURLToPath(new URL('../fixtures/resolution-trafficking.txt', import.meta.url)), 'utf8')
const delegations = [['eu', 'EU', 'group'], ['jp', 'Japan', 'state'], ['br', 'Brazil', 'state'], ['g77', 'G77 and China', 'group'], ['ls', 'La Strada', 'ngo']] as const

let server: ServerProcess
let browser: Browser
let chair: Person
let people: Person[] = []
let visitors: Visitor[] = []

beforeEach(async () => {
  server = await ServerProcess.start()
  browser = await launchChromium()
  chair = new Person('Amina Chair', server.address)
  people = [chair]
  visitors = []
  await chair.follow(server.link!)
  const made = await chair.call('/api/commands', { key: 'first-draft-key', body: { command: 'create-draft', title: 'A global partnership', language: 'en' } })
  await chair.wear(made.draft!, made.hatId!)
  for (const [id, name, kind] of delegations) await chair.command({ command: 'add-delegation', delegation: { id, name, kind } })
  await chair.command({ command: 'import', value: importText(source).value })
  await chair.command({ command: 'open-negotiation' })
  await chair.enter()
})

afterEach(async () => {
  for (const person of people) await person.leave()
  await browser.close()
  await server.remove()
  expect(visitors.flatMap((one) => one.complaints)).toEqual([])
})

const invite = async (hat: Extract<Command, { command: 'invite' }>['hat']): Promise<string> => (await chair.command({ command: 'invite', hat, days: 7, uses: 1 })).link!

async function person(delegation: string): Promise<Person> {
  const made = new Person(delegation, server.address)
  people.push(made)
  await made.follow(await invite({ role: 'delegate', delegation, level: 'head' }))
  await made.enter()
  await made.until(() => readStage(made.shared).stage === 'negotiation')
  return made
}

async function visitor(name: string, hat: Extract<Command, { command: 'invite' }>['hat']): Promise<Visitor> {
  const made = await Visitor.of(browser, name)
  visitors.push(made)
  await made.follow(`${server.address}${await invite(hat)}`)
  await made.inRoom()
  return made
}

/** The chair's own page: the session that the first link began. */
async function chairsPage(): Promise<Visitor> {
  const made = await Visitor.of(browser, 'Amina Chair')
  visitors.push(made)
  const [name, value] = chair.cookie.split('=') as [string, string]
  await made.context.addCookies([{ name, value, url: server.address }])
  await made.page.goto(`${server.address}/draft/${chair.draft}`)
  await made.inRoom()
  return made
}

/** Words of its own in place of three of a paragraph. */
async function amend(who: Person, number: string, words: string): Promise<string> {
  const found = who.unit(number).words.split(' ')
  const amendment = who.propose(number, found.slice(1, 4).join(' '), words)
  await who.putForward(amendment)
  return amendment
}

async function standsFor(who: Person): Promise<Stands> {
  const { entries } = (await who.call(`/api/drafts/${who.draft}/positions?hat=${who.hatId}`)) as unknown as { entries: StandEntry[] }
  return foldStands(entries)
}

test('LR7 140 amendments, ten of them flagged, are reviewed in at most 170 keys', { timeout: 600_000 }, async () => {
  const numbers = [...Array.from({ length: 22 }, (_, index) => `PP${index + 1}`), ...Array.from({ length: 28 }, (_, index) => `OP${index + 1}`)]
  const proposers = await Promise.all(['eu', 'jp', 'br'].map(person))
  const wanted = numbers.flatMap((number) => proposers.map((who) => [who, number] as const)).slice(0, 140)
  await Promise.all(proposers.map(async (who) => {
    for (const [, number] of wanted.filter(([by]) => by === who)) await amend(who, number, `all of the words of ${who.name}`)
  }))
  const legal = await visitor('Lou Berg', { role: 'legal', delegation: 'legal', level: 'head' })
  let asked = 0
  legal.page.on('request', () => { asked += 1 })
  await legal.page.getByRole('button', { name: 'Review (140)' }).first().click()
  const queue = legal.page.getByRole('dialog')
  await queue.getByText('140 wait.').waitFor()
  await picture(legal.page, 'queue')

  let keys = 0
  const press = async (key: string): Promise<void> => {
    keys += 1
    await legal.page.keyboard.press(key)
  }
  const left = async (): Promise<number> => {
    const said = await queue.locator('.queue-bar [role="status"]').innerText()
    return said === 'Nothing waits.' ? 0 : said === 'One waits.' ? 1 : Number(/^\d+/.exec(said)![0])
  }
  for (let at = 140; at > 0; at--) {
    if (at % 14 === 0) {
      await press('f')
      await press(String(1 + (at % 4)))
      await queue.locator('textarea:focus').waitFor()
      if (at === 126) await picture(legal.page, 'flag')
      await press('Enter')
    } else await press('c')
    await expect.poll(async () => [await left(), await queue.getByRole('alert').allInnerTexts()], { timeout: 20_000 }).toEqual([at - 1, []])
  }
  expect(keys).toBeLessThanOrEqual(170)
  // A command, and what a screen asks for when the record has gone on: no more, but for a record that went on while it was asked for.
  expect(asked).toBeLessThanOrEqual(140 * 4 + 14)
  await queue.getByText('Nothing waits.').waitFor()
  // What the server has is what the screen counted.
  await expect.poll(async () => (await standsFor(chair)).reviews.size, { timeout: 30_000 }).toBe(140)
  const reviews = [...(await standsFor(chair)).reviews.values()]
  expect(reviews.filter((review) => review.verdict === 'flagged')).toHaveLength(10)
  // Those who proposed see clearances, and of the flags nothing.
  expect([...(await standsFor(proposers[0]!)).reviews.values()].map((review) => review.verdict)).toEqual(Array<string>(130).fill('cleared'))
  await picture(legal.page, 'queue-done')

  const table = await chairsPage()
  await table.page.getByRole('button', { name: 'More' }).click()
  await table.page.getByRole('button', { name: 'Morning sheet' }).click()
  await table.page.getByRole('dialog').getByText('Flag on terminology:').first().waitFor()
  await picture(table.page, 'morning-sheet')
  await printed(table.page, 'morning-sheet', { preferCSSPageSize: true, printBackground: true })
})

test('LR8 the queue’s keys: the same edit once, what is refused comes back, no key while one types', { timeout: 240_000 }, async () => {
  const [eu, japan] = [await person('eu'), await person('jp')]
  const first = await amend(eu, 'OP1', 'the very same words')
  const same = await amend(japan, 'OP1', 'the very same words')
  const third = await amend(japan, 'OP2', 'other words')
  const legal = await visitor('Lou Berg', { role: 'legal', delegation: 'legal', level: 'head' })
  const { page } = legal
  await page.getByRole('button', { name: 'Review (3)' }).first().click()
  const queue = page.getByRole('dialog')
  await queue.getByText('2 make the same edit').waitFor()
  await page.keyboard.press('?')
  await queue.getByText('No key works while you type in a field.').waitFor()
  await page.keyboard.press('?')
  await page.keyboard.press('n')
  await queue.getByRole('heading', { name: 'OP2' }).first().waitFor()

  await page.keyboard.press('f')
  await page.keyboard.press('4')
  await queue.locator('textarea:focus').waitFor()
  await page.keyboard.type(' cfnpg? 1')
  expect(await queue.getByLabel('What is the matter?').inputValue()).toMatch(/verified\. cfnpg\? 1$/)
  // The wording moves on while the officer writes.
  japan.propose('OP2', 'other words', 'yet other words')
  await japan.putForward(third)
  await page.keyboard.press('Escape')
  await queue.getByText('revision 2').waitFor()
  await page.keyboard.press('p')
  await queue.getByText('2 make the same edit').waitFor()
  await page.keyboard.press('c')
  await queue.getByText('One waits.').waitFor()
  await expect.poll(async () => { const { reviews } = await standsFor(japan); return [first, same].map((id) => reviews.get(id)?.verdict) }).toEqual(['cleared', 'cleared'])

  // Decided meanwhile, and the officer's screen has not heard of it: refused, and said why.
  await page.route('**/api/commands', async (route) => {
    await chair.command({ command: 'not-reflected', ...(await chair.sees(third)), note: '' })
    await route.continue()
  }, { times: 1 })
  await page.keyboard.press('c')
  await queue.getByRole('alert').getByText('OP2 was not reviewed').waitFor()
  await page.keyboard.press('g')
  await queue.waitFor({ state: 'detached' })
})

test('LR6 the officer corrects the text in one step, and the card says that it is editorial', { timeout: 240_000 }, async () => {
  const legal = await visitor('Lou Berg', { role: 'legal', delegation: 'legal', level: 'head' })
  const op3 = chair.unit('OP3')
  const [word] = op3.words.split(' ')
  await legal.replace(op3.id, word!, 'Reaffirms')
  await legal.saved()
  await legal.page.getByText('Private to Legal officer').first().waitFor()
  await picture(legal.page, 'editorial')
  await legal.page.getByRole('button', { name: 'Correct the text now' }).click()
  await chair.until(() => chair.unit('OP3').words.startsWith('Reaffirms '))
  const [id] = [...chair.shared.getMap<{ editorial?: boolean }>('state').entries()].find(([, value]) => value.editorial === true)!
  expect(readAmendmentState(chair.shared, id.slice('amendment:'.length))).toMatchObject({ status: 'incorporated', editorial: true })
  await legal.page.getByLabel('Show proposals that are').selectOption('Incorporated')
  await legal.card(id.slice('amendment:'.length)).getByText('editorial', { exact: true }).waitFor()
})

test('PS12 positions are given on the card, walked in the matrix, and hidden from contributors until opened', { timeout: 300_000 }, async () => {
  const [eu, brazil] = [await person('eu'), await person('br')]
  const first = await amend(eu, 'OP1', 'all States and other')
  const second = await amend(brazil, 'OP5', 'partners at every')
  await amend(brazil, 'PP3', 'the recent')
  const japan = await visitor('Jun Mori', { role: 'delegate', delegation: 'jp', level: 'head' })
  const ngo = await visitor('Lea Novak', { role: 'delegate', delegation: 'ls', level: 'head' })
  await japan.page.setViewportSize({ width: 1440, height: 1000 })

  await japan.select(chair.unit('OP1').id, 'all States and other', true)
  const card = japan.card(first)
  await card.getByRole('button', { name: 'Cannot accept' }).click()
  await card.getByLabel('Cannot accept: note').fill('Our law knows no such partners')
  await picture(japan.page, 'card-saying')
  await card.getByRole('button', { name: 'To the chair’s table alone' }).click()
  await card.getByText('Told to the chair’s table alone: Cannot accept').waitFor()
  await card.getByRole('button', { name: 'Reserve' }).click()
  await card.getByRole('button', { name: 'To all delegations' }).click()
  await card.getByText('Told to all: Reserve').waitFor()
  await japan.page.locator(`[data-card="unit-${chair.unit('OP1').id}"]`).getByRole('button', { name: 'Can accept' }).click()
  await japan.page.locator(`[data-card="unit-${chair.unit('OP1').id}"]`).getByRole('button', { name: 'To all delegations' }).click()
  await picture(japan.page, 'card')
  await brazil.command({ command: 'position', about: { kind: 'amendment', ...(await brazil.sees(first)) }, position: 'cannot-accept', to: 'table', note: 'red line' })
  await eu.command({ command: 'position', about: { kind: 'amendment', ...(await eu.sees(second)) }, position: 'can-accept', to: 'all', note: '' })
  eu.propose('OP1', 'all States and other', 'all States and their')
  await eu.putForward(first)
  await card.getByText('Japan (on an earlier wording)').waitFor()

  // A contributor sees its own side of things alone.
  await ngo.select(chair.unit('OP1').id, 'all States and their', true)
  expect(await ngo.card(first).innerText()).not.toContain('Reserve')
  await ngo.card(first).getByRole('button', { name: 'Support' }).click()
  await ngo.card(first).getByRole('button', { name: 'To all delegations' }).click()
  await ngo.card(first).getByText('Told to all: Support').waitFor()
  await ngo.page.getByRole('button', { name: 'Positions' }).click()
  await ngo.page.getByRole('dialog').getByText('You see your own delegation’s positions.', { exact: false }).waitFor()
  await ngo.page.keyboard.press('Escape')

  const table = await chairsPage()
  await table.page.getByRole('button', { name: 'Positions' }).click()
  const matrix = table.page.getByRole('dialog')
  await matrix.getByRole('button', { name: 'Cannot accept' }).click()
  await matrix.getByRole('grid').locator('[data-row="0"][data-column="0"]').focus()
  await table.page.keyboard.press('ArrowRight')
  await matrix.getByRole('status').getByText('Brazil (on an earlier wording) (to the chair’s table) on OP1, EU, change: Cannot accept.').waitFor()
  expect(await matrix.getByRole('status').innerText()).toContain('“red line”')
  await picture(table.page, 'matrix')
  await printed(table.page, 'matrix', { preferCSSPageSize: true, printBackground: true })
  await table.page.setViewportSize({ width: 390, height: 844 })
  await picture(table.page, 'matrix-phone')
  await table.page.setViewportSize({ width: 1440, height: 900 })
  await table.page.emulateMedia({ media: 'print' })
  expect(await table.page.locator('.topbar').isVisible()).toBe(false)
  expect(await matrix.getByRole('grid').isVisible()).toBe(true)
  await table.page.emulateMedia({ media: 'screen' })
  await matrix.getByLabel('Position', { exact: true }).selectOption({ label: 'Can accept' })
  expect(await matrix.locator('tbody tr').count()).toBe(2)
  await matrix.locator('tbody tr').filter({ hasText: 'OP5' }).locator('th').focus()
  await table.page.keyboard.press('Enter')
  await matrix.waitFor({ state: 'detached' })
  await table.card(second).getByRole('button', { name: 'Incorporate' }).waitFor()

  await table.page.getByRole('button', { name: /^Chair/ }).click()
  await table.page.getByRole('button', { name: 'Open positions to contributors and observers' }).click()
  await ngo.card(first).getByText('Reserve', { exact: true }).waitFor()
  expect(await ngo.card(first).innerText()).not.toContain('Cannot accept')
})
