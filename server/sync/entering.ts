/** Who may be in which room of a draft. */
import type * as Y from 'yjs'
import { readCircle } from '../../shared/model/circles.ts'
import { refusalOf } from '../../shared/policy/index.ts'
import type { Facts } from '../../shared/policy/types.ts'
import type { Speaker } from './service.ts'

export const draftOf = (document: string): string => document.split('/')[0]!

/** The delegation or circle whose side document this is, or null for the shared one. */
export const sideOf = (document: string): string | null => /^[^/]+\/side\/([^/]+)$/.exec(document)?.[1] ?? null

/** What the policy is told of a side document: a circle's where there is one of that id, else a delegation's. */
export function sideFacts(shared: Y.Doc, side: string): Pick<Facts, 'delegation' | 'circle'> {
  const circle = readCircle(shared, side)
  return circle === null ? { delegation: side } : { circle: { members: circle.members, open: circle.open } }
}

/** Who may be in a shared document, whatever it says. One that is no room's is nobody's. */
export const mayRead = (document: string, { hat }: Speaker): boolean => !document.includes('/') && refusalOf({ hat, stage: 'drafting' }, 'read') === null

/** `shared` is the draft's shared document as it now is. */
export function mayEnter(shared: Y.Doc, document: string, speaker: Speaker): boolean {
  const side = sideOf(document)
  if (side === null) return mayRead(document, speaker)
  return refusalOf({ hat: speaker.hat, stage: 'drafting', ...sideFacts(shared, side) }, 'read') === null
}
