/** What is to be written as a Word file, as values that go to another thread; and the file. Pure but for documents that it makes and drops. */
import * as Y from 'yjs'
import { isEmpty, readAmendments } from '../../../model/amendments.ts'
import type { AmendmentView } from '../../../model/amendments.ts'
import { idsIn } from '../../../model/about.ts'
import { newLineage, publish, readPublished } from '../../../model/decisions.ts'
import { followed } from '../../../model/forward.ts'
import { defineShared, defineSide, newDoc, textsOf } from '../../../model/layout.ts'
import { draftReader } from '../../../model/reader.ts'
import { readAmendmentState, readDelegations } from '../../../model/state.ts'
import type { AmendmentState } from '../../../model/state.ts'
import { readThreads } from '../../../model/threads.ts'
import type { DraftView, UnitView } from '../../../model/units.ts'
import { isUndecided } from '../../../policy/types.ts'
import type { ListedAmendment } from '../../../text/amendment-list.ts'
import type { Printed } from '../../../text/printed.ts'
import type { AuthorsView } from '../../../wire/authors.ts'
import { inPreparation } from '../../../wire/word.ts'
import type { Reviser } from '../file.ts'
import { amendedSheet } from './amended.ts'
import type { Former } from './amended.ts'
import { plainSheet } from './changes.ts'
import type { SheetParagraph } from './changes.ts'
import type { SheetComment } from './comments.ts'
import { writeEntries } from './entries.ts'
import { writeAmendmentList } from './list.ts'
import { writeWord } from './package.ts'
import type { Sheet } from './package.ts'
import type { SheetUnit } from './sheet.ts'
import { strikersOf, struckLetters } from './struck.ts'

/** An earlier text, with who wrote the letters of the one that stands. */
export interface Against {
  readonly units: readonly SheetUnit[]
  readonly sinceMs: number
  readonly authors: AuthorsView
}

export type WordOrder =
  | { readonly word: 'text'; readonly sheet: Sheet; readonly units: readonly SheetUnit[] }
  | { readonly word: 'list'; readonly sheet: Sheet; readonly listed: readonly ListedAmendment[]; readonly heading: string; readonly note: string; readonly none: string }
  | { readonly word: 'entries'; readonly sheet: Sheet; readonly printed: Printed; readonly heads: readonly [string, string, string] }
  | {
      readonly word: 'amended'
      readonly sheet: Sheet
      /** The shared document, as a Yjs update. */
      readonly shared: Uint8Array
      /** Of one delegation its side document, whose proposals in preparation are shown too; null for none. */
      readonly side: { readonly doc: Uint8Array; readonly delegation: string } | null
      /** Null for the text that stands. */
      readonly against: Against | null
      /** Open threads as comments: of the shared document, and of the side document where one is given. */
      readonly hasThreads: boolean
    }

export function writeOrdered(order: WordOrder): Uint8Array {
  switch (order.word) {
    case 'text':
      return writeWord(order.sheet, plainSheet(order.units))
    case 'list':
      return writeAmendmentList(order.sheet, order.listed, order)
    case 'entries':
      return writeEntries(order.sheet, order.printed, order.heads)
    case 'amended':
      return writeAmended(order)
  }
}

/** As a change of a Word file says its time: to the second. */
export const wordTime = (atMs: number): string => new Date(atMs).toISOString().replace(/\.\d+Z$/, 'Z')

function writeAmended({ sheet, shared: update, side, against, hasThreads }: Extract<WordOrder, { word: 'amended' }>): Uint8Array {
  const shared = defineShared(newDoc())
  Y.applyUpdate(shared, update)
  const own = side === null ? null : defineSide(newDoc())
  if (own !== null) Y.applyUpdate(own, side!.doc)
  const names = new Map(readDelegations(shared).map(({ id, name }) => [id, name]))
  const nameOf = (id: string): string => names.get(id) ?? id
  const prepared = own === null ? [] : unpublished(shared, own, sheet.atMs)
  const reader = draftReader(shared)
  const view = reader.read(sheet.language)
  const reviserOf = (id: string): Reviser => {
    if (prepared.includes(id)) return { author: nameOf(side!.delegation) + inPreparation, at: wordTime(sheet.atMs) }
    const state = readAmendmentState(shared, id)
    return state === null ? { author: '', at: null } : { author: nameOf(state.proposer), at: wordTime(state.atMs) }
  }
  const isShown = ({ id }: AmendmentView): boolean => prepared.includes(id) || isUndecided(readAmendmentState(shared, id)?.status ?? 'withdrawn')
  const office = readDelegations(shared).find(({ kind }) => kind === 'office')?.name ?? ''
  const former = against === null ? {} : { former: formerOf(shared, view, against, nameOf, { author: office, at: wordTime(sheet.atMs) }) }
  const paragraphs = amendedSheet({ shared, view, amendments: readAmendments(shared).filter(isShown), scans: reader.scans, reviserOf, ...former }, sheet.language)
  const written = writeWord(sheet, hasThreads ? withThreads(paragraphs, view, own === null ? [shared] : [shared, own], shared, nameOf) : paragraphs)
  reader.stop()
  for (const doc of [shared, own]) doc?.destroy()
  return written
}

/** Puts what a side document holds and the shared one does not among its amendments. Their ids. */
function unpublished(shared: Y.Doc, side: Y.Doc, atMs: number): string[] {
  return readAmendments(side).flatMap((amendment) => {
    const known = readAmendmentState(shared, amendment.id)
    if (amendment.dropped || isEmpty(amendment) || (known !== null && (!isUndecided(known.status) || sameWords(amendment, readPublished(shared, amendment.id))))) return []
    publish(shared, side, '', amendment, (known?.revision ?? 0) + 1, atMs, null, newLineage())
    return [amendment.id]
  })
}

const wordingOf = ({ about, proposal, hunks, cuts }: AmendmentView): string => JSON.stringify([about, proposal, hunks.map(({ id, words }) => [id, words]), cuts.map(({ id }) => id)])
const sameWords = (one: AmendmentView, other: AmendmentView | null): boolean => other !== null && wordingOf(one) === wordingOf(other)

function formerOf(shared: Y.Doc, view: DraftView, { units, sinceMs, authors: { authors, runs } }: Against, nameOf: (id: string) => string, otherwise: Reviser): Former {
  const byClient = new Map<number, { from: number; to: number; by: Reviser | null; isSince: boolean }[]>()
  const decided = (state: AmendmentState): Reviser => ({ author: nameOf(state.proposer), at: wordTime(state.decision?.atMs ?? state.atMs) })
  for (const [client, clock, length, index, atMs] of runs) {
    const { amendments, delegation } = authors[index]!
    const state = amendments[0] === undefined ? null : readAmendmentState(shared, amendments[0])
    const by = state !== null ? decided(state) : delegation === null ? null : { author: nameOf(delegation), at: wordTime(atMs) }
    byClient.set(client, [...(byClient.get(client) ?? []), { from: clock, to: clock + length, by, isSince: (state === null ? atMs : state.decision?.atMs ?? state.atMs) >= sinceMs }])
  }
  const runOf = (client: number, clock: number): { readonly by: Reviser | null; readonly isSince: boolean } | undefined => byClient.get(client)?.find(({ from, to }) => clock >= from && clock < to)
  const incorporated: { readonly amendment: AmendmentView; readonly state: AmendmentState }[] = []
  const since = new Map<string, AmendmentState>()
  for (const amendment of readAmendments(shared)) {
    const { id, about } = amendment
    const state = readAmendmentState(shared, id)
    if (state?.status !== 'incorporated' || (state.decision?.atMs ?? 0) < sinceMs) continue
    incorporated.push({ amendment, state })
    for (const unit of [...idsIn(about), id].map((named) => followed(shared, named))) if ((since.get(unit)?.decision?.atMs ?? 0) <= state.decision!.atMs) since.set(unit, state)
  }
  const byId = new Map(incorporated.map(({ amendment, state }) => [amendment.id, decided(state)]))
  const strikers = strikersOf(shared, incorporated.sort((one, other) => (one.state.decision?.atMs ?? 0) - (other.state.decision?.atMs ?? 0)).map(({ amendment }) => amendment))
  return {
    units: units.map((unit) => withNotesOf(unit, view.byId.get(unit.id ?? ''))),
    written: (unit) => writersIn(shared, unit, (client, clock) => runOf(client, clock)?.by ?? null),
    struck: (unit) => (since.has(unit) ? decided(since.get(unit)!) : null),
    struckIn: ({ letters }, now) => struckLetters(shared, letters, now, strikers, (client, clock) => runOf(client, clock)?.isSince ?? false).map((amendment) => (amendment === null ? null : byId.get(amendment) ?? null)),
    otherwise,
  }
}

/** A version keeps no names of its notes: one that reads as one of the paragraph's notes now, or stands where it stood, is that one. */
function withNotesOf(unit: SheetUnit, now: UnitView | undefined): SheetUnit {
  const left = [...(now?.notes ?? [])]
  const taken = unit.notes.map(({ words }) => {
    const at = left.findIndex((note) => note.words === words)
    return at === -1 ? null : left.splice(at, 1)[0]!
  })
  return { ...unit, notes: unit.notes.map((note, at) => ({ ...note, id: (taken[at] ?? left.shift())?.id ?? note.id })) }
}

/** For each of a unit's atoms. */
function writersIn(shared: Y.Doc, { segments }: UnitView, writerOf: (client: number, clock: number) => Reviser | null): (Reviser | null)[] {
  return segments.flatMap(({ text: id, from, to }) => {
    const text = textsOf(shared).get(id)
    const found: (Reviser | null)[] = []
    let at = 0
    for (let item = text instanceof Y.Text ? text._start : null; item !== null && at < to; item = item.right) {
      if (item.deleted || !item.countable) continue
      for (let letter = Math.max(0, from - at); letter < Math.min(item.length, to - at); letter++) found.push(writerOf(item.id.client, item.id.clock + letter))
      at += item.length
    }
    return found
  })
}

/** A thread whose paragraph is not on the sheet stands on its first one. */
function withThreads(paragraphs: readonly SheetParagraph[], view: DraftView, docs: readonly Y.Doc[], shared: Y.Doc, nameOf: (id: string) => string): SheetParagraph[] {
  const on = new Map<string, SheetComment[]>()
  for (const doc of docs) {
    for (const { about, quote, messages, resolved } of readThreads(doc)) {
      if (resolved !== null) continue
      const named = about.kind === 'unit' ? about.unit : (readPublished(shared, about.amendment)?.about.target ?? '')
      const id = followed(shared, named)
      const unit = view.blockOf.get(id) ?? id
      const place = paragraphs.some((one) => one.unit.id === unit) ? unit : ''
      on.set(place, [...(on.get(place) ?? []), ...messages.map(({ delegation, name, words, atMs }) => ({ author: name === null ? nameOf(delegation) : `${name}, ${nameOf(delegation)}`, at: wordTime(atMs), words, on: quote }))])
    }
  }
  const first = paragraphs[0]?.unit.id ?? ''
  const seen = new Set<string>()
  return paragraphs.map((paragraph) => {
    const { id } = paragraph.unit
    const isLater = id === null || seen.has(id)
    if (id !== null) seen.add(id)
    const comments = isLater ? [] : [...(on.get(id) ?? []), ...(id === first ? (on.get('') ?? []) : [])]
    return comments.length === 0 ? paragraph : { ...paragraph, comments }
  })
}
