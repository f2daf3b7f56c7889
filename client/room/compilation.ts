/** A facilitator's compilation: what is each delegation's is recorded for it, one by one, as what it said from the floor is. */
import * as Y from 'yjs'
import { writeApart } from '../../shared/convert/docx/apply-reply.ts'
import { knownWordings } from '../../shared/convert/docx/compilation.ts'
import type { Compilation } from '../../shared/convert/docx/compilation.ts'
import type { PlacedComment } from '../../shared/convert/docx/comments.ts'
import type { ReplyChange } from '../../shared/convert/docx/reply.ts'
import { isNobody } from '../../shared/drafting/author-names.ts'
import { digestOfAmendment, digestOfText } from '../../shared/lifecycle/digests.ts'
import { dropAmendment } from '../../shared/model/amendments.ts'
import { readPublished } from '../../shared/model/decisions.ts'
import { valueOf } from '../../shared/model/operations.ts'
import { draftReader } from '../../shared/model/reader.ts'
import { readStage } from '../../shared/model/state.ts'
import { rangesInUnit, readThreads } from '../../shared/model/threads.ts'
import type { DraftView } from '../../shared/model/units.ts'
import { sameRole } from '../../shared/record/author-roles.ts'
import type { AuthorRole, AuthorRoles } from '../../shared/record/author-roles.ts'
import type { Command, CommandResult } from '../../shared/wire/commands.ts'
import { sentenceOf } from '../../shared/wire/errors.ts'
import { limits } from '../../shared/wire/limits.ts'
import type { Answer } from '../api.ts'
import { message } from '../messages/index.ts'
import { readCompilationInPage } from '../reading/read.ts'
import { factsOnRoom, judge } from './facts.ts'
import { whyNotPropose } from './propose-unsent.ts'
import type { RoomSession } from './session.ts'
import { whyForReading } from './link.ts'

/** Why nothing can be recorded here and now; null when it can. */
export const whyNotRecord = (session: RoomSession): string | null =>
  !session.writable.value ? sentenceOf(whyForReading(session.status.value)) : judge(factsOnRoom(session.standing.value), 'record-for').why ?? whyNotPropose(session) ?? (session.place === null ? null : message('compilation-place'))

/** Who an author is: as chosen in the dialog (null: taken back), else as remembered. */
export type Chosen = ReadonlyMap<string, AuthorRole | null>

export type CompilationRead = ({ readonly ok: true } & Compilation) | { readonly ok: false; readonly sentence: string }

/** null when it was stopped. */
export async function readCompilationFor(session: RoomSession, file: Blob, stopped: AbortSignal, said: Chosen): Promise<CompilationRead | null> {
  const answer = await readCompilationInPage(file, stopped, { shared: Y.encodeStateAsUpdate(session.shared), roles: said })
  return answer === null || answer.ok ? answer : { ok: false, sentence: sentenceOf(answer.code) }
}

/** What is new to remember: an author without a name may be anybody in the next file. */
export const toRemember = ({ authors }: Compilation, remembered: AuthorRoles): Extract<Command, { command: 'name-authors' }>['authors'] =>
  authors.flatMap(({ name, role }) => (role === null || isNobody(name) || sameRole(remembered.get(name), role) ? [] : [{ name, role }]))

/** One thing to be recorded. */
export type Item =
  | { readonly kind: 'change'; readonly delegation: string; readonly change: ReplyChange }
  /** `from`: whom it is from, as it is said in its thread. */
  | { readonly kind: 'comment'; readonly from: string; readonly placed: PlacedComment }

/** Delegation by delegation. What is known already is none. */
export function itemsOf({ parts }: Compilation, withComments: boolean, nameOf: (delegation: string) => string): Item[] {
  const changes = parts.flatMap(({ role, changes }): Item[] => (role.kind === 'delegation' ? changes.filter(({ isKnown }) => !isKnown).map(({ change }) => ({ kind: 'change', delegation: role.delegation, change })) : []))
  const comments = !withComments ? [] : parts.flatMap(({ role, comments: said }): Item[] =>
    (role.kind === 'out' ? [] : said.map((placed) => ({ kind: 'comment', from: role.kind === 'delegation' ? nameOf(role.delegation) : nameOfAuthor(placed.comment.author), placed }))))
  return [...changes, ...comments]
}

export const nameOfAuthor = (name: string): string => (isNobody(name) ? message('compilation-nobody') : name)

export interface Recording {
  readonly session: Pick<RoomSession, 'shared' | 'side' | 'origin'> & { send(body: Command): Promise<Answer<CommandResult>> }
  /** Of the text that they were read against. */
  readonly text: string
  /** For the chair's table alone, and not for everybody. */
  readonly commentsApart: boolean
  /** `isWaiting`: the server takes no more of one person for the moment. */
  readonly onProgress: (done: number, isWaiting: boolean) => void
  /** Resolves after so long, or when it is stopped. */
  readonly pause: (ms: number, stopped: AbortSignal) => Promise<void>
  readonly stopped: AbortSignal
}

export interface Recorded {
  /** What stands recorded, also where an answer had been lost. */
  readonly done: number
  readonly refused: readonly { readonly item: Item; readonly why: string }[]
  /** Not tried: the rest would have met the same. */
  readonly left: readonly Item[]
  /** What stopped it, in a sentence; null where nothing did, or the person. */
  readonly why: string | null
}

/** Refusals that are of one change and say nothing of the next. */
const ofOne: ReadonlySet<string> = new Set(['unit-locked', 'place-gone', 'anchor-broken', 'no-such-unit', 'beneath-itself', 'too-deep', 'not-next', 'empty-amendment', 'no-such-delegation', 'nothing-selected', 'already-so'])

/** In the table's own place each is there for as long as it takes to record it, so that what the table types next is its own. */
export async function recordItems(recording: Recording, items: readonly Item[]): Promise<Recorded> {
  const reader = draftReader(recording.session.shared)
  try {
    return await recordAll(recording, items, reader.read)
  } finally {
    reader.stop()
  }
}

async function recordAll({ session, text, commentsApart, onProgress, pause, stopped }: Recording, items: readonly Item[], read: (language: string) => DraftView): Promise<Recorded> {
  const known = new Map<string, ReadonlySet<string>>()
  const refused: { item: Item; why: string }[] = []
  let done = 0
  let seen = ''
  for (let at = 0; at < items.length; ) {
    const item = items[at]!
    const rest = (why: string | null): Recorded => ({ done, refused, left: items.slice(at), why })
    if (stopped.aborted) return rest(null)
    const { language } = readStage(session.shared)
    const view = read(language)
    // What is recorded changes no word of the text, and its digest takes longer than all else that is done here for a change.
    const value = JSON.stringify(valueOf(view, language))
    if (value !== seen && digestOfText(view, language) !== text) return rest(message('compilation-moved'))
    seen = value
    if (item.kind === 'change' && !known.has(item.delegation)) known.set(item.delegation, knownWordings(session.shared, item.delegation))
    const answer = item.kind === 'change' ? await recordChange(session, view, item, known.get(item.delegation)!) : await recordComment(session, view, item, commentsApart)
    if (!answer.ok && answer.code === 'too-fast') {
      onProgress(at, true)
      await pause(limits.recordAgainMs, stopped)
      continue
    }
    if (answer.ok) done++
    else if (answer.code === null || ofOne.has(answer.code)) refused.push({ item, why: answer.sentence })
    else return rest(answer.sentence)
    onProgress(++at, false)
  }
  return { done, refused, left: [], why: null }
}

type Tried = { readonly ok: true } | { readonly ok: false; readonly code: string | null; readonly sentence: string }

async function recordChange({ shared, side, origin, send }: Recording['session'], view: DraftView, { change, delegation }: Extract<Item, { kind: 'change' }>, known: ReadonlySet<string>): Promise<Tried> {
  if (side === null) return { ok: false, code: 'only-chairs-table', sentence: sentenceOf('only-chairs-table') }
  const id = writeApart({ shared, side, view }, change, origin)
  const amendment = id === null ? null : readPublished(side, id)
  if (id === null || amendment === null) return { ok: false, code: 'place-gone', sentence: sentenceOf('place-gone') }
  try {
    const digest = digestOfAmendment(amendment)
    return known.has(digest) ? { ok: true } : await send({ command: 'record-for', amendment: id, digest, delegation })
  } finally {
    dropAmendment(side, id, true, origin)
  }
}

async function recordComment({ shared, side, send }: Recording['session'], view: DraftView, { from, placed }: Extract<Item, { kind: 'comment' }>, apart: boolean): Promise<Tried> {
  const words = message('compilation-comment', { from, words: placed.comment.words }).trim()
  if (words.length > limits.noteCharactersMax) return { ok: false, code: null, sentence: message('compilation-comment-long') }
  const unit = view.byId.get(placed.unit)
  if (unit === undefined) return { ok: false, code: 'no-such-unit', sentence: sentenceOf('no-such-unit') }
  const home = apart ? side : shared
  const isThere = home !== null && readThreads(home).some(({ about, messages }) => about.kind === 'unit' && about.unit === unit.id && messages[0]!.words === words)
  if (isThere) return { ok: true }
  const ranges = rangesInUnit(shared, unit, placed.from, placed.to).map(([first, last]): [[number, number, 0 | -1], [number, number, 0 | -1]] => [[...first], [...last]])
  return send({ command: 'start-thread', about: { kind: 'unit', unit: unit.id }, ranges, words, apart })
}
