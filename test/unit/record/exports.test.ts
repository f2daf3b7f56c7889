import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import Libsql from 'libsql'
import pino from 'pino'
import * as Y from 'yjs'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { run } from '../../../server/cli/main.ts'
import { openKeys, rotateKeys } from '../../../server/keys/folder.ts'
import { checkSignature } from '../../../server/keys/keys.ts'
import { recordSeenBy } from '../../../server/http/views.ts'
import { DATABASE_FILE } from '../../../server/store/database.ts'
import { openSqliteStore } from '../../../server/store/sqlite.ts'
import { createRooms } from '../../../server/sync/rooms.ts'
import { passesRecord, recordGroups, groupOf, wholeRecord } from '../../../client/room/record-filter.ts'
import { importText } from '../../../shared/convert/importText.ts'
import { isSound } from '../../../shared/lifecycle/finding.ts'
import { freezePreview } from '../../../shared/lifecycle/freeze.ts'
import { defineShared, newDoc } from '../../../shared/model/layout.ts'
import { auditLines } from '../../../shared/record/audit.ts'
import { toldOf } from '../../../shared/record/chain.ts'
import { recordCsv, recordLines } from '../../../shared/record/export.ts'
import { signHead } from '../../../shared/record/heads.ts'
import { recordLine } from '../../../shared/record/line.ts'
import type { Command } from '../../../shared/wire/commands.ts'
import { sql } from '../../contract/store-harness.ts'
import { fixedKeys } from '../keys/fixed-keys.ts'
import { brazil, chair, observer } from './bench.ts'
import { inConfidence, sealedDraft } from '../seal/sealed-draft.ts'
import type { SealedDraft } from '../seal/sealed-draft.ts'

let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'omnibus-audit-'))
})
afterEach(() => rmSync(folder, { recursive: true }))

async function omnibus(...args: string[]): Promise<{ code: number; out: string; err: string }> {
  const out: string[] = []
  const err: string[] = []
  const code = await run(args, { stdout: { write: (text: string) => out.push(text) }, stderr: { write: (text: string) => err.push(text) } }, { OMNIBUS_DATA: join(folder, 'data') })
  return { code, out: out.join(''), err: err.join('') }
}

describe('an exported record', () => {
  let made: SealedDraft
  const linesFor = async (who = observer): Promise<string> => {
    const rows = await made.bench.store.record(made.bench.draft, 0)
    const entries = recordSeenBy(who.hat, rows, [], [], false)
    return recordLines(made.bench.draft, signHead(fixedKeys, made.bench.draft, rows.at(-1)!, 5), entries.map((entry) => ({ told: toldOf(entry), name: entry.actorName })))
  }
  beforeEach(async () => {
    made = await sealedDraft()
  })
  afterEach(() => made.bench.rooms.stop())

  test('RC4 holds what its reader may read, and the chain of all', async () => {
    const [forObserver, forChair] = [await linesFor(), await linesFor(chair)]
    expect(forObserver).not.toContain(inConfidence)
    expect(forChair).toContain(inConfidence)
    for (const text of [forObserver, forChair, await linesFor(brazil)]) {
      const findings = await auditLines(text, { key: fixedKeys.current.keyId, check: checkSignature })
      expect(findings.filter(({ result }) => result === 'fails')).toEqual([])
      expect(isSound(findings)).toBe(true)
    }
  })

  test('RC5 omnibus audit names what was changed, taken out, put in, cut off or signed otherwise', async () => {
    const text = await linesFor()
    const path = join(folder, 'record.jsonl')
    const audit = async (changed: string, ...more: string[]) => {
      writeFileSync(path, changed)
      return omnibus('audit', path, ...more)
    }
    const lines = text.trimEnd().split('\n')
    const last = lines.length - 1
    const codes = async (changed: readonly string[], ...more: string[]): Promise<string[]> => [...(await audit(changed.join('\n'), ...more)).out.matchAll(/\[([a-z-]+)\]$/gm)].map((match) => match[1]!)
    expect(await audit(text, '--key', fixedKeys.current.keyId)).toMatchObject({ code: 0, out: expect.stringContaining('entries form one chain') as string })
    expect((await audit(text)).out).toContain('Whose key')
    expect(await audit(lines.toSpliced(4, 1).join('\n'))).toMatchObject({ code: 1, out: expect.stringContaining('[record-missing]') as string })
    expect(await codes(lines.toSpliced(4, 2, lines[5]!, lines[4]!))).toContain('record-order')
    expect(await codes(lines.map((line) => line.replace('no resources', 'no wish')))).toEqual(['record-changed'])
    expect(await codes(lines.slice(0, -2))).toEqual(['record-head'])
    expect(await codes(lines.toSpliced(3, 0, 'rubbish'))).toEqual(['bad-line'])
    expect(await codes(lines.map((line) => line.replace(`"seq":${last}`, `"seq":${last - 1}`)))).toContain('head-unsigned')
    expect(await codes(lines, '--key', '0'.repeat(64))).toEqual(['wrong-key'])
    expect(await codes([...lines, lines[2]!.replace(made.bench.draft, 'another')])).toEqual(['drafts-mixed'])
    expect(await codes([''])).toEqual(['bad-line'])
    expect((await audit(lines.slice(1).join('\n'))).out).toContain('no signed head')
    // Two heads that somebody kept, as the page copies them.
    const other = JSON.stringify(signHead(fixedKeys, made.bench.draft, { seq: last, digest: '0'.repeat(64) }, 6))
    expect(await codes([lines[0]!, other])).toEqual(['heads-differ'])
    expect(await codes([other, ...lines.slice(1)])).toEqual(['heads-differ'])
    const shorter = JSON.stringify(signHead(fixedKeys, made.bench.draft, { seq: last - 1, digest: '0'.repeat(64) }, 6))
    expect(await codes([lines[0]!, shorter])).toEqual(['heads-differ'])
    expect(await codes([shorter.replace('1970', '1969')])).toEqual(['head-unsigned'])
    const longer = JSON.stringify(signHead(fixedKeys, made.bench.draft, { seq: last + 1, digest: '0'.repeat(64) }, 6))
    expect(await codes([lines[0]!, longer])).toEqual([])
  })

  test('RC4 is a table that no spreadsheet takes for a formula', () => {
    const line = recordLine({ seq: 1, atMs: 0, kind: 'position', actorName: '+1 Jun', body: { hat: { delegation: 'jp' }, body: { amendment: 'a-1', note: '=HYPERLINK("http://x","y")' } } })
    const notes = ['@SUM(A1)', '-1', '\t=1', ' =1', '\r=1', '\n=1', '＝1', 'a "quoted", note\nof two lines']
    const csv = recordCsv([line, ...notes.map((note) => ({ ...line, note }))].map((one) => ({ ...one, digest: 'd' })), (id) => (id === 'jp' ? '@Japan' : id))
    expect(csv.startsWith('\ufeff"no","time (UTC)"')).toBe(true)
    const rows = csv.slice(1).split('\r\n')
    expect(rows[1]).toBe('"1","1970-01-01T00:00:00.000Z","\'@Japan","\'+1 Jun","position","","a-1","","\'=HYPERLINK(""http://x"",""y"")","d"')
    const cells = [...csv.matchAll(/"((?:[^"]|"")*)"/g)].map((match) => match[1]!)
    expect(cells).toHaveLength(10 * 10)
    expect(cells.filter((cell) => /^[\s\ufeff]*[=+\-@＝]/.test(cell))).toEqual([])
    expect(cells).toContain('a ""quoted"", note\nof two lines')
  })
})

describe('the records of a data folder', () => {
  async function frozenFolder(): Promise<string> {
    const store = await openSqliteStore(join(folder, 'data'))
    const { keys } = openKeys(join(folder, 'data'), { from: 'folder' }, 1_000)
    const rooms = createRooms({ store, keys, log: pino({ enabled: false }), now: () => 2_000 })
    await store.write([{ put: 'person', row: { id: 'chair', name: 'Chair', canCreate: true } }])
    const made = await rooms.createDraft({ key: 'create-draft-key', body: { command: 'create-draft', title: 'Lamps', language: 'en' } }, { id: 'chair', name: 'Chair' })
    if (!made.ok) throw new Error(made.error.code)
    const draft = made.result.draft!
    let number = 0
    const done = async (body: Command): Promise<void> => {
      const answer = await rooms.command({ key: `key-number-${++number}`, draft, hatId: chair.hatId, body }, chair)
      if (!answer.ok) throw new Error(answer.error.code)
    }
    await done({ command: 'import', value: importText(['The General Assembly,', '', '1. Decides to meet.', ''].join('\n')).value })
    const doc = defineShared(newDoc())
    for (const { bytes } of (await store.load(draft)).entries) if (bytes.length > 0) Y.applyUpdate(doc, bytes)
    await done({ command: 'freeze', digest: freezePreview(doc, new Set()).digest, symbol: '', closeOpen: false, reason: 'It is agreed.' })
    await rooms.stop()
    await store.close()
    return draft
  }

  test('LG35 omnibus audit names a frozen version that cannot be read for a damaged page, or whose record cannot', async () => {
    const draft = await frozenFolder()
    const path = join(folder, 'data', DATABASE_FILE)
    sql(join(folder, 'data'), 'VACUUM')
    const sound = readFileSync(path)
    const pageBytes = sound.readUInt16BE(16)
    const audited = async (table: string): Promise<string> => {
      const database = new Libsql(path)
      const { rootpage } = database.prepare('SELECT rootpage FROM sqlite_schema WHERE name = ?').get([table]) as { rootpage: number }
      database.close()
      writeFileSync(path, Buffer.from(sound).fill(0xff, (rootpage - 1) * pageBytes, rootpage * pageBytes))
      const { code, out, err } = await omnibus('audit')
      writeFileSync(path, sound)
      expect([table, code, err]).toEqual([table, 1, ''])
      return out
    }
    expect(await audited('version')).toMatch(/3 entries of 1 records[^]*Which versions were frozen cannot be read[^]*\[text-changed\]/)
    expect(await audited('record')).toContain(`${draft}, version 1 cannot be checked: the record of its draft is on a damaged page`)
    expect((await omnibus('audit')).code).toBe(0)
  })

  test('RC6 omnibus audit checks each, and each frozen version against it and the keys, also those of before', async () => {
    const draft = await frozenFolder()
    rotateKeys(join(folder, 'data'), 3_000)
    const sound = await omnibus('audit')
    expect([sound.code, sound.out]).toEqual([0, expect.stringMatching(new RegExp(`3 entries of 1 records.*\n.*${draft}, version 1 is what was frozen`))])
    sql(join(folder, 'data'), `UPDATE record SET kind = 'lock' WHERE seq = 2`)
    const changed = await omnibus('audit')
    expect([changed.code, changed.out]).toEqual([1, expect.stringContaining(`${draft}/record: entry 2 is damaged`)])
    expect(changed.out).toContain('version 1: Entry 2 of the record is not the one')
    sql(join(folder, 'data'), `UPDATE record SET kind = 'import' WHERE seq = 2`)
    expect((await omnibus('audit')).code).toBe(0)
    sql(join(folder, 'data'), `UPDATE version SET bytes = CAST(replace(CAST(bytes AS TEXT), 'to meet', 'to part') AS BLOB)`)
    const words = await omnibus('audit')
    expect([words.code, words.out]).toEqual([1, expect.stringContaining('[text-changed]')])
    sql(join(folder, 'data'), `UPDATE version SET bytes = CAST('{' AS BLOB)`)
    expect((await omnibus('audit')).out).toContain('is damaged')
    expect((await omnibus('audit', '--key', 'x')).code).toBe(2)
  })
})

describe('the filter of the record', () => {
  const at = (day: string): number => new Date(`${day}T12:00:00`).getTime()
  const line = (kind: string, more: object = {}) =>
    ({ ...recordLine({ seq: 1, atMs: at('2026-11-20'), kind, actorName: null, body: { hat: { delegation: 'jp' }, body: {} } }), text: 'Japan agreed ad ref OP 5', about: ['u-1'], ...more })
  const passes = (filter: object, one = line('agree')): boolean => passesRecord({ ...wholeRecord, ...filter }, one)

  test('RC3 is by kind, delegation, paragraph, day and words, all at once', () => {
    expect(passes({})).toBe(true)
    expect([passes({ group: 'decisions' }), passes({ group: 'people' })]).toEqual([true, false])
    expect([passes({ delegation: 'jp' }), passes({ delegation: 'br' })]).toEqual([true, false])
    expect([passes({ unit: 'u-1' }), passes({ unit: 'u-2' })]).toEqual([true, false])
    expect([passes({ words: ' AD REF ' }), passes({ words: 'japan' }), passes({ words: 'reopened' })]).toEqual([true, true, false])
    expect([passes({ from: '2026-11-20' }), passes({ from: '2026-11-21' }), passes({ to: '2026-11-20' }), passes({ to: '2026-11-19' })]).toEqual([true, false, true, false])
    expect(passes({ group: 'decisions', delegation: 'jp', words: 'OP 5', from: '2026-11-20', to: '2026-11-20', unit: 'u-2' })).toBe(false)
    expect(recordGroups.map((group) => passes({ group }, line('confidential')))).toEqual(recordGroups.map((group) => group === 'confidential'))
    expect(groupOf('something new')).toBe('stages')
    expect(groupOf('sponsor')).toBe('proposals')
  })

  test('RC3 finds what the chair’s table recorded for a delegation by that delegation', () => {
    const recorded = { ...recordLine({ seq: 1, atMs: 0, kind: 'record-objection', actorName: null, body: { hat: { delegation: 'office' }, body: { delegation: 'jp', asRecorded: true, units: [] } } }), text: '', about: [] }
    expect(['jp', 'office', 'br'].map((delegation) => passes({ delegation }, recorded))).toEqual([true, true, false])
  })

  test('RC3 finds what was decided together by each of its amendments', () => {
    const settled = recordLine({ seq: 1, atMs: 0, kind: 'settle', actorName: null, body: { body: { unit: 'u-1', incorporate: [{ amendment: 'a-1', digest: '' }], decline: [{ amendment: 'a-2', digest: '' }] } } })
    expect([settled.amendments, settled.units]).toEqual([['a-1', 'a-2'], ['u-1']])
    expect(recordLine({ seq: 1, atMs: 0, kind: 'freeze', actorName: null, body: { body: { closed: ['a-3'] } } }).amendments).toEqual(['a-3'])
  })
})
