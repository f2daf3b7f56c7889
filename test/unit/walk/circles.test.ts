import { afterEach, beforeEach, expect, test } from 'vitest'
import { importText } from '../../../shared/convert/importText.ts'
import { editText, hunkText } from '../../../shared/model/amendments.ts'
import { readPublished } from '../../../shared/model/decisions.ts'
import { writeNote } from '../../../shared/model/side-notes.ts'
import { readAmendmentState } from '../../../shared/model/state.ts'
import { sideRoomOf } from '../../../shared/wire/protocol.ts'
import { House } from './house.ts'
import type { Person } from './person.ts'

let house: House
let chair: Person
let eu: Person
let japan: Person
let brazil: Person
let observer: Person

const source = ['A partnership', '', 'The General Assembly,', '', '1. Requests the Secretary-General to report every year;', '', '2. Decides to remain seized of the matter.', ''].join('\n')

beforeEach(async () => {
  house = await House.open()
  chair = await house.chair('A partnership')
  for (const [id, name, kind] of [['eu', 'EU', 'group'], ['jp', 'Japan', 'state'], ['br', 'Brazil', 'state'], ['lib', 'Library', 'igo']] as const) {
    await chair.command({ command: 'add-delegation', delegation: { id, name, kind } })
  }
  await chair.command({ command: 'import', value: importText(source).value })
  await chair.command({ command: 'open-negotiation' })
  eu = await house.invited(chair, 'Eva', { role: 'delegate', delegation: 'eu', level: 'head' })
  japan = await house.invited(chair, 'Jun', { role: 'delegate', delegation: 'jp', level: 'head' })
  brazil = await house.invited(chair, 'Bia', { role: 'delegate', delegation: 'br', level: 'head' })
  observer = await house.invited(chair, 'Lea', { role: 'observer', delegation: 'lib', level: 'reader' })
  for (const person of house.people) await person.enter()
})

afterEach(() => house.close())

/** Everything that a party may ask the server for. */
async function askAll(person: Person): Promise<void> {
  const { draft, hatId } = person
  for (const form of ['text', 'rolling']) await person.text(`/api/drafts/${draft}/export?hat=${hatId}&form=${form}`)
  for (const path of [`/api/drafts/${draft}?hat=${hatId}`, `/api/drafts/${draft}/record?hat=${hatId}&after=0`, '/api/me']) await person.text(path)
}

async function knowsOf(person: Person, words: string): Promise<boolean> {
  await askAll(person)
  return person.received(words) || person.answers.some((answer) => answer.includes(words))
}

async function sponsored(): Promise<string> {
  const amendment = eu.propose('OP1', 'every year', 'each year')
  await eu.putForward(amendment)
  await japan.command({ command: 'cosponsor', ...(await japan.sees(amendment)) })
  await eu.until(() => readAmendmentState(eu.shared, amendment)?.asking.length === 1)
  await eu.command({ command: 'consent', ...(await eu.sees(amendment)), delegation: 'jp', agree: true })
  return amendment
}

test('CI5 what a circle prepares, and what a delegation notes, reaches nobody else before it is put forward', async () => {
  const amendment = await sponsored()
  const { circle } = await eu.command({ command: 'open-circle', purpose: { kind: 'amendment', amendment } })
  for (const person of [eu, japan]) await person.goTo(circle!)
  await eu.command({ command: 'revise', ...(await eu.sees(amendment)), circle: circle! })
  await eu.until(() => readPublished(eu.side, amendment) !== null)
  await japan.until(() => readPublished(japan.side, amendment) !== null)
  eu.propose('OP1', 'each', 'Euphemistic-circle-words')
  await eu.saved()
  await japan.until(() => readPublished(japan.side, amendment)!.hunks.some(({ words }) => words.includes('Euphemistic-circle-words')))
  japan.propose('OP1', 'Euphemistic-circle-words', 'Euphemistic-circle-words and-Japanese')
  await japan.saved()
  await eu.until(() => readPublished(eu.side, amendment)!.hunks.some(({ words }) => words.includes('and-Japanese')))

  await brazil.saved()
  writeNote(brazil.side, { unit: brazil.unit('OP1').id, kind: 'red-line', note: null }, 'Brazilian-red-line')
  await brazil.saved()

  for (const person of [chair, brazil, observer]) {
    expect(await knowsOf(person, 'Euphemistic-circle-words')).toBe(false)
    expect(await knowsOf(person, 'and-Japanese')).toBe(false)
  }
  for (const person of [chair, eu, japan, observer]) expect(await knowsOf(person, 'Brazilian-red-line')).toBe(false)
  for (const person of [chair, brazil, observer]) {
    await expect(person.call('/api/leases', { hatId: person.hatId, room: sideRoomOf(person.draft, circle!), count: 1 })).rejects.toThrow('not-yours')
  }
  const record = JSON.stringify(await house.store.record(eu.draft, 0))
  for (const words of ['Euphemistic-circle-words', 'and-Japanese', 'Brazilian-red-line', '"revise"']) {
    expect(record).not.toContain(words)
    expect(house.log.join('')).not.toContain(words)
  }

  await japan.saved()
  await japan.command({ command: 'put-forward', amendment, digest: japan.prepared(amendment), circle: circle! })
  for (const person of [chair, brazil, observer]) {
    await person.until(() => readPublished(person.shared, amendment)?.hunks[0]?.words.includes('and-Japanese') === true)
    expect(person.received('Euphemistic-circle-words')).toBe(true)
    expect(await knowsOf(person, 'Euphemistic-circle-words')).toBe(true)
  }
  expect(await knowsOf(chair, 'Brazilian-red-line')).toBe(false)
  expect(house.log.join('')).not.toContain('Euphemistic-circle-words')
})

test('SP1 a wording is taken back also while the room goes on deciding', async () => {
  const amendment = await sponsored()
  const seen = await eu.sees(amendment)
  const comments = Array.from({ length: 12 }, (_, index) => chair.command({ command: 'start-thread', about: { kind: 'amendment', amendment }, ranges: [], words: `Comment ${index}`, apart: false }))
  const revised = await Promise.all([japan, eu].map((person) => person.command({ command: 'revise', ...seen })))
  await Promise.all(comments)
  expect(revised.map((result) => result.amendment)).toEqual([amendment, amendment])
  await japan.until(() => readPublished(japan.side, amendment)?.hunks[0]?.words === 'each year')
})

test('CI2 whoever leaves the sponsors is out of their circle at once, and cannot come back', async () => {
  const amendment = await sponsored()
  const { circle } = await eu.command({ command: 'open-circle', purpose: { kind: 'amendment', amendment } })
  for (const person of [eu, japan]) await person.goTo(circle!)
  await eu.command({ command: 'revise', ...(await eu.sees(amendment)), circle: circle! })
  await japan.until(() => readPublished(japan.side, amendment) !== null)
  await japan.command({ command: 'leave', ...(await japan.sees(amendment)) })
  await japan.until(() => japan.connections[1]!.status.value.phase === 'ended')
  expect(japan.connections[0]!.status.value.phase).toBe('live')
  await eu.until(() => readPublished(eu.side, amendment) !== null)
  eu.propose('OP1', 'each', 'Without-Japan')
  await eu.saved()
  expect(japan.received('Without-Japan')).toBe(false)
  await expect(japan.call('/api/leases', { hatId: japan.hatId, room: sideRoomOf(japan.draft, circle!), count: 1 })).rejects.toThrow('not-yours')
  await japan.goTo('')
  expect(japan.received('Without-Japan')).toBe(false)
})

test('CI4 in a circle that has ended everything can be read and nothing more written', async () => {
  const { circle } = await chair.command({ command: 'open-circle', purpose: { kind: 'unit', unit: chair.unit('OP1').id, name: 'Small group', members: ['eu', 'jp'] } })
  await eu.goTo(circle!)
  const amendment = eu.propose('OP1', 'every', 'each and every')
  await eu.saved()
  await chair.command({ command: 'set-circle', circle: circle!, open: false })
  await eu.until(() => eu.connections[1]!.status.value.phase === 'ended')
  await japan.goTo(circle!)
  const hunk = readPublished(japan.side, amendment)!.hunks[0]!
  expect(hunk.words).toBe('each and every')
  editText(japan.side, hunkText(japan.side, amendment, hunk.id)!, 0, 4, 'some')
  await japan.until(() => japan.connections[1]!.status.value.phase === 'refused')
  expect(japan.connections[1]!.status.value.code).toBe('circle-closed')
})
