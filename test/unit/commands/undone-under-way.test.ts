import * as Y from 'yjs'
import { expect, it } from 'vitest'
import { checkUpdate } from '../../../server/sync/gate/index.ts'
import { addHunk, beginAmendment, insertionAnchor, proposalText } from '../../../shared/model/amendments.ts'
import { defineSide, newDoc } from '../../../shared/model/layout.ts'
import { placeIn } from '../../../shared/model/operations.ts'
import { readDraft } from '../../../shared/model/reader.ts'
import { sideRoomOf } from '../../../shared/wire/protocol.ts'
import { unitAt } from './support.ts'
import { Bench, brazil, chair, japan } from './negotiation-bench.ts'

it('DE29 what was written on a proposal that stood in the text is let in when the decision is undone meanwhile', async () => {
  const bench = await Bench.open()
  const target = unitAt(readDraft(bench.shared), 'OP1').id
  await bench.room(sideRoomOf(bench.draft, 'br'))
  const proposed = beginAmendment(bench.side('br'), { kind: 'replace', target })
  proposalText(bench.side('br'), proposed)!.insert(0, 'Requests a report each year;')
  await bench.done(brazil, { command: 'put-forward', ...bench.prepared('br', proposed) })
  const { decision } = await bench.done(chair, { command: 'incorporate', ...bench.stands(proposed) })

  const side = defineSide(newDoc())
  side.clientID = 2 ** 33 + 1
  const updates: Uint8Array[] = []
  side.on('update', (update: Uint8Array) => void updates.push(update))
  const anchor = insertionAnchor(bench.shared, placeIn(unitAt(readDraft(bench.shared), 'OP1'), 8)!)!
  side.transact(() => addHunk(side, beginAmendment(side, { kind: 'modify', target: proposed }), anchor, ' and invites'))

  await bench.done(chair, { command: 'undo-decision', decision: decision ?? bench.state(proposed).decision!.id! })
  const facts = { kind: 'side', delegation: 'jp', stage: 'negotiation', anyClosedUnit: false, unitFacts: () => ({ locked: false, agreed: false }), shared: bench.shared } as const
  const verdict = checkUpdate(defineSide(newDoc()), Y.mergeUpdates(updates), { hat: japan.hat, owns: () => true }, facts)
  expect(verdict).toMatchObject({ ok: true })
})
