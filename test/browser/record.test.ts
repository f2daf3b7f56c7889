/** The record on the page: long, filtered, by keyboard, exported; and a record that is not the one that was seen. */
import { readFile } from 'node:fs/promises'
import { execFileSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { AxeBuilder } from '@axe-core/playwright'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { picture } from './support/picture.ts'
import { openStage } from './support/stage.ts'
import type { Stage } from './support/stage.ts'
import type { Visitor } from './support/visitor.ts'

const source = ['Strengthening a global partnership', '', 'The General Assembly,', '', 'Recalling its resolution 64/293 of 30 July 2010,', '', '1. Requests the Secretary-General to report every year;', '', '2. Decides to remain seized of the matter.', ''].join('\n')
const command = fileURLToPath(new URL('../../server/cli/omnibus.js', import.meta.url))

let stage: Stage
beforeEach(async () => {
  stage = await openStage(source)
  await stage.delegation('jp', 'Japan', 'state')
  await stage.delegation('br', 'Brazil', 'state')
})
afterEach(() => stage.end())

const reader = { role: 'delegate', delegation: 'jp', level: 'head' } as const

async function openRecord({ page }: Visitor): Promise<void> {
  await page.getByRole('button', { name: /^More/ }).click()
  await page.getByRole('button', { name: 'Record', exact: true }).click()
  await page.getByRole('dialog', { name: 'Record' }).waitFor()
}

/** Alternately, so that each is a decision. */
async function lockOften(times: number): Promise<void> {
  const unit = stage.chair.unit('OP1').id
  for (let time = 0; time < times; time++) await stage.chair.command({ command: time % 2 === 0 ? 'lock' : 'unlock', unit })
}

test('RC7 a long record comes in pages, is narrowed and walked by keyboard, checked, and exported to be checked elsewhere', async () => {
  const brazil = await stage.person('Bia', { role: 'delegate', delegation: 'br', level: 'head' })
  const japan = await stage.visitor('Jun', reader)
  const { page } = japan
  await lockOften(120)
  await brazil.command({ command: 'start-thread', about: { kind: 'unit', unit: brazil.unit('OP2').id }, ranges: [], words: 'Which matter?', apart: false })
  await openRecord(japan)
  const panel = page.getByRole('dialog', { name: 'Record' })
  const rows = page.locator('table.record tbody tr')
  await page.getByText(/^13\d entries\.$/).waitFor()
  expect(await rows.count()).toBe(100)
  await picture(page, 'record-long')
  await page.getByRole('button', { name: /more, earlier$/ }).focus()
  await page.keyboard.press('Enter')
  await page.waitForFunction(() => document.querySelectorAll('table.record tbody tr').length > 100)
  await page.waitForFunction(() => document.activeElement?.tagName === 'TR')
  expect(await page.evaluate(() => (document.activeElement as HTMLTableRowElement).sectionRowIndex)).toBe(100)

  await panel.getByLabel('Kind').selectOption('Comments')
  await page.getByText(/^1 of 13\d entries\./).waitFor()
  expect(await rows.allInnerTexts()).toEqual([expect.stringContaining('Which matter?')])
  await panel.getByLabel('Kind').selectOption('Any')
  await panel.getByLabel('Delegation').selectOption('Brazil')
  await panel.getByLabel('Paragraph').selectOption('OP2')
  await page.getByText(/^1 of 13\d entries\./).waitFor()
  await picture(page, 'record-narrow')
  await page.getByRole('button', { name: 'Show all' }).click()
  await panel.getByLabel('Words').fill('began the draft')
  await page.getByText(/^1 of 13\d entries\./).waitFor()
  await panel.getByLabel('From').fill('2001-01-01')
  await panel.getByLabel('To', { exact: true }).fill('2001-12-31')
  await page.getByText(/^0 of 13\d entries\./).waitFor()
  await page.getByRole('button', { name: 'Show all' }).click()

  await page.getByRole('button', { name: 'Check the chain' }).click()
  await page.getByText(/^13\d entries form one chain/).waitFor()
  await picture(page, 'record-checked')
  expect((await new AxeBuilder({ page }).analyze()).violations.filter(({ impact }) => impact === 'serious' || impact === 'critical')).toEqual([])
  const [lines] = await Promise.all([page.waitForEvent('download'), page.getByRole('link', { name: 'JSON Lines' }).click()])
  expect(execFileSync(process.execPath, [command, 'audit', await lines.path()], { encoding: 'utf8' })).toMatch(/holds {4}The 13\d entries form one chain/)
  const [table] = await Promise.all([page.waitForEvent('download'), page.getByRole('link', { name: 'CSV' }).click()])
  expect(table.suggestedFilename()).toBe('Partnership against trafficking (record).csv')
  expect(await readFile(await table.path(), 'utf8')).toContain('"Brazil","","start-thread"')
  await page.setViewportSize({ width: 390, height: 844 })
  expect(await page.evaluate(() => document.documentElement.scrollWidth <= document.documentElement.clientWidth)).toBe(true)
  await picture(page, 'record-small')
  expect(japan.complaints).toEqual([])
})

test('SE15 when the server was restored from a backup, the page, and the room view, say that the record is not the one they have seen, open or opened anew', async () => {
  const japan = await stage.visitor('Jun', reader)
  const away = await stage.visitor('Jin', { ...reader, level: 'reader' })
  const table = await stage.visitor('Carl Seat', { role: 'facilitator', delegation: 'office', level: 'head' })
  const { page } = japan
  await japan.context.grantPermissions(['clipboard-read', 'clipboard-write'])
  const alert = page.getByRole('alert').filter({ hasText: 'is not the one that this device has seen' })
  await table.page.getByRole('button', { name: 'Room view' }).click()
  const screen = table.page.locator('.screen')
  await screen.getByRole('button', { name: 'Leave the room view' }).waitFor()
  await stage.server.backUp()
  await japan.saved()
  await lockOften(4)
  const seenOn = (visitor: Visitor): Promise<number> =>
    visitor.page.evaluate((draft) => (JSON.parse(localStorage.getItem(`omnibus-head:${draft}`) ?? '{}') as { seq?: number }).seq ?? 0, stage.chair.draft)
  const last = (await stage.chair.call(`/api/drafts/${stage.chair.draft}/record?hat=${stage.chair.hatId}`)) as unknown as { head: { seq: number } }
  for (const visitor of [japan, away, table]) await visitor.page.waitForFunction(([draft, seq]) => (JSON.parse(localStorage.getItem(`omnibus-head:${draft}`) ?? '{}') as { seq?: number }).seq === seq, [stage.chair.draft, last.head.seq] as const)
  expect(await alert.count()).toBe(0)
  await away.page.goto('about:blank')

  await stage.server.restore()
  await alert.waitFor()
  expect(await alert.innerText()).toContain(`This device has seen ${last.head.seq} entries; the server has ${last.head.seq - 4}.`)
  await picture(page, 'record-departed')
  await page.getByRole('button', { name: 'Copy both heads' }).click()
  const heads = (await page.evaluate(() => navigator.clipboard.readText())).split('\n').map((line) => JSON.parse(line) as { seq: number; signature: string })
  expect(heads.map(({ seq }) => seq)).toEqual([last.head.seq, last.head.seq - 4])
  await screen.getByRole('alert').filter({ hasText: `This device has seen ${last.head.seq} entries; the server has ${last.head.seq - 4}.` }).waitFor()
  await picture(table.page, 'record-departed-screen')
  await screen.getByRole('button', { name: 'I have taken note' }).press('Enter')
  await screen.getByRole('alert').waitFor({ state: 'detached' })
  await page.getByRole('button', { name: 'I have taken note' }).click()
  await alert.waitFor({ state: 'detached' })
  expect(await seenOn(japan)).toBe(last.head.seq - 4)

  // It goes on, and is longer than what the other device had seen: another entry stands in the place of the last one.
  await stage.chair.command({ command: 'open-positions' })
  await lockOften(6)
  await away.page.goto(`${stage.server.address}/draft/${stage.chair.draft}`)
  await away.page.getByRole('alert').filter({ hasText: `Entry ${last.head.seq}, which this device has seen, is another one now.` }).waitFor()
  await away.page.setViewportSize({ width: 390, height: 844 })
  await picture(away.page, 'record-departed-small')
  expect(await away.page.evaluate(() => document.documentElement.scrollWidth <= document.documentElement.clientWidth)).toBe(true)
  expect(await alert.count()).toBe(0)
})
