/**
 * Another view of a long text comes to the paragraphs on the screen at once, and to those further off a few at a time,
 * frame by frame: laying out three hundred paragraphs takes a browser longer than a reader should wait to see one.
 * Meanwhile the projection is what the page shows, the old view's paragraphs among the new ones, so that whatever is
 * typed is typed into what is seen.
 */
import type { Projection, ShownBlock } from './projection.ts'

/** Paragraphs that come to the new view in one frame, above the screen and below it. */
const paragraphsPerFrame = 30

/** Of the old view's paragraphs, by index, those that come to the new one. */
export interface Stretch {
  readonly first: number
  readonly last: number
}

/** `after` in the stretch and `before` around it; just `after` where nothing is left around it, or nothing to be seen by. */
export function midway(before: Projection, after: Projection, { first, last }: Stretch): Projection {
  if (first <= 0 && last >= before.blocks.length - 1) return after
  const keys = new Set(before.blocks.slice(Math.max(0, first), last + 1).map(({ key }) => key))
  const indexes = after.blocks.flatMap(({ key }, index) => (keys.has(key) ? [index] : []))
  if (indexes.length === 0) return after
  const middle = after.blocks.slice(first <= 0 ? 0 : indexes[0], last >= before.blocks.length - 1 ? undefined : indexes.at(-1)! + 1)
  const arrived = new Set(middle.map(({ key }) => key))
  const waiting = ({ key }: ShownBlock): boolean => !arrived.has(key)
  const blocks = [...before.blocks.slice(0, Math.max(0, first)).filter(waiting), ...middle, ...before.blocks.slice(last + 1).filter(waiting)]
  return { ...after, blocks, byKey: new Map(blocks.map((block) => [block.key, block])) }
}

/** Shows `after` bit by bit, beginning with what is `seen`, the last time all of it. Returns what leaves it where it is. */
export function arrive(before: Projection, after: Projection, seen: Stretch, show: (now: Projection) => void): () => void {
  let { first, last } = seen
  let frame = 0
  let task: ReturnType<typeof setTimeout> | undefined
  const step = (): void => {
    const now = midway(before, after, { first, last })
    first -= paragraphsPerFrame
    last += paragraphsPerFrame
    // After the frame has been painted, or, in a page that paints none, at once.
    if (now !== after) frame = requestAnimationFrame(() => { task = setTimeout(step, 0) })
    show(now)
  }
  step()
  return () => {
    cancelAnimationFrame(frame)
    clearTimeout(task)
  }
}

/** The paragraphs on the screen, and as many again to either side; all of them in a page that is not painted. */
export function seenIn(paragraphs: readonly Element[]): Stretch {
  const all = { first: 0, last: paragraphs.length - 1 }
  if (document.hidden) return all
  const near = paragraphs.flatMap((paragraph, index) => {
    const { top, bottom } = paragraph.getBoundingClientRect()
    return bottom > -window.innerHeight / 2 && top < window.innerHeight * 2 ? [index] : []
  })
  return near.length === 0 ? all : { first: near[0]!, last: near.at(-1)! }
}
