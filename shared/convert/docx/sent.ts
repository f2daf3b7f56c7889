/**
 * A file that went out with open amendments in it, as if it had gone out without them: what was there already is nobody's reply. What
 * a capital did to another's proposed words has no place in the text, and is told with those words. Pure.
 */
import type * as Y from 'yjs'
import { readAmendments } from '../../model/amendments.ts'
import { readRevisions } from '../../model/revise.ts'
import { readAmendmentState, readDelegations } from '../../model/state.ts'
import { readThreads } from '../../model/threads.ts'
import type { WordPart } from '../../text/word-diff.ts'
import { inPreparation } from '../../wire/word.ts'
import type { Presence, Reviser, WordComment, WordFile, WordParagraph, WordRun } from './file.ts'
import { standing } from './file.ts'

/** What became of a change that a file went out with: `taken` into the text, or `apart` from it still. Null for one that was made since. */
export type Sent = (by: Reviser) => 'taken' | 'apart' | null

/** Word keeps the time of a change to the minute. */
const keyOf = (author: string, at: string): string => `${author} ${at.slice(0, 16)}`

const namesIn = (shared: Y.Doc): Map<string, string> => new Map(readDelegations(shared).map(({ id, name }) => [id, name]))

/** By the delegations' names and the times at which each of their wordings was put forward, or decided on. */
export function sentAt(shared: Y.Doc): Sent {
  const names = namesIn(shared)
  const known = new Map<string, 'taken' | 'apart'>()
  for (const { id } of readAmendments(shared)) {
    const state = readAmendmentState(shared, id)
    if (state === null) continue
    const times = [state.atMs, ...readRevisions(shared, id).map(({ atMs }) => atMs), ...(state.status === 'incorporated' && state.decision !== null ? [state.decision.atMs] : [])]
    for (const atMs of times.filter(Number.isFinite)) {
      const key = keyOf(names.get(state.proposer) ?? state.proposer, new Date(atMs).toISOString())
      if (known.get(key) !== 'taken') known.set(key, state.status === 'incorporated' ? 'taken' : 'apart')
    }
  }
  return ({ author, at }) => (at === null ? null : known.get(keyOf(author, at)) ?? null)
}

/** So, and by what other names tell. `own`: whose reply it is. */
export function sentFrom(shared: Y.Doc, own: string): Sent {
  const [names, known] = [namesIn(shared), sentAt(shared)]
  const [ours, others] = [names.get(own) ?? own, new Set([...names.values()].filter((name) => name !== names.get(own)))]
  return (by) => {
    if (by.author === ours + inPreparation) return 'apart'
    // Nobody at home is called as another delegation: such a change is of a file that shows what came of an earlier version.
    return known(by) ?? (others.has(by.author) ? 'taken' : null)
  }
}

/** Of what was said in threads for everybody: by the delegation's name and the minute. */
export function saidAt(shared: Y.Doc): (comment: Pick<WordComment, 'author' | 'at'>) => boolean {
  const names = namesIn(shared)
  const said = new Set(readThreads(shared).flatMap(({ messages }) => messages.map(({ delegation, atMs }) => keyOf(names.get(delegation) ?? delegation, new Date(atMs).toISOString()))))
  return ({ author, at }) => at !== null && said.has(keyOf(author, at))
}

export interface Sifted {
  readonly file: WordFile
  /** What was done to words that another's proposal would put in, paragraph by paragraph. */
  readonly inProposals: readonly (readonly WordPart[])[]
}

/** Both of them the same: in neither text. */
const nowhere = (by: Reviser): Presence => ({ inserted: by, deleted: by, moved: null })

export const isNowhere = ({ inserted, deleted }: Presence): boolean => inserted !== null && inserted === deleted

export function withoutSent(file: WordFile, sent: Sent): Sifted {
  const sift = (presence: Presence): Presence => {
    const [put, struck] = [presence.inserted === null ? null : sent(presence.inserted), presence.deleted === null ? null : sent(presence.deleted)]
    if (put === null && struck === null) return presence
    if (put === 'apart') return nowhere(presence.inserted!)
    if (struck === 'taken') return nowhere(presence.deleted!)
    const [inserted, deleted] = [put === null ? presence.inserted : null, struck === null ? presence.deleted : null]
    return inserted === null && deleted === null ? standing : { inserted, deleted, moved: null }
  }
  const isProposed = ({ inserted }: Presence): boolean => inserted !== null && sent(inserted) === 'apart'
  const isOwn = (by: Reviser | null): boolean => by !== null && sent(by) === null
  const inProposals: (readonly WordPart[])[] = []
  let before: Presence = standing
  const paragraphs = file.paragraphs.map((paragraph): WordParagraph => {
    const inside = insideOf(paragraph, before, isProposed, isOwn)
    before = paragraph.mark
    if (inside.some(({ isDone }) => isDone)) inProposals.push(inside.map(({ part }) => part))
    const gone = new Set(inside.filter(({ isPut }) => isPut).map(({ run }) => run))
    return {
      ...paragraph,
      within: sift(paragraph.within),
      mark: sift(paragraph.mark),
      runs: paragraph.runs.filter((run) => !gone.has(run)).map((run) => ({ ...run, presence: sift(run.presence) })),
    }
  })
  const notes = new Map([...file.notes].map(([id, note]) => [id, note.map((paragraph) => ({ ...paragraph, mark: sift(paragraph.mark), runs: paragraph.runs.map((run) => ({ ...run, presence: sift(run.presence) })) }))]))
  return { file: { ...file, paragraphs, notes }, inProposals }
}

interface Inside {
  readonly run: WordRun
  readonly part: WordPart
  /** The reply did something to it; it put it in. */
  readonly isDone: boolean
  readonly isPut: boolean
}

/** The runs of another's proposed words, with what was put in between them. A new paragraph of the reply's own is in none. */
function insideOf({ runs, mark }: WordParagraph, before: Presence, isProposed: (presence: Presence) => boolean, isOwn: (by: Reviser | null) => boolean): Inside[] {
  if (isOwn(mark.inserted)) return []
  const isPut = ({ presence }: WordRun): boolean => isOwn(presence.inserted)
  return runs.flatMap((run, at): Inside[] => {
    if (isProposed(run.presence)) return [{ run, part: { kind: isOwn(run.presence.deleted) ? 'struck' : 'kept', words: run.words }, isDone: isOwn(run.presence.deleted), isPut: false }]
    if (!isPut(run)) return []
    const left = runs.slice(0, at).findLast((one) => !isPut(one))
    const right = runs.slice(at + 1).find((one) => !isPut(one))
    const [isLeft, isRight] = [left === undefined ? null : isProposed(left.presence), isProposed(right?.presence ?? mark)]
    // At the beginning of a paragraph that is all proposed there is nothing before it but the end of another.
    const isInside = isRight && (isLeft ?? (isProposed(before) || isProposed(mark)))
    return isInside ? [{ run, part: { kind: 'new', words: run.words }, isDone: true, isPut: true }] : []
  })
}
