/** What one person may see of a draft's people: of other delegations the delegation, not the person. */
import { hatOf } from '../auth/hats.ts'
import { isUsable } from '../auth/invites.ts'
import type { HatRow, InviteRow, PersonRow, RecordRow } from '../store/store.ts'
import { audienceOf, mayRead } from '../../shared/record/audience.ts'
import { contentDigest, whoDigest } from '../../shared/record/chain.ts'
import type { StandEntry } from '../../shared/record/entries.ts'
import { refusalOf } from '../../shared/policy/index.ts'
import type { Hat, Stage } from '../../shared/policy/types.ts'
import type { InviteEntry, MemberEntry, RecordEntry } from '../../shared/wire/answers.ts'

/** The chair's table invites and revokes, so it has to know whom. */
const atChairsTable = ({ role }: Hat): boolean => role === 'chair' || role === 'facilitator' || role === 'secretary'

const seesPeopleOf = (asker: Hat, delegation: string): boolean => atChairsTable(asker) || asker.delegation === delegation

/** Persons by id, with the delegation for which they did something. */
export function namesSeenBy(asker: Hat, persons: readonly PersonRow[]): (person: string, delegation: string) => string | null {
  const names = new Map(persons.map(({ id, name }) => [id, name]))
  return (person, delegation) => (seesPeopleOf(asker, delegation) ? (names.get(person) ?? null) : null)
}

/** Those whose hat stands. */
export function membersSeenBy(asker: Hat, hats: readonly HatRow[], persons: readonly PersonRow[]): readonly MemberEntry[] {
  const names = new Map(persons.map(({ id, name }) => [id, name]))
  return hats.flatMap((row) => {
    const hat = hatOf(row.hat)
    if (!hat || row.revokedAtMs !== null) return []
    const { delegation, role, level, of } = hat
    const name = seesPeopleOf(asker, delegation) ? (names.get(row.person) ?? null) : null
    return [{ hatId: row.id, delegation, role, level, ...(of === undefined ? {} : { of }), name }]
  })
}

/** The links that still work and that the asker may revoke. Never with a secret, nor its hash. */
export function invitesSeenBy(asker: Hat, stage: Stage, invites: readonly InviteRow[], nowMs: number): readonly InviteEntry[] {
  return invites.flatMap((row) => {
    const hat = hatOf(row.hat)
    if (!hat || !isUsable(row, nowMs)) return []
    const { delegation, role, level } = hat
    if (refusalOf({ hat: asker, stage, delegation }, 'revoke') !== null) return []
    return [{ id: row.id, delegation, role, level, expiresAtMs: row.expiresAtMs, usesLeft: row.usesLeft }]
  })
}

/** Somebody is named only when every capacity of theirs in the draft is one whose people the asker sees. */
export function recordSeenBy(
  asker: Hat, rows: readonly RecordRow[], hats: readonly HatRow[], persons: readonly PersonRow[], positionsOpen: boolean,
): readonly RecordEntry[] {
  const names = new Map(persons.map(({ id, name }) => [id, name]))
  const hidden = new Set(hats.flatMap((row) => {
    const hat = hatOf(row.hat)
    return hat && seesPeopleOf(asker, hat.delegation) ? [] : [row.person]
  }))
  const whoOf = new Map([...new Set(rows.map(({ actor }) => actor))].map((actor) => [actor, whoDigest(actor)]))
  return rows.map(({ seq, atMs, kind, body, digest, actor }) => {
    const who = whoOf.get(actor)!
    if (!mayRead(asker, audienceOf(body), positionsOpen)) {
      return { seq, atMs, kind: 'confidential', body: null, digest, who: null, content: contentDigest(who, kind, body), actor: null, actorName: null }
    }
    const seen = !hidden.has(actor)
    return { seq, atMs, kind, body, digest, who, content: null, actor: seen ? actor : null, actorName: seen ? (names.get(actor) ?? null) : null }
  })
}

export const standsSeenBy = (asker: Hat, entries: readonly StandEntry[], afterSeq: number, positionsOpen: boolean): readonly StandEntry[] =>
  entries.filter((entry) => entry.seq > afterSeq && mayRead(asker, entry.audience, positionsOpen))
