/** What a file went out with, and what was done to it since. */
import { describe, expect, test } from 'vitest'
import { broughtBack } from '../../../shared/convert/docx/brought-back.ts'
import { readWord } from '../../../shared/convert/docx/read.ts'
import { readReply } from '../../../shared/convert/docx/reply.ts'
import type { Sent } from '../../../shared/convert/docx/sent.ts'
import { plainSheet } from '../../../shared/convert/docx/write/changes.ts'
import { noMasthead } from '../../../shared/convert/docx/write/masthead.ts'
import { writeWord } from '../../../shared/convert/docx/write/package.ts'
import { sheetOf } from '../../../shared/convert/docx/write/sheet.ts'
import { createUnits, replaceWords } from '../../../shared/model/operations.ts'
import { readDraft } from '../../../shared/model/reader.ts'
import type { UnitValue } from '../../../shared/model/value.ts'
import { encodeStateAsUpdate } from 'yjs'
import { sharedDoc } from '../model/support.ts'
import { del, ins, markDel, markIns, p, r, wordOf } from './support.ts'

const unit = (words: string): UnitValue => ({ kind: 'op', words, notes: [], children: [] })

function draft(...words: string[]): ReturnType<typeof sharedDoc> {
  const shared = sharedDoc()
  createUnits(shared, readDraft(shared), { parent: null, after: null }, words.map(unit))
  return shared
}

/** France's was there, and is open still; Peru's was, and is in the text; all others' is the reply. */
const sent: Sent = ({ author }) => (author === 'France' ? 'apart' : author === 'Peru' ? 'taken' : null)
const text = ['Urges Member States to strengthen early warning;', 'Decides to remain seized of the matter.']

function replyTo(body: string, words: readonly string[] = text): { changes: unknown[]; unplaced: unknown[]; authors: readonly string[] } {
  const { changes, unplaced, authors } = readReply(readWord(wordOf(body)), readDraft(draft(...words)), 'en', sent)
  return { changes: changes.map((change) => (change.kind === 'words' ? change.edits : change.kind === 'insert' ? ['insert', change.words] : change.kind)), unplaced: unplaced.map(({ why, shown }) => [why, shown.map(({ kind, words: said }) => `${kind}:${said}`).join('|')]), authors }
}

describe('a reply to a file that went out with open amendments', () => {
  test('WP6 nothing that was there already is a change: words, paragraphs put in, struck and moved', () => {
    const body = p(r('Urges ') + ins(r('all '), 'France') + r('Member States to ') + del('strengthen', 'France') + r(' early warning;')) + p(ins(r('Notes with concern;'), 'France'), markIns('France')) + p(del(text[1]!, 'France'), markDel('France'))
    expect(replyTo(body)).toEqual({ changes: [], unplaced: [], authors: [] })
  })

  test('WP6 what was done beside it is, at its place in the text', () => {
    const body = p(r('Urges ') + ins(r('all '), 'France') + r('Member States to ') + del('strengthen', 'Tanaka') + ins(r('build'), 'Tanaka') + r(' early warning;')) + p(ins(r('Notes with concern;'), 'France'), markIns('France')) + p(ins(r('Calls for lamps;'), 'Tanaka'), markIns('Tanaka')) + p(r(text[1]!))
    expect(replyTo(body)).toEqual({ changes: [[{ from: 23, to: 33, words: 'build' }], ['insert', 'Calls for lamps;']], unplaced: [], authors: ['Tanaka'] })
  })

  test('WP7 what was done to another’s proposed words has no place in the text, and is told with them', () => {
    const striking = '<w:ins w:id="1" w:author="France" w:date="2026-03-01T10:00:00Z">' + del('concern', 'Tanaka') + '</w:ins>'
    const body = p(r(text[0]!)) + p(ins(r('Notes with '), 'France') + striking + ins(r('regret'), 'Tanaka') + ins(r(';'), 'France'), markIns('France')) + p(r(text[1]!))
    expect(replyTo(body)).toEqual({ changes: [], unplaced: [['in-proposal', 'kept:Notes with |struck:concern|new:regret|kept:;']], authors: [] })
  })

  test('WP7 a paragraph of the reply’s own between two that are proposed is in neither of them', () => {
    const body = p(r(text[0]!)) + p(ins(r('Notes with concern;'), 'France'), markIns('France')) + p(ins(r('Calls for lamps;'), 'Tanaka'), markIns('Tanaka')) + p(ins(r('Notes more;'), 'France'), markIns('France')) + p(r(text[1]!))
    expect(replyTo(body)).toEqual({ changes: [['insert', 'Calls for lamps;']], unplaced: [], authors: ['Tanaka'] })
  })

  test('WP7 what was proposed then and is in the text now is part of it: a change of those words goes there', () => {
    const striking = '<w:ins w:id="1" w:author="Peru" w:date="2026-03-01T10:00:00Z">' + r('all ') + '</w:ins>'
    const body = p(r('Urges ') + striking + ins(r('willing '), 'Tanaka') + r('Member States to strengthen early warning;')) + p(r(text[1]!))
    expect(replyTo(body, ['Urges all Member States to strengthen early warning;', text[1]!])).toEqual({ changes: [[{ from: 10, to: 10, words: 'willing ' }]], unplaced: [], authors: ['Tanaka'] })
  })

  test('WP8 a copy without tracked changes is compared with what it was made from, and its changes go to the text that has moved on', () => {
    const shared = draft(...text)
    const facts = { language: 'en', title: '', atMs: 0, from: { draft: 'd', version: '1' }, masthead: noMasthead }
    const base = writeWord(facts, plainSheet(sheetOf(readDraft(shared).units)))
    const other = draft('Urges Member States to build early warning;', text[1]!)
    const copy = writeWord(facts, plainSheet(sheetOf(readDraft(other).units)))
    replaceWords(shared, readDraft(shared).units[0]!, 6, 6, 'all ')
    const asked = { bytes: copy, shared: encodeStateAsUpdate(shared), own: 'jp' }
    const edits = (from: Uint8Array | null): unknown[] => broughtBack({ ...asked, base: from }).reply.changes.flatMap((change): unknown[] => (change.kind === 'words' ? [...change.edits] : [change]))
    expect(edits(base)).toEqual([{ from: 27, to: 37, words: 'build' }])
    // Against the text as it stands, what others have put in since would be struck.
    expect(edits(null)).toEqual([{ from: 6, to: 10, words: '' }, { from: 27, to: 37, words: 'build' }])
    expect(broughtBack({ ...asked, base }).from).toEqual({ draft: 'd', version: '1' })
  })
})
