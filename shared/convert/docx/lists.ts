/** Automatic numbers of a Word file: what it would print before each paragraph, counted as Word counts. */
import { lettersOf, romanOf } from '../../model/numerals.ts'
import type { XmlElement } from '../xml/parse.ts'
import type { Level, List, Lists, NumberingOf } from './file.ts'
import { attributeOf, childOf, childrenOf, isOn, valueIn } from './xml.ts'

export function readLists(root: XmlElement | undefined): Lists {
  const nodes = childrenOf(root)
  const definitions = new Map<string, XmlElement>()
  const byStyle = new Map<string, XmlElement>()
  for (const node of nodes) {
    const id = attributeOf(node, 'abstractNumId')
    if (node.name !== 'abstractNum' || id === undefined) continue
    definitions.set(id, node)
    const style = valueIn(node, 'styleLink')
    if (style !== undefined) byStyle.set(style, node)
  }
  const lists = new Map<string, List>()
  for (const node of nodes) {
    const [id, definition] = [attributeOf(node, 'numId'), valueIn(node, 'abstractNumId')]
    if (node.name !== 'num' || id === undefined || definition === undefined) continue
    const own = definitions.get(definition)
    // A definition may only name the list style that has the levels.
    const linked = valueIn(own, 'numStyleLink')
    lists.set(id, listOf(node, definition, (linked === undefined ? undefined : byStyle.get(linked)) ?? own))
  }
  return lists
}

function listOf(node: XmlElement, definition: string, from: XmlElement | undefined): List {
  const levels = new Map<number, Level>()
  for (const level of childrenOf(from)) if (level.name === 'lvl') levels.set(levelNumber(level), levelOf(level))
  const startOverrides = new Map<number, number>()
  for (const override of childrenOf(node)) {
    if (override.name !== 'lvlOverride') continue
    const start = valueIn(override, 'startOverride')
    if (start !== undefined) startOverrides.set(levelNumber(override), Number(start) || 0)
    const level = childOf(override, 'lvl')
    if (level !== undefined) levels.set(levelNumber(override), levelOf(level))
  }
  return { definition, levels, startOverrides }
}

const levelNumber = (node: XmlElement): number => Number(attributeOf(node, 'ilvl')) || 0

function levelOf(node: XmlElement): Level {
  const restart = valueIn(node, 'lvlRestart')
  return {
    start: Number(valueIn(node, 'start') ?? 1) || 0,
    format: valueIn(node, 'numFmt') ?? 'decimal',
    text: valueIn(node, 'lvlText') ?? '',
    restartsAfter: restart === undefined ? null : Number(restart) || 0,
    isDecimal: isOn(node, 'isLgl'),
  }
}

/** Gives each numbered paragraph, in their order, what is printed before it: "5.", "(a)", "II.", "•"; '' where nothing is. */
export function counting(lists: Lists): (numbering: NumberingOf) => string {
  const counts = new Map<string, (number | undefined)[]>()
  const begun = new Set<string>()
  return ({ list: id, level }) => {
    const list = lists.get(id)
    const own = list?.levels.get(level)
    if (list === undefined || own === undefined) return ''
    const count = counts.get(list.definition) ?? []
    counts.set(list.definition, count)
    const override = list.startOverrides.get(level)
    const key = `${id} ${level}`
    const before = count[level]
    count[level] = override !== undefined && !begun.has(key) ? override : before === undefined ? own.start : before + 1
    begun.add(key)
    for (let deeper = level + 1; deeper < 9; deeper++) {
      const { restartsAfter = null } = list.levels.get(deeper) ?? {}
      if (restartsAfter === null || (restartsAfter > 0 && level < restartsAfter)) count[deeper] = undefined
    }
    return printed(list, own, count)
  }
}

function printed(list: List, own: Level, count: readonly (number | undefined)[]): string {
  if (own.format === 'bullet') return own.text === '' ? '' : '•'
  if (own.format === 'none') return own.text.replace(/%\d/g, '').trim()
  return own.text.replace(/%(\d)/g, (_whole, digit: string) => {
    const at = Number(digit) - 1
    const level = list.levels.get(at)
    return level === undefined ? '' : numeral(count[at] ?? level.start, own.isDecimal ? 'decimal' : level.format)
  }).trim()
}

const arabicLetters = [...'أبتثجحخدذرزسشصضطظعغفقكلمنهوي']
const abjadLetters = [...'أبجدهوزحطيكلمنسعفصقرشتثخذضظغ']
const russianLetters = [...'абвгдежзиклмнопрстуфхцчшщыэюя']

const chosen = (letters: readonly string[], value: number): string => {
  const at = Math.max(1, value) - 1
  return letters[at % letters.length]!.repeat(Math.floor(at / letters.length) + 1)
}

/** Forms that are not known are figures: never a number that is not there. */
function numeral(value: number, format: string): string {
  // A number made for this alone would be as long as it likes.
  const small = value >= 1 && value <= 5_000
  switch (format) {
    case 'lowerLetter':
      return small ? lettersOf(value) : String(value)
    case 'upperLetter':
      return small ? lettersOf(value).toUpperCase() : String(value)
    case 'lowerRoman':
      return small ? romanOf(value) : String(value)
    case 'upperRoman':
      return small ? romanOf(value).toUpperCase() : String(value)
    case 'arabicAlpha':
      return small ? chosen(arabicLetters, value) : String(value)
    case 'arabicAbjad':
      return small ? chosen(abjadLetters, value) : String(value)
    case 'russianLower':
      return small ? chosen(russianLetters, value) : String(value)
    case 'decimalZero':
      return String(value).padStart(2, '0')
    case 'none':
      return ''
    default:
      return String(value)
  }
}
