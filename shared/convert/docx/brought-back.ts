/** A file that comes back from a capital, read against the draft as it stands. */
import * as Y from 'yjs'
import { defineShared, newDoc } from '../../model/layout.ts'
import { readDraft } from '../../model/reader.ts'
import { readDelegations, readStage } from '../../model/state.ts'
import { placeOf } from './comments.ts'
import type { PlacedComment } from './comments.ts'
import type { WordComment, WordFile, WrittenFrom } from './file.ts'
import { textIn } from './modes.ts'
import { readWord } from './read.ts'
import { readReply } from './reply.ts'
import type { Reply } from './reply.ts'
import { sentFrom } from './sent.ts'
import { changedSheet } from './write/changes.ts'
import { noMasthead } from './write/masthead.ts'
import { writeWord } from './write/package.ts'
import { sheetOfWord } from './write/sheet.ts'

export interface BroughtBackOrder {
  readonly bytes: Uint8Array
  /** The shared document, as a Yjs update. */
  readonly shared: Uint8Array
  /** Whose reply it is. */
  readonly own: string
  /** The file that a copy without tracked changes was made from; null where that is the text as it stands. */
  readonly base: Uint8Array | null
}

export interface BroughtBack {
  readonly reply: Reply
  readonly from: WrittenFrom | null
  readonly comments: readonly PlacedComment[]
  /** On words that the text does not have. */
  readonly unplacedComments: readonly WordComment[]
}

/** Refuses as `readWord` does. */
export function broughtBack({ bytes, shared: update, own, base }: BroughtBackOrder): BroughtBack {
  const file = readWord(bytes)
  const shared = defineShared(newDoc())
  Y.applyUpdate(shared, update)
  const { language } = readStage(shared)
  const view = readDraft(shared, language)
  const first = readReply(file, view, language, sentFrom(shared, own))
  // What the copy does not have, and its base did not have either, is no change of the copy's.
  const reply = first.isUntracked && base !== null ? { ...readReply(compared(readWord(base), file, language), view, language), isUntracked: true, authors: [] } : first
  const isOurs = sentComments(shared, own)
  const comments = file.comments.filter((comment) => comment.words.trim() !== '' && !isOurs(comment))
  const placed = comments.flatMap((comment) => placeOf(comment, view) ?? [])
  const found = new Set(placed.map(({ comment }) => comment))
  shared.destroy()
  return { reply, from: file.from, comments: placed, unplacedComments: comments.filter((comment) => !found.has(comment)) }
}

/** Two files without tracked changes, as one with them. */
function compared(before: WordFile, after: WordFile, language: string): WordFile {
  const by = { author: '', at: null }
  const sheet = changedSheet(sheetOfWord(before, textIn(before.paragraphs, 'rejected')), sheetOfWord(after, textIn(after.paragraphs, 'accepted')), { written: () => by, struck: () => by, whole: () => by })
  return readWord(writeWord({ language, title: '', atMs: 0, from: null, masthead: noMasthead }, sheet))
}

/** Our own threads go out under the name of a delegation, or of one of one's own people with it. */
function sentComments(shared: Y.Doc, own: string): (comment: WordComment) => boolean {
  const delegations = readDelegations(shared)
  const names = new Set(delegations.map(({ name }) => name))
  const ours = `, ${delegations.find(({ id }) => id === own)?.name ?? own}`
  return ({ author }) => names.has(author) || author.endsWith(ours)
}
