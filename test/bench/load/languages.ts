/** How a client says things to each of the servers, and what it hears from them. */
import * as decoding from 'lib0/decoding'
import * as encoding from 'lib0/encoding'
import { messageAcknowledged, messageRefused, messageSubmit, messageSync, syncStep1, syncStep2, syncUpdate } from '../../../shared/wire/protocol.ts'
import type { Language, Seat } from './seat.ts'

export type Heard =
  /** The answer to the client's state vector. */
  | { readonly kind: 'whole'; readonly update: Uint8Array }
  | { readonly kind: 'update'; readonly update: Uint8Array }
  | { readonly kind: 'acknowledged'; readonly number: number }
  | { readonly kind: 'refused'; readonly code: string }

interface Speech {
  /** What is said as the socket opens, by who has nothing yet. */
  readonly greeting: (seat: Seat) => readonly Uint8Array[]
  readonly write: (seat: Seat, update: Uint8Array, number: number) => Uint8Array
  /** Null for what does not matter here. */
  readonly read: (payload: Uint8Array) => Heard | null
}

const nothing = new Uint8Array([0])

function sync(step: number, bytes: Uint8Array, room: string | null = null): Uint8Array {
  return encoding.encode((encoder) => {
    if (room !== null) encoding.writeVarString(encoder, room)
    encoding.writeVarUint(encoder, messageSync)
    encoding.writeVarUint(encoder, step)
    encoding.writeVarUint8Array(encoder, bytes)
  })
}

function readSync(decoder: decoding.Decoder): Heard | null {
  const step = decoding.readVarUint(decoder)
  if (step === syncStep1) return null
  return { kind: step === syncStep2 ? 'whole' : 'update', update: decoding.readVarUint8Array(decoder) }
}

function readPlain(payload: Uint8Array): Heard | null {
  const decoder = decoding.createDecoder(payload)
  return decoding.readVarUint(decoder) === messageSync ? readSync(decoder) : null
}

/** Hocuspocus' own: its messages begin with the document's name, and its first is a token. */
const hocuspocusReply = 4
const hocuspocusToken = [2, 0] as const

export const speeches: Readonly<Record<Language, Speech>> = {
  plain: {
    greeting: () => [sync(syncStep1, nothing)],
    write: (_seat, update) => sync(syncUpdate, update),
    read: readPlain,
  },
  relay: {
    greeting: () => [],
    write: (_seat, update) => sync(syncUpdate, update),
    read: readPlain,
  },
  hocuspocus: {
    greeting: ({ room }) => [
      encoding.encode((encoder) => {
        encoding.writeVarString(encoder, room)
        for (const number of hocuspocusToken) encoding.writeVarUint(encoder, number)
        encoding.writeVarString(encoder, 'token')
      }),
      sync(syncStep1, nothing, room),
    ],
    write: ({ room }, update) => sync(syncUpdate, update, room),
    read(payload) {
      const decoder = decoding.createDecoder(payload)
      decoding.readVarString(decoder)
      const type = decoding.readVarUint(decoder)
      return type === messageSync || type === hocuspocusReply ? readSync(decoder) : null
    },
  },
  omnibus: {
    greeting: () => [sync(syncStep1, nothing)],
    write: (_seat, update, number) => encoding.encode((encoder) => {
      encoding.writeVarUint(encoder, messageSubmit)
      encoding.writeVarUint(encoder, number)
      encoding.writeVarUint8Array(encoder, update)
      encoding.writeVarString(encoder, '')
    }),
    read(payload) {
      const decoder = decoding.createDecoder(payload)
      switch (decoding.readVarUint(decoder)) {
        case messageSync:
          return readSync(decoder)
        case messageAcknowledged:
          return { kind: 'acknowledged', number: decoding.readVarUint(decoder) }
        case messageRefused:
          decoding.readVarUint(decoder)
          return { kind: 'refused', code: decoding.readVarString(decoder) }
        default:
          return null
      }
    },
  },
}
