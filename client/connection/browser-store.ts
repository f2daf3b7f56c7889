/** The local store in IndexedDB. A session holds a Web Lock while it lives, so that another tab takes over only what is left. */
import { openDB, type DBSchema, type IDBPDatabase } from 'idb'
import { limits } from '../../shared/wire/limits.ts'
import type { KeptUpdate, LocalStore } from './local-store.ts'

interface Row extends KeptUpdate {
  /** JSON of [person, capacity, document]: what was typed in one capacity is never sent in another. */
  readonly owner: string
  readonly session: string
  readonly atMs: number
}

interface Schema extends DBSchema {
  unacknowledged: { key: [string, string, number]; value: Row; indexes: { owner: string } }
}

const databaseName = 'omnibus'

/** Whose words a store keeps. */
export const ownerOf = (person: string, hatId: string, document: string): string => JSON.stringify([person, hatId, document])

/** Rejects where the browser has no database for this page. */
export async function openBrowserStore(owner: string, now: () => number): Promise<LocalStore> {
  const database = await openDB<Schema>(databaseName, 1, {
    upgrade(fresh) {
      const store = fresh.createObjectStore('unacknowledged', { keyPath: ['owner', 'session', 'number'] })
      store.createIndex('owner', 'owner')
    },
  })
  const session = crypto.randomUUID()
  const release = await holdLock(lockOf(session))
  return {
    adopt: (leavingMs = limits.leavingTabMs) => adopt(database, owner, session, now, leavingMs),
    async keep(update) {
      const transaction = database.transaction('unacknowledged', 'readwrite')
      const put = transaction.store.put({ ...update, owner, session, atMs: now() })
      // At once, and not when this page has heard that it was put: by then it may have been left, which undoes what is not committed.
      transaction.commit()
      await Promise.all([put, transaction.done])
    },
    async forget(numbers) {
      const transaction = database.transaction('unacknowledged', 'readwrite')
      await Promise.all([...numbers.map((number) => transaction.store.delete([owner, session, number])), transaction.done])
    },
    async replace(numbers, updates) {
      const transaction = database.transaction('unacknowledged', 'readwrite')
      await Promise.all([
        ...numbers.map((number) => transaction.store.delete([owner, session, number])),
        ...updates.map((update) => transaction.store.put({ ...update, owner, session, atMs: now() })),
        transaction.done,
      ])
    },
    async close() {
      database.close()
      release()
    },
  }
}

let isAsked = false

/**
 * Asks the browser, once in the life of the page, not to clear what it keeps where the device runs short. It may ask the person, so
 * it is asked only when something is kept that the server does not have.
 */
export function keepForGood(): void {
  if (isAsked) return
  isAsked = true
  // Over plain http there is no such thing. A browser that will not still keeps it for now.
  void navigator.storage?.persist?.().catch(() => false)
}

const lockOf = (session: string): string => `omnibus-session:${session}`

function holdLock(name: string): Promise<() => void> {
  return new Promise((resolve, reject) => {
    navigator.locks.request(name, () => new Promise<void>((release) => resolve(release))).catch(reject)
  })
}

/** Under a lock of its own, so that of two tabs opened at once one takes it all. */
function adopt(database: IDBPDatabase<Schema>, owner: string, session: string, now: () => number, leavingMs: number): Promise<readonly KeptUpdate[]> {
  return navigator.locks.request(`omnibus-adopting:${owner}`, async () => {
    const rows = (): Promise<Row[]> => database.getAllFromIndex('unacknowledged', 'owner', owner)
    const ended = await endedOf(new Set((await rows()).map((row) => row.session).filter((other) => other !== session)), leavingMs)
    const left = inOrder((await rows()).filter((row) => ended.has(row.session)))
    const transaction = database.transaction('unacknowledged', 'readwrite')
    const adopted = left.map((row, index): Row => ({ ...row, session, number: index + 1, atMs: now() }))
    await Promise.all([
      ...left.map((row) => transaction.store.delete([owner, row.session, row.number])),
      ...adopted.map((row) => transaction.store.put(row)),
      transaction.done,
    ])
    return adopted
  })
}

/** Of these sessions, those that have ended. A tab that is being left, for this page perhaps, lives for a moment longer. */
async function endedOf(sessions: ReadonlySet<string>, leavingMs: number): Promise<ReadonlySet<string>> {
  const found = await Promise.all([...sessions].map(async (session) => {
    // Asked first without a clock: a slow machine is no reason to take one that has died for one that lives.
    if (await navigator.locks.request(lockOf(session), { ifAvailable: true }, (lock) => lock !== null)) return session
    return navigator.locks.request(lockOf(session), { signal: AbortSignal.timeout(leavingMs) }, () => session).catch(() => null)
  }))
  return new Set(found.filter((session) => session !== null))
}

/** By number within a session, whatever the clock of the machine did meanwhile; a session after those that began before it. */
function inOrder(rows: readonly Row[]): Row[] {
  const begun = new Map<string, number>()
  for (const { session, atMs } of rows) begun.set(session, Math.min(atMs, begun.get(session) ?? Infinity))
  return [...rows].sort((one, other) =>
    begun.get(one.session)! - begun.get(other.session)! || one.session.localeCompare(other.session) || one.number - other.number)
}
