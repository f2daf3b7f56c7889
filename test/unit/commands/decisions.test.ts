import { describe, expect, test } from 'vitest'
import { addCuts, addHunk, beginAmendment, insertionAnchor, placeAmendment, proposalText, readAmendments } from '../../../shared/model/amendments.ts'
import type { AmendmentView } from '../../../shared/model/amendments.ts'
import { incorporate, lineageJson, markRecheck, newLineage, noteWritten, publish, readPublished, recheckReason } from '../../../shared/model/decisions.ts'
import { placeIn, replaceWords } from '../../../shared/model/operations.ts'
import { readDraft } from '../../../shared/model/reader.ts'
import { readAmendmentState, stateOfAmendment, writeState } from '../../../shared/model/state.ts'
import type { AmendmentState } from '../../../shared/model/state.ts'
import { scanText } from '../../../shared/model/texts.ts'
import { asIf, compile } from '../../../shared/text/compile.ts'
import { editAmendment, ownAmendment } from '../../../shared/text/edit.ts'
import { draftOf, lines, sideDoc, unitAt, unitValue } from './support.ts'
import type * as Y from 'yjs'

const open: AmendmentState = {
  status: 'open', proposer: 'EU', proposerKind: 'group', sponsors: [], asking: [], needsState: false, takenUpBy: null,
  asRecorded: false, editorial: false, revision: 1, digest: '', atMs: 1, decision: null, recheck: null,
}

const text = 'Requests the Secretary-General to report every year on trafficking;'

function edited(shared: Y.Doc, side: Y.Doc, edits: { find: string; words: string }[]): AmendmentView {
  for (const { find, words } of edits) {
    const unit = unitAt(readDraft(shared), 'OP1')
    const id = ownAmendment(side, shared, unit.id)
    const own = id === null ? null : placeAmendment(shared, unit, readPublished(side, id)!, scanText)
    const runs = compile(unit.atoms, own === null ? [] : [own])
    const from = runs.map((run) => run.words).join('').indexOf(find)
    editAmendment({ shared, side, unit, runs, own }, { from, to: from + find.length, words })
  }
  return readAmendments(side)[0]!
}

function putUp(shared: Y.Doc, side: Y.Doc, amendment: AmendmentView, document: string): AmendmentView {
  publish(shared, side, document, amendment, 1, 1, {}, newLineage())
  writeState(shared, stateOfAmendment(amendment.id), open)
  return readPublished(shared, amendment.id)!
}

function decide(shared: Y.Doc, amendment: AmendmentView): string | null {
  const view = readDraft(shared)
  const unit = view.byId.get(amendment.about.target)
  const wanted = unit === undefined ? '' : asIf(unit.atoms, [placeAmendment(shared, unit, amendment, scanText)])
  const lineage = newLineage()
  const done = incorporate(shared, view, amendment, scanText, wanted, 'draft', lineage)
  if (done !== null) noteWritten(shared, done, 5, lineage)
  markRecheck(shared, readDraft(shared), amendment.id, scanText)
  return done === null ? null : JSON.stringify(lineageJson(lineage))
}

describe('decisions write what was shown', () => {
  test('DE1 incorporating words inserted, deleted and replaced gives the as-if text, spaces tidied', () => {
    const shared = draftOf([unitValue('op', text), unitValue('op', 'Decides to remain seized of the matter.')])
    const side = sideDoc()
    const amendment = edited(shared, side, [
      { find: 'every year ', words: '' },
      { find: 'trafficking', words: 'trafficking in persons' },
      { find: 'Requests', words: 'Invites' },
    ])
    const put = putUp(shared, side, amendment, 'd/side/EU')
    const unit = unitAt(readDraft(shared), 'OP1')
    const shown = asIf(unit.atoms, [placeAmendment(shared, unit, put, scanText)])
    expect(shown).toBe('Invites the Secretary-General to report on trafficking in persons;')
    decide(shared, put)
    expect(unitAt(readDraft(shared), 'OP1').words).toBe(shown)
  })

  test('DE2 words keep their lineage from the side document to the base', () => {
    const shared = draftOf([unitValue('op', text), unitValue('op', 'Two.')])
    const side = sideDoc()
    const lineage = newLineage()
    const amendment = edited(shared, side, [{ find: 'every', words: 'each' }])
    publish(shared, side, 'd/side/EU', amendment, 1, 1, {}, lineage)
    expect(lineage.runs).toHaveLength(1)
    expect(lineage.runs[0]!.from.slice(0, 2)).toEqual(['d/side/EU', side.clientID])
    expect(lineage.runs[0]!.from[3]).toBe('each'.length)
    writeState(shared, stateOfAmendment(amendment.id), open)
    expect(decide(shared, readPublished(shared, amendment.id)!)).toContain('"from":["draft",7,')
  })

  test('DE3 another proposal that held on to deleted words is marked, and stands where it stood', () => {
    const shared = draftOf([unitValue('op', text), unitValue('op', 'Two.')])
    const eu = sideDoc(2 ** 33)
    const japan = sideDoc(2 ** 34)
    const first = putUp(shared, eu, edited(shared, eu, [{ find: 'every year ', words: '' }]), 'd/side/EU')
    const second = putUp(shared, japan, edited(shared, japan, [{ find: 'every', words: 'each' }]), 'd/side/JP')
    decide(shared, first)
    expect(readAmendmentState(shared, second.id)?.recheck).toBe('words-gone')
    expect(readAmendmentState(shared, first.id)?.recheck).toBeNull()
    const unit = unitAt(readDraft(shared), 'OP1')
    const placed = placeAmendment(shared, unit, readPublished(shared, second.id)!, scanText)
    expect(unit.atoms.slice(0, placed.hunks[0]!.at)).toBe('Requests the Secretary-General to report ')
  })

  test('DE4 a proposal on words that were not touched keeps its place and is not marked', () => {
    const shared = draftOf([unitValue('op', text), unitValue('op', 'Two.')])
    const eu = sideDoc(2 ** 33)
    const japan = sideDoc(2 ** 34)
    const first = putUp(shared, eu, edited(shared, eu, [{ find: 'Requests', words: 'Invites' }]), 'd/side/EU')
    const second = putUp(shared, japan, edited(shared, japan, [{ find: 'trafficking', words: 'smuggling' }]), 'd/side/JP')
    decide(shared, first)
    expect(readAmendmentState(shared, second.id)?.recheck).toBeNull()
    decide(shared, second)
    expect(unitAt(readDraft(shared), 'OP1').words).toBe('Invites the Secretary-General to report every year on smuggling;')
  })

  test('DE5 a new paragraph, an alternative and a deletion become units, words and removal', () => {
    const shared = draftOf([unitValue('op', 'One;'), unitValue('op', 'Two;', [unitValue('sub', 'Sub;')]), unitValue('op', 'Three.')])
    const side = sideDoc()
    const view = readDraft(shared)
    const [one, two, three] = [unitAt(view, 'OP1'), unitAt(view, 'OP2'), unitAt(view, 'OP3')]
    const inserted = beginAmendment(side, { kind: 'insert', target: one.id, unitKind: 'op', inside: false })
    proposalText(side, inserted)!.insert(0, 'One and a half;')
    const deleted = beginAmendment(side, { kind: 'delete', target: two.id })
    const replaced = beginAmendment(side, { kind: 'replace', target: three.id })
    proposalText(side, replaced)!.insert(0, 'Three, as amended.')
    for (const id of [inserted, deleted, replaced]) decide(shared, putUp(shared, side, readPublished(side, id)!, 'd/side/EU'))
    expect(lines(shared)).toEqual(['OP1: One;', 'OP2: One and a half;', 'OP3: Three, as amended.'])
  })

  test('DE6 a later wording is put forward as a difference: what stays keeps its characters', () => {
    const shared = draftOf([unitValue('op', text), unitValue('op', 'Two.')])
    const side = sideDoc()
    const amendment = edited(shared, side, [{ find: 'trafficking', words: 'trafficking in persons' }])
    putUp(shared, side, amendment, 'd/side/EU')
    edited(shared, side, [{ find: 'persons', words: 'human beings' }])
    const lineage = newLineage()
    publish(shared, side, 'd/side/EU', readPublished(side, amendment.id)!, 2, 2, {}, lineage)
    const stands = readPublished(shared, amendment.id)!
    expect(stands.revisions).toBe(2)
    expect(stands.hunks.map((hunk) => hunk.words)).toEqual(readPublished(side, amendment.id)!.hunks.map((hunk) => hunk.words))
    expect(lineage.runs.reduce((sum, run) => sum + run.to[2]!, 0)).toBeLessThan('trafficking in human beings'.length)
  })

  test('DE7 an amendment whose paragraph is gone says so', () => {
    const shared = draftOf([unitValue('op', text), unitValue('op', 'Two.')])
    const side = sideDoc()
    const amendment = putUp(shared, side, edited(shared, side, [{ find: 'every', words: 'each' }]), 'd/side/EU')
    const deletion = beginAmendment(side, { kind: 'delete', target: amendment.about.target })
    decide(shared, putUp(shared, side, readPublished(side, deletion)!, 'd/side/EU'))
    expect(recheckReason(shared, readDraft(shared), amendment, scanText)).toBe('target-gone')
  })

  test('DE8 words written into the base between two proposals move neither of them', () => {
    const shared = draftOf([unitValue('op', text), unitValue('op', 'Two.')])
    const side = sideDoc()
    const unit = unitAt(readDraft(shared), 'OP1')
    const id = beginAmendment(side, { kind: 'modify', target: unit.id })
    addHunk(side, id, insertionAnchor(shared, placeIn(unit, 'Requests'.length)!)!, ' again')
    addCuts(side, id, shared, unit, unit.atoms.indexOf('every'), unit.atoms.indexOf('on traff'))
    replaceWords(shared, unit, 'Requests the '.length, 'Requests the '.length, 'new ')
    const now = unitAt(readDraft(shared), 'OP1')
    expect(asIf(now.atoms, [placeAmendment(shared, now, readPublished(side, id)!, scanText)])).toBe(
      'Requests again the new Secretary-General to report on trafficking;',
    )
  })

  test('DE9 words that a decision wrote between those of an earlier cut are not struck by it', () => {
    const shared = draftOf([unitValue('op', text), unitValue('op', 'Two.')])
    const eu = sideDoc(2 ** 33)
    const japan = sideDoc(2 ** 34)
    const first = putUp(shared, eu, edited(shared, eu, [{ find: 'every', words: 'each and every single' }]), 'd/side/EU')
    const second = putUp(shared, japan, edited(shared, japan, [{ find: 'report every year on', words: '' }]), 'd/side/JP')
    decide(shared, first)
    const unit = unitAt(readDraft(shared), 'OP1')
    const placed = placeAmendment(shared, unit, second, scanText)
    expect(placed.cuts.map((cut) => unit.atoms.slice(cut.from, cut.to))).toEqual(['report ', ' year on'])
    expect(readAmendmentState(shared, second.id)?.recheck).not.toBe('words-gone')
    // The delegation itself may strike them in its next wording.
    const own = placeAmendment(shared, unit, readPublished(japan, second.id)!, scanText)
    editAmendment({ shared, side: japan, unit, runs: compile(unit.atoms, [own]), own }, { from: unit.atoms.indexOf('single'), to: unit.atoms.indexOf('single') + 6, words: '' })
    const next = placeAmendment(shared, unit, readPublished(japan, second.id)!, scanText)
    expect(next.cuts.map((cut) => unit.atoms.slice(cut.from, cut.to))).toContain('single')
  })
})
