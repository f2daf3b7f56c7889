/** `draft` or `draft/side/delegation`, as shared/wire/protocol names rooms. */
import { isId } from './context.ts'

/** The draft a room belongs to, or null for what is no room's name. */
export function draftOfRoom(room: string): string | null {
  const [draft, side, delegation, ...rest] = room.split('/')
  if (!isId(draft) || rest.length > 0) return null
  if (side === undefined) return draft
  return side === 'side' && isId(delegation) ? draft : null
}
