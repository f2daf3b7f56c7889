/** One person who comes into a room, to see what is there. */
import * as Y from 'yjs'
import { Client } from './client.ts'
import type { Jobs } from './jobs.ts'

/** How long a first answer that is not the whole is added to. */
const patienceMs = 10_000

export async function open({ seat, clients, letters }: Jobs['open']['takes']): Promise<Jobs['open']['gives']> {
  const startMs = performance.now()
  const client = await Client.open(seat)
  const doc = new Y.Doc({ gc: false })
  const here = (): number => lettersIn(doc, clients)
  const later: { readonly update: Uint8Array; readonly atMs: number }[] = []
  let changed: () => void = () => undefined
  client.heardUpdate = (update, atMs) => {
    later.push({ update: update.slice(), atMs })
    changed()
  }
  const first = await client.comeIn()
  Y.applyUpdate(doc, first.update)
  const missing = letters - here()
  let wholeMs = first.atMs
  const overdueMs = performance.now() + patienceMs
  while (here() < letters && performance.now() < overdueMs) {
    const next = later.shift()
    if (next === undefined) {
      await new Promise<void>((resolve) => {
        changed = resolve
        setTimeout(resolve, 100)
      })
    } else {
      Y.applyUpdate(doc, next.update)
      wholeMs = next.atMs
    }
  }
  client.leave()
  if (here() < letters) throw new Error(`${letters - here()} keystrokes are not there after ${patienceMs} ms`)
  return { firstMs: first.atMs - startMs, wholeMs: wholeMs - startMs, missing }
}

export async function find({ seat, wanted, patienceMs: patience }: Jobs['find']['takes']): Promise<Jobs['find']['gives']> {
  const client = await Client.open(seat)
  const doc = new Y.Doc({ gc: false })
  client.heardUpdate = (update) => Y.applyUpdate(doc, update)
  const overdueMs = performance.now() + patience
  Y.applyUpdate(doc, (await client.comeIn()).update)
  const isThere = (): boolean => wanted.every(([id, letters]) => Y.getState(doc.store, id) >= letters)
  while (!isThere() && performance.now() < overdueMs) await new Promise((resolve) => setTimeout(resolve, 50))
  client.leave()
  return wanted.map(([id]) => [id, Y.getState(doc.store, id)])
}

/** How many letters under these ids are in a document. */
export const lettersIn = (doc: Y.Doc, clients: readonly number[]): number => clients.reduce((sum, client) => sum + Y.getState(doc.store, client), 0)
