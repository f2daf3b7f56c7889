/**
 * A resolution as plain text: one line to a paragraph, a blank line between, numbers printed, sub-paragraphs set in,
 * "[1]" for the mark of a footnote and the notes at the end. `importText` reads it back to an equal value when the value
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

function withMarks(unit: UnitValue, count: number, notes: string[]): string {
  let from = 0
  let words = ''
  for (const note of unit.notes) {
    words += escapeMarks(unit.words.slice(from, note.at), count)
    from = note.at
    notes.push(oneLine(note.words))
    words += `[${notes.length}]`
  }
  return oneLine(words + escapeMarks(unit.words.slice(from), count))
}

function countNotes(units: readonly UnitValue[]): number {
  return units.reduce((sum, unit) => sum + unit.notes.length + countNotes(unit.children), 0)
}
