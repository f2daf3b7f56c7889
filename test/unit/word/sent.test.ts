/** What a file went out with, and what was done to it since. */
import { describe, expect, test } from 'vitest'
import { writeApart } from '../../../shared/convert/docx/apply-reply.ts'
import { broughtBack } from '../../../shared/convert/docx/brought-back.ts'
import { readWord } from '../../../shared/convert/docx/read.ts'
import { readReply } from '../../../shared/convert/docx/reply.ts'
import { sentAt } from '../../../shared/convert/docx/sent.ts'
import type { Sent } from '../../../shared/convert/docx/sent.ts'
import { plainSheet } from '../../../shared/convert/docx/write/changes.ts'
import { noMasthead } from '../../../shared/convert/docx/write/masthead.ts'
import { writeWord } from '../../../shared/convert/docx/write/package.ts'
import { sheetOf } from '../../../shared/convert/docx/write/sheet.ts'
import { newLineage, publish, readPublished } from '../../../shared/model/decisions.ts'
import { createUnits, replaceWords } from '../../../shared/model/operations.ts'
import { readDraft } from '../../../shared/model/reader.ts'
import { stateOfAmendment, writeState } from '../../../shared/model/state.ts'
import type { UnitValue } from '../../../shared/model/value.ts'
import { encodeStateAsUpdate } from 'yjs'
import { draft as draftIn, sharedDoc, sideDoc } from '../model/support.ts'
import { del, ins, markDel, markIns, p, r, who, wordOf } from './support.ts'
import type { Parts } from './support.ts'

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

  test('WP6 however much was proposed in a paragraph, and in rows of a table, the text is what it is without', () => {
    const long = 'after consultation with all those who live on the coast, who work there, or who have an interest in it, '
    const row = (words: string, properties = ''): string => `<w:tr><w:trPr>${properties}</w:trPr><w:tc>${p(r(words))}</w:tc></w:tr>`
    const body = p(r('Decides, ') + ins(r(long), 'France') + r('to meet') + ins(r(' soon'), 'Tanaka') + r('.')) + `<w:tbl>${row('Notes with concern;', `<w:ins ${who('France')}/>`)}${row('Decides to remain seized of the matter.')}</w:tbl>`
    expect(replyTo(body, ['Decides, to meet.', text[1]!])).toEqual({ changes: [[{ from: 16, to: 16, words: ' soon' }]], unplaced: [], authors: ['Tanaka'] })
  })

  test('WP6 a footnote that another would part, or has parted, is not changed by the reply', () => {
    const note = (author: string): Parts => ({ footnotes: `<w:footnote w:id="2">${p(r('See resolution 70/1.'), markIns(author))}${p(r('See also 71/1.'))}</w:footnote>` })
    const body = p(r('Urges all') + '<w:r><w:footnoteReference w:id="2"/></w:r>' + r(' to act') + ins(r(' now'), 'Tanaka') + r(';'))
    const shared = sharedDoc()
    createUnits(shared, readDraft(shared), { parent: null, after: null }, [{ kind: 'op', words: 'Urges all to act;', notes: [{ at: 9, words: 'See resolution 70/1. See also 71/1.' }], children: [] }])
    const changed = (author: string): unknown[] => readReply(readWord(wordOf(body, note(author))), readDraft(shared), 'en', sent).changes.map((change) => (change.kind === 'words' ? change.edits : change))
    for (const author of ['France', 'Peru']) expect([author, changed(author)]).toEqual([author, [[{ from: 17, to: 17, words: ' now' }]]])
    // The reply’s own end of a paragraph is its change of the note.
    expect(changed('Tanaka')).toHaveLength(2)
  })

  test('WP6 of two wordings of one minute it is the one that is in the text', () => {
    const shared = draft(...text)
    writeState(shared, 'delegation:jp', { id: 'jp', name: 'Japan', kind: 'state' })
    const side = sideDoc(9)
    const view = readDraft(shared)
    for (const status of ['incorporated', 'open'] as const) {
      const id = writeApart({ shared, side, view }, { kind: 'words', unit: view.units[0]!.id, edits: [{ from: 6, to: 6, words: `${status} ` }], shown: [] })!
      publish(shared, side, 'd/side/jp', readPublished(side, id)!, 1, 100, {}, newLineage())
      writeState(shared, stateOfAmendment(id), { status, proposer: 'jp', proposerKind: 'state', sponsors: [], asking: [], needsState: false, takenUpBy: null, asRecorded: false, editorial: false, revision: 1, digest: '', atMs: Date.parse('2026-03-02T10:00:30Z'), decision: null, recheck: null })
    }
    expect([sentAt(shared)({ author: 'Japan', at: '2026-03-02T10:00:00Z' }), sentAt(shared)({ author: 'Japan', at: '2026-03-02T10:01:00Z' })]).toEqual(['taken', null])
  })

  test('WP6 a change of another delegation’s, or of the own one’s at the minute of a wording, or in preparation went out with the file; whoever else is called so has replied', () => {
    const shared = draft(...text)
    for (const [id, name] of [['jp', 'Japan'], ['fr', 'France']] as const) writeState(shared, `delegation:${id}`, { id, name, kind: 'state' })
    const side = sideDoc(9)
    const view = readDraft(shared)
    const id = writeApart({ shared, side, view }, { kind: 'words', unit: view.units[0]!.id, edits: [{ from: 23, to: 33, words: '' }], shown: [] })!
    publish(shared, side, 'd/side/jp', readPublished(side, id)!, 1, 100, {}, newLineage())
    writeState(shared, stateOfAmendment(id), { status: 'open', proposer: 'jp', proposerKind: 'state', sponsors: [], asking: [], needsState: false, takenUpBy: null, asRecorded: false, editorial: false, revision: 1, digest: '', atMs: Date.parse('2026-03-02T10:00:30Z'), decision: null, recheck: null })
    const body = p(r('Urges ') + ins(r('all '), 'France') + r('Member States to ') + del('strengthen', 'Japan') + ins(r('build'), 'Japan (in preparation)') + r(' early warning') + ins(r(' for all'), 'Japan') + r(';')) + p(r('Decides to remain ') + del('actively ', 'France') + r('seized of the matter.'))
    const { reply } = broughtBack({ bytes: wordOf(body), shared: encodeStateAsUpdate(shared), own: 'jp', base: null })
    expect([reply.changes.map((change) => (change.kind === 'words' ? change.edits : change)), reply.unplaced, reply.authors]).toEqual([[[{ from: 47, to: 47, words: ' for all' }]], [], ['Japan']])
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

  test('WP7 however much of a paragraph was struck then and is out of the text now, a change of what stayed goes there', () => {
    const long = ', after consultation with all those who live on the coast, who work there, or who have an interest in it,'
    const body = p(r('Decides') + del(long, 'Peru') + ins(r(' also'), 'Tanaka') + r(' to meet.')) + p(r(text[1]!))
    expect(replyTo(body, ['Decides to meet.', text[1]!])).toEqual({ changes: [[{ from: 7, to: 7, words: ' also' }]], unplaced: [], authors: ['Tanaka'] })
    // What was put in and struck again, in turn, is nowhere.
    const both = `<w:ins ${who('Peru')}>${del(long, 'Peru')}</w:ins>`
    expect(replyTo(p(r('Decides') + both + ins(r(' also'), 'Tanaka') + r(' to meet.')) + p(r(text[1]!)), ['Decides to meet.', text[1]!]).changes).toEqual([[{ from: 7, to: 7, words: ' also' }]])
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

  test('WP8 in such a copy paragraphs that are new, gone or elsewhere are told as that, with what is beneath them', () => {
    const facts = { language: 'en', title: '', atMs: 0, from: { draft: 'd', version: '1' }, masthead: noMasthead }
    const notation = (...lines: readonly string[]): string => lines.join('\n')
    const lines = ['pp Recalling its resolution 70/1 of 25 September 2015,', 'pp Noting with concern the effects of storms on food,', 'op Urges Member States:', '  sub To strengthen early warning in every port;', '  sub To train pilots for the winter;', 'op Decides to remain seized of the matter.']
    const shared = draftIn(notation(...lines))
    const copyOf = (...changed: readonly string[]): Uint8Array => writeWord(facts, plainSheet(sheetOf(readDraft(draftIn(notation(...changed), sharedDoc(2))).units)))
    const view = readDraft(shared)
    const read = (copy: Uint8Array, base: Uint8Array | null = null): unknown => broughtBack({ bytes: copy, shared: encodeStateAsUpdate(shared), own: 'jp', base }).reply.changes
    expect(read(copyOf(...lines))).toEqual([])
    const [, pp2, op1] = view.units
    expect(read(copyOf(lines[0]!, lines[1]!, lines[5]!))).toEqual([{ kind: 'delete', unit: op1!.id, words: op1!.words }])
    expect(read(copyOf(...lines.slice(0, 2), 'op Calls upon all ports to report on their lamps;', ...lines.slice(2)))).toEqual([{ kind: 'insert', unit: pp2!.id, inside: false, unitKind: 'op', words: 'Calls upon all ports to report on their lamps;' }])
    const moved = copyOf(lines[1]!, lines[0]!, ...lines.slice(2))
    expect(read(moved)).toEqual([{ kind: 'move', unit: pp2!.id, after: '', words: pp2!.words }])
    expect(read(moved, copyOf(...lines))).toEqual([{ kind: 'move', unit: pp2!.id, after: '', words: pp2!.words }])
  })

  test('WP8 a copy with tracked changes is read by them, whatever it is said to be made from', () => {
    const shared = draft(...text)
    const bytes = wordOf(p(r('Urges ') + ins(r('all '), 'Tanaka') + r('Member States to strengthen early warning;')) + p(r(text[1]!)))
    const base = wordOf(p(r('Urges Member States to build early warning;')) + p(r(text[1]!)))
    const { reply } = broughtBack({ bytes, shared: encodeStateAsUpdate(shared), own: 'jp', base })
    expect([reply.changes.map((change) => (change.kind === 'words' ? change.edits : change)), reply.authors, reply.isUntracked]).toEqual([[[{ from: 6, to: 6, words: 'all ' }]], ['Tanaka'], false])
  })
})
