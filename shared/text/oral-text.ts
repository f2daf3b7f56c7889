/** The oral revisions of a frozen text as they are listed behind it. English; times are UTC. Pure. */
import type { OralRevision } from '../record/oral.ts'
import type { PrintedBlock } from './printed.ts'

const timeOf = (atMs: number): string => new Date(atMs).toISOString().slice(0, 16).replace('T', ' ')

function headOf({ number, authorName, certified }: OralRevision): string {
  const how = certified === null ? '' : `, certified ${timeOf(certified.atMs)} UTC${certified.asRecorded ? ' by the chair’s table for its author' : ''}`
  return `Oral revision ${number}, announced by ${authorName}${how}`
}

/** Of several sentences each has a number. */
const numberOf = ({ sentences }: OralRevision, index: number): string => (sentences.length > 1 ? `(${index + 1})` : '')

/** Nothing where there is none; else it begins with a blank line. */
export const oralText = (revisions: readonly OralRevision[]): string =>
  revisions.map((revision) => `\n${[headOf(revision), ...revision.sentences.map((sentence, index) => `${numberOf(revision, index)} ${sentence}`.trim())].join('\n\n')}\n`).join('')

export const oralBlocks = (revisions: readonly OralRevision[]): PrintedBlock[] =>
  revisions.flatMap((revision): PrintedBlock[] => [
    { kind: 'entry', depth: 0, number: '', pieces: [{ look: 'plain', words: headOf(revision) }] },
    ...revision.sentences.map((sentence, index): PrintedBlock => ({ kind: 'wording', depth: 1, number: numberOf(revision, index), pieces: [{ look: 'plain', words: sentence }] })),
  ])
