import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { firstLink, makeInvite } from '../../../server/auth/invites.ts'
import { StoreError } from '../../../server/store/errors.ts'
import { importText } from '../../../shared/convert/importText.ts'
import { keptForm } from '../../../shared/lifecycle/versions.ts'
import { errors } from '../../../shared/wire/errors.ts'
import type { JsonValue } from '../../../shared/wire/json.ts'
import { limits } from '../../../shared/wire/limits.ts'
import {
  chairHat, dayMs, euDrafter, euHead, japanHead, openWorld, seedDraft, seedPerson, startMs, type Answer, type World,
} from './support.ts'
import { ins, p, r, wordOf } from '../word/support.ts'

let world: World
let failing: string | null = null

beforeEach(async () => {
  failing = null
  world = await openWorld({ fail: (op) => (op === failing ? new StoreError('store-failed', 'disk full') : null) })
  await seedDraft(world.store)
})
afterEach(() => world.stop())

const ofNow = '\n(Omnibus: draft d, version now-7)\n'
const parts = (link: string) => {
  const [, id, secret] = /^\/join\/([^#]+)#(.+)$/.exec(link)!
  return { path: `/api/links/${id!}`, secret: secret! }
}

async function invite(hat = euDrafter, days = 14, uses = 1) {
  const made = makeInvite(startMs, { draft: 'd', hat, createdBy: 'chair', days, uses })
  await world.store.write([made.write])
  return { ...parts(made.link), invite: made.invite }
}

function expectRefusal(answer: Answer, status: number, code: keyof typeof errors) {
  expect({ status: answer.status, body: JSON.parse(answer.text) as unknown }).toEqual({ status, body: { ok: false, error: { code, sentence: errors[code] } } })
}

const version = { draft: 'd', number: 1, kind: 'final', name: '', symbol: '', by: 'office', seq: 1, units: [], point: null, sha256: 'a'.repeat(64), atMs: startMs }

const cookieIn = (answer: Answer) => answer.headers.getSetCookie()[0]?.split(';')[0] ?? ''

describe('signing in', () => {
  it('HT1 the first chair’s link asks for a name without being used up, then signs in, once', async () => {
    const { path, secret } = parts((await firstLink(world.store, startMs))!)
    expect((await world.post(path, { secret })).result).toEqual({ needsName: true, draftTitle: null, delegationName: null, role: 'chair' })
    const answer = await world.post(path, { secret, name: '  Ana  ' })
    expect(answer).toMatchObject({ status: 200, result: { draft: null, hatId: null } })
    const me = await world.get('/api/me', cookieIn(answer))
    expect(me.result).toMatchObject({ person: { name: 'Ana', canCreate: true }, hats: [] })
    expectRefusal(await world.post(path, { secret, name: 'Ben' }), 410, 'link-expired')
    // The first chair may open their own link again: it takes them in and gives nothing.
    expect(await world.post(path, { secret }, cookieIn(answer))).toMatchObject({ status: 200, result: { draft: null } })
  })

  it('HT1 an invitation says to what, then makes a person with its hat and tells the room', async () => {
    const { path, secret } = await invite()
    expect((await world.post(path, { secret })).result).toEqual({ needsName: true, draftTitle: 'Safe: migration / “all”', delegationName: 'EU', role: 'delegate' })
    const answer = await world.post(path, { secret, name: 'Ana' })
    expect(answer.result).toEqual({ draft: 'd', hatId: expect.any(String) })
    const me = await world.get('/api/me', cookieIn(answer))
    expect(me.result).toEqual({
      person: { id: expect.any(String), name: 'Ana', canCreate: false },
      hats: [{ hatId: answer.result['hatId'], hat: euDrafter, delegationName: 'EU', draft: 'd', title: 'Safe: migration / “all”', stage: 'drafting' }],
    })
    expect(world.rooms.recordedSeqs).toEqual([{ draft: 'd', seq: 1 }])
  })

  it('HT1 the session’s cookie is HttpOnly, SameSite=Lax and, behind a proxy that ends https, Secure', async () => {
    const { path, secret } = await invite(euDrafter, 14, 2)
    const plain = await world.post(path, { secret, name: 'Ana' })
    expect(plain.headers.getSetCookie()).toEqual([expect.stringMatching(/^omnibus_session=[\w-]{43}; Path=\/; HttpOnly; SameSite=Lax; Max-Age=2592000$/)])
    const secure = await world.post(path, { secret, name: 'Ben' }, '', { 'x-forwarded-proto': 'https' })
    expect(secure.headers.getSetCookie()[0]).toMatch(/; Secure$/)
  })

  it('HT1 a link with another secret, another id or no sense is unknown', async () => {
    const { secret } = await invite()
    const other = await invite()
    expectRefusal(await world.post(other.path, { secret, name: 'Ana' }), 404, 'link-unknown')
    expectRefusal(await world.post('/api/links/nothing', { secret, name: 'Ana' }), 404, 'link-unknown')
    expectRefusal(await world.post('/api/links/a%00b', { secret, name: 'Ana' }), 404, 'link-unknown')
  })

  it('HT1 a link that is too old, used up or revoked is refused as expired, also before a name is asked for', async () => {
    const old = await invite(euDrafter, 1)
    const used = await invite()
    const revoked = await invite()
    await world.post(used.path, { secret: used.secret, name: 'Ana' })
    await world.store.write([{ drop: 'invite', id: revoked.invite, atMs: startMs }])
    world.clockMs = startMs + dayMs
    for (const { path, secret } of [old, used, revoked]) {
      expectRefusal(await world.post(path, { secret }), 410, 'link-expired')
      expectRefusal(await world.post(path, { secret, name: 'Ben' }), 410, 'link-expired')
    }
  })

  it.each([['empty', ' '], ['too long', 'a'.repeat(limits.nameCharactersMax + 1)], ['with a NUL', 'a\0b'], ['with half a pair', 'a\ud800'], ['turning the line', 'a\u202eb'], ['no text', 7]])(
    'HT1 a name that is %s is refused and the link stays good', async (_what, name) => {
      const { path, secret, invite: id } = await invite()
      expectRefusal(await world.post(path, { secret, name }), 400, 'bad-command')
      expect((await world.store.invite(id))?.usesLeft).toBe(1)
    })

  it('HT2 signing out ends the session here and its sockets everywhere', async () => {
    const cookie = await seedPerson(world.store, 'ana', euDrafter)
    const { socket } = await world.connect('/sync/d?hat=ana-hat', { cookie })
    const closed = new Promise((resolve) => socket.once('close', resolve))
    const answer = await world.post('/api/sign-out', {}, cookie)
    expect(answer.headers.getSetCookie()[0]).toMatch(/^omnibus_session=; .*Max-Age=0/)
    expectRefusal(await world.get('/api/me', cookie), 401, 'not-signed-in')
    expect(await closed).toBe(4401)
    expect((await world.post('/api/sign-out', {})).status).toBe(200)
  })

  it('HT2 nobody without a session, or with one that ended, gets anything', async () => {
    const cookie = await seedPerson(world.store, 'ana', euDrafter)
    const paths = ['/api/me', '/api/drafts/d?hat=ana-hat', '/api/drafts/d/record?hat=ana-hat', '/api/drafts/d/export?hat=ana-hat', '/api/drafts/d/versions/1?hat=ana-hat', '/api/drafts/d/versions/1/sealed?hat=ana-hat', '/api/drafts/d/record/export?hat=ana-hat', '/api/drafts/d/authors?hat=ana-hat']
    for (const path of paths) expectRefusal(await world.get(path), 401, 'not-signed-in')
    for (const path of ['/api/commands', '/api/leases']) expectRefusal(await world.post(path, {}), 401, 'not-signed-in')
    expectRefusal(await world.post('/api/drafts/d/visit', { hatId: 'ana-hat', recordSeq: 1 }), 401, 'not-signed-in')
    expect((await world.get('/api/me', cookie)).status).toBe(200)
    world.clockMs = startMs + limits.sessionDays * dayMs
    expectRefusal(await world.get('/api/me', cookie), 401, 'not-signed-in')
  })

  it('HT3 no secret, cookie, name or word of a body is logged', async () => {
    const { path, secret } = await invite()
    const answer = await world.post(path, { secret, name: 'Ana Unlogged' })
    failing = 'hatsOf'
    expectRefusal(await world.get('/api/me', cookieIn(answer)), 503, 'store-failed')
    const log = world.log.join('')
    expect(log).toContain('/api/me')
    expect(log).toContain('disk full')
    for (const hidden of [secret, cookieIn(answer).split('=')[1]!, 'Ana Unlogged']) expect(log).not.toContain(hidden)
  })
})

describe('what comes from elsewhere or makes no sense', () => {
  const posts = ['/api/links/x', '/api/sign-out', '/api/drafts/d/visit', '/api/leases', '/api/commands', '/api/nothing']

  it.each(posts)('HT4 POST %s from another site is refused', async (path) => {
    const cookie = await seedPerson(world.store, 'ana', chairHat)
    const bad: Record<string, string>[] = [
      { origin: 'http://evil.example' }, { origin: 'null' }, { origin: world.url.replace('127.0.0.1', 'localhost') },
      { origin: 'http://evil.example', 'sec-fetch-site': 'same-origin' }, { origin: `ftp://${new URL(world.url).host}` }, { origin: `${world.url}.evil.example` },
    ]
    for (const headers of bad) expectRefusal(await world.post(path, {}, cookie, headers), 403, 'wrong-origin')
    const without = { method: 'POST', body: '{}', headers: { 'content-type': 'application/json', cookie } }
    expectRefusal(await world.send(path, without), 403, 'wrong-origin')
    expectRefusal(await world.send(path, { ...without, headers: { ...without.headers, 'sec-fetch-site': 'cross-site' } }), 403, 'wrong-origin')
    expect(world.rooms.commands).toEqual([])
  })

  it('HT4 a browser that sends no Origin is known by Sec-Fetch-Site', async () => {
    const cookie = await seedPerson(world.store, 'ana')
    const headers = { 'content-type': 'application/json', cookie, 'sec-fetch-site': 'same-origin' }
    expect((await world.send('/api/sign-out', { method: 'POST', body: '{}', headers })).status).toBe(200)
  })

  it('HT4 what is not JSON is refused: a form of another site can send nothing else', async () => {
    const cookie = await seedPerson(world.store, 'ana', chairHat)
    for (const type of ['text/plain', 'application/x-www-form-urlencoded', 'application/jsonp']) {
      expectRefusal(await world.post('/api/commands', {}, cookie, { 'content-type': type }), 400, 'bad-command')
    }
    const headers = { origin: world.url, 'content-type': 'application/json', cookie }
    for (const body of ['{', '', '"text"', 'null', '[]']) {
      expectRefusal(await world.send('/api/commands', { method: 'POST', body, headers }), 400, 'bad-command')
    }
  })

  it('HT4 a body over its bound is refused', async () => {
    const cookie = await seedPerson(world.store, 'ana', chairHat)
    expectRefusal(await world.post('/api/commands', { a: 'x'.repeat(limits.commandBytesMax) }, cookie), 413, 'too-large')
    expectRefusal(await world.post('/api/leases', { a: 'x'.repeat(limits.requestBytesMax) }, cookie), 413, 'too-large')
  })

  it('HT5 what is not there is answered with JSON 404 and a sentence', async () => {
    for (const path of ['/api', '/api/nothing', '/nothing', '/assets/nothing.js', '/', '/draft/d', '/.git/config', '/%2e%2e/package.json', '/%']) {
      const answer = await world.get(path)
      expect([path, answer.status, answer.code]).toEqual([path, 404, 'no-such-page'])
    }
    expectRefusal(await world.post('/nothing', {}), 404, 'no-such-page')
  })

  it('HT5 every answer carries the policy: nothing but our own files, in no frame; answers of the API are not kept', async () => {
    const { headers } = await world.get('/api/me')
    expect(headers.get('content-security-policy')).toBe(
      "default-src 'self';script-src 'self';style-src 'self';img-src 'self' data:;connect-src 'self' ws: wss:;object-src 'none';base-uri 'none';form-action 'self';frame-ancestors 'none'")
    expect(headers.get('x-frame-options')).toBe('DENY')
    expect(headers.get('x-content-type-options')).toBe('nosniff')
    expect(headers.get('referrer-policy')).toBe('no-referrer')
    expect(headers.get('cache-control')).toBe('no-store')
    expect(headers.get('x-powered-by')).toBeNull()
  })

  it('HT5 a store that fails is said as such, and a fault of ours shows nothing of itself', async () => {
    const cookie = await seedPerson(world.store, 'ana', chairHat)
    failing = 'write'
    expectRefusal(await world.post('/api/leases', { hatId: 'ana-hat', room: 'd', count: 1 }, cookie), 503, 'store-failed')
    world.rooms.exported = async () => { throw new Error('inner detail') }
    expectRefusal(await world.get('/api/drafts/d/export?hat=ana-hat', cookie), 500, 'server-fault')
  })
})

describe('rates', () => {
  it('HT6 too many requests in a minute are refused: links by address, commands and leases by person', async () => {
    const slow = await openWorld({ rates: { linkUsesPerMinute: 2, commandsPerMinute: 2, leaseRequestsPerMinute: 2 } })
    try {
      await seedDraft(slow.store)
      const [ana, ben] = [await seedPerson(slow.store, 'ana', chairHat), await seedPerson(slow.store, 'ben', euHead)]
      const codes = async (post: () => Promise<Answer>) => [(await post()).code, (await post()).code, (await post()).code]
      expect(await codes(() => slow.post('/api/links/x', { secret: 's' }))).toEqual(['link-unknown', 'link-unknown', 'too-fast'])
      expect(await codes(() => slow.post('/api/commands', {}, ana))).toEqual(['bad-command', 'bad-command', 'too-fast'])
      expect(await codes(() => slow.post('/api/commands', {}, ben))).toEqual(['bad-command', 'bad-command', 'too-fast'])
      expect(await codes(() => slow.post('/api/leases', {}, ana))).toEqual(['bad-command', 'bad-command', 'too-fast'])
      expectRefusal(await slow.post('/api/commands', {}, ana), 429, 'too-fast')
    } finally {
      await slow.stop()
    }
  })

  it('HT6 whatever a person asks for is counted, reading too', async () => {
    const slow = await openWorld({ rates: { requestsPerMinute: 3 } })
    try {
      await seedDraft(slow.store)
      const [ana, ben] = [await seedPerson(slow.store, 'ana', chairHat), await seedPerson(slow.store, 'ben', euHead)]
      const asked: (string | null)[] = []
      for (const path of ['/api/me', '/api/drafts/d?hat=ana-hat', '/api/drafts/d/positions?hat=ana-hat', '/api/drafts/d/record?hat=ana-hat']) asked.push((await slow.get(path, ana)).code)
      expect(asked).toEqual([null, null, null, 'too-fast'])
      expectRefusal(await slow.get('/api/me', ana), 429, 'too-fast')
      expect((await slow.get('/api/me', ben)).status).toBe(200)
    } finally {
      await slow.stop()
    }
  })

  it('HT6 the bytes of commands are counted, before they are read; what does not say how many it has counts as the most', async () => {
    const slow = await openWorld({ rates: { commandBytesPerMinute: limits.commandBytesMax + 1_000 } })
    try {
      const [ana, ben] = [await seedPerson(slow.store, 'ana', chairHat), await seedPerson(slow.store, 'ben', euHead)]
      const post = async (cookie: string, characters: number) => (await slow.post('/api/commands', { words: 'x'.repeat(characters) }, cookie)).code
      // That one was too large takes nothing of what there is.
      expect([await post(ana, limits.commandBytesMax), await post(ana, limits.commandBytesMax - 100), await post(ana, 600), await post(ana, 600), await post(ben, 600)]).toEqual(['too-large', 'bad-command', 'bad-command', 'too-fast', 'bad-command'])
      const streamed = async (): Promise<number> => {
        const body = new ReadableStream({ start: (stream) => { stream.enqueue(new TextEncoder().encode('{}')); stream.close() } })
        return (await fetch(`${slow.url}/api/commands`, { method: 'POST', headers: { cookie: ben, origin: slow.url, 'content-type': 'application/json' }, body, duplex: 'half' } as RequestInit)).status
      }
      expect([await streamed(), await streamed()]).toEqual([400, 429])
    } finally {
      await slow.stop()
    }
  })

  it('HT6 exports and points of the history are counted by person', async () => {
    const slow = await openWorld({ rates: { exportsPerMinute: 2 } })
    try {
      await seedDraft(slow.store)
      const [ana, ben] = [await seedPerson(slow.store, 'ana', chairHat), await seedPerson(slow.store, 'ben', euHead)]
      const codes = async (cookie: string, hat: string) => {
        const found: boolean[] = []
        for (const path of ['export?', 'record/export?form=csv&', 'versions/1/sealed?', 'past/1?']) found.push((await slow.get(`/api/drafts/d/${path}hat=${hat}`, cookie)).code === 'too-fast')
        return found
      }
      expect(await codes(ana, 'ana-hat')).toEqual([false, false, true, true])
      expect(await codes(ben, 'ben-hat')).toEqual([false, false, true, true])
    } finally {
      await slow.stop()
    }
  })

  it('HT6 the commands of a draft are counted too, of those who are in it alone', async () => {
    const slow = await openWorld({ rates: { draftCommandsPerMinute: 2 } })
    try {
      await seedDraft(slow.store)
      const [ana, ben] = [await seedPerson(slow.store, 'ana', chairHat), await seedPerson(slow.store, 'ben', euHead)]
      const order = async (cookie: string, hatId: string, count: number) =>
        (await slow.post('/api/commands', { key: `key-of-order-${count}`, draft: 'd', hatId, body: { command: 'lock', unit: 'u' } }, cookie)).code ?? 'done'
      // A hat of somebody else's takes nothing of what the draft has.
      for (let count = 0; count < 3; count++) expect(await order(ben, 'ana-hat', count)).not.toBe('too-fast')
      expect([await order(ana, 'ana-hat', 4), await order(ben, 'ben-hat', 5), await order(ana, 'ana-hat', 6), await order(ben, 'ben-hat', 7)].map((code) => code === 'too-fast')).toEqual([false, false, true, true])
    } finally {
      await slow.stop()
    }
  })
})

describe('a draft', () => {
  it('HT7 shows its people by delegation: names of one’s own only, at the chair’s table all', async () => {
    const [ana, , cy] = [
      await seedPerson(world.store, 'ana', euHead), await seedPerson(world.store, 'ben', japanHead), await seedPerson(world.store, 'cy', chairHat), await seedPerson(world.store, 'di', euDrafter),
    ]
    await seedPerson(world.store, 'ex', euDrafter)
    await world.store.write([{ drop: 'hat', id: 'ex-hat', atMs: startMs }])
    const members = async (who: string, cookie: string) => (await world.get(`/api/drafts/d?hat=${who}-hat`, cookie)).result['members']
    const row = (id: string, { delegation, role, level }: typeof euHead, named: boolean) =>
      ({ hatId: `${id}-hat`, delegation, role, level, name: named ? `Name of ${id}` : null })
    expect(await members('ana', ana)).toEqual([row('ana', euHead, true), row('ben', japanHead, false), row('cy', chairHat, false), row('di', euDrafter, true)])
    expect(await members('cy', cy)).toEqual([row('ana', euHead, true), row('ben', japanHead, true), row('cy', chairHat, true), row('di', euDrafter, true)])
    const whole = (await world.get('/api/drafts/d?hat=ana-hat', ana)).text
    expect(whole).not.toContain('Name of ben')
    expect(whole).not.toContain('Name of cy')
  })

  it('HT7 shows its row, hat, delegations, versions, visit and the end of the record', async () => {
    const cookie = await seedPerson(world.store, 'ana', euHead)
    await world.store.write([{ put: 'version', row: { ...version, bytes: new Uint8Array([123, 125]) } }])
    await world.store.append({ document: 'd', expectedSeq: 0, entries: [], record: { draft: 'd', actor: 'ana', kind: 'lock', body: {} } })
    expect((await world.get('/api/drafts/d?hat=ana-hat', cookie)).result).toMatchObject({
      draft: { id: 'd', stage: 'drafting' }, hat: euHead, hatId: 'ana-hat',
      delegations: [{ id: 'office' }, { id: 'eu' }, { id: 'japan' }],
      versions: [{ number: 1, sha256: 'a'.repeat(64) }], visit: null, recordSeq: 1,
    })
  })

  it('HT7 shows the links that the asker may revoke and that still work, never their secrets', async () => {
    const cookies = { ana: await seedPerson(world.store, 'ana', euHead), cy: await seedPerson(world.store, 'cy', chairHat), di: await seedPerson(world.store, 'di', euDrafter) }
    const forEu = await invite(euDrafter)
    const forJapan = await invite(japanHead)
    const revoked = await invite(euDrafter)
    await world.store.write([{ drop: 'invite', id: revoked.invite, atMs: startMs }])
    const seen = async (who: keyof typeof cookies) => (await world.get(`/api/drafts/d?hat=${who}-hat`, cookies[who])).result['invites']
    const view = { id: forEu.invite, delegation: 'eu', role: 'delegate', level: 'drafter', expiresAtMs: startMs + 14 * dayMs, usesLeft: 1 }
    expect(await seen('ana')).toEqual([view])
    expect(await seen('di')).toEqual([])
    expect(await seen('cy')).toEqual([view, { ...view, id: forJapan.invite, delegation: 'japan', level: 'head' }])
  })

  it('HT7 is refused to strangers, under another’s hat, under a revoked one and under none', async () => {
    const [ana, ben] = [await seedPerson(world.store, 'ana', euHead), await seedPerson(world.store, 'ben', japanHead)]
    const stranger = await seedPerson(world.store, 'cy')
    for (const suffix of ['', '/record', '/export', '/versions/1', '/versions/1/sealed', '/record/export']) {
      const path = (draft: string, hat: string) => `/api/drafts/${draft}${suffix}${hat}`
      expectRefusal(await world.get(path('d', '?hat=ana-hat'), stranger), 403, 'not-a-member')
      expectRefusal(await world.get(path('d', '?hat=ana-hat'), ben), 403, 'no-such-hat')
      expectRefusal(await world.get(path('d', ''), ana), 403, 'no-such-hat')
      expectRefusal(await world.get(path('d', '?hat=ana-hat&hat=ana-hat'), ana), 403, 'no-such-hat')
      expectRefusal(await world.get(path('nowhere', '?hat=ana-hat'), ana), 404, 'no-such-draft')
      expectRefusal(await world.get(path('d%00', '?hat=ana-hat'), ana), 404, 'no-such-draft')
    }
    await world.store.write([{ drop: 'hat', id: 'ana-hat', atMs: startMs }])
    expectRefusal(await world.get('/api/drafts/d?hat=ana-hat', ana), 403, 'hat-revoked')
    expect((await world.get('/api/me', ana)).result['hats']).toEqual([])
  })

  it('HT21 the list asks where a draft is and how far it has come; of flags it tells those that the asker may know of', async () => {
    const [ana, cy] = [await seedPerson(world.store, 'ana', euHead), await seedPerson(world.store, 'cy', chairHat)]
    const flag = (audience: { to: string; of: string }) => ({ hat: {}, hatId: 'h', stage: 'negotiation', audience, body: { amendment: 'a-1', digest: 'x', alike: [], verdict: 'flagged', flag: 'legal', note: '' } })
    await world.store.append({ document: 'd', expectedSeq: 0, entries: [], record: { draft: 'd', actor: 'lou', kind: 'review', body: flag({ to: 'table', of: 'legal' }) } })
    const flagged = async (who: string, cookie: string): Promise<unknown> => (await world.get(`/api/drafts/d/standing?hat=${who}-hat`, cookie)).result
    expect(await flagged('ana', ana)).toEqual({ stage: 'negotiation', reading: 2, silenceUntilMs: null, progress: { paragraphs: 4, agreed: 1, open: 2, flagged: 0 } })
    expect(await flagged('cy', cy)).toMatchObject({ progress: { flagged: 1 } })
    expectRefusal(await world.get('/api/drafts/d/standing?hat=ana-hat', cy), 403, 'no-such-hat')
  })

  it('HT8 the record names one’s own people and the rest by what they did', async () => {
    const [ana, cy] = [await seedPerson(world.store, 'ana', euHead), await seedPerson(world.store, 'cy', chairHat)]
    await seedPerson(world.store, 'ben', japanHead)
    for (const actor of ['ana', 'ben', 'server']) await world.store.append({ document: 'd', expectedSeq: 0, entries: [], record: { draft: 'd', actor, kind: 'start-thread', body: { words: actor } } })
    const record = async (who: string, cookie: string, after = '') => (await world.get(`/api/drafts/d/record?hat=${who}-hat${after}`, cookie)).result['entries']
    expect(await record('ana', ana)).toEqual([
      expect.objectContaining({ seq: 1, kind: 'start-thread', actor: 'ana', actorName: 'Name of ana', body: { words: 'ana' } }),
      expect.objectContaining({ seq: 2, actor: null, actorName: null, body: { words: 'ben' } }),
      expect.objectContaining({ seq: 3, actor: 'server', actorName: null }),
    ])
    expect(await record('cy', cy, '&after=1')).toEqual([expect.objectContaining({ seq: 2, actorName: 'Name of ben' }), expect.objectContaining({ seq: 3 })])
    for (const after of ['-1', 'x', '1.5', '1e99']) expectRefusal(await world.get(`/api/drafts/d/record?hat=ana-hat&after=${after}`, ana), 400, 'bad-command')
  })

  it('HT8 a visit remembers how far one has seen, never more than there is and never back', async () => {
    const cookie = await seedPerson(world.store, 'ana', euHead)
    for (let entry = 0; entry < 3; entry++) await world.store.append({ document: 'd', expectedSeq: 0, entries: [], record: { draft: 'd', actor: 'ana', kind: 'lock', body: {} } })
    const visit = async (recordSeq: unknown) => world.post('/api/drafts/d/visit', { hatId: 'ana-hat', recordSeq }, cookie)
    expect((await visit(2)).result).toEqual({ recordSeq: 2 })
    expect((await visit(1)).result).toEqual({ recordSeq: 2 })
    expect((await visit(99)).result).toEqual({ recordSeq: 3 })
    expect((await world.get('/api/drafts/d?hat=ana-hat', cookie)).result).toMatchObject({ visit: { recordSeq: 3, atMs: startMs }, recordSeq: 3 })
    expectRefusal(await visit(-1), 400, 'bad-command')
    expectRefusal(await world.post('/api/drafts/d/visit', { hatId: 'ben-hat', recordSeq: 1 }, cookie), 403, 'no-such-hat')
  })

  it('TH13 how far one has read threads is one’s own, goes forward only, and not beyond what one may read', async () => {
    const [ana, ben] = [await seedPerson(world.store, 'ana', euHead), await seedPerson(world.store, 'ben', japanHead)]
    world.rooms.messages.set('t1', 5)
    const see = async (thread: string, message: number) => (await world.post('/api/drafts/d/seen', { hatId: 'ana-hat', seen: [{ thread, message }] }, ana)).result['seen']
    expect(await see('t1', 3)).toEqual([{ thread: 't1', message: 3 }])
    expect(await see('t1', 2)).toEqual([{ thread: 't1', message: 3 }])
    expect(await see('t1', 99)).toEqual([{ thread: 't1', message: 5 }])
    expect(await see('elsewhere', 1)).toEqual([{ thread: 't1', message: 5 }])
    expect((await world.get('/api/drafts/d?hat=ana-hat', ana)).result).toMatchObject({ seen: [{ thread: 't1', message: 5 }] })
    expect((await world.get('/api/drafts/d?hat=ben-hat', ben)).result).toMatchObject({ seen: [] })
    for (const seen of [[], [{ thread: 't1', message: -1 }], [{ thread: '../x', message: 1 }], 'x']) {
      expectRefusal(await world.post('/api/drafts/d/seen', { hatId: 'ana-hat', seen }, ana), 400, 'bad-command')
    }
    expectRefusal(await world.post('/api/drafts/d/seen', { hatId: 'ben-hat', seen: [{ thread: 't1', message: 1 }] }, ana), 403, 'no-such-hat')
  })

  it('WW2 authors are named to their own people and the chair’s table; of others the delegation', async () => {
    const cookies = [await seedPerson(world.store, 'ana', euHead), await seedPerson(world.store, 'ben', japanHead), await seedPerson(world.store, 'chi', chairHat)]
    const named = await Promise.all(['ana', 'ben', 'chi'].map(async (who, index) =>
      (await world.get(`/api/drafts/d/authors?hat=${who}-hat&unit=u1`, cookies[index])).result['authors'] as { person: string | null; amendments: string[] }[]))
    expect(named.map(([author]) => author!.person)).toEqual([null, 'Name of ben', 'Name of ben'])
    expect(named[0]![0]!.amendments).toEqual(['u1'])
    expectRefusal(await world.get('/api/drafts/d/authors?hat=ana-hat&unit=..%2Fx', cookies[0]), 400, 'bad-command')
    expectRefusal(await world.get('/api/drafts/d/authors?hat=ben-hat', cookies[0]), 403, 'no-such-hat')
  })

  it('HT9 exports as a text file named after the draft', async () => {
    const cookie = await seedPerson(world.store, 'ana', euHead)
    const text = await world.get('/api/drafts/d/export?hat=ana-hat', cookie)
    expect(text.text).toBe(`text of d: “words”\n${ofNow}`)
    expect(text.headers.get('content-type')).toBe('text/plain; charset=utf-8')
    expect(text.headers.get('content-disposition')).toContain(`filename*=UTF-8''${encodeURIComponent('Safe migration “all”.txt')}`)
    const rolling = await world.get('/api/drafts/d/export?hat=ana-hat&form=rolling', cookie)
    expect(rolling.text).toBe(`rolling of d: “words”\n${ofNow}`)
    const amendments = await world.get('/api/drafts/d/export?hat=ana-hat&form=amendments', cookie)
    expect(amendments.text).toBe(`amendments, open, of d: “words”\n${ofNow}`)
    expect(amendments.headers.get('content-disposition')).toContain(encodeURIComponent('(amendments).txt').replace('(', '%28').replace(')', '%29'))
    expect((await world.get('/api/drafts/d/export?hat=ana-hat&form=amendments&status=decided', cookie)).text).toBe(`amendments, decided, of d: “words”\n${ofNow}`)
    expectRefusal(await world.get('/api/drafts/d/export?hat=ana-hat&form=pdf', cookie), 400, 'bad-command')
    expectRefusal(await world.get('/api/drafts/d/export?hat=ana-hat&form=amendments&status=mine', cookie), 400, 'bad-command')
  })

  it('HT9 a frozen version comes as the very bytes that are kept', async () => {
    const cookie = await seedPerson(world.store, 'ana', euHead)
    const bytes = new TextEncoder().encode('{"a":"é","b":1}')
    await world.store.write([{ put: 'version', row: { ...version, bytes } }])
    const response = await fetch(`${world.url}/api/drafts/d/versions/1?hat=ana-hat`, { headers: { cookie } })
    expect(new Uint8Array(await response.arrayBuffer())).toEqual(bytes)
    expect(response.headers.get('content-type')).toBe('application/json; charset=utf-8')
    expect(response.headers.get('content-disposition')).toContain('attachment')
    for (const number of ['2', '0', 'x', '2/sealed']) expectRefusal(await world.get(`/api/drafts/d/versions/${number}?hat=ana-hat`, cookie), 404, 'no-such-version')
  })
})

describe('versions and history', () => {
  it('AK15 the text, the rolling text and the amendments are written as Akoma Ntoso', async () => {
    const cookie = await seedPerson(world.store, 'ana', euHead)
    for (const form of ['text', 'rolling', 'amendments']) {
      const answer = await world.get(`/api/drafts/d/export?hat=ana-hat&form=${form}&as=akn`, cookie)
      expect([answer.text, answer.headers.get('content-type')]).toEqual([`<akn>${form} of d now-7 on 2023-11-14</akn>`, 'application/akn+xml; charset=utf-8'])
      expect(answer.headers.get('content-disposition')).toMatch(/\.xml$|\.xml"/)
    }
  })

  it('AK15 a version is written as Akoma Ntoso, to whoever is in the draft', async () => {
    const cookie = await seedPerson(world.store, 'ana', euHead)
    const { value } = importText('The General Assembly,\n\nRecalling all,\n')
    const { bytes } = keptForm({ draft: 'd', version: 1, kind: 'zero', name: '', symbol: '', title: 'T', language: 'en', atMs: startMs, previous: null, recordHead: null, sponsors: [], resolution: value as unknown as JsonValue })
    await world.store.write([{ put: 'version', row: { ...version, bytes } }])
    const answer = await world.get('/api/drafts/d/versions/1/written?hat=ana-hat&as=akn', cookie)
    expect([answer.status, answer.headers.get('content-type'), answer.text.slice(0, 5)]).toEqual([200, 'application/akn+xml; charset=utf-8', '<?xml'])
    expect(answer.headers.get('content-disposition')).toContain('v1.xml')
    for (const number of ['2', '0', 'x']) expectRefusal(await world.get(`/api/drafts/d/versions/${number}/written?hat=ana-hat&as=akn`, cookie), 404, 'no-such-version')
    expectRefusal(await world.get('/api/drafts/d/versions/1/written?hat=ana-hat&as=akn'), 401, 'not-signed-in')
  })

  it('CP3 a version’s text is told paragraph by paragraph, with its ids, to whoever is in the draft', async () => {
    const cookie = await seedPerson(world.store, 'ana', euHead)
    const bytes = new TextEncoder().encode(JSON.stringify({ resolution: { language: 'en', units: [{ kind: 'op', words: 'Decides', notes: [{ at: 7, words: 'See a.' }], children: [] }, 7] } }))
    await world.store.write([{ put: 'version', row: { ...version, bytes, units: ['u-1'] } }])
    expect((await world.get('/api/drafts/d/versions/1/text?hat=ana-hat', cookie)).result['units']).toEqual([
      { id: 'u-1', kind: 'op', number: 'OP1', printed: '', depth: 0, words: 'Decides[footnote: See a.]' },
    ])
    await world.store.write([{ put: 'version', row: { ...version, number: 2, bytes: new Uint8Array([1, 2]) } }])
    expect((await world.get('/api/drafts/d/versions/2/text?hat=ana-hat', cookie)).result['units']).toEqual([])
    for (const number of ['9', '0', 'x']) expectRefusal(await world.get(`/api/drafts/d/versions/${number}/text?hat=ana-hat`, cookie), 404, 'no-such-version')
    expectRefusal(await world.get('/api/drafts/d/versions/1/text?hat=other', cookie), 403, 'no-such-hat')
  })

  it('CP5 a point of the history is asked for by its entry of the record', async () => {
    const cookie = await seedPerson(world.store, 'ana', euHead)
    expect((await world.get('/api/drafts/d/past/3?hat=ana-hat', cookie)).result).toEqual({ units: [], rolling: 'd at 3' })
    for (const record of ['0', 'x', '-1']) expectRefusal(await world.get(`/api/drafts/d/past/${record}?hat=ana-hat`, cookie), 404, 'no-such-page')
    expectRefusal(await world.get('/api/drafts/d/past/3?hat=other', cookie), 403, 'no-such-hat')
  })
})

describe('leases', () => {
  it('HT10 client ids are issued for the rooms that the hat may open', async () => {
    const cookie = await seedPerson(world.store, 'ana', euDrafter)
    const answer = await world.post('/api/leases', { hatId: 'ana-hat', room: 'd/side/eu', count: 20 }, cookie)
    const clientIds = answer.result['clientIds'] as number[]
    expect(new Set(clientIds).size).toBe(20)
    for (const clientId of clientIds) {
      expect(clientId).toBeGreaterThanOrEqual(2 ** 32)
      expect(await world.store.lease(clientId)).toEqual({ clientId, document: 'd/side/eu', person: 'ana', hatId: 'ana-hat', delegation: 'eu' })
    }
  })

  it('HT10 none for another’s side document, hat or room, nor too many at once', async () => {
    const cookie = await seedPerson(world.store, 'ana', euDrafter)
    await seedPerson(world.store, 'ben', japanHead)
    const lease = (body: object) => world.post('/api/leases', { hatId: 'ana-hat', room: 'd', count: 1, ...body }, cookie)
    expectRefusal(await lease({ room: 'd/side/japan' }), 403, 'not-yours')
    expectRefusal(await lease({ hatId: 'ben-hat' }), 403, 'no-such-hat')
    for (const room of ['', 'nowhere', 'd/', 'd/side', 'd/side/eu/more', 'd/other/eu', '../d', 'd/side/']) expectRefusal(await lease({ room }), 404, 'no-such-draft')
    for (const count of [0, 21, 1.5, '2']) expectRefusal(await lease({ count }), 400, 'bad-command')
    expect(await world.store.leases('d')).toEqual([])
  })
})

describe('commands', () => {
  const key = 'k-12345678'

  it('HT11 a command goes to the rooms with the speaker that the hat names, and its answer comes back', async () => {
    const cookie = await seedPerson(world.store, 'ana', chairHat)
    world.rooms.answer = { ok: true, result: { amendment: 'a' } }
    const answer = await world.post('/api/commands', { key, draft: 'd', hatId: 'ana-hat', body: { command: 'lock', unit: 'u' } }, cookie)
    expect(JSON.parse(answer.text)).toEqual({ ok: true, result: { amendment: 'a' } })
    expect(world.rooms.commands).toEqual([{
      request: { key, draft: 'd', hatId: 'ana-hat', body: { command: 'lock', unit: 'u' } },
      speaker: { person: 'ana', personName: 'Name of ana', hatId: 'ana-hat', hat: chairHat },
    }])
  })

  it.each([['only-chair', 403], ['changed', 409], ['store-failed', 503], ['bad-command', 400], ['constructor', 409]])('HT11 a refusal %s leaves as %i', async (code, status) => {
    const cookie = await seedPerson(world.store, 'ana', chairHat)
    world.rooms.answer = { ok: false, error: { code, sentence: 'Said so.' } }
    const answer = await world.post('/api/commands', { key, draft: 'd', hatId: 'ana-hat', body: { command: 'lock', unit: 'u' } }, cookie)
    expect([answer.status, JSON.parse(answer.text)]).toEqual([status, { ok: false, error: { code, sentence: 'Said so.' } }])
  })

  it('HT11 what does not fit the schema, or names no draft or another’s hat, does not reach the rooms', async () => {
    const cookie = await seedPerson(world.store, 'ana', chairHat)
    await seedPerson(world.store, 'ben', japanHead)
    const command = (request: object) => world.post('/api/commands', { key, draft: 'd', hatId: 'ana-hat', body: { command: 'lock', unit: 'u' }, ...request }, cookie)
    for (const request of [{ key: 'short' }, { draft: undefined }, { hatId: undefined }, { body: { command: 'lock' } }, { body: { command: 'rule' } }, { body: null }]) {
      expectRefusal(await command(request), 400, 'bad-command')
    }
    expectRefusal(await command({ hatId: 'ben-hat' }), 403, 'no-such-hat')
    expectRefusal(await command({ draft: 'nowhere' }), 404, 'no-such-draft')
    expectRefusal(await command({ body: { command: 'import', source: 'The General Assembly,' } }), 400, 'bad-command')
    expect(world.rooms.commands).toEqual([])
  })

  it('HT11 creating a draft is for those who may', async () => {
    const [ana, ben] = [await seedPerson(world.store, 'ana', null, { canCreate: true }), await seedPerson(world.store, 'ben', chairHat)]
    const request = { key, body: { command: 'create-draft', title: 'T' } }
    expect((await world.post('/api/commands', request, ana)).result).toEqual({ draft: 'new', hatId: 'new-hat' })
    expect(world.rooms.created).toEqual([{ request: { key, body: { command: 'create-draft', title: 'T', language: 'en' } }, person: { id: 'ana', name: 'Name of ana' } }])
    expectRefusal(await world.post('/api/commands', request, ben), 403, 'not-permitted')
  })
})

describe('the page', () => {
  it('HT12 comes from the client’s folder, one document for all of its addresses', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'omnibus-page-'))
    mkdirSync(join(folder, 'assets'))
    writeFileSync(join(folder, 'index.html'), '<!doctype html><title>Omnibus</title>')
    writeFileSync(join(folder, 'assets', 'main-abc.js'), 'export {}')
    const page = await openWorld({ clientFolder: folder })
    try {
      for (const path of ['/', '/join/some-id', '/draft/d', '/draft/d/side']) {
        const answer = await page.get(path)
        expect([answer.status, answer.text, answer.headers.get('cache-control')]).toEqual([200, '<!doctype html><title>Omnibus</title>', 'no-cache'])
      }
      expect((await page.get('/assets/main-abc.js')).headers.get('cache-control')).toBe('public, max-age=31536000, immutable')
      for (const path of ['/assets', '/assets/', '/other', '/index.html/', '/..%2fpackage.json']) expect((await page.get(path)).code).toBe('no-such-page')
    } finally {
      await page.stop()
      rmSync(folder, { recursive: true })
    }
  })
})

describe('a file to be read', () => {
  const read = (bytes: string | Uint8Array<ArrayBuffer>, cookie: string, type = 'application/octet-stream') =>
    world.send('/api/read', { method: 'POST', headers: { cookie, origin: world.url, 'content-type': type }, body: bytes })

  it('FR6 WN5 is given back as a value with its report, or with what it proposes, to whoever is signed in; nothing is written', async () => {
    const cookie = await seedPerson(world.store, 'ana', chairHat)
    expectRefusal(await read('The General Assembly,', ''), 401, 'not-signed-in')
    expect(await read('The General Assembly,\n\nRecalling all,\n', cookie)).toMatchObject({
      status: 200, result: { format: 'text', value: { language: 'en', units: [{ kind: 'organ' }, { kind: 'pp' }] }, report: { wordsIn: 5, lost: [] } },
    })
    expectRefusal(await read(new Uint8Array([0xff, 0xfe, 0x41]), cookie), 409, 'import-unreadable')
    expectRefusal(await read('%PDF-1.7', cookie), 409, 'import-format-unknown')
    expectRefusal(await read(new Uint8Array(limits.importFileBytesMax + 1), cookie), 413, 'import-too-large')
    expectRefusal(await read('{}', cookie, 'application/json'), 409, 'import-empty')
    expectRefusal(await read('words', cookie, 'text/plain'), 400, 'bad-command')
    for (const [how, words] of [['accept', 'Urges all;'], ['reject', 'Urges;']] as const) {
      const answer = await world.send(`/api/read?revisions=${how}`, { method: 'POST', headers: { cookie, origin: world.url, 'content-type': 'application/octet-stream' }, body: new Uint8Array(wordOf(p(r('Urges') + ins(r(' all')) + r(';')))) })
      expect(answer.result).toMatchObject({ format: 'docx', value: { units: [{ words }] } })
    }
    const proposed = await world.send('/api/read?revisions=amendments', { method: 'POST', headers: { cookie, origin: world.url, 'content-type': 'application/octet-stream' }, body: new Uint8Array(wordOf(p(r('Urges') + ins(r(' all')) + r(';')))) })
    expect(proposed.result).toMatchObject({ value: { units: [{ words: 'Urges;' }] }, remarks: [], proposed: { digest: expect.stringMatching(/^[0-9a-f]{64}$/) as string, changes: [{ kind: 'words', unit: 0, note: null, edits: [{ from: 5, to: 5, words: ' all' }] }], unplaced: [], authors: ['Japan'] } })
    expectRefusal(await world.send('/api/read?revisions=keep', { method: 'POST', headers: { cookie, origin: world.url, 'content-type': 'application/octet-stream' }, body: 'x' }), 400, 'bad-command')
    expect(world.rooms.commands).toEqual([])
  })
})
