/** What goes out of a draft as a Word file, from a real server. */
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { readWord } from '../../../shared/convert/docx/read.ts'
import type { Presence, WordFile } from '../../../shared/convert/docx/file.ts'
import { importText } from '../../../shared/convert/importText.ts'
import { digestOfText } from '../../../shared/lifecycle/digests.ts'
import { readAmendmentState } from '../../../shared/model/state.ts'
import { linesIn } from '../word/support.ts'
import { House } from './house.ts'
import type { Person } from './person.ts'

let house: House
let chair: Person
let japan: Person
let norway: Person

const source = ['Safe harbours', '', 'The General Assembly,', '', 'Recalling its resolution 64/293 of 30 July 2010,[1]', '', '1. Requests the Secretary-General to report every year;', '', '2. Calls upon all States to light their harbours;', '', '3. Decides to remain seized of the matter.', '', '[1] See resolution 70/1.', ''].join('\n')

beforeEach(async () => {
  house = await House.open()
  chair = await house.chair('Safe harbours')
  for (const [id, name] of [['jp', 'Japan'], ['no', 'Norway']] as const) await chair.command({ command: 'add-delegation', delegation: { id, name, kind: 'state' } })
  await chair.command({ command: 'import', value: importText(source).value })
  await chair.enter()
  await chair.command({ command: 'keep-version', kind: 'zero', name: '', symbol: 'A/C.3/81/L.7', digest: digestOfText(chair.view, 'en') })
  await chair.command({ command: 'open-negotiation' })
  japan = await house.invited(chair, 'Jun', { role: 'delegate', delegation: 'jp', level: 'head' })
  norway = await house.invited(chair, 'Nils', { role: 'delegate', delegation: 'no', level: 'head' })
  for (const person of [japan, norway]) await person.enter()
})

afterEach(() => house.close())

/** Written files are kept where OMNIBUS_SHOTS names a folder. */
async function bytesOf(person: Person, query: string, name: string): Promise<Uint8Array> {
  const response = await fetch(`${house.address}/api/drafts/${person.draft}/${query}hat=${person.hatId}&as=docx`, { headers: { cookie: person.cookie } })
  expect([response.status, response.headers.get('content-type')]).toEqual([200, 'application/vnd.openxmlformats-officedocument.wordprocessingml.document'])
  const bytes = new Uint8Array(await response.arrayBuffer())
  const shots = process.env['OMNIBUS_SHOTS']
  if (shots !== undefined) {
    mkdirSync(shots, { recursive: true })
    writeFileSync(join(shots, `${name}.docx`), bytes)
  }
  return bytes
}

const bodyOf = (file: WordFile, mode: 'accepted' | 'rejected'): string[] => linesIn(file, mode).filter((line) => line !== '').slice(-5)

function revisers(file: WordFile): Map<string, string[]> {
  const found = new Map<string, string[]>()
  const note = (words: string, { inserted, deleted }: Presence): void => {
    for (const by of [inserted, deleted]) if (by !== null) found.set(by.author, [...(found.get(by.author) ?? []), words])
  }
  for (const { runs } of file.paragraphs) for (const { words, presence } of runs) note(words, presence)
  return found
}

/** Norway's is in the text, Japan's is open, and more of Japan's is in preparation. */
async function negotiated(): Promise<{ readonly open: string; readonly taken: string }> {
  const taken = norway.propose('OP2', 'light', 'light and mark')
  await norway.putForward(taken)
  await chair.command({ command: 'incorporate', ...(await chair.sees(taken)) })
  const open = japan.propose('OP1', 'every year', 'every two years')
  await japan.putForward(open)
  japan.propose('OP3', 'seized', 'actively seized')
  await japan.saved()
  await norway.until(() => readAmendmentState(norway.shared, open) !== null)
  return { open, taken }
}

test('WP1 the text, a version, and the amendments as a table are had as Word files, each with the ids of its draft and version', async () => {
  await negotiated()
  const text = readWord(await bytesOf(norway, 'export?form=text&', 'text'))
  expect(bodyOf(text, 'accepted').slice(2)).toEqual(['Requests the Secretary-General to report every year;', 'Calls upon all States to light and mark their harbours;', 'Decides to remain seized of the matter.'])
  expect(linesIn(text, 'accepted').slice(0, 9)).toEqual(expect.arrayContaining(['United Nations', 'A/C.3/81/L.7', 'Distr.: Limited', 'Original: English']))
  expect(text.from).toMatchObject({ draft: norway.draft, version: expect.stringMatching(/^now-\d+$/) as unknown })
  const version = readWord(await bytesOf(norway, 'versions/1/written?', 'version'))
  expect([version.from, bodyOf(version, 'accepted')[3]]).toEqual([{ draft: norway.draft, version: '1' }, 'Calls upon all States to light their harbours;'])
  const list = readWord(await bytesOf(norway, 'export?form=amendments&status=all&', 'list'))
  expect(list.from?.draft).toBe(norway.draft)
  for (const [form, head, first] of [['derivations', 'Sources', 'OP1'], ['destinations', null, 'The library is empty.'], ['coverage', null, 'No theme has been named.']] as const) {
    const lines = linesIn(readWord(await bytesOf(norway, `export?form=${form}&`, form)), 'accepted')
    expect(lines).toContain(first)
    if (head !== null) expect(lines).toContain(head)
  }
  expect(linesIn(list, 'accepted').join('\n')).toMatch(/Japan\nIn operative paragraph 1, replace the word “year” with the words “two years”\.\nopen/)
})

test('WP2 the rolling text has the open amendments as tracked changes, each its delegation’s, with the time at which it was put forward', async () => {
  const { open } = await negotiated()
  const file = readWord(await bytesOf(norway, 'export?form=rolling&', 'rolling'))
  expect(bodyOf(file, 'accepted').slice(2)).toEqual(['Requests the Secretary-General to report every two years;', 'Calls upon all States to light and mark their harbours;', 'Decides to remain seized of the matter.'])
  expect(bodyOf(file, 'rejected')[2]).toBe('Requests the Secretary-General to report every year;')
  const at = new Date(readAmendmentState(norway.shared, open)!.atMs).toISOString().slice(0, 19)
  const changes = file.paragraphs.flatMap(({ runs }) => runs).flatMap(({ presence }) => [presence.inserted, presence.deleted]).filter((by) => by !== null)
  expect([...new Set(changes.map((by) => `${by.author} ${by.at}`))]).toEqual([`Japan ${at}Z`])
})

test('WP3 against a version, rejecting all gives that version and accepting all the text as if the open amendments were in it; what is in the text already is its proposer’s', async () => {
  await negotiated()
  const file = readWord(await bytesOf(norway, 'export?form=rolling&against=1&', 'against'))
  expect(bodyOf(file, 'accepted').slice(2)).toEqual(['Requests the Secretary-General to report every two years;', 'Calls upon all States to light and mark their harbours;', 'Decides to remain seized of the matter.'])
  expect(bodyOf(file, 'rejected').slice(2)).toEqual(['Requests the Secretary-General to report every year;', 'Calls upon all States to light their harbours;', 'Decides to remain seized of the matter.'])
  expect([...revisers(file)].map(([author, words]) => [author, words.join('|').trim()])).toEqual([['Japan', 'year|two years'], ['Norway', 'and mark']])
  expect((await fetch(`${house.address}/api/drafts/${norway.draft}/export?hat=${norway.hatId}&as=docx&form=rolling&against=9`, { headers: { cookie: norway.cookie } })).status).toBe(404)
  // What a file cannot hold is refused, so that none is called by it.
  for (const query of ['as=pdf&form=rolling&own=1', 'as=docx&form=text&own=1', 'as=html&form=rolling&against=1', 'as=docx&form=amendments&threads=1']) {
    expect((await fetch(`${house.address}/api/drafts/${norway.draft}/export?hat=${norway.hatId}&${query}`, { headers: { cookie: norway.cookie } })).status).toBe(400)
  }
})

test('WP4 what is in preparation is in its own delegation’s file alone, under its name; nobody has another’s', async () => {
  await negotiated()
  const own = readWord(await bytesOf(japan, 'export?form=rolling&own=1&', 'capital'))
  expect(bodyOf(own, 'accepted')[4]).toBe('Decides to remain actively seized of the matter.')
  expect([...revisers(own).keys()].sort()).toEqual(['Japan', 'Japan (in preparation)'])
  for (const [person, query] of [[japan, 'own=0'], [norway, 'own=1'], [norway, 'own=0'], [chair, 'own=1']] as const) {
    expect(linesIn(readWord(await bytesOf(person, `export?form=rolling&${query}&`, 'other')), 'accepted').join(' ')).not.toContain('actively')
  }
})

test('WP5 open threads go out as comments where they are asked for, each on its words; those of a delegation’s own people with its own proposals alone', async () => {
  const { open } = await negotiated()
  await norway.command({ command: 'start-thread', about: { kind: 'unit', unit: norway.unit('OP3').id }, ranges: [], words: 'Is this\nneeded?', apart: false })
  await japan.command({ command: 'start-thread', about: { kind: 'amendment', amendment: open }, ranges: [], words: 'Capital insists.', apart: true })
  const told = async (person: Person, query: string): Promise<string[]> => readWord(await bytesOf(person, `export?form=rolling&${query}&`, 'threads')).comments.map(({ author, words, on }) => `${author}: ${words} (${on})`)
  expect(await told(norway, 'threads=1')).toEqual(['Norway: Is this needed? (Decides to remain seized of the matter.)'])
  expect(await told(norway, 'threads=0')).toEqual([])
  expect(await told(japan, 'threads=1&own=1')).toEqual([expect.stringMatching(/^Jun, Japan: Capital insists/) as unknown, expect.stringMatching(/^Norway: Is this needed/) as unknown])
})
