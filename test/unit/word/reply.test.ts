/** A capital's reply, brought to a text that has moved on. */
import { describe, expect, test } from 'vitest'
import { readAmendments } from '../../../shared/model/amendments.ts'
import { createUnits, replaceWords } from '../../../shared/model/operations.ts'
import { readDraft } from '../../../shared/model/reader.ts'
import type { DraftView } from '../../../shared/model/units.ts'
import type { UnitValue } from '../../../shared/model/value.ts'
import { applyReply } from '../../../shared/convert/docx/apply-reply.ts'
import { readWord } from '../../../shared/convert/docx/read.ts'
import { readReply } from '../../../shared/convert/docx/reply.ts'
import type { Reply } from '../../../shared/convert/docx/reply.ts'
import { plainSheet } from '../../../shared/convert/docx/write/changes.ts'
import { noMasthead } from '../../../shared/convert/docx/write/masthead.ts'
import { writeWord } from '../../../shared/convert/docx/write/package.ts'
import { sheetOf } from '../../../shared/convert/docx/write/sheet.ts'
import { sharedDoc, sideDoc } from '../model/support.ts'
import { del, ins, markDel, markIns, p, r, wordOf } from './support.ts'

const unit = (kind: UnitValue['kind'], words: string, more: Partial<UnitValue> = {}): UnitValue => ({ kind, words, notes: [], children: [], ...more })

function draft(...units: UnitValue[]): { shared: ReturnType<typeof sharedDoc>; view: DraftView } {
  const shared = sharedDoc()
  createUnits(shared, readDraft(shared), { parent: null, after: null }, units)
  return { shared, view: readDraft(shared) }
}

const text = [unit('pp', 'Recalling its resolution 70/1 of 25 September 2015,'), unit('op', 'Urges Member States to strengthen early warning;'), unit('op', 'Decides to remain seized of the matter.')]
const edits = (reply: Reply): unknown[] => reply.changes.map((change) => (change.kind === 'words' ? change.edits : change.kind))

describe('a capital’s reply', () => {
  test('WD61 words go where the words round them are now', () => {
    const { shared, view } = draft(...text)
    const [, op] = view.units
    replaceWords(shared, op!, 6, 6, 'all ')
    const body = p(r(text[0]!.words)) + p(r('Urges Member States to ') + del('strengthen') + ins(r('build')) + r(' early warning') + ins(r(' for all')) + r(';')) + p(r(text[2]!.words))
    const reply = readReply(readWord(wordOf(body)), readDraft(shared), 'en')
    expect([edits(reply), reply.unplaced, [...reply.authors].sort()]).toEqual([[[{ from: 27, to: 37, words: 'build' }, { from: 51, to: 51, words: ' for all' }]], [], ['Japan', 'Norway']])
  })

  test('WD61 what was struck meanwhile, whose place was rewritten or whose paragraph is gone is listed with the reason', () => {
    const { shared, view } = draft(...text)
    replaceWords(shared, view.units[1]!, 23, 47, 'invest')
    const body = p(r('Wholly another text of a draft'), markDel()) + p(r('Urges Member States to ') + del('strengthen') + r(' early') + ins(r(' and good')) + r(' warning;'))
    const reply = readReply(readWord(wordOf(body + p(r(text[2]!.words)))), readDraft(shared), 'en')
    expect(reply.changes).toEqual([])
    expect(reply.unplaced.map(({ why }) => why)).toEqual(['paragraph-gone', 'words-gone', 'place-gone'].filter((why) => reply.unplaced.some((one) => one.why === why)))
    expect(reply.unplaced.length).toBeGreaterThanOrEqual(2)
  })

  test('WD61 a paragraph that was put in comes behind the one it follows, and is what its words and number say', () => {
    const { view } = draft(...text)
    const body = p(r(text[0]!.words)) + p(ins(r('Noting all reports,')), markIns()) + p(r(text[1]!.words)) + p(ins(r('(a) By good means;')), markIns()) + p(ins(r('2. Calls for more;')), markIns()) + p(r(text[2]!.words))
    const reply = readReply(readWord(wordOf(body)), view, 'en')
    expect(reply.changes).toEqual([
      { kind: 'insert', unit: view.units[0]!.id, inside: false, unitKind: 'pp', words: 'Noting all reports,' },
      { kind: 'insert', unit: view.units[1]!.id, inside: true, unitKind: 'sub', words: 'By good means;' },
      { kind: 'insert', unit: view.units[1]!.id, inside: false, unitKind: 'op', words: 'Calls for more;' },
    ])
  })

  test('WD61 what is in square brackets is reached, the brackets themselves are not', () => {
    const { view } = draft(unit('op', 'Urges Member States to act;'))
    const bracketed = { ...view, units: view.units.map((one) => ({ ...one, brackets: [{ id: 'b', from: 6, to: 12, by: [], placeholder: false }] })) }
    const body = p(r('Urges ') + del('[') + r('Member') + del(']') + r(' States to ') + ins(r('now ')) + r('act;'))
    const reply = readReply(readWord(wordOf(body)), { ...bracketed, byId: new Map(bracketed.units.map((one) => [one.id, one])) }, 'en')
    expect([edits(reply), reply.unplaced.map(({ why }) => why)]).toEqual([[[{ from: 23, to: 23, words: 'now ' }]], ['brackets', 'brackets']])
  })

  test('WD62 a copy without tracked changes is compared with today’s text; an unchanged one has none, its made head least of all', () => {
    const { shared, view } = draft(...text, unit('op', 'Requests a report.', { label: '12 bis.' }))
    const sheet = { language: 'en', title: '', atMs: 0, from: { draft: 'd', version: '1' }, masthead: { ...noMasthead, symbol: 'A/C.3/80/L.1', distribution: 'Distr.: Limited' } }
    const reply = readReply(readWord(writeWord(sheet, plainSheet(sheetOf(view.units)))), view, 'en')
    expect(reply).toMatchObject({ changes: [], unplaced: [], isUntracked: true })
    replaceWords(shared, view.units[1]!, 6, 12, 'all')
    const changed = readReply(readWord(writeWord(sheet, plainSheet(sheetOf(readDraft(shared).units.slice(0, 3))))), view, 'en')
    expect(edits(changed)).toEqual(['delete', [{ from: 6, to: 12, words: 'all' }]])
  })

  test('WD60 what was already prepared on a paragraph goes on: the reply’s words are typed into it', () => {
    const { shared, view } = draft(...text)
    const side = sideDoc(9)
    const first = readReply(readWord(wordOf(p(r('Urges ') + ins(r('all ')) + r('Member States to strengthen early warning;')))), view, 'en')
    applyReply({ shared, side, view }, first.changes)
    const second = readReply(readWord(wordOf(p(r('Urges Member States to strengthen ') + del('early ') + r('warning;')))), view, 'en')
    applyReply({ shared, side, view }, second.changes)
    expect(readAmendments(side).map(({ hunks, cuts }) => [hunks.map(({ words }) => words), cuts.length])).toEqual([[['all '], 1]])
  })
})
