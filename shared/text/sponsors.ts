/**
 * The sponsors of the resolution as they are printed: by the official English short names of States, in English
 * alphabetical order (domain rules A4). Pure.
 */
import type * as Y from 'yjs'
import { byOfficialName, officialName } from '../drafting/states.ts'
import { readDelegations, readSponsors } from '../model/state.ts'
import type { UnitValue } from '../model/value.ts'
import type { SponsorKind } from '../policy/types.ts'
import { listed } from './quotes.ts'

/** Names as they are called, as they are printed: official, each once, in order. */
export const inPrintedOrder = (names: readonly string[]): string[] => [...new Set(names.map(officialName))].sort(byOfficialName)

export interface PrintedSponsor {
  /** As it is printed. */
  readonly name: string
  readonly as: SponsorKind
}

/** Those who signed before the text was frozen, in the printed order. */
export function printedSponsors(doc: Y.Doc): PrintedSponsor[] {
  const names = new Map(readDelegations(doc).map(({ id, name }) => [id, name]))
  const signed = new Map(readSponsors(doc).map(({ delegation, as }) => [officialName(names.get(delegation) ?? delegation), as]))
  return [...signed].map(([name, as]) => ({ name, as })).sort((left, right) => byOfficialName(left.name, right.name))
}

/** Their official names alone. */
export const sponsorsOf = (doc: Y.Doc): string[] => printedSponsors(doc).map(({ name }) => name)

/** "A, B and C: draft resolution"; of a revision "… revised draft resolution". Empty where nobody has signed. */
export const mastheadLine = (names: readonly string[], isRevised: boolean): string =>
  names.length === 0 ? '' : `${listed(names)}: ${isRevised ? 'revised draft resolution' : 'draft resolution'}`

const sponsorLine = /: (?:revised )?draft resolution$/

/** Who signed, and who took their name off, after the text was frozen, as they are printed. */
export interface SponsorsSince {
  readonly additional: readonly string[]
  readonly left: readonly string[]
}

/** The masthead's lines of sponsors, behind the other front lines; a text that brought its own keeps that. */
export function withMasthead(units: readonly UnitValue[], names: readonly string[], isRevised: boolean, { additional, left }: SponsorsSince = { additional: [], left: [] }): UnitValue[] {
  const front = (words: string): UnitValue[] => (words === '' ? [] : [{ kind: 'front', words, notes: [], children: [] }])
  const hasOwn = units.some(({ kind, words }) => kind === 'front' && sponsorLine.test(words))
  const lines = [
    ...(hasOwn ? [] : front(mastheadLine(names, isRevised))),
    ...(additional.length === 0 ? [] : front(`Additional sponsors: ${listed(additional)}`)),
    ...(left.length === 0 ? [] : front(`No longer sponsors: ${listed(left)}`)),
  ]
  const behind = units.findIndex(({ kind }) => kind !== 'front')
  const at = behind === -1 ? units.length : behind
  return [...units.slice(0, at), ...lines, ...units.slice(at)]
}
