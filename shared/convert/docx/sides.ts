/** The two texts of a Word file with tracked changes, with what of each paragraph is in which, and which of the one is which of the other. Pure. */
import { embedCharacter } from '../../model/layout.ts'
import type { WordPart } from '../../text/word-diff.ts'
import { clean } from '../lines.ts'
import type { WordFile, WordParagraph, WordRun } from './file.ts'
import { stands } from './modes.ts'
import { isNowhere } from './sent.ts'
import { madeStyle } from './write/styles.ts'

/** Letters with an embed character for each footnote; what of them is in the copy's text, and what in the changed one. */
export interface Piece {
  readonly kind: 'kept' | 'struck' | 'new'
  readonly letters: string
  readonly note: string | null
  /** The note that it was before, where the file has it twice: in a paragraph that moved. */
  readonly was?: string
}

/** A paragraph of the copy's own text, and what is done to it. */
export interface Old {
  readonly pieces: Piece[]
  /** Offsets in its letters where a new paragraph begins, with the changed paragraph that ends there and the one that begins. */
  readonly parted: { readonly at: number; readonly before: New; readonly after: New }[]
  readonly partners: Set<New>
  /** The end that was struck, with the paragraph that followed. */
  joinedTo: Old | null
  moved: string | null
  style: string
}

export interface New {
  readonly pieces: Piece[]
  readonly partners: Set<Old>
  moved: string | null
  readonly line: number
  level: number | null
}

export const closed = (words: string): string => words.replace(/\s+/g, '')

/** `old`: of the copy's own text; `new`: of the changed one; else of one kind of piece. */
export const lettersOf = (pieces: readonly Piece[], which: 'old' | 'new' | 'struck'): string =>
  pieces.filter(({ kind }) => (which === 'struck' ? kind === 'struck' : kind === 'kept' || kind === (which === 'old' ? 'struck' : 'new'))).map(({ letters }) => letters).join('')

export const shownOf = (pieces: readonly Piece[]): WordPart[] =>
  pieces.filter(({ letters }) => letters !== embedCharacter).map(({ kind, letters }) => ({ kind, words: letters }))

/** Both texts of the file, paragraph by paragraph, and which of the one is which of the other by the words they share. */
export function sidesOf(file: WordFile): { readonly olds: readonly Old[]; readonly news: readonly New[]; readonly authors: readonly string[] } {
  const [olds, news, authors] = [[] as Old[], [] as New[], new Set<string>()]
  let old: Old | null = null
  let one: New | null = null
  let pending: { at: number; before: New } | null = null
  for (const paragraph of file.paragraphs) {
    if (file.from !== null && paragraph.style === madeStyle) continue
    const [isOld, isNew] = [stands(paragraph.within, 'rejected'), stands(paragraph.within, 'accepted')]
    for (const presence of [paragraph.mark, paragraph.within, ...paragraph.runs.map((run) => run.presence)]) for (const by of isNowhere(presence) ? [] : [presence.inserted, presence.deleted]) if (by !== null) authors.add(by.author)
    old ??= { pieces: [], parted: [], partners: new Set(), joinedTo: null, moved: null, style: paragraph.style }
    one ??= { pieces: [], partners: new Set(), moved: null, line: paragraph.line, level: null }
    for (const run of paragraph.runs) {
      const [inOld, inNew] = [isOld && stands(run.presence, 'rejected'), isNew && stands(run.presence, 'accepted')]
      if (!inOld && !inNew) continue
      const piece: Piece = { kind: inOld && inNew ? 'kept' : inOld ? 'struck' : 'new', letters: lettersIn(run), note: run.note }
      old.pieces.push(piece)
      one.pieces.push(piece)
      if (inOld && inNew && closed(piece.letters) !== '') {
        old.partners.add(one)
        one.partners.add(old)
        if (pending !== null && pending.before.partners.has(old)) old.parted.push({ ...pending, after: one })
        pending = null
      }
    }
    old.moved ??= paragraph.mark.inserted === null ? paragraph.mark.moved : null
    one.moved ??= paragraph.mark.deleted === null ? paragraph.mark.moved : null
    one.level = paragraph.numbering?.level ?? null
    const [endsOld, endsNew] = [isEnd(paragraph, isOld, 'rejected'), isEnd(paragraph, isNew, 'accepted')]
    // The same end in both: the same paragraph, though not a word of it stayed.
    if (endsOld && endsNew && old.partners.size === 0 && one.partners.size === 0 && lettersOf(old.pieces, 'old') !== '' && lettersOf(one.pieces, 'new') !== '') {
      old.partners.add(one)
      one.partners.add(old)
    }
    if (endsNew && !endsOld) pending = { at: lettersOf(old.pieces, 'old').length, before: one }
    const [former, latter]: [Old, New] = [old, one]
    if (endsOld) {
      olds.push(former)
      old = null
      pending = null
    }
    if (endsNew) {
      news.push(latter)
      one = null
    }
    if (endsOld && !endsNew) {
      const next: Old = { pieces: [], parted: [], partners: new Set(), joinedTo: null, moved: null, style: paragraph.style }
      former.joinedTo = next
      old = next
    }
  }
  for (const each of olds) {
    // Joined are two that both have words in what came of them.
    if (each.joinedTo !== null && ![...each.partners].some((partner) => each.joinedTo!.partners.has(partner))) each.joinedTo = null
    keepOwn(each)
  }
  for (const each of news) each.pieces.splice(0, each.pieces.length, ...each.pieces.filter(({ kind }) => kind !== 'struck'))
  return { olds, news, authors: [...authors] }
}

/** What was put in as a paragraph of its own is none of this one's words. */
function keepOwn(old: Old): void {
  const foreign = new Set([...old.pieces].filter((piece) => piece.kind === 'new'))
  for (const partner of old.partners) for (const piece of partner.pieces) foreign.delete(piece)
  old.pieces.splice(0, old.pieces.length, ...old.pieces.filter((piece) => !foreign.has(piece)))
}

const isEnd = ({ mark, hasNext }: WordParagraph, isThere: boolean, mode: 'accepted' | 'rejected'): boolean => !hasNext || (isThere && stands(mark, mode))

/** As the draft has them: one blank where a program put a tab or the end of a line. */
export const lettersIn = ({ words, note }: WordRun): string => (note === null ? clean(words).text.replace(/[\n\t]/g, ' ') : embedCharacter)
