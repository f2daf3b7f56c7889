/** The way of a capital's reply: out as a Word file, marked up where nobody sees it, and back. */
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { AxeBuilder } from '@axe-core/playwright'
import { strFromU8, strToU8, unzipSync, zipSync } from 'fflate'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { linesIn } from '../unit/word/support.ts'
import { readWord } from '../../shared/convert/docx/read.ts'
import { digestOfText } from '../../shared/lifecycle/digests.ts'
import { readAmendmentState } from '../../shared/model/state.ts'
import { readAmendments } from '../../shared/model/amendments.ts'
import { picture } from './support/picture.ts'
import { openStage } from './support/stage.ts'
import type { Stage } from './support/stage.ts'

const ports = ['Bergen', 'Kobe', 'Lagos', 'Osaka', 'Natal', 'Tunis', 'Dover', 'Izmir', 'Mocha', 'Perth', 'Quito', 'Vaasa']
const source = ['Safe harbours', '', 'The General Assembly,', '', ...ports.flatMap((port, at) => [`${at + 1}. Calls upon all States to light the harbour of ${port} well;`, '']), '13. Decides to remain seized of the matter.', ''].join('\n')

let stage: Stage
let folder: string
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'omnibus-reply-'))
  stage = await openStage(source)
  await stage.delegation('jp', 'Japan', 'state')
  await stage.delegation('no', 'Norway', 'state')
})
afterEach(async () => {
  await stage.end()
  await rm(folder, { recursive: true })
})

const by = 'w:id="900" w:author="Tanaka" w:date="2026-11-30T09:00:00Z"'
const run = (words: string): string => `<w:r><w:t xml:space="preserve">${words}</w:t></w:r>`
const ins = (words: string): string => `<w:ins ${by}>${run(words)}</w:ins>`
const del = (words: string): string => `<w:del ${by}><w:r><w:delText xml:space="preserve">${words}</w:delText></w:r></w:del>`

/** What somebody does in Word: words of a run struck and others put in. */
function marked(xml: string, before: string, struck: string, put: string): string {
  const at = xml.indexOf(before) + before.length
  if (at < before.length || !xml.slice(at).startsWith(struck)) throw new Error(`no “${before}${struck}”`)
  return `${xml.slice(0, at)}</w:t></w:r>${struck === '' ? '' : del(struck)}${put === '' ? '' : ins(put)}<w:r><w:t xml:space="preserve">${xml.slice(at + struck.length)}`
}

async function edited(path: string, edit: (xml: string) => string, more: Record<string, string> = {}): Promise<string> {
  const parts = unzipSync(new Uint8Array(await readFile(path)))
  const changed = { ...parts, 'word/document.xml': strToU8(edit(strFromU8(parts['word/document.xml']!))), ...Object.fromEntries(Object.entries(more).map(([name, words]) => [name, strToU8(words)])) }
  const target = join(folder, 'reply.docx')
  await writeFile(target, zipSync(changed))
  return target
}

test('WP10 from Word for capital to put forward a reply with twelve changes takes five steps; what the file went out with is nobody’s reply', { timeout: 120_000 }, async () => {
  const norway = await stage.person('Nils', { role: 'delegate', delegation: 'no', level: 'head' })
  const theirs = norway.propose('OP13', 'seized', 'actively seized')
  await norway.putForward(theirs)
  const japan = await stage.visitor('Jun', { role: 'delegate', delegation: 'jp', level: 'head' })
  const { page } = japan
  await page.getByText('1 open proposal', { exact: true }).waitFor()
  const [download] = await Promise.all([page.waitForEvent('download'), page.getByRole('button', { name: 'Word for capital' }).click()])
  expect(download.suggestedFilename()).toMatch(/^Partnership against trafficking \(for capital, \d{4}-\d\d-\d\d\)\.docx$/)
  expect(linesIn(readWord(new Uint8Array(await readFile(await download.path()))), 'accepted').at(-1)).toBe('Decides to remain actively seized of the matter.')

  const file = await edited(await download.path(), (xml) => marked(ports.reduce((text, port) => marked(text, `the harbour of ${port} `, 'well', 'with lamps'), xml), '<w:t xml:space="preserve">actively', '', 'and duly'))

  await page.getByRole('button', { name: 'Bring back a reply' }).click()
  await page.getByLabel('Word file').setInputFiles(file)
  await page.getByRole('heading', { name: '12 changes' }).waitFor()
  const preview = page.getByRole('region', { name: '12 changes' })
  expect(await preview.locator('ol > li').count()).toBe(12)
  expect(await preview.locator('ol > li').first().innerText()).toMatch(/^OP1 words .*wellwith lamps;$/)
  await preview.getByText('Changed by Tanaka.').waitFor()
  await preview.getByText('It changes the words of a proposal that is not in the text.').waitFor()
  expect(await preview.locator('.warnings ins').allInnerTexts()).toEqual(['and duly'])
  await picture(page, 'reply-preview')
  await page.setViewportSize({ width: 390, height: 844 })
  await picture(page, 'reply-preview-small')
  expect(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth)).toBe(true)
  expect((await new AxeBuilder({ page }).include('dialog').analyze()).violations.filter(({ impact }) => impact === 'serious' || impact === 'critical')).toEqual([])
  await page.setViewportSize({ width: 1280, height: 800 })

  await page.getByRole('button', { name: 'Take up 12 changes' }).click()
  await page.getByText('12 changes are in preparation.').waitFor()
  await picture(page, 'reply-prepared')

  await page.getByRole('button', { name: 'Put forward all (12)' }).click()
  await page.getByText('12 of 12').waitFor()
  await norway.until(() => readAmendments(norway.shared).filter(({ id }) => readAmendmentState(norway.shared, id)?.proposer === 'jp').length === 12)
  const put = readAmendments(norway.shared).filter(({ id }) => readAmendmentState(norway.shared, id)?.proposer === 'jp')
  expect(new Set(put.map(({ hunks }) => hunks.map(({ words }) => words).join('|')))).toEqual(new Set(['with lamps']))
})

test('WP10 where the text has moved on since a reply was read, it is read again and shown, and taken up at the next press; WP8 what a copy without tracked changes was made from is asked', { timeout: 120_000 }, async () => {
  const norway = await stage.person('Nils', { role: 'delegate', delegation: 'no', level: 'head' })
  await stage.chair.command({ command: 'keep-version', kind: 'text', name: 'First', symbol: '', digest: digestOfText(stage.chair.view, 'en') })
  const theirs = norway.propose('OP1', 'light', 'mark')
  await norway.putForward(theirs)
  const japan = await stage.visitor('Jun', { role: 'delegate', delegation: 'jp', level: 'head' })
  const { page } = japan
  const copy = join(folder, 'copy.docx')
  const written = await fetch(`${stage.server.address}/api/drafts/${norway.draft}/versions/1/written?hat=${norway.hatId}&as=docx`, { headers: { cookie: norway.cookie } })
  await writeFile(copy, new Uint8Array(await written.arrayBuffer()))
  const file = await edited(copy, (xml) => xml.replace('harbour of Kobe well', 'harbour of Kobe at night'))
  await page.getByRole('button', { name: 'Bring back a reply' }).click()
  const dialog = page.getByRole('dialog', { name: 'Bring back a reply' })
  await dialog.getByLabel('Word file').setInputFiles(file)
  await dialog.getByRole('heading', { name: 'One change' }).waitFor()
  const base = dialog.getByLabel('What this copy was made from')
  expect(await base.locator('option:checked').innerText()).toBe('First')
  const changes = dialog.locator('.reply ol > li')
  expect(await changes.allInnerTexts()).toEqual([expect.stringMatching(/^OP2 words .*wellat night;$/)])

  await stage.chair.command({ command: 'incorporate', ...(await stage.chair.sees(theirs)) })
  await page.locator('.text').getByText('mark the harbour of Bergen').waitFor()
  await dialog.getByRole('button', { name: 'Take up the change' }).click()
  await dialog.getByText('The text has changed since the file was read.').waitFor()
  await dialog.getByRole('heading', { name: 'One change' }).waitFor()
  expect(await changes.allInnerTexts()).toEqual([expect.stringMatching(/^OP2 words .*wellat night;$/)])
  await picture(page, 'reply-again')
  // Against the text as it stands, what Norway’s is in it would be struck.
  await base.selectOption({ label: 'The text as it stands' })
  await dialog.getByRole('heading', { name: '2 changes' }).waitFor()
  await base.selectOption({ label: 'First' })
  await dialog.getByRole('heading', { name: 'One change' }).waitFor()
  await dialog.getByRole('button', { name: 'Take up the change' }).click()
  await dialog.waitFor({ state: 'detached' })
  await page.locator('.text').getByText('at night').waitFor()

  // A file that is gone by then cannot be read again: that stands there, and not that it was.
  await page.getByRole('button', { name: 'Bring back a reply' }).click()
  const other = join(folder, 'other.docx')
  await writeFile(other, await readFile(file))
  await dialog.getByLabel('Word file').setInputFiles(other)
  await dialog.locator('button:not([aria-disabled])').filter({ hasText: 'Take up the change' }).waitFor()
  await rm(other)
  const more = norway.propose('OP3', 'light', 'mark')
  await norway.putForward(more)
  await stage.chair.command({ command: 'incorporate', ...(await stage.chair.sees(more)) })
  await page.locator('.text').getByText('mark the harbour of Lagos').waitFor()
  await dialog.getByRole('button', { name: 'Take up the change' }).click()
  await dialog.getByRole('alert').waitFor()
  expect(await dialog.getByRole('alert').innerText()).not.toContain('has been read again')
  await picture(page, 'reply-gone')
})

test('WP11 comments in a reply become threads of the delegation’s own people; what cannot be read, or has no reply in it, is said', { timeout: 120_000 }, async () => {
  const japan = await stage.visitor('Jun', { role: 'delegate', delegation: 'jp', level: 'head' })
  const norway = await stage.visitor('Nils', { role: 'delegate', delegation: 'no', level: 'head' })
  const { page } = japan
  const [download] = await Promise.all([page.waitForEvent('download'), page.getByRole('button', { name: 'Word for capital' }).click()])
  const path = await download.path()
  await page.getByRole('button', { name: 'Bring back a reply' }).focus()
  await page.keyboard.press('Enter')
  const dialog = page.getByRole('dialog', { name: 'Bring back a reply' })
  await picture(page, 'reply-empty')

  const broken = join(folder, 'broken.docx')
  await writeFile(broken, 'PK\u0003\u0004 nothing more')
  await dialog.getByLabel('Word file').setInputFiles(broken)
  await dialog.getByRole('alert').waitFor()
  await dialog.getByLabel('Word file').setInputFiles(path)
  await dialog.getByText('Nothing in the file differs from what was sent out.').first().waitFor()
  expect(await dialog.getByRole('alert').count()).toBe(0)

  const type = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships/comments'
  const relations = strFromU8(unzipSync(new Uint8Array(await readFile(path)))['word/_rels/document.xml.rels']!)
  const file = await edited(path, (xml) => {
    const [before, behind] = xml.split('<w:t xml:space="preserve"> to remain') as [string, string]
    const at = before.lastIndexOf('<w:r>')
    return `${before.slice(0, at)}<w:commentRangeStart w:id="1"/>${before.slice(at)}<w:t xml:space="preserve"> to remain${behind.replace('</w:r>', '</w:r><w:commentRangeEnd w:id="1"/>')}`
  }, {
    'word/_rels/document.xml.rels': relations.replace('</Relationships>', `<Relationship Id="said" Type="${type}" Target="comments.xml"/></Relationships>`),
    'word/comments.xml': '<w:comments xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:comment w:id="1" w:author="Tanaka"><w:p><w:r><w:t>Do we need this?</w:t></w:r></w:p></w:comment></w:comments>',
  })
  await dialog.getByLabel('Word file').setInputFiles(file)
  await dialog.getByRole('heading', { name: 'One comment, for your own people alone' }).waitFor()
  await dialog.getByText('Tanaka: Do we need this?').waitFor()
  await dialog.getByRole('button', { name: 'Take up the comments' }).focus()
  await page.keyboard.press('Enter')
  await dialog.waitFor({ state: 'detached' })
  await page.locator('.text [data-thread]').filter({ hasText: 'to remain seized' }).first().waitFor()
  expect(norway.received('Do we need this?')).toBe(false)
})
