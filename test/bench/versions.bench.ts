/**
 * Two versions of 400 paragraphs compared, by ids and by likeness; 400 paragraphs frozen, from the request to the answer of a
 * real server; and a point in the history of a log of 50,000 updates in SQLite: the first, for which what is kept of it is
 * read, and every other.
 */
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import * as Y from 'yjs'
import { bench } from 'vitest'
import { importText } from '../../shared/convert/importText.ts'
import { docAt, returnTo } from '../../shared/model/past.ts'
import { createUnits, moveUnit, replaceWords } from '../../shared/model/operations.ts'
import { draftReader, readDraft } from '../../shared/model/reader.ts'
import { readStage } from '../../shared/model/state.ts'
import { comparedOf, compareTexts } from '../../shared/text/compare.ts'
import { defineShared, newDoc } from '../../shared/model/layout.ts'
import { HistoryKeeper } from '../../server/sync/history-keeper.ts'
import { Timeline } from '../../server/sync/timeline.ts'
import { freezePreview } from '../../shared/lifecycle/freeze.ts'
import type { SqliteStore } from '../../server/store/sqlite.ts'
import { randomOf } from '../fuzz/random.ts'
import { Person } from '../unit/walk/person.ts'
import { ServerProcess } from '../unit/walk/server.ts'
import { paragraph } from './support/large-draft.ts'

const rounds = 15
const median = (values: readonly number[]): number => [...values].sort((left, right) => left - right)[values.length >> 1]!
const most = (values: readonly number[]): number => Math.max(...values)
const say = (name: string, times: readonly number[]): void => void process.stdout.write(`${name}: median ${median(times).toFixed(1)} ms, most ${most(times).toFixed(1)} ms\n`)

function timed(act: () => void): number {
  const startedMs = performance.now()
  act()
  return performance.now() - startedMs
}

const vocabulary = Array.from({ length: 900 }, (_, index) => `${'aeiou'[index % 5]}${(index * 7919).toString(36)}`)

function longDraft(units: number): Y.Doc {
  const random = randomOf(7)
  const words = (count: number): string => Array.from({ length: count }, () => vocabulary[random(vocabulary.length)]!).join(' ')
  const doc = defineShared(newDoc())
  doc.clientID = 2 ** 33
  createUnits(doc, readDraft(doc), { parent: null, after: null }, Array.from({ length: units }, (_, index) => ({ kind: index < units / 3 ? 'pp' as const : 'op' as const, words: words(40 + random(60)), notes: [], children: [] })))
  return doc
}

/** Every third paragraph changed in some places, a tenth moved, some gone and some new. */
function revised(doc: Y.Doc): void {
  const random = randomOf(8)
  for (const { id } of readDraft(doc).units) {
    const unit = readDraft(doc).byId.get(id)!
    if (random(3) === 0) for (let times = 0; times < 4; times++) replaceWords(doc, readDraft(doc).byId.get(id)!, random(unit.atoms.length / 2), random(unit.atoms.length / 2) + 8, ' amended here ')
    if (random(10) === 0) moveUnit(doc, readDraft(doc), unit, { parent: null, after: null })
  }
}

function comparing(): void {
  const doc = longDraft(400)
  const before = comparedOf(readDraft(doc))
  revised(doc)
  const after = comparedOf(readDraft(doc))
  const outside = after.map((unit) => ({ ...unit, id: null }))
  say('two versions of 400 paragraphs, by ids', Array.from({ length: rounds }, () => timed(() => void compareTexts(before, after))))
  say('two versions of 400 paragraphs, by likeness', Array.from({ length: rounds }, () => timed(() => void compareTexts(before, outside))))
}

async function history(): Promise<void> {
  const updates = 50_000
  const random = randomOf(9)
  const folder = await mkdtemp(join(tmpdir(), 'omnibus-history-'))
  // The built one: its worker is a file of its own.
  const { openSqliteStore } = (await import(new URL('../../dist/server/store/sqlite.js', import.meta.url).href)) as { openSqliteStore: (folder: string) => Promise<SqliteStore> }
  const store = await openSqliteStore(folder)
  const doc = longDraft(300)
  let pending: Uint8Array[] = [Y.encodeStateAsUpdate(doc)]
  doc.on('update', (update: Uint8Array) => void pending.push(update))
  let seq = 0
  const reader = draftReader(doc)
  const flush = async (kind: 'update' | 'command'): Promise<void> => {
    const entries = pending.map((bytes) => ({ actor: 'chair', kind, bytes, lineage: null }))
    pending = []
    const done = await store.append({ document: 'd', expectedSeq: seq, entries, ...(kind === 'command' ? { record: { draft: 'd', actor: 'chair', kind: 'keep-version', body: {} } } : {}) })
    if (!done.ok) throw new Error(done.why)
    seq += entries.length
  }
  for (let made = 0; made < updates; made++) {
    const { units } = reader.read()
    // People type on at one place for a while, as they do.
    const unit = units[random(units.length)]!
    let at = random(unit.atoms.length + 1)
    for (let letters = 0; letters < 40 && made < updates; letters++, made++) {
      const now = reader.read().byId.get(unit.id)!
      if (random(6) === 0 && at > 0) replaceWords(doc, now, at - 1, at--, '')
      else replaceWords(doc, now, at, at++, 'abcdefgh '[random(9)]!)
    }
    await flush('update')
    if (random(6) === 0) {
      replaceWords(doc, reader.read().units[0]!, 0, 0, 'x')
      await flush('command')
    }
  }
  reader.stop()
  const records = (await store.record('d', 0)).map((row) => row.seq)
  // As a room does with its snapshots while people type.
  const keptMs = performance.now()
  await new HistoryKeeper(store, 'd').keep(seq)
  process.stdout.write(`the history of ${seq} entries kept beside the log, in all: ${(performance.now() - keptMs).toFixed(0)} ms\n`)
  const timeline = new Timeline(store, 'd')
  const look = (record: number): void => {
    const copy = docAt(doc, timeline.pointAt(timeline.seqOf(record)!))
    comparedOf(readDraft(copy))
    copy.destroy()
  }
  const startedMs = performance.now()
  await timeline.readOn()
  const readMs = performance.now() - startedMs
  look(records[records.length >> 1]!)
  process.stdout.write(`the first look at it: ${(performance.now() - startedMs).toFixed(0)} ms, ${readMs.toFixed(0)} of them to read it\n`)
  const times = Array.from({ length: rounds }, (_, index) => timed(() => look(records[Math.floor(((index + 1) / (rounds + 1)) * records.length)]!)))
  say(`a point in a log of ${seq} updates`, times)
  const point = timeline.pointAt(timeline.seqOf(records[records.length >> 1]!)!)
  await store.close()
  await rm(folder, { recursive: true })
  say('a return to the middle of it', [timed(() => void returnTo(doc, point, { id: null, by: 'office', atMs: 1, note: '', with: [] }))])
}

/** The digest of the preview, which the page computes, and the request with it until it is answered; then the text is open again. */
async function freezing(): Promise<void> {
  const server = await ServerProcess.start()
  const chair = new Person('Chair', server.address)
  await chair.follow(server.link!)
  const made = await chair.call('/api/commands', { key: 'first-draft-key', body: { command: 'create-draft', title: 'T', language: 'en' } })
  await chair.wear(made.draft!, made.hatId!)
  await chair.command({ command: 'import', value: importText(['The General Assembly,', ...Array.from({ length: 400 }, (_, number) => `${number + 1}. ${paragraph(number, 80)};`)].join('\n\n')).value })
  await chair.enter()
  const previews: number[] = []
  const freezes: number[] = []
  for (let round = 0; round < rounds; round++) {
    let digest = ''
    previews.push(timed(() => { digest = freezePreview(chair.shared, new Set()).digest }))
    const startedMs = performance.now()
    await chair.command({ command: 'freeze', digest, symbol: '', closeOpen: true, reason: 'It is agreed.' })
    freezes.push(performance.now() - startedMs)
    await chair.command({ command: 'reopen-frozen', reason: 'Once more.' })
    await chair.until(() => readStage(chair.shared).stage === 'negotiation')
  }
  await chair.leave()
  await server.remove()
  say('the preview of 400 paragraphs', previews)
  say('400 paragraphs frozen', freezes)
}

bench('versions and history', async () => {
  comparing()
  await freezing()
  await history()
}, { iterations: 1, warmupIterations: 0, time: 0, warmupTime: 0 })
