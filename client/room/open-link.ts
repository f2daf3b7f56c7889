/** A link made of a connection: its observables as signals, and what it cannot send as words. */
import { signal } from '@preact/signals'
import { LeaseRefused, noLocalStore, openRoomConnection, pageMemory, pageStore, unsentRunsOf } from '../connection/index.ts'
import type { LocalStore, PageMemory, Socket, Status } from '../connection/index.ts'
import { keepForGood, openBrowserStore, ownerOf } from '../connection/browser-store.ts'
import { errors } from '../../shared/wire/errors.ts'
import type { ErrorCode } from '../../shared/wire/errors.ts'
import { limits } from '../../shared/wire/limits.ts'
import type { Api } from '../api.ts'
import type { LinkPhase, LinkStatus, OpenLink, Present } from './link.ts'

export function linkPhaseOf({ phase, saved }: Pick<Status, 'phase' | 'saved'>): LinkPhase {
  if (phase === 'live') return saved === 'saved' ? 'saved' : 'saving'
  return phase
}

const statusOf = (status: Status): LinkStatus => ({
  phase: linkPhaseOf(status),
  unacknowledged: status.unacknowledged,
  kept: status.saved === 'unkept' ? 'no' : status.saved === 'saving' ? 'soon' : 'yes',
  // Where nothing can be typed, nothing of that is kept; and where nothing was received there is nothing to read.
  code: status.code !== 'store-down' ? (status.code ?? null) : !status.received ? 'unread' : status.writable ? 'store-down' : 'reading-for-now',
})

/** What the device may not have kept, for as long as the page lives. */
const memories = new Map<string, PageMemory>()

async function storeOf(owner: string): Promise<LocalStore> {
  const memory = memories.get(owner) ?? pageMemory()
  memories.set(owner, memory)
  return pageStore(await openBrowserStore(owner, Date.now).catch(noLocalStore), memory)
}

export const createOpenLink = (api: Api): OpenLink => async ({ room, hatId, doc, person, onNotice, onUnsent, anchored, judge }) => {
  const connection = openRoomConnection({
    url: location.origin.replace(/^http/, 'ws'),
    room,
    hatId,
    doc,
    lease: async () => {
      const answer = await api.leases(hatId, room, 1)
      if (!answer.ok && answer.code in errors) throw new LeaseRefused(answer.code as ErrorCode)
      const id: unknown = answer.ok ? answer.result.clientIds[0] : answer.code
      // Whoever stands between may answer anything.
      if (typeof id !== 'number' || !Number.isSafeInteger(id) || id < limits.serverClientIdMax) throw new Error(`no id was issued: ${String(id)}`)
      return id
    },
    // The browser's names for the same members are narrower.
    socketOf: (url) => new WebSocket(url) as unknown as Socket,
    local: await storeOf(ownerOf(person, hatId, room)),
    why: async () => {
      const answer = await api.draft(room.split('/')[0]!, hatId)
      if (answer.ok) return 'no-socket'
      return answer.code in errors ? (answer.code as ErrorCode) : null
    },
    noticed: onNotice,
    ...(anchored === undefined ? {} : { anchored }),
    judge,
    unsent: onUnsent,
  })
  const status = signal(statusOf(connection.status.value))
  const ready = signal(connection.status.value.received)
  const writable = signal(connection.status.value.writable)
  const present = signal<readonly Present[]>([])
  const stopStatus = connection.status.subscribe((next) => {
    const before = status.value
    status.value = statusOf(next)
    // Once all is here it stays readable, whatever becomes of the connection.
    if (next.received) ready.value = true
    // Who goes on typing until the document is opened anew loses nothing.
    if (next.writable) writable.value = true
    if (next.saved === 'kept') keepForGood()
    // Whoever signs in again goes on from what the device keeps; what was refused is sorted when the room is opened anew.
    if (next.phase !== 'ended' || before.phase === 'ended' || next.code === undefined || next.code === 'not-signed-in') return
    const { code, unsent = [] } = next
    const runs = unsentRunsOf(doc, unsent.map((one) => one.update), (letter) => letter)
    if (runs.length > 0) onUnsent(runs.map((run) => ({ ...run, code })))
    void connection.dropUnsent()
  })
  const look = (): void => {
    present.value = connection.presence.others()
  }
  connection.presence.awareness.on('change', look)
  return {
    status,
    ready,
    writable,
    present,
    setCursor: (cursor) => connection.presence.setCursor(cursor),
    noteCopies: (copies) => connection.note(copies),
    sayAgain: () => connection.sayAgain(),
    retry: () => connection.retry(),
    stop: () => {
      stopStatus()
      connection.presence.awareness.off('change', look)
      return connection.close()
    },
  }
}
