/** What a tracked change is, one construct at a time, in files of our own. */
import { strToU8, zipSync } from 'fflate'
import { describe, expect, test } from 'vitest'
import { readWord } from '../../../shared/convert/docx/read.ts'
import { both, del, ins, linesIn, markDel, markIns, p, partsOf, r, who, wordOf } from './support.ts'

describe('words', () => {
  test('WD1 what is put in is not there when all is rejected, what is struck not when all is accepted', () => {
    expect(both(p(r('Calls upon ') + del('all ') + ins(r('Member ')) + r('States;')))).toEqual([['Calls upon Member States;'], ['Calls upon all States;']])
  })

  test('WD1 what one put in and another struck is in neither', () => {
    const nested = `<w:ins ${who('Japan')}>${r('urgent ')}${del('and immediate ')}</w:ins>`
    const turned = `<w:del ${who('Norway', 2)}><w:ins ${who('Japan')}>${r('forthwith ')}</w:ins></w:del>`
    expect(both(p(r('Takes ') + nested + turned + r('action;')))).toEqual([['Takes urgent action;'], ['Takes action;']])
    const { paragraphs } = readWord(wordOf(p(r('Takes ') + nested)))
    expect(paragraphs[0]!.runs.map(({ presence }) => [presence.inserted?.author, presence.deleted?.author])).toEqual([[undefined, undefined], ['Japan', undefined], ['Japan', 'Norway']])
    expect(paragraphs[0]!.runs[2]!.presence).toEqual({ inserted: { author: 'Japan', at: '2026-03-01T10:00:00Z' }, deleted: { author: 'Norway', at: '2026-03-02T10:00:00Z' }, moved: null })
  })

  test('WD2 changes of formatting are no change of words', () => {
    const change = `<w:rPrChange ${who('Japan')}><w:rPr><w:b/></w:rPr></w:rPrChange>`
    const paragraph = `<w:jc w:val="left"/><w:pPrChange ${who('Japan')}><w:pPr><w:pStyle w:val="Other"/></w:pPr></w:pPrChange>`
    expect(both(p(r('Words', `<w:i/>${change}`), paragraph))).toEqual([['Words'], ['Words']])
  })

  test('WD3 hyperlinks, content controls, smart tags and directions are looked through', () => {
    const inner = ins(r('new ')) + del('old ') + r('words')
    for (const wrap of ['<w:hyperlink r:id="x">*</w:hyperlink>', '<w:sdt><w:sdtPr><w:text/></w:sdtPr><w:sdtContent>*</w:sdtContent></w:sdt>', '<w:smartTag w:element="place">*</w:smartTag>', '<w:customXml>*</w:customXml>', '<w:dir w:val="rtl">*</w:dir>', '<w:fldSimple w:instr="REF x">*</w:fldSimple>']) {
      expect(both(p(r('The ') + wrap.replace('*', inner) + r('.')))).toEqual([['The new words.'], ['The old words.']])
    }
    expect(both(`<w:sdt><w:sdtContent>${p(inner)}</w:sdtContent></w:sdt>`)).toEqual([['new words'], ['old words']])
  })

  test('WD4 of a field its result is words, what computes it is not', () => {
    const field = (code: string, result: string): string => `<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText> ${code} </w:instrText></w:r><w:r><w:fldChar w:fldCharType="separate"/></w:r>${result}<w:r><w:fldChar w:fldCharType="end"/></w:r>`
    expect(both(p(r('See ') + field('REF a', ins(r('page 3')) + del('page 2')) + r('.')))).toEqual([['See page 3.'], ['See page 2.']])
    const inner = `<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>IF </w:instrText></w:r>${field('PAGE', r('9'))}<w:r><w:instrText> = 1</w:instrText></w:r><w:r><w:fldChar w:fldCharType="separate"/></w:r>${r('shown')}<w:r><w:fldChar w:fldCharType="end"/></w:r>`
    expect(both(p(inner))).toEqual([['shown'], ['shown']])
    const open = readWord(wordOf(p('<w:r><w:fldChar w:fldCharType="begin"/></w:r>' + r('1. Urges;')) + p(r('2. Decides.'))))
    expect([linesIn(open, 'accepted'), open.losses]).toEqual([['1. Urges;', '2. Decides.'], [{ code: 'field', line: 0, words: '' }]])
  })

  test('WD5 signs that are elements, and blanks as the file means them', () => {
    const run = '<w:r><w:t> a</w:t><w:tab/><w:t xml:space="preserve"> b </w:t><w:noBreakHyphen/><w:br/><w:br w:type="page"/><w:sym w:font="Symbol" w:char="F0B7"/><w:t>&amp;&#x41;&#66;&lt;</w:t><w:t><![CDATA[&lt;]]></w:t></w:r>'
    expect(both(p(run))[0]).toEqual(['a\t b \u2011\n\ufffd&AB<&lt;'])
  })

  test('WD6 hidden words, pictures and equations are told of, and an equation’s letters kept', () => {
    const math = `<m:oMath><m:r><m:t>A=</m:t></m:r><m:r><w:del ${who('Japan')}><m:t>2</m:t></w:del></m:r><m:sSup><m:e><m:r><m:t>r</m:t></m:r></m:e></m:sSup></m:oMath>`
    const file = readWord(wordOf(p(r('secret', '<w:vanish/>') + r('seen') + '<w:r><w:drawing/></w:r>' + math)))
    expect([linesIn(file, 'accepted'), linesIn(file, 'rejected')]).toEqual([['seenA=r'], ['seenA=2r']])
    expect(file.losses.map(({ code, words }) => [code, words])).toEqual([['hidden', 'secret'], ['picture', ''], ['equation', '']])
  })

  test('WD7 a text box stands behind the text, once, and is told of', () => {
    const box = (words: string): string => `<w:txbxContent>${p(r(words) + ins(r(' more')))}</w:txbxContent>`
    const drawing = `<w:r><mc:AlternateContent><mc:Choice Requires="wps"><w:drawing>${box('boxed')}</w:drawing></mc:Choice><mc:Fallback><w:pict>${box('boxed')}</w:pict></mc:Fallback></mc:AlternateContent></w:r>`
    const file = readWord(wordOf(p(r('one') + drawing) + p(r('two'))))
    expect([linesIn(file, 'accepted'), linesIn(file, 'rejected')]).toEqual([['one', 'two', 'boxed more'], ['one', 'two', 'boxed']])
    expect(file.losses).toEqual([{ code: 'text-box', line: 3, words: 'boxed more' }])
  })

  test('WD8 the letters before the colon of an element’s name are the file’s own choice', () => {
    const file = readWord(zipSync(partsOf('<ns0:p><ns0:r><ns0:t>words</ns0:t></ns0:r></ns0:p>', {}, 'ns0')))
    expect(linesIn(file, 'accepted')).toEqual(['words'])
  })
})

describe('paragraphs', () => {
  test('WD10 the end of a paragraph that is struck joins it to the next, one that is put in parts it', () => {
    expect(both(p(r('One'), markDel()) + p(r(' two')) + p(r('three')))).toEqual([['One two', 'three'], ['One', ' two', 'three']])
    expect(both(p(r('One'), markIns()) + p(r(' two')))).toEqual([['One', ' two'], ['One two']])
    expect(both(p(r('A'), markDel()) + p(r('B'), markDel()) + p(r('C')))).toEqual([['ABC'], ['A', 'B', 'C']])
    expect(both(p(r('A'), `<w:rPr><w:ins ${who('Japan')}/><w:del ${who('Norway')}/></w:rPr>`) + p(r('B')))).toEqual([['AB'], ['AB']])
  })

  test('WD10 whole paragraphs come and go with their ends', () => {
    expect(both(p(r('One')) + p(ins(r('new')), markIns()) + p(del('old'), markDel()) + p(r('Two')))).toEqual([['One', 'new', 'Two'], ['One', 'old', 'Two']])
  })

  test('WD10 at the end of a cell or before a table there is nothing to join: what is left without a word goes, the rest stays', () => {
    const table = `<w:tbl><w:tr><w:tc>${p(r('a'), markDel())}${p('', markDel())}${p('')}</w:tc><w:tc>${p(r('b'))}</w:tc></w:tr></w:tbl>`
    expect(both(p(ins(r('gone')), markIns()) + table + p(r('x'), markDel()))).toEqual([['gone', 'a', 'b', 'x'], ['a', '', '', 'b', 'x']])
  })

  test('WD11 rows and cells come and go with all that is in them', () => {
    const cell = (words: string, properties = ''): string => `<w:tc><w:tcPr>${properties}</w:tcPr>${p(r(words))}</w:tc>`
    const row = (cells: string, properties = ''): string => `<w:tr><w:trPr>${properties}</w:trPr>${cells}</w:tr>`
    const table = `<w:tbl>${row(cell('1') + cell('2', `<w:cellIns ${who('Japan')}/>`))}${row(cell('3'), `<w:del ${who('Norway')}/>`)}${row(cell('4'), `<w:ins ${who('Japan')}/>`)}</w:tbl>`
    expect(both(table)).toEqual([['1', '2', '4'], ['1', '3']])
    expect(readWord(wordOf(table)).paragraphs.map((one) => one.row)).toEqual([1, 1, 2, 3])
  })

  test('WD12 a move is put in there and struck here, under one name, and leaves no number', () => {
    const move = (side: 'From' | 'To', inner: string): string => `<w:move${side}RangeStart w:id="7" w:name="move1"/>${inner}<w:move${side}RangeEnd w:id="7"/>`
    const from = move('From', p(`<w:moveFrom ${who('Japan')}>${r('B')}</w:moveFrom>`, `<w:numPr><w:numId w:val="1"/></w:numPr><w:rPr><w:moveFrom ${who('Japan')}/></w:rPr>`))
    const to = move('To', p(`<w:moveTo ${who('Japan')}>${r('B')}</w:moveTo>`, `<w:rPr><w:moveTo ${who('Japan')}/></w:rPr>`))
    const body = p(r('A')) + from + p(r('C')) + to + p(r('D'))
    expect(both(body)).toEqual([['A', '', 'C', 'B', 'D'], ['A', 'B', 'C', '', 'D']])
    expect(readWord(wordOf(body)).paragraphs.map(({ mark }) => mark.moved)).toEqual([null, 'move1', null, 'move1', null])
    const within = p(r('A') + `<w:moveFrom ${who('Japan')}>${r(' end')}</w:moveFrom>`, `<w:rPr><w:moveFrom ${who('Japan')}/></w:rPr>`)
    expect(both(within + p(r('B')))).toEqual([['AB'], ['A end', 'B']])
  })

  test('WD13 changes within footnotes are read as those of the text', () => {
    const file = readWord(wordOf(p(r('Recalling') + '<w:r><w:footnoteReference w:id="2"/></w:r>' + ins('<w:r><w:endnoteReference w:id="5"/></w:r>')), {
      footnotes: `<w:footnote w:type="separator" w:id="-1">${p('')}</w:footnote><w:footnote w:id="2">${p('<w:r><w:footnoteRef/></w:r>' + r(' Resolution ') + ins(r('70/1.')) + del('69/1.'))}</w:footnote>`,
      endnotes: `<w:endnote w:id="5">${p(r('Ibid.'))}</w:endnote>`,
    }))
    expect(file.paragraphs[0]!.runs.map(({ note }) => note)).toEqual([null, 'f2', 'e5'])
    expect([linesIn({ ...file, paragraphs: file.notes.get('f2')! }, 'accepted'), linesIn({ ...file, paragraphs: file.notes.get('f2')! }, 'rejected')]).toEqual([[' Resolution 70/1.'], [' Resolution 69/1.']])
    expect([file.notes.size, file.losses]).toEqual([2, [{ code: 'endnote', line: 0, words: 'Ibid.' }]])
  })

  test('WD14 comments have their author, their words and what they are on; headers are told of', () => {
    const file = readWord(wordOf(p(r('The ') + '<w:commentRangeStart w:id="0"/>' + r('Assembly') + '<w:commentRangeEnd w:id="0"/><w:r><w:commentReference w:id="0"/></w:r>'), {
      comments: `<w:comment w:id="0" w:author="Japan" w:date="2026-03-01T10:00:00Z">${p(r('Which one?'))}</w:comment>`, header: p(r('A/C.3/80/L.1')),
    }))
    expect(file.comments).toEqual([{ author: 'Japan', at: '2026-03-01T10:00:00Z', words: 'Which one?', on: 'Assembly' }])
    expect(file.losses).toEqual([{ code: 'header', line: 0, words: 'A/C.3/80/L.1' }])
  })

  test('WD15 a file that says nothing of its draft is from nowhere, one that does is from that version', () => {
    const custom = (names: readonly string[]): Uint8Array => strToU8(`<Properties xmlns:vt="v">${names.map((name, at) => `<property name="${name}"><vt:lpwstr>id-${at}</vt:lpwstr></property>`).join('')}</Properties>`)
    expect(readWord(wordOf(p(''))).from).toBeNull()
    expect(readWord(zipSync({ ...partsOf(p('')), 'docProps/custom.xml': custom(['OmnibusDraft', 'OmnibusVersion']) })).from).toEqual({ draft: 'id-0', version: 'id-1' })
  })
})
