import * as Y from 'yjs'
import { describe, expect, test } from 'vitest'
import { importText } from '../../../shared/convert/importText.ts'
import { sha256Hex } from '../../../shared/lifecycle/hash.ts'
import { freezePreview } from '../../../shared/lifecycle/freeze.ts'
import { digestOfText } from '../../../shared/lifecycle/digests.ts'
import { textOfVersion } from '../../../shared/lifecycle/versions.ts'
import { replaceWords } from '../../../shared/model/operations.ts'
import { readDraft } from '../../../shared/model/reader.ts'
import { readReversals } from '../../../shared/model/reversal.ts'
import { readAmendmentState, readSponsors, readUnitState } from '../../../shared/model/state.ts'
import type { AmendmentState } from '../../../shared/model/state.ts'
import { isSponsorNow } from '../../../shared/record/sponsoring.ts'
import { compareTexts, shownOf } from '../../../shared/text/compare.ts'
import { sponsorsOf } from '../../../shared/text/sponsors.ts'
import type { Command } from '../../../shared/wire/commands.ts'
import { createLedgers } from '../../../server/record/ledger.ts'
import { baseDocument } from '../../../server/sync/exports.ts'
import { Timeline } from '../../../server/sync/timeline.ts'
import { docAt } from '../../../shared/model/past.ts'
import { limits } from '../../../shared/wire/limits.ts'
import { bench, brazil, chair, delegate, done, eu, japan, legal, negotiation, ngo, refusal, secretary, source, stands, type, unitSeen } from './bench.ts'
import type { Seen } from './bench.ts'
import { lines, unitAt } from './support.ts'

type Issue = Extract<Command, { command: 'issue-revision' }>

const now = (): string => digestOfText(readDraft(bench.shared, 'en'), 'en')
const state = (amendment: string): AmendmentState => readAmendmentState(bench.shared, amendment)!
const keep = (name: string, symbol = ''): Promise<unknown> => done(chair, { command: 'keep-version', kind: 'text', name, symbol, digest: now() })
const freeze = (): Promise<{ version?: number }> =>
  done(chair, { command: 'freeze', digest: freezePreview(bench.shared, new Set()).digest, symbol: 'A/C.3/81/L.12', closeOpen: true, reason: 'It is agreed.' })

async function putForward(who: typeof eu, find: string, words: string): Promise<Seen> {
  const typed = type(who, find, words)
  await done(who, { command: 'put-forward', ...typed })
  return stands(typed.amendment)
}

function write(number: string, find: string, words: string): void {
  const unit = unitAt(readDraft(bench.shared), number)
  const from = unit.atoms.indexOf(find)
  replaceWords(bench.shared, unit, from, from + find.length, words)
}

describe('versions', () => {
  test('VE2 the table keeps the text that it sees, under a number, with its symbol, digest, place in the log and paragraphs', async () => {
    await done(chair, { command: 'import', value: importText(source).value })
    const digest = now()
    expect(await refusal(japan, { command: 'keep-version', kind: 'zero', name: '', symbol: '', digest })).toBe('only-chairs-table')
    expect(await refusal(chair, { command: 'keep-version', kind: 'zero', name: '', symbol: '', digest: '0'.repeat(64) })).toBe('changed')
    expect(await refusal(chair, { command: 'keep-version', kind: 'zero', name: '', symbol: 'A/C.3', digest })).toBe('bad-symbol')
    expect(await done(secretary, { command: 'keep-version', kind: 'zero', name: 'Zero draft', symbol: 'A/C.3/81/CRP.1', digest })).toMatchObject({ version: 1 })
    await keep('Second look')
    const [first, second] = [(await bench.store.version(bench.draft, 1))!, (await bench.store.version(bench.draft, 2))!]
    expect(first).toMatchObject({ kind: 'zero', name: 'Zero draft', symbol: 'A/C.3/81/CRP.1', by: 'office', units: readDraft(bench.shared).units.map(({ id }) => id) })
    expect(first.sha256).toBe(sha256Hex(first.bytes))
    expect(JSON.parse(new TextDecoder().decode(second.bytes))).toMatchObject({ domain: 'omnibus-kept-text-1', version: 2, previous: first.sha256, sponsors: [] })
    expect(textOfVersion(first.bytes, first.units)).toEqual(shownOf(readDraft(bench.shared), 'en'))
    expect(await bench.store.versions(bench.draft)).toMatchObject([{ number: 1 }, { number: 2 }])
  })

  test('VE3 the freeze is one of the versions, checked for its symbol, and is compared with the others by paragraph', async () => {
    await negotiation()
    await keep('Before')
    const first = await putForward(eu, 'every year', 'each year')
    await done(chair, { command: 'incorporate', ...first })
    expect(await refusal(chair, { command: 'freeze', digest: freezePreview(bench.shared, new Set()).digest, symbol: 'L.12', closeOpen: true, reason: 'It is agreed.' })).toBe('bad-symbol')
    expect((await freeze()).version).toBe(2)
    const [before, final] = [(await bench.store.version(bench.draft, 1))!, (await bench.store.version(bench.draft, 2))!]
    expect(final).toMatchObject({ kind: 'final', symbol: 'A/C.3/81/L.12' })
    const { rows, counts } = compareTexts(textOfVersion(before.bytes, before.units), textOfVersion(final.bytes, final.units))
    expect(counts).toEqual({ added: 0, removed: 0, moved: 0, changed: 1 })
    expect(rows.find(({ kind }) => kind === 'changed')!.parts.filter(({ kind }) => kind !== 'kept')).toEqual([{ kind: 'struck', words: 'every' }, { kind: 'new', words: 'each' }])
    expect(await refusal(chair, { command: 'keep-version', kind: 'text', name: '', symbol: '', digest: now() })).toBe('frozen')
  })

  test('VE4 the document as it was issued is kept beside the draft, also a frozen one, whose documents take no word of it', async () => {
    await negotiation()
    await freeze()
    const before = Y.encodeStateAsUpdate(bench.shared)
    const issued = source.replace('every year', 'annually')
    expect(await refusal(eu, { command: 'keep-issued', kind: 'issued', name: '', symbol: '', source: issued })).toBe('only-chairs-table')
    expect(await refusal(chair, { command: 'keep-issued', kind: 'issued', name: '', symbol: '', source: '  \n' })).toBe('import-empty')
    expect(await refusal(chair, { command: 'keep-issued', kind: 'issued', name: '', symbol: '', source: 'a\u0000b' })).toBe('import-unreadable')
    expect(await refusal(chair, { command: 'keep-issued', kind: 'correction', name: '', symbol: 'A/C.3/81/L.12', source: issued })).toBe('bad-symbol')
    await done(chair, { command: 'keep-issued', kind: 'issued', name: 'As issued', symbol: 'A/C.3/81/L.12', source: issued })
    expect(Y.encodeStateAsUpdate(bench.shared)).toEqual(before)
    const kept = (await bench.store.version(bench.draft, 2))!
    expect(kept).toMatchObject({ kind: 'issued', units: [], point: null })
    const frozen = (await bench.store.version(bench.draft, 1))!
    const { counts } = compareTexts(textOfVersion(frozen.bytes, frozen.units), textOfVersion(kept.bytes, kept.units))
    expect(counts).toEqual({ added: 0, removed: 0, moved: 0, changed: 1 })
  })
})

describe('back to a version', () => {
  test('VE5 the text reads as it did, ids and all; words that come back name the letters that they are copies of', async () => {
    await done(chair, { command: 'import', value: importText(source).value })
    const before = lines(bench.shared)
    await keep('Zero draft')
    write('OP1', 'Requests the Secretary-General', 'Urges States')
    write('OP2', 'seized', 'aware')
    expect(await refusal(secretary, { command: 'restore-version', version: 1, digest: now(), reason: 'too far' })).toBe('only-chair')
    expect(await refusal(chair, { command: 'restore-version', version: 1, digest: '0'.repeat(64), reason: 'too far' })).toBe('changed')
    expect(await refusal(chair, { command: 'restore-version', version: 7, digest: now(), reason: 'too far' })).toBe('no-such-version')
    const ids = readDraft(bench.shared).units.map(({ id }) => id)
    await done(chair, { command: 'restore-version', version: 1, digest: now(), reason: 'too far' })
    expect(lines(bench.shared)).toEqual(before)
    expect(readDraft(bench.shared).units.map(({ id }) => id)).toEqual(ids)
    const lineage = JSON.parse((await bench.store.load(bench.draft)).entries.at(-1)!.lineage!) as { from: unknown[] }[]
    expect(lineage.length).toBeGreaterThan(0)
    expect(lineage.every(({ from }) => from[0] === bench.draft)).toBe(true)
    expect((await bench.store.record(bench.draft, 0)).at(-1)).toMatchObject({ kind: 'restore-version', body: { body: { version: 1, reason: 'too far' } } })
    expect(await refusal(chair, { command: 'restore-version', version: 1, digest: now(), reason: 'again' })).toBe('already-so')
    // What came back once stands for what it is a copy of: it is not copied again.
    write('OP2', 'matter', 'question')
    await done(chair, { command: 'restore-version', version: 1, digest: now(), reason: 'again' })
    expect(lines(bench.shared)).toEqual(before)
    const again = JSON.parse((await bench.store.load(bench.draft)).entries.at(-1)!.lineage!) as { to: [number, number, number] }[]
    expect(again.reduce((sum, { to }) => sum + to[2], 0)).toBe('matter'.length)
  })

  test('VE6 what the text no longer reflects says so and can be put forward again; a return from the return takes it back', async () => {
    await negotiation()
    await keep('First')
    const taken = await putForward(eu, 'every year', 'each year')
    await done(chair, { command: 'incorporate', ...taken })
    await keep('Second')
    await done(chair, { command: 'restore-version', version: 1, digest: now(), reason: 'not agreed after all' })
    expect(state(taken.amendment)).toMatchObject({ status: 'not-reflected', decision: { note: 'not agreed after all', notIn: 1 } })
    await done(chair, { command: 'restore-version', version: 2, digest: now(), reason: 'agreed again' })
    expect(state(taken.amendment).status).toBe('incorporated')
    expect(lines(bench.shared)).toContain('OP1: Requests the Secretary-General to report each year;')
    await done(chair, { command: 'restore-version', version: 1, digest: now(), reason: 'no' })
    expect(await refusal(japan, { command: 'put-forward-again', ...taken })).toBe('not-yours')
    await done(eu, { command: 'put-forward-again', ...taken })
    expect(state(taken.amendment)).toMatchObject({ status: 'open', decision: null, recheck: null })
    await done(chair, { command: 'incorporate', ...taken })
    expect(lines(bench.shared)).toContain('OP1: Requests the Secretary-General to report each year;')
  })

  test('VE6 an editorial correction that was undone comes back with the text that had it, with what it is credited to', async () => {
    await negotiation()
    const typed = type(legal, 'every year', 'annually')
    await done(legal, { command: 'correct-editorially', ...typed })
    await keep('Corrected')
    await done(chair, { command: 'undo-decision', decision: readReversals(bench.shared)[0]!.decision })
    expect(readAmendmentState(bench.shared, typed.amendment)).toBe(null)
    await done(chair, { command: 'restore-version', version: 1, digest: now(), reason: 'it was right' })
    expect(lines(bench.shared)).toContain('OP1: Requests the Secretary-General to report annually;')
    expect(state(typed.amendment)).toMatchObject({ status: 'incorporated', editorial: true })
  })

  test('VE6 an open proposal whose words go is marked to be looked at again, and is found again when they come back', async () => {
    await negotiation()
    await keep('First')
    const base = await putForward(eu, 'every year', 'every second year')
    await done(chair, { command: 'incorporate', ...base })
    await keep('Second')
    const open = await putForward(japan, 'second', 'third')
    await done(chair, { command: 'restore-version', version: 1, digest: now(), reason: 'no' })
    expect(state(open.amendment).recheck).toBe('words-gone')
    await done(chair, { command: 'restore-version', version: 2, digest: now(), reason: 'yes' })
    await done(chair, { command: 'incorporate', ...open })
    expect(lines(bench.shared)).toContain('OP1: Requests the Secretary-General to report every third year;')
  })

  test('VE6 a paragraph that is agreed or locked is not changed by it, nor is anything once frozen; a text from outside is no place to return to', async () => {
    await negotiation()
    await keep('First')
    const taken = await putForward(eu, 'every year', 'each year')
    await done(chair, { command: 'incorporate', ...taken })
    await done(chair, { command: 'keep-issued', kind: 'issued', name: '', symbol: '', source })
    expect(await refusal(chair, { command: 'restore-version', version: 2, digest: now(), reason: 'x' })).toBe('no-point')
    await done(chair, { command: 'agree', ...unitSeen('OP1') })
    const before = lines(bench.shared)
    expect(await refusal(chair, { command: 'restore-version', version: 1, digest: now(), reason: 'x' })).toBe('unit-locked')
    expect(lines(bench.shared)).toEqual(before)
    await freeze()
    expect(await refusal(chair, { command: 'restore-version', version: 1, digest: now(), reason: 'x' })).toBe('frozen')
  })
})

describe('a revision', () => {
  test('VE7 the text becomes the base with what was chosen; what it does not reflect is closed as such, and the version kept with its symbol', async () => {
    await negotiation()
    const [a, b] = [await putForward(eu, 'every year', 'each year'), await putForward(japan, 'report', 'report orally')]
    const issue = { command: 'issue-revision', name: '', symbol: 'A/C.3/81/L.12/Rev.1', digest: now(), incorporate: [a], leave: [b], note: '' } as const
    expect(await refusal(secretary, { ...issue, incorporate: [a], leave: [b] })).toBe('only-chair')
    expect(await refusal(chair, { ...issue, incorporate: [a], leave: [] })).toBe('changed')
    expect(await refusal(chair, { ...issue, incorporate: [a], leave: [a] })).toBe('bad-command')
    expect(await refusal(chair, { ...issue, incorporate: [a], leave: [{ ...b, digest: '0'.repeat(64) }] })).toBe('changed')
    expect(await refusal(chair, { ...issue, symbol: 'L.12', incorporate: [a], leave: [b] })).toBe('bad-symbol')
    const decided = await putForward(brazil, 'Requests', 'Urges')
    await done(chair, { command: 'not-reflected', ...decided, note: '' })
    expect(await refusal(chair, { ...issue, incorporate: [a], leave: [b, decided] })).toBe('changed')
    const { version } = await done(chair, { ...issue, incorporate: [a], leave: [b] })
    expect(lines(bench.shared)).toContain('OP1: Requests the Secretary-General to report each year;')
    expect([a, b].map(({ amendment }) => state(amendment))).toMatchObject([{ status: 'incorporated' }, { status: 'not-reflected', decision: { notIn: version } }])
    const kept = (await bench.store.version(bench.draft, version!))!
    expect(kept).toMatchObject({ kind: 'revision', name: 'Rev.1', symbol: 'A/C.3/81/L.12/Rev.1' })
    expect(textOfVersion(kept.bytes, kept.units)).toEqual(shownOf(readDraft(bench.shared), 'en'))
    await done(chair, { command: 'issue-revision', name: '', symbol: '', digest: now(), incorporate: [], leave: [], note: '' })
    expect(await bench.store.versions(bench.draft)).toMatchObject([{ name: 'Rev.1' }, { name: 'Rev.2' }])
  })

  test('VE9 another text becomes the base as it is: what it reflects is merged, what it does not is closed, and what both have stays the same', async () => {
    await negotiation()
    const [a, b] = [await putForward(eu, 'every year', 'each year'), await putForward(japan, 'report', 'report orally')]
    const before = readDraft(bench.shared)
    const text = importText(source.replace('every year', 'each and every year').replace('2. Decides', '2. Calls for a conference;\n\n3. Decides').replace('The General', 'The whole General')).value
    const inRoom: Issue = { command: 'issue-revision', name: '', symbol: '', digest: now(), incorporate: [], reflect: [a], leave: [b], note: '' }
    const issue: Issue = { ...inRoom, text }
    expect(await refusal(secretary, issue)).toBe('only-chair')
    expect(await refusal(chair, inRoom)).toBe('bad-command')
    expect(await refusal(chair, { ...issue, incorporate: [a], reflect: [] })).toBe('bad-command')
    expect(await refusal(chair, { ...issue, reflect: [] })).toBe('changed')
    expect(await refusal(chair, { ...issue, reflect: [a, b] })).toBe('bad-command')
    expect(await refusal(chair, { ...issue, digest: '0'.repeat(64) })).toBe('changed')
    expect(await refusal(chair, { ...issue, text: { language: 'en', units: [] } })).toBe('import-empty')
    const { version } = await done(chair, issue)
    expect(lines(bench.shared)).toEqual([
      'title: Strengthening a global partnership against trafficking in persons', 'organ: The whole General Assembly,', 'PP1: Recalling its resolution 64/293 of 30 July 2010,',
      'OP1: Requests the Secretary-General to report each and every year;', 'OP2: Calls for a conference;', 'OP3: Decides to remain seized of the matter.',
    ])
    const after = readDraft(bench.shared)
    expect(after.units.filter(({ id }) => before.byId.has(id)).map(({ id }) => id)).toEqual(before.units.map(({ id }) => id))
    expect([a, b].map(({ amendment }) => state(amendment))).toMatchObject([{ status: 'merged' }, { status: 'not-reflected', decision: { notIn: version } }])
    const kept = (await bench.store.version(bench.draft, version!))!
    expect(kept).toMatchObject({ kind: 'revision', name: 'Rev.1' })
    expect(textOfVersion(kept.bytes, kept.units)).toEqual(shownOf(after, 'en'))
    expect((await bench.store.record(bench.draft, 0)).at(-1)!.body).toMatchObject({ body: { another: true, reflected: [a.amendment], left: [b.amendment] } })
    // What it left out still holds on to its words.
    await done(japan, { command: 'put-forward-again', ...b })
    expect(state(b.amendment)).toMatchObject({ status: 'open', recheck: null })
    await done(chair, { command: 'incorporate', ...b })
    expect(lines(bench.shared)).toContain('OP1: Requests the Secretary-General to report orally each and every year;')
  })

  test('VE9 what is agreed or locked stays as it is, or the other text is refused', async () => {
    await negotiation()
    await done(chair, { command: 'agree', ...unitSeen('OP1') })
    await done(chair, { command: 'lock', unit: unitSeen('OP2').unit })
    const issue = (words: string): Issue => ({ command: 'issue-revision', name: '', symbol: '', digest: now(), incorporate: [], leave: [], note: '', text: importText(words).value })
    for (const words of [source.replace('every year', 'each year'), source.replace('of the matter', 'of it'), source.replace(/2\. .*/, ''), source.replace('2. Decides', '(a) Decides')]) {
      expect([words, await refusal(chair, issue(words))]).toEqual([words, 'unit-locked'])
    }
    await done(chair, issue(source.replace('Recalling', 'Having recalled')))
    expect(lines(bench.shared)).toContain('PP1: Having recalled its resolution 64/293 of 30 July 2010,')
    expect(readUnitState(bench.shared, unitSeen('OP1').unit).agreed?.digest).toBe(unitSeen('OP1').digest)
  })

  test('VE8 each of its sponsors puts it forward again with one command, as the same proposal with all that was said of it', async () => {
    await negotiation()
    const left = await putForward(japan, 'report', 'report orally')
    await done(brazil, { command: 'cosponsor', ...left })
    await done(japan, { command: 'consent', ...left, delegation: 'br', agree: true })
    const declined = await putForward(eu, 'every year', 'each year')
    await done(chair, { command: 'not-reflected', ...declined, note: '' })
    await done(chair, { command: 'issue-revision', name: '', symbol: '', digest: now(), incorporate: [], leave: [left], note: '' })
    expect(await refusal(eu, { command: 'put-forward-again', ...declined })).toBe('already-decided')
    await done(brazil, { command: 'put-forward-again', ...left })
    expect(state(left.amendment)).toMatchObject({ status: 'open', proposer: 'jp', sponsors: [{ delegation: 'br' }], decision: null })
    expect(await refusal(japan, { command: 'put-forward-again', ...left })).toBe('already-so')
    await done(chair, { command: 'incorporate', ...left })
    expect(lines(bench.shared)).toContain('OP1: Requests the Secretary-General to report orally every year;')
  })
})

describe('the sponsors of the resolution', () => {
  const names = (): string[] => sponsorsOf(bench.shared)

  test('RS3 States sign on and off, each for itself; a group and an organisation cannot, nor a reader', async () => {
    await negotiation()
    await done(chair, { command: 'add-delegation', delegation: { id: 'tr', name: 'Turkey', kind: 'state' } })
    await done(japan, { command: 'sponsor', as: 'main' })
    await done(delegate('tr', 'state'), { command: 'sponsor', as: 'co' })
    await done(brazil, { command: 'sponsor', as: 'co' })
    expect(names()).toEqual(['Brazil', 'Japan', 'Türkiye'])
    expect(readSponsors(bench.shared).find(({ delegation }) => delegation === 'jp')).toMatchObject({ as: 'main' })
    for (const who of [eu, ngo, chair]) expect(await refusal(who, { command: 'sponsor', as: 'co' })).toBe('only-states')
    expect(await refusal(legal, { command: 'unsponsor' })).toBe('only-states')
    expect(await refusal(delegate('br', 'state', 'drafter'), { command: 'unsponsor' })).toBe('not-put-forward-right')
    expect(await refusal(brazil, { command: 'sponsor', as: 'co' })).toBe('already-so')
    await done(brazil, { command: 'unsponsor' })
    expect(names()).toEqual(['Japan', 'Türkiye'])
    expect(await refusal(brazil, { command: 'unsponsor' })).toBe('already-so')
    expect((await bench.store.record(bench.draft, 0)).filter(({ kind }) => kind === 'sponsor').map(({ actor }) => actor)).toEqual(['jp-head', 'tr-head', 'br-head'])
  })

  test('RS4 after the deadline nobody signs on or off; the chair sets another, or none, by the server’s clock', async () => {
    await negotiation()
    expect(await refusal(japan, { command: 'sponsors-deadline', untilMs: null })).toBe('only-chair')
    expect(await refusal(chair, { command: 'sponsors-deadline', untilMs: null })).toBe('already-so')
    expect(await refusal(chair, { command: 'sponsors-deadline', untilMs: 1 })).toBe('deadline-past')
    // A moment that no calendar has would be on every screen.
    expect(await refusal(chair, { command: 'sponsors-deadline', untilMs: bench.nowMs() + (limits.deadlineDaysMax + 1) * 86_400_000 })).toBe('deadline-far')
    await done(brazil, { command: 'sponsor', as: 'main' })
    // Each command of the bench is a millisecond after the one before: a deadline that is soon is looked for, and waited out.
    let untilMs = 2_000
    while (!(await bench.run(chair, { command: 'sponsors-deadline', untilMs })).ok) untilMs += 50
    expect((await createLedgers(bench.store).of(bench.draft)).sponsoring.deadlineMs).toBe(untilMs)
    await done(japan, { command: 'sponsor', as: 'co' })
    for (let passed = 0; passed < 50; passed++) expect(await refusal(chair, { command: 'sponsors-deadline', untilMs: 1 })).toBe('deadline-past')
    expect(await refusal(delegate('jp', 'state'), { command: 'unsponsor' })).toBe('sponsors-closed')
    expect(await refusal(delegate('fr', 'state'), { command: 'sponsor', as: 'co' })).toBe('sponsors-closed')
    await done(chair, { command: 'sponsors-deadline', untilMs: null })
    expect((await createLedgers(bench.store).of(bench.draft)).sponsoring.deadlineMs).toBe(null)
    await done(japan, { command: 'unsponsor' })
  })

  test('RS5 after the freeze additional sponsors are entries of the record, and nothing is written into the document', async () => {
    await negotiation()
    await done(japan, { command: 'sponsor', as: 'main' })
    await freeze()
    const before = Y.encodeStateAsUpdate(bench.shared)
    await done(brazil, { command: 'sponsor', as: 'co' })
    expect(await refusal(brazil, { command: 'sponsor', as: 'co' })).toBe('already-so')
    expect(await refusal(japan, { command: 'sponsor', as: 'co' })).toBe('already-so')
    await done(japan, { command: 'unsponsor' })
    expect(Y.encodeStateAsUpdate(bench.shared)).toEqual(before)
    expect(names()).toEqual(['Japan'])
    const { sponsoring } = await createLedgers(bench.store).of(bench.draft)
    expect([isSponsorNow(sponsoring, 'br', false, true), isSponsorNow(sponsoring, 'jp', true, true)]).toEqual([true, false])
    const text = baseDocument(bench.shared, sponsoring).text()
    expect(text.startsWith('Japan: draft resolution\n\nAdditional sponsors: Brazil\n\nNo longer sponsors: Japan\n\nStrengthening')).toBe(true)
    await done(brazil, { command: 'unsponsor' })
    await done(japan, { command: 'sponsor', as: 'main' })
    const again = (await createLedgers(bench.store).of(bench.draft)).sponsoring
    expect([again.additional.size, again.left.size]).toEqual([0, 0])
  })
})

describe('the history', () => {
  test('CP5 the text stands at each entry of the record as it stood then, the words that came between entries with the next', async () => {
    await negotiation()
    const seen: { readonly seq: number; readonly lines: string[] }[] = []
    const note = async (): Promise<void> => {
      seen.push({ seq: (await bench.store.record(bench.draft, 0)).at(-1)!.seq, lines: lines(bench.shared) })
    }
    await note()
    const first = await putForward(eu, 'every year', 'each year')
    await note()
    await done(chair, { command: 'incorporate', ...first })
    await note()
    await done(japan, { command: 'position', about: { kind: 'unit', ...unitSeen('OP2') }, position: 'support', to: 'table', note: '' })
    const confidential = (await bench.store.record(bench.draft, 0)).at(-1)!.seq
    await done(chair, { command: 'agree', ...unitSeen('OP1') })
    await note()
    const timeline = new Timeline(bench.store, bench.draft)
    await timeline.readOn()
    for (const { seq, lines: then } of seen) {
      const copy = docAt(bench.shared, timeline.pointAt(timeline.seqOf(seq)!))
      expect(lines(copy)).toEqual(then)
      copy.destroy()
    }
    expect([timeline.seqOf(confidential), timeline.seqOf(9_999)]).toEqual([null, null])
    // Read on, and not anew.
    await done(chair, { command: 'reopen-unit', ...unitSeen('OP1'), reason: '' })
    await timeline.readOn()
    expect(timeline.seqOf((await bench.store.record(bench.draft, 0)).at(-1)!.seq)).toBeGreaterThan(timeline.seqOf(seen.at(-1)!.seq)!)
  })
})
