import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { AxeBuilder } from '@axe-core/playwright'
import type { Browser } from 'playwright-core'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { readFile as read, writeFile as written } from '../../shared/convert/formats.ts'
import { importText } from '../../shared/convert/importText.ts'
import { errors } from '../../shared/wire/errors.ts'
import { del, ins, markIns, p, r, wordOf } from '../unit/word/support.ts'
import { ServerProcess } from '../unit/walk/server.ts'
import { launchChromium } from './support/chromium.ts'
import { picture } from './support/picture.ts'
import { Visitor } from './support/visitor.ts'

const { value } = importText('Safe harbours\n\nThe General Assembly,\n\nRecalling all,[1]\n\n1. Urges all States:\n\n(a) To act;\n\n2. Decides to meet.\n\n[1] Resolution 1.\n')

let server: ServerProcess
let browser: Browser
let folder: string

beforeEach(async () => {
  server = await ServerProcess.start()
  browser = await launchChromium()
  folder = await mkdtemp(join(tmpdir(), 'omnibus-files-'))
})
afterEach(async () => {
  await browser?.close()
  await server?.remove()
  await rm(folder, { recursive: true })
})

async function file(name: string, content: string | Uint8Array): Promise<string> {
  await writeFile(join(folder, name), content)
  return join(folder, name)
}

test('FR7 a file is read beside the page, can be stopped, is shown, and what was shown is imported', { timeout: 240_000 }, async () => {
  const chair = await Visitor.of(browser, 'Amina Chair')
  const { page } = chair
  const shoot = async (name: string): Promise<void> => {
    await picture(page, `importing-${name}`)
  }
  await chair.follow(`${server.address}${server.link!}`)
  await page.getByRole('button', { name: 'New draft' }).click()
  await page.getByLabel('A file', { exact: true }).check()
  const field = page.getByLabel('File', { exact: true })

  // The thread is held up before it begins.
  await page.route(/\/assets\/worker-.*\.js$/, () => undefined)
  await field.setInputFiles(await file('resolution.json', String(written(value, 'json'))))
  await page.getByText('Reading resolution.json…').waitFor()
  await shoot('reading')
  // Whoever presses already is waited with, until the reading is stopped.
  await page.getByRole('button', { name: 'Make the draft' }).click()
  await page.locator('dialog [aria-busy]').waitFor()
  await page.getByRole('button', { name: 'Stop reading' }).click()
  expect(await page.getByText('Reading resolution.json…').count()).toBe(0)
  await page.getByText('Choose a file first.').waitFor()
  expect(await page.locator('dialog [aria-busy]').count()).toBe(0)
  await page.unroute(/\/assets\/worker-.*\.js$/)

  await field.setInputFiles(await file('cut-off.json', String(written(value, 'json')).slice(0, 300)))
  await page.getByText(errors['import-damaged']).waitFor()
  await shoot('damaged')
  await field.setInputFiles(await file('scan.txt', '%PDF-1.7'))
  await page.getByText(errors['import-format-unknown']).waitFor()

  await field.setInputFiles(fileURLToPath(new URL('../fixtures/akn/draft.xml', import.meta.url)))
  await page.getByText('Read as Akoma Ntoso.').waitFor()
  await page.getByText('Has no place in a draft, and is left out').waitFor()
  await page.getByText('The text as it was read').click()
  await page.getByText('Noting that lights are:').waitFor()
  await shoot('akn')

  await field.setInputFiles(await file('whatever.txt', String(written(value, 'json'))))
  await page.getByText('Read as a resolution in JSON.').waitFor()
  expect(await page.locator('dialog .fault').count()).toBe(0)
  await page.getByText('The text as it was read').click()
  await page.getByText('(a) To act;').waitFor()
  await shoot('preview')
  await page.getByRole('button', { name: 'Make the draft' }).click()
  await chair.inRoom()
  expect((await chair.text()).replace(/\s+/g, ' ')).toContain('Urges all States:')
  expect(await page.locator('.text .unit').count()).toBe(6)
  await shoot('draft')

  // What is taken along comes back as the same text.
  await page.getByRole('button', { name: 'More: overview, record, exports, print' }).click()
  await page.getByRole('button', { name: 'Download', exact: true }).click()
  await page.getByLabel('As', { exact: true }).selectOption({ label: 'Akoma Ntoso (XML)' })
  await shoot('download')
  const saving = page.waitForEvent('download')
  await page.getByRole('button', { name: 'Download', exact: true }).last().click()
  const saved = await saving
  expect(saved.suggestedFilename()).toBe('Safe harbours.xml')
  expect(read(await readFile(await saved.path())).value).toEqual(value)
  expect(chair.complaints).toEqual([])
})

test('WP9 a file with tracked changes is read with all of them accepted, or all rejected; what is shown is imported', { timeout: 120_000 }, async () => {
  const chair = await Visitor.of(browser, 'Amina Chair')
  const { page } = chair
  await chair.follow(`${server.address}${server.link!}`)
  await page.getByRole('button', { name: 'New draft' }).click()
  await page.getByLabel('A file', { exact: true }).check()
  await page.getByLabel('File', { exact: true }).setInputFiles(await file('marked.docx', wordOf(p(r('The General Assembly,')) + p(r('1. Urges') + ins(r(' all')) + r(' States;')))))
  const choice = page.getByLabel('Tracked changes in the file')
  await choice.waitFor()
  await page.getByText('The text as it was read').click()
  await page.locator('.import-text').getByText('Urges all States;').waitFor()
  await choice.selectOption({ label: 'Reject all: the text before them' })
  await page.getByText('as if all of them were rejected').waitFor()
  expect(await choice.count()).toBe(1)
  await picture(page, 'importing-tracked')
  await page.getByLabel('Name of the draft').fill('Lamps')
  await page.getByRole('button', { name: 'Make the draft' }).click()
  await chair.inRoom()
  expect(await chair.text()).toContain('Urges States;')
})

test('WN3 WN4 a file with tracked changes becomes a draft in negotiation with each change prepared; before that all of it is shown', { timeout: 180_000 }, async () => {
  const chair = await Visitor.of(browser, 'Amina Chair')
  const { page } = chair
  await chair.follow(`${server.address}${server.link!}`)
  await page.getByRole('button', { name: 'New draft' }).click()
  await page.getByLabel('A file', { exact: true }).check()
  const commented = '<w:commentRangeStart w:id="0"/>' + r('all harbours') + '<w:commentRangeEnd w:id="0"/>'
  const body = p(r('Safe harbours')) + p(r('The General Assembly,')) + p(r('Recalling its resolution 70/1 of 25 September 2015,')) + p(r('1. Urges States to light ') + commented + r(' ') + del('well') + ins(r('with lamps')) + r(';'))
    + p(ins(r('2. Calls upon ports to report every year;'), 'Norway'), markIns('Norway')) + p(r('3. Decides to remain seized of the matter.'))
  await page.getByLabel('File', { exact: true }).setInputFiles(await file('marked.docx', wordOf(body, { comments: `<w:comment w:id="0" w:author="Nils">${p(r('Small ones too?'))}</w:comment>` })))
  const choice = page.getByLabel('Tracked changes in the file')
  await choice.waitFor()
  await page.getByText('Everyone in the draft reads them.').waitFor()
  await choice.selectOption({ label: 'As amendments: the text before them, with each change prepared by you' })
  const preview = page.getByRole('region', { name: '2 changes to prepare' })
  await preview.waitFor()
  expect(await preview.locator('ol > li').allInnerTexts()).toEqual([expect.stringMatching(/^OP1 words .*wellwith lamps;$/), 'OP1 new paragraph Calls upon ports to report every year;'])
  await preview.getByText(/^Changed in the file by .*Norway.*Japan|^Changed in the file by .*Japan.*Norway/).waitFor()
  await page.getByRole('heading', { name: 'One comment becomes a thread' }).waitFor()
  await page.getByText('For the chair’s table alone.').waitFor()
  await page.getByText('Nils: Small ones too?').waitFor()
  await picture(page, 'importing-amendments')
  await page.setViewportSize({ width: 390, height: 844 })
  await preview.scrollIntoViewIfNeeded()
  await picture(page, 'importing-amendments-small')
  expect(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth)).toBe(true)
  expect((await new AxeBuilder({ page }).include('dialog').analyze()).violations.filter(({ impact }) => impact === 'serious' || impact === 'critical')).toEqual([])
  await page.setViewportSize({ width: 1280, height: 800 })

  // Where one step fails, what was done is gone on with, and no second draft is made.
  await page.route('**/api/commands', async (route) => (route.request().postDataJSON() as { body: { command: string } }).body.command === 'prepare' ? route.fulfill({ status: 409, json: { ok: false, error: { code: 'changed', sentence: errors.changed } } }) : route.continue())
  await page.getByRole('button', { name: 'Make the draft' }).click()
  await page.getByRole('dialog').getByText(errors.changed).waitFor()
  await page.unroute('**/api/commands')
  await page.getByRole('button', { name: 'Make the draft' }).click()
  await chair.inRoom()
  await page.getByRole('button', { name: 'Put forward all (2)' }).waitFor()
  await page.locator('.text [data-thread]').filter({ hasText: 'all harbours' }).first().waitFor()
  await picture(page, 'importing-amendments-prepared')
  await page.setViewportSize({ width: 390, height: 844 })
  await picture(page, 'importing-amendments-prepared-small')
  await page.setViewportSize({ width: 1280, height: 800 })
  await page.getByRole('button', { name: 'Put forward all (2)' }).click()
  await page.getByText('2 of 2').waitFor()
  await picture(page, 'importing-amendments-forward')
  await page.goto(server.address)
  await page.getByRole('button', { name: 'New draft' }).waitFor()
  expect(await page.getByRole('link', { name: 'Safe harbours' }).count()).toBe(1)
  expect(chair.complaints.filter((complaint) => !complaint.includes('409'))).toEqual([])
})

test('FR7 IM20 of what is worth a look the first twelve stand there and the rest is opened by keyboard; a file in Windows-1252 is read, and that is said first', { timeout: 120_000 }, async () => {
  const chair = await Visitor.of(browser, 'Amina Chair')
  const { page } = chair
  await chair.follow(`${server.address}${server.link!}`)
  await page.getByRole('button', { name: 'New draft' }).click()
  await page.getByLabel('A file', { exact: true }).check()
  const lines = Array.from({ length: 30 }, (_, index) => `Foreseeing caf\xe9 number ${index + 1},`)
  await page.getByLabel('File', { exact: true }).setInputFiles(await file('notepad.txt', Buffer.from(['Lamps', 'The General Assembly,', ...lines, '1. Decides to meet;'].join('\n\n'), 'latin1')))
  const report = page.locator('.import-report')
  await report.getByText('It was read as Windows-1252', { exact: false }).waitFor()
  expect(await report.locator('.warnings li').first().innerText()).toMatch(/Windows-1252.*caf\u00e9/s)
  expect(await report.locator('.warnings > li').count()).toBe(12)
  const more = report.locator('summary').filter({ hasText: /^Show \d+ more$/ })
  const rest = Number(/\d+/.exec(await more.innerText())![0])
  await more.scrollIntoViewIfNeeded()
  await picture(page, 'importing-many')
  await more.focus()
  await page.keyboard.press('Enter')
  await report.locator('.several li').first().waitFor()
  expect(await report.locator('.several li').count()).toBe(rest)
  expect((await report.locator('.several li').allInnerTexts()).slice(-2)).toEqual([expect.stringContaining('number 30'), expect.stringContaining('1. Decides to meet;')])
  await report.locator('.several').scrollIntoViewIfNeeded()
  await picture(page, 'importing-many-open')
  await page.setViewportSize({ width: 390, height: 844 })
  await report.locator('.several').scrollIntoViewIfNeeded()
  await picture(page, 'importing-many-small')
  expect(await page.locator('dialog').evaluate((element) => element.scrollWidth <= element.clientWidth)).toBe(true)
  expect((await new AxeBuilder({ page }).include('dialog').analyze()).violations.filter(({ impact }) => impact === 'serious' || impact === 'critical')).toEqual([])
  expect(chair.complaints).toEqual([])
})
