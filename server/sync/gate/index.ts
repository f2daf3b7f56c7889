/**
 * The gate: decides on every update before it is applied, as a pure function of (document, update, actor, facts). It
 * reads the store as it lies: Yjs' own look-ups would split items and create types. What passes leaves nothing pending.
 */
import type * as Y from 'yjs'
import { Refusal } from '../../../shared/wire/errors.ts'
import type { ErrorCode } from '../../../shared/wire/errors.ts'
import { contextOf, placeOf } from './context.ts'
import type { Context } from './context.ts'
import { decode } from './decode.ts'
import { admitDeletes } from './deletes.ts'
import { admitEntry } from './entries.ts'
import { homeOf } from './homes.ts'
import { newsOf } from './known.ts'
import { inOrder } from './order.ts'
import { permit } from './permits.ts'
import type { Actor, Decoded, GateFacts, Struct, Verdict } from './types.ts'
import { checkWhole } from './whole.ts'
import { admitWords } from './words.ts'
import { writeUpdate } from './write.ts'

export { checkAwareness } from './awareness.ts'
export type { AwarenessVerdict } from './awareness.ts'
export type { Actor, GateFacts, Verdict } from './types.ts'

/**
 * Whether `update` (first encoding) may be applied to `doc`, which must not collect garbage and must define its roots.
 * Never throws, never changes the document. `malformed` is the code for bytes that are no update; `server-fault` would
 * be an error of ours.
 */
export function checkUpdate(doc: Y.Doc, update: Uint8Array, actor: Actor, facts: GateFacts): Verdict {
  let decoded: Decoded
  try {
    decoded = decode(update)
  } catch (error) {
    return { ok: false, code: codeOf(error, 'malformed') }
  }
  try {
    return judge(doc, update, decoded, actor, facts)
  } catch (error) {
    return { ok: false, code: codeOf(error, 'server-fault') }
  }
}

const codeOf = (error: unknown, otherwise: ErrorCode): ErrorCode => (error instanceof Refusal ? error.code : otherwise)

function judge(doc: Y.Doc, update: Uint8Array, decoded: Decoded, actor: Actor, facts: GateFacts): Verdict {
  const { fresh, known } = newsOf(doc, decoded, actor)
  const context = contextOf(doc, actor, facts, fresh)
  for (const struct of inOrder(doc, fresh)) admit(context, struct)
  const deletes = admitDeletes(context, decoded)
  checkWhole(context)
  const whole = !known && !deletes.known
  return {
    ok: true,
    update: whole ? update : writeUpdate(update, fresh, deletes.news),
    writers: [...fresh.keys()],
    news: fresh.size > 0 || deletes.news.size > 0,
  }
}

function admit(context: Context, struct: Struct): void {
  // What its writer has collected as garbage stood nowhere that is known; it is a write all the same.
  if (struct.item === null) return permit(context, context.facts.kind === 'side' ? 'write-side' : 'write-base')
  const home = homeOf(context, struct.item)
  context.homes.set(struct, home)
  const place = placeOf(context, home.holder)
  if (place.name === 'closed') throw new Refusal(context.facts.stage === 'frozen' ? 'frozen' : place.code)
  if (place.name === 'base' || place.name === 'words') admitWords(context, struct, home, place)
  else admitEntry(context, struct, home, place)
}
