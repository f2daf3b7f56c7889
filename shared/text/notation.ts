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
import { isUndecided } from '../policy/types.ts'
import type { About } from '../model/layout.ts'
import type * as Y from 'yjs'
import { compile } from './compile.ts'
import { lateMark } from './moments.ts'
import { lineOf, openingOf, piecesOf, sign } from './printed.ts'
import type { Look, Piece, Printed, PrintedBlock, PrintedNote } from './printed.ts'
import type { SignRun } from './compile.ts'

export interface RollingSource {
  readonly doc: Y.Doc
  readonly view: DraftView
  readonly title: string
  readonly language: string
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
  return `${names.join(', ')}${taken}${state.asRecorded ? ' (as recorded)' : ''}${state.needsState ? ' (needs a State)' : ''}${lateMark(state)}`
}

export function rollingSheet(source: RollingSource): Printed {
  const open = source.amendments.filter(({ state }) => isUndecided(state.status))
  const sheet = sheetOf(source, open)
  const blocks: PrintedBlock[] = []
  // New paragraphs after one stand behind its sub-paragraphs: they follow the whole of it.
  const pending: UnitView[] = []
  const closeTo = (depth: number): void => {
    for (let last = pending.at(-1); last !== undefined && last.depth >= depth; last = pending.at(-1)) {
      pending.pop()
      blocks.push(...inserted(sheet, last.id, last.number, last.depth, false), ...arrivals(sheet, last.parent ?? '', last.id, last.depth))
    }
  }
  blocks.push(...inserted(sheet, '', '', 0, false), ...arrivals(sheet, '', '', 0))
  for (const unit of source.view.units) {
    closeTo(unit.depth)
    blocks.push(...unitBlocks(sheet, unit))
    pending.push(unit)
  }
  closeTo(0)
  return {
    language: source.language, title: `${source.title}: rolling text`, isTitled: true, remarks: reminder(source.doc, source.view), legend, blocks,
    notes: notes(sheet), footer: '',
  }
}

/** The same as plain text. */
export function rollingText(source: RollingSource): string {
  const { title, remarks, blocks, notes: below } = rollingSheet(source)
  const lines = blocks.flatMap(({ depth, number, pieces }) => [`${setIn(depth)}${number === '' ? '' : `${number} `}${lineOf(pieces)}`, ''])
  const text = [title, '', ...remarks.flatMap((line) => [line, '']), 'Legend', ...legend, '', ...lines].join('\n').trimEnd()
  return `${text}\n${below.length === 0 ? '' : `\n${below.map(({ number, pieces }) => `[^${number}] ${lineOf(pieces)}`).join('\n')}\n`}`
}

/** For a text of which not all is agreed. */
const reminder = (doc: Y.Doc, view: DraftView): string[] => (isAllAgreed(progressOf(doc, view, new Set())) ? [] : [untilAllAgreed])

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

/** What every part of the rolling text is written from. */
interface Sheet {
  readonly source: RollingSource
  readonly nameOf: (delegation: string) => string
  readonly states: ReadonlyMap<string, AmendmentState>
  /** By the paragraph, footnote or proposal in which each has its words. */
  readonly on: (id: string) => readonly Entry[]
  readonly moving: readonly Entry[]
}

function sheetOf(source: RollingSource, open: readonly Entry[]): Sheet {
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

const namesOf = ({ states, nameOf }: Sheet, ids: readonly string[]): string => [...new Set(ids.map((id) => proponents(states.get(id)!, nameOf)))].join(', ')

const callOf = (unit: UnitView | null): string => (unit === null ? 'a paragraph that is gone' : unit.number === '' ? (unit.words.split(/\s+/).slice(0, 4).join(' ') || unit.kind) : unit.number)

const setIn = (depth: number): string => '   '.repeat(depth)

function unitBlocks(sheet: Sheet, unit: UnitView): PrintedBlock[] {
  const on = sheet.on(unit.id)
  const agreed = sheet.source.unitState(unit.id).agreed === null ? [] : [sign(' [agreed ad ref]')]
  const alternatives = on.filter(({ amendment }) => amendment.about.kind === 'replace')
  return [
    { kind: unit.kind, depth: unit.depth, number: unit.printed, pieces: [...paragraph(sheet, unit, on), ...agreed] },
    ...alternatives.flatMap((entry, index) => proposed(sheet, entry, alternativeNumber(unit.number, index + 1, alternatives.length), unit.depth)),
    ...inserted(sheet, unit.id, unit.number, unit.depth, true),
    ...arrivals(sheet, unit.id, '', unit.depth + 1),
  ]
}

/** New paragraphs after (or first beneath) a paragraph or another new one, numbered through both. */
function inserted(sheet: Sheet, target: string, number: string, depth: number, inside: boolean): PrintedBlock[] {
  const all = sheet.on(target).filter(({ amendment }) => amendment.about.kind === 'insert' || amendment.about.kind === 'placeholder')
  return all.flatMap((entry, index) => {
    const { about } = entry.amendment
    if (!('inside' in about) || about.inside !== inside) return []
    return proposed(sheet, entry, number === '' ? 'New paragraph' : insertedNumber(number, index + 1), depth + (inside ? 1 : 0))
  })
}

function proposed(sheet: Sheet, entry: Entry, number: string, depth: number): PrintedBlock[] {
  const { amendment, state } = entry
  const words = withProposals(sheet, proposalGround(amendment, 'para'), sheet.on(amendment.id), 'new')
  const by = proponents(state, sheet.nameOf)
  const pieces = amendment.about.kind === 'placeholder' ? placeholder(words, by) : [sign('['), ...words, sign(` - ${by}]`)]
  return [
    { kind: 'proposed', depth, number, pieces },
    ...inserted(sheet, amendment.id, number, depth, true),
    ...inserted(sheet, amendment.id, number, depth, false),
  ]
}

const placeholder = (words: readonly Piece[], by: string): Piece[] =>
  [sign(`[placeholder${words.length === 0 ? '' : ': '}`), ...words, sign(` - text to come from ${by}]`)]

/** Paragraphs that would come to stand at this place. */
function arrivals(sheet: Sheet, parent: string, after: string, depth: number): PrintedBlock[] {
  const { doc, view } = sheet.source
  return sheet.moving.flatMap(({ amendment, state }) => {
    const { about } = amendment
    const place = about.kind === 'move' ? placementOf(doc, view, about) : null
    if (place === null || (place.parent ?? '') !== parent || (place.after ?? '') !== after) return []
    return [{ kind: 'place', depth, number: '', pieces: [sign(`[${callOf(wholeOf(doc, view, about.target))}: here - ${proponents(state, sheet.nameOf)}]`)] }]
  })
}

function paragraph(sheet: Sheet, unit: UnitView, on: readonly Entry[]): Piece[] {
  return on.reduce((whole, entry) => around(sheet, whole, entry), withProposals(sheet, unit, on))
}

/** What is proposed of a paragraph as a whole stands round it. */
function around(sheet: Sheet, pieces: Piece[], { amendment, state }: Entry): Piece[] {
  const by = proponents(state, sheet.nameOf)
  const { about } = amendment
  switch (about.kind) {
    case 'delete':
      return [sign('['), ...pieces.map(asCut), sign(` - ${by}: delete]`)]
    case 'move':
      return [sign('['), ...pieces, sign(` - ${by}: move ${destination(sheet, about)}]`)]
    case 'modify':
    case 'insert':
    case 'placeholder':
    case 'replace':
    case 'split':
    case 'join':
    case 'bracket':
    case 'note':
      return pieces
  }
}

const asCut = (piece: Piece): Piece => (piece.look === 'plain' || piece.look === 'opening' ? { ...piece, look: 'cut' } : piece)

function destination({ source: { doc, view } }: Sheet, about: Extract<About, { kind: 'move' }>): string {
  const place = placementOf(doc, view, about)
  if (place === null) return 'to a place that is gone'
  if (place.after !== null) return `after ${callOf(view.byId.get(place.after) ?? null)}`
  return place.parent === null ? 'to the beginning' : `beneath ${callOf(view.byId.get(place.parent) ?? null)}`
}

/** The words with everything that is proposed in them in its place. `own` is how they look where nobody proposes anything. */
function withProposals(sheet: Sheet, unit: UnitView, on: readonly Entry[], own: Look = 'plain'): Piece[] {
  const { doc, scans, language } = sheet.source
  const within = on.filter(({ amendment: { about } }) => about.kind === 'modify' || about.kind === 'bracket' || about.kind === 'join' || 'at' in about)
  const placed = within.map(({ amendment }) => placeAmendment(doc, unit, amendment, scans))
  const base = new Map(unit.brackets.map((bracket) => [bracket.id, bracket]))
  const bodiless = unit.brackets.find((bracket) => bracket.placeholder && bracket.to === bracket.from)
  if (bodiless !== undefined) return placeholder([], bodiless.by.map(sheet.nameOf).join(', '))
  const opening = (id: string): Piece => sign(base.get(id)?.placeholder === true ? '[placeholder: ' : '[')
  const closing = (id: string): Piece => {
    const standing = base.get(id)
    if (standing !== undefined) return sign(standing.placeholder ? ` - text to come from ${standing.by.map(sheet.nameOf).join(', ')}]` : ']')
    const about = within.find(({ amendment }) => amendment.id === id)?.amendment.about
    return sign(` - ${namesOf(sheet, [id])}: ${about?.kind === 'bracket' ? about.verb : ''}]`)
  }
  const openingLength = openingOf(unit.kind, unit.atoms, language)
  let note = 0
  const numberOf = (): string => String(unit.notes[note++]?.number ?? '')
  return compile(unit.atoms, placed, unit.brackets).flatMap((run): Piece[] => {
    if (run.kind === 'proposed') return [sign('['), { look: 'new', words: run.words }, sign(` - ${namesOf(sheet, [run.insertedBy])}]`)]
    if (run.kind === 'sign') return [signOf(sheet, run, within)]
    const words = run.cutBy.length === 0
      ? piecesOf(run.words, run.from, openingLength, numberOf, own)
      : [sign('['), ...piecesOf(run.words, run.from, 0, numberOf, 'cut'), sign(` - ${namesOf(sheet, run.cutBy)}: delete]`)]
    return [...run.opens.map(opening), ...words, ...run.closes.map(closing)]
  })
}

function signOf(sheet: Sheet, run: SignRun, within: readonly Entry[]): Piece {
  const by = namesOf(sheet, [run.by])
  const amendment = within.find((entry) => entry.amendment.id === run.by)?.amendment
  switch (run.sign) {
    case 'split':
      return sign(`[¶ - ${by}: split]`)
    case 'note':
      return sign(`[note: ${amendment?.proposal ?? ''} - ${by}]`)
    case 'join': {
      const second = amendment?.about.kind === 'join' ? wholeOf(sheet.source.doc, sheet.source.view, amendment.about.with) : null
      return sign(` [${by}: join with ${callOf(second)}]`)
    }
  }
}

const notes = (sheet: Sheet): PrintedNote[] =>
  sheet.source.view.units.flatMap((unit) => unit.notes).map((note) => ({ number: String(note.number), pieces: withProposals(sheet, noteGround(note), sheet.on(note.id)) }))
