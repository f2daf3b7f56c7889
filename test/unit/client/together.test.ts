import { signal } from '@preact/signals'
import { describe, expect, it } from 'vitest'
import { followTyping, overOf } from '../../../client/room/as-typed.ts'
import { cardActions } from '../../../client/room/card-actions.ts'
import { circleName, circlesOf, placeName, proposerName, sideFactsOf, titleOf } from '../../../client/room/circles.ts'
import { putForwardAll } from '../../../client/room/forwarding.ts'
import type { Answer } from '../../../client/api.ts'
import { proposalText } from '../../../shared/model/amendments.ts'
import { stateOfCircle } from '../../../shared/model/circles.ts'
import type { CircleState } from '../../../shared/model/circles.ts'
import { amendmentsOf } from '../../../shared/model/layout.ts'
import { writeState } from '../../../shared/model/state.ts'
import { digestOfAmendment } from '../../../shared/lifecycle/digests.ts'
import { readPublished } from '../../../shared/model/decisions.ts'
import type { Command, CommandResult } from '../../../shared/wire/commands.ts'
import { limits } from '../../../shared/wire/limits.ts'
import type { Hat } from '../../../shared/policy/types.ts'
import { eu, japan, TestRoom } from './support.ts'
import * as Y from 'yjs'

const given = (delegation: string): { delegation: string; digest: string } => ({ delegation, digest: '' })
const offered = (room: TestRoom, hat: Hat): string[] =>
  cardActions(room.standing(hat), room.view().published[0]!).filter((action) => action.verdict.code === null).map((action) => action.id)

describe('a card', () => {
  it('SP7 offers a sponsor to revise and to leave, and the delegation recorded for to correct', () => {
    const room = new TestRoom()
    const id = room.publish(room.change(room.shared, 0, 'every lamp', ''), { sponsors: [given('japan')] })
    expect(offered(room, japan)).toEqual(['revise', 'leave'])
    expect(offered(room, eu)).toEqual(['revise', 'leave'])
    room.publish(id, { asRecorded: true })
    expect(offered(room, eu)).toEqual(['confirm-recorded', 'correct', 'withdraw'])
    room.publish(id, { status: 'not-reflected' })
    expect(offered(room, japan)).toEqual(['take-again'])
    room.publish(id, { status: 'incorporated' })
    expect(offered(room, eu)).toEqual([])
  })

  it('SP6 says for whom somebody speaks, and how many a group has', () => {
    const room = new TestRoom()
    writeState(room.shared, 'delegation:eu', { id: 'eu', name: 'EU', kind: 'group', members: ['japan', 'brazil'] })
    room.publish(room.change(room.shared, 0, 'every lamp', ''), { through: 'japan' })
    const view = room.view()
    expect(proposerName(view, view.published[0]!.state)).toBe('Japan, on behalf of EU')
    expect([titleOf(view, 'eu'), titleOf(view, 'japan')]).toEqual(['EU (2)', 'Japan'])
  })

  it('SP2 a copy of an earlier revision is no private work; one with work in it names the revision that it would follow', () => {
    const room = new TestRoom()
    const id = room.propose(room.side, { kind: 'insert', target: room.unit(0).id, unitKind: 'op', inside: false }, 'Invites keepers;')
    room.putForward()
    const first = digestOfAmendment(readPublished(room.side, id)!)
    const published = amendmentsOf(room.shared).get(id)!
    published.set('revisions', new Y.Map([['1', { by: 'japan', digest: first }]]))
    proposalText(room.shared, id)!.insert(0, 'Also ')
    room.publish(id, { revision: 2 })
    expect(room.view().private).toEqual([])
    proposalText(room.side, id)!.insert(0, 'Further ')
    const [card] = room.view().private
    expect(overOf(card!)).toEqual({ over: digestOfAmendment(readPublished(room.shared, id)!) })
  })
})

describe('circles on the page', () => {
  const circle = (more: Partial<CircleState>): CircleState => ({ id: 'circle-1', name: '', purpose: { kind: 'unit', unit: '' }, members: [], open: true, ...more })

  it('CI8 one prepares in circles of one’s own, open ones first, and knows them by their members or their name', () => {
    const room = new TestRoom()
    const amendment = room.publish(room.change(room.shared, 0, 'every lamp', ''), { sponsors: [given('japan')] })
    writeState(room.shared, stateOfCircle('circle-2'), circle({ id: 'circle-2', purpose: { kind: 'amendment', amendment } }))
    writeState(room.shared, stateOfCircle('circle-1'), circle({ name: 'Friends of OP2', members: ['japan'], open: false }))
    writeState(room.shared, stateOfCircle('circle-3'), circle({ id: 'circle-3', name: 'Others', members: ['brazil'] }))
    const view = room.view()
    expect(circlesOf(view, japan, null).map(({ id }) => id)).toEqual(['circle-2', 'circle-1'])
    expect(circlesOf(view, japan, 'circle-3').map(({ id }) => id)).toEqual(['circle-2', 'circle-3', 'circle-1'])
    expect(circlesOf(view, { ...japan, role: 'observer' }, null)).toEqual([])
    expect(view.circles.map((one) => circleName(view, one))).toEqual(['Friends of OP2', 'EU + Japan on OP1', 'Others'])
    expect(placeName(view, japan, null)).toBe('Japan')
    expect(placeName(view, japan, 'circle-2')).toBe('EU + Japan on OP1')
    expect(sideFactsOf(view, japan, null)).toEqual({ delegation: 'japan' })
    expect(sideFactsOf(view, japan, 'circle-1')).toEqual({ circle: { members: ['japan'], open: false } })
    expect(sideFactsOf(view, japan, 'circle-9')).toEqual({ circle: { members: [], open: false } })
  })

  it('CI8 a circle of many is named by the first two', () => {
    const room = new TestRoom()
    const members = ['eu', 'japan', 'a', 'b']
    const amendment = room.publish(room.change(room.shared, 0, 'every lamp', ''), { sponsors: members.slice(1).map(given) })
    writeState(room.shared, stateOfCircle('circle-1'), circle({ purpose: { kind: 'amendment', amendment } }))
    const view = room.view()
    expect(circleName(view, view.circles[0]!)).toBe('EU + Japan + 2 more on OP1')
  })
})

describe('putting forward', () => {
  it('CI9 all: one command each, and a refusal stops none of the others', async () => {
    const room = new TestRoom()
    for (const words of ['First;', 'Second;', 'Third;']) room.propose(room.side, { kind: 'insert', target: room.unit(0).id, unitKind: 'op', inside: false }, words)
    const view = room.view()
    const sent: Command[] = []
    const send = async (body: Command): Promise<Answer<CommandResult>> => {
      sent.push(body)
      return sent.length === 2 ? { ok: false, status: 409, code: 'unit-locked', sentence: 'Locked.' } : { ok: true, result: { revision: 1 } }
    }
    const done = await putForwardAll({ view: signal(view), send })
    expect(sent.map((body) => [body.command, 'amendment' in body ? body.amendment : null])).toEqual(view.private.map(({ id }) => ['put-forward', id]))
    expect(done.map(({ refusal }) => refusal?.code ?? null)).toEqual([null, 'unit-locked', null])
  })

  /** A page on which typing is followed, with a clock of its own. */
  function page(room: TestRoom, hat: Hat) {
    const view = signal(room.view())
    const origin = { typed: true }
    const sent: Command[] = []
    let due: (() => void) | null = null
    const waits: number[] = []
    const stop = followTyping({
      shared: room.shared, side: room.side, place: null, origin, view, ready: signal(true),
      standing: signal(room.standing(hat)),
      sideFacts: () => ({ delegation: hat.delegation }),
      send: async (body) => { sent.push(body); return { ok: true, result: {} } },
    }, (ms, run) => {
      waits.push(ms)
      due = run
      return () => { due = null }
    })
    const look = (): void => { view.value = room.view() }
    return {
      room, sent, waits, stop, look,
      set: (asTyped: boolean) => { writeState(room.shared, 'draft', { stage: 'negotiation', title: 'Lamps', language: 'en', asTyped }); look() },
      type: (write: () => void) => { room.side.transact(write, origin); look() },
      pause: () => { const run = due; due = null; run?.() },
      ids: () => sent.map((body) => ('amendment' in body ? body.amendment : '')),
    }
  }
  const begin = (room: TestRoom, words: string): string => room.propose(room.side, { kind: 'insert', target: room.unit(0).id, unitKind: 'op', inside: false }, words)

  it('CI7 by pausing, where proposals are visible as typed, and only then', () => {
    const room = new TestRoom()
    const at = page(room, japan)
    at.type(() => begin(room, 'Not yet;'))
    at.pause()
    expect(at.waits).toEqual([])
    at.set(true)
    let id = ''
    at.type(() => { id = begin(room, 'Now') })
    at.type(() => proposalText(room.side, id)!.insert(3, ' then;'))
    expect(at.waits).toEqual([limits.asTypedPauseMs, limits.asTypedPauseMs])
    at.pause()
    at.pause()
    expect(at.ids()).toEqual([id])
    at.set(false)
    at.type(() => begin(room, 'Private again;'))
    at.pause()
    expect(at.ids()).toEqual([id])
    at.stop()
  })

  it('CI7 what was begun in private before, a colleague’s words, and those of one without the right wait for a press', async () => {
    const room = new TestRoom()
    const before = begin(room, 'Before;')
    const at = page(room, japan)
    at.set(true)
    at.type(() => proposalText(room.side, before)!.insert(0, 'Also '))
    at.pause()
    begin(room, 'A colleague’s;')
    at.look()
    at.pause()
    expect(at.sent).toEqual([])
    let own = ''
    at.type(() => { own = begin(room, 'Own;') })
    at.pause()
    await Promise.resolve()
    expect(at.ids()).toEqual([own])
    at.stop()
    const drafter = page(new TestRoom(), { ...japan, level: 'drafter' })
    drafter.set(true)
    drafter.type(() => begin(drafter.room, 'Mine;'))
    drafter.pause()
    expect(drafter.sent).toEqual([])
  })
})
