/**
 * The one reader. It cannot throw on anything that a client may have written, and two clients with equal documents
 * read equal drafts.
 *
 * Why joins and dissolved markers are resolved here: a split, a join and a move may meet; each is one small write, and
 * only what all of them together mean is shown.
 */
import * as Y from 'yjs'
import { limits } from '../wire/limits.ts'
import { isId, textsOf, unitsOf } from './layout.ts'
import { numberUnits } from './numbering.ts'
import { isRank } from './rank.ts'
import { scanText } from './texts.ts'
import type { TextScan } from './texts.ts'
import type { DraftView, NoteView, Segment, UnitView } from './units.ts'
import { unitKinds } from './value.ts'
import type { UnitKind } from './value.ts'

interface RawUnit {
  readonly id: string
  readonly kind: UnitKind
  readonly text: string
  readonly parent: string | null
  readonly rank: string
  readonly joined: string | null
  readonly removed: boolean
  readonly label: string | null
  /** Null when its text or its marker is gone: it is dissolved in what stands before. */
  readonly segment: Segment | null
}

export type Scans = (text: Y.Text) => TextScan

/** Reads the draft. `scans` may remember texts that have not changed (see `draftReader`). */
export function readDraft(doc: Y.Doc, language = 'en', scans: Scans = scanText): DraftView {
  const texts = textsOf(doc)
  const segments = segmentsOf(texts, scans)
  const raws = rawUnits(doc, texts, segments)
  const hosts = hostsOf(raws, segments)
  const blocks = blocksOf(raws, hosts)
  return arrange(raws, hosts, blocks, texts, scans, language)
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

/** unit id -> its own segment, for every text: from the text's beginning or the unit's marker to the next marker. */
function segmentsOf(texts: Y.Map<Y.Text>, scans: Scans): Map<string, Segment> {
  const segments = new Map<string, Segment>()
  for (const [id, text] of texts.entries()) {
    if (!(text instanceof Y.Text)) continue
    const scan = scans(text)
    let unit = id
    let from = 0
    for (const mark of scan.marks) {
      if (mark.kind !== 'unit' || mark.id === id) continue
      segments.set(`${id} ${unit}`, { unit, text: id, from, to: mark.at })
      unit = mark.id
      from = mark.at + 1
    }
    segments.set(`${id} ${unit}`, { unit, text: id, from, to: scan.words.length })
  }
  return segments
}

function rawUnits(doc: Y.Doc, texts: Y.Map<Y.Text>, segments: Map<string, Segment>): Map<string, RawUnit> {
  const raws = new Map<string, RawUnit>()
  for (const [id, map] of unitsOf(doc).entries()) {
    if (!(map instanceof Y.Map) || !isId(id)) continue
    const string = (key: string): string | null => {
      const value = map.get(key)
      return typeof value === 'string' && value !== '' ? value : null
    }
    const text = string('text')
    if (text === null || !(texts.get(text) instanceof Y.Text)) continue
    const kind = map.get('kind')
    const rank = map.get('rank')
    const label = map.get('label')
    raws.set(id, {
      id,
      kind: unitKinds.includes(kind as UnitKind) ? (kind as UnitKind) : 'para',
      text,
      parent: string('parent'),
      rank: isRank(rank) ? rank : 'a0',
      joined: string('joined'),
      removed: map.get('removed') === true,
      label: typeof label === 'string' ? label.slice(0, limits.labelCharactersMax) : null,
      segment: segments.get(`${text} ${id}`) ?? null,
    })
  }
  return raws
}

/** Where each unit's block is: following `joined`, without running in circles; dissolved units have none. */
function hostsOf(raws: ReadonlyMap<string, RawUnit>, segments: ReadonlyMap<string, Segment>): Map<string, string> {
  const hosts = new Map<string, string>()
  for (const raw of raws.values()) {
    const seen = new Set<string>([raw.id])
    let host = raw
    for (;;) {
      const next: RawUnit | undefined =
        host.segment === null ? raws.get(precedingUnit(host, segments, raws)) : host.joined === null ? undefined : raws.get(host.joined)
      if (next === undefined || seen.has(next.id)) break
      seen.add(next.id)
      host = next
    }
    hosts.set(raw.id, circleBroken(raw, host, seen))
  }
  return hosts
}

/** Of units joined in a circle the lowest id is the block, for everyone alike. */
function circleBroken(raw: RawUnit, host: RawUnit, seen: ReadonlySet<string>): string {
  if (host.joined === null || !seen.has(host.joined)) return host.id
  return [...seen].reduce((lowest, id) => (id < lowest ? id : lowest), raw.id)
}

/** A dissolved unit's words now belong to its text's first unit, or wherever that went. */
function precedingUnit(raw: RawUnit, segments: ReadonlyMap<string, Segment>, raws: ReadonlyMap<string, RawUnit>): string {
  return segments.has(`${raw.text} ${raw.text}`) && raws.has(raw.text) ? raw.text : ''
}

interface Block {
  readonly head: RawUnit
  readonly segments: Segment[]
}

const byRank = (left: RawUnit, right: RawUnit): number =>
  left.rank < right.rank ? -1 : left.rank > right.rank ? 1 : left.id < right.id ? -1 : left.id > right.id ? 1 : 0

/** Each block's segments: its own, then those joined to it, in rank order, each followed by those joined to it. */
function blocksOf(raws: ReadonlyMap<string, RawUnit>, hosts: ReadonlyMap<string, string>): Map<string, Block> {
  const joinedTo = new Map<string, RawUnit[]>()
  for (const raw of raws.values()) {
    if (hosts.get(raw.id) === raw.id || raw.segment === null) continue
    const to = raw.joined !== null && hosts.get(raw.joined) === hosts.get(raw.id) ? raw.joined : hosts.get(raw.id)!
    const list = joinedTo.get(to)
    if (list === undefined) joinedTo.set(to, [raw])
    else list.push(raw)
  }
  for (const list of joinedTo.values()) list.sort(byRank)
  const blocks = new Map<string, Block>()
  for (const raw of raws.values()) {
    if (hosts.get(raw.id) !== raw.id) continue
    const segments: Segment[] = []
    const taken = new Set<string>()
    const take = (unit: RawUnit): void => {
      if (taken.has(unit.id)) return
      taken.add(unit.id)
      if (unit.segment !== null) segments.push(unit.segment)
      joinedTo.get(unit.id)?.forEach(take)
    }
    take(raw)
    blocks.set(raw.id, { head: raw, segments })
  }
  return blocks
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
  language: string,
): DraftView {
  const shown = (id: string): boolean => blocks.has(id) && !raws.get(id)!.removed && raws.get(id)!.segment !== null
  const parents = parentsOf(raws, hosts, shown)
  const siblings = new Map<string | null, RawUnit[]>()
  const removed: RawUnit[] = []
  for (const { head } of blocks.values()) {
    if (!shown(head.id)) {
      if (head.segment !== null) removed.push(head)
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
    removed: removed.sort(byRank).map((raw) => view({ ...node(raw), children: [] }, null, 0, false)).filter((unit) => unit.words !== ''),
  }
}

/**
 * The shown parent of each block: where its parent was joined or dissolved, the block it went into; where it was
 * removed, the next one up; top level where there is none or where parents run in a circle.
 */
function parentsOf(
  raws: ReadonlyMap<string, RawUnit>,
  hosts: ReadonlyMap<string, string>,
  shown: (id: string) => boolean,
): Map<string, string | null> {
  const parents = new Map<string, string | null>()
  for (const raw of raws.values()) {
    if (hosts.get(raw.id) === raw.id) parents.set(raw.id, shownParent(raw, raws, hosts, shown))
  }
  // A circle has no unit that reaches top level; all of it is shown there.
  const settled = new Set<string>()
  for (const id of parents.keys()) {
    const path: string[] = []
    const onPath = new Set<string>()
    let at: string | null = id
    while (at !== null && !settled.has(at) && !onPath.has(at)) {
      path.push(at)
      onPath.add(at)
      at = parents.get(at) ?? null
    }
    if (at !== null && onPath.has(at)) for (const member of path.slice(path.indexOf(at))) parents.set(member, null)
    for (const member of path) settled.add(member)
  }
  return parents
}

function shownParent(
  raw: RawUnit,
  raws: ReadonlyMap<string, RawUnit>,
  hosts: ReadonlyMap<string, string>,
  shown: (id: string) => boolean,
): string | null {
  const seen = new Set<string>([raw.id])
  let parent = raw.parent
  while (parent !== null) {
    const host = hosts.get(parent)
    if (host === undefined || seen.has(host)) return null
    if (shown(host)) return host
    seen.add(host)
    parent = raws.get(host)?.parent ?? null
  }
  return null
}

function notesOf(block: Block, texts: Y.Map<Y.Text>, scans: Scans, number: () => number): NoteView[] {
  const notes: NoteView[] = []
  let start = 0
  for (const part of block.segments) {
    for (const mark of scans(texts.get(part.text)!).marks) {
      if (mark.kind !== 'note' || mark.at < part.from || mark.at >= part.to) continue
      const text = texts.get(mark.id)
      notes.push({ id: mark.id, at: start + mark.at - part.from, words: text instanceof Y.Text ? scans(text).words : '', number: number() })
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
