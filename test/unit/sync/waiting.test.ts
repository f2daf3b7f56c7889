/** A submission that waits for something while commits come and go. */
import { describe, expect, it } from 'vitest'
import * as Y from 'yjs'
import { openMemoryStore } from '../../../server/store/memory.ts'
import type { AppendRequest, Store } from '../../../server/store/store.ts'
import { heldStore, isAck, openHand, openHouse, permissive, textIn, updateOf, whileHisIsCommitted } from './support.ts'
import type { Hand, HeldStore, House } from './support.ts'
import type { RoomDeps } from '../../../server/sync/opening.ts'

interface Gated {
  readonly held: HeldStore
  readonly inner: Store
  readonly house: House
  readonly kenji: Hand
  readonly amina: Hand
  holdLease(): void
  releaseLease(): void
}

/** Nobody has asked for Amina’s lease. */
async function opened(options: Partial<RoomDeps<null>> = {}): Promise<Gated> {
  const inner = openMemoryStore()
  const held = heldStore(inner)
  let wait: Promise<void> = Promise.resolve()
  let open = (): void => undefined
  const lease: Store['lease'] = async (id) => {
    await wait
    return inner.lease(id)
  }
  const { house, kenji, amina } = await whileHisIsCommitted(held, { ...options, store: { ...held.store, lease } })
  return { held, inner, house, kenji, amina, holdLease() { wait = new Promise((resolve) => { open = resolve }) }, releaseLease: () => open() }
}

/** Whatever the room does by itself meanwhile is done. */
async function quiet(hand: Hand): Promise<void> {
  for (let times = 0; times < 20; times++) await hand.fence()
}

/** She writes a letter, which waits for her lease, and deletes one behind it; then his commit ends. */
async function whileHersWaits({ held, kenji, amina, holdLease }: Gated, deletedAt: number): Promise<void> {
  holdLease()
  amina.submit(1, amina.write('x', 0))
  amina.submit(2, updateOf(amina.doc, () => textIn(amina.doc).delete(deletedAt, 1)))
  await amina.fence()
  held.release()
  await kenji.seen(isAck(2))
  await quiet(amina)
}

/** As the real gate: a deletion of what is not there is refused. */
const knowing: (typeof permissive)['check'] = (doc, update, actor, facts) => {
  const { to } = Y.parseUpdateMeta(update)
  for (const [client, ranges] of Y.decodeUpdate(update).ds.clients) {
    const known = Math.max(to.get(client) ?? 0, Y.getState(doc.store, client))
    if (ranges.some(({ clock, len }) => clock + len > known)) return { ok: false, code: 'bad-delete' }
  }
  return permissive.check(doc, update, actor, facts)
}

const answersIn = ({ received }: Hand): unknown[] => received.filter(({ type }) => type === 'acknowledged' || type === 'refused')

/** A decision in another document, which that moves by. */
const decided: AppendRequest = { document: 's', expectedSeq: 0, entries: [{ actor: 'chair', kind: 'command', bytes: new Uint8Array(0), lineage: null }] }

describe('a commit that ends while a submission waits', () => {
  it('RO60 lets nothing be acknowledged ahead of it', async () => {
    const gated = await opened()
    const { kenji, amina, releaseLease } = gated
    Y.applyUpdate(amina.doc, Y.encodeStateAsUpdate(kenji.doc))
    await whileHersWaits(gated, 3)
    expect(answersIn(amina)).toEqual([])
    releaseLease()
    await amina.seen(isAck(2))
  })

  it('RO60 lets nothing be judged that stands on it', async () => {
    const gated = await opened({ check: knowing })
    const { amina, releaseLease } = gated
    await whileHersWaits(gated, 0)
    releaseLease()
    await amina.seen(({ type }) => type === 'acknowledged' || type === 'refused')
    expect(answersIn(amina)).toEqual([{ type: 'acknowledged', number: 2 }])
  })

  it('RO60 does not let a change by, nor end the wait for all that was submitted', async () => {
    const { held, house, kenji, amina, holdLease, releaseLease } = await opened()
    const room = await house.room()
    holdLease()
    amina.submit(1, amina.write('hers '))
    await amina.fence()
    let seen = ''
    let isSettled = false
    const changed = room.change((doc) => {
      seen = textIn(doc).toString()
      return { actor: 'chair', draft: 'd1', kind: 'lock', record: null }
    })
    const settled = room.settled().then(() => { isSettled = true })
    held.release()
    await kenji.seen(isAck(2))
    await quiet(amina)
    expect([seen, isSettled]).toEqual(['', false])
    releaseLease()
    await Promise.all([changed, settled, amina.seen(isAck(1))])
    expect(seen).toContain('hers')
  })

  it('RO60 and has to be made again: all that is acknowledged is in the log', async () => {
    let sharedSeq = 0
    let isSteadyAsked = false
    let openSteady = (): void => undefined
    const steadied = new Promise<void>((resolve) => { openSteady = resolve })
    const { held, inner, kenji, amina, holdLease, releaseLease } = await opened({
      facts: () => ({ facts: null, alsoExpect: { document: 's', seq: sharedSeq } }),
      steady: () => {
        isSteadyAsked = true
        return steadied
      },
    })
    holdLease()
    amina.submit(1, amina.write('hers '))
    await amina.fence()
    await inner.append(decided)
    sharedSeq = 1
    held.release()
    while (!isSteadyAsked) await amina.fence()
    releaseLease()
    await quiet(amina)
    openSteady()
    await Promise.all([kenji.seen(isAck(2)), amina.seen(isAck(1))])
    expect((await inner.load('d1')).entries.map(({ actor }) => actor).sort()).toEqual(['amina', 'kenji', 'kenji'])
  })
})

it('RO19 what was under way of somebody who is put out is not let in when it is checked a second time', async () => {
  const inner = openMemoryStore()
  const held = heldStore(inner)
  let sharedSeq = 0
  const house = await openHouse({ store: held.store, facts: () => ({ facts: null, alsoExpect: { document: 's', seq: sharedSeq } }), steady: () => Promise.resolve() })
  const [amina, kenji] = [await openHand(house, 'amina'), await openHand(house, 'kenji')]
  const room = await house.room()
  held.hold()
  amina.submit(1, amina.write('hers'))
  await held.asked(1)
  await inner.append(decided)
  sharedSeq = 1
  room.expel(({ person }) => person === 'amina')
  held.release()
  await amina.closed
  await kenji.fence()
  await room.settled()
  expect((await inner.load('d1')).entries).toEqual([])
})

it('RO61 what a change would write and cannot be kept is refused to whoever asked, and nobody else hears of it', async () => {
  const house = await openHouse()
  const kenji = await openHand(house, 'kenji')
  kenji.submit(1, kenji.write('Recalling'))
  await kenji.seen(isAck(1))
  const room = await house.room()
  const asked = room.change((doc) => {
    textIn(doc).insert(0, 'not kept ')
    return { actor: 'a\0b', draft: 'd1', kind: 'lock', record: null }
  })
  await expect(asked).rejects.toThrow(RangeError)
  kenji.submit(2, kenji.write(' all'))
  await kenji.seen(isAck(2))
  expect([textIn(room.doc).toString(), room.seq, kenji.received.some(({ type }) => type === 'refused')]).toEqual(['Recalling all', 2, false])
})
