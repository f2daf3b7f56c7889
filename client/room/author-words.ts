/** What is said of the author of a letter, in words. */
import { proponents } from '../../shared/text/notation.ts'
import { dayOf, message } from '../messages/index.ts'
import type { LetterAuthor } from './authors.ts'
import type { PublishedCard, RoomView } from './view.ts'

/** The delegation that words are counted for and coloured by; null where they were brought in, or nobody is known. */
export function creditedTo(view: RoomView, author: LetterAuthor): string | null {
  const brought = author.amendments[0]
  if (brought === undefined) return author.imported ? null : author.delegation
  return view.published.find((card) => card.id === brought)?.state.proposer ?? author.delegation
}

/** The amendments that words came through, the one that brought them first, and those that its decision says they reflect. */
function creditedCards(view: RoomView, author: LetterAuthor): PublishedCard[] {
  const cards = (ids: readonly string[]): PublishedCard[] => ids.flatMap((id) => view.published.filter((card) => card.id === id))
  const through = cards(author.amendments)
  const brought = through[0]?.state
  const reflected = brought?.status === 'incorporated' ? cards(brought.decision?.with ?? []) : []
  return [...new Set([...through, ...reflected])]
}

/** As it stands before a run in the coloured view: "EU, Japan", with whose proposals it reflects. */
export function shortAuthor(view: RoomView, author: LetterAuthor): string {
  const [brought, ...contributed] = creditedCards(view, author)
  if (brought !== undefined) return `${proponents(brought.state, view.nameOf)}${alsoOf(view, contributed)}`
  return author.imported ? message('author-imported') : author.delegation === null ? message('author-unknown') : view.nameOf(author.delegation)
}

const alsoOf = (view: RoomView, cards: readonly PublishedCard[]): string =>
  cards.map(({ state }) => message('author-contributed', { by: proponents(state, view.nameOf) })).join('')

/** "EU, 12 March, by amendment on OP5 (Japan, EU), incorporated by Chair". */
export function authorSentence(view: RoomView, author: LetterAuthor): string {
  const person = author.person === null ? '' : message('author-person', { person: author.person })
  const [brought, ...contributed] = creditedCards(view, author)
  if (brought === undefined) {
    const day = dayOf(author.atMs)
    if (author.imported) return message('author-imported-on', { day })
    return author.delegation === null ? message('author-unknown') : `${message('author-typed', { delegation: view.nameOf(author.delegation), day })}${person}`
  }
  const { state } = brought
  const place = brought.unit === null || brought.unit.number === '' ? message('author-place-other') : brought.unit.number
  const said = {
    delegation: view.nameOf(state.proposer), place, by: proponents(state, view.nameOf),
    day: dayOf(state.decision?.atMs ?? state.atMs), decider: state.decision === null ? '' : view.nameOf(state.decision.by),
  }
  const sentence = state.status === 'incorporated' ? message('author-incorporated', said) : message('author-proposed', said)
  return `${sentence}${alsoOf(view, contributed)}${person}`
}
