import * as Y from 'yjs'
import { describe, expect, it } from 'vitest'
import { checkUpdate } from '../../../server/sync/gate/index.ts'
import type { GateFacts } from '../../../server/sync/gate/index.ts'
import { refusalOfStep } from '../../../client/room/undo.ts'
import { addHunk, beginAmendment, insertionAnchor, readAmendments } from '../../../shared/model/amendments.ts'
import { openHistory } from '../../../shared/model/history.ts'
import type { History } from '../../../shared/model/history.ts'
import { insertNote, joinUnits, moveUnit, placeIn, replaceNoteWords, replaceWords, splitUnit } from '../../../shared/model/operations.ts'
import { closedUnits, readUnitState, stateOfUnit, writeState } from '../../../shared/model/state.ts'
import type { Hat, Stage } from '../../../shared/policy/types.ts'
import { limits } from '../../../shared/wire/limits.ts'
import { draftingKinds, operationOf, perform, undoing } from '../../fuzz/operations.ts'
import { randomOf } from '../../fuzz/random.ts'
import { copyOf, draft, page, read, sideDoc, sync, unitOf } from '../model/support.ts'
import { japan, legal } from './support.ts'

const seed = Number(process.env['OMNIBUS_SEED'] ?? Math.floor(Math.random() * 2 ** 31))
const me = 'me'

/** What was refused of the steps that were asked about. */
interface Asked {
  readonly history: History
  readonly refused: string[]
}

function historyOf(shared: Y.Doc, side: Y.Doc | null = null, hat: Hat = japan): Asked {
  const refused: string[] = []
  let atMs = 0
  const history = openHistory(side === null ? [shared] : [shared, side], {
    origins: new Set([me]),
    now: () => (atMs += limits.undoGroupMs + 1),
    permitted: (step) => {
      const code = refusalOfStep(step, hat, shared)
      if (code !== null) refused.push(code)
      return code === null
    },
  })
  return { history, refused }
}

function type(doc: Y.Doc, unit: string, at: number, words: string): void {
  replaceWords(doc, unitOf(doc, unit), at, at, words, me)
}

const setStage = (doc: Y.Doc, stage: Stage): void => writeState(doc, 'draft', { stage, title: '', language: 'en' })
const lock = (doc: Y.Doc, unit: string): void => writeState(doc, stateOfUnit(unitOf(doc, unit).id), { locked: true, agreed: null })
const agree = (doc: Y.Doc, unit: string): void =>
  writeState(doc, stateOfUnit(unitOf(doc, unit).id), { locked: false, agreed: { by: 'office', atMs: 1, digest: '' } })

describe('undo in a room', () => {
  it('UN19 what was typed in a paragraph that is locked or agreed since is not taken back; what was typed elsewhere is', () => {
    for (const close of [lock, agree]) {
      const doc = draft('op one\nop two')
      const { history, refused } = historyOf(doc)
      type(doc, 'one', 3, ' a')
      type(doc, 'two', 3, ' b')
      close(doc, 'two')
      expect(history.undo()).toBe(true)
      expect(page(doc)).toEqual(['op one', 'op two b'])
      close(doc, 'one')
      expect(history.redo()).toBe(false)
      expect([page(doc), refused]).toEqual([['op one', 'op two b'], ['unit-locked', 'unit-locked']])
    }
  })

  it('UN19 of one text in two paragraphs, only that which is closed is left alone', () => {
    const doc = draft('op one two')
    const { history, refused } = historyOf(doc)
    splitUnit(doc, read(doc), unitOf(doc, 'one'), 4)
    type(doc, 'one', 3, '!')
    type(doc, 'two', 3, '!')
    lock(doc, 'two')
    expect(history.undo()).toBe(true)
    expect(page(doc)).toEqual(['op one ', 'op two!'])
    expect([history.undo(), refused]).toEqual([false, ['unit-locked']])
  })

  it('UN19 a note, a join and a move belong to the paragraphs they are in', () => {
    const inNote = draft('op one')
    const note = insertNote(inNote, unitOf(inNote, 'one'), 3, 'see', 'other')!
    const noted = historyOf(inNote)
    replaceNoteWords(inNote, note, 3, 3, ' there', me)
    lock(inNote, 'one')
    expect([noted.history.undo(), noted.refused]).toEqual([false, ['unit-locked']])

    const joined = draft('op one\nop two')
    const join = historyOf(joined)
    joinUnits(joined, read(joined), unitOf(joined, 'one'), unitOf(joined, 'two'), me)
    lock(joined, 'one')
    expect([join.history.undo(), join.refused]).toEqual([false, ['unit-locked']])

    const moved = draft('op one\nop two')
    const move = historyOf(moved)
    moveUnit(moved, read(moved), unitOf(moved, 'two'), { parent: null, after: null }, me)
    lock(moved, 'two')
    expect([move.history.undo(), move.refused]).toEqual([false, ['unit-locked']])
  })

  it('UN19 when negotiation has opened the base is left alone, and one’s own amendment is not; when the draft is frozen both are', () => {
    const doc = draft('op one')
    const side = sideDoc(1)
    const { history, refused } = historyOf(doc, side)
    type(doc, 'one', 3, ' a')
    setStage(doc, 'negotiation')
    const unit = unitOf(doc, 'one')
    const amendment = beginAmendment(side, { kind: 'modify', target: unit.id }, 'other')
    const hunk = (words: string): void => void addHunk(side, amendment, insertionAnchor(doc, placeIn(unit, 3)!)!, words, me)
    hunk('mine')
    expect(history.undo()).toBe(true)
    expect(readAmendments(side)[0]!.hunks.map((one) => one.words).join('')).toBe('')
    expect([history.undo(), page(doc), refused]).toEqual([false, ['op one a'], ['base-closed']])
    hunk('again')
    setStage(doc, 'frozen')
    expect([history.undo(), refused.at(-1)]).toEqual([false, 'frozen'])
  })

  it('UN19 a right that has been taken away is missed in undo too', () => {
    const doc = draft('op one two')
    const { history, refused } = historyOf(doc, null, { ...japan, level: 'reader' })
    type(doc, 'one', 3, ' a')
    expect([history.undo(), refused]).toEqual([false, ['only-drafters']])
    const officer = historyOf(doc, null, legal)
    splitUnit(doc, read(doc), unitOf(doc, 'one'), 3, undefined, me)
    expect([officer.history.undo(), officer.refused]).toEqual([false, ['not-permitted']])
  })

  it(`UN20 whatever was done and whatever is closed since, the gate refuses nothing that undo and redo still do (seed ${seed})`, () => {
    const random = randomOf(seed)
    const kinds = draftingKinds.filter(([kind]) => !undoing.has(kind))
    let dropped = 0
    let done = 0
    for (let run = 0; run < 30; run++) {
      const server = draft('op one and more\n  sub two and more\nop three and more\npp four')
      const shared = copyOf(server, 900)
      const { history, refused } = historyOf(shared)
      for (let step = 0; step < 25; step++) perform({ shared, side: null, history, origin: me }, operationOf(random, kinds))
      sync(shared, server)
      for (const unit of read(server).units) if (random(3) === 0) writeState(server, stateOfUnit(unit.id), { locked: true, agreed: null })
      sync(server, shared)
      const facts: GateFacts = {
        kind: 'shared', stage: 'drafting', anyClosedUnit: closedUnits(server).length > 0,
        unitFacts: (unit) => ({ locked: readUnitState(server, unit).locked, agreed: false }),
      }
      shared.on('update', (update: Uint8Array, _origin: unknown, _doc: Y.Doc, transaction: Y.Transaction) => {
        if (!transaction.local) return
        const verdict = checkUpdate(server, update, { hat: japan, owns: (client) => client === shared.clientID }, facts)
        expect(verdict, `run ${run}`).toMatchObject({ ok: true })
        Y.applyUpdate(server, update)
        done++
      })
      for (let round = 0; round < 3; round++) {
        while (history.undo());
        while (history.redo());
      }
      dropped += refused.length
    }
    expect(dropped).toBeGreaterThan(50)
    expect(done).toBeGreaterThan(50)
  })
})
