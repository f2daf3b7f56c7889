/** Silence procedures, as the server writes them into the shared document: one after the other, each kept. */
import type * as Y from 'yjs'
import { topic } from './state.ts'

/** A delegation breaks silence: on which paragraphs, and why. */
export interface Objection {
  readonly delegation: string
  readonly units: readonly string[]
  readonly reason: string
  readonly atMs: number
  /** Entered by the chair's table for a delegation that has not entered one itself. */
  readonly asRecorded: boolean
}

/** `called-off`: by the chair, before or after its deadline. */
export type SilenceEnd = 'unbroken' | 'broken' | 'called-off'

export interface SilenceState {
  /** From 1, in this draft. */
  readonly number: number
  /** The paragraphs that it is about; null: the text as a whole. */
  readonly units: readonly string[] | null
  /** Of the text, or of these paragraphs, as they read when it began (see lifecycle/stages). */
  readonly digest: string
  /** The version whose text this is, where it was kept; null where it was not, and of some paragraphs. */
  readonly version: number | null
  readonly startedAtMs: number
  /** The deadline. */
  readonly untilMs: number
  /** One a delegation: the last that it said. */
  readonly objections: readonly Objection[]
  /** Null while it runs. */
  readonly ended: { readonly how: SilenceEnd; readonly atMs: number } | null
}

export const stateOfSilence = (number: number): string => `silence:${number}`

/** In the order in which they were begun. */
export const readSilences = (doc: Y.Doc): SilenceState[] =>
  topic<SilenceState>(doc, 'silence').sort((left, right) => left.number - right.number)

export const lastSilence = (doc: Y.Doc): SilenceState | null => readSilences(doc).at(-1) ?? null

/** The one that runs: there is at most one, the last. */
export function silenceRunningIn(silences: readonly SilenceState[]): SilenceState | null {
  const last = silences.at(-1) ?? null
  return last !== null && last.ended === null ? last : null
}

export const silenceRunning = (doc: Y.Doc): SilenceState | null => silenceRunningIn(readSilences(doc))
