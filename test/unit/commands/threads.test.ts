import pino from 'pino'
import * as Y from 'yjs'
import { beforeEach, describe, expect, test } from 'vitest'
import { createDraft } from '../../../server/commands/create.ts'
import { execute } from '../../../server/commands/execute.ts'
import { createLedgers } from '../../../server/record/ledger.ts'
import { openMemoryStore } from '../../../server/store/memory.ts'
import type { Room } from '../../../server/sync/room.ts'
import type { Speaker } from '../../../server/sync/service.ts'
import { realOutside } from '../../../server/sync/timing.ts'
import { importText } from '../../../shared/convert/importText.ts'
import { beginAmendment, proposalText, readAmendments } from '../../../shared/model/amendments.ts'
import { defineShared, newDoc } from '../../../shared/model/layout.ts'
import { readDraft } from '../../../shared/model/reader.ts'
import { writeState } from '../../../shared/model/state.ts'
import { rangesInUnit, readThreads, threadRange } from '../../../shared/model/threads.ts'
import { digestOfAmendment } from '../../../shared/lifecycle/digests.ts'
import type { DelegationKind, Hat } from '../../../shared/policy/types.ts'
import type { Command, CommandAnswer } from '../../../shared/wire/commands.ts'
import { limits } from '../../../shared/wire/limits.ts'
import { sideRoomOf } from '../../../shared/wire/protocol.ts'
import { plainRoom, sideDoc, unitAt } from './support.ts'
import { fixedKeys } from '../keys/fixed-keys.ts'

const log = pino({ enabled: false })
const speaker = (person: string, hat: Hat): Speaker => ({ person, personName: `Name of ${person}`, hatId: `hat-${person}`, hat })
const delegate = (person: string, delegation: string, kind: DelegationKind, level: Hat['level'] = 'head'): Speaker => speaker(person, { role: 'delegate', delegation, kind, level })
const chair = speaker('chair', { role: 'chair', delegation: 'office', kind: 'office', level: 'head' })
const eva = delegate('eva', 'eu', 'group')
const jun = delegate('jun', 'jp', 'state')
const reader = delegate('rio', 'jp', 'state', 'reader')
const observer = speaker('obi', { role: 'observer', delegation: 'eu', kind: 'group', level: 'head' })

let store = openMemoryStore()
let draft = ''
let shared: Y.Doc
let rooms: Map<string, Room>
let keys = 0

beforeEach(async () => {
  store = openMemoryStore()
  await store.write([{ put: 'person', row: { id: 'chair', name: 'Chair', canCreate: true } }])
  const made = await createDraft({ store, log, now: () => 1, ...realOutside }, { key: 'key-genesis', body: { command: 'create-draft', title: 'T', language: 'en' } }, { id: 'chair', name: 'Chair' })
  if (!made.ok) throw new Error(made.error.code)
  draft = made.result.draft!
  shared = defineShared(newDoc())
  for (const entry of (await store.load(draft)).entries) Y.applyUpdate(shared, entry.bytes)
  shared.clientID = 11
  rooms = new Map([[draft, plainRoom(store, draft, shared)]])
  for (const [index, who] of ['eu', 'jp', 'office'].entries()) rooms.set(sideRoomOf(draft, who), plainRoom(store, sideRoomOf(draft, who), sideDoc(2 ** 33 + index)))
  for (const [id, name, kind] of [['eu', 'EU', 'group'], ['jp', 'Japan', 'state'], ['jf', 'Japan Foundation', 'ngo']] as const) await done(chair, { command: 'add-delegation', delegation: { id, name, kind } })
  await done(chair, { command: 'import', value: importText('Title\n\nThe General Assembly,\n\n1. Requests the Secretary-General to report every year;\n\n2. Decides to meet.\n').value })
})

const run = (who: Speaker, body: Command): Promise<CommandAnswer> =>
  execute({ store, keys: fixedKeys, ledgers: createLedgers(store), log, now: () => 2000 + keys, room: (document) => Promise.resolve(rooms.get(document)!), ...realOutside, openRooms: () => [...rooms.values()], unitsFrom: () => Promise.resolve(0), sourceRemoved: () => undefined, hold: () => Promise.resolve(() => undefined) }, { key: `key-number-${++keys}`, draft, hatId: who.hatId, body }, who)

async function done(who: Speaker, body: Command): Promise<string> {
  const answer = await run(who, body)
  if (!answer.ok) throw new Error(`${body.command}: ${answer.error.code}`)
  return answer.result.thread ?? ''
}

const refusal = async (who: Speaker, body: Command): Promise<string> => {
  const answer = await run(who, body)
  return answer.ok ? 'done' : answer.error.code
}

type Ranges = Extract<Command, { command: 'start-thread' }>['ranges']
const on = (words: string): { about: { kind: 'unit'; unit: string }; ranges: Ranges } => {
  const unit = unitAt(readDraft(shared), 'OP1')
  const from = unit.atoms.indexOf(words)
  return { about: { kind: 'unit', unit: unit.id }, ranges: words === '' ? [] : (rangesInUnit(shared, unit, from, from + words.length) as unknown as Ranges) }
}
const start = (who: Speaker, words: string, said: string, apart = false): Promise<string> => done(who, { command: 'start-thread', ...on(words), words: said, apart })
const sideOf = (who: Speaker): Y.Doc => rooms.get(sideRoomOf(draft, who.hat.delegation))!.doc

describe('threads', () => {
  test('TH1 a thread stands on a paragraph or on words of it, and is answered, under the delegation’s name', async () => {
    const thread = await start(eva, 'every year', 'Too often.')
    await done(jun, { command: 'reply', thread, words: 'Agreed.', apart: false })
    await start(jun, '', 'On the whole paragraph.')
    expect(readThreads(shared).map(({ quote, messages }) => [quote, messages.map((one) => [one.number, one.delegation, one.name, one.words])])).toEqual([
      ['every year', [[1, 'eu', null, 'Too often.'], [2, 'jp', null, 'Agreed.']]],
      ['', [[1, 'jp', null, 'On the whole paragraph.']]],
    ])
    expect((await store.record(draft, 0)).filter(({ kind }) => kind === 'reply').map(({ body }) => (body as { body: unknown }).body)).toEqual([
      { thread, about: on('').about, words: 'Agreed.', mentions: [] },
    ])
  })

  test('TH2 whoever began it and the chair’s table resolve a thread; anyone who takes part reopens it, and so does a reply', async () => {
    const thread = await start(eva, '', 'Too weak.')
    const resolve: Command = { command: 'resolve-thread', thread, apart: false }
    expect(await refusal(jun, resolve)).toBe('not-yours')
    await done(eva, resolve)
    expect(readThreads(shared)[0]!.resolved).toMatchObject({ by: 'eu' })
    expect(await refusal(eva, resolve)).toBe('already-so')
    await done(jun, { command: 'reopen-thread', thread, apart: false })
    expect(readThreads(shared)[0]!.resolved).toBeNull()
    await done(chair, resolve)
    await done(jun, { command: 'reply', thread, words: 'Not yet.', apart: false })
    expect(readThreads(shared)[0]!.resolved).toBeNull()
  })

  test('TH3 readers and observers read; nobody answers a thread that is not there', async () => {
    const thread = await start(eva, '', 'Too weak.')
    for (const who of [reader, observer]) {
      expect(await refusal(who, { command: 'start-thread', ...on(''), words: 'x', apart: false })).toBe('only-drafters')
      expect(await refusal(who, { command: 'reply', thread, words: 'x', apart: false })).toBe('only-drafters')
    }
    expect(await refusal(jun, { command: 'reply', thread: 'zz-1', words: 'x', apart: false })).toBe('no-such-thread')
    expect(await refusal(jun, { command: 'start-thread', about: { kind: 'unit', unit: 'zz-1' }, ranges: [], words: 'x', apart: false })).toBe('no-such-unit')
    expect(await refusal(jun, { command: 'start-thread', about: { kind: 'amendment', amendment: 'zz-1' }, ranges: [], words: 'x', apart: false })).toBe('no-such-amendment')
  })

  test('TH4 anchors name letters of what the thread is about; words that have gone meanwhile are said to have changed', async () => {
    const title = readDraft(shared).units[0]!
    const elsewhere = rangesInUnit(shared, title, 0, 3) as unknown as Ranges
    expect(await refusal(eva, { command: 'start-thread', about: on('').about, ranges: elsewhere, words: 'x', apart: false })).toBe('changed')
    expect(await refusal(eva, { command: 'start-thread', about: on('').about, ranges: [[[7, 10 ** 8, 0], [7, 10 ** 8, -1]]], words: 'x', apart: false })).toBe('bad-anchor')
    const { about, ranges } = on('every year')
    const unit = unitAt(readDraft(shared), 'OP1')
    const part = unit.segments[0]!
    shared.getMap<Y.Text>('texts').get(part.text)!.delete(part.from + unit.atoms.indexOf('every year'), 'every year'.length)
    expect(await refusal(eva, { command: 'start-thread', about, ranges, words: 'x', apart: false })).toBe('changed')
  })

  test('TH5 “@” and a delegation’s short name mention it; of names that begin alike the longest', async () => {
    await start(eva, '', 'What do @Japan Foundation and @japan, think? @Japanese')
    expect(readThreads(shared)[0]!.messages[0]!.mentions).toEqual(['jf', 'jp'])
  })

  test('TH6 a thread on an amendment stays when the amendment is decided', async () => {
    await done(chair, { command: 'open-negotiation' })
    const side = sideOf(eva)
    const id = beginAmendment(side, { kind: 'replace', target: on('').about.unit })
    proposalText(side, id)!.insert(0, 'Requests a report;')
    await done(eva, { command: 'put-forward', amendment: id, digest: digestOfAmendment(readAmendments(side)[0]!) })
    const ranges = [threadRange(proposalText(shared, id)!, 9, 17)!] as unknown as Ranges
    const thread = await done(jun, { command: 'start-thread', about: { kind: 'amendment', amendment: id }, ranges, words: 'Which one?', apart: false })
    await done(chair, { command: 'not-reflected', amendment: id, digest: digestOfAmendment(readAmendments(shared)[0]!), note: '' })
    await done(eva, { command: 'reply', thread, words: 'The yearly one.', apart: false })
    expect(readThreads(shared).map(({ quote, messages }) => [quote, messages.length])).toEqual([['a report', 2]])
  })

  test('TH7 what is said apart is in the side document, with names, and in no record, shared document or foreign hands', async () => {
    const before = [Y.encodeStateAsUpdate(shared), await store.record(draft, 0)]
    const thread = await start(eva, 'every year', 'Our red line.', true)
    await done(eva, { command: 'reply', thread, words: 'Fall back to two years.', apart: true })
    expect(readThreads(sideOf(eva)).map(({ quote, messages }) => [quote, messages.map((one) => [one.name, one.words])])).toEqual([
      ['every year', [['Name of eva', 'Our red line.'], ['Name of eva', 'Fall back to two years.']]],
    ])
    expect([Y.encodeStateAsUpdate(shared), await store.record(draft, 0)]).toEqual(before)
    expect(await refusal(jun, { command: 'reply', thread, words: 'x', apart: true })).toBe('no-such-thread')
    expect(await refusal(eva, { command: 'reply', thread, words: 'x', apart: false })).toBe('no-such-thread')
    expect(await refusal(observer, { command: 'start-thread', ...on(''), words: 'x', apart: true })).toBe('only-drafters')
    await done(eva, { command: 'resolve-thread', thread, apart: true })
    expect(readThreads(sideOf(eva))[0]!.resolved).toMatchObject({ by: 'eu' })
  })

  test('TH8 whoever writes has read what stands above', async () => {
    const thread = await start(eva, '', 'One.')
    await done(jun, { command: 'reply', thread, words: 'Two.', apart: false })
    expect(await store.seen(draft, 'eva')).toEqual([{ thread, message: 1 }])
    expect(await store.seen(draft, 'jun')).toEqual([{ thread, message: 2 }])
  })

  test('TH9 a full thread says so, and a frozen draft takes no word', async () => {
    const thread = await start(eva, '', 'One.')
    const messages = shared.getMap<Y.Map<unknown>>('threads').get(thread)!.get('messages') as Y.Map<unknown>
    shared.transact(() => {
      for (let number = 2; number <= limits.threadMessagesMax; number++) messages.set(String(number), { ...(messages.get('1') as object), number })
    })
    expect(await refusal(jun, { command: 'reply', thread, words: 'x', apart: false })).toBe('thread-full')
    writeState(shared, 'draft', { stage: 'frozen', title: 'T', language: 'en' })
    for (const apart of [false, true]) expect(await refusal(jun, { command: 'start-thread', ...on(''), words: 'x', apart })).toBe('frozen')
  })
})
