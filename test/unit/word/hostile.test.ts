/** Files that were made to harm, or that came to harm. */
import { strToU8, zipSync } from 'fflate'
import type { Zippable } from 'fflate'
import { describe, expect, test } from 'vitest'
import { importWord } from '../../../shared/convert/docx/import.ts'
import { readWord } from '../../../shared/convert/docx/read.ts'
import { sidesOf } from '../../../shared/convert/docx/sides.ts'
import { Refusal } from '../../../shared/wire/errors.ts'
import { limits } from '../../../shared/wire/limits.ts'
import { randomOf } from '../../fuzz/random.ts'
import { del, ins, markIns, p, partsOf, r, wordOf } from './support.ts'

function codeOf(act: () => unknown): string {
  try {
    act()
    return 'read'
  } catch (fault) {
    if (fault instanceof Refusal) return fault.code
    throw fault
  }
}

const documentOf = (xml: string): Uint8Array => zipSync({ ...partsOf(''), 'word/document.xml': strToU8(xml) })

/** A file that says of itself in its directory what `change` makes of it. */
function toldOtherwise(bytes: Uint8Array, change: (view: DataView, at: number) => void): Uint8Array {
  const copy = bytes.slice()
  const view = new DataView(copy.buffer)
  for (let at = 0; at + 46 < copy.length; at++) if (view.getUint32(at, true) === 0x02014b50) change(view, at)
  return copy
}

describe('hostile files', () => {
  test('WD40 a file that unpacks to more than it may is left off, whatever its directory says', () => {
    const bomb = zipSync({ ...partsOf(''), 'word/document.xml': new Uint8Array(limits.archiveUnpackedBytesMax + 1) })
    expect(codeOf(() => readWord(bomb))).toBe('import-too-large')
    const lying = toldOtherwise(bomb, (view, at) => view.setUint32(at + 24, 100, true))
    expect(codeOf(() => readWord(lying))).toBe('import-unsafe')
    // A hundred times smaller, and still a thousand to one.
    expect(codeOf(() => readWord(zipSync({ ...partsOf(''), 'word/document.xml': new Uint8Array(limits.archiveRatioFreeBytes * 2) })))).toBe('import-too-large')
    expect(codeOf(() => readWord(new Uint8Array(limits.importFileBytesMax + 1)))).toBe('import-too-large')
  })

  test('WD41 names that lead out of the archive, and a part that is there twice, are not read', () => {
    for (const name of ['../evil.xml', '/etc/passwd', 'word/../../x', 'C:\\x', 'a\\b']) expect(codeOf(() => readWord(zipSync({ ...partsOf(p('')), [name]: strToU8('x') } as Zippable)))).toBe('import-unsafe')
    const twice = zipSync({ ...partsOf(p('')), 'word/documenu.xml': strToU8('x') })
    const named = new TextDecoder('latin1').decode(twice).replaceAll('word/documenu.xml', 'word/document.xml')
    expect(codeOf(() => readWord(Uint8Array.from(named, (letter) => letter.charCodeAt(0))))).toBe('import-unsafe')
    expect(codeOf(() => readWord(zipSync(Object.fromEntries(Array.from({ length: limits.archiveEntriesMax + 1 }, (_, at) => [`f${at}`, new Uint8Array()])))))).toBe('import-too-large')
  })

  test('WD42 an old Word file, one with a password, one of another kind and one cut off each get their sentence', () => {
    const compound = (words: string): Uint8Array => new Uint8Array([0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1, ...Array.from(words, (letter) => [letter.charCodeAt(0), 0]).flat()])
    expect([compound('WordDocument'), compound('EncryptedPackage')].map((bytes) => codeOf(() => readWord(bytes)))).toEqual(['import-old-word', 'import-encrypted'])
    const whole = wordOf(p(r('words')))
    expect(codeOf(() => readWord(toldOtherwise(whole, (view, at) => view.setUint16(at + 8, 1, true))))).toBe('import-encrypted')
    for (const bytes of [new Uint8Array(), strToU8('The General Assembly,'), whole.subarray(0, whole.length / 2), zipSync({ 'word/document.xml': strToU8('<x/>') })]) expect(codeOf(() => readWord(bytes))).toBe('import-damaged')
    expect(codeOf(() => readWord(zipSync({ 'content.xml': strToU8('<x/>') })))).toBe('import-format-unknown')
  })

  test('WD43 no document type, no entity but the five and letters by number, none of it well-formed by chance', () => {
    const inside = (words: string): string => `<w:document xmlns:w="w"><w:body><w:p><w:r><w:t>${words}</w:t></w:r></w:p></w:body></w:document>`
    expect(codeOf(() => readWord(documentOf(`<!DOCTYPE x [<!ENTITY a "b">]>${inside('&a;')}`)))).toBe('import-entities')
    expect(codeOf(() => readWord(documentOf(`<!DOCTYPE x SYSTEM "file:///etc/passwd">${inside('x')}`)))).toBe('import-entities')
    for (const words of ['&nbsp;', '&#0;', '&#x110000;', '&#xffffff;']) expect(codeOf(() => readWord(documentOf(inside(words))))).toBe('import-entities')
    expect(readWord(documentOf(inside('&lt;&#x1F600;&apos;'))).paragraphs[0]!.runs[0]!.words).toBe('<😀\'')
    for (const xml of ['', 'words', '<a>', inside('&'), inside('<b>'), inside('</w:t>'), '<w:document xmlns:w="w"><w:body></w:document></w:body>', inside('x') + '<', '<__proto__><constructor/></__proto__>']) expect(codeOf(() => readWord(documentOf(xml)))).toBe('import-damaged')
    expect(codeOf(() => readWord(documentOf(`<w:document xmlns:w="w"><w:body>${'<w:p/>'.repeat(limits.wordElementsMax)}</w:body></w:document>`)))).toBe('import-too-large')
    expect(codeOf(() => readWord(documentOf(`<w:document xmlns:w="w"><w:body>${'<w:ins>'.repeat(5_000)}${'</w:ins>'.repeat(5_000)}</w:body></w:document>`)))).toBe('import-too-large')
  })

  test('WD44 a hundred thousand paragraphs are read, one more is too many', () => {
    const many = (count: number): Uint8Array => wordOf(Array.from({ length: count }, (_, at) => `<w:p><w:r><w:t>Urges ${at * 7_919}</w:t></w:r></w:p>`).join(''))
    expect(readWord(many(limits.wordParagraphsMax)).paragraphs).toHaveLength(limits.wordParagraphsMax)
    expect(codeOf(() => readWord(many(limits.wordParagraphsMax + 1)))).toBe('import-too-large')
  })

  test('WD46 of more paragraphs with words than any draft could hold no resolution is tried', () => {
    const many = (count: number): Uint8Array => wordOf(p(r('Urges;')).repeat(count) + p('').repeat(100))
    expect(codeOf(() => importWord(many(limits.wordLinesMax + 1)))).toBe('import-too-large')
    expect(importWord(many(50)).value.units).toHaveLength(50)
  })

  test('WD47 marks that would show letters in another order are taken out and said, of a capital’s words too', () => {
    const { value, report } = importWord(wordOf(p(r('Urges \u202ell\u202c States;'))))
    expect([value.units[0]!.words, report.warnings.map(({ code }) => code)]).toEqual(['Urges ll\u202c States;', expect.arrayContaining(['characters-replaced']) as unknown])
    const { news } = sidesOf(readWord(wordOf(p(r('Urges') + ins(r(' \u202dll')) + r(' States;')))))
    expect(news.flatMap(({ pieces }) => pieces.map(({ letters }) => letters)).join('')).toBe('Urges ll States;')
  })

  const seed = Number(process.env['OMNIBUS_SEED'] ?? Math.floor(Math.random() * 2 ** 31))
  const runs = process.env['OMNIBUS_LONG'] ? 10_000 : 400

  test(`WD45 any bytes are read or refused with a code, OMNIBUS_SEED=${seed}`, { timeout: 600_000 }, () => {
    const xml = p(r('The General Assembly,')) + p(r('Recalling ') + ins(r('all ')) + del('its ') + r('resolutions,') + '<w:r><w:footnoteReference w:id="1"/></w:r>', markIns()) + `<w:tbl><w:tr><w:tc>${p(r('1. Urges;'))}</w:tc></w:tr></w:tbl>`
    const parts = { footnotes: `<w:footnote w:id="1">${p(r('Note'))}</w:footnote>`, styles: '<w:style w:type="paragraph" w:styleId="a"><w:basedOn w:val="a"/></w:style>' }
    const whole = wordOf(xml, parts)
    const open = new TextDecoder().decode(partsOf(xml, parts)['word/document.xml'])
    const met: Record<string, number> = {}
    for (let run = 0; run < runs; run++) {
      const random = randomOf(seed + run)
      let bytes: Uint8Array
      if (run % 2 === 0) {
        bytes = whole.slice(0, random(4) === 0 ? random(whole.length) : whole.length)
        for (let change = random(8); change >= 0 && bytes.length > 0; change--) bytes[random(bytes.length)] = random(256)
      } else {
        let text = open
        for (let change = random(4); change >= 0; change--) {
          const [from, to, put] = [random(text.length), random(40), random(text.length)]
          text = text.slice(0, from) + text.slice(put, put + random(60)) + text.slice(from + to)
        }
        bytes = documentOf(text)
      }
      const code = codeOf(() => importWord(bytes))
      met[code] = (met[code] ?? 0) + 1
    }
    expect(Object.keys(met)).toEqual(expect.arrayContaining(['read', 'import-damaged']))
  })
})
