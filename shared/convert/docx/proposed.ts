/**
 * A Word file as a text with proposals on it: the text is what all its changes rejected leave, and each change is one that whoever brings
 * the file prepares, as those of a capital's reply are. Pure.
 */
import { digestOfText } from '../../lifecycle/digests.ts'
import type { DraftView } from '../../model/units.ts'
import { laidOut } from '../../text/laid-out.ts'
import { Refusal } from '../../wire/errors.ts'
import { limits } from '../../wire/limits.ts'
import type { Import } from '../importText.ts'
import { importFile } from './import.ts'
import { placedChanges } from './placed.ts'
import type { PlacedChange } from './placed.ts'
import { readWord } from './read.ts'
import { readReply } from './reply.ts'
import type { Reply } from './reply.ts'

export interface Proposals {
  /** The text that they are about. Its ids are this answer's alone. */
  readonly view: DraftView
  readonly reply: Pick<Reply, 'changes' | 'unplaced' | 'authors'>
}

export type Proposed = Import & { readonly proposals: Proposals }

/** Refuses as `readWord` does; more changes than one command holds as import-too-large. */
export function proposedIn(bytes: Uint8Array): Proposed {
  const file = readWord(bytes)
  const base = importFile(file, 'rejected')
  const { doc, view, language } = laidOut(base.value)
  doc.destroy()
  const { changes, unplaced, authors, isUntracked } = readReply(file, view, language)
  if (editsIn(changes) > limits.preparedChangesMax || charactersIn(changes) > limits.preparedCharactersMax) throw new Refusal('import-too-large')
  return { ...base, proposals: { view, reply: isUntracked ? { changes: [], unplaced: [], authors } : { changes, unplaced, authors } } }
}

const editsIn = (changes: Reply['changes']): number => changes.reduce((sum, change) => sum + (change.kind === 'words' ? change.edits.length : 1), 0)

const charactersIn = (changes: Reply['changes']): number =>
  changes.reduce((sum, change) => sum + (change.kind === 'words' ? change.edits.reduce((all, { words }) => all + words.length, 0) : 'words' in change ? change.words.length : 0), 0)

/** What the command `prepare` is told of them, once the text is in a draft; and what it is not, by those who made it. */
export interface Preparation {
  /** Of the text. */
  readonly digest: string
  readonly changes: readonly PlacedChange[]
  readonly unplaced: Reply['unplaced']
  readonly authors: readonly string[]
}

export const preparationOf = ({ value: { language }, proposals: { view, reply: { changes, unplaced, authors } } }: Proposed): Preparation =>
  ({ digest: digestOfText(view, language), changes: placedChanges(view, changes), unplaced, authors })
