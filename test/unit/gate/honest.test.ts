import { describe, expect, test } from 'vitest'
import * as Y from 'yjs'
import { unitsOf } from '../../../shared/model/layout.ts'
import {
  createUnits, insertNote, joinUnits, liftUnit, moveUnit, nestUnit, removeUnit, replaceNoteWords, replaceWords, restoreUnit, setKind, splitUnit,
} from '../../../shared/model/operations.ts'
import { readDraft } from '../../../shared/model/reader.ts'
import type { DraftView, UnitView } from '../../../shared/model/units.ts'
import type { UnitKind } from '../../../shared/model/value.ts'
import {
  actor, copyOf, drafting, entryAt, letter, locked, me, other, sameBytes, serverId, sharedWith, submit, textOf, unit, updatesOf,
} from './support/room.ts'
import { hostileUpdate } from './support/hostile.ts'

const by = actor()

interface Hand {
  readonly doc: Y.Doc
  view(): DraftView
  unit(index: number): UnitView
}

const handOf = (doc: Y.Doc): Hand => ({ doc, view: () => readDraft(doc), unit: (index) => readDraft(doc).units[index]! })

const operations: [string, (hand: Hand) => void][] = [
  ['types words', ({ doc, unit }) => { replaceWords(doc, unit(0), 5, 5, ' 👋 and ') }],
  ['types a word letter by letter', ({ doc, unit }) => { for (const [at, letter] of [...'hence'].entries()) replaceWords(doc, unit(1), at, at, letter) }],
  ['deletes words', ({ doc, unit }) => { replaceWords(doc, unit(0), 2, 9, '') }],
  ['replaces words across joined units', ({ doc, view, unit }) => {
    joinUnits(doc, view(), unit(0), unit(1))
    replaceWords(doc, unit(0), 20, 30, 'over')
  }],
  ['types over a character outside the BMP', ({ doc, unit }) => {
    replaceWords(doc, unit(0), 3, 3, '👋🇯🇵')
    replaceWords(doc, unit(0), 3, 5, 'x')
  }],
  ['pastes units with notes and sub-paragraphs', ({ doc, view }) => {
    createUnits(doc, view(), { parent: null, after: view().units[0]!.id }, [
      unit('Decides', { notes: [{ at: 3, words: 'See above' }, { at: 7, words: '' }], children: [unit('to act', { kind: 'sub' }), unit('', { kind: 'sub' })] }),
      unit('Requests', { label: '12 bis' }),
    ])
  }],
  ['sets a footnote and writes in it', ({ doc, unit }) => {
    const note = insertNote(doc, unit(1), 5, 'A/RES/1')!
    replaceNoteWords(doc, note, 2, 4, 'xyz')
  }],
  ['splits', ({ doc, view, unit }) => { splitUnit(doc, view(), unit(0), 9) }],
  ['splits at both ends', ({ doc, view, unit }) => {
    splitUnit(doc, view(), unit(0), 0)
    splitUnit(doc, view(), unit(1), unit(1).words.length, 'sub')
  }],
  ['splits and joins again', ({ doc, view, unit }) => {
    splitUnit(doc, view(), unit(0), 9)
    joinUnits(doc, view(), unit(0), unit(1))
  }],
  ['joins two texts and splits them apart', ({ doc, view, unit }) => {
    const length = unit(0).words.length
    joinUnits(doc, view(), unit(0), unit(1))
    splitUnit(doc, view(), unit(0), length)
  }],
  ['joins three and splits in the middle', ({ doc, view, unit }) => {
    joinUnits(doc, view(), unit(1), unit(2))
    joinUnits(doc, view(), unit(0), unit(1))
    splitUnit(doc, view(), unit(0), 30)
  }],
  ['moves', ({ doc, view, unit }) => { moveUnit(doc, view(), unit(2), { parent: null, after: null }) }],
  ['moves to where it is, and back', ({ doc, view, unit }) => {
    moveUnit(doc, view(), unit(1), { parent: null, after: unit(0).id })
    moveUnit(doc, view(), unit(0), { parent: unit(1).id, after: null })
  }],
  ['nests and lifts', ({ doc, view, unit }) => {
    nestUnit(doc, view(), unit(1))
    liftUnit(doc, view(), unit(1))
  }],
  ['changes the kind thrice', ({ doc, unit }) => { for (const kind of ['pp', 'heading', 'para'] as UnitKind[]) setKind(doc, unit(1), kind) }],
  ['changes the kind thrice in one step', ({ doc, unit }) => {
    const id = unit(1).id
    doc.transact(() => { for (const kind of ['pp', 'heading', 'para']) unitsOf(doc).get(id)!.set('kind', kind) })
  }],
  ['removes and restores', ({ doc, view, unit }) => {
    const gone = unit(1)
    removeUnit(doc, view(), gone)
    restoreUnit(doc, gone)
  }],
  ['removes a parent', ({ doc, view, unit }) => {
    nestUnit(doc, view(), unit(1))
    removeUnit(doc, view(), unit(0))
  }],
  ['undoes and redoes words', ({ doc, unit }) => {
    const undo = new Y.UndoManager(textOf(doc, unit(0).id), { captureTimeout: 0 })
    replaceWords(doc, unit(0), 3, 8, 'new')
    replaceWords(doc, unit(0), 4, 4, ' newer')
    undo.undo()
    undo.undo()
    undo.redo()
    undo.undo()
  }],
  ['undoes a join, as the editor does: the marker comes back, the record is set as it was', ({ doc, view, unit }) => {
    const text = textOf(doc, unit(0).id)
    const half = splitUnit(doc, view(), unit(0), 9)!
    joinUnits(doc, view(), unit(0), unit(1))
    doc.transact(() => {
      text.insertEmbed(9, { unit: half })
      unitsOf(doc).get(half)!.set('joined', '')
    })
  }],
  ['redraws a mark that another deletes', ({ doc, unit }) => {
    const text = textOf(doc, unit(0).id)
    const note = insertNote(doc, unit(0), 3, 'See above')!
    text.delete(3, 1)
    text.insertEmbed(2, { note })
  }],
]

const room = (): Y.Doc => sharedWith(unit('Recalling its resolutions'), unit('Urges all States'), unit('Decides to remain seized')).doc

describe('honest work in the shared document', () => {
  test.each(operations)('GA19 one who %s is not refused', (_, operate) => {
    for (const facts of [drafting, locked('x-1')]) {
      const server = room()
      const client = copyOf(server)
      const updates = updatesOf(client, () => { operate(handOf(client)) })
      expect(updates.length).toBeGreaterThan(0)
      for (const update of updates) expect(submit(server, update, by, facts)).toMatchObject({ ok: true, news: true })
      expect(readDraft(server)).toEqual(readDraft(client))
      expect(sameBytes(Y.encodeStateAsUpdate(server), Y.encodeStateAsUpdate(client))).toBe(true)
    }
  })

  test.each(operations)('GA19 nor is one who %s offline, and sends it in one piece, even with its garbage collected', (_, operate) => {
    for (const gc of [false, true]) {
      const server = room()
      const client = copyOf(server, me, gc)
      operate(handOf(client))
      expect(submit(server, Y.encodeStateAsUpdate(client), by, drafting)).toMatchObject({ ok: true, news: true })
      expect(submit(server, Y.encodeStateAsUpdate(client), by, drafting)).toMatchObject({ ok: true, news: false })
      expect(readDraft(server)).toEqual(readDraft(client))
    }
  })

  test.each(operations)('GA19 nor are two, one of whom %s while the other does everything else', (_, operate) => {
    for (const [, another] of operations) {
      const server = room()
      const mine = copyOf(server, me)
      const theirs = copyOf(server, other)
      const my = updatesOf(mine, () => { operate(handOf(mine)) })
      const their = updatesOf(theirs, () => { another(handOf(theirs)) })
      for (const update of my) expect(submit(server, update, by, drafting).ok).toBe(true)
      for (const update of their) expect(submit(server, update, actor(undefined, other), drafting)).toMatchObject({ ok: true })
      for (const doc of [mine, theirs]) Y.applyUpdate(doc, Y.encodeStateAsUpdate(server))
      expect(readDraft(mine)).toEqual(readDraft(server))
      expect(readDraft(theirs)).toEqual(readDraft(server))
      // What each holds of both is known by now, and no news.
      for (const doc of [mine, theirs]) expect(submit(server, Y.encodeStateAsUpdate(doc), by, drafting)).toMatchObject({ ok: true, news: false })
    }
  })
})

describe('which unit a letter falls in', () => {
  /** One text with three units in it. */
  function threeInOne(): { server: Y.Doc; text: string; units: string[] } {
    const { doc: server, ids } = sharedWith(unit('Recalling its resolutions and decisions'))
    splitUnit(server, readDraft(server), readDraft(server).units[0]!, 9)
    splitUnit(server, readDraft(server), readDraft(server).units[1]!, 5)
    return { server, text: ids[0]!, units: readDraft(server).units.map((shown) => shown.id) }
  }

  const types = (server: Y.Doc, index: number, at: number, closed: string): string => {
    const client = copyOf(server)
    const [update] = updatesOf(client, () => { replaceWords(client, readDraft(client).units[index]!, at, at, 'x') })
    const verdict = submit(server, update!, by, locked(closed))
    return verdict.ok ? 'accepted' : verdict.code
  }

  test('GA13 of several in one text only the locked one is closed, to its very ends', () => {
    for (const closed of [0, 1, 2]) {
      for (const index of [0, 1, 2]) {
        for (const end of [false, true]) {
          const { server, units } = threeInOne()
          const at = end ? readDraft(server).units[index]!.words.length : 0
          expect(types(server, index, at, units[closed]!), `${String(index)} with ${String(closed)} locked`).toBe(index === closed ? 'unit-locked' : 'accepted')
        }
      }
    }
  })

  test('GA13 a locked unit is neither split nor joined nor are its words deleted, from neither side', () => {
    const attempt = (operate: (doc: Y.Doc, view: DraftView) => void, closed: number): string => {
      const { server, units } = threeInOne()
      const client = copyOf(server)
      const [update] = updatesOf(client, () => { operate(client, readDraft(client)) })
      const verdict = submit(server, update!, by, locked(units[closed]!))
      return verdict.ok ? 'accepted' : verdict.code
    }
    const split = (doc: Y.Doc, view: DraftView): unknown => splitUnit(doc, view, view.units[1]!, 3)
    const join = (doc: Y.Doc, view: DraftView): void => { joinUnits(doc, view, view.units[0]!, view.units[1]!) }
    const cross = (doc: Y.Doc): void => { doc.transact(() => { doc.getMap<Y.Text>('texts').get(readDraft(doc).units[0]!.id)!.delete(5, 12) }) }
    expect([0, 1, 2].map((closed) => attempt(split, closed))).toEqual(['accepted', 'unit-locked', 'accepted'])
    expect([0, 1, 2].map((closed) => attempt(join, closed))).toEqual(['unit-locked', 'unit-locked', 'accepted'])
    expect([0, 1, 2].map((closed) => attempt(cross, closed))).toEqual(['unit-locked', 'unit-locked', 'unit-locked'])
  })

  test('GA13 words joined to a locked paragraph are in it, a note’s words where its mark stands', () => {
    const server = room()
    const [one, two, three] = readDraft(server).units.map((shown) => shown.id)
    joinUnits(server, readDraft(server), readDraft(server).units[0]!, readDraft(server).units[1]!)
    const note = insertNote(server, readDraft(server).units[1]!, 4, 'See above')!
    const at = (text: string, closed: string): string => {
      const update = hostileUpdate([{ client: me, clock: 0, pieces: [{ left: letter(server, text, 3), content: { words: 'x' } }] }])
      const verdict = submit(copyOf(server, serverId), update, by, locked(closed))
      return verdict.ok ? 'accepted' : verdict.code
    }
    expect(at(two!, one!)).toBe('unit-locked')
    expect(at(two!, three!)).toBe('accepted')
    expect(at(note, three!)).toBe('unit-locked')
    expect(at(note, one!)).toBe('accepted')
    const rank = hostileUpdate([{ client: me, clock: 0, pieces: [{ left: entryAt(unitsOf(server).get(two!)!, 'rank'), content: { any: ['a5'] } }] }])
    expect(submit(server, rank, by, locked(one!))).toEqual({ ok: false, code: 'unit-locked' })
  })

  test('GA13 the marker of a locked unit is neither taken out nor set again before its words', () => {
    const { server, text, units } = threeInOne()
    const words = textOf(server, text)
    const client = copyOf(server)
    const [taken] = updatesOf(client, () => { textOf(client, text).delete(9, 1) })
    expect(submit(copyOf(server, serverId), taken!, by, locked(units[1]!))).toEqual({ ok: false, code: 'unit-locked' })
    expect(submit(copyOf(server, serverId), taken!, by, locked(units[2]!)).ok).toBe(true)
    expect(words.length).toBe(textOf(client, text).length + 1)
    const again = hostileUpdate([{ client: me, clock: 0, pieces: [{ left: letter(server, text, 3), right: letter(server, text, 4), content: { embed: { unit: units[1]! } } }] }])
    expect(submit(copyOf(server, serverId), again, by, locked(units[1]!))).toEqual({ ok: false, code: 'unit-locked' })
    expect(submit(copyOf(server, serverId), again, by, locked(units[2]!)).ok).toBe(true)
  })

  test('GA13 words that might come to stand behind a locked marker are refused with it', () => {
    const { server, text, units } = threeInOne()
    const wide = hostileUpdate([{ client: me, clock: 0, pieces: [{ left: letter(server, text, 3), content: { words: 'x' } }] }])
    expect(submit(server, wide, by, locked(units[2]!))).toEqual({ ok: false, code: 'unit-locked' })
    const narrow = hostileUpdate([{ client: me, clock: 0, pieces: [{ left: letter(server, text, 3), right: letter(server, text, 4), content: { words: 'x' } }] }])
    expect(submit(server, narrow, by, locked(units[2]!)).ok).toBe(true)
  })

  test('GA13 new words behind a new marker are in the new unit', () => {
    const { server, units } = threeInOne()
    const client = copyOf(server)
    splitUnit(client, readDraft(client), readDraft(client).units[2]!, 4)
    replaceWords(client, readDraft(client).units[3]!, 0, 0, 'so ')
    replaceWords(client, readDraft(client).units[3]!, 1, 1, 'x')
    const update = Y.encodeStateAsUpdate(client)
    expect(submit(copyOf(server, serverId), update, by, locked(units[2]!)).ok).toBe(false)
    expect(submit(server, update, by, locked(units[1]!)).ok).toBe(true)
    expect(readDraft(server)).toEqual(readDraft(client))
  })
})
