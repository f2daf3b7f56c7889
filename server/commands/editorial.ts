/** An editorial correction: a legal officer's own wording, put forward and incorporated as one decision. */
import { readAmendmentState } from '../../shared/model/state.ts'
import type { Command } from '../../shared/wire/commands.ts'
import { allowPrepared, newLineage } from './context.ts'
import type { Handler } from './context.ts'
import { incorporate } from './decisions.ts'
import { putForward } from './proposals.ts'

type Of<N extends Command['command']> = Extract<Command, { command: N }>

/** Its card, its revision and its record are those of any other amendment; nothing of it is hidden. */
export const correctEditorially: Handler<Of<'correct-editorially'>> = (context) => {
  const { command } = context
  const { amendment } = allowPrepared(context, 'correct-editorially', command.amendment, command.digest)
  const put = putForward({ ...context, command: { ...command, command: 'put-forward' } })
  const { digest } = readAmendmentState(context.doc, amendment.id)!
  const done = incorporate({ ...context, command: { command: 'incorporate', amendment: amendment.id, digest } })
  return {
    result: put.result,
    record: { put: put.record, incorporated: done.record, amendment: amendment.id, digest },
    lineage: { runs: [...(put.lineage ?? newLineage()).runs, ...(done.lineage ?? newLineage()).runs] },
  }
}
