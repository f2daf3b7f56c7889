/** Tracked changes that are kept, with those who made them. OMNIBUS_DOCX names a folder of files with such. */
import { existsSync, readFileSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { strFromU8, unzipSync } from 'fflate'
import { describe, expect, test } from 'vitest'
import { writtenKept } from '../../../server/convert/kept.ts'
import type { WrittenKept } from '../../../server/convert/kept.ts'
import { convert } from '../../../server/convert/task.ts'
import type { WordFile } from '../../../shared/convert/docx/file.ts'
import { importWord } from '../../../shared/convert/docx/import.ts'
import { readWord } from '../../../shared/convert/docx/read.ts'
import { readFile } from '../../../shared/convert/formats.ts'
import { allUnits } from '../../../shared/convert/report.ts'
import { del, ins, p, r, who, wordOf } from './support.ts'

const folder = process.env['OMNIBUS_DOCX'] ?? join(import.meta.dirname, '../../../../shared/corpus/docx/revisions')
const names = existsSync(folder) ? readdirSync(folder).filter((name) => name.endsWith('.docx') && !/-(?:Accepted|Rejected)\.docx$/.test(name)) : []

const kept = (bytes: Uint8Array, to = 'docx'): WrittenKept => writtenKept(bytes, to, (data) => new TextEncoder().encode(data))
const wordsIn = (bytes: Uint8Array, mode: 'accepted' | 'rejected'): string[] => [...allUnits(importWord(bytes, mode).value.units)].map(({ words }) => words)
const lostIn = ({ read }: WrittenKept): readonly unknown[] => read.report.lost.filter(({ what }) => what === 'tracked change')

const body = p(r('The General Assembly,')) + p(r('1. Urges all States to ') + del('act') + ins(r('help at once')) + r(';')) + p(ins(r('2. Calls for reports;')), `<w:rPr><w:ins ${who('Japan')}/></w:rPr>`) + p(r('3. Decides ') + ins(r('also '), 'Brazil') + r('to meet.'))

describe('omnibus convert --revisions keep', () => {
  test('CV7 a Word file keeps its changes, each its author’s and with its time; accepting and rejecting all give what they gave before', () => {
    const bytes = wordOf(body)
    const once = kept(bytes)
    const written = once.written as Uint8Array
    for (const mode of ['accepted', 'rejected'] as const) expect(wordsIn(written, mode)).toEqual(wordsIn(bytes, mode))
    expect(wordsIn(written, 'accepted')).not.toEqual(wordsIn(written, 'rejected'))
    const xml = strFromU8(unzipSync(written)['word/document.xml']!)
    const by = (element: string): unknown => [...new Set([...xml.matchAll(new RegExp(`<w:${element} [^>]*w:author="([^"]*)" w:date="([^"]*)"`, 'g'))].map(([, author, at]) => `${author} ${at}`))].sort()
    expect([by('ins'), by('del')]).toEqual([['Brazil 2026-03-01T10:00:00Z', 'Japan 2026-03-01T10:00:00Z'], ['Norway 2026-03-02T10:00:00Z']])
    expect(lostIn(once)).toEqual([])
  })

  test('CV7 an author whose changes have several times has none in the file: no change bears one at which it was not made', () => {
    const bytes = wordOf(p(r('1. Urges ') + ins(r('all ')) + r('States ') + `<w:ins ${who('Japan', 3)}>${r('now ')}</w:ins>` + r('to ') + ins(r('help and '), 'Brazil') + r('act.')))
    const xml = strFromU8(unzipSync(kept(bytes).written as Uint8Array)['word/document.xml']!)
    expect([...xml.matchAll(/<w:ins [^>]*w:author="([^"]*)"(?: w:date="([^"]*)")?/g)].map(([, author, at]) => [author, at])).toEqual([['Japan', undefined], ['Japan', undefined], ['Brazil', '2026-03-01T10:00:00Z']])
  })

  test('CV7 in every other format they stand as proposals of their authors', () => {
    const bytes = wordOf(body)
    const written = (to: string): string => {
      const { written } = kept(bytes, to)
      return typeof written === 'string' ? written : new TextDecoder().decode(written)
    }
    expect(written('text')).toContain('1. Urges all States to ')
    for (const proposal of ['[act - Norway: delete]', '[help at once - Japan]', '[also  - Brazil]to meet.', 'OP1 bis [Calls for reports; - Japan]']) expect(written('text'), proposal).toContain(proposal)
    expect(written('html')).toMatch(/<ins[^>]*>[^<]*help at once/)
    expect(written('pdf')).toContain('help at once')
    expect(JSON.parse(written('json'))).toMatchObject({ language: 'en' })
    const japan = /<TLCOrganization eId="([^"]*)"[^>]*showAs="Japan"/.exec(written('akn'))![1]!
    expect(written('akn')).toMatch(new RegExp(`<ins [^>]*refersTo="#${japan}"[^>]*>[^<]*help at once`))
    expect(readFile(new TextEncoder().encode(written('akn'))).value.units.length).toBeGreaterThan(2)
  })

  test('CV7 what one strikes within words that another puts in has no place, and is told; a file without changes is as it is', () => {
    const nested = p(r('1. Urges ') + ins(r('all ') + `<w:del ${who('Norway', 2)}><w:r><w:delText xml:space="preserve">able </w:delText></w:r></w:del>` + r('big '), 'Japan') + r('States.'))
    const once = kept(wordOf(nested))
    expect([wordsIn(once.written as Uint8Array, 'accepted'), lostIn(once)]).toEqual([['Urges all able big States.'], [{ what: 'tracked change', words: expect.stringContaining('able') as unknown, count: 1 }]])
    const plain = wordOf(p(r('1. Urges all.')))
    expect([wordsIn(kept(plain).written as Uint8Array, 'accepted'), wordsIn(kept(plain).written as Uint8Array, 'rejected')]).toEqual([['Urges all.'], ['Urges all.']])
  })

  test('CV8 in Word its comments stay too, each its author’s, on its words or else on the first paragraph; in any other format they are told as lost', () => {
    const range = (id: number, inner: string): string => `<w:commentRangeStart w:id="${id}"/>${inner}<w:commentRangeEnd w:id="${id}"/>`
    const comment = (id: number, author: string, words: string): string => `<w:comment w:id="${id}" w:author="${author}" w:date="2026-03-0${id}T09:00:00Z">${p(r(words))}</w:comment>`
    const bytes = wordOf(p(r('The General Assembly,')) + p(r('1. Urges ') + range(1, r('all States')) + r(' to ') + del('act') + range(2, ins(r('help at once'))) + r(';')) + p(del('2. ') + range(3, del('Regrets it;')), `<w:rPr><w:del ${who('Norway')}/></w:rPr>`) + p(r('3. Decides.')), {
      comments: comment(1, 'Amina', 'All of them?') + comment(2, 'Ben &lt;b&gt;', 'When?') + comment(3, 'Cho', 'Why not?') + comment(4, 'Dov', 'On nothing.') + comment(5, 'Eve', ' '),
    })
    const once = kept(bytes)
    const shown = (file: WordFile): unknown => file.comments.map(({ author, at, words, on }) => [author, at, words, on.trim()]).sort()
    expect(shown(readWord(once.written as Uint8Array))).toEqual([
      ['Amina', '2026-03-01T09:00:00Z', 'All of them?', 'all States'], ['Ben <b>', '2026-03-02T09:00:00Z', 'When?', 'help at once'],
      ['Cho', '2026-03-03T09:00:00Z', 'Why not?', 'Regrets it;'], ['Dov', '2026-03-04T09:00:00Z', 'On nothing.', 'The General Assembly,'],
    ])
    expect(wordsIn(once.written as Uint8Array, 'accepted')).toEqual(wordsIn(bytes, 'accepted'))
    const lost = (mode: 'kept' | 'accepted', to: string): unknown => {
      const done = convert({ bytes, to, mode })
      return done.ok && 'report' in done.done ? done.done.report.lost.filter(({ what }) => what === 'comment') : null
    }
    expect(lost('kept', 'docx')).toEqual([])
    for (const [mode, to] of [['kept', 'html'], ['kept', 'akn'], ['accepted', 'docx']] as const) expect([to, lost(mode, to)]).toEqual([to, [{ what: 'comment', words: 'Amina: All of them?', count: 4 }]])
  })

  if (names.length === 0) test('CV7 (no folder of such files is here: OMNIBUS_DOCX names one)', () => expect(names).toEqual([]))
  test.each(names)('CV7 %s, kept: accepting and rejecting all give the letters that they gave before, but for what is told', (name) => {
    const bytes = new Uint8Array(readFileSync(join(folder, name)))
    const letters = (file: Uint8Array, mode: 'accepted' | 'rejected'): string => [...allUnits(importWord(file, mode).value.units)].map(({ label = '', words, notes }) => label + words + notes.map((note) => note.words).join('')).join('').replace(/\s+/g, '')
    if (importWord(bytes, 'rejected').value.units.length === 0) return expect(() => kept(bytes)).toThrow()
    const once = kept(bytes)
    expect(letters(once.written as Uint8Array, 'rejected')).toBe(letters(bytes, 'rejected'))
    if (lostIn(once).length === 0) expect(letters(once.written as Uint8Array, 'accepted')).toBe(letters(bytes, 'accepted'))
  })
})
