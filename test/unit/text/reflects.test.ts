import { expect, test } from 'vitest'
import { beginAmendment, proposalText, readAmendments } from '../../../shared/model/amendments.ts'
import { standingOf } from '../../../shared/model/grounds.ts'
import type { About } from '../../../shared/model/layout.ts'
import { readDraft } from '../../../shared/model/reader.ts'
import { scanText } from '../../../shared/model/texts.ts'
import { compile } from '../../../shared/text/compile.ts'
import { comparedOfValue } from '../../../shared/text/compare.ts'
import { editAmendment } from '../../../shared/text/edit.ts'
import { seemsReflected } from '../../../shared/text/reflects.ts'
import { keptIn } from '../../../shared/text/rewrite.ts'
import { draftOf, sideDoc, unitValue } from '../commands/support.ts'

const doc = draftOf([unitValue('op', 'Urges all States to act every year;'), unitValue('op', 'Decides to remain seized of the matter.')])
const view = readDraft(doc)
const [first, second] = view.units as [typeof view.units[number], typeof view.units[number]]

/** Whether a text of these operative paragraphs seems to reflect the one amendment of a side document. */
function seems(side: ReturnType<typeof sideDoc>, ...words: string[]): boolean {
  const value = { language: 'en', units: words.map((one) => unitValue('op', one)) }
  const amendment = readAmendments(side)[0]!
  return seemsReflected(amendment, standingOf(doc, view, amendment, scanText).on, comparedOfValue(value), keptIn(view, value))
}

function proposed(about: About, proposal = ''): ReturnType<typeof sideDoc> {
  const side = sideDoc()
  proposalText(side, beginAmendment(side, about))!.insert(0, proposal)
  return side
}

function edited(find: string, words: string): ReturnType<typeof sideDoc> {
  const side = sideDoc()
  const from = first.atoms.indexOf(find)
  editAmendment({ shared: doc, side, unit: first, runs: compile(first.atoms, []), own: null }, { from, to: from + find.length, words })
  return side
}

const last = 'Decides to remain seized of the matter.'

test('VE11 words seem taken up where what they put in is there and what they strike is gone', () => {
  const side = edited('every year', 'twice a year')
  expect(seems(side, 'Urges all States to act twice a year;', last)).toBe(true)
  expect(seems(side, 'Urges all States, and agencies, to act twice a year;', last)).toBe(true)
  expect(seems(side, 'Urges all States to act every year;', last)).toBe(false)
  expect(seems(side, 'Urges all States to act every year, twice a year;', last)).toBe(false)
  expect(seems(side, last)).toBe(false)
  expect(seems(edited(' every year', ''), 'Urges all States to act;', last)).toBe(true)
  expect(seems(edited(' every year', ''), 'Urges all States to act every year;', last)).toBe(false)
})

test('VE11 so do new paragraphs, alternatives and deletions; of moves, divisions and brackets nothing is guessed', () => {
  const added = proposed({ kind: 'insert', target: first.id, unitKind: 'op', inside: false }, 'Calls for a conference;')
  expect(seems(added, first.words, 'Calls for a conference;', last)).toBe(true)
  expect(seems(added, first.words, last)).toBe(false)
  const replaced = proposed({ kind: 'replace', target: first.id }, 'Urges all States to act now;')
  expect(seems(replaced, 'Urges all States to act now;', last)).toBe(true)
  expect(seems(replaced, first.words, last)).toBe(false)
  const deleted = proposed({ kind: 'delete', target: second.id })
  expect(seems(deleted, first.words)).toBe(true)
  expect(seems(deleted, first.words, last)).toBe(false)
  expect(seems(proposed({ kind: 'move', target: second.id, parent: '', after: '' }), last, first.words)).toBe(false)
})
