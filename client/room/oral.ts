/** Oral revisions as the page has them: those of the frozen text, and what is being prepared on this device. */
import type { IdentifiedText } from '../../shared/lifecycle/oral-texts.ts'
import type { Facts } from '../../shared/policy/types.ts'
import { certifiedIn, foldOral, oralOf, waitingIn } from '../../shared/record/oral.ts'
import type { OralRevision } from '../../shared/record/oral.ts'
import { foldSponsoring, isSponsorNow } from '../../shared/record/sponsoring.ts'
import { comparedOfValue } from '../../shared/text/compare.ts'
import type { ComparedUnit } from '../../shared/text/compare.ts'
import { isOralChange } from '../../shared/text/oral-revision.ts'
import type { OralChange } from '../../shared/text/oral-revision.ts'
import type { JsonValue } from '../../shared/wire/json.ts'
import { factsOnRoom } from './facts.ts'
import type { RoomSession } from './session.ts'

export const comparedText = ({ value, ids }: IdentifiedText): ComparedUnit[] => comparedOfValue(value, ids)

/** Of the frozen version that stands; none where the text is open again. */
export function oralRevisionsOf(record: readonly { readonly seq: number; readonly atMs: number; readonly kind: string; readonly body: JsonValue }[], version: number | undefined): { readonly all: readonly OralRevision[]; readonly certified: readonly OralRevision[]; readonly waiting: OralRevision | null } {
  const all = oralOf(foldOral(record), version)
  return { all, certified: certifiedIn(all), waiting: waitingIn(all) }
}

/** What is prepared and not announced: the changes with their sentences, and the text that they are about. */
export interface OralDesk {
  readonly digest: string
  readonly changes: readonly OralChange[]
  readonly sentences: readonly string[]
  /** What stands in the form: its fields by name. */
  readonly form: Readonly<Record<string, string>>
}

export const emptyDesk = (digest: string): OralDesk => ({ digest, changes: [], sentences: [], form: {} })

type Keep = Pick<Storage, 'getItem' | 'setItem' | 'removeItem'>

const keyOf = (draft: string, hatId: string): string => `omnibus-oral:${draft}:${hatId}`

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> => typeof value === 'object' && value !== null && !Array.isArray(value)
const strings = (value: unknown): string[] => (Array.isArray(value) ? value.filter((one) => typeof one === 'string') : [])

/** As this device kept it; null for nothing, or nothing that can be read. */
export function keptDesk(keep: Keep, draft: string, hatId: string): OralDesk | null {
  try {
    const kept: unknown = JSON.parse(keep.getItem(keyOf(draft, hatId)) ?? 'null')
    if (!isRecord(kept) || typeof kept['digest'] !== 'string') return null
    const { changes, form } = kept
    const known = Array.isArray(changes) ? changes.filter(isOralChange) : []
    const fields = isRecord(form) ? Object.entries(form).filter((one): one is [string, string] => typeof one[1] === 'string') : []
    return { digest: kept['digest'], changes: known, sentences: strings(kept['sentences']), form: Object.fromEntries(fields) }
  } catch {
    return null
  }
}

export function keepDesk(keep: Keep, draft: string, hatId: string, desk: OralDesk): void {
  try {
    if (desk.changes.length === 0 && Object.values(desk.form).every((words) => words === '')) keep.removeItem(keyOf(draft, hatId))
    else keep.setItem(keyOf(draft, hatId), JSON.stringify(desk))
  } catch {
    // A device that keeps nothing: it stays on the page.
  }
}

/** Who can be its author: the sponsors of now. */
export function sponsorsNow(session: RoomSession): string[] {
  const sponsoring = foldSponsoring(session.record.value)
  const signed = new Set(session.view.value.sponsors.map(({ delegation }) => delegation))
  return [...new Set([...signed, ...sponsoring.additional.keys()])].filter((one) => isSponsorNow(sponsoring, one, signed.has(one), true))
}

export const oralFacts = (session: RoomSession, author: string, certified: boolean): Facts =>
  ({ ...factsOnRoom(session.standing.value), oral: { author, sponsors: sponsorsNow(session).includes(author), certified } })
