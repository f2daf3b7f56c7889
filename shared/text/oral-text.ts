/** The oral revisions of a frozen text as they are listed behind it in plain text. English. Pure. */
import type { OralRevision } from '../record/oral.ts'

const dayOf = (atMs: number): string => new Date(atMs).toISOString().slice(0, 16).replace('T', ' ')

/** Nothing where there is none; else it begins with a blank line. Times are UTC. */
export function oralText(revisions: readonly OralRevision[]): string {
  return revisions.map((revision) => {
    const { number, authorName, sentences, certified } = revision
    const head = `Oral revision ${number}, announced by ${authorName}${certified === null ? '' : `, certified ${dayOf(certified.atMs)} UTC${certified.asRecorded ? ' by the chair’s table for its author' : ''}`}`
    return `\n${[head, ...sentences.map((sentence, index) => `${sentences.length > 1 ? `(${index + 1}) ` : ''}${sentence}`)].join('\n\n')}\n`
  }).join('')
}
