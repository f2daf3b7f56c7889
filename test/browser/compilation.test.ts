/** A facilitator brings back one Word file of several delegations, and a second one that remembers who they are. */
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { AxeBuilder } from '@axe-core/playwright'
import type { Locator, Page } from 'playwright-core'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { readAmendments } from '../../shared/model/amendments.ts'
import { readAmendmentState } from '../../shared/model/state.ts'
import { freezePreview } from '../../shared/lifecycle/freeze.ts'
import { del, ins, markIns, p, r, wordOf } from '../unit/word/support.ts'
import type { Parts } from '../unit/word/support.ts'
import type { Person } from '../unit/walk/person.ts'
import { picture } from './support/picture.ts'
import { openStage } from './support/stage.ts'
import type { Stage } from './support/stage.ts'

const source = ['Safe harbours', '', 'The General Assembly,', '', '1. Requests the Secretary-General to report every year;', '', '2. Calls upon all States to light their harbours;', '', '3. Decides to remain seized of the matter.', ''].join('\n')

let stage: Stage
let folder: string
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'omnibus-compilation-'))
  stage = await openStage(source)
  for (const [id, name] of [['br', 'Brazil'], ['jp', 'Japan'], ['no', 'Norway']] as const) await stage.delegation(id, name, 'state')
})
afterEach(async () => {
  await stage.end()
  await rm(folder, { recursive: true })
})

async function file(name: string, body: string, parts: Parts = {}): Promise<string> {
  const path = join(folder, `${name}.docx`)
  await writeFile(path, wordOf(body, parts))
  return path
}

const head = p(r('Safe harbours')) + p(r('The General Assembly,'))
const first = p(r('1. Requests the Secretary-General to report ') + '<w:commentRangeStart w:id="7"/>' + r('every year') + '<w:commentRangeEnd w:id="7"/>' + ins(r(' and at once'), 'Brasil') + r(';'))
const striking = `<w:ins w:id="1" w:author="Japan" w:date="2026-03-01T10:00:00Z">${r(' and piers')}${del(' of stone', 'Tanaka')}</w:ins>`
const second = p(r('2. Calls upon all States to ') + del('light', 'Japan') + ins(r('lamp'), 'Japan') + ins(r('dredge'), 'Tanaka') + r(' their harbours') + striking + r(';'))
const third = p(ins(r('3. Invites pilots;'), 'Tanaka'), markIns('Tanaka')) + p(r('3. Decides to remain ') + ins(r('actively '), 'Secretariat') + r('seized of the matter.'))
const said = { comments: '<w:comment w:id="7" w:author="Brasil"><w:p><w:r><w:t>Our capital insists.</w:t></w:r></w:p></w:comment>' }

async function open(page: Page): Promise<Locator> {
  await page.getByText('More', { exact: true }).click()
  await page.getByRole('button', { name: 'Bring back a compilation' }).click()
  return page.getByRole('dialog', { name: 'Bring back a compilation' })
}

const violations = async (page: Page): Promise<unknown[]> => (await new AxeBuilder({ page }).include('dialog').analyze()).violations.filter(({ impact }) => impact === 'serious' || impact === 'critical')

const recordedFor = (person: Person): string[] => readAmendments(person.shared).map(({ id, hunks, proposal }) => {
  const state = readAmendmentState(person.shared, id)!
  return `${state.proposer} ${state.asRecorded ? 'recorded' : 'own'} ${hunks.map(({ words }) => words).join('|')}${proposal}`
}).sort()

test('WC1 WC9 a file of several authors is told apart, looked over and recorded; on another device the next one remembers who they are', { timeout: 180_000 }, async () => {
  const norway = await stage.person('Nils', { role: 'delegate', delegation: 'no', level: 'head' })
  const carl = await stage.visitor('Carl Seat', { role: 'facilitator', delegation: 'office', level: 'head' })
  const { page } = carl
  const dialog = await open(page)
  await picture(page, 'compilation-empty')
  await dialog.getByLabel('Word file').setInputFiles(await file('first', head + first + second + third, said))
  await dialog.getByRole('heading', { name: '4 authors in this file' }).waitFor()
  const [japan, brasil, tanaka, secretariat] = ['Japan', 'Brasil', 'Tanaka', 'Secretariat'].map((name) => dialog.getByRole('combobox', { name: `${name}: ` })) as [Locator, Locator, Locator, Locator]
  expect([await japan.inputValue(), await brasil.inputValue(), await tanaka.inputValue(), await secretariat.inputValue()]).toEqual(['jp', 'br', '', ''])
  await dialog.getByText('Brasil: one change, one comment').waitFor()
  await dialog.getByText('by a likeness of the name: look whether it is right').waitFor()
  const press = dialog.getByRole('button', { name: /^Record all/ })
  expect([await press.getAttribute('aria-disabled'), await press.getAttribute('title')]).toEqual(['true', 'Say of each author whose changes these are, or leave them out.'])
  await picture(page, 'compilation-asked')

  // By keyboard: a letter chooses in a list, and what is left goes in one press.
  await tanaka.focus()
  await page.keyboard.type('Nor')
  await dialog.getByRole('heading', { name: 'Norway (Tanaka): 2 changes' }).waitFor()
  expect(await tanaka.evaluate((element) => element === document.activeElement)).toBe(true)
  await dialog.getByRole('button', { name: 'Leave out the one not chosen yet' }).click()
  await dialog.getByRole('heading', { name: '2 things are not recorded' }).waitFor()
  const left = dialog.getByRole('region', { name: '2 things are not recorded' })
  expect(await left.locator('h4').allInnerTexts()).toEqual(['Norway (Tanaka)', 'Left out (Secretariat)'])
  expect(await left.locator('del').allInnerTexts()).toEqual([' of stone'])
  await left.getByText('It changes words that another puts in.', { exact: false }).waitFor()
  // What is said of the words, and the words beneath it.
  const [box, quoted] = [(await left.locator('li').first().boundingBox())!, (await left.locator('li blockquote').first().boundingBox())!]
  expect(await left.locator('li blockquote').allInnerTexts()).toEqual([' and piers of stone', 'actively '].map((words) => expect.stringContaining(words.trim()) as unknown))
  expect([quoted.y > box.y + 10, quoted.x > box.x - 1]).toEqual([true, true])
  await left.scrollIntoViewIfNeeded()
  await picture(page, 'compilation-preview')
  await page.setViewportSize({ width: 390, height: 844 })
  await left.scrollIntoViewIfNeeded()
  await picture(page, 'compilation-preview-small')
  expect(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth)).toBe(true)
  expect(await dialog.evaluate((element) => element.scrollWidth <= element.clientWidth)).toBe(true)
  expect(await violations(page)).toEqual([])
  await page.setViewportSize({ width: 1280, height: 900 })

  const record = dialog.getByRole('button', { name: 'Record all 5 for their delegations' })
  await record.focus()
  await page.keyboard.press('Enter')
  await dialog.getByText('All 5 are recorded, for each delegation to confirm or correct its own.').waitFor()
  // What is not recorded is there still, to be copied.
  expect(await left.locator('del').allInnerTexts()).toEqual([' of stone'])
  await picture(page, 'compilation-recorded')
  await norway.until(() => readAmendments(norway.shared).length === 4)
  expect(recordedFor(norway)).toEqual(['br recorded  and at once', 'jp recorded lamp| and piers of stone', 'no recorded Invites pilots;', 'no recorded dredge'])
  await dialog.getByRole('button', { name: 'Close' }).last().click()
  await page.getByText('Invites pilots;').first().waitFor()
  await picture(page, 'compilation-room')

  const other = await stage.visitor('Sam Scribe', { role: 'secretary', delegation: 'office', level: 'head' })
  const again = await open(other.page)
  await again.getByLabel('Word file').setInputFiles(await file('second', head + first + second + p(ins(r('3. Invites lamplighters;'), 'Tanaka'), markIns('Tanaka')) + third, said))
  await again.getByRole('heading', { name: 'Norway (Tanaka): one change' }).waitFor()
  expect(await again.getByRole('combobox', { name: 'Tanaka: ' }).inputValue()).toBe('no')
  expect(await again.getByText('as it was said before').count()).toBe(4)
  await again.getByText('2 changes stand recorded or put forward already, in these words. They are not recorded again.').waitFor()
  await again.getByRole('heading', { name: 'Brazil (Brasil): nothing new to record' }).waitFor()
  await again.getByLabel('Who reads the comments').selectOption({ label: 'Nobody: they are not brought in' })
  await picture(other.page, 'compilation-again')
  await again.getByRole('button', { name: 'Record it for its delegation' }).click()
  await again.getByText('It is recorded, for its delegation to confirm or correct.').waitFor()
  await norway.until(() => readAmendments(norway.shared).length === 5)
  expect(recordedFor(norway).filter((line) => line.startsWith('no'))).toEqual(['no recorded Invites lamplighters;', 'no recorded Invites pilots;', 'no recorded dredge'])
  expect(carl.complaints.concat(other.complaints)).toEqual([])
})

test('WC10 while the server takes no more it says so, and goes on by itself', { timeout: 120_000 }, async () => {
  const { page } = await stage.visitor('Carl Seat', { role: 'facilitator', delegation: 'office', level: 'head' })
  const dialog = await open(page)
  await dialog.getByLabel('Word file').setInputFiles(await file('first', head + first.replaceAll('Brasil', 'Brazil')))
  const record = dialog.getByRole('button', { name: 'Record it for its delegation' })
  await record.and(page.locator(':not([aria-disabled="true"])')).waitFor()
  await page.route('**/api/commands', (route) => (route.request().postData()!.includes('record-for') ? route.fulfill({ status: 429, json: { ok: false, error: { code: 'too-fast', sentence: 'Too many requests at once.' } } }) : route.continue()))
  await record.click()
  await dialog.getByRole('status').getByText('The server takes no more from one person for the moment. This goes on by itself.').waitFor()
  await picture(page, 'compilation-waits')
  await page.unroute('**/api/commands')
  await dialog.getByText('It is recorded, for its delegation to confirm or correct.').waitFor()
})

test('WC8 a file without tracked changes, one whose names were taken out, and a frozen text each say so; what is refused stays to be tried again', { timeout: 180_000 }, async () => {
  const carl = await stage.visitor('Carl Seat', { role: 'facilitator', delegation: 'office', level: 'head' })
  const { page } = carl
  const dialog = await open(page)
  await dialog.getByLabel('Word file').setInputFiles(await file('plain', head + p(r('1. Requests nothing;'))))
  await dialog.getByText('There are no tracked changes in this file', { exact: false }).waitFor()
  expect(await dialog.getByRole('button', { name: 'Record', exact: true }).getAttribute('title')).toBe('There is nothing new to record.')
  await picture(page, 'compilation-untracked')
  await dialog.getByLabel('Word file').setInputFiles(await file('nameless', head + first.replaceAll('Brasil', 'Author') + second + third))
  await dialog.getByText('Names were taken out of this file', { exact: false }).waitFor()
  expect(await dialog.getByRole('combobox', { name: 'Author without a name: ' }).inputValue()).toBe('')
  await picture(page, 'compilation-nameless')
  await dialog.getByRole('combobox', { name: 'Author without a name: ' }).selectOption({ label: 'Brazil' })
  await dialog.getByRole('button', { name: 'Leave out all 2 not chosen yet' }).click()
  await dialog.getByRole('heading', { name: 'Brazil (Author without a name): one change' }).waitFor()
  await dialog.getByRole('heading', { name: '4 things are not recorded' }).waitFor()
  await dialog.locator('button:not([aria-disabled])').filter({ hasText: 'Record all 2 for their delegations' }).waitFor()

  await stage.chair.command({ command: 'lock', unit: stage.chair.unit('OP2').id })
  await dialog.getByRole('button', { name: 'Record all 2 for their delegations' }).click()
  await dialog.getByRole('heading', { name: 'One was not recorded' }).waitFor()
  await dialog.getByText('This paragraph is locked or agreed.', { exact: false }).first().waitFor()
  await picture(page, 'compilation-refused')
  await stage.chair.command({ command: 'unlock', unit: stage.chair.unit('OP2').id })
  await dialog.getByRole('button', { name: 'Try it again' }).click()
  await dialog.getByText('All 2 are recorded', { exact: false }).waitFor()
  await stage.chair.until(() => readAmendments(stage.chair.shared).length === 2)
  expect(recordedFor(stage.chair)).toEqual(['br recorded  and at once', 'jp recorded lamp| and piers of stone'])

  const { chair } = stage
  await chair.command({ command: 'freeze', digest: freezePreview(chair.shared, new Set()).digest, symbol: '', closeOpen: true, reason: 'It is late.' })
  await dialog.getByText('This draft is frozen. Nothing can be changed any more.').first().waitFor()
  await picture(page, 'compilation-frozen')
})
