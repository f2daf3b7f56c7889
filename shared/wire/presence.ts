/** y-protocols' awareness update as plain values, so that either side can read and write one without its class. */
import * as decoding from 'lib0/decoding'
import * as encoding from 'lib0/encoding'
import type { JsonValue } from './json.ts'

export interface Presence {
  readonly client: number
  /** Grows with each word about this client; an older one is not taken. */
  readonly clock: number
  /** Null for one who has left. */
  readonly state: { readonly [key: string]: JsonValue } | null
}

export function encodePresence(all: readonly Presence[]): Uint8Array {
  const encoder = encoding.createEncoder()
  encoding.writeVarUint(encoder, all.length)
  for (const one of all) writePresence(encoder, one)
  return encoding.toUint8Array(encoder)
}

/** One of them, for who puts an update together from such parts behind their count. */
export function encodeOnePresence(one: Presence): Uint8Array {
  const encoder = encoding.createEncoder()
  writePresence(encoder, one)
  return encoding.toUint8Array(encoder)
}

export function encodePresenceCount(count: number): Uint8Array {
  const encoder = encoding.createEncoder()
  encoding.writeVarUint(encoder, count)
  return encoding.toUint8Array(encoder)
}

function writePresence(encoder: encoding.Encoder, { client, clock, state }: Presence): void {
  encoding.writeVarUint(encoder, client)
  encoding.writeVarUint(encoder, clock)
  encoding.writeVarString(encoder, JSON.stringify(state))
}

/** Null for anything that is not one, whole and without a rest. */
export function decodePresence(bytes: Uint8Array): Presence[] | null {
  try {
    const decoder = decoding.createDecoder(bytes)
    const count = decoding.readVarUint(decoder)
    const all: Presence[] = []
    // Counted by what is there, not by what is announced: a number costs its sender nothing.
    while (all.length < count) {
      const client = decoding.readVarUint(decoder)
      const clock = decoding.readVarUint(decoder)
      const state: unknown = JSON.parse(decoding.readVarString(decoder))
      if (typeof state !== 'object' || Array.isArray(state)) return null
      all.push({ client, clock, state: state as Presence['state'] })
    }
    return decoding.hasContent(decoder) ? null : all
  } catch {
    return null
  }
}
