/** What `omnibus export` takes along: from a running server, and out of its data folder when it is stopped. */
import { createHash } from 'node:crypto'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { linkFor } from '../../../server/cli/link.ts'
import { run } from '../../../server/cli/main.ts'
import { openKeys } from '../../../server/keys/folder.ts'
import { openSqliteStore } from '../../../server/store/sqlite.ts'
import { readWord } from '../../../shared/convert/docx/read.ts'
import { importText } from '../../../shared/convert/importText.ts'
import { digestOfText } from '../../../shared/lifecycle/digests.ts'
import { freezePreview } from '../../../shared/lifecycle/freeze.ts'
import { readAmendmentState } from '../../../shared/model/state.ts'
import { errors } from '../../../shared/wire/errors.ts'
import { linesIn } from '../word/support.ts'
import { House } from './house.ts'
import type { Person } from './person.ts'

let folder: string
let house: House
let chair: Person
let japan: Person
let norway: Person
let isOpen: boolean

const source = ['The General Assembly,', '', '1. Requests the Secretary-General to report every year;', '', '2. Calls upon all States to light their harbours;', '', '3. Decides to remain seized of the matter.', ''].join('\n')
const library = new TextEncoder().encode('1. Decides to meet.\n')

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'omnibus-export-'))
  const { keys } = openKeys(folder, { from: 'folder' }, Date.now())
  house = await House.open({ store: await openSqliteStore(folder), keys })
  isOpen = true
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

afterEach(async () => {
  await closed()
  rmSync(folder, { recursive: true })
})

async function closed(): Promise<void> {
  if (isOpen) await house.close()
  isOpen = false
}

interface Done {
  readonly code: number
  readonly bytes: Uint8Array
  readonly err: string
}

async function omnibus(...args: string[]): Promise<Done> {
  const out: Uint8Array[] = []
  let err = ''
  const io = { stdout: { write: (part: string | Uint8Array) => out.push(Buffer.from(part)) }, stderr: { write: (words: string) => { err += words } } }
  const code = await run(['export', ...args], io, { OMNIBUS_DATA: folder })
  return { code, bytes: Buffer.concat(out), err }
}

/** From the running server, as the person of that name. */
async function asked(person: Person, ...args: string[]): Promise<Done> {
  const link = await linkFor(house.store, person.name, Date.now())
  return omnibus(person.draft, ...args, '--url', house.address, '--link', link)
}

const text = ({ bytes }: Done): string => new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes)
const jsonLines = (done: Done): Record<string, unknown>[] => text(done).trimEnd().split('\n').map((line) => JSON.parse(line) as Record<string, unknown>)
const tail = ({ bytes }: Done, mode: 'accepted' | 'rejected'): string[] => linesIn(readWord(bytes), mode).filter((line) => line !== '').slice(-3)
const revisers = ({ bytes }: Done): string[] => [...new Set(readWord(bytes).paragraphs.flatMap(({ runs }) => runs).flatMap(({ presence: { inserted, deleted } }) => [inserted, deleted]).flatMap((by) => (by === null ? [] : [by.author])))].sort()

/** Norway's is in the text, Japan's is open, and more of Japan's is in preparation; there is a thread on OP3 and one among Japan's people. */
async function negotiated(): Promise<void> {
  const taken = norway.propose('OP2', 'light', 'light and mark')
  await norway.putForward(taken)
  await chair.command({ command: 'incorporate', ...(await chair.sees(taken)) })
  const open = japan.propose('OP1', 'every year', 'every two years')
  await japan.putForward(open)
  japan.propose('OP3', 'seized', 'actively seized')
  await japan.saved()
  await norway.until(() => readAmendmentState(norway.shared, open) !== null)
  await norway.command({ command: 'start-thread', about: { kind: 'unit', unit: norway.unit('OP3').id }, ranges: [], words: 'Is this needed?', apart: false })
  await japan.command({ command: 'start-thread', about: { kind: 'amendment', amendment: open }, ranges: [], words: 'Capital insists.', apart: true })
}

const tracked = ['--form', 'rolling', '--to', 'docx'] as const
const accepted = ['Requests the Secretary-General to report every two years;', 'Calls upon all States to light and mark their harbours;', 'Decides to remain seized of the matter.']
const original = ['Requests the Secretary-General to report every year;', 'Calls upon all States to light their harbours;', 'Decides to remain seized of the matter.']
const comments = ({ bytes }: Done): string[] => readWord(bytes).comments.map(({ author, words }) => `${author}: ${words}`)

test('HT23 tracked changes against a version and threads as comments are the same from the server and out of the folder, in which nothing of a side document is', async () => {
  await negotiated()
  const [served, own] = [await asked(norway, ...tracked, '--against', '1', '--threads'), await asked(japan, ...tracked, '--own', '--threads')]
  const { draft } = norway
  await closed()
  const [kept, now] = [await omnibus(draft, ...tracked, '--against', '1', '--threads'), await omnibus(draft, ...tracked)]
  for (const file of [served, kept]) {
    expect([tail(file, 'accepted'), tail(file, 'rejected'), revisers(file)]).toEqual([accepted, original, ['Japan', 'Norway']])
    expect(comments(file)).toEqual(['Norway: Is this needed?'])
  }
  expect([tail(now, 'rejected')[1], revisers(now), comments(now)]).toEqual([accepted[1], ['Japan'], []])
  expect([tail(own, 'accepted')[2], revisers(own)]).toEqual(['Decides to remain actively seized of the matter.', ['Japan', 'Japan (in preparation)']])
  expect(comments(own)).toEqual([expect.stringContaining('Capital insists.'), expect.stringContaining('Is this needed?')])
  expect(await omnibus(draft, ...tracked, '--against', '9')).toMatchObject({ code: 1, err: `${errors['no-such-version']}\n` })
})

test('HT22 the lines of a PDF are numbered where that is asked for, and the amendments are written as Akoma Ntoso', async () => {
  await negotiated()
  const atServer = (await asked(norway, '--form', 'amendments', '--to', 'akn')).bytes
  expect(new TextDecoder().decode(atServer)).toContain('<quotedText')
  const { draft } = norway
  await closed()
  const [plain, numbered, version] = [await omnibus(draft, '--to', 'pdf'), await omnibus(draft, '--to', 'pdf', '--lines'), await omnibus(draft, '--to', 'pdf', '--lines', '--version', '1')]
  for (const { bytes, code } of [plain, numbered, version]) expect([code, new TextDecoder('latin1').decode(bytes.subarray(0, 5))]).toEqual([0, '%PDF-'])
  // Numbers take ink: nothing else differs between the two.
  expect(numbered.bytes.length).toBeGreaterThan(plain.bytes.length)
})

test('HT24 the record, a version as it is kept and sealed, the lists and a file of the library are the same bytes as from the page', async () => {
  const body = { command: 'add-source', title: 'Meeting', name: 'meeting.txt', symbol: '', sha256: createHash('sha256').update(library).digest('hex') }
  const order = encodeURIComponent(JSON.stringify({ key: 'library-key-1', draft: chair.draft, hatId: chair.hatId, body }))
  const added = await fetch(`${house.address}/api/drafts/${chair.draft}/sources?order=${order}`, { method: 'POST', headers: { cookie: chair.cookie, origin: house.address, 'content-type': 'application/octet-stream' }, body: library })
  expect(added.status).toBe(200)
  await japan.command({ command: 'position', about: { kind: 'unit', ...japan.seenUnit('OP1') }, position: 'reserve', to: 'table', note: 'Capital has doubts.' })
  await chair.command({ command: 'freeze', digest: freezePreview(chair.shared, new Set()).digest, symbol: 'A/C.3/81/L.7/Rev.1', closeOpen: true, reason: 'It is agreed.' })
  const forms = [['--form', 'canonical', '--version', '2'], ['--form', 'sealed', '--version', '2'], ['--form', 'versions'], ['--form', 'sources'], ['--source', '1'], ['--form', 'record', '--to', 'csv']]
  const served = []
  for (const form of forms) served.push(await asked(chair, ...form))
  const record = await asked(chair, '--form', 'record')
  // What was said to the chair's table alone is for it, and for whoever holds the folder.
  expect([text(record).includes('Capital has doubts.'), text(await asked(norway, '--form', 'record')).includes('Capital has doubts.')]).toEqual([true, false])
  const seal = await chair.text(`/api/drafts/${chair.draft}/versions/2/sealed?hat=${chair.hatId}`)
  expect(await asked(chair, '--form', 'sealed', '--version', '1')).toMatchObject({ code: 1, err: `${errors['not-sealed']}\n` })
  const { draft } = chair
  await closed()
  const kept = []
  for (const form of forms) kept.push(await omnibus(draft, ...form))
  expect(kept).toEqual(served)
  expect(kept.map(({ code }) => code)).toEqual(forms.map(() => 0))
  expect([text(kept[1]!), Buffer.from(kept[4]!.bytes).equals(library)]).toEqual([seal, true])
  expect(jsonLines(kept[2]!)).toMatchObject([{ number: 1, kind: 'zero', symbol: 'A/C.3/81/L.7' }, { number: 2, kind: 'final' }])
  expect(jsonLines(kept[3]!)).toMatchObject([{ number: 1, title: 'Meeting' }])
  // Signed at another moment; the entries are the same, and the whole is sound.
  const again = await omnibus(draft, '--form', 'record')
  expect(jsonLines(again).slice(1)).toEqual(jsonLines(record).slice(1))
  const path = join(folder, 'record.jsonl')
  writeFileSync(path, again.bytes)
  const said: string[] = []
  expect(await run(['audit', path], { stdout: { write: (words) => said.push(String(words)) }, stderr: { write: () => undefined } }, { OMNIBUS_DATA: folder })).toBe(0)
  for (const [args, code] of [[['--form', 'sealed', '--version', '1'], 'not-sealed'], [['--form', 'canonical', '--version', '7'], 'no-such-version'], [['--source', '2'], 'no-such-source']] as const) {
    expect(await omnibus(draft, ...args)).toMatchObject({ code: 1, err: `${errors[code]}\n` })
  }
  const out = join(folder, 'sealed.json')
  expect(await omnibus(draft, '--form', 'sealed', '--version', '2', '--out', out)).toMatchObject({ code: 0 })
  expect(readFileSync(out, 'utf8')).toBe(seal)
})

test('HT25 options that do not go together are refused with a sentence, before anything is opened', async () => {
  const { draft } = chair
  // The data folder is in use: whatever was opened would say so.
  for (const [args, sentence] of [
    [['--against', '1'], /^--against, --threads and --own are of tracked changes: write --form rolling --to docx/],
    [['--threads', '--form', 'rolling', '--to', 'pdf'], /^--against, --threads and --own/],
    [['--against', '1', '--form', 'amendments', '--to', 'docx'], /^--against, --threads and --own/],
    [[...tracked, '--against', '1', '--version', '1'], /^--against, --threads and --own/],
    [[...tracked, '--own'], /^--own adds what one delegation has in preparation: write --url and --link/],
    [['--lines'], /^--lines numbers the lines of a PDF: write --to pdf/],
    [['--lines', '--to', 'docx'], /^--lines/],
    [['--status', 'all'], /^--status chooses among the amendments: write --form amendments/],
    [['--form', 'rolling', '--version', '1'], /^--version is a version’s text/],
    [['--form', 'sealed'], /^--form sealed is of one version: write --version N/],
    [['--form', 'canonical', '--version', '1', '--to', 'pdf'], /^--form canonical is written to the byte as it is kept: it has no --to/],
    [['--form', 'versions', '--to', 'json'], /^--form versions is a list/],
    [['--form', 'record', '--to', 'pdf'], /^The record is written as jsonl or csv/],
    [['--form', 'record', '--version', '1'], /^The record is written/],
    [['--to', 'csv'], /^csv is a form of the record: write --form record/],
    [['--source', '1', '--to', 'pdf'], /^--source is a file of the library as it came/],
    [['--form', 'coverage', '--to', 'akn'], /^Akoma Ntoso has no form for a table/],
    [['--against', 'last', ...tracked], /^Usage: omnibus export/],
    [['--lines=yes', '--to', 'pdf'], /^Usage: omnibus export/],
  ] as const) {
    const { code, err, bytes } = await omnibus(draft, ...args)
    expect([args, code, bytes.length, sentence.test(err)]).toEqual([args, 2, 0, true])
  }
})

test('RS5 RS7 who signs after the freeze is named apart in the text, and in the Word file too', async () => {
  await norway.command({ command: 'sponsor', as: 'main' })
  await chair.command({ command: 'freeze', digest: freezePreview(chair.shared, new Set()).digest, symbol: '', closeOpen: true, reason: 'It is agreed.' })
  await japan.command({ command: 'sponsor', as: 'co' })
  const { draft } = chair
  await closed()
  const wanted = ['Norway: draft resolution', 'Additional sponsors: Japan']
  const isNamed = (line: string): boolean => /Norway|Japan/.test(line)
  expect(text(await omnibus(draft)).split('\n').filter(isNamed)).toEqual(wanted)
  expect(linesIn(readWord((await omnibus(draft, '--to', 'docx')).bytes), 'accepted').filter(isNamed)).toEqual(wanted)
})
