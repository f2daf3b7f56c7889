/**
 * Any sequence of what five people may try, on the real way in of commands, beside a model of the stages that is written
 * by hand: what is done and what refused, and what no sequence may come to. OMNIBUS_SEED=n repeats a run.
 */
import fc from 'fast-check'
import * as Y from 'yjs'
import { expect, it } from 'vitest'
import { importText } from '../../shared/convert/importText.ts'
import { freezePreview } from '../../shared/lifecycle/freeze.ts'
import { digestOfText } from '../../shared/lifecycle/digests.ts'
import { digestOfUnits } from '../../shared/lifecycle/stages.ts'
import { readAmendments } from '../../shared/model/amendments.ts'
import { defineShared, newDoc, stateOf, textsOf } from '../../shared/model/layout.ts'
import { createUnits } from '../../shared/model/operations.ts'
import { readDraft } from '../../shared/model/reader.ts'
import { readSilences } from '../../shared/model/silence.ts'
import { closedUnits, readAmendmentState, readStage, readUnitState } from '../../shared/model/state.ts'
import { checkUpdate } from '../../server/sync/gate/index.ts'
import type { Speaker } from '../../server/sync/service.ts'
import { isUndecided } from '../../shared/policy/types.ts'
import type { Stage } from '../../shared/policy/types.ts'
import { commandSchema } from '../../shared/wire/commands.ts'
import type { Command } from '../../shared/wire/commands.ts'
import { sideRoomOf } from '../../shared/wire/protocol.ts'
import { addSource } from './library.ts'
import { bench, chair, japan, legal, negotiation, ngo, openBench, secretary, source, type, unitSeen } from '../unit/commands/bench.ts'
import { updateOf } from '../unit/sync/support.ts'

const seed = Number(process.env['OMNIBUS_SEED'] ?? Math.floor(Math.random() * 2 ** 31))
const runs = process.env['OMNIBUS_LONG'] ? 3_000 : 300
const hourMs = 3_600_000

const people = { chair, secretary, legal, japan, ngo } as const
type Name = keyof typeof people
// The chair most: only then does anything come about.
const anybody = fc.constantFrom(...(Object.keys(people) as Name[]), 'chair' as const, 'chair' as const, 'chair' as const, 'japan' as const)

/** What the stages should be, told without the code under test. */
interface Model {
  stage: Stage
  reading: number
  /** Of the silence that runs. */
  untilMs: number | null
  isBroken: boolean
  /** Kept unbroken on the whole text, and nobody has gone back. */
  isKept: boolean
}

interface Real { count(what: string): void }

const text = (): string => digestOfText(readDraft(bench.shared), 'en')
const openIds = (): string[] => readAmendments(bench.shared).map(({ id }) => id).filter((id) => isUndecided(readAmendmentState(bench.shared, id)?.status ?? 'withdrawn'))
const silenceIsOver = (model: Model): boolean => model.untilMs !== null && bench.nowMs() >= model.untilMs

/** The server's clock is asked first, at every command. */
function passTime(model: Model): void {
  if (!silenceIsOver(model)) return
  model.untilMs = null
  if (model.isBroken) model.stage = 'negotiation'
  else model.isKept = true
}

/** One try; `expects` says whether it should be done, and changes the model if so. */
class Try implements fc.AsyncCommand<Model, Real> {
  readonly #who: Name
  readonly #what: string
  readonly #body: () => Command | null
  readonly #expects: (model: Model, who: Name, body: Command) => boolean | 'either'

  constructor(who: Name, what: string, body: () => Command | null, expects: (model: Model, who: Name, body: Command) => boolean | 'either') {
    this.#who = who
    this.#what = what
    this.#body = body
    this.#expects = expects
  }

  check(): boolean {
    return true
  }

  toString(): string {
    return `${this.#who}: ${this.#what}`
  }

  async run(model: Model, real: Real): Promise<void> {
    const body = this.#body()
    if (body === null) return
    const before = { stage: readStage(bench.shared).stage, text: text(), versions: await versions() }
    // The next command's clock is a millisecond on.
    bench.sleep(1)
    passTime(model)
    const expected = this.#expects(model, this.#who, body)
    const answer = await bench.run(people[this.#who], body)
    real.count(answer.ok ? `${this.#who === 'chair' ? 'chair' : 'other'} ${body.command}` : `refused ${answer.error.code}`)
    if (expected !== 'either') expect([this.toString(), answer.ok ? 'done' : answer.error.code].join(' '), `at ${model.stage}`).toMatch(expected ? / done$/ : / (?!done)\S+$/)
    await lawful(model, before, body.command)
  }
}

class Sleep implements fc.AsyncCommand<Model, Real> {
  readonly #ms: number
  constructor(ms: number) { this.#ms = ms }
  check(): boolean { return true }
  toString(): string { return `${this.#ms / hourMs} hours pass` }
  run(): Promise<void> {
    bench.sleep(this.#ms)
    return Promise.resolve()
  }
}

/** What the gate would let into the text. */
class Write implements fc.AsyncCommand<Model, Real> {
  readonly #who: Name
  readonly #kind: number
  constructor(who: Name, kind: number) {
    this.#who = who
    this.#kind = kind
  }
  check(): boolean { return true }
  toString(): string { return `${this.#who} writes (${this.#kind})` }
  run(_model: Model, real: Real): Promise<void> {
    const stage = readStage(bench.shared).stage
    const verdict = checkUpdate(bench.shared, writing(this.#kind), { hat: people[this.#who].hat, owns: () => true }, {
      kind: 'shared', stage, anyClosedUnit: closedUnits(bench.shared).length > 0,
      unitFacts: (unit) => ({ locked: readUnitState(bench.shared, unit).locked, agreed: readUnitState(bench.shared, unit).agreed !== null }),
    })
    if (stage !== 'drafting') expect(verdict.ok, `${this.toString()} at ${stage}`).toBe(false)
    if (stage === 'frozen') expect(verdict).toMatchObject({ code: this.#kind === 2 ? expect.any(String) as string : 'frozen' })
    real.count(verdict.ok ? 'written' : 'write refused')
    return Promise.resolve()
  }
}

let writers = 2 ** 41

/** Words, a paragraph, a decision made up, words struck out. */
function writing(kind: number): Uint8Array {
  const doc = defineShared(newDoc())
  Y.applyUpdate(doc, Y.encodeStateAsUpdate(bench.shared))
  doc.clientID = writers += 1
  return updateOf(doc, () => {
    const [first] = [...textsOf(doc).values()]
    if (kind === 0) first?.insert(0, 'x')
    else if (kind === 1) createUnits(doc, readDraft(doc), { parent: null, after: null }, [{ kind: 'op', words: 'Adds', notes: [], children: [] }])
    else if (kind === 2) stateOf(doc).set('draft', { stage: 'drafting', title: 'mine', language: 'en' })
    else first?.delete(0, 1)
  })
}

const versions = async (): Promise<string> => JSON.stringify((await bench.store.versions(bench.draft)).filter(({ kind }) => kind === 'final').map(({ sha256 }) => sha256))

const leads: Readonly<Record<string, readonly [Stage, Stage][]>> = {
  'open-negotiation': [['drafting', 'negotiation']],
  'start-silence': [['negotiation', 'silence']],
  'end-silence': [['silence', 'negotiation']],
  'reopen-drafting': [['negotiation', 'drafting'], ['silence', 'drafting']],
  'freeze': [['drafting', 'frozen'], ['negotiation', 'frozen'], ['silence', 'frozen']],
  'reopen-frozen': [['frozen', 'negotiation']],
}

/** What no sequence may come to. */
async function lawful(model: Model, before: { stage: Stage; text: string; versions: string }, command: string): Promise<void> {
  const state = readStage(bench.shared)
  expect([state.stage, state.stage === 'drafting' ? 0 : state.reading]).toEqual([model.stage, model.stage === 'drafting' ? 0 : model.reading])
  expect((await bench.store.draft(bench.draft))!.stage).toBe(state.stage)
  const running = readSilences(bench.shared).filter(({ ended }) => ended === null)
  expect(running.length).toBeLessThanOrEqual(1)
  if (running.length === 1) expect(state.stage).toBe('silence')
  if (state.stage === 'silence' && running.length === 0) expect(readSilences(bench.shared).at(-1)?.ended?.how).toBe('unbroken')
  // Broken silence may have ended by the server's clock before the command was looked at.
  const froms: readonly Stage[] = before.stage === 'silence' ? ['silence', 'negotiation'] : [before.stage]
  const isLawful = froms.includes(state.stage) || (leads[command] ?? []).some(([was, is]) => is === state.stage && froms.includes(was))
  expect(isLawful, `${command} led from ${before.stage} to ${state.stage}`).toBe(true)
  if (before.stage === 'silence' && state.stage === 'silence') expect(text()).toBe(before.text)
  if (before.stage === 'frozen') {
    // Reopened, it is as it was, and so is the version.
    if (command !== 'reopen-frozen') expect(state.stage).toBe('frozen')
    expect(text()).toBe(before.text)
    expect(await versions()).toBe(before.versions)
  }
  if (state.stage === 'frozen') expect(openIds()).toEqual([])
}

const isChair = (who: Name): boolean => who === 'chair'
const change = (name: string, body: () => Command, from: readonly Stage[], then: (model: Model, body: Command) => void, also: (model: Model) => boolean = () => true) =>
  anybody.map((who) => new Try(who, name, body, (model, _who, asked) => {
    const done = isChair(who) && from.includes(model.stage) && also(model)
    if (done) then(model, asked)
    return done
  }))

const freezing = (reason: string): Command => ({ command: 'freeze', digest: freezePreview(bench.shared, new Set()).digest, symbol: '', closeOpen: true, reason })
const frozen = (model: Model): void => { model.stage = 'frozen' }
const isRunning = (model: Model): boolean => model.untilMs !== null

const all: fc.Arbitrary<fc.AsyncCommand<Model, Real>>[] = [
  ...[0, 1, 2].flatMap(() => [
    change('open-negotiation', () => ({ command: 'open-negotiation' }), ['drafting'], (model) => {
      model.stage = 'negotiation'
      model.reading = Math.max(1, model.reading)
    }),
    change('next-reading', () => ({ command: 'next-reading', reason: '' }), ['negotiation'], (model) => { model.reading++ }),
  ]),
  ...[0, 1].map(() => change('former-reading', () => ({ command: 'former-reading', reason: 'x' }), ['negotiation'], (model) => { model.reading-- }, (model) => model.reading > 1)),
  change('reopen-drafting', () => ({ command: 'reopen-drafting', reason: 'x' }), ['negotiation', 'silence'], (model) => {
    model.stage = 'drafting'
    model.untilMs = null
    model.isKept = false
  }),
  ...[0, 1].map(() => change('reopen-frozen', () => ({ command: 'reopen-frozen', reason: 'x' }), ['frozen'], (model) => {
    model.stage = 'negotiation'
    model.reading = Math.max(1, model.reading)
    model.isKept = false
  })),
  ...[0, 1, 2].map(() => change('start-silence', () => ({ command: 'start-silence', digest: text(), units: [], untilMs: bench.nowMs() + 2 * hourMs, reason: '' }), ['negotiation'], (model, body) => {
    model.stage = 'silence'
    model.untilMs = body.command === 'start-silence' ? body.untilMs : null
    model.isBroken = false
    model.isKept = false
  })),
  change('end-silence', () => ({ command: 'end-silence', reason: 'x' }), ['silence'], (model) => {
    model.stage = 'negotiation'
    model.untilMs = null
    model.isKept = false
  }),
  change('extend-silence', () => ({ command: 'extend-silence', untilMs: (readSilences(bench.shared).at(-1)?.untilMs ?? bench.nowMs()) + hourMs, reason: '' }), ['silence'], (model) => { model.untilMs! += hourMs }, isRunning),
  change('set-deadline', () => ({ command: 'set-deadline', atMs: bench.nowMs() + hourMs, reason: '' }), ['drafting', 'negotiation'], () => undefined),
  ...[0, 1].map(() => change('freeze by silence', () => freezing(''), ['negotiation', 'silence'], frozen, (model) => model.isKept && !isRunning(model))),
  // Seldom, or nothing else would come about.
  fc.nat(30).chain((chance): fc.Arbitrary<fc.AsyncCommand<Model, Real>> => (chance > 0 ? fc.constant(new Sleep(0)) : change('freeze with a reason', () => freezing('It is agreed.'), ['drafting', 'negotiation', 'silence'], frozen, (model) => !isRunning(model)))),
  ...[0, 1].map(() => anybody.map((who) => new Try(who, 'break-silence', () => ({ command: 'break-silence', units: [unitSeen('OP1').unit], reason: 'no' }), (model) => {
    const done = who === 'japan' && model.stage === 'silence' && isRunning(model)
    if (done) model.isBroken = true
    return done
  }))),
  anybody.map((who) => new Try(who, 'record-objection', () => ({ command: 'record-objection', delegation: 'eu', units: [unitSeen('OP1').unit], reason: 'no' }), (model) => {
    const done = (who === 'chair' || who === 'secretary') && model.stage === 'silence' && isRunning(model)
    if (done) model.isBroken = true
    return done
  })),
  fc.constant(new Try('japan', 'put-forward', () => ({ command: 'put-forward', ...typed() }), () => 'either')),
  fc.constant(new Try('chair', 'incorporate', () => {
    const [id] = openIds()
    return id === undefined ? null : { command: 'incorporate', amendment: id, digest: readAmendmentState(bench.shared, id)!.digest }
  }, () => 'either')),
  fc.nat(3).chain((kind) => anybody.map((who) => new Write(who, kind))),
  ...[hourMs, 3 * hourMs].map((ms) => fc.constant(new Sleep(ms))),
  fc.nat(1_000).chain((index) => anybody.map((who) => new Try(who, `command ${index}`, () => harmless()[index % harmless().length]!, () => 'either'))),
]

const typed = (): { amendment: string; digest: string } => type(japan, 'every', 'each')

/** One of each command of the schema that changes no stage, as near to being taken as can be. */
function samples(): Command[] {
  const unit = unitSeen('OP1')
  const [id = 'no-such'] = openIds()
  const amendment = { amendment: id, digest: readAmendmentState(bench.shared, id)?.digest ?? '0'.repeat(64) }
  const about = { kind: 'unit' as const, ...unit }
  const saying = { position: 'support' as const, to: 'all' as const, note: '' }
  return [
    { command: 'create-draft', title: 'T', language: 'en' },
    { command: 'import', value: importText(source).value },
    { command: 'add-delegation', delegation: { id: `d${bench.nowMs()}`, name: `D${bench.nowMs()}`, kind: 'state' } },
    { command: 'invite', hat: { role: 'delegate', delegation: 'jp', level: 'drafter' }, days: 7, uses: 1 },
    { command: 'revoke-invite', invite: 'none' },
    { command: 'revoke-member', hatId: 'none' },
    { command: 'set-deadline', atMs: null, reason: '' },
    { command: 'put-forward', ...amendment }, { command: 'record-for', ...amendment, delegation: 'jp' }, { command: 'confirm-recorded', ...amendment }, { command: 'withdraw', ...amendment },
    { command: 'take-up', ...amendment }, { command: 'cosponsor', ...amendment }, { command: 'consent', ...amendment, delegation: 'jp', agree: true },
    { command: 'start-thread', about: { kind: 'unit', unit: unit.unit }, ranges: [], words: 'w', apart: false }, { command: 'reply', thread: 'none', words: 'w', apart: false },
    { command: 'resolve-thread', thread: 'none', apart: false }, { command: 'reopen-thread', thread: 'none', apart: false },
    { command: 'position', about, ...saying }, { command: 'record-position', about, ...saying, delegation: 'jp' }, { command: 'open-positions' }, { command: 'close-positions' },
    { command: 'review', ...amendment, verdict: 'cleared', note: '' }, { command: 'release-flag', ...amendment }, { command: 'correct-editorially', ...amendment },
    { command: 'incorporate', ...amendment }, { command: 'not-reflected', ...amendment, note: '' }, { command: 'keep-in-brackets', ...amendment },
    { command: 'settle', unit, incorporate: [], merge: [], bracket: [], hold: [], decline: [], agree: true, note: '' }, { command: 'undo-decision', decision: 'none' },
    { command: 'lift-bracket', ...unit, bracket: 'none' }, { command: 'agree', ...unit }, { command: 'reopen-unit', ...unit, reason: '' }, { command: 'lock', unit: unit.unit }, { command: 'unlock', unit: unit.unit },
    ...(['agree', 'reopen', 'lock', 'unlock'] as const).map((act): Command => ({ command: 'close-together', act, under: null, digest: digestOfUnits(readDraft(bench.shared), readDraft(bench.shared).units.map(({ id: one }) => one)), reason: '' })),
    { command: 'ask-reopen', ...unit, reason: 'x' }, { command: 'answer-request', request: 'none', reopen: true, note: '' },
    { command: 'make-package', name: 'P', units: [unit, unitSeen('OP2')], amendments: [] }, { command: 'agree-package', package: 'none', digest: '0'.repeat(64) },
    { command: 'reopen-package', package: 'none', reason: 'x' }, { command: 'drop-package', package: 'none', reason: '' },
    { command: 'prepare', digest: text(), changes: [{ kind: 'words', unit: 3, note: null, edits: [{ from: 0, to: 8, words: 'Asks' }] }], remarks: [{ unit: 3, from: 0, to: 8, words: 'w' }] }, { command: 'revise', ...amendment }, { command: 'leave', ...amendment }, { command: 'set-members', group: 'eu', members: ['jp'] }, { command: 'give-hat', hatId: 'none', group: 'eu', level: 'head' },
    { command: 'open-circle', purpose: { kind: 'unit', unit: unit.unit, name: 'Friends', members: ['jp'] } }, { command: 'set-circle', circle: 'none', open: false }, { command: 'show-as-typed', show: true },
    { command: 'confirm-freeze', digest: freezePreview(bench.shared, new Set()).digest },
    { command: 'sponsor', as: 'co' }, { command: 'unsponsor' }, { command: 'sponsors-deadline', untilMs: null },
    { command: 'revise-orally', digest: text(), author: 'office', changes: [{ kind: 'delete', unit: 2 }] }, { command: 'certify-oral', number: 1, digest: '0'.repeat(64) }, { command: 'discard-oral', number: 1, digest: '0'.repeat(64), reason: '' },
    { command: 'keep-version', kind: 'text', name: 'Kept', symbol: '', digest: text() }, { command: 'keep-issued', kind: 'issued', name: '', symbol: '', source },
    addSource('Source'), { command: 'remove-source', source: 1, reason: 'x' }, { command: 'leave-out-source', source: 1, paragraph: 0, reason: 'x' },
    { command: 'name-themes', themes: [{ theme: null, name: 'Children', words: ['child*'] }] }, { command: 'tag-theme', about: { kind: 'unit', unit: unit.unit }, theme: 1, carries: true }, { command: 'remove-theme', theme: 1 },
    { command: 'name-authors', authors: [{ name: 'Ana Silva', role: { kind: 'delegation', delegation: 'jp' } }] },
    { command: 'restore-version', version: 1, digest: text(), reason: 'x' }, { command: 'issue-revision', name: '', symbol: '', digest: text(), incorporate: [], leave: [], note: '' }, { command: 'put-forward-again', ...amendment },
  ]
}

/** Decisions on the text are tried by name above, where the model can follow them. */
const harmless = (): Command[] => samples().filter(({ command }) => !['import', 'incorporate', 'settle', 'restore-version', 'issue-revision'].includes(command))

const stageCommands: readonly Command['command'][] = ['open-negotiation', 'reopen-drafting', 'next-reading', 'former-reading', 'start-silence', 'extend-silence', 'end-silence', 'break-silence', 'record-objection', 'freeze', 'reopen-frozen']

it(`SG7 no sequence of what five people try comes to a forbidden state, and each is done or refused as the model says (OMNIBUS_SEED=${seed})`, async () => {
  const counts = new Map<string, number>()
  const real: Real = { count: (what) => void counts.set(what, (counts.get(what) ?? 0) + 1) }
  await fc.assert(fc.asyncProperty(fc.commands(all, { maxCommands: 80, size: 'max' }), async (sequence) => {
    await openBench()
    await bench.run(chair, { command: 'import', value: importText(source).value })
    const model: Model = { stage: 'drafting', reading: 0, untilMs: null, isBroken: false, isKept: false }
    await fc.asyncModelRun(() => ({ model, real }), sequence)
  }), { seed, numRuns: runs, endOnFailure: false })
  process.stdout.write(`stages, seed ${seed}: ${JSON.stringify(Object.fromEntries([...counts].sort()))}\n`)
  const wanted = [...stageCommands.filter((name) => name !== 'break-silence').map((name) => `chair ${name}`), 'other break-silence', 'written', 'write refused', 'refused frozen', 'refused silence-runs', 'refused needs-silence', 'refused only-chair']
  expect(wanted.filter((what) => !counts.has(what))).toEqual([])
}, 600_000)

it('SG8 after the freeze no command of the schema, no update and no import changes the frozen form', async () => {
  await openBench()
  await negotiation()
  await bench.run(japan, { command: 'put-forward', ...typed() })
  expect((await bench.run(chair, freezing('It is agreed.'))).ok).toBe(true)
  const stages: Command[] = [
    { command: 'open-negotiation' }, { command: 'reopen-drafting', reason: 'x' }, { command: 'next-reading', reason: '' }, { command: 'former-reading', reason: 'x' },
    { command: 'start-silence', digest: text(), units: [], untilMs: bench.nowMs() + hourMs, reason: '' }, { command: 'start-silence', digest: digestOfUnits(readDraft(bench.shared), [unitSeen('OP1').unit]), units: [unitSeen('OP1').unit], untilMs: bench.nowMs() + hourMs, reason: '' },
    { command: 'extend-silence', untilMs: bench.nowMs() + hourMs, reason: '' }, { command: 'end-silence', reason: 'x' }, { command: 'break-silence', units: [unitSeen('OP1').unit], reason: 'x' }, { command: 'record-objection', delegation: 'jp', units: [unitSeen('OP1').unit], reason: 'x' }, freezing('again'),
  ]
  const bodies = [...samples(), ...stages]
  // Whatever command there comes to be has its place here.
  expect(commandSchema.options.map(({ shape }) => shape.command.value as string).filter((name) => !['reopen-frozen', 'ask-second'].includes(name) && !bodies.some(({ command }) => command === name))).toEqual([])
  const kept = async (): Promise<unknown> => ({ text: text(), version: await bench.store.version(bench.draft, 1), versions: await versions(), stage: readStage(bench.shared).stage, units: JSON.stringify(closedUnits(bench.shared)) })
  const before = await kept()
  for (const body of bodies) {
    for (const who of Object.values(people) as Speaker[]) {
      await bench.run(who, body)
      bench.sleep(hourMs)
    }
    expect(await kept(), body.command).toEqual(before)
  }
  for (const kind of [0, 1, 2, 3]) {
    for (const { hat } of Object.values(people)) {
      const verdict = checkUpdate(bench.shared, writing(kind), { hat, owns: () => true }, { kind: 'shared', stage: 'frozen', anyClosedUnit: false, unitFacts: () => ({ locked: false, agreed: false }) })
      expect(verdict.ok).toBe(false)
    }
  }
  const side = bench.sides.get(sideRoomOf(bench.draft, 'jp'))!
  const copy = newDoc()
  Y.applyUpdate(copy, Y.encodeStateAsUpdate(side))
  copy.clientID = writers += 1
  const update = updateOf(copy, () => void copy.getMap('amendments').set('x', new Y.Map()))
  expect(checkUpdate(side, update, { hat: japan.hat, owns: () => true }, { kind: 'side', delegation: 'jp', stage: 'frozen', anyClosedUnit: false, unitFacts: () => ({ locked: false, agreed: false }), shared: bench.shared }).ok).toBe(false)
  expect((await bench.run(chair, { command: 'ask-second', ask: true })).ok).toBe(false)
  // Nor does the one command that opens the draft again.
  const { version } = (await kept()) as { version: unknown }
  for (const who of Object.values(people) as Speaker[]) if (who !== chair) expect((await bench.run(who, { command: 'reopen-frozen', reason: 'x' })).ok).toBe(false)
  expect((await bench.run(chair, { command: 'reopen-frozen', reason: 'x' })).ok).toBe(true)
  expect(await bench.store.version(bench.draft, 1)).toEqual(version)
})
