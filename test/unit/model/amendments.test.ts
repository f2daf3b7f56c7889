import fc from 'fast-check'
import type * as Y from 'yjs'
import { describe, expect, it } from 'vitest'
import {
  addCuts,
  addHunk,
  beginAmendment,
  dropAmendment,
  dropCut,
  editText,
  hunkText,
  insertionAnchor,
  isEmpty,
  placeAmendment,
  proposalText,
  rationaleText,
  readAmendment,
  readAmendments,
  wordingOf,
} from '../../../shared/model/amendments.ts'
import type { PlacedAmendment } from '../../../shared/model/amendments.ts'
import { isAbout } from '../../../shared/model/about.ts'
import { joinUnits, moveUnit, placeIn, replaceWords, splitUnit } from '../../../shared/model/operations.ts'
import { isAnchor, resolveAnchor, scanText } from '../../../shared/model/texts.ts'
import type { UnitView } from '../../../shared/model/units.ts'
import { behind, copyOf, draft, read, sideDoc, sync, unitOf } from './support.ts'

interface Scene {
  readonly doc: Y.Doc
  readonly side: Y.Doc
  readonly amendment: string
}

/** An amendment on the first unit that cuts `gone` and puts `added` behind it. */
function scene(notation: string, gone: string, added: string): Scene {
  const doc = draft(notation)
  const side = sideDoc(5)
  const unit = read(doc).units[0]!
  const amendment = beginAmendment(side, { kind: 'modify', target: unit.id })
  addCuts(side, amendment, doc, unit, unit.atoms.indexOf(gone), behind(unit, gone))
  addHunk(side, amendment, insertionAnchor(doc, placeIn(unit, behind(unit, gone))!)!, added)
  return { doc, side, amendment }
}

const placed = ({ doc, side }: Scene, unit: UnitView): PlacedAmendment => placeAmendment(doc, unit, readAmendments(side)[0]!, scanText)

/** The unit with cuts in square brackets and proposed words in braces. */
function shown(from: Scene, unit: UnitView): string {
  const { hunks, cuts } = placed(from, unit)
  const marks = [...cuts.flatMap((cut) => [{ at: cut.from, mark: '[' }, { at: cut.to, mark: ']' }]), ...hunks.map((hunk) => ({ at: hunk.at, mark: `{${hunk.words}}` }))]
  return marks.reverse().sort((left, right) => right.at - left.at).reduce((words, { at, mark }) => words.slice(0, at) + mark + words.slice(at), unit.atoms)
}

describe('amendments', () => {
  it('MO40 hunks and cuts stay with their words through a split, a join and a move', () => {
    const from = scene('op one two three\nop four', 'two', ' 2')
    const { doc } = from
    expect(shown(from, unitOf(doc, 'one'))).toBe('one [two{ 2}] three'.replace('{ 2}]', ']{ 2}'))
    splitUnit(doc, read(doc), unitOf(doc, 'one'), 3)
    expect(shown(from, unitOf(doc, ' two'))).toBe(' [two]{ 2} three')
    expect(placed(from, unitOf(doc, 'one')).broken).toHaveLength(2)
    moveUnit(doc, read(doc), unitOf(doc, ' two'), { parent: null, after: unitOf(doc, 'four').id })
    joinUnits(doc, read(doc), unitOf(doc, 'four'), unitOf(doc, ' two'))
    expect(shown(from, unitOf(doc, 'four'))).toBe('four [two]{ 2} three')
  })

  it('MO41 words typed around and within move them along; words typed behind what they follow come after them', () => {
    const from = scene('op one two three', 'two', ' 2')
    const unit = unitOf(from.doc, 'one')
    replaceWords(from.doc, unit, 0, 0, 'zero ')
    expect(shown(from, unitOf(from.doc, 'zero'))).toBe('zero one [two]{ 2} three')
    replaceWords(from.doc, unitOf(from.doc, 'zero'), 12, 12, ' more')
    expect(shown(from, unitOf(from.doc, 'zero'))).toBe('zero one [two]{ 2} more three')
    replaceWords(from.doc, unitOf(from.doc, 'zero'), 10, 10, '—')
    expect(shown(from, unitOf(from.doc, 'zero'))).toBe('zero one [t—wo]{ 2} more three')
  })

  it('MO42 an anchor whose words were deleted keeps its place and says that it was touched; one into nothing is broken', () => {
    const from = scene('op one two three', 'two', ' 2')
    const unit = unitOf(from.doc, 'one')
    replaceWords(from.doc, unit, 3, 9, '')
    const { hunks, cuts, broken } = placed(from, unitOf(from.doc, 'one'))
    expect([hunks.map(({ at, touched }) => ({ at, touched })), cuts.map(({ from: at, to, touched }) => ({ at, to, touched })), broken]).toEqual([
      [{ at: 3, touched: true }],
      [{ at: 3, to: 3, touched: true }],
      [],
    ])
    const lost = addHunk(from.side, from.amendment, [99, 3, -1], 'x')
    const nowhere = addHunk(from.side, from.amendment, [from.doc.clientID, 10 ** 9, -1], 'x')
    expect(placed(from, unitOf(from.doc, 'one')).broken).toEqual([lost, nowhere])
  })

  it('MO42 an anchor resolves to a place in a text or to nothing, whatever it names', () => {
    const doc = draft('op one two\nop 😀')
    fc.assert(
      fc.property(fc.tuple(fc.constantFrom(doc.clientID, 7), fc.nat(60), fc.constantFrom(0, -1) as fc.Arbitrary<0 | -1>), (anchor) => {
        expect(isAnchor(anchor)).toBe(true)
        const place = resolveAnchor(doc, anchor, scanText)
        if (place !== null) expect(place.at >= 0 && place.at <= place.text.length).toBe(true)
      }),
    )
  })

  it('MO43 a range over joined units is cut in each of their texts, and both find their words', () => {
    const doc = draft('op one\nop two')
    joinUnits(doc, read(doc), unitOf(doc, 'one'), unitOf(doc, 'two'))
    const side = sideDoc(5)
    const unit = unitOf(doc, 'onetwo')
    const amendment = beginAmendment(side, { kind: 'modify', target: unit.id })
    addCuts(side, amendment, doc, unit, 1, 5)
    const from = { doc, side, amendment }
    expect(shown(from, unit)).toBe('o[ne][tw]o')
    addHunk(side, amendment, insertionAnchor(doc, placeIn(unit, 0)!)!, 'X')
    expect(shown(from, unit)).toBe('{X}o[ne][tw]o')
  })

  it('MO44 colleagues write in one hunk at once; an empty hunk, a dropped cut and a dropped amendment are not shown', () => {
    const from = scene('op one two three', 'two', 'mine')
    const other = sideDoc(6)
    sync(from.side, other)
    const [view] = readAmendments(from.side)
    editText(from.side, hunkText(from.side, view!.id, view!.hunks[0]!.id)!, 4, 4, '!')
    editText(other, hunkText(other, view!.id, view!.hunks[0]!.id)!, 0, 0, 'hers ')
    editText(other, rationaleText(other, view!.id)!, 0, 0, 'why')
    sync(from.side, other)
    expect(readAmendments(other)[0]!.hunks[0]!.words).toBe('hers mine!')
    expect(wordingOf(readAmendments(other)[0]!)).toEqual(wordingOf(readAmendments(from.side)[0]!))
    dropCut(other, view!.id, view!.cuts[0]!.id)
    editText(other, hunkText(other, view!.id, view!.hunks[0]!.id)!, 0, 10, '')
    expect(isEmpty(readAmendments(other)[0]!)).toBe(true)
    dropAmendment(other, view!.id, true)
    expect(readAmendments(other)[0]!.dropped).toBe(true)
  })

  it('MO45 a proposal is empty until it has a word; a deletion never is', () => {
    const side = sideDoc(5)
    const insert = beginAmendment(side, { kind: 'insert', target: '', unitKind: 'op', inside: false })
    const remove = beginAmendment(side, { kind: 'delete', target: 'a-1' })
    const empty = (): boolean[] => [insert, remove].map((id) => isEmpty(readAmendments(side).find((view) => view.id === id)!))
    expect(empty()).toEqual([true, false])
    editText(side, proposalText(side, insert)!, 0, 0, 'new 😀')
    editText(side, proposalText(side, insert)!, 5, 5, 'x')
    expect([empty(), readAmendments(side).find((view) => view.id === insert)!.proposal]).toEqual([[false, false], 'new x😀'])
  })

  it('MO46 what an amendment is about is one of the forms of the layout and nothing else', () => {
    expect([{ kind: 'modify', target: 'a-1' }, { kind: 'insert', target: '', unitKind: 'op', inside: true }].every(isAbout)).toBe(true)
    const bad = [null, 1, {}, { kind: 'modify', target: '' }, { kind: 'modify', target: 'a-1', more: 1 }, { kind: 'insert', target: 'a-1' }, { kind: 'insert', target: 'a-1', unitKind: 'x', inside: true }]
    expect(bad.filter(isAbout)).toEqual([])
    expect(readAmendment('a-1', copyOf(draft('op one'), 3).getMap('units'))).toBeNull()
  })
})
