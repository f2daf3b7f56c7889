/** The rooms that are open, and who may enter them. The only place where rooms, commands and the store meet. */
import type { Logger } from 'pino'
import type * as Y from 'yjs'
import { readCircle } from '../../shared/model/circles.ts'
import { progressOf } from '../../shared/model/progress.ts'
import { readStage } from '../../shared/model/state.ts'
import { readThreads } from '../../shared/model/threads.ts'
import { docAt } from '../../shared/model/past.ts'
import { certifiedIn, oralOf } from '../../shared/record/oral.ts'
import type { ListFilter } from '../../shared/text/amendment-list.ts'
import { shownOf } from '../../shared/text/compare.ts'
import { sealLine } from '../../shared/lifecycle/versions.ts'
import { Refusal } from '../../shared/wire/errors.ts'
import { limits } from '../../shared/wire/limits.ts'
import { closeCodes, plainCloseCodes, sideRoomOf } from '../../shared/wire/protocol.ts'
import { nowVersion } from '../../shared/wire/word.ts'
import { viewOf } from '../commands/context.ts'
import { createDraft } from '../commands/create.ts'
import { execute, refused } from '../commands/execute.ts'
import type { Keys } from '../keys/keys.ts'
import { endDueSilence, silenceEndsMs } from '../commands/silence.ts'
import { createLedgers } from '../record/ledger.ts'
import { isStoreDown } from '../store/errors.ts'
import type { Store } from '../store/store.ts'
import { lettersIn } from './authors.ts'
import { Deadlines } from './deadlines.ts'
import { draftOf, mayEnter, mayRead, sideOf } from './entering.ts'
import { checkAwareness, checkUpdate } from './gate/index.ts'
import { gateFactsOf } from './gate-facts.ts'
import { amendmentsDocument, baseDocument, coverageDocument, coverageIn, derivationsDocument, destinationsDocument, rollingDocument } from './exports.ts'
import type { ExportedDocument } from './exports.ts'
import { searchIn } from './searching.ts'
import { openRoom } from './opening.ts'
import { keeps, Outage } from './outage.ts'
import { Porch } from './porch.ts'
import type { Waiting } from './porch.ts'
import { Provenance } from './provenance.ts'
import type { Hold, Room } from './room.ts'
import type { RoomBounds } from './room-bounds.ts'
import type { ExportForm, Rooms, Speaker } from './service.ts'
import { amendedWord, listWord, tableWord, textWord } from './words.ts'
import { HistoryKeeper } from './history-keeper.ts'
import { IdleDrafts } from './idle.ts'
import { Timeline } from './timeline.ts'
import { realOutside, type Outside } from './timing.ts'
import { Turns } from './turns.ts'
import { Unread } from './unread.ts'

export interface RoomsDeps {
  readonly store: Store
  readonly keys: Keys
  readonly log: Logger
  readonly now: () => number
  /** The machine's own where it is not given. */
  readonly outside?: Outside
  /** Others than those of shared/wire/limits. */
  readonly bounds?: Partial<RoomBounds>
}

export function createRooms(deps: RoomsDeps): Rooms {
  const outside = deps.outside ?? realOutside
  const open = new Map<string, Promise<Room>>()
  const ready = new Map<string, Room>()
  const porch = new Porch()
  const timelines = new Map<string, Timeline>()
  const ledgers = createLedgers(deps.store)
  const outage = new Outage({ ...deps, after: outside.after, isBack: () => keeps(deps.store, deps.now()) })
  const unread = new Unread({ ...deps, after: outside.after, open: (document, isLast) => room(document, isLast) })
  const provenance = new Provenance({ store: deps.store, ledgers, room: (draft) => room(draft), soon: outside.soon })
  /** Of each draft whose stage is being changed: what is held for each of those changes. */
  const holding = new Map<string, Set<Hold[]>>()

  const room = (document: string, isLastTry = false): Promise<Room> => {
    idle.used(document)
    const known = open.get(document)
    if (known !== undefined) return known
    const opening = start(document, isLastTry)
    open.set(document, opening)
    opening.then(
      (opened) => {
        ready.set(document, opened)
        idle.used(document)
        // Whoever comes in while the stage is being changed is asked to wait like the others.
        for (const holds of holding.get(draftOf(document)) ?? []) holds.push(opened.hold())
        if (sideOf(document) === null) deadlines.watch(document, silenceEndsMs(opened))
      },
      () => forget(document, opening),
    )
    return opening
  }

  const forget = (document: string, which: Promise<Room>): void => {
    if (open.get(document) !== which) return
    open.delete(document)
    ready.delete(document)
    if (sideOf(document) === null) ledgers.forget(document)
  }

  /** A discarded shared document takes its side documents along: they check anchors in it. All open anew when asked for. */
  const discard = (document: string): void => {
    const opening = open.get(document)
    if (opening !== undefined) forget(document, opening)
    if (sideOf(document) !== null) return
    for (const [other, opened] of ready) {
      if (draftOf(other) !== document) continue
      forget(other, open.get(other)!)
      opened.close().catch((error: unknown) => deps.log.error({ error, document: other }, 'a room did not close cleanly'))
    }
  }

  const saving = new Turns()

  const start = async (document: string, isLastTry: boolean): Promise<Room> => {
    const side = sideOf(document)
    // Anchors of a side document lie in the shared one, so it is open as long as any of its side documents is.
    const shared = side === null ? null : await room(draftOf(document), isLastTry)
    const gateFacts = gateFactsOf(side, shared)
    const history = new HistoryKeeper(deps.store, document)
    return openRoom({
      store: deps.store,
      log: deps.log,
      now: deps.now,
      ...outside,
      outage,
      unread: (error) => unread.begin(document, error),
      isLastTry,
      bounds: deps.bounds,
      saving,
      document,
      library: provenance.library(draftOf(document)),
      kind: side === null ? 'shared' : 'side',
      ...(shared === null ? { saved: (seq: number) => history.keep(seq) } : { steady: () => shared.settled(), isSharedDamaged: shared.isDamaged }),
      check: checkUpdate,
      checkAwareness,
      facts: (doc: Y.Doc) => ({
        facts: gateFacts(doc),
        ...(shared === null ? {} : { alsoExpect: { document: shared.document, seq: shared.seq } }),
      }),
      discarded: () => discard(document),
      emptied: () => idle.used(document),
      aboutToRead: async (source) => {
        await porch.tell(document, source)
        // It is on its way before the document is read in one go.
        await new Promise<void>(outside.soon)
      },
    })
  }

  const isStillIn = async ({ person, hatId }: Speaker): Promise<boolean> => {
    const row = (await deps.store.hatsOf(person)).find(({ id }) => id === hatId)
    return (row?.revokedAtMs ?? null) === null
  }

  type Coming = Parameters<Rooms['connect']>

  /** Who may be in a shared document is known without it, so that it can be told before it is read. */
  const arrive = async (...coming: Coming): Promise<void> => {
    const [socket, document, speaker, carrier] = coming
    if (sideOf(document) !== null || ready.has(document) || !(await isStillIn(speaker))) return comeIn(coming)
    const waiting = porch.enter(document, socket, carrier)
    await comeIn(coming, waiting).finally(() => porch.leave(document, waiting))
  }

  /** Since it was asked at the door whether they may, their hat may have ended, or the circle for them. */
  const comeIn = async (coming: Coming, waiting?: Waiting): Promise<void> => {
    const [socket, document, speaker, carrier] = coming
    const [opened, shared] = await Promise.all([room(document), room(draftOf(document))])
    const mayStay = await isStillIn(speaker)
    await settledFor(shared, document)
    // While that was asked the room may have been closed or given up: whoever was let into it would write to nobody.
    if (ready.get(document) !== opened || ready.get(draftOf(document)) !== shared) return comeIn(coming, waiting)
    if (mayStay && mayEnter(shared.doc, document, speaker)) return opened.connect(socket, speaker, carrier, waiting)
    socket.resume()
    socket.close(closeCodes.revoked)
  }

  /** Side documents first: closing settles their appends, which name the shared document's position. */
  const sidesFirst = (draft: string): Room[] => openRooms(draft).sort((left, right) => right.document.length - left.document.length)

  const idle = new IdleDrafts({ ...deps, after: outside.after, roomsOf: sidesFirst, forget: ({ document }) => forget(document, open.get(document)!) })

  const openRooms = (draft: string): Room[] => [...ready.values()].filter((one) => draftOf(one.document) === draft)

  const hold = async (draft: string): Promise<() => void> => {
    const opened = openRooms(draft)
    const holds = opened.map((one) => one.hold())
    const all = holding.get(draft) ?? new Set()
    holding.set(draft, all.add(holds))
    await Promise.all(holds.map(({ held }) => held))
    // What came into a side document in time is kept before the shared one moves on. One that fails says so to its own people.
    await Promise.all(opened.filter(({ document }) => sideOf(document) !== null).map((one) => one.settled().catch(() => undefined)))
    return () => {
      all.delete(holds)
      if (all.size === 0) holding.delete(draft)
      for (const { release } of holds) release()
    }
  }

  const underWay = new Set<Promise<unknown>>()
  let isStopping = false
  const commandDeps = {
    ...deps,
    secretBytes: outside.secretBytes,
    ledgers,
    room,
    openRooms,
    hold,
    unitsFrom: async (draft: string, source: number) => (await provenance.origins(draft)).units.filter(({ sources }) => sources.some((one) => one.source === source)).length,
    sourceRemoved: (draft: string, source: number) => provenance.library(draft).forget(source),
  }

  const deadlines = new Deadlines({
    ...deps,
    after: outside.after,
    due: async (draft) => {
      const opened = await room(draft)
      await endDueSilence(commandDeps, draft, opened)
      return silenceEndsMs(opened)
    },
  })
  // A deadline may have passed while no server ran.
  deps.store.drafts().then(
    (drafts) => drafts.forEach(({ id, stage }) => (stage === 'silence' ? deadlines.ask(id) : undefined)),
    (error: unknown) => deps.log.warn({ error }, 'drafts under silence could not be looked for; each is when it is opened'),
  )

  let stopTidying = (): void => undefined
  const tidyLater = (): void => {
    stopTidying = outside.after(limits.roomIdleMs, () => {
      provenance.tidy((draft) => ready.has(draft), (draft) => open.has(draft))
      for (const draft of timelines.keys()) if (!ready.has(draft)) timelines.delete(draft)
      tidyLater()
    })
  }
  tidyLater()

  const documentOf = async (opened: Room, draft: string, form: ExportForm, filter: ListFilter): Promise<ExportedDocument> => {
    switch (form) {
      case 'text': {
        const [{ sponsoring, oral }, versions] = await Promise.all([ledgers.of(draft), deps.store.versions(draft)])
        const frozen = readStage(opened.doc).stage === 'frozen' ? versions.findLast(({ kind }) => kind === 'final') : undefined
        const isRevised = versions.some(({ kind }) => kind === 'revision')
        return baseDocument(opened.doc, sponsoring, isRevised, frozen === undefined ? '' : sealLine(frozen), certifiedIn(oralOf(oral, frozen?.number)))
      }
      case 'rolling':
        return rollingDocument(opened.doc)
      case 'amendments':
        return amendmentsDocument(opened.doc, filter)
      case 'derivations':
        return derivationsDocument(await provenance.librarySource(draft))
      case 'destinations':
        return destinationsDocument(await provenance.librarySource(draft))
      case 'coverage': {
        const coverage = coverageIn(opened.doc, (await ledgers.of(draft)).themes)
        return coverageDocument(opened.doc, coverage, await provenance.speaking(draft, coverage.silent.map(({ theme }) => theme.number)))
      }
    }
  }

  return {
    connect(socket, document, speaker, carrier) {
      arrive(socket, document, speaker, carrier).catch((error: unknown) => {
        deps.log.error({ error, document }, 'a room could not be opened')
        // It came paused, and a paused socket never hears that the other side has closed too.
        socket.resume()
        if (isStoreDown(error)) unread.wait(document, socket, carrier, error)
        else socket.close(plainCloseCodes.serverFault, 'server-fault')
      })
    },
    // Whoever is told so asks again, under the same key.
    async command(request, speaker, file) {
      if (outage.isOn || isStopping) return refused('store-failed')
      const done = execute(commandDeps, request, speaker, file ?? null)
      underWay.add(done)
      const answer = await done.finally(() => underWay.delete(done))
      const opened = ready.get(request.draft ?? '')
      if (opened !== undefined) deadlines.watch(opened.document, silenceEndsMs(opened))
      return answer
    },
    createDraft: (request, person) => createDraft({ ...deps, ...outside }, request, person),
    async exported(draft, form, filter) {
      const opened = await room(draft)
      await opened.settled()
      const { seq } = await ledgers.of(draft)
      return { ...(await documentOf(opened, draft, form, filter)), version: nowVersion(seq) }
    },
    async word(draft, { form, filter, against, hasOwn, hasThreads }, speaker) {
      const opened = await room(draft)
      await opened.settled()
      if (speaker === null && hasOwn) throw new Refusal('bad-command')
      const own = speaker?.hat.delegation ?? ''
      const document = sideRoomOf(draft, own)
      if (speaker !== null && hasOwn && !mayEnter(opened.doc, document, speaker)) throw new Refusal('not-yours')
      const side = hasOwn ? await room(document) : null
      await side?.settled()
      const [{ seq, sponsoring }, versions, version] = await Promise.all([ledgers.of(draft), deps.store.versions(draft), against === null ? null : deps.store.version(draft, against)])
      if (version === undefined || (version === null && against !== null)) throw new Refusal('no-such-version')
      const authorship = provenance.authorship(draft)
      if (version !== null) await authorship.readOn()
      const facts = { draft, seq, atMs: deps.now(), symbol: versions.findLast(({ symbol }) => symbol !== '')?.symbol ?? '', isRevised: versions.some(({ kind }) => kind === 'revision'), sponsoring }
      const former = version === null ? null : { version, authors: authorship.seenBy(speaker, opened.doc, lettersIn(opened.doc, viewOf(opened.doc), null), () => null) }
      switch (form) {
        case 'text':
          return textWord(opened.doc, facts)
        case 'rolling':
          return amendedWord(opened.doc, facts, { side: side === null ? null : { doc: side.doc, delegation: own }, against: former, hasThreads })
        case 'amendments':
          return listWord(opened.doc, facts, filter)
        case 'derivations':
        case 'destinations':
        case 'coverage':
          return tableWord(opened.doc, facts, form, (await documentOf(opened, draft, form, filter)).printed())
      }
    },
    async lastMessages(draft, speaker) {
      const side = sideRoomOf(draft, speaker.hat.delegation)
      const opened = await Promise.all([draft, ...(mayEnter((await room(draft)).doc, side, speaker) ? [side] : [])].map((one) => room(one)))
      await Promise.all(opened.map((one) => one.settled()))
      return new Map(opened.flatMap((one) => readThreads(one.doc)).map((thread) => [thread.id, thread.messages.at(-1)!.number]))
    },
    async past(draft, recordSeq) {
      const opened = await room(draft)
      let timeline = timelines.get(draft)
      if (timeline === undefined) timelines.set(draft, (timeline = new Timeline(deps.store, draft)))
      await opened.settled()
      await timeline.readOn()
      const seq = timeline.seqOf(recordSeq)
      if (seq === null) throw new Refusal('no-such-page')
      const copy = docAt(opened.doc, timeline.pointAt(seq))
      try {
        return { units: shownOf(viewOf(copy), readStage(copy).language), rolling: rollingDocument(copy).text() }
      } finally {
        copy.destroy()
      }
    },
    async authors(draft, unit, speaker, nameOf) {
      const opened = await room(draft)
      const authorship = provenance.authorship(draft)
      await opened.settled()
      const runs = lettersIn(opened.doc, viewOf(opened.doc), unit)
      await authorship.readOn()
      return authorship.seenBy(speaker, opened.doc, runs, nameOf)
    },
    origins: (draft) => provenance.origins(draft),
    paragraphs: (draft, source) => provenance.library(draft).paragraphs(source),
    async search(draft, order) {
      const opened = await room(draft)
      const library = provenance.library(draft)
      const indexes = await library.indexes()
      await opened.settled()
      return searchIn(order, indexes, library.wordsOf, viewOf(opened.doc).units)
    },
    speaking: (draft, numbers) => provenance.speaking(draft, numbers),
    async mayOpen(document, speaker) {
      if (sideOf(document) === null) return mayRead(document, speaker)
      const shared = await room(draftOf(document))
      await settledFor(shared, document)
      return mayEnter(shared.doc, document, speaker)
    },
    async standing(draft, flagged) {
      const opened = await room(draft)
      await opened.settled()
      const { stage, reading } = readStage(opened.doc)
      return { stage, reading, silenceUntilMs: silenceEndsMs(opened), progress: progressOf(opened.doc, viewOf(opened.doc), flagged) }
    },
    ledger: (draft) => ledgers.of(draft),
    recorded(draft, seq) {
      for (const opened of commandDeps.openRooms(draft)) opened.notify({ notice: 'record', seq })
    },
    async stop() {
      isStopping = true
      stopTidying()
      idle.stop()
      deadlines.stop()
      outage.stop()
      unread.stop()
      // A change of stage waits for those who are in; its room is not to be closed before its eyes.
      await Promise.allSettled(underWay)
      // Side rooms first: closing settles their appends, which name the shared document's position.
      const documents = [...ready.keys()].sort((left, right) => right.length - left.length)
      for (const document of documents) await ready.get(document)?.close()
      open.clear()
      ready.clear()
    },
  }
}

/** Who is in a circle is decided: nobody comes in by a decision that is not committed, and may never be. */
async function settledFor(shared: Room, document: string): Promise<void> {
  const side = sideOf(document)
  if (side !== null && readCircle(shared.doc, side) !== null) await shared.settled()
}
