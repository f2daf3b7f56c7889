/** What people in a negotiation do by command, each made from what stands on that person's own screen. */
import { isEmpty, readAmendments } from '../../shared/model/amendments.ts'
import { readReversals } from '../../shared/model/reversal.ts'
import { valueOf } from '../../shared/model/operations.ts'
import { closedUnits, readAmendmentState, readSponsors, readStage, readUnitState } from '../../shared/model/state.ts'
import { rangesInUnit, readThreads } from '../../shared/model/threads.ts'
import { outsidePair } from '../../shared/model/texts.ts'
import type { UnitView } from '../../shared/model/units.ts'
import { digestOfAmendment } from '../../shared/lifecycle/digests.ts'
import { digestOfText } from '../../shared/lifecycle/digests.ts'
import { readDraft } from '../../shared/model/reader.ts'
import { isThemeWord } from '../../shared/text/themes.ts'
import { isUndecided } from '../../shared/policy/types.ts'
import { flagSchema, positionSchema } from '../../shared/wire/commands.ts'
import type { Command } from '../../shared/wire/commands.ts'
import { addSource } from './library.ts'
import { anyKind, behind, on, one, onUnit, open, own, row, seen, seenUnit, standing, units } from './screens.ts'
import type { Deed, Row, Screen, Standing } from './screens.ts'

const dayMs = 86_400_000
const digestNow = ({ shared }: Screen): string => digestOfText(readDraft(shared, 'en'), 'en')

/** A text of a few paragraphs stays one. */
const mayBeWritten = (screen: Screen) => ({ about }: Standing): boolean =>
  (about.kind !== 'delete' && about.kind !== 'join') || units(screen).length > 5

function prepared({ random, shared, side }: Screen): { amendment: string; digest: string } | null {
  const ready = readAmendments(side).filter((view) => {
    const state = readAmendmentState(shared, view.id)
    return !view.dropped && !isEmpty(view) && (state === null || (isUndecided(state.status) && state.digest !== digestOfAmendment(view)))
  })
  const view = anyKind(random, ready)
  return view === undefined ? null : { amendment: view.id, digest: digestOfAmendment(view) }
}

const closed = (screen: Screen, also: (unit: string) => boolean): readonly UnitView[] => {
  const ids = new Set(closedUnits(screen.shared).filter(also))
  return units(screen).filter(({ id }) => ids.has(id))
}

const states = ['eu', 'jp', 'br', 'ngo'] as const

type Saying = Pick<Extract<Command, { command: 'position' }>, 'position' | 'to' | 'note'>

function saying({ random, words }: Screen, of: string): Saying {
  const to = random(2) === 0 ? 'all' : 'table'
  const note = random(2) === 0 ? '' : words({ kind: to === 'all' ? 'delegations' : 'table', of })
  return { position: random(6) === 0 ? null : one(random, positionSchema.options)!, to, note }
}

function aboutEither(screen: Screen): Extract<Command, { command: 'position' }>['about'] | null {
  const { random } = screen
  const view = one(random, open(screen))
  if (view !== undefined && random(2) === 0) return { kind: 'amendment', ...seen(view) }
  const unit = one(random, units(screen))
  return unit === undefined ? null : { kind: 'unit', ...seenUnit(unit) }
}

const onThread = (command: 'reply' | 'resolve-thread' | 'reopen-thread'): Deed => (screen) => {
  const apart = screen.circle === null && screen.random(3) === 0
  const thread = one(screen.random, readThreads(apart ? screen.side : screen.shared).filter(({ resolved }) => command === 'reply' || (resolved !== null) === (command === 'reopen-thread')))
  if (thread === undefined) return null
  return command === 'reply' ? { command, thread: thread.id, words: screen.words(apart ? 'side' : 'shared'), apart } : { command, thread: thread.id, apart }
}

const putForward: Deed = (screen) => {
  const ready = prepared(screen)
  return ready === null ? null : { command: 'put-forward', ...ready, ...(screen.circle === null ? {} : { circle: screen.circle }) }
}

/** Several decisions as one: some written, one merged into them, others bracketed, held or declined, and the paragraph agreed. */
function settle(screen: Screen): Command | null {
  const { random } = screen
  const unit = one(random, units(screen))
  const all = open(screen, mayBeWritten(screen)).filter(({ about }) => random(3) === 0 || about.target === unit?.id)
  if (unit === undefined) return null
  const lists = { incorporate: [] as Standing[], merge: [] as Standing[], bracket: [] as Standing[], hold: [] as Standing[], decline: [] as Standing[] }
  for (const view of all.slice(0, 5)) {
    const likely = one(random, ['incorporate', 'incorporate', 'merge', 'bracket', 'hold', 'decline'] as const)!
    lists[likely === 'merge' && lists.incorporate.length === 0 ? 'incorporate' : likely].push(view)
  }
  const agree = random(3) === 0
  // Of nothing there is no settlement.
  if (!agree && Object.values(lists).every((list) => list.length === 0)) return null
  return { command: 'settle', unit: seenUnit(unit), ...Object.fromEntries(Object.entries(lists).map(([name, list]) => [name, list.map(seen)])), agree, note: '' } as Command
}

const delegates = ['delegates'] as const
const table = ['table'] as const
const everyone = ['delegates', 'table', 'legal'] as const

export const deeds: readonly Row[] = [
  row('put-forward', 40, delegates, putForward),
  row('put-forward', 8, ['chair'], putForward),
  row('revise', 8, delegates, on((screen) => standing(screen, (view) => view.state.status !== 'incorporated' && own(screen)(view)), (screen, view) => ({ command: 'revise', ...seen(view), ...(screen.circle === null ? {} : { circle: screen.circle }) }))),
  row('prepare', 6, delegates, (screen) => {
    const { random } = screen
    const all = units(screen)
    const unit = random(all.length + 1)
    const found = screen.circle === null ? all[unit] : undefined
    if (found === undefined || found.atoms === '') return null
    const to = outsidePair(found.atoms, 1 + random(found.atoms.length))
    const remarks = random(2) === 0 ? [] : [{ unit, from: 0, to, words: screen.words('side') }]
    return { command: 'prepare', digest: digestNow(screen), changes: [{ kind: 'words', unit, note: null, edits: [{ from: 0, to, words: '' }] }], remarks }
  }),
  row('withdraw', 3, delegates, on((screen) => open(screen, (view) => view.state.proposer === screen.speaker.hat.delegation), (_, view) => ({ command: 'withdraw', ...seen(view) }))),
  row('leave', 20, delegates, on((screen) => open(screen, (view) => behind(view).length > 1 && own(screen)(view)), (_, view) => ({ command: 'leave', ...seen(view) }))),
  row('cosponsor', 14, ['negotiators'], on((screen) => open(screen, (view) => !own(screen)(view)), (_, view) => ({ command: 'cosponsor', ...seen(view) }))),
  row('consent', 12, delegates, on((screen) => open(screen, (view) => view.state.proposer === screen.speaker.hat.delegation && view.state.asking.length > 0), ({ random }, view) => ({ command: 'consent', ...seen(view), delegation: view.state.asking[0]!.delegation, agree: random(5) > 0 }))),
  row('take-up', 6, ['negotiators', 'chair'], on((screen) => open(screen, ({ state }) => state.needsState), (_, view) => ({ command: 'take-up', ...seen(view) }))),
  row('confirm-recorded', 14, delegates, on((screen) => open(screen, ({ state }) => state.asRecorded && state.proposer === screen.speaker.hat.delegation), (_, view) => ({ command: 'confirm-recorded', ...seen(view) }))),
  row('record-for', 6, table, (screen) => {
    const ready = prepared(screen)
    return ready === null ? null : { command: 'record-for', ...ready, delegation: readAmendmentState(screen.shared, ready.amendment)?.proposer ?? one(screen.random, states)! }
  }),
  row('correct-editorially', 8, ['legal'], (screen) => {
    const ready = prepared(screen)
    const view = ready === null ? undefined : readAmendments(screen.side).find(({ id }) => id === ready.amendment)
    return ready === null || ((view!.about.kind === 'delete' || view!.about.kind === 'join') && units(screen).length < 6) ? null : { command: 'correct-editorially', ...ready }
  }),
  row('position', 8, ['negotiators'], (screen) => {
    const about = aboutEither(screen)
    return about === null ? null : { command: 'position', about, ...saying(screen, screen.speaker.hat.delegation) }
  }),
  row('record-position', 4, table, (screen) => {
    const about = aboutEither(screen)
    const delegation = one(screen.random, states)!
    return about === null ? null : { command: 'record-position', about, ...saying(screen, delegation), delegation }
  }),
  row('open-positions', 8, ['chair'], () => ({ command: 'open-positions' })),
  row('close-positions', 30, ['chair'], () => ({ command: 'close-positions' })),
  row('review', 10, ['legal'], on(open, (screen, view) => screen.random(2) === 0
    ? { command: 'review', ...seen(view), verdict: 'cleared', note: '' }
    : { command: 'review', ...seen(view), verdict: 'flagged', flag: one(screen.random, flagSchema.options)!, note: screen.words({ kind: 'table', of: screen.speaker.hat.delegation }) })),
  row('release-flag', 8, ['legal', 'table'], on((screen) => open(screen, ({ id }) => screen.flagged.has(id)), (_, view) => ({ command: 'release-flag', ...seen(view) }))),
  row('start-thread', 4, everyone, (screen) => {
    const apart = screen.circle === null && screen.random(3) === 0
    const words = screen.words(apart ? 'side' : 'shared')
    const view = one(screen.random, standing(screen))
    if (!apart && view !== undefined && screen.random(2) === 0) return { command: 'start-thread', about: { kind: 'amendment', amendment: view.id }, ranges: [], words, apart }
    const unit = one(screen.random, units(screen))
    if (unit === undefined) return null
    const from = screen.random(unit.atoms.length + 1)
    const ranges = screen.random(3) === 0 ? [] : rangesInUnit(screen.shared, unit, from, Math.min(unit.atoms.length, from + 1 + screen.random(6)))
    return { command: 'start-thread', about: { kind: 'unit', unit: unit.id }, ranges: ranges.map(([first, last]) => [[...first], [...last]]), words, apart } as Command
  }),
  row('reply', 3, everyone, onThread('reply')),
  row('resolve-thread', 3, everyone, onThread('resolve-thread')),
  row('reopen-thread', 6, everyone, onThread('reopen-thread')),
  row('incorporate', 60, table, on((screen) => open(screen, mayBeWritten(screen)), (_, view) => ({ command: 'incorporate', ...seen(view) }))),
  row('not-reflected', 4, table, on(open, (_, view) => ({ command: 'not-reflected', ...seen(view), note: '' }))),
  row('keep-in-brackets', 5, table, on(open, (_, view) => ({ command: 'keep-in-brackets', ...seen(view) }))),
  row('settle', 12, table, settle),
  row('undo-decision', 10, table, ({ random, shared }) => {
    const known = readReversals(shared)
    const last = known[random(3) > 0 ? 0 : random(known.length)]
    return last === undefined ? null : { command: 'undo-decision', decision: last.decision }
  }),
  row('lift-bracket', 16, table, onUnit(({ random }, unit) => {
    const bracket = one(random, unit.brackets)
    return bracket === undefined ? null : { command: 'lift-bracket', ...seenUnit(unit), bracket: bracket.id }
  }, (screen) => units(screen).filter(({ brackets }) => brackets.length > 0))),
  row('agree', 8, ['chair'], onUnit((_, unit) => ({ command: 'agree', ...seenUnit(unit) }))),
  row('reopen-unit', 24, ['chair'], onUnit((_, unit) => ({ command: 'reopen-unit', ...seenUnit(unit), reason: '' }), (screen) => closed(screen, (id) => readUnitState(screen.shared, id).agreed !== null))),
  row('keep-version', 14, table, (screen) => ({ command: 'keep-version', kind: one(screen.random, ['zero', 'text'] as const)!, name: '', symbol: '', digest: digestNow(screen) })),
  row('keep-issued', 2, table, () => ({ command: 'keep-issued', kind: 'issued', name: '', symbol: 'A/C.3/81/L.1', source: 'On cooperation\n\nThe General Assembly,\n\n1. Decides to meet.\n' })),
  row('add-source', 4, everyone, ({ random }) => addSource(`Source ${random(6)}`)),
  row('remove-source', 8, everyone, ({ random }) => ({ command: 'remove-source', source: 1 + random(4), reason: random(2) === 0 ? '' : 'By mistake.' })),
  row('leave-out-source', 5, everyone, ({ random, words }) => ({ command: 'leave-out-source', source: 1 + random(3), paragraph: random(4), reason: words('shared') })),
  row('name-themes', 40, ['chair'], ({ random, words }) => ({ command: 'name-themes', themes: [{ theme: random(4) > 0 ? null : 1, name: `Theme ${random(5)}`, words: words('shared').split(' ').filter(isThemeWord).slice(0, 3) }] })),
  row('remove-theme', 20, ['chair'], ({ random }) => ({ command: 'remove-theme', theme: 1 + random(3) })),
  row('tag-theme', 8, everyone, (screen) => {
    const published = readAmendments(screen.shared)
    const [unit, amendment] = [one(screen.random, units(screen)), one(screen.random, published)]
    const about = screen.random(3) === 0 && amendment !== undefined ? { kind: 'amendment' as const, amendment: amendment.id } : unit === undefined ? null : { kind: 'unit' as const, unit: unit.id }
    return about === null ? null : { command: 'tag-theme', about, theme: 1 + screen.random(2), carries: one(screen.random, [true, false, null]) ?? null }
  }),
  row('name-authors', 12, table, ({ random, words }) => ({ command: 'name-authors', authors: [{ name: words({ kind: 'table', of: 'office' }), role: random(2) === 0 ? { kind: 'out' } : { kind: 'delegation', delegation: one(random, states)! } }] })),
  row('restore-version', 40, ['chair'], (screen) => ({ command: 'restore-version', version: 1 + screen.random(2), digest: digestNow(screen), reason: 'It was better before.' })),
  row('issue-revision', 3, ['chair'], (screen) => {
    const all = open(screen)
    const written = all.filter((view) => mayBeWritten(screen)(view) && !view.state.needsState && screen.random(3) === 0).slice(0, 2)
    const common = { command: 'issue-revision', name: '', symbol: '', digest: digestNow(screen), leave: all.filter((view) => !written.includes(view)).map(seen), note: '' } as const
    if (screen.random(2) === 0) return { ...common, incorporate: written.map(seen) }
    const value = valueOf(readDraft(screen.shared, 'en'), 'en')
    // Whole paragraphs: where a word is changed it is written anew, and is the chair's (rewrite.test.ts changes words).
    const gone = screen.random(value.units.length)
    const units = value.units.length < 4 ? value.units : value.units.filter((_, at) => at !== gone)
    return { ...common, incorporate: [], reflect: written.map(seen), text: { ...value, units: [...units, { kind: 'op', words: screen.words('shared'), notes: [], children: [] }] } }
  }),
  row('put-forward-again', 120, delegates, on((screen) => standing(screen, (view) => view.state.status === 'not-reflected' && view.state.decision?.notIn !== undefined && own(screen)(view)), (_, view) => ({ command: 'put-forward-again', ...seen(view) }))),
  row('sponsor', 5, ['negotiators'], ({ random }) => ({ command: 'sponsor', as: random(2) === 0 ? 'main' : 'co' })),
  row('unsponsor', 10, ['negotiators'], ({ shared, speaker: { hat } }) => (readSponsors(shared).some(({ delegation }) => delegation === hat.delegation) ? { command: 'unsponsor' } : null)),
  row('sponsors-deadline', 8, ['chair'], ({ random, nowMs }) => ({ command: 'sponsors-deadline', untilMs: random(2) === 0 ? null : nowMs + 300 * dayMs })),
  // While the text is open to everybody: whoever writes in a paragraph at that moment would rightly be refused.
  row('lock', 6, ['chair'], onUnit(({ shared }, unit) => (readStage(shared).stage === 'drafting' ? null : { command: 'lock', unit: unit.id }))),
  row('unlock', 30, ['chair'], onUnit((_, unit) => ({ command: 'unlock', unit: unit.id }), (screen) => closed(screen, (id) => readUnitState(screen.shared, id).locked))),
]
