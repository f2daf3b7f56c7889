import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { firstLink, firstPersonSetting, makeInvite } from '../../../server/auth/invites.ts'
import { linkFor } from '../../../server/cli/link.ts'
import { run } from '../../../server/cli/main.ts'
import { openSqliteStore } from '../../../server/store/sqlite.ts'
import { importText } from '../../../shared/convert/importText.ts'
import { errors } from '../../../shared/wire/errors.ts'
import { appendOf, command, entry } from '../../contract/store-fixtures.ts'
import { sql } from '../../contract/store-harness.ts'
import { ins, p, r, wordOf } from '../word/support.ts'
import { chairHat, japanHead, openWorld, seedDraft, seedPerson, startMs, type World } from './support.ts'

let world: World
let folder: string

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'omnibus-cli-'))
  world = await openWorld()
  await seedDraft(world.store)
})
afterEach(async () => {
  await world.stop()
  rmSync(folder, { recursive: true })
})

async function omnibus(...args: string[]) {
  const out: string[] = []
  const err: string[] = []
  const io = { stdout: { write: (text: string | Uint8Array) => out.push(typeof text === 'string' ? text : new TextDecoder().decode(text)) }, stderr: { write: (text: string) => err.push(text) } }
  const code = await run(args, io, { OMNIBUS_DATA: join(folder, 'data') })
  return { code, out: out.join(''), err: err.join('') }
}

function file(content: string | Uint8Array): string {
  const path = join(folder, 'Draft on migration.txt')
  writeFileSync(path, content)
  return path
}

describe('import on a running server', () => {
  it('HT15 signs in by the first link, makes a draft named after its file, imports, and prints a way in', async () => {
    const link = `${world.url}${await firstLink(world.store, startMs)}`
    world.rooms.command = async (request, speaker) => {
      world.rooms.commands.push({ request, speaker })
      return { ok: true, result: request.body.command === 'invite' ? { link: '/join/i#s' } : {} }
    }
    world.rooms.createDraft = async (request, person) => {
      world.rooms.created.push({ request, person })
      await world.store.write([{ put: 'hat', row: { id: 'made-hat', draft: 'd', person: person.id, hat: { ...chairHat }, revokedAtMs: null } }])
      return { ok: true, result: { draft: 'd', hatId: 'made-hat' } }
    }
    const done = await omnibus('import', file('The General Assembly,\n'), '--url', world.url, '--link', link, '--name', 'Ana')
    expect(JSON.parse(done.out)).toMatchObject({ draft: 'd', title: 'Draft on migration', report: { wordsIn: 3 } })
    expect(done).toMatchObject({
      code: 0,
      err: `Join the draft as its chair (this link works once): ${world.url}/join/i#s\n`,
    })
    expect(world.rooms.created[0]).toMatchObject({ request: { body: { title: 'Draft on migration' } }, person: { name: 'Ana' } })
    expect(world.rooms.commands.map(({ request }) => request.body)).toMatchObject([
      { command: 'import', value: importText('The General Assembly,\n').value }, { command: 'invite', hat: { role: 'chair', delegation: 'office' }, uses: 1 },
    ])
  })

  it('HT15 an invitation to a draft imports into it', async () => {
    const made = makeInvite(startMs, { draft: 'd', hat: chairHat, createdBy: 'server', days: 1, uses: 1 })
    await world.store.write([made.write])
    expect(await omnibus('import', file('Recalling'), '--url', world.url, '--link', made.link)).toMatchObject({ code: 0, err: '' })
    expect(world.rooms.created).toEqual([])
    expect(world.rooms.commands).toMatchObject([{ request: { draft: 'd', body: { command: 'import', value: importText('Recalling').value } } }])
  })

  it('HT15 a refusal is told in the server’s sentence', async () => {
    const unknown = await omnibus('import', file('Recalling'), '--url', world.url, '--link', '/join/x#y')
    expect(unknown).toEqual({ code: 1, out: '', err: `${errors['link-unknown']}\n` })
    const away = await omnibus('import', file('Recalling'), '--url', 'http://127.0.0.1:1', '--link', '/join/x#y')
    expect(away).toEqual({ code: 1, out: '', err: 'No server answers at http://127.0.0.1:1.\n' })
  })
})

describe('a Word file with tracked changes', () => {
  const marked = (): string => file(wordOf(p(r('The General Assembly,')) + p(r('1. Urges ') + '<w:commentRangeStart w:id="0"/>' + r('States') + '<w:commentRangeEnd w:id="0"/>' + ins(r(' now')) + r(';')), { comments: `<w:comment w:id="0" w:author="Amina">${p(r('All?'))}</w:comment>` }))

  it('WN5 is accepted, rejected, or brought in as amendments: the text before them, what is prepared, then negotiation', async () => {
    const made = makeInvite(startMs, { draft: 'd', hat: chairHat, createdBy: 'server', days: 1, uses: 9 })
    await world.store.write([made.write])
    const sent = async (...more: string[]): Promise<unknown[]> => {
      world.rooms.commands.length = 0
      expect(await omnibus('import', marked(), ...more, '--url', world.url, '--link', made.link)).toMatchObject({ code: 0, err: '' })
      return world.rooms.commands.map(({ request }) => request.body)
    }
    const remarks = [{ unit: 1, from: 6, to: 12, words: 'Amina: All?' }]
    expect(await sent()).toMatchObject([{ command: 'import', value: { units: [{}, { words: 'Urges States now;' }] }, remarks }])
    expect(await sent('--revisions', 'reject')).toMatchObject([{ command: 'import', value: { units: [{}, { words: 'Urges States;' }] }, remarks }])
    const [first, ...then] = await sent('--revisions', 'amendments')
    expect(first).toMatchObject({ command: 'import', value: { units: [{}, { words: 'Urges States;' }] } })
    expect(first).not.toHaveProperty('remarks')
    expect(then).toMatchObject([{ command: 'prepare', changes: [{ kind: 'words', unit: 1, edits: [{ from: 12, to: 12, words: ' now' }] }], remarks }, { command: 'open-negotiation' }])
    expect((await omnibus('import', marked(), '--revisions', 'keep')).err).toMatch(/^Usage: omnibus import FILE \[--revisions accept\|reject\|amendments\]/)
  })

  it('WN5 is brought into a data folder: the draft is in negotiation, and its rolling text has nothing of what is only prepared', async () => {
    const { out, code } = await omnibus('import', marked(), '--revisions', 'amendments')
    expect(code).toBe(0)
    const told = JSON.parse(out) as { draft: string }
    expect(told).toMatchObject({ prepared: 1, threads: 1, unplaced: [], authors: ['Japan'] })
    expect(JSON.parse((await omnibus('export')).out)).toMatchObject({ draft: told.draft, stage: 'negotiation' })
    expect((await omnibus('export', told.draft, '--form', 'rolling')).out).toContain('Urges States;')
  })
})

describe('export', () => {
  it('HT22 writes what the data folder of a stopped server has, named by id or title, in each format, and lists the drafts', async () => {
    const path = file('The General Assembly,\n\n1. Decides to meet;\n')
    const made = async (...more: string[]) => (JSON.parse((await omnibus('import', path, ...more)).out) as { draft: string }).draft
    const [draft, other] = [await made(), await made('--title', 'Other')]
    const listed = (await omnibus('export')).out.trimEnd().split('\n').map((line) => JSON.parse(line) as object)
    expect(listed).toEqual(expect.arrayContaining([{ draft, title: 'Draft on migration', stage: 'drafting' }, { draft: other, title: 'Other', stage: 'drafting' }]))
    expect(listed).toHaveLength(2)
    const text = await omnibus('export', draft)
    expect(text).toMatchObject({ code: 0, err: '', out: expect.stringContaining('1. Decides to meet') })
    expect(await omnibus('export', 'Other', '--to', 'text')).toEqual({ ...text, out: text.out.replace(draft, other) })
    expect(text.out).toContain(`(Omnibus: draft ${draft}, version now-`)
    const out = join(folder, 'out.pdf')
    expect(await omnibus('export', draft, '--to', 'pdf', '--form', 'rolling', '--out', out)).toEqual({ code: 0, out: '', err: '' })
    expect(readFileSync(out).subarray(0, 5).toString()).toBe('%PDF-')
    expect((await omnibus('export', draft, '--to', 'docx')).out.slice(0, 2)).toBe('PK')
    expect((await omnibus('export', draft, '--to', 'akn')).out).toContain('<akomaNtoso')
    expect(await omnibus('export', draft, '--version', '7')).toEqual({ code: 1, out: '', err: `${errors['no-such-version']}\n` })
    expect(await omnibus('export', draft, '--form', 'amendments', '--to', 'html', '--out', folder)).toEqual({ code: 1, out: '', err: `${errors['file-unwritable']}\n` })
    expect(await omnibus('export', 'None')).toEqual({ code: 2, out: '', err: 'There is no draft "None" here. `omnibus export` alone lists those that there are.\n' })
    await omnibus('import', path, '--title', 'Other')
    expect((await omnibus('export', 'Other')).err).toMatch(/^Several drafts are called "Other"\. Name one by its id:\n {2}\S+\n {2}\S+\n$/)
    for (const args of [['a', 'b'], ['a', '--to', 'odt'], ['a', '--form', 'all'], ['a', '--status', 'none'], ['a', '--version', 'last'], ['a', '--out', ''], ['a', '--url', 'http://x']]) {
      expect((await omnibus('export', ...args)).err, args.join(' ')).toMatch(/^Usage: omnibus export/)
    }
  })

  it('HT22 takes from a running server what its link’s person may read, and ends the session', async () => {
    await seedPerson(world.store, 'ben', japanHead)
    const link = async () => `${world.url}${await linkFor(world.store, 'ben', startMs)}`
    const exported = async (...args: string[]) => omnibus('export', ...args, '--url', world.url, '--link', await link())
    expect(await exported('d', '--form', 'amendments', '--status', 'all')).toEqual({ code: 0, out: 'amendments, all, of d: “words”\n\n(Omnibus: draft d, version now-7)\n', err: '' })
    expect((await exported()).out).toBe(`${JSON.stringify({ draft: 'd', title: (await world.store.draft('d'))!.title, stage: 'drafting' })}\n`)
    expect((await exported('d', '--to', 'html')).out).toMatch(/^<!doctype html>/i)
    expect(await exported('d', '--version', '3')).toEqual({ code: 1, out: '', err: `${errors['no-such-version']}\n` })
    expect((await exported('Another')).code).toBe(2)
    expect(world.log.filter((line) => line.includes('/api/sign-out') && line.includes('200'))).not.toEqual([])
  })
})

describe('what is asked of the command line', () => {
  it('HT16 a file that cannot be imported is refused before any link is used', async () => {
    const link = `${world.url}${await firstLink(world.store, startMs)}`
    const imported = (content: string | Uint8Array) => omnibus('import', file(content), '--url', world.url, '--link', link)
    expect(await imported(new Uint8Array([0xff, 0xfe, 0x41]))).toMatchObject({ code: 1, err: `${errors['import-unreadable']}\n` })
    expect(await imported(' \n')).toMatchObject({ code: 1, err: `${errors['import-empty']}\n` })
    expect(await imported(new Uint8Array(2_000_001))).toMatchObject({ code: 1, err: `${errors['import-too-large']}\n` })
    expect(await omnibus('import', join(folder, 'none.txt'))).toMatchObject({ code: 2, err: `There is no file ${join(folder, 'none.txt')}.\n` })
    expect(await world.store.setting(firstPersonSetting)).toBeNull()
  })

  it('HT20 check says of every log whether it is as the server wrote it, names what is not, and puts it back from a copy', async () => {
    const [data, copy] = [join(folder, 'data'), join(folder, 'copy')]
    expect(await omnibus('check')).toEqual({ code: 2, out: '', err: `There is no database of Omnibus in ${data}.\n` })
    const store = await openSqliteStore(data)
    await store.append(appendOf('d1', 0, entry(1), entry(2), entry(3)))
    await store.append(command('k', { document: 'd2' }))
    await store.close()
    cpSync(data, copy, { recursive: true })
    expect(await omnibus('check')).toEqual({ code: 0, out: '5 entries of 3 logs and records are as the server wrote them.\n', err: '' })
    sql(data, "UPDATE log SET bytes = x'00' WHERE document = 'd1' AND seq = 2")
    const found = await omnibus('check')
    expect([found.code, found.out.split('\n')[0]]).toEqual([1, 'd1: entry 2 is damaged or gone'])
    expect(await omnibus('check', '--from', copy)).toEqual({
      code: 0, out: 'd1: entry 2 was put back from the backup\n5 entries of 3 logs and records are as the server wrote them.\n', err: '',
    })
    expect((await omnibus('check', '--from', join(folder, 'nowhere'))).code).toBe(2)
  })

  it('HT16 what is not understood is answered with the usage, and 2', async () => {
    for (const args of [[], ['rule'], ['import'], ['import', 'a', 'b'], ['import', 'a', '--url', 'http://x'], ['import', 'a', '--loud'], ['link', 'a', 'b']]) {
      const { code, out, err } = await omnibus(...args)
      expect([args, code, out, err.startsWith('Usage: omnibus ')]).toEqual([args, 2, '', true])
    }
    expect(await omnibus('help')).toMatchObject({ code: 0, err: '', out: expect.stringContaining('convert FILE|FOLDER') })
    const path = file('Recalling')
    expect((await omnibus('import', path, '--url', 'x', '--link', '/join/x#y')).err).toMatch(/^--url is the address/)
    expect((await omnibus('import', path, '--url', world.url, '--link', '/join/x')).err).toMatch(/^--link is an invitation/)
  })

  it('HT16 a new link is for the first chair, or for the one person of that name or id', async () => {
    await seedPerson(world.store, 'ana', chairHat)
    await seedPerson(world.store, 'ben', japanHead)
    const inviteOf = async (wanted?: string) => {
      const link = await linkFor(world.store, wanted, startMs)
      return world.store.invite(/\/join\/(.+)#/.exec(link)![1]!)
    }
    expect(await inviteOf()).toMatchObject({ draft: null, person: null, usesLeft: 1 })
    await world.store.write([{ put: 'setting', row: { key: firstPersonSetting, value: 'ana' } }])
    expect(await inviteOf()).toMatchObject({ person: 'ana', usesLeft: 1 })
    expect(await inviteOf('Name of ben')).toMatchObject({ person: 'ben' })
    await expect(inviteOf('Nobody')).rejects.toThrow('Nobody here is called "Nobody".')
    await world.store.write([{ put: 'person', row: { id: 'ana', name: 'Name of ben', canCreate: true } }])
    await expect(inviteOf('Name of ben')).rejects.toThrow(/Several people .*\n {2}ana\n {2}ben$/)
    expect(await inviteOf('ben')).toMatchObject({ person: 'ben' })
  })
})
