/**
 * Who wrote what. A letter is known by the id it was written under; where words were copied (put forward, incorporated,
 * brought back by undo) lineage leads from the copy to what it was copied from, and from there to the source of the library
 * that the words were taken from, if they were. Pure: from logs to origins.
 */
import { limits } from '../wire/limits.ts'
import type { SourcePlace, Taking } from './taking.ts'

/** Letters by identity. */
export type LetterRun = readonly [client: number, clock: number, length: number]

export interface Copy {
  readonly to: LetterRun
  readonly document: string
  readonly from: LetterRun
}

export interface Writer {
  readonly delegation: string
  readonly person: string
}

/** From this clock on an id's letters came at this time; `imported` in a text that was brought in. */
export interface Arrival {
  readonly clock: number
  readonly atMs: number
  readonly imported: boolean
  /** Whose decision wrote them; null where the id says who. */
  readonly by: Writer | null
}

/** What the log of one document and its leases say of its letters. Lists are in order of clock. */
export interface LetterLog {
  readonly copies: ReadonlyMap<number, readonly Copy[]>
  readonly takings: ReadonlyMap<number, readonly Taking[]>
  readonly arrivals: ReadonlyMap<number, readonly Arrival[]>
  readonly writers: ReadonlyMap<number, Writer>
}

export interface AuthorSources {
  readonly draft: string
  /** Null for a document that nothing was copied from. */
  readonly log: (document: string) => LetterLog | null
  /** The published amendment in whose words a letter of the draft lies, or null. */
  readonly amendmentOf: (client: number, clock: number) => string | null
}

export interface Origin {
  readonly run: LetterRun
  readonly imported: boolean
  /** Whoever typed it; null where nobody is known to have. */
  readonly writer: Writer | null
  /** The amendments that it came through: the one that brought it first, then those that one was made from. */
  readonly amendments: readonly string[]
  /** When it was typed or brought in; null for what was typed in a side document. */
  readonly atMs: number | null
  /** Where in the library it was taken from; null for what was written here. */
  readonly source: SourcePlace | null
}

/** Where letters stand on their way back, and which of the asked ones they are. */
interface Step {
  readonly asked: LetterRun
  readonly document: string
  readonly client: number
  readonly clock: number
  readonly amendments: readonly string[]
  readonly hops: number
}

/** The origins of a run of the draft's letters, in its order. */
export function originsOf(sources: AuthorSources, [client, clock, length]: LetterRun): Origin[] {
  const origins: Origin[] = []
  const steps: Step[] = [{ asked: [client, clock, length], document: sources.draft, client, clock, amendments: [], hops: 0 }]
  for (let step = steps.pop(); step !== undefined; step = steps.pop()) {
    const log = sources.log(step.document)
    const amendments = throughAmendment(sources, step)
    // A log that a hostile hint made circular is followed no further than an honest one can go.
    const copies = step.hops < limits.lineageHopsMax ? (log?.copies.get(step.client) ?? []) : []
    const next: Step[] = []
    for (const part of partsOf(copies, step.clock, step.asked[2])) {
      const asked: LetterRun = [step.asked[0], step.asked[1] + part.clock - step.clock, part.length]
      const copy = part.of
      if (copy === null) origins.push(...typed(sources, log, { ...step, asked, clock: part.clock, amendments }))
      else next.push({ asked, document: copy.document, client: copy.from[0], clock: copy.from[1] + part.clock - copy.to[1], amendments, hops: step.hops + 1 })
    }
    steps.push(...next.reverse())
  }
  return origins.sort((left, right) => left.run[1] - right.run[1])
}

function throughAmendment({ draft, amendmentOf }: AuthorSources, { document, client, clock, amendments }: Step): readonly string[] {
  const amendment = document === draft ? amendmentOf(client, clock) : null
  return amendment === null || amendments.includes(amendment) ? amendments : [...amendments, amendment]
}

interface Part<T> {
  readonly clock: number
  readonly length: number
  readonly of: T | null
}

/** A run cut where copies, or takings, begin and end. */
function partsOf<T extends { readonly to: LetterRun }>(copies: readonly T[], clock: number, length: number): Part<T>[] {
  const parts: Part<T>[] = []
  const end = clock + length
  let at = clock
  for (let index = firstAfter(copies, clock, (copy) => copy.to[1] + copy.to[2]); at < end; index++) {
    const copy = copies[index]
    if (copy === undefined || copy.to[1] >= end) {
      parts.push({ clock: at, length: end - at, of: null })
      break
    }
    if (copy.to[1] > at) parts.push({ clock: at, length: copy.to[1] - at, of: null })
    at = Math.max(at, copy.to[1])
    const to = Math.min(end, copy.to[1] + copy.to[2])
    if (to > at) parts.push({ clock: at, length: to - at, of: copy })
    at = Math.max(at, to)
  }
  return parts
}

/** The index of the first of a list for which `key` is beyond `value`. */
function firstAfter<T>(list: readonly T[], value: number, key: (item: T) => number): number {
  let low = 0
  let high = list.length
  while (low < high) {
    const middle = (low + high) >> 1
    if (key(list[middle]!) > value) high = middle
    else low = middle + 1
  }
  return low
}

/** Letters that are nobody's copy, cut where they came from another place. */
function typed(sources: AuthorSources, log: LetterLog | null, step: Step): Origin[] {
  return partsOf(log?.takings.get(step.client) ?? [], step.clock, step.asked[2]).flatMap(({ clock, length, of }) => {
    const asked: LetterRun = [step.asked[0], step.asked[1] + clock - step.clock, length]
    return arrived(sources, log, { ...step, asked, clock }, of)
  })
}

/** Cut where they came at another time. */
function arrived(sources: AuthorSources, log: LetterLog | null, { asked, document, client, clock, amendments }: Step, taking: Taking | null): Origin[] {
  const isShared = document === sources.draft
  // Of a side document only what the server wrote there is not known by its id.
  const arrivals = isShared || client < limits.serverClientIdMax ? (log?.arrivals.get(client) ?? []) : []
  const writer = log?.writers.get(client) ?? null
  const origins: Origin[] = []
  const end = clock + asked[2]
  let index = firstAfter(arrivals, clock, (arrival) => arrival.clock) - 1
  for (let at = clock; at < end; index++) {
    const arrival = arrivals[index] ?? null
    const to = Math.min(end, arrivals[index + 1]?.clock ?? end)
    origins.push({
      run: [asked[0], asked[1] + at - clock, to - at],
      imported: arrival?.imported ?? false,
      writer: writer ?? arrival?.by ?? null,
      amendments,
      atMs: isShared ? (arrival?.atMs ?? null) : null,
      source: taking === null ? null : [taking.source[0], taking.source[1], taking.source[2] + at - taking.to[1]],
    })
    at = to
  }
  return origins
}
