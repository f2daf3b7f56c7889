import fc from 'fast-check'
import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { rm } from 'node:fs/promises'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import { expect, it, onTestFinished } from 'vitest'
import { WebSocket } from 'ws'
import * as Y from 'yjs'
import { memoryLocalStore, openRoomConnection, type RoomConnection } from '../../../client/connection/index.ts'
import { openSqliteStore } from '../../../server/store/sqlite.ts'
import { loadDocument } from '../../../server/sync/loading.ts'
import { defineShared, newDoc, textsOf } from '../../../shared/model/layout.ts'
import { createUnits } from '../../../shared/model/operations.ts'
import { readDraft } from '../../../shared/model/reader.ts'
import { newFolder } from '../../contract/store-harness.ts'
import { whenSaved, whenStatus } from '../sync/support.ts'

const KILLS = 20
const seed = Number(process.env['OMNIBUS_SEED'] ?? Math.floor(Math.random() * 2 ** 31))

async function start(folder: string, port: number): Promise<{ child: ChildProcess; port: number }> {
  const child = spawn(process.execPath, [fileURLToPath(new URL('./server.js', import.meta.url)), folder, String(port)], { stdio: ['ignore', 'pipe', 'inherit'] })
  const [line] = (await once(createInterface({ input: child.stdout! }), 'line')) as [string]
  return { child, port: Number(line) }
}

async function kill(child: ChildProcess): Promise<void> {
  const exited = once(child, 'exit')
  child.kill('SIGKILL')
  await exited
}

interface Typist {
  readonly connection: RoomConnection
  readonly doc: Y.Doc
  /** What came from the server, as it came. */
  readonly seen: readonly Uint8Array[]
  /** Up to this clock of its own, the server has said that it has it. */
  acknowledgedClock(): number
}

function enter(person: string, port: () => number): Typist {
  const doc = defineShared(newDoc())
  const local = memoryLocalStore()
  const seen: Uint8Array[] = []
  doc.on('update', (update: Uint8Array, origin: unknown) => { if (origin === 'remote') seen.push(update) })
  const connection = openRoomConnection({
    url: `ws://127.0.0.1:${port()}`,
    room: 'd1',
    hatId: `h-${person}`,
    doc,
    lease: async () => Number(await (await fetch(`http://127.0.0.1:${port()}/lease?person=${person}`)).text()),
    socketOf: (url) => new WebSocket(url),
    local,
  })
  return {
    connection,
    doc,
    seen,
    acknowledgedClock: () => {
      const unacknowledged = [...local.kept.values()].flatMap(({ update }) => Y.parseUpdateMeta(update).from.get(doc.clientID) ?? [])
      return Math.min(Y.getState(doc.store, doc.clientID), ...unacknowledged)
    },
  }
}

/** Types letters and takes some back, never far ahead of the server while there is one, and goes on a little without. */
async function type({ connection, doc }: Typist, text: string, keys: readonly number[]): Promise<void> {
  for (const key of keys) {
    const words = textsOf(doc).get(text)!
    const at = key % (words.length + 1)
    if (key % 5 === 0 && at < words.length) words.delete(at, 1)
    else words.insert(at, String.fromCharCode(97 + (key % 26)))
    await new Promise(setImmediate)
    await whenStatus(connection, ({ phase, unacknowledged }) => phase !== 'live' || unacknowledged < 12)
  }
}

async function whenAcknowledged({ connection }: Typist, count: number): Promise<void> {
  let seen = 0
  let before = connection.status.value.unacknowledged
  await whenStatus(connection, ({ unacknowledged }) => {
    seen += Math.max(0, before - unacknowledged)
    before = unacknowledged
    return seen >= count
  })
}

async function whenText(typist: Typist, text: string): Promise<void> {
  await new Promise<void>((resolve) => {
    const look = (): void => {
      if (!textsOf(typist.doc).has(text)) return
      typist.doc.off('update', look)
      resolve()
    }
    typist.doc.on('update', look)
    look()
  })
}

/** Applying all that somebody has seen changes nothing: the log has every letter of it and every deletion. */
function expectSeenKept(log: Y.Doc, reader: Typist): void {
  let changes = 0
  const count = (): void => { changes += 1 }
  log.on('update', count)
  for (const update of reader.seen) Y.applyUpdate(log, update)
  log.off('update', count)
  expect([changes, log.store.pendingStructs, log.store.pendingDs]).toEqual([0, null, null])
}

it(`DU1 after a kill in the middle of typing nothing is missing that another had seen or that was acknowledged; all converge (OMNIBUS_SEED=${seed})`, async () => {
  const folder = await newFolder()
  let { child, port } = await start(folder, 0)
  onTestFinished(async () => {
    child.kill('SIGKILL')
    await rm(folder, { recursive: true, force: true })
  })
  const typists = [enter('amina', () => port), enter('kenji', () => port)] as const
  onTestFinished(async () => {
    for (const { connection } of typists) await connection.close()
  })
  const [amina, kenji] = typists
  await Promise.all(typists.map(({ connection }) => whenSaved(connection)))
  const [text] = createUnits(amina.doc, readDraft(amina.doc, 'en'), { parent: null, after: null }, [{ kind: 'op', words: 'Urges Member States', notes: [], children: [] }]) as [string]
  await whenText(kenji, text)

  const rounds = fc.sample(
    fc.record({ acknowledgedMin: fc.integer({ min: 1, max: 60 }), keys: fc.array(fc.array(fc.nat(), { minLength: 150, maxLength: 200 }), { minLength: 2, maxLength: 2 }) }),
    { seed, numRuns: KILLS },
  )
  let killedInFlight = 0
  for (const { acknowledgedMin, keys } of rounds) {
    const killed = whenAcknowledged(amina, acknowledgedMin).then(() => kill(child))
    await Promise.all([killed, ...typists.map((typist, index) => type(typist, text, keys[index]!))])
    if (typists.every(({ connection }) => connection.status.value.unacknowledged > 0)) killedInFlight += 1

    const store = await openSqliteStore(folder)
    const { doc: log } = await loadDocument(store, 'd1', 'shared', Math.random)
    await store.close()
    for (const typist of typists) {
      expectSeenKept(log, typist)
      expect(Y.getState(log.store, typist.doc.clientID)).toBeGreaterThanOrEqual(typist.acknowledgedClock())
    }

    ;({ child, port } = await start(folder, port))
    for (const { connection } of typists) connection.retry()
    await Promise.all(typists.map(({ connection }) => whenSaved(connection)))
    await converged(typists)
  }
  expect(killedInFlight).toBe(KILLS)
  for (const { seen } of typists) expect(seen.length).toBeGreaterThan(KILLS)
})

/** Each has everything the other has; resolves when the last broadcast has come. */
async function converged([one, other]: readonly [Typist, Typist]): Promise<void> {
  const state = ({ doc }: Typist): string => JSON.stringify([[...Y.decodeStateVector(Y.encodeStateVector(doc))].sort(), textsOf(doc).toJSON()])
  await new Promise<void>((resolve) => {
    const look = (): void => {
      if (state(one) !== state(other)) return
      for (const { doc } of [one, other]) doc.off('update', look)
      resolve()
    }
    for (const { doc } of [one, other]) doc.on('update', look)
    look()
  })
}
