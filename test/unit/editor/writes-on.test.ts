import { expect, test } from 'vitest'
import { applyEdit } from '../../../client/editor/desk.ts'
import { addHunk, beginAmendment, insertionAnchor, readAmendments } from '../../../shared/model/amendments.ts'
import { placeIn } from '../../../shared/model/operations.ts'
import { openDesk } from './support.ts'
import { draft, read, sideDoc } from '../model/support.ts'

test('SP9 of several amendments of one’s own on a paragraph, typing goes into the chosen one', () => {
  const doc = draft(`
  title Migrants
  op Urges States to act;`)
  const side = sideDoc(2)
  const unit = read(doc).units[1]!
  const [first, second] = [0, 1].map(() => beginAmendment(side, { kind: 'modify', target: unit.id })) as [string, string]
  for (const id of [first, second]) addHunk(side, id, insertionAnchor(doc, placeIn(unit, 5)!)!, ' all')
  const words = (id: string): string => readAmendments(side).find((one) => one.id === id)!.hunks.map((hunk) => hunk.words).join('|')
  const desk = openDesk(doc, side, 'negotiation')
  let chosen: string | null = null
  desk.host.writesOn = () => chosen
  applyEdit(desk, desk.project().blocks[1]!, { from: 0, to: 0, words: 'A' })
  expect([words(first), words(second)]).toEqual([' all|A', ' all'])
  chosen = second
  applyEdit(desk, desk.project().blocks[1]!, { from: 0, to: 0, words: 'B' })
  expect([words(first), words(second)]).toEqual([' all|A', ' all|B'])
})
