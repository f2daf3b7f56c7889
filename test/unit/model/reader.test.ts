import fc from 'fast-check'
import * as Y from 'yjs'
import { describe, expect, it } from 'vitest'
import { placeAmendment, readAmendments } from '../../../shared/model/amendments.ts'
import { amendmentsOf, isId, sharedRoots, stateOf, textsOf, threadsOf, unitsOf } from '../../../shared/model/layout.ts'
import { insertNote, joinUnits, removeUnit, replaceWords, splitUnit, valueOf } from '../../../shared/model/operations.ts'
import { draftReader, readDraft } from '../../../shared/model/reader.ts'
import { readAmendmentState, readDelegations, readStage, readUnitState, readVersions } from '../../../shared/model/state.ts'
import { scanText } from '../../../shared/model/texts.ts'
import { placeThread, readThreads } from '../../../shared/model/threads.ts'
import { limits } from '../../../shared/wire/limits.ts'
import { copyOf, draft, misplaced, page, read, sharedDoc, sync, unitOf } from './support.ts'

const ids = ['a-1', 'b-2', 'c-3', 'd-4', 'e-5'] as const

/** Values that a hostile client may put under any key: the right one, the right one in the wrong place, and junk. */
const junk: fc.Arbitrary<unknown> = fc.oneof(
  { weight: 6, arbitrary: fc.constantFrom(...ids) },
  { weight: 2, arbitrary: fc.constantFrom('op', 'pp', 'sub', 'a0', 'a1', 'Zz', '', true, false, '__proto__', 'constructor') },
  { weight: 1, arbitrary: fc.jsonValue() },
  { weight: 1, arbitrary: fc.constant(undefined) },
)
const unitKey = fc.constantFrom('text', 'kind', 'parent', 'joined', 'joined', 'parent', 'rank', 'joined', 'removed', 'label', 'other')
const embed = fc.oneof(
  fc.record({ unit: fc.constantFrom(...ids) }),
  fc.record({ note: fc.constantFrom(...ids) }),
  fc.dictionary(fc.constantFrom('unit', 'note', 'x'), junk as fc.Arbitrary<fc.JsonValue>),
)
const piece: fc.Arbitrary<string | object> = fc.oneof(fc.string({ unit: 'binary', minLength: 1, maxLength: 5 }), embed)
const anchor = fc.oneof(fc.tuple(fc.constantFrom(2 ** 33 + 1, 7), fc.nat(40), fc.constantFrom(0, -1)), junk)
const about = fc.oneof(fc.record({ kind: fc.constantFrom('modify', 'insert', 'delete', 'x'), target: junk }), junk)

const anyValue = fc.record({ value: junk })

interface Written {
  readonly units: readonly (readonly [string, { readonly text: string | null; readonly keys: readonly (readonly [string, unknown])[] } | { readonly value: unknown }])[]
  readonly texts: readonly (readonly [string, { readonly pieces: readonly (string | object)[] } | { readonly value: unknown }])[]
  readonly amendments: readonly (readonly [string, unknown, readonly (readonly [unknown, unknown])[]])[]
  readonly values: readonly (readonly [string, unknown])[]
}

const written: fc.Arbitrary<Written> = fc.record({
  units: fc.array(
    fc.tuple(fc.constantFrom(...ids, '', '__proto__'), fc.oneof({ weight: 5, arbitrary: fc.record({ text: fc.option(fc.constantFrom(...ids)), keys: fc.array(fc.tuple(unitKey, junk), { maxLength: 6 }) }) }, anyValue)),
    { maxLength: 8, minLength: 2 },
  ),
  texts: fc.array(
    fc.tuple(fc.constantFrom(...ids, 'junk'), fc.oneof({ weight: 5, arbitrary: fc.record({ pieces: fc.array(piece, { maxLength: 6 }) }) }, anyValue)),
    { maxLength: 8, minLength: 2 },
  ),
  amendments: fc.array(fc.tuple(fc.constantFrom(...ids, ''), about, fc.array(fc.tuple(anchor, anchor), { maxLength: 3 })), { maxLength: 3 }),
  values: fc.array(fc.tuple(fc.constantFrom('draft', 'unit:a-1', 'amendment:a-1', 'delegation:x', 'version:1', 'x'), fc.constantFrom(null, 'x', 7, [], {})), {
    maxLength: 4,
  }),
})

const value = (of: unknown): unknown => JSON.parse(JSON.stringify(of ?? null)) as unknown

function hostile(from: Written): Y.Doc {
  const doc = sharedDoc()
  for (const [id, entry] of from.units) {
    const map = new Y.Map<unknown>()
    ;(unitsOf(doc) as Y.Map<unknown>).set(id, 'keys' in entry ? map : value(entry.value))
    if ('keys' in entry) map.set('text', entry.text ?? id)
    if ('keys' in entry) for (const [key, found] of entry.keys) map.set(key, value(found))
  }
  for (const [id, entry] of from.texts) {
    const text = new Y.Text()
    ;(textsOf(doc) as Y.Map<unknown>).set(id, 'pieces' in entry ? text : value(entry.value))
    if (!('pieces' in entry)) continue
    for (const found of entry.pieces) {
      if (typeof found === 'string') text.insert(0, found)
      else text.insertEmbed(0, value(found) as object)
    }
    text.format(0, Math.min(2, text.length), { bold: true })
  }
  for (const [id, found, anchors] of from.amendments) {
    const map = new Y.Map<unknown>()
    amendmentsOf(doc).set(id, map)
    map.set('about', value(found))
    const hunks = new Y.Map<unknown>()
    const cuts = new Y.Map<unknown>()
    map.set('hunks', hunks)
    map.set('cuts', anchors.length === 1 ? 'x' : cuts)
    for (const [index, [at, to]] of anchors.entries()) {
      const hunk = new Y.Map<unknown>()
      hunks.set(`h${index}`, hunk)
      hunk.set('at', value(at))
      hunk.set('text', new Y.Text('words'))
      if (anchors.length === 1) continue
      const cut = new Y.Map<unknown>()
      cuts.set(`c${index}`, cut)
      cut.set('range', [value(at), value(to)])
    }
  }
  for (const [key, found] of from.values) {
    stateOf(doc).set(key, found)
    ;(threadsOf(doc) as Y.Map<unknown>).set(key, found)
  }
  return doc
}

describe('the reader', () => {
  it('MO30 nothing that a client may write makes it throw, lose a word or read differently elsewhere', () => {
    let shown = 0
    fc.assert(
      fc.property(written, (from) => {
        const doc = hostile(from)
        const view = readDraft(doc)
        shown += view.units.length
        expect(misplaced(doc)).toEqual([])
        expect(new Set(view.units.map((unit) => unit.id)).size).toBe(view.units.length)
        expect(view.units.every((unit) => isId(unit.id) && unit.depth < limits.nestingMax)).toBe(true)
        for (const amendment of readAmendments(doc)) for (const unit of view.units) placeAmendment(doc, unit, amendment, scanText)
        valueOf(view, 'en')
        readStage(doc)
        readUnitState(doc, 'a-1')
        readAmendmentState(doc, 'a-1')
        readDelegations(doc)
        readVersions(doc)
        for (const thread of readThreads(doc)) placeThread(thread, doc, doc, view, scanText)
        const copy = copyOf(doc, 2)
        expect(readDraft(copy)).toEqual(view)
        expect(readAmendments(copy)).toEqual(readAmendments(doc))
      }),
      { numRuns: 1500 },
    )
    expect(shown).toBeGreaterThan(200)
  })

  it('MO31 units in a circle of parents, or without their parent, are shown at top level', () => {
    const doc = draft('op one\nop two\nop three\nop four')
    const [one, two, three, four] = read(doc).units.map((unit) => unitsOf(doc).get(unit.id)!)
    one!.set('parent', unitOf(doc, 'two').id)
    two!.set('parent', unitOf(doc, 'one').id)
    three!.set('parent', 'zz-9')
    four!.set('parent', unitOf(doc, 'one').id)
    expect(page(doc)).toEqual(['op one', '  op four', 'op two', 'op three'])
  })

  it('MO32 a second marker of a unit counts for nothing and is not a word', () => {
    const doc = draft('op one two three')
    const id = splitUnit(doc, read(doc), unitOf(doc, 'one'), 3)!
    const [text] = [...textsOf(doc).values()]
    text!.insertEmbed(9, { unit: id })
    text!.insertEmbed(2, { unit: 'zz-9' })
    text!.insertEmbed(0, { unit: unitOf(doc, 'on').id })
    text!.insertEmbed(0, { what: 'ever' })
    expect(page(doc)).toEqual(['op one', 'op  two three'])
    expect(read(doc).units.map((unit) => unit.atoms)).toEqual(['one', ' two three'])
    replaceWords(doc, unitOf(doc, 'one'), 1, 3, 'X')
    expect(page(doc)).toEqual(['op oX', 'op  two three'])
    splitUnit(doc, read(doc), unitOf(doc, ' two'), 4)
    expect(page(doc)).toEqual(['op oX', 'op  two', 'op  three'])
    joinUnits(doc, read(doc), unitOf(doc, 'oX'), unitOf(doc, ' two'))
    expect(page(doc)).toEqual(['op oX two', 'op  three'])
    expect(misplaced(doc)).toEqual([])
  })

  it('MO33 a long chain of units joined or nested one in another is read without exhausting the stack', () => {
    const doc = sharedDoc()
    doc.transact(() => {
      for (let index = 0; index < 3000; index++) {
        const unit = new Y.Map<unknown>()
        unitsOf(doc).set(`a-${index.toString(36)}`, unit)
        unit.set('text', `a-${index.toString(36)}`)
        unit.set('parent', index === 0 ? '' : `a-${(index - 1).toString(36)}`)
        unit.set('joined', index % 2 === 0 || index > 1000 ? '' : `a-${(index - 2).toString(36)}`)
        textsOf(doc).set(`a-${index.toString(36)}`, new Y.Text('x'))
      }
    })
    expect(misplaced(doc)).toEqual([])
    expect(Math.max(...read(doc).units.map((unit) => unit.depth))).toBe(limits.nestingMax - 1)
  })

  it('MO34 a removed unit that holds no more than a note is listed, and an empty one is not', () => {
    const doc = draft('op \nop ')
    insertNote(doc, read(doc).units[0]!, 0, 'kept')
    for (const unit of read(doc).units) removeUnit(doc, read(doc), unit)
    expect(page(doc)).toEqual(['--', 'op [kept]'])
  })

  it('MO35 a reader that remembers its texts reads what a fresh one reads, after every change', () => {
    const doc = draft('op one\nop two')
    const other = copyOf(doc, 2)
    const reader = draftReader(doc)
    const letters = 'abcdefgh'
    for (let index = 0; index < 40; index++) {
      const from = index % 3 === 0 ? other : doc
      const unit = read(from).units[index % read(from).units.length]!
      if (index % 7 === 3) splitUnit(from, read(from), unit, Math.floor(unit.atoms.length / 2))
      else replaceWords(from, unit, index % 2, Math.min(index % 3, unit.atoms.length), letters.slice(0, index % 5))
      if (index % 4 === 0) sync(doc, other)
      expect(reader.read()).toEqual(readDraft(doc))
    }
    reader.stop()
  })

  it('MO36 the roots are what the layout says, whatever an update brings', () => {
    const doc = draft('op one')
    const other = new Y.Doc()
    other.getText('units').insert(0, 'junk')
    other.getArray('texts').insert(0, ['junk'])
    Y.applyUpdate(doc, Y.encodeStateAsUpdate(other))
    expect(page(doc)).toEqual(['op one'])
    expect([...doc.share.keys()]).toEqual([...sharedRoots])
  })
})
