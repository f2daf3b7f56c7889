/** What an amendment changes, in words that fit on a card: struck, new, and enough of what stands around to see where. */
import { embedCharacter } from '../../shared/model/layout.ts'
import { editParts } from '../../shared/text/alike.ts'
import type { EditPart } from '../../shared/text/alike.ts'
import type { PublishedCard, PrivateCard } from './view.ts'

export type ChangePart = EditPart

const contextWords = 7
const struckWordsMax = 60

export function changesOf(card: Pick<PublishedCard | PrivateCard, 'amendment' | 'unit' | 'placed'>): ChangePart[] {
  const { amendment, unit, placed } = card
  const base = (unit?.atoms ?? '').replaceAll(embedCharacter, '')
  switch (amendment.about.kind) {
    case 'insert':
      return [{ kind: 'new', words: amendment.proposal }]
    case 'delete':
      return base === '' ? [] : [{ kind: 'struck', words: shortened(base, struckWordsMax) }]
    case 'replace':
      return [{ kind: 'new', words: amendment.proposal }]
    case 'modify':
      return unit === null || placed === null ? wordsAlone(card) : around(unit.atoms, placed)
  }
}

/** Where the paragraph is gone there is still what was proposed. */
const wordsAlone = ({ amendment }: Pick<PublishedCard, 'amendment'>): ChangePart[] =>
  amendment.hunks.map((hunk) => ({ kind: 'new', words: hunk.words }))

const withoutMarks = (words: string): string => words.replaceAll(embedCharacter, '')

/** The same with every word of its paragraph around it. */
export const wholeChangesOf = (card: Pick<PublishedCard | PrivateCard, 'amendment' | 'unit' | 'placed'>): ChangePart[] =>
  card.unit === null || card.placed === null ? changesOf(card) : editParts(card.unit.atoms, card.placed, withoutMarks)

function around(atoms: string, placed: NonNullable<PublishedCard['placed']>): ChangePart[] {
  const parts = editParts(atoms, placed, withoutMarks)
  return parts.map((part, index) => (part.kind === 'kept' ? { kind: 'kept', words: elided(part.words, index > 0, index < parts.length - 1) } : part))
}

/** Keeps the words next to a change: the end where something follows, the beginning where something precedes. */
function elided(words: string, after: boolean, before: boolean): string {
  const pieces = words.match(/\s*\S+\s*/gu)
  if (pieces === null || pieces.length <= (after && before ? 2 : 1) * contextWords + 1) return words
  const head = after ? pieces.slice(0, contextWords).join('').trimEnd() : ''
  const tail = before ? pieces.slice(-contextWords).join('').trimStart() : ''
  return `${head}${head === '' ? '' : ' '}…${tail === '' ? '' : ' '}${tail}`
}

function shortened(words: string, wordsMax: number): string {
  const pieces = words.trim().split(/\s+/)
  return pieces.length > wordsMax ? `${pieces.slice(0, wordsMax).join(' ')} …` : words
}
