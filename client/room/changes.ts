/** What an amendment changes, in words that fit on a card: struck, new, and enough of what stands around to see where. */
import type { AmendmentState } from '../../shared/model/state.ts'
import { embedCharacter } from '../../shared/model/layout.ts'
import { editParts } from '../../shared/text/alike.ts'
import type { EditPart } from '../../shared/text/alike.ts'
import type { PublishedCard, PrivateCard } from './view.ts'

export type ChangePart = EditPart

const contextWords = 7
const struckWordsMax = 60

type Changing = Pick<PublishedCard | PrivateCard, 'amendment' | 'unit' | 'placed' | 'struck'> & { readonly state?: AmendmentState }

export function changesOf(card: Changing): ChangePart[] {
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
      return unit === null || placed === null || isWritten(card) ? wordsAlone(card) : elidedParts(partsOf(unit.atoms, placed))
  }
}

/** The same with the whole paragraph around, for reading rivals side by side. */
export function wholeChangesOf(card: Changing): ChangePart[] {
  const { unit, placed, amendment } = card
  if (unit === null || amendment.about.kind === 'insert') return changesOf(card)
  const base = unit.atoms.replaceAll(embedCharacter, '')
  switch (amendment.about.kind) {
    case 'modify':
      return placed === null ? wordsAlone(card) : partsOf(unit.atoms, placed)
    case 'delete':
      return [{ kind: 'struck', words: base }]
    case 'replace':
      return [{ kind: 'struck', words: base }, { kind: 'new', words: amendment.proposal }]
  }
}

/** Its words stand in the text, and what it struck is gone from it. */
const isWritten = ({ state }: Changing): boolean => state?.status === 'incorporated'

/** Where the paragraph is gone, or has taken it in, there is still what was proposed. */
const wordsAlone = (card: Changing): ChangePart[] => [
  ...card.struck(isWritten(card)).filter((words) => words !== '').map((words): ChangePart => ({ kind: 'struck', words: shortened(words, struckWordsMax) })),
  ...card.amendment.hunks.map((hunk): ChangePart => ({ kind: 'new', words: hunk.words })),
]

const withoutMarks = (words: string): string => words.replaceAll(embedCharacter, '')

const partsOf = (atoms: string, placed: NonNullable<PublishedCard['placed']>): ChangePart[] => editParts(atoms, placed, withoutMarks)

const elidedParts = (parts: readonly ChangePart[]): ChangePart[] =>
  parts.map((part, index) => (part.kind === 'kept' ? { kind: 'kept', words: elided(part.words, index > 0, index < parts.length - 1) } : part))

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
