/** The words of one paragraph as they are gathered from its elements: with its notes, and square brackets round what is only proposed. */
import type { BracketValue, NoteValue } from '../../model/value.ts'
import type { XmlElement, XmlNode } from '../xml/parse.ts'
import type { Losses } from './losses.ts'

export interface Words {
  readonly words: string
  readonly notes: readonly NoteValue[]
  readonly brackets: readonly BracketValue[]
}

/** Elements that begin a line of their own, wherever they stand. */
const blocks: ReadonlySet<string> = new Set([
  'p', 'block', 'li', 'tr', 'td', 'th', 'caption', 'num', 'heading', 'subheading', 'item', 'listIntroduction', 'listWrapUp', 'intro', 'wrapUp', 'content',
  'crossHeading', 'toc', 'tocItem', 'table', 'ul', 'ol', 'blockList', 'container', 'formula', 'recital', 'citation', 'longTitle',
])

const isSpace = /[\s\u2000-\u2006\u2008-\u200a\u3000]/
/** White space that is a word's own: not to be broken at. */
const isOwn = /[\u00a0\u202f\u2007\ufeff]/
/** No text can hold these; those that turn the direction of what follows would show another text than is stored. */
const isForbidden = /[\p{Cc}\p{Cs}\ufffc\u202d\u202e]/u

export class Run {
  readonly #losses: Losses
  readonly #notesOf: (href: string) => XmlElement | undefined
  #raw = ''
  readonly #notes: NoteValue[] = []
  readonly #brackets: { from: number; to: number; placeholder?: true }[] = []
  /** Brackets that have opened, by their names. */
  readonly #open = new Map<string, number>()
  #isItalicFirst = false

  /** `notesOf` finds the note that a mark refers to. */
  constructor(losses: Losses, notesOf: (href: string) => XmlElement | undefined) {
    this.#losses = losses
    this.#notesOf = notesOf
  }

  /** Its first words are in italics, as an opening phrase is. */
  get isItalicFirst(): boolean {
    return this.#isItalicFirst
  }

  get isEmpty(): boolean {
    return this.#raw.trim() === '' && this.#notes.length + this.#brackets.length === 0
  }

  add(node: XmlNode): void {
    if (typeof node === 'string') {
      this.#raw += node
      return
    }
    switch (node.name) {
      case 'eol':
      case 'br':
        this.#raw += ' '
        return
      case 'authorialNote':
        this.#note(node)
        return
      case 'noteRef': {
        const note = this.#notesOf(node.attributes['href'] ?? '')
        if (note !== undefined) this.#note(note)
        return
      }
      case 'img':
        this.#losses.add('picture', node.attributes['alt'] ?? node.attributes['src'] ?? '')
        return
    }
    if (isBracket(node)) return this.#bracket(node)
    const apart = isBlock(node) || node.name === 'outcome'
    if (apart) this.#raw += ' '
    const isFirst = this.#raw.trim() === ''
    const from = this.#raw.length
    for (const child of node.children) this.add(child)
    this.#formatted(node, from, isFirst)
    if (apart) this.#raw += ' '
  }

  addAll(nodes: readonly XmlNode[]): void {
    for (const node of nodes) this.add(node)
  }

  /** All that was gathered is only proposed. */
  bracketAll(): void {
    this.#brackets.push({ from: 0, to: this.#raw.length })
  }

  /** The words with white space as a draft holds it; what was gathered begins anew. */
  take(): Words {
    const { words, at } = collapsed(this.#raw, this.#losses)
    const notes = this.#notes.map((note) => ({ ...note, at: at[note.at]! }))
    const brackets = this.#brackets
      .map((bracket) => (bracket.placeholder ? { ...bracket, from: 0, to: words.length } : { from: at[bracket.from]!, to: at[bracket.to]! }))
      .filter(({ from, to, ...more }) => to > from || 'placeholder' in more)
    this.#raw = ''
    this.#notes.length = 0
    this.#brackets.length = 0
    this.#open.clear()
    this.#isItalicFirst = false
    return { words, notes, brackets: brackets.sort((left, right) => left.from - right.from || right.to - left.to) }
  }

  /** Our own files print the bracket too. */
  #bracket({ attributes }: XmlElement): void {
    const [name = '', isPlaceholder] = (attributes['class'] ?? '').split(' ')
    if (attributes['name'] === 'bracketOpen') {
      this.#open.set(name, this.#raw.length)
      return
    }
    const from = this.#open.get(name)
    if (from !== undefined) this.#brackets.push({ from, to: this.#raw.length, ...(isPlaceholder === 'placeholder' ? { placeholder: true } : {}) })
  }

  #note(element: XmlElement): void {
    const inner = new Run(this.#losses, () => undefined)
    inner.addAll(element.children)
    const { words, notes } = inner.take()
    this.#notes.push({ at: this.#raw.length, words: [words, ...notes.map((note) => note.words)].join(' ').trim() })
  }

  /** What an element says of its words beside them. */
  #formatted({ name, attributes }: XmlElement, from: number, isFirst: boolean): void {
    const own = this.#raw.slice(from)
    if (name === 'ins' || name === 'del') {
      this.#brackets.push({ from, to: this.#raw.length })
      this.#losses.add(name === 'ins' ? 'proposed insertion' : 'proposed deletion', own)
    } else if (name === 'a' || name === 'ref') {
      this.#losses.add('link', own)
    } else if (name === 'sup' || name === 'sub') {
      this.#losses.add(name === 'sup' ? 'superscript' : 'subscript', own)
    } else if (['b', 'i', 'u', 'span'].includes(name)) {
      const isItalic = name === 'i' || /\bitalic\b/.test(attributes['class'] ?? '')
      if (isFirst && isItalic) this.#isItalicFirst = true
      else if (name !== 'span' || attributes['class'] !== undefined) this.#losses.add('emphasis', own)
    }
  }
}

/** A square bracket that is printed where one stands in the text. */
export const isBracket = ({ name, attributes }: XmlElement): boolean => name === 'inline' && /^bracket(?:Open|Close)$/.test(attributes['name'] ?? '')

/** Whether an element stands in a line of its own: known as such, or with something in it that does. */
export function isBlock(element: XmlElement): boolean {
  if (blocks.has(element.name)) return true
  if (element.name === 'authorialNote') return false
  return element.children.some((child) => typeof child !== 'string' && isBlock(child))
}

/** Runs of white space become one space, none at the ends; `at` maps offsets of `raw` to those of the words. */
function collapsed(raw: string, losses: Losses): { words: string; at: Uint32Array } {
  const at = new Uint32Array(raw.length + 1)
  let words = ''
  let gap = false
  for (let index = 0; index < raw.length;) {
    const code = raw.codePointAt(index)!
    const letter = String.fromCodePoint(code)
    const isPlain = code > 0x20 && code < 0x7f
    const isGap = !isPlain && isSpace.test(letter) && !isOwn.test(letter)
    const isGone = !isPlain && !isGap && isForbidden.test(letter)
    // A mark or a bracket that stood before white space stays before it.
    if (gap && !isGap && !isGone) words += ' '
    at.fill(words.length, index, index + letter.length)
    index += letter.length
    if (isGap) {
      gap = words !== ''
    } else if (isGone) {
      losses.add('character that no text can hold', '')
    } else {
      gap = false
      words += letter
    }
  }
  at[raw.length] = words.length
  const end = words.trimEnd()
  const begin = end.length - end.trimStart().length
  return { words: end.slice(begin), at: at.map((place) => Math.max(0, Math.min(place, end.length) - begin)) }
}
