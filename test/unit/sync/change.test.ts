import { expect, test } from 'vitest'
import { openHouse } from './support.ts'

test('SP1 a change that read another document is made again when that has moved, and nothing of the first is kept; without a record none is written', async () => {
  const house = await openHouse({ document: 'd1/side/ke', kind: 'side' })
  const room = await house.room()
  const tried: number[] = []
  const result = await room.change((doc) => {
    // The first was read at a position that the other log is not at.
    const seq = tried.length === 0 ? 5 : 0
    tried.push(seq)
    doc.getMap('amendments').set(`a-${tried.length}`, 1)
    return { actor: 'amina', draft: 'd1', kind: 'revise', record: null, alsoExpect: { document: 'd1', seq } }
  })
  expect(result).toMatchObject({ ok: true, record: null })
  expect(tried).toEqual([5, 0])
  expect([...room.doc.getMap('amendments').keys()]).toEqual(['a-2'])
  expect(await house.store.record('d1', 0)).toEqual([])
  expect((await house.store.load('d1/side/ke')).entries.map(({ kind }) => kind)).toEqual(['command'])
})
