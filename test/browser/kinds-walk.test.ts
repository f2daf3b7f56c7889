import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { tmpdir } from 'node:os'
import type { Browser } from 'playwright-core'
import { afterEach, beforeEach, expect, test } from 'vitest'
import type { Command } from '../../shared/wire/commands.ts'
import { Person } from '../unit/walk/person.ts'
import { ServerProcess } from '../unit/walk/server.ts'
import { launchChromium } from './support/chromium.ts'
import { picture } from './support/picture.ts'
import { Visitor } from './support/visitor.ts'

const source = [
  'Protection of lamps in harbours', '', 'The General Assembly,', '', 'Recalling its resolution 64/293 of 30 July 2010,', '',
  '1. Urges all Member States to keep every lamp burning through the night;', '', '2. Requests the Secretary-General to report every year;', '',
  '3. Invites donors to contribute;', '', '4. Decides to remain seized of the matter.', '',
].join('\n')

let server: ServerProcess
let browser: Browser
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

async function visitor(name: string, hat: Extract<Command, { command: 'invite' }>['hat']): Promise<Visitor> {
  const { link } = await table.command({ command: 'invite', hat, days: 7, uses: 1 })
  const made = await Visitor.of(browser, name)
  await made.follow(`${server.address}${link!}`)
  await made.inRoom()
  return made
}

test('KI28 every kind is proposed from the paragraph’s menu, put forward, shown on cards and decided', { timeout: 300_000 }, async () => {
  const chair = await Visitor.of(browser, 'Amina Chair')
  await chair.follow(`${server.address}${server.link!}`)
  const file = join(tmpdir(), `lamps-${process.pid}.txt`)
  await writeFile(file, source)
  await chair.page.getByRole('button', { name: 'New draft' }).click()
  await chair.page.getByLabel('A file', { exact: true }).check()
  await chair.page.getByLabel('File', { exact: true }).setInputFiles(file)
  await chair.page.getByRole('button', { name: 'Make the draft' }).click()
  await chair.inRoom()
  table = new Person('Amina Chair', server.address)
  table.cookie = (await chair.context.cookies()).map(({ name, value }) => `${name}=${value}`).join('; ')
  const { hats } = (await table.call('/api/me')) as unknown as { hats: { draft: string; hatId: string }[] }
  await table.wear(hats[0]!.draft, hats[0]!.hatId)
  await table.enter()
  await table.command({ command: 'add-delegation', delegation: { id: 'eu', name: 'EU', kind: 'group' } })
  await table.command({ command: 'open-negotiation' })
  const eu = await visitor('Eva Lind', { role: 'delegate', delegation: 'eu', level: 'head' })
  const unit = (number: string): string => table.view.units.find((one) => one.number === number)!.id
  const { page } = eu
  const menu = async (number: string, item: string): Promise<void> => {
    await page.getByRole('button', { name: `Propose a change of ${number}` }).click()
    if (item === 'Bracket: reserve') await shoot(eu, '01-menu')
    await page.locator('.propose .menu-list').getByRole('button', { name: item }).click()
  }
  await eu.select(unit('OP1'), 'all Member States')
  await menu('OP1', 'Bracket: reserve')
  await eu.select(unit('OP1'), 'every lamp', true)
  await menu('OP1', 'Split at the caret')
  await eu.select(unit('OP2'), 'Secretary-General', true)
  await menu('OP2', 'Footnote…')
  await page.getByLabel('Words of the footnote').fill('See A/80/12.')
  await shoot(eu, '02-asks')
  await page.locator('.propose').getByRole('button', { name: 'Propose', exact: true }).click()
  await eu.select(unit('OP2'), 'every year')
  await menu('OP2', 'Substitute…')
  await page.getByLabel('Words in place of those selected').fill('every two years')
  await page.locator('.propose').getByRole('button', { name: 'Propose', exact: true }).click()
  await eu.select(unit('OP3'), 'donors', true)
  await menu('OP3', 'Move to…')
  await page.getByLabel('To after').selectOption(unit('PP1'))
  await page.locator('.propose').getByRole('button', { name: 'Propose', exact: true }).click()
  await menu('OP3', 'Placeholder after…')
  await page.getByLabel('What is to come (may be left empty)').fill('finance')
  await page.locator('.propose').getByRole('button', { name: 'Propose', exact: true }).click()
  await eu.select(unit('OP3'), 'donors', true)
  await menu('OP3', 'Join with the next')
  await shoot(eu, '03-private')
  const kinds = ['reserve', 'split', 'footnote', 'change', 'move', 'placeholder', 'join']
  await expect.poll(async () => (await page.locator('.card.private .what').allTextContents()).sort()).toEqual([...kinds].sort())
  for (let left = kinds.length; left > 0; left--) {
    await page.getByRole('button', { name: 'Put forward', exact: true }).first().click()
    await expect.poll(() => page.locator('.card.private').count()).toBe(left - 1)
  }
  await expect.poll(async () => (await chair.page.locator('.card:not(.unit-card) .what').allTextContents()).sort()).toEqual([...kinds].sort())
  await shoot(chair, '04-put-forward-chair')
  const text = await table.call(`/api/drafts/${hats[0]!.draft}/export/rolling`).catch(() => null)
  if (text !== null) expect(JSON.stringify(text)).toContain('reserve')
  const decide = async (kind: string): Promise<void> => {
    const card = chair.page.locator('.card:not(.unit-card)').filter({ has: chair.page.locator('.what', { hasText: new RegExp(`^${kind}$`) }) })
    if ((await card.getByRole('button', { name: 'Incorporate' }).count()) === 0) await card.locator('.card-head').first().click()
    await card.getByRole('button', { name: 'Incorporate' }).click()
    await expect.poll(() => card.count()).toBe(0)
  }
  for (const kind of ['reserve', 'split', 'footnote', 'change', 'placeholder', 'move']) await decide(kind)
  await shoot(chair, '05-decided')
  await expect.poll(() => chair.page.locator('.text .bracketed').count()).toBe(2)
  const [bracketed] = table.view.units.filter((one) => one.words.startsWith('Urges'))
  await chair.select(bracketed!.id, 'all Member States', true)
  await chair.page.getByRole('button', { name: /^Lift the brackets/ }).first().click()
  await expect.poll(() => chair.page.locator('.text .bracketed').count()).toBe(1)
  await shoot(chair, '06-lifted')
  expect([...chair.complaints, ...eu.complaints]).toEqual([])
})
