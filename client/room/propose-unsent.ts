/** Words that the server did not take, as one's own amendment of the text that stands: where they were, or where the caret is. */
import { placeAmendment } from '../../shared/model/amendments.ts'
import { readPublished } from '../../shared/model/decisions.ts'
import { scanText } from '../../shared/model/texts.ts'
import type { DraftView } from '../../shared/model/units.ts'
import { compile } from '../../shared/text/compile.ts'
import type { Run } from '../../shared/text/compile.ts'
import { editAmendment, ownAmendment } from '../../shared/text/edit.ts'
import { sentenceOf } from '../../shared/wire/errors.ts'
import { message } from '../messages/index.ts'
import { factsOnRoom, judge } from './facts.ts'
import { whyForReading } from './link.ts'
import type { UnsentWords } from './link.ts'
import type { RoomSession } from './session.ts'
import { spotOf, type Spot } from './unsent-place.ts'

export type Proposing = Pick<RoomSession, 'shared' | 'side' | 'origin' | 'view' | 'standing' | 'sideFacts' | 'selected' | 'status' | 'ready' | 'writable' | 'closing'>

/** Why nothing can be proposed here and now; null when it can. */
export function whyNotPropose(session: Proposing): string | null {
  const { standing, side, status, ready, writable, closing } = session
  if (status.value.phase === 'ended') return sentenceOf(status.value.code ?? 'hat-revoked')
  if (!ready.value || closing.value) return sentenceOf('closing')
  if (!writable.value) return sentenceOf(whyForReading(status.value))
  if (standing.value.view.draft.stage === 'drafting') return sentenceOf('wrong-stage')
  if (side === null) return sentenceOf('only-drafters')
  return judge({ ...factsOnRoom(standing.value), ...session.sideFacts() }, 'write-side').why
}

/** Null when done; else why not, in a sentence. What was struck out is struck in the amendment, other words are put in. */
export function proposeUnsent(session: Proposing, one: UnsentWords): string | null {
  const { shared, side, origin, view, selected } = session
  const refused = whyNotPropose(session)
  if (refused !== null || side === null) return refused
  const spot = spotOf(shared, view.value.text, one) ?? (one.struck === true ? null : endOfSelected(view.value.text, selected.value))
  if (spot === null) return message('unsent-no-place')
  const { ground, at } = spot
  const known = ownAmendment(side, shared, ground.id)
  const own = known === null ? null : placeAmendment(shared, ground, readPublished(side, known)!, scanText)
  const runs = compile(ground.atoms, own === null ? [] : [own])
  const from = shownAt(runs, at)
  const edit = one.struck === true ? { from, to: shownAt(runs, at + one.words.length), words: '' } : { from, to: from, words: one.words }
  editAmendment({ shared, side, unit: ground, runs, own }, edit, origin)
  selected.value = view.value.text.byId.has(ground.id) ? ground.id : selected.value
  return null
}

function endOfSelected(view: DraftView, selected: string | null): Spot | null {
  const ground = view.byId.get(selected ?? '')
  return ground === undefined ? null : { unit: ground, ground, at: ground.atoms.length }
}

/** An offset of the base in the text as it is shown. */
function shownAt(runs: readonly Run[], at: number): number {
  let start = 0
  for (const run of runs) {
    if (run.kind === 'base' && at <= run.from + run.words.length) return start + Math.max(0, at - run.from)
    start += run.words.length
  }
  return start
}
