import * as Y from 'yjs'
import { describe, expect, it } from 'vitest'
import { addCuts, addHunk, beginAmendment, editText, hunkText, insertionAnchor, proposalText, readAmendments } from '../../../shared/model/amendments.ts'
import { openHistory } from '../../../shared/model/history.ts'
import type { History, HistoryOptions } from '../../../shared/model/history.ts'
import { textsOf, unitsOf } from '../../../shared/model/layout.ts'
import { createUnits, insertNote, joinUnits, moveUnit, nestUnit, placeIn, removeUnit, replaceWords, splitUnit } from '../../../shared/model/operations.ts'
import type { LineageHint } from '../../../shared/model/revert.ts'
import { markersOf } from '../../../shared/model/segments.ts'
import { touchedBy } from '../../../shared/model/touched.ts'
import { limits } from '../../../shared/wire/limits.ts'
import { behind, copyOf, draft, misplaced, page, read, sideDoc, sync, unitOf, valuesOf } from './support.ts'

const me = 'me'

/** Every keystroke is a step of its own unless a test says otherwise. */
function historyOf(docs: readonly Y.Doc[], options: Partial<HistoryOptions> = {}): History {
  let atMs = 0
  return openHistory(docs, { origins: new Set([me]), now: () => (atMs += limits.undoGroupMs + 1), ...options })
}

function type(doc: Y.Doc, words: string, after: string, added: string, origin: unknown = me): void {
  const unit = unitOf(doc, words)
  replaceWords(doc, unit, behind(unit, after), behind(unit, after), added, origin)
}

function erase(doc: Y.Doc, words: string, gone: string, origin: unknown = me): void {
  const unit = unitOf(doc, words)
  replaceWords(doc, unit, unit.atoms.indexOf(gone), behind(unit, gone), '', origin)
}

/** Undoes all, checks each page on the way against those seen on the way there, and redoes all. */
function thereAndBack(doc: Y.Doc, history: History, steps: readonly (() => void)[]): void {
  const pages = [page(doc)]
  for (const step of steps) {
    step()
    pages.push(page(doc))
  }
  for (let round = 0; round < 3; round++) {
    for (const before of [...pages].reverse().slice(1)) {
      expect(history.undo()).toBe(true)
      expect(page(doc)).toEqual(before)
      expect(misplaced(doc)).toEqual([])
    }
    expect(history.undo()).toBe(false)
    for (const after of pages.slice(1)) {
      expect(history.redo()).toBe(true)
      expect(page(doc)).toEqual(after)
    }
    expect(history.redo()).toBe(false)
  }
}

describe('undo and redo', () => {
  it('UN1 words typed, deleted and replaced come and go, step by step, as often as one likes', () => {
    const doc = draft('op one two three')
    thereAndBack(doc, historyOf([doc]), [
      () => type(doc, 'one', 'one', ' and'),
      () => erase(doc, 'one', 'and two'),
      () => type(doc, 'one', 'one', 'XY'),
      () => erase(doc, 'one', 'eX'),
      () => replaceWords(doc, unitOf(doc, 'on'), 0, 4, 'all', me),
    ])
  })

  it('UN2 Enter, Backspace, a move, a nesting, a removal, a paste and a note come and go', () => {
    const doc = draft('op one two\nop three\n  sub inner\nop four')
    thereAndBack(doc, historyOf([doc]), [
      () => splitUnit(doc, read(doc), unitOf(doc, 'one'), 3, undefined, me),
      () => joinUnits(doc, read(doc), unitOf(doc, 'one'), unitOf(doc, ' two'), me),
      () => splitUnit(doc, read(doc), unitOf(doc, 'one'), 3, undefined, me),
      () => joinUnits(doc, read(doc), unitOf(doc, ' two'), unitOf(doc, 'three'), me),
      () => moveUnit(doc, read(doc), unitOf(doc, ' two'), { parent: null, after: null }, me),
      () => nestUnit(doc, read(doc), unitOf(doc, 'one'), me),
      () => removeUnit(doc, read(doc), unitOf(doc, 'four'), me),
      () => createUnits(doc, read(doc), { parent: null, after: unitOf(doc, ' two').id }, valuesOf('op pasted\n  sub beneath'), me),
      () => insertNote(doc, unitOf(doc, 'pasted'), 3, 'a note', me),
      () => splitUnit(doc, read(doc), unitOf(doc, 'pasted'), 2, undefined, me),
    ])
  })

  it('UN3 what a colleague typed within stays through undo and redo, in its place', () => {
    const doc = draft('op one')
    const other = copyOf(doc, 2)
    const history = historyOf([doc])
    type(doc, 'one', 'one', ' two three')
    sync(doc, other)
    type(other, 'one', 'two', ' (hers)')
    sync(doc, other)
    history.undo()
    expect(page(doc)).toEqual(['op one (hers)'])
    history.redo()
    sync(doc, other)
    expect(page(doc)).toEqual(['op one two (hers) three'])
    erase(doc, 'one', ' two (hers) three')
    history.undo()
    sync(doc, other)
    expect(page(other)).toEqual(['op one two (hers) three'])
  })

  it('UN4 a new paragraph that a colleague has written in stays on the page when its beginning is undone', () => {
    const doc = draft('op one')
    const other = copyOf(doc, 2)
    const history = historyOf([doc])
    createUnits(doc, read(doc), { parent: null, after: unitOf(doc, 'one').id }, valuesOf('op mine'), me)
    sync(doc, other)
    type(other, 'mine', 'mine', ' and forty words of hers')
    sync(doc, other)
    history.undo()
    expect(page(doc)).toEqual(['op one', 'op  and forty words of hers'])
    history.redo()
    expect(page(doc)).toEqual(['op one', 'op mine and forty words of hers'])
  })

  it('UN5 a deliberate removal is redone with the words that are in it', () => {
    const doc = draft('op one\nop two')
    const history = historyOf([doc])
    removeUnit(doc, read(doc), unitOf(doc, 'two'), me)
    history.undo()
    history.redo()
    expect(page(doc)).toEqual(['op one', '--', 'op two'])
  })

  it('UN6 a key is set back only while nobody has written it since', () => {
    const doc = draft('op one\nop two\nop three')
    const other = copyOf(doc, 2)
    const history = historyOf([doc])
    moveUnit(doc, read(doc), unitOf(doc, 'three'), { parent: null, after: null }, me)
    sync(doc, other)
    moveUnit(other, read(other), unitOf(other, 'three'), { parent: null, after: unitOf(other, 'one').id })
    sync(doc, other)
    expect(history.undo()).toBe(false)
    expect(page(doc)).toEqual(['op one', 'op three', 'op two'])
  })

  it('UN7 a split is undone around what happened since: words typed in the half, a unit joined to it', () => {
    const doc = draft('op one two\nop three')
    const other = copyOf(doc, 2)
    const history = historyOf([doc])
    splitUnit(doc, read(doc), unitOf(doc, 'one'), 3, undefined, me)
    sync(doc, other)
    type(other, ' two', 'two', ' hers')
    joinUnits(other, read(other), unitOf(other, ' two'), unitOf(other, 'three'))
    sync(doc, other)
    history.undo()
    sync(doc, other)
    expect(page(other)).toEqual(['op one two hersthree'])
    expect(misplaced(other)).toEqual([])
    history.redo()
    sync(doc, other)
    expect(page(other)).toEqual(['op one', 'op  two hersthree'])
  })

  it('UN8 two who both undo their join of the same place leave one break there, and one join takes it away', () => {
    const doc = draft('op one two')
    splitUnit(doc, read(doc), unitOf(doc, 'one'), 3)
    const other = copyOf(doc, 2)
    const [mine, hers] = [historyOf([doc]), historyOf([other])]
    joinUnits(doc, read(doc), unitOf(doc, 'one'), unitOf(doc, ' two'), me)
    joinUnits(other, read(other), unitOf(other, 'one'), unitOf(other, ' two'), me)
    sync(doc, other)
    mine.undo()
    hers.undo()
    sync(doc, other)
    expect(page(doc)).toEqual(['op one', 'op  two'])
    expect(page(other)).toEqual(page(doc))
    expect(read(doc).units[1]!.atoms).toBe(' two')
    joinUnits(doc, read(doc), unitOf(doc, 'one'), unitOf(doc, ' two'), me)
    expect(page(doc)).toEqual(['op one two'])
  })

  it('UN8 where the other’s undo is known to have set the marker, it is not set twice', () => {
    const doc = draft('op one two')
    const marker = splitUnit(doc, read(doc), unitOf(doc, 'one'), 3)!
    const other = copyOf(doc, 2)
    const [mine, hers] = [historyOf([doc]), historyOf([other])]
    joinUnits(doc, read(doc), unitOf(doc, 'one'), unitOf(doc, ' two'), me)
    joinUnits(other, read(other), unitOf(other, 'one'), unitOf(other, ' two'), me)
    sync(doc, other)
    mine.undo()
    sync(doc, other)
    hers.undo()
    sync(doc, other)
    expect(page(doc)).toEqual(['op one', 'op  two'])
    expect([...textsOf(doc).values()].flatMap((text) => markersOf(text, marker))).toHaveLength(1)
  })

  it('UN9 what two deleted side by side comes back in its order, whoever undoes first', () => {
    for (const first of [0, 1]) {
      const doc = draft('op one two three four')
      const other = copyOf(doc, 2)
      const histories = [historyOf([doc]), historyOf([other])]
      erase(doc, 'one', ' two')
      erase(other, 'one', ' three')
      sync(doc, other)
      expect(page(doc)).toEqual(['op one four'])
      histories[first]!.undo()
      sync(doc, other)
      histories[1 - first]!.undo()
      sync(doc, other)
      expect(page(doc)).toEqual(['op one two three four'])
    }
  })

  it('UN9 words deleted on both sides of a colleague’s deletion come back around it', () => {
    const doc = draft('op abc')
    const other = copyOf(doc, 2)
    const [mine, hers] = [historyOf([doc]), historyOf([other])]
    mine.group(() => {
      erase(doc, 'a', 'c')
      erase(doc, 'a', 'a')
    })
    erase(other, 'a', 'b')
    sync(doc, other)
    mine.undo()
    sync(doc, other)
    hers.undo()
    expect(page(other)).toEqual(['op abc'])
  })

  it('UN10 words brought back name the letters they are copies of, before their update leaves', () => {
    const doc = draft('op one two')
    const history = historyOf([doc])
    const told: string[] = []
    let hints: readonly LineageHint[] = []
    history.onHint = (found, where) => {
      told.push('hint')
      hints = found
      expect(where).toBe(doc)
    }
    doc.on('update', () => told.push('update'))
    erase(doc, 'one', 'e tw')
    history.undo()
    expect(told).toEqual(['update', 'hint', 'update'])
    const letters = (range: readonly [number, number, number]): string =>
      Array.from({ length: range[2] }, (_, index) => {
        const item = Y.getItem(doc.store, Y.createID(range[0], range[1] + index)) as Y.Item
        return (item.content as Y.ContentString).str[range[1] + index - item.id.clock]
      }).join('')
    expect(hints.map((hint) => letters(hint.to)).join('')).toBe('e tw')
    expect(hints.map((hint) => letters(hint.from))).toEqual(hints.map((hint) => letters(hint.to)))
    expect(hints.every((hint) => hint.to[0] === doc.clientID)).toBe(true)
  })

  it('UN11 keystrokes side by side and close in time are one step; a pause, a jump, Enter or a colleague’s word between ends it', () => {
    const doc = draft('op one two')
    const other = copyOf(doc, 2)
    let atMs = 0
    const history = openHistory([doc], { origins: new Set([me]), now: () => atMs })
    const key = (after: string, letter: string, waitMs = 100): void => {
      atMs += waitMs
      type(doc, 'o', after, letter)
    }
    key('one', 'a')
    key('onea', 'b')
    atMs += 100
    erase(doc, 'one', 'b')
    key('onea', 'c', limits.undoGroupMs + 1)
    key('two', 'd')
    key('twod', 'e')
    expect(page(doc)).toEqual(['op oneac twode'])
    history.undo()
    expect(page(doc)).toEqual(['op oneac two'])
    history.undo()
    expect(page(doc)).toEqual(['op onea two'])
    history.onHint = () => expect.unreachable('a letter that came and went within a step is not brought back')
    history.undo()
    history.onHint = null
    expect(page(doc)).toEqual(['op one two'])
    expect(history.undo()).toBe(false)
    key('two', 'f')
    sync(doc, other)
    type(other, 'one', 'f', 'hers')
    sync(doc, other)
    key('hers', 'g')
    history.undo()
    expect(page(doc)).toEqual(['op one twofhers'])
    splitUnit(doc, read(doc), unitOf(doc, 'one'), 3, undefined, me)
    key('one', 'h')
    history.undo()
    expect(page(doc)).toEqual(['op one', 'op  twofhers'])
  })

  it('UN12 a group is one step over both documents, also one that goes on over time', () => {
    const doc = draft('op one two')
    const side = sideDoc()
    const history = historyOf([doc, side])
    history.group(() => {
      type(doc, 'one', 'one', ' a')
      splitUnit(doc, read(doc), unitOf(doc, 'one'), 3, undefined, me)
      beginAmendment(side, { kind: 'replace', target: unitOf(doc, 'one').id }, me)
      editText(side, proposalText(side, readAmendments(side)[0]!.id)!, 0, 0, 'words', me)
    })
    const end = history.begin()
    for (const letter of 'xyz') type(doc, 'one', 'one', letter)
    end()
    end()
    type(doc, 'one', 'one', '!')
    expect(page(doc)).toEqual(['op one!zyx', 'op  a two'])
    history.undo()
    history.undo()
    expect(page(doc)).toEqual(['op one', 'op  a two'])
    expect(readAmendments(side)[0]!.proposal).toBe('words')
    history.undo()
    expect(page(doc)).toEqual(['op one two'])
    expect(readAmendments(side).map((view) => view.proposal)).toEqual([''])
    expect(history.canUndo).toBe(false)
    history.redo()
    expect(page(doc)).toEqual(['op one', 'op  a two'])
    expect(readAmendments(side)[0]!.proposal).toBe('words')
  })

  it('UN13 steps over the shared and the side document come back in the order they were taken', () => {
    const doc = draft('op one')
    const side = sideDoc()
    const history = historyOf([doc, side])
    const amendment = beginAmendment(side, { kind: 'replace', target: unitOf(doc, 'one').id }, me)
    const text = proposalText(side, amendment)!
    type(doc, 'one', 'one', ' base')
    editText(side, text, 0, 0, 'side', me)
    type(doc, 'one', 'base', ' again')
    history.undo()
    expect([page(doc)[0], text.toString()]).toEqual(['op one base', 'side'])
    history.undo()
    expect([page(doc)[0], text.toString()]).toEqual(['op one base', ''])
    history.undo()
    expect([page(doc)[0], text.toString()]).toEqual(['op one', ''])
    expect(readAmendments(side).map((view) => view.id)).toEqual([amendment])
  })

  it('UN14 a cut is dropped and taken again, a hunk emptied and filled; the amendment stays for the colleague who writes on it', () => {
    const doc = draft('op one two')
    const side = sideDoc()
    const other = sideDoc(2)
    const history = historyOf([doc, side])
    const unit = unitOf(doc, 'one')
    const amendment = beginAmendment(side, { kind: 'modify', target: unit.id }, me)
    addCuts(side, amendment, doc, unit, 0, 3, me)
    const hunk = addHunk(side, amendment, insertionAnchor(doc, placeIn(unit, 3)!)!, 'mine', me)!
    sync(side, other)
    editText(other, hunkText(other, amendment, hunk)!, 2, 2, 'hers')
    sync(side, other)
    const seen = (): string => readAmendments(side).map((view) => `${view.cuts.length} ${view.hunks.map((found) => found.words).join()}`).join()
    history.undo()
    expect(seen()).toBe('1 hers')
    history.undo()
    expect(seen()).toBe('0 hers')
    expect(history.undo()).toBe(false)
    history.redo()
    history.redo()
    expect(seen()).toBe('1 mihersne')
    sync(side, other)
    expect(readAmendments(other)).toEqual(readAmendments(side))
  })

  it('UN15 a step that is no longer permitted is dropped before it runs, and the one before it is undone', () => {
    const doc = draft('op one\nop two')
    const locked = unitOf(doc, 'two').id
    let closed = false
    const history = historyOf([doc], { permitted: (step) => !closed || !step.changes.some((change) => touchedBy(change, read(doc)).units.has(locked)) })
    type(doc, 'one', 'one', ' a')
    type(doc, 'two', 'two', ' b')
    closed = true
    expect(history.undo()).toBe(true)
    expect(page(doc)).toEqual(['op one', 'op two b'])
    expect(history.undo()).toBe(false)
  })

  it('UN16 only one’s own: other origins, other people and a history that has ended record nothing', () => {
    const doc = draft('op one')
    const history = historyOf([doc])
    type(doc, 'one', 'one', ' a', 'another tab')
    expect(history.canUndo).toBe(false)
    type(doc, 'one', 'a', ' b')
    history.undo()
    expect(history.canRedo).toBe(true)
    type(doc, 'one', 'a', ' c')
    expect(history.canRedo).toBe(false)
    history.stop()
    type(doc, 'one', 'c', ' d')
    history.undo()
    expect(page(doc)).toEqual(['op one a d'])
  })

  it('UN17 as many steps are kept as the bound says', () => {
    const doc = draft('op one')
    const history = historyOf([doc])
    for (let index = 0; index < limits.undoStepsMax + 5; index++) type(doc, 'one', 'one', 'x')
    let undone = 0
    while (history.undo()) undone++
    expect(undone).toBe(limits.undoStepsMax)
    expect(page(doc)).toEqual(['op onexxxxx'])
  })

  it('UN18 no key and no container is ever deleted by undo', () => {
    const doc = draft('op one two')
    const history = historyOf([doc])
    const deleted: Y.Item[] = []
    doc.on('afterTransaction', (transaction: Y.Transaction) => {
      if (transaction.origin !== history.origin) return
      for (const [client, ranges] of transaction.deleteSet.clients) {
        for (const range of ranges) deleted.push(Y.getItem(doc.store, Y.createID(client, range.clock)) as Y.Item)
      }
    })
    createUnits(doc, read(doc), { parent: null, after: null }, valuesOf('op new'), me)
    splitUnit(doc, read(doc), unitOf(doc, 'one'), 3, undefined, me)
    nestUnit(doc, read(doc), unitOf(doc, 'one'), me)
    while (history.undo());
    while (history.redo());
    while (history.undo());
    expect(deleted.length).toBeGreaterThan(5)
    expect(deleted.filter((item) => item.content instanceof Y.ContentType)).toEqual([])
    expect(deleted.filter((item) => item.parentSub !== null && item.right === null)).toEqual([])
    expect([...unitsOf(doc).keys()]).toHaveLength(3)
  })
})
