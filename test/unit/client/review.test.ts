import { describe, expect, it } from 'vitest'
import { byParagraph, reviewItems, reviewOf } from '../../../client/room/review-queue.ts'
import { morningSheet } from '../../../client/room/morning-sheet.ts'
import { openStands } from '../../../client/room/stands.ts'
import { historyOn, standsOn } from '../../../client/room/positions.ts'
import { matrixOf, noFilter, roleIn } from '../../../client/room/matrix.ts'
import type { MatrixFilter, MatrixOrder } from '../../../client/room/matrix.ts'
import { digestOfUnit } from '../../../shared/lifecycle/digests.ts'
import type { StandEntry } from '../../../shared/record/entries.ts'
import type { RecordEntry } from '../../../shared/wire/answers.ts'
import { TestRoom } from './support.ts'

const position = (about: object, digest: string, delegation: string, said: string | null, to: 'all' | 'table' = 'all') =>
  ({ ...about, digest, delegation, position: said, to, note: '', asRecorded: false })

function room(): { room: TestRoom; first: string; second: string; third: string } {
  const made = new TestRoom()
  const first = made.publish(made.change(made.shared, 0, 'every lamp', 'each light'), { proposer: 'japan' })
  const second = made.publish(made.change(made.shared, 1, 'the matter', 'the question'), { proposer: 'eu' })
  const third = made.publish(made.change(made.shared, 0, 'every lamp', 'each light'), { proposer: 'eu' })
  return { room: made, first, second, third }
}

describe('the officer’s queue', () => {
  it('LR1 is in the order of the text, with the same edit once, whoever proposes it and why', () => {
    const { room: made, first, second, third } = room()
    const items = reviewItems(made.view(), made.stands)
    expect(items.map((item) => item.cards.map((card) => card.id))).toEqual([[first, third], [second]])
    expect(byParagraph(items).map((group) => group.unit?.number)).toEqual(['OP1', 'OP2'])
    expect(reviewOf(items[0]!, 'cleared', '')).toMatchObject({ command: 'review', amendment: first, alike: [{ amendment: third }], verdict: 'cleared' })
  })

  it('LR1 other words, other places and other paragraphs are other edits', () => {
    const { room: made } = room()
    made.publish(made.change(made.shared, 0, 'every lamp', 'each lights'))
    made.publish(made.change(made.shared, 0, 'every', 'each light'))
    made.publish(made.propose(made.shared, { kind: 'insert', target: made.unit(0).id, unitKind: 'op', inside: false }, 'Invites keepers;'))
    made.publish(made.propose(made.shared, { kind: 'insert', target: made.unit(1).id, unitKind: 'op', inside: false }, 'Invites keepers;'))
    expect(reviewItems(made.view(), made.stands)).toHaveLength(6)
  })

  it('LR1 what waits is new, or has changed since it was reviewed; an editorial correction is not reviewed', () => {
    const { room: made, first, second, third } = room()
    const waiting = (): string[] => reviewItems(made.view(), made.stands).flatMap((item) => item.waiting.map((card) => card.id))
    const digestOf = (id: string): string => made.view().published.find((card) => card.id === id)!.state.digest
    made.enter('review', { amendment: first, digest: digestOf(first), alike: [{ amendment: third, digest: digestOf(third) }], verdict: 'cleared', note: '' })
    expect(waiting()).toEqual([second])
    made.publish(third, { proposer: 'eu', digest: 'of a later wording' })
    expect(waiting()).toEqual([third, second])
    expect(reviewOf(reviewItems(made.view(), made.stands)[0]!, 'flagged', 'x', 'reference')).toMatchObject({ amendment: third, alike: [], flag: 'reference' })
    made.publish(second, { editorial: true })
    expect(waiting()).toEqual([third])
  })
})

describe('positions on the page', () => {
  it('PS1 a position given on an earlier wording says so, on an amendment and on a paragraph', () => {
    const { room: made, first } = room()
    const unit = made.unit(1)
    made.enter('position', position({ amendment: first }, 'earlier', 'eu', 'reserve'))
    made.enter('position', position({ unit: unit.id }, digestOfUnit(unit), 'eu', 'cannot-accept', 'table'))
    const { digest } = made.view().published[0]!.state
    expect(standsOn(made.stands, `amendment:${first}`, digest)).toMatchObject([{ delegation: 'eu', position: 'reserve', stale: true, confidential: false }])
    expect(standsOn(made.stands, `unit:${unit.id}`, digestOfUnit(unit))).toMatchObject([{ position: 'cannot-accept', stale: false, confidential: true }])
    made.enter('position', position({ amendment: first }, digest, 'eu', null))
    expect(standsOn(made.stands, `amendment:${first}`, digest)).toEqual([])
    expect(historyOn(made.stands, `amendment:${first}`).map((one) => one.position)).toEqual([null, 'reserve'])
  })

  it('PS10 the matrix has a row for each amendment, and for each paragraph that somebody spoke on', () => {
    const { room: made, first, second, third } = room()
    const unit = made.unit(1)
    const digestOf = (id: string): string => made.view().published.find((card) => card.id === id)!.state.digest
    made.enter('position', position({ amendment: second }, digestOf(second), 'japan', 'cannot-accept'))
    made.enter('position', position({ amendment: first }, digestOf(first), 'eu', 'support'))
    made.enter('position', position({ unit: unit.id }, digestOfUnit(unit), 'eu', 'reserve'))
    const keys = (filter: Partial<MatrixFilter> = {}, order: MatrixOrder = 'paragraph', descending = false): string[] =>
      matrixOf(made.view(), made.stands, { ...noFilter, ...filter }, order, descending).rows.map((row) => row.key.replace(/^amendment:/, ''))
    expect(keys()).toEqual([first, third, `unit:${unit.id}`, second])
    expect(keys({}, 'paragraph', true)).toEqual([`unit:${unit.id}`, second, first, third])
    expect(keys({}, 'against', true)).toEqual([second, first, third, `unit:${unit.id}`])
    expect(keys({}, 'proposer').at(-1)).toBe(first)
    expect(keys({}, 'delegation:eu', true).slice(0, 2)).toEqual([`unit:${unit.id}`, first])
    expect(keys({ position: 'cannot-accept' })).toEqual([second])
    expect(keys({ delegation: 'eu', position: 'cannot-accept' })).toEqual([])
    expect(keys({ delegation: 'japan' })).toEqual([first, second])
    expect(keys({ unit: unit.id })).toEqual([`unit:${unit.id}`, second])
    made.publish(second, { proposer: 'eu', status: 'withdrawn' })
    expect(keys({ status: 'decided' })).toEqual([second])
    const { rows, columns } = matrixOf(made.view(), made.stands, noFilter, 'paragraph', false)
    expect(columns.map(({ id }) => id)).toEqual(['eu', 'japan'])
    expect([roleIn(rows[0]!, 'japan'), roleIn(rows[0]!, 'eu')]).toEqual(['proposer', null])
  })

  it('PS11 a screen asks only for what is new, and for everything when positions were opened or closed', async () => {
    const entry = (seq: number, said: string): StandEntry =>
      ({ kind: 'position', seq, atMs: 1, audience: null, about: 'amendment:a-1', digest: '', delegation: 'eu', position: said as 'reserve', to: 'all', note: '', asRecorded: false })
    const asked: number[] = []
    const served = { opened: false, seq: 2, entries: [entry(2, 'reserve')] as StandEntry[] }
    const stands = openStands({
      positions: async (_draft, _hatId, after) => {
        asked.push(after)
        return { ok: true, result: { ...served, entries: served.entries.filter((one) => one.seq > after) } }
      },
    }, 'd', 'h')
    await stands.refresh()
    served.seq = 3
    served.entries.push(entry(3, 'support'))
    await Promise.all([stands.refresh(), stands.refresh()])
    expect(stands.value.value.positions.get('amendment:a-1')?.get('eu')?.given.map((one) => one.position)).toEqual(['reserve', 'support'])
    Object.assign(served, { opened: true, seq: 4, entries: [{ kind: 'opening', seq: 4, atMs: 1, audience: null, opened: true }] })
    await stands.refresh()
    expect([stands.value.value.opened, stands.value.value.positions.size]).toEqual([true, 0])
    expect(asked).toEqual([0, 2, 2, 3, 0])
  })
})

describe('the morning sheet', () => {
  it('LR9 says by paragraph what is new: proposals, flags, positions and decisions; and what waits for an answer since whenever', () => {
    const { room: made, first, second, third } = room()
    const digestOf = (id: string): string => made.view().published.find((card) => card.id === id)!.state.digest
    made.publish(third, { proposer: 'eu', asking: [{ delegation: 'japan', digest: '' }] })
    const record: RecordEntry[] = []
    const enter = (kind: string, body: object): void => {
      made.enter(kind, body as never)
      record.push({ seq: made.stands.seq, atMs: 1, kind, actor: null, actorName: null, body: { body } as never, digest: '', who: '', content: null })
    }
    enter('put-forward', { amendment: first })
    enter('position', position({ amendment: second }, digestOf(second), 'japan', 'reserve'))
    enter('put-forward', { amendment: second })
    enter('review', { amendment: second, digest: digestOf(second), verdict: 'flagged', flag: 'reference', note: 'which one?' })
    enter('position', position({ amendment: second }, digestOf(second), 'japan', 'cannot-accept', 'table'))
    enter('position', position({ unit: made.unit(0).id }, '', 'eu', 'support'))
    const sheet = morningSheet(made.view(), made.stands, record, (entry) => entry.seq > 2)
    expect(sheet.map(({ unit, lines }) => [unit?.number, ...lines.map((line) => line.kind)])).toEqual([
      ['OP1', 'asks-to-cosponsor', 'position'],
      ['OP2', 'proposed', 'flag', 'position'],
    ])
    expect(sheet[1]!.lines.at(-1)).toMatchObject({ delegation: 'japan', before: 'reserve', now: 'cannot-accept', confidential: true })
    made.publish(second, { status: 'incorporated' })
    enter('incorporate', { amendment: second })
    expect(morningSheet(made.view(), made.stands, record, (entry) => entry.seq > 2)[1]!.lines.map((line) => line.kind)).toEqual(['decided', 'position'])
    expect(morningSheet(made.view(), made.stands, [], () => true).flatMap(({ lines }) => lines.map((line) => line.kind))).toEqual(['asks-to-cosponsor'])
  })
})
