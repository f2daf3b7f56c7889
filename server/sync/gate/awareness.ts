/** Presence: a connection speaks for its own ids alone. Who they are is looked up, never taken from the message. */
import * as decoding from 'lib0/decoding'
import type { ErrorCode } from '../../../shared/wire/errors.ts'
import { limits } from '../../../shared/wire/limits.ts'

export type AwarenessVerdict = { readonly ok: true } | { readonly ok: false; readonly code: ErrorCode }

const refused = (code: ErrorCode): AwarenessVerdict => ({ ok: false, code })

/** Refuses with `bounds`, `malformed` or `bad-awareness`. Never throws. */
export function checkAwareness(bytes: Uint8Array, owns: (client: number) => boolean): AwarenessVerdict {
  if (bytes.length > limits.awarenessBytesMax) return refused('bounds')
  try {
    const decoder = decoding.createDecoder(bytes)
    for (let left = decoding.readVarUint(decoder); left > 0; left--) {
      const client = decoding.readVarUint(decoder)
      const clock = decoding.readVarUint(decoder)
      const state: unknown = JSON.parse(decoding.readVarString(decoder))
      if (client > limits.clientIdMax || clock > limits.clockMax) return refused('bounds')
      if (client < limits.serverClientIdMax || !owns(client)) return refused('bad-awareness')
      if (typeof state !== 'object' || Array.isArray(state)) return refused('malformed')
    }
    return decoding.hasContent(decoder) ? refused('malformed') : { ok: true }
  } catch {
    return refused('malformed')
  }
}
