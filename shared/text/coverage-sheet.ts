/** The coverage of a draft's themes as it is set on a page: theme by theme, those on which it is silent first named. Pure. */
import type { AmendmentState, DelegationState } from '../model/state.ts'
import type { ThemeHits } from '../wire/sources.ts'
import { proposedBy } from './amendment-list.ts'
import type { Coverage, Mark } from './coverage.ts'
import { nameOfParagraph, nameOfSource } from './origins-sheet.ts'
import { sign } from './printed.ts'
import type { Piece, Printed, PrintedBlock } from './printed.ts'

export interface CoverageSource {
  /** Of the draft. */
  readonly title: string
  readonly language: string
  readonly coverage: Coverage
  readonly delegations: readonly DelegationState[]
  readonly states: ReadonlyMap<string, AmendmentState>
  /** Of the themes on which the draft is silent: what the library has. */
  readonly inSources: readonly ThemeHits[]
}

const howToRead = 'In brackets: the words by which a paragraph speaks to the theme, or who has said so by hand. Under a theme on which the draft is silent stands what the library has.'

const beginningCharactersMax = 160

/** Of a paragraph, cut behind a letter and not within one. */
const beginningOf = (words: string): string => {
  const letters = [...words.trim()]
  return letters.length > beginningCharactersMax ? `${letters.slice(0, beginningCharactersMax).join('')}…` : letters.join('')
}

const plain = (words: string): Piece => ({ look: 'plain', words })
const counted = (count: number, one: string, many: string): string => `${count} ${count === 1 ? one : many}`

export function coverageSheet({ title, language, coverage, delegations, states, inSources }: CoverageSource): Printed {
  const names = new Map(delegations.map(({ id, name }) => [id, name]))
  const because = ({ tag, found }: Mark): Piece => sign(`[${tag === null ? found.join(', ') : `by hand: ${names.get(tag.by) ?? tag.by}`}]`)
  const listed = [...coverage.units.flatMap((row) => [{ row, amendment: null }, ...row.amendments.map((amendment) => ({ row, amendment }))]), ...coverage.others.map((amendment) => ({ row: null, amendment }))]
  const blocks = coverage.totals.flatMap(({ theme, units, amendments }): PrintedBlock[] => {
    const heading: PrintedBlock = { kind: 'heading', depth: 0, number: '', pieces: [plain(`${theme.name}: ${counted(units, 'paragraph', 'paragraphs')}, ${counted(amendments, 'open proposal', 'open proposals')}`)] }
    const speaking = listed.flatMap(({ row, amendment }): PrintedBlock[] => {
      const mark = (amendment ?? row)?.marks.find((one) => one.theme === theme)
      if (mark?.carries !== true) return []
      const number = row === null ? '' : nameOfParagraph(row.unit)
      const state = amendment === null ? undefined : states.get(amendment.id)
      if (state !== undefined) return [{ kind: 'entry', depth: 0, number, pieces: [plain(`${proposedBy(state, delegations)} `), because(mark)] }]
      return [
        { kind: 'entry', depth: 0, number, pieces: [because(mark)] },
        { kind: 'wording', depth: 1, number: '', pieces: [plain(beginningOf(row?.unit.words ?? ''))] },
      ]
    })
    const { hits = [], more = false } = inSources.find((one) => one.theme === theme.number) ?? {}
    const elsewhere = hits.flatMap((hit): PrintedBlock[] => [
      { kind: 'entry', depth: 0, number: nameOfSource(hit), pieces: [plain(`${nameOfParagraph(hit)} `), sign(`[${hit.found.join(', ')}]`)] },
      { kind: 'wording', depth: 1, number: '', pieces: [plain(beginningOf(hit.words))] },
    ])
    const rest: PrintedBlock[] = more ? [{ kind: 'wording', depth: 1, number: '', pieces: [plain('There are more in the library.')] }] : []
    return [heading, ...speaking, ...elsewhere, ...rest]
  })
  const silent = coverage.silent.map(({ theme }) => theme.name)
  return {
    language, title: `${title === '' ? 'Draft resolution' : title}: coverage of themes`, isTitled: true,
    remarks: coverage.totals.length === 0 ? ['No theme has been named.'] : [...(silent.length === 0 ? [] : [`No paragraph of the draft speaks to: ${silent.join('; ')}.`]), howToRead],
    legend: [], blocks, notes: [], footer: '',
  }
}
