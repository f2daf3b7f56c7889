/** What every adapter of the store must do (docs/SPEC.md, LG). Run it with `describeStore` on a harness per adapter. */
import { describe, expect, it, onTestFinished } from 'vitest'
import { firstDamagedEntry, firstDamagedRecord, GENESIS_DIGEST } from '../../server/store/digest.ts'
import { headOf } from '../../server/store/store.ts'
import type { AppendRequest, DocumentId, HistoryRow, Store, Write } from '../../server/store/store.ts'
import { limits } from '../../shared/wire/limits.ts'
import { appendOf, bytesOf, command, entry, inviteRow, lease, sourceRow, succeeded, versionRow } from './store-fixtures.ts'

/** One data set, and what a test does to it from outside. */
export interface StoreHarness {
  open(clock: () => number): Promise<Store>
  /** The same data set after the store before was closed. */
  reopen(clock: () => number): Promise<Store>
  /** Changes an entry behind the chain's back, while the store is open. */
  damage(document: DocumentId, seq: number): Promise<void>
  dispose(): Promise<void>
}

interface Opened {
  readonly store: Store
  readonly harness: StoreHarness
  readonly clock: { nowMs: number }
}

type Open = () => Promise<Opened>

/** `make` gives an empty data set; each test has its own. */
export function describeStore(name: string, make: () => Promise<StoreHarness>): void {
  const open: Open = async () => {
    const harness = await make()
    const clock = { nowMs: 100 }
    const store = await harness.open(() => clock.nowMs)
    onTestFinished(async () => {
      await store.close()
      await harness.dispose()
    })
    return { store, harness, clock }
  }
  describe(`the store on ${name}`, () => {
    describeAppend(open)
    describeCommands(open)
    describeChain(open)
    describeReading(open)
    describeRows(open)
    describeInvites(open)
    describeLife(open)
  })
}

function describeAppend(open: Open): void {
  it('LG1 numbers the entries of a document from 1 without gaps', async () => {
    const { store } = await open()
    const first = succeeded(await store.append(appendOf('d1', 0, entry(1), entry(2))))
    const second = succeeded(await store.append(appendOf('d1', 2, entry(3))))
    await store.append(appendOf('d2', 0, entry(9)))
    expect([...first.entries, ...second.entries].map(({ document, seq, bytes }) => [document, seq, [...bytes]])).toEqual([
      ['d1', 1, [1]],
      ['d1', 2, [2]],
      ['d1', 3, [3]],
    ])
    const loaded = await store.load('d1')
    expect(loaded).toEqual({ snapshot: null, snapshotSeq: 0, seq: 3, entries: [...first.entries, ...second.entries] })
  })

  it('LG2 refuses as moved an append that names another position, behind or ahead, and keeps nothing of it', async () => {
    const { store } = await open()
    await store.append(appendOf('d1', 0, entry(1)))
    expect(await store.append(appendOf('d1', 0, entry(2)))).toEqual({ ok: false, why: 'moved', seq: 1 })
    expect(await store.append(appendOf('d1', 2, entry(2)))).toEqual({ ok: false, why: 'moved', seq: 1 })
    expect(await store.append(command('k', { expectedSeq: 7 }))).toEqual({ ok: false, why: 'moved', seq: 1 })
    expect((await store.load('d1')).seq).toBe(1)
    expect(await store.setting('last')).toBeNull()
  })

  it('LG2 lets one of several appends at the same position through, the first that was asked', async () => {
    const { store } = await open()
    const results = await Promise.all([1, 2, 3].map((byte) => store.append(appendOf('d1', 0, entry(byte)))))
    expect(results.map((result) => (result.ok ? [...result.entries[0]!.bytes] : result))).toEqual([
      [1],
      { ok: false, why: 'moved', seq: 1 },
      { ok: false, why: 'moved', seq: 1 },
    ])
  })

  it('LG3 refuses as moved when the other document named is elsewhere, and says where this one is', async () => {
    const { store } = await open()
    await store.append(appendOf('d1', 0, entry(1), entry(2)))
    await store.append(appendOf('d1/side/jp', 0, entry(3)))
    const side = (seq: number): AppendRequest => ({ ...appendOf('d1/side/jp', 1, entry(4)), alsoExpect: { document: 'd1', seq } })
    expect(await store.append(side(1))).toEqual({ ok: false, why: 'moved', seq: 1 })
    expect(await store.append(side(3))).toEqual({ ok: false, why: 'moved', seq: 1 })
    expect((await store.append(side(2))).ok).toBe(true)
    expect((await store.load('d1')).seq).toBe(2)
  })
}

function describeCommands(open: Open): void {
  it('LG4 keeps the entries, record, outcome and writes of a command together', async () => {
    const { store } = await open()
    const { entries, record } = succeeded(await store.append(command('k1')))
    expect(record).toMatchObject({ draft: 'd1', seq: 1, atMs: 100, actor: 'chair', kind: 'lock', body: { unit: 'u1', reason: null } })
    expect((await store.load('d1')).entries).toEqual(entries)
    expect(await store.record('d1', 0)).toEqual([record])
    expect(await store.outcome('chair', 'd1', 'k1')).toEqual({ bodyDigest: 'b0', result: { locked: ['u1'] } })
    expect(await store.setting('last')).toBe('k1')
  })

  it('LG4 keeps nothing of a command one of whose writes fails', async () => {
    const { store } = await open()
    const writes: readonly Write[] = [
      { put: 'setting', row: { key: 'last', value: 'x' } },
      { put: 'person', row: { id: 'p', name: 'P', canCreate: true } },
      { use: 'invite', id: 'none', atMs: 1 },
    ]
    expect(await store.append(command('k1', { writes }))).toEqual({ ok: false, why: 'gone' })
    expect(await store.write(writes)).toBe(false)
    expect(await store.load('d1')).toEqual({ snapshot: null, snapshotSeq: 0, entries: [], seq: 0 })
    expect(await store.record('d1', 0)).toEqual([])
    expect(await store.outcome('chair', 'd1', 'k1')).toBeNull()
    expect([await store.setting('last'), await store.person('p')]).toEqual([null, null])
  })

  it('LG4 takes a command that changes no document', async () => {
    const { store } = await open()
    const { entries, record } = succeeded(await store.append(command('k1', { entries: [] })))
    expect([entries.length, record?.seq, (await store.load('d1')).seq]).toEqual([0, 1, 0])
  })

  it('LG5 answers a repeated key with the first result, wherever the log is now, and writes nothing', async () => {
    const { store } = await open()
    await store.append(command('k1'))
    const outcome = { person: 'chair', draft: 'd1', key: 'k1', bodyDigest: 'b1', result: 'another' }
    expect(await store.append(command('k1', { expectedSeq: 1, outcome }))).toEqual({ ok: false, why: 'repeated', bodyDigest: 'b0', result: { locked: ['u1'] } })
    expect(await store.append(command('k1'))).toMatchObject({ why: 'repeated' })
    expect([(await store.load('d1')).seq, (await store.record('d1', 0)).length]).toEqual([1, 1])
  })

  it('LG5 keeps the keys of different people and drafts apart', async () => {
    const { store } = await open()
    await store.append(command('k1'))
    const outcome = { person: 'chair', draft: 'd1', key: 'k1', bodyDigest: 'b0', result: 1 }
    expect((await store.append(command('', { expectedSeq: 1, outcome: { ...outcome, person: 'amina' } }))).ok).toBe(true)
    expect((await store.append(command('', { expectedSeq: 2, outcome: { ...outcome, draft: 'd2' } }))).ok).toBe(true)
  })
}

function describeChain(open: Open): void {
  it('LG6 chains the entries of a document and the rows of a record from 64 zeros', async () => {
    const { store } = await open()
    for (let seq = 0; seq < 5; seq++) await store.append(command(`k${seq}`, { expectedSeq: seq }))
    const { entries } = await store.load('d1')
    const record = await store.record('d1', 0)
    expect([entries.length, record.length]).toEqual([5, 5])
    expect(firstDamagedEntry(0, GENESIS_DIGEST, entries)).toBeNull()
    expect(firstDamagedRecord(0, GENESIS_DIGEST, record)).toBeNull()
    expect(firstDamagedRecord(2, record[1]!.digest, await store.record('d1', 2))).toBeNull()
  })

  it('LG7 finds an entry that was changed outside the server, and names document and seq', async () => {
    const { store, harness } = await open()
    await store.append(appendOf('d1', 0, entry(1), entry(2), entry(3), entry(4)))
    await store.append(appendOf('d2', 0, entry(1)))
    await harness.damage('d1', 3)
    const damage = { code: 'log-damaged', document: 'd1', seq: 3 }
    await expect(store.load('d1')).rejects.toMatchObject(damage)
    await expect(store.entries('d1', 2, 10)).rejects.toMatchObject(damage)
    expect((await store.entries('d1', 0, 2)).length).toBe(2)
    expect((await store.load('d2')).seq).toBe(1)
  })

  it('LG25 what a damaged chain still proves is told apart from what is lost', async () => {
    const { store, harness } = await open()
    await store.append(appendOf('d1', 0, entry(1), entry(2), entry(3), entry(4)))
    expect(await store.salvage('d1')).toMatchObject({ seq: 4, lost: [], entries: [1, 2, 3, 4].map((seq) => ({ seq })) })
    await harness.damage('d1', 3)
    const salvaged = await store.salvage('d1')
    expect([salvaged.seq, salvaged.lost, salvaged.entries.map(({ seq }) => seq)]).toEqual([4, [3], [1, 2, 4]])
    await store.saveSnapshot('d1', 3, bytesOf(9))
    expect(await store.salvage('d1')).toMatchObject({ snapshotSeq: 3, lost: [], entries: [{ seq: 4 }] })
  })

  it('LG8 never lets the time of a log or a record go back', async () => {
    const { store, clock } = await open()
    const times: number[] = []
    for (const [seq, nowMs] of [500, 200, 700.9, 0].entries()) {
      clock.nowMs = nowMs
      const { entries, record } = succeeded(await store.append(command(`k${seq}`, { expectedSeq: seq })))
      expect(record?.atMs).toBe(entries[0]!.atMs)
      times.push(entries[0]!.atMs)
    }
    expect(times).toEqual([500, 500, 700, 700])
    clock.nowMs = 600
    expect(succeeded(await store.append(appendOf('d2', 0, entry(1)))).entries[0]!.atMs).toBe(600)
  })
}

function describeReading(open: Open): void {
  it('LG9 loads the snapshot and the entries after it', async () => {
    const { store } = await open()
    const { entries } = succeeded(await store.append(appendOf('d1', 0, entry(1), entry(2), entry(3))))
    await store.saveSnapshot('d1', 2, bytesOf(7, 7))
    expect(await store.load('d1')).toEqual({ snapshot: bytesOf(7, 7), snapshotSeq: 2, entries: entries.slice(2), seq: 3 })
    await store.saveSnapshot('d1', 3, bytesOf(8))
    expect(await store.load('d1')).toEqual({ snapshot: bytesOf(8), snapshotSeq: 3, entries: [], seq: 3 })
  })

  it('LG9 keeps the later of two snapshots, and the whole log beside it', async () => {
    const { store } = await open()
    await store.append(appendOf('d1', 0, entry(1), entry(2), entry(3)))
    await store.saveSnapshot('d1', 3, bytesOf(8))
    await store.saveSnapshot('d1', 1, bytesOf(9))
    expect((await store.load('d1')).snapshotSeq).toBe(3)
    expect((await store.entries('d1', 0, 10)).length).toBe(3)
  })

  it('LG28 finds what is kept of a history again, in order, up to where a page is missing', async () => {
    const { store } = await open()
    const page = (afterSeq: number, seq: number, ...bytes: number[]): HistoryRow => ({ document: 'd1', afterSeq, seq, bytes: bytesOf(...bytes) })
    for (const row of [page(4, 6, 3), page(0, 2, 1), page(2, 4, 9), page(2, 4, 2), page(8, 9, 5)]) expect(await store.write([{ put: 'history', row }])).toBe(true)
    expect(await store.history('d1', 0)).toEqual([page(0, 2, 1), page(2, 4, 2), page(4, 6, 3)])
    expect(await store.history('d1', 4)).toEqual([page(4, 6, 3)])
    for (const nothing of [store.history('d1', 1), store.history('d1', 6), store.history('d2', 0)]) expect(await nothing).toEqual([])
  })

  it('LG9 takes no snapshot of a position that the log does not have', async () => {
    const { store } = await open()
    await store.append(appendOf('d1', 0, entry(1)))
    await expect(store.saveSnapshot('d1', 2, bytesOf(8))).rejects.toThrow(RangeError)
    await expect(store.saveSnapshot('d1', 0, bytesOf(8))).rejects.toThrow(RangeError)
    expect((await store.load('d1')).snapshot).toBeNull()
  })

  it('LG10 reads the entries after a position, at most as many as asked', async () => {
    const { store } = await open()
    const { entries } = succeeded(await store.append(appendOf('d1', 0, entry(1), entry(2), entry(3), entry(4))))
    expect(await store.entries('d1', 1, 2)).toEqual(entries.slice(1, 3))
    expect(await store.entries('d1', 3, 100)).toEqual(entries.slice(3))
    expect(await store.entries('d1', 4, 100)).toEqual([])
    expect(await store.entries('d1', 9, 100)).toEqual([])
    expect(await store.entries('other', 0, 100)).toEqual([])
  })

  it('LG10 reads any number of them, small ones and large ones', async () => {
    const { store } = await open()
    const drafts = Array.from({ length: 2 * limits.storePageEntries + 3 }, (_, index) => ({ ...entry(index % 256), ...(index % 499 === 0 ? { bytes: new Uint8Array(limits.storePagedBytesMax + index).fill(7) } : {}) }))
    const { entries } = succeeded(await store.append(appendOf('d1', 0, ...drafts)))
    expect(await store.entries('d1', 0, drafts.length + 1)).toEqual(entries)
    expect(await store.entries('d1', 1, limits.storePageEntries + 1)).toEqual(entries.slice(1, limits.storePageEntries + 2))
    expect(await store.load('d1')).toMatchObject({ seq: drafts.length, entries })
  })

  it('LG11 gives back exactly the words, bytes and numbers that it was given', async () => {
    const { store } = await open()
    const words = 'Côte d’Ivoire, 中文, العربية, 👩‍⚖️\n\t"\\'
    const body = { [words]: [null, true, -1.5e-9, words, { __proto: 1 }], '\0': '\ud83d\udc69' }
    const big = new Uint8Array(20_000).map((_, index) => index * 7)
    const view = Buffer.from('xxabcxx').subarray(2, 5)
    const request = command('k', {
      entries: [
        { actor: words, kind: 'update', bytes: big, lineage: words },
        { actor: '', kind: 'command', bytes: bytesOf(), lineage: null },
        { actor: 'a', kind: 'update', bytes: view, lineage: '' },
      ],
      record: { draft: 'd1', actor: words, kind: 'comment', body },
      outcome: { person: words, draft: 'd1', key: words, bodyDigest: '', result: body },
    })
    const { entries, record } = succeeded(await store.append(request))
    const loaded = await store.load('d1')
    expect(loaded.entries).toEqual(entries)
    expect(loaded.entries.map(({ actor, bytes, lineage }) => [actor, bytes, lineage])).toEqual([
      [words, big, words],
      ['', bytesOf(), null],
      ['a', bytesOf(97, 98, 99), ''],
    ])
    expect(await store.record('d1', 0)).toEqual([record])
    expect(record?.body).toEqual(body)
    expect((await store.outcome(words, 'd1', words))?.result).toEqual(body)
  })

  it.each([
    ['half a surrogate pair', { put: 'person', row: { id: 'p', name: '\ud800', canCreate: false } }],
    ['a NUL', { put: 'person', row: { id: 'p', name: 'a\0b', canCreate: false } }],
    ['a fraction', { put: 'session', row: { secretHash: 's', person: 'p', expiresAtMs: 1.5 } }],
  ] as const)('LG11 refuses, rather than changes, %s', async (_, write) => {
    const { store } = await open()
    await expect(store.write([{ put: 'setting', row: { key: 'k', value: 'v' } }, write])).rejects.toThrow(RangeError)
    await expect(store.append(command('k', { writes: [write] }))).rejects.toThrow(RangeError)
    expect([await store.setting('k'), (await store.load('d1')).seq]).toEqual([null, 0])
  })
}

function describeRows(open: Open): void {
  it('LG12 finds every kind of row again, lists in the order they were first put', async () => {
    const { store } = await open()
    const draft = (id: string, title: string) => ({ id, title, stage: 'drafting', createdBy: 'chair', createdAtMs: 3 })
    const hat = (id: string, person: string) => ({ id, draft: 'd1', person, hat: { role: 'delegate', of: ['jp'] }, revokedAtMs: null })
    const people = [
      { id: 'z', name: 'Zoë', canCreate: true },
      { id: 'a', name: 'Amina', canCreate: false },
    ]
    const invite = { ...inviteRow('i1', 1), draft: null, hat: null, person: 'z' }
    const writes: readonly Write[] = [
      { put: 'draft', row: draft('d2', 'old') },
      { put: 'draft', row: draft('d1', 'One') },
      { put: 'draft', row: draft('d2', 'Two') },
      ...people.map((row) => ({ put: 'person', row }) as const),
      { put: 'hat', row: hat('h2', 'z') },
      { put: 'hat', row: hat('h1', 'a') },
      { put: 'delegation', row: { draft: 'd1', id: 'jp', name: 'Japan', kind: 'State' } },
      { put: 'delegation', row: { draft: 'd1', id: 'eu', name: 'European Union', kind: 'group' } },
      { put: 'invite', row: invite },
      { put: 'invite', row: inviteRow('i2', 2) },
      { put: 'session', row: { secretHash: 's', person: 'z', expiresAtMs: 9 } },
      { put: 'lease', row: lease(Number.MAX_SAFE_INTEGER) },
      { put: 'lease', row: lease(7) },
      { put: 'version', row: versionRow(2) },
      { put: 'version', row: versionRow(1) },
      { put: 'visit', row: { draft: 'd1', person: 'z', recordSeq: 4, atMs: 8 } },
      { put: 'seen', row: { draft: 'd1', person: 'z', thread: 't2', message: 3 } },
      { put: 'seen', row: { draft: 'd1', person: 'z', thread: 't1', message: 1 } },
      { put: 'seen', row: { draft: 'd1', person: 'z', thread: 't2', message: 4 } },
      { put: 'seen', row: { draft: 'd1', person: 'a', thread: 't1', message: 9 } },
    ]
    expect(await store.write(writes)).toBe(true)
    expect(await store.drafts()).toEqual([draft('d2', 'Two'), draft('d1', 'One')])
    expect(await store.draft('d2')).toEqual(draft('d2', 'Two'))
    expect(await store.person('a')).toEqual(people[1])
    expect(await store.persons(['a', 'nobody', 'z', 'a'])).toEqual([people[1], people[0]])
    expect(await store.hats('d1')).toEqual([hat('h2', 'z'), hat('h1', 'a')])
    expect(await store.hatsOf('a')).toEqual([hat('h1', 'a')])
    expect((await store.delegations('d1')).map(({ id }) => id)).toEqual(['jp', 'eu'])
    expect(await store.invite('i1')).toEqual(invite)
    expect(await store.invites('d1')).toEqual([inviteRow('i2', 2)])
    expect(await store.session('s')).toEqual({ secretHash: 's', person: 'z', expiresAtMs: 9 })
    expect(await store.leases('d1')).toEqual([lease(7), lease(Number.MAX_SAFE_INTEGER)])
    expect(await store.lease(Number.MAX_SAFE_INTEGER)).toEqual(lease(Number.MAX_SAFE_INTEGER))
    expect(await Promise.all([store.leaseCount('d1', 'h1'), store.leaseCount('d1', 'h2'), store.leaseCount('d2', 'h1')])).toEqual([2, 0, 0])
    expect(await store.version('d1', 2)).toEqual(versionRow(2))
    expect(await store.versions('d1')).toEqual([1, 2].map((number) => ({ draft: 'd1', number, kind: 'text', name: 'Zero draft', symbol: 'A/1/L.1', by: 'office', seq: 3, sha256: 'aa', atMs: 5 })))
    expect(await store.visit('d1', 'z')).toEqual({ recordSeq: 4, atMs: 8 })
    expect(await store.seen('d1', 'z')).toEqual([{ thread: 't1', message: 1 }, { thread: 't2', message: 4 }])
  })

  it('LG12 answers null or an empty list for what is not there', async () => {
    const { store } = await open()
    const nothing = [store.draft('x'), store.person('x'), store.session('x'), store.invite('x'), store.lease(1), store.version('x', 1)]
    expect(await Promise.all([...nothing, store.visit('x', 'y'), store.setting('x'), store.outcome('x', 'y', 'z')])).toEqual(Array(9).fill(null))
    const lists = [store.drafts(), store.persons(['x']), store.invites('x'), store.hats('x'), store.hatsOf('x'), store.delegations('x')]
    expect(await Promise.all([...lists, store.leases('x'), store.record('x', 0), store.versions('x'), store.seen('x', 'y')])).toEqual(Array(10).fill([]))
  })

  it.each([
    ['a client id', { put: 'lease', row: lease(7) }, { put: 'lease', row: { ...lease(7), person: 'other' } }],
    ['a version number', { put: 'version', row: versionRow(1) }, { put: 'version', row: { ...versionRow(1), sha256: 'bb' } }],
    ['a session', { put: 'session', row: { secretHash: 's', person: 'a', expiresAtMs: 1 } }, { put: 'session', row: { secretHash: 's', person: 'b', expiresAtMs: 9 } }],
  ] as const)('LG13 binds %s for good: a second one fails all that came with it', async (_, first, second) => {
    const { store } = await open()
    expect(await store.write([first])).toBe(true)
    expect(await store.write([{ put: 'setting', row: { key: 'k', value: 'v' } }, second])).toBe(false)
    expect(await store.append(command('k1', { writes: [second] }))).toEqual({ ok: false, why: 'gone' })
    expect([await store.setting('k'), (await store.load('d1')).seq]).toEqual([null, 0])
    const kept = { lease: await store.lease(7), version: await store.version('d1', 1), session: await store.session('s') }
    expect(kept[first.put]).toEqual(first.row)
  })

  it('SL1 keeps a source to the byte under its number, and of one that was taken out all but its file and text', async () => {
    const { store } = await open()
    expect(await store.write([{ put: 'source', row: sourceRow(2) }, { put: 'source', row: { ...sourceRow(1), value: null, year: null } }, { put: 'source', row: { ...sourceRow(1), draft: 'd2' } }])).toBe(true)
    const heads = (await store.sources('d1')).map((head) => ({ ...head }))
    const head = headOf(sourceRow(2))
    expect(heads).toEqual([{ ...head, number: 1, year: null }, head])
    expect([await store.sourceValue('d1', 2), await store.sourceFile('d1', 2), await store.sourceValue('d1', 1)]).toEqual([sourceRow(2).value, sourceRow(2).bytes, null])
    expect([await store.sourceValue('d1', 3), await store.sourceFile('d1', 3), await store.sources('d3')]).toEqual([null, null, []])
    expect(await store.write([{ put: 'source', row: { ...sourceRow(2), title: 'Another' } }])).toBe(false)
    await store.write([{ drop: 'source', draft: 'd1', number: 2, atMs: 50, why: 'By mistake.' }, { drop: 'source', draft: 'd1', number: 2, atMs: 60, why: 'Again.' }])
    expect((await store.sources('d1'))[1]).toEqual({ ...head, removedAtMs: 50, removedWhy: 'By mistake.' })
    expect([await store.sourceValue('d1', 2), await store.sourceFile('d1', 2)]).toEqual([null, null])
  })

  it('LG14 deletes a dropped session, and keeps a dropped hat as revoked when it was dropped first', async () => {
    const { store } = await open()
    const hat = { id: 'h', draft: 'd1', person: 'a', hat: {}, revokedAtMs: null }
    await store.write([{ put: 'session', row: { secretHash: 's', person: 'a', expiresAtMs: 9 } }, { put: 'hat', row: hat }])
    await store.write([{ drop: 'session', secretHash: 's' }, { drop: 'hat', id: 'h', atMs: 50 }])
    expect(await store.write([{ drop: 'session', secretHash: 's' }, { drop: 'hat', id: 'h', atMs: 60 }, { drop: 'hat', id: 'none', atMs: 60 }])).toBe(true)
    expect(await store.session('s')).toBeNull()
    expect(await store.hats('d1')).toEqual([{ ...hat, revokedAtMs: 50 }])
  })
}

function describeInvites(open: Open): void {
  it('LG15 takes the uses of an invite one by one and then says gone', async () => {
    const { store } = await open()
    await store.write([{ put: 'invite', row: inviteRow('i', 2) }])
    const use: Write = { use: 'invite', id: 'i', atMs: 10 }
    expect(await Promise.all([store.write([use]), store.write([use]), store.write([use])])).toEqual([true, true, false])
    expect((await store.invite('i'))?.usesLeft).toBe(0)
    expect(await store.append(command('k', { writes: [use] }))).toEqual({ ok: false, why: 'gone' })
  })

  it('LG15 takes no use when several in one transaction are more than are left', async () => {
    const { store } = await open()
    await store.write([{ put: 'invite', row: inviteRow('i', 1) }])
    const use: Write = { use: 'invite', id: 'i', atMs: 10 }
    expect(await store.write([use, use])).toBe(false)
    expect((await store.invite('i'))?.usesLeft).toBe(1)
  })

  it('LG16 lets nobody in by an invite that expired or was revoked, nor by one that is not there', async () => {
    const { store } = await open()
    await store.write([
      { put: 'invite', row: inviteRow('i', 5) },
      { put: 'invite', row: inviteRow('r', 5) },
    ])
    const use = (id: string, atMs: number) => store.write([{ use: 'invite', id, atMs }])
    expect([await use('i', 999), await use('i', 1_000), await use('none', 1)]).toEqual([true, false, false])
    await store.write([{ drop: 'invite', id: 'r', atMs: 20 }])
    await store.write([{ drop: 'invite', id: 'r', atMs: 30 }])
    expect([await use('r', 20), await use('r', 10)]).toEqual([false, false])
    expect(await store.invite('r')).toEqual({ ...inviteRow('r', 5), revokedAtMs: 20 })
  })
}

function describeLife(open: Open): void {
  it('LG17 lets each of many requests made at once succeed or fail alone', async () => {
    const { store } = await open()
    const requests = Array.from({ length: 30 }, (_, index) => {
      const document = `d${index}`
      if (index % 5 === 1) return store.append({ ...command('gone', { outcome: undefined }), document, writes: [{ use: 'invite', id: 'none', atMs: 1 }] })
      if (index % 5 === 2) return store.append(appendOf(document, 4, entry(index)))
      return store.append(appendOf(document, 0, entry(index)))
    })
    const unstorable = store.append(appendOf('bad', 0, entry(1, 'a\0b')))
    const written = store.write([{ put: 'setting', row: { key: 'k', value: 'v' } }])
    await expect(unstorable).rejects.toThrow(RangeError)
    expect(await written).toBe(true)
    const verdicts = (await Promise.all(requests)).map((result) => (result.ok ? 'ok' : result.why))
    expect(verdicts).toEqual(Array.from({ length: 6 }, () => ['ok', 'gone', 'moved', 'ok', 'ok']).flat())
    const seqs = await Promise.all(requests.map(async (_, index) => (await store.load(`d${index}`)).seq))
    expect(seqs).toEqual(verdicts.map((verdict) => (verdict === 'ok' ? 1 : 0)))
  })

  it('LG18 finds everything again after it was closed and opened', async () => {
    const { store, harness } = await open()
    await store.append(command('k1'))
    await store.append(appendOf('d1', 1, entry(2)))
    await store.saveSnapshot('d1', 1, bytesOf(5))
    await store.write([{ put: 'lease', row: lease(7) }])
    const look = async (from: Store) => [await from.load('d1'), await from.record('d1', 0), await from.outcome('chair', 'd1', 'k1'), await from.leases('d1'), await from.setting('last')]
    const before = await look(store)
    await store.close()
    const again = await harness.reopen(() => 0)
    onTestFinished(() => again.close())
    expect(await look(again)).toEqual(before)
    const { entries } = succeeded(await again.append(appendOf('d1', 2, entry(3))))
    expect(entries[0]!.atMs).toBe(100)
    expect(firstDamagedEntry(0, GENESIS_DIGEST, await again.entries('d1', 0, 10))).toBeNull()
  })

  it('LG19 closes after what is under way, as often as asked, and takes nothing more', async () => {
    const { store, harness } = await open()
    const appended = store.append(appendOf('d1', 0, entry(1)))
    await Promise.all([store.close(), store.close()])
    await store.close()
    expect((await appended).ok).toBe(true)
    await expect(store.load('d1')).rejects.toMatchObject({ code: 'store-closed' })
    await expect(store.append(appendOf('d1', 1, entry(1)))).rejects.toMatchObject({ code: 'store-closed' })
    const again = await harness.reopen(() => 0)
    onTestFinished(() => again.close())
    expect((await again.load('d1')).seq).toBe(1)
  })
}
