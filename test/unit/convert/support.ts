import { expect } from 'vitest'
import { exportText } from '../../../shared/convert/exportText.ts'
import { importText } from '../../../shared/convert/importText.ts'
import type { Import } from '../../../shared/convert/importText.ts'
import { numberUnits } from '../../../shared/model/numbering.ts'
import type { ResolutionValue, UnitValue } from '../../../shared/model/value.ts'

/** One unit to a line: indentation, kind, what is printed before the words, the words. */
export function outline(value: ResolutionValue): string[] {
  const numbers = numberUnits(value.units, value.language)
  const lines: string[] = []
  const visit = (unit: UnitValue, depth: number): void => {
    const printed = numbers.get(unit)!.printed
    lines.push(`${'  '.repeat(depth)}${unit.kind} ${printed === '' ? '' : `${printed} `}${unit.words}`)
    for (const child of unit.children) visit(child, depth + 1)
  }
  for (const unit of value.units) visit(unit, 0)
  return lines
}

/** The words of a text: white space and the rule before the notes are not words, and marks are counted from 1. */
export function plainWords(text: string): string {
  const marks = new Map<string, string>()
  return text.replace(/^_{3,}$/gm, ' ').replace(/\[(\d+)\]/g, (_whole, key: string) => {
    if (!marks.has(key)) marks.set(key, String(marks.size + 1))
    return ` [${marks.get(key)!}] `
  }).split(/\s+/).filter((word) => word !== '').join(' ')
}

/** Imports, and asserts what holds of every import: no word lost or moved, and an equal value after export. */
export function check(source: string): Import {
  const result = importText(source)
  expect(result.report.wordsOut).toBe(result.report.wordsIn)
  expect(result.report.warnings.map(({ code }) => code)).not.toContain('kept-as-lines')
  expect(importText(exportText(result.value)).value).toEqual(result.value)
  return result
}

export const codes = ({ report }: Import): string[] => report.warnings.map(({ code }) => code)
