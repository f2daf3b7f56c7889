/** What somebody in a negotiation sees when they decide: their own copies, and what the page says beside them. */
import type * as Y from 'yjs'
import type { Speaker } from '../../server/sync/service.ts'
import { readAmendments } from '../../shared/model/amendments.ts'
import type { AmendmentView } from '../../shared/model/amendments.ts'
import { readDraft } from '../../shared/model/reader.ts'
import { readAmendmentState } from '../../shared/model/state.ts'
import type { AmendmentState } from '../../shared/model/state.ts'
import type { UnitView } from '../../shared/model/units.ts'
import { digestOfUnit } from '../../shared/lifecycle/digests.ts'
import { isUndecided } from '../../shared/policy/types.ts'
import type { Hat } from '../../shared/policy/types.ts'
import type { Command, CommandName } from '../../shared/wire/commands.ts'
import type { Random } from './random.ts'

export interface Screen {
  readonly random: Random
  readonly speaker: Speaker
  readonly shared: Y.Doc
  readonly side: Y.Doc
  /** Where the side document is a circle's. */
  readonly circle: string | null
  /** New words that nobody else writes, which are for those alone whom `home` names until they are put forward. */
  readonly words: (home: 'shared' | 'side' | { readonly kind: 'table' | 'delegations'; readonly of: string }) => string
  /** Others, as the list of members has them. */
  readonly people: readonly Person[]
  /** That were made and that nobody has opened. */
  readonly links: readonly string[]
  /** Amendments under a flag, as the chair's table and the legal officers read in the record. */
  readonly flagged: ReadonlySet<string>
  /** As the server tells the time. */
  readonly nowMs: number
}

export interface Person {
  readonly hatId: string
  readonly person: string
  readonly hat: Hat
}

/** `table`: the chair and the secretary; `negotiators`: States and groups. */
export type Who = 'delegates' | 'negotiators' | 'table' | 'chair' | 'legal'
export type Deed = (screen: Screen) => Command | null

export interface Row {
  readonly command: CommandName
  readonly who: readonly Who[]
  readonly weight: number
  readonly deed: Deed
}

export const row = (command: CommandName, weight: number, who: readonly Who[], deed: Deed): Row => ({ command, who, weight, deed })

export function isAmong(who: readonly Who[], { role, kind }: Hat): boolean {
  if (role === 'legal') return who.includes('legal')
  if (role === 'chair') return who.includes('chair') || who.includes('table')
  if (role === 'secretary') return who.includes('table')
  return role === 'delegate' && (who.includes('delegates') || (who.includes('negotiators') && (kind === 'state' || kind === 'group')))
}

export const one = <T>(random: Random, from: readonly T[]): T | undefined => from[random(from.length)]

/** One of them, each kind as likely as another. */
export function anyKind<T extends { readonly about: AmendmentView['about'] }>(random: Random, from: readonly T[]): T | undefined {
  const kind = one(random, [...new Set(from.map(({ about }) => about.kind))])
  return one(random, from.filter(({ about }) => about.kind === kind))
}

export interface Standing extends AmendmentView {
  readonly state: AmendmentState
}

export const standing = ({ shared }: Screen, also: (one: Standing) => boolean = () => true): Standing[] =>
  readAmendments(shared).flatMap((view) => {
    const state = readAmendmentState(shared, view.id)
    return state !== null && also({ ...view, state }) ? [{ ...view, state }] : []
  })

export const open = (screen: Screen, also: (one: Standing) => boolean = () => true): Standing[] =>
  standing(screen, (view) => isUndecided(view.state.status) && also(view))

export const seen = ({ id, state }: Standing): { amendment: string; digest: string } => ({ amendment: id, digest: state.digest })
export const seenUnit = (unit: UnitView): { unit: string; digest: string } => ({ unit: unit.id, digest: digestOfUnit(unit) })

export const units = ({ shared }: Screen): readonly UnitView[] => readDraft(shared, 'en').units
export const behind = ({ state }: Standing): string[] => [state.proposer, ...state.sponsors.map(({ delegation }) => delegation)]
export const own = (screen: Screen) => (view: Standing): boolean => behind(view).includes(screen.speaker.hat.delegation)

/** On one of those amendments, if there are any. */
export const on = (from: (screen: Screen) => Standing[], make: (screen: Screen, found: Standing) => Command | null): Deed => (screen) => {
  const found = anyKind(screen.random, from(screen))
  return found === undefined ? null : make(screen, found)
}

export const onUnit = (make: (screen: Screen, unit: UnitView) => Command | null, from: (screen: Screen) => readonly UnitView[] = units): Deed => (screen) => {
  const unit = one(screen.random, from(screen))
  return unit === undefined ? null : make(screen, unit)
}
