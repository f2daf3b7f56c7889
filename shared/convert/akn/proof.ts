/**
 * The proof that nothing was lost: the letters of the source, in their order, against those of the value as it is
 * printed. White space apart, for it is the structure that says where a line ends; notes stand behind the text. What is
 * between words is compared by the tests, which read the source with another parser.
 */
import { numberUnits } from '../../model/numbering.ts'
import type { ResolutionValue, UnitValue } from '../../model/value.ts'
import type { XmlElement } from '../xml/parse.ts'
import { elementsOf } from '../xml/text.ts'
import { isBracket } from './run.ts'

const gone = /[\s\p{Cc}\p{Cs}\ufffc\u202d\u202e\ufeff]+/gu

export function lettersOfSource(root: XmlElement): string {
  const body: string[] = []
  const notes: string[] = []
  const byId = new Map<string, XmlElement>()
  const find = (element: XmlElement): void => {
    if (element.name === 'note') byId.set(element.attributes['eId'] ?? '', element)
    elementsOf(element).forEach(find)
  }
  find(root)
  const visit = (element: XmlElement, into: string[]): void => {
    if (element.name === 'meta' || isBracket(element)) return
    const marked = element.name === 'noteRef' && into === body ? byId.get((element.attributes['href'] ?? '').replace(/^#/, '')) : undefined
    const isNote = element.name === 'authorialNote' && into === body
    if (marked !== undefined) return visit(marked, notes)
    for (const child of element.children) {
      if (typeof child === 'string') (isNote ? notes : into).push(child)
      else visit(child, isNote ? notes : into)
    }
  }
  visit(root, body)
  return `${body.join('').replace(gone, '')}\n${notes.join('').replace(gone, '')}`
}

export function lettersOfValue(value: ResolutionValue): string {
  const numbers = numberUnits(value.units, value.language)
  const body: string[] = []
  const notes: string[] = []
  const visit = (unit: UnitValue): void => {
    body.push(numbers.get(unit)!.printed, unit.words)
    notes.push(...unit.notes.map(({ words }) => words))
    unit.children.forEach(visit)
  }
  value.units.forEach(visit)
  return `${body.join('').replace(gone, '')}\n${notes.join('').replace(gone, '')}`
}

/** The words of a source line by line, notes where they stand: what is kept where its structure could not be. */
export function linesOfSource(root: XmlElement): string[] {
  const lines: string[] = []
  let line = ''
  const flush = (): void => {
    const words = line.replace(/\s+/g, ' ').replace(gone, (found) => (found === ' ' ? ' ' : '')).trim()
    if (words !== '') lines.push(words)
    line = ''
  }
  const visit = (element: XmlElement): void => {
    if (element.name === 'meta') return
    const isLine = ['p', 'heading', 'subheading', 'listIntroduction', 'tr', 'num'].includes(element.name)
    if (isLine && element.name !== 'num') flush()
    for (const child of element.children) {
      if (typeof child === 'string') line += child
      else visit(child)
    }
    line += ' '
    if (isLine && element.name !== 'num') flush()
  }
  visit(root)
  flush()
  return lines
}
