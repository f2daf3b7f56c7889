/**
 * The one reader. It cannot throw on anything that a client may have written, and two clients with equal documents
 * read equal drafts.
 *
 * Why joins and dissolved markers are resolved here: a split, a join and a move may meet; each is one small write, and
 * only what all of them together mean is shown.
 */
import * as Y from 'yjs'
import { limits } from '../wire/limits.ts'
import { blocksOf, byRank, hostsOf, parentsOf } from './blocks.ts'
import type { Block, RawUnit } from './blocks.ts'
import { bracketsOf, readBrackets } from './brackets.ts'
import type { Brackets } from './brackets.ts'
import { embedCharacter, isId, textsOf, unitsOf } from './layout.ts'
import { numberUnits } from './numbering.ts'
import { isRank } from './rank.ts'
import { segmentsIn } from './segments.ts'
import { scanText } from './texts.ts'
import type { TextScan } from './texts.ts'
import type { DraftView, NoteView, Segment, UnitView } from './units.ts'
import { unitKinds } from './value.ts'
import type { UnitKind } from './value.ts'

export type Scans = (text: Y.Text) => TextScan

/** Reads the draft. `scans` may remember texts that have not changed (see `draftReader`). */
export function readDraft(doc: Y.Doc, language = 'en', scans: Scans = scanText): DraftView {
  const texts = textsOf(doc)
  const raws = rawUnits(doc, texts, scans)
  const hosts = hostsOf(raws)
  const blocks = blocksOf(raws, hosts)
  return arrange(raws, hosts, blocks, texts, scans, readBrackets(doc, scans), language)
}

/** A reader that rescans only the texts that changed since it last read. Call `stop` when done with the document. */
export function draftReader(doc: Y.Doc): { read: (language?: string) => DraftView; scans: Scans; stop: () => void } {
  const known = new Map<Y.Text, TextScan>()
  const forget = (transaction: Y.Transaction): void => {
    for (const type of transaction.changed.keys()) known.delete(type as unknown as Y.Text)
  }
  doc.on('beforeObserverCalls', forget)
  // Yjs merges neighbouring items after its observers have run: scans made in between name items that are gone.
  doc.on('afterTransactionCleanup', forget)
  const scans: Scans = (text) => {
    let scan = known.get(text)
    if (scan === undefined || scan.text !== text) known.set(text, (scan = scanText(text)))
    return scan
  }
  const stop = (): void => {
    doc.off('beforeObserverCalls', forget)
    doc.off('afterTransactionCleanup', forget)
  }
  return { read: (language) => readDraft(doc, language, scans), scans, stop }
}

/** Every unit that names a text. A unit whose keys hold anything else is read with what is missing put plainly. */
function rawUnits(doc: Y.Doc, texts: Y.Map<Y.Text>, scans: Scans): Map<string, RawUnit> {
  const named = new Map<string, { map: Y.Map<unknown>; text: string }>()
  const used = new Set<string>()
  for (const [id, map] of unitsOf(doc).entries()) {
    const text: unknown = map instanceof Y.Map ? map.get('text') : null
    if (!isId(id) || typeof text !== 'string' || !(texts.get(text) instanceof Y.Text)) continue
    named.set(id, { map, text })
    used.add(text)
  }
  const segments = new Map<string, Segment[]>()
  for (const text of used) {
    for (const part of segmentsIn(text, scans(texts.get(text)!), (unit) => named.get(unit)?.text === text)) {
      if (named.get(part.unit)?.text !== text) continue
      const list = segments.get(part.unit)
      if (list === undefined) segments.set(part.unit, [part])
      else list.push(part)
    }
  }
  const raws = new Map<string, RawUnit>()
  for (const [id, { map, text }] of named) raws.set(id, rawUnit(id, map, text, segments.get(id) ?? []))
  return raws
}

function rawUnit(id: string, map: Y.Map<unknown>, text: string, segments: readonly Segment[]): RawUnit {
  const string = (key: string): string | null => {
    const value = map.get(key)
    return typeof value === 'string' && value !== '' ? value : null
  }
  const kind = map.get('kind')
  const rank = map.get('rank')
  return {
    id,
    kind: unitKinds.includes(kind as UnitKind) ? (kind as UnitKind) : 'para',
    text,
    parent: string('parent'),
    rank: isRank(rank) ? rank : 'a0',
    joined: string('joined'),
    removed: map.get('removed') === true,
    label: string('label')?.slice(0, limits.labelCharactersMax) ?? null,
    segments,
  }
}

interface Node {
  readonly kind: UnitKind
  readonly label?: string
  readonly words: string
  readonly children: Node[]
  readonly block: Block
  readonly atoms: string
}

function arrange(
  raws: ReadonlyMap<string, RawUnit>,
  hosts: ReadonlyMap<string, string>,
  blocks: ReadonlyMap<string, Block>,
  texts: Y.Map<Y.Text>,
  scans: Scans,
  brackets: Brackets,
  language: string,
): DraftView {
  const shown = (id: string): boolean => blocks.has(id) && !raws.get(id)!.removed && raws.get(id)!.segments.length > 0
  const parents = parentsOf(raws, hosts, shown)
  const siblings = new Map<string | null, RawUnit[]>()
  const removed: RawUnit[] = []
  for (const { head } of blocks.values()) {
    if (!shown(head.id)) {
      if (head.segments.length > 0) removed.push(head)
      continue
    }
    const parent = parents.get(head.id) ?? null
    const list = siblings.get(parent)
    if (list === undefined) siblings.set(parent, [head])
    else list.push(head)
  }
  for (const list of siblings.values()) list.sort(byRank)

  const node = (raw: RawUnit): Node => {
    const block = blocks.get(raw.id)!
    const atoms = block.segments.map((part) => scans(texts.get(part.text)!).words.slice(part.from, part.to)).join('')
    const children = (siblings.get(raw.id) ?? []).map(node)
    return { kind: raw.kind, words: atoms, children, block, atoms, ...(raw.label === null ? {} : { label: raw.label }) }
  }
  const roots = (siblings.get(null) ?? []).map(node)
  const numbers = numberUnits(roots, language)

  const units: UnitView[] = []
  const byId = new Map<string, UnitView>()
  const children = new Map<string | null, UnitView[]>()
  let noteNumber = 0
  const view = (from: Node, parent: string | null, depth: number, isShown: boolean): UnitView => {
    const raw = from.block.head
    const notes = notesOf(from.block, texts, scans, () => (isShown ? ++noteNumber : 0))
    const number = numbers.get(from)
    return {
      id: raw.id,
      kind: raw.kind,
      parent,
      depth,
      rank: raw.rank,
      segments: from.block.segments,
      atoms: from.atoms,
      words: notes.length === 0 ? from.atoms : withoutMarks(from.atoms, notes),
      notes,
      brackets: bracketsOf(brackets, raw.id, from.block.segments, texts),
      number: number?.number ?? '',
      printed: number?.printed ?? '',
      label: raw.label,
    }
  }
  const place = (from: Node, parent: string | null, depth: number): void => {
    const unit = view(from, parent, depth, true)
    units.push(unit)
    byId.set(unit.id, unit)
    const list = children.get(parent)
    if (list === undefined) children.set(parent, [unit])
    else list.push(unit)
    for (const child of from.children) place(child, unit.id, depth + 1)
  }
  for (const root of roots) place(root, null, 0)

  return {
    units,
    byId,
    children,
    blockOf: hosts,
    removed: removed.sort(byRank).map((raw) => view({ ...node(raw), children: [] }, null, 0, false)).filter((unit) => unit.atoms !== ''),
  }
}

function notesOf(block: Block, texts: Y.Map<Y.Text>, scans: Scans, number: () => number): NoteView[] {
  const notes: NoteView[] = []
  let start = 0
  for (const part of block.segments) {
    for (const mark of scans(texts.get(part.text)!).marks) {
      if (mark.kind !== 'note' || mark.at < part.from || mark.at >= part.to) continue
      const text = texts.get(mark.id)
      notes.push({ id: mark.id, at: start + mark.at - part.from, words: text instanceof Y.Text ? scans(text).words.replaceAll(embedCharacter, '') : '', number: number() })
    }
    start += part.to - part.from
  }
  return notes
}

function withoutMarks(atoms: string, notes: readonly NoteView[]): string {
  let words = ''
  let from = 0
  for (const note of notes) {
    words += atoms.slice(from, note.at)
    from = note.at + 1
  }
  return words + atoms.slice(from)
}
