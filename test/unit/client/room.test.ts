import { describe, expect, it } from 'vitest'
import fc from 'fast-check'
import { coloursOf } from '../../../client/room/colours.ts'
import { createDecider } from '../../../client/room/decide.ts'
import { attendance, together, whyKeptNowhere } from '../../../client/room/link.ts'
import { recordLine } from '../../../shared/record/line.ts'
import { byStatus, landingOf, statusOf, unreviewed } from '../../../client/room/overview.ts'
import { stack } from '../../../client/room/stack.ts'
import { openShelf } from '../../../client/room/unsent.ts'
import { routeOf } from '../../../client/route.ts'
import { createApi } from '../../../client/api.ts'
import type { Answer } from '../../../client/api.ts'
import type { CommandRequest, CommandResult } from '../../../shared/wire/commands.ts'
import { chair, japan, legal, TestRoom } from './support.ts'

describe('where one lands', () => {
  it('PG6 a delegate lands on changes, a legal officer on the unreviewed, the chair on statuses', () => {
    expect([japan, legal, chair].map(landingOf)).toEqual(['changes', 'unreviewed', 'statuses'])
  })

  it('PG6 unreviewed is what was never reviewed, or on an earlier wording', () => {
    const room = new TestRoom()
    const first = room.publish(room.change(room.shared, 0, 'every lamp', ''))
    const { digest } = room.view().published[0]!.state
    const left = (): string[] => unreviewed(room.view(), room.stands).map((card) => card.id)
    expect(left()).toEqual([first])
    room.enter('review', { amendment: first, digest, verdict: 'cleared', note: '' })
    expect(left()).toEqual([])
    room.enter('review', { amendment: first, digest: 'another', verdict: 'flagged', note: 'x' })
    expect(left()).toEqual([first])
  })

  it('PG7 a paragraph is agreed, locked, amended or open, in that order', () => {
    const room = new TestRoom()
    const [first, second] = [room.unit(0).id, room.unit(1).id]
    room.publish(room.change(room.shared, 0, 'every lamp', ''))
    room.setUnit(1, { locked: true, agreed: null })
    expect(byStatus(room.view())).toEqual(new Map([['amended', [first]], ['open', []], ['locked', [second]], ['agreed', []]]))
    room.setUnit(0, { locked: true, agreed: { by: 'office', atMs: 1, digest: '' } })
    expect(statusOf(room.view(), first)).toBe('agreed')
  })

  it('PG8 a line of the record can be made of any entry', () => {
    fc.assert(fc.property(fc.jsonValue(), (body) => {
      const line = recordLine({ seq: 1, atMs: 1, kind: 'put-forward', actorName: null, body: body as never })
      expect(typeof line.note).toBe('string')
    }))
    const body = { hat: { delegation: 'eu' }, body: { amendment: 'a-1', about: { kind: 'modify', target: 'u-1' }, note: 'later' } }
    expect(recordLine({ seq: 2, atMs: 1, kind: 'review', actorName: null, body })).toMatchObject({ delegation: 'eu', amendment: 'a-1', unit: 'u-1', note: 'later' })
  })
})

describe('deciding', () => {
  const refusal: Answer<CommandResult> = { ok: false, status: 0, code: 'offline', sentence: 'No answer.' }
  const tried = async (answers: Answer<CommandResult>[]): Promise<{ sent: CommandRequest[]; answer: Answer<CommandResult> }> => {
    const sent: CommandRequest[] = []
    let keys = 0
    const decide = createDecider({
      api: { command: async (request) => { sent.push(request); return answers.shift()! } },
      newKey: () => `key-${++keys}-key`,
      pause: async () => undefined,
    }, { draft: 'd', hatId: 'h' })
    return { answer: await decide({ command: 'open-negotiation' }), sent }
  }

  it('PG9 a decision without an answer is sent again under the same key', async () => {
    const { sent, answer } = await tried([refusal, refusal, { ok: true, result: {} }])
    expect(answer.ok).toBe(true)
    expect(sent.map((request) => request.key)).toEqual(['key-1-key', 'key-1-key', 'key-1-key'])
  })

  it('PG9 a refusal is an answer: it is not sent again', async () => {
    const { sent, answer } = await tried([{ ok: false, status: 409, code: 'changed', sentence: 'Changed.' }])
    expect(answer).toMatchObject({ ok: false, code: 'changed' })
    expect(sent).toHaveLength(1)
  })

  it('PG9 it gives up after four sendings and says so', async () => {
    const { sent, answer } = await tried([refusal, refusal, refusal, refusal])
    expect(answer).toMatchObject({ ok: false, code: 'offline' })
    expect(sent).toHaveLength(4)
  })

  it('PG10 whatever the server or the network does, the page gets an answer with a sentence', async () => {
    const answers = [
      () => Promise.reject(new TypeError('failed')),
      () => Promise.resolve(new Response('<html>', { status: 502 })),
      () => Promise.resolve(Response.json({ ok: false })),
      () => Promise.resolve(Response.json({ ok: false, error: { code: 'frozen', sentence: 'It is frozen.' } }, { status: 409 })),
    ]
    const codes: string[] = []
    for (const fetching of answers) {
      const answer = await createApi(fetching).me()
      if (answer.ok) throw new Error('an answer was made up')
      expect(answer.sentence).not.toBe('')
      codes.push(answer.code)
    }
    expect(codes).toEqual(['offline', 'unreadable', 'unreadable', 'frozen'])
  })
})

describe('the room', () => {
  it('PG19 the time is the server’s, as its answers tell it; a network that answers in its place tells none', async () => {
    const wrong = Date.UTC(2031, 0, 1)
    const right = Date.UTC(2026, 10, 28, 12)
    const answers = [
      new Response('<html>', { headers: { date: new Date(0).toUTCString() } }),
      new Response(JSON.stringify({ ok: true, result: {} }), { headers: { date: new Date(right).toUTCString() } }),
      new Response('<html>', { headers: { date: new Date(0).toUTCString() } }),
      new Response(JSON.stringify({ ok: true, result: {} })),
    ]
    let clock = wrong
    const api = createApi(async () => answers.shift()!, () => clock)
    const times: number[] = []
    for (let asked = 0; asked < 4; asked++) {
      await api.me()
      times.push(api.nowMs())
    }
    clock += 5_000
    expect([...times, api.nowMs()]).toEqual([wrong, right, right, right, right + 5_000])
  })

  it('PG11 cards never lie over one another; the chosen one is exactly beside its paragraph', () => {
    const items = fc.array(fc.record({ wanted: fc.nat(3_000), height: fc.integer({ min: 1, max: 400 }) }), { maxLength: 30 })
    fc.assert(fc.property(items, fc.nat(29), (raw, at) => {
      const list = raw.sort((left, right) => left.wanted - right.wanted).map((item, index) => ({ id: String(index), ...item }))
      const fixed = list[at]?.id ?? null
      const tops = stack(list, 8, fixed)
      let end = 0
      for (const item of list) {
        expect(tops.get(item.id)!).toBeGreaterThanOrEqual(end)
        end = tops.get(item.id)! + item.height + 8
      }
      const room = list.slice(0, at).reduce((sum, item) => sum + item.height + 8, 0)
      if (fixed !== null && room <= list[at]!.wanted) expect(tops.get(fixed)).toBe(list[at]!.wanted)
    }))
  })

  it('PG12 the graver of two connections is shown', () => {
    const status = (phase: 'saved' | 'saving' | 'paused' | 'offline', unacknowledged: number, kept: 'yes' | 'soon' | 'no' = 'yes') => ({ phase, unacknowledged, kept, code: null })
    expect(together([status('saved', 0), status('saving', 2)])).toEqual({ phase: 'saving', unacknowledged: 2, kept: 'yes', code: null })
    expect(together([status('offline', 1), status('saving', 2, 'soon')])).toEqual({ phase: 'offline', unacknowledged: 3, kept: 'soon', code: null })
    expect(together([status('paused', 1), status('saving', 0)]).phase).toBe('paused')
    expect(together([status('offline', 1, 'no'), status('offline', 2, 'soon')]).kept).toBe('no')
  })

  it('BD20 while the server lets nothing in, one types where it is kept, and in a text that is whole', () => {
    const why = (phase: 'saving' | 'offline' | 'paused', kept: 'yes' | 'soon' | 'no', code: 'store-down' | 'log-damaged' | null) => whyKeptNowhere({ phase, unacknowledged: 1, kept, code })
    expect([why('paused', 'yes', 'store-down'), why('paused', 'soon', 'store-down'), why('offline', 'no', null), why('saving', 'no', null)]).toEqual([null, null, null, null])
    expect([why('paused', 'no', 'store-down'), why('paused', 'yes', 'log-damaged')]).toEqual(['store-down', 'log-damaged'])
  })

  it('PG13 who is here is told by delegation, own first, and by name only where the server gave one', () => {
    const one = (client: number, delegation: string, name: string | null) => ({ client, delegation, role: 'delegate', name, cursor: null })
    const here = attendance([one(1, 'eu', null), one(2, 'office', null), one(3, 'japan', 'Aiko'), one(4, 'eu', null)], 'japan', (id) => id)
    expect(here).toEqual([
      { delegation: 'japan', count: 1, names: ['Aiko'] },
      { delegation: 'office', count: 1, names: [] },
      { delegation: 'eu', count: 2, names: [] },
    ])
  })

  it('PG13 up to eight delegations have eight colours', () => {
    const colours = coloursOf(['eu', 'japan', 'iom', 'g77', 'brazil', 'legal', 'office', 'unhcr'])
    expect(new Set(colours.values()).size).toBe(8)
    expect(coloursOf(['japan', 'eu'])).toEqual(coloursOf(['eu', 'japan']))
  })

  it('PG14 words that were not taken stay on the device until discarded', () => {
    const kept = new Map<string, string>()
    const keep = {
      getItem: (key: string) => kept.get(key) ?? null,
      setItem: (key: string, value: string) => void kept.set(key, value),
      removeItem: (key: string) => void kept.delete(key),
    }
    const words = { words: 'forty words', sentence: 'Locked.', place: { in: ['texts', 't'], at: [1, 2] as const } }
    openShelf(keep, 'p', 'd').add([words, { words: ' ', sentence: 'Locked.' }])
    const again = openShelf(keep, 'p', 'd')
    expect(again.all.value).toEqual([{ id: '1', ...words }])
    // A page that was lost before it had forgotten them elsewhere.
    again.add([words, { ...words, struck: true }])
    expect(again.all.value).toEqual([{ id: '1', ...words }, { id: '2', ...words, struck: true }])
    again.discard('2')
    expect(openShelf(keep, 'other', 'd').all.value).toEqual([])
    again.discard('1')
    expect(kept.size).toBe(0)
  })

  it('PG14 a device that keeps nothing, or keeps rubbish, still shows them, and says that they are not kept', () => {
    const shelf = openShelf({ getItem: () => '{"', setItem: () => { throw new Error('full') }, removeItem: () => undefined }, 'p', 'd')
    expect(shelf.isKept.value).toBe(true)
    shelf.add([{ words: 'words', sentence: 'Why.' }])
    expect([shelf.all.value.map((one) => one.words), shelf.isKept.value]).toEqual([['words'], false])
    shelf.discard('1')
    expect(shelf.isKept.value).toBe(true)
  })

  it('PG15 there are four addresses, and any other is the list of drafts', () => {
    expect(routeOf('/join/a1', '#s3cret')).toEqual({ page: 'join', link: 'a1', secret: 's3cret' })
    expect(routeOf('/draft/d1', '')).toEqual({ page: 'draft', draft: 'd1' })
    expect(routeOf('/verify', '')).toEqual({ page: 'verify' })
    for (const path of ['/', '/verify/x', '/draft', '/draft/%E0%A4%A', '/draft/a/b', '/other/x']) expect(routeOf(path, '')).toEqual({ page: 'drafts' })
  })
})
