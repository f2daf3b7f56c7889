/**
 * The rolling text as compilations write it (domain rules H1 to H4): a legend first, then every paragraph with what is
 * proposed on it in square brackets, each proposal with its delegations: `[words - EU, Japan]` for new words,
 * `[words - G77: delete]` for words to be deleted, `OP5 bis [ … - EU]` for a new paragraph, `OP5 alt [ … - EU]` for an
 * alternative. Pure.
 */
import { placeAmendment } from '../model/amendments.ts'
import type { AmendmentView } from '../model/amendments.ts'
import { alternativeNumber, insertedNumber } from '../model/numbering.ts'
import type { AmendmentState, DelegationState, UnitState } from '../model/state.ts'
import type { DraftView, UnitView } from '../model/units.ts'
import type { TextScan } from '../model/texts.ts'
import { embedCharacter } from '../model/layout.ts'
import { isUndecided } from '../policy/types.ts'
import type * as Y from 'yjs'
import { compile } from './compile.ts'

export interface RollingSource {
  readonly doc: Y.Doc
  readonly view: DraftView
  readonly title: string
  readonly delegations: readonly DelegationState[]
  readonly amendments: readonly { readonly amendment: AmendmentView; readonly state: AmendmentState }[]
  readonly unitState: (unit: string) => UnitState
  readonly scans: (text: Y.Text) => TextScan
}

type Entry = RollingSource['amendments'][number]

/** The delegations that stand behind a proposal, as they are listed in its bracket. */
export function proponents(state: AmendmentState, nameOf: (delegation: string) => string): string {
  const names = [nameOf(state.proposer), ...state.sponsors.map((sponsor) => nameOf(sponsor.delegation)).filter((name) => name !== nameOf(state.proposer))]
  const taken = state.takenUpBy === null ? '' : `, taken up by ${nameOf(state.takenUpBy)}`
  return `${names.join(', ')}${taken}${state.asRecorded ? ' (as recorded)' : ''}${state.needsState ? ' (needs a State)' : ''}`
}

export function rollingText(source: RollingSource): string {
  const nameOf = (id: string): string => source.delegations.find((one) => one.id === id)?.name ?? id
  const open = source.amendments.filter(({ state }) => isUndecided(state.status))
  const lines: string[] = [`${source.title}: rolling text`, '', 'Legend', ...legend, '']
  const opening = open.filter(({ amendment }) => amendment.about.target === '')
  for (const [index, entry] of opening.entries()) lines.push(newParagraph('', index + 1, entry, nameOf), '')
  for (const unit of source.view.units) {
    const on = open.filter(({ amendment }) => amendment.about.target === unit.id)
    const agreed = source.unitState(unit.id).agreed === null ? '' : ' [agreed ad ref]'
    lines.push(`${'   '.repeat(unit.depth)}${unit.printed === '' ? '' : `${unit.printed} `}${paragraph(source, unit, on, nameOf)}${agreed}`, '')
    const alternatives = on.filter(({ amendment }) => amendment.about.kind === 'replace')
    for (const [index, entry] of alternatives.entries()) {
      lines.push(`${alternativeNumber(unit.number, index + 1, alternatives.length)} [${entry.amendment.proposal} - ${proponents(entry.state, nameOf)}]`, '')
    }
    const inserted = on.filter(({ amendment }) => amendment.about.kind === 'insert')
    for (const [index, entry] of inserted.entries()) lines.push(newParagraph(unit.number, index + 1, entry, nameOf), '')
  }
  return `${lines.join('\n').trimEnd()}\n${notes(source.view)}`
}

const legend = [
  '[words - X]: words proposed by X',
  '[words - X: delete]: words that X proposes to delete',
  'bis, ter, quater: a new paragraph proposed after the one named; alt: an alternative to it',
  '[agreed ad ref]: agreed, pending agreement on the whole text',
]

const newParagraph = (after: string, index: number, { amendment, state }: Entry, nameOf: (id: string) => string): string =>
  `${after === '' ? 'New paragraph' : insertedNumber(after, index)} [${amendment.proposal} - ${proponents(state, nameOf)}]`

function paragraph(source: RollingSource, unit: UnitView, on: readonly Entry[], nameOf: (id: string) => string): string {
  const states = new Map(on.map(({ amendment, state }) => [amendment.id, state]))
  const names = (ids: readonly string[]): string => [...new Set(ids.map((id) => proponents(states.get(id)!, nameOf)))].join(', ')
  const placed = on
    .filter(({ amendment }) => amendment.about.kind === 'modify')
    .map(({ amendment }) => placeAmendment(source.doc, unit, amendment, source.scans))
  const numbers = unit.notes.map((note) => note.number)
  let note = 0
  const marked = (words: string): string => words.replaceAll(embedCharacter, () => `[^${numbers[note++] ?? ''}]`)
  const words = compile(unit.atoms, placed)
    .map((run) => {
      if (run.kind === 'proposed') return `[${run.words} - ${names([run.insertedBy])}]`
      return run.cutBy.length === 0 ? marked(run.words) : `[${marked(run.words)} - ${names(run.cutBy)}: delete]`
    })
    .join('')
  const deleting = on.filter(({ amendment }) => amendment.about.kind === 'delete')
  return deleting.length === 0 ? words : `[${words} - ${names(deleting.map(({ amendment }) => amendment.id))}: delete]`
}

function notes(view: DraftView): string {
  const all = view.units.flatMap((unit) => unit.notes)
  return all.length === 0 ? '' : `\n${all.map((note) => `[^${note.number}] ${note.words}`).join('\n')}\n`
}
