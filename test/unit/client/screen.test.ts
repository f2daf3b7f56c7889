import { describe, expect, it } from 'vitest'
import { hunkText, readAmendments } from '../../../shared/model/amendments.ts'
import { leaveRecorded } from '../../../client/room/screen.ts'
import { chair, TestRoom } from './support.ts'

describe('the text on screen', () => {
  const shown = (room: TestRoom): string[] => readAmendments(room.side).filter(({ dropped }) => !dropped).map(({ id }) => id)
  const session = ({ shared, side }: TestRoom) => ({ shared, side, origin: {}, hat: chair })

  it('SC4 is left by what was recorded for a delegation, and by nothing else', () => {
    const room = new TestRoom()
    const id = room.change(room.side, 0, 'every lamp', 'each lamp')
    leaveRecorded(session(room))
    expect(shown(room)).toEqual([id])
    room.putForward()
    room.publish(id, { proposer: 'office' })
    leaveRecorded(session(room))
    expect(shown(room)).toEqual([id])
    room.publish(id, { proposer: 'japan', asRecorded: true })
    leaveRecorded(session(room))
    expect(shown(room)).toEqual([])
  })

  it('SC4 keeps what somebody at the table has gone on typing in it meanwhile', () => {
    const room = new TestRoom()
    const id = room.change(room.side, 0, 'every lamp', 'each lamp')
    room.putForward()
    room.publish(id, { proposer: 'japan', asRecorded: true })
    const [copy] = readAmendments(room.side)
    hunkText(room.side, id, copy!.hunks[0]!.id)!.insert(0, 'nearly ')
    leaveRecorded(session(room))
    expect(shown(room)).toEqual([id])
  })
})
