/** The room view: one paragraph before everybody's eyes, what is proposed on it, and closing it in one decision. */
import { addCuts, addHunk, beginAmendment, dropAmendment, insertionAnchor, readAmendments } from '../../shared/model/amendments.ts'
import { placeIn } from '../../shared/model/operations.ts'
import { ownAmendment } from '../../shared/text/edit.ts'
import { readAmendmentState } from '../../shared/model/state.ts'
import { digestOfAmendment, digestOfUnit } from '../../shared/lifecycle/digests.ts'
import type { RoomSession } from './session.ts'
import { emptySettlement, seenOf } from './settling.ts'
import type { Settle } from './settling.ts'
import { isOpen } from './view.ts'
import type { PublishedCard, RoomView } from './view.ts'

/** What the chair's table has chosen on the paragraph that is shown. */
export interface Choice {
  /** Proposals to be written into the text as they are. */
  readonly taken: ReadonlySet<string>
  /** Proposals that the text on screen reflects: credited with it. */
  readonly merged: ReadonlySet<string>
  /** What becomes of the rest. */
  readonly rest: 'bracket' | 'decline'
}

export const nothingChosen: Choice = { taken: new Set(), merged: new Set(), rest: 'decline' }

/** What would change a paragraph and is undecided, but for the text on screen. New paragraphs after it change no word of it. */
export const proposalsOn = (view: RoomView, unit: string, screenText: string | null): PublishedCard[] =>
  view.published.filter((card) => isOpen(card.state) && card.id !== screenText && card.ends.includes(unit))

/** Paragraphs with something to decide, in the order of the text. */
export function contested(view: RoomView): string[] {
  const open = new Set(view.published.filter((card) => card.state.status === 'open').flatMap((card) => card.ends))
  return view.text.units.filter((unit) => open.has(unit.id)).map((unit) => unit.id)
}

/** The next contested paragraph behind this one, or before it, going round; where none is, the neighbour in the text. */
export function neighbour(view: RoomView, unit: string | null, step: 1 | -1): string | null {
  const order = view.text.units.map(({ id }) => id)
  const wanted = contested(view).filter((id) => id !== unit)
  const among = wanted.length > 0 ? new Set(wanted) : new Set(order)
  const at = order.indexOf(unit ?? '')
  for (let tried = 1; tried <= order.length; tried++) {
    const id = order[(((at + step * tried) % order.length) + order.length) % order.length]!
    if (among.has(id)) return id
  }
  return null
}

export const toggledIn = (set: ReadonlySet<string>, id: string): ReadonlySet<string> => {
  const next = new Set(set)
  if (!next.delete(id)) next.add(id)
  return next
}

/** Closes a paragraph: what is shown is written, the rest bracketed or not reflected, the paragraph agreed ad ref. */
export function closing(view: RoomView, unit: string, screenText: PublishedCard | null, { taken, merged, rest }: Choice): Settle | null {
  const shown = view.text.byId.get(unit)
  if (shown === undefined) return null
  const cards = proposalsOn(view, unit, screenText?.id ?? null)
  const reflected = screenText === null ? [] : cards.filter((card) => merged.has(card.id))
  const written = cards.filter((card) => taken.has(card.id) && !reflected.includes(card))
  const left = cards.filter((card) => card.state.status === 'open' && !written.includes(card) && !reflected.includes(card))
  return {
    ...emptySettlement,
    unit: { unit, digest: digestOfUnit(shown) },
    incorporate: [...(screenText === null ? [] : [screenText]), ...written].map(seenOf),
    merge: reflected.map(seenOf),
    [rest]: left.map(seenOf),
    agree: true,
  }
}

/**
 * What was recorded for a delegation is that delegation's: its copy leaves the text on screen, so that what is typed next is
 * the table's own again. A copy in which somebody has gone on typing meanwhile stays, and is shown.
 */
export function leaveRecorded({ shared, side, origin, hat }: Pick<RoomSession, 'shared' | 'side' | 'origin' | 'hat'>): void {
  if (side === null) return
  for (const copy of readAmendments(side)) {
    const state = copy.dropped ? null : readAmendmentState(shared, copy.id)
    if (state !== null && state.proposer !== hat.delegation && state.digest === digestOfAmendment(copy)) dropAmendment(side, copy.id, true, origin)
  }
}

/** Takes the words and cuts of proposals into the text on screen, where they are edited; they are credited when it is closed. */
export function mergeInto(session: Pick<RoomSession, 'shared' | 'side' | 'origin'>, unit: string, cards: readonly PublishedCard[]): void {
  const { shared, side, origin } = session
  if (side === null) return
  side.transact(() => {
    const id = ownAmendment(side, shared, unit) ?? beginAmendment(side, { kind: 'modify', target: unit }, origin)
    for (const { standing } of cards) {
      for (const { unit: ground, placed } of standing) {
        for (const cut of placed.cuts) addCuts(side, id, shared, ground, cut.from, cut.to, origin)
        for (const hunk of placed.hunks) {
          const place = placeIn(ground, hunk.at)
          const anchor = place === null ? null : insertionAnchor(shared, place)
          if (anchor !== null) addHunk(side, id, anchor, hunk.words, origin)
        }
      }
    }
  }, origin)
}
