/** A draft as a Word file. */
import { readFileSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { strFromU8, unzipSync } from 'fflate'
import { describe, expect, test } from 'vitest'
import { importWord } from '../../../shared/convert/docx/import.ts'
import { readWord } from '../../../shared/convert/docx/read.ts'
import { changedSheet, plainSheet } from '../../../shared/convert/docx/write/changes.ts'
import type { Credit } from '../../../shared/convert/docx/write/changes.ts'
import { writeEntries } from '../../../shared/convert/docx/write/entries.ts'
import { writeAmendmentList } from '../../../shared/convert/docx/write/list.ts'
import { noMasthead } from '../../../shared/convert/docx/write/masthead.ts'
import { writeWord } from '../../../shared/convert/docx/write/package.ts'
import { sheetOfValue } from '../../../shared/convert/docx/write/sheet.ts'
import { readFile, writeFile } from '../../../shared/convert/formats.ts'
import { importText } from '../../../shared/convert/importText.ts'
import { beginAmendment } from '../../../shared/model/amendments.ts'
import { readAmendments } from '../../../shared/model/amendments.ts'
import type { ResolutionValue, UnitValue } from '../../../shared/model/value.ts'
import { sideDoc } from '../model/support.ts'
import { linesIn } from './support.ts'

const fixtures = join(import.meta.dirname, '../../fixtures')
const sheet = { language: 'en', title: 'Rights', atMs: Date.UTC(2026, 2, 1), from: { draft: 'd1', version: '3' }, masthead: noMasthead }
const partOf = (bytes: Uint8Array, name: string): string => strFromU8(unzipSync(bytes)[name]!)
const unit = (kind: UnitValue['kind'], words: string, more: Partial<UnitValue> = {}): UnitValue => ({ kind, words, notes: [], children: [], ...more })
const valued = (...units: UnitValue[]): ResolutionValue => ({ language: 'en', units })
const at = '2026-03-01T10:00:00Z'
const credit: Credit = { written: () => null, struck: () => null, whole: () => ({ author: 'Japan', at }) }

/** Accepted and rejected. */
function both(before: ResolutionValue, after: ResolutionValue, ids: readonly (readonly string[])[] = []): readonly [string[], string[]] {
  const bytes = writeWord(sheet, changedSheet(sheetOfValue(before, ids[0]), sheetOfValue(after, ids[1]), credit))
  const file = readWord(bytes)
  return [linesIn(file, 'accepted').filter((line) => line !== ''), linesIn(file, 'rejected').filter((line) => line !== '')]
}

describe('a clean file', () => {
  test.each(readdirSync(fixtures).filter((name) => name.endsWith('.txt')))('WO3 %s is read back as it was', (name) => {
    const { value } = importText(readFileSync(join(fixtures, name), 'utf8'))
    const bytes = writeFile(value, 'docx') as Uint8Array
    expect(readFile(bytes).value).toEqual(value)
    expect(writeFile(value, 'docx')).toEqual(bytes)
  })

  test('WO4 it is laid out as the United Nations do: the masthead’s table, their styles, opening phrases in italics, numbers that Word counts', () => {
    const { value } = importText(readFileSync(join(fixtures, 'resolution-trafficking.txt'), 'utf8'))
    const bytes = writeFile(value, 'docx') as Uint8Array
    const xml = partOf(bytes, 'word/document.xml')
    const table = xml.slice(0, xml.indexOf('</w:tbl>'))
    for (const words of ['United Nations', 'A/C.3/81/L.40', 'General Assembly', 'Distr.: Limited', '29 October 2026', 'Original: English']) expect(table).toContain(words)
    expect([...new Set([...xml.matchAll(/<w:pStyle w:val="(\w+)"/g)].map(([, style]) => style))].sort()).toEqual(['Front', 'H1', 'H23', 'HCh', 'HM', 'MastheadMade', 'SingleTxt', 'Sponsors'].filter((style) => xml.includes(`"${style}"`)))
    expect(xml).toMatch(/<w:rPr><w:i\/><w:iCs\/><\/w:rPr><w:t xml:space="preserve">Guided by<\/w:t>|<w:rPr><w:i\/><w:iCs\/><\/w:rPr><w:t xml:space="preserve">Guided<\/w:t>/)
    expect(xml).toContain('<w:i/><w:iCs/></w:rPr><w:t xml:space="preserve">The General Assembly</w:t></w:r><w:r><w:t xml:space="preserve">,</w:t>')
    expect(xml).not.toMatch(/>1\.</)
    expect(partOf(bytes, 'word/styles.xml')).toContain('<w:name w:val="_ Single Txt"/>')
  })

  test('WO5 it says from which draft and version it is, and what it prints of its own at the head is not read back', () => {
    const made = { symbol: 'A/C.3/81/L.7', distribution: 'Distr.: Limited', date: '1 March 2026', original: 'Original: English', sponsors: 'Japan: draft resolution', since: ['Additional sponsors: Mali'] }
    const value = valued(unit('title', 'Rights'), unit('organ', 'The General Assembly,'), unit('op', 'Urges all;'), unit('op', 'Decides.'))
    const bytes = writeWord({ ...sheet, masthead: made }, plainSheet(sheetOfValue(value)))
    expect(linesIn(readWord(bytes), 'accepted')).toEqual(expect.arrayContaining(['A/C.3/81/L.7', 'Distr.: Limited', '1 March 2026', 'Original: English', 'Japan: draft resolution', 'Additional sponsors: Mali']))
    expect([readWord(bytes).from, importWord(bytes).value, importWord(bytes).report.lost]).toEqual([sheet.from, value, []])
  })

  test('WO13 what is typed into a draft’s text in Word is tracked from the first letter, and no file opens in Word’s compatibility mode', () => {
    const value = valued(unit('op', 'Urges all;'))
    const settings = (from: typeof sheet['from'] | null): string => partOf(writeWord({ ...sheet, from }, plainSheet(sheetOfValue(value))), 'word/settings.xml')
    expect([settings(sheet.from).includes('<w:trackRevisions/>'), settings(null).includes('<w:trackRevisions/>')]).toEqual([true, false])
    expect(partOf(writeAmendmentList(sheet, [], { heading: 'Amendments', note: '', none: 'None.' }), 'word/settings.xml')).not.toContain('trackRevisions')
    for (const from of [sheet.from, null]) expect(settings(from)).toMatch(/<w:compatSetting w:name="compatibilityMode" [^>]*w:val="15"\/>/)
  })

  test('WO14 an Arabic masthead is the table mirrored, and Latin words in an Arabic text keep their direction', () => {
    const value: ResolutionValue = { language: 'ar', units: [unit('front', 'الأمــم المتحـدة'), unit('front', 'A/RES/78/228'), unit('front', 'الجمعية العامة'), unit('front', 'Distr.: General'), unit('front', '22 December 2023'), unit('organ', 'إن الجمعية العامة،'), unit('op', 'تحث جميع الدول.'), unit('op', 'تشير إلى القرار A/RES/70/1.')] }
    const bytes = writeFile(value, 'docx') as Uint8Array
    const xml = partOf(bytes, 'word/document.xml')
    const table = xml.slice(xml.indexOf('<w:tbl>'), xml.indexOf('</w:tbl>'))
    for (const { words } of value.units.slice(0, 5)) expect(table).toContain(words)
    expect(table).toContain('<w:bidiVisual/>')
    expect(xml).toContain('<w:r><w:t xml:space="preserve">22 December 2023</w:t>')
    // Where both stand in one sentence it runs as the Arabic does.
    for (const words of ['تحث جميع الدول.', 'تشير إلى القرار A/RES/70/1.']) expect(xml).toContain(`<w:rtl/></w:rPr><w:t xml:space="preserve">${words}</w:t>`)
    expect(readFile(bytes).value.units.map(({ words }) => words)).toEqual(value.units.map(({ words }) => words))
  })

  test('WO6 whatever people wrote is words: nothing of it becomes markup, and what XML cannot hold goes', () => {
    const words = '<w:p/> & "quoted" ]]> \u0001\ufffe\ud800 <!-- -->'
    const bytes = writeWord({ ...sheet, title: words, from: { draft: '<x>', version: '"' }, masthead: { ...noMasthead, symbol: '<&>' } }, changedSheet([], sheetOfValue(valued(unit('op', words, { label: '<1>', notes: [{ at: 2, words }] }))), { ...credit, whole: () => ({ author: '"><w:p>', at }) }))
    const file = readWord(bytes)
    expect(file.from).toEqual({ draft: '<x>', version: '"' })
    expect(linesIn(file, 'accepted').join('\n')).toContain('<w:p/> & "quoted" ]]>  <!-- -->')
    expect(file.paragraphs.flatMap(({ runs }) => runs).find(({ presence }) => presence.inserted !== null)!.presence.inserted!.author).toBe('"><w:p>')
    for (const name of Object.keys(unzipSync(bytes))) expect(partOf(bytes, name)).not.toContain('<!--')
  })

  test('WO7 lists of sub-paragraphs begin again beneath each paragraph, and a number that does not follow begins a list', () => {
    const sub = (words: string, more: Partial<UnitValue> = {}): UnitValue => unit('sub', words, more)
    const value = valued(unit('organ', 'The General Assembly,'), unit('pp', 'Recalling:', { children: [sub('One,'), sub('Two,')] }), unit('pp', 'Noting:', { children: [sub('Three,')] }),
      unit('op', 'Urges:', { children: [sub('Four:', { children: [sub('Five;'), sub('Six;')] }), sub('Seven;')] }), unit('op', 'Calls;', { label: '12 bis.' }), unit('op', 'Decides:', { children: [sub('Eight.')] }), unit('annex', 'Annex'), unit('op', 'First.'), unit('op', 'Second.'))
    const printed = importWord(writeWord(sheet, plainSheet(sheetOfValue(value)))).value
    expect(printed).toEqual(value)
  })
})

describe('changes against another version', () => {
  const before = valued(unit('pp', 'Recalling all,'), unit('op', 'Urges States to act;'), unit('op', 'Calls for reports; and decides to meet;'), unit('op', 'Decides to go on.'))

  test('WO8 words, paragraphs, footnotes and brackets come and go', () => {
    const after = valued(unit('pp', 'Recalling all,'), unit('op', 'Urges all States to act;', { notes: [{ at: 16, words: 'See 70/1.' }] }), unit('op', 'Invites others;'), unit('op', 'Decides to go on.', { brackets: [{ from: 0, to: 7 }] }))
    const ids = [['p', 'a', 'b', 'c'], ['p', 'a', 'd', 'c']]
    expect(both(before, after, ids)).toEqual([['Recalling all,', 'Urges all States to act;', 'Invites others;', '[Decides] to go on.'], ['Recalling all,', 'Urges States to act;', 'Calls for reports; and decides to meet;', 'Decides to go on.']])
  })

  test('WO9 a paragraph that is parted or joined keeps its words, and its end alone changes', () => {
    const parted = valued(unit('pp', 'Recalling all,'), unit('op', 'Urges States to act;'), unit('op', 'Calls for reports;'), unit('op', 'and decides to meet;'), unit('op', 'Decides to go on.'))
    const sheets = changedSheet(sheetOfValue(before, ['p', 'a', 'b', 'c']), sheetOfValue(parted, ['p', 'a', 'b', 'x', 'c']), credit)
    expect(sheets.map(({ mark }) => mark.inserted !== null)).toEqual([false, false, true, false, false])
    expect(sheets.flatMap(({ stretches }) => stretches).filter(({ presence }) => presence.inserted !== null || presence.deleted !== null).map(({ words }) => words)).toEqual([' '])
    const joined = changedSheet(sheetOfValue(parted, ['p', 'a', 'b', 'x', 'c']), sheetOfValue(before, ['p', 'a', 'b', 'c']), credit)
    expect(joined.map(({ mark }) => mark.deleted !== null)).toEqual([false, false, true, false, false])
    expect(both(parted, before, [['p', 'a', 'b', 'x', 'c'], ['p', 'a', 'b', 'c']])).toEqual([before.units.map(({ words }) => words), parted.units.map(({ words }) => words)])
  })

  test('WO10 a move is a move, under one name, with what changed on the way', () => {
    const after = valued(before.units[0]!, unit('op', 'Decides to go on as before.'), before.units[1]!, before.units[2]!)
    const xml = partOf(writeWord(sheet, changedSheet(sheetOfValue(before, ['p', 'a', 'b', 'c']), sheetOfValue(after, ['p', 'c', 'a', 'b']), credit)), 'word/document.xml')
    expect([...xml.matchAll(/<w:move(From|To)RangeStart[^>]* w:name="(\w+)"/g)].map(([, side, name]) => [side, name])).toEqual([['To', 'move4'], ['From', 'move4']])
    expect(both(before, after, [['p', 'a', 'b', 'c'], ['p', 'c', 'a', 'b']])).toEqual([after.units.map(({ words }) => words), before.units.map(({ words }) => words)])
  })

  test('WO11 a change bears its author and its time, and letters between two authors’ go with their neighbours', () => {
    const authors: Credit = { ...credit, written: (_after, place) => (place < 12 ? { author: 'Norway', at } : null) }
    const bytes = writeWord(sheet, changedSheet(sheetOfValue(before, ['p', 'a', 'b', 'c']), sheetOfValue(valued(unit('pp', 'Recalling now all,'), ...before.units.slice(1)), ['p', 'a', 'b', 'c']), authors))
    expect(partOf(bytes, 'word/document.xml').match(/<w:ins [^>]*>/g)).toEqual([expect.stringMatching(/w:author="Norway" w:date="2026-03-01T10:00:00Z"/)])
  })
})

test('WO12 the list of amendments is a table with a row for each, its head repeated on every page', () => {
  const side = sideDoc(2)
  beginAmendment(side, { kind: 'delete', target: 'u1' })
  const [amendment] = readAmendments(side)
  const bytes = writeAmendmentList(sheet, [{ number: 1, amendment: amendment!, status: 'open', proposed: 'Proposed by Japan and <Norway>', wording: 'Delete operative paragraph 3.' }], { heading: 'Amendments', note: 'Nothing is agreed.', none: 'None.' })
  const file = readWord(bytes)
  expect(file.paragraphs.filter(({ row }) => row === 2).map(({ runs }) => runs.map(({ words }) => words).join(''))).toEqual(['1.', 'Japan and <Norway>', 'Delete operative paragraph 3.', 'open'])
  expect(partOf(bytes, 'word/document.xml')).toContain('<w:tblHeader/>')
  expect(linesIn(readWord(writeAmendmentList(sheet, [], { heading: 'Amendments', note: '', none: 'None.' })), 'accepted')).toEqual(['Amendments', 'None.'])
})

test('WO15 entries are a table beneath each heading, with inserted words underlined and struck ones struck through', () => {
  const plain = (words: string) => ({ look: 'plain' as const, words })
  const bytes = writeEntries(sheet, {
    language: 'en', title: 'Harbours: table of derivations', isTitled: true, remarks: ['Nothing was taken from: <A/RES/70/1>.'], legend: [], notes: [], footer: '',
    blocks: [
      { kind: 'entry', depth: 0, number: 'OP1', pieces: [plain('A/RES/64/293, OP1 '), { look: 'sign', words: '[altered]' }] },
      { kind: 'wording', depth: 1, number: '', pieces: [plain('Every '), { look: 'cut', words: 'year' }, { look: 'new', words: 'month' }] },
      { kind: 'wording', depth: 1, number: '', pieces: [plain('More.')] },
      { kind: 'heading', depth: 0, number: '', pieces: [plain('A/RES/70/1')] },
      { kind: 'entry', depth: 0, number: 'OP2', pieces: [plain('nowhere')] },
    ],
  }, ['Paragraph', 'Sources', 'Words'])
  const file = readWord(bytes)
  const cells = file.paragraphs.map(({ row, runs }) => [row, runs.map(({ words }) => words).join('')])
  expect(cells).toEqual([
    [null, 'Harbours: table of derivations'], [null, 'Nothing was taken from: <A/RES/70/1>.'],
    ...['Paragraph', 'Sources', 'Words'].map((words) => [1, words]), ...['OP1', 'A/RES/64/293, OP1 [altered]', 'Every yearmonth', 'More.'].map((words) => [2, words]),
    [null, ''], [null, 'A/RES/70/1'],
    ...['Paragraph', 'Sources', 'Words'].map((words) => [3, words]), ...['OP2', 'nowhere', ''].map((words) => [4, words]), [null, ''],
  ])
  const xml = partOf(bytes, 'word/document.xml')
  expect(xml).toContain('<w:rPr><w:strike/></w:rPr><w:t xml:space="preserve">year</w:t>')
  expect(xml).toContain('<w:rPr><w:u w:val="single"/></w:rPr><w:t xml:space="preserve">month</w:t>')
  expect(xml.match(/<w:tblHeader\/>/g)?.length).toBe(2)
  expect(xml).not.toMatch(/<w:(ins|del) /)
})
