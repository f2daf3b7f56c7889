/**
 * Composition. From its start the view keeps the paragraph to itself; each update is written to the documents as a
 * difference against the paragraph as it was at the start, through the identity of its characters, so that what others
 * write there meanwhile is neither disturbed nor shown until the end.
 */
import { applyEdit, refusalFor } from './desk.ts'
import type { Desk } from './desk.ts'
import { differenceOf } from './difference.ts'
import { characterAt, offsetBehind } from './places.ts'
import type { Character, Place } from './places.ts'
import type { ShownBlock } from './projection.ts'
import type { ErrorCode } from '../../shared/wire/errors.ts'

/** A paragraph that the view keeps to itself. */
export interface Frozen {
  readonly key: string
  /** As it was at the start, with who each character is. */
  words: string
  ids: readonly (Character | null)[]
  /** What of it has been replaced so far, and by which characters. */
  range: { from: number; to: number } | null
  typed: readonly Character[]
  /** As the view shows it now. */
  shown: string
  refused: ErrorCode | null
  readonly end: () => void
}

export function freeze(desk: Desk, block: ShownBlock): Frozen {
  const ids = Array.from({ length: block.words.length }, (_, index) => characterAt(desk.docs, block, index))
  return { key: block.key, words: block.words, ids, range: null, typed: [], shown: block.words, refused: refusalFor(desk, block), end: desk.host.history.begin() }
}

/** Who each character is that the view shows. */
function shownIds(frozen: Frozen): (Character | null)[] {
  const { range, ids, typed } = frozen
  return range === null ? [...ids] : [...ids.slice(0, range.from), ...typed, ...ids.slice(range.to)]
}

/** A further composition in the same paragraph, before it has thawed: its start is what is shown now. */
export function goOn(frozen: Frozen): void {
  // The browser may begin again once it has deleted a selection: what is typed then still stands for that.
  if (frozen.typed.length === 0) return
  frozen.ids = shownIds(frozen)
  frozen.words = frozen.shown
  frozen.range = null
  frozen.typed = []
}

/** A place of the frozen paragraph by its characters. */
export const placeIn = (frozen: Frozen, offset: number): Place => ({ key: frozen.key, behind: offset <= 0 ? null : (shownIds(frozen)[offset - 1] ?? null) })

/** Whether an offset is in, or beside, the words that are being composed. */
export const isBeside = (frozen: Frozen, offset: number): boolean =>
  frozen.range === null || (offset >= frozen.range.from && offset <= frozen.range.from + frozen.shown.length - (frozen.words.length - (frozen.range.to - frozen.range.from)))

/** The view now shows `words` there, with the caret at `caret`: writes what that means. Returns why it does not. */
export function update(desk: Desk, frozen: Frozen, words: string, caret: number | null): ErrorCode | null {
  const difference = differenceOf(frozen.words, words, caret)
  const before = frozen.range
  const composed = before === null ? '' : frozen.shown.slice(before.from, frozen.shown.length - (frozen.words.length - before.to))
  frozen.shown = words
  if (difference === null && before === null) return null
  const from = Math.min(difference?.from ?? Infinity, before?.from ?? Infinity)
  const to = Math.max(difference?.to ?? 0, before?.to ?? 0)
  frozen.range = { from, to }
  if (frozen.refused !== null) return frozen.refused
  const next = words.slice(from, words.length - (frozen.words.length - to))
  // What is replaced goes last: as long as it stands, the new words have their place behind it.
  retype(desk, frozen, composed, next)
  // Characters of the start that only now fall within are deleted, and come back as typed ones where they still stand.
  erase(desk, frozen.key, before === null ? frozen.ids.slice(from, to) : [...frozen.ids.slice(from, before.from), ...frozen.ids.slice(before.to, to)])
  return null
}

const blockOf = (desk: Desk, key: string): ShownBlock | undefined => desk.project().byKey.get(key)

/** Deletes characters wherever they now are, those that stand together at one go. */
function erase(desk: Desk, key: string, characters: readonly (Character | null)[]): void {
  const block = blockOf(desk, key)
  if (block === undefined) return
  const offsets = characters.flatMap((character) => {
    const found = character === null ? null : offsetBehind(desk.docs, block, character)
    return found === null || found.gone ? [] : [found.offset]
  })
  offsets.sort((left, right) => right - left)
  for (let index = 0; index < offsets.length; ) {
    const to = offsets[index]!
    let from = to - 1
    for (index++; index < offsets.length && offsets[index] === from; index++) from--
    const now = blockOf(desk, key)
    if (now !== undefined) applyEdit(desk, now, { from, to, words: '' })
  }
}

function retype(desk: Desk, frozen: Frozen, composed: string, next: string): void {
  // What was erased of the typed words by somebody else is not counted on.
  const difference = frozen.typed.length === composed.length ? differenceOf(composed, next) : { from: 0, to: frozen.typed.length, words: next }
  if (difference === null) return
  erase(desk, frozen.key, frozen.typed.slice(difference.from, difference.to))
  const block = blockOf(desk, frozen.key)
  const at = block === undefined ? null : insertionOffset(desk, frozen, block, difference.from)
  const typed = block === undefined || at === null || difference.words === '' ? [] : applyEdit(desk, block, { from: at, to: at, words: difference.words })
  frozen.typed = [...frozen.typed.slice(0, difference.from), ...typed, ...frozen.typed.slice(difference.to)]
}

/** Behind the typed character before; where there is none, behind what is replaced, else behind what stood before. */
function insertionOffset(desk: Desk, frozen: Frozen, block: ShownBlock, index: number): number | null {
  const behind = (character: Character | null | undefined): number | null =>
    character === null || character === undefined ? null : (offsetBehind(desk.docs, block, character)?.offset ?? null)
  if (index > 0) return behind(frozen.typed[index - 1])
  const { from, to } = frozen.range!
  const following = frozen.typed[0] === undefined ? null : offsetBehind(desk.docs, block, frozen.typed[0])
  if (following !== null && !following.gone) return following.offset - 1
  if (to > from) {
    const replaced = behind(frozen.ids[to - 1])
    if (replaced !== null) return replaced
  }
  return from === 0 ? 0 : behind(frozen.ids[from - 1])
}
