/** A facilitator's compilation, recorded for its delegations on a real server. */
import { encodeStateAsUpdate } from 'yjs'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { itemsOf, recordItems, toRemember } from '../../../client/room/compilation.ts'
import type { Item, Recorded, Recording } from '../../../client/room/compilation.ts'
import { compilation } from '../../../shared/convert/docx/compilation.ts'
import type { Compilation } from '../../../shared/convert/docx/compilation.ts'
import { importText } from '../../../shared/convert/importText.ts'
import { digestOfText } from '../../../shared/lifecycle/digests.ts'
import { readAmendments } from '../../../shared/model/amendments.ts'
import { readAmendmentState } from '../../../shared/model/state.ts'
import { readThreads } from '../../../shared/model/threads.ts'
import { foldAuthorRoles } from '../../../shared/record/author-roles.ts'
import type { AuthorRoles } from '../../../shared/record/author-roles.ts'
import type { Command } from '../../../shared/wire/commands.ts'
import { limits } from '../../../shared/wire/limits.ts'
import { del, ins, markIns, p, r, wordOf } from '../word/support.ts'
import { House } from './house.ts'
import { Refused } from './person.ts'
import type { Person } from './person.ts'

const source = ['Safe harbours', '', 'The General Assembly,', '', '1. Requests the Secretary-General to report every year;', '', '2. Calls upon all States to light their harbours;', '', '3. Decides to remain seized of the matter.', ''].join('\n')

let house: House
let chair: Person
let secretary: Person
let brazil: Person
let text: string

beforeEach(async () => {
  house = await House.open()
  chair = await house.chair('Safe harbours')
  for (const [id, name] of [['br', 'Brazil'], ['jp', 'Japan'], ['no', 'Norway']] as const) await chair.command({ command: 'add-delegation', delegation: { id, name, kind: 'state' } })
  await chair.command({ command: 'import', value: importText(source).value })
  await chair.enter()
  await chair.command({ command: 'open-negotiation' })
  secretary = await house.invited(chair, 'Sam', { role: 'secretary', delegation: 'office', level: 'head' })
  brazil = await house.invited(chair, 'Bia', { role: 'delegate', delegation: 'br', level: 'head' })
  for (const person of [secretary, brazil]) await person.enter()
  text = digestOfText(chair.view, 'en')
})

afterEach(() => house.close())

const commented = '<w:commentRangeStart w:id="7"/>' + r('every year') + '<w:commentRangeEnd w:id="7"/>'
const file = wordOf(
  p(r('Safe harbours')) + p(r('The General Assembly,'))
  + p(r('1. Requests the Secretary-General to report ') + commented + ins(r(' and at once'), 'Ana Silva') + r(';'))
  + p(r('2. Calls upon all States to ') + del('light', 'Japan') + ins(r('lamp'), 'Japan') + ins(r('dredge'), 'Norway') + r(' their harbours;'))
  + p(ins(r('3. Invites pilots;'), 'Norway'), markIns('Norway'))
  + p(r('3. Decides to remain ') + ins(r('actively '), 'Norway') + r('seized of the matter.')),
  { comments: '<w:comment w:id="7" w:author="Ana Silva"><w:p><w:r><w:t>Our capital insists.</w:t></w:r></w:p></w:comment>' },
)

const said: AuthorRoles = new Map([['Ana Silva', { kind: 'delegation', delegation: 'br' }]])
const read = (roles: AuthorRoles = said): Compilation => compilation({ bytes: file, shared: encodeStateAsUpdate(chair.shared), roles })
const items = (found = read()): Item[] => itemsOf(found, true, (id) => ({ br: 'Brazil', jp: 'Japan', no: 'Norway' })[id] ?? id)

/** As the page sends: what is typed is saved before it is decided on, and what is decided is seen before anything else. */
async function send(body: Command): ReturnType<Recording['session']['send']> {
  await chair.saved()
  try {
    const result = await chair.command(body)
    if (body.command === 'record-for') await chair.sees(body.amendment)
    return { ok: true, result }
  } catch (error) {
    if (!(error instanceof Refused)) throw error
    return { ok: false, status: 409, code: error.message, sentence: `refused: ${error.message}` }
  }
}

function record(all: readonly Item[], more: Partial<Recording> = {}): Promise<Recorded> {
  return recordItems({ session: { shared: chair.shared, side: chair.side, origin: { typed: true }, send }, text, commentsApart: true, onProgress: () => undefined, pause: () => Promise.reject(new Error('Nothing was too fast')), stopped: new AbortController().signal, ...more }, all)
}

const proposals = (): string[] => readAmendments(chair.shared).map(({ id, hunks, proposal }) => {
  const state = readAmendmentState(chair.shared, id)!
  return `${state.proposer} ${state.asRecorded ? 'recorded' : 'own'}: ${hunks.map(({ words }) => words).join('|')}${proposal}`
}).sort()

test('WC9 each delegation’s changes are recorded for it and wait for it to confirm; rivals stand beside each other; comments are the table’s, and say whom they are from', async () => {
  const progress: number[] = []
  const result = await record(items(), { onProgress: (done) => progress.push(done) })
  expect(result).toEqual({ done: 6, refused: [], left: [], why: null })
  expect(progress).toEqual([1, 2, 3, 4, 5, 6])
  expect(proposals()).toEqual(['br recorded:  and at once', 'jp recorded: lamp', 'no recorded: Invites pilots;', 'no recorded: actively ', 'no recorded: dredge'])
  const targets = new Set(readAmendments(chair.shared).filter(({ hunks }) => ['lamp', 'dredge'].includes(hunks[0]?.words ?? '')).map(({ about }) => about.target))
  expect(targets.size).toBe(1)
  // Nothing is left where the table prepares its own.
  expect(readAmendments(chair.side).filter(({ dropped }) => !dropped)).toEqual([])
  await chair.until(() => readThreads(chair.side).length === 1)
  expect(readThreads(chair.side).map(({ by, quote, messages }) => [by, quote, messages[0]!.words])).toEqual([['office', 'every year', 'Brazil, in a file that the chair’s table brought back: Our capital insists.']])
  expect(brazil.received('Our capital insists.')).toBe(false)
  const own = readAmendments(chair.shared).find(({ hunks }) => hunks[0]?.words === ' and at once')!.id
  await brazil.command({ command: 'confirm-recorded', ...(await brazil.sees(own)) })
  await chair.until(() => readAmendmentState(chair.shared, own)?.asRecorded === false)
})

test('WC9 to all delegations, a comment is in the room, once', async () => {
  const comments = items().filter(({ kind }) => kind === 'comment')
  for (let time = 0; time < 2; time++) expect((await record(comments, { commentsApart: false })).done).toBe(1)
  await brazil.until(() => readThreads(brazil.shared).length > 0)
  expect(readThreads(brazil.shared).map(({ by, messages }) => [by, messages[0]!.words])).toEqual([['office', 'Brazil, in a file that the chair’s table brought back: Our capital insists.']])
})

test('WC10 one that is refused takes no other with it; tried again, or from the file again, nothing is recorded twice', async () => {
  await chair.command({ command: 'lock', unit: chair.unit('OP2').id })
  const first = await record(items())
  expect([first.done, first.refused.map(({ item, why }) => [item.kind === 'change' ? item.delegation : '', why]), first.left, first.why]).toEqual([4, [['jp', 'refused: unit-locked'], ['no', 'refused: unit-locked']], [], null])
  expect(readAmendments(chair.side).filter(({ dropped }) => !dropped)).toEqual([])
  await chair.command({ command: 'unlock', unit: chair.unit('OP2').id })
  expect(await record(first.refused.map(({ item }) => item))).toEqual({ done: 2, refused: [], left: [], why: null })
  expect(proposals().length).toBe(5)
  const again = read()
  expect(again.parts.flatMap(({ changes }) => changes.map(({ isKnown }) => isKnown))).toEqual([true, true, true, true, true])
  expect(items(again).map(({ kind }) => kind)).toEqual(['comment'])
  expect((await record(items(again))).done).toBe(1)
  await chair.saved()
  expect([proposals().length, readThreads(chair.side).length]).toEqual([5, 1])
})

test('WC10 an answer that was lost, a stage that is over, and who stops it leave the rest untried; what was done is known', async () => {
  const all = items().filter(({ kind }) => kind === 'change')
  const lost = await record(all, { session: { shared: chair.shared, side: chair.side, origin: { typed: true }, send: async (body) => (await send(body), { ok: false, status: 0, code: 'offline', sentence: 'No answer.' }) } })
  expect([lost.done, lost.left, lost.why, proposals().length]).toEqual([0, all, 'No answer.', 1])
  const stopper = new AbortController()
  const stopped = await record(all, { stopped: stopper.signal, onProgress: (done) => { if (done === 2) stopper.abort() } })
  expect([stopped.done, stopped.left.length, stopped.why, proposals().length]).toEqual([2, 3, null, 2])
  await chair.command({ command: 'reopen-drafting', reason: 'A new start.' })
  const over = await record(stopped.left)
  expect([over.done, over.left.length, over.why, proposals().length]).toEqual([0, 3, 'refused: wrong-stage', 2])
})

test('WC10 where the server takes no more for the moment it is waited for, said, and can be stopped', async () => {
  const all = items().filter(({ kind }) => kind === 'change')
  const tooFast = (times: number): Partial<Recording> => {
    let calls = 0
    return { session: { shared: chair.shared, side: chair.side, origin: { typed: true }, send: async (body) => (++calls > 1 && calls <= 1 + times ? { ok: false, status: 429, code: 'too-fast', sentence: 'Too fast.' } : send(body)) } }
  }
  const stopper = new AbortController()
  const stopped = await record(all, { ...tooFast(2), stopped: stopper.signal, pause: async () => stopper.abort() })
  expect([stopped.done, stopped.left, stopped.refused, stopped.why, proposals().length]).toEqual([1, all.slice(1), [], null, 1])
  const told: [number, boolean][] = []
  let pauses = 0
  const whole = await record(all, { ...tooFast(2), pause: async (ms) => void (pauses += ms / limits.recordAgainMs), onProgress: (done, isWaiting) => told.push([done, isWaiting]) })
  expect([whole, pauses, proposals().length]).toEqual([{ done: 5, refused: [], left: [], why: null }, 2, 5])
  expect(told.slice(0, 4).filter(([, isWaiting]) => isWaiting).length).toBe(2)
  expect(readAmendments(chair.side).filter(({ dropped }) => !dropped)).toEqual([])
})

test('WC10 where the text has moved on meanwhile nothing more is recorded against it', async () => {
  const all = items()
  let progress = 0
  const result = await record(all, {
    session: { shared: chair.shared, side: chair.side, origin: { typed: true }, send: async (body) => {
      const answer = await send(body)
      if (++progress === 2 && body.command === 'record-for') {
        await chair.command({ command: 'incorporate', ...(await chair.sees(body.amendment)) })
        await chair.until(() => digestOfText(chair.view, 'en') !== text)
      }
      return answer
    } },
  })
  expect([result.done, result.left.length, result.why]).toEqual([2, 4, 'The text has changed meanwhile. Try again: the file is read anew, and what is recorded already is not recorded twice.'])
  text = digestOfText(chair.view, 'en')
  // What is in the text now strikes nothing any more: told, and not recorded again.
  const again = read()
  expect(again.parts.map(({ authors, changes, unplaced }) => [authors[0], changes.filter(({ isKnown }) => isKnown).length, changes.filter(({ isKnown }) => !isKnown).length, unplaced.map(({ why }) => why)])).toEqual([['Ana Silva', 1, 0, []], ['Japan', 0, 0, ['words-gone']], ['Norway', 0, 3, []]])
})

test('WC3 who authors are is said at the chair’s table, remembered there for every device, and told to nobody else', async () => {
  const authors = toRemember(read(), new Map())
  expect(authors.map(({ name }) => name).sort()).toEqual(['Ana Silva', 'Japan', 'Norway'])
  await chair.command({ command: 'name-authors', authors })
  const bodies = async (person: Person): Promise<{ kind: string; body: never }[]> => ((await person.call(`/api/drafts/${person.draft}/record?hat=${person.hatId}`)) as unknown as { entries: { kind: string; body: never }[] }).entries
  const remembered = foldAuthorRoles(await bodies(secretary))
  expect([...remembered].map(([name]) => name).sort()).toEqual(['Ana Silva', 'Japan', 'Norway'])
  expect(toRemember(read(remembered), remembered)).toEqual([])
  expect([JSON.stringify(await bodies(brazil)).includes('Silva'), brazil.received('Silva'), (await bodies(brazil)).at(-1)?.kind]).toEqual([false, false, 'confidential'])
  await expect(brazil.command({ command: 'name-authors', authors })).rejects.toThrow('only-chairs-table')
  await expect(chair.command({ command: 'name-authors', authors: [{ name: 'Ana', role: { kind: 'delegation', delegation: 'atlantis' } }] })).rejects.toThrow('no-such-delegation')
})

test('WC3 an author without a name is not remembered', () => {
  const nameless = compilation({ bytes: wordOf(p(r('1. Requests the Secretary-General to report every year') + ins(r(' or so'), 'Author') + r(';'))), shared: encodeStateAsUpdate(chair.shared), roles: new Map([['Author', { kind: 'delegation', delegation: 'jp' }]]) })
  expect([items(nameless).length, toRemember(nameless, new Map())]).toEqual([1, []])
})
