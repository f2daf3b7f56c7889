/** What is told in confidence, watched on every socket and in every answer of a real server. */
import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { importText } from '../../../shared/convert/importText.ts'
import { readAmendmentState, readStage } from '../../../shared/model/state.ts'
import type { Command } from '../../../shared/wire/commands.ts'
import { Person } from './person.ts'
import { ServerProcess } from './server.ts'

const source = readFileSync(fileURLToPath(new URL('../../fixtures/resolution-trafficking.txt', import.meta.url)), 'utf8')

let server: ServerProcess
let people: Person[] = []
/** Every answer that somebody got over HTTP, whole. */
const answers = new Map<Person, string[]>()

beforeEach(async () => {
  server = await ServerProcess.start('trace')
  people = []
})

afterEach(async () => {
  for (const person of people) await person.leave()
  await server.remove()
})

async function invited(by: Person, name: string, hat: Extract<Command, { command: 'invite' }>['hat']): Promise<Person> {
  const { link } = await by.command({ command: 'invite', hat, days: 7, uses: 1 })
  const person = new Person(name, server.address)
  people.push(person)
  await person.follow(link!)
  return person
}

/** Asks for everything there is to ask for. */
async function askAll(person: Person): Promise<string> {
  const at = `/api/drafts/${person.draft}`
  const hat = `hat=${person.hatId}`
  const paths = [`${at}?${hat}`, `${at}/record?${hat}`, `${at}/record?${hat}&after=5`, `${at}/positions?${hat}`, `${at}/export?${hat}&form=text`, `${at}/export?${hat}&form=rolling`, `${at}/record/export?${hat}&form=jsonl`, `${at}/record/export?${hat}&form=csv`, '/api/me']
  const got = await Promise.all(paths.map((path) => person.text(path)))
  answers.set(person, [...(answers.get(person) ?? []), ...got])
  return answers.get(person)!.join('\n')
}

test('PS5 what is told to the chair’s table reaches nobody else, by socket, answer, export or log; after a restart neither', async () => {
  const chair = new Person('Chair', server.address)
  people.push(chair)
  await chair.follow(server.link!)
  const made = await chair.call('/api/commands', { key: 'first-draft-key', body: { command: 'create-draft', title: 'A global partnership', language: 'en' } })
  await chair.wear(made.draft!, made.hatId!)
  for (const [id, name, kind] of [['eu', 'EU', 'group'], ['jp', 'Japan', 'state'], ['br', 'Brazil', 'state'], ['ls', 'La Strada', 'ngo']] as const) {
    await chair.command({ command: 'add-delegation', delegation: { id, name, kind } })
  }
  await chair.command({ command: 'import', value: importText(source).value })
  const eu = await invited(chair, 'Eva', { role: 'delegate', delegation: 'eu', level: 'head' })
  const japan = await invited(chair, 'Jun', { role: 'delegate', delegation: 'jp', level: 'head' })
  const brazil = await invited(chair, 'Bia', { role: 'delegate', delegation: 'br', level: 'head' })
  const ngo = await invited(chair, 'Lea', { role: 'delegate', delegation: 'ls', level: 'head' })
  const legal = await invited(chair, 'Lou', { role: 'legal', delegation: 'legal', level: 'head' })
  const observer = await invited(chair, 'Ola', { role: 'observer', delegation: 'jp', level: 'reader' })
  for (const person of people) await person.enter()
  await chair.command({ command: 'open-negotiation' })
  await Promise.all(people.map((person) => person.until(() => readStage(person.shared).stage === 'negotiation')))
  const words = eu.unit('OP5').words.split(' ').slice(3, 6).join(' ')
  const amendment = eu.propose('OP5', words, 'all States to establish')
  await eu.putForward(amendment)

  const about = { kind: 'amendment' as const, ...(await japan.sees(amendment)) }
  await japan.command({ command: 'position', about, position: 'reserve', to: 'all', note: 'Words-for-those-who-negotiate' })
  await japan.command({ command: 'position', about, position: 'cannot-accept', to: 'table', note: 'Words-for-the-chair-alone' })
  await japan.command({ command: 'position', about: { kind: 'unit', ...japan.seenUnit('OP6') }, position: 'cannot-accept', to: 'table', note: 'Words-for-the-chair-alone' })
  await legal.command({ command: 'review', ...(await legal.sees(amendment)), verdict: 'flagged', flag: 'reference', note: 'Words-of-a-flag' })
  // A broadcast after all of it: whoever has it would have had the rest.
  await chair.command({ command: 'lock', unit: chair.unit('OP7').id })
  await Promise.all(people.map((person) => person.until(() => person.shared.getMap('state').has(`unit:${chair.unit('OP7').id}`))))

  const secrets: readonly (readonly [string, readonly Person[]])[] = [
    ['Words-for-the-chair-alone', [chair, japan]],
    ['cannot-accept', [chair, japan]],
    ['Words-of-a-flag', [chair, legal]],
    ['Words-for-those-who-negotiate', [chair, japan, eu, brazil, legal]],
  ]
  const check = async (): Promise<void> => {
    for (const person of people) {
      const read = await askAll(person)
      for (const [words, readers] of secrets) {
        expect([person.name, words, read.includes(words)]).toEqual([person.name, words, readers.includes(person)])
        expect([person.name, words, person.received(words)]).toEqual([person.name, words, false])
      }
    }
  }
  await check()
  expect(readAmendmentState(brazil.shared, amendment)).not.toHaveProperty('review')

  // Nobody is told that it was Japan, nor what kind of thing it was; and no number is missing.
  const { entries } = (await brazil.call(`/api/drafts/${brazil.draft}/record?hat=${brazil.hatId}`)) as unknown as { entries: { seq: number; kind: string; body: unknown; actor: unknown }[] }
  const hidden = entries.filter((entry) => entry.kind === 'confidential')
  expect(hidden).toHaveLength(3)
  for (const entry of hidden) expect([entry.body, entry.actor]).toEqual([null, null])
  expect(entries.map((entry) => entry.seq)).toEqual(entries.map((_, index) => index + 1))

  for (const person of people) await person.leave()
  await server.end('SIGKILL')
  await server.run()
  for (const person of people) await person.enter()
  await check()

  await chair.command({ command: 'open-positions' })
  expect(await askAll(ngo)).toContain('Words-for-those-who-negotiate')
  expect(await askAll(observer)).not.toContain('Words-for-the-chair-alone')
  await chair.command({ command: 'release-flag', ...(await chair.sees(amendment)) })
  expect(await askAll(brazil)).toContain('Words-of-a-flag')
  for (const person of people) expect(person.received('Words-of-a-flag')).toBe(false)
  expect(server.logged).toContain('/api/commands')
  expect(server.logged).not.toMatch(/Words-|cannot-accept/)
})
