/** What an entry of the record says in particular, in the words of the page. */
import type { Particular } from '../../shared/record/particulars.ts'
import { dateOf, hasMessage, message } from '../messages/index.ts'

/** Where the page has a word for a value: "main" of a sponsor is "Main sponsor". */
const wordsOf: Readonly<Partial<Record<Particular['name'], string>>> = {
  capacity: 'role', as: 'sponsor', act: 'together', position: 'position', verdict: 'review', outcome: 'outcome', answer: 'answer',
}

const digestShown = 16

export function particularTold(one: Particular, nameOf: (delegation: string) => string): string {
  if (one.name === 'until') return message('particular-until', { value: dateOf(one.atMs) })
  const known = `${wordsOf[one.name] ?? ''}-${one.value}`
  const value = one.name === 'for' ? nameOf(one.value) : one.name === 'sha256' ? `${one.value.slice(0, digestShown)}…` : hasMessage(known) ? message(known) : one.value
  return message(`particular-${one.name}`, { value })
}
