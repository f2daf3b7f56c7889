import { expect, test } from 'vitest'
import { addCuts, addHunk, beginAmendment, insertionAnchor, proposalText, readAmendments } from '../../../shared/model/amendments.ts'
import { readDraft } from '../../../shared/model/reader.ts'
import type { AmendmentState } from '../../../shared/model/state.ts'
import { scanText } from '../../../shared/model/texts.ts'
import { wordingSource } from '../../../shared/text/wording.ts'
import { amendmentList, amendmentListText, proposedBy } from '../../../shared/text/amendment-list.ts'
import type { ListSource } from '../../../shared/text/amendment-list.ts'
import { draftOf, sideDoc, unitAt, unitValue } from '../commands/support.ts'

const state = (proposer: string, more: Partial<AmendmentState> = {}): AmendmentState => ({
  status: 'open', proposer, proposerKind: 'state', sponsors: [], asking: [], needsState: false, takenUpBy: null, asRecorded: false,
  editorial: false, revision: 1, digest: '', atMs: 1, decision: null, recheck: null, ...more,
})

const delegations: ListSource['delegations'] = [
  { id: 'eu', name: 'EU', kind: 'group' }, { id: 'jp', name: 'Japan', kind: 'state' }, { id: 'ls', name: 'La Strada', kind: 'ngo' }, { id: 'office', name: 'Chair', kind: 'office' },
]

function source(states: readonly AmendmentState[]): ListSource {
  const doc = draftOf([unitValue('op', 'Urges States to act:', [unitValue('sub', 'at once;')]), unitValue('op', 'Decides to meet again.')])
  const view = readDraft(doc)
  const [one, two] = [unitAt(view, 'OP1'), unitAt(view, 'OP2')]
  const side = sideDoc()
  const make = [
    () => void beginAmendment(side, { kind: 'delete', target: two.id }),
    () => void proposalText(side, beginAmendment(side, { kind: 'insert', target: one.id, unitKind: 'op', inside: false }))!.insert(0, 'Invites all;'),
    () => addCuts(side, beginAmendment(side, { kind: 'modify', target: one.id }), doc, one, 13, 19),
    () => void addHunk(side, beginAmendment(side, { kind: 'modify', target: one.id }), insertionAnchor(doc, { text: one.segments[0]!.text, at: 5 })!, ' all'),
  ]
  for (const begin of make.slice(0, states.length)) begin()
  return {
    ...wordingSource(doc, view, scanText),
    title: 'Lamps',
    delegations,
    amendments: readAmendments(side).map((amendment, index) => ({ amendment, state: states[index]! })),
  }
}

const four = [state('eu'), state('jp', { status: 'bracketed' }), state('ls', { status: 'withdrawn' }), state('office')]

test('OW10 the list is in the order of the text, and in a paragraph in the order of its words', () => {
  expect(amendmentList(source(four), { filter: 'all' }).map(({ number, wording }) => `${number} ${wording}`)).toEqual([
    '1 In the chapeau of operative paragraph 1, after the word “Urges”, insert the word “all”.',
    '2 In the chapeau of operative paragraph 1, delete the words “to act”.',
    '3 After operative paragraph 1, insert a new operative paragraph reading: “Invites all;”, and renumber the remaining paragraphs accordingly.',
    '4 Delete operative paragraph 2.',
  ])
})

test('OW10 what is open and in brackets is listed, what is decided, or all', () => {
  const statuses = (filter: 'open' | 'decided' | 'all'): string[] => amendmentList(source(four), { filter }).map(({ status }) => status)
  expect(statuses('open')).toEqual(['open', 'bracketed', 'open'])
  expect(statuses('decided')).toEqual(['withdrawn'])
  expect(statuses('all')).toHaveLength(4)
})

test('OW10 what is incorporated keeps the wording it had against the text before', () => {
  const kept = [state('eu', { status: 'incorporated', decision: { id: null, with: [], by: 'office', atMs: 2, note: '', wording: 'Delete operative paragraph 3.' } })]
  expect(amendmentList(source(kept), { filter: 'decided' })[0]!.wording).toBe('Delete operative paragraph 3.')
})

test('OW11 sponsors are in front: proposer and co-sponsors, who took it up, as recorded', () => {
  const sponsor = (delegation: string) => ({ delegation, digest: '' })
  expect(proposedBy(state('jp', { sponsors: [sponsor('eu')] }), delegations)).toBe('Proposed by Japan and EU')
  expect(proposedBy(state('ls', { needsState: true }), delegations)).toBe('Proposed by La Strada (needs a State)')
  expect(proposedBy(state('ls', { takenUpBy: 'jp', sponsors: [sponsor('jp')] }), delegations)).toBe('Proposed by La Strada; taken up by Japan')
  expect(proposedBy(state('jp', { asRecorded: true }), delegations)).toBe('Proposed by Japan (as recorded)')
  expect(proposedBy(state('office'), delegations)).toBe('Proposed by the Chair')
})

test('OW12 as text: the title, then each with its number, sponsors, status and wording', () => {
  expect(amendmentListText(source([state('eu', { status: 'bracketed' })]), { filter: 'open' })).toBe('Amendments to the draft “Lamps”\n\n1.  Proposed by EU [in brackets]\n\n    Delete operative paragraph 2.\n')
  expect(amendmentListText(source([]), { filter: 'decided' })).toBe('Amendments to the draft “Lamps”\n\nNo amendment has been decided.\n')
})
