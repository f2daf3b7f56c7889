/** What amendments of each kind are about: the forms of `about` and `place`, and what else of an amendment each kind uses. */
import { bracketVerbs, isId } from './layout.ts'
import type { About, AmendmentKind } from './layout.ts'
import { isAnchor } from './texts.ts'
import { unitKinds } from './value.ts'
import type { UnitKind } from './value.ts'

type Form<K extends AmendmentKind> = { readonly [P in Exclude<keyof Extract<About, { kind: K }>, 'kind'>]: (value: unknown) => boolean }

const isIdOrNone = (value: unknown): boolean => value === '' || isId(value)
const isUnitKind = (value: unknown): boolean => unitKinds.some((known) => known === value)
const isBoolean = (value: unknown): boolean => typeof value === 'boolean'

const forms: { readonly [K in AmendmentKind]: Form<K> } = {
  modify: { target: isId },
  delete: { target: isId },
  replace: { target: isId },
  insert: { target: isIdOrNone, unitKind: isUnitKind, inside: isBoolean },
  placeholder: { target: isIdOrNone, unitKind: isUnitKind, inside: isBoolean },
  move: { target: isId, parent: isIdOrNone, after: isIdOrNone },
  split: { target: isId, at: isAnchor },
  join: { target: isId, with: isId },
  bracket: { target: isId, verb: (value) => bracketVerbs.some((known) => known === value) },
  note: { target: isId, at: isAnchor },
}

export const amendmentKinds = Object.keys(forms) as readonly AmendmentKind[]

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> => typeof value === 'object' && value !== null && !Array.isArray(value)

function fits(form: Readonly<Record<string, (value: unknown) => boolean>>, value: Readonly<Record<string, unknown>>, others: number): boolean {
  const keys = Object.keys(form)
  return Object.keys(value).length === keys.length + others && keys.every((key) => form[key]!(value[key]))
}

export function isAbout(value: unknown): value is About {
  if (!isRecord(value)) return false
  const kind = amendmentKinds.find((known) => known === value['kind'])
  if (kind === undefined || !fits(forms[kind], value, 1)) return false
  // Nothing goes after, beneath or onto itself.
  return [value['parent'], value['after'], value['with']].every((id) => id !== value['target'])
}

/** Where an insertion or a placeholder goes, or where a move does. */
export type PlaceOfAmendment = { readonly target: string; readonly inside: boolean } | { readonly parent: string; readonly after: string }

const { target, inside } = forms.insert
const { parent, after } = forms.move

export const isPlace = (value: unknown): value is PlaceOfAmendment =>
  isRecord(value) && (fits({ target, inside }, value, 0) || fits({ parent, after }, value, 0))

/** What `place` says of an amendment when it is begun; null for the kinds that stay where they are. */
export function firstPlace(about: About): PlaceOfAmendment | null {
  switch (about.kind) {
    case 'insert':
    case 'placeholder':
      return { target: about.target, inside: about.inside }
    case 'move':
      return { parent: about.parent, after: about.after }
    case 'modify':
    case 'delete':
    case 'replace':
    case 'split':
    case 'join':
    case 'bracket':
    case 'note':
      return null
  }
}

/** `about` with the place that was written since; a place that does not fit it counts for nothing. */
export function aboutAt(about: About, place: unknown): About {
  const own = firstPlace(about)
  if (own === null || !isPlace(place) || 'parent' in own !== 'parent' in place) return about
  const moved: unknown = { ...about, ...place }
  return isAbout(moved) ? moved : about
}

/** The ids that it names, without those that say "none". */
export function idsIn(named: About | PlaceOfAmendment): string[] {
  const { target: on, parent: under, after: behind, with: second } = named as Readonly<Record<string, unknown>>
  return [on, under, behind, second].filter((id): id is string => typeof id === 'string' && id !== '')
}

export interface Uses {
  readonly hunks: boolean
  readonly cuts: boolean
  /** Whether it shows on the page before it has a word or a cut: then undo takes it off again. */
  readonly taken: boolean
  /** Whether it is about a unit as a whole: nothing of it is left when that is joined to another. */
  readonly whole: boolean
}

export const usesOf: Readonly<Record<AmendmentKind, Uses>> = {
  modify: { hunks: true, cuts: true, taken: false, whole: false },
  delete: { hunks: false, cuts: false, taken: true, whole: true },
  replace: { hunks: false, cuts: false, taken: false, whole: true },
  insert: { hunks: false, cuts: false, taken: false, whole: false },
  placeholder: { hunks: false, cuts: false, taken: true, whole: false },
  move: { hunks: false, cuts: false, taken: true, whole: true },
  split: { hunks: false, cuts: false, taken: true, whole: false },
  join: { hunks: false, cuts: false, taken: true, whole: true },
  bracket: { hunks: false, cuts: true, taken: false, whole: false },
  note: { hunks: false, cuts: false, taken: true, whole: false },
}

/** What comes behind a heading when one is parted from its words. */
export const kindBehind: Partial<Record<UnitKind, UnitKind>> = { organ: 'pp', heading: 'op', annex: 'para' }

const nestable: ReadonlySet<string> = new Set(['pp', 'op', 'sub', 'para'])

export const isNestable = (kind: string): boolean => nestable.has(kind)

/** What a new or moved unit is where it comes to stand: beneath another a sub-paragraph, at the top level what stands beside it. */
export function kindAt(kind: UnitKind, nested: boolean, beside: readonly (UnitKind | undefined)[]): UnitKind {
  if (!nestable.has(kind)) return kind
  if (nested) return 'sub'
  const paragraphs = beside.filter((other): other is UnitKind => other !== undefined && other !== 'sub' && nestable.has(other))
  if (paragraphs.includes(kind)) return kind
  return paragraphs[0] ?? (kind === 'sub' ? 'op' : kind)
}

/** What was chosen for a new paragraph, unless it comes beneath another, or is a sub-paragraph that does not. */
export const insertedKind = (kind: UnitKind, nested: boolean, beside: UnitKind | undefined): UnitKind =>
  nested || kind === 'sub' ? kindAt(kind, nested, [beside]) : kind
