import fc from 'fast-check'
import { expect, test } from 'vitest'
import { nextCorrection, readSymbol, readSymbolOf, revisedSymbol, symbolFaults, symbolRefusal, symbolSentences, symbolText } from '../../../shared/lifecycle/symbol.ts'
import fixture from '../../fixtures/symbols.json' with { type: 'json' }

test('VE1 a symbol is read by its grammar and written as it was', () => {
  for (const source of fixture.symbols) {
    const read = readSymbol(source)
    expect({ source, read: read.ok ? symbolText(read.symbol) : read.fault }).toEqual({ source, read: source })
  }
  expect(readSymbol('A/C.3/78/L.12/Rev.1/Corr.2*')).toEqual({
    ok: true,
    symbol: {
      stem: 'A/C.3/78/L.12', organ: 'A', bodies: ['C.3'], series: null, session: '78', number: 'L.12',
      suffixes: [{ kind: 'Rev', number: 1 }, { kind: 'Corr', number: 2 }], year: null, reissues: 1,
    },
  })
  expect(readSymbol('S/RES/2331 (2016)')).toMatchObject({ symbol: { organ: 'S', series: 'RES', session: '', number: '2331', year: 2016 } })
})

test('VE1 what is wrong with a symbol is told by a code and a sentence', () => {
  const found = Object.keys(fixture.faults).map((source) => {
    const read = readSymbol(source)
    return [source, read.ok ? 'none' : read.fault]
  })
  expect(Object.fromEntries(found)).toEqual(fixture.faults)
  expect(readSymbol(`A/78/${'1'.repeat(100)}`)).toEqual({ ok: false, fault: 'too-long' })
  expect(symbolRefusal('A/C.3/78')).toBe(symbolSentences.number)
  expect(symbolRefusal('A/C.3/78/L.12')).toBe(null)
})

test('VE1 every fault comes about', () => {
  expect([...new Set([...Object.values(fixture.faults), 'too-long', 'correction'])].sort()).toEqual([...symbolFaults].sort())
})

test('VE1 no string makes it throw, and what it takes it writes as it was', () => {
  const part = fc.constantFrom('A', 'S', 'E', 'ST', 'C.3', 'HRC', 'RES', 'PRST', '78', '2024', 'ES-10', 'L.12', '482', 'Rev.1', 'Add.2', 'Corr', 'INF', 'x', '', ' ', '75/101 A', '*')
  const nearly = fc.tuple(fc.constantFrom(...fixture.symbols), fc.nat(30), fc.nat(3), fc.constantFrom('', '1', '/', '.', ' ', 'L', '*', '/Rev.1', 'x'))
    .map(([source, at, length, put]) => source.slice(0, at) + put + source.slice(at + length))
  const anything = fc.oneof(nearly, fc.string(), fc.string({ unit: 'binary' }), fc.array(part).map((parts) => parts.join('/')), fc.array(part).map((parts) => `${parts.join('/')} (2016)`))
  let taken = 0
  fc.assert(fc.property(anything, (source) => {
    const read = readSymbol(source)
    if (!read.ok) {
      expect(symbolSentences[read.fault]).toMatch(/\.$/)
      return
    }
    taken++
    expect(symbolText(read.symbol)).toBe(source.trim())
    expect(readSymbol(revisedSymbol(source, 2))).toMatchObject({ ok: true, symbol: { stem: read.symbol.stem } })
  }), { numRuns: 5_000 })
  expect(taken).toBeGreaterThan(50)
})

test('VE1 the next revision of a document bears its symbol', () => {
  expect(revisedSymbol('A/C.3/81/L.12', 1)).toBe('A/C.3/81/L.12/Rev.1')
  expect(revisedSymbol('A/C.3/81/L.12/Rev.1', 2)).toBe('A/C.3/81/L.12/Rev.2')
  expect(revisedSymbol('', 1)).toBe('')
})

test('VE1 a correction is known by its end, and the next one goes by the last symbol', () => {
  const fault = (source: string): unknown => ((read) => (read.ok ? null : read.fault))(readSymbolOf(source, 'correction'))
  expect(['A/C.3/81/L.12/Corr.1', 'A/C.3/81/L.12/Rev.1/Corr.2', 'A/C.3/81/L.12*'].map(fault)).toEqual([null, null, null])
  expect(['A/C.3/81/L.12', 'A/C.3/81/L.12/Corr.1/Rev.1', 'L.12'].map(fault)).toEqual(['correction', 'correction', 'organ'])
  expect(readSymbolOf('A/C.3/81/L.12', 'issued').ok).toBe(true)
  expect(['A/C.3/81/L.12', 'A/C.3/81/L.12/Rev.1', 'A/C.3/81/L.12/Corr.1', 'A/C.3/81/L.12*', ''].map(nextCorrection))
    .toEqual(['A/C.3/81/L.12/Corr.1', 'A/C.3/81/L.12/Rev.1/Corr.1', 'A/C.3/81/L.12/Corr.2', 'A/C.3/81/L.12/Corr.1', ''])
})
