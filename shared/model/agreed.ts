/** What is agreed together, what delegations ask to have reopened, and which paragraphs stand under a heading. Total reading. */
import type * as Y from 'yjs'
import { stateOf } from './layout.ts'
import { topic } from './state.ts'
import type { DraftView } from './units.ts'

/** Paragraphs and proposals that are agreed together or not at all. */
export interface PackageState {
  readonly id: string
  readonly name: string
  /** Those that its proposals were written into too, once it has been agreed. */
  readonly units: readonly string[]
  readonly amendments: readonly string[]
  readonly atMs: number
  readonly agreed: { readonly atMs: number } | null
}

/** A delegation asks that a paragraph which is agreed ad ref be reopened. */
export interface RequestState {
  readonly id: string
  readonly unit: string
  readonly delegation: string
  readonly reason: string
  readonly atMs: number
  readonly answer: { readonly reopened: boolean; readonly note: string; readonly atMs: number } | null
}

export const stateOfPackage = (id: string): string => `package:${id}`
export const stateOfRequest = (id: string): string => `request:${id}`

/** Oldest first. */
export const readPackages = (doc: Y.Doc): PackageState[] => topic<PackageState>(doc, 'package').sort((left, right) => left.atMs - right.atMs)
export const readRequests = (doc: Y.Doc): RequestState[] => topic<RequestState>(doc, 'request').sort((left, right) => left.atMs - right.atMs)

export const readPackage = (doc: Y.Doc, id: string): PackageState | null => (stateOf(doc).get(stateOfPackage(id)) as PackageState | undefined) ?? null
export const readRequest = (doc: Y.Doc, id: string): RequestState | null => (stateOf(doc).get(stateOfRequest(id)) as RequestState | undefined) ?? null

export const packageOfUnit = (packages: readonly PackageState[], unit: string): PackageState | null =>
  packages.find((one) => one.units.includes(unit)) ?? null
export const packageOfAmendment = (packages: readonly PackageState[], amendment: string): PackageState | null =>
  packages.find((one) => one.amendments.includes(amendment)) ?? null

/**
 * What stands under a heading: up to the next heading, annex or part. Under any other paragraph its sub-paragraphs; null is
 * the whole text. The paragraph itself is among them.
 */
export function unitsUnder(view: DraftView, head: string | null): string[] {
  const ids = view.units.map(({ id }) => id)
  if (head === null) return ids
  const at = view.units.findIndex(({ id }) => id === head)
  const unit = view.units[at]
  if (unit === undefined) return []
  const isEnd = unit.kind === 'heading' ? (kind: string) => ends.has(kind) : unit.kind === 'annex' ? (kind: string) => kind === 'annex' || kind === 'closing' : null
  if (isEnd === null) return [unit.id, ...(view.children.get(unit.id) ?? []).flatMap((child) => unitsUnder(view, child.id))]
  const length = view.units.slice(at + 1).findIndex(({ kind }) => isEnd(kind))
  return ids.slice(at, length === -1 ? undefined : at + 1 + length)
}

const ends: ReadonlySet<string> = new Set(['heading', 'annex', 'organ', 'closing'])
