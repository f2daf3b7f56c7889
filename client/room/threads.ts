/** The threads of a room as its panels show them: where each stands, what of it is unread, and who is named in it. Pure. */
import type * as Y from 'yjs'
import { scanText } from '../../shared/model/texts.ts'
import type { TextScan } from '../../shared/model/texts.ts'
import { placeThread, readThreads } from '../../shared/model/threads.ts'
import type { Message, PlacedThread, ThreadAbout, ThreadView } from '../../shared/model/threads.ts'
import type { DraftView } from '../../shared/model/units.ts'

export interface RoomThread {
  readonly thread: ThreadView
  /** In one's own side document: among one's own people. */
  readonly apart: boolean
  readonly place: PlacedThread
}

/** Messages by number that have been on this person's screen, by thread. */
export type Seen = ReadonlyMap<string, number>

export function readRoomThreads(shared: Y.Doc, side: Y.Doc | null, view: DraftView, scans: (text: Y.Text) => TextScan): RoomThread[] {
  const of = (doc: Y.Doc, apart: boolean): RoomThread[] =>
    readThreads(doc).map((thread) => {
      // The reader remembers the texts of the shared document alone.
      const remembered = !apart || thread.about.kind === 'unit'
      return { thread, apart, place: placeThread(thread, doc, shared, view, remembered ? scans : scanText) }
    })
  return [...of(shared, false), ...(side === null ? [] : of(side, true))]
}

/** Those beside an amendment, or beside a paragraph and not its amendments. */
export const threadsOn = (threads: readonly RoomThread[], about: ThreadAbout): RoomThread[] =>
  threads.filter(({ thread, place }) =>
    about.kind === 'amendment' ? thread.about.kind === 'amendment' && thread.about.amendment === about.amendment : thread.about.kind === 'unit' && place.unit === about.unit,
  )

export const unreadIn = ({ thread }: RoomThread, seen: Seen): number => {
  const last = seen.get(thread.id) ?? 0
  return thread.messages.filter((message) => message.number > last).length
}

export interface Mention {
  readonly room: RoomThread
  readonly message: Message
  readonly unread: boolean
}

/** Where a delegation is named by others: unread first, then the newest first. */
export function mentionsOf(threads: readonly RoomThread[], delegation: string, seen: Seen): Mention[] {
  return threads
    .flatMap((room) => room.thread.messages
      .filter((message) => message.mentions.includes(delegation) && message.delegation !== delegation)
      .map((message): Mention => ({ room, message, unread: message.number > (seen.get(room.thread.id) ?? 0) })))
    .sort((left, right) => Number(right.unread) - Number(left.unread) || right.message.atMs - left.message.atMs)
}

/** A name being typed behind "@": where it begins, and the delegations that it may become. */
export function completion<D extends { readonly name: string }>(words: string, caret: number, delegations: readonly D[]): { readonly from: number; readonly options: readonly D[] } | null {
  const from = words.lastIndexOf('@', caret - 1)
  if (from === -1 || /[\p{L}\p{N}]$/u.test(words.slice(0, from))) return null
  const typed = words.slice(from + 1, caret).toLowerCase()
  if (typed.includes('\n')) return null
  const options = delegations.filter(({ name }) => name.toLowerCase().startsWith(typed) && name.toLowerCase() !== typed)
  return options.length === 0 ? null : { from, options }
}
