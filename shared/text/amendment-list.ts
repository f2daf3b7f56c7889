/**
 * The amendments to a draft as an amendments document lists them: in the order of the text, each with its number, who
 * proposes it, where it stands and its official wording. Pure.
 */
import type { AmendmentView, PlacedAmendment } from '../model/amendments.ts'
import { compareIds } from '../model/layout.ts'
import type { AmendmentState, DelegationState } from '../model/state.ts'
import { untilAllAgreed } from '../model/progress.ts'
import type { UnitView } from '../model/units.ts'
import { isUndecided } from '../policy/types.ts'
import type { AmendmentStatus } from '../policy/types.ts'
import { lateMark } from './moments.ts'
import { sign } from './printed.ts'
import type { Printed, PrintedBlock } from './printed.ts'
import { listed } from './quotes.ts'
import { wordingIn } from './wording.ts'
import type { WordingSource } from './wording.ts'

export interface ListSource extends WordingSource {
  readonly title: string
  readonly delegations: readonly DelegationState[]
  readonly amendments: readonly { readonly amendment: AmendmentView; readonly state: AmendmentState }[]
}

export const listFilters = ['open', 'decided', 'all'] as const
/** `open`: what is still to be decided, so also what is kept in brackets. */
export type ListFilter = (typeof listFilters)[number]

export interface ListedAmendment {
  /** From 1, in this list. */
  readonly number: number
  readonly amendment: AmendmentView
  readonly status: AmendmentStatus
  /** "Proposed by Japan and Norway" */
  readonly proposed: string
  readonly wording: string
}

export interface ListForm {
  readonly filter: ListFilter
  readonly wouldRead?: boolean
  /** Not everything is agreed yet, and the list says what that means. */
  readonly isOpen?: boolean
}

export function amendmentList(source: ListSource, { filter, wouldRead = false }: ListForm): ListedAmendment[] {
  const word = wordingIn(source)
  const isOpen = ({ status }: AmendmentState): boolean => isUndecided(status)
  return inOrder(source, source.amendments.filter(({ state }) => filter === 'all' || isOpen(state) === (filter === 'open'))).map(({ amendment, state }, index) => ({
    number: index + 1,
    amendment,
    status: state.status,
    proposed: proposedBy(state, source.delegations),
    // What has been incorporated is in the text: its wording is the one it had against the text before.
    wording: (state.status === 'incorporated' ? state.decision?.wording : undefined) ?? word(amendment, { wouldRead }),
  }))
}

/** "Proposed by La Strada; taken up by Brazil (as recorded)" */
export function proposedBy(state: AmendmentState, delegations: readonly DelegationState[]): string {
  const nameOf = (id: string): string => {
    const found = delegations.find((one) => one.id === id)
    return found === undefined ? id : found.kind === 'office' ? `the ${found.name}` : found.name
  }
  const sponsors = [state.proposer, ...state.sponsors.map(({ delegation }) => delegation)].filter((id) => id !== state.takenUpBy)
  const taken = state.takenUpBy === null ? '' : `; taken up by ${nameOf(state.takenUpBy)}`
  const marks = [[state.asRecorded, 'as recorded'], [state.needsState, 'needs a State'], [state.editorial, 'editorial correction']].flatMap(([is, words]) => (is === true ? [` (${String(words)})`] : []))
  return `Proposed by ${listed([...new Set(sponsors)].map(nameOf))}${taken}${marks.join('')}${lateMark(state)}`
}

type Entry = ListSource['amendments'][number]

/** By paragraph; in one paragraph changes of words by their place, then alternatives, deletions, and what is new behind it. */
function inOrder(source: ListSource, entries: readonly Entry[]): Entry[] {
  const { view } = source
  const index = new Map(view.units.map((unit, at) => [unit.id, at]))
  const behind = (unit: UnitView): number => Math.max(index.get(unit.id)!, ...(view.children.get(unit.id) ?? []).map(behind))
  const order = ({ amendment }: Entry): readonly number[] => {
    const { about } = amendment
    const unit = about.target === '' ? null : source.unitOf(about.target)
    if (unit === null) return [about.target === '' ? -1 : view.units.length, 0, 0]
    const at = index.get(unit.id)!
    switch (about.kind) {
      case 'modify':
      case 'split':
      case 'join':
      case 'bracket':
      case 'note':
        return [at, 0, firstPlace(source.standing(amendment).map(({ placed }) => placed))]
      case 'replace':
        return [at, 1, 0]
      case 'delete':
      case 'move':
        return [at, 2, 0]
      case 'insert':
      case 'placeholder':
        return [about.inside ? at : behind(unit), 3, 0]
    }
  }
  const keyed = entries.map((entry) => ({ entry, key: order(entry) }))
  const compare = (left: readonly number[], right: readonly number[]): number => left[0]! - right[0]! || left[1]! - right[1]! || left[2]! - right[2]!
  return keyed.sort((left, right) => compare(left.key, right.key) || compareIds(left.entry.amendment.id, right.entry.amendment.id)).map(({ entry }) => entry)
}

const firstPlace = (on: readonly PlacedAmendment[]): number =>
  Math.min(...on.flatMap(({ hunks, cuts, brackets, signs }) => [...hunks.map(({ at }) => at), ...signs.map(({ at }) => at), ...cuts.map(({ from }) => from), ...brackets.map(({ from }) => from)]))

export const statusWords: Readonly<Record<AmendmentStatus, string>> = {
  open: 'open', bracketed: 'in brackets', held: 'on hold', merged: 'merged', incorporated: 'incorporated', 'not-reflected': 'not reflected', withdrawn: 'withdrawn',
}

export const noneWords: Readonly<Record<ListFilter, string>> = {
  open: 'No amendment is open.', decided: 'No amendment has been decided.', all: 'No amendment has been put forward.',
}

export const listTitle = (title: string): string => `Amendments to the draft ${title === '' ? 'resolution' : `“${title}”`}`

/** As it is set on a page. */
export function printedAmendments(source: ListSource, language: string, form: ListForm): Printed {
  const listed = amendmentList(source, form)
  const blocks = listed.flatMap(({ number, proposed, status, wording }): PrintedBlock[] => [
    { kind: 'entry', depth: 0, number: `${number}.`, pieces: [{ look: 'plain', words: `${proposed} ` }, sign(`[${statusWords[status]}]`)] },
    { kind: 'wording', depth: 1, number: '', pieces: [{ look: 'plain', words: wording }] },
  ])
  return {
    language, title: listTitle(source.title), isTitled: true, remarks: [...(form.isOpen === true ? [untilAllAgreed] : []), ...(listed.length === 0 ? [noneWords[form.filter]] : [])],
    legend: [], blocks, notes: [], footer: '',
  }
}

/** As plain text: the title, then each amendment with what is said of it on a line of its own. */
export function amendmentListText(source: ListSource, form: ListForm): string {
  const entries = amendmentList(source, form).map(({ number, proposed, status, wording }) => `${number}.  ${proposed} [${statusWords[status]}]\n\n    ${wording}\n`)
  return [`${listTitle(source.title)}\n`, ...(form.isOpen === true ? [`${untilAllAgreed}\n`] : []), ...(entries.length === 0 ? [`${noneWords[form.filter]}\n`] : entries)].join('\n')
}
