/** When all has healed: every copy is what the log says, and nothing is missing that was acknowledged, told or typed. */
import * as Y from 'yjs'
import { entriesBetween } from '../../../server/sync/loading.ts'
import type { Store } from '../../../server/store/store.ts'
import { sideRoomOf } from '../../../shared/wire/protocol.ts'
import type { Page, Person } from './page.ts'
import { emptyDoc, hasLetters, type Said, type Witness } from './witness.ts'

type Logs = ReadonlyMap<string, Y.Doc>

/** Throws what is wrong. */
export async function check(witness: Witness, store: Store, pages: Iterable<Page>, people: readonly Person[]): Promise<void> {
  const logs = new Map<string, Y.Doc>()
  for (const document of witness.committed.keys()) logs.set(document, await replay(store, document))
  for (const [document, log] of logs) {
    if (!isSame(log, witness.logOf(document))) throw new Error(`the log of ${document} is not what was committed`)
  }
  for (const { person, shared, side } of pages) {
    for (const [doc, document] of [[shared, witness.draft], [side, sideRoomOf(witness.draft, person.speaker.hat.delegation)]] as const) {
      if (!isSame(doc, logs.get(document) ?? emptyDoc(document))) throw new Error(`${person.speaker.person} has another ${document} than the log`)
    }
  }
  for (const { speaker, devices } of people) {
    for (const [document, device] of devices) if (device.kept.length > 0) throw new Error(`${speaker.person}’s device still keeps ${device.kept.length} updates of ${document}`)
  }
  checkTyped(witness, logs)
  checkKept(logs, witness.acknowledged, 'was acknowledged')
  checkKept(logs, witness.told, 'was told to somebody')
  witness.asked.check()
}

/** With the same ids, and those deleted that are deleted there; and the same words under them. */
const isSame = (one: Y.Doc, other: Y.Doc): boolean =>
  Y.equalSnapshots(Y.snapshot(one), Y.snapshot(other)) && JSON.stringify(wordsIn(one)) === JSON.stringify(wordsIn(other))

/** A root that was only looked for is empty, and nothing of the document. */
const wordsIn = (doc: Y.Doc): unknown => [...doc.share].filter(([, { _start, _map }]) => _start !== null || _map.size > 0).sort(([one], [next]) => (one < next ? -1 : 1)).map(([name, type]) => [name, sorted(type.toJSON())])

/** Of a map the order of its keys is nobody's business. */
function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted)
  if (typeof value !== 'object' || value === null) return value
  return Object.entries(value).sort(([one], [next]) => (one < next ? -1 : 1)).map(([key, inner]) => [key, sorted(inner)])
}

/** From its start, without the snapshots; its chain is checked on the way. */
async function replay(store: Store, document: string): Promise<Y.Doc> {
  const doc = emptyDoc(document)
  const { seq } = await store.load(document)
  for (const { bytes } of await entriesBetween(store, document, 0, seq)) if (bytes.length > 0) Y.applyUpdate(doc, bytes)
  return doc
}

/** It is in the log or on its writer's shelf, unless the page died or the device kept nothing. */
function checkTyped({ typed, shelf }: Witness, logs: Logs): void {
  for (const { page: { person, hasCrashed }, document, update } of typed) {
    if (hasCrashed || person.devices.get(document)!.hasRefused || shelf.has(update)) continue
    const log = logs.get(document)
    if (log === undefined || !hasLetters(log, update)) throw new Error(`what ${person.speaker.person} typed in ${document} is neither in its log nor with its writer`)
  }
}

/** Applied to the log, none of it is news. */
function checkKept(logs: Logs, updates: readonly Said[], what: string): void {
  for (const [document, log] of logs) {
    let isNews = false
    const look = (): void => { isNews = true }
    log.on('update', look)
    for (const one of updates) if (one.document === document) Y.applyUpdate(log, one.update)
    log.off('update', look)
    if (isNews || log.store.pendingStructs !== null || log.store.pendingDs !== null) throw new Error(`something ${what} and is not in the log of ${document}`)
  }
}
