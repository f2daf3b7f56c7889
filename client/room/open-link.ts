/** A link made of a connection: its observables as signals, and what it cannot send as words. */
import { signal } from '@preact/signals'
import { noLocalStore, openRoomConnection, unsentWordsOf } from '../connection/index.ts'
import type { LocalStore, Socket, Status } from '../connection/index.ts'
import { openBrowserStore } from '../connection/browser-store.ts'
import { errors } from '../../shared/wire/errors.ts'
import type { ErrorCode } from '../../shared/wire/errors.ts'
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
  code: status.code ?? null,
})

const storeOf = (person: string, room: string): Promise<LocalStore> => openBrowserStore(person, room, Date.now).catch(() => noLocalStore())

/** Only these say that waiting is of no use. */
const endings: ReadonlySet<string> = new Set(['not-signed-in', 'not-a-member', 'no-such-draft', 'no-such-hat', 'hat-revoked'])

export const createOpenLink = (api: Api): OpenLink => async ({ room, hatId, doc, person, onNotice, onUnsent }) => {
  const connection = openRoomConnection({
    url: location.origin.replace(/^http/, 'ws'),
    room,
    hatId,
    doc,
    lease: async () => {
      const answer = await api.leases(hatId, room, 1)
      const id = answer.ok ? answer.result.clientIds[0] : undefined
      if (id === undefined) throw new Error(answer.ok ? 'no id was issued' : answer.code)
      return id
    },
    // The browser's names for the same members are narrower.
    socketOf: (url) => new WebSocket(url) as unknown as Socket,
    local: await storeOf(person, room),
    why: async () => {
      const answer = await api.draft(room.split('/')[0]!, hatId)
      return !answer.ok && endings.has(answer.code) && answer.code in errors ? (answer.code as ErrorCode) : null
    },
    noticed: onNotice,
  })
  const status = signal(statusOf(connection.status.value))
  const ready = signal(connection.status.value.writable)
  const present = signal<readonly Present[]>([])
  const stopStatus = connection.status.subscribe((next) => {
    const before = status.value
    status.value = statusOf(next)
    // Once all is here it stays readable, whatever becomes of the connection.
    if (next.writable) ready.value = true
    const over = next.phase === 'refused' || next.phase === 'ended'
    if (!over || before.phase === next.phase || next.unsent === undefined || next.unsent.length === 0) return
    onUnsent(unsentWordsOf(doc, next.unsent.map((one) => one.update)), next.code ?? 'malformed')
    void connection.dropUnsent()
  })
  const look = (): void => {
    present.value = connection.presence.others()
  }
  connection.presence.awareness.on('change', look)
  return {
    status,
    ready,
    present,
    setCursor: (cursor) => connection.presence.setCursor(cursor),
    noteCopies: (copies) => connection.note({ kind: 'copies' }, copies),
    retry: () => connection.retry(),
    stop: () => {
      stopStatus()
      connection.presence.awareness.off('change', look)
      void connection.close()
    },
  }
}
