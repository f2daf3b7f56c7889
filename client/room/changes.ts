/** What an amendment changes, in words that fit on a card: struck, new, and enough of what stands around to see where. */
import type { AmendmentState } from '../../shared/model/state.ts'
import { embedCharacter } from '../../shared/model/layout.ts'
import { editParts } from '../../shared/text/alike.ts'
import type { EditPart } from '../../shared/text/alike.ts'
import type { PublishedCard, PrivateCard } from './view.ts'

export type ChangePart = EditPart

type Changing = Pick<PublishedCard | PrivateCard, 'amendment' | 'unit' | 'standing' | 'second' | 'struck'> & { readonly state?: AmendmentState }

const contextWords = 7
const struckWordsMax = 60

export const changesOf = (card: Changing): ChangePart[] => changes(card, true)

/** The same with the whole paragraph around, for reading rivals side by side. */
export const wholeChangesOf = (card: Changing): ChangePart[] => changes(card, false)

function changes(card: Changing, isShort: boolean): ChangePart[] {
  const { amendment, standing, second } = card
  const whole = withoutMarks(card.unit?.atoms ?? '')
  const base = isShort ? shortened(whole, struckWordsMax) : whole
  const struck: ChangePart[] = base === '' ? [] : [{ kind: 'struck', words: base }]
  const proposal: ChangePart[] = amendment.proposal === '' ? [] : [{ kind: 'new', words: amendment.proposal }]
  const within = standing.flatMap(({ unit, placed }) => {
    const parts = editParts(unit.atoms, placed, withoutMarks)
    return isShort ? elidedParts(parts) : parts
  })
  switch (amendment.about.kind) {
    case 'insert':
    case 'placeholder':
      return proposal
    case 'replace':
      return isShort ? proposal : [...struck, ...proposal]
    case 'delete':
      return struck
    case 'move':
      return base === '' ? [] : [{ kind: 'kept', words: base }]
    case 'modify':
      return standing.length === 0 || isWritten(card) ? wordsAlone(card) : within
    case 'split':
    case 'bracket':
      return within
    case 'note':
      return [...within, ...(proposal.length > 0 && within.length > 0 ? [{ kind: 'kept' as const, words: ' ' }] : []), ...proposal]
    case 'join':
      return [...within, ...(second === null ? [] : [{ kind: 'kept' as const, words: ` ${isShort ? elided(second.words, true, false) : second.words}` }])]
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
