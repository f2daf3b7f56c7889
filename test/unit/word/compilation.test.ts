/** One file in which several delegations' changes stand, told apart by their authors. */
import { encodeStateAsUpdate } from 'yjs'
import { describe, expect, test } from 'vitest'
import { compilation, knownWordings } from '../../../shared/convert/docx/compilation.ts'
import type { Compilation, CompilationOrder, CompiledPart } from '../../../shared/convert/docx/compilation.ts'
import { writeApart } from '../../../shared/convert/docx/apply-reply.ts'
import { digestOfAmendment } from '../../../shared/lifecycle/digests.ts'
import { readAmendments } from '../../../shared/model/amendments.ts'
import { newLineage, publish, readPublished } from '../../../shared/model/decisions.ts'
import { createUnits } from '../../../shared/model/operations.ts'
import { readDraft } from '../../../shared/model/reader.ts'
import { stateOfAmendment, writeState } from '../../../shared/model/state.ts'
import type { UnitValue } from '../../../shared/model/value.ts'
import { foldAuthorRoles } from '../../../shared/record/author-roles.ts'
import type { AuthorRole } from '../../../shared/record/author-roles.ts'
import { limits } from '../../../shared/wire/limits.ts'
import { sharedDoc, sideDoc } from '../model/support.ts'
import { del, ins, markIns, p, r, wordOf } from './support.ts'
import type { Parts } from './support.ts'

const unit = (words: string): UnitValue => ({ kind: 'op', words, notes: [], children: [] })
const text = ['Urges Member States to strengthen early warning;', 'Decides to remain seized of the matter.']

function draft(): ReturnType<typeof sharedDoc> {
  const shared = sharedDoc()
  createUnits(shared, readDraft(shared), { parent: null, after: null }, text.map(unit))
  for (const [id, name, kind] of [['office', 'Chair', 'office'], ['jp', 'Japan', 'state'], ['no', 'Norway', 'state'], ['br', 'Brazil', 'state']] as const) writeState(shared, `delegation:${id}`, { id, name, kind })
  return shared
}

const read = (body: string, roles: readonly (readonly [string, AuthorRole | null])[] = [], parts: Parts = {}, shared = draft()): Compilation => compilation({ bytes: wordOf(body, parts), shared: encodeStateAsUpdate(shared), roles: new Map(roles) })
const to = (delegation: string): AuthorRole => ({ kind: 'delegation', delegation })
const partOf = ({ parts }: Compilation, kind: string): CompiledPart => parts.find(({ role }) => role.kind === kind || (role.kind === 'delegation' && role.delegation === kind))!
const changes = (part: CompiledPart | undefined): unknown[] => (part?.changes ?? []).map(({ change }) => (change.kind === 'words' ? change.edits : change.kind === 'insert' ? ['insert', change.words] : change.kind))
const unplaced = (part: CompiledPart | undefined): string[] => (part?.unplaced ?? []).map(({ why, shown }) => `${why} ${shown.map(({ kind, words }) => `${kind}:${words}`).join('|')}`)
const inside = (author: string, inner: string): string => `<w:ins w:id="1" w:author="${author}" w:date="2026-03-01T10:00:00Z">${inner}</w:ins>`

describe('a compilation', () => {
  test('WC1 each author has the changes and comments that are theirs, most first, with the delegation that the name tells', () => {
    const body = p(r('Urges ') + ins(r('all '), 'Japan') + r('Member States to ') + del('strengthen', 'Brasil') + ins(r('build'), 'Brasil') + r(' early warning') + ins(r(' for all'), 'Brasil') + r(';')) + p(ins(r('Calls for lamps;'), 'Tanaka'), markIns('Tanaka')) + p(r(text[1]!))
    const found = read(body, [], { comments: '<w:comment w:id="1" w:author="Tanaka"><w:p><w:r><w:t>Why?</w:t></w:r></w:p></w:comment>' })
    expect(found.authors).toEqual([
      { name: 'Brasil', changes: 2, comments: 0, role: to('br'), by: 'likeness' },
      { name: 'Tanaka', changes: 1, comments: 1, role: null, by: null },
      { name: 'Japan', changes: 1, comments: 0, role: to('jp'), by: 'name' },
    ])
    // Of those about whom nothing is known nothing is read.
    expect(found.parts.map(({ role, authors }) => [role, authors])).toEqual([[to('br'), ['Brasil']], [to('jp'), ['Japan']]])
  })

  test('WC3 what is said goes before what is guessed, also that nothing is known; a delegation that is gone is nobody', () => {
    const body = p(r('Urges ') + ins(r('all '), 'Japan') + r('Member States to strengthen early warning') + ins(r(' well'), 'Norway') + ins(r(' now'), 'Meyer') + r(';'))
    const roles = (said: CompilationOrder['roles']): unknown => read(body, [...said]).authors.map(({ name, role, by }) => [name, role, by])
    expect(roles(new Map<string, AuthorRole | null>([['Japan', to('no')], ['Norway', null], ['Meyer', to('atlantis')]]))).toEqual([['Japan', to('no'), 'said'], ['Meyer', null, null], ['Norway', null, null]])
  })

  test('WC4 changes of several on the same words are each delegation’s own, as if the others had changed nothing', () => {
    const body = p(r('Urges ') + ins(r('all '), 'Japan') + r('Member States to ') + del('strengthen', 'Norway') + ins(r('build'), 'Norway') + ins(r('improve'), 'Brazil') + r(' early warning;')) + p(ins(r('Calls for lamps;'), 'Brazil'), markIns('Brazil')) + p(r(text[1]!))
    const found = read(body)
    expect(found.parts.map((part) => [part.role, changes(part), unplaced(part)])).toEqual([
      [to('br'), [[{ from: 33, to: 33, words: 'improve' }], ['insert', 'Calls for lamps;']], []],
      [to('jp'), [[{ from: 6, to: 6, words: 'all ' }]], []],
      [to('no'), [[{ from: 23, to: 33, words: 'build' }]], []],
    ])
  })

  test('WC5 what one strikes of words that another puts in leaves those whole, and is told with them', () => {
    const body = p(r('Urges Member States to strengthen early warning') + inside('Japan', r(' for all')) + inside('Japan', del(' and each', 'Norway')) + inside('Japan', r(' of us')) + r(';')) + p(r(text[1]!))
    const found = read(body)
    expect(changes(partOf(found, 'jp'))).toEqual([[{ from: 47, to: 47, words: ' for all and each of us' }]])
    expect([changes(partOf(found, 'no')), unplaced(partOf(found, 'no'))]).toEqual([[], ['in-proposal kept: for all|struck: and each|kept: of us']])
    // As much when those are left out.
    expect(unplaced(partOf(read(body, [['Japan', { kind: 'out' }]]), 'no'))).toEqual(['in-proposal kept: for all|struck: and each|kept: of us'])
  })

  test('WC6 what an author changed counts as text, or is left out, with its words', () => {
    const body = p(r('Urges Member States to ') + ins(r('strengthen '), 'Secretariat') + del('fund ', 'Secretariat') + r('early ') + ins(r('and good '), 'Japan') + r('warning;')) + p(r(text[1]!))
    const found = read(body, [['Secretariat', { kind: 'text' }]])
    expect([changes(partOf(found, 'jp')), partOf(found, 'text').changes]).toEqual([[[{ from: 40, to: 40, words: 'and good ' }]], []])
    const left = partOf(read(body, [['Secretariat', { kind: 'out' }]]), 'out')
    expect([left.authors, changes(left).length + left.unplaced.length > 0, JSON.stringify(left).includes('strengthen ')]).toEqual([['Secretariat'], true, true])
  })

  test('WC6 what is struck of words that count as text is a change of the text', () => {
    const body = p(r('Urges Member States to ') + inside('Secretariat', del('strengthen', 'Japan')) + ins(r('build'), 'Japan') + r(' early warning;')) + p(r(text[1]!))
    const japan = (role: AuthorRole): CompiledPart => partOf(read(body, [['Secretariat', role]]), 'jp')
    expect([changes(japan({ kind: 'text' })), unplaced(japan({ kind: 'text' }))]).toEqual([[[{ from: 23, to: 33, words: 'build' }]], []])
    expect([changes(japan(to('no'))), unplaced(japan(to('no')))[0]]).toEqual([[], 'in-proposal struck:strengthen'])
  })

  test('WC6 one delegation under two names is one: a change of its own words is no other’s', () => {
    const body = p(r('Urges Member States to strengthen early warning') + inside('Japan', r(' for all')) + inside('Japan', del(' and each', 'Tanaka')) + r(';')) + p(r(text[1]!))
    const found = read(body, [['Tanaka', to('jp')]])
    expect(found.parts.map((part) => [part.role, [...part.authors].sort(), changes(part), unplaced(part)])).toEqual([[to('jp'), ['Japan', 'Tanaka'], [[{ from: 47, to: 47, words: ' for all' }]], []]])
  })

  test('WC7 what stands recorded in the same words, or was decided on, is known; what was withdrawn is not', () => {
    const shared = draft()
    const body = p(r('Urges ') + ins(r('all '), 'Japan') + r('Member States to strengthen early warning;')) + p(ins(r('Calls for lamps;'), 'Japan'), markIns('Japan')) + p(r(text[1]!))
    const known = (): boolean[] => partOf(read(body, [], {}, shared), 'jp').changes.map(({ isKnown }) => isKnown)
    expect(known()).toEqual([false, false])
    const side = sideDoc(9)
    const [first] = partOf(read(body, [], {}, shared), 'jp').changes
    const id = writeApart({ shared, side, view: readDraft(shared) }, first!.change)!
    const amendment = readPublished(side, id)!
    const digest = digestOfAmendment(amendment)
    const state = (status: 'open' | 'withdrawn' | 'incorporated'): void => writeState(shared, stateOfAmendment(id), { status, proposer: 'jp', proposerKind: 'state', sponsors: [], asking: [], needsState: false, takenUpBy: null, asRecorded: true, editorial: false, revision: 1, digest, atMs: 1, decision: null, recheck: null })
    publish(shared, side, 'd/side/office', amendment, 1, 100, { digest, by: 'office', person: 'x', atMs: 100, wording: {} }, newLineage())
    for (const [status, isKnown] of [['open', true], ['incorporated', true], ['withdrawn', false]] as const) {
      state(status)
      // Whoever else asks for the same asks for it anew.
      expect([status, known(), [...knownWordings(shared, 'no')]]).toEqual([status, [isKnown, false], []])
    }
  })

  test('WC7 what our own file went out with is nobody’s change, whatever its author is said to be', () => {
    const shared = draft()
    const side = sideDoc(9)
    const [one] = readDraft(shared).units
    const id = writeApart({ shared, side, view: readDraft(shared) }, { kind: 'delete', unit: one!.id, words: one!.words })!
    publish(shared, side, 'd/side/jp', readAmendments(side)[0]!, 1, 100, {}, newLineage())
    writeState(shared, stateOfAmendment(id), { status: 'open', proposer: 'jp', proposerKind: 'state', sponsors: [], asking: [], needsState: false, takenUpBy: null, asRecorded: false, editorial: false, revision: 1, digest: '', atMs: Date.parse('2026-03-02T10:00:30Z'), decision: null, recheck: null })
    const body = p(del('Urges Member States to strengthen early warning;', 'Japan')) + p(r('Decides to remain ') + ins(r('actively '), 'Japan') + r('seized of the matter.'))
    const found = read(body, [], {}, shared)
    expect([found.authors.map(({ name, changes: count }) => [name, count]), changes(partOf(found, 'jp'))]).toEqual([[['Japan', 1]], [[{ from: 18, to: 18, words: 'actively ' }]]])
  })

  test('WC8 a file without tracked changes says so, and changes nothing; too many names are refused', () => {
    const found = read(p(r('Another text altogether.')))
    expect(found).toEqual({ from: null, isUntracked: true, authors: [], parts: [] })
    const many = Array.from({ length: limits.compilationAuthorsMax + 1 }, (_, at) => ins(r('x'), `Author ${at}`)).join('')
    expect(() => read(p(many))).toThrowError(expect.objectContaining({ code: 'too-many-authors' }))
  })

  test('WC3 who authors are is what was said of each last; what is not said so says nothing', () => {
    const row = (authors: unknown, kind = 'name-authors') => ({ kind, body: { body: { authors } } as never })
    const roles = foldAuthorRoles([row([{ name: 'A', role: to('jp') }, { name: 'B', role: { kind: 'text' } }]), row([{ name: 'A', role: { kind: 'out' } }, { name: 'C', role: { kind: 'delegation' } }, { name: 4, role: to('jp') }, null, { name: 'D' }]), row([{ name: 'B', role: to('no') }], 'name-themes'), row('x'), { kind: 'name-authors', body: null }])
    expect([...roles]).toEqual([['A', { kind: 'out' }], ['B', { kind: 'text' }]])
  })
})
