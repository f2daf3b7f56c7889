import { expect, test } from 'vitest'
import { midway } from '../../../client/editor/arriving.ts'
import type { Projection } from '../../../client/editor/projection.ts'
import { moveUnit } from '../../../shared/model/operations.ts'
import { openDesk } from './support.ts'
import { draft, read, sideDoc } from '../model/support.ts'

const text = Array.from({ length: 10 }, (_, index) => `op Urges States to act ${index};`).join('\n')

/** Two views of one text: in the second, every paragraph has another node. */
function views(reshape: (doc: ReturnType<typeof draft>) => void = () => undefined): { before: Projection; after: Projection } {
  const doc = draft(text)
  const before = openDesk(doc, sideDoc(2), 'negotiation').projection()
  reshape(doc)
  return { before, after: openDesk(doc, sideDoc(2), 'negotiation', 'clean').projection() }
}

const told = (now: Projection, { before, after }: { before: Projection; after: Projection }): string =>
  now.blocks.map((block) => (after.blocks.includes(block) ? 'new' : before.blocks.includes(block) ? 'old' : '?')).join(' ')

test('ED36 the stretch that is seen is of the new view, what is around it of the old one', () => {
  const both = views()
  expect(told(midway(both.before, both.after, { first: 3, last: 5 }), both)).toBe('old old old new new new old old old old')
  expect(told(midway(both.before, both.after, { first: -2, last: 1 }), both)).toBe('new new old old old old old old old old')
  expect(midway(both.before, both.after, { first: -2, last: 12 })).toBe(both.after)
})

test('ED36 a paragraph that stands elsewhere in the new view is shown once, and the index knows what is shown', () => {
  const both = views((doc) => {
    const view = read(doc)
    moveUnit(doc, view, view.units[1]!, { parent: null, after: view.units[5]!.id })
  })
  for (const stretch of [{ first: 0, last: 2 }, { first: 1, last: 1 }, { first: 4, last: 6 }, { first: 5, last: 20 }]) {
    const now = midway(both.before, both.after, stretch)
    expect(now.blocks.map(({ key }) => key).sort()).toEqual(both.after.blocks.map(({ key }) => key).sort())
    for (const block of now.blocks) expect(now.byKey.get(block.key)).toBe(block)
  }
})

test('ED36 where nothing that is seen is left, the new view is shown at once', () => {
  const both = views()
  const elsewhere = { ...both.after, blocks: both.after.blocks.slice(5) }
  expect(midway(both.before, elsewhere, { first: 1, last: 3 })).toBe(elsewhere)
})
