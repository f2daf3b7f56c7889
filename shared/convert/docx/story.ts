/**
 * One text of a Word file (its body, a footnote, a comment) as paragraphs of runs. Whatever wraps words is looked through:
 * content controls, smart tags, hyperlinks, fields' results, equations. Changes of formatting are no change of words.
 */
import { Refusal } from '../../wire/errors.ts'
import { limits } from '../../wire/limits.ts'
import type { XmlElement } from '../xml/parse.ts'
import { standing } from './file.ts'
import type { Loss, LossCode, Presence, StyleSheet, WordParagraph, WordRun } from './file.ts'
import { numberingIn, numberingOf } from './styles.ts'
import { attributeOf, charactersIn, childOf, childrenOf, isOn, valueIn } from './xml.ts'

export interface Story {
  readonly paragraphs: readonly WordParagraph[]
  readonly losses: readonly Loss[]
  /** The words that each comment is on, by the comment's id. */
  readonly quotes: ReadonlyMap<string, string>
}

type Open<T> = { -readonly [K in keyof T]: T[K] }

interface OpenParagraph extends Open<Omit<WordParagraph, 'runs'>> {
  readonly runs: Open<WordRun>[]
}

/** Paragraphs that can be joined with each other: those of a cell, of the body between two tables. */
interface Container {
  last: OpenParagraph | null
}

interface Look {
  readonly isItalic: boolean
  readonly isHidden: boolean
}

interface Reading {
  readonly styles: StyleSheet
  readonly paragraphs: OpenParagraph[]
  readonly losses: Loss[]
  readonly quotes: Map<string, string>
  readonly openComments: Set<string>
  /** Texts of their own within the words: they follow behind everything else. */
  readonly boxes: { readonly node: XmlElement; readonly presence: Presence }[]
  /** Of each field that is open, whether its result has begun; null where fields cannot be told from words. */
  readonly fields: boolean[] | null
  move: string | null
  row: number
  paragraph: OpenParagraph | null
}

export function readStory(nodes: readonly XmlElement[], styles: StyleSheet): Story {
  const reading = readWith(nodes, styles, [])
  // A field that never ends would hide all that follows: its code is shown rather than a word lost.
  if (reading.fields?.length === 0) return reading
  const plain = readWith(nodes, styles, null)
  plain.losses.push({ code: 'field', line: 0, words: '' })
  return plain
}

function readWith(nodes: readonly XmlElement[], styles: StyleSheet, fields: boolean[] | null): Reading {
  const reading: Reading = {
    styles, paragraphs: [], losses: [], quotes: new Map(), openComments: new Set(), boxes: [], fields, move: null, row: 0, paragraph: null,
  }
  readBlocks(reading, nodes, standing, null, { last: null })
  for (let box = reading.boxes.shift(); box !== undefined; box = reading.boxes.shift()) {
    const from = reading.paragraphs.length
    readBlocks(reading, childrenOf(box.node), box.presence, null, { last: null })
    lose(reading, 'text-box', reading.paragraphs.slice(from).map(({ runs }) => runs.map(({ words }) => words).join('')).join(' '), from + 1)
  }
  return reading
}

function lose(reading: Reading, code: LossCode, words: string, line = reading.paragraphs.length): void {
  reading.losses.push({ code, line, words: words.trim().slice(0, limits.quoteCharactersMax) })
}

function readBlocks(reading: Reading, nodes: readonly XmlElement[], within: Presence, row: number | null, container: Container): void {
  for (const node of nodes) {
    const name = node.name
    if (name === 'p') readParagraph(reading, node, within, row, container)
    else if (name === 'tbl') {
      readTable(reading, node, within, row)
      container.last = null
    } else if (!readMark(reading, node, name) && !isProperty(name)) {
      readBlocks(reading, insideOf(node, name), presenceIn(reading, node, name, within), row, container)
    }
  }
}

function readTable(reading: Reading, table: XmlElement, within: Presence, outer: number | null): void {
  const readRows = (nodes: readonly XmlElement[], around: Presence): void => {
    for (const node of nodes) {
      const name = node.name
      if (name !== 'tr') {
        if (!isProperty(name)) readRows(insideOf(node, name), presenceIn(reading, node, name, around))
        continue
      }
      if (outer === null) reading.row++
      readCells(childrenOf(node), changedBy(reading, childOf(node, 'trPr'), around))
    }
  }
  const readCells = (nodes: readonly XmlElement[], around: Presence): void => {
    for (const node of nodes) {
      const name = node.name
      if (name === 'tc') readBlocks(reading, childrenOf(node), changedBy(reading, childOf(node, 'tcPr'), around), outer ?? reading.row, { last: null })
      else if (!isProperty(name)) readCells(insideOf(node, name), presenceIn(reading, node, name, around))
    }
  }
  readRows(childrenOf(table), within)
}

function readParagraph(reading: Reading, node: XmlElement, within: Presence, row: number | null, container: Container): void {
  if (reading.paragraphs.length >= limits.wordParagraphsMax) throw new Refusal('import-too-large')
  const properties = childOf(node, 'pPr')
  const style = valueIn(properties, 'pStyle') ?? ''
  const paragraph: OpenParagraph = {
    runs: [],
    mark: properties === undefined ? standing : changedBy(reading, childOf(properties, 'rPr'), standing),
    hasNext: false,
    within,
    row,
    style,
    numbering: numberingOf(reading.styles, { style, numbering: numberingIn(properties) }),
    line: reading.paragraphs.length + 1,
  }
  if (container.last !== null) container.last.hasNext = true
  container.last = paragraph
  reading.paragraphs.push(paragraph)
  reading.paragraph = paragraph
  const isItalic = reading.styles.byId.get(style === '' ? reading.styles.standard : style)?.isItalic ?? false
  readInline(reading, childrenOf(node), standing, { isItalic, isHidden: false })
}

/** `ins`, `del` and their kin among the properties of a row, a cell or a paragraph's end. */
function changedBy(reading: Reading, properties: XmlElement | undefined, around: Presence): Presence {
  let presence = around
  for (const node of childrenOf(properties)) presence = presenceIn(reading, node, node.name, presence)
  return presence
}

function presenceIn(reading: Reading, node: XmlElement, name: string, around: Presence): Presence {
  switch (name) {
    case 'ins':
    case 'cellIns':
    case 'moveTo':
      return { ...around, inserted: reviserOf(node), moved: name === 'moveTo' ? reading.move ?? '' : around.moved }
    case 'del':
    case 'cellDel':
    case 'moveFrom':
      return { ...around, deleted: reviserOf(node), moved: name === 'moveFrom' ? reading.move ?? '' : around.moved }
    default:
      return around
  }
}

const reviserOf = (node: XmlElement): Presence['inserted'] =>
  ({ author: (attributeOf(node, 'author') ?? '').trim().slice(0, limits.nameCharactersMax), at: attributeOf(node, 'date')?.slice(0, 40) ?? null })

/** Properties, and what Word keeps of former ones: nothing in them is a word. */
const isProperty = (name: string): boolean => /^[a-zA-Z]+Pr(?:Change)?$/.test(name) || name.startsWith('#')

/** What an element wraps. Of alternatives the first is the one that today's programs show. */
function insideOf(node: XmlElement, name: string): readonly XmlElement[] {
  if (name === 'AlternateContent') {
    const chosen = childOf(node, 'Choice') ?? childOf(node, 'Fallback')
    return childrenOf(chosen)
  }
  if (name === 'ruby') {
    const base = childOf(node, 'rubyBase')
    return childrenOf(base)
  }
  return childrenOf(node)
}

/** Where a move or a comment begins and ends. True when it was one of these. */
function readMark(reading: Reading, node: XmlElement, name: string): boolean {
  switch (name) {
    case 'moveFromRangeStart':
    case 'moveToRangeStart':
      reading.move = (attributeOf(node, 'name') ?? '').slice(0, limits.nameCharactersMax)
      return true
    case 'moveFromRangeEnd':
    case 'moveToRangeEnd':
      reading.move = null
      return true
    case 'commentRangeStart':
      reading.openComments.add(attributeOf(node, 'id') ?? '')
      return true
    case 'commentRangeEnd':
      reading.openComments.delete(attributeOf(node, 'id') ?? '')
      return true
    default:
      return false
  }
}

function readInline(reading: Reading, nodes: readonly XmlElement[], presence: Presence, look: Look): void {
  for (const node of nodes) {
    const name = node.name
    if (readMark(reading, node, name) || isProperty(name)) continue
    switch (name) {
      case 't':
      case 'delText':
        put(reading, wordsIn(node), presence, look)
        break
      case 'r':
        readInline(reading, childrenOf(node), presence, lookOf(childOf(node, 'rPr'), look))
        break
      case 'fldChar':
        readField(reading, attributeOf(node, 'fldCharType') ?? '')
        break
      case 'footnoteReference':
      case 'endnoteReference':
        putNote(reading, `${name === 'endnoteReference' ? 'e' : 'f'}${attributeOf(node, 'id') ?? ''}`, presence)
        break
      case 'txbxContent':
        reading.boxes.push({ node, presence })
        break
      case 'drawing':
      case 'pict':
      case 'object': {
        const boxes = reading.boxes.length
        readInline(reading, insideOf(node, name), presence, look)
        if (reading.boxes.length === boxes) lose(reading, 'picture', '')
        break
      }
      case 'oMath':
        lose(reading, 'equation', '')
        readInline(reading, childrenOf(node), presence, look)
        break
      case 'instrText':
      case 'delInstrText':
        break
      default: {
        const sign = signOf(reading, node, name)
        if (sign !== null) put(reading, sign, presence, look)
        else readInline(reading, insideOf(node, name), presenceIn(reading, node, name, presence), look)
      }
    }
  }
}

function lookOf(properties: XmlElement | undefined, look: Look): Look {
  if (properties === undefined) return look
  const isItalic = childOf(properties, 'i') === undefined ? look.isItalic : isOn(properties, 'i')
  return { isItalic, isHidden: look.isHidden || isOn(properties, 'vanish') || isOn(properties, 'webHidden') }
}

/** Blanks at the ends count where the file says so; a line break in the file is a blank. */
function wordsIn(node: XmlElement): string {
  const words = charactersIn(node).replace(/[\r\n]+/g, ' ')
  return attributeOf(node, 'space') === 'preserve' ? words : words.replace(/^[ \t]+|[ \t]+$/g, '')
}

/** Signs that are elements; null for what is none. */
function signOf(reading: Reading, node: XmlElement, name: string): string | null {
  switch (name) {
    case 'tab':
    case 'ptab':
      return '\t'
    case 'br':
      return ['page', 'column'].includes(attributeOf(node, 'type') ?? '') ? '' : '\n'
    case 'cr':
      return '\n'
    case 'noBreakHyphen':
      return '\u2011'
    case 'softHyphen':
      return '\u00ad'
    case 'sym': {
      const code = parseInt(attributeOf(node, 'char') ?? '', 16)
      // The private letters are those of a font: what they look like only the font knows.
      const isKnown = code > 0x1f && code < 0xd800
      if (!isKnown) lose(reading, 'symbol', attributeOf(node, 'font') ?? '')
      return isKnown ? String.fromCharCode(code) : '\ufffd'
    }
    default:
      return null
  }
}

function readField({ fields }: Reading, type: string): void {
  if (fields === null) return
  if (type === 'begin') fields.push(false)
  else if (type === 'separate' && fields.length > 0) fields[fields.length - 1] = true
  else if (type === 'end') fields.pop()
}

const isShown = ({ fields }: Reading): boolean => fields === null || fields.every((hasResult) => hasResult)

function put(reading: Reading, words: string, presence: Presence, { isItalic, isHidden }: Look): void {
  const { paragraph } = reading
  if (paragraph === null || words === '' || !isShown(reading)) return
  if (isHidden) {
    lose(reading, 'hidden', words)
    return
  }
  for (const id of reading.openComments) {
    const quote = reading.quotes.get(id) ?? ''
    if (quote.length < limits.quoteCharactersMax) reading.quotes.set(id, (quote + words).slice(0, limits.quoteCharactersMax))
  }
  const last = paragraph.runs.at(-1)
  if (last !== undefined && last.note === null && last.presence === presence && last.isItalic === isItalic) last.words += words
  else paragraph.runs.push({ words, presence, isItalic, note: null })
}

function putNote(reading: Reading, note: string, presence: Presence): void {
  if (isShown(reading)) reading.paragraph?.runs.push({ words: '', presence, isItalic: false, note })
}
