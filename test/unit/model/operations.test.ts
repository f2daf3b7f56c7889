import * as Y from 'yjs'
import { describe, expect, it } from 'vitest'
import { textsOf, unitsOf } from '../../../shared/model/layout.ts'
import {
  createUnits,
  insertNote,
  joinUnits,
  liftUnit,
  moveUnit,
  nestUnit,
  removeUnit,
  replaceNoteWords,
  replaceWords,
  restoreUnit,
  setKind,
  splitUnit,
  valueOf,
} from '../../../shared/model/operations.ts'
import { isRank } from '../../../shared/model/rank.ts'
import { limits } from '../../../shared/wire/limits.ts'
import { behind, copyOf, draft, misplaced, page, read, sharedDoc, sync, unitOf, valuesOf } from './support.ts'

const split = (doc: Y.Doc, words: string, after: string): string | null => {
  const unit = unitOf(doc, words)
  return splitUnit(doc, read(doc), unit, behind(unit, after))
}

const join = (doc: Y.Doc, first: string, second: string): void => joinUnits(doc, read(doc), unitOf(doc, first), unitOf(doc, second))

const type = (doc: Y.Doc, words: string, after: string, added: string): void => {
  const unit = unitOf(doc, words)
  replaceWords(doc, unit, behind(unit, after), behind(unit, after), added)
}

/** Every letter of units and notes that was ever written, live or not: what splitting and joining must not add to. */
const lettersEver = (doc: Y.Doc): number =>
  [...textsOf(doc).values()].reduce((sum, text) => {
    for (let item = text._start; item !== null; item = item.right) if (item.content instanceof Y.ContentString) sum += item.length
    return sum
  }, 0)

const two = (notation: string): [Y.Doc, Y.Doc] => {
  const first = draft(notation)
  return [first, copyOf(first, 2)]
}

function agree(first: Y.Doc, second: Y.Doc): string[] {
  sync(first, second)
  expect(page(second)).toEqual(page(first))
  expect(misplaced(first)).toEqual([])
  return page(first)
}

describe('splitting and joining', () => {
  it('MO10 Enter and Backspace copy no word and delete none', () => {
    const doc = draft('op Decides to meet and to report')
    const before = lettersEver(doc)
    split(doc, 'Decides', 'meet')
    expect(page(doc)).toEqual(['op Decides to meet', 'op  and to report'])
    join(doc, 'Decides', ' and')
    expect(page(doc)).toEqual(['op Decides to meet and to report'])
    expect(lettersEver(doc)).toBe(before)
  })

  it('MO11 who types in the second half while another presses Enter goes on in the right place', () => {
    const [first, second] = two('op Decides to meet and to report')
    split(first, 'Decides', 'meet')
    type(second, 'Decides', 'report', ' in writing')
    type(second, 'Decides', 'Decides', ' again')
    expect(agree(first, second)).toEqual(['op Decides again to meet', 'op  and to report in writing'])
  })

  it('MO12 two splits at once both hold, at different places and at the same', () => {
    const [first, second] = two('op one two three')
    split(first, 'one', 'one')
    split(second, 'one', 'two')
    expect(agree(first, second)).toEqual(['op one', 'op  two', 'op  three'])
    const [third, fourth] = two('op one two three')
    split(third, 'one', 'one')
    split(fourth, 'one', 'one')
    expect(agree(third, fourth).filter((line) => line !== 'op ')).toEqual(['op one', 'op  two three'])
    expect(page(third)).toHaveLength(3)
  })

  it('MO13 units of different texts are joined, and split again inside the second', () => {
    const doc = draft('op one\nop two three\nop four')
    join(doc, 'one', 'two')
    join(doc, 'onetwo', 'four')
    expect(page(doc)).toEqual(['op onetwo threefour'])
    split(doc, 'one', 'two')
    expect(page(doc)).toEqual(['op onetwo', 'op  threefour'])
    expect(misplaced(doc)).toEqual([])
  })

  it('MO13 a split exactly between two joined units sets the second free, kind and all', () => {
    const doc = draft('op one\nheading two\nop three')
    const free = unitOf(doc, 'two').id
    join(doc, 'one', 'two')
    join(doc, 'one', 'three')
    expect(split(doc, 'one', 'one')).toBe(free)
    expect(page(doc)).toEqual(['op one', 'heading twothree'])
  })

  it('MO14 joining the same two at once is one join; joining and splitting at once do both', () => {
    const [first, second] = two('op one\nop two three')
    join(first, 'one', 'two')
    join(second, 'one', 'two')
    expect(agree(first, second)).toEqual(['op onetwo three'])
    const [third, fourth] = two('op one\nop two three')
    join(third, 'one', 'two')
    split(fourth, 'two', 'two')
    expect(agree(third, fourth)).toEqual(['op onetwo', 'op  three'])
  })

  it('MO14 a join, a move and a typist at once lose no word', () => {
    const [first, second] = two('op one\nop two\nop three')
    join(first, 'one', 'two')
    moveUnit(second, read(second), unitOf(second, 'two'), { parent: null, after: unitOf(second, 'three').id })
    type(second, 'two', 'two', ' and more')
    expect(agree(first, second)).toEqual(['op onetwo and more', 'op three'])
  })

  it('MO15 two joined into each other are one block, the same for everyone', () => {
    const [first, second] = two('op one\nop two')
    join(first, 'one', 'two')
    join(second, 'two', 'one')
    expect(agree(first, second)).toEqual(['op onetwo'])
  })

  it('MO15 a half moved up and joined to while another joins it back: every word is still on the page', () => {
    const doc = draft('op one two')
    split(doc, 'one', 'one')
    const second = copyOf(doc, 2)
    moveUnit(doc, read(doc), unitOf(doc, ' two'), { parent: null, after: null })
    join(doc, ' two', 'one')
    join(second, 'one', ' two')
    expect(agree(doc, second)).toEqual(['op one two'])
  })

  it('MO15 the block of such a circle is the unit that has words, though its id be the higher', () => {
    const doc = draft('op one two', sharedDoc(9))
    const [lower, third] = [copyOf(doc, 2), copyOf(doc, 3)]
    split(lower, 'one', 'one')
    sync(lower, doc, third)
    moveUnit(doc, read(doc), unitOf(doc, ' two'), { parent: null, after: null })
    join(doc, ' two', 'one')
    join(third, 'one', ' two')
    expect(agree(doc, third)).toEqual(['op one two'])
  })

  it('MO16 a unit dissolved by a join is where its words went: what hangs on it follows', () => {
    const [first, second] = two('op one two\nop three')
    split(first, 'one', 'one')
    sync(first, second)
    join(first, 'one', ' two')
    nestUnit(second, read(second), unitOf(second, 'three'))
    expect(agree(first, second)).toEqual(['op one two', '  sub three'])
    expect(read(first).blockOf.get([...unitsOf(first).keys()].at(-1)!)).toBe(unitOf(first, 'one').id)
  })

  it('MO17 the first child joined into its parent hands its own children on in its place', () => {
    const doc = draft('op parent\n  sub first\n    sub inner\n  sub second')
    join(doc, 'parent', 'first')
    expect(page(doc)).toEqual(['op parentfirst', '  sub inner', '  sub second'])
  })

  it('MO18 a character of two units is never cut, by Enter, by typing or by deleting', () => {
    const doc = draft('op a😀b')
    const unit = unitOf(doc, 'a')
    replaceWords(doc, unit, 2, 2, 'x')
    expect(page(doc)).toEqual(['op ax😀b'])
    replaceWords(doc, unitOf(doc, 'ax'), 3, 3, '')
    expect(page(doc)).toEqual(['op ax😀b'])
    splitUnit(doc, read(doc), unitOf(doc, 'a'), 3)
    expect(page(doc)).toEqual(['op ax', 'op 😀b'])
    replaceWords(doc, unitOf(doc, '😀'), 1, 3, '')
    expect(page(doc)).toEqual(['op ax', 'op '])
    insertNote(doc, unitOf(doc, 'ax'), 1, 'see 😀')
    replaceNoteWords(doc, unitOf(doc, 'ax').notes[0]!.id, 5, 6, '')
    expect(page(doc)).toEqual(['op a[see ]x', 'op '])
  })

  it('MO19 a range is replaced in a block whose parts stand in its text the other way round', () => {
    const doc = draft('op one two three')
    split(doc, 'one', 'two')
    split(doc, 'one', 'one')
    moveUnit(doc, read(doc), unitOf(doc, ' two'), { parent: null, after: null })
    join(doc, ' two', 'one')
    expect(page(doc)).toEqual(['op  twoone', 'op  three'])
    replaceWords(doc, unitOf(doc, ' two'), 2, 6, 'X')
    expect(page(doc)).toEqual(['op  tXe', 'op  three'])
  })
})

describe('placing', () => {
  it('MO20 equal ranks are ordered by id, and make room when something must go between', () => {
    const doc = draft('op one\nop two\nop three')
    for (const map of unitsOf(doc).values()) map.set('rank', 'a5')
    const order = page(doc)
    const [first] = read(doc).units
    createUnits(doc, read(doc), { parent: null, after: first!.id }, valuesOf('op between'))
    expect(page(doc)).toEqual([order[0], 'op between', ...order.slice(1)])
  })

  it('MO21 ranks never grow past their bound, however often something is put at one place', () => {
    const doc = draft('op one\nop two\nop three')
    const [one, two, three] = read(doc).units
    unitsOf(doc).get(two!.id)!.set('rank', `a0${'0'.repeat(limits.rankCharactersMax - 4)}1`)
    unitsOf(doc).get(one!.id)!.set('rank', 'a0')
    unitsOf(doc).get(three!.id)!.set('rank', 'a5')
    createUnits(doc, read(doc), { parent: null, after: one!.id }, valuesOf('op between\nop and again'))
    expect(page(doc)).toEqual(['op one', 'op between', 'op and again', 'op two', 'op three'])
    expect([...unitsOf(doc).values()].every((map) => isRank(map.get('rank')))).toBe(true)
    expect(read(doc).units.every((unit) => unit.rank.length < 20)).toBe(true)
  })

  it('MO22 a move takes the children along, and never goes beneath itself', () => {
    const doc = draft('op one\n  sub inner\nop two')
    moveUnit(doc, read(doc), unitOf(doc, 'one'), { parent: null, after: unitOf(doc, 'two').id })
    expect(page(doc)).toEqual(['op two', 'op one', '  sub inner'])
    moveUnit(doc, read(doc), unitOf(doc, 'one'), { parent: unitOf(doc, 'inner').id, after: null })
    expect(page(doc)).toEqual(['op two', 'op one', '  sub inner'])
  })

  it('MO22 Tab and Shift-Tab nest and lift, not beyond the deepest level', () => {
    const doc = draft('op one\nop two')
    expect(nestUnit(doc, read(doc), unitOf(doc, 'one'))).toBe(false)
    expect(nestUnit(doc, read(doc), unitOf(doc, 'two'))).toBe(true)
    expect(page(doc)).toEqual(['op one', '  sub two'])
    expect(liftUnit(doc, read(doc), unitOf(doc, 'two'))).toBe(true)
    expect(liftUnit(doc, read(doc), unitOf(doc, 'two'))).toBe(false)
    expect(page(doc)).toEqual(['op one', 'op two'])
    const deep = sharedDoc(3)
    for (let level = 0; level < limits.nestingMax + 3; level++) {
      const last = read(deep).units.at(-1)
      const [made] = createUnits(deep, read(deep), { parent: last?.parent ?? null, after: last?.id ?? null }, valuesOf(`op ${level}`))
      nestUnit(deep, read(deep), read(deep).byId.get(made!)!)
    }
    expect(Math.max(...read(deep).units.map((unit) => unit.depth))).toBe(limits.nestingMax - 1)
  })

  it('MO23 moves into each other at once are shown at top level, with every word', () => {
    const [first, second] = two('op one\nop two')
    moveUnit(first, read(first), unitOf(first, 'one'), { parent: unitOf(first, 'two').id, after: null })
    moveUnit(second, read(second), unitOf(second, 'two'), { parent: unitOf(second, 'one').id, after: null })
    expect([...agree(first, second)].sort()).toEqual(['op one', 'op two'])
  })

  it('MO24 a removed unit leaves its children in its place and can be brought back; later words in it are listed', () => {
    const [first, second] = two('op one\n  sub inner\nop two')
    removeUnit(first, read(first), unitOf(first, 'one'))
    type(second, 'one', 'one', ' more')
    expect(agree(first, second)).toEqual(['sub inner', 'op two', '--', 'op one more'])
    restoreUnit(first, read(first).removed[0]!)
    expect(page(first)).toEqual(['op one more', 'sub inner', 'op two'])
  })

  it('MO25 notes stand where they were put, are numbered through the draft, and go with a split', () => {
    const doc = draft('op one two\nop three')
    insertNote(doc, unitOf(doc, 'one'), 7, 'second')
    insertNote(doc, unitOf(doc, 'one'), 3, 'first')
    split(doc, 'one', 'one')
    expect(page(doc)).toEqual(['op one', 'op [first] two[second]', 'op three'])
    expect(read(doc).units.flatMap((unit) => unit.notes.map((note) => note.number))).toEqual([1, 2])
    setKind(doc, unitOf(doc, 'three'), 'pp')
    expect(valueOf(read(doc), 'en').units[1]).toEqual({ kind: 'op', words: ' two', notes: [{ at: 0, words: 'first' }, { at: 4, words: 'second' }], children: [] })
    createUnits(doc, read(doc), { parent: null, after: null }, valueOf(read(doc), 'en').units)
    expect(page(doc).slice(0, 3)).toEqual(['op one', 'op [first] two[second]', 'pp three'])
  })

  it('MO26 control characters, line ends and embed characters never become words', () => {
    const doc = draft('op one')
    replaceWords(doc, unitOf(doc, 'one'), 3, 3, '\n\u0000\uFFFC\uD800two\t')
    expect(page(doc)).toEqual(['op one two '])
  })
})
