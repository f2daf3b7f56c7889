/** The documents as they are set on a page: HTML that needs nothing else, and PDF, read back as a screen reader would. */
import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { createConverters } from '../../../server/convert/converters.ts'
import { createTypesetter } from '../../../server/convert/typeset.ts'
import { writeHtml } from '../../../shared/convert/html/write.ts'
import { importText } from '../../../shared/convert/importText.ts'
import { typesetData } from '../../../shared/convert/typst/data.ts'
import { unitKinds } from '../../../shared/model/value.ts'
import type { ResolutionValue } from '../../../shared/model/value.ts'
import type { Printed } from '../../../shared/text/printed.ts'
import { printedValue } from '../../../shared/text/printed-value.ts'
import { readPdf } from './pdf.ts'

const source = `A/C.3/81/L.12

Safe harbours

The General Assembly,

Recalling its resolution 70/1,[1]

1. Urges all States:

(a) To keep every lamp burning;

(b) To report;

2. Decides to remain seized of the matter.

[1] See resolution 70/1, annex.`

const hostile = ['#read("/etc/passwd")', '#import "@preview/x:1.0.0"', '*b* _i_ $x^2$ @ref <label>', '<script>alert(1)</script>', '</p><img src=x onerror=alert(1)>', '&amp; " \' `raw` ```', '\\ // /* */ ~ = - + [x] {y}', '#let x = 1; #sys.inputs', 'https://example.org/#frag'].join(' ; ')

const printed = (text: string): Printed => printedValue(importText(text).value, { title: 'T' })
const typesetter = createTypesetter()
const atMs = Date.UTC(2026, 4, 3, 14)
const pdfOf = (document: Printed, lineNumbers = false) => readPdf(typesetter.pdf(typesetData(document, { lineNumbers, from: null }), atMs))
const flat = (words: string): string => words.replace(/\s+/g, ' ').trim()

/** What a browser would show of it, without the style sheet. */
const shown = (html: string): string => html.replace(/<style>.*<\/style>/s, '').replace(/<title>.*<\/title>/s, '').replace(/<[^>]*>/g, ' ').replace(/&(amp|lt|gt|quot|#39);/g, (_, name: string) => ({ amp: '&', lt: '<', gt: '>', quot: '"', '#39': "'" })[name]!)

describe('a page of HTML', () => {
  it('PT1 says what everything is: headings, opening phrases, sub-paragraphs, notes there and back, insertions and deletions', () => {
    const html = writeHtml(printed(source))
    expect(html).toContain('<h1>Safe harbours</h1>')
    expect(html).toContain('<p class="organ"><em>The General Assembly</em>,</p>')
    expect(html).toContain('<p class="pp"><em>Recalling</em> its resolution 70/1,<sup><a id="mark-1" href="#note-1" role="doc-noteref" aria-label="Note 1">1</a></sup></p>')
    expect(html).toContain('<p class="sub set" style="--depth: 1"><span class="number">(a)</span> To keep every lamp burning;</p>')
    expect(html).toContain('<li id="note-1">1. See resolution 70/1, annex.')
    expect(html).toContain('<html lang="en" dir="ltr">')
    const proposal: Printed = { ...printed(source), legend: ['[words - X]: words proposed by X'], blocks: [{ kind: 'op', depth: 0, number: '1.', pieces: [{ look: 'new', words: 'new' }, { look: 'cut', words: 'old' }, { look: 'sign', words: ' - EU: delete]' }] }] }
    expect(writeHtml(proposal)).toContain('<ins>new</ins><del>old</del><span class="sign"> - EU: delete]</span>')
    expect(writeHtml(proposal)).toContain('<h2 id="legend">Legend</h2>')
  })

  it('PT2 nothing that people write is markup, and nothing is asked of anybody', () => {
    const html = writeHtml(printed(`Title ${hostile}\n\nThe General Assembly,\n\n1. Urges ${hostile};[1]\n\n2. Decides \u0007 and \u202e stays.\n\n[1] Note ${hostile}`))
    expect(flat(shown(html)).split(flat(hostile)).length - 1).toBe(3)
    expect(html).not.toMatch(/<(?:script|img)/)
    expect(html).not.toContain('\u0007')
    expect(html).toContain(`content="default-src 'none'; style-src 'unsafe-inline'"`)
    expect(html.match(/(?:src|href)="(?!#)[^"]*"/g)).toBe(null)
  })

  it('PT2 whatever the words are, the page shows them', () => {
    fc.assert(fc.property(fc.string({ unit: 'binary', maxLength: 60 }), (words) => {
      const value: ResolutionValue = { language: 'en', units: [{ kind: 'op', words, notes: [{ at: words.length, words }], children: [] }] }
      const printable = flat(words.toWellFormed().replace(/[\p{Cc}\ufffe\uffff]/gu, (letter) => (/[\n\t]/.test(letter) ? letter : '')))
      expect(flat(shown(writeHtml(printedValue(value, { title: '' })))).split(printable).length).toBeGreaterThan(2)
    }))
  })
})

describe('a PDF', () => {
  it('PT3 is tagged, says that it keeps to PDF/UA, in which language it is and what it is called, and reads as the text does', async () => {
    const { pages, roles, title, language, accessible } = await pdfOf(printedValue(importText(source).value, { title: 'T', footer: 'version 3, SHA-256 0123abc' }))
    expect([title, language, accessible, pages.length]).toEqual(['Safe harbours', 'en', '1', 1])
    for (const role of ['Document', 'H1', 'P', 'Note']) expect(roles).toContain(role)
    const words = flat(pages[0]!)
    for (const line of ['Safe harbours', 'The General Assembly,', 'Recalling its resolution 70/1,', '1. Urges all States:', '(a) To keep every lamp burning;', '2. Decides to remain seized of the matter.', 'See resolution 70/1, annex.', 'version 3, SHA-256 0123abc', '1/1']) expect(words).toContain(line)
  })

  it('PT4 nothing that people write is read as markup of the typesetter', async () => {
    const { pages } = await pdfOf(printed(`Title ${hostile}\n\nThe General Assembly,\n\n1. Urges ${hostile};[1]\n\n[1] Note ${hostile}`))
    // Line breaks of the page and its hyphens apart, each time to the letter.
    const bare = (words: string): string => words.replace(/[\s\u00ad\u2010-]+/g, '')
    expect(bare(pages.join('')).split(bare(hostile)).length - 1).toBe(3)
    expect(pages.join('')).not.toContain('root:')
  })

  it('PT4 whatever the words are, they can be set', async () => {
    await fc.assert(fc.asyncProperty(fc.string({ unit: 'binary', maxLength: 40 }), fc.constantFrom(...unitKinds), async (words, kind) => {
      const value: ResolutionValue = { language: 'en', units: [{ kind, words, notes: [], children: [] }, { kind: 'op', words, notes: [{ at: 0, words }], children: [] }] }
      const { pages, accessible } = await pdfOf(printedValue(value, { title: words, footer: words }), true)
      expect(pages.length).toBeGreaterThan(0)
      // Some letters are in none of the fonts.
      if (/^[\p{Cc}\p{ASCII}]*$/u.test(words)) expect(accessible).toBe('1')
    }), { numRuns: 60, examples: [['', 'title'], [' \u0007', 'annex'], ['\u00a0', 'heading'], ['Part', 'heading'], ['\u{1f600}', 'title'], ['ไทย', 'op']] })
  })

  it('PT5 is set in each of the six languages, in the direction of each, with letters that can be read back', async () => {
    const samples: Readonly<Record<string, string>> = {
      en: 'Requests the Secretary-General to report', fr: 'Prie le Secrétaire général de présenter un rapport', es: 'Solicita al Secretario General que presente un informe',
      ru: 'просит Генерального секретаря представить доклад', zh: '请秘书长提交报告', ar: 'تطلب إلى الأمين العام تقديم تقرير',
    }
    for (const [language, words] of Object.entries(samples)) {
      const value: ResolutionValue = { language, units: [{ kind: 'para', words, notes: [], children: [] }, { kind: 'front', words: '11 January 2022', notes: [], children: [] }] }
      const { pages, language: told } = await pdfOf(printedValue(value, { title: 'T' }))
      const letters = (text: string): string[] => [...text.normalize('NFKC').replace(/[\s\u0640]/g, '')].sort()
      expect(told).toBe(language)
      expect(letters(pages[0]!)).toEqual(letters(`${words}11 January 2022${'1/1'}`))
      expect(pages[0]).toContain('11 January 2022')
    }
  })

  it('PT6 numbers its lines where that is asked for', async () => {
    const document = printed(source)
    const [plain, numbered] = [await pdfOf(document), await pdfOf(document, true)]
    const count = (words: string): number => words.split('\n').filter((line) => /^\d+$/.test(line.trim())).length
    expect([count(plain.pages[0]!), count(numbered.pages[0]!)]).toEqual([0, document.blocks.length])
  })

  it('PT7 is set in a thread of its own, and the same to the byte at the same time', async () => {
    const converters = createConverters({ threads: 1 })
    const data = typesetData(printed(source), { lineNumbers: false, from: null })
    const set = await converters.typeset({ data, atMs })
    expect(Buffer.from(set).equals(Buffer.from(typesetter.pdf(data, atMs)))).toBe(true)
    await expect(converters.typeset({ data: '{', atMs })).rejects.toMatchObject({ code: 'server-fault' })
    await converters.stop()
    await expect(converters.typeset({ data, atMs })).rejects.toMatchObject({ code: 'export-too-many' })
  })
})
