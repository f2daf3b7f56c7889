/**
 * Whether another text seems to have taken up a proposal: a suggestion for whoever decides, by the words alone. What it strikes is
 * gone, what it puts in is there. Pure.
 */
import type { AmendmentView, PlacedAmendment } from '../model/amendments.ts'
import type { UnitView } from '../model/units.ts'
import type { ComparedText } from './compare.ts'

const plain = (words: string): string => words.replace(/\uFFFC/g, '').replace(/\s+/g, ' ').trim()

/** `on`: where it stands in the draft; `kept`: the ids of the text's paragraphs, null for new ones. */
export function seemsReflected({ about, proposal }: AmendmentView, on: readonly { readonly unit: UnitView; readonly placed: PlacedAmendment }[], text: ComparedText, kept: readonly (string | null)[]): boolean {
  const wordsOf = (unit: string): string | null => {
    const at = kept.indexOf(unit)
    return at === -1 ? null : plain(text[at]!.words)
  }
  switch (about.kind) {
    case 'insert':
      return proposal.trim() !== '' && text.some(({ words }, at) => kept[at] === null && plain(words).includes(plain(proposal)))
    case 'replace':
      return wordsOf(about.target) === plain(proposal)
    case 'delete':
      return !kept.includes(about.target)
    case 'modify':
      return on.length > 0 && on.every(({ unit, placed }) => {
        const words = wordsOf(unit.id)
        const [come, gone] = [placed.hunks.map((hunk) => plain(hunk.words)), placed.cuts.map(({ from, to }) => plain(unit.atoms.slice(from, to)))]
        return words !== null && come.every((one) => words.includes(one)) && gone.every((one) => one === '' || come.some((other) => other.includes(one)) || !words.includes(one))
      })
    case 'move':
    case 'split':
    case 'join':
    case 'bracket':
    case 'placeholder':
    case 'note':
      return false
  }
}
