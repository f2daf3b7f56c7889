import { expect, it } from 'vitest'
import { openMemoryStore } from '../../../server/store/memory.ts'
import { appendOf, command, entry } from '../../contract/store-fixtures.ts'

it('LG21 fails where it is told to, keeps nothing of it, and goes on', async () => {
  let failing = ''
  const store = openMemoryStore({ clock: () => 1, fail: (op) => (op === failing ? new Error(`no ${op}`) : null) })
  failing = 'append'
  await expect(store.append(command('k'))).rejects.toThrow('no append')
  expect([(await store.load('d1')).seq, await store.setting('last')]).toEqual([0, null])
  failing = 'load'
  expect((await store.append(appendOf('d1', 0, entry(1)))).ok).toBe(true)
  await expect(store.load('d1')).rejects.toThrow('no load')
  failing = ''
  expect((await store.load('d1')).seq).toBe(1)
})

it('LG11 shares no row and no bytes with its callers', async () => {
  const store = openMemoryStore({ clock: () => 1 })
  const draft = entry(1)
  await store.append(appendOf('d1', 0, draft))
  draft.bytes[0] = 9
  const loaded = await store.load('d1')
  loaded.entries[0]!.bytes[0] = 8
  expect([...(await store.load('d1')).entries[0]!.bytes]).toEqual([1])
})
