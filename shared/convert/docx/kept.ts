/**
 * A Word file whose tracked changes are kept: the text is what all of them rejected leave, and those of each author are proposals on it,
 * laid out as in a draft, so that it is written in every way in which a draft's rolling text is. What one did to words that another puts
 * in has no place in the text, and is told. Pure but for the document that it makes.
 */
import type * as Y from 'yjs'
import { readAmendments } from '../../model/amendments.ts'
import { newLineage, publish } from '../../model/decisions.ts'
import { defineSide, newDoc } from '../../model/layout.ts'
import { stateOfAmendment, writeState } from '../../model/state.ts'
import { laidOut } from '../../text/laid-out.ts'
import { Refusal } from '../../wire/errors.ts'
import { limits } from '../../wire/limits.ts'
import type { Import } from '../importText.ts'
import { excerpt } from '../report.ts'
import { applyReply } from './apply-reply.ts'
import type { Reviser, WordComment, WordFile } from './file.ts'
import { importFile } from './import.ts'
import { readWord } from './read.ts'
import { readReply } from './reply.ts'
import type { Unplaced } from './reply.ts'

export interface Kept extends Import {
  /** In negotiation, its delegations the authors. Whoever asked for it destroys it. */
  readonly shared: Y.Doc
  /** By proposals. A time is known where all changes of an author have the same. */
  readonly revisers: ReadonlyMap<string, Reviser>
  /** Those that say something. */
  readonly comments: readonly WordComment[]
}

/** Refuses as `readWord` does, and `too-many-authors`. */
export function keptIn(bytes: Uint8Array): Kept {
  const file = readWord(bytes)
  const base = importFile(file, 'rejected')
  const { doc: shared, view, language } = laidOut(base.value)
  const title = base.value.units.find(({ kind }) => kind === 'title')?.words ?? 'Draft resolution'
  writeState(shared, 'draft', { stage: 'negotiation', title, language })
  const authors = authorsIn(file)
  if (authors.size > limits.compilationAuthorsMax) throw new Refusal('too-many-authors')
  const unplaced: Unplaced[] = []
  const revisers = new Map<string, Reviser>()
  for (const [author, times] of authors) {
    const id = `author-${revisers.size}`
    const reviser = { author, at: times.size === 1 ? [...times][0]! : null }
    const atMs = reviser.at === null ? 0 : Date.parse(reviser.at) || 0
    writeState(shared, `delegation:${id}`, { id, name: author === '' ? '?' : author, kind: 'group' })
    const reply = readReply(file, view, language, (by) => (by.author === author ? null : 'apart'))
    unplaced.push(...reply.unplaced)
    const side = defineSide(newDoc())
    applyReply({ shared, side, view }, reply.changes)
    for (const amendment of readAmendments(side)) {
      publish(shared, side, '', amendment, 1, atMs, null, newLineage())
      writeState(shared, stateOfAmendment(amendment.id), { status: 'open', proposer: id, proposerKind: 'group', sponsors: [], asking: [], needsState: false, takenUpBy: null, asRecorded: false, editorial: false, revision: 1, digest: '', atMs, decision: null, recheck: null })
      revisers.set(amendment.id, reviser)
    }
    side.destroy()
  }
  const [first] = unplaced
  const lost = first === undefined ? [] : [{ what: 'tracked change', words: excerpt(first.shown.map(({ words }) => words).join('')), count: unplaced.length }]
  return { ...base, report: { ...base.report, lost: [...base.report.lost, ...lost] }, shared, revisers, comments: file.comments.filter(({ words }) => words.trim() !== '') }
}

/** By their names, in the order of the page; with the times at which they changed something. */
function authorsIn({ paragraphs, notes }: WordFile): ReadonlyMap<string, ReadonlySet<string>> {
  const found = new Map<string, Set<string>>()
  for (const { within, runs, mark } of [...paragraphs, ...[...notes.values()].flat()]) {
    for (const { inserted, deleted } of [within, ...runs.map(({ presence }) => presence), mark]) {
      for (const by of [inserted, deleted]) if (by !== null) found.set(by.author, (found.get(by.author) ?? new Set()).add(by.at ?? ''))
    }
  }
  return found
}
