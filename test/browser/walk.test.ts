import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { Browser } from 'playwright-core'
import { afterEach, beforeEach, expect, test } from 'vitest'
import type { Command } from '../../shared/wire/commands.ts'
import { Person } from '../unit/walk/person.ts'
import { ServerProcess } from '../unit/walk/server.ts'
import { launchChromium } from './support/chromium.ts'
import { picture } from './support/picture.ts'
import { Visitor } from './support/visitor.ts'

const fixture = fileURLToPath(new URL('../fixtures/resolution-trafficking.txt', import.meta.url))
const corpus = fileURLToPath(new URL('../../../shared/corpus/text/', import.meta.url))
/** Ours always; with OMNIBUS_LONG a real resolution besides, where the corpus stands beside the checkout. Otherwise real ones go the journey's way (JO1). */
const texts = [fixture, join(corpus, 'A_RES_78_228.txt')].filter((path) => path === fixture || (process.env['OMNIBUS_LONG'] !== undefined && existsSync(path)))

let server: ServerProcess
let browser: Browser
/** Reads and acts over the same interfaces as the page; wears the first chair's own session. */
let table: Person

beforeEach(async () => {
  server = await ServerProcess.start()
  browser = await launchChromium()
})

afterEach(async () => {
  await table?.leave()
  await browser?.close()
  await server?.remove()
})

const shoot = (visitor: Visitor, name: string): Promise<void> => picture(visitor.page, name)

async function invite(hat: Extract<Command, { command: 'invite' }>['hat']): Promise<string> {
  const { link } = await table.command({ command: 'invite', hat, days: 7, uses: 1 })
  return `${server.address}${link!}`
}

async function visitor(name: string, hat: Extract<Command, { command: 'invite' }>['hat']): Promise<Visitor> {
  const made = await Visitor.of(browser, name)
  await made.follow(await invite(hat))
  await made.inRoom()
  return made
}

test.each(texts)('WB1 a resolution is imported, drafted, amended in private, put forward, decided and frozen in the browser: %s', { timeout: 600_000 }, async (file) => {
  // The first chair signs in, brings a resolution in and looks at what was recognised.
  const chair = await Visitor.of(browser, 'Amina Chair')
  await chair.follow(`${server.address}${server.link!}`)
  await chair.page.getByRole('button', { name: 'New draft' }).click()
  await chair.page.getByLabel('A file', { exact: true }).check()
  await chair.page.getByLabel('File', { exact: true }).setInputFiles(file)
  await chair.page.getByText('words are kept, in their order').waitFor()
  await shoot(chair, '01-import')
  await chair.page.getByRole('button', { name: 'Make the draft' }).click()
  await chair.inRoom()
  await shoot(chair, '02-drafting-chair')

  table = new Person('Amina Chair', server.address)
  table.cookie = (await chair.context.cookies()).map(({ name, value }) => `${name}=${value}`).join('; ')
  const { hats } = (await table.call('/api/me')) as unknown as { hats: { draft: string; hatId: string }[] }
  await table.wear(hats[0]!.draft, hats[0]!.hatId)
  await table.enter()
  expect(table.view.units.length).toBeGreaterThan(60)
  for (const [id, name, kind] of [['eu', 'EU', 'group'], ['jp', 'Japan', 'state'], ['g77', 'G77 and China', 'group'], ['ls', 'La Strada', 'ngo'], ['br', 'Brazil', 'state']] as const) {
    await table.command({ command: 'add-delegation', delegation: { id, name, kind } })
  }
  const eu = await visitor('Eva Lind', { role: 'delegate', delegation: 'eu', level: 'head' })
  const japan = await visitor('Jun Mori', { role: 'delegate', delegation: 'jp', level: 'head' })
  const legal = await visitor('Lou Berg', { role: 'legal', delegation: 'legal', level: 'head' })
  const ngo = await visitor('Lea Novak', { role: 'delegate', delegation: 'ls', level: 'head' })
  const brazil = await visitor('Bia Souza', { role: 'delegate', delegation: 'br', level: 'head' })
  const everyone = [chair, eu, japan, legal, ngo, brazil]

  // Three write at once, in three paragraphs and in one.
  const [op1, op2] = [table.unit('OP1'), table.unit('OP2')]
  const end = (words: string): string => words.split(' ').slice(-2).join(' ')
  await chair.select(op1.id, op1.words.split(' ').slice(0, 6).join(' '), true)
  await eu.select(op1.id, op1.words.split(' ')[0]!, true)
  await japan.select(op2.id, end(op2.words), true)
  await Promise.all([chair.page.keyboard.press('Enter'), eu.page.keyboard.type(' again'), japan.page.keyboard.type(' Written by Japan')])
  for (const one of everyone) {
    await one.unit(op1.id).getByText('again').waitFor()
    await one.unit(op2.id).getByText('Written by Japan').waitFor()
  }
  await chair.page.keyboard.press('Backspace')
  await table.until(() => table.unit('OP1').words === op1.words.replace(op1.words.split(' ')[0]!, `${op1.words.split(' ')[0]!} again`))

  await chair.saved()
  await chair.page.getByRole('button', { name: /^Chair/ }).click()
  await chair.page.getByRole('button', { name: 'Open negotiation' }).click()
  await chair.page.getByRole('dialog').getByRole('button', { name: 'Open negotiation' }).click()
  for (const one of everyone) await one.page.getByText('Negotiation', { exact: true }).first().waitFor()

  // Overlapping deletions, prepared in private.
  const target = table.unit('OP5')
  const words = target.words.split(' ')
  const updatesSeen = (): number[] => everyone.map((one) => one.updates)
  const updatesBefore = updatesSeen()
  await eu.replace(target.id, words.slice(3, 7).join(' '), 'States to establish focal')
  await japan.replace(target.id, words.slice(5, 9).join(' '), 'liaison officers,')
  await eu.page.getByText('Private to EU').first().waitFor()
  await japan.page.getByText('Private to Japan').first().waitFor()
  await eu.saved()
  await japan.saved()
  await shoot(eu, '03-private')
  // Each keystroke is an update of its own, so words cannot be looked for whole: not one update came to anyone.
  expect(updatesSeen()).toEqual(updatesBefore)
  for (const one of everyone) {
    expect([one.name, one.received('States to establish focal'), one.received('liaison officers,')]).toEqual([one.name, false, false])
    if (one !== eu) expect(await one.text()).not.toContain('establish focal')
    if (one !== japan) expect(await one.text()).not.toContain('liaison officers')
  }
  const framesBefore = ngo.frames.length
  await eu.page.getByRole('button', { name: 'Put forward' }).first().click()
  await japan.page.getByRole('button', { name: 'Put forward' }).first().click()
  for (const one of everyone) {
    await one.unit(target.id).getByText('States to establish focal').waitFor()
    await one.unit(target.id).getByText('liaison officers,').waitFor()
  }
  expect(ngo.frames.slice(framesBefore).some((frame) => frame.includes('States to establish focal'))).toBe(true)
  await shoot(chair, '04-rivals')
  const published = (proposer: string): string =>
    [...table.shared.getMap<{ proposer?: string }>('state').entries()].find(([key, value]) => key.startsWith('amendment:') && value.proposer === proposer)![0].slice('amendment:'.length)

  // From the floor: the table types what the Group said and records it for the Group.
  const op6 = table.unit('OP6')
  await chair.replace(op6.id, op6.words.split(' ').slice(3, 5).join(' '), 'of States')
  await chair.saved()
  await chair.page.getByLabel('Delegation that has spoken').selectOption({ label: 'G77 and China' })
  await shoot(chair, '05-record-for')
  await chair.page.getByRole('button', { name: 'Record for G77 and China' }).click()
  await japan.unit(op6.id).getByText('of States').waitFor()

  // An NGO's text, taken up by a State.
  const op7 = table.unit('OP7')
  await ngo.replace(op7.id, op7.words.split(' ').slice(3, 5).join(' '), 'the survivors and')
  await ngo.saved()
  await ngo.page.getByRole('button', { name: 'Put forward' }).first().click()
  await table.until(() => [...table.shared.getMap<{ proposer?: string }>('state').values()].some((value) => value.proposer === 'ls'))
  const ngoAmendment = published('ls')
  await brazil.unit(op7.id).getByText('the survivors and').waitFor()
  await brazil.select(op7.id, 'the survivors and', true)
  await brazil.card(ngoAmendment).getByRole('button', { name: 'Take up' }).click()
  await ngo.select(op7.id, 'the survivors and', true)
  await ngo.card(ngoAmendment).getByText('taken up by Brazil').waitFor()
  await shoot(brazil, '06-taken-up')

  // The legal officer flags and clears.
  const euAmendment = published('eu')
  const japanAmendment = published('jp')
  await legal.select(target.id, 'States to establish focal', true)
  await legal.card(euAmendment).getByRole('button', { name: 'Flag' }).click()
  await legal.card(euAmendment).getByLabel('What is the matter?').fill('Agreed language of 2010')
  await shoot(legal, '07-flag')
  await legal.card(euAmendment).getByRole('button', { name: 'Flag' }).last().click()
  await legal.card(euAmendment).getByText('flagged', { exact: true }).waitFor()
  await legal.card(euAmendment).getByRole('button', { name: 'Clear' }).click()
  await legal.card(euAmendment).getByRole('button', { name: 'Clear' }).last().click()
  await legal.card(euAmendment).getByText('cleared', { exact: true }).waitFor()

  // Incorporated while a delegate writes in the same paragraph.
  const last = words.at(-1)!
  await brazil.replace(target.id, last, 'such focal points')
  await chair.select(target.id, 'States to establish focal', true)
  await Promise.all([
    chair.card(euAmendment).getByRole('button', { name: 'Incorporate' }).click(),
    brazil.page.keyboard.type(' and of their contacts'),
  ])
  await table.until(() => table.unit('OP5').words.includes('States to establish focal'))
  await brazil.unit(target.id).getByText('such focal points and of their contacts').waitFor()
  await brazil.saved()
  await brazil.page.getByRole('button', { name: 'Put forward' }).first().click()
  await chair.unit(target.id).getByText('such focal points and of their contacts').waitFor()
  await chair.select(target.id, 'such focal points', true)
  await chair.card(japanAmendment).getByText('to be rechecked', { exact: false }).waitFor()
  await shoot(chair, '08-recheck')
  await table.until(() => [...table.shared.getMap<{ proposer?: string }>('state').values()].some((value) => value.proposer === 'br'))
  await chair.card(published('br')).getByRole('button', { name: 'Incorporate' }).click()
  await table.until(() => table.unit('OP5').words.includes('such focal points and of their contacts'))
  await chair.card(japanAmendment).getByRole('button', { name: 'Keep in brackets' }).click()
  await table.until(() => (table.shared.getMap<{ status?: string }>('state').get(`amendment:${japanAmendment}`)?.status ?? '') === 'bracketed')

  await chair.page.locator(`[data-card="unit-${target.id}"]`).getByRole('button', { name: 'Agree ad ref' }).click()
  for (const one of everyone) await one.page.locator(`.text .agreed[data-unit="${target.id}"]`).first().waitFor()
  await shoot(japan, '09-agreed')

  // The freeze, with its preview.
  await chair.page.getByRole('button', { name: /^Chair/ }).click()
  await chair.page.getByRole('button', { name: 'Freeze the text…' }).click()
  await chair.page.getByLabel('Close them as “not reflected”').check()
  await chair.page.getByLabel('I have read the text above').check()
  await chair.page.getByLabel('Why without a silence procedure').fill('All have agreed in the room.')
  await shoot(chair, '10-freeze')
  await chair.page.getByRole('button', { name: 'Freeze now' }).click()
  for (const one of everyone) await one.page.getByText('Nothing can be changed any more.', { exact: false }).first().waitFor()
  await eu.select(target.id, 'States to establish focal', true)
  await eu.page.keyboard.type('never')
  expect(await eu.unit(target.id).innerText()).not.toContain('never')
  await shoot(eu, '11-frozen')

  const exported = await table.text(`/api/drafts/${table.draft}/export?hat=${table.hatId}&form=text`)
  const screens = await Promise.all(everyone.map((one) => one.text()))
  expect(new Set(screens).size).toBe(1)

  // Killed and started again: every screen and the export are what they were.
  await server.end('SIGKILL')
  await server.run()
  for (const one of everyone) {
    await one.page.reload()
    await one.inRoom()
  }
  expect(await Promise.all(everyone.map((one) => one.text()))).toEqual(screens)
  expect(await table.text(`/api/drafts/${table.draft}/export?hat=${table.hatId}&form=text`)).toBe(exported)
  expect(exported).toContain('such focal points and of their contacts')
  expect(readFileSync(file, 'utf8')).not.toContain('such focal points')
  expect(everyone.flatMap((one) => one.complaints)).toEqual([])
})
