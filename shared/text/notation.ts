/**
 * The rolling text as compilations write it (domain rules H1 to H4): a legend first, then every paragraph with what is
 * proposed on it in square brackets, each proposal with its delegations: `[words - EU, Japan]` for new words,
 * `[words - G77: delete]` for words to be deleted, `OP5 bis [ … - EU]` for a new paragraph, `OP5 alt [ … - EU]` for an
 * alternative, and the like for the other kinds. Brackets without a delegation stand in the base. Pure.
 */
import { placeAmendment } from '../model/amendments.ts'
import type { AmendmentView } from '../model/amendments.ts'
import { noteGround, proposalGround, standingOf } from '../model/grounds.ts'
import { alternativeNumber, insertedNumber } from '../model/numbering.ts'
import { isAllAgreed, progressOf, untilAllAgreed } from '../model/progress.ts'
import { placementOf, wholeOf } from '../model/recheck.ts'
import type { AmendmentState, DelegationState, UnitState } from '../model/state.ts'
import type { DraftView, UnitView } from '../model/units.ts'
import type { TextScan } from '../model/texts.ts'
import { embedCharacter } from '../model/layout.ts'
import { isUndecided } from '../policy/types.ts'
import type { About } from '../model/layout.ts'
import type * as Y from 'yjs'
import { compile } from './compile.ts'
import { lateMark } from './moments.ts'
import type { SignRun } from './compile.ts'

export interface RollingSource {
  readonly doc: Y.Doc
  readonly view: DraftView
  readonly title: string
  readonly delegations: readonly DelegationState[]
  readonly amendments: readonly { readonly amendment: AmendmentView; readonly state: AmendmentState }[]
  readonly unitState: (unit: string) => UnitState
  readonly scans: (text: Y.Text) => TextScan
}

export type Entry = RollingSource['amendments'][number]

/** The delegations that stand behind a proposal, as they are listed in its bracket. */
export function proponents(state: AmendmentState, nameOf: (delegation: string) => string): string {
  const names = [nameOf(state.proposer), ...state.sponsors.map((sponsor) => nameOf(sponsor.delegation)).filter((name) => name !== nameOf(state.proposer))]
  const taken = state.takenUpBy === null ? '' : `, taken up by ${nameOf(state.takenUpBy)}`
  return `${names.join(', ')}${taken}${state.asRecorded ? ' (as recorded)' : ''}${state.needsState ? ' (needs a State)' : ''}${lateMark(state)}`
}

export function rollingText(source: RollingSource): string {
  const sheet = sheetOf(source)
  const lines: string[] = [`${source.title}: rolling text`, '', ...reminder(source.doc, source.view), 'Legend', ...legend, '']
  // New paragraphs after one stand behind its sub-paragraphs: they follow the whole of it.
  const pending: UnitView[] = []
  const closeTo = (depth: number): void => {
    for (let last = pending.at(-1); last !== undefined && last.depth >= depth; last = pending.at(-1)) {
      pending.pop()
      lines.push(...inserted(sheet, last.id, last.number, last.depth, false), ...arrivals(sheet, last.parent ?? '', last.id, last.depth))
    }
  }
  lines.push(...inserted(sheet, '', '', 0, false), ...arrivals(sheet, '', '', 0))
  for (const unit of source.view.units) {
    closeTo(unit.depth)
    lines.push(...unitLines(sheet, unit))
    pending.push(unit)
  }
  closeTo(0)
  return `${lines.join('\n').trimEnd()}\n${notes(sheet)}`
}

/** For a text of which not all is agreed; as lines of their own. */
const reminder = (doc: Y.Doc, view: DraftView): string[] => (isAllAgreed(progressOf(doc, view, new Set())) ? [] : [untilAllAgreed, ''])

const legend = [
  '[words]: words that are not agreed',
  '[words - X]: words proposed by X',
  '[words - X: delete]: words that X proposes to delete',
  '[words - X: reserve], retain, bracket: words on which X reserves its position, that X wants kept, that X would put in brackets',
  '[¶ - X: split]: X would begin a new paragraph there; [X: join with Y]: X would join paragraph Y on',
  '[words - X: move after Y]: X would move the paragraph; [Y: here - X] stands where it would go',
  '[note: words - X]: a footnote proposed by X',
  '[placeholder: what - text to come from X]: a place kept for text to come',
  'bis, ter, quater: a new paragraph proposed after the one named; alt: an alternative to it',
  '(late, time): put forward after the deadline for proposals',
  '[agreed ad ref]: agreed, pending agreement on the whole text',
]

/** What every part of the rolling text is written from, in whatever form. */
export interface RollingSheet {
  readonly source: RollingSource
  readonly nameOf: (delegation: string) => string
  readonly states: ReadonlyMap<string, AmendmentState>
  /** By the paragraph, footnote or proposal in which each has its words. */
  readonly on: (id: string) => readonly Entry[]
  readonly moving: readonly Entry[]
}

export function sheetOf(source: RollingSource): RollingSheet {
  const open = source.amendments.filter(({ state }) => isUndecided(state.status))
  const delegations = new Map(source.delegations.map((delegation) => [delegation.id, delegation.name]))
  const on = new Map<string, Entry[]>()
  for (const entry of open) {
    const { about } = entry.amendment
    const grounds = standingOf(source.doc, source.view, entry.amendment, source.scans).on.map(({ unit }) => unit.id)
    for (const id of about.target === '' ? [''] : grounds) on.set(id, [...(on.get(id) ?? []), entry])
  }
  return {
    source,
    nameOf: (id) => delegations.get(id) ?? id,
    states: new Map(open.map(({ amendment, state }) => [amendment.id, state])),
    on: (id) => on.get(id) ?? [],
    moving: open.filter(({ amendment }) => amendment.about.kind === 'move'),
  }
}

const namesOf = ({ states, nameOf }: RollingSheet, ids: readonly string[]): string => [...new Set(ids.map((id) => proponents(states.get(id)!, nameOf)))].join(', ')

const callOf = (unit: UnitView | null): string => (unit === null ? 'a paragraph that is gone' : unit.number === '' ? (unit.words.split(/\s+/).slice(0, 4).join(' ') || unit.kind) : unit.number)

const setIn = (depth: number): string => '   '.repeat(depth)

function unitLines(sheet: RollingSheet, unit: UnitView): string[] {
  const on = sheet.on(unit.id)
  const agreed = sheet.source.unitState(unit.id).agreed === null ? '' : ' [agreed ad ref]'
  const lines = [`${setIn(unit.depth)}${unit.printed === '' ? '' : `${unit.printed} `}${paragraph(sheet, unit, on)}${agreed}`, '']
  const alternatives = on.filter(({ amendment }) => amendment.about.kind === 'replace')
  for (const [index, entry] of alternatives.entries()) {
    lines.push(...proposed(sheet, entry, alternativeNumber(unit.number, index + 1, alternatives.length), unit.depth))
  }
  return [...lines, ...inserted(sheet, unit.id, unit.number, unit.depth, true), ...arrivals(sheet, unit.id, '', unit.depth + 1)]
}

/** New paragraphs after (or first beneath) a paragraph or another new one, numbered through both. */
function inserted(sheet: RollingSheet, target: string, number: string, depth: number, inside: boolean): string[] {
  const all = sheet.on(target).filter(({ amendment }) => amendment.about.kind === 'insert' || amendment.about.kind === 'placeholder')
  return all.flatMap((entry, index) => {
    const { about } = entry.amendment
    if (!('inside' in about) || about.inside !== inside) return []
    return proposed(sheet, entry, number === '' ? 'New paragraph' : insertedNumber(number, index + 1), depth + (inside ? 1 : 0))
  })
}

function proposed(sheet: RollingSheet, entry: Entry, number: string, depth: number): string[] {
  const { amendment, state } = entry
  const words = withProposals(sheet, proposalGround(amendment, 'para'), sheet.on(amendment.id), (plain) => plain)
  const by = proponents(state, sheet.nameOf)
  const line = amendment.about.kind === 'placeholder' ? placeholder(words, by) : `[${words} - ${by}]`
  return [
    `${setIn(depth)}${number} ${line}`, '',
    ...inserted(sheet, amendment.id, number, depth, true),
    ...inserted(sheet, amendment.id, number, depth, false),
  ]
}

const placeholder = (words: string, by: string): string => `[placeholder${words === '' ? '' : `: ${words}`} - text to come from ${by}]`

/** Paragraphs that would come to stand at this place. */
function arrivals(sheet: RollingSheet, parent: string, after: string, depth: number): string[] {
  const { doc, view } = sheet.source
  return sheet.moving.flatMap(({ amendment, state }) => {
    const { about } = amendment
    const place = about.kind === 'move' ? placementOf(doc, view, about) : null
    if (place === null || (place.parent ?? '') !== parent || (place.after ?? '') !== after) return []
    return [`${setIn(depth)}[${callOf(wholeOf(doc, view, about.target))}: here - ${proponents(state, sheet.nameOf)}]`, '']
  })
}

function paragraph(sheet: RollingSheet, unit: UnitView, on: readonly Entry[]): string {
  const numbers = unit.notes.map((note) => note.number)
  let note = 0
  const words = withProposals(sheet, unit, on, (plain) => plain.replaceAll(embedCharacter, () => `[^${numbers[note++] ?? ''}]`))
  return on.reduce((whole, entry) => around(sheet, whole, entry), words)
}

/** What is proposed of a paragraph as a whole stands round it. */
function around(sheet: RollingSheet, words: string, { amendment, state }: Entry): string {
  const by = proponents(state, sheet.nameOf)
  const { about } = amendment
  switch (about.kind) {
    case 'delete':
      return `[${words} - ${by}: delete]`
    case 'move':
      return `[${words} - ${by}: move ${destination(sheet, about)}]`
    case 'modify':
    case 'insert':
    case 'placeholder':
    case 'replace':
    case 'split':
    case 'join':
    case 'bracket':
    case 'note':
      return words
  }
}

export function destination({ source: { doc, view } }: RollingSheet, about: Extract<About, { kind: 'move' }>): string {
  const place = placementOf(doc, view, about)
  if (place === null) return 'to a place that is gone'
  if (place.after !== null) return `after ${callOf(view.byId.get(place.after) ?? null)}`
  return place.parent === null ? 'to the beginning' : `beneath ${callOf(view.byId.get(place.parent) ?? null)}`
}

/** The words with everything that is proposed in them in its place. `plain` prints words of the base. */
function withProposals(sheet: RollingSheet, unit: UnitView, on: readonly Entry[], plain: (words: string) => string): string {
  const { doc, scans } = sheet.source
  const within = on.filter(({ amendment: { about } }) => about.kind === 'modify' || about.kind === 'bracket' || about.kind === 'join' || 'at' in about)
  const placed = within.map(({ amendment }) => placeAmendment(doc, unit, amendment, scans))
  const base = new Map(unit.brackets.map((bracket) => [bracket.id, bracket]))
  const bodiless = unit.brackets.find((bracket) => bracket.placeholder && bracket.to === bracket.from)
  if (bodiless !== undefined) return placeholder('', bodiless.by.map(sheet.nameOf).join(', '))
  const opening = (id: string): string => (base.get(id)?.placeholder === true ? '[placeholder: ' : '[')
  const closing = (id: string): string => {
    const standing = base.get(id)
    if (standing !== undefined) return standing.placeholder ? ` - text to come from ${standing.by.map(sheet.nameOf).join(', ')}]` : ']'
    const about = within.find(({ amendment }) => amendment.id === id)?.amendment.about
    return ` - ${namesOf(sheet, [id])}: ${about?.kind === 'bracket' ? about.verb : ''}]`
  }
  return compile(unit.atoms, placed, unit.brackets)
    .map((run) => {
      if (run.kind === 'proposed') return `[${run.words} - ${namesOf(sheet, [run.insertedBy])}]`
      if (run.kind === 'sign') return sign(sheet, run, within)
      const words = run.cutBy.length === 0 ? plain(run.words) : `[${plain(run.words)} - ${namesOf(sheet, run.cutBy)}: delete]`
      return `${run.opens.map(opening).join('')}${words}${run.closes.map(closing).join('')}`
    })
    .join('')
}

function sign(sheet: RollingSheet, run: SignRun, within: readonly Entry[]): string {
  const by = namesOf(sheet, [run.by])
  const amendment = within.find((entry) => entry.amendment.id === run.by)?.amendment
  switch (run.sign) {
    case 'split':
      return `[¶ - ${by}: split]`
    case 'note':
      return `[note: ${amendment?.proposal ?? ''} - ${by}]`
    case 'join': {
      const second = amendment?.about.kind === 'join' ? wholeOf(sheet.source.doc, sheet.source.view, amendment.about.with) : null
      return ` [${by}: join with ${callOf(second)}]`
    }
  }
}

function notes(sheet: RollingSheet): string {
  const all = sheet.source.view.units.flatMap((unit) => unit.notes)
  const lines = all.map((note) => `[^${note.number}] ${withProposals(sheet, noteGround(note), sheet.on(note.id), (plain) => plain)}`)
  return lines.length === 0 ? '' : `\n${lines.join('\n')}\n`
}
