/**
 * Changes that a file proposes, and what it remarks, put into the side document of whoever brings it, in one transaction of that document's
 * log: the same as typing there comes to. It changes nothing that others may see, so it is not recorded.
 */
import type * as Y from 'yjs'
import { readAmendments } from '../../shared/model/amendments.ts'
import { readStage } from '../../shared/model/state.ts'
import { applyReply } from '../../shared/convert/docx/apply-reply.ts'
import { changesAt } from '../../shared/convert/docx/placed.ts'
import type { ReplyChange } from '../../shared/convert/docx/reply.ts'
import { digestOfText } from '../../shared/lifecycle/digests.ts'
import { ownAmendments } from '../../shared/text/edit.ts'
import type { Command } from '../../shared/wire/commands.ts'
import { Refusal } from '../../shared/wire/errors.ts'
import { limits } from '../../shared/wire/limits.ts'
import { allow } from './context.ts'
import type { Handler } from './context.ts'
import { raise } from './threads.ts'

export const prepare: Handler<Extract<Command, { command: 'prepare' }>> = (context) => {
  const { command: { digest, changes, remarks = [] }, doc: shared, home: side, view, speaker } = context
  allow(context, 'prepare', { delegation: speaker.hat.delegation })
  if (digestOfText(view, readStage(shared).language) !== digest) throw new Refusal('changed')
  const read = changesAt(view, changes)
  requireRoom(shared, side, read)
  applyReply({ shared, side, view }, read)
  return { result: {}, record: null, writes: raise(context, view, remarks, true) }
}

/** What is prepared already is gone on with, as typing there would, which costs as much as there is. Each edit is a hunk and a cut at most. */
function requireRoom(shared: Y.Doc, side: Y.Doc, changes: readonly ReplyChange[]): void {
  const own = ownAmendments(side, shared)
  const parts = new Map(readAmendments(side).map(({ id, hunks, cuts }) => [id, hunks.length + cuts.length]))
  const on = new Map<string, number>()
  let steps = 0
  for (const change of changes) {
    if (change.kind !== 'words') continue
    const known = on.get(change.unit) ?? parts.get(own.get(change.unit) ?? '') ?? 0
    const count = known + 2 * change.edits.length
    steps += known * change.edits.length
    if (count > limits.amendmentPartsMax || steps > limits.preparedStepsMax) throw new Refusal('too-many-parts')
    on.set(change.unit, count)
  }
}
