/**
 * Numbers are derived from kind and order, never stored (rules of the UN Editorial Manual: operative paragraphs are
 * numbered through the whole resolution, sections do not interrupt them, an annex begins again, a single operative
 * paragraph bears no number, preambular paragraphs bear none and are called PP1, PP2 in the room).
 */
import type { UnitKind } from './value.ts'
import { lettersOf, lettersValue, romanOf, romanValue, suffixPattern } from './numerals.ts'

export { alternativeNumber, insertedNumber, latinOrdinal } from './numerals.ts'

/** What numbering needs to know of a unit; a `UnitValue` is one. */
export interface Numbered {
  readonly kind: UnitKind
  readonly children: readonly Numbered[]
  readonly label?: string
  /** Only an annex's are read: they name the numbers beneath it. */
  readonly words?: string
}

export interface UnitNumber {
  /** What the room calls it: PP3, OP5, OP5(a)(i), Annex para 2. Empty for what is not numbered. */
  readonly number: string
  /** What stands before its words on the page: '5.', '(a)', 'a)', a label, or ''. */
  readonly printed: string
  /** What `printed` would be without the label. */
  readonly derived: string
}

interface Part {
  /** Empty for the resolution itself. */
  readonly name: string
  /** OP in a resolution, 'para ' in an annex that no organ speaks in: what it declares is not operative. */
  readonly opName: string
  readonly opCount: number
  pp: number
  op: number
}

interface Walk {
  readonly numbers: Map<Numbered, UnitNumber>
  readonly halfBracket: boolean
  readonly parts: readonly Part[]
  at: number
}

const halfBracketLanguages = new Set(['fr', 'es', 'ru'])

/** Numbers every unit of a tree. `language` decides between (a) and a). Linear in the number of units. */
export function numberUnits(units: readonly Numbered[], language = 'en'): Map<Numbered, UnitNumber> {
  const walk: Walk = {
    numbers: new Map(),
    halfBracket: halfBracketLanguages.has(language),
    parts: partsOf(units),
    at: 0,
  }
  numberSiblings(walk, units, '', 0)
  return walk.numbers
}

/** A new part begins at an annex, and at a second organ line: 75/101 A and B are two sentences under one number. */
export function beginsPart(unit: Pick<Numbered, 'kind'>, seenOrgan: boolean): boolean {
  return unit.kind === 'annex' || (unit.kind === 'organ' && seenOrgan)
}

function partsOf(units: readonly Numbered[]): Part[] {
  const parts = [{ name: '', opName: 'OP', opCount: 0, pp: 0, op: 0 }]
  let seenOrgan = false
  const count = (unit: Numbered): void => {
    if (unit.kind === 'op') parts.at(-1)!.opCount++
    unit.children.forEach(count)
  }
  for (const unit of units) {
    if (beginsPart(unit, seenOrgan)) {
      const annex = unit.kind === 'annex'
      const name = annex ? annexName(unit.words ?? '') : `Part ${parts.length + 1}`
      parts.push({ name: `${name} `, opName: annex ? 'para ' : 'OP', opCount: 0, pp: 0, op: 0 })
      seenOrgan = false
    }
    if (unit.kind === 'organ') {
      seenOrgan = true
      parts.at(-1)!.opName = 'OP'
    }
    count(unit)
  }
  return parts
}

function annexName(words: string): string {
  return /^\s*(\S{1,20}(?:\s(?:[IVXLC]{1,7}|[A-Z]|\d{1,3})(?![\p{L}\d]))?)/u.exec(words)?.[1] ?? 'Annex'
}

function numberSiblings(walk: Walk, units: readonly Numbered[], above: string, depth: number): void {
  let sub = 0
  let seenOrgan = false
  for (const unit of units) {
    if (depth === 0 && beginsPart(unit, seenOrgan)) {
      walk.at++
      seenOrgan = false
    }
    if (unit.kind === 'organ') seenOrgan = true
    const part = walk.parts[Math.min(walk.at, walk.parts.length - 1)]!
    let own: string
    if (unit.kind === 'sub') {
      sub = numberSub(walk, unit, above, depth, sub)
      own = walk.numbers.get(unit)!.number
    } else {
      sub = 0
      own = numberParagraph(walk, unit, part)
    }
    numberSiblings(walk, unit.children, own, unit.kind === 'sub' ? depth + 1 : 1)
  }
}

function numberParagraph(walk: Walk, unit: Numbered, part: Part): string {
  const { kind, label } = unit
  if (kind !== 'pp' && kind !== 'op') {
    walk.numbers.set(unit, { number: '', printed: label ?? '', derived: '' })
    return ''
  }
  const reading = readLabel(label ?? '')
  const next = part[kind] + 1
  part[kind] = reading?.value ?? next
  const derived = kind === 'op' && part.opCount > 1 ? `${next}.` : ''
  const number = `${part.name}${kind === 'pp' ? 'PP' : part.opName}${part[kind]}${reading?.suffix ? ` ${reading.suffix}` : ''}`
  walk.numbers.set(unit, { number, printed: label ?? derived, derived })
  return number
}

/** '12 bis.' -> 12 and bis; 'PP3' -> 3. Null for a label without a figure, such as a bullet. */
function readLabel(label: string): { readonly value: number, readonly suffix: string } | null {
  const found = new RegExp(`^(?:PP|OP)?\\s?(\\d{1,4})[.)]?\\s?(${suffixPattern})?`, 'i').exec(label)
  if (found === null) return null
  return { value: Number(found[1]), suffix: (found[2] ?? '').toLowerCase().replace(/[.\s]/g, '') }
}

/** Depth 1 (a), 2 (i), 3 a., 4 i., then again (Editorial Manual, sub-paragraphs); a) and i) in French, Spanish, Russian. */
function numberSub(walk: Walk, unit: Numbered, above: string, depth: number, before: number): number {
  const level = Math.max(1, depth) - 1
  const { label } = unit
  const roman = level % 2 === 1
  const typed = /^\(?([a-z]{1,6})[).]?(\s?bis|\s?ter|\s?quater)?\)?$/.exec(label ?? '')
  const typedValue = typed === null ? 0 : roman ? romanValue(typed[1]!) : lettersValue(typed[1]!)
  const index = typedValue > 0 ? typedValue : before + 1
  const letters = roman ? romanOf(before + 1) : lettersOf(before + 1)
  const derived = level % 4 > 1 ? `${letters}.` : walk.halfBracket ? `${letters})` : `(${letters})`
  const name = label === undefined ? `(${letters})` : subName(label, index)
  walk.numbers.set(unit, { number: above + name, printed: label ?? derived, derived })
  return index
}

function subName(label: string, index: number): string {
  const plain = label.replace(/[().\s]/g, '')
  return /[\p{L}\d]/u.test(plain) ? `(${plain})` : ` ${label}${index}`
}
