/**
 * Carries out an instruction on a plain list of paragraphs, as a clerk with pencil and paper would who knows the
 * practice (docs/SPEC.md, OW) and nothing of this program: it imports none of it.
 */
import { childrenOf, endOf, find, kindOf, quotation, quoteIn, spelledOut } from './clerk-names.ts'
import { inOrder, markOf, Misunderstood, partOf, squared, trimmed } from './clerk-sheet.ts'
import type { PlainBracket, PlainDraft, PlainParagraph } from './clerk-sheet.ts'
import { bracketIn, markPlace, readQuotes, seamOf, stepOf } from './clerk-words.ts'
import type { Step } from './clerk-words.ts'

type List = readonly PlainParagraph[]

/** A sentence with its quotations taken out, and what stands in each of them. */
interface Told {
  readonly skeleton: string
  readonly quotes: readonly string[]
  readonly quoteAt: (letter: string) => string
}

const renumbering = '(?:, and (?:re)?number the .*)?'

/** What the draft reads when the instructions have been carried out, one after the other. */
export function interpret(wording: string, draft: PlainDraft): PlainDraft {
  const { skeleton, quotes } = readQuotes(wording)
  const quoteAt = (letter: string): string => quoteIn(quotes, letter)
  return skeleton.split(/(?<=\.) (?=[A-Z])/).reduce((now, sentence) => carriedOut(now, { skeleton: sentence, quotes, quoteAt }), draft)
}

/** Says why there is nothing to carry out. */
export const saysWhyNot = (wording: string): boolean =>
  /^(The paragraph that this amendment is about (is no longer in|has been merged into)|The place to which this amendment would move|A place that this amendment holds on to|The words that this amendment is about|This amendment would (merge|move|put)) /.test(wording)

function carriedOut(draft: PlainDraft, told: Told): PlainDraft {
  if (saysWhyNot(told.skeleton)) return draft
  const tail = /, so that (?:no square brackets stand in it|square brackets stand(?:: )?(.*?))(?=, so that the .*? would read: |, and (?:re)?number the (?:remaining )?(?:footnotes|paragraphs|subparagraphs) |\.$)/.exec(told.skeleton)
  if (tail !== null) return withTail(draft, carriedOut(draft, { ...told, skeleton: told.skeleton.replace(tail[0], '') }), tail[1] ?? '', told)
  const { paragraphs: list } = draft
  const paragraphs = deleted(list, told) ?? replaced(list, told) ?? inserted(list, told) ?? kept(list, told) ?? moved(list, told) ?? merged(list, told) ?? divided(list, told) ?? bracketedWhole(list, told)
  return paragraphs === null ? inWords(draft, told) : { ...draft, paragraphs }
}

/** The brackets of the paragraph that was changed, where they are said. */
function withTail(before: PlainDraft, after: PlainDraft, said: string, { quoteAt }: Told): PlainDraft {
  const at = after.paragraphs.findIndex((one, index) => one !== before.paragraphs[index])
  const paragraph = after.paragraphs[at]!
  const clauses = /^\(a\) /.test(said) ? said.split(/(?:^|; |; and )\([a-z]\) /).slice(1) : said === '' ? [] : [said.trim()]
  const spans = clauses.map((clause) => bracketIn(paragraph.words, `${clause.replace(/^(.*, )?round /, '$1place ')} in square brackets`, quoteAt)!)
  const bare = { ...paragraph, brackets: paragraph.brackets.filter(({ placeholder }) => placeholder) }
  return { ...after, paragraphs: put(after.paragraphs, at, withBrackets(bare, spans)) }
}

const put = (list: List, at: number, paragraph: PlainParagraph): PlainParagraph[] => list.map((one, index) => (index === at ? paragraph : one))

/** Where the paragraph is whose own words are meant: "the chapeau of" one that has subparagraphs, and only of such a one. */
function wordsOf(list: List, name: string, quotes: readonly string[]): number {
  const chapeau = /^the chapeau of (.*)$/.exec(name)
  const at = find(list, chapeau?.[1] ?? name, quotes)
  const isAlternative = list[at]!.proposed?.startsWith('the text ') === true
  if (!isAlternative && (chapeau === null) !== (childrenOf(list, at).length === 0)) throw new Misunderstood(`“${name}” has subparagraphs, or none`)
  return at
}

function deleted(list: List, { skeleton, quotes }: Told): List | null {
  const whole = /^Delete (.*)\.$/.exec(skeleton)
  if (whole === null) return null
  const at = find(list, whole[1]!, quotes)
  return list.filter((_one, index) => index < at || index >= endOf(list, at))
}

/** All the words go, and with them the brackets that were round any of them. */
function replaced(list: List, { skeleton, quotes, quoteAt }: Told): List | null {
  const anew = new RegExp(`^Replace ((?!footnote).*) with the following: (${quotation})(?:, and delete footnotes? .*)?\\.$`).exec(skeleton)
  if (anew === null) return null
  const at = wordsOf(list, anew[1]!, quotes)
  const words = quoteAt(anew[2]!)
  return put(list, at, { ...edited(list[at]!, [{ from: 0, to: list[at]!.words.length, words }]), proposed: `the text proposed to replace ${spelledOut(anew[1]!, quotes)}`, was: list[at]!.was ?? list[at]!.words })
}

const placeTold = '(?:(After|Before|At the end of) (.*), insert|Insert)'

function inserted(list: List, { skeleton, quotes, quoteAt }: Told): List | null {
  const fresh = new RegExp(`^${placeTold} a new (.*) reading: (${quotation})${renumbering}\\.$`).exec(skeleton)
  return fresh === null ? null : newParagraph(list, quotes, fresh, quoteAt(fresh[4]!), false)
}

/** A place in square brackets, with what it says of the words to come. */
function kept(list: List, { skeleton, quotes, quoteAt }: Told): List | null {
  const fresh = new RegExp(`^${placeTold} in square brackets a placeholder for a new (.*?)(?: reading: (${quotation})|, the text of which is to come)${renumbering}\\.$`).exec(skeleton)
  return fresh === null ? null : newParagraph(list, quotes, fresh, fresh[4] === undefined ? '' : quoteAt(fresh[4]), true)
}

function newParagraph(list: List, quotes: readonly string[], [, how, name, kind]: RegExpExecArray, words: string, placeholder: boolean): List {
  const at = name === undefined ? null : find(list, name, quotes)
  const depth = at === null ? 0 : list[at]!.depth + (how === 'At the end of' ? 1 : 0)
  const place = at === null ? 0 : how === 'Before' ? at : endOf(list, at)
  const where = how === undefined ? '' : ` ${how[0]!.toLowerCase()}${how.slice(1)} ${spelledOut(name!, quotes)}`
  const brackets = placeholder ? [{ from: 0, to: words.length, placeholder }] : []
  const paragraph = { kind: kindOf[kind!]!, depth, printed: '', words, brackets, proposed: `the new ${kind!} proposed${where}` }
  return [...list.slice(0, place), paragraph, ...list.slice(place)]
}

/** With its subparagraphs. It stays what it is unless it is said as what it comes to stand. */
function moved(list: List, { skeleton, quotes }: Told): List | null {
  const found = new RegExp(`^Move (.*) to (?:the beginning|(follow|precede|become the first subparagraph of|stand first beneath) (.*?))(?:, as a new (.*?))?${renumbering}\\.$`).exec(skeleton)
  if (found === null) return null
  const [, name, how, goal, as] = found
  const at = find(list, name!, quotes)
  const block = list.slice(at, endOf(list, at))
  const rest = list.filter((one) => !block.includes(one))
  const beside = goal === undefined ? -1 : rest.indexOf(list[find(list, goal, quotes)]!)
  if (goal !== undefined && beside === -1) throw new Misunderstood(`“${goal}” goes with what is moved`)
  const isWithin = how === 'become the first subparagraph of' || how === 'stand first beneath'
  const place = goal === undefined ? 0 : how === 'precede' ? beside : isWithin ? beside + 1 : endOf(rest, beside)
  const deeper = (goal === undefined ? 0 : rest[beside]!.depth + (isWithin ? 1 : 0)) - block[0]!.depth
  const kind = as !== undefined ? kindOf[as]! : how === 'become the first subparagraph of' ? 'sub' : block[0]!.kind
  const placed = block.map((one, index) => ({ ...one, depth: one.depth + deeper, ...(index === 0 ? { kind } : {}) }))
  return [...rest.slice(0, place), ...placed, ...rest.slice(place)]
}

/** The words go on behind those of the first, a space between them; the subparagraphs of the one become the other's. */
function merged(list: List, { skeleton, quotes }: Told): List | null {
  const found = new RegExp(`^Merge (.*?)(, with its subparagraphs,)? into (.*?)(, without its square brackets)?(, all of it in square brackets)?${renumbering}\\.$`).exec(skeleton)
  if (found === null) return null
  const first = wordsOf(list, found[3]!, quotes)
  const second = find(list, found[1]!, quotes)
  if (second !== first + 1) throw new Misunderstood(`${found[1]!} does not follow ${found[3]!}`)
  if ((found[2] !== undefined) !== (childrenOf(list, second).length > 0)) throw new Misunderstood(`${found[1]!} has subparagraphs, or none`)
  const [one, other] = [list[first]!, list[second]!]
  const isApart = one.words === '' || other.words === '' || /\s$/.test(one.words) || /^\s/.test(other.words)
  const before = one.words + (isApart ? '' : ' ')
  const isKept = (paragraph: PlainParagraph): boolean => paragraph.brackets.some(({ placeholder }) => placeholder)
  if (isKept(other) !== (found[4] !== undefined) || isKept(one) !== (found[5] !== undefined)) throw new Misunderstood('what of the brackets of the place that is kept?')
  const behind = other.brackets.filter(({ placeholder }) => !placeholder).map((bracket) => ({ ...bracket, from: bracket.from + before.length, to: bracket.to + before.length }))
  const words = before + other.words
  const brackets = [...one.brackets.map((bracket) => (bracket.placeholder ? { ...bracket, to: words.length } : bracket)), ...behind]
  const whole = { ...one, words, brackets: inOrder(brackets) }
  const end = endOf(list, second)
  const risen = list.slice(second + 1, end).map((child) => ({ ...child, depth: child.depth + one.depth - other.depth }))
  return [...list.slice(0, first), whole, ...risen, ...list.slice(end)]
}

/** No space is left where it is divided. */
function divided(list: List, { skeleton, quotes, quoteAt }: Told): List | null {
  const found = new RegExp(`^Divide (.*?) into (?:two .*?|an? .*? and an? (.*?)), (the (?:first|second) .*?)(, the subparagraphs following the second)?(, the square brackets staying round the first)?${renumbering}\\.$`).exec(skeleton)
  if (found === null) return null
  const at = wordsOf(list, found[1]!, quotes)
  if ((found[4] !== undefined) !== (childrenOf(list, at).length > 0)) throw new Misunderstood(`${found[1]!} has subparagraphs, or none`)
  const whole = list[at]!
  if ((found[5] !== undefined) !== whole.brackets.some(({ placeholder }) => placeholder)) throw new Misunderstood('what of the brackets of the place that is kept?')
  const seam = seamOf(whole.words, found[3]!, quoteAt)
  const first = squared({ ...whole, ...partOf(whole, 0, seam) })
  const other = { ...whole, brackets: whole.brackets.filter(({ placeholder }) => !placeholder) }
  const second = squared({ ...other, ...partOf(other, seam, whole.words.length), ...(found[2] === undefined ? {} : { kind: kindOf[found[2]]! }), printed: '' })
  return [...list.slice(0, at), first, second, ...list.slice(at + 1)]
}

function bracketedWhole(list: List, { skeleton, quotes }: Told): List | null {
  const found = /^(?:Place (.*) in square brackets(?:, on which the position is reserved)?|Retain (.*), placing it in square brackets)\.$/.exec(skeleton)
  if (found === null) return null
  const at = wordsOf(list, found[1] ?? found[2]!, quotes)
  return put(list, at, withBrackets(list[at]!, [{ from: 0, to: list[at]!.words.length }]))
}

const withBrackets = (paragraph: PlainParagraph, spans: readonly { from: number; to: number }[]): PlainParagraph => ({
  ...paragraph,
  brackets: inOrder([...paragraph.brackets, ...spans.map((span) => ({ ...span, placeholder: false }))]),
})

/** Changes of the words of one paragraph, or of one footnote. */
function inWords({ paragraphs, notes }: PlainDraft, { skeleton, quotes, quoteAt }: Told): PlainDraft {
  const { name, clauses } = clausesOf(skeleton)
  const note = /^footnote (\d+)$/.exec(name)
  if (note === null) {
    const at = wordsOf(paragraphs, name, quotes)
    const { was, words } = paragraphs[at]!
    return { paragraphs: put(paragraphs, at, { ...worked(paragraphs[at]!, clauses, quoteAt), was: was ?? words }), notes: withNotes(notes, clauses, quoteAt) }
  }
  const words = notes.get(Number(note[1]))
  if (words === undefined) throw new Misunderstood(`there is no ${name}`)
  const foot = worked({ kind: 'note', depth: 0, printed: '', words, brackets: [] }, clauses, quoteAt)
  return { paragraphs, notes: new Map([...notes, [Number(note[1]), foot.words]]) }
}

function clausesOf(skeleton: string): { readonly name: string; readonly clauses: readonly string[] } {
  const none = /^This amendment changes no word of (.*)\.$/.exec(skeleton)
  if (none !== null) return { name: none[1]!, clauses: [] }
  const anew = new RegExp(`^Replace (footnote \\d+) with the following: (${quotation})\\.$`).exec(skeleton)
  if (anew !== null) return { name: anew[1]!, clauses: [`replace it with ${anew[2]!}`] }
  const body = skeleton.replace(/, so that the .*? would read: .*(?=\.$)/s, '').replace(/, and renumber the remaining footnotes accordingly(?=\.$)/, '')
  const edge = new RegExp(`^At the (beginning|end) of (.*?), ((?:insert|add) ${quotation}|(?:place|retain) .*)\\.$`).exec(body)
  if (edge !== null) return { name: edge[2]!, clauses: [`at the ${edge[1]!}, ${edge[3]!}`] }
  const verbs = '(?=after|before|directly|between|at the|delete|replace|place|retain)'
  const lettered = /^In (.*?): (\(a\) .*)\.$/.exec(body)
  if (lettered !== null) return { name: lettered[1]!, clauses: lettered[2]!.split(new RegExp(`(?:^|; |; and )\\([a-z]+\\) ${verbs}`)).slice(1) }
  const one = new RegExp(`^In (.*?), (${verbs}.*)\\.$`).exec(body)
  if (one === null) throw new Misunderstood(`not an instruction: ${skeleton}`)
  return { name: one[1]!, clauses: [one[2]!] }
}

const footnote = new RegExp(`^(.*), insert a footnote reading: (${quotation})$`)

/** A footnote that has no number yet. */
function withNotes(notes: PlainDraft['notes'], clauses: readonly string[], quoteAt: (letter: string) => string): PlainDraft['notes'] {
  const put = clauses.map((clause) => footnote.exec(clause)?.[2]).find((letter) => letter !== undefined)
  return put === undefined ? notes : new Map([...notes, [0, quoteAt(put)]])
}

/** All clauses are about the words as they stand. No space is left at the ends where words have been changed; what is put anew is taken as quoted. */
function worked(paragraph: PlainParagraph, clauses: readonly string[], quoteAt: (letter: string) => string): PlainParagraph {
  const { words } = paragraph
  const spans: { from: number; to: number }[] = []
  const steps: Step[] = []
  let isReworded = clauses.length === 0
  for (const clause of clauses) {
    const bracket = bracketIn(words, clause, quoteAt)
    const mark = footnote.exec(clause)
    const anew = new RegExp(`^replace it with (${quotation})$`).exec(clause)
    isReworded ||= bracket === null && mark === null && anew === null
    if (bracket !== null) spans.push(bracket)
    else if (mark !== null) {
      const at = markPlace(words, mark[1]!, quoteAt)
      steps.push({ from: at, to: at, words: markOf(0) })
    } else steps.push(anew === null ? stepOf(words, clause, quoteAt) : { from: 0, to: words.length, words: quoteAt(anew[1]!) })
  }
  const done = edited(paragraph, steps)
  return withBrackets(isReworded ? withoutEndSpaces(done) : done, spans)
}

function withoutEndSpaces(paragraph: PlainParagraph): PlainParagraph {
  const { words } = paragraph
  const [start, end] = [/^ */.exec(words)![0].length, trimmed(words) === '' ? words.length : words.replace(/ +$/, '').length]
  return edited(paragraph, [{ from: 0, to: start, words: '' }, { from: Math.max(start, end), to: words.length, words: '' }])
}

/** Brackets stay round those of their words that stay, and round what comes between such; where none stays they go. */
function edited(paragraph: PlainParagraph, steps: readonly Step[]): PlainParagraph {
  const { words } = paragraph
  const sorted = [...steps].sort((left, right) => left.from - right.from || left.to - right.to)
  let text = ''
  let at = 0
  /** Where each letter is now that stays. */
  const now = new Map<number, number>()
  const keep = (to: number): void => {
    for (; at < to; at++) {
      now.set(at, text.length)
      text += words[at]!
    }
  }
  for (const step of sorted) {
    keep(step.from)
    text += step.words
    at = step.to
  }
  keep(words.length)
  const brackets = paragraph.brackets.flatMap(({ from, to, placeholder }): PlainBracket[] => {
    if (placeholder) return [{ from: 0, to: text.length, placeholder }]
    const left = [...now].filter(([letter]) => letter >= from && letter < to).map(([, place]) => place)
    return left.length === 0 ? [] : [{ from: left[0]!, to: left.at(-1)! + 1, placeholder }]
  })
  return { ...paragraph, words: text, brackets }
}
