import { expect, test } from 'vitest'
import { readAmendments } from '../../../shared/model/amendments.ts'
import { insertNote } from '../../../shared/model/operations.ts'
import { readAmendmentState } from '../../../shared/model/state.ts'
import { scanText } from '../../../shared/model/texts.ts'
import { standingOf } from '../../../shared/model/grounds.ts'
import { readPublished } from '../../../shared/model/decisions.ts'
import { rollingText } from '../../../shared/text/notation.ts'
import { read } from '../model/support.ts'
import { Floor } from './support.ts'

test('KI17 the rolling text writes every kind in its place, and the legend explains each', () => {
  const eu = new Floor('pp Recalling A,\nop Urges all States to act;\nop Requests a report;\n  sub every year;\nop Decides to meet.')
  insertNote(eu.shared, eu.unit('Requests'), 8, 'See B.')
  const japan = eu.beside(6)
  const by = { proposer: 'jp' }
  const urges = eu.unit('Urges')
  const reserve = eu.begin({ kind: 'bracket', target: urges.id, verb: 'reserve' })
  eu.cut(reserve, urges, 'all States to').put(reserve)
  const base = eu.begin({ kind: 'bracket', target: urges.id, verb: 'bracket' })
  eu.decide(eu.cut(base, urges, 'States').put(base))
  japan.put(japan.begin({ kind: 'split', target: urges.id, at: japan.behind(urges, 'all ') }), by)
  japan.put(japan.begin({ kind: 'note', target: urges.id, at: japan.behind(urges, 'act') }, 'See C.'), by)
  japan.put(japan.begin({ kind: 'join', target: urges.id, with: eu.unit('Requests').id }), by)
  japan.put(japan.begin({ kind: 'move', target: eu.unit('every').id, parent: '', after: urges.id }), by)
  eu.put(eu.begin({ kind: 'placeholder', target: eu.unit('Decides').id, unitKind: 'op', inside: false }, 'finance'), by)
  eu.put(eu.begin({ kind: 'placeholder', target: eu.unit('Decides').id, unitKind: 'op', inside: false }), by)
  const outer = eu.put(eu.begin({ kind: 'insert', target: eu.unit('Recalling').id, unitKind: 'pp', inside: false }, 'Noting all B,'))
  const inner = japan.begin({ kind: 'modify', target: outer })
  japan.hunk(inner, japan.within(outer, 'B'), ' and C')
  japan.cut(inner, standingOf(eu.shared, read(eu.shared), readPublished(japan.side, inner)!, scanText).on[0]!.unit, 'all ').put(inner, by)
  const note = eu.unit('Requests').notes[0]!
  const words = japan.begin({ kind: 'modify', target: note.id })
  japan.cut(words, standingOf(eu.shared, read(eu.shared), readPublished(japan.side, words)!, scanText).on[0]!.unit, 'B').put(words, by)
  const gone = eu.begin({ kind: 'placeholder', target: urges.id, unitKind: 'op', inside: true })
  eu.decide(eu.put(gone))
  const text = rollingText({
    doc: eu.shared, view: read(eu.shared), title: 'Lamps', language: 'en',
    delegations: [{ id: 'eu', name: 'EU', kind: 'group' }, { id: 'jp', name: 'Japan', kind: 'state' }],
    amendments: readAmendments(eu.shared).map((amendment) => ({ amendment, state: readAmendmentState(eu.shared, amendment.id)! })),
    unitState: () => ({ locked: false, agreed: null }), scans: scanText,
  })
  const lines = text.split('\n').filter((line) => line !== '')
  const legend = lines.slice(2, lines.findIndex((line) => line.startsWith('Recalling')))
  for (const word of ['reserve', 'split', 'join with', 'move after', 'note:', 'placeholder', 'not agreed']) expect(legend.join(' ')).toContain(word)
  expect(lines.slice(2 + legend.length)).toEqual([
    'Recalling A,',
    'PP1 bis [Noting [all  - Japan: delete]B[ and C - Japan], - EU]',
    '1. Urges [all [¶ - Japan: split][States] to - EU: reserve] act[note: See C. - Japan]; [Japan: join with OP2]',
    '   (a) [placeholder - text to come from EU]',
    '[OP2(a): here - Japan]',
    '2. Requests[^1] a report;',
    '   (a) [every year; - Japan: move after OP1]',
    '3. Decides to meet.',
    'OP3 bis [placeholder: finance - text to come from Japan]',
    'OP3 ter [placeholder - text to come from Japan]',
    '[^1] See [B - Japan: delete].',
  ])
})
