import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { afterAll, describe, expect, test } from 'vitest'
import { createConverters } from '../../../server/convert/converters.ts'
import { readFile } from '../../../shared/convert/formats.ts'
import { Refusal } from '../../../shared/wire/errors.ts'
import { limits } from '../../../shared/wire/limits.ts'

const bytesOf = (words: string): Uint8Array => new TextEncoder().encode(words)
const codeOf = (bytes: Uint8Array): string => {
  try {
    return readFile(bytes).format
  } catch (fault) {
    return fault instanceof Refusal ? fault.code : String(fault)
  }
}
const akn = (inside: string, before = ''): Uint8Array => bytesOf(`<?xml version="1.0"?>${before}<akomaNtoso><statement name="x"><meta/><mainBody>${inside}</mainBody></statement></akomaNtoso>`)
const fixture = readFileSync(fileURLToPath(new URL('../../fixtures/akn/draft.xml', import.meta.url)))

describe('a hostile file', () => {
  const bomb = `<!DOCTYPE a [<!ENTITY a "aaaaaaaaaa">${Array.from({ length: 30 }, (_, at) => `<!ENTITY a${at} "${`&a${at === 0 ? '' : at - 1};`.repeat(10)}">`).join('')}]>`

  test('AK13 defines no entities, names none from outside, and has no document type', () => {
    expect(codeOf(akn('<p>&a29;</p>', bomb))).toBe('import-entities')
    expect(codeOf(akn('<p>&x;</p>', '<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]>'))).toBe('import-entities')
    expect(codeOf(akn('<p>&x;</p>', '<!DOCTYPE a SYSTEM "http://example.org/a.dtd">'))).toBe('import-entities')
    expect(codeOf(akn('<p>&nbsp;words</p>'))).toBe('import-entities')
    expect(codeOf(akn('<p>words</p><!ENTITY x "y">'))).toBe('import-entities')
    expect(readFile(akn('<p>&lt;!ENTITY x&gt; &#38;x; <![CDATA[<!DOCTYPE &y;>]]></p>')).value.units[0]!.words).toBe('<!ENTITY x> &x; <!DOCTYPE &y;>')
  })

  test('AK13 cut off anywhere is damaged, and so is what is not closed where it was opened', () => {
    for (let at = 200; at < fixture.length - 20; at += 97) expect([at, codeOf(fixture.subarray(0, at))]).toEqual([at, expect.stringMatching(/^import-(?:damaged|unreadable)$/)])
    for (const bad of ['<p>words', '<p>words</b>', '<p a=b>words</p>', '<p>a & b</p>', '<p <p>>words</p>', '<p a="<">words</p>', '<!-- words', '<p>&#xZZ;</p>']) expect([bad, codeOf(akn(bad))]).toEqual([bad, 'import-damaged'])
    expect(codeOf(Buffer.concat([fixture, bytesOf('<more/>')]))).toBe('import-damaged')
  })

  test('AK13 is bounded in bytes, elements, depth and paragraphs', () => {
    expect(codeOf(akn('x'.repeat(limits.xmlBytesMax)))).toBe('import-too-large')
    expect(codeOf(akn('<p>a</p>'.repeat(100_000)))).toBe('import-too-large')
    expect(codeOf(akn('<p/>'.repeat(limits.xmlElementsMax + 1)))).toBe('import-too-large')
    expect(codeOf(akn(`${'<list>'.repeat(limits.xmlDepthMax)}words${'</list>'.repeat(limits.xmlDepthMax)}`))).toBe('import-too-large')
    expect(codeOf(akn('<p/>'))).toBe('import-empty')
    const deep = (levels: number): string => (levels === 0 ? '<content><p>a</p></content>' : `<list><intro><p>a</p></intro><point>${deep(levels - 1)}</point></list>`)
    expect(codeOf(akn(`<paragraph>${deep(20)}</paragraph>`))).toBe('akn')
  })

  test('AK13 under another name is what its bytes say', () => {
    expect(codeOf(bytesOf('<?xml version="1.0"?><w:document xmlns:w="x"><w:p>akomaNtoso</w:p></w:document>'))).toBe('import-format-unknown')
    expect(codeOf(bytesOf('<html><!-- <akomaNtoso> --><p>words</p></html>'))).toBe('import-format-unknown')
    expect(codeOf(Buffer.from(fixture.toString('utf8').replace('Lamps', 'L\xe4mps'), 'latin1'))).toBe('import-unreadable')
  })

  test('AK13 turns no line round: marks that would are taken out and told', () => {
    const { value, report } = readFile(akn('<p>Decides \u202etem ot\u202c and &#x202D;x &#x8203;&#1;y</p>'))
    expect(value.units[0]!.words).toBe('Decides tem ot\u202c and x \u8203y')
    expect(report.lost).toEqual([{ what: 'character that no text can hold', words: '', count: 3 }])
  })

  test('AK13 costs little: a tag that never ends, comments that never end, and a long word are read in one pass', () => {
    for (const inside of ['<p '.repeat(200_000), '<!--'.repeat(200_000), `<p ${'a="b" '.repeat(100_000)}`, '<![CDATA['.repeat(200_000), '&'.repeat(500_000), `<p>${'&#x41;'.repeat(300_000)}</p>`]) {
      expect([inside.slice(0, 10), codeOf(akn(inside))]).toEqual([inside.slice(0, 10), expect.stringMatching(/^(?:akn|import-[a-z-]+)$/)])
    }
  })
})

describe('in a thread', () => {
  const { convert, stop } = createConverters({ threads: 1 })
  afterAll(() => stop())

  test('AK13 a file of the largest size is read or refused within the memory and the time that a thread has, and the next is read', async () => {
    const large = akn('<paragraph><num>1.</num><content><p>a<b>b</b></p></content></paragraph>'.repeat(39_000))
    const refused = await convert({ bytes: large, to: null }).then(() => 'read', (refusal: Refusal) => refusal.code)
    expect(['import-too-large', 'import-too-slow']).toContain(refused)
    expect((await convert({ bytes: fixture, to: 'akn' })).format).toBe('akn')
  })
})
