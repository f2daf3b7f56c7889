/** What of the draft one takes along: chosen in the room, saved, opened without a network. */
import { readFile } from 'node:fs/promises'
import { pathToFileURL } from 'node:url'
import { AxeBuilder } from '@axe-core/playwright'
import type { Download, Page } from 'playwright-core'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { freezePreview } from '../../shared/lifecycle/freeze.ts'
import { readWord } from '../../shared/convert/docx/read.ts'
import { digestOfText } from '../../shared/lifecycle/digests.ts'
import { linesIn } from '../unit/word/support.ts'
import { readPdf } from '../unit/convert/pdf.ts'
import { picture } from './support/picture.ts'
import { openStage } from './support/stage.ts'
import type { Stage } from './support/stage.ts'
import { Visitor } from './support/visitor.ts'

const source = ['Safe harbours', '', 'The General Assembly,', '', 'Recalling its resolution 64/293 of 30 July 2010,[1]', '', '1. Requests the Secretary-General to report every year;', '', '2. Decides to remain seized of the matter.', '', '[1] See resolution 70/1.', ''].join('\n')

let stage: Stage
beforeEach(async () => {
  stage = await openStage(source)
  await stage.delegation('jp', 'Japan', 'state')
})
afterEach(() => stage.end())

const shoot = (page: Page, name: string): Promise<void> => picture(page, name, true)

/** Chooses and presses, and gives what was saved. */
async function take({ page }: Visitor, what: string | RegExp, as: string): Promise<Download> {
  await page.getByRole('button', { name: /^More/ }).click()
  await page.getByRole('button', { name: 'Download', exact: true }).click()
  const dialog = page.getByRole('dialog', { name: 'Download' })
  const option = dialog.getByLabel('What').locator('option').filter({ hasText: what })
  await dialog.getByLabel('What').selectOption((await option.first().getAttribute('value'))!)
  await dialog.getByLabel('As', { exact: true }).selectOption({ label: as })
  const [download] = await Promise.all([page.waitForEvent('download'), dialog.getByRole('button', { name: 'Download', exact: true }).click()])
  await page.keyboard.press('Escape')
  return download
}

test('PT8 the text, the rolling text and the amendments are taken along as PDF, HTML, plain text and JSON; the page of HTML is read without a network', async () => {
  const japan = await stage.person('Jun', { role: 'delegate', delegation: 'jp', level: 'head' })
  await japan.putForward(japan.propose('OP1', 'every year', 'every two years'))
  const reader = await stage.visitor('Rena', { role: 'delegate', delegation: 'jp', level: 'reader' })
  await reader.page.getByText('1 open proposal', { exact: true }).waitFor()

  const rolling = await take(reader, 'The rolling text', 'HTML page')
  expect(rolling.suggestedFilename()).toBe('Partnership against trafficking (rolling text).html')
  const html = await readFile(await rolling.path(), 'utf8')
  const stranger = await Visitor.of(stage.browser, 'Stranger')
  const asked: string[] = []
  stranger.page.on('request', (request) => void asked.push(request.url()))
  await stranger.page.context().setOffline(true)
  await stranger.page.setContent(html)
  expect(await stranger.page.locator('ins').allInnerTexts()).toEqual(['every two years'])
  expect(await stranger.page.locator('del').allInnerTexts()).toEqual(['every year'])
  expect(await stranger.page.getByText('[every two years - Japan]').count()).toBe(1)
  await shoot(stranger.page, 'download-rolling')
  await stranger.page.setViewportSize({ width: 390, height: 844 })
  await shoot(stranger.page, 'download-rolling-small')
  expect(await stranger.page.evaluate(() => document.documentElement.scrollWidth <= innerWidth)).toBe(true)
  expect((await new AxeBuilder({ page: stranger.page }).analyze()).violations.filter(({ impact }) => impact === 'serious' || impact === 'critical')).toEqual([])
  expect(asked.filter((url) => !url.startsWith('about:') && !url.startsWith(pathToFileURL('/').href))).toEqual([])

  const pdf = await take(reader, 'The amendments', 'PDF')
  expect(pdf.suggestedFilename()).toBe('Partnership against trafficking (amendments).pdf')
  const read = await readPdf(await readFile(await pdf.path()))
  expect(read.pages.join(' ').replace(/\s+/g, ' ')).toContain('In operative paragraph 1, replace the word “year” with the words “two years”.')
  expect(read.accessible).toBe('1')

  const text = await take(reader, 'The text as it stands', 'Plain text')
  expect(await readFile(await text.path(), 'utf8')).toContain('1. Requests the Secretary-General to report every year;')
  const json = await take(reader, 'The text as it stands', 'JSON')
  expect(JSON.parse(await readFile(await json.path(), 'utf8'))).toMatchObject({ language: 'en', units: [{ kind: 'title', words: 'Safe harbours' }, {}, {}, {}, {}] })
})

test('PT9 a frozen text bears its symbol and its digest on every page; what stands in the way of a download is said', async () => {
  await stage.chair.command({ command: 'freeze', digest: freezePreview(stage.chair.shared, new Set()).digest, symbol: 'A/C.3/81/L.1', closeOpen: true, reason: 'It is agreed.' })
  const reader = await stage.visitor('Rena', { role: 'delegate', delegation: 'jp', level: 'reader' })
  await reader.page.getByText('is final').waitFor()
  const { sha256 } = ((await stage.chair.call(`/api/drafts/${stage.chair.draft}?hat=${stage.chair.hatId}`)) as unknown as { versions: { sha256: string }[] }).versions[0]!
  const bare = (words: string): string => words.replace(/\s+/g, '')
  for (const what of ['The text as it stands', /A\/C\.3\/81\/L\.1/]) {
    const { pages } = await readPdf(await readFile(await (await take(reader, what, 'PDF')).path()))
    for (const page of pages) for (const word of ['A/C.3/81/L.1', sha256]) expect(bare(page)).toContain(word)
  }
  await reader.page.getByRole('button', { name: /^More/ }).click()
  await reader.page.getByRole('button', { name: 'Download', exact: true }).click()
  await shoot(reader.page, 'download-dialog')
  await reader.page.setViewportSize({ width: 390, height: 844 })
  await shoot(reader.page, 'download-dialog-small')
  expect((await new AxeBuilder({ page: reader.page }).include('dialog').analyze()).violations.filter(({ impact }) => impact === 'serious' || impact === 'critical')).toEqual([])
  await reader.page.route('**/export?*', (route) => route.fulfill({ status: 503, contentType: 'application/json', body: JSON.stringify({ ok: false, error: { code: 'export-too-many', sentence: 'Many texts are being set at this moment. Wait a minute and try again.' } }) }))
  await reader.page.getByRole('dialog').getByRole('button', { name: 'Download', exact: true }).click()
  await reader.page.getByText('Many texts are being set at this moment.').waitFor()
})

test('WP3 what has changed since a version is chosen in the dialog, and comes as tracked changes', async () => {
  const { chair } = stage
  await chair.command({ command: 'keep-version', kind: 'text', name: 'First', symbol: '', digest: digestOfText(chair.view, 'en') })
  const japan = await stage.person('Jun', { role: 'delegate', delegation: 'jp', level: 'head' })
  const taken = japan.propose('OP1', 'every year', 'every two years')
  await japan.putForward(taken)
  await chair.command({ command: 'incorporate', ...(await chair.sees(taken)) })
  const reader = await stage.visitor('Rena', { role: 'delegate', delegation: 'jp', level: 'reader' })
  const { page } = reader
  await page.getByRole('button', { name: /^More/ }).click()
  await page.getByRole('button', { name: 'Download', exact: true }).click()
  const dialog = page.getByRole('dialog', { name: 'Download' })
  await dialog.getByLabel('What').selectOption({ label: 'The rolling text' })
  await dialog.getByLabel('As', { exact: true }).selectOption({ label: 'Word' })
  await dialog.getByLabel('Show what has changed since').selectOption({ label: 'First' })
  await shoot(page, 'download-word')
  await page.setViewportSize({ width: 390, height: 844 })
  await shoot(page, 'download-word-small')
  expect((await new AxeBuilder({ page }).include('dialog').analyze()).violations.filter(({ impact }) => impact === 'serious' || impact === 'critical')).toEqual([])
  const button = dialog.getByRole('button', { name: 'Download', exact: true })
  await button.focus()
  const [download] = await Promise.all([page.waitForEvent('download'), page.keyboard.press('Enter')])
  expect(download.suggestedFilename()).toBe('Partnership against trafficking (rolling text).docx')
  const file = readWord(new Uint8Array(await readFile(await download.path())))
  expect((['rejected', 'accepted'] as const).map((mode) => linesIn(file, mode).find((line) => line.startsWith('Requests')))).toEqual(['Requests the Secretary-General to report every year;', 'Requests the Secretary-General to report every two years;'])
})
