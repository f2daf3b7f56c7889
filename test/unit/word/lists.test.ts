/** Numbers that Word prints by itself, as it counts them. */
import { describe, expect, test } from 'vitest'
import { counting } from '../../../shared/convert/docx/lists.ts'
import { textIn } from '../../../shared/convert/docx/modes.ts'
import { readWord } from '../../../shared/convert/docx/read.ts'
import { isHeadingStyle } from '../../../shared/convert/docx/styles.ts'
import { p, r, wordOf } from './support.ts'

const level = (at: number, format: string, text: string, more = ''): string =>
  `<w:lvl w:ilvl="${at}"><w:start w:val="1"/><w:numFmt w:val="${format}"/>${more}<w:lvlText w:val="${text}"/></w:lvl>`
const numbered = (list: number, at: number): string => p(r('x'), `<w:numPr><w:ilvl w:val="${at}"/><w:numId w:val="${list}"/></w:numPr>`)

function printed(body: string, numbering: string, styles = ''): string[] {
  const file = readWord(wordOf(body, { numbering, styles }))
  const number = counting(file.lists)
  return textIn(file.paragraphs, 'accepted').map(({ numbering: own }) => (own === null ? '' : number(own)))
}

const list = (id: number, levels: string, more = ''): string => `<w:abstractNum w:abstractNumId="${id}">${more}${levels}</w:abstractNum>`
const use = (id: number, definition: number, more = ''): string => `<w:num w:numId="${id}"><w:abstractNumId w:val="${definition}"/>${more}</w:num>`

describe('automatic numbers', () => {
  const legal = level(0, 'decimal', '%1.') + level(1, 'lowerLetter', '(%2)') + level(2, 'lowerRoman', '(%3)')

  test('WD16 each level counts under the one above and begins again after it', () => {
    const body = [[0, 0], [0, 1], [0, 1], [0, 2], [0, 0], [0, 1], [0, 2]].map(([, at]) => numbered(1, at!)).join('')
    expect(printed(body, list(0, legal) + use(1, 0))).toEqual(['1.', '(a)', '(b)', '(i)', '2.', '(a)', '(i)'])
    const never = level(0, 'upperRoman', '%1.') + level(1, 'decimal', '%1.%2', '<w:lvlRestart w:val="0"/>')
    expect(printed(numbered(1, 0) + numbered(1, 1) + numbered(1, 0) + numbered(1, 1), list(0, never) + use(1, 0))).toEqual(['I.', 'I.1', 'II.', 'II.2'])
    expect(printed(numbered(1, 0) + numbered(1, 1), list(0, level(0, 'upperRoman', '%1.') + level(1, 'decimal', '%1.%2', '<w:isLgl/>')) + use(1, 0))).toEqual(['I.', '1.1'])
  })

  test('WD16 lists of one definition count on together, and one that says so begins again', () => {
    const lists = list(0, legal) + use(1, 0) + use(2, 0) + use(3, 0, '<w:lvlOverride w:ilvl="0"><w:startOverride w:val="7"/></w:lvlOverride>')
    expect(printed([1, 2, 3, 3, 1].map((id) => numbered(id, 0)).join(''), lists)).toEqual(['1.', '2.', '7.', '8.', '9.'])
  })

  test('WD16 a list by its style, a paragraph by its style, and a style that is based on one', () => {
    const styles = '<w:style w:type="paragraph" w:default="1" w:styleId="N"/><w:style w:type="paragraph" w:styleId="Op"><w:pPr><w:numPr><w:numId w:val="2"/></w:numPr></w:pPr></w:style>'
      + '<w:style w:type="paragraph" w:styleId="Op2"><w:basedOn w:val="Op"/><w:pPr><w:numPr><w:ilvl w:val="1"/></w:numPr></w:pPr></w:style>'
    const numbering = list(0, legal, '<w:styleLink w:val="L"/>') + list(1, '', '<w:numStyleLink w:val="L"/>') + use(1, 0) + use(2, 1)
    const body = p(r('x'), '<w:pStyle w:val="Op"/>') + p(r('x'), '<w:pStyle w:val="Op2"/>') + p(r('x'), '<w:pStyle w:val="Op"/><w:numPr><w:numId w:val="0"/></w:numPr>') + p(r('x'), '<w:pStyle w:val="Op"/>')
    expect(printed(body, numbering, styles)).toEqual(['1.', '(a)', '', '2.'])
  })

  test('WD16 letters, romans, bullets, letters of other scripts; what is not known is figures', () => {
    const formats = ['upperLetter', 'upperRoman', 'decimalZero', 'arabicAlpha', 'russianLower', 'bullet', 'none', 'ideographTraditional']
    const numbering = formats.map((format, at) => list(at, level(0, format, format === 'bullet' ? '\uf0b7' : '%1)')) + use(at + 1, at)).join('')
    expect(printed(formats.map((_format, at) => numbered(at + 1, 0) + numbered(at + 1, 0)).join(''), numbering))
      .toEqual(['A)', 'B)', 'I)', 'II)', '01)', '02)', 'أ)', 'ب)', 'а)', 'б)', '•', '•', ')', ')', '1)', '2)'])
    expect(printed(numbered(9, 0), '')).toEqual([''])
    const huge = `<w:lvl w:ilvl="0"><w:start w:val="999999999"/><w:numFmt w:val="lowerLetter"/><w:lvlText w:val="%1."/></w:lvl>`
    expect(printed(numbered(1, 0), list(0, huge) + use(1, 0))).toEqual(['999999999.'])
  })

  test('WD17 headings are told by Word’s own names, by those of the United Nations, and by what a style is based on', () => {
    const styles = '<w:style w:type="paragraph" w:styleId="a"><w:name w:val="heading 2"/></w:style><w:style w:type="paragraph" w:styleId="b"><w:name w:val="_ H_Ch_G"/></w:style><w:style w:type="paragraph" w:styleId="c"><w:name w:val="Mine"/><w:basedOn w:val="a"/></w:style><w:style w:type="paragraph" w:styleId="d"><w:name w:val="Single Txt"/></w:style><w:style w:type="paragraph" w:styleId="e"><w:name w:val="loop"/><w:basedOn w:val="e"/></w:style>'
    const file = readWord(wordOf(p(''), { styles }))
    expect(['a', 'b', 'c', 'd', 'e', 'H23', 'none'].map((id) => isHeadingStyle(file.styles, id))).toEqual([true, true, true, false, false, false, false])
  })
})
