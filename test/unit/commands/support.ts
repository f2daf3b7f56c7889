/** A draft's documents without sockets or a log: enough to run commands' handlers and the model they write. */
import type * as Y from 'yjs'
import type { Store } from '../../../server/store/store.ts'
import type { Change, Room } from '../../../server/sync/room.ts'
import type { Speaker } from '../../../server/sync/service.ts'
import { defineShared, defineSide, newDoc } from '../../../shared/model/layout.ts'
import { createUnits } from '../../../shared/model/operations.ts'
import { readDraft } from '../../../shared/model/reader.ts'
import type { DraftView, UnitView } from '../../../shared/model/units.ts'
import type { UnitKind, UnitValue } from '../../../shared/model/value.ts'

export const unitValue = (kind: UnitKind, words: string, children: UnitValue[] = []): UnitValue => ({ kind, words, notes: [], children })

export function draftOf(values: readonly UnitValue[]): Y.Doc {
  const doc = defineShared(newDoc())
  doc.clientID = 7
  createUnits(doc, readDraft(doc), { parent: null, after: null }, values)
  return doc
}

export function sideDoc(client = 2 ** 33): Y.Doc {
  const doc = defineSide(newDoc())
  doc.clientID = client
  return doc
}

export const unitAt = (view: DraftView, number: string): UnitView => {
  const found = view.units.find((unit) => unit.number === number)
  if (found === undefined) throw new RangeError(`no unit ${number}`)
  return found
}

/** Each unit on a line: number, then words. */
export const lines = (doc: Y.Doc): string[] => readDraft(doc).units.map((unit) => `${unit.number || unit.kind}: ${unit.words}`)

/** A room that logs to a store and has no sockets: what commands need of one. */
export function plainRoom(store: Store, document: string, doc: Y.Doc): Room & { present: Set<{ speaker: Speaker }>; expelled: ((speaker: Speaker) => boolean)[] } {
  let seq = 0
  const present = new Set<{ speaker: Speaker }>()
  const expelled: ((speaker: Speaker) => boolean)[] = []
  return {
    document,
    isDamaged: false,
    doc,
    get seq() {
      return seq
    },
    connections: present,
    present,
    expelled,
    connect: () => undefined,
    async change(run) {
      const loaded = await store.load(document)
      seq = loaded.seq
      let bytes: Uint8Array = new Uint8Array()
      const keep = (update: Uint8Array): void => void (bytes = update)
      doc.on('update', keep)
      let change: Change | null = null
      try {
        doc.transact(() => void (change = run(doc)))
      } finally {
        doc.off('update', keep)
      }
      const made = change as Change | null
      if (made === null) throw new Error('nothing ran')
      const appended = await store.append({
        document,
        expectedSeq: seq,
        entries: [{ actor: made.actor, kind: 'command', bytes, lineage: made.lineage === undefined ? null : JSON.stringify(made.lineage) }],
        ...(made.record === null ? {} : { record: { draft: made.draft, actor: made.actor, kind: made.kind, body: made.record } }),
        ...(made.outcome === undefined ? {} : { outcome: made.outcome }),
        ...(made.writes === undefined ? {} : { writes: made.writes }),
      })
      if (appended.ok) seq += appended.entries.length
      return appended
    },
    settled: () => Promise.resolve(),
    notify: () => undefined,
    expel: (whom) => void expelled.push(whom),
    hold: () => ({ held: Promise.resolve(), release: () => undefined }),
    close: () => Promise.resolve(),
  }
}
