/** A document as its log says it is. */
import * as Y from 'yjs'
import { defineShared, defineSide, newDoc } from '../../shared/model/layout.ts'
import { limits } from '../../shared/wire/limits.ts'
import type { DocumentId, LoadedDocument, LogEntry, Store } from '../store/store.ts'

export type DocumentKind = 'shared' | 'side'

export interface Loaded {
  readonly doc: Y.Doc
  readonly seq: number
  readonly snapshotSeq: number
}

export interface Source {
  readonly snapshot: Uint8Array
  readonly since: readonly Uint8Array[]
}

export interface Salvaged extends Loaded {
  /** The numbers of the entries that are not in it. */
  readonly lost: readonly number[]
}

/** Rejects when the store fails, or when the log refers to what it does not hold. `about` hears, where there is a snapshot, what is about to be read. */
export async function loadDocument(store: Store, document: DocumentId, kind: DocumentKind, random: () => number, about?: (source: Source) => Promise<void>): Promise<Loaded> {
  const loaded = await store.load(document)
  const { seq, snapshot, snapshotSeq, entries } = loaded
  if (snapshot !== null) await about?.({ snapshot, since: entries.flatMap(({ bytes }) => (bytes.length > 0 ? [bytes] : [])) })
  const doc = replayed(loaded, kind)
  if (!isWhole(doc)) throw new Error(`The log of ${document} refers to words that it does not hold`)
  doc.clientID = newServerId(doc, random)
  return { doc, seq, snapshotSeq }
}

/** A damaged document, to be read: what is proved of it, but for what builds on the words that are lost. */
export async function salvageDocument(store: Store, document: DocumentId, kind: DocumentKind, random: () => number): Promise<Salvaged> {
  const salvaged = await store.salvage(document)
  const doc = replayed(salvaged, kind)
  doc.store.pendingStructs = null
  doc.store.pendingDs = null
  doc.clientID = newServerId(doc, random)
  return { doc, seq: salvaged.seq, snapshotSeq: salvaged.snapshotSeq, lost: salvaged.lost }
}

function replayed({ snapshot, entries }: LoadedDocument, kind: DocumentKind): Y.Doc {
  const doc = kind === 'shared' ? defineShared(newDoc()) : defineSide(newDoc())
  doc.transact(() => {
    if (snapshot !== null) Y.applyUpdate(doc, snapshot)
    for (const entry of entries) if (entry.bytes.length > 0) Y.applyUpdate(doc, entry.bytes)
  })
  return doc
}

export const isWhole = (doc: Y.Doc): boolean => doc.store.pendingStructs === null && doc.store.pendingDs === null

/** An id that nothing in the document was written under, from the range that is never issued to people. */
export function newServerId(doc: Y.Doc, random: () => number): number {
  for (;;) {
    const id = 1 + Math.floor(random() * (limits.serverClientIdMax - 1))
    if (Y.getState(doc.store, id) === 0) return id
  }
}

/** What the log holds after a position, up to another. */
export async function entriesBetween(store: Store, document: DocumentId, afterSeq: number, upToSeq: number): Promise<LogEntry[]> {
  const found: LogEntry[] = []
  for (let at = afterSeq; at < upToSeq; ) {
    const page = await store.entries(document, at, Math.min(limits.snapshotEveryEntries, upToSeq - at))
    if (page.length === 0) break
    found.push(...page)
    at = page.at(-1)!.seq
  }
  return found
}
