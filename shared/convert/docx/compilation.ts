/**
 * A facilitator's compilation: one Word file in which several delegations' tracked changes stand together, by the names of their
 * authors, read against the draft as it stands. For each delegation the file is read as if the others had changed nothing, so that
 * changes on the same words are rivals; what one did to words that another puts in has no place in the text, and is told. Pure.
 */
import * as Y from 'yjs'
import { guessDelegation } from '../../drafting/author-names.ts'
import type { Guess, NamedDelegation } from '../../drafting/author-names.ts'
import { readAmendments } from '../../model/amendments.ts'
import { readPublished } from '../../model/decisions.ts'
import { defineShared, defineSide, newDoc } from '../../model/layout.ts'
import { readDraft } from '../../model/reader.ts'
import { readRevisions } from '../../model/revise.ts'
import { readAmendmentState, readDelegations, readStage } from '../../model/state.ts'
import type { DraftView } from '../../model/units.ts'
import { digestOfAmendment } from '../../lifecycle/digests.ts'
import { sameRole } from '../../record/author-roles.ts'
import type { AuthorRole, AuthorRoles } from '../../record/author-roles.ts'
import { Refusal } from '../../wire/errors.ts'
import { limits } from '../../wire/limits.ts'
import { writeApart } from './apply-reply.ts'
import { placeOf } from './comments.ts'
import type { PlacedComment } from './comments.ts'
import type { Presence, WordComment, WordFile, WrittenFrom } from './file.ts'
import { readWord } from './read.ts'
import { readReply } from './reply.ts'
import type { ReplyChange, Unplaced } from './reply.ts'
import { saidAt, sentAt } from './sent.ts'
import type { Sent } from './sent.ts'

export interface CompilationOrder {
  readonly bytes: Uint8Array
  /** The shared document, as a Yjs update. */
  readonly shared: Uint8Array
  /** What is said of authors, by their names; null: nothing, and nothing is guessed either. */
  readonly roles: ReadonlyMap<string, AuthorRole | null>
}

export interface FileAuthor {
  /** '' where the file has none. */
  readonly name: string
  /** Stretches of a paragraph that are theirs, put in, struck, or both beside each other. */
  readonly changes: number
  readonly comments: number
  /** Null where it is not known: nothing of theirs is read. */
  readonly role: AuthorRole | null
  /** How it is known: it was said, or guessed by the name, or by a likeness. */
  readonly by: 'said' | Guess['by'] | null
}

export interface CompiledChange {
  readonly change: ReplyChange
  /** That delegation has put the same forward, or it was recorded for it, whatever became of it since. */
  readonly isKnown: boolean
}

/** What is one delegation's (of one author or several), what counts as text, or what is left out. */
export interface CompiledPart {
  readonly role: AuthorRole
  readonly authors: readonly string[]
  readonly changes: readonly CompiledChange[]
  readonly unplaced: readonly Unplaced[]
  readonly comments: readonly PlacedComment[]
  /** On words that the text does not have. */
  readonly unplacedComments: readonly WordComment[]
}

export interface Compilation {
  readonly from: WrittenFrom | null
  /** Nobody's name stands at a change: there is nothing to tell apart. */
  readonly isUntracked: boolean
  /** Most changes first. What the file went out with is none of theirs. */
  readonly authors: readonly FileAuthor[]
  readonly parts: readonly CompiledPart[]
}

/** Refuses as `readWord` does, and `too-many-authors`. */
export function compilation({ bytes, shared: update, roles: said }: CompilationOrder): Compilation {
  const file = readWord(bytes)
  const shared = defineShared(newDoc())
  Y.applyUpdate(shared, update)
  const { language } = readStage(shared)
  const view = readDraft(shared, language)
  const [went, isSaid] = [sentAt(shared), saidAt(shared)]
  const comments = file.comments.map((comment) => ({ ...comment, author: comment.author.trim() })).filter((comment) => comment.words.trim() !== '' && !isSaid(comment))
  const counted = countedIn(file, comments, went)
  if (counted.length > limits.compilationAuthorsMax) throw new Refusal('too-many-authors')
  const delegations = readDelegations(shared).filter(({ kind }) => kind !== 'office')
  const authors = counted.map((one): FileAuthor => ({ ...one, ...roleOf(one.name, said, delegations) }))
  const roles = new Map(authors.flatMap(({ name, role }) => (role === null ? [] : [[name, role] as const])))
  const isUntracked = authors.every(({ changes }) => changes === 0)
  const parts = rolesIn(roles, delegations.map(({ id }) => id)).map(({ role, names }): CompiledPart => {
    const ofPart = comments.filter(({ author }) => names.has(author))
    const placed = ofPart.flatMap((comment) => placeOf(comment, view) ?? [])
    const hasPlace = new Set(placed.map(({ comment }) => comment))
    const read = role.kind === 'text' || isUntracked ? { changes: [], unplaced: [] } : readReply(file, view, language, sentBut(names, roles, went))
    const known = role.kind === 'delegation' ? knownWordings(shared, role.delegation) : new Set<string>()
    return {
      role, authors: [...names],
      changes: read.changes.map((change) => ({ change, isKnown: known.size > 0 && known.has(wordingOfChange(shared, view, change) ?? '') })),
      unplaced: read.unplaced,
      comments: placed,
      unplacedComments: ofPart.filter((comment) => !hasPlace.has(comment)),
    }
  })
  shared.destroy()
  return { from: file.from, isUntracked, authors, parts }
}

/** The changes of these authors alone: what counts as text is in it, and all other changes were not made. */
const sentBut = (names: ReadonlySet<string>, roles: AuthorRoles, went: Sent): Sent => (by) =>
  went(by) ?? (names.has(by.author) ? null : roles.get(by.author)?.kind === 'text' ? 'taken' : 'apart')

/** In the order of the delegations; then what counts as text, and what is left out. */
function rolesIn(roles: AuthorRoles, delegations: readonly string[]): { readonly role: AuthorRole; readonly names: ReadonlySet<string> }[] {
  const found: readonly AuthorRole[] = [...delegations.map((delegation): AuthorRole => ({ kind: 'delegation', delegation })), { kind: 'text' }, { kind: 'out' }]
  return found.flatMap((role) => {
    const names = new Set([...roles].flatMap(([name, is]) => (sameRole(is, role) ? [name] : [])))
    return names.size === 0 ? [] : [{ role, names }]
  })
}

/** A delegation that is in the draft no more is nobody. */
function roleOf(name: string, said: CompilationOrder['roles'], delegations: readonly NamedDelegation[]): Pick<FileAuthor, 'role' | 'by'> {
  const role = said.get(name)
  if (role === null) return { role, by: null }
  if (role !== undefined && (role.kind !== 'delegation' || delegations.some(({ id }) => id === role.delegation))) return { role, by: 'said' }
  const guess = guessDelegation(name, delegations)
  return guess === null ? { role: null, by: null } : { role: { kind: 'delegation', delegation: guess.delegation }, by: guess.by }
}

function countedIn(file: WordFile, comments: readonly WordComment[], went: Sent): Pick<FileAuthor, 'name' | 'changes' | 'comments'>[] {
  const [changes, said] = [new Map<string, number>(), new Map<string, number>()]
  const more = (counts: Map<string, number>, name: string): unknown => counts.set(name, (counts.get(name) ?? 0) + 1)
  const namesAt = ({ inserted, deleted }: Presence): string[] => [inserted, deleted].flatMap((by) => (by === null || went(by) !== null ? [] : [by.author]))
  for (const { runs, mark, within } of [...file.paragraphs, ...[...file.notes.values()].flat()]) {
    let before: readonly string[] = []
    for (const presence of [within, ...runs.map((run) => run.presence), mark]) {
      const here = [...new Set(namesAt(presence))]
      for (const name of here) if (!before.includes(name)) more(changes, name)
      before = here
    }
  }
  for (const { author } of comments) more(said, author)
  return [...new Set([...changes.keys(), ...said.keys()])]
    .map((name) => ({ name, changes: changes.get(name) ?? 0, comments: said.get(name) ?? 0 }))
    .sort((left, right) => right.changes - left.changes || right.comments - left.comments || (left.name < right.name ? -1 : 1))
}

/** Digests of all wordings that a delegation has put forward, or that were recorded for it, but for what was withdrawn. */
export function knownWordings(shared: Y.Doc, delegation: string): ReadonlySet<string> {
  const own = readAmendments(shared).filter(({ id }) => {
    const state = readAmendmentState(shared, id)
    return state !== null && state.proposer === delegation && state.status !== 'withdrawn'
  })
  return new Set(own.flatMap(({ id }) => readRevisions(shared, id).map(({ digest }) => digest)))
}

/** The digest that the change has as an amendment; null where it has no place. */
function wordingOfChange(shared: Y.Doc, view: DraftView, change: ReplyChange): string | null {
  const side = defineSide(newDoc())
  const id = writeApart({ shared, side, view }, change)
  const amendment = id === null ? null : readPublished(side, id)
  side.destroy()
  return amendment === null ? null : digestOfAmendment(amendment)
}
