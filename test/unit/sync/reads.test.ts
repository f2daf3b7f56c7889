/** Many who ask what they miss, beside one who types. */
import { expect, it } from 'vitest'
import * as Y from 'yjs'
import { syncStep1, syncStep2, syncUpdate } from '../../../shared/wire/protocol.ts'
import { limits } from '../../../shared/wire/limits.ts'
import { heldStore, textIn, whileHisIsCommitted } from './support.ts'

it('RO54 what is submitted while many ask has its turn between them, and nobody asks in vain', async () => {
  const held = heldStore()
  const { kenji, amina } = await whileHisIsCommitted(held)
  const before = amina.received.length
  const askedCount = 4 * limits.readsAtOnce
  for (let count = 0; count < askedCount; count++) amina.send({ type: 'sync', step: syncStep1, bytes: Y.encodeStateVector(new Map([[2 ** 33 + count, 1]])) })
  await amina.fence()
  kenji.submit(3, kenji.write(' noting'))
  await kenji.fence()
  held.release()
  const answers = (): Uint8Array[] => amina.received.slice(before).flatMap((message) => (message.type === 'sync' && message.step === syncStep2 ? [message.bytes] : []))
  await amina.seen(() => answers().length >= askedCount)
  const told = amina.received.slice(before).flatMap((message) => (message.type === 'sync' ? [message.step] : []))
  // His second, one turn of reads, his third, and all the others.
  expect([told.indexOf(syncUpdate), told.lastIndexOf(syncUpdate), told.length]).toEqual([0, 1 + limits.readsAtOnce, askedCount + 2])
  const whole = new Y.Doc()
  Y.applyUpdate(whole, answers().at(-1)!)
  expect(textIn(whole).toString()).toBe('Recalling and noting')
})
