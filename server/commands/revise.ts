/**
 * Taking a published wording back into a side document, to prepare the next revision of it there: a delegation corrects
 * what was recorded for it, sponsors revise what they sponsor, and what was withdrawn or not reflected is taken up again
 * under an id of its own. It changes nothing that others may see, so it is logged in the side document and not recorded.
 */
import type * as Y from 'yjs'
import { isEmpty, readAmendments } from '../../shared/model/amendments.ts'
import type { AmendmentView } from '../../shared/model/amendments.ts'
import { readPublished } from '../../shared/model/decisions.ts'
import { nextId } from '../../shared/model/layout.ts'
import { copyToSide, readRevisions } from '../../shared/model/revise.ts'
import { readAmendmentState } from '../../shared/model/state.ts'
import { digestOfAmendment } from '../../shared/lifecycle/digests.ts'
import type { Command } from '../../shared/wire/commands.ts'
import { circleFacts, circleOf } from './circles.ts'
import { allow, amendmentFacts, newLineage, published } from './context.ts'
import type { Context, Handler, Outcome } from './context.ts'

export const revise: Handler<Extract<Command, { command: 'revise' }>> = (context) => {
  const { command, doc, home: side, draft } = context
  const circle = circleOf(context, command.circle)
  const { amendment, state } = published(context, command.amendment, command.digest)
  const facts = amendmentFacts(context, amendment.id, state)
  allow(context, 'revise', { amendment: facts, ...(circle === null ? {} : { circle: circleFacts(circle) }) })
  if (facts.status !== 'open') return takeUpAgain(context, amendment)
  const copy = readPublished(side, amendment.id)
  if (copy !== null && !copy.dropped && hasOwnWork(doc, copy)) return { result: { amendment: amendment.id, kept: true }, record: null }
  const lineage = newLineage()
  copyToSide(side, doc, draft, amendment, amendment.id, lineage)
  return { result: { amendment: amendment.id }, record: null, lineage }
}

/** Pressed twice, the copy that nobody has touched or put forward since serves again. */
function takeUpAgain({ doc, home: side, draft }: Context, amendment: AmendmentView): Outcome {
  const digest = digestOfAmendment(amendment)
  const there = readAmendments(side).find((one) => !one.dropped && readAmendmentState(doc, one.id) === null && digestOfAmendment(one) === digest)
  if (there !== undefined) return { result: { amendment: there.id, kept: true }, record: null }
  const lineage = newLineage()
  const id = nextId(side)
  copyToSide(side, doc, draft, amendment, id, lineage)
  return { result: { amendment: id }, record: null, lineage }
}

/** Whether it reads as nothing that was ever put forward. */
const hasOwnWork = (shared: Y.Doc, copy: AmendmentView): boolean =>
  !isEmpty(copy) && !readRevisions(shared, copy.id).some((revision) => revision.digest === digestOfAmendment(copy))

/**
 * After a next revision from elsewhere: a side document's copy of the earlier one, in which nobody has written since, reads
 * as the new one too. Null where there is nothing to do.
 */
export function follow(shared: Y.Doc, draft: string, side: Y.Doc, id: string): Pick<Outcome, 'lineage'> | null {
  const amendment = readPublished(shared, id)
  const copy = readPublished(side, id)
  if (amendment === null || copy === null || copy.dropped || hasOwnWork(shared, copy)) return null
  if (digestOfAmendment(copy) === digestOfAmendment(amendment)) return null
  const lineage = newLineage()
  copyToSide(side, shared, draft, amendment, id, lineage)
  return { lineage }
}
