/**
 * Akoma Ntoso to a resolution. What has a known structure is read by it (cover page, preface, preamble, numbered
 * paragraphs, lists, conclusions, attachments); whatever else holds words becomes a plain paragraph. The sources are
 * the AKN4UN files of the General Assembly, the Security Council and the Human Rights Council.
 */
import { openingLengthOf } from '../../drafting/phrases.ts'
import type { UnitKind } from '../../model/value.ts'
import { unitKinds } from '../../model/value.ts'
import { Refusal } from '../../wire/errors.ts'
import { limits } from '../../wire/limits.ts'
import { endsPhrase, isAnnex, isClosing, isCouncilTitle, isSponsors, looksLikeHeading, organLanguageOf } from '../forms.ts'
import { takeNumber } from '../numbers.ts'
import type { TreeItem } from '../tree.ts'
import type { XmlElement, XmlNode } from '../xml/parse.ts'
import { elementsOf, textOf } from '../xml/text.ts'
import type { Losses } from './losses.ts'
import { isBlock, Run } from './run.ts'
import type { Words } from './run.ts'

/** Where in a document a paragraph stands. */
type Place = 'cover' | 'preface' | 'preamble' | 'body' | 'annex' | 'closing'

interface Context {
  readonly place: Place
  /** 0 for a paragraph of the text, 1 for what is beneath it. */
  readonly level: number
  /** The number of the element that is being read, for its first words; then it is used up. */
  readonly pending: { typed: string | null; kind: UnitKind | null; isHeading: boolean; isProposed: boolean }
  /** Of a container of the preamble: the phrase that it is named after. */
  readonly named?: string
}

const none = (): Context['pending'] => ({ typed: null, kind: null, isHeading: false, isProposed: false })

export interface AknItem extends TreeItem {
  /** False when the kind is the best that can be said rather than recognised. */
  readonly sure: boolean
}

const containersOfItems: ReadonlySet<string> = new Set(['list', 'sublist', 'blockList', 'ul', 'ol'])
const items: ReadonlySet<string> = new Set(['point', 'item', 'indent', 'alinea', 'li', 'subparagraph'])
const numbered: ReadonlySet<string> = new Set([
  'paragraph', 'article', 'section', 'chapter', 'part', 'clause', 'level', 'title', 'book', 'tome', 'division', 'rule', 'subrule', 'proviso', 'subsection', 'subpart',
  'subchapter', 'subtitle', 'subdivision', 'subclause', 'transitional', 'recital', 'citation',
])
const headings: ReadonlySet<string> = new Set(['heading', 'subheading', 'crossHeading'])

const placeOf: Readonly<Record<string, Place>> = { coverPage: 'cover', preface: 'preface', preamble: 'preamble', conclusions: 'closing' }

export class AknReader {
  readonly items: AknItem[] = []
  readonly #losses: Losses
  readonly #language: string
  readonly #notes: ReadonlyMap<string, XmlElement>
  #hasTitle = false
  /** An attachment has begun and nothing of it has been read yet. */
  #opensAnnex = false

  constructor(losses: Losses, language: string, notes: ReadonlyMap<string, XmlElement>) {
    this.#losses = losses
    this.#language = language
    this.#notes = notes
  }

  /** Any element that holds the parts of a document, or documents. */
  readDocument(element: XmlElement, isAttached = false): void {
    for (const part of elementsOf(element)) {
      if (part.name === 'meta') continue
      if (part.name === 'attachments' || part.name === 'attachment' || part.name === 'components' || part.name === 'component' || part.name === 'collectionBody') {
        if (part.name === 'attachment') this.#opensAnnex = true
        this.readDocument(part, isAttached || part.name === 'attachments')
      } else if (elementsOf(part).some(({ name }) => name === 'meta' || name === 'mainBody' || name === 'collectionBody')) {
        this.readDocument(part, isAttached)
      } else {
        const place = placeOf[part.name] ?? 'body'
        this.#read(part, { place: isAttached && place !== 'closing' ? 'annex' : place, level: 0, pending: none() })
      }
    }
  }

  #run(): Run {
    return new Run(this.#losses, (href) => this.#notes.get(href.replace(/^#/, '')))
  }

  /** Words that stand in an element itself, and the elements in it, in their order. */
  #read(element: XmlElement, context: Context): void {
    const run = this.#run()
    for (const child of context.place === 'closing' ? element.children.flatMap(openedAtLines) : element.children) {
      if (typeof child === 'string' || !this.#standsApart(child)) {
        if (typeof child !== 'string' && child.name === 'eol' && context.place === 'closing') this.#add(run, context)
        else run.add(child)
      } else {
        this.#add(run, context)
        // Beside the points of its list, and beneath the last of them.
        const isBeneath = element.name === 'list' && child.name === 'sublist'
        this.#block(child, isBeneath ? { ...context, level: context.level + 1 } : context)
      }
    }
    this.#add(run, context)
  }

  /** A number, or a kind that was said, with no words behind it is a paragraph all the same. */
  #settle({ pending, level }: Context, isItem: boolean): void {
    const { typed, kind } = pending
    if (typed === null && kind === null) return
    pending.typed = null
    pending.kind = null
    this.#emit({ words: '', notes: [], brackets: [] }, kind ?? (isItem || level > 0 ? 'sub' : 'para'), typed, level, true)
  }

  #standsApart(element: XmlElement): boolean {
    return numbered.has(element.name) || containersOfItems.has(element.name) || items.has(element.name) || isBlock(element)
  }

  #block(element: XmlElement, context: Context): void {
    const { name } = element
    if (name === 'num') {
      this.#number(element, context)
    } else if (name === 'table') {
      this.#table(element, context)
    } else if (headings.has(name)) {
      context.pending.isHeading = true
      this.#read(element, context)
    } else if (numbered.has(name) || items.has(name)) {
      this.#numbered(element, context)
    } else if (containersOfItems.has(name)) {
      this.#read(element, context)
    } else if (name === 'container' || name === 'formula') {
      const kind = kindSaid(element) ?? (name === 'formula' ? 'organ' : null)
      const inner = { ...context, pending: { ...none(), kind, isProposed: isProposed(element) }, named: element.attributes['name'] ?? '' }
      this.#read(element, inner)
      if (kind !== 'organ') this.#settle(inner, false)
    } else if (context.place === 'preface' && name === 'p' && elementsOf(element).some((child) => child.name === 'docTitle')) {
      this.#title(element, context)
    } else {
      const kind = kindSaid(element)
      if (kind !== null) context.pending.kind = kind
      this.#read(element, context)
      if (kind !== null) this.#settle(context, false)
    }
  }

  /** A second number of one paragraph is words. */
  #number(element: XmlElement, context: Context): void {
    const typed = textOf(element)
    if (typed === '') return
    if (context.pending.typed === null && typed.length <= 40) context.pending.typed = typed
    else this.#add(this.#runOf(element), context)
  }

  #runOf(element: XmlElement): Run {
    const run = this.#run()
    run.addAll(element.children)
    return run
  }

  #numbered(element: XmlElement, outer: Context): void {
    this.#settle(outer, false)
    const isItem = items.has(element.name)
    const pending = { ...none(), kind: kindSaid(element), isProposed: outer.pending.isProposed || isProposed(element) }
    const context = { ...outer, pending, level: isItem ? outer.level + 1 : outer.level, named: undefined }
    this.#read(element, context)
    this.#settle(context, isItem)
  }

  /** One paragraph for each row. */
  #table(element: XmlElement, context: Context): void {
    this.#losses.add('table', elementsOf(element).filter(({ name }) => name === 'tr').slice(0, 1).map((row) => elementsOf(row).map(textOf).join(' ')).join(''))
    const rows = (from: XmlElement): void => {
      for (const child of elementsOf(from)) {
        if (child.name === 'tr' || child.name === 'caption') {
          const run = this.#runOf(child)
          const words = run.take()
          if (words.words !== '' || words.notes.length > 0) this.#emit(words, context.level > 0 ? 'sub' : 'para', null, context.level, true)
        } else {
          rows(child)
        }
      }
    }
    rows(element)
  }

  /** "78/228." and the words of the title; of a second document that comes with the first, a heading. */
  #title(element: XmlElement, context: Context): void {
    const run = this.#run()
    let typed: string | null = null
    let isSponsorLine = false
    for (const child of element.children) {
      const number: string = typeof child !== 'string' && child.name === 'docNumber' && run.isEmpty && typed === null ? textOf(child) : ''
      if (typeof child !== 'string' && child.name === 'docTitle') isSponsorLine ||= /sponsor/i.test(child.attributes['refersTo'] ?? '')
      if (number !== '' && number.length <= 40) typed = number
      else run.add(child)
    }
    const words = run.take()
    if (isSponsorLine || isSponsors(words.words)) return this.#emit(words, 'front', typed, 0, true)
    const kind = this.#hasTitle ? 'heading' : 'title'
    if (words.words !== '' || typed !== null) this.#emit(words, context.place === 'preface' ? kind : 'heading', typed, 0, true)
  }

  /** What was gathered becomes a paragraph, if there is anything. */
  #add(run: Run, context: Context): void {
    if (run.isEmpty) return
    const { pending } = context
    if (pending.isProposed) run.bracketAll()
    const isItalic = run.isItalicFirst
    const words = run.take()
    const { typed, kind, isHeading } = pending
    pending.typed = null
    pending.kind = null
    pending.isHeading = false
    if (kind !== null) return this.#emit(words, kind, typed, context.level, true)
    if (context.level > 0) return this.#emit(words, 'sub', typed, context.level, true)
    this.#classified(words, typed, context, isItalic, isHeading)
  }

  #classified(words: Words, typed: string | null, context: Context, isItalic: boolean, isHeading: boolean): void {
    const { place } = context
    const emit = (kind: UnitKind, sure = true): void => this.#emit(words, kind, typed, 0, sure)
    if (place === 'cover') return emit(!this.#hasTitle && isCouncilTitle(words.words) ? 'title' : 'front')
    if (place === 'preface') return emit('front')
    if (place === 'closing') return emit('closing')
    if (typed === null && isAnnex(words.words)) return emit('annex')
    if (isHeading) return emit('heading')
    if (typed === null && organLanguageOf(words.words) !== null) return emit('organ')
    if (place === 'preamble') return this.#inPreamble(words, typed, context, isItalic)
    if (typed !== null) return this.#withNumber(words, typed, place)
    this.#inBody(words, place, isItalic)
  }

  #inPreamble(words: Words, typed: string | null, { named = '' }: Context, isItalic: boolean): void {
    if (typed !== null) return this.#withNumber(words, typed, 'preamble')
    if (this.#typedInWords(words, 'preamble')) return
    const isNamed = named !== '' && words.words.startsWith(named)
    const isPhrase = isItalic || isNamed || endsPhrase(words.words) || openingLengthOf('pp', words.words, this.#language) > 0
    this.#emit(words, !isPhrase && looksLikeHeading(words.words) ? 'heading' : 'pp', null, 0, isPhrase)
  }

  #inBody(words: Words, place: Place, isItalic: boolean): void {
    if (this.#typedInWords(words, place)) return
    const isPreambular = openingLengthOf('pp', words.words, this.#language) > 0 && endsPhrase(words.words)
    if (isPreambular) this.#emit(words, 'pp', null, 0, true)
    else if (isClosing(words.words)) this.#emit(words, 'closing', null, 0, true)
    else if (place === 'body' && (isItalic || openingLengthOf('op', words.words, this.#language) > 0)) this.#emit(words, 'op', null, 0, true)
    else this.#emit(words, 'para', null, 0, place !== 'body')
  }

  /** A number in an element of its own. */
  #withNumber(words: Words, typed: string, place: Place): void {
    const role = takeNumber(`${typed} x`)?.role ?? (/^\d/.test(typed) ? 'op' : 'section')
    switch (role) {
      case 'op':
      case 'title':
        return this.#emit(words, place === 'preamble' ? 'pp' : 'op', typed, 0, true)
      case 'pp':
        return this.#emit(words, 'pp', typed, 0, true)
      case 'sub':
      case 'bullet':
        return this.#emit(words, this.#canHoldSub() ? 'sub' : 'para', typed, undefined, true)
      case 'section':
        return this.#emit(words, looksLikeHeading(words.words) ? 'heading' : place === 'preamble' ? 'pp' : 'para', typed, 0, true)
    }
  }

  /** A number at the beginning of the words: "(a) To act". True when there was one. */
  #typedInWords(words: Words, place: Place): boolean {
    const number = takeNumber(words.words)
    if (number === null || number.role === 'title' || number.role === 'bullet') return false
    if (number.role === 'sub' && !this.#canHoldSub()) return false
    if (number.role === 'section' && !looksLikeHeading(number.rest)) return false
    const cut = words.words.length - number.rest.length
    if (words.notes.some(({ at }) => at < cut) || words.brackets.some(({ from }) => from > 0 && from < cut)) return false
    const rest: Words = {
      words: number.rest,
      notes: words.notes.map((note) => ({ ...note, at: note.at - cut })),
      brackets: words.brackets.map(({ from, to }) => ({ from: Math.max(0, from - cut), to: to - cut })).filter(({ from, to }) => to > from),
    }
    this.#withNumber(rest, number.typed, place)
    return true
  }

  #canHoldSub(): boolean {
    return ['pp', 'op', 'para', 'sub'].includes(this.items.at(-1)?.kind ?? '')
  }

  /** `level` undefined: by its number, beneath what came before. */
  #emit(words: Words, kind: UnitKind, typed: string | null, level: number | undefined, sure: boolean): void {
    const opens = this.#opensAnnex && (kind === 'heading' || kind === 'title' || (kind === 'para' && typed === null && looksLikeHeading(words.words)))
    this.#opensAnnex = false
    if (this.items.length >= limits.unitsMax) throw new Refusal('import-too-large')
    const own = opens ? 'annex' : kind
    if (own === 'title') this.#hasTitle = true
    this.items.push({ kind: own, ...words, typed, sure, ...(level === undefined ? {} : { level }) })
  }
}

/** An element with line ends in it gives way to what is in it: the lines of a vote, "3rd plenary meeting" and its date. */
function openedAtLines(node: XmlNode): readonly XmlNode[] {
  if (typeof node === 'string' || node.name === 'eol' || !elementsOf(node).some(hasLineEnd)) return [node]
  return [' ', ...node.children.flatMap(openedAtLines), ' ']
}

const hasLineEnd = (element: XmlElement): boolean => element.name === 'eol' || elementsOf(element).some(hasLineEnd)

/** Our own files say what a paragraph is where its place would say something else. */
function kindSaid({ attributes }: XmlElement): UnitKind | null {
  const said = /(?:^|\s)unit-([a-z]+)(?:\s|$)/.exec(attributes['class'] ?? '')?.[1]
  return unitKinds.find((kind) => kind === said) ?? null
}

/** A paragraph that somebody proposes, or an alternative to another, is not agreed. */
const isProposed = ({ attributes }: XmlElement): boolean =>
  attributes['alternativeTo'] !== undefined || /\b(?:inserted|deleted|proposal)\b/.test(attributes['class'] ?? '')
