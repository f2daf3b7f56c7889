/**
 * Four honest editors on short texts, over bad lines: the gate refuses nothing, all end up with the same, and no word
 * is lost. OMNIBUS_SEED=n repeats a run; OMNIBUS_LONG=1 does twenty times as much.
 */
import * as Y from 'yjs'
import { describe, expect, it } from 'vitest'
import { amendmentKinds } from '../../shared/model/about.ts'
import { isEmpty, readAmendments } from '../../shared/model/amendments.ts'
import type { AmendmentView } from '../../shared/model/amendments.ts'
import { newLineage, publish } from '../../shared/model/decisions.ts'
import { readBecame } from '../../shared/model/forward.ts'
import { isUndecided, standingOf } from '../../shared/model/grounds.ts'
import { openHistory } from '../../shared/model/history.ts'
import { incorporate } from '../../shared/model/incorporate.ts'
import { defineShared, defineSide, newDoc } from '../../shared/model/layout.ts'
import { createUnits, joinUnits, replaceWords, splitUnit } from '../../shared/model/operations.ts'
import { readDraft } from '../../shared/model/reader.ts'
import { faultOf, markRecheck, waitsForOuter } from '../../shared/model/recheck.ts'
import { readAmendmentState, stateOfAmendment, writeState } from '../../shared/model/state.ts'
import type { AmendmentState } from '../../shared/model/state.ts'
import { scanText } from '../../shared/model/texts.ts'
import { asIf } from '../../shared/text/compile.ts'
import type { Stage } from '../../shared/policy/types.ts'
import { limits } from '../../shared/wire/limits.ts'
import { misplaced, valuesOf } from '../unit/model/support.ts'
import { amendingKinds, draftingKinds, erasing, operationOf, perform, undoing } from './operations.ts'
import type { Desk, Operation, OperationKind } from './operations.ts'
import { randomOf } from './random.ts'
import type { Random } from './random.ts'
import { Line, Room } from './room.ts'

const seed = Number(process.env['OMNIBUS_SEED'] ?? Math.floor(Math.random() * 2 ** 31))
const times = process.env['OMNIBUS_LONG'] ? 20 : 1
const runs = 16 * times
const stepsPerRun = 900
const updatesMin = 2_500 * times
const timeoutMs = 120_000 * times

const initial = `
  title On honest editors
  pp Recalling a😀b
  op Decides to meet
    sub at once
    sub and again
  op Requests a report`

interface Editor extends Desk {
  readonly lines: readonly Line[]
  readonly client: number
  /** What it is doing; null while it only listens. */
  now: OperationKind | null
}

/** Keeps an eye on every letter: by whom it was written, and whether whoever took it out meant to. */
class Witness {
  private readonly letters = new Map<string, string>()
  private readonly erased = new Set<string>()
  typed = 0

  watch(editor: Editor, doc: Y.Doc): void {
    doc.on('afterTransaction', (transaction: Y.Transaction) => {
      if (!transaction.local) return
      for (const { item, clock, letter, isNew } of lettersOf(transaction)) {
        const id = `${doc.guid.slice(0, 4)} ${item.id.client}:${clock}`
        if (isNew) {
          this.typed++
          this.letters.set(id, letter)
        }
        if (!item.deleted) continue
        if (!erasing.has(editor.now!)) throw new Error(`${editor.now} took out “${letter}”`)
        if (undoing.has(editor.now!) && item.id.client !== editor.client) throw new Error(`${editor.now} took out another’s “${letter}”`)
        this.erased.add(id)
      }
    })
  }

  /** Letters of this document that are not what was typed, or are gone though nobody took them out. */
  missing(doc: Y.Doc): string[] {
    const found: string[] = []
    for (const [id, letter] of this.letters) {
      const [guid, at] = id.split(' ') as [string, string]
      if (guid !== doc.guid.slice(0, 4)) continue
      const [client, clock] = at.split(':').map(Number) as [number, number]
      const item = Y.getItem(doc.store, Y.createID(client, clock)) as Y.Item
      const stands = item.content instanceof Y.ContentString ? item.content.str[clock - item.id.clock] : undefined
      if (stands !== letter) found.push(`${id} “${letter}” is “${stands}”`)
      else if (item.deleted && !this.erased.has(id)) found.push(`${id} “${letter}” is gone`)
    }
    return found
  }
}

function* lettersOf(transaction: Y.Transaction): Generator<{ item: Y.Item; clock: number; letter: string; isNew: boolean }> {
  const { doc, beforeState, afterState, deleteSet } = transaction
  const before = beforeState.get(doc.clientID) ?? 0
  const ranges = [{ client: doc.clientID, clock: before, len: (afterState.get(doc.clientID) ?? 0) - before }]
  for (const [client, deleted] of deleteSet.clients) for (const range of deleted) ranges.push({ client, clock: range.clock, len: range.len })
  for (const { client, clock: from, len } of ranges) {
    for (let clock = from; clock < from + len; clock++) {
      const item = Y.getItem(doc.store, Y.createID(client, clock)) as Y.Item
      if (item.content instanceof Y.ContentString) {
        yield { item, clock, letter: item.content.str[clock - item.id.clock]!, isNew: client === doc.clientID && clock >= before }
      }
    }
  }
}

interface World {
  readonly random: Random
  readonly rooms: readonly Room[]
  readonly editors: readonly Editor[]
  readonly witness: Witness
  readonly kinds: readonly (readonly [OperationKind, number])[]
  /** What the chair's table does from time to time. */
  readonly decide: (() => void) | null
  readonly told: Operation[]
}

const guids = { shared: 'shared', eu: 'eu__', jp: 'jp__' } as const

function docOf(kind: keyof typeof guids, client: number): Y.Doc {
  const doc = new Y.Doc({ gc: newDoc().gc, guid: guids[kind] })
  doc.clientID = client
  return kind === 'shared' ? defineShared(doc) : defineSide(doc)
}

const clientOf = (index: number): number => limits.serverClientIdMax + 1000 + index

function openRoom(kind: keyof typeof guids, stage: Stage, isAsked: boolean, shared?: Y.Doc): Room {
  // Asked about every unit, and every unit is open: so that the way through is taken that closed ones need.
  const facts = { kind: kind === 'shared' ? 'shared' : 'side', stage, anyClosedUnit: isAsked, unitFacts: () => ({ locked: false, agreed: false }) } as const
  const whole = kind === 'shared' ? facts : { ...facts, delegation: kind, ...(shared === undefined ? {} : { shared }) }
  return new Room(docOf(kind, 7), () => whole)
}

function openWorld(random: Random, stage: Stage): World {
  const shared = openRoom('shared', stage, random(2) === 0)
  createUnits(shared.doc, readDraft(shared.doc), { parent: null, after: null }, valuesOf(initial))
  const sides = stage === 'drafting' ? [] : (['eu', 'jp'] as const).map((kind) => openRoom(kind, stage, false, shared.doc))
  const witness = new Witness()
  let atMs = 0
  const editors = [0, 1, 2, 3].map((index): Editor => {
    const client = clientOf(index)
    const delegation = index % 2 === 0 ? 'eu' : 'jp'
    const actor = { hat: { role: 'delegate', delegation, kind: 'state', level: 'drafter' }, owns: (id: number) => id === client } as const
    const lines = [new Line(shared, docOf('shared', client), actor)]
    if (sides.length > 0) lines.push(new Line(sides[index % 2]!, docOf(delegation, client), actor))
    const origin = Symbol('editor')
    const docs = lines.map((line) => line.doc)
    const history = openHistory(docs, { origins: new Set([origin]), now: () => (atMs += random(2 * limits.undoGroupMs)) })
    const editor: Editor = { shared: docs[0]!, side: docs[1] ?? null, history, origin, lines, client, now: null }
    for (const doc of docs) witness.watch(editor, doc)
    return editor
  })
  const decide = stage === 'drafting' ? null : () => decideOn(random, shared.doc, sides.map((side) => side.doc))
  const kinds = stage === 'drafting' ? draftingKinds : amendingKinds
  return { random, rooms: [shared, ...sides], editors, witness, kinds, decide, told: [] }
}

const state: AmendmentState = {
  status: 'open', proposer: 'eu', proposerKind: 'group', sponsors: [], asking: [], needsState: false, takenUpBy: null,
  asRecorded: false, editorial: false, revision: 1, digest: '', atMs: 1, decision: null, recheck: null,
}
let atMs = 1

/** One of them, each kind as likely as another. */
function anyKind(random: Random, from: readonly AmendmentView[]): AmendmentView | undefined {
  const kinds = [...new Set(from.map(({ about }) => about.kind))]
  const kind = kinds[random(kinds.length)]
  const of = from.filter(({ about }) => about.kind === kind)
  return of[random(of.length)]
}

/** The chair incorporates, or does not reflect, one of the open proposals that have a place. */
function close(random: Random, shared: Y.Doc): void {
  const view = readDraft(shared)
  const open = readAmendments(shared).filter(({ id, about }) => isUndecided(shared, id) && (about.kind !== 'delete' || view.units.length > 5) && !waitsForOuter(shared, view, { about }))
  const amendment = anyKind(random, open)
  if (amendment === undefined) return
  const { id, about } = amendment
  const isTaken = random(8) > 0
  if (isTaken && faultOf(shared, view, amendment, scanText) !== null) return
  const writing = { scans: scanText, wanted: asIf, document: 'shared', by: ['eu'], atMs: ++atMs, lineage: newLineage() }
  if (isTaken && incorporate(shared, view, amendment, writing) === null) return
  writeState(shared, stateOfAmendment(id), { ...readAmendmentState(shared, id)!, status: isTaken ? 'incorporated' : 'not-reflected' })
  markRecheck(shared, readDraft(shared), id, scanText)
  if (isTaken) count(`incorporated ${about.kind}`)
}

function forward(random: Random, shared: Y.Doc, from: Y.Doc): void {
  const ready = readAmendments(from).filter((view) => !view.dropped && !isEmpty(view) && (readAmendmentState(shared, view.id)?.status ?? 'open') === 'open' && faultOf(shared, readDraft(shared), view, scanText) === null)
  const amendment = anyKind(random, ready)
  if (amendment === undefined) return
  publish(shared, from, 'side', amendment, readAmendments(shared).find(({ id }) => id === amendment.id)?.revisions ?? 0, ++atMs, {}, newLineage())
  writeState(shared, stateOfAmendment(amendment.id), state)
  count(`put forward ${amendment.about.kind}`)
}

/** The server puts an amendment's wording into the shared document, decides on one, or changes the base as decisions do. */
function decideOn(random: Random, shared: Y.Doc, sides: readonly Y.Doc[]): void {
  const view = readDraft(shared)
  const unit = view.units[random(view.units.length)]
  // Decisions may have taken the last paragraph out.
  if (unit === undefined) return
  const at = random(unit.atoms.length + 1)
  switch (random(9)) {
    case 0:
      return replaceWords(shared, unit, at, Math.min(at + random(6), unit.atoms.length), 'decided ')
    case 1:
      splitUnit(shared, view, unit, at)
      return
    case 2: {
      const next = view.units[view.units.indexOf(unit) + 1]
      if (next !== undefined) joinUnits(shared, view, unit, next)
      return
    }
    case 3:
    case 4:
    case 5:
      return shared.transact(() => close(random, shared))
    default:
      return shared.transact(() => forward(random, shared, sides[random(sides.length)]!))
  }
}

const counts = new Map<string, number>()
const count = (what: string): Map<string, number> => counts.set(what, (counts.get(what) ?? 0) + 1)

function step(world: World): void {
  const { random, editors } = world
  const editor = editors[random(editors.length)]!
  const line = editor.lines[random(editor.lines.length)]!
  const chance = random(100)
  if (chance < 45) {
    const operation = operationOf(random, world.kinds)
    world.told.push(operation)
    editor.now = operation.kind
    if (perform(editor, operation)) count(operation.kind)
    editor.now = null
  } else if (chance < 92) {
    for (let times = 1 + random(4); times > 0; times--) if (random(2) === 0) line.deliverUp()
    else line.deliverDown()
  } else if (chance < 94 && line.online) {
    line.disconnect()
    count('disconnection')
  } else if (chance < 97 && !line.online) {
    line.reconnect(random)
    count('reconnection')
  } else if (chance < 97) {
    line.sendAgain(random)
  } else if (world.decide !== null) {
    for (let times = 1 + random(5); times > 0; times--) world.decide()
    count('decision')
  }
}

function settle({ random, editors, rooms }: World): void {
  const lines = editors.flatMap((editor) => editor.lines)
  for (const line of lines) if (!line.online) line.reconnect(random)
  for (;;) {
    for (const line of lines) while (line.deliverUp());
    for (const line of lines) while (line.deliverDown());
    if (lines.every((line) => line.settled)) break
    for (const line of lines) if (line.waiting === 0 && !line.settled) line.sendAgain(random)
  }
  expect(rooms.every((room) => room.lines.every((line) => line.waiting === 0))).toBe(true)
}

/** Everyone has the same, reads the same, and every letter is where it was put, or was taken out by somebody. */
function check({ rooms, editors, witness }: World): void {
  for (const room of rooms) {
    expect(witness.missing(room.doc)).toEqual([])
    for (const { doc } of room.lines) {
      expect(Y.equalSnapshots(Y.snapshot(doc), Y.snapshot(room.doc))).toBe(true)
      expect(readAmendments(doc)).toEqual(readAmendments(room.doc))
    }
  }
  const [shared, ...sides] = rooms
  const view = readDraft(shared!.doc)
  for (const side of sides) {
    for (const amendment of readAmendments(side.doc)) {
      if (readBecame(shared!.doc, amendment.about.target) !== null && standingOf(shared!.doc, view, amendment, scanText).on.length > 0) count('followed')
    }
  }
  const standing = (doc: Y.Doc): unknown => readAmendments(doc).map((amendment) => standingOf(doc, readDraft(doc), amendment, scanText).on.map(({ placed: { hunks, cuts, brackets, signs } }) => ({ hunks, cuts, brackets, signs })))
  for (const editor of editors) {
    expect(readDraft(editor.shared)).toEqual(view)
    expect(standing(editor.shared)).toEqual(standing(shared!.doc))
  }
  expect(misplaced(shared!.doc)).toEqual([])
}

function run(stage: Stage): { updates: number; repeated: number; typed: number; lost: number } {
  const total = { updates: 0, repeated: 0, typed: 0, lost: 0 }
  for (let index = 0; index < runs; index++) {
    const world = openWorld(randomOf(seed + index * 7919 + (stage === 'drafting' ? 0 : 1)), stage)
    try {
      for (let at = 1; at <= stepsPerRun; at++) {
        step(world)
        if (at % 100 !== 0) continue
        for (const editor of world.editors) expect(misplaced(editor.shared)).toEqual([])
      }
      settle(world)
      check(world)
    } catch (error) {
      const last = world.told.slice(-12).map((operation) => JSON.stringify(operation)).join('\n')
      throw new Error(`OMNIBUS_SEED=${seed}, run ${index} of ${stage}, operation ${world.told.length}; the last were\n${last}`, { cause: error })
    }
    for (const room of world.rooms) {
      total.updates += room.admitted
      total.repeated += room.repeated
      for (const line of room.lines) total.lost += line.lostAcknowledgements
    }
    total.typed += world.witness.typed
  }
  return total
}

const exercised = (kinds: readonly (readonly [OperationKind, number])[]): void => {
  const never = kinds.filter(([kind]) => (counts.get(kind) ?? 0) === 0).map(([kind]) => kind)
  expect(never).toEqual([])
  expect(counts.get('disconnection')).toBeGreaterThan(0)
  expect(counts.get('reconnection')).toBeGreaterThan(0)
}

describe(`four honest editors (OMNIBUS_SEED=${seed})`, () => {
  it('FZ1 drafting: nothing is refused, nothing diverges, no word is lost', () => {
    const total = run('drafting')
    exercised(draftingKinds)
    expect(total.updates).toBeGreaterThan(updatesMin)
    for (const some of [total.repeated, total.typed, total.lost]) expect(some).toBeGreaterThan(50)
  }, timeoutMs)

  it('FZ2 amending in every kind in side documents while decisions change the base: nothing is refused, nothing diverges, no word is lost', () => {
    counts.clear()
    const total = run('negotiation')
    exercised(amendingKinds)
    expect(counts.get('decision')).toBeGreaterThan(0)
    const done = amendmentKinds.flatMap((kind) => [`put forward ${kind}`, `incorporated ${kind}`])
    expect([...done, 'followed'].filter((what) => (counts.get(what) ?? 0) === 0)).toEqual([])
    expect(total.updates).toBeGreaterThan(updatesMin)
    for (const some of [total.repeated, total.typed, total.lost]) expect(some).toBeGreaterThan(50)
  }, timeoutMs)
})
