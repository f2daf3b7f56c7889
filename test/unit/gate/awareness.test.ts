import { describe, expect, test } from 'vitest'
import * as encoding from 'lib0/encoding'
import * as Y from 'yjs'
import { Awareness, encodeAwarenessUpdate } from 'y-protocols/awareness'
import { checkAwareness } from '../../../server/sync/gate/index.ts'
import { limits } from '../../../shared/wire/limits.ts'
import { me, other, serverId } from './support/room.ts'

const owns = (client: number): boolean => client === me || client === serverId

function announce(...entries: readonly (readonly [client: number, clock: number, state: string])[]): Uint8Array {
  const encoder = encoding.createEncoder()
  encoding.writeVarUint(encoder, entries.length)
  for (const [client, clock, state] of entries) {
    encoding.writeVarUint(encoder, client)
    encoding.writeVarUint(encoder, clock)
    encoding.writeVarString(encoder, state)
  }
  return encoding.toUint8Array(encoder)
}

const codeOf = (bytes: Uint8Array): string => {
  const verdict = checkAwareness(bytes, owns)
  return verdict.ok ? 'accepted' : verdict.code
}

describe('awareness', () => {
  test('GA18 a connection announces itself and says goodbye', () => {
    const doc = new Y.Doc()
    doc.clientID = me
    const awareness = new Awareness(doc)
    awareness.setLocalState({ cursor: { unit: 'x', at: 3 } })
    expect(codeOf(encodeAwarenessUpdate(awareness, [me]))).toBe('accepted')
    awareness.setLocalState(null)
    expect(codeOf(encodeAwarenessUpdate(awareness, [me]))).toBe('accepted')
    awareness.destroy()
  })

  test('GA18 not for another, alone or among its own, nor for the server', () => {
    expect(codeOf(announce([other, 1, '{}']))).toBe('bad-awareness')
    expect(codeOf(announce([me, 1, '{}'], [other, 1, 'null']))).toBe('bad-awareness')
    expect(codeOf(announce([serverId, 1, '{}']))).toBe('bad-awareness')
  })

  test('GA18 what is too much or no announcement is refused', () => {
    const good = announce([me, 1, '{}'])
    expect(codeOf(announce([me, 1, JSON.stringify({ a: 'x'.repeat(limits.awarenessBytesMax) })]))).toBe('bounds')
    expect(codeOf(announce([me, limits.clockMax + 1, '{}']))).toBe('bounds')
    for (const state of ['', '{', '5', '"x"', '[]']) expect(codeOf(announce([me, 1, state]))).toBe('malformed')
    for (let length = 0; length < good.length; length++) expect(codeOf(good.subarray(0, length))).toBe('malformed')
    expect(codeOf(new Uint8Array([...good, 0]))).toBe('malformed')
  })
})
