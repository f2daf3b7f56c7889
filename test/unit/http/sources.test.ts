import { createHash } from 'node:crypto'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { sourceRow } from '../../contract/store-fixtures.ts'
import { openWorld, seedDraft, seedPerson, euDrafter, type World } from './support.ts'

let world: World
beforeEach(async () => {
  world = await openWorld()
  await seedDraft(world.store)
})
afterEach(() => world.stop())

it('SL5 the library is for the draft’s people: what is in it, its paragraphs, and each file as it came, never as a page', async () => {
  await world.store.write([{ put: 'source', row: { ...sourceRow(1), draft: 'd', name: 'a “b”.html' } }])
  const [cookie, hatId] = [await seedPerson(world.store, 'ana', euDrafter), 'ana-hat']
  const stranger = await seedPerson(world.store, 'sam', null)
  const paths = [`/api/drafts/d/sources?hat=${hatId}`, `/api/drafts/d/sources/1?hat=${hatId}`, `/api/drafts/d/sources/1/file?hat=${hatId}`, `/api/drafts/d/origins?hat=${hatId}`]
  for (const path of paths) {
    expect((await world.get(path)).code).toBe('not-signed-in')
    expect((await world.get(path, stranger)).code).toBe('not-a-member')
  }
  const [list, paragraphs, file, origins] = await Promise.all(paths.map((path) => world.get(path, cookie)))
  expect(list!.result).toMatchObject({ sources: [{ number: 1, symbol: 'A/RES/64/293', name: 'a “b”.html' }] })
  expect(JSON.stringify(list!.result)).not.toContain('bytes')
  expect(paragraphs!.result).toMatchObject({ paragraphs: [{ number: 'OP1' }] })
  expect([file!.status, file!.headers.get('content-type'), file!.headers.get('x-content-type-options'), file!.headers.get('content-disposition')]).toEqual([200, 'application/octet-stream', 'nosniff', expect.stringMatching(/^attachment; /)])
  expect(origins!.result).toMatchObject({ units: [{ kind: 'new' }] })
  expect((await world.get(`/api/drafts/d/sources/2?hat=${hatId}`, cookie)).code).toBe('no-such-source')
  expect((await world.get(`/api/drafts/d/sources/x/file?hat=${hatId}`, cookie)).code).toBe('no-such-source')
  expect((await world.post('/api/drafts/d/search', { hatId, words: 'to meet' }, cookie)).result).toMatchObject({ hits: [{ words: 'to meet', exact: true }] })
  expect((await world.post('/api/drafts/d/search', { hatId, words: 'to meet', for: 'x' }, cookie)).code).toBe('bad-command')
})

it('TM6 what in the library speaks to themes is told to the draft’s people, of themes that are named by their numbers', async () => {
  const [cookie, stranger] = [await seedPerson(world.store, 'ana', euDrafter), await seedPerson(world.store, 'sam', null)]
  const path = (themes: string): string => `/api/drafts/d/speaking?hat=ana-hat&themes=${themes}`
  expect([(await world.get(path('1'))).code, (await world.get(path('1'), stranger)).code]).toEqual(['not-signed-in', 'not-a-member'])
  expect((await world.get(path('1,3'), cookie)).result).toEqual({ themes: [{ theme: 1, hits: [], more: false }, { theme: 3, hits: [], more: false }] })
  for (const themes of ['', '0', 'x', '1,', '1.5', '-1', Array.from({ length: 41 }, (_, at) => at + 1).join(',')]) expect([themes, (await world.get(path(themes), cookie)).code]).toEqual([themes, 'bad-command'])
})

it('SL5 a file is sent as it is, and the server itself says what is in it', async () => {
  const [cookie, hatId] = [await seedPerson(world.store, 'ana', euDrafter), 'ana-hat']
  const bytes = new TextEncoder().encode('Trafficking\n\nThe General Assembly,\n\n1. Decides to meet.\n')
  const order = (file: Uint8Array, more: object = {}): string => encodeURIComponent(JSON.stringify({
    key: 'source-key', draft: 'd', hatId, body: { command: 'add-source', title: 'T', name: 'a.txt', sha256: createHash('sha256').update(file).digest('hex'), ...more },
  }))
  const send = (query: string, body: Uint8Array, as = cookie) =>
    world.send(`/api/drafts/d/sources?${query}`, { method: 'POST', headers: { cookie: as, 'content-type': 'application/octet-stream', origin: world.url }, body: new Blob([body as Uint8Array<ArrayBuffer>]) })
  expect((await send(`order=${order(bytes)}`, bytes)).status).toBe(200)
  const pdf = new TextEncoder().encode('%PDF-1.7 nothing that is read')
  expect((await send(`order=${order(pdf)}`, pdf)).status).toBe(200)
  const [read, kept] = world.rooms.commands
  expect(read!.request.body).toMatchObject({ command: 'add-source', symbol: '', year: null })
  expect(read!.file).toMatchObject({ format: 'text', value: { language: 'en', units: [{ kind: 'title' }, { kind: 'organ' }, { kind: 'op' }] } })
  expect(Buffer.from(read!.file!.bytes).equals(bytes)).toBe(true)
  expect(kept!.file).toMatchObject({ format: '', value: null })
  const codes = [await send(`order=${order(bytes)}`, new Uint8Array(0)), await send('order=no', bytes), await send('', bytes), await send(`order=${order(bytes, { command: 'lock', unit: 'u' })}`, bytes), await send(`order=${order(bytes)}`, bytes, '')]
  expect(codes.map(({ code }) => code)).toEqual(['import-empty', 'bad-command', 'bad-command', 'bad-command', 'not-signed-in'])
  expect(world.rooms.commands.length).toBe(2)
})
