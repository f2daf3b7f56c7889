/** What the editor asks of the page. */
import type { AuthorMark, EditHistory, EditorHost, RemoteCursor, SelectedWords, ShownThread } from '../editor/host.ts'
import { isAnchor } from '../../shared/model/texts.ts'
import { screenCircle } from '../../shared/model/circles.ts'
import { refusalOf } from '../../shared/policy/index.ts'
import { sentenceOf } from '../../shared/wire/errors.ts'
import { message } from '../messages/index.ts'
import { announce, say, sayRefused } from '../ui/toasts.tsx'
import { creditedTo, shortAuthor } from './author-words.ts'
import type { AuthorIndex } from './authors.ts'
import { placeName } from './circles.ts'
import { factsOnRoom, factsOnUnit } from './facts.ts'
import { passes } from './filter.ts'
import { sayTaken } from './library.ts'
import { isToOpenAnew, whyForReading, whyKeptNowhere } from './link.ts'
import type { RoomSession } from './session.ts'
import { unreadIn } from './threads.ts'
import type { Seen } from './threads.ts'
import { isOpen } from './view.ts'
import type { RoomView } from './view.ts'

export function editorHost(session: RoomSession, history: EditHistory): EditorHost {
  const { hat } = session
  const shownIds = (): ReadonlySet<string> => {
    const filter = session.filter.value
    return new Set(session.view.value.published
      .filter((card) => isOpen(card.state) && passes(filter, card, session.themes.value) && !filter.hidden.has(card.id))
      .map((card) => card.id))
  }
  let shown: { readonly view: unknown; readonly filter: unknown; readonly themes: unknown; readonly ids: ReadonlySet<string> } | null = null
  return {
    shared: session.shared,
    side: session.side,
    delegation: session.place ?? hat.delegation,
    origin: session.origin,
    history,
    language: () => session.view.value.draft.language,
    now: () => performance.now(),
    stage: () => session.view.value.draft.stage,
    mayWrite: (unit) => {
      const standing = session.standing.value
      const { phase, code } = session.status.value
      if (phase === 'ended') return code ?? 'hat-revoked'
      const keptNowhere = whyKeptNowhere(session.status.value)
      if (keptNowhere !== null) return keptNowhere
      // After a refusal the room is about to be opened anew.
      // While the stage is being changed what is typed waits, and the new stage says what becomes of it.
      if (!session.ready.value || isToOpenAnew(phase)) return 'closing'
      if (!session.writable.value) return whyForReading(session.status.value)
      if (standing.view.draft.stage !== 'drafting') {
        return refusalOf({ ...(unit === null ? factsOnRoom(standing) : factsOnUnit(standing, unit)), ...session.sideFacts() }, 'write-side')
      }
      return unit === null ? refusalOf(factsOnRoom(standing), 'shape-base') : refusalOf(factsOnUnit(standing, unit), 'write-base')
    },
    nameOf: (delegation) => (delegation === session.place ? placeName(session.view.value, hat, session.place) : session.view.value.nameOf(delegation)),
    // The room reads the text on screen as it is typed.
    ownLabel: () => {
      const name = placeName(session.view.value, hat, session.place)
      return session.place === screenCircle.id ? name : message('own-unpublished', { name })
    },
    colourOf: (delegation) => session.colours.value.get(delegation === session.place ? hat.delegation : delegation) ?? 'delegation-0',
    chosen: () => session.view.value.published.filter((card) => isOpen(card.state) && passes(session.filter.value, card, session.themes.value) && !session.filter.value.hidden.has(card.id)).map((card) => card.id),
    only: () => session.onScreen.value,
    writesOn: (unit) => session.writesOn.value.get(unit) ?? null,
    shown: (amendment) => {
      // Asked for every proposal in every refresh.
      const view = session.view.value
      const filter = session.filter.value
      const themes = filter.theme === null ? null : session.themes.value
      if (shown === null || shown.view !== view || shown.filter !== filter || shown.themes !== themes) shown = { view, filter, themes, ids: shownIds() }
      return shown.ids.has(amendment)
    },
    // That passes by itself, and so do the words about it.
    onRefused: (code) => (code === 'closing' ? say : sayRefused)(sentenceOf(code)),
    onSelect: (unit) => {
      session.selected.value = unit
    },
    announce,
    cursors: () => session.present.value.flatMap((one): RemoteCursor[] => {
      const anchor: unknown = typeof one.cursor === 'object' && one.cursor !== null && 'anchor' in one.cursor ? one.cursor.anchor : null
      return isAnchor(anchor) ? [{ client: one.client, delegation: one.delegation, anchor }] : []
    }),
    threads: shownThreads(session),
    onThread: (thread) => {
      session.openThread.value = { thread, focus: false }
    },
    onComment: (words) => {
      // A circle's words are shared with other delegations: one's own people's threads are not in its side document.
      if (words === null || (words.apart && session.place !== null)) return sayRefused(sentenceOf('nothing-selected'))
      session.commenting.value = words
    },
    authorMarks: authorMarks(session),
    onWriter: (letter) => {
      session.asked.value = letter
      if (letter !== null && !letter.side && session.authors.index.value === null) void session.authors.fetch()
    },
    onTaken: (takings, doc) => session.links[doc === session.shared ? 0 : 1]?.noteCopies(takings),
    carried: () => session.library.carried.value,
    onTook: (pieces) => sayTaken(session, pieces.taken.length),
    onCaret: (anchor) => session.links[0]?.setCursor(anchor === null ? null : { anchor: [...anchor] }),
  }
}

/** Made anew only when what it is made of is: the editor asks at every change of the view. */
function remembered<A extends readonly unknown[], T>(inputs: () => A, make: (...inputs: A) => T): () => T {
  let known: { readonly inputs: A; readonly made: T } | null = null
  return () => {
    const now = inputs()
    if (known === null || known.inputs.some((input, index) => input !== now[index])) known = { inputs: now, made: make(...now) }
    return known.made
  }
}

const shownThreads = (session: RoomSession): (() => readonly ShownThread[]) =>
  remembered((): [RoomView, Seen, SelectedWords | null] => [session.view.value, session.seen.value, session.commenting.value], (view, seen, commenting) => [
    ...view.threads
      .filter(({ thread }) => thread.resolved === null && thread.ranges.length > 0)
      .map((room) => ({ ...room, unread: unreadIn(room, seen) > 0 })),
    // The words that one is about to comment on stay marked while the focus is in the field.
    ...(commenting === null ? [] : [{ thread: { id: '', by: '', messages: [], resolved: null, ...commenting }, apart: commenting.apart, unread: true }]),
  ])

const authorMarks = (session: RoomSession): (() => ((client: number, clock: number) => AuthorMark) | null) =>
  remembered((): [AuthorIndex | null, RoomView] => [session.authors.shown.value ? session.authors.index.value : null, session.view.value], (index, view) => {
    if (index === null) return null
    const colours = session.colours.value
    return (client, clock) => {
      const author = index.of(client, clock)
      const credited = author === null ? null : creditedTo(view, author)
      const until = index.until(client, clock)
      // What was brought in with the text is left plain.
      return credited === null ? { name: '', colour: '', until } : { name: shortAuthor(view, author!), colour: colours.get(credited) ?? 'delegation-0', until }
    }
  })
