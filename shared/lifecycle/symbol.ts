/**
 * The symbols of United Nations documents, read by their grammar: organ, subsidiary bodies, RES or PRST, session or year,
 * type and number, and what a document is to an earlier one (Rev., Add., Corr., Amend.). A/C.3/78/L.12/Rev.1,
 * S/2024/302, S/RES/2331 (2016), A/HRC/56/L.5, E/RES/2021/25. Pure and total.
 */
import type { VersionKind } from '../policy/types.ts'
import { limits } from '../wire/limits.ts'

export const symbolFaults = ['empty', 'too-long', 'blank', 'letters', 'organ', 'body', 'session', 'number', 'suffix', 'order', 'year', 'correction'] as const
export type SymbolFault = (typeof symbolFaults)[number]

/** What a symbol is wrong in, and how to put it right. */
export const symbolSentences: Readonly<Record<SymbolFault, string>> = {
  'empty': 'Enter a symbol, for example A/C.3/81/L.12.',
  'too-long': 'That is too long for a symbol. Enter the symbol alone, without the title.',
  'blank': 'A symbol has no blanks, but before the year of a Security Council resolution, as in S/RES/2331 (2016).',
  'letters': 'A symbol is written in capitals, with small letters only in Rev., Add., Corr. and Amend.',
  'organ': 'A symbol begins with the organ: A, S, E or ST, and a stroke.',
  'body': 'This is no body, session or type of document that is known here. Write a committee as C.3, a commission as CN.4, a conference as CONF.1, a draft as L.12.',
  'session': 'The session or the year is missing or is not one: write 81 for a session, ES-10 or S-32 for a special one, 2024 for a year.',
  'number': 'The number of the document is missing: end with it, as in L.12, RES/81/228 or 81/482.',
  'suffix': 'What follows the number is Rev., Add., Corr. or Amend. with a number, as in Rev.1.',
  'order': 'The number is followed by more than Rev., Add., Corr. or Amend. Leave the rest out.',
  'correction': 'A correction ends with Corr. and its number, as in A/C.3/81/L.12/Corr.1, or with an asterisk where it was reissued.',
  'year': 'Only a resolution of the Security Council has its year in brackets, as in S/RES/2331 (2016).',
}

export const suffixKinds = ['Rev', 'Add', 'Corr', 'Amend'] as const
export type SuffixKind = (typeof suffixKinds)[number]

export interface DocumentSymbol {
  /** All before Rev., Add. and the like. */
  readonly stem: string
  readonly organ: 'A' | 'S' | 'E' | 'ST'
  /** C.3, HRC, CN.4 … */
  readonly bodies: readonly string[]
  /** RES, PRST, INF, DEC where the symbol has one. */
  readonly series: string | null
  /** A session or a year; empty where the organ gives none (S/RES/2331). */
  readonly session: string
  /** L.12, 482; with its letter (75/101 A). */
  readonly number: string
  readonly suffixes: readonly { readonly kind: SuffixKind; readonly number: number }[]
  /** Of a resolution of the Security Council. */
  readonly year: number | null
  /** Reissues for technical reasons: one asterisk each. */
  readonly reissues: number
}

export type SymbolRead = { readonly ok: true; readonly symbol: DocumentSymbol } | { readonly ok: false; readonly fault: SymbolFault }

const organs = ['A', 'S', 'E', 'ST'] as const
const body = /^(?:(?:C|CN|AC|CONF|WG|SC|SUB)\.[1-9]\d{0,3}|HRC|SGB|AI|IC|BUR)$/
const series = /^(?:RES|PRST|INF|DEC|NGO|GC)$/
const session = /^(?:[1-9]\d{0,2}|(?:ES|S)-[1-9]\d?|(?:19|20)\d\d)$/
const typed = /^(?:L|PV|SR|CRP|WP|INF|NGO|PRST)\.[1-9]\d{0,4}$/
const plain = /^[1-9]\d{0,5}$/
const lettered = /^([1-9]\d{0,5}) ([A-Z](?:[-–][A-Z])?)$/
const suffix = /^(Rev|Add|Corr|Amend)\.([1-9]\d{0,2})$/

export function readSymbol(source: string): SymbolRead {
  const fault = (which: SymbolFault): SymbolRead => ({ ok: false, fault: which })
  const whole = source.trim()
  if (whole === '') return fault('empty')
  if (whole.length > limits.symbolCharactersMax) return fault('too-long')
  const stars = /\*+$/.exec(whole)?.[0].length ?? 0
  const bracketed = / \(((?:19|20)\d\d)\)$/.exec(whole.slice(0, whole.length - stars))
  const parts = whole.slice(0, whole.length - stars - (bracketed?.[0].length ?? 0)).split('/')
  const [organ, ...rest] = parts
  const known = organs.find((one) => one === organ)
  if (known === undefined || rest.length === 0) return fault(isWrongCase(whole) ? 'letters' : /\s/.test(organ ?? '') ? 'blank' : 'organ')
  if (isWrongCase(whole)) return fault('letters')
  if (rest.some((part) => /\s/.test(part) && !lettered.test(part))) return fault('blank')
  const suffixes: DocumentSymbol['suffixes'][number][] = []
  for (let last = suffix.exec(rest.at(-1) ?? ''); last !== null; last = suffix.exec(rest.at(-1) ?? '')) {
    suffixes.unshift({ kind: last[1] as SuffixKind, number: Number(last[2]) })
    rest.pop()
  }
  const stray = rest.findIndex((part) => /^(?:Rev|Add|Corr|Amend)/.test(part))
  if (stray !== -1) return fault(suffix.test(rest[stray]!) ? 'order' : 'suffix')
  return restOf({ stem: [known, ...rest].join('/'), organ: known, year: bracketed === null ? null : Number(bracketed[1]), reissues: stars, suffixes }, rest)
}

function restOf(begun: Pick<DocumentSymbol, 'stem' | 'organ' | 'year' | 'reissues' | 'suffixes'>, parts: readonly string[]): SymbolRead {
  const fault = (which: SymbolFault): SymbolRead => ({ ok: false, fault: which })
  let at = 0
  const bodies: string[] = []
  while (at < parts.length && body.test(parts[at]!)) bodies.push(parts[at++]!)
  const found = at < parts.length && series.test(parts[at]!) ? parts[at++]! : null
  const [first, second, ...more] = parts.slice(at)
  const isCouncilsText = begun.organ === 'S' && found === 'RES' && bodies.length === 0
  if (begun.year !== null && !isCouncilsText) return fault('year')
  if (first === undefined) return fault(found === null && bodies.length === 0 ? 'body' : 'session')
  const done = (ofSession: string, number: string): SymbolRead => ({ ok: true, symbol: { ...begun, bodies, series: found, session: ofSession, number } })
  // Numbered through, without a session: S/RES/2331, S/PV.9500, A/CONF.231/3, E/CN.4/L.7.
  if (second === undefined) {
    const isNumberedThrough = isCouncilsText || found === 'PRST' || found === 'GC' || bodies.some((one) => /^(?:CONF|AC|CN)/.test(one))
    if (typed.test(first) || (isNumberedThrough && plain.test(first))) return done('', first)
    return fault(session.test(first) ? 'number' : 'body')
  }
  if (!session.test(first)) return fault(/^[\dES]/.test(first) ? 'session' : 'body')
  // A/78/INF/1, A/C.5/78/NGO/2.
  if (series.test(second) && more.length === 1 && plain.test(more[0]!) && found === null) return { ok: true, symbol: { ...begun, bodies, series: second, session: first, number: more[0]! } }
  if (more.length > 0) return fault('order')
  if (typed.test(second) || plain.test(second) || (found === 'RES' && lettered.test(second))) return done(first, second)
  return fault(second === '' ? 'number' : /^[A-Z]/.test(second) ? 'body' : 'number')
}

/** Whether it would read with its letters in the right case. */
const isWrongCase = (source: string): boolean => /[a-z]/.test(source.replaceAll(/\b(?:Rev|Add|Corr|Amend)/g, ''))

export const symbolText = ({ stem, suffixes, year, reissues }: DocumentSymbol): string =>
  `${[stem, ...suffixes.map(({ kind, number }) => `${kind}.${number}`)].join('/')}${year === null ? '' : ` (${year})`}${'*'.repeat(reissues)}`

/** As a text of this kind bears it: a correction is known by its end. */
export function readSymbolOf(source: string, kind?: VersionKind): SymbolRead {
  const read = readSymbol(source)
  const isCorrected = !read.ok || kind !== 'correction' || read.symbol.suffixes.at(-1)?.kind === 'Corr' || read.symbol.reissues > 0
  return isCorrected ? read : { ok: false, fault: 'correction' }
}

/** The sentence for a field, or null where the symbol is one. */
export function symbolRefusal(source: string, kind?: VersionKind): string | null {
  const read = readSymbolOf(source, kind)
  return read.ok ? null : symbolSentences[read.fault]
}

/** Of the next correction of what bears `source`: A/C.3/81/L.12/Rev.1 becomes A/C.3/81/L.12/Rev.1/Corr.1, and that Corr.2. Empty where there is none to go by. */
export function nextCorrection(source: string): string {
  const read = readSymbol(source)
  if (!read.ok) return ''
  const last = read.symbol.suffixes.at(-1)
  const [before, number] = last?.kind === 'Corr' ? [read.symbol.suffixes.slice(0, -1), last.number + 1] : [read.symbol.suffixes, 1]
  return symbolText({ ...read.symbol, suffixes: [...before, { kind: 'Corr', number }], reissues: 0 })
}

/** The symbol of a revision of what bears `source`: A/C.3/81/L.12 becomes A/C.3/81/L.12/Rev.1. Empty where there is none to go by. */
export function revisedSymbol(source: string, revision: number): string {
  const read = readSymbol(source)
  if (!read.ok) return ''
  return symbolText({ ...read.symbol, suffixes: [{ kind: 'Rev', number: revision }], reissues: 0 })
}
