/**
 * The official wording of an amendment: the instruction by which the United Nations words it in an amendments document
 * ("In operative paragraph 5, after the words “…”, insert the words “…”."; domain rules H6). It tells the paragraph by its
 * name and the place by as few of its words as are there once, never by lines, and says exactly what *incorporate* does.
 * English. Pure.
 */
import type * as Y from 'yjs'
import { insertedKind } from '../model/about.ts'
import type { AmendmentView, PlacedAmendment } from '../model/amendments.ts'
import { standingOf, unitOfTarget } from '../model/grounds.ts'
import type { Standing } from '../model/grounds.ts'
import { embedCharacter } from '../model/layout.ts'
import type { About } from '../model/layout.ts'
import type { TextScan } from '../model/texts.ts'
import type { DraftView, NoteView, UnitView } from '../model/units.ts'
import type { UnitKind } from '../model/value.ts'
import { clauseOf } from './clauses.ts'
import type { Clause, Wanted } from './clauses.ts'
import { asIf, trimSpaces } from './compile.ts'
import { carriedOut, joined, replacementsOf } from './edits.ts'
import type { Replacement } from './edits.ts'
import { kindName, officialNames, partsOf } from './names.ts'
import type { OfficialName } from './names.ts'
import { contextBefore, contextBehind, paragraphOf } from './places.ts'
import { listed, quoted, quotedStretch } from './quotes.ts'

export interface WordingForm {
  /** With "so that the paragraph would read: “…”", where words of a paragraph are changed. */
  readonly wouldRead?: boolean
}

/** The draft against which amendments are worded. */
export interface WordingSource {
  readonly view: DraftView
  /** Where an amendment's words and ranges stand. */
  readonly standing: (amendment: AmendmentView) => Standing['on']
  /** The live paragraph that a target is now; null where there is none. */
  readonly unitOf: (target: string) => UnitView | null
}

export const wordingSource = (doc: Y.Doc, view: DraftView, scans: (text: Y.Text) => TextScan): WordingSource => ({
  view,
  standing: (amendment) => standingOf(doc, view, amendment, scans).on,
  unitOf: (target) => unitOfTarget(doc, view, target),
})

type Insertion = Extract<About, { kind: 'insert' }>
type Names = ReadonlyMap<string, OfficialName>

export type Wording = (amendment: AmendmentView, form?: WordingForm) => string

/** Words amendments against a draft as it stands. */
export function wordingIn({ view, standing, unitOf }: WordingSource): Wording {
  const names = officialNames(view)
  const nameOf = (ground: UnitView): OfficialName => names.get(ground.id) ?? groundName(ground)
  return (amendment, { wouldRead = false } = {}) => {
    const { about } = amendment
    const unit = about.target === '' ? null : unitOf(about.target)
    const on = standing(amendment)
    switch (about.kind) {
      case 'insert':
        return unit === null && about.target !== '' ? gone : insertion(view, names, about, unit, amendment.proposal)
      case 'placeholder':
        return unit === null && about.target !== '' ? gone : placeholder(view, names, about, unit, amendment.proposal)
      case 'modify':
        return on.length === 0 ? gone : on.map((one) => modification(one.unit, nameOf(one.unit), one.placed, wouldRead)).join(' ')
      case 'delete':
        return unit === null ? gone : `Delete ${nameOf(unit).whole}.`
      case 'replace':
        return unit === null ? gone : replacement(nameOf(unit), quoted(amendment.proposal), unit.notes)
      case 'move':
        return unit === null ? gone : moved(view, nameOf, unit, unitOf(about.after), unitOf(about.parent))
      case 'join': {
        const second = unitOf(about.with)
        return unit === null || second === null ? gone : `Merge ${nameOf(second).whole} into ${nameOf(unit).whole}${renumbered(view, second)}.`
      }
      case 'split':
      case 'bracket':
      case 'note':
        return on.length === 0 ? gone : on.map((one) => placedWording(amendment, about.kind, one.unit, nameOf(one.unit), one.placed)).join(' ')
    }
  }
}

/** A footnote's words, or a paragraph that is only proposed: neither is among the paragraphs of the draft. */
function groundName({ number }: UnitView): OfficialName {
  const name = number.startsWith('note ') ? `foot${number}` : 'the new paragraph that is proposed'
  return { whole: name, words: name, short: number.startsWith('note ') ? 'the footnote' : 'the paragraph' }
}

function moved(view: DraftView, nameOf: (unit: UnitView) => OfficialName, unit: UnitView, after: UnitView | null, parent: UnitView | null): string {
  const place = after !== null ? `to follow ${nameOf(after).whole}` : parent !== null ? `to become the first subparagraph of ${nameOf(parent).whole}` : 'to the beginning'
  return `Move ${nameOf(unit).whole} ${place}${renumbered(view, unit)}.`
}

const renumbered = (view: DraftView, unit: UnitView): string =>
  view.units.some((other) => other.id !== unit.id && other.kind === unit.kind && other.printed !== '') ? ', and renumber the paragraphs accordingly' : ''

function placeholder(view: DraftView, names: Names, about: { readonly unitKind: string; readonly inside: boolean }, after: UnitView | null, proposal: string): string {
  const kind = kindName(view, about.unitKind as UnitKind, partsOf(view).get(after?.id ?? '') ?? '')
  const place = after === null ? 'At the beginning' : `${about.inside ? 'At the end of' : 'After'} ${names.get(after.id)!.whole}`
  return `${place}, keep a place in square brackets for a new ${kind}${proposal.trim() === '' ? '' : ` on ${proposal.trim()}`}, the text of which is to come.`
}

/** What is done at a place, or over a range, of a paragraph whose words stay. */
function placedWording(amendment: AmendmentView, kind: 'split' | 'bracket' | 'note', unit: UnitView, name: OfficialName, placed: PlacedAmendment): string {
  if (placed.broken.length > 0) return `A place that this amendment holds on to is no longer in ${name.words}.`
  const paragraph = paragraphOf(unit.atoms)
  const sign = placed.signs[0]
  const noteAt = (at: number): number => unit.notes.find((note) => note.at === at)?.number ?? 0
  if (kind === 'bracket') return bracketWording(amendment, unit, name, placed, noteAt)
  if (sign === undefined) return `The words that this amendment is about are no longer in ${name.words}.`
  if (kind === 'split') {
    const behind = contextBehind(paragraph, sign.at)
    const words = behind === null ? '' : ` with the words ${quotedStretch(unit.atoms.slice(behind.from, behind.to), noteAt)}`
    return `In ${name.words}, begin a new paragraph${words}.`
  }
  const before = contextBefore(paragraph, sign.at)
  const place = before === null ? 'at the beginning' : `after the words ${quotedStretch(unit.atoms.slice(before.from, before.to), noteAt)}`
  return `In ${name.words}, ${place}, insert a footnote reading: ${quoted(amendment.proposal)}.`
}

function bracketWording({ about }: AmendmentView, unit: UnitView, name: OfficialName, placed: PlacedAmendment, noteAt: (at: number) => number): string {
  const ranges = placed.brackets.filter(({ from, to }) => to > from)
  if (ranges.length === 0) return `The words that this amendment is about are no longer in ${name.words}.`
  const words = listed(ranges.map(({ from, to }) => quotedStretch(unit.atoms.slice(from, to), noteAt)))
  const verb = about.kind === 'bracket' ? about.verb : 'bracket'
  if (verb === 'retain') return `In ${name.words}, retain the words ${words}.`
  return `In ${name.words}, place the words ${words} in square brackets${verb === 'reserve' ? ', on which the position is reserved' : ''}.`
}

const gone = 'The paragraph that this amendment is about is no longer in the text.'

/** `reading` is the new text as it is quoted; the footnotes that have no place in it go. */
function replacement(name: OfficialName, reading: string, going: readonly NoteView[]): string {
  const notes = going.map((note) => `footnote ${note.number}`)
  return `Replace ${name.words} with the following: ${reading}${notes.length === 0 ? '' : `, and delete ${listed(notes)}`}.`
}

function modification(unit: UnitView, name: OfficialName, placed: PlacedAmendment, wouldRead: boolean): string {
  if (placed.broken.length > 0) return `A place that this amendment holds on to is no longer in ${name.words}.`
  if (placed.hunks.length === 0 && placed.cuts.every((cut) => cut.to <= cut.from)) return `The words that this amendment is about are no longer in ${name.words}.`
  const result = asIf(unit.atoms, [placed])
  const clauses = clausesOf(unit, placed, result)
  if (clauses === null) return replacement(name, asRead(unit, placed, result), unit.notes.filter((note) => isCut(placed, note)))
  if (clauses.length === 0) return `This amendment changes no word of ${name.words}.`
  const reading = wouldRead ? `, so that ${name.short} would read: ${asRead(unit, placed, result)}` : ''
  return `${instruction(name.words, clauses)}${reading}.`
}

function instruction(name: string, clauses: readonly Clause[]): string {
  const [only, ...more] = clauses.map((clause) => clause.words)
  if (more.length > 0) {
    const lettered = clauses.map((clause, index) => `(${letterOf(index)}) ${clause.words}`)
    return `In ${name}: ${lettered.slice(0, -1).join('; ')}; and ${lettered.at(-1)!}`
  }
  const atEnd = /^at the (beginning|end), (.*)$/su.exec(only!)
  return atEnd === null ? `In ${name}, ${only!}` : `At the ${atEnd[1]!} of ${name}, ${atEnd[2]!}`
}

/** a to z, then aa, bb. */
const letterOf = (index: number): string => String.fromCharCode(97 + (index % 26)).repeat(Math.floor(index / 26) + 1)

/** In the order of the text. Null where the whole is best said anew: nothing of it stays, or words do not tell the places. */
function clausesOf(unit: UnitView, placed: PlacedAmendment, result: string): Clause[] | null {
  const { atoms, notes } = unit
  const wanted: Wanted = { paragraph: paragraphOf(atoms), noteAt: (at) => notes.find((note) => note.at === at)?.number ?? 0 }
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

const isCut = (placed: PlacedAmendment, { at }: NoteView): boolean => placed.cuts.some((cut) => cut.from <= at && at < cut.to)

/** The paragraph as it would read; the marks of its footnotes are told behind it, by the numbers they have now. */
function asRead(unit: UnitView, placed: PlacedAmendment, result: string): string {
  const words = quoted(result.replaceAll(embedCharacter, ''))
  const kept = unit.notes.filter((note) => !isCut(placed, note))
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

/** A new paragraph is put where `decisions.incorporate` puts it: behind what its target has beneath it, or first beneath it. */
function insertion(view: DraftView, names: Names, about: Insertion, after: UnitView | null, proposal: string): string {
  const first = after === null || about.inside ? view.children.get(after?.id ?? null)?.[0] : undefined
  const place = first !== undefined ? `Before ${names.get(first.id)!.whole}, insert` : after === null ? 'Insert' : `${about.inside ? 'At the end of' : 'After'} ${names.get(after.id)!.whole}, insert`
  const part = partsOf(view).get(first?.id ?? after?.id ?? '') ?? ''
  // As it will stand there: what was begun as a sub-paragraph may come to stand at the top level.
  const isNested = about.inside ? after !== null : (after?.parent ?? null) !== null
  const unitKind = insertedKind(about.unitKind as UnitKind, isNested, after?.kind)
  return `${place} a new ${kindName(view, unitKind, part)} reading: ${quoted(proposal)}${numbering(view, { ...about, unitKind }, after, part)}.`
}

function numbering(view: DraftView, about: Insertion, after: UnitView | null, part: string): string {
  if (about.unitKind === 'sub') {
    const parent = after === null || about.inside ? (after?.id ?? null) : after.parent
    const siblings = view.children.get(parent) ?? []
    const behind = after === null || about.inside ? siblings : siblings.slice(siblings.indexOf(after) + 1)
    return behind.some((unit) => unit.kind === 'sub') ? ', and renumber the remaining subparagraphs accordingly' : ''
  }
  if (about.unitKind !== 'op') return ''
  const parts = partsOf(view)
  const numbered = view.units.filter((unit) => unit.kind === 'op' && parts.get(unit.id) === part)
  if (numbered.length === 1 && numbered[0]!.printed === '') return ', and number the paragraphs accordingly'
  const at = after === null ? -1 : view.units.indexOf(after)
  const isBehind = (unit: UnitView): boolean => view.units.indexOf(unit) > at && (about.inside || after === null || !isBeneath(view, unit, after))
  return numbered.some(isBehind) ? ', and renumber the remaining paragraphs accordingly' : ''
}

const isBeneath = (view: DraftView, unit: UnitView, above: UnitView): boolean => {
  const parent = unit.parent === null ? undefined : view.byId.get(unit.parent)
  return parent !== undefined && (parent.id === above.id || isBeneath(view, parent, above))
}
