/** Invitation and sign-in links: the id and the secret together are the capability; bounded, counted and revocable. */
import type { InviteRow, Store, Write } from '../store/store.ts'
import type { Hat } from '../../shared/policy/types.ts'
import { Refusal } from '../../shared/wire/errors.ts'
import { limits } from '../../shared/wire/limits.ts'
import { hashOf, isSecretOf, newId, newSecret } from './secrets.ts'

export interface InviteOrder {
  /** Null for a link that opens the server and not a draft. */
  readonly draft: string | null
  /** What joining gives; null signs in. */
  readonly hat: Hat | null
  /** Signs in this person, who exists. */
  readonly person?: string
  /** A person's id, or `server`. */
  readonly createdBy: string
  readonly days: number
  readonly uses: number
}

export interface MadeInvite {
  readonly write: Write
  /** The path to open, with the secret in its fragment, which browsers do not send. Shown once. */
  readonly link: string
  readonly invite: string
}

/** Pure but for its randomness: the caller keeps `write` in its own transaction. */
export function makeInvite(nowMs: number, order: InviteOrder): MadeInvite {
  const id = newId()
  const secret = newSecret()
  const row: InviteRow = {
    id,
    secretHash: hashOf(secret),
    draft: order.draft,
    hat: order.hat && { role: order.hat.role, delegation: order.hat.delegation, kind: order.hat.kind, level: order.hat.level },
    person: order.person ?? null,
    createdBy: order.createdBy,
    expiresAtMs: nowMs + order.days * 24 * 60 * 60 * 1000,
    usesLeft: order.uses,
    revokedAtMs: null,
  }
  return { write: { put: 'invite', row }, link: `/join/${id}#${secret}`, invite: id }
}

/** Throws `link-unknown` for a wrong id or secret alike, so that trying ids teaches nothing. */
export async function knownInvite(store: Store, id: string, secret: string): Promise<InviteRow> {
  const invite = await store.invite(id)
  if (!invite || !isSecretOf(secret, invite.secretHash)) throw new Refusal('link-unknown')
  return invite
}

export function isUsable(invite: InviteRow, nowMs: number): boolean {
  return invite.revokedAtMs === null && invite.usesLeft > 0 && invite.expiresAtMs > nowMs
}

const firstLinkSetting = 'first-link'
/** Who opened the server: there once the first link was used. */
export const firstPersonSetting = 'first-person'

/** A new link for the first chair, the earlier one revoked; null when there is somebody already. */
export async function firstLink(store: Store, nowMs: number): Promise<string | null> {
  if (await store.setting(firstPersonSetting)) return null
  const earlier = await store.setting(firstLinkSetting)
  const made = makeInvite(nowMs, { draft: null, hat: null, createdBy: 'server', days: limits.firstLinkHours / 24, uses: 1 })
  await store.write([
    ...(earlier ? [{ drop: 'invite', id: earlier, atMs: nowMs } as const] : []),
    made.write,
    { put: 'setting', row: { key: firstLinkSetting, value: made.invite } },
  ])
  return made.link
}

/** A link that signs in one person, once. */
export async function signInLink(store: Store, person: string, nowMs: number): Promise<string> {
  const made = makeInvite(nowMs, { draft: null, hat: null, person, createdBy: 'server', days: limits.firstLinkHours / 24, uses: 1 })
  await store.write([made.write])
  return made.link
}
