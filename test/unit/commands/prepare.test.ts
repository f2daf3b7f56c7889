/** Changes of a file, prepared by command for whoever brings it. */
import { expect, test } from 'vitest'
import { Authorship, lettersIn } from '../../../server/sync/authors.ts'
import { importText } from '../../../shared/convert/importText.ts'
import { freezePreview } from '../../../shared/lifecycle/freeze.ts'
import { digestOfAmendment, digestOfText } from '../../../shared/lifecycle/digests.ts'
import { readAmendments } from '../../../shared/model/amendments.ts'
import { readDraft } from '../../../shared/model/reader.ts'
import { readThreads } from '../../../shared/model/threads.ts'
import { commandSchema } from '../../../shared/wire/commands.ts'
import type { Command } from '../../../shared/wire/commands.ts'
import { limits } from '../../../shared/wire/limits.ts'
import { sideRoomOf } from '../../../shared/wire/protocol.ts'
import { bench, chair, delegate, done, eu, japan, negotiation, refusal, shownOn, source, stands, type, unitSeen } from './bench.ts'

type Prepare = Extract<Command, { command: 'prepare' }>

const digestNow = (): string => digestOfText(readDraft(bench.shared), 'en')
const sideOf = (delegation: string) => bench.sides.get(sideRoomOf(bench.draft, delegation))!
/** OP1 is the fourth paragraph of the source. */
const prepare = (more: Partial<Prepare> = {}): Prepare =>
  ({ command: 'prepare', digest: digestNow(), changes: [{ kind: 'words', unit: 3, note: null, edits: [{ from: 41, to: 51, words: 'each spring' }] }], ...more })

test('WN2 what a file changes is prepared in the sender’s own side document, as if typed there, and in no record; put forward, it is theirs', async () => {
  await negotiation()
  const before = [(await bench.store.record(bench.draft, 0)).length, JSON.stringify(bench.shared.toJSON())]
  await done(eu, prepare())
  expect([(await bench.store.record(bench.draft, 0)).length, JSON.stringify(bench.shared.toJSON())]).toEqual(before)
  expect(readAmendments(sideOf('jp'))).toEqual([])
  const [amendment] = readAmendments(sideOf('eu'))
  await done(eu, { command: 'put-forward', amendment: amendment!.id, digest: digestOfAmendment(amendment!) })
  expect(shownOn('OP1')).toBe('Requests the Secretary-General to report [eu every year]{eu each spring};')
})

test('WN2 it goes on with what the delegation has in preparation there', async () => {
  await negotiation()
  type(eu, 'Requests', 'Urges')
  await done(eu, prepare())
  expect(readAmendments(sideOf('eu')).map(({ hunks }) => hunks.map(({ words }) => words).sort())).toEqual([['Urges', 'each spring']])
})

test('WN2 it is prepared while drafting too; nothing is, on another text than the sender read, at no place of it, or beyond what an amendment holds', async () => {
  await done(chair, { command: 'import', value: importText(source).value })
  await done(chair, prepare())
  expect(readAmendments(sideOf('office'))).toHaveLength(1)
  await done(chair, { command: 'open-negotiation' })
  expect(await refusal(eu, prepare({ digest: '0'.repeat(64) }))).toBe('changed')
  expect(await refusal(eu, prepare({ changes: [...prepare().changes, { kind: 'delete', unit: 9 }] }))).toBe('no-such-unit')
  expect(await refusal(eu, prepare({ remarks: [{ unit: 9, from: 0, to: 0, words: 'Why?' }] }))).toBe('no-such-unit')
  expect(await refusal(eu, prepare({ changes: [{ kind: 'split', unit: 3, at: 999 }] }))).toBe('bad-command')
})

test('WN2 no more is prepared on a paragraph than an amendment holds, and no more at once than a file may bring', async () => {
  await done(chair, { command: 'import', value: importText(`1. ${'Urges States to act, '.repeat(300)}and to meet.`).value })
  const on = (offset: number, count: number) => ({ kind: 'words' as const, unit: 0, note: null, edits: Array.from({ length: count }, (_, at) => ({ from: at * 6 + offset, to: at * 6 + offset + 1, words: 'x' })) })
  await done(chair, prepare({ changes: [on(0, 900)] }))
  expect(await refusal(chair, prepare({ changes: [on(3, 200)] }))).toBe('too-many-parts')
  expect(readAmendments(sideOf('office')).map(({ hunks }) => hunks.length)).toEqual([900])
  expect(commandSchema.safeParse(prepare({ changes: [on(0, 1_000), on(3, limits.preparedChangesMax - 999)] })).success).toBe(false)
})

test('WN2 typing on into what is prepared already is bounded over all paragraphs together', async () => {
  await done(chair, { command: 'import', value: importText(['1.', '2.'].map((number) => `${number} ${'Urges States to act, '.repeat(300)}and to meet;`).join('\n\n')).value })
  const on = (unit: number, offset: number, count: number) => ({ kind: 'words' as const, unit, note: null, edits: Array.from({ length: count }, (_, at) => ({ from: at * 6 + offset, to: at * 6 + offset, words: 'x' })) })
  await done(chair, prepare({ changes: [on(0, 0, 900), on(1, 0, 900)] }))
  expect(await refusal(chair, prepare({ changes: [on(0, 3, 30), on(1, 3, 30)] }))).toBe('too-many-parts')
  expect(readAmendments(sideOf('office')).map(({ hunks }) => hunks.length)).toEqual([900, 900])
  await done(chair, prepare({ changes: [on(0, 3, 1), on(1, 3, 1)] }))
})

test('WN2 who only reads prepares nothing, and nobody does when the text is frozen', async () => {
  await negotiation()
  expect(await refusal(delegate('eu', 'group', 'reader'), prepare())).toBe('only-drafters')
  await done(chair, { command: 'freeze', digest: freezePreview(bench.shared, new Set()).digest, symbol: '', closeOpen: true, reason: 'It is late.' })
  expect(await refusal(eu, prepare())).toBe('frozen')
  expect(readAmendments(sideOf('eu'))).toEqual([])
})

test('WN2 a thousand changes are prepared in a moment, each paragraph’s in one amendment', async () => {
  const lines = Array.from({ length: 500 }, (_, at) => `${at + 1}. Requests States to light harbour ${at + 1} well;\n`)
  await done(chair, { command: 'import', value: importText(lines.join('\n')).value })
  const changes = lines.map((_, unit) => ({ kind: 'words' as const, unit, note: null, edits: [{ from: 0, to: 8, words: 'Urges' }, { from: 9, to: 9, words: 'all ' }] }))
  await done(chair, prepare({ changes }))
  expect(readAmendments(sideOf('office')).map(({ hunks, cuts }) => [hunks.length, cuts.length])).toEqual(lines.map(() => [2, 1]))
})

test('WN3 remarks become threads: with the text, of everybody in the draft; with what is prepared, of the sender’s own people', async () => {
  await done(chair, { command: 'import', value: importText(source).value, remarks: [{ unit: 3, from: 9, to: 30, words: 'Amina: All of it?' }, { unit: 0, from: 0, to: 0, words: 'Nils: @Japan, a better title?' }] })
  const told = readThreads(bench.shared).map(({ about, by, quote, messages }) => [about.kind === 'unit' ? readDraft(bench.shared).byId.get(about.unit)?.kind : '', by, quote, messages.map(({ words, name, mentions }) => [words, name, mentions])])
  expect(told).toEqual(expect.arrayContaining([
    ['op', 'office', 'the Secretary-General', [['Amina: All of it?', null, []]]],
    ['title', 'office', '', [['Nils: @Japan, a better title?', null, ['jp']]]],
  ]))
  expect(told).toHaveLength(2)
  expect((await bench.store.record(bench.draft, 0)).at(-1)!.body).toMatchObject({ body: { remarks: 2 } })

  await done(japan, prepare({ remarks: [{ unit: 3, from: 41, to: 51, words: 'Jun: Too seldom.' }] }))
  expect(readThreads(sideOf('jp')).map(({ by, quote, messages }) => [by, quote, messages.map(({ words, name }) => [words, name])])).toEqual([['jp', 'every year', [['Jun: Too seldom.', japan.personName]]]])
  expect(readThreads(bench.shared)).toHaveLength(2)
})

test('WN2 words that were brought in so are their bringer’s, through putting forward and incorporation', async () => {
  await negotiation()
  // The server writes under ids of its own.
  sideOf('eu').clientID = 12
  await done(eu, prepare())
  const [amendment] = readAmendments(sideOf('eu'))
  await done(eu, { command: 'put-forward', amendment: amendment!.id, digest: digestOfAmendment(amendment!) })
  await done(chair, { command: 'incorporate', ...stands(amendment!.id) })
  const authorship = new Authorship(bench.store, bench.draft)
  await authorship.readOn()
  const seen = (who: typeof eu) => authorship.seenBy(who, bench.shared, lettersIn(bench.shared, readDraft(bench.shared), unitSeen('OP1').unit), (person) => person).authors
  expect(seen(eu)).toContainEqual({ imported: false, delegation: 'eu', person: eu.person, amendments: [amendment!.id] })
  expect(seen(japan)).toContainEqual({ imported: false, delegation: null, person: null, amendments: [amendment!.id] })
})
