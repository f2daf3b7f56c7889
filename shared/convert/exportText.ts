/**
 * A resolution as plain text: one line to a paragraph, a blank line between, numbers printed, sub-paragraphs set in,
 * "[1]" for the mark of a footnote and the notes at the end, square brackets round what is not agreed. `importText` reads it back to an equal value when the value
 * came from an import.
 */
import { numberUnits } from '../model/numbering.ts'
import type { ResolutionValue, UnitValue } from '../model/value.ts'
import { escapeMarks } from './notes.ts'

const indent = '    '
export const notesRule = '_'.repeat(18)

const oneLine = (words: string): string => words.split('\n').map((line) => line.trim()).join(' ').trim()

/** Total and pure. The text ends with a line break; an empty value is an empty text. */
export function exportText(value: ResolutionValue): string {
  const numbers = numberUnits(value.units, value.language)
  const count = countNotes(value.units)
  const notes: string[] = []
  const lines: string[] = []
  const visit = (unit: UnitValue, depth: number): void => {
    const words = withMarks(unit, count, notes)
    const printed = numbers.get(unit)!.printed
    const apart = unit.kind === 'heading' && !/[.):]$/.test(printed)
    lines.push(`${indent.repeat(depth)}${printed}${printed === '' || words === '' ? '' : apart ? '\n\n' : ' '}${words}`)
    for (const child of unit.children) visit(child, depth + 1)
  }
  for (const unit of value.units) visit(unit, 0)
  const body = lines.filter((line) => line.trim() !== '').join('\n\n')
  const end = notes.map((note, index) => `[${index + 1}] ${note}`).join('\n')
  return [body, ...(end === '' ? [] : [`${notesRule}\n${end}`])].filter((part) => part !== '').map((part) => `${part}\n`).join('\n')
}

/** What stands between two words: a bracket that closes, the mark of a note, a bracket that opens. */
interface Sign {
  readonly at: number
  readonly order: number
  readonly print: () => string
}

function withMarks(unit: UnitValue, count: number, notes: string[]): string {
  const brackets = unit.brackets ?? []
  const signs: Sign[] = [
    ...unit.notes.map((note) => ({ at: note.at, order: 1, print: () => `[${notes.push(oneLine(note.words))}]` })),
    ...brackets.map((bracket) => ({ at: bracket.from, order: 2, print: () => (bracket.placeholder === true ? opening(unit.words) : '[') })),
    ...brackets.map((bracket) => ({ at: bracket.to, order: bracket.placeholder === true ? 3 : 0, print: () => ']' })),
  ].sort((left, right) => left.at - right.at || left.order - right.order)
  let from = 0
  let words = ''
  for (const sign of signs) {
    words += escapeMarks(unit.words.slice(from, sign.at), count)
    from = sign.at
    words += sign.print()
  }
  return oneLine(words + escapeMarks(unit.words.slice(from), count))
}

const opening = (words: string): string => (words === '' ? '[placeholder' : '[placeholder: ')

function countNotes(units: readonly UnitValue[]): number {
  return units.reduce((sum, unit) => sum + unit.notes.length + countNotes(unit.children), 0)
}
