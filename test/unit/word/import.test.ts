/** A Word file as a resolution. */
import { describe, expect, test } from 'vitest'
import { importWord } from '../../../shared/convert/docx/import.ts'
import { exportText } from '../../../shared/convert/exportText.ts'
import type { ResolutionValue } from '../../../shared/model/value.ts'
import { del, ins, markIns, p, r, wordOf } from './support.ts'

const note = (id: number): string => `<w:r><w:footnoteReference w:id="${id}"/></w:r>`
const footnote = (id: number, words: string): string => `<w:footnote w:id="${id}">${p('<w:r><w:footnoteRef/></w:r>' + r(` ${words}`))}</w:footnote>`
const row = (...cells: readonly string[]): string => `<w:tr>${cells.map((cell) => `<w:tc>${cell}</w:tc>`).join('')}</w:tr>`
const shape = ({ units }: ResolutionValue): unknown => units.map(({ kind, words, label, notes, children }) => [kind, label ?? '', words, ...notes.map(({ at, words: said }) => `${at} ${said}`), ...children.map((child) => child.words)])

const masthead = `<w:tbl>${row(p(r('United Nations')), p(r('A/C.3/80/L.5')))}${row(p(r('General Assembly')), p(r('Distr.: Limited')) + p(r('5 March 2026')))}</w:tbl>`
const numbering = '<w:abstractNum w:abstractNumId="0"><w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="decimal"/><w:lvlText w:val="%1."/></w:lvl><w:lvl w:ilvl="1"><w:start w:val="1"/><w:numFmt w:val="lowerLetter"/><w:lvlText w:val="(%2)"/></w:lvl></w:abstractNum><w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>'
const counted = (inner: string, level: number, mark = ''): string => p(inner, `<w:numPr><w:ilvl w:val="${level}"/><w:numId w:val="1"/></w:numPr>${mark}`)

const body = masthead + p(r('Rights of the child')) + p(r('The General Assembly', '<w:i/>') + r(',')) + p(r('Recalling', '<w:i/>') + r(' its resolution 70/1,') + note(2) + r(' and its article [3],'))
  + counted(r('Urges Member ') + ins(r('and observer ')) + r('States:'), 0) + counted(r('To act;'), 1) + counted(ins(r('To report;')), 1, markIns()) + counted(r('Decides ') + del('not ') + r('to remain seized of the matter.'), 0)
const parts = { numbering, footnotes: footnote(2, 'See also [3] there.') }

describe('a Word file as a resolution', () => {
  test('WD30 masthead, title, organ, preamble and operative part are told as in any text; automatic numbers are numbers, footnotes are footnotes', () => {
    const { value, report } = importWord(wordOf(body, parts))
    expect(shape(value)).toEqual([
      ['front', '', 'United Nations'], ['front', '', 'A/C.3/80/L.5'], ['front', '', 'General Assembly'], ['front', '', 'Distr.: Limited'], ['front', '', '5 March 2026'],
      ['title', '', 'Rights of the child'], ['organ', '', 'The General Assembly,'], ['pp', '', 'Recalling its resolution 70/1, and its article [3],', '30 See also [3] there.'],
      ['op', '', 'Urges Member and observer States:', 'To act;', 'To report;'], ['op', '', 'Decides to remain seized of the matter.'],
    ])
    expect([report.symbol, report.notes, report.wordsIn, report.lost]).toEqual(['A/C.3/80/L.5', 1, report.wordsOut, []])
    expect(report.warnings.map(({ code, words }) => [code, words])).toContainEqual(['tracked-accepted', 'Japan, Norway'])
  })

  test('WD31 all changes rejected give the text before them', () => {
    const { value, report } = importWord(wordOf(body, parts), 'rejected')
    expect(shape(value)).toEqual(expect.arrayContaining([['op', '', 'Urges Member States:', 'To act;'], ['op', '', 'Decides not to remain seized of the matter.']]))
    expect(report.warnings.map(({ code }) => code)).toContain('tracked-rejected')
  })

  test('WD32 in the text the rows of a table are paragraphs, and the report says so', () => {
    const table = `<w:tbl>${row(p(r('1.')), p(r('Goal')) + p(r('and more')))}${row(p(r('2.')), p(r('Other')))}</w:tbl>`
    const { value, report } = importWord(wordOf(body + p(r('Annex')) + table, parts))
    expect(shape(value)).toEqual(expect.arrayContaining([['annex', '', 'Annex'], ['para', '', '1. Goal and more'], ['para', '', '2. Other']]))
    expect(report.warnings.filter(({ code }) => code === 'table-rows')).toHaveLength(1)
  })

  test('WD33 a heading is what its style says it is, its numeral what stands on a line above', () => {
    const styles = '<w:style w:type="paragraph" w:styleId="H1"><w:name w:val="_ H_1"/></w:style>'
    const headed = body + p(r('II') + '<w:r><w:br/></w:r>' + r('Measures.'), '<w:pStyle w:val="H1"/>') + p(r('Prevention; protection.'), '<w:pStyle w:val="H1"/>')
    expect(shape(importWord(wordOf(headed, { ...parts, styles })).value)).toEqual(expect.arrayContaining([['heading', '', 'Prevention; protection.']]))
    const titled = body + p(r('II') + '<w:r><w:br/></w:r>' + r('Measures'), '<w:pStyle w:val="H1"/>')
    expect(shape(importWord(wordOf(titled, { ...parts, styles })).value)).toEqual(expect.arrayContaining([['heading', 'II', 'Measures']]))
  })

  test('WD34 what has no place is told, word for word: hidden words, pictures, comments, headers', () => {
    const { report, value } = importWord(wordOf(body + p(r('not to be seen', '<w:vanish/>') + '<w:r><w:drawing/></w:r>'), {
      ...parts, comments: `<w:comment w:id="0" w:author="Japan">${p(r('Which?'))}</w:comment>`, header: p(r('A/C.3/80/L.5')),
    }))
    expect(report.lost).toEqual([{ what: 'hidden words', words: 'not to be seen', count: 1 }, { what: 'picture', words: '', count: 1 }, { what: 'words in the margin of every page', words: 'A/C.3/80/L.5', count: 1 }])
    expect(exportText(value)).not.toContain('not to be seen')
  })

  test('WD35 a note that is marked at the beginning, behind a backslash, twice, or is not there loses no word', () => {
    const many = p(note(2) + r('Recalling one,')) + p(r('Noting a\\') + note(2) + r(' b,') + note(9)) + p(r('[1] typed'))
    const { value, report } = importWord(wordOf(body + many, parts))
    expect(report.wordsIn).toBe(report.wordsOut)
    expect(JSON.stringify(value).match(/See also \[3\] there/g)).toHaveLength(3)
    for (const words of ['Recalling one,', 'b,', 'typed']) expect(JSON.stringify(value)).toContain(words)
  })

  test('WD36 no words, no units', () => {
    expect(importWord(wordOf(p(''))).value.units).toEqual([])
  })
})
