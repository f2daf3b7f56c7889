import { expect, test } from 'vitest'
import { readNotes, writeNote } from '../../../shared/model/side-notes.ts'
import { notesOf } from '../../../shared/model/layout.ts'
import { hostileUpdate } from './support/hostile.ts'
import type { Piece } from './support/hostile.ts'
import { actor, copyOf, emptySide, japan, me, my, other, refusal, serverId, sharedWith, sideFacts, submit, unit, updatesOf } from './support/room.ts'

const { doc: shared, ids } = sharedWith(unit('Urges all States'))
const target = ids[0]!
const facts = sideFacts(shared)
const by = actor()

const note = (more: Record<string, unknown> = {}): Piece[] => [
  { parent: 'notes', sub: my(), content: { type: 'map' } },
  ...Object.entries({ unit: target, kind: 'red-line', ...more }).map(([sub, value]): Piece => ({ parent: [me, 0], sub, content: { any: [value] } })),
  { parent: [me, 0], sub: 'text', content: { type: 'text' } },
]
const hostile = (pieces: readonly Piece[], about = facts, who = by): string => refusal(emptySide(), hostileUpdate([{ client: me, clock: 0, pieces }]), who, about)

test('CI6 notes are written by their own drafters, word by word, and by colleagues at once', () => {
  const room = emptySide()
  const client = copyOf(room)
  const updates = updatesOf(client, () => {
    const id = writeNote(client, { unit: target, kind: 'instructions', note: null }, 'Hold the line')
    writeNote(client, { unit: target, kind: 'instructions', note: id }, 'Hold our line 👋')
    writeNote(client, { unit: target, kind: 'instructions', note: id }, 'Hold line')
    writeNote(client, { unit: target, kind: 'fallback', note: null }, 'each\nyear')
  })
  for (const update of updates) expect(submit(room, update, by, facts)).toMatchObject({ ok: true, news: true })
  const colleague = copyOf(room, other)
  for (const update of updatesOf(colleague, () => writeNote(colleague, { unit: target, kind: 'instructions', note: null }, 'Mine'))) {
    expect(submit(room, update, actor({ ...japan, level: 'drafter' }, other), facts).ok).toBe(true)
  }
  expect(readNotes(room, target).map(({ kind, words }) => [kind, words]).sort()).toEqual([['fallback', 'each year'], ['instructions', 'Hold line'], ['instructions', 'Mine']])
})

test('CI6 a note comes whole, of a known kind, and is neither made again nor moved to another paragraph', () => {
  expect(hostile(note())).toBe('accepted')
  expect(hostile(note({ kind: 'secret' }))).toBe('bad-value')
  expect(hostile(note({ unit: 'x' }))).toBe('bad-value')
  expect(hostile(note({ also: 'x' }))).toBe('bad-key')
  expect(hostile(note().slice(0, 3))).toBe('bad-value')
  const room = copyOf(emptySide(), serverId)
  submit(room, hostileUpdate([{ client: me, clock: 0, pieces: note() }]), by, facts)
  expect(refusal(room, hostileUpdate([{ client: me, clock: 4, pieces: [{ left: [me, 1], content: { any: [target] } }] }]), by, facts)).toBe('create-once')
  expect(refusal(room, hostileUpdate([], [[me, [0, 1]]]), by, facts)).toBe('create-once')
  expect(notesOf(room).size).toBe(1)
})

test('CI6 no notes in another delegation’s document, in a circle’s, in the shared one, from a reader, or once it is frozen', () => {
  expect(hostile(note(), facts, actor({ ...japan, delegation: 'ke' }))).toBe('not-yours')
  expect(hostile(note(), sideFacts(shared, { delegation: undefined, circle: { members: ['jp', 'ke'], open: true } }))).toBe('not-yours')
  expect(hostile(note(), facts, actor({ ...japan, level: 'reader' }))).toBe('only-drafters')
  expect(hostile(note(), { ...facts, stage: 'frozen' })).toBe('frozen')
  expect(refusal(sharedWith(unit('Urges')).doc, hostileUpdate([{ client: me, clock: 0, pieces: note() }]), by, { ...facts, kind: 'shared' })).toBe('unknown-place')
})

test('CI1 a circle’s document is written by its members’ drafters while it is open', () => {
  const circle = { members: ['jp', 'ke'], open: true }
  const inCircle = sideFacts(shared, { delegation: undefined, circle })
  const begun: Piece[] = [
    { parent: 'amendments', sub: my(), content: { type: 'map' } },
    ...([['about', { any: [{ kind: 'replace', target }] }], ['hunks', { type: 'map' }], ['cuts', { type: 'map' }], ['proposal', { type: 'text' }], ['rationale', { type: 'text' }]] as const)
      .map(([sub, content]): Piece => ({ parent: [me, 0], sub, content })),
  ]
  expect(hostile(begun, inCircle)).toBe('accepted')
  expect(hostile(begun, inCircle, actor({ ...japan, delegation: 'ke' }))).toBe('accepted')
  expect(hostile(begun, inCircle, actor({ ...japan, delegation: 'eu' }))).toBe('not-yours')
  expect(hostile(begun, inCircle, actor({ ...japan, level: 'reader' }))).toBe('only-drafters')
  expect(hostile(begun, { ...inCircle, circle: { ...circle, open: false } })).toBe('circle-closed')
})
