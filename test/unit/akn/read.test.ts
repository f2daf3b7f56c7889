import { readdirSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { exportText } from '../../../shared/convert/exportText.ts'
import { readFile } from '../../../shared/convert/formats.ts'
import { toldBySource, toldByValue } from './oracle.ts'

const fixtures = fileURLToPath(new URL('../../fixtures/akn', import.meta.url))
const bytesOf = (words: string): Uint8Array => new TextEncoder().encode(words)
const fixture = (name: string): Uint8Array => readFileSync(join(fixtures, name))
const statement = (inside: string, more = ''): Uint8Array =>
  bytesOf(`<akomaNtoso xmlns="http://docs.oasis-open.org/legaldocml/ns/akn/3.0"><statement name="resolution"${more}>${inside}</statement></akomaNtoso>`)
const read = (bytes: Uint8Array) => readFile(bytes)

describe('a file of Akoma Ntoso', () => {
  test.each(readdirSync(fixtures).filter((name) => name.endsWith('.xml')))('AK1 %s holds the same words in the same order as its source', (name) => {
    const { body, notes } = toldBySource(fixture(name))
    const told = toldByValue(read(fixture(name)).value)
    // The mark in the meta refers to a note that the walk of the body does not meet.
    expect(told).toEqual({ body, notes: name === 'draft.xml' ? [...notes, 'Of', 'the', 'second', 'session.'] : notes })
  })

  test('AK2 is read by its structure: cover, title, preamble, numbered paragraphs, closing lines, annex', () => {
    const { value, report, format } = read(fixture('draft.xml'))
    expect(exportText(value).split('\n\n')).toEqual([
      'A/C.2/86/L.7', 'General Assembly', 'Chad: draft resolution', '86/12. Keeping of lighthouses', 'The General Assembly,',
      'Recalling its resolution 80/1 of 9\u00a0May,[1] and the Book of Lights,', 'Noting that lights are:', '    (a) Few;', '    (b) Old, in that:', '        (i) They rust,',
      'On oil and wicks', 'Mindful of keepers & ships < 5 m,', 'I. Lamps', '1. Urges States[2] to:', '    (a) Trim them;', '    (b) Light them, and:', '        (i) Watch;',
      '2. Decides:', '    (a) To meet;', '        (i) Twice;', '        (iii) Gladly;', '    (b) To part.', 'Ship Due', 'Brig 5', 'Requests a report.',
      '3rd plenary meeting', '3 February 2031', 'Rules of the Light', 'Oil', '1. Oil is kept dry.', 'It burns.', '__________________\n[1] Resolution 80/1.\n[2] Of the second session.\n',
    ])
    expect(value.units.map(({ kind }) => kind)).toEqual([
      'front', 'front', 'front', 'title', 'organ', 'pp', 'pp', 'heading', 'pp', 'heading', 'op', 'op', 'para', 'para', 'op', 'closing', 'closing', 'annex', 'heading', 'op', 'para',
    ])
    expect([format, report.looksLike, report.language, report.title, report.symbol, report.notes]).toEqual(['akn', 'draft resolution', 'en', 'Keeping of lighthouses', 'A/C.2/86/L.7', 2])
    expect(report.warnings.map(({ code }) => code)).not.toContain('kept-as-lines')
  })

  test('AK3 a number that follows from the order is derived, another is a label', () => {
    const { value } = read(fixture('draft.xml'))
    const labels = (units: typeof value.units): string[] => units.flatMap(({ label, children }) => [...(label === undefined ? [] : [label]), ...labels(children)])
    expect(labels(value.units)).toEqual(['86/12.', 'I.', '(iii)', '', '1.'])
  })

  test('AK4 several resolutions in one file are the parts of one text; numbers begin again', () => {
    const { value, report } = read(fixture('collection.xml'))
    expect(exportText(value).split('\n\n')).toEqual([
      '86/13. Phares', 'A', 'Lampes', 'L’Assemblée générale,', '1. Décide d’agir ;', '2. Prie :', '    a) Les États ;', 'B', 'Mèches', 'L’Assemblée générale,', 'Décide de se réunir.\n',
    ])
    expect(value.units.map(({ kind }) => kind)).toEqual(['title', 'heading', 'organ', 'op', 'op', 'heading', 'organ', 'op'])
    expect([report.language, report.looksLike]).toEqual(['fr', 'resolution'])
  })

  test('AK5 what is only proposed in a file keeps its words in square brackets', () => {
    const { value, report } = read(statement(
      '<meta/><mainBody><paragraph eId="p"><num>1.</num><content><p>Requests to <del refersTo="#eu">consider</del> <ins refersTo="#eu">ensure</ins> it;</p></content></paragraph>'
      + '<paragraph eId="b" class="inserted"><num>1 bis.</num><content><p>Invites all;</p></content></paragraph><paragraph eId="c" alternativeTo="p"><num>1 alt.</num><content><p>Asks.</p></content></paragraph></mainBody>',
      ' contains="multipleVersions"',
    ))
    expect(exportText(value)).toBe('1. Requests to [consider] [ensure] it;\n\n1 bis. [Invites all;]\n\n1 alt. [Asks.]\n')
    expect([report.looksLike, report.lost]).toEqual(['negotiation text', [{ what: 'proposed deletion', words: 'consider', count: 1 }, { what: 'proposed insertion', words: 'ensure', count: 1 }]])
  })

  test('AK6 what has no place in a draft is told with its first words, and how often', () => {
    expect(read(fixture('draft.xml')).report.lost).toEqual([
      { what: 'picture', words: 'Emblem', count: 1 },
      { what: 'emphasis', words: 'Keeping of lighthouses', count: 2 },
      { what: 'link', words: '80/1', count: 1 },
      { what: 'table', words: 'Ship Due', count: 1 },
    ])
  })

  test('AK7 what has no known structure becomes plain paragraphs with all of its words', () => {
    const { value } = read(bytesOf('<akomaNtoso><debate name="x"><meta/><body><speech><from>The President</from>: <remark>spoke</remark> <p>Of <b>oil</b>.</p>and<div><p>Of <sup>2</sup> ships<br/>too</p> so<q>long</q></div></speech></body></debate></akomaNtoso>'))
    expect(toldByValue(value).body.join(' ')).toBe('The President: spoke Of oil. and Of 2 ships too solong')
    expect(new Set(value.units.map(({ kind }) => kind))).toEqual(new Set(['para']))
  })

  test('AK7 a file in another encoding is read as it says, UTF-16 by its mark', () => {
    const said = '<?xml version="1.0" encoding="ISO-8859-1"?><akomaNtoso><doc><meta/><mainBody><p>D\u00e9cide</p></mainBody></doc></akomaNtoso>'
    expect(read(Uint8Array.from(said, (letter) => letter.charCodeAt(0))).value.units[0]!.words).toBe('Décide')
    const wide = `\ufeff${said.replace('ISO-8859-1', 'UTF-16')}`
    const bytes = new Uint8Array(wide.length * 2)
    for (let index = 0; index < wide.length; index++) new DataView(bytes.buffer).setUint16(index * 2, wide.charCodeAt(index), true)
    expect(read(bytes).value.units[0]!.words).toBe('Décide')
  })
})
