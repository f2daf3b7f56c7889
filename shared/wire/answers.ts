/** What the server tells of a draft's people and its record. */
import type { Level, Role } from '../policy/types.ts'
import type { JsonValue } from './json.ts'

export interface MemberEntry {
  readonly hatId: string
  readonly delegation: string
  readonly role: Role
  readonly level: Level
  /** Of one who speaks for a group: the member whose person they are. */
  readonly of?: string
  /** Null for people of other delegations, unless the asker is at the chair's table. */
  readonly name: string | null
}

export interface InviteEntry {
  readonly id: string
  readonly delegation: string
  readonly role: Role
  readonly level: Level
  readonly expiresAtMs: number
  readonly usesLeft: number
}

/**
 * An entry that the asker may not read is its number, time and digests, so that the chain is whole; its kind is `confidential`.
 * Of every entry there is what computes its digest again (shared/record/chain.ts): `who`, or `content` where it is not told.
 */
export interface RecordEntry {
  readonly seq: number
  readonly atMs: number
  readonly kind: string
  /** {hat, hatId, stage, body} for what was commanded in a draft; null where the asker may not read it. */
  readonly body: JsonValue
  readonly digest: string
  readonly who: string | null
  readonly content: string | null
  /** Null where the asker sees the delegation alone. */
  readonly actor: string | null
  readonly actorName: string | null
}
