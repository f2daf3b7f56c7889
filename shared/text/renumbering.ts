/**
 * The numbers that paragraphs would bear if some came, went or were put elsewhere, and how an instruction says that those
 * of others change. Pure.
 */
import type { Placement } from '../model/operations.ts'
import { numberUnits } from '../model/numbering.ts'
import type { DraftView } from '../model/units.ts'
import type { UnitKind } from '../model/value.ts'

interface Line {
  readonly id: string
  kind: UnitKind
  readonly words: string
  readonly label?: string
  parent: string | null
  children: Line[]
}

/** A draft's paragraphs without their words, to be rearranged; each function below changes the outline it is given. */
export interface Outline {
  readonly top: Line[]
  readonly lines: Map<string, Line>
}

export function outlineOf(view: DraftView): Outline {
  const outline: Outline = { top: [], lines: new Map() }
  for (const { id, kind, words, label, parent } of view.units) {
    const line: Line = { id, kind, words, parent, children: [], ...(label === null ? {} : { label }) }
    outline.lines.set(id, line)
    siblings(outline, parent).push(line)
  }
  return outline
}

const siblings = (outline: Outline, parent: string | null): Line[] => (parent === null ? outline.top : (outline.lines.get(parent)?.children ?? outline.top))

/** A new paragraph, or one that is there, at a place; after the first, or the last, where what it is to follow is not there. */
export function put(outline: Outline, id: string, kind: UnitKind, { parent, after }: Placement): void {
  const line = outline.lines.get(id) ?? { id, kind, words: '', parent, children: [] }
  take(outline, line)
  const beside = siblings(outline, parent)
  beside.splice(after === null ? 0 : beside.findIndex((one) => one.id === after) + 1, 0, line)
  line.parent = parent
  line.kind = kind
  outline.lines.set(id, line)
}

function take(outline: Outline, line: Line): void {
  const beside = siblings(outline, line.parent)
  const index = beside.indexOf(line)
  if (index !== -1) beside.splice(index, 1)
}

/** The second becomes part of the first: what it has beneath it takes its place there, or comes behind what the first has. */
export function merge(outline: Outline, first: string, second: string): void {
  const [into, from] = [outline.lines.get(first), outline.lines.get(second)]
  if (into === undefined || from === undefined) return
  const at = into.children.indexOf(from)
  take(outline, from)
  into.children.splice(at === -1 ? into.children.length : at, 0, ...from.children)
  for (const child of from.children) child.parent = first
  outline.lines.delete(second)
}

/** A second half behind the first, with what was beneath it. */
export function divide(outline: Outline, first: string, second: string, kind: UnitKind): void {
  const line = outline.lines.get(first)
  if (line === undefined) return
  put(outline, second, kind, { parent: line.parent, after: first })
  const half = outline.lines.get(second)!
  half.children = line.children
  for (const child of half.children) child.parent = second
  line.children = []
}

/** The ids in the order of the page. */
export const orderOf = ({ top }: Outline): string[] => {
  const below = (line: Line): string[] => [line.id, ...line.children.flatMap(below)]
  return top.flatMap(below)
}

/** What stands before the words of each, by its id. */
export function numbersIn(outline: Outline): ReadonlyMap<string, string> {
  const numbers = numberUnits(outline.top)
  return new Map([...outline.lines.values()].map((line) => [line.id, numbers.get(line)?.printed ?? '']))
}

/**
 * ", and renumber the remaining paragraphs accordingly", or '' where those that are there before and after keep their
 * numbers. `which`: how the paragraphs are called, " remaining" or ''.
 */
export function renumbered(before: ReadonlyMap<string, string>, outline: Outline, which: ' remaining' | ''): string {
  const after = numbersIn(outline)
  const changed = [...before].filter(([id, printed]) => after.has(id) && after.get(id) !== printed)
  if (changed.length === 0) return ''
  const isSub = ([id]: readonly [string, string]): boolean => outline.lines.get(id)?.kind === 'sub'
  const paragraphs = changed.filter((one) => !isSub(one))
  const nouns = [...(paragraphs.length > 0 ? ['paragraphs'] : []), ...(paragraphs.length < changed.length ? ['subparagraphs'] : [])].join(' and ')
  if (paragraphs.length > 0 && paragraphs.every(([, printed]) => printed === '')) return `, and number the ${nouns} accordingly`
  return `, and renumber the${which} ${nouns} accordingly`
}
