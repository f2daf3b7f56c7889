/**
 * The official wording of an amendment: the instruction by which the United Nations words it in an amendments document
 * ("In operative paragraph 5, after the words “…”, insert the words “…”."; domain rules H6). It tells the paragraph by its
 * name and the place by as few of its words as are there once, never by lines, and says exactly what *incorporate* does.
 * English. Pure.
 */
import type * as Y from 'yjs'
import type { AmendmentView, PlacedAmendment } from '../model/amendments.ts'
import { bracketsOf, readBrackets } from '../model/brackets.ts'
import { openProposal, standingOf, unitOfTarget } from '../model/grounds.ts'
import type { Standing } from '../model/grounds.ts'
import { embedCharacter, textsOf } from '../model/layout.ts'
import type { About } from '../model/layout.ts'
import type { Placement } from '../model/operations.ts'
import { comingNew } from '../model/placing.ts'
import { faultOf, isWithin, placementOf, wholeOf } from '../model/recheck.ts'
import type { Fault } from '../model/recheck.ts'
import type { TextScan } from '../model/texts.ts'
import type { DraftView, NoteView, UnitView } from '../model/units.ts'
import { alternativeOf, anew } from './alternative.ts'
import { bracketsSaid } from './brackets-after.ts'
import { clauseOf } from './clauses.ts'
import type { Clause, Wanted } from './clauses.ts'
import { asIf, trimSpaces } from './compile.ts'
import { carriedOut, joined, replacementsOf } from './edits.ts'
import type { Replacement } from './edits.ts'
import { namingIn } from './named.ts'
import type { Naming, NamedSource } from './named.ts'
import type { OfficialName } from './names.ts'
import { contextBefore, contextBehind, paragraphOf } from './places.ts'
import { listed, quoted, quotedStretch } from './quotes.ts'
import { bracketed, bracketedWhole, divided, isFollowedByNotes, isWhole, noted } from './spots.ts'
import { faultSaid, gone, merged, moved, newParagraph } from './structure.ts'

export interface WordingForm {
  /** With "so that the paragraph would read: “…”", where words of a paragraph are changed. */
  readonly wouldRead?: boolean
}

/** The draft against which amendments are worded. */
export interface WordingSource extends NamedSource {
  /** Where an amendment's words and ranges stand; here, and in `unitOf`, with brackets round no word yet in which words that are put there come. */
  readonly standing: (amendment: AmendmentView) => Standing['on']
  /** Why it could not be incorporated as things stand. */
  readonly faultOf: (amendment: AmendmentView) => Fault | null
  /** The paragraph that a target was joined to; null where it stands by itself or is gone. */
  readonly mergedInto: (target: string) => UnitView | null
  /** Where a move goes; null where that is no more. */
  readonly movedPlace: (about: Extract<About, { kind: 'move' }>) => Placement | null
}

export function wordingSource(doc: Y.Doc, view: DraftView, scans: (text: Y.Text) => TextScan): WordingSource {
  const brackets = readBrackets(doc, scans)
  const withUnseen = (unit: UnitView): UnitView => {
    const found = view.byId.has(unit.id) ? bracketsOf(brackets, unit.id, unit.segments, textsOf(doc), true) : []
    return found.length > unit.brackets.length ? { ...unit, brackets: found } : unit
  }
  return {
    view,
    standing: (amendment) => standingOf(doc, view, amendment, scans).on.map(({ unit, placed }) => ({ unit: withUnseen(unit), placed })),
    unitOf: (target) => {
      const unit = unitOfTarget(doc, view, target)
      return unit === null ? null : withUnseen(unit)
    },
    outerOf: (target) => openProposal(doc, target),
    newPlace: (amendment, about, target) => comingNew(doc, view, amendment, about, target),
    faultOf: (amendment) => faultOf(doc, view, amendment, scans),
    mergedInto: (target) => (target === '' || wholeOf(doc, view, target) !== null ? null : unitOfTarget(doc, view, target)),
    movedPlace: (about) => placementOf(doc, view, about),
  }
}

export type Wording = (amendment: AmendmentView, form?: WordingForm) => string

/** Words amendments against a draft as it stands. */
export function wordingIn(source: WordingSource): Wording {
  const { view, standing } = source
  const naming = namingIn(source)
  return (amendment, { wouldRead = false } = {}) => {
    const { about } = amendment
    switch (about.kind) {
      case 'insert':
      case 'placeholder': {
        const fault = source.faultOf(amendment)
        return fault === null ? newParagraph({ view, naming }, amendment.id, about, amendment.proposal) : faultSaid(fault, { view, naming }, about, null)
      }
      case 'delete':
      case 'replace':
      case 'move':
      case 'join':
        return onWhole(source, naming, amendment, about)
      case 'modify':
      case 'split':
      case 'bracket':
      case 'note': {
        const [first, ...more] = standing(amendment)
        if (first === undefined) return gone
        if (first.placed.broken.some((part) => more.every(({ placed }) => placed.broken.includes(part)))) return lostPlace(groundName(naming, first.unit))
        const on = [first, ...more].filter(({ placed }) => holdsWords(placed))
        if (on.length === 0) return lostWords(groundName(naming, first.unit))
        const word = about.kind === 'modify' ? (unit: UnitView, name: OfficialName, placed: PlacedAmendment) => modification(unit, name, placed, wouldRead) : onSpot(source, naming, amendment, about)
        return on.map(({ unit, placed }) => word(alternativeOf(source, unit.id) ?? unit, groundName(naming, unit), placed)).join(' ')
      }
    }
  }
}

/** Whether anything of an amendment is left in a paragraph: a division may have left all of it to the other half. */
const holdsWords = ({ hunks, cuts, brackets, signs }: PlacedAmendment): boolean =>
  hunks.length + signs.length > 0 || [...cuts, ...brackets].some(({ from, to }) => to > from)

/** What is about a paragraph as a whole does not outlive its being joined to another: no word of that one is meant. */
function onWhole(source: WordingSource, naming: Naming, amendment: AmendmentView, about: Extract<About, { kind: 'delete' | 'replace' | 'move' | 'join' }>): string {
  const { view } = source
  const into = source.mergedInto(about.target) ?? (about.kind === 'join' ? source.mergedInto(about.with) : null)
  const fault = source.faultOf(amendment)
  if (fault !== null) return faultSaid(fault, { view, naming }, about, into)
  const named = naming.ofTarget(about.target)
  if (named === null) return gone
  switch (about.kind) {
    case 'delete':
      return `Delete ${named.name.whole}.`
    case 'replace':
      return replacedWhole(named.name, source.unitOf(about.target) ?? alternativeOf(source, about.target), amendment.proposal)
    case 'move': {
      const place = source.movedPlace(about)
      // An alternative is moved as what it is to replace; and nothing goes beneath or behind itself.
      if (place === null || place.after === named.id) return faultSaid('place-gone', { view, naming }, about, null)
      return isWithin(view, place.parent, named.id) ? faultSaid('beneath-itself', { view, naming }, about, null) : moved({ view, naming }, named, place)
    }
    case 'join':
      return merged({ view, naming }, named.unit!, source.unitOf(about.with)!)
  }
}

/** A paragraph, one that is only proposed, or a footnote. */
const groundName = (naming: Naming, unit: UnitView): OfficialName => naming.ofTarget(unit.id)?.name ?? { whole: `foot${unit.number}`, words: `foot${unit.number}`, short: 'the footnote' }

/** What is done at a place, or over ranges, of a paragraph whose words stay. */
function onSpot({ view }: WordingSource, naming: Naming, amendment: AmendmentView, about: Extract<About, { kind: 'split' | 'bracket' | 'note' }>) {
  return (unit: UnitView, name: OfficialName, placed: PlacedAmendment): string => {
    const wanted = wantedIn(unit)
    const ranges = placed.brackets.filter(({ from, to }) => to > from)
    const [sign] = placed.signs
    const named = naming.ofTarget(unit.id)
    if (about.kind === 'bracket' && ranges.length > 0) {
      if (isWhole(wanted, ranges)) return bracketedWhole(about.verb, name.words)
      return `${instruction(name.words, bracketed(about.verb, wanted, ranges))}.`
    }
    if (about.kind === 'note' && sign !== undefined) return noted(name.words, wanted, sign.at, amendment.proposal, bracketsNoted(unit, sign.at), isFollowedByNotes(view, naming, unit, sign.at))
    if (about.kind === 'split' && sign !== undefined && named !== null && sign.at > 0 && sign.at < unit.atoms.length) return divided(view, naming, named, wanted, sign.at)
    return lostWords(name)
  }
}

function bracketsNoted(unit: UnitView, at: number): string {
  const numbers = (notes: readonly NoteView[]): number[] => notes.map(({ number }) => number)
  const mark = { from: at, to: at, words: embedCharacter }
  const marks = [...numbers(unit.notes.filter((note) => note.at < at)), 0, ...numbers(unit.notes.filter((note) => note.at >= at))]
  return bracketsSaid(unit, { hunks: [{ at, words: embedCharacter }], cuts: [], result: carriedOut(unit.atoms, [mark]) }, marks, [mark])
}

const lostPlace = ({ words }: OfficialName): string => `A place that this amendment holds on to is no longer in ${words}.`
const lostWords = ({ words }: OfficialName): string => `The words that this amendment is about are no longer in ${words}.`

/** `reading` is the new text as it is quoted; the footnotes that have no place in it go. */
function replacement(name: OfficialName, reading: string, going: readonly NoteView[], brackets: string): string {
  const notes = going.map((note) => `footnote ${note.number}`)
  return `Replace ${name.words} with the following: ${reading}${notes.length === 0 ? '' : `, and delete ${listed(notes)}`}${brackets}.`
}

function replacedWhole(name: OfficialName, unit: UnitView | null, proposal: string): string {
  if (unit === null) return replacement(name, quoted(proposal), [], '')
  return replacement(name, quoted(proposal), unit.notes, bracketsSaid(unit, anew(unit, proposal), [], [allOf(unit, proposal)]))
}

const allOf = ({ atoms }: UnitView, words: string): Replacement => ({ from: 0, to: atoms.length, words })

const wantedIn = ({ atoms, notes }: UnitView): Wanted => ({ paragraph: paragraphOf(atoms), noteAt: (at) => notes.find((note) => note.at === at)?.number ?? 0 })

function modification(unit: UnitView, name: OfficialName, placed: PlacedAmendment, wouldRead: boolean): string {
  const result = asIf(unit.atoms, [placed])
  const clauses = clausesOf(unit, placed, result)
  const brackets = bracketsSaid(unit, { ...placed, result }, keptNotes(unit, placed).map(({ number }) => number), clauses === null ? [allOf(unit, result)] : clauses.map(({ does }) => does))
  if (clauses === null) return replacement(name, asRead(unit, placed, result), unit.notes.filter((note) => isCut(placed, note)), brackets)
  if (clauses.length === 0) return `This amendment changes no word of ${name.words}${brackets}.`
  const reading = wouldRead ? `, so that ${name.short} would read: ${asRead(unit, placed, result)}` : ''
  return `${instruction(name.words, clauses.map(({ words }) => words))}${brackets}${reading}.`
}

function instruction(name: string, clauses: readonly string[]): string {
  const [only, ...more] = clauses
  if (more.length > 0) {
    const lettered = clauses.map((clause, index) => `(${letterOf(index)}) ${clause}`)
    return `In ${name}: ${lettered.slice(0, -1).join('; ')}; and ${lettered.at(-1)!}`
  }
  const atEnd = /^at the (beginning|end), (.*)$/su.exec(only!)
  return atEnd === null ? `In ${name}, ${only!}` : `At the ${atEnd[1]!} of ${name}, ${atEnd[2]!}`
}

/** a to z, then aa, bb. */
const letterOf = (index: number): string => String.fromCharCode(97 + (index % 26)).repeat(Math.floor(index / 26) + 1)

/** In the order of the text. Null where the whole is best said anew: nothing of it stays, or words do not tell the places. */
function clausesOf(unit: UnitView, placed: PlacedAmendment, result: string): Clause[] | null {
  const { atoms } = unit
  const wanted = wantedIn(unit)
  let changes = replacementsOf(wanted.paragraph, placed)
  if (isAnew(atoms, changes, result)) return null
  for (;;) {
    const clauses = changes.map((change) => clauseOf(wanted, change))
    if (!clauses.every((clause) => clause !== null)) return null
    const meeting = clauses.findIndex((clause, index) => index > 0 && clauses[index - 1]!.does.to >= clause.does.from)
    if (meeting === -1) return trimSpaces(carriedOut(atoms, clauses.map((clause) => clause.does))) === trimSpaces(result) ? clauses : null
    changes = changes.flatMap((change, index) => (index === meeting - 1 ? [joined(atoms, change, changes[meeting]!)] : index === meeting ? [] : [change]))
  }
}

function isAnew(atoms: string, changes: readonly Replacement[], result: string): boolean {
  const [only, ...more] = changes
  if (only === undefined) return false
  return more.length === 0 && result !== '' && trimSpaces(atoms.slice(0, only.from)) === '' && trimSpaces(atoms.slice(only.to)) === ''
}

const keptNotes = (unit: UnitView, placed: PlacedAmendment): NoteView[] => unit.notes.filter((note) => !isCut(placed, note))

const isCut = (placed: PlacedAmendment, { at }: NoteView): boolean => placed.cuts.some((cut) => cut.from <= at && at < cut.to)

/** The paragraph as it would read; the marks of its footnotes are told behind it, by the numbers they have now. */
function asRead(unit: UnitView, placed: PlacedAmendment, result: string): string {
  const words = quoted(result.replaceAll(embedCharacter, ''))
  const kept = keptNotes(unit, placed)
  if (kept.length === 0) return words
  const paragraph = paragraphOf(result)
  let at = -1
  const places = kept.map(({ number }, index) => {
    at = result.indexOf(embedCharacter, at + 1)
    const before = contextBefore(paragraph, at)
    const behind = before === null ? contextBehind(paragraph, at + 1) : null
    const next = kept[index + (before === null ? 1 : -1)]?.number ?? 0
    const told = before === null ? (behind === null ? '' : ' before ') : ' after '
    const { from, to } = before ?? behind ?? { from: at, to: at }
    return `footnote ${number}${told}${quotedStretch(result.slice(from, to), () => next)}`
  })
  return `${words}, with ${listed(places)}`
}
