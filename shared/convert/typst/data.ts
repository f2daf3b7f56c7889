/** A printed document as the template reads it. */
import type { WrittenFrom } from '../docx/file.ts'
import { isForeignTo, printable } from '../../text/printed.ts'
import type { Printed, PrintedBlock } from '../../text/printed.ts'

export interface TypesetForm {
  /** A number at every line, by which people speak of it in a room; the wording of amendments never does. */
  readonly lineNumbers: boolean
  /** The draft and version that the file says it is of, among its keywords. */
  readonly from: WrittenFrom | null
}

const isSeen = (words: string): boolean => /[\p{L}\p{N}\p{P}\p{S}]/u.test(words)

/** The level of a heading, 0 for any other paragraph. One without a letter is none: PDF/UA knows no empty ones. */
function wantedLevel({ kind, number, pieces }: PrintedBlock, isTitled: boolean): number {
  if (!isSeen(`${number}${pieces.map(({ look, words }) => (look === 'note' ? '' : words)).join('')}`)) return 0
  switch (kind) {
    case 'title':
      return isTitled ? 2 : 1
    case 'annex':
    case 'entry':
      return 2
    case 'heading':
      return 3
    default:
      return 0
  }
}

/** Nor does it know headings that begin at another level than the first, or leave one out. */
function levelsOf({ blocks, isTitled }: Printed): number[] {
  let last = isTitled ? 1 : 0
  return blocks.map((block) => {
    const level = Math.min(wantedLevel(block, isTitled), last + 1)
    if (level > 0) last = level
    return level
  })
}

export function typesetData(printed: Printed, { lineNumbers, from }: TypesetForm): string {
  const levels = levelsOf(printed)
  return JSON.stringify({
    ...printed,
    title: isSeen(printed.title) ? printed.title : 'Resolution',
    blocks: printed.blocks.map((block, at) => ({ ...block, level: levels[at], latin: isForeignTo(printed.language, block) })),
    lineNumbers,
    keywords: from === null ? [] : [`omnibus-draft:${from.draft}`, `omnibus-version:${from.version}`],
  }, (_, value: unknown) => (typeof value === 'string' ? printable(value) : value))
}
