/** Where a draft is on its way, and what is missing to go on, in words. */
import { aheadOf } from '../../shared/lifecycle/stages.ts'
import type { StageFacts, Station } from '../../shared/lifecycle/stages.ts'
import type { SilenceState } from '../../shared/model/silence.ts'
import type { ErrorCode } from '../../shared/wire/errors.ts'
import { message } from '../messages/index.ts'
import { leftOf } from './moments.ts'

export const stationName = ({ kind, reading }: Pick<Station, 'kind' | 'reading'>): string => message(`way-${kind}`, { reading })

const readingsShownMax = 3

/** Of many readings the last ones, and before them how many there were. */
export function shownStations(way: readonly Station[]): { readonly stations: readonly Station[]; readonly hidden: number } {
  const readings = way.filter(({ kind }) => kind === 'reading')
  const hidden = Math.max(0, readings.length - readingsShownMax)
  return { stations: way.filter((one) => one.kind !== 'reading' || one.reading > hidden), hidden }
}

export function leftWords(ms: number): string {
  const left = leftOf(ms)
  if (ms <= 0) return message('left-none')
  if (left.days > 0) return message('left-days', left)
  return left.hours > 0 ? message('left-hours', left) : message('left-minutes', left)
}

const missingWord = (code: ErrorCode, facts: StageFacts): string => message(`missing-${code}`, { open: facts.open, flagged: facts.flagged })

export interface Names {
  /** Of a paragraph, by its id. */
  readonly nameOf: (unit: string) => string
  readonly nameOfVersion: (number: number) => string
}

/** What is missing to come to the next stage, or that nothing is. */
export function nextWords(facts: StageFacts, names: Names): string {
  const { stage, silence, isReady } = facts
  if (stage === 'frozen') return ''
  if (stage === 'silence' && silence !== null && silence.ended === null) return silenceWords(silence, names)
  if (isReady && facts.open === 0) return message('next-ready')
  if (stage === 'drafting') return facts.paragraphs === 0 ? message('next-write') : message('next-open')
  const missing = aheadOf(facts).find(({ name }) => name === 'freeze')?.missing ?? []
  return message('next-freeze', { missing: listed(missing.map((code) => missingWord(code, facts))) })
}

/** Of the paragraphs that silence is on the first few are named. */
const paragraphsNamedMax = 5

function silenceWords({ objections, units, version }: SilenceState, { nameOf, nameOfVersion }: Names): string {
  if (objections.length > 0) return message('next-silence-broken', { count: objections.length })
  if (units === null) return version === null ? message('next-silence') : message('next-silence-version', { version: nameOfVersion(version) })
  const more = units.length - paragraphsNamedMax
  return message('next-silence-part', { paragraphs: listed([...units.slice(0, paragraphsNamedMax).map(nameOf), ...(more > 0 ? [message('next-silence-more', { count: more })] : [])]) })
}

const listed = (words: readonly string[]): string => new Intl.ListFormat('en', { type: 'conjunction' }).format(words)
