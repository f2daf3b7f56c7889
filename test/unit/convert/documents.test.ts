import { existsSync, readFileSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { exportText } from '../../../shared/convert/exportText.ts'
import { importText } from '../../../shared/convert/importText.ts'
import type { ImportReport } from '../../../shared/convert/report.ts'
import { numberUnits } from '../../../shared/model/numbering.ts'
import { check, plainWords } from './support.ts'

const root = join(import.meta.dirname, '../../..')
const fixtures = join(root, 'test/fixtures')
const beside = join(root, '../shared/corpus/text')

/** Real documents where they stand beside the checkout, else the project's own. */
const folder = existsSync(beside) ? beside : fixtures
const documents = readdirSync(folder).filter((name) => name.endsWith('.txt'))

const countOf = (report: ImportReport, kind: string): number => report.recognised.find((entry) => entry.kind === kind)?.count ?? 0

describe('whole documents', () => {
  test('IM15 the fixture is read unit by unit as it was drafted', () => {
    const result = check(readFileSync(join(fixtures, 'resolution-trafficking.txt'), 'utf8'))
    expect(Object.fromEntries(result.report.recognised.map(({ kind, count }) => [kind, count])))
      .toEqual({ front: 11, title: 1, organ: 1, heading: 5, pp: 22, op: 34, sub: 20, annex: 1 })
    expect(result.report).toMatchObject({ notes: 8, unrecognised: [], warnings: [], looksLike: 'draft resolution' })
    const printed = [...numberUnits(result.value.units).values()].map(({ number }) => number)
    expect(printed).toEqual(expect.arrayContaining(['PP22', 'PP6(c)', 'OP4(b)(iii)', 'OP30', 'Annex para 3(c)', 'Annex para 4']))
  })

  test.each(documents)('IM16 %s keeps every word in order and reads the same after export', (name) => {
    const source = readFileSync(join(folder, name), 'utf8')
    const { value, report } = check(source)
    const out = plainWords(exportText(value))
    expect(out.replace(/([\p{L}\d])-\s(?=\p{Ll})/gu, '$1-')).toBe(plainWords(source).replace(/([\p{L}\d])-\s(?=\p{Ll})/gu, '$1-'))
    expect(report.wordsIn).toBeGreaterThan(50)
  })

  test.each(documents)('IM17 %s has the parts that a text of its kind has', (name) => {
    const source = readFileSync(join(folder, name), 'utf8')
    const { value, report } = importText(source)
    const typed = source.match(/^\s*\d{1,3}\.\s/gm)?.length ?? 0
    const notes = source.match(/^\[\d{1,3}\] /gm)?.length ?? 0
    expect(report.notes).toBe(notes)
    if (report.looksLike === 'amendments' || report.looksLike === 'negotiation text') {
      expect(/^(?:AMENDMENTS|NEGOTIATION)/.test(name)).toBe(true)
      return
    }
    expect(report.looksLike).toMatch(/resolution$/)
    expect([countOf(report, 'organ'), countOf(report, 'title') + (report.looksLike === 'draft resolution' ? 1 : 0) > 0]).toEqual([1, true])
    expect(countOf(report, 'op')).toBeGreaterThanOrEqual(Math.max(1, typed))
    expect(countOf(report, 'annex')).toBe(/^An(?:nex|nexe|exo)$/m.test(source) ? 1 : 0)
    expect(report.unrecognised).toEqual([])
    const first = value.units.findIndex(({ kind }) => kind === 'op')
    expect(value.units.slice(first).filter(({ kind }) => kind === 'pp')).toEqual([])
  })
})

describe('any text', () => {
  const seed = Number(process.env['OMNIBUS_SEED'] ?? Date.now() % 2 ** 31)
  const runs = process.env['OMNIBUS_LONG'] === undefined ? 250 : 5_000
  const source = readFileSync(join(fixtures, 'resolution-trafficking.txt'), 'utf8')
  const fragments = ['\n', '\n\n', '[1]', '[2] ', '\\[1]', '(a) ', '(i) ', 'i) ', '1. ', '12 bis. ', '• ', 'Annex\n', 'I\n', 'A. ', 'The General Assembly,', '____', '-\nx', '\u00a0', '\uD83D', '\0', 'Recalling ', ': draft resolution']
  const piece = fc.oneof(fc.constantFrom(...fragments), fc.string({ unit: 'binary', maxLength: 12 }))
  const edit = fc.record({ at: fc.nat(source.length), drop: fc.nat(400), add: piece })

  test(`IM18 random edits of a resolution: never a throw, never a word less (seed ${seed})`, () => {
    let structured = 0
    let same = 0
    fc.assert(fc.property(fc.array(edit, { minLength: 1, maxLength: 12 }), (edits) => {
      const text = edits.reduce((before, { at, drop, add }) => before.slice(0, at) + add + before.slice(at + drop), source)
      const { value, report } = importText(text)
      expect(report.wordsOut).toBe(report.wordsIn)
      expect(JSON.parse(JSON.stringify(report))).toEqual(report)
      if (!report.warnings.some(({ code }) => code === 'kept-as-lines')) structured++
      const letters = (words: string): string => [...words.replace(/[^\p{L}\p{N}]/gu, '').replace(/\uFFFD/g, '')].sort().join('')
      const clean = text.replace(/\p{Surrogate}/gu, '')
      expect(letters(exportText(value)).length).toBeGreaterThanOrEqual(letters(clean.replace(/\[\d{1,4}\]/g, '')).length)
      if (JSON.stringify(importText(exportText(value)).value) === JSON.stringify(value)) same++
    }), { seed, numRuns: runs })
    expect(structured / runs).toBeGreaterThan(0.9)
    expect(same / runs).toBeGreaterThan(0.5)
  })

  test(`IM18 random strings are read as well (seed ${seed})`, () => {
    fc.assert(fc.property(fc.array(piece, { maxLength: 30 }), (pieces) => {
      const { report } = importText(pieces.join(''))
      expect(report.wordsOut).toBe(report.wordsIn)
    }), { seed, numRuns: runs * 4 })
  })
})
