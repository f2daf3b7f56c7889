import { expect, test } from 'vitest'
import { beginAmendment, proposalText, readAmendments } from '../../../shared/model/amendments.ts'
import { readDraft } from '../../../shared/model/reader.ts'
import { scanText } from '../../../shared/model/texts.ts'
import type { AmendmentState } from '../../../shared/model/state.ts'
import { compile } from '../../../shared/text/compile.ts'
import { editAmendment } from '../../../shared/text/edit.ts'
import { rollingText } from '../../../shared/text/notation.ts'
import { draftOf, sideDoc, unitAt, unitValue } from '../commands/support.ts'

const state = (proposer: string, more: Partial<AmendmentState> = {}): AmendmentState => ({
  status: 'open', proposer, proposerKind: 'state', sponsors: [], asking: [], needsState: false, takenUpBy: null, asRecorded: false,
  editorial: false, revision: 1, digest: '', atMs: 1, decision: null, recheck: null, ...more,
})

test('NO1 the rolling text is a legend, then brackets with their delegations, bis and alt, agreed ad ref', () => {
  const doc = draftOf([unitValue('op', 'Requests a report every year;'), unitValue('op', 'Decides to remain seized.')])
  const view = readDraft(doc)
  const [one, two] = [unitAt(view, 'OP1'), unitAt(view, 'OP2')]
  const side = sideDoc()
  editAmendment({ shared: doc, side, unit: one, runs: compile(one.atoms, []), own: null }, { from: one.atoms.indexOf('every'), to: one.atoms.indexOf('every') + 5, words: 'each' })
  const after = beginAmendment(side, { kind: 'insert', target: one.id, unitKind: 'op', inside: false })
  proposalText(side, after)!.insert(0, 'Invites States;')
  const instead = beginAmendment(side, { kind: 'replace', target: two.id })
  proposalText(side, instead)!.insert(0, 'Decides to meet again.')
  const states: AmendmentState[] = [
    state('eu', { sponsors: [{ delegation: 'jp', digest: '' }] }),
    state('ngo', { needsState: true }),
    state('jp', { asRecorded: true }),
  ]
  const text = rollingText({
    doc,
    view,
    title: 'Partnership', language: 'en',
    delegations: [{ id: 'eu', name: 'EU', kind: 'group' }, { id: 'jp', name: 'Japan', kind: 'state' }, { id: 'ngo', name: 'La Strada', kind: 'ngo' }],
    amendments: readAmendments(side).map((amendment, index) => ({ amendment, state: states[index]! })),
    unitState: (unit) => ({ locked: false, agreed: unit === two.id ? { by: 'office', atMs: 1, digest: '' } : null }),
    scans: scanText,
  })
  const lines = text.split('\n').filter((line) => line !== '')
  expect(lines.slice(0, 3)).toEqual(['Partnership: rolling text', 'Nothing is agreed until everything is agreed.', 'Legend'])
  expect(lines.slice(14)).toEqual([
    '1. Requests a report [every - EU, Japan: delete][each - EU, Japan] year;',
    'OP1 bis [Invites States; - La Strada (needs a State)]',
    '2. Decides to remain seized. [agreed ad ref]',
    'OP2 alt [Decides to meet again. - Japan (as recorded)]',
  ])
})
