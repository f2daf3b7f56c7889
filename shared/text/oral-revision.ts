/**
 * An oral revision: what is announced from the floor to be changed in a text as tabled, after it was frozen. Its changes name
 * paragraphs by their places, so that they can be carried out on the text wherever it is kept; they are worded as amendments
 * are, and give the text as it then reads. All of one revision are about the same text, and numbers in its sentences
 * are those of that text. No document is written: the text is laid out in one of its own for the time of the answer. Pure.
 */
import type * as Y from 'yjs'
import { addCuts, addHunk, beginAmendment, insertionAnchor, placeAmendment, proposalText, readAmendment } from '../model/amendments.ts'
import type { AmendmentView } from '../model/amendments.ts'
import { newLineage } from '../model/decisions.ts'
import { groundOf } from '../model/grounds.ts'
import { incorporate } from '../model/incorporate.ts'
import { amendmentsOf, isCleanWords } from '../model/layout.ts'
import type { About, Anchor } from '../model/layout.ts'
import { placeIn, valueOf } from '../model/operations.ts'
import { readDraft } from '../model/reader.ts'
import { faultOf } from '../model/recheck.ts'
import type { Fault } from '../model/recheck.ts'
import { outsidePair, scanText } from '../model/texts.ts'
import type { DraftView, UnitView } from '../model/units.ts'
import { unitKinds } from '../model/value.ts'
import type { ResolutionValue, UnitKind } from '../model/value.ts'
import type { ErrorCode } from '../wire/errors.ts'
import { asIf } from './compile.ts'
import { replacementsOf } from './edits.ts'
import { laidOut } from './laid-out.ts'
import type { LaidOut } from './laid-out.ts'
import { paragraphOf } from './places.ts'
import { wordingIn, wordingSource } from './wording.ts'

/** `words` in place of a stretch. Offsets count the words with one place for the mark of each footnote. */
export interface OralEdit {
  readonly from: number
  readonly to: number
  readonly words: string
}

/** `unit`, `with`, `under`, `after`: places of paragraphs in the order of the page, from 0. `after: null` is before the first. */
export type OralChange =
  /** Words of a paragraph, or of its footnote `note` (from 0); the edits in order. */
  | { readonly kind: 'words'; readonly unit: number; readonly note: number | null; readonly edits: readonly OralEdit[] }
  | { readonly kind: 'footnote'; readonly unit: number; readonly at: number; readonly words: string }
  /** A new paragraph behind another, first beneath it (`inside`), or at the beginning of the text. */
  | { readonly kind: 'new'; readonly after: number | null; readonly inside: boolean; readonly unitKind: UnitKind; readonly words: string }
  | { readonly kind: 'delete'; readonly unit: number }
  | { readonly kind: 'move'; readonly unit: number; readonly under: number | null; readonly after: number | null }
  | { readonly kind: 'divide'; readonly unit: number; readonly at: number }
  | { readonly kind: 'merge'; readonly unit: number; readonly with: number }

type Test = (value: unknown) => boolean

const place: Test = (value) => Number.isSafeInteger(value) && (value as number) >= 0
const placeOrNone: Test = (value) => value === null || place(value)
const said: Test = (value) => typeof value === 'string'
const isMap = (value: unknown): value is Readonly<Record<string, unknown>> => typeof value === 'object' && value !== null && !Array.isArray(value)
const fits = (value: Readonly<Record<string, unknown>>, form: Readonly<Record<string, Test>>): boolean =>
  Object.keys(value).length === Object.keys(form).length && Object.entries(form).every(([key, test]) => Object.hasOwn(value, key) && test(value[key]))

const isEdits: Test = (value) => Array.isArray(value) && value.every((edit) => isMap(edit) && fits(edit, { from: place, to: place, words: said }))

const forms: { readonly [K in OralChange['kind']]: { readonly [P in Exclude<keyof Extract<OralChange, { kind: K }>, 'kind'>]: Test } } = {
  words: { unit: place, note: placeOrNone, edits: isEdits },
  footnote: { unit: place, at: place, words: said },
  new: { after: placeOrNone, inside: (value) => typeof value === 'boolean', unitKind: (value) => unitKinds.some((kind) => kind === value), words: said },
  delete: { unit: place },
  move: { unit: place, under: placeOrNone, after: placeOrNone },
  divide: { unit: place, at: place },
  merge: { unit: place, with: place },
}

/** Of a value that was read as JSON. */
export function isOralChange(value: unknown): value is OralChange {
  const kind = isMap(value) ? (Object.keys(forms) as (keyof typeof forms)[]).find((known) => known === value['kind']) : undefined
  return kind !== undefined && fits(value as Readonly<Record<string, unknown>>, { kind: said, ...forms[kind] })
}

/**
 * - `no-such-unit`     it names a paragraph, footnote or place that the text does not have
 * - `nothing-changed`  a change, or all together, would leave the text as it is
 * - `clash`            two of them cannot both be carried out
 * - `not-words`        words with line breaks, control characters or half a character
 * - the others         as of an amendment
 */
export type OralFault = 'no-such-unit' | 'nothing-changed' | 'clash' | 'not-words' | Exclude<Fault, 'target-gone' | 'anchor-broken' | 'words-gone'>

export type Worded = { readonly ok: true; readonly sentence: string } | { readonly ok: false; readonly fault: OralFault }
export type Revised =
  /** `from`: of each paragraph that then stands, in the order of the page, its place before; null of a new one. */
  | { readonly ok: true; readonly sentences: readonly string[]; readonly value: ResolutionValue; readonly from: readonly (number | null)[] }
  /** `at`: which change it is about, from 0. */
  | { readonly ok: false; readonly fault: OralFault; readonly at: number }

/** What is said to whoever asked for it. */
export const oralRefusals: Readonly<Record<OralFault, ErrorCode>> = {
  'no-such-unit': 'no-such-unit',
  'nothing-changed': 'oral-nothing',
  'clash': 'oral-clash',
  'not-words': 'bad-command',
  'place-gone': 'no-such-unit',
  'beneath-itself': 'beneath-itself',
  'too-deep': 'too-deep',
  'not-next': 'not-next',
}

/** One change by itself. What it begins in the ground's document is taken off again. */
export function wordedChange(ground: LaidOut, change: OralChange): Worded {
  const begun = begin(ground, change)
  if (!begun.ok) return begun
  const sentence = wordingIn(wordingSource(ground.doc, ground.view, scanText))(begun.amendment)
  amendmentsOf(ground.doc).delete(begun.amendment.id)
  return { ok: true, sentence }
}

/** All of them, in their order, worded against the text as it is; then carried out on it. */
export function orallyRevised(value: ResolutionValue, changes: readonly OralChange[]): Revised {
  const ground = laidOut(value)
  const { doc, view, language } = ground
  const before = JSON.stringify(valueOf(view, language))
  const clash = clashIn(view, changes)
  if (clash !== null) return { ok: false, fault: 'clash', at: clash }
  const word = wordingIn(wordingSource(doc, view, scanText))
  const begun: AmendmentView[] = []
  for (const [at, change] of changes.entries()) {
    const one = begin(ground, change)
    if (!one.ok) return { ...one, at }
    begun.push(one.amendment)
  }
  const sentences = begun.map((amendment) => word(amendment))
  const lineage = newLineage()
  for (const at of [...changes.keys()].sort((one, other) => order[changes[one]!.kind] - order[changes[other]!.kind] || one - other)) {
    const done = incorporate(doc, readDraft(doc, language), begun[at]!, { scans: scanText, wanted: asIf, document: '', by: [], atMs: 0, lineage })
    if (done === null) return { ok: false, fault: 'clash', at }
  }
  const after = readDraft(doc, language)
  const revised = valueOf(after, language)
  const places = new Map(view.units.map(({ id }, at) => [id, at]))
  const from = after.units.map(({ id }) => places.get(id) ?? null)
  doc.destroy()
  return JSON.stringify(revised) === before ? { ok: false, fault: 'nothing-changed', at: 0 } : { ok: true, sentences, value: revised, from }
}

/** Words first, while all paragraphs stand where the changes say; what is beside a paragraph before that is parted, joined or goes. */
const order: Readonly<Record<OralChange['kind'], number>> = { words: 0, footnote: 1, new: 2, move: 3, divide: 4, merge: 5, delete: 6 }

type Begun = { readonly ok: true; readonly amendment: AmendmentView } | { readonly ok: false; readonly fault: OralFault }

const fails = (fault: OralFault): Begun => ({ ok: false, fault })

function begin({ doc, view }: LaidOut, change: OralChange): Begun {
  if (!wordsOf(change).every(isCleanWords)) return fails('not-words')
  const about = aboutOf(doc, view, change)
  if (about === null) return fails('no-such-unit')
  if (about.kind === 'move' && (about.after === about.target || about.parent === about.target)) return fails('beneath-itself')
  const id = beginAmendment(doc, about)
  const proposal = change.kind === 'new' || change.kind === 'footnote' ? change.words.trim() : ''
  proposalText(doc, id)!.insert(0, proposal)
  const isSaid = change.kind === 'words' ? writeEdits(doc, view, id, change.edits) : (change.kind !== 'new' && change.kind !== 'footnote') || proposal !== ''
  const amendment = readAmendment(id, amendmentsOf(doc).get(id))!
  const fault = isSaid === null ? 'no-such-unit' : !isSaid ? 'nothing-changed' : faultHere(doc, view, amendment, change)
  if (fault === null) return { ok: true, amendment }
  amendmentsOf(doc).delete(id)
  return fails(fault)
}

const wordsOf = (change: OralChange): string[] =>
  change.kind === 'words' ? change.edits.map(({ words }) => words) : change.kind === 'new' || change.kind === 'footnote' ? [change.words] : []

/** Null where it names what is not there. */
function aboutOf(doc: Y.Doc, { units }: DraftView, change: OralChange): About | null {
  const unit = 'unit' in change ? units[change.unit] : undefined
  const idAt = (at: number | null): string | null => (at === null ? '' : (units[at]?.id ?? null))
  if (change.kind === 'new') {
    const target = idAt(change.after)
    return target === null ? null : { kind: 'insert', target, unitKind: change.unitKind, inside: change.inside && target !== '' }
  }
  if (unit === undefined) return null
  switch (change.kind) {
    case 'words': {
      const target = change.note === null ? unit.id : unit.notes[change.note]?.id
      return target === undefined ? null : { kind: 'modify', target }
    }
    case 'delete':
      return { kind: 'delete', target: unit.id }
    case 'move': {
      const [parent, after] = [idAt(change.under), idAt(change.after)]
      return parent === null || after === null ? null : { kind: 'move', target: unit.id, parent, after }
    }
    case 'merge': {
      const second = idAt(change.with)
      return second === null || second === unit.id ? null : { kind: 'join', target: unit.id, with: second }
    }
    case 'footnote':
    case 'divide': {
      const at = anchorAt(doc, unit, change.at)
      return at === null ? null : { kind: change.kind === 'divide' ? 'split' : 'note', target: unit.id, at }
    }
  }
}

function anchorAt(doc: Y.Doc, unit: UnitView, at: number): Anchor | null {
  const place = at > unit.atoms.length || outsidePair(unit.atoms, at) !== at ? null : placeIn(unit, at)
  return place === null ? null : insertionAnchor(doc, place)
}

/** Null where there is no such stretch; false where no word would be another. */
function writeEdits(doc: Y.Doc, view: DraftView, id: string, edits: readonly OralEdit[]): boolean | null {
  const { about } = readAmendment(id, amendmentsOf(doc).get(id))!
  const unit = groundOf(doc, view, about.target)
  if (unit === null) return null
  const { atoms } = unit
  const isWhole = ({ from, to }: OralEdit, index: number): boolean =>
    from <= to && to <= atoms.length && from >= (edits[index - 1]?.to ?? 0) && outsidePair(atoms, from) === from && outsidePair(atoms, to) === to
  if (!edits.every(isWhole)) return null
  for (const { from, to, words } of edits) {
    const at = anchorAt(doc, unit, from)
    if (words !== '' && at !== null) addHunk(doc, id, at, words)
    if (to > from) addCuts(doc, id, doc, unit, from, to)
  }
  const placed = placeAmendment(doc, unit, readAmendment(id, amendmentsOf(doc).get(id))!, scanText)
  return replacementsOf(paragraphOf(atoms), placed).length > 0
}

function faultHere(doc: Y.Doc, view: DraftView, amendment: AmendmentView, change: OralChange): OralFault | null {
  if (change.kind === 'divide' && (change.at === 0 || change.at === view.units[change.unit]!.atoms.length)) return 'nothing-changed'
  const fault = faultOf(doc, view, amendment, scanText)
  if (fault !== null) return fault === 'target-gone' || fault === 'anchor-broken' || fault === 'words-gone' ? 'no-such-unit' : fault
  if (change.kind === 'move') {
    const { id, parent } = view.units[change.unit]!
    const siblings = view.children.get(parent) ?? []
    const before = siblings[siblings.findIndex((unit) => unit.id === id) - 1]?.id ?? ''
    const { about } = amendment
    if (about.kind === 'move' && about.parent === (parent ?? '') && about.after === before) return 'nothing-changed'
  }
  return null
}

/** Which change comes to a paragraph that another one has taken; null where there is none. Carrying them out may find others. */
export function clashIn({ units }: Pick<DraftView, 'units'>, changes: readonly OralChange[]): number | null {
  const taken = new Set<string>()
  const once = (...keys: readonly string[]): boolean => keys.every((key) => !taken.has(key) && taken.add(key).size > 0)
  /** Those that are no more afterwards. */
  const gone = new Map<string, number>()
  for (const [at, change] of changes.entries()) {
    const isFirst = change.kind === 'words' ? once(`words ${change.unit} ${change.note ?? ''}`)
      : change.kind === 'move' || change.kind === 'delete' ? once(`whole ${change.unit}`)
      : change.kind === 'merge' ? once(`whole ${change.unit}`, `whole ${change.with}`)
      : true
    if (!isFirst) return at
    if (change.kind === 'delete' && units[change.unit] !== undefined) gone.set(units[change.unit]!.id, at)
  }
  const parents = new Map(units.map(({ id, parent }) => [id, parent]))
  const isGone = (id: string | null | undefined, own: number): boolean =>
    typeof id === 'string' && ((gone.has(id) && gone.get(id) !== own) || isGone(parents.get(id), own))
  for (const [at, change] of changes.entries()) {
    const on = change.kind === 'new' ? [change.inside ? units[change.after ?? -1]?.id : parents.get(units[change.after ?? -1]?.id ?? '')]
      : change.kind === 'move' ? [units[change.unit]?.id, units[change.under ?? -1]?.id]
      : change.kind === 'merge' ? [units[change.unit]?.id, units[change.with]?.id]
      : [units[change.unit]?.id]
    if (on.some((id) => isGone(id, at))) return at
  }
  return null
}
