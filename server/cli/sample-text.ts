/** A resolution of a given size, in words that say nothing. Pure: the same size gives the same text. */

const openings = ['Urges', 'Encourages', 'Calls upon', 'Invites', 'Requests', 'Recommends'] as const
const vocabulary = [
  'Member', 'States', 'to', 'strengthen', 'their', 'cooperation', 'with', 'the', 'relevant', 'entities', 'of', 'the', 'United', 'Nations', 'system', 'in', 'the',
  'prevention', 'of', 'trafficking', 'in', 'persons', 'and', 'the', 'protection', 'of', 'its', 'victims', 'including', 'by', 'sharing', 'experience', 'and',
  'by', 'supporting', 'civil', 'society',
] as const

/** Plain text as it is imported: a title, the organ, and `units` paragraphs that hold `words` words between them. */
export function sampleText(units: number, words: number): string {
  const preambular = Math.floor(units / 3)
  const paragraph = (index: number): string => {
    const opening = index < preambular ? 'Recalling' : openings[index % openings.length]!
    const count = Math.floor(words / units) + (index < words % units ? 1 : 0) - opening.split(' ').length
    const body = Array.from({ length: Math.max(1, count) }, (_, at) => vocabulary[(at + index * 5) % vocabulary.length]).join(' ')
    return index < preambular ? `${opening} ${body},` : `${index - preambular + 1}. ${opening} ${body}${index === units - 1 ? '.' : ';'}`
  }
  return ['A draft of a given size', 'The General Assembly,', ...Array.from({ length: units }, (_, index) => paragraph(index))].join('\n\n')
}
