import pino from 'pino'
import type * as Y from 'yjs'
import { beforeEach, expect, test } from 'vitest'
import { createDraft } from '../../../server/commands/create.ts'
import { execute } from '../../../server/commands/execute.ts'
import { createLedgers } from '../../../server/record/ledger.ts'
import { openMemoryStore } from '../../../server/store/memory.ts'
import type { Room } from '../../../server/sync/room.ts'
import type { Speaker } from '../../../server/sync/service.ts'
import { realOutside } from '../../../server/sync/timing.ts'
import { addCuts, addHunk, beginAmendment, editText, insertionAnchor, proposalText } from '../../../shared/model/amendments.ts'
import { readPublished } from '../../../shared/model/decisions.ts'
import { proposalGround } from '../../../shared/model/grounds.ts'
import { stateOf } from '../../../shared/model/layout.ts'
import type { About } from '../../../shared/model/layout.ts'
import { placeIn } from '../../../shared/model/operations.ts'
import { readDraft } from '../../../shared/model/reader.ts'
import { readAmendmentState, writeState } from '../../../shared/model/state.ts'
import { digestOfAmendment, digestOfUnit } from '../../../shared/lifecycle/digests.ts'
import { freezePreview } from '../../../shared/lifecycle/freeze.ts'
import type { Hat } from '../../../shared/policy/types.ts'
import type { UnitView } from '../../../shared/model/units.ts'
import type { Command } from '../../../shared/wire/commands.ts'
import { sideRoomOf } from '../../../shared/wire/protocol.ts'
import { draftOf, lines, plainRoom, sideDoc, unitValue } from '../commands/support.ts'
import { fixedKeys } from '../keys/fixed-keys.ts'

const log = pino({ enabled: false })
const speaker = (hat: Hat): Speaker => ({ person: `${hat.role}-${hat.delegation}`, personName: '', hatId: `hat-${hat.delegation}`, hat })
const chair = speaker({ role: 'chair', delegation: 'office', kind: 'office', level: 'head' })
const eu = speaker({ role: 'delegate', delegation: 'eu', kind: 'group', level: 'head' })
const japan = speaker({ role: 'delegate', delegation: 'jp', kind: 'state', level: 'head' })

let shared: Y.Doc
let sides: Map<string, Y.Doc>
let ask: (who: Speaker, body: Command) => Promise<string>
let keys = 0

beforeEach(async () => {
  const store = openMemoryStore()
  await store.write([{ put: 'person', row: { id: 'p', name: 'P', canCreate: true } }])
  const made = await createDraft({ store, log, now: () => 1, ...realOutside }, { key: `make-draft-${++keys}`, body: { command: 'create-draft', title: 'Lamps', language: 'en' } }, { id: 'p', name: 'P' })
  const draft = made.ok ? made.result.draft! : ''
  shared = draftOf([unitValue('op', 'Urges all States:', [unitValue('sub', 'to light;'), unitValue('sub', 'to trim;')]), unitValue('op', 'Requests a report;'), unitValue('op', 'Decides.')])
  shared.clientID = 11
  writeState(shared, 'draft', { stage: 'negotiation', title: 'Lamps', language: 'en' })
  for (const { hat } of [chair, eu, japan]) writeState(shared, `delegation:${hat.delegation}`, { id: hat.delegation, name: hat.delegation, kind: hat.kind })
  sides = new Map()
  const rooms = new Map<string, Room>([[draft, plainRoom(store, draft, shared)]])
  for (const who of [chair, eu, japan]) {
    const doc = sideDoc(2 ** 33 + sides.size)
    sides.set(who.hat.delegation, doc)
    rooms.set(sideRoomOf(draft, who.hat.delegation), plainRoom(store, sideRoomOf(draft, who.hat.delegation), doc))
  }
  let now = 10
  const deps = { store, keys: fixedKeys, ledgers: createLedgers(store), log, now: () => ++now, room: (document: string) => Promise.resolve(rooms.get(document)!), ...realOutside, openRooms: () => [], unitsFrom: () => Promise.resolve(0), sourceRemoved: () => undefined, hold: () => Promise.resolve(() => undefined) }
  ask = async (who, body) => {
    const answer = await execute(deps, { key: `key-number-${++keys}`, draft, hatId: who.hatId, body }, who)
    return answer.ok ? 'done' : answer.error.code
  }
})

const unit = (words: string): UnitView => readDraft(shared).units.find((one) => one.words.startsWith(words))!
const side = (who: Speaker): Y.Doc => sides.get(who.hat.delegation)!
const begin = (who: Speaker, about: About, words = ''): string => {
  const id = beginAmendment(side(who), about)
  editText(side(who), proposalText(side(who), id)!, 0, 0, words)
  return id
}
const put = (who: Speaker, id: string): Promise<string> => ask(who, { command: 'put-forward', amendment: id, digest: digestOfAmendment(readPublished(side(who), id)!) })
const on = (id: string): { amendment: string; digest: string } => ({ amendment: id, digest: readAmendmentState(shared, id)!.digest })
const incorporate = (id: string): Promise<string> => ask(chair, { command: 'incorporate', ...on(id) })
const seen = (words: string): { unit: string; digest: string } => ({ unit: unit(words).id, digest: digestOfUnit(unit(words)) })
const behind = (words: string, of: UnitView): readonly [number, number, 0 | -1] => insertionAnchor(shared, placeIn(of, of.atoms.indexOf(words) + words.length)!)!

test('KI5 brackets are incorporated, or kept, into the text, and lifted by those who decide, on what they saw', async () => {
  const ids = (['reserve', 'retain'] as const).map((verb) => begin(eu, { kind: 'bracket', target: unit('Requests').id, verb }))
  for (const id of ids) {
    addCuts(side(eu), id, shared, unit('Requests'), 9, 17)
    expect(await put(eu, id)).toBe('done')
  }
  const before = seen('Requests')
  expect([await incorporate(ids[0]!), await ask(chair, { command: 'keep-in-brackets', ...on(ids[1]!) })]).toEqual(['done', 'done'])
  expect(ids.map((id) => readAmendmentState(shared, id)!.status)).toEqual(['incorporated', 'incorporated'])
  expect(unit('Requests').brackets.map(({ id, from, to, by }) => [id, from, to, by])).toEqual(ids.map((id) => [id, 9, 17, ['eu']]))
  expect(await ask(chair, { command: 'lift-bracket', ...before, bracket: ids[0]! })).toBe('changed')
  expect(await ask(eu, { command: 'lift-bracket', ...seen('Requests'), bracket: ids[0]! })).toBe('only-chairs-table')
  expect(await ask(chair, { command: 'lift-bracket', ...seen('Requests'), bracket: ids[0]! })).toBe('done')
  expect(await ask(chair, { command: 'lift-bracket', ...seen('Requests'), bracket: ids[0]! })).toBe('already-so')
  expect(unit('Requests').brackets.map(({ id }) => id)).toEqual([ids[1]])
  expect(JSON.stringify(freezePreview(shared, new Set()).resolution)).toContain('"brackets":[{"from":9,"to":17}]')
})

test('KI11 what stands on a proposal is put forward after it and decided after it', async () => {
  const outer = begin(eu, { kind: 'insert', target: unit('Requests').id, unitKind: 'op', inside: false }, 'Invites all States;')
  const beneath = begin(eu, { kind: 'insert', target: outer, unitKind: 'sub', inside: true }, 'to act;')
  expect(await put(eu, beneath)).toBe('outer-private')
  expect([await put(eu, outer), await put(eu, beneath)]).toEqual(['done', 'done'])
  const words = begin(japan, { kind: 'modify', target: outer })
  addCuts(side(japan), words, shared, proposalGround(readPublished(shared, outer)!, 'op'), 8, 12)
  expect(await put(japan, words)).toBe('done')
  expect([await incorporate(words), await incorporate(beneath)]).toEqual(['outer-open', 'outer-open'])
  expect([await incorporate(outer), await incorporate(words), await incorporate(beneath)]).toEqual(['done', 'done', 'done'])
  expect(lines(shared).slice(3)).toEqual(['OP2: Requests a report;', 'OP3: Invites States;', 'OP3(a): to act;', 'OP4: Decides.'])
})

test('KI10 what was proposed on a paragraph that is withdrawn, or not reflected, is marked and kept', async () => {
  for (const close of ['withdraw', 'not-reflected'] as const) {
    const outer = begin(eu, { kind: 'insert', target: unit('Requests').id, unitKind: 'op', inside: false }, 'Invites;')
    await put(eu, outer)
    const words = begin(japan, { kind: 'modify', target: outer })
    addHunk(side(japan), words, [...insertionAnchor(shared, { text: outer, at: 7 })!], ' all')
    await put(japan, words)
    expect(await ask(close === 'withdraw' ? eu : chair, close === 'withdraw' ? { command: close, ...on(outer) } : { command: close, ...on(outer), note: '' })).toBe('done')
    expect(readAmendmentState(shared, words)).toMatchObject({ status: 'open', recheck: 'target-gone' })
    expect(await incorporate(words)).toBe('no-such-unit')
    expect(await put(japan, begin(japan, { kind: 'insert', target: outer, unitKind: 'op', inside: false }, 'Late.'))).toBe('no-such-unit')
  }
})

test('KI12 what is locked or agreed is respected at both ends of a move or a join, and by a new sub-paragraph', async () => {
  const abouts: [string, About][] = [
    ['Requests', { kind: 'move', target: unit('Requests').id, parent: unit('Urges').id, after: '' }],
    ['Urges', { kind: 'move', target: unit('Requests').id, parent: unit('Urges').id, after: '' }],
    ['Urges', { kind: 'move', target: unit('to trim').id, parent: '', after: unit('Decides').id }],
    ['Requests', { kind: 'join', target: unit('Requests').id, with: unit('Decides').id }],
    ['Decides', { kind: 'join', target: unit('Requests').id, with: unit('Decides').id }],
    ['Urges', { kind: 'insert', target: unit('Urges').id, unitKind: 'sub', inside: true }],
    ['Urges', { kind: 'split', target: unit('Urges').id, at: behind('Urges ', unit('Urges')) }],
  ]
  for (const [closed, about] of abouts) {
    await ask(chair, { command: 'lock', unit: unit(closed).id })
    expect(await put(eu, begin(eu, about, 'words')), `${about.kind} ${closed}`).toBe('unit-locked')
    await ask(chair, { command: 'unlock', unit: unit(closed).id })
  }
  const join = begin(eu, abouts[4]![1])
  expect(await put(eu, join)).toBe('done')
  expect(await ask(chair, { command: 'agree', ...seen('Decides') })).toBe('open-amendments')
  await ask(chair, { command: 'lock', unit: unit('Decides').id })
  expect(await incorporate(join)).toBe('unit-locked')
  expect(await put(eu, begin(eu, { kind: 'insert', target: unit('Decides').id, unitKind: 'op', inside: false }, 'After.'))).toBe('done')
})

test('KI16 bad input has its sentence, and nothing of it is lost', async () => {
  const requests = unit('Requests')
  const first = begin(eu, { kind: 'delete', target: requests.id })
  const second = begin(japan, { kind: 'delete', target: requests.id })
  const late = begin(japan, { kind: 'modify', target: requests.id })
  addHunk(side(japan), late, behind('a', requests), ' long')
  for (const [who, id] of [[eu, first], [japan, second]] as const) expect(await put(who, id)).toBe('done')
  expect(await incorporate(first)).toBe('done')
  expect(readAmendmentState(shared, second)).toMatchObject({ status: 'open', recheck: 'target-gone' })
  expect([await incorporate(second), await put(japan, late)]).toEqual(['no-such-unit', 'no-such-unit'])
  expect(readPublished(side(japan), late)!.hunks).toHaveLength(1)
  const urges = unit('Urges')
  expect(await put(eu, begin(eu, { kind: 'move', target: urges.id, parent: unit('to light').id, after: '' }))).toBe('beneath-itself')
  expect(await put(eu, begin(eu, { kind: 'move', target: urges.id, parent: '', after: unit('to light').id }))).toBe('place-gone')
  expect(await put(eu, begin(eu, { kind: 'join', target: urges.id, with: unit('Decides').id }))).toBe('not-next')
  const nowhere = begin(eu, { kind: 'modify', target: urges.id })
  addHunk(side(eu), nowhere, [7, 10 ** 6, -1], 'x')
  expect(await put(eu, nowhere)).toBe('anchor-broken')
  const brackets = begin(eu, { kind: 'bracket', target: urges.id, verb: 'reserve' })
  expect(await put(eu, brackets)).toBe('empty-amendment')
  expect(await put(eu, begin(eu, { kind: 'note', target: urges.id, at: behind('all', urges) }))).toBe('empty-amendment')
  expect(lines(shared)).toHaveLength(4)
})

test('KI2 a move is put forward again as its next revision when its place is written anew, and lineage is of words alone', async () => {
  const id = begin(eu, { kind: 'move', target: unit('Decides').id, parent: '', after: unit('Urges').id })
  expect(await put(eu, id)).toBe('done')
  side(eu).getMap<Y.Map<unknown>>('amendments').get(id)!.set('place', { parent: unit('Urges').id, after: unit('to light').id })
  expect(await put(eu, id)).toBe('done')
  expect(readAmendmentState(shared, id)!.revision).toBe(2)
  expect(await incorporate(id)).toBe('done')
  expect(lines(shared).slice(0, 4)).toEqual(['OP1: Urges all States:', 'OP1(a): to light;', 'OP1(b): Decides.', 'OP1(c): to trim;'])
  expect([...stateOf(shared).keys()].some((key) => key.startsWith('became:'))).toBe(false)
})
