/** One submission against a document: checked, and applied where it may be. */
import type { Logger } from 'pino'
import type * as Y from 'yjs'
import type { ErrorCode } from '../../shared/wire/errors.ts'
import type { DocumentId } from '../store/store.ts'
import type { Gate } from './admission.ts'
import type { Apply } from './apply-together.ts'
import type { Admitted, Submission } from './jobs.ts'
import type { Leases } from './leases.ts'
import { isWhole } from './loading.ts'

export interface JudgeDeps<Facts> extends Gate<Facts> {
  readonly log: Logger
  readonly document: DocumentId
  readonly leases: Leases
}

/** `error`: the document cannot be trusted any more. Whoever sent what did that has been refused. */
export type Judged = { readonly admitted: Admitted } | { readonly code: ErrorCode } | { readonly error: unknown }

export function judge<Facts>({ check, facts: factsOf, log, document, leases }: JudgeDeps<Facts>, doc: Y.Doc, { from, number, update, hints }: Submission, apply: Apply): Judged {
  const { facts, alsoExpect } = factsOf(doc)
  const actor = { hat: from.speaker.hat, owns: (clientId: number) => leases.owns(from.speaker, clientId) }
  let verdict
  try {
    verdict = check(doc, update, actor, facts)
  } catch (error) {
    log.error({ error, document }, 'the gate failed on an update, which is refused')
    return { code: 'malformed' }
  }
  if (!verdict.ok) return { code: verdict.code }
  try {
    const changed = apply(verdict.update, verdict.writers)
    if (!isWhole(doc)) throw new Error('An update that was let in refers to what is not there')
    // Field by field: V8 spreads an object into another shape so slowly that it was a fifteenth of a busy room's work.
    return { admitted: { from, number, update, hints, changed, lineage: null, alsoExpect } }
  } catch (error) {
    // Refused first: sent again, it would bring down the next room as well.
    from.refuse(number, 'malformed')
    return { error }
  }
}
