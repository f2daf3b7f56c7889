import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { afterEach, beforeEach, expect, test } from 'vitest'
import * as Y from 'yjs'
import { importText } from '../../../shared/convert/importText.ts'
import { replaceWords, splitUnit } from '../../../shared/model/operations.ts'
import { readAmendmentState, readStage, readUnitState } from '../../../shared/model/state.ts'
import { freezePreview } from '../../../shared/lifecycle/freeze.ts'
import type { Command } from '../../../shared/wire/commands.ts'
import { Person } from './person.ts'
import { ServerProcess } from './server.ts'

const source = readFileSync(fileURLToPath(new URL('../../fixtures/resolution-trafficking.txt', import.meta.url)), 'utf8')

let server: ServerProcess
let people: Person[] = []

beforeEach(async () => {
  server = await ServerProcess.start()
  people = []
})

afterEach(async () => {
  for (const person of people) await person.leave()
  await server.remove()
})

async function firstChair(): Promise<Person> {
  const chair = new Person('Chair', server.address)
  people.push(chair)
  await chair.follow(server.link!)
  const made = await chair.call('/api/commands', { key: 'first-draft-key', body: { command: 'create-draft', title: 'A global partnership', language: 'en' } })
  await chair.wear(made.draft!, made.hatId!)
  return chair
}

async function invited(by: Person, name: string, hat: Extract<Command, { command: 'invite' }>['hat']): Promise<Person> {
  const { link } = await by.command({ command: 'invite', hat, days: 7, uses: 1 })
  const person = new Person(name, server.address)
  people.push(person)
  await person.follow(link!)
  return person
}

test('WK1 one real resolution is drafted, amended, decided and frozen, and a kill takes nothing back', async () => {
  const chair = await firstChair()
  for (const [id, name, kind] of [['eu', 'EU', 'group'], ['jp', 'Japan', 'state'], ['g77', 'G77 and China', 'group'], ['ls', 'La Strada', 'ngo'], ['br', 'Brazil', 'state']] as const) {
    await chair.command({ command: 'add-delegation', delegation: { id, name, kind } })
  }
  await chair.command({ command: 'import', value: importText(source).value })
  const eu = await invited(chair, 'Eva', { role: 'delegate', delegation: 'eu', level: 'head' })
  const japan = await invited(chair, 'Jun', { role: 'delegate', delegation: 'jp', level: 'head' })
  const ngo = await invited(chair, 'Lea', { role: 'delegate', delegation: 'ls', level: 'head' })
  const brazil = await invited(chair, 'Bia', { role: 'delegate', delegation: 'br', level: 'head' })
  const legal = await invited(chair, 'Lou', { role: 'legal', delegation: 'legal', level: 'head' })
  const euColleague = await invited(eu, 'Emil', { role: 'delegate', delegation: 'eu', level: 'drafter' })
  const everyone = [chair, eu, japan, ngo, brazil, legal, euColleague]
  for (const person of everyone) await person.enter()
  expect(chair.view.units.length).toBeGreaterThan(60)

  // Three draft at once: one splits where another types.
  const before = chair.unit('OP2').words
  splitUnit(chair.shared, chair.view, chair.unit('OP2'), Math.floor(before.length / 2), undefined, 'editor')
  replaceWords(eu.shared, eu.unit('OP2'), before.length, before.length, ' (Eva)', 'editor')
  replaceWords(japan.shared, japan.unit('OP1'), 0, 0, 'Jun ', 'editor')
  await Promise.all([chair, eu, japan].map((person) => person.saved()))
  await Promise.all(everyone.map((person) => person.until(() => person.unit('OP3').words.endsWith('(Eva)') && person.unit('OP1').words.startsWith('Jun '))))

  await chair.command({ command: 'open-negotiation' })
  await Promise.all(everyone.map((person) => person.until(() => readStage(person.shared).stage === 'negotiation')))

  // Overlapping deletions prepared in private; a colleague sees them live, nobody else a byte.
  const target = chair.unit('OP5')
  const words = target.words.split(' ')
  const [a, b] = [words.slice(3, 7).join(' '), words.slice(5, 9).join(' ')]
  const euAmendment = eu.propose('OP5', a, 'Euphemistically-private-words')
  const japanAmendment = japan.propose('OP5', b, 'Japanese-private-words')
  await Promise.all([eu.saved(), japan.saved()])
  await euColleague.until(() => euColleague.side.getMap('amendments').size === 1)
  expect(euColleague.received('Euphemistically-private-words')).toBe(true)
  for (const person of everyone.filter((one) => one.hat.delegation !== 'eu')) expect(person.received('Euphemistically-private-words')).toBe(false)
  for (const person of everyone.filter((one) => one.hat.delegation !== 'jp')) expect(person.received('Japanese-private-words')).toBe(false)
  await eu.putForward(euAmendment)
  await japan.putForward(japanAmendment)
  await Promise.all(everyone.map((person) => person.sees(japanAmendment)))
  for (const person of everyone) expect(readAmendmentState(person.shared, euAmendment)?.status).toBe('open')
  await expect(euColleague.command({ command: 'put-forward', amendment: euAmendment, digest: euColleague.prepared(euAmendment) })).rejects.toThrow('not-put-forward-right')

  // From the floor, for a delegation without an account.
  const recorded = chair.propose('OP6', chair.unit('OP6').words.split(' ').slice(2, 4).join(' '), 'as the Group said')
  await chair.saved()
  await chair.command({ command: 'record-for', amendment: recorded, digest: chair.prepared(recorded), delegation: 'g77' })
  await japan.sees(recorded)
  expect(readAmendmentState(japan.shared, recorded)).toMatchObject({ proposer: 'g77', asRecorded: true })

  const ngoAmendment = ngo.propose('OP7', ngo.unit('OP7').words.split(' ').slice(2, 4).join(' '), 'survivors first')
  await ngo.putForward(ngoAmendment)
  await brazil.command({ command: 'take-up', ...(await brazil.sees(ngoAmendment)) })
  await chair.until(() => readAmendmentState(chair.shared, ngoAmendment)?.takenUpBy === 'br')
  expect(readAmendmentState(chair.shared, ngoAmendment)).toMatchObject({ proposer: 'ls', sponsors: [{ delegation: 'br' }], needsState: false })

  await legal.command({ command: 'review', ...(await legal.sees(euAmendment)), verdict: 'flagged', note: 'agreed language' })
  await legal.command({ command: 'review', ...(await legal.sees(euAmendment)), verdict: 'cleared', note: '' })

  // Incorporated while a delegate writes on the same paragraph: the delegate's anchors hold.
  const last = words.at(-1)!
  const writing = brazil.propose('OP5', last, 'Brazilian words')
  await chair.command({ command: 'incorporate', ...(await chair.sees(euAmendment)) })
  brazil.propose('OP5', 'Brazilian words', 'Brazilian words and more')
  await brazil.saved()
  await Promise.all(everyone.map((person) => person.until(() => person.unit('OP5').words.includes('Euphemistically-private-words'))))
  await brazil.putForward(writing)
  expect(readAmendmentState(brazil.shared, writing)?.recheck).toBeNull()
  await chair.until(() => readAmendmentState(chair.shared, japanAmendment)?.recheck !== null)
  expect(readAmendmentState(chair.shared, japanAmendment)?.status).toBe('open')

  await chair.command({ command: 'incorporate', ...(await chair.sees(writing)) })
  await chair.until(() => chair.unit('OP5').words.endsWith('Brazilian words and more'))
  await chair.command({ command: 'not-reflected', ...(await chair.sees(japanAmendment)), note: '' })
  await chair.until(() => readAmendmentState(chair.shared, japanAmendment)?.status === 'not-reflected')
  await chair.command({ command: 'agree', ...chair.seenUnit('OP5') })
  await chair.until(() => readUnitState(chair.shared, chair.unit('OP5').id).agreed !== null)

  await chair.command({ command: 'freeze', digest: freezePreview(chair.shared, new Set()).digest, symbol: '', closeOpen: true, reason: 'It is agreed.' })
  await Promise.all(everyone.map((person) => person.until(() => readStage(person.shared).stage === 'frozen')))
  await expect(ngo.command({ command: 'start-thread', about: { kind: 'unit', unit: ngo.unit('OP1').id }, ranges: [], words: 'late', apart: false })).rejects.toThrow('frozen')
  const frozen = Y.encodeStateAsUpdate(chair.shared)
  const exported = await chair.text(`/api/drafts/${chair.draft}/export?hat=${chair.hatId}&form=text`)
  replaceWords(japan.shared, japan.unit('OP1'), 0, 0, 'After the freeze ', 'editor')
  await japan.until(() => japan.connections[0]!.status.value.phase === 'refused')
  expect(japan.connections[0]!.status.value.code).toBe('frozen')

  expect(await server.end('SIGKILL')).toBe('SIGKILL')
  await server.run()
  const again = new Person('Chair', server.address)
  people.push(again)
  again.cookie = chair.cookie
  await again.wear(chair.draft, chair.hatId)
  await again.enter()
  expect(Y.encodeStateAsUpdate(again.shared)).toEqual(frozen)
  expect(await again.text(`/api/drafts/${chair.draft}/export?hat=${chair.hatId}&form=text`)).toBe(exported)
  expect(exported).toContain('Brazilian words and more')
  for (const person of [eu, ngo, brazil, legal]) expect(Y.encodeStateAsUpdate(person.shared)).toEqual(frozen)
})

test('WK2 SIGTERM ends the server cleanly with nothing lost, in the middle of typing', async () => {
  const chair = await firstChair()
  await chair.command({ command: 'import', value: importText(source).value })
  await chair.enter()
  for (let count = 0; count < 50; count++) replaceWords(chair.shared, chair.unit('OP1'), 0, 0, `${count} `, 'editor')
  await chair.saved()
  const typed = chair.unit('OP1').words
  expect(await server.end('SIGTERM')).toBe(0)
  await server.run()
  const again = new Person('Chair', server.address)
  people.push(again)
  again.cookie = chair.cookie
  await again.wear(chair.draft, chair.hatId)
  await again.enter()
  expect(again.unit('OP1').words).toBe(typed)
  expect(typed.startsWith('49 48 ')).toBe(true)
})

test('WK3 the first link is printed until it was used, and works once', async () => {
  const link = server.link!
  await firstChair()
  await expect(new Person('Other', server.address).follow(link)).rejects.toThrow('link-expired')
  await server.end('SIGTERM')
  await server.run()
  expect(server.link).toBeNull()
})
