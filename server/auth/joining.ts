/** What opening a link does: signs somebody in, opens the server for its first chair, or gives a hat in a draft. */
import type { InviteRow, RecordRow, Store, Write } from '../store/store.ts'
import type { Hat, Role } from '../../shared/policy/types.ts'
import { Refusal } from '../../shared/wire/errors.ts'
import type { JsonValue } from '../../shared/wire/json.ts'
import { limits } from '../../shared/wire/limits.ts'
import { hatOf, sameHat } from './hats.ts'
import { firstPersonSetting, isUsable, knownInvite } from './invites.ts'
import { newId } from './secrets.ts'
import { makeSession, type Session } from './sessions.ts'

export interface LinkUse {
  readonly id: string
  readonly secret: string
  /** How the person wishes to be called; asked for when a new person is to be made. */
  readonly name: string | null
  readonly session: Session | null
}

export type LinkResult =
  | { readonly needsName: true; readonly draftTitle: string | null; readonly delegationName: string | null; readonly role: Role }
  | {
    readonly needsName: false
    readonly draft: string | null
    readonly hatId: string | null
    /** Of a new session, for the cookie; null when the present one goes on. */
    readonly secret: string | null
    readonly record: RecordRow | null
  }

/** Throws a Refusal: `link-unknown`, or `link-expired` for one that is used up, revoked or too old. */
export async function useLink(store: Store, nowMs: number, use: LinkUse): Promise<LinkResult> {
  const invite = await knownInvite(store, use.id, use.secret)
  if (invite.person !== null) return signIn(store, nowMs, invite, invite.person, use.session)
  if (invite.draft === null) return openServer(store, nowMs, invite, use)
  return join(store, nowMs, invite, invite.draft, use)
}

const signedIn = (draft: string | null, hatId: string | null, secret: string | null, record: RecordRow | null = null): LinkResult =>
  ({ needsName: false, draft, hatId, secret, record })

async function signIn(store: Store, nowMs: number, invite: InviteRow, person: string, session: Session | null): Promise<LinkResult> {
  // Opening one's own link a second time, in the browser that it signed in, takes nothing and gives nothing.
  if (session?.person.id === person) return signedIn(invite.draft, null, null)
  const made = makeSession(nowMs, person)
  const dropped: Write[] = session ? [{ drop: 'session', secretHash: session.secretHash }] : []
  await writeUse(store, nowMs, invite, [made.write, ...dropped])
  return signedIn(invite.draft, null, made.secret)
}

async function openServer(store: Store, nowMs: number, invite: InviteRow, use: LinkUse): Promise<LinkResult> {
  if (use.session?.person.canCreate) return signedIn(null, null, null)
  if (!isUsable(invite, nowMs)) throw new Refusal('link-expired')
  const who = personFor(nowMs, use)
  if (!who) return { needsName: true, draftTitle: null, delegationName: null, role: 'chair' }
  await writeUse(store, nowMs, invite, [
    ...who.writes,
    { put: 'person', row: { id: who.id, name: who.name, canCreate: true } },
    { put: 'setting', row: { key: firstPersonSetting, value: who.id } },
  ])
  return signedIn(null, null, who.secret)
}

async function join(store: Store, nowMs: number, invite: InviteRow, draft: string, use: LinkUse): Promise<LinkResult> {
  const hat = hatOf(invite.hat)
  if (!hat) throw new Refusal('link-unknown')
  const worn = await wornHat(store, draft, hat, use.session)
  if (worn !== null) return signedIn(draft, worn, null)
  if (!isUsable(invite, nowMs)) throw new Refusal('link-expired')
  const who = personFor(nowMs, use)
  if (!who) return namelessAnswer(store, draft, hat)
  const hatId = newId()
  const writes: Write[] = [
    { use: 'invite', id: invite.id, atMs: nowMs },
    ...who.writes,
    { put: 'hat', row: { id: hatId, draft, person: who.id, hat: { ...hat }, revokedAtMs: null } },
  ]
  const stage = (await store.draft(draft))?.stage ?? null
  // In the shape of every other entry: who, in what capacity, at what stage, and what.
  const record = await appendJoin(store, draft, who.id, { hat: { ...hat }, hatId, stage, body: { invite: invite.id } }, writes)
  return signedIn(draft, hatId, who.secret, record)
}

/** The same capacity twice would only clutter the list of hats. */
async function wornHat(store: Store, draft: string, hat: Hat, session: Session | null): Promise<string | null> {
  const own = session ? await store.hatsOf(session.person.id) : []
  const worn = own.find((row) => {
    const other = hatOf(row.hat)
    return row.draft === draft && row.revokedAtMs === null && other !== null && sameHat(hat, other)
  })
  return worn?.id ?? null
}

async function namelessAnswer(store: Store, draft: string, hat: Hat): Promise<LinkResult> {
  const [row, delegations] = await Promise.all([store.draft(draft), store.delegations(draft)])
  const delegation = delegations.find(({ id }) => id === hat.delegation)
  return { needsName: true, draftTitle: row?.title ?? null, delegationName: delegation?.name ?? null, role: hat.role }
}

interface Joiner {
  readonly id: string
  readonly name: string
  readonly secret: string | null
  readonly writes: readonly Write[]
}

/** The person of the session, or a new one with a new session; null when a name must be asked for. */
function personFor(nowMs: number, { session, name }: LinkUse): Joiner | null {
  if (session) return { id: session.person.id, name: session.person.name, secret: null, writes: [] }
  if (name === null) return null
  const id = newId()
  const made = makeSession(nowMs, id)
  return { id, name, secret: made.secret, writes: [{ put: 'person', row: { id, name, canCreate: false } }, made.write] }
}

async function writeUse(store: Store, nowMs: number, invite: InviteRow, writes: readonly Write[]): Promise<void> {
  if (!await store.write([{ use: 'invite', id: invite.id, atMs: nowMs }, ...writes])) throw new Refusal('link-expired')
}

/** Membership is on the record. It changes no document, so it adds no entry to the log and disturbs no open room. */
async function appendJoin(store: Store, draft: string, actor: string, body: JsonValue, writes: readonly Write[]): Promise<RecordRow | null> {
  let expectedSeq = 0
  for (let tries = 0; tries < limits.joinTriesMax; tries++) {
    const result = await store.append({ document: draft, expectedSeq, entries: [], record: { draft, actor, kind: 'join', body }, writes })
    if (result.ok) return result.record
    if (result.why !== 'moved') throw new Refusal('link-expired')
    expectedSeq = result.seq
  }
  throw new Refusal('store-failed')
}
