/** Who wrote the letters on the page, as the server told it last: fetched on demand, looked up by the identity of letters. */
import { signal } from '@preact/signals'
import type { ReadonlySignal } from '@preact/signals'
import type { AuthorRun, AuthorsView, AuthorView } from '../../shared/wire/authors.ts'
import type { Answer } from '../api.ts'
import { sayRefused } from '../ui/toasts.tsx'

export interface LetterAuthor extends AuthorView {
  /** When it was typed or brought in; 0 where an amendment says it. */
  readonly atMs: number
}

export interface AuthorIndex {
  /** Null for a letter that was written since. */
  of(client: number, clock: number): LetterAuthor | null
  /** The first clock behind this one at which somebody else may have written. */
  until(client: number, clock: number): number
}

export function indexAuthors({ authors, runs }: AuthorsView): AuthorIndex {
  const byClient = new Map<number, AuthorRun[]>()
  for (const run of runs) {
    const list = byClient.get(run[0])
    if (list === undefined) byClient.set(run[0], [run])
    else list.push(run)
  }
  for (const list of byClient.values()) list.sort((left, right) => left[1] - right[1])
  /** The first run that ends behind a letter: it holds it, or begins after it. */
  const next = (client: number, clock: number): AuthorRun | undefined => {
    const list = byClient.get(client) ?? []
    let low = 0
    let high = list.length
    while (low < high) {
      const middle = (low + high) >> 1
      if (list[middle]![1] + list[middle]![2] > clock) high = middle
      else low = middle + 1
    }
    return list[low]
  }
  return {
    of: (client, clock) => {
      const run = next(client, clock)
      return run === undefined || run[1] > clock ? null : { ...authors[run[3]]!, atMs: run[4] }
    },
    until: (client, clock) => {
      const run = next(client, clock)
      return run === undefined ? Infinity : run[1] > clock ? run[1] : run[1] + run[2]
    },
  }
}

export interface Authors {
  readonly index: ReadonlySignal<AuthorIndex | null>
  /** The coloured view. */
  readonly shown: ReadonlySignal<boolean>
  show(shown: boolean): void
  /** Asks the server, at most once at a time. */
  fetch(): Promise<void>
  /** What stands may have other authors now: asks again if anybody looks. */
  stale(): void
  stop(): void
}

/** While others type, their letters are asked after when they have paused. */
const staleMs = 2_500

export function openAuthors(ask: () => Promise<Answer<AuthorsView>>): Authors {
  const index = signal<AuthorIndex | null>(null)
  const shown = signal(false)
  let asking: Promise<void> | null = null
  let timer: ReturnType<typeof setTimeout> | null = null
  const run = async (): Promise<void> => {
    const answer = await ask()
    if (answer.ok) index.value = indexAuthors(answer.result)
    else if (index.value === null) sayRefused(answer.sentence)
  }
  const fetch = (): Promise<void> => (asking ??= run().finally(() => { asking = null }))
  const stop = (): void => {
    if (timer !== null) clearTimeout(timer)
    timer = null
  }
  return {
    index,
    shown,
    fetch,
    show: (next) => {
      shown.value = next
      if (next) void fetch()
    },
    stale: () => {
      stop()
      if (!shown.value) return void (index.value = null)
      timer = setTimeout(() => void fetch(), staleMs)
    },
    stop,
  }
}
