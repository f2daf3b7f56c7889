/** Paragraphs found by the names that official documents give them. */
import { anyMark, Misunderstood, trimmed } from './clerk-sheet.ts'
import type { PlainParagraph } from './clerk-sheet.ts'

const table = ['first', 'second', 'third', 'fourth', 'fifth', 'sixth', 'seventh', 'eighth', 'ninth', 'tenth', 'eleventh', 'twelfth', 'thirteenth', 'fourteenth', 'fifteenth', 'sixteenth', 'seventeenth', 'eighteenth', 'nineteenth', 'twentieth']
const numberOf = (word: string): number => (table.includes(word) ? table.indexOf(word) + 1 : Number.parseInt(word, 10))

export const kindOf: Readonly<Record<string, string>> = {
  'operative paragraph': 'op', paragraph: 'op', 'preambular paragraph': 'pp', subparagraph: 'sub', title: 'title', heading: 'heading', annex: 'annex',
  'unnumbered paragraph': 'para', 'closing line': 'closing', 'line of the masthead': 'front', 'line naming the organ': 'organ', 'annex heading': 'annex', 'section heading': 'heading',
}

/** Which part each paragraph is in, by the part's name; '' for the resolution itself. */
function partsOf(list: readonly PlainParagraph[]): string[] {
  const heads: string[] = ['']
  let organs = 0
  const of = list.map(({ kind, depth, words }) => {
    if (depth === 0 && (kind === 'annex' || (kind === 'organ' && organs > 0))) {
      const numeral = /^annex +([ivxlc]+|[a-z]|\d+)(?![\p{L}\d])/iu.exec(trimmed(withoutMarks(words)))?.[1]
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

export const endOf = (list: readonly PlainParagraph[], at: number): number => {
  let end = at + 1
  while (end < list.length && list[end]!.depth > list[at]!.depth) end++
  return end
}

export const childrenOf = (list: readonly PlainParagraph[], at: number): number[] =>
  list.flatMap((one, index) => (index > at && index < endOf(list, at) && one.depth === list[at]!.depth + 1 ? [index] : []))

/** A quotation is one letter of this alphabet in the skeleton of a sentence. */
export const quotation = '[\\u0100-\\u01FF]'
export const quoteIn = (quotes: readonly string[], letter: string): string => quotes[letter.charCodeAt(0) - 0x100]!

/** A name with its quotations written out. */
export const spelledOut = (name: string, quotes: readonly string[]): string => name.replace(new RegExp(quotation, 'g'), (letter) => `“${quoteIn(quotes, letter)}”`)

/** Instructions count what stands in the draft; what is only proposed goes by what they call it. */
export function find(list: readonly PlainParagraph[], name: string, quotes: readonly string[]): number {
  const called = spelledOut(name, quotes)
  const proposed = list.flatMap((one, at) => (one.proposed === called ? [at] : []))
  if (proposed.length === 1) return proposed[0]!
  const standing = list.flatMap((one, at) => (isNew(one) ? [] : [at]))
  const nth = /^(.*) \(the (\S+) of that name\)$/.exec(name)
  const all = findAll(standing.map((at) => ({ ...list[at]!, words: list[at]!.was ?? list[at]!.words })), nth?.[1] ?? name, quotes)
  if (nth === null && all.length !== 1) throw new Misunderstood(`${all.length} paragraphs are called “${called}”`)
  const found = all[nth === null ? 0 : numberOf(nth[2]!) - 1]
  if (found === undefined) throw new Misunderstood(`nothing is called “${called}”`)
  return standing[found]!
}

/** An alternative keeps the place and the number of what it replaces. */
const isNew = ({ proposed }: PlainParagraph): boolean => proposed?.startsWith('the new ') === true

function findAll(list: readonly PlainParagraph[], name: string, quotes: readonly string[]): number[] {
  const sub = /^subparagraph (\S+(?: \S+)*?)(?: of (.*))?$/.exec(name)
  if (sub !== null) {
    const above = sub[2] === undefined ? [null] : findAll(list, sub[2], quotes)
    return above.flatMap((one) => descend(list, one, sub[1]!.match(/\S+(?: (?:bis|ter|quater)(?= |$))?/g)!))
  }
  const heading = new RegExp(`^the heading (${quotation})$`).exec(name)
  if (heading !== null) return list.flatMap((one, at) => (one.kind === 'heading' && withoutMarks(one.words) === quoteIn(quotes, heading[1]!) ? [at] : []))
  const [, bare, part] = /^(.*?)(?: of (annex \S+|the (?:\S+ )?annex|part \d+))?$/.exec(name)!
  if (bare === 'the heading' && part !== undefined && /annex/.test(part)) return inPart(list, part).filter((at) => list[at]!.kind === 'annex')
  const here = inPart(list, part ?? '')
  const numbered = /^(operative paragraph|paragraph|preambular paragraph) (\d+(?: [a-z]+)?)$/.exec(bare!)
  if (numbered !== null) return here.filter((at) => list[at]!.kind === kindOf[numbered[1]!] && list[at]!.printed.replace(/\.$/, '') === numbered[2])
  const [, which, kind] = /^the (?:(first|second|third|\w+th|\d+(?:st|nd|rd)) )?(.*)$/.exec(bare!) ?? []
  const same = here.filter((at) => list[at]!.kind === kindOf[kind ?? ''])
  return which === undefined ? same : same.slice(numberOf(which) - 1, numberOf(which))
}

const withoutMarks = (words: string): string => words.replace(new RegExp(anyMark, 'g'), '')

const inPart = (list: readonly PlainParagraph[], part: string): number[] => partsOf(list).flatMap((of, at) => (of === part ? [at] : []))

function descend(list: readonly PlainParagraph[], from: number | null, path: readonly string[]): number[] {
  const [first, ...rest] = path
  const within = from === null ? list.flatMap((one, at) => (one.depth === 0 ? [at] : [])) : childrenOf(list, from)
  const here = within.filter((at) => list[at]!.kind === 'sub' && list[at]!.printed.replace(/\.$/, '') === first)
  return rest.length === 0 ? here : here.flatMap((at) => descend(list, at, rest))
}
