/** What the page shows of the draft's themes. */
import { coverageOf, handFor, marksOfAmendment } from '../../shared/text/coverage.ts'
import type { Coverage, Mark } from '../../shared/text/coverage.ts'
import type { Themes } from '../../shared/record/themes.ts'
import type { Command } from '../../shared/wire/commands.ts'
import { message, whenOf } from '../messages/index.ts'
import type { RoomSession } from './session.ts'
import { isOpen } from './view.ts'
import type { PublishedCard, RoomView } from './view.ts'

export type Tagged = Extract<Command, { command: 'tag-theme' }>['about']

export const coverageIn = (view: RoomView, themes: Themes): Coverage =>
  coverageOf(themes, view.text.units, view.published.filter(({ state }) => isOpen(state)).map(({ amendment, unit }) => ({ amendment, unit: unit?.id ?? null })))

export const speaksTo = (themes: Themes, { amendment }: Pick<PublishedCard, 'amendment'>, theme: number): boolean =>
  marksOfAmendment({ ...themes, list: themes.list.filter(({ number }) => number === theme) }, amendment).some(({ carries }) => carries)

export const tagging = (about: Tagged, mark: Mark, carries: boolean): Command => ({ command: 'tag-theme', about, theme: mark.theme.number, carries: handFor(mark, carries) })

/** By its words, or who said so by hand and when; the person where this capacity may know. */
export function whyOf(session: RoomSession, { carries, tag, found }: Mark): string {
  if (tag === null) return carries ? message('theme-by-words', { words: found.join(', ') }) : ''
  const person = session.record.value.find(({ seq }) => seq === tag.seq)?.actorName ?? null
  const delegation = session.view.value.nameOf(tag.by)
  return message(carries ? 'theme-by-hand' : 'theme-off-by-hand', { who: person === null ? delegation : `${person} (${delegation})`, when: whenOf(tag.atMs) })
}
