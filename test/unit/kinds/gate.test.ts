import { expect, test } from 'vitest'
import type * as Y from 'yjs'
import { addCuts, addHunk, beginAmendment, editText, insertionAnchor, proposalText, putElsewhere } from '../../../shared/model/amendments.ts'
import { newLineage } from '../../../shared/model/decisions.ts'
import { incorporate } from '../../../shared/model/incorporate.ts'
import type { About } from '../../../shared/model/layout.ts'
import { insertNote, placeIn } from '../../../shared/model/operations.ts'
import { readDraft } from '../../../shared/model/reader.ts'
import { noteGround, proposalGround } from '../../../shared/model/grounds.ts'
import { readPublished } from '../../../shared/model/decisions.ts'
import { stateOfAmendment, writeState } from '../../../shared/model/state.ts'
import { scanText } from '../../../shared/model/texts.ts'
import { asIf } from '../../../shared/text/compile.ts'
import { limits } from '../../../shared/wire/limits.ts'
import { hostileUpdate } from '../gate/support/hostile.ts'
import type { Piece } from '../gate/support/hostile.ts'
import { actor, copyOf, emptySide, letter, me, my, refusal, sharedWith, sideFacts, submit, unit, updatesOf } from '../gate/support/room.ts'
import { openState } from './support.ts'

const { doc: shared, ids } = sharedWith(unit('Recalling 👋 its resolutions'), unit('Urges all States'), unit('Decides'))
const [first, second] = [ids[0]!, ids[1]!]
insertNote(shared, readDraft(shared).byId.get(second)!, 5, 'See above')
const note = readDraft(shared).byId.get(second)!.notes[0]!
const published = beginAmendment(shared, { kind: 'insert', target: first, unitKind: 'op', inside: false })
proposalText(shared, published)!.insert(0, 'Invites all')
writeState(shared, stateOfAmendment(published), openState)

const by = actor()
const side = emptySide()
const begun = (about: unknown, more: readonly Piece[] = [], facts = sideFacts(shared)): string => {
  const entries: Piece[] = ([['about', { any: [about] }], ['hunks', { type: 'map' }], ['cuts', { type: 'map' }], ['proposal', { type: 'text' }], ['rationale', { type: 'text' }]] as const)
    .map(([sub, content]): Piece => ({ parent: [me, 0], sub, content }))
  return refusal(side, hostileUpdate([{ client: me, clock: 0, pieces: [{ parent: 'amendments', sub: my(), content: { type: 'map' } }, ...entries, ...more] }]), by, facts)
}
const place = (value: unknown): Piece[] => [{ parent: [me, 0], sub: 'place', content: { any: [value] } }]
const hunk = (at: unknown): Piece[] => [
  { parent: [me, 2], sub: my(6), content: { type: 'map' } },
  { parent: [me, 6], sub: 'at', content: { any: [at] } },
  { parent: [me, 6], sub: 'text', content: { type: 'text' } },
]
const cut = (range: unknown): Piece[] => [
  { parent: [me, 3], sub: my(6), content: { type: 'map' } },
  { parent: [me, 6], sub: 'range', content: { any: [range] } },
]
const inFirst = [...letter(shared, first, 4), -1]
const range = [[...letter(shared, first, 4), 0], [...letter(shared, first, 6), -1]]

test('KI15 what an amendment names is there: a unit, a footnote, a proposal, or another amendment of the same document', () => {
  for (const about of [
    { kind: 'move', target: first, parent: second, after: '' }, { kind: 'move', target: first, parent: '', after: published }, { kind: 'join', target: first, with: second },
    { kind: 'insert', target: published, unitKind: 'op', inside: true }, { kind: 'modify', target: note.id }, { kind: 'insert', target: my(), unitKind: 'sub', inside: true },
  ]) expect(begun(about), JSON.stringify(about)).toBe('accepted')
  for (const about of [
    { kind: 'move', target: my(99), parent: '', after: '' }, { kind: 'move', target: first, parent: my(99), after: '' }, { kind: 'move', target: first, parent: '', after: my(99) },
    { kind: 'join', target: first, with: my(99) }, { kind: 'delete', target: my(99) }, { kind: 'placeholder', target: my(99), unitKind: 'op', inside: false },
  ]) expect(begun(about), JSON.stringify(about)).toBe('unknown-place')
  const insert: About = { kind: 'insert', target: first, unitKind: 'op', inside: false }
  expect(begun(insert, place({ target: second, inside: true }))).toBe('accepted')
  expect(begun(insert, place({ target: my(99), inside: true }))).toBe('unknown-place')
  for (const value of [null, {}, { target: second }, { parent: '' }, { target: second, inside: 1 }]) expect(begun(insert, place(value))).toBe('bad-value')
})

test('KI15 a place in what it is about is in the words of its target, and in no character', () => {
  for (const kind of ['split', 'note'] as const) {
    expect(begun({ kind, target: first, at: inFirst })).toBe('accepted')
    expect(begun({ kind, target: second, at: inFirst })).toBe('bad-anchor')
    expect(begun({ kind, target: first, at: [7, 10 ** 8, -1] })).toBe('bad-anchor')
    expect(begun({ kind, target: first, at: [...letter(shared, first, 10), -1] })).toBe('split-surrogate')
    expect(begun({ kind, target: first, at: 'nowhere' })).toBe('bad-value')
    expect(begun({ kind, target: first, at: inFirst }, [], sideFacts(shared, { shared: undefined }))).toBe('bad-anchor')
  }
})

test('KI15 hunks are there in changes of words alone, ranges also in brackets', () => {
  expect(begun({ kind: 'bracket', target: first, verb: 'reserve' }, cut(range))).toBe('accepted')
  expect(begun({ kind: 'bracket', target: second, verb: 'reserve' }, cut(range))).toBe('bad-anchor')
  expect(begun({ kind: 'bracket', target: first, verb: 'reserve' }, hunk(inFirst))).toBe('bad-anchor')
  for (const about of [{ kind: 'delete', target: first }, { kind: 'move', target: first, parent: '', after: second }, { kind: 'split', target: first, at: inFirst }]) {
    expect(begun(about, hunk(inFirst))).toBe('bad-anchor')
    expect(begun(about, cut(range))).toBe('bad-anchor')
  }
})

test('KI15 one amendment holds no more hunks and cuts than the bound, also over several updates', () => {
  const room = emptySide()
  const client = copyOf(room)
  const target = readDraft(shared).byId.get(first)!
  const at = insertionAnchor(shared, placeIn(target, 3)!)!
  const begin = updatesOf(client, () => {
    const id = beginAmendment(client, { kind: 'modify', target: first })
    client.transact(() => {
      for (let count = 0; count < limits.amendmentPartsMax - 1; count++) addHunk(client, id, at, 'x')
      addCuts(client, id, shared, target, 0, 3)
    })
  })
  for (const update of begin) expect(submit(room, update, by, sideFacts(shared))).toMatchObject({ ok: true })
  const id = [...client.getMap('amendments').keys()][0]!
  for (const write of [(doc: Y.Doc) => addHunk(doc, id, at, 'y'), (doc: Y.Doc) => addCuts(doc, id, shared, target, 0, 3)]) {
    expect(refusal(room, updatesOf(copyOf(room), write)[0]!, by, sideFacts(shared))).toBe('too-many-parts')
  }
  const other = copyOf(emptySide())
  const whole = updatesOf(other, () => other.transact(() => {
    const made = beginAmendment(other, { kind: 'modify', target: first })
    for (let count = 0; count < 10_000; count++) addHunk(other, made, at, 'x')
  }))
  expect(refusal(emptySide(), whole[0]!, by, sideFacts(shared))).toMatch(/^(too-many-parts|bounds)$/)
})

test('KI15 all that honest work of every kind writes passes, on a proposal too, before and after it becomes a unit', () => {
  const text = copyOf(shared, 7)
  const room = emptySide()
  const client = copyOf(room)
  const target = readDraft(text).byId.get(second)!
  const at = insertionAnchor(text, placeIn(target, 5)!)!
  const send = (write: () => void): void => {
    const updates = updatesOf(client, write)
    expect(updates.length).toBeGreaterThan(0)
    for (const update of updates) expect(submit(room, update, by, sideFacts(text))).toMatchObject({ ok: true, news: true })
  }
  send(() => {
    const move = beginAmendment(client, { kind: 'move', target: first, parent: second, after: '' })
    putElsewhere(client, move, { parent: '', after: second })
    beginAmendment(client, { kind: 'split', target: second, at })
    beginAmendment(client, { kind: 'join', target: first, with: second })
    addCuts(client, beginAmendment(client, { kind: 'bracket', target: second, verb: 'retain' }), text, target, 0, 5)
    const kept = beginAmendment(client, { kind: 'placeholder', target: second, unitKind: 'op', inside: false })
    putElsewhere(client, kept, { target: second, inside: true })
    editText(client, proposalText(client, kept)!, 0, 0, 'finance')
    editText(client, proposalText(client, beginAmendment(client, { kind: 'note', target: second, at }))!, 0, 0, 'See below')
    addCuts(client, beginAmendment(client, { kind: 'modify', target: note.id }), text, noteGround(note), 0, 3)
  })
  let onIt = ''
  send(() => {
    onIt = beginAmendment(client, { kind: 'modify', target: published })
    const ground = proposalGround(readPublished(text, published)!, 'op')
    addCuts(client, onIt, text, ground, 0, 3)
    addHunk(client, onIt, insertionAnchor(text, placeIn(ground, 7)!)!, ' again')
  })
  const became = incorporate(text, readDraft(text), readPublished(text, published)!, { scans: scanText, wanted: asIf, document: 'd', by: ['eu'], atMs: 5, lineage: newLineage() })!
  send(() => {
    const now = readDraft(text).byId.get(became)!
    addCuts(client, onIt, text, now, 8, 11)
    addHunk(client, onIt, insertionAnchor(text, placeIn(now, 0)!)!, 'Also ')
    addHunk(client, onIt, insertionAnchor(text, { text: published, at: 2 })!, 'late')
  })
})
