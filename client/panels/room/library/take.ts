/** Taking paragraphs of a source into the draft: where they go, and why they cannot. */
import { piecesOf } from '../../../../shared/text/paragraphs.ts'
import type { SourceParagraph } from '../../../../shared/text/paragraphs.ts'
import type { EditorHandle } from '../../../editor/host.ts'
import { message } from '../../../messages/index.ts'
import { factsOnRoom, judge } from '../../../room/facts.ts'
import { sayTaken } from '../../../room/library.ts'
import type { RoomSession } from '../../../room/session.ts'
import { unitName } from '../Card.tsx'

/** The paragraph that they are to follow: the one with the caret, or the last. */
const unitBefore = (session: RoomSession) => {
  const { units, byId } = session.view.value.text
  return byId.get(session.selected.value ?? '') ?? units.at(-1)
}

export function takeAfterName(session: RoomSession): string {
  const unit = unitBefore(session)
  return unit === undefined ? message('take-first') : message('take-after', { unit: unitName(unit) })
}

export function whyNotTake(session: RoomSession): string | null {
  const standing = session.standing.value
  if (session.view.value.draft.stage === 'drafting') return judge(factsOnRoom(standing), 'shape-base').why
  return judge({ ...factsOnRoom(standing), ...session.sideFacts() }, 'write-side').why
}

/** False where nothing was taken, which has then been said. */
export function takePlaces(session: RoomSession, editor: EditorHandle | null, source: number, paragraphs: readonly SourceParagraph[], places: readonly number[]): boolean {
  const pieces = piecesOf(source, paragraphs, places)
  if (editor === null || pieces.values.length === 0 || editor.take(pieces, unitBefore(session)?.id) !== null) return false
  sayTaken(session, pieces.taken.length)
  return true
}
