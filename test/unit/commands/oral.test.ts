import * as Y from 'yjs'
import { describe, expect, test } from 'vitest'
import { textAsRevised } from '../../../server/commands/oral.ts'
import { createLedgers } from '../../../server/record/ledger.ts'
import { checkSignature } from '../../../server/keys/keys.ts'
import { freezePreview } from '../../../shared/lifecycle/freeze.ts'
import { bytesOfCertified } from '../../../shared/lifecycle/oral.ts'
import { digestOfIdentified, identified } from '../../../shared/lifecycle/oral-texts.ts'
import { readDraft } from '../../../shared/model/reader.ts'
import { readUnitState } from '../../../shared/model/state.ts'
import { oralOf } from '../../../shared/record/oral.ts'
import type { OralRevision } from '../../../shared/record/oral.ts'
import type { OralChange } from '../../../shared/text/oral-revision.ts'
import { limits } from '../../../shared/wire/limits.ts'
import { fixedKeys } from '../keys/fixed-keys.ts'
import { bench, brazil, chair, delegate, done, japan, legal, negotiation, ngo, refusal, secretary, unitSeen } from './bench.ts'

/** In the text of the bench: 0 title, 1 organ, 2 PP1, 3 OP1, 4 OP2. */
const everyTwo: OralChange = { kind: 'words', unit: 3, note: null, edits: [{ from: 'Requests the Secretary-General to report '.length, to: 'Requests the Secretary-General to report every'.length, words: 'every second' }] }
const conference: OralChange = { kind: 'new', after: 3, inside: false, unitKind: 'op', words: 'Calls for a conference;' }

const ledger = () => createLedgers(bench.store).of(bench.draft)
const revisions = async (version = 1): Promise<readonly OralRevision[]> => oralOf((await ledger()).oral, version)
/** As a page would have it on the screen. */
const seen = async (): Promise<string> => digestOfIdentified(textAsRevised({ doc: bench.shared, view: readDraft(bench.shared) }, await revisions()))
const announce = async (changes: OralChange[], author = 'jp') => ({ command: 'revise-orally' as const, digest: await seen(), author, changes })
const last = async () => {
  const { number, digest } = (await revisions()).at(-1)!
  return { number, digest }
}

async function frozen(): Promise<void> {
  await negotiation()
  await done(japan, { command: 'sponsor', as: 'main' })
  await freeze()
}

async function freeze(): Promise<void> {
  await done(chair, { command: 'freeze', digest: freezePreview(bench.shared, new Set()).digest, symbol: 'A/C.3/81/L.1', closeOpen: true, reason: 'It is agreed.' })
}

describe('oral revisions', () => {
  test('OR5 a sponsor announces and certifies: entries of the record, and not a byte of any document', async () => {
    await frozen()
    const before = Buffer.from(Y.encodeStateAsUpdate(bench.shared))
    const version = (await bench.store.version(bench.draft, 1))!
    expect(await done(japan, await announce([everyTwo, conference]))).toMatchObject({ number: 1 })
    expect(await revisions()).toMatchObject([{ number: 1, version: 1, author: 'jp', authorName: 'Japan', asRecorded: false, certified: null, sentences: [
      'In operative paragraph 1, after the word “every”, insert the word “second”.',
      'After operative paragraph 1, insert a new operative paragraph reading: “Calls for a conference;”, and renumber the remaining paragraphs accordingly.',
    ] }])
    await done(japan, { command: 'certify-oral', ...(await last()) })
    const [{ certified }] = (await revisions()) as [OralRevision]
    expect(certified).toMatchObject({ asRecorded: false, form: { text: version.sha256, number: 1, author: 'Japan', previous: null, certified: (await last()).digest } })
    const { bytes, sha256 } = bytesOfCertified(certified!.form)
    expect(sha256).toBe(certified!.sha256)
    expect(await checkSignature(fixedKeys.current.publicKey, bytes, certified!.signature.signature)).toBe(true)
    expect(Buffer.from(Y.encodeStateAsUpdate(bench.shared)).equals(before)).toBe(true)
    expect(await bench.store.version(bench.draft, 1)).toEqual(version)
    expect((await bench.store.record(bench.draft, 0)).slice(-2).map(({ kind, actor }) => [kind, actor])).toEqual([['revise-orally', 'jp-head'], ['certify-oral', 'jp-head']])
  })

  test('OR6 the next one is against the text as already revised, numbers and all, and only when none waits', async () => {
    await frozen()
    await done(japan, await announce([conference]))
    expect(await refusal(japan, await announce([everyTwo]))).toBe('oral-waiting')
    await done(japan, { command: 'certify-oral', ...(await last()) })
    const stale = { ...(await announce([{ kind: 'delete', unit: 4 }])), digest: digestOfIdentified(textAsRevised({ doc: bench.shared, view: readDraft(bench.shared) }, [])) }
    expect(await refusal(japan, stale)).toBe('changed')
    // What was announced first is OP2 now, and can be taken out again.
    await done(japan, await announce([{ kind: 'delete', unit: 4 }, everyTwo]))
    const [, second] = (await revisions()) as [OralRevision, OralRevision]
    expect(second.sentences).toEqual([expect.stringMatching(/^Delete operative paragraph 2/), 'In operative paragraph 1, after the word “every”, insert the word “second”.'])
    await done(japan, { command: 'certify-oral', ...(await last()) })
    const [one, two] = await revisions()
    expect(two!.certified!.form.previous).toBe(one!.certified!.sha256)
    expect(textAsRevised({ doc: bench.shared, view: readDraft(bench.shared) }, await revisions()).value.units.map(({ words }) => words).slice(3)).toEqual([
      'Requests the Secretary-General to report every second year;', 'Decides to remain seized of the matter.',
    ])
  })

  test('OR7 what waits can be discarded, and its number is the next one’s; what was certified cannot', async () => {
    await frozen()
    await done(japan, await announce([conference]))
    const first = await last()
    expect(await refusal(brazil, { command: 'discard-oral', ...first, reason: '' })).toBe('not-yours')
    expect(await refusal(japan, { command: 'certify-oral', number: 1, digest: '0'.repeat(64) })).toBe('changed')
    expect(await refusal(japan, { command: 'certify-oral', ...first, number: 2 })).toBe('no-such-oral')
    await done(japan, { command: 'discard-oral', ...first, reason: 'misheard' })
    expect(await revisions()).toEqual([])
    expect(await refusal(japan, { command: 'certify-oral', ...first })).toBe('no-such-oral')
    expect(await done(japan, await announce([everyTwo]))).toMatchObject({ number: 1 })
    expect(await refusal(japan, { command: 'certify-oral', ...first })).toBe('changed')
    await done(japan, { command: 'certify-oral', ...(await last()) })
    expect(await refusal(japan, { command: 'discard-oral', ...(await last()), reason: '' })).toBe('already-so')
    expect(await refusal(japan, { command: 'certify-oral', ...(await last()) })).toBe('already-so')
    expect((await bench.store.record(bench.draft, 0)).filter(({ kind }) => kind.endsWith('-oral') || kind === 'revise-orally').map(({ kind }) => kind)).toEqual(['revise-orally', 'discard-oral', 'revise-orally', 'certify-oral'])
  })

  test('OR8 a sponsor for itself, the chair’s table for a sponsor or, of a text that is the chair’s, for itself; nobody else', async () => {
    await frozen()
    for (const [who, author, code] of [
      [brazil, 'br', 'not-sponsor'], [brazil, 'jp', 'not-yours'], [ngo, 'ngo', 'only-states'], [legal, 'jp', 'only-states'],
      [delegate('jp', 'state', 'drafter'), 'jp', 'not-put-forward-right'], [chair, 'br', 'not-sponsor'], [chair, 'nobody', 'not-sponsor'],
    ] as const) expect([author, await refusal(who, await announce([everyTwo], author))]).toEqual([author, code])
    await done(secretary, await announce([everyTwo]))
    expect(await revisions()).toMatchObject([{ author: 'jp', asRecorded: true }])
    expect(await refusal(brazil, { command: 'certify-oral', ...(await last()) })).toBe('not-yours')
    expect(await refusal(legal, { command: 'certify-oral', ...(await last()) })).toBe('only-states')
    expect(await refusal(delegate('jp', 'state', 'reader'), { command: 'certify-oral', ...(await last()) })).toBe('only-drafters')
    await done(japan, { command: 'certify-oral', ...(await last()) })
    // On the signed copy that its author handed over.
    await done(secretary, await announce([conference]))
    await done(secretary, { command: 'certify-oral', ...(await last()) })
    expect((await revisions()).map(({ certified }) => certified!.asRecorded)).toEqual([false, true])
    await done(chair, await announce([{ kind: 'delete', unit: 2 }], 'office'))
    await done(chair, { command: 'certify-oral', ...(await last()) })
    expect((await revisions()).at(-1)).toMatchObject({ author: 'office', asRecorded: false, certified: { asRecorded: false } })
    // An additional sponsor is one.
    await done(brazil, { command: 'sponsor', as: 'co' })
    await done(brazil, await announce([{ kind: 'delete', unit: 1 }], 'br'))
  })

  test('OR9 refused with what to do: before the freeze, where nothing would change, what clashes, what is too long', async () => {
    await negotiation()
    await done(japan, { command: 'sponsor', as: 'main' })
    expect(await refusal(japan, await announce([everyTwo]))).toBe('wrong-stage')
    await freeze()
    expect(await refusal(japan, await announce([{ ...everyTwo, edits: [{ from: 0, to: 8, words: 'Requests' }] } as OralChange]))).toBe('oral-nothing')
    expect(await refusal(japan, await announce([everyTwo, { kind: 'delete', unit: 3 }]))).toBe('oral-clash')
    expect(await refusal(japan, await announce([{ kind: 'delete', unit: 40 }]))).toBe('no-such-unit')
    expect(await refusal(japan, await announce([{ kind: 'move', unit: 3, under: 3, after: null }]))).toBe('beneath-itself')
    expect(await refusal(japan, await announce([{ kind: 'merge', unit: 2, with: 4 }]))).toBe('not-next')
    expect(await refusal(japan, await announce([{ ...conference, words: 'a\nb' } as OralChange]))).toBe('bad-command')
    expect(await refusal(japan, await announce([{ ...conference, words: 'x'.repeat(limits.oralWordsCharactersMax + 1) } as OralChange]))).toBe('oral-long')
    expect(await refusal(japan, await announce(Array.from({ length: limits.oralChangesMax + 1 }, () => conference)))).toBe('oral-long')
    const long = { ...conference, words: 'x'.repeat(limits.oralWordsCharactersMax) } as OralChange
    expect(await refusal(japan, await announce(Array.from({ length: limits.oralCharactersMax / limits.oralWordsCharactersMax + 1 }, () => long)))).toBe('oral-long')
    expect(await refusal(japan, { command: 'certify-oral', number: 1, digest: '0'.repeat(64) })).toBe('no-such-oral')
    expect(await revisions()).toEqual([])
  })

  test('OR14 the chair reopens on the text as orally revised: paragraphs and words that stay are the same, and what was agreed and is another is open', async () => {
    await frozen()
    await done(chair, { command: 'reopen-frozen', reason: 'To agree.' })
    for (const number of ['OP1', 'OP2']) await done(chair, { command: 'agree', ...unitSeen(number) })
    await freeze()
    const now = async (): Promise<string> => digestOfIdentified(textAsRevised({ doc: bench.shared, view: readDraft(bench.shared) }, await revisions(2)))
    expect(await refusal(chair, { command: 'reopen-frozen', reason: 'x', orally: true })).toBe('no-such-oral')
    await done(japan, { command: 'revise-orally', digest: await now(), author: 'jp', changes: [everyTwo, conference] })
    expect(await refusal(chair, { command: 'reopen-frozen', reason: 'x', orally: true })).toBe('no-such-oral')
    const [{ number, digest }] = (await revisions(2)) as [OralRevision]
    await done(japan, { command: 'certify-oral', number, digest })
    const wanted = await now()
    const before = readDraft(bench.shared)
    await done(chair, { command: 'reopen-frozen', reason: 'The meeting asked for it.', orally: true })
    const after = readDraft(bench.shared)
    expect(digestOfIdentified(identified(after, 'en'))).toBe(wanted)
    expect(after.units.filter(({ id }) => before.byId.has(id)).map(({ id }) => id)).toEqual(before.units.map(({ id }) => id))
    expect(['OP1', 'OP3'].map((name) => readUnitState(bench.shared, unitSeen(name).unit).agreed !== null)).toEqual([false, true])
    expect((await bench.store.record(bench.draft, 0)).at(-1)!.body).toMatchObject({ body: { orally: 1 } })
  })

  test('OR10 those of one frozen text stay its own: a text that was reopened and frozen again begins with none', async () => {
    await frozen()
    await done(japan, await announce([conference]))
    await done(japan, { command: 'certify-oral', ...(await last()) })
    await done(japan, await announce([everyTwo]))
    const waits = await last()
    await done(chair, { command: 'reopen-frozen', reason: 'The meeting asked for it.' })
    expect(await refusal(japan, { command: 'certify-oral', ...waits })).toBe('wrong-stage')
    await freeze()
    expect(await refusal(japan, { command: 'certify-oral', ...waits })).toBe('no-such-oral')
    expect(await done(japan, { command: 'revise-orally', digest: digestOfIdentified(textAsRevised({ doc: bench.shared, view: readDraft(bench.shared) }, [])), author: 'jp', changes: [everyTwo] })).toMatchObject({ number: 1 })
    expect((await revisions(1)).map(({ number }) => number)).toEqual([1, 2])
    expect((await revisions(2)).map(({ number }) => number)).toEqual([1])
  })
})
