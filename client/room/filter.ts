/** Which published proposals are on the page: in the text, among the cards, and in what is decided together. */
import { isUndecided } from '../../shared/policy/types.ts'
import type { AmendmentStatus } from '../../shared/policy/types.ts'
import type { Themes } from '../../shared/record/themes.ts'
import { speaksTo } from './themes.ts'
import type { PublishedCard } from './view.ts'

export const statusFilters = ['undecided', 'open', 'bracketed', 'held', 'incorporated', 'merged', 'not-reflected', 'withdrawn', 'all'] as const
export type StatusFilter = (typeof statusFilters)[number]

export interface Filter {
  /** Proposed or sponsored by it; null for all. */
  readonly delegation: string | null
  readonly status: StatusFilter
  /** On this paragraph, or a new one after it; null for all. */
  readonly unit: string | null
  /** Speaking to this theme; null for all. */
  readonly theme: number | null
  /** Taken off the page one by one. */
  readonly hidden: ReadonlySet<string>
}

export const everything: Filter = { delegation: null, status: 'undecided', unit: null, theme: null, hidden: new Set() }

const hasStatus = (filter: StatusFilter, status: AmendmentStatus): boolean =>
  filter === 'all' || (filter === 'undecided' ? isUndecided(status) : filter === status)

/** Hidden ones pass: they have a card, from which they come back. */
export function passes({ delegation, status, unit, theme }: Filter, card: PublishedCard, themes: Themes): boolean {
  const { state } = card
  const isTheirs = delegation === null || state.proposer === delegation || state.sponsors.some((sponsor) => sponsor.delegation === delegation)
  return isTheirs && hasStatus(status, state.status) && (unit === null || card.unit?.id === unit) && (theme === null || speaksTo(themes, card, theme))
}

export const isNarrow = (filter: Filter): boolean => filter.delegation !== null || filter.status !== 'undecided' || filter.unit !== null || filter.theme !== null || filter.hidden.size > 0

export function toggled(filter: Filter, amendment: string): Filter {
  const hidden = new Set(filter.hidden)
  if (!hidden.delete(amendment)) hidden.add(amendment)
  return { ...filter, hidden }
}
