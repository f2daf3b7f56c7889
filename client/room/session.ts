/** One person in one capacity in one room: its documents, connections, what the panels show, and the way to decide. */
import { computed, effect, signal, untracked } from '@preact/signals'
import type { ReadonlySignal, Signal } from '@preact/signals'
import * as Y from 'yjs'
import { digestOfAmendment } from '../../shared/lifecycle/digests.ts'
import { readPublished } from '../../shared/model/decisions.ts'
import { defineShared, defineSide, newDoc, stateOf } from '../../shared/model/layout.ts'
import { draftReader } from '../../shared/model/reader.ts'
import type { Facts, Hat } from '../../shared/policy/types.ts'
import type { Stands } from '../../shared/record/stands.ts'
import { foldThemes } from '../../shared/record/themes.ts'
import type { Themes } from '../../shared/record/themes.ts'
import type { Command, CommandResult } from '../../shared/wire/commands.ts'
import { limits } from '../../shared/wire/limits.ts'
import { sideRoomOf } from '../../shared/wire/protocol.ts'
import type { Notice } from '../../shared/wire/protocol.ts'
import { sentenceOf } from '../../shared/wire/errors.ts'
import type { AskedLetter, SelectedWords } from '../editor/host.ts'
import type { Unsent } from '../connection/index.ts'
import type { Answer, Api, DraftInfo, SeenEntry } from '../api.ts'
import { message } from '../messages/index.ts'
import { say, sayRefused } from '../ui/toasts.tsx'
import { openAuthors } from './authors.ts'
import type { Authors } from './authors.ts'
import { coloursOf } from './colours.ts'
import type { Decide } from './decide.ts'
import { factsOnRoom, judge } from './facts.ts'
import { judgeOfBase, judgeOfSide } from './judge.ts'
import type { ViewMode } from '../editor/host.ts'
import { everything } from './filter.ts'
import type { Filter } from './filter.ts'
import type { Standing } from './facts.ts'
import type { Departed, HeadWatch } from './heads.ts'
import { followTyping } from './as-typed.ts'
import { circlesOf, sideFactsOf } from './circles.ts'
import type { CircleState } from '../../shared/model/circles.ts'
import type { RecordEntry } from '../../shared/wire/answers.ts'
import { openLibrary } from './library.ts'
import type { Library } from './library.ts'
import { together } from './link.ts'
import type { Link, LinkStatus, OpenLink, Present } from './link.ts'
import { openRecord } from './record.ts'
import { openStands } from './stands.ts'
import type { Seen } from './threads.ts'
import type { UnsentShelf } from './unsent.ts'
import { readRoom } from './view.ts'
import type { RoomView } from './view.ts'

/** Typing is settled before the panels read along, so that they never come between a key and its letter. */
const afterWordsMs = 200
const afterDecisionMs = 15

export interface RoomSession {
  readonly api: Api
  readonly draft: string
  readonly hatId: string
  readonly hat: Hat
  readonly shared: Y.Doc
  readonly side: Y.Doc | null
  /** The circle whose side document `side` is; null for the delegation's own. */
  readonly place: string | null
  /** In which this delegation is, and the one that is open here. */
  readonly circles: ReadonlySignal<readonly CircleState[]>
  /** Of several amendments of one's own on a paragraph, the one that typing goes into. */
  readonly writesOn: Signal<ReadonlyMap<string, string>>
  /** In the room view: the paragraph that is shown alone. */
  readonly onScreen: Signal<string | null>
  readonly origin: object
  readonly info: Signal<DraftInfo>
  /** What the last visit had seen, as it was when this one began. */
  readonly firstVisit: DraftInfo['visit']
  readonly view: ReadonlySignal<RoomView>
  readonly standing: ReadonlySignal<Standing>
  readonly colours: ReadonlySignal<ReadonlyMap<string, string>>
  readonly ready: ReadonlySignal<boolean>
  /** All of its documents take what is typed. */
  readonly writable: ReadonlySignal<boolean>
  readonly status: ReadonlySignal<LinkStatus>
  readonly present: ReadonlySignal<readonly Present[]>
  readonly links: readonly Link[]
  readonly closing: ReadonlySignal<boolean>
  readonly selected: Signal<string | null>
  readonly chosenCard: Signal<string | null>
  readonly filter: Signal<Filter>
  readonly mode: Signal<ViewMode>
  readonly record: ReadonlySignal<readonly RecordEntry[]>
  /** Positions and reviews, as far as this capacity may read them. */
  readonly stands: ReadonlySignal<Stands>
  readonly themes: ReadonlySignal<Themes>
  readonly seen: ReadonlySignal<Seen>
  /** Words that a thread is about to be begun on. */
  readonly commenting: Signal<SelectedWords | null>
  /** A thread that was asked for and is not shown yet; `focus`: by those who left the text for it. */
  readonly openThread: Signal<{ readonly thread: string; readonly focus: boolean } | null>
  readonly authors: Authors
  readonly library: Library
  /** The letter whose writer is asked for. */
  readonly asked: Signal<AskedLetter | null>
  decide(body: Command): Promise<Answer<CommandResult>>
  /** The room read anew, now. */
  fresh(): RoomView
  /** Decides, when what it is about has been saved. */
  send(body: Command): Promise<Answer<CommandResult>>
  /** What the rules may ask of the side document that is open here. */
  sideFacts(): Pick<Facts, 'delegation' | 'circle'>
  /** Opens the room anew, preparing in a circle or (null) in the delegation's own side document, once all is saved. */
  goTo(place: string | null): Promise<void>
  /** Decides, and says what came of it. False when refused. */
  act(body: Command): Promise<boolean>
  /** These messages are on the screen. */
  see(read: readonly SeenEntry[]): void
  /** Tries to connect now rather than when the wait is over. */
  retry(): void
  refreshInfo(): Promise<void>
  refreshRecord(): Promise<void>
  /** Where the record does not go on from what this device has seen of it. */
  readonly departed: ReadonlySignal<Departed | null>
  /** The person has been told, and goes on with the record as it is now. */
  acceptRecord(): void
  /** Resolves when the next session may be opened on what this one kept. */
  close(): Promise<void>
}

export interface SessionParts {
  readonly api: Api
  readonly person: string
  readonly info: DraftInfo
  readonly openLink: OpenLink
  readonly decide: Decide
  readonly shelf: UnsentShelf
  readonly heads: HeadWatch
  readonly place?: string | null
  readonly onPlace?: (place: string | null) => void
}

export async function openSession({ api, person, info: first, openLink, decide, shelf, heads, place = null, onPlace }: SessionParts): Promise<RoomSession> {
  const draft = first.draft.id
  const { hat, hatId } = first
  const shared = defineShared(newDoc())
  const hasSide = judge({ hat, stage: 'drafting', delegation: hat.delegation }, 'read').code === null
  const side = hasSide ? defineSide(newDoc()) : null
  const origin = { typed: true }
  const reader = draftReader(shared)

  const info = signal(first)
  const view = signal<RoomView>(readRoom(shared, side, reader))
  const reading = openRecord(api, draft, hatId, heads)
  const record = reading.entries
  const stands = openStands(api, draft, hatId)
  const closing = signal(false)
  const seen = signal<Seen>(new Map())
  const authors = openAuthors(() => api.authors(draft, hatId))
  const library = openLibrary({ api, draft, hatId, record })
  const read = (entries: readonly SeenEntry[]): void => {
    const newer = entries.filter(({ thread, message: number }) => number > (seen.value.get(thread) ?? 0))
    if (newer.length > 0) seen.value = new Map([...seen.value, ...newer.map(({ thread, message: number }) => [thread, number] as const)])
  }
  read(first.seen)

  const look = (): void => {
    view.value = readRoom(shared, side, reader)
    authors.stale()
    library.stale()
  }
  const schedule = createSchedule(look)
  const onTransaction = (transaction: Y.Transaction): void => {
    // Whoever goes on typing at a change of stage must not do so in the old one.
    if ([...transaction.changed].some(([type, keys]) => (type as unknown) === stateOf(shared) && keys.has('draft'))) look()
    const wordsOnly = [...transaction.changed.keys()].every((type) => (type as unknown) instanceof Y.Text)
    schedule.in(wordsOnly ? afterWordsMs : afterDecisionMs)
  }
  shared.on('afterTransactionCleanup', onTransaction)
  side?.on('afterTransactionCleanup', onTransaction)

  const onNotice = (notice: Notice): void => {
    if (notice.notice === 'closing') closing.value = true
    if (notice.notice === 'open') {
      closing.value = false
    }
    if (notice.notice === 'record') void Promise.all([refreshInfo(), reading.refresh(), refreshStands()])
  }
  const onUnsent = (unsent: readonly Unsent[]): void => {
    shelf.add(unsent.map((one) => ({
      words: one.words,
      sentence: sentenceOf(one.code),
      ...(one.kind === 'struck' ? { struck: true as const } : {}),
      ...(one.in === null || one.in[0] !== 'texts' ? {} : { place: { in: one.in, at: one.at } }),
    })))
    if (shelf.all.value.length > 0) sayRefused(message('unsent-said'))
  }
  // Of a circle the room alone has ended, and not the capacity.
  const ofSide = (unsent: readonly Unsent[]): void =>
    onUnsent(place === null ? unsent : unsent.map((one) => (one.code === 'hat-revoked' ? { ...one, code: 'circle-closed' } : one)))
  /** What is permitted in a side document is told by the shared one, once that is here. */
  let isHere = (): void => undefined
  const here = new Promise<void>((resolve) => { isHere = resolve })
  const common = { hatId, person }
  const [sharedLink, sideLink] = await Promise.all([
    openLink({ ...common, room: draft, doc: shared, onNotice, onUnsent, judge: async () => judgeOfBase(hat, shared, reader.read) }).then((link) => {
      const stop = link.ready.subscribe((ready) => { if (ready) isHere() })
      void here.then(() => stop())
      return link
    }),
    side === null ? null : openLink({
      ...common,
      room: sideRoomOf(draft, place ?? hat.delegation),
      doc: side,
      anchored: shared,
      onNotice: () => undefined,
      onUnsent: ofSide,
      judge: async () => {
        await here
        look()
        return judgeOfSide(hat, shared, () => sideFactsOf(view.value, hat, place))
      },
    }),
  ])
  const links = sideLink === null ? [sharedLink] : [sharedLink, sideLink]

  const refreshInfo = async (): Promise<void> => {
    const answer = await api.draft(draft, hatId)
    if (!answer.ok) return
    info.value = answer.result
    read(answer.result.seen)
  }
  /** What could not be read before may be now, or the other way round: then the record is read anew. */
  const refreshStands = async (): Promise<void> => {
    const { opened } = stands.value.value
    await stands.refresh()
    if (stands.value.value.opened === opened) return
    await reading.anew()
  }

  /**
   * One's own wording is the one that stands in the editor at the press, which may be a moment ahead of the card; and
   * the server must have it before it can be asked to put it forward.
   */
  const asTyped = async (body: Command): Promise<Command> => {
    if (body.command === 'revise' && place !== null) return { ...body, circle: place }
    if (side === null || (body.command !== 'put-forward' && body.command !== 'record-for' && body.command !== 'correct-editorially')) return body
    const amendment = readPublished(side, body.amendment)
    const from = body.command !== 'correct-editorially' && place !== null ? { circle: place } : {}
    const typed = amendment === null ? body : { ...body, ...from, digest: digestOfAmendment(amendment) }
    await settled(links)
    return typed
  }

  /** Typing on its paragraph goes into the one that was just taken up. */
  const writeOn = (published: string, copy: string): void => {
    const target = readPublished(shared, published)?.about.target
    if (target === undefined) return
    session.writesOn.value = new Map(session.writesOn.value).set(target, copy)
    session.selected.value = view.value.text.blockOf.get(target) ?? target
  }

  const chairPresent = computed(() => isPresiding(hat.role) || sharedLink.present.value.some((one) => isPresiding(one.role)))
  const session: RoomSession = {
    api, draft, hatId, hat, shared, side, place, origin, info, firstVisit: first.visit, view, links, closing, record, departed: reading.departed, seen, authors, library,
    commenting: signal(null),
    openThread: signal(null),
    asked: signal(null),
    stands: stands.value,
    themes: computed(() => foldThemes(record.value)),
    circles: computed(() => circlesOf(view.value, hat, place)),
    writesOn: signal<ReadonlyMap<string, string>>(new Map()),
    onScreen: signal<string | null>(null),
    standing: computed(() => ({ hat, view: view.value, stands: stands.value.value, chairPresent: chairPresent.value })),
    colours: computed(() => coloursOf(view.value.delegations.map(({ id }) => id))),
    ready: computed(() => links.every((link) => link.ready.value)),
    writable: computed(() => links.every((link) => link.writable.value)),
    status: computed(() => together(links.map((link) => link.status.value))),
    present: sharedLink.present,
    selected: signal(null),
    chosenCard: signal(null),
    filter: signal<Filter>(everything),
    mode: signal<ViewMode>('rolling'),
    decide,
    fresh: () => (look(), view.value),
    send: async (body) => decide(await asTyped(body)),
    sideFacts: () => sideFactsOf(view.value, hat, place),
    goTo: async (next) => {
      await settled(links)
      onPlace?.(next)
    },
    act: async (body) => {
      const answer = await session.send(body)
      if (answer.ok) {
        if (body.command === 'revise') writeOn(body.amendment, answer.result.amendment ?? body.amendment)
        say(message(answer.result.kept === true ? `done-${body.command}-kept` : `done-${body.command}`))
      } else {
        sayRefused(answer.sentence)
        schedule.in(0)
        void refreshInfo()
      }
      return answer.ok
    },
    see: (entries) => {
      const newer = entries.filter(({ thread, message: number }) => number > (seen.value.get(thread) ?? 0))
      if (newer.length === 0) return
      read(newer)
      // What does not arrive is unread again at the next visit, which costs a glance.
      for (let from = 0; from < newer.length; from += limits.seenThreadsMax) void api.seen(draft, hatId, newer.slice(from, from + limits.seenThreadsMax))
    },
    retry: () => links.forEach((link) => link.retry()),
    refreshInfo,
    refreshRecord: reading.refresh,
    acceptRecord: reading.accept,
    close: () => {
      authors.stop()
      library.stop()
      schedule.stop()
      stopReading()
      stopFollowing()
      stopCatchingUp()
      reader.stop()
      const closed = Promise.all(links.map((link) => link.stop()))
      shared.destroy()
      side?.destroy()
      return closed.then(() => undefined)
    },
  }
  // As soon as all is here the panels read at once, and not when typing has settled.
  const stopReading = effect(() => {
    if (session.ready.value) schedule.in(0)
  })
  const stopFollowing = followTyping(session)
  // A notice is not repeated to whoever was away.
  const live = computed(() => ['saved', 'saving', 'paused'].includes(sharedLink.status.value.phase))
  const stopCatchingUp = effect(() => {
    // What is asked for is not what it waits for: it would ask again at each answer.
    if (live.value) untracked(() => void Promise.all([reading.refresh(), refreshStands()]))
  })
  library.follow(session.status)
  return session
}

const isPresiding = (role: string): boolean => role === 'chair' || role === 'facilitator'

/** The earlier of two wishes counts. */
function createSchedule(run: () => void): { in: (ms: number) => void; stop: () => void } {
  let timer: ReturnType<typeof setTimeout> | null = null
  let dueMs = Infinity
  const stop = (): void => {
    if (timer !== null) clearTimeout(timer)
    timer = null
    dueMs = Infinity
  }
  return {
    in: (ms) => {
      const at = performance.now() + ms
      if (at >= dueMs) return
      stop()
      dueMs = at
      timer = setTimeout(() => {
        stop()
        run()
      }, ms)
    },
    stop,
  }
}

/** May this capacity do anything of this kind in the room? */
export const whyNot = (session: RoomSession, action: Parameters<typeof judge>[1], delegation?: string): string | null =>
  judge(factsOnRoom(session.standing.value, delegation), action).why

/** When nothing is on its way any more: saved, or not to be saved for now. */
function settled(links: readonly Link[]): Promise<void> {
  return new Promise((resolve) => {
    let stop: (() => void) | null = null
    stop = effect(() => {
      if (links.some((link) => link.status.value.phase === 'saving')) return
      resolve()
      // At the first run there is nothing to stop yet.
      queueMicrotask(() => stop?.())
    })
  })
}
