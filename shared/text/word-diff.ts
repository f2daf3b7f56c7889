/** What makes one text of another, word by word: the fewest words struck and put in (Myers, 1986). Pure. */
import type { EditPart } from './alike.ts'

export type WordPart = EditPart & { readonly kind: 'kept' | 'struck' | 'new' }

/**
 * Changes so many that finding the fewest of them would take long, and showing them would help nobody: then what differs
 * is struck and written anew as a whole.
 */
const changesMax = 400

/** A word with what holds it together, a sign of a script that does not set words apart, a stretch of blanks, any other sign. */
const token = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}]|[\p{L}\p{M}\p{N}]+(?:[-'’‐‑][\p{L}\p{M}\p{N}]+)*|\s+|[^]/gu

export function wordDiff(before: string, after: string): WordPart[] {
  if (before === after) return before === '' ? [] : [{ kind: 'kept', words: before }]
  const [old, next] = [before.match(token) ?? [], after.match(token) ?? []]
  let start = 0
  while (start < old.length && start < next.length && old[start] === next[start]) start++
  let end = 0
  while (end < old.length - start && end < next.length - start && old.at(-1 - end) === next.at(-1 - end)) end++
  const [gone, come] = [old.slice(start, old.length - end), next.slice(start, next.length - end)]
  const steps: Step[] = [
    ...old.slice(0, start).map((words): Step => ({ kind: 'kept', words })),
    ...between(gone, come),
    ...old.slice(old.length - end).map((words): Step => ({ kind: 'kept', words })),
  ]
  return inRuns(steps)
}

type Step = WordPart

function between(old: readonly string[], next: readonly string[]): Step[] {
  const wholly = (): Step[] => [...old.map((words): Step => ({ kind: 'struck', words })), ...next.map((words): Step => ({ kind: 'new', words }))]
  if (old.length === 0 || next.length === 0) return wholly()
  const trace = reached(old, next)
  return trace === null ? wholly() : walkedBack(old, next, trace)
}

/** For each number of changes, how far along each diagonal one gets; null beyond `changesMax`. */
function reached(old: readonly string[], next: readonly string[]): Int32Array[] | null {
  const most = Math.min(old.length + next.length, changesMax)
  const furthest = new Int32Array(2 * most + 3)
  const middle = most + 1
  const trace: Int32Array[] = []
  for (let changes = 0; changes <= most; changes++) {
    trace.push(furthest.slice(middle - changes - 1, middle + changes + 2))
    for (let diagonal = -changes; diagonal <= changes; diagonal += 2) {
      const isDown = diagonal === -changes || (diagonal !== changes && furthest[middle + diagonal - 1]! < furthest[middle + diagonal + 1]!)
      let at = isDown ? furthest[middle + diagonal + 1]! : furthest[middle + diagonal - 1]! + 1
      while (at < old.length && at - diagonal < next.length && old[at] === next[at - diagonal]) at++
      furthest[middle + diagonal] = at
      if (at >= old.length && at - diagonal >= next.length) return trace
    }
  }
  return null
}

function walkedBack(old: readonly string[], next: readonly string[], trace: readonly Int32Array[]): Step[] {
  const steps: Step[] = []
  let [x, y] = [old.length, next.length]
  for (let changes = trace.length - 1; changes >= 0; changes--) {
    const known = trace[changes]!
    const at = (diagonal: number): number => known[diagonal + changes + 1]!
    const diagonal = x - y
    const from = diagonal === -changes || (diagonal !== changes && at(diagonal - 1) < at(diagonal + 1)) ? diagonal + 1 : diagonal - 1
    const toX = at(from)
    const toY = toX - from
    for (; x > toX && y > toY; x--, y--) steps.push({ kind: 'kept', words: old[x - 1]! })
    if (changes > 0) steps.push(x === toX ? { kind: 'new', words: next[y - 1]! } : { kind: 'struck', words: old[x - 1]! })
    x = toX
    y = toY
  }
  return steps.reverse()
}

/** As long as they can be, what is struck before what is new; blanks alone between two changes are changed with them. */
function inRuns(steps: readonly Step[]): WordPart[] {
  const parts: WordPart[] = []
  let [struck, fresh, blanks] = ['', '', '']
  const close = (): void => {
    if (struck !== '') parts.push({ kind: 'struck', words: struck })
    if (fresh !== '') parts.push({ kind: 'new', words: fresh })
    struck = fresh = ''
    if (blanks !== '') keep(blanks)
    blanks = ''
  }
  const keep = (words: string): void => {
    const last = parts.at(-1)
    if (last?.kind === 'kept') parts[parts.length - 1] = { kind: 'kept', words: last.words + words }
    else parts.push({ kind: 'kept', words })
  }
  for (const { kind, words } of steps) {
    const isOpen = struck !== '' || fresh !== ''
    if (kind === 'kept' && isOpen && /^\s+$/.test(words)) blanks += words
    else if (kind === 'kept') {
      close()
      keep(words)
    } else {
      struck += blanks + (kind === 'struck' ? words : '')
      fresh += blanks + (kind === 'new' ? words : '')
      blanks = ''
    }
  }
  close()
  return parts
}
