/** Sub-paragraphs under their paragraphs, and labels where a typed number is not the one that is derived. */
import { numberUnits } from '../model/numbering.ts'
import { lettersValue, romanValue } from '../model/numerals.ts'
import type { BracketValue, NoteValue, UnitValue } from '../model/value.ts'
import { limits } from '../wire/limits.ts'
import type { Item } from './items.ts'
import { splitMarks } from './notes.ts'
import { coreOf } from './numbers.ts'

interface Node {
  readonly kind: UnitValue['kind']
  readonly words: string
  readonly notes: readonly NoteValue[]
  readonly children: Node[]
  readonly brackets?: readonly BracketValue[]
  label?: string
}

interface Level {
  readonly style: string
  index: number
  node: Node
  /** How deep the source puts it; where its number told, how deep it came to be. */
  at: number
}

/** One reading of a sub-paragraph's number: "(i)" is the ninth letter and the first roman numeral. */
interface Candidate {
  readonly style: string
  readonly index: number
}

/** A paragraph before it is nested: its words without its number, and what it was numbered as. */
export interface TreeItem {
  readonly kind: UnitValue['kind']
  readonly words: string
  readonly notes: readonly NoteValue[]
  readonly brackets?: readonly BracketValue[]
  readonly typed: string | null
  /** How deep the source itself puts it: 1 beneath a paragraph, 2 beneath that. Without it a sub-paragraph's number tells. */
  readonly level?: number
}

export function unitsOf(items: readonly Item[], noteWords: ReadonlyMap<string, string>, language: string): UnitValue[] {
  const used = new Set<string>()
  return nested(items.map(({ kind, text, typed }) => ({ kind, ...splitMarks(text, noteWords, used), typed })), language)
}

export function nested(items: readonly TreeItem[], language: string): UnitValue[] {
  const roots: Node[] = []
  let levels: Level[] = []
  let parent: Node | null = null
  let colon = false
  for (const { kind, words, notes, brackets = [], typed, level } of items) {
    const node: Node = { kind, words, notes, children: [], label: typed ?? '', ...(brackets.length === 0 ? {} : { brackets }) }
    if (level === undefined ? kind === 'sub' && parent !== null : level > 0 && roots.length > 0) {
      levels = level === undefined ? place(levels, node, typed ?? '', colon) : placeAt(levels, node, typed ?? '', level)
      const above = levels.length > 1 ? levels[levels.length - 2]!.node : (parent ?? roots.at(-1)!)
      above.children.push(node)
    } else {
      roots.push(node)
      levels = []
      parent = ['pp', 'op', 'para'].includes(kind) ? node : null
    }
    colon = /[:：]$/.test(words)
  }
  return dropDerivedLabels(roots, language)
}

/** At the level that the source gives it, or as deep as there is something to be beneath. */
function placeAt(levels: readonly Level[], node: Node, typed: string, level: number): Level[] {
  const above = levels.filter(({ at }) => at < level).slice(0, limits.nestingMax - 2)
  return [...above, { ...candidatesOf(typed)[0]!, node, at: level }]
}

/** The levels of lists that are open once this sub-paragraph has been put at its own. */
function place(levels: readonly Level[], node: Node, typed: string, colon: boolean): Level[] {
  const candidates = candidatesOf(typed)
  const opening = candidates.findLast(({ index }) => index === 1)
  const opensList = colon && opening !== undefined && levels.at(-1)?.style !== opening.style
  const deeper = (candidate: Candidate): Level[] => {
    const kept = levels.slice(0, limits.nestingMax - 2)
    return [...kept, { ...candidate, node, at: (kept.at(-1)?.at ?? 0) + 1 }]
  }
  const at = (level: number, index: number): Level[] => [...levels.slice(0, level), { ...levels[level]!, index, node }]
  if (opensList) return deeper(opening)
  for (let level = levels.length - 1; level >= 0; level--) {
    const next = candidates.find(({ style, index }) => style === levels[level]!.style && index === levels[level]!.index + 1)
    if (next !== undefined) return at(level, next.index)
  }
  const same = levels.findLastIndex(({ style }) => candidates.some((candidate) => candidate.style === style))
  if (same >= 0 && (opening === undefined || levels[same]!.style === opening.style)) {
    return at(same, candidates.find(({ style }) => style === levels[same]!.style)!.index)
  }
  return deeper(opening ?? candidates[0]!)
}

function candidatesOf(typed: string): Candidate[] {
  const core = coreOf(typed)
  const form = typed.startsWith('(') ? '()' : typed.endsWith(')') ? ')' : '.'
  if (core === '') return [{ style: typed, index: 0 }]
  if (/^\d+$/.test(core)) return [{ style: `1${form}`, index: Number(core) }]
  const candidates: Candidate[] = []
  const letter = lettersValue(core)
  const roman = romanValue(core)
  if (letter > 0 || roman === 0) candidates.push({ style: `a${form}`, index: letter })
  if (roman > 0) candidates.push({ style: `i${form}`, index: roman })
  return candidates
}

/** A label is kept only where numbering would print something else. */
function dropDerivedLabels(roots: readonly Node[], language: string): UnitValue[] {
  const numbers = numberUnits(roots, language)
  const settle = (node: Node): UnitValue => {
    const { label, ...rest } = node
    const unit = { ...rest, children: node.children.map(settle) }
    return label === undefined || label === numbers.get(node)!.derived ? unit : { ...unit, label }
  }
  return roots.map(settle)
}
