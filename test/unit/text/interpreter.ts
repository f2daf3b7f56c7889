/**
 * Carries out an instruction on a plain list of paragraphs, as a clerk with pencil and paper would who knows the
 * practice (docs/SPEC.md, OW) and nothing of this program: it imports none of it.
 */

export interface PlainParagraph {
  readonly kind: string
  readonly depth: number
  /** What stands before its words on the page: "5.", "(a)", "". */
  readonly printed: string
  /** The mark of footnote n is the one letter `markOf(n)`. */
  readonly words: string
}

export const markOf = (note: number): string => String.fromCharCode(0xe000 + note)

const anyMark = '[\\uE000-\\uF8FF]'

export class Misunderstood extends Error {}

/** A quotation is one letter of this alphabet in the skeleton of a sentence. */
const quotation = '[\\u0100-\\u01FF]'

interface Read {
  readonly skeleton: string
  readonly quotes: readonly string[]
}

function readQuotes(sentence: string): Read {
  const quotes: string[] = []
  const skeleton = sentence.replace(/“([^“”]*)”|«([^»]*)»/gsu, (_all, usual: string | undefined, literal: string | undefined) => {
    quotes.push(usual === undefined ? literal! : outer(usual))
    return String.fromCharCode(0xff + quotes.length)
  })
  return { skeleton, quotes }
}

/** Quotation marks within a quotation are single; in the text they are double. */
function outer(words: string): string {
  let depth = 0
  let text = ''
  const letters = [...words]
  for (const [index, letter] of letters.entries()) {
    const isApostrophe = letter === '’' && (depth === 0 || /[\p{L}\p{N}]/u.test(letters[index + 1] ?? ' '))
    if (letter === '‘') depth++
    else if (letter === '’' && !isApostrophe) depth--
    text += letter === '‘' ? '“' : letter === '’' && !isApostrophe ? '”' : letter
  }
  return text
}

const table = ['first', 'second', 'third', 'fourth', 'fifth', 'sixth', 'seventh', 'eighth', 'ninth', 'tenth', 'eleventh', 'twelfth', 'thirteenth', 'fourteenth', 'fifteenth', 'sixteenth', 'seventeenth', 'eighteenth', 'nineteenth', 'twentieth']
const numberOf = (word: string): number => (table.includes(word) ? table.indexOf(word) + 1 : Number.parseInt(word, 10))

const kindOf: Readonly<Record<string, string>> = {
  'operative paragraph': 'op', paragraph: 'op', 'preambular paragraph': 'pp', subparagraph: 'sub', title: 'title', heading: 'heading', annex: 'annex',
  'unnumbered paragraph': 'para', 'closing line': 'closing', 'line of the masthead': 'front', 'line naming the organ': 'organ',
}

/** Which part each paragraph is in, by the part's name; '' for the resolution itself. */
function partsOf(list: readonly PlainParagraph[]): string[] {
  const heads: string[] = ['']
  let organs = 0
  const of = list.map(({ kind, depth, words }) => {
    if (depth === 0 && (kind === 'annex' || (kind === 'organ' && organs > 0))) {
      const numeral = /^Annex ([IVX]+)/.exec(words)?.[1]
      heads.push(kind === 'organ' ? `part ${heads.length + 1}` : numeral === undefined ? 'the annex' : `annex ${numeral}`)
      organs = 0
    }
    if (depth === 0 && kind === 'organ') organs++
    return heads.length - 1
  })
  const plain = heads.filter((head) => head === 'the annex').length
  let seen = 0
  const names = heads.map((head) => (head === 'the annex' && plain > 1 ? `the ${table[seen++]!} annex` : head))
  return of.map((at) => names[at]!)
}

const endOf = (list: readonly PlainParagraph[], at: number): number => {
  let end = at + 1
  while (end < list.length && list[end]!.depth > list[at]!.depth) end++
  return end
}

const childrenOf = (list: readonly PlainParagraph[], at: number): number[] =>
  list.flatMap((one, index) => (index > at && index < endOf(list, at) && one.depth === list[at]!.depth + 1 ? [index] : []))

function find(list: readonly PlainParagraph[], name: string, quotes: readonly string[]): number {
  const nth = /^(.*) \(the (\S+) of that name\)$/.exec(name)
  const all = findAll(list, nth?.[1] ?? name, quotes)
  if (nth === null && all.length !== 1) throw new Misunderstood(`${all.length} paragraphs are called “${name}”`)
  const found = all[nth === null ? 0 : numberOf(nth[2]!) - 1]
  if (found === undefined) throw new Misunderstood(`nothing is called “${name}”`)
  return found
}

function findAll(list: readonly PlainParagraph[], name: string, quotes: readonly string[]): number[] {
  const sub = /^subparagraph (\S+(?: \S+)*?)(?: of (.*))?$/.exec(name)
  if (sub !== null) {
    const above = sub[2] === undefined ? [null] : findAll(list, sub[2], quotes)
    return above.flatMap((one) => descend(list, one, sub[1]!.split(' ')))
  }
  const heading = new RegExp(`^the heading (${quotation})$`).exec(name)
  if (heading !== null) return list.flatMap((one, at) => (one.kind === 'heading' && withoutMarks(one.words) === quoteIn(quotes, heading[1]!) ? [at] : []))
  const [, bare, part] = /^(.*?)(?: of (annex \S+|the (?:\S+ )?annex|part \d+))?$/.exec(name)!
  if (bare === 'the heading' && part !== undefined && /annex/.test(part)) return inPart(list, part).filter((at) => list[at]!.kind === 'annex')
  const here = inPart(list, part ?? '')
  const numbered = /^(operative paragraph|paragraph|preambular paragraph) (\d+(?: [a-z]+)?)$/.exec(bare!)
  if (numbered !== null) return here.filter((at) => list[at]!.kind === kindOf[numbered[1]!] && list[at]!.printed.replace(/\.$/, '') === numbered[2])
  const [, which, kind] = /^the (?:(first|second|third|\w+th|\d+(?:st|nd|rd)) )?(.*)$/.exec(bare!) ?? []
  const same = (kind === 'title' || kind === 'line of the masthead' ? here : here).filter((at) => list[at]!.kind === kindOf[kind ?? ''])
  return which === undefined ? same : same.slice(numberOf(which) - 1, numberOf(which))
}

const inPart = (list: readonly PlainParagraph[], part: string): number[] => partsOf(list).flatMap((of, at) => (of === part ? [at] : []))

function descend(list: readonly PlainParagraph[], from: number | null, path: readonly string[]): number[] {
  const [first, ...rest] = path
  const within = from === null ? list.flatMap((one, at) => (one.depth === 0 ? [at] : [])) : childrenOf(list, from)
  const here = within.filter((at) => list[at]!.kind === 'sub' && list[at]!.printed.replace(/\.$/, '') === first)
  return rest.length === 0 ? here : here.flatMap((at) => descend(list, at, rest))
}

const quoteIn = (quotes: readonly string[], letter: string): string => quotes[letter.charCodeAt(0) - 0x100]!
const withoutMarks = (words: string): string => words.replace(new RegExp(anyMark, 'g'), '')

/** What the list reads when the instruction has been carried out. */
export function interpret(sentence: string, list: readonly PlainParagraph[]): PlainParagraph[] {
  const { skeleton, quotes } = readQuotes(sentence)
  const quoteAt = (letter: string): string => quoteIn(quotes, letter)
  const put = (at: number, words: string): PlainParagraph[] => list.map((one, index) => (index === at ? { ...one, words } : one))
  const words = (name: string): number => {
    const chapeau = /^the chapeau of (.*)$/.exec(name)
    const at = find(list, chapeau?.[1] ?? name, quotes)
    // "In operative paragraph 5" of a paragraph with subparagraphs would leave open which of its words are meant.
    if ((chapeau === null) !== (childrenOf(list, at).length === 0)) throw new Misunderstood(`“${name}” has subparagraphs, or none`)
    return at
  }

  const none = /^This amendment changes no word of (.*)\.$/.exec(skeleton)
  if (none !== null) return put(words(none[1]!), trimmed(list[words(none[1]!)]!.words))
  const whole = /^Delete (.*)\.$/.exec(skeleton)
  if (whole !== null) {
    const at = find(list, whole[1]!, quotes)
    return list.filter((_one, index) => index < at || index >= endOf(list, at))
  }
  const anew = new RegExp(`^Replace (.*) with the following: (${quotation})(?:, and delete footnotes? .*)?\\.$`).exec(skeleton)
  if (anew !== null) return put(words(anew[1]!), quoteAt(anew[2]!))
  const fresh = new RegExp(`^(?:(After|Before|At the end of) (.*), insert|Insert) a new (.*) reading: (${quotation})(?:, and (?:re)?number the .*)?\\.$`).exec(skeleton)
  if (fresh !== null) return inserted(list, fresh[1] ?? '', fresh[2] === undefined ? null : find(list, fresh[2], quotes), kindOf[fresh[3]!]!, quoteAt(fresh[4]!))

  const body = skeleton.replace(/, so that the .*? would read: .*(?=\.$)/s, '')
  const edge = new RegExp(`^At the (beginning|end) of (.*), ((?:insert|add) ${quotation})\\.$`).exec(body)
  if (edge !== null) return put(words(edge[2]!), carryOut(list[words(edge[2]!)]!.words, [`at the ${edge[1]!}, ${edge[3]!}`], quoteAt))
  const lettered = /^In (.*?): (\(a\) .*)\.$/.exec(body)
  if (lettered !== null) {
    const clauses = lettered[2]!.split(/(?:^|; |; and )\([a-z]+\) (?=after|before|directly|between|at the|delete|replace)/).slice(1)
    return put(words(lettered[1]!), carryOut(list[words(lettered[1]!)]!.words, clauses, quoteAt))
  }
  const one = /^In (.*?), ((?:after|before|directly|between|delete|replace) .*)\.$/.exec(body)
  if (one === null) throw new Misunderstood(`not an instruction: ${sentence}`)
  return put(words(one[1]!), carryOut(list[words(one[1]!)]!.words, [one[2]!], quoteAt))
}

function inserted(list: readonly PlainParagraph[], how: string, at: number | null, kind: string, words: string): PlainParagraph[] {
  const depth = at === null ? 0 : list[at]!.depth + (how === 'At the end of' ? 1 : 0)
  const place = at === null ? 0 : how === 'Before' ? at : endOf(list, at)
  return [...list.slice(0, place), { kind, depth, printed: '', words }, ...list.slice(place)]
}

interface Step {
  readonly from: number
  readonly to: number
  readonly words: string
}

const trimmed = (words: string): string => words.replace(/^ +| +$/g, '')
const sign = /^[,;.:]/

/** All clauses are about the words as they stand; so they are carried out from the back. */
function carryOut(words: string, clauses: readonly string[], quoteAt: (letter: string) => string): string {
  const steps = clauses.map((clause) => stepOf(words, clause, quoteAt)).sort((left, right) => right.from - left.from)
  return trimmed(steps.reduce((text, { from, to, words: put }) => text.slice(0, from) + put + text.slice(to), words))
}

function stepOf(text: string, clause: string, quoteAt: (letter: string) => string): Step {
  const noun = '(?:the words? )?'
  const where = (told: string): { from: number; to: number } => onlyPlace(text, told, quoteAt)
  const atEdge = new RegExp(`^at the (beginning|end), (?:insert|add) (${quotation})$`).exec(clause)
  if (atEdge !== null) {
    const put = quoteAt(atEdge[2]!)
    if (atEdge[1] === 'beginning') return { from: 0, to: /^ */.exec(text)![0].length, words: `${put} ` }
    return { from: text.replace(/ +$/, '').length, to: text.length, words: sign.test(put) ? put : ` ${put}` }
  }
  const insert = new RegExp(`^(after|before|directly after|directly before) (.*), insert ${noun}(${quotation})$`).exec(clause)
  if (insert !== null) {
    const put = quoteAt(insert[3]!)
    const { from, to } = where(insert[2]!)
    const isBefore = insert[1]!.endsWith('before')
    const at = isBefore ? from : to
    if (insert[1]!.startsWith('directly')) return { from: at, to: at, words: put }
    return { from: at, to: at, words: isBefore ? `${put} ` : sign.test(put) ? put : ` ${put}` }
  }
  const between = new RegExp(`^between ${noun}(${quotation}) and ${noun}(${quotation}), insert ${noun}(${quotation})$`).exec(clause)
  if (between !== null) {
    const [first, second, put] = [quoteAt(between[1]!), quoteAt(between[2]!), quoteAt(between[3]!)]
    const ends = placesOf(text, [first]).filter(({ to }) => placesOf(text, [second]).some(({ from }) => from >= to && trimmed(text.slice(to, from)) === ''))
    if (ends.length !== 1) throw new Misunderstood(`“${first}” and “${second}” meet ${ends.length} times in “${text}”`)
    return { from: ends[0]!.to, to: ends[0]!.to, words: sign.test(put) ? put : ` ${put}` }
  }
  const [, side, told, verb] = /^(?:(after|before) (.*?), )?((?:delete|replace) .*)$/s.exec(clause) ?? []
  const change = new RegExp(`^(?:delete (.*)|replace (.*) with ${noun}(${quotation}))$`).exec(verb ?? '')
  if (change === null) throw new Misunderstood(`not a clause: ${clause}`)
  const span = beside(text, change[1] ?? change[2]!, side, told === undefined ? null : where(told), quoteAt)
  return change[1] === undefined ? { ...span, words: quoteAt(change[3]!) } : leftOut(text, span)
}

function leftOut(text: string, { from, to }: { from: number; to: number }): Step {
  const before = text.slice(0, from)
  let behind = text.slice(to)
  if (before.endsWith(' ') && behind.startsWith(' ')) behind = behind.slice(1)
  const start = before.endsWith(' ') && sign.test(behind) ? from - 1 : from
  return { from: start, to: text.length - behind.length, words: '' }
}

/** The words themselves where they are there once; else those right behind, or right before, the words that tell the place. */
function beside(text: string, told: string, side: string | undefined, place: { from: number; to: number } | null, quoteAt: (letter: string) => string): { from: number; to: number } {
  if (place === null) return onlyPlace(text, told, quoteAt)
  const near = placesOf(text, partsOfTold(told, quoteAt)).filter(({ from, to }) =>
    side === 'after' ? from >= place.to && trimmed(text.slice(place.to, from)) === '' : to <= place.from && trimmed(text.slice(to, place.from)) === '')
  // Words with a space at their edge may be read in more ways than one: those that touch are meant.
  const touching = near.filter(({ from, to }) => (side === 'after' ? from === place.to : to === place.from))
  const [only, ...more] = near.length > 1 ? touching : near
  if (only === undefined || more.length > 0) throw new Misunderstood(`${near.length} places of “${told}” in “${text}”`)
  return only
}

type Part = string | number

/** "the words “a”, footnote 3 and the word “b”" as ['a', 3, 'b']. */
function partsOfTold(told: string, quoteAt: (letter: string) => string): Part[] {
  return told.split(/, | and /).map((part) => {
    const note = /^footnote (\d+)$/.exec(part)
    const words = new RegExp(`^(?:the words? )?(${quotation})$`).exec(part)
    if (note === null && words === null) throw new Misunderstood(`neither words nor a footnote: ${part}`)
    return note === null ? quoteAt(words![1]!) : Number(note[1])
  })
}

function onlyPlace(text: string, told: string, quoteAt: (letter: string) => string): { from: number; to: number } {
  const places = placesOf(text, partsOfTold(told, quoteAt))
  if (places.length !== 1) throw new Misunderstood(`${places.length} places of ${told} (${partsOfTold(told, quoteAt).join('|')}) in “${text}”`)
  return places[0]!
}

/** Wherever these stand, as whole words; beside the mark of a footnote spaces are not told. */
function placesOf(text: string, parts: readonly Part[]): { from: number; to: number }[] {
  const escaped = parts.map((part) => (typeof part === 'number' ? markOf(part) : part.replace(/[\\^$.*+?()[\]{}|/]/g, '\\$&')))
  const pattern = new RegExp(`(?=(${escaped.join(' *')}))`, 'gu')
  const letter = /[\p{L}\p{M}\p{N}]/u
  const isInside = (at: number): boolean => letter.test([...text.slice(0, at)].at(-1) ?? ' ') && letter.test([...text.slice(at)][0] ?? ' ')
  return [...text.matchAll(pattern)].map((found) => ({ from: found.index, to: found.index + found[1]!.length })).filter(({ from, to }) => !isInside(from) && !isInside(to))
}
