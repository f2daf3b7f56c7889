/**
 * Numbers that Word counts by itself, so that they are right after any change is accepted. All lists have one definition: 1. (a) (i) a. i.
 * (Editorial Manual, sub-paragraphs). Where the text counts otherwise than Word would, a list begins that says from where.
 */
import { lettersValue, romanValue } from '../../../model/numerals.ts'
import type { NumberingOf } from '../file.ts'
import { element, valued } from './markup.ts'
import type { SheetUnit } from './sheet.ts'

const levelsMax = 9

/** Indents in twentieths of a point, after the United Nations' templates. */
export const textIndent = 1_267
const step = 475

interface Begun {
  readonly id: number
  readonly level: number
  readonly start: number
}

export interface Numbering {
  /** Units in their order; null for what Word does not count. */
  readonly of: (unit: SheetUnit) => NumberingOf | null
  /** For one that is struck: it is not there when the others are counted. */
  readonly beside: (unit: SheetUnit) => NumberingOf | null
  /** numbering.xml's inner markup, when all units have been asked for. */
  readonly markup: () => string
}

export function numberingFor(language: string): Numbering {
  const begun: Begun[] = []
  const counts: (number | undefined)[] = []
  let current = 1
  /** The list that a paragraph's sub-paragraphs are in: its own where it is counted. */
  let below = 1
  let isBelowNew = false
  const begin = (level: number, start: number): number => {
    begun.push({ id: begun.length + 2, level, start })
    return begun.length + 1
  }
  const of = (unit: SheetUnit): NumberingOf | null => {
    if (unit.kind !== 'sub') {
      isBelowNew = !(unit.kind === 'op' && unit.isCounted)
      if (isBelowNew) {
        counts.length = Math.min(counts.length, 1)
        return null
      }
    } else if (!unit.isCounted) return null
    const level = levelOf(unit)
    const wanted = valueOf(unit.printed, level)
    if (wanted === 0) return null
    const next = (counts[level] ?? 0) + 1
    let list = level === 0 ? current : below
    if (next !== wanted || (level > 0 && isBelowNew)) list = begin(level, wanted)
    isBelowNew = false
    counts[level] = wanted
    counts.length = level + 1
    if (level === 0) current = list
    below = list
    return { list: String(list), level }
  }
  const beside = (unit: SheetUnit): NumberingOf | null => (unit.isCounted ? { list: String(unit.kind === 'sub' ? below : current), level: levelOf(unit) } : null)
  return { of, beside, markup: () => definition(language) + [{ id: 1, level: 0, start: 1 }, ...begun].map(list).join('') }
}

const levelOf = ({ kind, depth }: SheetUnit): number => (kind === 'sub' ? Math.min(Math.max(1, depth), levelsMax - 1) : 0)

const isRoman = (level: number): boolean => level > 0 && level % 2 === 0

/** "5." -> 5, "(b)" -> 2, "(iv)" -> 4; 0 for what is none. */
function valueOf(printed: string, level: number): number {
  const core = /[\p{L}\d]+/u.exec(printed)?.[0] ?? ''
  return /^\d+$/.test(core) ? Number(core) : isRoman(level) ? romanValue(core) : lettersValue(core)
}

const list = ({ id, level, start }: Begun): string =>
  element('w:num', { 'w:numId': id }, valued('w:abstractNumId', 0) + element('w:lvlOverride', { 'w:ilvl': level }, valued('w:startOverride', start)))

function definition(language: string): string {
  const half = ['fr', 'es', 'ru'].includes(language)
  const levels = Array.from({ length: levelsMax }, (_, level) => {
    const isDotted = level % 4 === 3 || (level > 0 && level % 4 === 0)
    const format = level === 0 ? 'decimal' : isRoman(level) ? 'lowerRoman' : 'lowerLetter'
    const text = level === 0 || isDotted ? `%${level + 1}.` : half ? `%${level + 1})` : `(%${level + 1})`
    const [start, tab] = [step * Math.max(0, level), step * (level + 1)]
    const indent = element('w:tabs', {}, element('w:tab', { 'w:val': 'num', 'w:pos': textIndent + tab })) + element('w:ind', { 'w:left': textIndent, 'w:firstLine': start })
    return element('w:lvl', { 'w:ilvl': level }, valued('w:start', 1) + valued('w:numFmt', format) + valued('w:lvlText', text) + valued('w:lvlJc', 'left') + element('w:pPr', {}, indent))
  })
  return element('w:abstractNum', { 'w:abstractNumId': 0 }, valued('w:multiLevelType', 'multilevel') + levels.join(''))
}
