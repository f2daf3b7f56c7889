import { describe, expect, it } from 'vitest'
import { cardActions, consentActions } from '../../../client/room/card-actions.ts'
import { changesOf } from '../../../client/room/changes.ts'
import { digestOfView } from '../../../client/room/view.ts'
import { sentenceOf } from '../../../shared/wire/errors.ts'
import { proposalText } from '../../../shared/model/amendments.ts'
import { replaceWords } from '../../../shared/model/operations.ts'
import { chair, eu, japan, legal, TestRoom } from './support.ts'
import type { Hat } from '../../../shared/policy/types.ts'

const offeredTo = (room: TestRoom, hat: Hat): string[] =>
  cardActions(room.standing(hat), room.view().published[0]!).filter((action) => action.verdict.code === null).map((action) => action.id)

describe('cards', () => {
  it('PG1 a card shows what is struck, what is new, and only the words around them', () => {
    const room = new TestRoom()
    room.publish(room.change(room.shared, 0, 'every lamp', 'each light'))
    const parts = changesOf(room.view().published[0]!)
    expect(parts.map((part) => part.kind)).toEqual(['kept', 'struck', 'new', 'kept'])
    expect(parts[1]!.words).toBe('every lamp')
    expect(parts[2]!.words).toBe('each light')
    expect(parts[3]!.words).toBe(' in the harbour burning through the whole …')
  })

  it('PG1 what was incorporated is shown as it was proposed, although the text has taken it in', () => {
    const room = new TestRoom()
    const id = room.publish(room.change(room.shared, 0, 'every lamp', 'each light'), { status: 'incorporated' })
    const unit = room.unit(0)
    replaceWords(room.shared, unit, unit.words.indexOf('every lamp'), unit.words.indexOf('every lamp') + 'every lamp'.length, 'each light')
    const card = room.view().published.find((one) => one.id === id)!
    expect(changesOf(card)).toEqual([{ kind: 'struck', words: 'every lamp' }, { kind: 'new', words: 'each light' }])
  })

  it('PG1 a new paragraph shows its words, a deletion those that would go', () => {
    const room = new TestRoom()
    room.publish(room.propose(room.shared, { kind: 'insert', target: room.unit(0).id, unitKind: 'op', inside: false }, 'Invites keepers;'))
    room.publish(room.propose(room.shared, { kind: 'delete', target: room.unit(1).id }, ''))
    expect(room.view().published.map(changesOf)).toEqual([
      [{ kind: 'new', words: 'Invites keepers;' }],
      [{ kind: 'struck', words: 'Decides to remain seized of the matter.' }],
    ])
  })

  it('PG2 a card offers what the policy permits this capacity', () => {
    const room = new TestRoom()
    room.publish(room.change(room.shared, 0, 'every lamp', 'each light'))
    expect(offeredTo(room, chair)).toEqual(['incorporate', 'keep-in-brackets', 'hold', 'not-reflected'])
    expect(offeredTo(room, legal)).toEqual(['clear', 'flag'])
    expect(offeredTo(room, japan)).toEqual(['cosponsor'])
    expect(offeredTo(room, eu)).toEqual(['revise', 'withdraw'])
  })

  it('PG3 what is not permitted has its sentence; what no change of the card would permit is listed apart', () => {
    const room = new TestRoom()
    room.publish(room.change(room.shared, 0, 'every lamp', 'each light'), { proposer: 'iom', proposerKind: 'igo', needsState: true })
    const incorporate = cardActions(room.standing(chair), room.view().published[0]!).find((action) => action.id === 'incorporate')!
    expect(incorporate.verdict).toEqual({ code: 'needs-state', why: sentenceOf('needs-state') })
    expect(incorporate.offered).toBe(true)
    const others = cardActions(room.standing(japan), room.view().published[0]!).filter((action) => !action.offered)
    expect(others.map((action) => action.id)).toContain('incorporate')
    for (const action of others) expect(action.verdict.why).not.toBeNull()
  })

  it('PG4 every decision on a card names the digest of the wording that it shows', () => {
    const room = new TestRoom()
    room.publish(room.change(room.shared, 0, 'every lamp', 'each light'), { asking: [{ delegation: 'japan', digest: '' }], asRecorded: true, needsState: true })
    const card = room.view().published[0]!
    room.enter('review', { amendment: card.id, digest: card.state.digest, verdict: 'flagged', flag: 'legal', note: 'x' })
    const commands = [
      ...cardActions(room.standing(chair), card).map((action) => action.command('')),
      ...consentActions(room.standing(eu), card).map((action) => action.command(true)),
    ]
    expect(commands).toHaveLength(12)
    for (const command of commands) {
      expect(command.command === 'settle' ? command.hold[0] : command).toMatchObject({ amendment: card.id, digest: digestOfView(card.amendment) })
    }
  })

  it('PG5 private work is shown until it is put forward, and again when its wording moves on', () => {
    const room = new TestRoom()
    const id = room.propose(room.side, { kind: 'insert', target: room.unit(0).id, unitKind: 'op', inside: false }, 'Invites keepers;')
    expect(room.view().private.map((card) => card.nextRevision)).toEqual([1])
    expect(room.view().published).toEqual([])
    room.putForward()
    expect(room.view().private).toEqual([])
    proposalText(room.side, id)!.insert(7, ' all')
    expect(room.view().private).toMatchObject([{ id, nextRevision: 2, published: { id } }])
  })

  it('PG5 an empty proposal is not shown, nor one that was decided', () => {
    const room = new TestRoom()
    room.propose(room.side, { kind: 'insert', target: room.unit(0).id, unitKind: 'op', inside: false }, '  ')
    expect(room.view().private).toEqual([])
    const id = room.change(room.side, 0, 'every lamp', '')
    room.putForward()
    room.publish(id, { status: 'incorporated', digest: 'of an earlier wording' })
    expect(room.view().private).toEqual([])
  })
})
