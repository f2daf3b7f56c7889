/**
 * The way of a draft: drafting, negotiation in readings, silence, frozen. The table of transitions says who goes where;
 * here is what must hold first, asked by the commands before they write and by the page to say what is missing.
 */
import type * as Y from 'yjs'
import { readAmendments } from '../model/amendments.ts'
import { lastSilence } from '../model/silence.ts'
import type { SilenceState } from '../model/silence.ts'
import { readAmendmentState, readConfirmation, readStage } from '../model/state.ts'
import type { DraftView } from '../model/units.ts'
import { transitions } from '../policy/transitions.ts'
import type { TransitionName } from '../policy/transitions.ts'
import { isUndecided } from '../policy/types.ts'
import type { Stage } from '../policy/types.ts'
import type { ErrorCode } from '../wire/errors.ts'
import { limits } from '../wire/limits.ts'
import { digestOf, digestOfText, digestOfUnit } from './digests.ts'

export { transitions } from '../policy/transitions.ts'
export type { Transition, TransitionName } from '../policy/transitions.ts'

/** What the conditions are asked of. */
export interface StageFacts {
  readonly stage: Stage
  readonly reading: number
  readonly paragraphs: number
  /** Proposals that are not decided; and those of them that are under a legal flag, as far as the asker may know. */
  readonly open: number
  readonly flagged: number
  readonly silence: SilenceState | null
  /** Silence on the text as a whole has passed unbroken, and nothing has come after it. */
  readonly isReady: boolean
  /** The chair has asked for a second person to confirm what will be frozen, and nobody has confirmed this text. */
  readonly isSecondMissing: boolean
}

export interface Wish {
  readonly reason?: string | undefined
  /** Open proposals are to be closed as not reflected. */
  readonly closeOpen?: boolean
}

type Need = (facts: StageFacts, wish: Wish) => ErrorCode | null

const text: Need = ({ paragraphs }) => (paragraphs > 0 ? null : 'no-text')
const furtherReading: Need = ({ reading }) => (reading < limits.readingsMax ? null : 'wrong-stage')
const earlierReading: Need = ({ reading }) => (reading > 1 ? null : 'first-reading')
const noSilenceRuns: Need = ({ stage, silence }) => (stage === 'silence' && silence !== null && silence.ended === null ? 'silence-runs' : null)
const decided: Need = ({ open }, { closeOpen = false }) => (open === 0 || closeOpen ? null : 'open-amendments')
const flagsAnswered: Need = ({ flagged }, { reason = '' }) => (flagged === 0 || reason !== '' ? null : 'flagged')
const silenceKept: Need = ({ isReady }, { reason = '' }) => (isReady || reason !== '' ? null : 'needs-silence')
const confirmed: Need = ({ isSecondMissing }) => (isSecondMissing ? 'needs-second' : null)

/** What must hold first, in the order in which it is asked. */
const needs: Readonly<Record<TransitionName, readonly Need[]>> = {
  'open-negotiation': [],
  'next-reading': [furtherReading],
  'former-reading': [earlierReading],
  'start-silence': [text],
  'silence-ended': [],
  'end-silence': [],
  'reopen-drafting': [],
  'freeze': [noSilenceRuns, decided, flagsAnswered, silenceKept, confirmed],
  'reopen-frozen': [],
}

/** Null when nothing is missing; else the first thing that is. */
export function missingFor(name: TransitionName, facts: StageFacts, wish: Wish = {}): ErrorCode | null {
  for (const need of needs[name]) {
    const code = need(facts, wish)
    if (code !== null) return code
  }
  return null
}

/** Where one can go from here without going back, and all that is missing for it. */
export function aheadOf(facts: StageFacts): { readonly name: TransitionName; readonly missing: readonly ErrorCode[] }[] {
  const forward = ['open-negotiation', 'next-reading', 'start-silence', 'freeze'] as const
  return forward
    .filter((name) => transitions[name].from.includes(facts.stage))
    .map((name) => ({ name, missing: needs[name].map((need) => need(facts, {})).filter((code) => code !== null) }))
}

/** Names some paragraphs of it together; one that is gone has no words. */
export const digestOfUnits = (view: DraftView, units: readonly string[]): string =>
  digestOf(units.map((id) => {
    const unit = view.byId.get(id)
    return { id, digest: unit === undefined ? null : digestOfUnit(unit) }
  }))

/** Names a package: its paragraphs as they read, its proposals as they are worded. */
export const digestOfPackageIn = (view: DraftView, units: readonly string[], wordings: readonly string[]): string =>
  digestOf([digestOfUnits(view, units), ...wordings])

export const digestUnderSilence = (view: DraftView, language: string, units: readonly string[] | null): string =>
  units === null ? digestOfText(view, language) : digestOfUnits(view, units)

/** Silence on the whole text has passed unbroken, nobody has gone back since, and not a letter has changed. */
function isReady(view: DraftView, stage: Stage, language: string, silence: SilenceState | null): boolean {
  return stage === 'silence' && silence?.ended?.how === 'unbroken' && silence.units === null && silence.digest === digestOfText(view, language)
}

/** `flagged`: amendments under a flag, which are in no document. */
export function stageFactsOf(doc: Y.Doc, view: DraftView, flagged: ReadonlySet<string>): StageFacts {
  const { stage, reading, language, secondAsked } = readStage(doc)
  const silence = lastSilence(doc)
  const open = readAmendments(doc).map(({ id }) => id).filter((id) => {
    const state = readAmendmentState(doc, id)
    return state !== null && isUndecided(state.status)
  })
  return {
    stage, reading, silence,
    paragraphs: view.units.length,
    open: open.length,
    flagged: open.filter((id) => flagged.has(id)).length,
    isReady: isReady(view, stage, language, silence),
    isSecondMissing: secondAsked === true && readConfirmation(doc)?.text !== digestOfText(view, language),
  }
}

/** One station of the way. */
export interface Station {
  readonly kind: 'drafting' | 'reading' | 'silence' | 'frozen'
  /** Of a reading. */
  readonly reading: number
  readonly is: 'done' | 'now' | 'ahead'
}

/** The readings that were, and at least the first; then what is ahead. A text that was frozen without silence has not been through it. */
export function wayOf({ stage, reading, silence }: Pick<StageFacts, 'stage' | 'reading' | 'silence'>): Station[] {
  const wasSilent = stage !== 'frozen' || (silence?.units === null && silence.ended?.how === 'unbroken')
  const kinds = [
    { kind: 'drafting' as const, reading: 0 },
    ...Array.from({ length: Math.max(1, reading) }, (_, index) => ({ kind: 'reading' as const, reading: index + 1 })),
    ...(wasSilent ? [{ kind: 'silence' as const, reading: 0 }] : []),
    { kind: 'frozen' as const, reading: 0 },
  ]
  const at = stage === 'drafting' ? 0 : stage === 'negotiation' ? Math.max(1, reading) : stage === 'silence' ? kinds.length - 2 : kinds.length - 1
  return kinds.map((one, index) => ({ ...one, is: index < at ? 'done' : index === at ? 'now' : 'ahead' }))
}
