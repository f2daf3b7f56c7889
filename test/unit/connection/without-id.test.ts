import { describe, expect, it } from 'vitest'
import { WebSocket } from 'ws'
import { LeaseRefused, memoryLocalStore } from '../../../client/connection/index.ts'
import type { KeptUpdate, RoomConnectionOptions, Unsent } from '../../../client/connection/index.ts'
import { defineShared, newDoc } from '../../../shared/model/layout.ts'
import { limits } from '../../../shared/wire/limits.ts'
import { decodeMessage } from '../../../shared/wire/protocol.ts'
import { manualTimers, openHand, openHouse, openMember, textIn, whenLive, whenSaved, whenStatus, whenWords } from '../sync/support.ts'
import type { House, Member } from '../sync/support.ts'

const kept = (updates: readonly Uint8Array[]): KeptUpdate[] => updates.map((update, index) => ({ number: index + 1, update, hints: '', operations: [] }))

interface Waiting {
  readonly member: Member
  readonly timers: ReturnType<typeof manualTimers>
  /** What it has sent, by type. */
  readonly sent: string[]
  /** From now on ids are issued. */
  issue(): void
}

/** Amina, for whom the server cannot keep an id. */
function withoutId(house: House, options: Partial<RoomConnectionOptions> = {}, why = new Error('store-failed')): Waiting {
  const timers = manualTimers()
  const sent: string[] = []
  let isIssuing = false
  const doc = defineShared(newDoc())
  textIn(doc)
  const member = openMember(house, 'amina', {
    doc,
    after: timers.after,
    lease: () => (isIssuing ? house.lease('amina') : Promise.reject(why)),
    socketOf: (url) => {
      const socket = new WebSocket(url)
      const send = socket.send.bind(socket)
      socket.send = (data: unknown) => {
        sent.push(decodeMessage(data as Uint8Array)!.type)
        send(data as Uint8Array)
      }
      return socket
    },
    ...options,
  })
  return { member, timers, sent, issue: () => { isIssuing = true } }
}

/** What somebody wrote and the server has. */
async function houseWithWords(): Promise<House> {
  const house = await openHouse()
  const kenji = openMember(house, 'kenji')
  await whenLive(kenji)
  kenji.type('theirs ')
  await whenSaved(kenji)
  return house
}

describe('while no id can be had', () => {
  it.each([['ids-used-up', 'ids-used-up'], ['store-failed', 'reading-for-now']] as const)('CO41 it is said whether that is over by itself (%s)', async (code, told) => {
    const house = await houseWithWords()
    const { member, issue } = withoutId(house, {}, new LeaseRefused(code))
    expect(await whenStatus(member, ({ received }) => received)).toMatchObject({ phase: 'paused', writable: false, code: told })
    issue()
    member.retry()
    expect(await whenStatus(member, ({ writable }) => writable)).not.toHaveProperty('code')
  })

  it('CO41 the text is there to be read and not to be written, nobody is announced, and an id is asked for again', async () => {
    const house = await houseWithWords()
    const { member, timers, sent, issue } = withoutId(house)
    expect(await whenStatus(member, ({ received }) => received)).toEqual({ phase: 'paused', saved: 'saved', unacknowledged: 0, received: true, writable: false, code: 'reading-for-now' })
    expect(member.words()).toBe('theirs ')
    member.presence.setCursor({ anchor: [] })
    ;(await house.room()).notify({ notice: 'read-only', code: 'store-down' })
    expect(await whenStatus(member, ({ code }) => code === 'store-down')).toMatchObject({ phase: 'paused', writable: false })
    expect(sent).not.toContain('awareness')
    issue()
    timers.advance(limits.reconnectMinMs)
    await whenStatus(member, ({ writable }) => writable)
    expect(sent).toContain('awareness')
    // Nothing is let in on this socket, but it is kept.
    member.type('hers')
    await whenStatus(member, ({ saved }) => saved === 'kept')
    house.sockets.at(-1)!.terminate()
    await whenStatus(member, ({ phase }) => phase === 'offline')
    timers.advance(limits.reconnectMaxMs)
    await whenSaved(member)
    expect(textIn((await house.room()).doc).toString()).toBe('theirs hers')
  })

  it.each(['comes anew', 'opens again', 'is looked at'] as const)('CO41 it is asked for at once where the server %s', async (how) => {
    const house = await houseWithWords()
    const { member, timers, issue } = withoutId(house)
    await whenStatus(member, ({ received }) => received)
    issue()
    if (how === 'comes anew') {
      house.sockets.at(-1)!.close(4509)
      await whenStatus(member, ({ phase }) => phase === 'offline')
      timers.advance(limits.reconnectMinMs)
    } else if (how === 'opens again') {
      ;(await house.room()).notify({ notice: 'open' })
    } else {
      member.retry()
    }
    expect(await whenLive(member)).toMatchObject({ writable: true })
    member.type('hers')
    await whenSaved(member)
  })

  it('CO41 what an earlier session left is shown, and sent under the id that it was written under', async () => {
    const house = await houseWithWords()
    const earlier = await openHand(house, 'amina')
    const local = memoryLocalStore(kept([earlier.write('left '), earlier.write('behind')]))
    const { member, issue } = withoutId(house, { local })
    expect(await whenStatus(member, ({ received, unacknowledged }) => received && unacknowledged === 0)).toMatchObject({ phase: 'paused', writable: false })
    await whenWords(member, 'theirs left behind')
    expect([textIn((await house.room()).doc).toString(), local.kept.size]).toEqual(['theirs left behind', 0])
    issue()
    member.retry()
    await whenLive(member)
  })

  it('CO41 what was refused of it waits for an id, and is done again then; the text is shown meanwhile', async () => {
    const house = await houseWithWords()
    const earlier = await openHand(house, 'amina')
    const [first, second] = kept([earlier.write('§', 0), earlier.write('hers', 0)])
    const local = memoryLocalStore([{ ...first!, refused: 'unit-locked' }, second!])
    const unsent: Unsent[] = []
    const { member, issue } = withoutId(house, { local, unsent: (more) => unsent.push(...more) })
    expect(await whenStatus(member, ({ received }) => received)).toMatchObject({ phase: 'paused', unacknowledged: 2, writable: false })
    expect([member.words(), local.kept.size]).toEqual(['theirs ', 2])
    issue()
    member.retry()
    await whenSaved(member)
    expect([member.words(), unsent.map(({ words }) => words), local.kept.size]).toEqual(['herstheirs ', ['§'], 0])
  })
})
