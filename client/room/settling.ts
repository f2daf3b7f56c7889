/** Deciding on several proposals together: what can be chosen, why not, and the one command that it comes to. Pure. */
import { rivalsOf } from '../../shared/text/rivals.ts'
import { sentenceOf } from '../../shared/wire/errors.ts'
import type { Command } from '../../shared/wire/commands.ts'
import { factsOnPublished, judge } from './facts.ts'
import type { Standing } from './facts.ts'
import { digestOfView, isOpen } from './view.ts'
import type { PublishedCard } from './view.ts'

export const verdicts = ['incorporate', 'bracket', 'hold', 'decline'] as const
export type SettlingVerdict = (typeof verdicts)[number]

export type Settle = Extract<Command, { command: 'settle' }>

const actionOf = { incorporate: 'incorporate', bracket: 'keep-in-brackets', hold: 'hold', decline: 'not-reflected' } as const
const statusOf = { incorporate: 'incorporated', bracket: 'bracketed', hold: 'held', decline: 'not-reflected' } as const

/** Why this capacity may not decide so on this proposal; null when it may. */
export function whyNotSettle(standing: Standing, card: PublishedCard, verdict: SettlingVerdict): string | null {
  const { why } = judge(factsOnPublished(standing, card), actionOf[verdict])
  return why ?? (card.state.status === statusOf[verdict] ? sentenceOf('already-so') : null)
}

/** May this capacity decide on any of these? */
export const maySettleAny = (standing: Standing, cards: readonly PublishedCard[]): boolean =>
  cards.some((card) => isOpen(card.state) && verdicts.some((verdict) => whyNotSettle(standing, card, verdict) === null))

export const seenOf = (card: PublishedCard): { amendment: string; digest: string } => ({ amendment: card.id, digest: digestOfView(card.amendment) })

export const emptySettlement: Settle = { command: 'settle', unit: null, incorporate: [], merge: [], bracket: [], hold: [], decline: [], agree: false, note: '' }

/** In the order of the text, which is the order that the cards come in. */
export const settleAll = (cards: readonly PublishedCard[], verdict: SettlingVerdict, note: string): Settle => ({ ...emptySettlement, [verdict]: cards.map(seenOf), note })

/** Groups of rivals among these, by the ids of the proposals. */
export function rivalGroups(cards: readonly PublishedCard[]): string[][] {
  const byUnit = new Map<string, PublishedCard[]>()
  for (const card of cards) if (card.unit !== null) byUnit.set(card.unit.id, [...(byUnit.get(card.unit.id) ?? []), card])
  return [...byUnit.values()].flatMap((beside) => rivalsOf(beside.map(({ amendment, standing }) => standing[0]?.placed ?? { amendment, hunks: [], cuts: [], brackets: [], signs: [], broken: [] })))
}

/** The others of its group that are undecided; none where it has no rival. */
export function rivalsOfCard(cards: readonly PublishedCard[], card: PublishedCard): PublishedCard[] {
  const beside = (besides(cards).get(card.unit?.id ?? '') ?? []).filter((other) => other.id === card.id || isOpen(other.state))
  const group = rivalGroups(beside).find((members) => members.includes(card.id)) ?? []
  return beside.filter((other) => other.id !== card.id && group.includes(other.id))
}

const known = new WeakMap<readonly PublishedCard[], ReadonlyMap<string, readonly PublishedCard[]>>()

/** The cards beside each paragraph: many cards ask, one after the other, of the same list. */
function besides(cards: readonly PublishedCard[]): ReadonlyMap<string, readonly PublishedCard[]> {
  const before = known.get(cards)
  if (before !== undefined) return before
  const found = new Map<string, PublishedCard[]>()
  for (const card of cards) {
    if (card.unit === null) continue
    const list = found.get(card.unit.id)
    if (list === undefined) found.set(card.unit.id, [card])
    else list.push(card)
  }
  known.set(cards, found)
  return found
}
