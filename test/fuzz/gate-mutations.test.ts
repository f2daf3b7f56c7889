/**
 * Valid updates with random bytes changed, or random parts: who, when, beside what, under what, which words. Whatever comes of it: the gate does not throw, and what it lets pass leaves
 * nothing pending, nothing under another's id, and everything that is not its writer's as it was.
 * `OMNIBUS_SEED` repeats a run.
 */
import { expect, test } from 'vitest'
import * as Y from 'yjs'
import { decode } from '../../server/sync/gate/decode.ts'
import { checkUpdate } from '../../server/sync/gate/index.ts'
import type { GateFacts } from '../../server/sync/gate/index.ts'
import type { Content, Id, Struct } from '../../server/sync/gate/types.ts'
import { addCuts, addHunk, beginAmendment, dropAmendment, editText, insertionAnchor, proposalText, readAmendments } from '../../shared/model/amendments.ts'
import { amendmentsOf, stateOf, threadsOf, unitsOf } from '../../shared/model/layout.ts'
import { createUnits, insertNote, joinUnits, nestUnit, replaceWords, setKind, splitUnit } from '../../shared/model/operations.ts'
import { readDraft } from '../../shared/model/reader.ts'
import { hostileUpdate } from '../unit/gate/support/hostile.ts'
import type { At, Body, Piece } from '../unit/gate/support/hostile.ts'
import { actor, copyOf, drafting, emptySide, locked, me, other, sameBytes, serverId, sharedWith, sideFacts, unit, updatesOf } from '../unit/gate/support/room.ts'

const mutations = 30_000
const seed = Number(process.env['OMNIBUS_SEED'] ?? Date.now() % 2 ** 31)

type Random = (below: number) => number

/** mulberry32 */
function randomOf(start: number): Random {
  let state = start
  return (below) => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) % below
  }
}

interface Case {
  readonly doc: Y.Doc
  readonly update: Uint8Array
  readonly facts: readonly GateFacts[]
}

/** Every update of a session, each with the document before it. */
function casesOf(doc: Y.Doc, updates: readonly Uint8Array[], facts: readonly GateFacts[]): Case[] {
  const cases: Case[] = []
  for (const update of updates) {
    const before = copyOf(doc, serverId)
    cases.push({ doc: before, update, facts })
    Y.applyUpdate(doc, update)
  }
  const start = cases[0]!.doc
  cases.push({ doc: start, update: Y.mergeUpdates([...updates]), facts })
  cases.push({ doc: start, update: Y.encodeStateAsUpdate(doc), facts })
  return cases
}

function sharedCases(): Case[] {
  const { doc, ids } = sharedWith(unit('Recalling 👋 its resolutions'), unit('Urges all States'), unit('Decides'))
  stateOf(doc).set('draft', { stage: 'drafting' })
  threadsOf(doc).set('b-1', new Y.Map([['messages', { words: 'why' }]]))
  beginAmendment(doc, { kind: 'delete', target: ids[0]! })
  const theirs = copyOf(doc, other)
  replaceWords(theirs, readDraft(theirs).units[1]!, 5, 5, ' also')
  Y.applyUpdate(doc, Y.encodeStateAsUpdate(theirs))
  doc.clientID = serverId

  const client = copyOf(doc)
  const view = () => readDraft(client)
  const updates = updatesOf(client, () => {
    replaceWords(client, view().units[0]!, 3, 3, 'x')
    replaceWords(client, view().units[0]!, 4, 8, '🇯🇵 and')
    replaceWords(client, view().units[1]!, 2, 7, '')
    insertNote(client, view().units[1]!, 3, 'See above')
    splitUnit(client, view(), view().units[0]!, 9)
    setKind(client, view().units[1]!, 'pp')
    setKind(client, view().units[1]!, 'op')
    joinUnits(client, view(), view().units[0]!, view().units[1]!)
    nestUnit(client, view(), view().units[1]!)
    createUnits(client, view(), { parent: null, after: null }, [unit('Notes', { notes: [{ at: 2, words: 'a' }], label: '1 bis' })])
  })
  return casesOf(doc, updates, [drafting, drafting, locked(ids[0]!), { ...drafting, stage: 'negotiation' }])
}

function sideCases(): Case[] {
  const { doc: shared, ids } = sharedWith(unit('Recalling 👋 its resolutions'), unit('Urges all States'))
  const doc = emptySide()
  const client = copyOf(doc)
  const target = readDraft(shared).units[0]!
  const updates = updatesOf(client, () => {
    const id = beginAmendment(client, { kind: 'modify', target: target.id })
    addHunk(client, id, insertionAnchor(shared, { text: target.id, at: 4 })!, ' with 👋')
    addCuts(client, id, shared, target, 3, 7)
    const whole = beginAmendment(client, { kind: 'replace', target: ids[1]! })
    editText(client, proposalText(client, whole)!, 0, 0, 'Requests')
    editText(client, proposalText(client, whole)!, 2, 4, 'xy')
    dropAmendment(client, whole, true)
    dropAmendment(client, whole, false)
  })
  return casesOf(doc, updates, [sideFacts(shared), sideFacts(shared), sideFacts(shared, { stage: 'frozen' })])
}

function mutate(update: Uint8Array, donor: Uint8Array, random: Random): Uint8Array {
  let bytes = [...update]
  // Most changes of length lose the thread at once; those that keep it get further.
  const kinds = random(3) === 0 ? 7 : 3
  for (let left = 1 + random(kinds === 7 ? 3 : 2); left > 0; left--) {
    const at = random(bytes.length + 1)
    switch (random(kinds)) {
      case 0:
        bytes[at % bytes.length] = random(256)
        break
      case 1:
        bytes[at % bytes.length]! ^= 1 << random(8)
        break
      case 2:
        bytes[at % bytes.length] = (bytes[at % bytes.length]! + (random(2) === 0 ? 1 : 255)) % 256
        break
      case 3:
        bytes.splice(at, 0, random(256))
        break
      case 4:
        bytes.splice(at, 1 + random(3))
        break
      case 5: {
        const from = random(donor.length)
        bytes.splice(at, random(12), ...donor.subarray(from, from + 1 + random(24)))
        break
      }
      default: {
        const from = random(bytes.length)
        bytes = [...bytes.slice(0, at), ...bytes.slice(from, from + 1 + random(16)), ...bytes.slice(at)]
      }
    }
    if (bytes.length === 0) bytes = [0]
  }
  return Uint8Array.from(bytes)
}

const at = (id: Id): At => [id.client, id.clock]

function bodyOf(content: Content, length: number): Body {
  switch (content.kind) {
    case 'words':
      return { words: content.words }
    case 'embed':
      return { embed: content.embed }
    case 'values':
      return content.json ? { json: content.values } : { any: content.values }
    case 'map':
    case 'text':
      return { type: content.kind }
    case 'deleted':
      return { deleted: length }
  }
}

function pieceOf(struct: Struct): Piece {
  const item = struct.item
  if (item === null) return { gc: struct.length }
  const { origin, right, parent, sub, content } = item
  return {
    ...(origin === null ? {} : { left: at(origin) }),
    ...(right === null ? {} : { right: at(right) }),
    ...(parent === null ? {} : { parent: typeof parent === 'string' ? parent : at(parent) }),
    ...(sub === null ? {} : { sub }),
    content: bodyOf(content, struct.length),
  }
}

const clients = [me, me, other, serverId]
const subs = ['text', 'kind', 'rank', 'joined', 'removed', 'about', 'hunks', 'cuts', 'at', 'range', 'proposal', 'dropped', 'x', `${me.toString(36)}-1`, '7-0']
const roots = ['units', 'texts', 'amendments', 'threads', 'state', 'elsewhere']
const bodies: Body[] = [
  { words: 'so' }, { words: '👋' }, { embed: { unit: '7-0' } }, { embed: { note: '7-0' } }, { any: ['a1'] }, { any: ['op'] }, { any: ['7-0'] },
  { any: [''] }, { any: [true] }, { any: [[serverId, 6, -1]] }, { any: [{ kind: 'modify', target: '7-0' }] }, { json: ['pp'] }, { type: 'map' },
  { type: 'text' }, { type: 'array' }, { deleted: 1 }, { deleted: 3 }, { format: ['bold', true] }, { binary: new Uint8Array([1]) }, { guid: 'x' },
]

/** A well-formed update of which one or two parts are others. */
function rearrange(test: Case, random: Random): Uint8Array {
  const decoded = decode(test.update)
  const pick = <T>(list: readonly T[]): T => list[random(list.length)]!
  const someId = (): At => {
    const client = pick(clients)
    return [client, random(Y.getState(test.doc.store, client) + 4)]
  }
  const blocks = [...decoded.structs].map(([client, structs]) => ({ client, clock: structs[0]!.clock, pieces: structs.map(pieceOf) }))
  const deletes = [...decoded.deletes].map(([client, ranges]) => [client, ...ranges.map(({ clock, length }) => [clock, length] as const)] as const)
  for (let left = 1 + random(2); left > 0; left--) {
    const block = blocks[random(Math.max(1, blocks.length))]
    if (block === undefined || random(6) === 0) {
      const [client, clock] = someId()
      if (!deletes.some(([known]) => known === client)) deletes.push([client, [clock, 1 + random(4)]])
      continue
    }
    const index = random(block.pieces.length)
    const piece = block.pieces[index]!
    const change = random(9)
    if (change === 0) block.client = pick(clients)
    else if (change === 1) block.clock = Math.max(0, block.clock + random(5) - 2)
    else if (change === 2) block.pieces.splice(index, 0, { gc: 1 + random(3) })
    else if (!('content' in piece)) block.pieces.splice(index, 1)
    else if (change === 3) block.pieces[index] = { ...piece, left: someId() }
    else if (change === 4) block.pieces[index] = { ...piece, right: someId() }
    else if (change === 5) block.pieces[index] = { content: piece.content, parent: random(3) === 0 ? pick(roots) : someId(), sub: pick(subs) }
    else if (change === 6) block.pieces[index] = { ...piece, sub: pick(subs) }
    else if (change === 7) block.pieces.splice(index, 0, { ...piece, content: pick(bodies) })
    else block.pieces[index] = { ...piece, content: pick(bodies) }
  }
  return hostileUpdate(blocks, deletes)
}

/** What the writer of an update may not have changed. */
function untouchables(doc: Y.Doc, facts: GateFacts): unknown {
  const states = [...doc.store.clients.keys()].filter((client) => client !== me).map((client) => [client, Y.getState(doc.store, client)])
  if (facts.kind === 'side') {
    return { states: states.filter(([, state]) => state !== 0), abouts: [...amendmentsOf(doc).entries()].map(([id, map]) => [id, map.get('about')]) }
  }
  const texts = [...unitsOf(doc).entries()].map(([id, map]) => [id, map.get('text')])
  const closed = readDraft(doc).units.filter((shown) => facts.unitFacts(shown.id).locked).map((shown) => shown.words)
  return { states, texts, closed, amendments: amendmentsOf(doc).toJSON(), threads: threadsOf(doc).toJSON(), state: stateOf(doc).toJSON() }
}

/** Applied to a clone, what passed holds every promise. */
function expectNoBreach(test: Case, facts: GateFacts, update: Uint8Array): void {
  const clone = copyOf(test.doc, serverId)
  const before = untouchables(clone, facts) as Record<string, readonly unknown[]>
  const roots = [...clone.share.keys()]
  Y.applyUpdate(clone, update)
  expect(clone.store.pendingStructs).toBeNull()
  expect(clone.store.pendingDs).toBeNull()
  expect([...clone.share.keys()]).toEqual(roots)
  const after = untouchables(clone, facts) as Record<string, readonly unknown[]>
  for (const [what, was] of Object.entries(before)) {
    // New units and amendments are the writer's; those that were there are as they were.
    if (what === 'texts' || what === 'abouts') expect(after[what]).toEqual(expect.arrayContaining([...was]))
    else expect(after[what], what).toEqual(was)
  }
  readDraft(clone)
  readAmendments(clone)
  expect(checkUpdate(clone, update, actor(), facts), 'known from now on').toMatchObject({ ok: true, news: false })
}

const codes = {
  bytes: ['malformed', 'not-your-id', 'forked', 'gap', 'bad-key', 'bad-content', 'bad-value', 'bad-delete', 'frozen', 'base-closed', 'unit-locked'],
  parts: [
    'not-your-id', 'forked', 'gap', 'bad-key', 'bad-content', 'bad-value', 'bad-delete', 'bad-anchor', 'bad-container', 'create-once',
    'unknown-place', 'not-yours', 'not-permitted', 'frozen', 'base-closed', 'unit-locked', 'split-surrogate',
  ],
} as const

test.each(['bytes', 'parts'] as const)(`GA21 ${String(mutations)} updates with random %s changed: no throw, no breach, nothing pending (seed ${String(seed)})`, (what) => {
  const random = randomOf(seed)
  const cases = [...sharedCases(), ...sideCases()]
  const states = new Map(cases.map(({ doc }) => [doc, Y.encodeStateAsUpdate(doc)]))
  const found = new Map<string, number>()
  for (let round = 0; round < mutations; round++) {
    const chosen = cases[random(cases.length)]!
    const facts = chosen.facts[random(chosen.facts.length)]!
    const update = what === 'bytes' ? mutate(chosen.update, cases[random(cases.length)]!.update, random) : rearrange(chosen, random)
    const verdict = checkUpdate(chosen.doc, update, actor(), facts)
    const outcome = verdict.ok ? (verdict.news ? 'news' : 'no news') : verdict.code
    found.set(outcome, (found.get(outcome) ?? 0) + 1)
    expect(outcome).not.toBe('server-fault')
    if (!sameBytes(Y.encodeStateAsUpdate(chosen.doc), states.get(chosen.doc)!)) throw new Error(`changed by the gate in round ${String(round)}`)
    if (!verdict.ok || !verdict.news) continue
    expect(facts.stage === 'drafting' || (facts.kind === 'side' && facts.stage === 'negotiation')).toBe(true)
    expectNoBreach(chosen, facts, verdict.update)
  }
  process.stdout.write(`${what}, seed ${String(seed)}: ${JSON.stringify(Object.fromEntries([...found].sort((left, right) => right[1] - left[1])))}\n`)
  expect(found.get('news')).toBeGreaterThan(mutations / 100)
  for (const code of codes[what]) expect(found.get(code), code).toBeGreaterThan(0)
})
