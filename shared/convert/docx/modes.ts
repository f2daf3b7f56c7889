/** The text of a Word file with all its changes accepted, or all rejected. Pure and total. */
import type { NumberingOf, Presence, WordParagraph, WordRun } from './file.ts'

export type Mode = 'accepted' | 'rejected'

/** What becomes of tracked changes where a draft is made of a file: with `proposed` all are rejected in the text and prepared as amendments of it. */
export type Taken = Mode | 'proposed'

const named: Readonly<Record<string, Taken>> = { accept: 'accepted', reject: 'rejected', amendments: 'proposed' }

/** As addresses and the command line say it; accepted where they say nothing. */
export const takenNamed = (name: unknown = 'accept'): Taken | null => (typeof name === 'string' && Object.hasOwn(named, name) ? named[name]! : null)

/** A paragraph as it reads then. `line` is that of the first paragraph of the file that is in it. */
export interface ReadParagraph {
  readonly runs: readonly WordRun[]
  readonly row: number | null
  readonly style: string
  readonly numbering: NumberingOf | null
  readonly line: number
}

export const stands = (presence: Presence, mode: Mode): boolean =>
  (mode === 'accepted' ? presence.deleted === null : presence.inserted === null)

/**
 * Where the end of a paragraph goes, what follows it in the same cell or text is joined to it, and the end that stays says what the
 * whole is. Where nothing follows that it could be joined to, a paragraph goes when it is left without a word. What was moved as a
 * whole leaves an empty paragraph without a number.
 */
export function textIn(paragraphs: readonly WordParagraph[], mode: Mode): ReadParagraph[] {
  const found: ReadParagraph[] = []
  let open: ReadParagraph | null = null
  for (const { within, mark, hasNext, row, style, numbering, line, ...paragraph } of paragraphs) {
    const isThere = stands(within, mode)
    const runs = isThere ? paragraph.runs.filter(({ presence }) => stands(presence, mode)) : []
    const whole: ReadParagraph = { runs: [...(open?.runs ?? []), ...runs], row, style, numbering, line: open?.line ?? line }
    const isEnded = isThere && stands(mark, mode)
    // One that goes with its row or cell ends nothing, and holds on to nothing that was joined to it.
    if (isEnded || (!hasNext && whole.runs.length > 0)) found.push(whole)
    else if (isThere && mark.moved !== null && whole.runs.length === 0) found.push({ ...whole, numbering: null })
    open = isEnded || !hasNext || (!isThere && open === null) ? null : whole
  }
  return found
}

export const wordsOfRuns = (runs: readonly WordRun[]): string => runs.map(({ words }) => words).join('')
