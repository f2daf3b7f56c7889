import { describe, expect, test } from 'vitest'
import { checkSignature, keysOf, newPrivateKey, privateKeyOf, publicKeyOf } from '../../../server/keys/keys.ts'
import { chainRecord, EMPTY_TAIL } from '../../../server/store/digest.ts'
import { watchHeads } from '../../../client/room/heads.ts'
import { openRecord } from '../../../client/room/record.ts'
import { openlyTold } from '../../../shared/lifecycle/sealed.ts'
import { chainBegin } from '../../../shared/record/chain.ts'
import type { ToldEntry } from '../../../shared/record/chain.ts'
import { departureFrom, isSigned, signHead } from '../../../shared/record/heads.ts'
import type { SignedHead } from '../../../shared/record/heads.ts'
import type { RecordEntry } from '../../../shared/wire/answers.ts'
import { appendOf } from '../../contract/store-fixtures.ts'
import { openWorld, seedDraft, seedPerson, chairHat, startMs } from '../http/support.ts'
import { fixedKeys } from '../keys/fixed-keys.ts'

/** A chain of entries; what is said in an entry is its kind. */
function chain(...kinds: string[]): ToldEntry[] {
  let tail = EMPTY_TAIL
  return kinds.map((kind, index) => {
    const row = chainRecord(tail, { draft: 'd', actor: 'a', kind, body: {} }, index)
    tail = row
    return openlyTold(row)
  })
}
const head = (entries: readonly ToldEntry[], keys = fixedKeys): SignedHead => signHead(keys, 'd', entries.at(-1) ?? chainBegin, 1_000)

const seen = chain('one', 'two', 'three')

describe('a record and a head that was seen of it', () => {
  test('SE13 goes on from it, whether or not anything was entered since', () => {
    expect(departureFrom(head(seen), 'd', seen, head(seen))).toBeNull()
    const more = chain('one', 'two', 'three', 'four', 'five')
    expect(departureFrom(head(seen), 'd', more, head(more))).toBeNull()
    expect(departureFrom(head(seen), 'd', more.slice(2), head(more))).toBeNull()
    // An answer may be a page behind the end that it names.
    expect(departureFrom(head(seen), 'd', more.slice(0, 4), head(more))).toBeNull()
  })

  test('SE14 is shorter, or another, or does not follow, and it is told which', () => {
    const departed = (entries: readonly ToldEntry[], end = head(entries)) => departureFrom(head(seen), 'd', entries, end)
    expect(departed(chain('one', 'two'))).toBe('shorter')
    expect(departed([])).toBe('shorter')
    expect(departed(chain('one', 'two', 'other'))).toBe('other')
    expect(departed(chain('one', 'two', 'other', 'four'))).toBe('other')
    const more = chain('one', 'two', 'three', 'four', 'five')
    const other = chain('one', 'two', 'other', 'four', 'five')
    // The entry that was seen, and behind it what was chained onto another.
    expect(departed([...seen, ...other.slice(3)], head(other))).toBe('broken')
    expect(departed([...seen, more[4]!], head(more))).toBe('broken')
    expect(departed(more, head(other))).toBe('broken')
    expect(departed(more.map((entry) => (entry.seq === 4 ? { ...entry, kind: 'changed' } as ToldEntry : entry)))).toBe('broken')
  })
})

describe('what the device keeps', () => {
  function device(): { kept: Map<string, string>; watch: ReturnType<typeof watchHeads> } {
    const kept = new Map<string, string>()
    return { kept, watch: watchHeads({ getItem: (key) => kept.get(key) ?? null, setItem: (key, value) => void kept.set(key, value) }, 'd', checkSignature) }
  }

  test('SE13 is the last head that goes on from the one before; another tab may have seen more meanwhile', async () => {
    const { watch } = device()
    expect(watch.seen()).toBeNull()
    expect(await watch.look(watch.seen(), seen, head(seen))).toBeNull()
    expect(watch.seen()).toEqual(head(seen))
    const more = chain('one', 'two', 'three', 'four')
    const before = watch.seen()
    // What the entries do not lead to is not kept yet.
    expect(await watch.look(before, seen, head(more))).toBeNull()
    expect(watch.seen()).toEqual(head(seen))
    watch.accept(head(more))
    expect(await watch.look(before, seen, head(seen))).toBeNull()
    expect(watch.seen()).toEqual(head(more))
  })

  test('SE14 stays as it was when the record departs from it, until the person accepts the other one', async () => {
    const { watch, kept } = device()
    await watch.look(null, seen, head(seen))
    const other = chain('one', 'two')
    expect(await watch.look(watch.seen(), other, head(other))).toEqual({ why: 'shorter', kept: head(seen), now: head(other) })
    expect(watch.seen()).toEqual(head(seen))
    watch.accept(head(other))
    expect(await watch.look(watch.seen(), other, head(other))).toBeNull()
    for (const rubbish of ['', '{}', 'no JSON', JSON.stringify({ ...head(seen), seq: -1 })]) {
      kept.set('omnibus-head:d', rubbish)
      expect(watch.seen()).toBeNull()
    }
  })

  test('SE14 is no head that is not signed by the key that it names', async () => {
    const { watch } = device()
    const key = privateKeyOf(newPrivateKey(), 'the test')
    const other = keysOf(key, { ...publicKeyOf(key), sinceMs: 0, untilMs: null })
    const signed = head(seen)
    expect(await isSigned(signed, checkSignature)).toBe(true)
    for (const wrong of [{ ...signed, seq: 2 }, { ...signed, digest: '0'.repeat(64) }, { ...signed, time: 'later' }, { ...signed, draft: 'e' }, { ...signed, keyId: other.current.keyId }, { ...signed, ...publicKeyOf(key) }]) {
      expect(await isSigned(wrong, checkSignature)).toBe(false)
    }
    const forged = { ...signed, signature: head(seen, other).signature }
    expect(await watch.look(null, seen, forged)).toEqual({ why: 'unsigned', kept: null, now: forged })
    expect(watch.seen()).toBeNull()
  })
})

test('SE15 a departed record is told once: what was asked before the person took note says nothing after', async () => {
  const kept = new Map<string, string>()
  const watch = watchHeads({ getItem: (key) => kept.get(key) ?? null, setItem: (key, value) => void kept.set(key, value) }, 'd', checkSignature)
  watch.accept(head(seen))
  let there = chain('one', 'two')
  let letThrough = Promise.resolve()
  const reading = openRecord({
    record: async (_draft, _hat, after) => {
      const now = there
      await letThrough
      return { ok: true, result: { entries: now.filter(({ seq }) => seq > after).map((entry) => ({ content: null, ...entry, actorName: null }) as RecordEntry), head: head(now) } }
    },
  }, 'd', 'hat', watch)
  await reading.refresh()
  expect([reading.departed.value?.why, reading.entries.value.length]).toEqual(['shorter', 2])
  let answer = (): void => undefined
  letThrough = new Promise((resolve) => { answer = resolve })
  there = chain('one', 'two', 'other')
  const asked = reading.refresh()
  reading.accept()
  answer()
  await asked
  expect([reading.departed.value, reading.entries.value.length, watch.seen()]).toEqual([null, 3, head(there)])
  there = chain('one')
  await reading.anew()
  expect(reading.departed.value?.why).toBe('shorter')
})

test('SE13 the server gives the signed end of the record with its entries, which come in pages', async () => {
  const world = await openWorld()
  await seedDraft(world.store)
  const cookie = await seedPerson(world.store, 'ana', chairHat)
  expect((await world.get('/api/drafts/d/record?hat=ana-hat', cookie)).result).toEqual({ entries: [], head: null })
  for (let seq = 0; seq < 1_003; seq++) await world.store.append({ ...appendOf('d', 0), entries: [], record: { draft: 'd', actor: 'ana', kind: 'lock', body: { seq } } })
  type Page = { entries: { seq: number; digest: string }[]; head: SignedHead }
  const first = (await world.get('/api/drafts/d/record?hat=ana-hat', cookie)).result as unknown as Page
  expect([first.entries.length, first.head.seq]).toEqual([1_000, 1_003])
  const rest = (await world.get('/api/drafts/d/record?hat=ana-hat&after=1000', cookie)).result as unknown as Page
  expect(rest.entries.map(({ seq }) => seq)).toEqual([1_001, 1_002, 1_003])
  expect(rest.head).toEqual(signHead(fixedKeys, 'd', rest.entries.at(-1)!, startMs))
  expect(await isSigned(rest.head, checkSignature)).toBe(true)
  await world.stop()
})
