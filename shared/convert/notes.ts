/**
 * Footnotes in plain text: "[3]" after a word marks one, a paragraph that begins "[3] " after it holds its words.
 * A mark without such a paragraph is ordinary text in brackets, and so is the second mark of one note.
 * "\[3]" is ordinary text too: the exporter writes it where words would otherwise read as a mark.
 */
import type { NoteValue } from '../model/value.ts'
import { isRule } from './lines.ts'
import type { Paragraph } from './lines.ts'

/** The look-behind keeps a long run of backslashes from being read anew from each of them. */
const markPattern = /(?<!\\)(\\*)\[(\d{1,4})\]/g
const notePattern = /^\[(\d{1,4})\]\s+(.+)$/su

export interface Notes {
  /** The paragraphs without the notes and the rules that stood before them. */
  readonly body: readonly Paragraph[]
  /** The typed number of each note that has a mark -> its words. */
  readonly words: ReadonlyMap<string, string>
  /** Typed numbers of note paragraphs that no mark refers to; they stay in the body. */
  readonly unmarked: readonly Paragraph[]
}

export function takeNotes(paragraphs: readonly Paragraph[]): Notes {
  const marked = new Set<string>()
  const words = new Map<string, string>()
  const body: Paragraph[] = []
  const unmarked: Paragraph[] = []
  for (const paragraph of paragraphs) {
    const found = notePattern.exec(paragraph.text)
    const key = found?.[1] ?? ''
    if (found !== null && marked.has(key) && !words.has(key)) {
      words.set(key, found[2]!)
      const before = body.at(-1)
      if (before !== undefined && isRule(before.text)) body.pop()
      continue
    }
    if (found !== null) unmarked.push(paragraph)
    else for (const mark of paragraph.text.matchAll(markPattern)) if (mark[1] === '') marked.add(mark[2]!)
    body.push(paragraph)
  }
  return { body, words, unmarked }
}

export type Piece = { readonly text: string } | { readonly note: string }

/** Cuts words at the marks of notes. `used` remembers which notes have had theirs, in the order of the text. */
export function piecesOf(text: string, words: ReadonlyMap<string, string>, used: Set<string>): Piece[] {
  const pieces: Piece[] = []
  let from = 0
  let literal = ''
  for (const mark of text.matchAll(markPattern)) {
    const [whole, slashes, key] = [mark[0], mark[1]!, mark[2]!]
    if (!words.has(key)) continue
    literal += text.slice(from, mark.index)
    from = mark.index + whole.length
    if (slashes === '' && !used.has(key)) {
      used.add(key)
      pieces.push({ text: literal }, { note: words.get(key)! })
      literal = ''
    } else {
      literal += slashes === '' ? whole : whole.slice(1)
    }
  }
  pieces.push({ text: literal + text.slice(from) })
  return pieces
}

/** A paragraph's words without the marks, and its notes. A space that stood before a mark goes with it. */
export function splitMarks(text: string, words: ReadonlyMap<string, string>, used: Set<string>): {
  readonly words: string
  readonly notes: readonly NoteValue[]
} {
  let kept = ''
  const notes: { at: number, words: string }[] = []
  for (const piece of piecesOf(text, words, used)) {
    if ('note' in piece) {
      notes.push({ at: kept.length, words: piece.note })
      continue
    }
    const gone = notes.length > 0 && /\s$/.test(kept) && /^(?:[\s,.;:)]|$)/.test(piece.text)
    if (gone) {
      const shorter = kept.trimEnd()
      for (const note of notes) note.at = Math.min(note.at, shorter.length)
      kept = shorter
    }
    kept += kept === '' ? piece.text.trimStart() : piece.text
  }
  const end = kept.trimEnd()
  return { words: end, notes: notes.map((note) => ({ ...note, at: Math.min(note.at, end.length) })) }
}

/** Escapes what would read as the mark of one of `count` notes. */
export function escapeMarks(text: string, count: number): string {
  return text.replace(markPattern, (whole: string, _slashes: string, key: string) =>
    /^[1-9]/.test(key) && Number(key) <= count ? `\\${whole}` : whole)
}
