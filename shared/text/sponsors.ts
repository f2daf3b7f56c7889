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

export interface SponsorLines extends SponsorsSince {
  /** The line that is printed: the text's own where it brought one, else of all who signed before the text was frozen. Empty where there is neither. */
  readonly line: string
  readonly isOwn: boolean
  /** Signed before, and not in the line that the text brought. */
  readonly unnamed: readonly string[]
}

/**
 * Who is named where, nobody twice. Main sponsors and co-sponsors who signed before the text is issued stand in one line, as the
 * General Assembly's guidelines for submission have it; who joins later is an additional sponsor.
 */
export function sponsorLines(units: readonly Pick<UnitValue, 'kind' | 'words'>[], names: readonly string[], isRevised: boolean, { additional, left }: SponsorsSince = { additional: [], left: [] }): SponsorLines {
  const own = units.find(({ kind, words }) => kind === 'front' && sponsorLine.test(words))?.words
  const line = own ?? mastheadLine(names, isRevised)
  const inLine = line.replace(sponsorLine, '')
  const isNew = (name: string): boolean => !isNamedIn(inLine, name)
  return { line, isOwn: own !== undefined, unnamed: names.filter(isNew), additional: additional.filter(isNew), left }
}

/** A whole name in a list of them: "Guinea" is not in "Guinea-Bissau and Mali". */
function isNamedIn(list: string, name: string): boolean {
  for (let at = list.indexOf(name); at !== -1; at = list.indexOf(name, at + 1)) {
    if (/(?:^|, | and )$/.test(list.slice(0, at)) && /^(?:$|, | and )/.test(list.slice(at + name.length))) return true
  }
  return false
}

/** As they stand behind the line of those who signed before. */
export const linesSince = ({ additional, left }: SponsorsSince): string[] => [
  ...(additional.length === 0 ? [] : [`Additional sponsors: ${listed(additional)}`]),
  ...(left.length === 0 ? [] : [`No longer sponsors: ${listed(left)}`]),
]

/** The masthead's lines of sponsors, behind the other front lines; a text that brought its own keeps that. */
export function withMasthead(units: readonly UnitValue[], names: readonly string[], isRevised: boolean, since?: SponsorsSince): UnitValue[] {
  const front = (words: string): UnitValue[] => (words === '' ? [] : [{ kind: 'front', words, notes: [], children: [] }])
  const told = sponsorLines(units, names, isRevised, since)
  const lines = [...(told.isOwn ? [] : front(told.line)), ...linesSince(told).flatMap(front)]
  const behind = units.findIndex(({ kind }) => kind !== 'front')
  const at = behind === -1 ? units.length : behind
  return [...units.slice(0, at), ...lines, ...units.slice(at)]
}
