import * as Y from 'yjs'
import { expect, test } from 'vitest'
import { applyEdit } from '../../../client/editor/desk.ts'
import { findPlace, placeAt } from '../../../client/editor/places.ts'
import { emptyKey } from '../../../client/editor/projection.ts'
import { wordsOf } from '../../../client/editor/schema.ts'
import { proposeAfter } from '../../../client/editor/writing.ts'
import { replaceWords, splitUnit } from '../../../shared/model/operations.ts'
import { openDesk } from './support.ts'
import { draft, read, sharedDoc, sideDoc } from '../model/support.ts'

const text = `
  title Migrants
  op Urges States to act;
    sub by law;
  op Requests a report.`

test('ED9 a paragraph whose sources have not changed keeps its node', () => {
  const doc = draft(text)
  const desk = openDesk(doc, sideDoc(2), 'drafting')
  const before = desk.projection().blocks.map((block) => block.node)
  replaceWords(doc, read(doc).units[1]!, 0, 0, 'Also ')
  const after = desk.project().blocks.map((block) => block.node)
  expect(after.map((node, index) => node === before[index])).toEqual([true, false, true, true])
})

test('ED9 the words of a node are the words of its block, letter by letter', () => {
  const doc = draft(text)
  const desk = openDesk(doc, sideDoc(2), 'negotiation')
  applyEdit(desk, desk.projection().blocks[1]!, { from: 6, to: 12, words: 'all' })
  for (const block of desk.project().blocks) expect(wordsOf(block.node)).toBe(block.words)
  expect(desk.projection().blocks[1]!.words).toBe('Urges Statesall to act;')
})

test('ED9 a place behind a character is found again after words before it, and after a split in the new paragraph', () => {
  const doc = draft(text)
  const desk = openDesk(doc, sideDoc(2), 'drafting')
  const place = placeAt(desk.docs, desk.projection().blocks[1]!, 15)
  replaceWords(doc, read(doc).units[1]!, 0, 0, 'Also ')
  expect(findPlace(desk.docs, desk.project().byKey, place)).toMatchObject({ block: { key: place.key }, offset: 20 })
  const view = read(doc)
  const second = splitUnit(doc, view, view.units[1]!, 17)
  expect(findPlace(desk.docs, desk.project().byKey, place)).toMatchObject({ block: { key: `unit:${second}` }, offset: 3 })
})

test('ED9 every offset of every paragraph is found again where it was', () => {
  const doc = draft(text)
  const desk = openDesk(doc, sideDoc(2), 'negotiation')
  applyEdit(desk, desk.projection().blocks[1]!, { from: 6, to: 12, words: 'all of them' })
  applyEdit(desk, desk.project().blocks[1]!, { from: 0, to: 0, words: 'So ' })
  let checked = 0
  for (const block of desk.project().blocks) {
    for (let offset = 0; offset <= block.words.length; offset++, checked++) {
      expect([block.words, findPlace(desk.docs, desk.projection().byKey, placeAt(desk.docs, block, offset))?.offset]).toEqual([block.words, offset])
    }
  }
  expect(checked).toBeGreaterThan(60)
})

test('ED23 a new paragraph stands behind the sub-paragraphs of the one it follows, and goes when it is empty and left', () => {
  const desk = openDesk(draft(text), sideDoc(2), 'negotiation')
  const id = proposeAfter(desk, desk.projection().blocks[1]!)
  expect(desk.project().blocks.map((block) => block.node.attrs['number'])).toEqual(['', 'OP1', 'OP1(a)', 'OP1 bis', 'OP2'])
  expect(desk.projection().blocks[3]!.key).toBe(`new:${id}`)
  desk.begun.delete(id)
  expect(desk.project().blocks.length).toBe(4)
})

test('ED24 one’s own amendment is not in what another reads', () => {
  const doc = draft(text)
  const desk = openDesk(doc, sideDoc(2), 'negotiation')
  applyEdit(desk, desk.projection().blocks[1]!, { from: 6, to: 12, words: 'all' })
  const other = sharedDoc(3)
  Y.applyUpdate(other, Y.encodeStateAsUpdate(doc))
  expect(openDesk(other, sideDoc(4), 'negotiation').projection().blocks[1]!.words).toBe('Urges States to act;')
})

test('ED34 the clean view leaves out every amendment', () => {
  const doc = draft(text)
  const side = sideDoc(2)
  const desk = openDesk(doc, side, 'negotiation')
  applyEdit(desk, desk.projection().blocks[1]!, { from: 6, to: 12, words: 'all' })
  expect(openDesk(doc, side, 'negotiation', 'clean').projection().blocks[1]!.words).toBe('Urges States to act;')
})

test('ED12 an empty draft shows one paragraph to begin in', () => {
  const blocks = openDesk(sharedDoc(), sideDoc(2), 'drafting').projection().blocks
  expect(blocks.map((block) => block.key)).toEqual([emptyKey])
})
