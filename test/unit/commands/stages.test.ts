import { describe, expect, test } from 'vitest'
import { endDueSilence } from '../../../server/commands/silence.ts'
import { freezePreview } from '../../../shared/lifecycle/freeze.ts'
import { digestOfText } from '../../../shared/lifecycle/digests.ts'
import { aheadOf, digestOfUnits, stageFactsOf, wayOf } from '../../../shared/lifecycle/stages.ts'
import { readAmendments } from '../../../shared/model/amendments.ts'
import { readDraft } from '../../../shared/model/reader.ts'
import { readSilences } from '../../../shared/model/silence.ts'
import { readAmendmentState, readStage, readUnitState } from '../../../shared/model/state.ts'
import { createLedgers } from '../../../server/record/ledger.ts'
import { rollingDocument } from '../../../server/sync/exports.ts'
import { sponsorsOf } from '../../../shared/text/sponsors.ts'
import type { Command } from '../../../shared/wire/commands.ts'
import { limits } from '../../../shared/wire/limits.ts'
import { bench, brazil, chair, delegate, done, eu, japan, legal, negotiation, ngo, refusal, secretary, type, unitSeen } from './bench.ts'

const hourMs = 3_600_000
const textNow = (): string => digestOfText(readDraft(bench.shared), 'en')
const start = (untilMs: number, units: string[] = []): Command =>
  ({ command: 'start-silence', digest: units.length === 0 ? textNow() : digestOfUnits(readDraft(bench.shared), units), units, untilMs, reason: '' })
const freezing = (reason = ''): Command => ({ command: 'freeze', digest: freezePreview(bench.shared, new Set()).digest, symbol: '', closeOpen: false, reason })
const last = async () => (await bench.store.record(bench.draft, 0)).at(-1)!
const kinds = async (): Promise<string[]> => (await bench.store.record(bench.draft, 0)).map(({ kind }) => kind)

describe('the frozen text', () => {
  test('SG9 the chair reopens it with a reason; the frozen version stays as it was, and the next names it', async () => {
    await negotiation()
    const left = type(eu, 'every year', 'each year')
    await done(eu, { command: 'put-forward', ...left })
    expect(await refusal(chair, { command: 'reopen-frozen', reason: 'x' })).toBe('wrong-stage')
    await done(japan, { command: 'sponsor', as: 'main' })
    await done(chair, { ...freezing('all are here'), closeOpen: true } as Command)
    const frozen = (await bench.store.version(bench.draft, 1))!
    await done(brazil, { command: 'sponsor', as: 'co' })
    await done(japan, { command: 'unsponsor' })
    expect(await refusal(secretary, { command: 'reopen-frozen', reason: 'x' })).toBe('only-chair')
    await done(chair, { command: 'reopen-frozen', reason: 'The meeting asked for it.' })
    expect(readStage(bench.shared)).toMatchObject({ stage: 'negotiation', reading: 1 })
    expect(await last()).toMatchObject({ kind: 'reopen-frozen', body: { body: { version: 1, reason: 'The meeting asked for it.' } } })
    expect(sponsorsOf(bench.shared)).toEqual(['Brazil'])
    const { sponsoring } = await createLedgers(bench.store).of(bench.draft)
    expect([sponsoring.additional.size, sponsoring.left.size]).toEqual([0, 0])
    await done(eu, { command: 'put-forward-again', ...left })
    expect(readAmendmentState(bench.shared, left.amendment)!.status).toBe('open')
    await done(chair, { command: 'incorporate', ...left })
    expect(await bench.store.version(bench.draft, 1)).toEqual(frozen)
    await done(chair, freezing('once more'))
    const next = (await bench.store.version(bench.draft, 2))!
    expect(JSON.parse(new TextDecoder().decode(next.bytes))).toMatchObject({ version: 2, previous: frozen.sha256, sponsors: [{ name: 'Brazil', as: 'co' }] })
    expect(next.sha256).not.toBe(frozen.sha256)
    expect(await bench.store.version(bench.draft, 1)).toEqual(frozen)
  })

  test('SG11 a second person confirms what will be frozen where the chair asks for it, on the very preview, and nobody does so for themselves', async () => {
    await negotiation()
    await bench.store.write([chair, secretary, legal].map(({ person, hatId, hat }) => ({ put: 'hat', row: { id: hatId, draft: bench.draft, person, hat: { ...hat }, revokedAtMs: null } })))
    const digest = (): string => freezePreview(bench.shared, new Set()).digest
    expect(await refusal(secretary, { command: 'ask-second', ask: true })).toBe('only-chair')
    expect(await refusal(chair, { command: 'ask-second', ask: false })).toBe('already-so')
    await done(chair, { command: 'ask-second', ask: true })
    const missing = (): unknown => aheadOf(stageFactsOf(bench.shared, readDraft(bench.shared), new Set())).find(({ name }) => name === 'freeze')?.missing
    expect(missing()).toEqual(['needs-silence', 'needs-second'])
    expect(await refusal(chair, freezing('all are here'))).toBe('needs-second')
    expect(await refusal(japan, { command: 'confirm-freeze', digest: digest() })).toBe('only-chairs-table')
    await done(chair, { command: 'confirm-freeze', digest: digest() })
    expect(await refusal(chair, freezing('all are here'))).toBe('needs-second')
    expect(await refusal(legal, { command: 'confirm-freeze', digest: '0'.repeat(64) })).toBe('changed')
    await done(legal, { command: 'confirm-freeze', digest: digest() })
    expect(await refusal(legal, { command: 'confirm-freeze', digest: digest() })).toBe('already-so')
    expect(missing()).toEqual(['needs-silence'])
    // What was confirmed had no sponsor.
    await done(japan, { command: 'sponsor', as: 'main' })
    expect(await refusal(chair, freezing('all are here'))).toBe('needs-second')
    await done(secretary, { command: 'confirm-freeze', digest: digest() })
    await done(chair, freezing('all are here'))
    expect(readStage(bench.shared).stage).toBe('frozen')
    expect(await kinds()).toEqual(expect.arrayContaining(['ask-second', 'confirm-freeze', 'freeze']))
  })

  test('SG10 a sponsor who signs between the preview and the freeze stops it', async () => {
    await negotiation()
    const seen = freezing('all are here')
    await done(japan, { command: 'sponsor', as: 'main' })
    expect(await refusal(chair, seen)).toBe('changed')
    await done(chair, freezing('all are here'))
    expect(JSON.parse(new TextDecoder().decode((await bench.store.version(bench.draft, 1))!.bytes))).toMatchObject({ sponsors: [{ name: 'Japan', as: 'main' }] })
  })
})

describe('the way', () => {
  test('SG1 readings go on and, with a reason, back; each change is on record with its reason, and since when it is', async () => {
    await negotiation()
    expect(readStage(bench.shared)).toMatchObject({ stage: 'negotiation', reading: 1 })
    expect(await refusal(chair, { command: 'former-reading', reason: 'too soon' })).toBe('first-reading')
    await done(chair, { command: 'next-reading', reason: 'all have spoken' })
    expect(readStage(bench.shared).reading).toBe(2)
    expect(await last()).toMatchObject({ kind: 'next-reading', body: { stage: 'negotiation', body: { reading: 2, reason: 'all have spoken' } } })
    expect(readStage(bench.shared).sinceMs).toBe(bench.nowMs())
    expect(await refusal(eu, { command: 'next-reading', reason: '' })).toBe('only-chair')
    await done(chair, { command: 'former-reading', reason: 'OP1 again' })
    expect(readStage(bench.shared).reading).toBe(1)
    await done(chair, { command: 'next-reading', reason: '' })
    await done(chair, { command: 'reopen-drafting', reason: 'rewrite' })
    expect(readStage(bench.shared).stage).toBe('drafting')
    expect(await refusal(chair, { command: 'next-reading', reason: '' })).toBe('wrong-stage')
    await done(chair, { command: 'open-negotiation' })
    expect(readStage(bench.shared).reading).toBe(2)
  })

  test('SG2 a deadline for proposals is set, moved and lifted; what comes after it is taken and marked late', async () => {
    await negotiation()
    const deadlineMs = bench.nowMs() + hourMs
    expect(await refusal(chair, { command: 'set-deadline', atMs: bench.nowMs() - 1, reason: '' })).toBe('deadline-past')
    expect(await refusal(chair, { command: 'set-deadline', atMs: bench.nowMs() + 2 * limits.deadlineDaysMax * 24 * hourMs, reason: '' })).toBe('deadline-far')
    expect(await refusal(secretary, { command: 'set-deadline', atMs: deadlineMs, reason: '' })).toBe('only-chair')
    await done(chair, { command: 'set-deadline', atMs: deadlineMs, reason: '' })
    const early = type(eu, 'every year', 'each year')
    await done(eu, { command: 'put-forward', ...early })
    expect(readAmendmentState(bench.shared, early.amendment)!.lateMs).toBeUndefined()
    bench.sleep(hourMs)
    const late = type(japan, 'Requests', 'Invites')
    await done(japan, { command: 'put-forward', ...late })
    expect(readAmendmentState(bench.shared, late.amendment)!.lateMs).toBe(bench.nowMs())
    expect((await last()).body).toMatchObject({ body: { late: true } })
    expect(rollingDocument(bench.shared).text()).toContain('- Japan (late, 1970-01-01 01:00 UTC)')
    // A next wording of what came in time is in time.
    await done(eu, { command: 'put-forward', ...type(eu, 'each year', 'yearly') })
    expect(readAmendmentState(bench.shared, early.amendment)!.lateMs).toBeUndefined()
    await done(chair, { command: 'set-deadline', atMs: null, reason: 'no need' })
    const free = type(brazil, 'report', 'account')
    await done(brazil, { command: 'put-forward', ...free })
    expect(readAmendmentState(bench.shared, free.amendment)!.lateMs).toBeUndefined()
    expect(readAmendmentState(bench.shared, late.amendment)!.lateMs).toBeDefined()
  })

  test('SG2 a deadline that has passed ends with its reading', async () => {
    await negotiation()
    await done(chair, { command: 'set-deadline', atMs: bench.nowMs() + hourMs, reason: '' })
    await done(chair, { command: 'next-reading', reason: '' })
    expect(readStage(bench.shared).deadlineMs).toBeDefined()
    bench.sleep(hourMs)
    await done(chair, { command: 'next-reading', reason: '' })
    expect(readStage(bench.shared).deadlineMs).toBeUndefined()
  })

  test('SG3 to freeze, silence on the text as it stands has passed unbroken, or the chair gives a reason', async () => {
    await negotiation()
    expect(await refusal(chair, freezing())).toBe('needs-silence')
    const facts = stageFactsOf(bench.shared, readDraft(bench.shared), new Set())
    expect(aheadOf(facts)).toEqual([{ name: 'next-reading', missing: [] }, { name: 'start-silence', missing: [] }, { name: 'freeze', missing: ['needs-silence'] }])
    await done(chair, freezing('all are here and agree'))
    expect(readStage(bench.shared).stage).toBe('frozen')
  })

  test('SG4 the way is told from drafting to frozen, with every reading that was', () => {
    expect(wayOf({ stage: 'drafting', reading: 0, silence: null }).map(({ kind, is }) => `${kind} ${is}`)).toEqual(['drafting now', 'reading ahead', 'silence ahead', 'frozen ahead'])
    expect(wayOf({ stage: 'negotiation', reading: 2, silence: null }).map(({ kind, is }) => `${kind} ${is}`)).toEqual(['drafting done', 'reading done', 'reading now', 'silence ahead', 'frozen ahead'])
    expect(wayOf({ stage: 'silence', reading: 1, silence: null }).map(({ is }) => is)).toEqual(['done', 'done', 'now', 'ahead'])
    expect(wayOf({ stage: 'frozen', reading: 1, silence: null }).map(({ kind }) => kind)).toEqual(['drafting', 'reading', 'frozen'])
    const silence = { number: 1, units: null, digest: '', version: null, startedAtMs: 0, untilMs: 1, objections: [], ended: { how: 'unbroken', atMs: 1 } } as const
    expect(wayOf({ stage: 'frozen', reading: 1, silence }).map(({ kind, is }) => `${kind} ${is}`)).toEqual(['drafting done', 'reading done', 'silence done', 'frozen now'])
  })
})

describe('silence', () => {
  test('SI1 it is begun by the chair on the text as it was seen, and then nobody writes the text, puts forward or decides', async () => {
    await negotiation()
    const typed = type(eu, 'every year', 'each year')
    expect(await refusal(eu, start(bench.nowMs() + hourMs))).toBe('only-chair')
    expect(await refusal(chair, { ...start(bench.nowMs() + hourMs), digest: '0'.repeat(64) } as Command)).toBe('changed')
    expect(await refusal(chair, start(bench.nowMs() - 1))).toBe('deadline-past')
    await done(chair, start(bench.nowMs() + hourMs))
    expect(readStage(bench.shared).stage).toBe('silence')
    expect((await bench.store.draft(bench.draft))!.stage).toBe('silence')
    expect(await refusal(eu, { command: 'put-forward', ...typed })).toBe('wrong-stage')
    expect(await refusal(chair, { command: 'agree', ...unitSeen('OP1') })).toBe('wrong-stage')
    expect(await refusal(chair, freezing('I am in a hurry'))).toBe('silence-runs')
    expect(await refusal(chair, start(bench.nowMs() + hourMs))).toBe('wrong-stage')
  })

  test('SI2 unbroken at the deadline, the text is ready to be frozen; the server records it, once, whoever asks', async () => {
    await negotiation()
    await done(chair, start(bench.nowMs() + hourMs))
    const until = readSilences(bench.shared)[0]!.untilMs
    bench.sleep(hourMs)
    await Promise.all([1, 2, 3].map(async () => endDueSilence(bench.deps, bench.draft, await bench.deps.room(bench.draft))))
    await endDueSilence(bench.deps, bench.draft, await bench.deps.room(bench.draft))
    expect((await kinds()).filter((kind) => kind === 'silence-ended')).toHaveLength(1)
    expect(await last()).toMatchObject({ actor: 'server', kind: 'silence-ended', body: { hat: null, stage: 'silence', body: { silence: 1, how: 'unbroken', until, objections: [] } } })
    expect(readStage(bench.shared).stage).toBe('silence')
    expect(await refusal(eu, { command: 'break-silence', units: [unitSeen('OP1').unit], reason: 'too late' })).toBe('silence-over')
    await done(chair, freezing())
    expect(readStage(bench.shared).stage).toBe('frozen')
  })

  test('SI2 before its deadline nothing ends it; it is prolonged, and then ends at the later one', async () => {
    await negotiation()
    const untilMs = bench.nowMs() + hourMs
    await done(chair, start(untilMs))
    await endDueSilence(bench.deps, bench.draft, await bench.deps.room(bench.draft))
    expect(await refusal(chair, { command: 'extend-silence', untilMs, reason: '' })).toBe('deadline-past')
    await done(chair, { command: 'extend-silence', untilMs: untilMs + hourMs, reason: 'a holiday' })
    bench.sleep(hourMs)
    await done(japan, { command: 'break-silence', units: [unitSeen('OP1').unit], reason: 'in time' })
    expect(readSilences(bench.shared)[0]!.ended).toBeNull()
    bench.sleep(hourMs)
    // Whatever is asked first finds it ended.
    expect(await refusal(chair, { command: 'extend-silence', untilMs: untilMs + 9 * hourMs, reason: '' })).toBe('wrong-stage')
    expect(readSilences(bench.shared)[0]!.ended?.how).toBe('broken')
  })

  test('SI3 States and groups break it, naming paragraphs and the reason; broken, it goes back to negotiation with the objections', async () => {
    await negotiation()
    const { unit } = unitSeen('OP1')
    const breaking: Command = { command: 'break-silence', units: [unit], reason: 'not every year' }
    expect(await refusal(japan, breaking)).toBe('wrong-stage')
    await done(chair, start(bench.nowMs() + hourMs))
    expect(await refusal(ngo, breaking)).toBe('only-states')
    expect(await refusal(chair, breaking)).toBe('only-states')
    expect(await refusal(legal, breaking)).toBe('only-states')
    expect(await refusal(delegate('jp', 'state', 'drafter'), breaking)).toBe('not-put-forward-right')
    expect(await refusal(japan, { ...breaking, units: ['nothing-1'] })).toBe('no-such-unit')
    await done(japan, breaking)
    await done(delegate('jp', 'state', 'forward'), { ...breaking, reason: 'not once a year' })
    await done(eu, { ...breaking, reason: 'nor us' })
    expect(readStage(bench.shared).stage).toBe('silence')
    bench.sleep(hourMs)
    expect(await refusal(chair, freezing())).toBe('needs-silence')
    expect(readStage(bench.shared).stage).toBe('negotiation')
    const [silence] = readSilences(bench.shared)
    expect(silence!.objections.map(({ delegation, units, reason }) => ({ delegation, units, reason }))).toEqual([
      { delegation: 'jp', units: [unit], reason: 'not once a year' }, { delegation: 'eu', units: [unit], reason: 'nor us' },
    ])
  })

  test('SI10 the chair’s table records what a delegation says for it, corrects and takes back what it recorded, and nothing that the delegation has entered', async () => {
    await negotiation()
    const { unit } = unitSeen('OP1')
    const recording = (delegation: string, units = [unit], reason = 'on the telephone'): Command => ({ command: 'record-objection', delegation, units, reason })
    const objections = () => readSilences(bench.shared).at(-1)!.objections.map(({ delegation, units, reason, asRecorded }) => [delegation, units.length, reason, asRecorded])
    expect(await refusal(secretary, recording('jp'))).toBe('wrong-stage')
    await done(chair, start(bench.nowMs() + hourMs))
    expect(await refusal(japan, recording('jp'))).toBe('only-chairs-table')
    expect(await refusal(legal, recording('jp'))).toBe('only-chairs-table')
    expect(await refusal(chair, recording('ngo'))).toBe('only-states')
    expect(await refusal(chair, recording('fr'))).toBe('no-such-delegation')
    expect(await refusal(chair, recording('jp', ['nothing-1']))).toBe('no-such-unit')
    expect(await refusal(chair, recording('jp', []))).toBe('already-so')
    await done(secretary, recording('jp'))
    expect(await last()).toMatchObject({ kind: 'record-objection', body: { hat: { delegation: 'office' }, body: { delegation: 'jp', asRecorded: true, units: [unit], reason: 'on the telephone' } } })
    await done(chair, recording('eu', [unit], 'from the floor'))
    await done(chair, recording('eu', [unit, unitSeen('OP2').unit], 'both'))
    expect(objections()).toEqual([['jp', 1, 'on the telephone', true], ['eu', 2, 'both', true]])
    await done(chair, recording('jp', [], 'It was another delegation.'))
    expect(objections()).toEqual([['eu', 2, 'both', true]])
    await done(eu, { command: 'break-silence', units: [unit], reason: 'in our words' })
    expect(objections()).toEqual([['eu', 1, 'in our words', false]])
    expect(await refusal(chair, recording('eu'))).toBe('already-so')
    expect(await refusal(chair, recording('eu', []))).toBe('already-so')
    bench.sleep(hourMs)
    expect(await refusal(chair, recording('jp'))).toBe('wrong-stage')
    expect(readStage(bench.shared).stage).toBe('negotiation')
  })

  test('SI12 silence on a text that was kept names its version; on one that was not, or on paragraphs, none', async () => {
    await negotiation()
    const begun = async (units: string[] = []): Promise<unknown> => {
      await done(chair, start(bench.nowMs() + hourMs, units))
      const version = readSilences(bench.shared).at(-1)!.version
      expect(((await last()).body as { body: { version?: number } }).body.version ?? null).toBe(version)
      await done(chair, { command: 'end-silence', reason: 'We go on.' })
      return version
    }
    expect(await begun()).toBe(null)
    await done(chair, { command: 'keep-version', kind: 'text', name: '', symbol: '', digest: textNow() })
    await done(chair, { command: 'keep-issued', kind: 'issued', name: '', symbol: '', source: 'Another text' })
    expect(await begun()).toBe(1)
    expect(await begun([unitSeen('OP1').unit])).toBe(null)
    await done(japan, { command: 'put-forward', ...type(japan, 'every year', 'each year') })
    const [proposal] = readAmendments(bench.shared)
    await done(chair, { command: 'issue-revision', name: '', symbol: '', digest: textNow(), incorporate: [{ amendment: proposal!.id, digest: readAmendmentState(bench.shared, proposal!.id)!.digest }], leave: [], note: '' })
    expect(await begun()).toBe(3)
    await done(chair, { command: 'reopen-drafting', reason: 'x' })
    await done(chair, { command: 'restore-version', version: 1, digest: textNow(), reason: 'The room asked for it.' })
    await done(chair, { command: 'open-negotiation' })
    expect(await begun()).toBe(null)
  })

  test('SI10 silence that is broken by what was recorded goes back to negotiation like any other', async () => {
    await negotiation()
    await done(chair, start(bench.nowMs() + hourMs))
    await done(chair, { command: 'record-objection', delegation: 'jp', units: [unitSeen('OP1').unit], reason: 'from the floor' })
    bench.sleep(hourMs)
    expect(await refusal(chair, freezing())).toBe('needs-silence')
    expect(readStage(bench.shared).stage).toBe('negotiation')
    expect((await bench.store.record(bench.draft, 0)).find(({ kind }) => kind === 'silence-ended')).toMatchObject({ body: { body: { how: 'broken', objections: [{ delegation: 'jp', asRecorded: true }] } } })
  })

  test('SI4 on chosen paragraphs: unbroken, they are agreed ad ref; others cannot be named, and open proposals stop it', async () => {
    await negotiation()
    const [one, two] = [unitSeen('OP1'), unitSeen('OP2')]
    await done(eu, { command: 'put-forward', ...type(eu, 'every year', 'each year') })
    expect(await refusal(chair, start(bench.nowMs() + hourMs, [one.unit]))).toBe('open-amendments')
    await done(chair, start(bench.nowMs() + hourMs, [two.unit]))
    expect(await refusal(japan, { command: 'break-silence', units: [one.unit], reason: 'x' })).toBe('not-under-silence')
    bench.sleep(hourMs)
    await endDueSilence(bench.deps, bench.draft, await bench.deps.room(bench.draft))
    expect(readStage(bench.shared).stage).toBe('negotiation')
    expect(readUnitState(bench.shared, two.unit).agreed).toMatchObject({ digest: two.digest })
    expect(readUnitState(bench.shared, one.unit).agreed).toBeNull()
    expect(await refusal(chair, start(bench.nowMs() + hourMs, [two.unit]))).toBe('already-so')
  })

  test('SI5 the chair ends it with a reason, before its deadline and after; then silence has to pass anew', async () => {
    await negotiation()
    await done(chair, start(bench.nowMs() + hourMs))
    expect(await refusal(chair, { command: 'end-silence', reason: '' } as Command).catch(() => 'bad-command')).toBe('bad-command')
    await done(chair, { command: 'end-silence', reason: 'a mistake in OP1' })
    expect(readSilences(bench.shared)[0]!.ended?.how).toBe('called-off')
    expect(readStage(bench.shared).stage).toBe('negotiation')
    await done(chair, start(bench.nowMs() + hourMs))
    bench.sleep(hourMs)
    await endDueSilence(bench.deps, bench.draft, await bench.deps.room(bench.draft))
    expect(stageFactsOf(bench.shared, readDraft(bench.shared), new Set()).isReady).toBe(true)
    await done(chair, { command: 'end-silence', reason: 'Brazil telephoned' })
    expect(stageFactsOf(bench.shared, readDraft(bench.shared), new Set()).isReady).toBe(false)
    expect(await refusal(chair, freezing())).toBe('needs-silence')
    await done(chair, start(bench.nowMs() + hourMs))
    await done(chair, { command: 'reopen-drafting', reason: 'start again' })
    expect(readSilences(bench.shared).map(({ ended }) => ended?.how)).toEqual(['called-off', 'unbroken', 'called-off'])
  })
})
