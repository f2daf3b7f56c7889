/** The draft's library as one page knows it: its sources, their paragraphs once they are looked at, and both tables while somebody sees them. */
import { effect, signal, untracked } from '@preact/signals'
import type { ReadonlySignal, Signal } from '@preact/signals'
import type { SourceParagraph, SourcePieces } from '../../shared/text/paragraphs.ts'
import type { RecordEntry } from '../../shared/wire/answers.ts'
import type { SourceHead } from '../../shared/wire/sources.ts'
import type { Api, Origins, SearchAsked } from '../api.ts'
import { message } from '../messages/index.ts'
import type { LinkStatus } from './link.ts'
import { say } from '../ui/toasts.tsx'

export const libraryTabs = ['sources', 'search', 'derivations', 'destinations'] as const
export type LibraryTab = (typeof libraryTabs)[number]

/** What is read, or why it could not be. */
export type Reading<T> = { readonly ok: true; readonly is: T } | { readonly ok: false; readonly sentence: string }

export interface Library {
  readonly open: Signal<boolean>
  readonly tab: Signal<LibraryTab>
  /** The source that is read, and the paragraph that is gone to in it. */
  readonly reading: Signal<{ readonly source: number; readonly paragraph: number } | null>
  /** What is looked for; a new value is a new search. */
  readonly asked: Signal<SearchAsked & { readonly unit?: string } | null>
  /** Those that were taken out too. */
  readonly sources: ReadonlySignal<readonly SourceHead[]>
  readonly fault: ReadonlySignal<string | null>
  readonly texts: ReadonlySignal<ReadonlyMap<number, Reading<readonly SourceParagraph[]>>>
  readonly origins: ReadonlySignal<Reading<Origins> | null>
  /** What is being dragged to the text. */
  readonly carried: Signal<SourcePieces | null>
  refresh(): Promise<void>
  /** Opens it at a paragraph of a source. */
  show(source: number, paragraph: number): void
  /** Reads a source's paragraphs, once: they never change. */
  read(source: number): void
  /** Keeps the tables up to date until the returned function is called. */
  watchOrigins(): () => void
  /** The text has changed. */
  stale(): void
  /** What was typed here has its origins once the server has it. */
  follow(status: ReadonlySignal<LinkStatus>): void
  stop(): void
}

export interface LibraryParts {
  readonly api: Api
  readonly draft: string
  readonly hatId: string
  readonly record: ReadonlySignal<readonly RecordEntry[]>
}

/** While people type, the tables wait for a pause. */
const staleMs = 1_200

const ofLibrary: ReadonlySet<string> = new Set(['add-source', 'remove-source', 'leave-out-source'])

export function openLibrary({ api, draft, hatId, record }: LibraryParts): Library {
  const sources = signal<readonly SourceHead[]>([])
  const fault = signal<string | null>(null)
  const texts = signal<ReadonlyMap<number, Reading<readonly SourceParagraph[]>>>(new Map())
  const origins = signal<Reading<Origins> | null>(null)
  const reading = new Set<number>()
  let watchers = 0
  let timer: ReturnType<typeof setTimeout> | null = null
  let asking: Promise<void> | null = null
  let again = false

  const refresh = async (): Promise<void> => {
    const answer = await api.sources(draft, hatId)
    fault.value = answer.ok ? null : answer.sentence
    if (answer.ok) sources.value = answer.result.sources
  }
  const ask = async (): Promise<void> => {
    again = false
    const answer = await api.origins(draft, hatId)
    // What is shown stays, where the server does not answer for a moment.
    if (answer.ok) origins.value = { ok: true, is: answer.result }
    else if (origins.value?.ok !== true) origins.value = answer
  }
  const fetch = (): void => {
    again = true
    asking ??= (async () => {
      while (again) await ask()
    })().finally(() => { asking = null })
  }
  const wait = (): void => {
    if (timer !== null) clearTimeout(timer)
    timer = null
  }
  const stale = (): void => {
    if (sources.value.length === 0) return
    wait()
    if (watchers > 0) timer = setTimeout(fetch, staleMs)
    else origins.value = null
  }
  let told = 0
  let stopWaiting = (): void => undefined
  const stopFollowing = effect(() => {
    const count = record.value.filter(({ kind }) => ofLibrary.has(kind)).length
    if (count === told) return
    told = count
    untracked(() => void refresh().then(() => (watchers > 0 ? fetch() : stale())))
  })
  const open = signal(false)
  const tab = signal<LibraryTab>('sources')
  const read = signal<{ readonly source: number; readonly paragraph: number } | null>(null)
  return {
    open,
    tab,
    reading: read,
    show: (source, paragraph) => {
      read.value = { source, paragraph }
      tab.value = 'sources'
      open.value = true
    },
    asked: signal(null),
    carried: signal(null),
    sources, fault, texts, origins, refresh, stale,
    read: (source) => {
      if (reading.has(source)) return
      reading.add(source)
      void api.sourceText(draft, hatId, source).then((answer) => {
        texts.value = new Map(texts.value).set(source, answer.ok ? { ok: true, is: answer.result.paragraphs } : answer)
        if (!answer.ok) reading.delete(source)
      })
    },
    follow: (status) => {
      stopWaiting = effect(() => {
        if (status.value.phase === 'saved') untracked(stale)
      })
    },
    watchOrigins: () => {
      watchers++
      if (origins.value?.ok !== true && sources.value.length > 0) fetch()
      return () => void watchers--
    },
    stop: () => {
      wait()
      stopFollowing()
      stopWaiting()
    },
  }
}

export const sayTaken = (session: { readonly view: ReadonlySignal<{ readonly draft: { readonly stage: string } }> }, count: number): void =>
  say(message(session.view.value.draft.stage === 'drafting' ? 'taken-in' : 'taken-as-proposal', { count }))
