import { readFileSync, readdirSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import * as Y from 'yjs'
import { memoryLocalStore, pageMemory, pageStore } from '../../../client/connection/index.ts'
import type { KeptUpdate, LocalStore, Unsent } from '../../../client/connection/index.ts'
import type { Gate } from '../../../server/sync/admission.ts'
import { defineShared, newDoc } from '../../../shared/model/layout.ts'
import { delegationKinds, levels, refusalOf, roles, stages } from '../../../shared/policy/index.ts'
import type { Facts } from '../../../shared/policy/index.ts'
import { errors } from '../../../shared/wire/errors.ts'
import type { ErrorCode } from '../../../shared/wire/errors.ts'
import { heldStore, openHouse, openMember, permissive, textIn, whenLive, whenSaved, whenStatus, whenWords } from '../sync/support.ts'
import type { House, Member } from '../sync/support.ts'

/** Refuses words that hold a code between two §, with that code. */
const asked: Gate<null> = {
  ...permissive,
  check(doc, update, actor, facts) {
    for (const struct of Y.decodeUpdate(update).structs) {
      const words = struct instanceof Y.Item && struct.content instanceof Y.ContentString ? struct.content.str : ''
      const code = /§(.+)§/.exec(words)?.[1]
      if (code !== undefined && code in errors) return { ok: false, code: code as ErrorCode }
    }
    return permissive.check(doc, update, actor, facts)
  },
}

interface Page {
  member: Member
  readonly unsent: Unsent[]
  /** How often the room was opened anew. */
  opened: number
}

function openPage(house: House, left: readonly KeptUpdate[] = [], unsent: Unsent[] = [], opened = 0): Page {
  const doc = defineShared(newDoc())
  textIn(doc)
  const local = memoryLocalStore(left)
  const member = openMember(house, 'amina', { doc, local, unsent: (more) => unsent.push(...more) })
  return { member: Object.assign(member, { local }), unsent, opened }
}

/** As the page does: opens the room anew after each refusal, until everything is saved. */
async function settled(house: House, page: Page): Promise<Page> {
  const { member } = page
  const { phase } = await whenStatus(member, (status) => status.phase === 'refused' || status.phase === 'restored' || (status.phase === 'live' && status.saved === 'saved'))
  if (phase === 'live') return page
  await member.close()
  return settled(house, openPage(house, [...member.local.kept.values()], page.unsent, page.opened + 1))
}

async function offline(house: House, { member }: Page): Promise<void> {
  const gone = whenStatus(member, (status) => status.phase === 'offline')
  for (const socket of house.sockets) socket.terminate()
  await gone
}

/** What an update can be refused with; too-fast is no refusal, it waits. */
const codes = [
  'base-closed', 'unit-locked', 'frozen', 'only-drafters', 'only-chairs-table', 'not-yours', 'not-permitted', 'circle-closed', 'wrong-stage', 'too-many-parts',
  'malformed', 'bounds', 'not-your-id', 'forked', 'gap', 'bad-content', 'bad-container', 'unknown-place', 'create-once', 'bad-key', 'bad-value',
  'bad-anchor', 'bad-rank', 'split-surrogate', 'bad-delete', 'no-such-unit', 'no-such-amendment', 'beneath-itself', 'not-next', 'server-fault',
] as const satisfies readonly ErrorCode[]

/** The gate's own codes, as its source says them; presence is refused without an end to anything. */
function codesOfGate(): Set<string> {
  const folder = new URL('../../../server/sync/gate/', import.meta.url)
  const files = readdirSync(folder).filter((name) => name !== 'awareness.ts')
  return new Set(files.flatMap((name) => [...readFileSync(new URL(name, folder), 'utf8').matchAll(/(?:Refusal|refused)\('([a-z-]+)'\)/g)].map(([, code]) => code!)))
}

/** Whatever the policy says to anybody, at any time and place, of what the gate asks it. */
function codesOfPolicy(): Set<string> {
  const found = new Set<string>()
  for (const role of roles) for (const level of levels) for (const kind of delegationKinds) for (const stage of stages) {
    for (const own of ['ke', 'office']) for (const delegation of [own, 'jp']) for (const circle of [undefined, { members: [own], open: true }, { members: ['ke'], open: false }]) for (const [locked, agreed] of [[false, false], [true, false], [false, true]] as const) {
      const facts: Facts = { hat: { role, level, kind, delegation: own }, stage, delegation, unit: { locked, agreed }, ...(circle === undefined ? {} : { circle }) }
      for (const action of ['write-base', 'shape-base', 'write-side', 'write-notes'] as const) found.add(refusalOf(facts, action) ?? '')
    }
  }
  found.delete('')
  return found
}

describe('refusal without loss', () => {
  it('CO27 every code that the gate and the policy behind it can give is among those below', () => {
    const [gate, policy] = [codesOfGate(), codesOfPolicy()]
    expect([gate.size > 10, policy.size > 3]).toEqual([true, true])
    expect([...gate, ...policy].filter((code) => !(codes as readonly string[]).includes(code))).toEqual([])
  })

  it.each(codes)('CO27 one update that is refused as %s is handed back with its words, and what else was typed is sent', async (code) => {
    const house = await openHouse({ ...asked })
    let page = openPage(house)
    await whenLive(page.member)
    page.member.type('before ')
    await whenSaved(page.member)
    page.member.type(`§${code}§`, 0)
    page = await settled(house, page)
    expect(page.unsent).toEqual([{ kind: 'typed', words: `§${code}§`, in: ['words'], at: null, code }])
    expect(page.opened).toBeGreaterThan(0)
    page.member.type('after')
    await whenSaved(page.member)
    expect([page.member.words(), textIn((await house.room()).doc).toString(), page.member.local.kept.size]).toEqual(['before after', 'before after', 0])
  })

  it.each(codes)('CO27 of a day without a connection, what is refused as %s and what stands on it is handed back, and all else is sent, once', async (code) => {
    const house = await openHouse({ ...asked })
    let page = openPage(house)
    const kenji = openMember(house, 'kenji')
    await Promise.all([whenLive(page.member), whenLive(kenji)])
    page.member.type('[base]')
    await Promise.all([whenSaved(page.member), whenWords(kenji, '[base]')])
    await offline(house, page)
    const { member } = page
    for (let hour = 0; hour < 8; hour++) {
      member.type(` ${hour} o’clock`)
      if (hour % 3 !== 1) continue
      member.type(`§${code}§`, 0)
      // Typed on within what will be refused.
      member.type('~', 2)
    }
    textIn(member.doc).delete(member.words().indexOf('[base]'), 1)
    page = await settled(house, page)
    const words = `base]${Array.from({ length: 8 }, (_, hour) => ` ${hour} o’clock`).join('')}`
    await whenWords(kenji, words)
    expect(page.member.words()).toBe(words)
    expect(page.unsent.map((one) => one.words).join('').replaceAll('~', '')).toContain(`§${code}§`)
    expect(page.unsent.map((one) => one.words).join('')).toHaveLength(3 * (code.length + 3))
    // What stands on something that was refused is told with the same reason.
    expect(new Set(page.unsent.map((one) => one.code))).toEqual(new Set([code]))
    expect(page.member.local.kept.size).toBe(0)
  })

  it('CO27 what was struck out and is not taken stands again, and is handed back as struck', async () => {
    const refusing: Gate<null> = {
      ...permissive,
      check: (doc, update, actor, facts) => (Y.decodeUpdate(update).ds.clients.size > 0 ? { ok: false, code: 'unit-locked' } : permissive.check(doc, update, actor, facts)),
    }
    const house = await openHouse({ ...refusing })
    let page = openPage(house)
    await whenLive(page.member)
    page.member.type('one two three')
    await whenSaved(page.member)
    const first = page.member.doc.clientID
    textIn(page.member.doc).delete(4, 4)
    page = await settled(house, page)
    expect(page.unsent).toEqual([{ kind: 'struck', words: 'two ', in: ['words'], at: [first, 4], code: 'unit-locked' }])
    expect(page.member.words()).toBe('one two three')
  })

  it('CO28 what the server had taken before it refused is not sent twice, though it had no time to say so', async () => {
    const held = heldStore()
    const house = await openHouse({ ...asked, store: held.store })
    const { member } = openPage(house)
    await whenLive(member)
    held.hold()
    member.type('one ')
    await held.asked(1)
    member.type('two ')
    member.type('§unit-locked§', 0)
    member.type('three')
    await whenStatus(member, (status) => status.phase === 'refused')
    await member.close()
    expect(member.local.kept.size).toBe(4)
    held.release()
    const page = await settled(house, openPage(house, [...member.local.kept.values()]))
    expect([page.member.words(), textIn((await house.room()).doc).toString()]).toEqual(['one two three', 'one two three'])
  })

  it('CO28 a page that is lost at any moment of it neither loses nor doubles a word', async () => {
    for (const moment of ['refused', 'opening', 'replaced'] as const) {
      const house = await openHouse({ ...asked })
      const page = openPage(house)
      await whenLive(page.member)
      page.member.type('base')
      await whenSaved(page.member)
      page.member.type('§unit-locked§', 0)
      page.member.type(' kept')
      await whenStatus(page.member, (status) => status.phase === 'refused')
      await page.member.close()
      let left = [...page.member.local.kept.values()]
      const unsent: Unsent[] = []
      if (moment !== 'refused') {
        // Its words are said to be unsent, or have taken the place of what was kept, and then the page is gone.
        const stopped = openStopping(house, left, moment, unsent)
        left = await stopped
      }
      const next = await settled(house, openPage(house, left, unsent))
      expect([moment, next.member.words(), [...new Set(unsent.map((one) => one.words))]]).toEqual([moment, 'base kept', ['§unit-locked§']])
    }
  })

  it('CO21 what the device does not keep is handed to the next session of the page', async () => {
    const full: LocalStore = { ...memoryLocalStore(), keep: () => Promise.reject(new Error('full')), replace: (_numbers, updates) => (updates.length === 0 ? Promise.resolve() : Promise.reject(new Error('full'))) }
    const memory = pageMemory()
    const house = await openHouse({ ...asked })
    const open = (unsent: Unsent[]): Member => {
      const doc = defineShared(newDoc())
      textIn(doc)
      return openMember(house, 'amina', { doc, local: pageStore(full, memory), unsent: (more) => unsent.push(...more) })
    }
    const first = open([])
    await whenLive(first)
    first.type('base')
    await whenSaved(first)
    first.type('§unit-locked§', 0)
    first.type(' on the page alone')
    expect(await whenStatus(first, (status) => status.phase === 'refused' && status.saved === 'unkept')).toMatchObject({ unacknowledged: 2 })
    await first.close()
    const unsent: Unsent[] = []
    const second = open(unsent)
    await whenSaved(second)
    expect([second.words(), unsent.map((one) => one.words), memory.last.unkept.size]).toEqual(['base on the page alone', ['§unit-locked§'], 0])
  })

  it('CO21 what the device refused to keep is kept once there is room again', async () => {
    let isFull = true
    const inner = memoryLocalStore()
    const local: LocalStore = { ...inner, keep: (update) => (isFull ? Promise.reject(new Error('full')) : inner.keep(update)) }
    const house = await openHouse()
    const member = openMember(house, 'amina', { local })
    await whenLive(member)
    const gone = whenStatus(member, (status) => status.phase === 'offline')
    for (const socket of house.sockets) socket.terminate()
    await gone
    member.type('one')
    await whenStatus(member, (status) => status.saved === 'unkept')
    isFull = false
    member.type('two')
    await whenStatus(member, (status) => status.saved === 'kept')
    expect([...inner.kept.keys()].sort()).toEqual([1, 2])
    await whenSaved(member)
  })
})

/** Opens the room anew and loses the page at a moment of it; what the device then keeps. */
async function openStopping(house: House, left: readonly KeptUpdate[], moment: 'opening' | 'replaced', unsent: Unsent[]): Promise<KeptUpdate[]> {
  const local = memoryLocalStore(left)
  const doc = defineShared(newDoc())
  textIn(doc)
  let reached = (): void => undefined
  const there = new Promise<void>((resolve) => { reached = resolve })
  const stuck = new Promise<void>(() => undefined)
  const stopping: LocalStore = {
    ...local,
    replace: async (numbers, updates) => {
      if (moment === 'replaced') await local.replace(numbers, updates)
      reached()
      await stuck
    },
  }
  const member = openMember(house, 'amina', { doc, local: stopping, unsent: (more) => unsent.push(...more) })
  await there
  await member.close()
  return [...local.kept.values()]
}
