import { describe, expect, it } from 'vitest'
import { firstLink, isUsable, knownInvite, makeInvite, signInLink } from '../../../server/auth/invites.ts'
import { useLink, type LinkResult } from '../../../server/auth/joining.ts'
import { leaseClientIds, randomClientId } from '../../../server/auth/leases.ts'
import { hashOf, isSecretOf, newId, newSecret } from '../../../server/auth/secrets.ts'
import { cookieOf, makeSession, secretIn, sessionOf } from '../../../server/auth/sessions.ts'
import { speakerOf } from '../../../server/auth/speaker.ts'
import { openMemoryStore } from '../../../server/store/memory.ts'
import type { Speaker } from '../../../server/sync/service.ts'
import { limits } from '../../../shared/wire/limits.ts'
import { chairHat, dayMs, euDrafter, euHead, japanHead, seedDraft, seedPerson, startMs } from '../http/support.ts'

const parts = (link: string) => {
  const [, id, secret] = /^\/join\/([^#]+)#(.+)$/.exec(link)!
  return { id: id!, secret: secret! }
}

const refused = (code: string) => expect.objectContaining({ name: 'Refusal', code })

async function world() {
  const store = openMemoryStore({ clock: () => startMs })
  await seedDraft(store)
  return store
}

const joined = (result: LinkResult) => {
  if (result.needsName) throw new Error('a name was asked for')
  return result
}

describe('secrets and sessions', () => {
  it('AU1 secrets have 256 bits, ids 128, both are safe in a path, and neither repeats', () => {
    const secrets = Array.from({ length: 200 }, newSecret)
    expect(new Set(secrets).size).toBe(200)
    for (const secret of secrets) expect(Buffer.from(secret, 'base64url')).toHaveLength(32)
    expect(newId()).toMatch(/^[A-Za-z0-9_-]{22}$/)
  })

  it('AU1 a secret is known by its hash alone, and no other is', () => {
    const secret = newSecret()
    expect(hashOf(secret)).toMatch(/^[0-9a-f]{64}$/)
    expect(isSecretOf(secret, hashOf(secret))).toBe(true)
    expect(isSecretOf(newSecret(), hashOf(secret))).toBe(false)
    expect(isSecretOf(secret, '')).toBe(false)
  })

  it('AU2 the cookie is HttpOnly, SameSite=Lax, for every path, for 30 days, and Secure behind https', () => {
    expect(cookieOf('s', false)).toBe(`omnibus_session=s; Path=/; HttpOnly; SameSite=Lax; Max-Age=${30 * 24 * 3600}`)
    expect(cookieOf('s', true)).toMatch(/; Secure$/)
    expect(secretIn('a=b; omnibus_session=s; c=d')).toBe('s')
    expect(secretIn('xomnibus_session=s')).toBeNull()
    expect(secretIn(undefined)).toBeNull()
  })

  it('AU2 a session ends after 30 days, and only its hash is stored', async () => {
    const store = await world()
    const made = makeSession(startMs, 'p')
    await store.write([made.write, { put: 'person', row: { id: 'p', name: 'P', canCreate: false } }])
    const cookie = `omnibus_session=${made.secret}`
    expect(JSON.stringify(made.write)).not.toContain(made.secret)
    expect((await sessionOf(store, cookie, startMs + 30 * dayMs - 1))?.person.id).toBe('p')
    expect(await sessionOf(store, cookie, startMs + 30 * dayMs)).toBeNull()
    expect(await sessionOf(store, `omnibus_session=${hashOf(made.secret)}`, startMs)).toBeNull()
  })
})

describe('links', () => {
  it('AU3 an invitation is a path with its secret in the fragment, and keeps only the hash', async () => {
    const store = await world()
    const made = makeInvite(startMs, { draft: 'd', hat: euDrafter, createdBy: 'chair', days: 14, uses: 3 })
    const { id, secret } = parts(made.link)
    expect(id).toBe(made.invite)
    expect(JSON.stringify(made.write)).not.toContain(secret)
    await store.write([made.write])
    expect(await knownInvite(store, id, secret)).toMatchObject({ draft: 'd', hat: euDrafter, usesLeft: 3, expiresAtMs: startMs + 14 * dayMs })
    await expect(knownInvite(store, id, newSecret())).rejects.toEqual(refused('link-unknown'))
    await expect(knownInvite(store, 'x', secret)).rejects.toEqual(refused('link-unknown'))
  })

  it('AU3 an invitation is usable until it expires, is used up or is revoked', async () => {
    const store = await world()
    const made = makeInvite(startMs, { draft: 'd', hat: euDrafter, createdBy: 'chair', days: 1, uses: 1 })
    await store.write([made.write])
    const row = (await store.invite(made.invite))!
    expect(isUsable(row, startMs + dayMs - 1)).toBe(true)
    expect(isUsable(row, startMs + dayMs)).toBe(false)
    expect(isUsable({ ...row, usesLeft: 0 }, startMs)).toBe(false)
    expect(isUsable({ ...row, revokedAtMs: startMs }, startMs)).toBe(false)
  })

  it('AU4 each start gives a new first link and revokes the one before, until somebody has used it', async () => {
    const store = await world()
    const before = parts((await firstLink(store, startMs))!)
    const after = parts((await firstLink(store, startMs))!)
    const use = { name: 'Ana', session: null }
    await expect(useLink(store, startMs, { ...before, ...use })).rejects.toEqual(refused('link-expired'))
    const { secret } = joined(await useLink(store, startMs, { ...after, ...use }))
    expect((await sessionOf(store, `omnibus_session=${secret}`, startMs))?.person).toMatchObject({ name: 'Ana', canCreate: true })
    expect(await firstLink(store, startMs)).toBeNull()
    await expect(useLink(store, startMs, { ...after, ...use })).rejects.toEqual(refused('link-expired'))
  })

  it('AU4 the first link expires', async () => {
    const store = await world()
    const link = parts((await firstLink(store, startMs))!)
    const late = startMs + limits.firstLinkHours * 60 * 60 * 1000
    await expect(useLink(store, late, { ...link, name: 'Ana', session: null })).rejects.toEqual(refused('link-expired'))
  })

  it('AU5 of many who open a single-use link at once, one gets in', async () => {
    const store = await world()
    const made = makeInvite(startMs, { draft: 'd', hat: euDrafter, createdBy: 'chair', days: 1, uses: 1 })
    await store.write([made.write])
    const tries = Array.from({ length: 8 }, (_, index) => useLink(store, startMs, { ...parts(made.link), name: `N${index}`, session: null }))
    const outcomes = await Promise.allSettled(tries)
    expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(1)
    expect(await store.hats('d')).toHaveLength(1)
    expect(await store.record('d', 0)).toHaveLength(1)
  })

  it('AU5 a link for many counts its uses', async () => {
    const store = await world()
    const made = makeInvite(startMs, { draft: 'd', hat: euDrafter, createdBy: 'chair', days: 1, uses: 2 })
    await store.write([made.write])
    for (const name of ['A', 'B']) joined(await useLink(store, startMs, { ...parts(made.link), name, session: null }))
    await expect(useLink(store, startMs, { ...parts(made.link), name: 'C', session: null })).rejects.toEqual(refused('link-expired'))
  })

  it('AU6 joining is on the record without a name, and adds nothing to the log, whatever is being typed', async () => {
    const store = await world()
    const entry = { actor: 'chair', kind: 'update', bytes: new Uint8Array([1]), lineage: null } as const
    for (let seq = 0; seq < 3; seq++) await store.append({ document: 'd', expectedSeq: seq, entries: [entry] })
    const made = makeInvite(startMs, { draft: 'd', hat: euDrafter, createdBy: 'chair', days: 1, uses: 1 })
    await store.write([made.write])
    const { hatId, record } = joined(await useLink(store, startMs, { ...parts(made.link), name: 'Ana', session: null }))
    expect(record).toMatchObject({ kind: 'join', body: { hat: euDrafter, hatId, stage: 'drafting', body: { invite: made.invite } } })
    expect(JSON.stringify(record)).not.toContain('Ana')
    expect((await store.load('d')).seq).toBe(3)
  })

  it('AU7 who is signed in gets the hat beside their others; the same hat is not given twice and takes no use', async () => {
    const store = await world()
    const cookie = await seedPerson(store, 'ana', japanHead)
    const session = await sessionOf(store, cookie, startMs)
    const made = makeInvite(startMs, { draft: 'd', hat: euHead, createdBy: 'chair', days: 1, uses: 2 })
    await store.write([made.write])
    const first = joined(await useLink(store, startMs, { ...parts(made.link), name: null, session }))
    const again = joined(await useLink(store, startMs, { ...parts(made.link), name: null, session }))
    expect(first.secret).toBeNull()
    expect(again.hatId).toBe(first.hatId)
    expect((await store.hatsOf('ana')).map(({ hat }) => hat)).toEqual([japanHead, euHead])
    expect((await store.invite(made.invite))?.usesLeft).toBe(1)
  })

  it('AU7 a sign-in link signs its person in once, and ends the session of whoever sat there before', async () => {
    const store = await world()
    await seedPerson(store, 'ana')
    const other = await sessionOf(store, await seedPerson(store, 'ben'), startMs)
    const link = parts(await signInLink(store, 'ana', startMs))
    const { secret } = joined(await useLink(store, startMs, { ...link, name: null, session: other }))
    expect((await sessionOf(store, `omnibus_session=${secret}`, startMs))?.person.id).toBe('ana')
    expect(await store.session(other!.secretHash)).toBeNull()
    await expect(useLink(store, startMs, { ...link, name: null, session: null })).rejects.toEqual(refused('link-expired'))
  })
})

describe('speakers', () => {
  it('AU8 a hat speaks for its own person, in its own draft, until it is revoked', async () => {
    const store = await world()
    await seedDraft(store, 'e')
    for (const [id, hat] of [['ana', euHead], ['ben', japanHead], ['cy', null]] as const) await seedPerson(store, id, hat)
    const [ana, , cy] = await store.persons(['ana', 'ben', 'cy'])
    expect(await speakerOf(store, ana!, 'd', 'ana-hat')).toEqual({ person: 'ana', personName: 'Name of ana', hatId: 'ana-hat', hat: euHead })
    await expect(speakerOf(store, ana!, 'd', 'ben-hat')).rejects.toEqual(refused('no-such-hat'))
    await expect(speakerOf(store, ana!, 'e', 'ana-hat')).rejects.toEqual(refused('not-a-member'))
    await expect(speakerOf(store, cy!, 'd', 'ana-hat')).rejects.toEqual(refused('not-a-member'))
    await expect(speakerOf(store, ana!, 'nowhere', 'ana-hat')).rejects.toEqual(refused('no-such-draft'))
    await store.write([{ drop: 'hat', id: 'ana-hat', atMs: startMs }])
    await expect(speakerOf(store, ana!, 'd', 'ana-hat')).rejects.toEqual(refused('hat-revoked'))
    await expect(speakerOf(store, ana!, 'd', 'ben-hat')).rejects.toEqual(refused('hat-revoked'))
  })

  it('AU8 a damaged hat gives no right', async () => {
    const store = await world()
    await seedPerson(store, 'ana')
    await store.write([{ put: 'hat', row: { id: 'h', draft: 'd', person: 'ana', hat: { ...chairHat, role: 'emperor' }, revokedAtMs: null } }])
    await expect(speakerOf(store, (await store.person('ana'))!, 'd', 'h')).rejects.toEqual(refused('no-such-hat'))
  })
})

describe('leases', () => {
  const speaker: Speaker = { person: 'ana', personName: 'Ana', hatId: 'h', hat: euDrafter }

  it('AU9 client ids are safe integers above the server’s own range, spread over 53 bits, and do not repeat', () => {
    const ids = Array.from({ length: 20_000 }, randomClientId)
    expect(new Set(ids).size).toBe(ids.length)
    expect(ids.every((id) => Number.isSafeInteger(id) && id >= limits.serverClientIdMax)).toBe(true)
    const halves = ids.filter((id) => id > Number.MAX_SAFE_INTEGER / 2).length
    expect(halves).toBeGreaterThan(9_000)
    expect(halves).toBeLessThan(11_000)
  })

  it('AU9 a lease is bound to person, hat, delegation and document, and an id that is bound is never bound again', async () => {
    const store = await world()
    const other: Speaker = { ...speaker, person: 'ben', hatId: 'h2' }
    const drawn = [2 ** 40, 2 ** 40, 2 ** 40 + 1, 2 ** 40 + 1, 2 ** 40 + 2]
    const draw = () => drawn.shift()!
    expect(await leaseClientIds(store, 'd', speaker, 1, draw)).toEqual([2 ** 40])
    expect(await leaseClientIds(store, 'd/side/eu', other, 2, draw)).not.toContain(2 ** 40)
    expect(await store.lease(2 ** 40)).toEqual({ clientId: 2 ** 40, document: 'd', person: 'ana', hatId: 'h', delegation: 'eu' })
    expect(await store.leases('d/side/eu')).toHaveLength(2)
  })

  it('AU9 a hat has a bounded number of ids in a document', async () => {
    const store = await world()
    for (let issued = 0; issued < limits.leasesPerHatMax; issued += 1000) await leaseClientIds(store, 'd', speaker, 1000)
    await expect(leaseClientIds(store, 'd', speaker, 1)).rejects.toEqual(refused('ids-used-up'))
    expect(await leaseClientIds(store, 'd', { ...speaker, hatId: 'h2' }, 1)).toHaveLength(1)
  })
})
