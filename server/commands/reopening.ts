/** A paragraph that was agreed ad ref is open to proposals and decisions again. */
import { readRequests, stateOfRequest } from '../../shared/model/agreed.ts'
import { readUnitState, stateOfUnit, writeState } from '../../shared/model/state.ts'
import type { Context } from './context.ts'

/** Whoever has asked for it has it. */
export function reopen({ doc, atMs }: Pick<Context, 'doc' | 'atMs'>, unit: string): void {
  writeState(doc, stateOfUnit(unit), { ...readUnitState(doc, unit), agreed: null })
  for (const request of readRequests(doc)) {
    if (request.unit === unit && request.answer === null) writeState(doc, stateOfRequest(request.id), { ...request, answer: { reopened: true, note: '', atMs } })
  }
}
