/** The two adapters, driven by the same random operations, must give the same answers. Operations are data. */
import fc from 'fast-check'
import { expect, it } from 'vitest'
import { openMemoryStore } from '../../../server/store/memory.ts'
import type { JsonValue } from '../../../shared/wire/json.ts'
import type { AppendRequest, EntryDraft, Store, Write } from '../../../server/store/store.ts'
import { sqliteHarness } from '../../contract/store-harness.ts'

const RUNS = process.env['OMNIBUS_LONG'] ? 600 : 60
const seed = Number(process.env['OMNIBUS_SEED'] ?? Math.floor(Math.random() * 2 ** 31))

type Operation =
  | { readonly op: 'append'; readonly request: AppendRequest; readonly offset: number; readonly alsoOffset: number | null }
  | { readonly op: 'write'; readonly writes: readonly Write[] }
  | { readonly op: 'snapshot'; readonly document: string; readonly seq: number; readonly bytes: Uint8Array }
  | { readonly op: 'tick'; readonly byMs: number }
  | { readonly op: 'reopen' }

const DOCUMENTS = ['d1', 'd2', 'd1/side/jp'] as const
const IDS = ['a', 'b', 'ç'] as const

const document = fc.constantFrom(...DOCUMENTS)
const id = fc.constantFrom(...IDS)
const atMs = fc.integer({ min: 0, max: 40 })
const json: fc.Arbitrary<JsonValue> = fc.oneof<fc.Arbitrary<JsonValue>[]>(fc.constant({ of: ['jp', 'eu'], as: 'héad' }), fc.constant(null), fc.constant([1, 'x', { '': 0.5 }]))
const bytes = fc.uint8Array({ maxLength: 12 })
const revokedAtMs = fc.option(atMs, { freq: 4 })

const write: fc.Arbitrary<Write> = fc.oneof(
  fc.record({ put: fc.constant('draft' as const), row: fc.record({ id, title: id, stage: id, createdBy: id, createdAtMs: atMs }) }),
  fc.record({ put: fc.constant('person' as const), row: fc.record({ id, name: id, canCreate: fc.boolean() }) }),
  fc.record({ put: fc.constant('hat' as const), row: fc.record({ id, draft: document, person: id, hat: json, revokedAtMs }) }),
  fc.record({ put: fc.constant('delegation' as const), row: fc.record({ draft: document, id, name: id, kind: id }) }),
  fc.record({
    put: fc.constant('invite' as const),
    row: fc.record({ id, secretHash: id, draft: fc.option(document), hat: json, person: fc.option(id), createdBy: id, expiresAtMs: atMs, usesLeft: fc.nat(2), revokedAtMs }),
  }),
  fc.record({ put: fc.constant('session' as const), row: fc.record({ secretHash: id, person: id, expiresAtMs: atMs }) }),
  fc.record({ put: fc.constant('lease' as const), row: fc.record({ clientId: fc.nat(9).map((n) => 2 ** 53 - 1 - n), document, person: id, hatId: id, delegation: id }) }),
  fc.record({ put: fc.constant('version' as const), row: fc.record({ draft: document, number: fc.integer({ min: 1, max: 6 }), kind: id, name: id, symbol: id, by: id, seq: atMs, units: fc.array(id), point: fc.option(bytes), bytes, sha256: id, atMs }) }),
  fc.record({ put: fc.constant('history' as const), row: fc.record({ document, afterSeq: fc.nat(3), seq: fc.integer({ min: 4, max: 6 }), bytes }) }),
  fc.record({ put: fc.constant('visit' as const), row: fc.record({ draft: document, person: id, recordSeq: atMs, atMs }) }),
  fc.record({ put: fc.constant('seen' as const), row: fc.record({ draft: document, person: id, thread: id, message: atMs }) }),
  fc.record({ put: fc.constant('setting' as const), row: fc.record({ key: id, value: id }) }),
  fc.record({ drop: fc.constant('session' as const), secretHash: id }),
  fc.record({ drop: fc.constantFrom('hat' as const, 'invite' as const), id, atMs }),
  fc.record({ use: fc.constant('invite' as const), id, atMs }),
)

const entryDraft: fc.Arbitrary<EntryDraft> = fc.record({ actor: id, kind: fc.constantFrom('update' as const, 'command' as const), bytes, lineage: fc.option(id) })

const alsoOffset: fc.Arbitrary<number | null> = fc.option(fc.constantFrom(0, 0, 0, 1), { freq: 3 })

/** Positions are offsets from where the log is, so that most appends succeed and some are behind or ahead. */
const append = fc.record({
  op: fc.constant('append' as const),
  offset: fc.constantFrom(0, 0, 0, 0, 0, 0, -1, 1),
  alsoOffset,
  request: fc.record(
    {
      document,
      expectedSeq: fc.constant(0),
      entries: fc.array(entryDraft, { maxLength: 3 }),
      record: fc.record({ draft: document, actor: id, kind: id, body: json }),
      outcome: fc.record({ person: id, draft: document, key: id, bodyDigest: id, result: json }),
      writes: fc.array(write, { maxLength: 2 }),
    },
    { requiredKeys: ['document', 'expectedSeq', 'entries'] },
  ),
})

const operation = fc.oneof<fc.MaybeWeightedArbitrary<Operation>[]>(
  { weight: 10, arbitrary: append },
  { weight: 5, arbitrary: fc.record({ op: fc.constant('write' as const), writes: fc.array(write, { maxLength: 3 }) }) },
  { weight: 2, arbitrary: fc.record({ op: fc.constant('snapshot' as const), document, seq: fc.nat(8), bytes }) },
  { weight: 3, arbitrary: fc.record({ op: fc.constant('tick' as const), byMs: fc.integer({ min: -20, max: 30 }) }) },
)

/** Operations of one burst are asked for without waiting in between. */
const bursts = fc.array(fc.oneof({ weight: 9, arbitrary: fc.array(operation, { minLength: 1, maxLength: 6 }) }, { weight: 1, arbitrary: fc.constant([{ op: 'reopen' } as Operation]) }), {
  minLength: 1,
  maxLength: 12,
})

interface Driven {
  store: Store
  readonly reopen: () => Promise<Store>
}

function perform(store: Store, operation: Exclude<Operation, { op: 'tick' | 'reopen' }>, seqs: ReadonlyMap<string, number>): Promise<unknown> {
  if (operation.op === 'write') return store.write(operation.writes)
  if (operation.op === 'snapshot') return store.saveSnapshot(operation.document, operation.seq, operation.bytes).catch((error: Error) => error.message)
  const { request, offset, alsoOffset } = operation
  const expectedSeq = Math.max(0, (seqs.get(request.document) ?? 0) + offset)
  const alsoExpect = alsoOffset === null ? undefined : { document: 'd2', seq: (seqs.get('d2') ?? 0) + alsoOffset }
  return store.append({ ...request, expectedSeq, alsoExpect })
}

async function seqsOf(store: Store): Promise<ReadonlyMap<string, number>> {
  return new Map(await Promise.all(DOCUMENTS.map(async (name) => [name, (await store.load(name)).seq] as const)))
}

/** All that can be read. */
async function contentsOf(store: Store): Promise<unknown> {
  const each = <T>(ids: readonly string[], read: (id: string) => Promise<T>) => Promise.all(ids.map(read))
  return {
    loaded: await each(DOCUMENTS, (name) => store.load(name)),
    entries: await each(DOCUMENTS, (name) => store.entries(name, 1, 2)),
    history: await each(DOCUMENTS, (name) => Promise.all([0, 1, 2, 3].map((afterSeq) => store.history(name, afterSeq)))),
    records: await each(DOCUMENTS, (name) => store.record(name, 0)),
    recordTails: await each(DOCUMENTS, (name) => store.record(name, 2)),
    outcomes: await each(IDS, (person) => each(DOCUMENTS, (draft) => each(IDS, (key) => store.outcome(person, draft, key)))),
    drafts: await store.drafts(),
    draft: await each(IDS, (name) => store.draft(name)),
    persons: await store.persons([...IDS].reverse()),
    sessions: await each(IDS, (name) => store.session(name)),
    invite: await each(IDS, (name) => store.invite(name)),
    invites: await each(DOCUMENTS, (name) => store.invites(name)),
    hats: await each(DOCUMENTS, (name) => store.hats(name)),
    hatsOf: await each(IDS, (name) => store.hatsOf(name)),
    delegations: await each(DOCUMENTS, (name) => store.delegations(name)),
    leases: await each(DOCUMENTS, (name) => store.leases(name)),
    versions: await each(DOCUMENTS, (name) => store.versions(name)),
    version: await each(DOCUMENTS, (name) => store.version(name, 2)),
    visits: await each(DOCUMENTS, (draft) => each(IDS, (person) => store.visit(draft, person))),
    seen: await each(DOCUMENTS, (draft) => each(IDS, (person) => store.seen(draft, person))),
    settings: await each(IDS, (name) => store.setting(name)),
  }
}

function tallyOf(result: unknown): string {
  if (typeof result !== 'object' || result === null) return String(result)
  return 'why' in result ? String(result.why) : 'appended'
}

it(`LG24 gives the same answers on every adapter (OMNIBUS_SEED=${seed})`, async () => {
  const tally = new Map<string, number>()

  async function runBurst(driven: readonly Driven[], burst: readonly Operation[], clock: { nowMs: number }): Promise<void> {
    if (burst[0]?.op === 'reopen') {
      for (const one of driven) {
        await one.store.close()
        one.store = await one.reopen()
      }
      return
    }
    const start = clock.nowMs
    const answers = []
    for (const { store } of driven) {
      clock.nowMs = start
      const seqs = await seqsOf(store)
      const asked: Promise<unknown>[] = []
      for (const operation of burst) {
        if (operation.op === 'tick') clock.nowMs = Math.max(0, clock.nowMs + operation.byMs)
        else if (operation.op !== 'reopen') asked.push(perform(store, operation, seqs))
      }
      answers.push(await Promise.all(asked))
    }
    expect(answers[0]).toEqual(answers[1])
    for (const answer of answers[0]!) tally.set(tallyOf(answer), (tally.get(tallyOf(answer)) ?? 0) + 1)
  }

  const property = fc.asyncProperty(bursts, async (sequence) => {
    const clock = { nowMs: 10 }
    const harness = await sqliteHarness()
    const memory = openMemoryStore({ clock: () => clock.nowMs })
    const open = () => harness.open(() => clock.nowMs)
    const driven: readonly Driven[] = [
      { store: await open(), reopen: open },
      { store: memory, reopen: async () => memory.reopen() },
    ]
    try {
      for (const burst of sequence) await runBurst(driven, burst, clock)
      expect(await contentsOf(driven[0]!.store)).toEqual(await contentsOf(driven[1]!.store))
    } finally {
      for (const { store } of driven) await store.close()
      await harness.dispose()
    }
  })
  await fc.assert(property, { seed, numRuns: RUNS })
  for (const verdict of ['appended', 'moved', 'repeated', 'gone', 'true', 'false']) expect(tally.get(verdict) ?? 0, verdict).toBeGreaterThan(0)
})
