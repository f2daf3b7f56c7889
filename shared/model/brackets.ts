/** Square brackets in the base: what a decision put in them, by whom, and where that is now. */
import type * as Y from 'yjs'
import { stateOf } from './layout.ts'
import type { Anchor } from './layout.ts'
import { isAnchor, resolveAnchor } from './texts.ts'
import type { TextScan } from './texts.ts'
import type { BracketView, Segment } from './units.ts'

/** `state` holds it under `bracket:<amendment>`. A placeholder's are round the whole of `unit`, whatever its words are. */
export interface BracketState {
  readonly by: readonly string[]
  readonly ranges: readonly (readonly [Anchor, Anchor])[]
  readonly unit: string
  readonly placeholder: boolean
  readonly atMs: number
}

const topic = 'bracket:'

export const stateOfBracket = (bracket: string): string => `${topic}${bracket}`

const isRange = (value: unknown): boolean => Array.isArray(value) && value.length === 2 && value.every(isAnchor)

function isBracketState(value: unknown): value is BracketState {
  if (typeof value !== 'object' || value === null || !('by' in value) || !('ranges' in value) || !('unit' in value)) return false
  const { by, ranges } = value
  return Array.isArray(by) && by.every((one) => typeof one === 'string') && Array.isArray(ranges) && ranges.every(isRange)
}

export function readBracket(doc: Y.Doc, bracket: string): BracketState | null {
  const value: unknown = stateOf(doc).get(stateOfBracket(bracket))
  return isBracketState(value) ? value : null
}

/** Takes off the brackets of a place that was kept: its words are from then on a paragraph like any other. */
export function liftPlaceholder(doc: Y.Doc, unit: string): void {
  for (const [key, value] of [...stateOf(doc).entries()]) {
    if (key.startsWith(topic) && isBracketState(value) && value.placeholder && value.unit === unit) stateOf(doc).delete(key)
  }
}

interface TextSpan {
  readonly id: string
  readonly from: number
  readonly to: number
  readonly opensBefore: boolean
  readonly closesBehind: boolean
}

/** The brackets of a draft, ready to be laid over its blocks. */
export interface Brackets {
  readonly states: ReadonlyMap<string, BracketState>
  readonly spans: ReadonlyMap<Y.Text, readonly TextSpan[]>
}

export function readBrackets(doc: Y.Doc, scans: (text: Y.Text) => TextScan): Brackets {
  const states = new Map<string, BracketState>()
  const spans = new Map<Y.Text, TextSpan[]>()
  for (const [key, value] of stateOf(doc).entries()) {
    if (!key.startsWith(topic) || !isBracketState(value)) continue
    const id = key.slice(topic.length)
    states.set(id, value)
    for (const [first, last] of value.ranges) {
      const from = resolveAnchor(doc, first, scans)
      const to = resolveAnchor(doc, last, scans)
      if (from === null || to === null || from.text !== to.text || to.at <= from.at) continue
      const list = spans.get(from.text)
      const span = { id, from: from.at, to: to.at, opensBefore: from.touched, closesBehind: false }
      if (list === undefined) spans.set(from.text, [span])
      else list.push(span)
    }
  }
  return { states, spans }
}

/**
 * Those of one block, in the order in which they open. A bracket of which no word is left is not there; with `isUnseenToo`
 * it is, where it goes on in a paragraph behind, so that words which are put at the end of this one come within it.
 */
export function bracketsOf(brackets: Brackets, unit: string, segments: readonly Segment[], texts: Y.Map<Y.Text>, isUnseenToo = false): BracketView[] {
  if (brackets.states.size === 0) return []
  const found: BracketView[] = []
  let start = 0
  for (const part of segments) {
    const text = texts.get(part.text)
    for (const span of text === undefined ? [] : (brackets.spans.get(text) ?? [])) {
      const from = start + Math.max(span.from, part.from) - part.from
      const to = start + Math.min(span.to, part.to) - part.from
      const [opensBefore, closesBehind] = [span.opensBefore || span.from < part.from, span.to > part.to]
      // At a seam words are put at the end of the text before it.
      const isUnseen = isUnseenToo && to === from && opensBefore && closesBehind && (from > start || part === segments[0])
      if (to > from || isUnseen) add(found, brackets, { id: span.id, from, to, opensBefore, closesBehind })
    }
    start += part.to - part.from
  }
  for (const [id, state] of brackets.states) if (state.placeholder && state.unit === unit) add(found, brackets, { id, from: 0, to: start, opensBefore: false, closesBehind: false })
  return found.sort((left, right) => left.from - right.from || right.to - left.to || (left.id < right.id ? -1 : 1))
}

/** What goes on at a seam between two texts is one bracket. */
function add(found: BracketView[], { states }: Brackets, span: TextSpan): void {
  const { id, from, to, closesBehind } = span
  const at = found.findIndex((other) => other.id === id && other.to === from)
  const first = found[at]
  const opensBefore = first === undefined ? span.opensBefore : first.opensBefore === true
  const { by, placeholder } = states.get(id)!
  const view: BracketView = { id, from: first?.from ?? from, to, by, placeholder, ...(opensBefore ? { opensBefore } : {}), ...(closesBehind ? { closesBehind } : {}) }
  if (first === undefined) found.push(view)
  else found[at] = view
}
