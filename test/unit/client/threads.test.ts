import { describe, expect, it } from 'vitest'
import { authorSentence, creditedTo, shortAuthor } from '../../../client/room/author-words.ts'
import { indexAuthors } from '../../../client/room/authors.ts'
import type { LetterAuthor } from '../../../client/room/authors.ts'
import { mentionsOf, unreadIn } from '../../../client/room/threads.ts'
import type { RoomThread } from '../../../client/room/threads.ts'
import { TestRoom } from './support.ts'

const thread = (id: string, ...messages: [by: string, atMs: number, mentions?: string[]][]): RoomThread => ({
  thread: {
    id, about: { kind: 'unit', unit: 'u' }, by: messages[0]![0], ranges: [], quote: '', resolved: null,
    messages: messages.map(([delegation, atMs, mentions = []], index) => ({ number: index + 1, delegation, name: null, words: 'w', mentions, atMs })),
  },
  apart: false,
  place: { unit: 'u', spans: [], gone: false },
})

describe('threads on the page', () => {
  it('TH14 mentions by others come unread first, then the newest first; one’s own are none', () => {
    const threads = [
      thread('a', ['eu', 10, ['japan']], ['japan', 11, ['japan']]),
      thread('b', ['eu', 20, ['japan']], ['eu', 30, ['japan', 'eu']]),
      thread('c', ['eu', 5, ['brazil']]),
    ]
    const seen = new Map([['b', 1]])
    expect(mentionsOf(threads, 'japan', seen).map(({ room, message, unread }) => [room.thread.id, message.number, unread])).toEqual([['b', 2, true], ['a', 1, true], ['b', 1, false]])
    expect(threads.map((one) => unreadIn(one, seen))).toEqual([2, 1, 1])
  })
})

describe('authors on the page', () => {
  const imported: LetterAuthor = { imported: true, delegation: null, person: null, amendments: [], atMs: 0 }

  it('WW3 a letter is looked up by its identity, and one that was written since is nobody’s yet', () => {
    const index = indexAuthors({ authors: [{ imported: true, delegation: null, person: null, amendments: [] }, { imported: false, delegation: 'eu', person: null, amendments: [] }], runs: [[9, 20, 5, 1, 7], [9, 0, 10, 0, 3], [4, 0, 2, 1, 1]] })
    expect([0, 9, 20, 24].map((clock) => index.of(9, clock)?.atMs)).toEqual([3, 3, 7, 7])
    expect([[9, 10], [9, 25], [5, 0]].map(([client, clock]) => index.of(client!, clock!))).toEqual([null, null, null])
    expect([[9, 0], [9, 12], [9, 21], [9, 30], [5, 0]].map(([client, clock]) => index.until(client!, clock!))).toEqual([10, 20, 25, Infinity, Infinity])
  })

  it('WW3 what an amendment brought is credited to its proposer and sponsors, with its origin and decision', () => {
    const room = new TestRoom()
    const id = room.change(room.shared, 0, 'burning', 'alight')
    room.publish(id, {
      proposer: 'eu', status: 'incorporated', takenUpBy: 'japan', sponsors: [{ delegation: 'japan', digest: '' }],
      decision: { by: 'office', atMs: Date.UTC(2026, 2, 12, 12), note: '', id: null, with: [] },
    })
    const view = room.view()
    const author: LetterAuthor = { ...imported, imported: false, amendments: [id] }
    expect([creditedTo(view, author), shortAuthor(view, author)]).toEqual(['eu', 'EU, Japan, taken up by Japan'])
    expect(authorSentence(view, author)).toBe('EU, 12 March, by amendment on OP1 (EU, Japan, taken up by Japan), incorporated by office')
    expect(authorSentence(view, { ...author, amendments: [], delegation: 'eu', person: 'Eva Lind', atMs: Date.UTC(2026, 2, 3, 12) })).toBe('EU, 3 March (Eva Lind)')
    expect([creditedTo(view, imported), authorSentence(view, { ...imported, atMs: Date.UTC(2026, 2, 1, 12) })]).toEqual([null, 'Imported with the text, 1 March'])
  })

  it('WW4 an incorporated amendment is shown with those that its decision says it reflects, each once', () => {
    const room = new TestRoom()
    const [own, merged, through] = ['alight', 'lit', 'shining'].map((words) => room.change(room.shared, 0, 'burning', words))
    const decision = { id: 'd', by: 'office', atMs: Date.UTC(2026, 2, 12, 12), note: '', with: [merged!, through!] }
    room.publish(own!, { proposer: 'eu', status: 'incorporated', decision })
    for (const id of [merged!, through!]) room.publish(id, { proposer: id === merged ? 'japan' : 'office', status: 'merged', decision: { ...decision, with: [own!] } })
    const author: LetterAuthor = { ...imported, imported: false, amendments: [own!, through!] }
    expect(shortAuthor(room.view(), author)).toBe('EU, reflecting office, reflecting Japan')
    expect(authorSentence(room.view(), author)).toBe('EU, 12 March, by amendment on OP1 (EU), incorporated by office, reflecting office, reflecting Japan')
    expect(shortAuthor(room.view(), { ...author, amendments: [merged!] })).toBe('Japan')
  })
})
