import { expect, test } from 'vitest'
import { takeUp } from '../../../client/room/reply.ts'
import type { RoomSession } from '../../../client/room/session.ts'
import type { PlacedComment } from '../../../shared/convert/docx/comments.ts'
import { readDraft } from '../../../shared/model/reader.ts'
import type { Command } from '../../../shared/wire/commands.ts'
import { draftOf, sideDoc, unitValue } from '../commands/support.ts'

test('WP11 comments that are refused are given back with their words, and nothing more is asked after the first', async () => {
  const shared = draftOf([unitValue('op', 'Decides to meet.')])
  const [unit] = readDraft(shared).units
  const comments = ['one', 'two', 'three'].map((words): PlacedComment => ({ unit: unit!.id, from: 0, to: 7, comment: { author: 'Ana', at: null, words, on: 'Decides' } }))
  const asked: Command[] = []
  const session = {
    shared, side: sideDoc(5), origin: 'test', fresh: () => ({ text: readDraft(shared) }),
    send: async (body: Command) => (asked.push(body), asked.length < 2 ? { ok: true, result: {} } : { ok: false, status: 429, code: 'too-many-commands', sentence: 'Wait.' }),
  } as unknown as RoomSession
  const reply = { changes: [], unplaced: [], authors: [], isUntracked: false }
  const taken = await takeUp(session, { reply, comments } as never)
  expect(taken).toEqual({ written: 0, refused: { why: 'Wait.', comments: comments.slice(1) } })
  expect(asked.map((body) => (body.command === 'start-thread' ? [body.apart, body.words.includes('one') || body.words.includes('two')] : body.command))).toEqual([[true, true], [true, true]])
  expect(await takeUp({ ...session, side: null } as RoomSession, { reply, comments } as never)).toMatchObject({ refused: { comments } })
})
