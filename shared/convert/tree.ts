/** Sub-paragraphs under their paragraphs, and labels where a typed number is not the one that is derived. */
import { numberUnits } from '../model/numbering.ts'
import { lettersValue, romanValue } from '../model/numerals.ts'
import type { NoteValue, UnitValue } from '../model/value.ts'
import { limits } from '../wire/limits.ts'
import type { Item } from './items.ts'
import { splitMarks } from './notes.ts'
import { coreOf } from './numbers.ts'

interface Node {
  readonly kind: UnitValue['kind']
  readonly words: string
  readonly notes: readonly NoteValue[]
  readonly children: Node[]
  label?: string
}

interface Level {
  readonly style: string
  index: number
  node: Node
}

/** One reading of a sub-paragraph's number: "(i)" is the ninth letter and the first roman numeral. */
interface Candidate {
  readonly style: string
  readonly index: number
}

export function unitsOf(items: readonly Item[], noteWords: ReadonlyMap<string, string>, language: string): UnitValue[] {
  const used = new Set<string>()
  const roots: Node[] = []
  let levels: Level[] = []
  let parent: Node | null = null
  let colon = false
  for (const item of items) {
    const { words, notes } = splitMarks(item.text, noteWords, used)
    const node: Node = { kind: item.kind, words, notes, children: [], label: item.typed ?? '' }
    if (item.kind === 'sub' && parent !== null) {
      levels = place(levels, node, item.typed ?? '', colon)
      const above = levels.length > 1 ? levels[levels.length - 2]!.node : parent
      above.children.push(node)
    } else {
      roots.push(node)
      levels = []
      parent = ['pp', 'op', 'para'].includes(item.kind) ? node : null
    }
    colon = /[:：]$/.test(words)
  }
  return dropDerivedLabels(roots, language)
}

/** The levels of lists that are open once this sub-paragraph has been put at its own. */
function place(levels: readonly Level[], node: Node, typed: string, colon: boolean): Level[] {
  const candidates = candidatesOf(typed)
  const opening = candidates.findLast(({ index }) => index === 1)
  const opensList = colon && opening !== undefined && levels.at(-1)?.style !== opening.style
  const deeper = (candidate: Candidate): Level[] => {
    const kept = levels.slice(0, limits.nestingMax - 2)
    return [...kept, { ...candidate, node }]
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
