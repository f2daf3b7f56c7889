/** What goes out of a draft as a Word file, from a real server. */
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { readWord } from '../../../shared/convert/docx/read.ts'
import type { Reviser, WordFile } from '../../../shared/convert/docx/file.ts'
import { wordTime } from '../../../shared/convert/docx/write/order.ts'
import { importText } from '../../../shared/convert/importText.ts'
import { digestOfText } from '../../../shared/lifecycle/digests.ts'
import { beginAmendment } from '../../../shared/model/amendments.ts'
import { replaceWords } from '../../../shared/model/operations.ts'
import { readAmendmentState, readDelegations } from '../../../shared/model/state.ts'
import { rangesInUnit } from '../../../shared/model/threads.ts'
import type { Command } from '../../../shared/wire/commands.ts'
import { linesIn } from '../word/support.ts'
import { House } from './house.ts'
import type { Person } from './person.ts'

let house: House
let chair: Person
let japan: Person
let norway: Person
/** Of the server's clock: what is done one after the other bears times that are told apart. */
let aheadMs: number
const anHourLater = (): unknown => (aheadMs += 3_600_000)

const source = ['Safe harbours', '', 'The General Assembly,', '', 'Recalling its resolution 64/293 of 30 July 2010,[1]', '', '1. Requests the Secretary-General to report every year;', '', '2. Calls upon all States to light their harbours;', '', '3. Decides to remain seized of the matter.', '', '[1] See resolution 70/1.', ''].join('\n')

beforeEach(async () => {
  aheadMs = 0
  house = await House.open({ now: () => Date.now() + aheadMs })
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

/** By author and time, what was struck (-) and put in (+). */
function revisers(file: WordFile): Record<string, string> {
  const found: Record<string, string> = {}
  const note = (sign: string, words: string, by: Reviser | null): void => {
    if (by !== null) found[`${by.author} ${by.at}`] = [...(found[`${by.author} ${by.at}`]?.split('|') ?? []), `${sign}${words.trim()}`].join('|')
  }
  for (const { runs } of file.paragraphs) {
    for (const { words, presence } of runs) {
      note('-', words, presence.deleted)
      note('+', words, presence.inserted)
    }
  }
  return found
}

/** Of an amendment: when it was put forward, and when it was decided on. */
const putForwardAt = (amendment: string): string => wordTime(readAmendmentState(norway.shared, amendment)!.atMs)
const decidedAt = (amendment: string): string => wordTime(readAmendmentState(norway.shared, amendment)!.decision!.atMs)

/** Norway's is in the text, Japan's is open, and more of Japan's is in preparation. */
async function negotiated(): Promise<{ readonly open: string; readonly taken: string }> {
  const taken = norway.propose('OP2', 'light', 'light and mark')
  await norway.putForward(taken)
  anHourLater()
  await chair.command({ command: 'incorporate', ...(await chair.sees(taken)) })
  anHourLater()
  const open = japan.propose('OP1', 'every year', 'every two years')
  await japan.putForward(open)
  anHourLater()
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
  const { entries } = (await norway.call(`/api/drafts/${norway.draft}/record?hat=${norway.hatId}`)) as unknown as { entries: readonly { seq: number }[] }
  const from = { draft: norway.draft, version: `now-${entries.at(-1)!.seq}` }
  expect(text.from).toEqual(from)
  const version = readWord(await bytesOf(norway, 'versions/1/written?', 'version'))
  expect([version.from, bodyOf(version, 'accepted')[3]]).toEqual([{ draft: norway.draft, version: '1' }, 'Calls upon all States to light their harbours;'])
  const list = readWord(await bytesOf(norway, 'export?form=amendments&status=all&', 'list'))
  expect(list.from).toEqual(from)
  for (const [form, head, first] of [['derivations', 'Sources', 'OP1'], ['destinations', null, 'The library is empty.'], ['coverage', null, 'No theme has been named.']] as const) {
    const table = readWord(await bytesOf(norway, `export?form=${form}&`, form))
    const lines = linesIn(table, 'accepted')
    expect(table.from).toEqual(from)
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
  expect(revisers(file)).toEqual({ [`Japan ${putForwardAt(open)}`]: '-year|+two years' })
})

test('WP3 against a version, rejecting all gives that version and accepting all the text as if the open amendments were in it; what is in the text already is its proposer’s', async () => {
  const { open, taken } = await negotiated()
  const file = readWord(await bytesOf(norway, 'export?form=rolling&against=1&', 'against'))
  expect(bodyOf(file, 'accepted').slice(2)).toEqual(['Requests the Secretary-General to report every two years;', 'Calls upon all States to light and mark their harbours;', 'Decides to remain seized of the matter.'])
  expect(bodyOf(file, 'rejected').slice(2)).toEqual(['Requests the Secretary-General to report every year;', 'Calls upon all States to light their harbours;', 'Decides to remain seized of the matter.'])
  expect(revisers(file)).toEqual({ [`Japan ${putForwardAt(open)}`]: '-year|+two years', [`Norway ${decidedAt(taken)}`]: '+and mark' })
  expect((await fetch(`${house.address}/api/drafts/${norway.draft}/export?hat=${norway.hatId}&as=docx&form=rolling&against=9`, { headers: { cookie: norway.cookie } })).status).toBe(404)
  // What a file cannot hold is refused, so that none is called by it.
  for (const query of ['as=pdf&form=rolling&own=1', 'as=docx&form=text&own=1', 'as=html&form=rolling&against=1', 'as=docx&form=amendments&threads=1']) {
    expect((await fetch(`${house.address}/api/drafts/${norway.draft}/export?hat=${norway.hatId}&${query}`, { headers: { cookie: norway.cookie } })).status).toBe(400)
  }
})

test('WP3 what was struck since is whose amendment struck it, in one paragraph too; what was decided before the version is not since', async () => {
  const incorporated = async (person: Person, amendment: string): Promise<string> => {
    if (person.stands(amendment) === null) await person.putForward(amendment)
    anHourLater()
    await chair.command({ command: 'incorporate', ...(await chair.sees(amendment)) })
    await Promise.all([japan, norway].map((one) => one.until(() => readAmendmentState(one.shared, amendment)?.status === 'incorporated')))
    return amendment
  }
  const against = async (version: number): Promise<unknown> => revisers(readWord(await bytesOf(norway, `export?form=rolling&against=${version}&`, 'struck')))
  const first = await incorporated(norway, norway.propose('OP2', 'light', 'mark'))
  await chair.command({ command: 'keep-version', kind: 'text', name: 'Second', symbol: '', digest: digestOfText(chair.view, 'en') })
  const second = await incorporated(japan, japan.propose('OP2', 'upon all', 'upon'))
  const whole = await incorporated(norway, beginAmendment(norway.side, { kind: 'delete', target: norway.unit('OP3').id }, 'editor'))
  const [norways, japans, norwaysLater] = [`Norway ${decidedAt(first)}`, `Japan ${decidedAt(second)}`, `Norway ${decidedAt(whole)}`]
  expect(await against(1)).toEqual({ [norways]: '-light|+mark', [japans]: '-all', [norwaysLater]: '-Decides to remain seized of the matter.' })
  expect(await against(2)).toEqual({ [japans]: '-all', [norwaysLater]: '-Decides to remain seized of the matter.' })
  // What two have struck is whose it was first.
  const [one, other] = [japan.propose('OP1', 'every year', ''), norway.propose('OP1', 'report every', 'report')]
  await japan.putForward(one)
  await norway.putForward(other)
  await incorporated(norway, other)
  await incorporated(japan, one)
  expect(await against(1)).toMatchObject({ [`Norway ${decidedAt(other)}`]: '-every', [`Japan ${decidedAt(one)}`]: '-year' })
  // What the table writes itself is its own, and so is what nobody's amendment struck.
  await chair.command({ command: 'reopen-drafting', reason: 'To say it otherwise.' })
  await chair.command({ command: 'keep-version', kind: 'text', name: 'Third', symbol: '', digest: digestOfText(chair.view, 'en') })
  anHourLater()
  replaceWords(chair.shared, chair.unit('OP2'), 0, 5, 'Invites')
  await chair.saved()
  const office = readDelegations(chair.shared).find(({ kind }) => kind === 'office')!.name
  expect(Object.entries((await against(3)) as Record<string, string>).map(([by, words]) => [by.startsWith(office), words])).toEqual([[true, '-Calls|+Invites']])
})

test('WP4 what is in preparation is in its own delegation’s file alone, under its name; nobody has another’s', async () => {
  await negotiated()
  const own = readWord(await bytesOf(japan, 'export?form=rolling&own=1&', 'capital'))
  expect(bodyOf(own, 'accepted')[4]).toBe('Decides to remain actively seized of the matter.')
  expect(Object.entries(revisers(own)).map(([by, words]) => [by.replace(/ \S+$/, ''), words])).toEqual([['Japan', '-year|+two years'], ['Japan (in preparation)', '+actively']])
  for (const [person, query] of [[japan, 'own=0'], [norway, 'own=1'], [norway, 'own=0'], [chair, 'own=1']] as const) {
    expect(linesIn(readWord(await bytesOf(person, `export?form=rolling&${query}&`, 'other')), 'accepted').join(' ')).not.toContain('actively')
  }
  await chair.command({ command: 'add-delegation', delegation: { id: 'lib', name: 'Harbour Library', kind: 'group' } })
  const observer = await house.invited(chair, 'Lea', { role: 'observer', delegation: 'lib', level: 'reader' })
  const answer = await fetch(`${house.address}/api/drafts/${observer.draft}/export?hat=${observer.hatId}&as=docx&form=rolling&own=1`, { headers: { cookie: observer.cookie } })
  expect([answer.status, ((await answer.json()) as { error: { code: string } }).error.code]).toEqual([403, 'not-yours'])
})

test('WP5 open threads go out as comments where they are asked for, each on its words; those of a delegation’s own people with its own proposals alone', async () => {
  const { open } = await negotiated()
  const on = (number: string, words: string): Pick<Extract<Command, { command: 'start-thread' }>, 'about' | 'ranges'> => {
    const unit = norway.unit(number)
    const from = unit.atoms.indexOf(words)
    return { about: { kind: 'unit', unit: unit.id }, ranges: rangesInUnit(norway.shared, unit, from, from + words.length).map(([first, last]) => [[...first], [...last]]) }
  }
  await norway.command({ command: 'start-thread', ...on('OP3', ''), ranges: [], words: 'Is this\nneeded?', apart: false })
  await norway.command({ command: 'start-thread', ...on('OP3', 'remain seized'), words: 'Seized?', apart: false })
  // An open amendment strikes the last of them.
  await norway.command({ command: 'start-thread', ...on('OP1', 'every year'), words: 'How often?', apart: false })
  const { thread: over } = await norway.command({ command: 'start-thread', ...on('OP2', ''), ranges: [], words: 'It is answered.', apart: false })
  await norway.command({ command: 'resolve-thread', thread: over!, apart: false })
  await japan.command({ command: 'start-thread', about: { kind: 'amendment', amendment: open }, ranges: [], words: 'Capital insists.', apart: true })
  const told = async (person: Person, query: string): Promise<string[]> => readWord(await bytesOf(person, `export?form=rolling&${query}&`, 'threads')).comments.map(({ author, words, on: quote }) => `${author}: ${words} (${quote})`).sort()
  const everybodys = ['Norway: How often? (Requests the Secretary-General to report every yeartwo years;)', 'Norway: Is this needed? (Decides to remain seized of the matter.)', 'Norway: Seized? (remain seized)']
  expect(await told(norway, 'threads=1')).toEqual(everybodys)
  expect(await told(norway, 'threads=0')).toEqual([])
  expect(await told(japan, 'threads=1')).toEqual(everybodys)
  expect(await told(japan, 'threads=1&own=1')).toEqual(['Jun, Japan: Capital insists. (Requests the Secretary-General to report every yeartwo years;)', ...everybodys.slice(0, 1), 'Norway: Is this needed? (Decides to remain actively seized of the matter.)', 'Norway: Seized? (Decides to remain actively seized of the matter.)'])
})
