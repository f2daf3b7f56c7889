/** A Word file as a new draft with its changes as amendments: what the text is then, and what it would be with all of them in it. */
import { existsSync, readFileSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { readAmendments } from '../../../shared/model/amendments.ts'
import { newLineage, publish } from '../../../shared/model/decisions.ts'
import { stateOfAmendment, writeState } from '../../../shared/model/state.ts'
import type { DraftView } from '../../../shared/model/units.ts'
import { applyReply } from '../../../shared/convert/docx/apply-reply.ts'
import { importWord } from '../../../shared/convert/docx/import.ts'
import { changesAt, placedChanges } from '../../../shared/convert/docx/placed.ts'
import type { PlacedChange } from '../../../shared/convert/docx/placed.ts'
import { proposedIn } from '../../../shared/convert/docx/proposed.ts'
import { readProposed } from '../../../shared/convert/formats.ts'
import { laidOut } from '../../../shared/text/laid-out.ts'
import { Refusal } from '../../../shared/wire/errors.ts'
import { limits } from '../../../shared/wire/limits.ts'
import { sideDoc } from '../model/support.ts'
import { draftAsIf } from '../text/draft-as-if.ts'
import { del, ins, markIns, p, r, wordOf } from './support.ts'

const folder = process.env['OMNIBUS_DOCX'] ?? join(import.meta.dirname, '../../../../shared/corpus/docx/revisions')
const names = existsSync(folder) ? readdirSync(folder).filter((name) => name.endsWith('.docx') && !/-(Accepted|Rejected)\.docx$/.test(name)) : []

const closed = (words: string): string => words.replace(/[￼\s]+/g, '')
const lettersOf = ({ units }: Pick<DraftView, 'units'>): string => closed(units.map(({ words }) => words).join(''))

/** The text with all that a file proposes in it, made as the server makes it. */
function accepted(bytes: Uint8Array): { view: Pick<DraftView, 'units'>; unplaced: number; changes: number } {
  const { value, proposals } = proposedIn(bytes)
  const { doc: shared, view } = laidOut(value)
  const side = sideDoc(9)
  applyReply({ shared, side, view }, changesAt(view, placedChanges(proposals.view, proposals.reply.changes)))
  const ids = readAmendments(side).map((amendment, at) => {
    publish(shared, side, 'd/side/eu', amendment, 1, 100 + at, {}, newLineage())
    writeState(shared, stateOfAmendment(amendment.id), { status: 'open', proposer: 'eu', proposerKind: 'state', sponsors: [], asking: [], needsState: false, takenUpBy: null, asRecorded: false, editorial: false, revision: 1, digest: '', atMs: 1, decision: null, recheck: null })
    return amendment.id
  })
  return { view: draftAsIf(shared, ids), unplaced: proposals.reply.unplaced.length, changes: proposals.reply.changes.length }
}

const draft = p(r('Safe harbours')) + p(r('The General Assembly,')) + p(r('Recalling its resolution 70/1,')) + p(r('1. Urges States to light ') + del('some') + ins(r('all')) + r(' harbours;'))
  + p(ins(r('2. Calls upon ports to report;'), 'Norway'), markIns('Norway')) + p(r('3. Decides to meet.'))

describe('a Word file as amendments', () => {
  test('WN1 the text is what all its changes rejected leave, and each change is an amendment of it, with the names in the file told', () => {
    const { value, proposals: { view, reply } } = proposedIn(wordOf(draft))
    expect(value.units).toEqual(importWord(wordOf(draft), 'rejected').value.units)
    expect(placedChanges(view, reply.changes)).toEqual([
      { kind: 'words', unit: 3, note: null, edits: [{ from: 22, to: 26, words: 'all' }] },
      { kind: 'insert', unit: 3, inside: false, unitKind: 'op', words: 'Calls upon ports to report;' },
    ])
    expect([[...reply.authors].sort(), reply.unplaced]).toEqual([['Japan', 'Norway'], []])
    expect(accepted(wordOf(draft)).view.units.map(({ words }) => words).slice(3)).toEqual(['Urges States to light all harbours;', 'Calls upon ports to report;', 'Decides to meet.'])
  })

  test('WN1 a file without tracked changes, or of another format, is its text and nothing to prepare', () => {
    for (const bytes of [wordOf(p(r('1. Decides to meet.'))), new TextEncoder().encode('1. Decides to meet.')]) {
      const { value, proposals } = readProposed(bytes)
      expect([value.units.map(({ words }) => words), proposals.reply]).toEqual([['Decides to meet.'], { changes: [], unplaced: [], authors: [] }])
    }
  })

  test('WN1 changes by their places are those that were read; what names no place of the text is refused', () => {
    const { proposals: { view } } = proposedIn(wordOf(p(r('1. Urges 🌍 States;')) + p(r('2. Decides.'))))
    const changes: PlacedChange[] = [
      { kind: 'words', unit: 0, note: null, edits: [{ from: 0, to: 5, words: 'Asks' }, { from: 9, to: 9, words: 'all ' }] }, { kind: 'note', unit: 0, at: 5, words: 'See.' }, { kind: 'delete', unit: 1 },
      { kind: 'insert', unit: null, inside: false, unitKind: 'op', words: 'Notes;' }, { kind: 'move', unit: 1, after: null }, { kind: 'split', unit: 0, at: 5 }, { kind: 'join', unit: 0, with: 1 },
    ]
    expect(placedChanges(view, changesAt(view, changes))).toEqual(changes)
    const refused = (change: PlacedChange): unknown => {
      try {
        return changesAt(view, [change])
      } catch (fault) {
        return fault instanceof Refusal ? fault.code : fault
      }
    }
    const words = (from: number, to: number, ...more: { from: number; to: number; words: string }[]): PlacedChange => ({ kind: 'words', unit: 0, note: null, edits: [{ from, to, words: '' }, ...more] })
    expect([{ kind: 'delete', unit: 2 } as const, { kind: 'join', unit: 0, with: 9 } as const, { kind: 'words', unit: 0, note: 0, edits: [] } as const].map(refused)).toEqual(['no-such-unit', 'no-such-unit', 'no-such-unit'])
    // Behind the end, backwards, inside one character, one over another.
    expect([words(0, 99), words(5, 2), words(7, 8), words(0, 5, { from: 4, to: 6, words: '' }), { kind: 'split', unit: 0, at: 7 } as const].map(refused)).toEqual(Array(5).fill('bad-command'))
  })

  test('WN1 more changes, or more words of them, than one command holds are refused', () => {
    const read = (count: number, words: string): number => proposedIn(wordOf(p(r('1. Urges ') + Array.from({ length: count }, () => ins(r(words)) + r('all ')).join('') + r('to act;')))).proposals.reply.changes.length
    expect(read(limits.preparedChangesMax, 'x ')).toBe(1)
    for (const [count, words] of [[limits.preparedChangesMax + 1, 'x '], [3, 'x '.repeat(limits.preparedCharactersMax / 6 + 1)]] as const) {
      expect(() => read(count, words)).toThrowError(expect.objectContaining({ code: 'import-too-large' }))
    }
  })

  if (names.length === 0) test('WN1 (no folder of files with tracked changes is here: OMNIBUS_DOCX names one)', () => expect(names).toEqual([]))
  test.each(names)('WN1 %s, with all its amendments in it, is the file with all its changes accepted; where it is not, what is missing is listed', (name) => {
    const bytes = new Uint8Array(readFileSync(join(folder, name)))
    const now = accepted(bytes)
    const wanted = lettersOf(laidOut(importWord(bytes, 'accepted').value).view)
    expect(lettersOf(now.view) === wanted || now.unplaced > 0).toBe(true)
  })

  test.skipIf(names.length === 0)('WN1 of the files that are here nearly all come to the same text', () => {
    const same = names.filter((name) => {
      const bytes = new Uint8Array(readFileSync(join(folder, name)))
      return lettersOf(accepted(bytes).view) === lettersOf(laidOut(importWord(bytes, 'accepted').value).view)
    })
    expect(same.length).toBeGreaterThan(names.length * 0.9)
  })
})

const commented = (words: string, ids: readonly number[] = [0]): string => ids.map((id) => `<w:commentRangeStart w:id="${id}"/>`).join('') + r(words) + ids.map((id) => `<w:commentRangeEnd w:id="${id}"/>`).join('')
const comment = (id: number, words: string, author = 'Amina'): string => `<w:comment w:id="${id}" w:author="${author}">${p(r(words))}</w:comment>`

describe('comments of a Word file', () => {
  const body = p(r('Safe harbours')) + p(r('1. Urges ') + commented('all States') + r(' to act;')) + p(r('2. Decides ') + commented('', [1]) + ins(commented('promptly ', [2])) + r('to meet.'))
  const comments = comment(0, 'All of them?') + comment(1, ' ') + comment(2, 'Which day?', 'Nils')

  test('WN3 each becomes a remark on its words, with the name that it has; where the text does not have the words it says them, on the first paragraph', () => {
    expect(importWord(wordOf(body, { comments })).remarks).toEqual([{ unit: 1, from: 6, to: 16, words: 'Amina: All of them?' }, { unit: 2, from: 8, to: 16, words: 'Nils: Which day?' }])
    expect(proposedIn(wordOf(body, { comments })).remarks).toEqual([{ unit: 1, from: 6, to: 16, words: 'Amina: All of them?' }, { unit: 0, from: 0, to: 0, words: 'Nils (on “promptly”): Which day?' }])
    expect(importWord(wordOf(body, { comments })).report.lost).toEqual([])
  })

  test('WN3 more than one command holds are told as left out', () => {
    const many = Array.from({ length: limits.remarksMax + 2 }, (_, at) => comment(at + 10, 'Why?')).join('')
    const { remarks, report } = importWord(wordOf(body, { comments: many }))
    expect([remarks!.length, report.lost]).toEqual([limits.remarksMax, [{ what: 'comment', words: 'Amina: Why?', count: 2 }]])
    const long = Array.from({ length: 20 }, (_, at) => comment(at + 10, 'x'.repeat(limits.noteCharactersMax - 'Amina: '.length))).join('')
    const kept = Math.floor(limits.remarksCharactersMax / limits.noteCharactersMax)
    const most = importWord(wordOf(body, { comments: long }))
    expect([most.remarks!.length, most.report.lost.map(({ count }) => count)]).toEqual([kept, [20 - kept]])
  })
})
