/**
 * A marked-up copy of a draft's Word file, as changes of the text as it stands today. The copy's own text is what all its changes
 * rejected leave; each of its paragraphs is found in today's by its words, and each change goes where the words round it are now. What
 * has no place any more is told. Pure.
 */
import { embedCharacter } from '../../model/layout.ts'
import type { DraftView, UnitView } from '../../model/units.ts'
import type { UnitKind } from '../../model/value.ts'
import { openingLengthOf } from '../../drafting/phrases.ts'
import { pairsOf } from '../../text/alike-units.ts'
import { longestRising } from '../../text/compare.ts'
import { wordDiff } from '../../text/word-diff.ts'
import type { WordPart } from '../../text/word-diff.ts'
import { clean } from '../lines.ts'
import { takeNumber } from '../numbers.ts'
import type { WordFile } from './file.ts'
import { textIn, wordsOfRuns } from './modes.ts'
import { withoutSent } from './sent.ts'
import type { Sent } from './sent.ts'
import { closed, lettersIn, lettersOf, shownOf, sidesOf } from './sides.ts'
import type { New, Old, Piece } from './sides.ts'
import { lettersWith, sheetOf } from './write/sheet.ts'
import { madeStyle } from './write/styles.ts'

/** Words in place of a range; offsets are those of the atoms of a paragraph, or of a footnote's words. */
export interface ReplyEdit {
  readonly from: number
  readonly to: number
  readonly words: string
}

export type ReplyChange =
  /** `unit` is a paragraph's or a footnote's; edits from the first to the last, none over another. */
  | { readonly kind: 'words'; readonly unit: string; readonly edits: readonly ReplyEdit[]; readonly shown: readonly WordPart[] }
  | { readonly kind: 'note'; readonly unit: string; readonly at: number; readonly words: string }
  | { readonly kind: 'delete'; readonly unit: string; readonly words: string }
  /** After `unit` ('' for the beginning), or as its first child. */
  | { readonly kind: 'insert'; readonly unit: string; readonly inside: boolean; readonly unitKind: UnitKind; readonly words: string }
  | { readonly kind: 'move'; readonly unit: string; readonly after: string; readonly words: string }
  | { readonly kind: 'split'; readonly unit: string; readonly at: number; readonly words: string }
  | { readonly kind: 'join'; readonly unit: string; readonly with: string }

export const unplacedReasons = ['paragraph-gone', 'words-gone', 'place-gone', 'brackets', 'note-of-new', 'not-neighbours', 'in-proposal'] as const
/** Why a change has no place in today's text. */
export type UnplacedReason = (typeof unplacedReasons)[number]

export interface Unplaced {
  readonly why: UnplacedReason
  readonly shown: readonly WordPart[]
}

export interface Reply {
  readonly changes: readonly ReplyChange[]
  readonly unplaced: readonly Unplaced[]
  /** Who made changes in the file, by the names that it has. */
  readonly authors: readonly string[]
  /** It had no tracked changes, so what differs from today's text was taken for them. */
  readonly isUntracked: boolean
  readonly comments: WordFile['comments']
}

/** `sent`: which of its changes it went out with. */
export function readReply(whole: WordFile, view: DraftView, language: string, sent: Sent = () => null): Reply {
  const { file, inProposals } = withoutSent(whole, sent)
  const { olds, news, authors } = sidesOf(file)
  if (authors.length === 0 && sidesOf(whole).authors.length === 0) return untracked(file, view, language)
  const units = pairedUnits(olds, view)
  const found: { changes: ReplyChange[]; unplaced: Unplaced[] } = { changes: [], unplaced: inProposals.map((shown) => ({ why: 'in-proposal', shown })) }
  const moves = new Map(olds.filter((old) => old.moved !== null && old.partners.size === 0).map((old) => [old, news.find((one) => one.partners.size === 0 && one.moved !== null && (one.moved === old.moved || closed(lettersOf(one.pieces, 'new')) === closed(lettersOf(old.pieces, 'struck'))))] as const))
  const movedTo = new Map([...moves].flatMap(([old, one]) => (one === undefined ? [] : [[one, old] as const])))
  const gone = new Set<string>()
  for (const old of olds) {
    const isChanged = old.partners.size === 0 ? lettersOf(old.pieces, 'old') !== '' && moves.get(old) === undefined : old.pieces.some(({ kind }) => kind !== 'kept') || old.parted.length > 0 || old.joinedTo !== null
    const unit = units.get(old)
    if (!isChanged && !hasChangedNotes(file, old)) continue
    if (unit === undefined) {
      found.unplaced.push({ why: 'paragraph-gone', shown: shownOf(old.pieces) })
    } else if (old.partners.size === 0) {
      if (isChanged && !isBeneath(view, unit, gone)) {
        gone.add(unit.id)
        found.changes.push({ kind: 'delete', unit: unit.id, words: unit.words })
      }
    } else changesOf(file, old, unit, units, view, found)
  }
  let last = ''
  for (const one of news) {
    const old = [...one.partners][0] ?? movedTo.get(one)
    const unit = old === undefined ? undefined : units.get(old)
    if (movedTo.has(one)) {
      if (unit === undefined) found.unplaced.push({ why: 'paragraph-gone', shown: shownOf(one.pieces) })
      else {
        found.changes.push({ kind: 'move', unit: unit.id, after: last, words: unit.words })
        changesOf(file, withWords(old!, one), unit, units, view, found)
      }
    } else if (one.partners.size === 0 && lettersOf(one.pieces, 'new').trim() !== '') insertion(one, last, view, language, found)
    if (unit !== undefined) last = unit.id
  }
  // Taken up in this order they come to the copy's own: of two that go behind one paragraph, a new one before one that was moved there;
  // and both behind each part of a paragraph that is parted. Of several that become one the last is joined first: what is joined is gone.
  const late: readonly ReplyChange['kind'][] = ['move', 'insert', 'split']
  const changes = [...found.changes.filter(({ kind }) => kind !== 'join' && !late.includes(kind)), ...late.flatMap((kind) => found.changes.filter((change) => change.kind === kind)), ...found.changes.filter(({ kind }) => kind === 'join').reverse()]
  return { changes, unplaced: found.unplaced, authors, isUntracked: false, comments: file.comments }
}

const compared = (unit: { readonly id: string | null; readonly letters: string }): Parameters<typeof pairsOf>[0][number] => ({ id: unit.id, kind: 'para', number: '', printed: '', depth: 0, words: unit.letters.replaceAll(embedCharacter, '').trim() })

function pairedUnits(olds: readonly Old[], view: DraftView): ReadonlyMap<Old, UnitView> {
  const written = olds.filter((old) => lettersOf(old.pieces, 'old').trim() !== '')
  const pairs = pairsOf(sheetOf(view.units).map(compared), written.map((old) => compared({ id: null, letters: lettersOf(old.pieces, 'old') })))
  return new Map(written.flatMap((old, at) => (pairs.get(at) === undefined ? [] : [[old, view.units[pairs.get(at)!]!] as const])))
}

function isBeneath(view: DraftView, unit: UnitView, ids: ReadonlySet<string>): boolean {
  for (let up = unit.parent; up !== null; up = view.byId.get(up)?.parent ?? null) if (ids.has(up)) return true
  return false
}

/** A paragraph that was moved, with what changed in it on the way. */
function withWords(old: Old, one: New): Old {
  const pieces = piecesBetween(lettersOf(old.pieces, 'old'), lettersOf(one.pieces, 'new'), one.pieces.flatMap(({ note }) => note ?? []), old.pieces.flatMap(({ note }) => note ?? []))
  return { ...old, pieces, parted: [], joinedTo: null }
}

/** `notes`: of the second text, in their order; `were`: of the first, where the file has them. */
function piecesBetween(before: string, after: string, notes: readonly string[], were: readonly string[] = []): Piece[] {
  const [old, now] = [[...were], [...notes]]
  return wordDiff(before, after).flatMap(({ kind, words }) => words.split(/(\uFFFC)/).filter((letters) => letters !== '').map((letters): Piece => {
    const was = letters === embedCharacter && kind !== 'new' ? old.shift() : undefined
    const note = letters === embedCharacter && kind !== 'struck' ? now.shift() ?? null : null
    return { kind, letters, note, ...(was === undefined ? {} : { was }) }
  }))
}

interface Found {
  readonly changes: ReplyChange[]
  readonly unplaced: Unplaced[]
}

function changesOf(file: WordFile, old: Old, unit: UnitView, units: ReadonlyMap<Old, UnitView>, view: DraftView, found: Found): void {
  const { letters, places } = lettersWith(unit.atoms, unit.brackets)
  const from = lettersOf(old.pieces, 'old')
  const now = alignment(from, letters)
  const inAtoms = (at: number): number => places[at]!
  const { edits, unplaced, notes } = editsOf(old.pieces, now, inAtoms)
  if (edits.length > 0) found.changes.push({ kind: 'words', unit: unit.id, edits, shown: shownOf(old.pieces) })
  found.unplaced.push(...unplaced)
  for (const { at, note } of notes) {
    const words = wordsOfNote(file, note, 'accepted')
    if (words === '') continue
    if (at === null) found.unplaced.push({ why: 'place-gone', shown: [{ kind: 'new', words }] })
    else found.changes.push({ kind: 'note', unit: unit.id, at: inAtoms(at), words })
  }
  for (const { at } of old.parted) {
    const place = placeOf(now, at)
    const rest = from.slice(at).trim()
    if (place === null) found.unplaced.push({ why: 'place-gone', shown: [{ kind: 'kept', words: rest }] })
    else found.changes.push({ kind: 'split', unit: unit.id, at: firstWord(unit.atoms, inAtoms(place)), words: rest })
  }
  if (old.joinedTo !== null) {
    const next = units.get(old.joinedTo)
    const at = view.units.indexOf(unit)
    if (next === undefined || view.units[at + 1]?.id !== next.id) found.unplaced.push({ why: 'not-neighbours', shown: shownOf(old.joinedTo.pieces) })
    else found.changes.push({ kind: 'join', unit: unit.id, with: next.id })
  }
  let mark = 0
  for (const piece of old.pieces) {
    if (piece.kind === 'new' || piece.letters !== embedCharacter) {
      mark += piece.kind === 'new' ? 0 : piece.letters.length
      continue
    }
    const place = now[mark]!
    mark++
    if (piece.note === null || place < 0 || piece.kind === 'struck') continue
    const note = unit.notes[letters.slice(0, place).split(embedCharacter).length - 1]
    const [was, is] = [wordsOfNote(file, piece.was ?? piece.note, 'rejected'), wordsOfNote(file, piece.note, 'accepted')]
    if (note === undefined || was === is) continue
    const parts = wordDiff(was, is)
    const changed = editsOf(parts.map(({ kind, words }) => ({ kind, letters: words, note: null })), alignment(was, note.words), (place) => place)
    if (changed.edits.length > 0) found.changes.push({ kind: 'words', unit: note.id, edits: changed.edits, shown: parts })
    found.unplaced.push(...changed.unplaced)
  }
}

/** The second of two paragraphs begins with a word. */
function firstWord(atoms: string, from: number): number {
  let at = from
  while (atoms[at] === ' ') at++
  return at
}

const wordsOfNote = (file: WordFile, note: string, mode: 'accepted' | 'rejected'): string =>
  clean(textIn(file.notes.get(note) ?? [], mode).map(({ runs }) => wordsOfRuns(runs)).join(' ')).text.replace(/[\n\t]/g, ' ').trim()

const hasChangedNotes = (file: WordFile, old: Old): boolean =>
  old.pieces.some(({ kind, note }) => kind === 'kept' && note !== null && wordsOfNote(file, note, 'accepted') !== wordsOfNote(file, note, 'rejected'))

/** For each letter of the one text where it stands in the other; -1 where it does not. */
function alignment(from: string, to: string): number[] {
  const now: number[] = []
  let at = 0
  for (const { kind, words } of wordDiff(from, to)) {
    for (let letter = 0; kind !== 'new' && letter < words.length; letter++) now.push(kind === 'kept' ? at + letter : -1)
    at += kind === 'struck' ? 0 : words.length
  }
  return now
}

/** Where words go that stand at an offset: behind what was before them, else before what was behind. */
function placeOf(now: readonly number[], at: number): number | null {
  if (at > 0 && now[at - 1]! >= 0) return now[at - 1]! + 1
  if (at < now.length) return now[at]! >= 0 ? now[at]! : null
  return at === 0 ? 0 : null
}

interface Edits {
  readonly edits: readonly ReplyEdit[]
  readonly unplaced: readonly Unplaced[]
  readonly notes: readonly { readonly at: number | null; readonly note: string }[]
}

/** One edit for what is struck and put in beside each other. */
function editsOf(pieces: readonly Piece[], now: readonly number[], inAtoms: (at: number) => number): Edits {
  const edits: ReplyEdit[] = []
  const unplaced: Unplaced[] = []
  const notes: { at: number | null; note: string }[] = []
  let at = 0
  for (let index = 0; index < pieces.length; ) {
    if (pieces[index]!.kind === 'kept') {
      at += pieces[index]!.letters.length
      index++
      continue
    }
    const start = at
    let words = ''
    const shown: WordPart[] = []
    for (; index < pieces.length && pieces[index]!.kind !== 'kept'; index++) {
      const { kind, letters, note } = pieces[index]!
      if (kind === 'struck') at += letters.length
      else if (note !== null) notes.push({ at: placeOf(now, at), note })
      else words += letters
      if (letters !== embedCharacter) shown.push({ kind, words: letters })
    }
    edit(edits, unplaced, { start, end: at, words, shown }, now, inAtoms)
  }
  return { edits, unplaced, notes }
}

function edit(edits: ReplyEdit[], unplaced: Unplaced[], asked: { readonly start: number; readonly end: number; readonly words: string; readonly shown: readonly WordPart[] }, now: readonly number[], inAtoms: (at: number) => number): void {
  const { start, end, words, shown } = asked
  const spans: { from: number; to: number }[] = []
  for (let at = start; at < end; at++) {
    const place = now[at]!
    const last = spans.at(-1)
    if (place < 0) continue
    if (last?.to === place) last.to = place + 1
    else spans.push({ from: place, to: place + 1 })
  }
  if (spans.length === 0) {
    const place = placeOf(now, start) ?? placeOf(now, end)
    const isStruck = end > start
    if (isStruck && shown.some((part) => part.kind === 'struck' && part.words.trim() !== '')) unplaced.push({ why: 'words-gone', shown })
    else if (place === null) unplaced.push({ why: 'place-gone', shown })
    else if (words !== '') edits.push({ from: inAtoms(place), to: inAtoms(place), words })
    return
  }
  for (const [index, span] of spans.entries()) {
    const put = index === spans.length - 1 ? words : ''
    const [from, to] = [inAtoms(span.from), inAtoms(span.to)]
    if (from === to && put === '') unplaced.push({ why: 'brackets', shown })
    else edits.push({ from, to, words: put })
  }
}

function insertion(one: New, last: string, view: DraftView, language: string, found: Found): void {
  const whole = lettersOf(one.pieces, 'new')
  const number = takeNumber(whole.replaceAll(embedCharacter, '').trim())
  const isSub = number?.role === 'sub' || (one.level !== null && one.level > 0)
  const words = (number !== null && number.role !== 'bullet' && number.role !== 'section' ? number.rest : whole.replaceAll(embedCharacter, '')).trim()
  let before = view.byId.get(last)
  while (!isSub && before !== undefined && before.parent !== null) before = view.byId.get(before.parent)
  const opening = (['op', 'pp'] as const).find((kind) => openingLengthOf(kind, words, language) > 0)
  const beside = before?.kind === 'organ' ? 'pp' : before === undefined || before.kind === 'sub' || before.kind === 'front' || before.kind === 'title' || before.kind === 'heading' ? 'op' : before.kind === 'annex' ? 'para' : before.kind
  const unitKind = isSub ? 'sub' : before?.kind === 'pp' || before?.kind === 'op' || before?.kind === 'organ' ? opening ?? beside : beside
  found.changes.push({ kind: 'insert', unit: before?.id ?? '', inside: isSub && before !== undefined && before.kind !== 'sub' && ['pp', 'op', 'para'].includes(before.kind), unitKind, words })
  for (const piece of one.pieces) if (piece.note !== null) found.unplaced.push({ why: 'note-of-new', shown: [{ kind: 'new', words: piece.letters === embedCharacter ? words : piece.letters }] })
}

/** Who sends a copy back without tracked changes has changed what differs from today's text. */
function untracked(file: WordFile, view: DraftView, language: string): Reply {
  const lines = textIn(file.paragraphs.filter(({ style }) => file.from === null || style !== madeStyle), 'accepted').filter(({ runs }) => runs.length > 0)
  const sheet = sheetOf(view.units)
  const letters = lines.map(({ runs }) => runs.map(lettersIn).join(''))
  const pairs = pairsOf(sheet.map(compared), letters.map((line) => compared({ id: null, letters: line })))
  const found: Found = { changes: [], unplaced: [] }
  const kept = longestRising([...letters.keys()].flatMap((at) => pairs.get(at) ?? []))
  const taken = new Set(pairs.values())
  const gone = new Set<string>()
  for (const [index, unit] of view.units.entries()) {
    if (taken.has(index) || unit.words.trim() === '' || isBeneath(view, unit, gone)) continue
    gone.add(unit.id)
    found.changes.push({ kind: 'delete', unit: unit.id, words: unit.words })
  }
  let last = ''
  for (const [at, line] of letters.entries()) {
    const index = pairs.get(at)
    if (index === undefined) {
      insertion({ pieces: piecesBetween('', line, lines[at]!.runs.flatMap(({ note }) => note ?? [])), partners: new Set(), moved: null, line: lines[at]!.line, level: lines[at]!.numbering?.level ?? null }, last, view, language, found)
      continue
    }
    const [unit, { printed, isCounted, letters: now }] = [view.units[index]!, sheet[index]!]
    const typed = isCounted || printed === '' || !line.startsWith(printed) ? line : line.slice(printed.length).trimStart()
    if (!kept.has(index)) found.changes.push({ kind: 'move', unit: unit.id, after: last, words: unit.words })
    const pieces = piecesBetween(now, typed, lines[at]!.runs.flatMap(({ note }) => note ?? []))
    if (typed !== now) changesOf(file, { pieces, parted: [], partners: new Set(), joinedTo: null, moved: null, style: '' }, unit, new Map(), view, found)
    last = unit.id
  }
  return { ...found, authors: [], isUntracked: true, comments: file.comments }
}
