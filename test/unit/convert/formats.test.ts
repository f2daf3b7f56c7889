import fc from 'fast-check'
import { afterAll, describe, expect, test } from 'vitest'
import { createConverters } from '../../../server/convert/converters.ts'
import { exportText } from '../../../shared/convert/exportText.ts'
import { formatOf, formats, readFile, writeFile } from '../../../shared/convert/formats.ts'
import { importText } from '../../../shared/convert/importText.ts'
import type { ResolutionValue, UnitValue } from '../../../shared/model/value.ts'
import { Refusal } from '../../../shared/wire/errors.ts'
import { limits } from '../../../shared/wire/limits.ts'
import { valueSchema } from '../../../shared/wire/value.ts'

const text = 'The General Assembly,\n\nRecalling all,\n\n1. Urges;\n\n2. Decides.\n'
const bytesOf = (words: string): Uint8Array => new TextEncoder().encode(words)
const codeOf = (bytes: Uint8Array): string => {
  try {
    return readFile(bytes).format
  } catch (fault) {
    return fault instanceof Refusal ? fault.code : String(fault)
  }
}
const unit = (more: Partial<UnitValue> = {}): UnitValue => ({ kind: 'op', words: 'Decides', notes: [], children: [], ...more })
const valued = (...units: UnitValue[]): ResolutionValue => ({ language: 'en', units })

describe('the format of a file', () => {
  test('FR1 is told from its bytes', () => {
    const json = writeFile(importText(text).value, 'json')
    expect(codeOf(bytesOf(text))).toBe('text')
    expect(codeOf(bytesOf(String(json)))).toBe('json')
    expect(codeOf(bytesOf(` \n${String(json)}`))).toBe('json')
    for (const head of ['%PDF-1.7 words', '{\\rtf1 words}', '<!DOCTYPE html><p>words', '<?xml version="1.0"?><w>words</w>', '<html lang="en">']) {
      expect([head, codeOf(bytesOf(head))]).toEqual([head, 'import-format-unknown'])
    }
    expect([codeOf(bytesOf('PK\x03\x04…')), codeOf(new Uint8Array([0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1]))]).toEqual(['import-damaged', 'import-old-word'])
    expect(codeOf(writeFile(importText(text).value, 'docx') as Uint8Array)).toBe('docx')
    expect(codeOf(bytesOf('{the words of a drafter}'))).toBe('text')
    expect(formats.every((format) => format.extensions.length > 0 && (format.read !== null || format.write !== null || format.isTypeset === true))).toBe(true)
  })

  test('FR2 JSON is read to the letter, and whatever else is damaged', () => {
    const { value } = importText(text)
    expect(readFile(bytesOf(String(writeFile(value, 'json')))).value).toEqual(value)
    for (const bad of ['{', '{"language":"en"}', '{"language":"en","units":[{"kind":"op"}]}', '{"language":"en","units":[],"more":1}', '{"units":"words"}']) {
      expect([bad, codeOf(bytesOf(bad))]).toEqual([bad, 'import-damaged'])
    }
    expect(codeOf(bytesOf('{"language":"en","units":[]}'))).toBe('import-empty')
    expect(codeOf(bytesOf(`{"language":"en","units":${'['.repeat(100_000)}`))).toBe('import-damaged')
    expect(codeOf(new Uint8Array(limits.importFileBytesMax + 1))).toBe('import-too-large')
    expect(formatOf(new Uint8Array())?.id).toBe('text')
    expect(exportText(value)).toBe(text)
  })

  test('FR2 a text that no command could carry is refused as too large', () => {
    expect(codeOf(bytesOf('1. Urges;\n\n'.repeat(limits.unitsMax + 1)))).toBe('import-too-large')
    expect(codeOf(bytesOf('word '.repeat(limits.unitCharactersMax / 5 + 1)))).toBe('import-too-large')
  })
})

describe('the letters of a text file', () => {
  const sentence = '1. Exhorte les États à coopérer – « dès l’été » ;'
  const whole = `L’Assemblée générale,\n\n${sentence}\n`
  const utf16 = (words: string, isBig = false): Uint8Array => {
    const bytes = Buffer.from(`\ufeff${words}`, 'utf16le')
    return isBig ? bytes.swap16() : bytes
  }
  /** Of these words alone: the letters beyond Latin-1 that it has. */
  const windows = (words: string): Uint8Array => Uint8Array.from([...words].map((letter) => ({ '’': 0x92, '–': 0x96, '€': 0x80, 'Ÿ': 0x9f, 'œ': 0x9c })[letter] ?? letter.charCodeAt(0)))

  test('IM20 are read in UTF-8 with or without a mark and in UTF-16 of either order, and are the same text', () => {
    const plain = readFile(bytesOf(whole))
    expect(plain.value.units.map(({ words }) => words)).toEqual(['L’Assemblée générale,', sentence.slice(3)])
    for (const bytes of [bytesOf(`\ufeff${whole}`), utf16(whole), utf16(whole, true), utf16(whole.replaceAll('\n', '\r\n'))]) expect(readFile(bytes)).toEqual(plain)
    expect(readFile(utf16('يهيب بالدول.')).value.units[0]!.words).toBe('يهيب بالدول.')
  })

  test('IM20 are read in Windows-1252 where nothing else is right, and the report says so first', () => {
    const { value, report } = readFile(windows(whole))
    expect(value).toEqual(readFile(bytesOf(whole)).value)
    expect(report.warnings[0]).toMatchObject({ code: 'encoding-assumed', line: 0, words: 'L’Assemblée' })
    expect(readFile(windows('1. Grants €5 to cœur and Ÿ;')).value.units[0]!.words).toBe('Grants €5 to cœur and Ÿ;')
    expect(readFile(bytesOf(whole)).report.warnings.map(({ code }) => code)).not.toContain('encoding-assumed')
  })

  test('IM20 that are none are refused: half a letter, NUL, a picture, marks with something else behind them, nothing', () => {
    const odd = utf16(whole).subarray(0, -1)
    const lone = utf16('1. Urges \ud800 States')
    const picture = Uint8Array.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0xe9, 0x41, 0x42])
    for (const bytes of [odd, lone, utf16('1. Urges\0States'), bytesOf('1. Urges\0'), Uint8Array.from([0xe9, 0x41, 0]), picture, Uint8Array.from([0x41, 0x81, 0xe9]), Uint8Array.from([0xef, 0xbb, 0xbf, 0xe9, 0x41])]) {
      expect([bytes.slice(0, 12), codeOf(bytes)]).toEqual([bytes.slice(0, 12), 'import-unreadable'])
    }
    for (const bytes of [Uint8Array.from([0xff, 0xfe]), Uint8Array.from([0xef, 0xbb, 0xbf]), Uint8Array.from([0xab, 0x20, 0xbb])]) expect(codeOf(bytes)).toBe('import-empty')
    expect(codeOf(utf16('a'.repeat(limits.importBytesMax / 2)))).toBe('import-too-large')
  })
})

test('IM20 any bytes behind any mark are read with all their words, or refused by a code', () => {
  const marks = fc.constantFrom([], [0xff, 0xfe], [0xfe, 0xff], [0xef, 0xbb, 0xbf])
  // Bytes of letters mostly: most of what is only thrown together holds a sign that no text has.
  const some = fc.array(fc.oneof({ weight: 20, arbitrary: fc.integer({ min: 0x20, max: 0x7e }) }, { weight: 5, arbitrary: fc.integer({ min: 0xa0, max: 0xff }) }, { weight: 1, arbitrary: fc.integer({ min: 0, max: 0xff }) }), { maxLength: 60 })
  const met = new Set<string>()
  fc.assert(fc.property(marks, some, (mark, bytes) => {
    const file = Uint8Array.from([...mark, ...bytes])
    const found = codeOf(file)
    met.add(found)
    expect(['text', 'json', 'import-unreadable', 'import-empty', 'import-damaged', 'import-format-unknown']).toContain(found)
    if (found === 'text') expect(readFile(file).report).toMatchObject({ wordsOut: readFile(file).report.wordsIn })
  }), { numRuns: 500 })
  expect([met.has('text'), met.has('import-unreadable')]).toEqual([true, true])
})

describe('a value from outside', () => {
  const takes = (value: unknown): boolean => valueSchema.safeParse(value).success
  const deep = (levels: number): UnitValue => (levels === 1 ? unit() : unit({ children: [deep(levels - 1)] }))

  test('FR3 is taken where everything is in its place', () => {
    expect(takes(importText(text).value)).toBe(true)
    expect(takes(valued(unit({ words: 'Dé😀cides', notes: [{ at: 0, words: '' }, { at: 9, words: 'A note' }], label: '12 bis', brackets: [{ from: 0, to: 2 }, { from: 0, to: 9, placeholder: true }] })))).toBe(true)
    expect(takes(valued(deep(limits.nestingMax)))).toBe(true)
    expect(takes(valued(...Array.from({ length: limits.unitsMax }, () => unit())))).toBe(true)
  })

  test.each([
    ['nesting', valued(deep(limits.nestingMax + 1))],
    ['more units than a draft has', valued(...Array.from({ length: limits.unitsMax }, () => unit({ children: [unit()] })))],
    ['a paragraph without end', valued(unit({ words: 'x'.repeat(limits.unitCharactersMax + 1) }))],
    ['words without end', valued(...Array.from({ length: 4 }, () => unit({ words: 'x'.repeat(limits.valueCharactersMax / 4 + 1) })))],
    ['notes without end', valued(unit({ notes: Array.from({ length: limits.unitPartsMax + 1 }, () => ({ at: 0, words: '' })) }))],
    ['words of notes without end', valued(...Array.from({ length: 4 }, () => unit({ notes: [{ at: 0, words: 'x'.repeat(limits.valueCharactersMax / 4) }] })))],
    ['a kind that is none', { language: 'en', units: [{ ...unit(), kind: 'decree' }] }],
    ['something besides', { language: 'en', units: [{ ...unit(), id: '1' }] }],
    ['a lone surrogate', valued(unit({ words: 'a\ud800' }))],
    ['a control character', valued(unit({ words: 'a\u0007b' }))],
    ['a line end', valued(unit({ words: 'a\nb' }))],
    ['an embed', valued(unit({ words: 'a\ufffcb' }))],
    ['a label with a line end', valued(unit({ label: '1\n' }))],
    ['a note with a surrogate', valued(unit({ notes: [{ at: 0, words: '\udc00' }] }))],
    ['a note behind the words', valued(unit({ notes: [{ at: 8, words: 'n' }] }))],
    ['a note within a character', valued(unit({ words: '😀', notes: [{ at: 1, words: 'n' }] }))],
    ['notes out of order', valued(unit({ notes: [{ at: 2, words: 'n' }, { at: 1, words: 'n' }] }))],
    ['a bracket behind the words', valued(unit({ brackets: [{ from: 2, to: 8 }] }))],
    ['a bracket round nothing', valued(unit({ brackets: [{ from: 2, to: 2 }] }))],
    ['a bracket within a character', valued(unit({ words: 'a😀', brackets: [{ from: 0, to: 2 }] }))],
    ['a placeholder round a part', valued(unit({ brackets: [{ from: 0, to: 2, placeholder: true }] }))],
    ['a language that is none', { language: 'en"><script>', units: [] }],
    ['a number that is none', valued(unit({ notes: [{ at: 0.5, words: 'n' }] }))],
  ])('FR3 is refused for %s', (_what, value) => {
    expect(takes(value)).toBe(false)
  })
})

describe('threads that read', () => {
  const stops: (() => Promise<void>)[] = []
  const converters = (options: Parameters<typeof createConverters>[0]) => {
    const made = createConverters(options)
    stops.push(() => made.stop())
    return made
  }
  const task = (words: string, to: string | null = null) => ({ bytes: bytesOf(words), to })
  afterAll(() => Promise.all(stops.map((stop) => stop())))

  test('FR4 read what they are given, write it where that is asked, and pass on what the reader refuses', async () => {
    const { convert } = converters({ threads: 2 })
    const done = await Promise.all([convert(task(text, 'json')), convert(task(text, 'text')), convert(task(text))])
    expect(done.map(({ written }) => written)).toEqual([writeFile(importText(text).value, 'json'), text, null])
    expect(done.map(({ value }) => value)).toEqual(done.map(() => importText(text).value))
    await expect(convert(task(' '))).rejects.toMatchObject({ code: 'import-empty' })
    expect((await convert(task(text))).format).toBe('text')
  })

  test('FR4 one that takes too long or too much memory is ended, and the next file is read by another', async () => {
    // No thread starts within a millisecond, nor with so little memory.
    await expect(converters({ threads: 1, deadlineMs: 1 }).convert(task(text))).rejects.toMatchObject({ code: 'import-too-slow' })
    const small = converters({ threads: 1, megabytesMax: 1 })
    await expect(small.convert(task(text))).rejects.toMatchObject({ code: 'import-too-slow' })
    await expect(small.convert(task(text))).rejects.toMatchObject({ code: 'import-too-slow' })
  })

  test('FR4 beyond what may wait a file is refused, and so is what waits when they are stopped', async () => {
    const few = converters({ threads: 1, waitingMax: 1 })
    const asked = [1, 2, 3].map(() => few.convert(task(text)).then(() => 'read', (refusal: Refusal) => refusal.code))
    expect(await asked[2]).toBe('import-too-many')
    expect(await Promise.all(asked)).toEqual(['read', 'read', 'import-too-many'])
    const stopped = [1, 2].map(() => few.convert(task(text)).then(() => 'read', (refusal: Refusal) => refusal.code))
    await few.stop()
    expect(await Promise.all(stopped)).toEqual(['import-too-slow', 'import-too-many'])
  })
})
