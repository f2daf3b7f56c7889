/** What waits for the legal officer: in the order of the text, the same edit of several delegations as one item. Pure. */
import type { FlagKind } from '../../shared/policy/types.ts'
import type { Stands } from '../../shared/record/stands.ts'
import { editOf } from '../../shared/text/alike.ts'
import type { Command } from '../../shared/wire/commands.ts'
import { isUnreviewed } from './overview.ts'
import { digestOfView, isOpen } from './view.ts'
import type { PublishedCard, RoomView } from './view.ts'

export interface ReviewItem {
  /** What they all would do. */
  readonly edit: string
  /** At least one. */
  readonly cards: readonly PublishedCard[]
  /** Those of them that were not reviewed on their present wording. */
  readonly waiting: readonly PublishedCard[]
}

export interface ReviewGroup {
  /** Null for what stands before the first paragraph, or whose paragraph is gone. */
  readonly unit: PublishedCard['unit']
  readonly items: readonly ReviewItem[]
}

/** Every open proposal but editorial corrections, which are the officer's own. */
export function reviewItems(view: RoomView, stands: Stands): ReviewItem[] {
  const items = new Map<string, PublishedCard[]>()
  for (const card of view.published) {
    if (!isOpen(card.state) || card.state.editorial) continue
    const edit = editOf(card.amendment, card.unit?.atoms ?? null, card.placed)
    const known = items.get(edit)
    if (known === undefined) items.set(edit, [card])
    else known.push(card)
  }
  return [...items].map(([edit, cards]) => ({ edit, cards, waiting: cards.filter((card) => isUnreviewed(card, stands)) }))
}

export function byParagraph(items: readonly ReviewItem[]): ReviewGroup[] {
  const groups: { unit: PublishedCard['unit']; items: ReviewItem[] }[] = []
  for (const item of items) {
    const { unit } = item.cards[0]!
    const last = groups.at(-1)
    if (last !== undefined && last.unit?.id === unit?.id) last.items.push(item)
    else groups.push({ unit, items: [item] })
  }
  return groups
}

/** One review for all of an item that wait, or for the whole of it when none does any more. */
export function reviewOf(item: ReviewItem, verdict: 'cleared' | 'flagged', note: string, flag?: FlagKind): Command {
  const [first, ...alike] = (item.waiting.length === 0 ? item.cards : item.waiting).map((card) => ({ amendment: card.id, digest: digestOfView(card.amendment) }))
  return { command: 'review', ...first!, alike, verdict, note, ...(flag === undefined ? {} : { flag }) }
}
