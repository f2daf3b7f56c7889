/** What an amendment changes, in words that fit on a card: struck, new, and enough of what stands around to see where. */
import { compile } from '../../shared/text/compile.ts'
import type { Run } from '../../shared/text/compile.ts'
import { embedCharacter } from '../../shared/model/layout.ts'
import type { PublishedCard, PrivateCard } from './view.ts'

export interface ChangePart {
  /** `bracketed`: base words in square brackets; `sign`: where a paragraph is parted, joined or noted. */
  readonly kind: 'kept' | 'struck' | 'new' | 'bracketed' | 'sign'
  readonly words: string
}

type Shown = Pick<PublishedCard | PrivateCard, 'amendment' | 'unit' | 'standing' | 'second'>

const contextWords = 7
const struckWordsMax = 60
const signs = { split: '¶', join: '⁀', note: '†' } as const

export function changesOf(card: Shown): ChangePart[] {
  const { amendment, unit, standing, second } = card
  const base = shortened((unit?.atoms ?? '').replaceAll(embedCharacter, ''), struckWordsMax)
  const proposal: ChangePart[] = amendment.proposal === '' ? [] : [{ kind: 'new', words: amendment.proposal }]
  const within = standing.flatMap(({ unit: ground, placed }) => around(compile(ground.atoms, [placed])))
  switch (amendment.about.kind) {
    case 'insert':
    case 'placeholder':
    case 'replace':
      return proposal
    case 'delete':
      return base === '' ? [] : [{ kind: 'struck', words: base }]
    case 'move':
      return base === '' ? [] : [{ kind: 'kept', words: base }]
    case 'modify':
      return standing.length === 0 ? wordsAlone(card) : within
    case 'split':
    case 'bracket':
      return within
    case 'note':
      return [...within, ...(proposal.length > 0 && within.length > 0 ? [{ kind: 'kept' as const, words: ' ' }] : []), ...proposal]
    case 'join':
      return [...within, ...(second === null ? [] : [{ kind: 'kept' as const, words: ` ${elided(second.words, true, false)}` }])]
  }
}

/** Where the paragraph is gone there is still what was proposed. */
const wordsAlone = ({ amendment }: Pick<PublishedCard, 'amendment'>): ChangePart[] =>
  amendment.hunks.map((hunk) => ({ kind: 'new', words: hunk.words }))

function around(runs: readonly Run[]): ChangePart[] {
  const parts: ChangePart[] = []
  let depth = 0
  for (const run of runs) {
    depth += run.kind === 'base' ? run.opens.length : 0
    const words = run.kind === 'sign' ? signs[run.sign] : run.words.replaceAll(embedCharacter, '')
    const kind = kindOf(run, depth)
    depth -= run.kind === 'base' ? run.closes.length : 0
    if (words === '') continue
    const last = parts.at(-1)
    if (last?.kind === kind) parts[parts.length - 1] = { kind, words: last.words + words }
    else parts.push({ kind, words })
  }
  return parts.map((part, index) => (part.kind === 'kept' ? { kind: 'kept', words: elided(part.words, index > 0, index < parts.length - 1) } : part))
}

function kindOf(run: Run, depth: number): ChangePart['kind'] {
  if (run.kind === 'proposed') return 'new'
  if (run.kind === 'sign') return 'sign'
  return depth > 0 ? 'bracketed' : run.cutBy.length > 0 ? 'struck' : 'kept'
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
