/** What is said of the author of a letter, in words. */
import { proponents } from '../../shared/text/notation.ts'
import { dayOf, message } from '../messages/index.ts'
import type { LetterAuthor } from './authors.ts'
import type { RoomView } from './view.ts'

/** The delegation that words are counted for and coloured by; null where they were brought in, or nobody is known. */
export function creditedTo(view: RoomView, author: LetterAuthor): string | null {
  const brought = author.amendments[0]
  if (brought === undefined) return author.imported ? null : author.delegation
  return view.published.find((card) => card.id === brought)?.state.proposer ?? author.delegation
}

/** As it stands before a run in the coloured view: "EU, Japan". */
export function shortAuthor(view: RoomView, author: LetterAuthor): string {
  const card = view.published.find(({ id }) => id === author.amendments[0])
  if (card !== undefined) return proponents(card.state, view.nameOf)
  return author.imported ? message('author-imported') : author.delegation === null ? message('author-unknown') : view.nameOf(author.delegation)
}

/** "EU, 12 March, by amendment on OP5 (Japan, EU), incorporated by Chair". */
export function authorSentence(view: RoomView, author: LetterAuthor): string {
  const person = author.person === null ? '' : message('author-person', { person: author.person })
  const [brought, ...contributed] = author.amendments.flatMap((id) => view.published.filter((card) => card.id === id))
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
  const also = contributed.map(({ state: other }) => message('author-contributed', { by: proponents(other, view.nameOf) })).join('')
  const sentence = state.status === 'incorporated' ? message('author-incorporated', said) : message('author-proposed', said)
  return `${sentence}${also}${person}`
}
