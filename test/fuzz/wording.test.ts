import type * as Y from 'yjs'
import { expect, test } from 'vitest'
import { placeAmendment } from '../../shared/model/amendments.ts'
import type { AmendmentView } from '../../shared/model/amendments.ts'
import { newLineage } from '../../shared/model/decisions.ts'
import { proposesParagraph } from '../../shared/model/grounds.ts'
import { incorporate } from '../../shared/model/incorporate.ts'
import { createUnits, joinUnits, removeUnit } from '../../shared/model/operations.ts'
import { readDraft } from '../../shared/model/reader.ts'
import { faultOf } from '../../shared/model/recheck.ts'
import { scanText } from '../../shared/model/texts.ts'
import type { DraftView } from '../../shared/model/units.ts'
import { asIf } from '../../shared/text/compile.ts'
import { wordingIn, wordingSource } from '../../shared/text/wording.ts'
import { sharedDoc } from '../unit/model/support.ts'
import { closedUp, inOrder, markOf, squared } from '../unit/text/clerk-sheet.ts'
import type { PlainBracket, PlainDraft, PlainParagraph } from '../unit/text/clerk-sheet.ts'
import { interpret, saysWhyNot } from '../unit/text/interpreter.ts'
import { randomOf } from './random.ts'
import type { Random } from './random.ts'
import { someAmendment } from './some-amendment.ts'
import type { Kind } from './some-amendment.ts'
import { someDraft } from './some-draft.ts'

const seed = Number(process.env['OMNIBUS_SEED'] ?? Math.floor(Math.random() * 2 ** 31))
/** Of some nothing is made, and some are not carried out: more than 2,000 are worded and read. */
const amendmentsMade = process.env['OMNIBUS_LONG'] ? 60_000 : 8_000

type Numbers = ReadonlyMap<string, number>

const numbersOf = (view: DraftView): Numbers => new Map(view.units.flatMap(({ notes }) => notes.map(({ id, number }) => [id, number] as const)))

/** Footnotes by the numbers that they had first; a new one has none. */
function plain(view: DraftView, numbers: Numbers): PlainDraft {
  const numberOf = (note: string): number => numbers.get(note) ?? 0
  const paragraphs = view.units.map(({ kind, depth, printed, atoms, notes, brackets }) => {
    let next = 0
    const words = atoms.replace(/\uFFFC/g, () => markOf(numberOf(notes[next++]!.id)))
    return { kind, depth, printed, words, brackets: visible(words, brackets) }
  })
  return { paragraphs, notes: new Map(view.units.flatMap(({ notes }) => notes.map(({ id, words }) => [numberOf(id), words] as const))) }
}

/** As they are printed: closed up to the words, and none round no word but that of a place that is kept. */
const visible = (words: string, brackets: readonly PlainBracket[]): PlainBracket[] =>
  inOrder(brackets.map(({ from, to, placeholder }) => closedUp(words, { from, to, placeholder })).filter(({ from, to, placeholder }) => placeholder || to > from))

function shown({ kind, depth, words, brackets }: PlainParagraph): string {
  const told = words.replace(/[\uE000-\uF8FF]/g, (mark) => `[${mark.charCodeAt(0) - 0xe000}]`)
  return `${depth} ${kind} “${told}” in brackets ${JSON.stringify(visible(words, brackets).map(({ from, to, placeholder }) => [from, to, placeholder]))}`
}

/** What is read out of the sentences and is not what stands, or null. */
function differenceOf(sentences: readonly string[], before: PlainDraft, after: PlainDraft): string | null {
  let read = before
  try {
    for (const sentence of sentences) read = interpret(sentence, read)
  } catch (error) {
    return String(error)
  }
  // No space is left where a paragraph is divided; incorporating leaves those of its words to the halves.
  const isDivided = sentences.some((sentence) => sentence.startsWith('Divide '))
  const seen = (one: PlainParagraph): string => shown(isDivided ? squared(one) : one)
  const many = Math.max(read.paragraphs.length, after.paragraphs.length)
  for (let index = 0; index < many; index++) {
    const [one, other, was] = [read, after, before].map(({ paragraphs }) => paragraphs.slice(index, index + 1).map(seen).join('') || 'nothing')
    if (one !== other) return `paragraph ${index}: read ${one!}, stands ${other!}, was ${was!}`
  }
  for (const [number, words] of after.notes) if (read.notes.get(number) !== words) return `footnote ${number}: read ${String(read.notes.get(number))}, stands ${words}`
  return null
}

/** Whether others bear another number than before; the paragraph that becomes something else has to. */
function isRenumbered(before: DraftView, after: DraftView): boolean {
  return before.units.some((unit) => {
    const now = after.byId.get(unit.id)
    return now !== undefined && now.kind === unit.kind && now.printed !== unit.printed
  })
}

const isNoteRenumbered = (before: Numbers, after: Numbers): boolean => [...before].some(([id, number]) => after.has(id) && after.get(id) !== number)

/** The kinds that say whether others are renumbered: a deletion leaves that to who reads it, as documents do. */
const telling: ReadonlySet<string> = new Set(['insert', 'placeholder', 'move', 'split', 'join'])

function write(shared: Y.Doc, amendment: AmendmentView, atMs: number): string | null {
  return incorporate(shared, readDraft(shared), amendment, { scans: scanText, wanted: asIf, document: 'd', by: ['eu'], atMs, lineage: newLineage() })
}

/** What was exercised: by the forms of the sentences, and by what lay in the way. */
const forms: readonly (readonly [string, RegExp])[] = [
  ['insert after', /, after (the|footnote|“|«).* insert /], ['insert before', /, before (?!.*(delete|replace)).* insert /], ['insert between', /between .* and .*, insert /],
  ['insert at the beginning', /^At the beginning of/], ['add at the end', /^At the end of .*, add/], ['directly', /directly (after|before)/],
  ['delete words', /delete (the words?|“)/], ['replace words', /replace (the words?|“).* with/], ['delete where told', /(after|before) [^;]*, delete/], ['replace where told', /(after|before) [^;]*, replace/],
  ['several clauses', /: \(a\) .*; and \([b-z]\) /], ['a word, not words', /the word “/], ['footnote deleted', /(delete|replace) ([^;,]* and )?(footnote|the words? “[^”]*”(,| and) footnote)/],
  ['footnote as place', /(after|before) [^;]*footnote \d+[^;]*, insert/], ['nothing changed', /changes no word/], ['nested quotes', /“[^”]*‘/], ['literal quotes', /«/],
  ['delete paragraph', /^Delete /], ['replace paragraph', /^Replace .* with the following/], ['its footnotes too', /and delete footnote/],
  ['new paragraph after', /^After .* reading/], ['new paragraph before', /^Before .* reading/], ['new paragraph within', /^At the end of .* reading/], ['renumber', /renumber the remaining paragraphs/], ['renumber subparagraphs', /renumber the remaining subparagraphs/],
  ['number', /and number the/], ['chapeau', /the chapeau of/], ['subparagraph', /subparagraph \(a\) of/], ['deeper', /subparagraph \([a-z]\) \(i/], ['annex', /of annex I/], ['one annex', /of the annex/], ['of several annexes', /of the second annex/],
  ['move to follow', /^Move .* to follow /], ['move to precede', /^Move .* to precede /], ['move beneath', /^Move .* to become the first subparagraph of /], ['move what takes no number beneath', /^Move .* to stand first beneath /], ['move to the beginning', /^Move .* to the beginning/],
  ['move under a heading', /^Move .* to follow the heading/], ['move to another list', /^Move .* as a new (preambular|operative) paragraph/], ['move out of a list', /^Move subparagraph .* to follow (operative|preambular) paragraph .* as a new operative/], ['moved as a subparagraph', /^Move .* as a new subparagraph/], ['move and renumber', /^Move .* and renumber/],
  ['divide', /^Divide .* the second beginning with/], ['divide at the end of words', /^Divide .*, the first ending with .*(?<!beginning with.*)\.$/], ['divide between', /^Divide .* the first ending with .* and the second beginning/], ['divide within a word', /^Divide .* the first consisting of/], ['divide with subparagraphs', /^Divide .* the subparagraphs following the second/], ['divide a heading', /^Divide the heading .* into a heading and an? /], ['divide a place kept', /^Divide .* square brackets staying round the first/], ['divide and renumber', /^Divide .* and renumber/], ['divide before a footnote', /^Divide .* beginning with footnote/],
  ['merge', /^Merge /], ['merge with subparagraphs', /^Merge .*, with its subparagraphs, into/], ['merge into a chapeau', /^Merge .* into the chapeau/], ['merge and renumber', /^Merge .* and renumber/], ['merge into a place kept', /^Merge .* all of it in square brackets/], ['merge a place kept', /^Merge .* without its square brackets/],
  ['words in brackets', /place the words? .* in square brackets\.$/], ['whole in brackets', /^Place .* in square brackets/], ['reserve', /on which the position is reserved/], ['retain', /retain the words? .*, placing (it|them)/], ['retain whole', /^Retain /], ['brackets where told', /(after|before) .*, (place|retain) /], ['brackets within a word', /(after its opening|At the beginning of) .*(place|retain) /], ['several brackets', /: \(a\) .*(place|retain) .*; and \([b-z]\) .*(place|retain)/],
  ['place kept', /placeholder for a new .* reading:/], ['place kept without words', /placeholder for a new .* the text of which is to come/],
  ['footnote after', /, after .*, insert a footnote/], ['footnote before', /, before .*, insert a footnote/], ['footnote at the beginning', /, at the beginning, insert a footnote/], ['footnote at the end', /, at the end, insert a footnote/], ['footnote within a word', /after its opening, .*, insert a footnote/], ['footnote among spaces', /spaces?(?: at the beginning)?, insert a footnote/], ['footnotes renumbered', /renumber the remaining footnotes/],
  ['words of a footnote', /^In footnote \d+, /], ['footnote anew', /^Replace footnote/], ['on a new paragraph', /the new .* proposed after/], ['on a new paragraph before', /the new .* proposed before/], ['on a new paragraph beneath', /the new .* proposed at the end of/], ['on an alternative', /the text proposed to replace/], ['beside a new paragraph', /^After the new .* proposed .*, insert/], ['beneath a new paragraph', /^At the end of the new .* proposed .*, insert/],
  ['brackets said', /so that square brackets stand (after|before|round)/],
  ['merged away', /has been merged into/], ['gone', /no longer in the text\.$/], ['not next', /does not directly follow/], ['beneath itself', /beneath itself/], ['place gone', /^The place to which/],
  ['part', /of part 2/], ['preambular', /the second preambular/], ['single operative', /the operative paragraph/], ['bis', /12 bis/], ['so named', /of that name/], ['title', /the title/], ['heading', /the heading/], ['closing line', /closing line/], ['masthead', /masthead/], ['organ', /naming the organ/],
]


/** What has been decided since some were made: their targets may be merged, divided, put elsewhere, or gone. */
function decideSome(random: Random, shared: Y.Doc, from: number): number {
  const made = Array.from({ length: random(4) }, (_, index) => {
    const view = readDraft(shared)
    const amendment = someAmendment(random, shared, view, from + index)
    return amendment !== null && faultOf(shared, view, amendment, scanText) === null && write(shared, amendment, from + index) !== null
  })
  return made.filter(Boolean).length
}

/** What by chance would seldom meet: something is decided, and then what is worded is on the paragraph that bears it, or the one before. */
interface Scene {
  readonly decided: readonly Kind[]
  readonly worded: readonly Kind[]
  readonly isBefore: boolean
}

const scenes: readonly Scene[] = [
  { decided: ['placeholder'], worded: ['split', 'join', 'modify'], isBefore: false },
  { decided: ['placeholder'], worded: ['join'], isBefore: true },
  { decided: ['bracket'], worded: ['modify', 'replace', 'note', 'bracket'], isBefore: false },
]

function played(random: Random, shared: Y.Doc, { decided, worded, isBefore }: Scene): AmendmentView | null {
  const view = readDraft(shared)
  const first = someAmendment(random, shared, view, 2, { kinds: decided })
  const bearing = first === null || faultOf(shared, view, first, scanText) !== null ? null : write(shared, first, 2)
  const now = readDraft(shared)
  const at = now.units.findIndex(({ id }) => id === bearing) - (isBefore ? 1 : 0)
  return now.units[at] === undefined ? null : someAmendment(random, shared, now, 5, { kinds: worded, unit: now.units[at] })
}

/** What is worded first, and then the paragraph is merged into the one before it. */
function mergedAway(random: Random, shared: Y.Doc): AmendmentView | null {
  const view = readDraft(shared)
  const at = 1 + random(view.units.length)
  const [first, second] = [view.units[at - 1], view.units[at]]
  if (first === undefined || second === undefined) return null
  const amendment = someAmendment(random, shared, view, 5, { kinds: ['delete', 'replace', 'move', 'join', 'insert'], unit: second })
  joinUnits(shared, readDraft(shared), first, second)
  return amendment
}

/** What is worded is a move, and then the place goes to which it goes. */
function placeGone(random: Random, shared: Y.Doc): AmendmentView | null {
  const view = readDraft(shared)
  const amendment = someAmendment(random, shared, view, 5, { kinds: ['move'], unit: view.units[random(view.units.length)] })
  const goal = amendment?.about.kind === 'move' ? view.byId.get(amendment.about.after || amendment.about.parent) : undefined
  if (goal !== undefined) removeUnit(shared, view, goal)
  return amendment
}

test(`OW9 a reader who knows the practice and not the program gets from the sentence what incorporating gives, seed ${seed}`, { timeout: 900_000 }, () => {
  const exercised = new Map<string, number>(forms.map(([name]) => [name, 0]))
  const also = { worded: 0, hunks: 0, cuts: 0, overlapping: 0, doubled: 0, surrogates: 0, arabic: 0, repeated: 0, empty: 0, decidedBefore: 0, decidedSince: 0, onProposals: 0, inBrackets: 0, faults: 0 }
  // A form that chance has not met yet is waited for.
  const isMissing = (): boolean => [...exercised.values()].includes(0)
  for (let made = 0; made < amendmentsMade || (made < 5 * amendmentsMade && isMissing()); made++) {
    const random = randomOf(seed + made)
    const shared = sharedDoc()
    const values = someDraft(random)
    const start = random(values.length + 1)
    // Half of them short, so that what is decided and what is worded meet in one paragraph.
    createUnits(shared, readDraft(shared), { parent: null, after: null }, random(2) === 0 ? values : values.slice(start, start + 1 + random(3)))
    const way = random(20)
    const isByChance = way > 5
    const decidedBefore = isByChance && random(2) === 0 ? decideSome(random, shared, 2) : 0
    const outer = isByChance ? someAmendment(random, shared, readDraft(shared), 5) : way === 4 ? mergedAway(random, shared) : way === 5 ? placeGone(random, shared) : played(random, shared, scenes[way % scenes.length]!)
    if (outer === null) continue
    const decidedSince = isByChance && random(2) === 0 ? decideSome(random, shared, 20) : 0
    const view = readDraft(shared)
    const inner = proposesParagraph(outer) && random(2) === 0 ? someAmendment(random, shared, view, 6, { outer }) : null
    const amendments = inner === null ? [outer] : [outer, inner]
    const word = wordingIn(wordingSource(shared, view, scanText))
    const wordings = [false, true].map((wouldRead) => amendments.map((amendment) => word(amendment, { wouldRead })))
    const [sentences] = wordings
    const failed = (what: string): Error => new Error(`OMNIBUS_SEED=${seed + made}: ${sentences!.join(' | ')}\n${what}\n${JSON.stringify(amendments.map(({ about, hunks }) => [about, hunks]))}`)
    const fault = amendments.map((amendment) => faultOf(shared, view, amendment, scanText)).find((one) => one !== null)
    if (fault !== undefined) {
      also.faults++
      if (!sentences!.some(saysWhyNot)) throw failed(`is ${fault}, and does not say so`)
      for (const [name, form] of forms) if (form.test(sentences!.join(' '))) exercised.set(name, exercised.get(name)! + 1)
      continue
    }
    const numbers = numbersOf(view)
    const before = plain(view, numbers)
    const placed = outer.about.kind === 'modify' && view.byId.has(outer.about.target) ? placeAmendment(shared, view.byId.get(outer.about.target)!, outer, scanText) : null
    amendments.forEach((amendment, index) => void write(shared, amendment, 100 + index))
    const now = readDraft(shared)
    const after = plain(now, numbers)
    for (const told of wordings) {
      const difference = differenceOf(told, before, after)
      if (difference !== null) throw failed(`${told.join(' | ')}\n${difference}`)
    }
    if (inner === null && telling.has(outer.about.kind) && isRenumbered(view, now) !== /, and (re)?number the (remaining )?(paragraphs|subparagraphs)( and subparagraphs)? accordingly\.$/.test(sentences![0]!)) throw failed('renumbers others, or not')
    if (inner === null && outer.about.kind === 'note' && isNoteRenumbered(numbers, numbersOf(now)) !== /renumber the remaining footnotes/.test(sentences![0]!)) throw failed('renumbers footnotes, or not')
    for (const [name, form] of forms) if (sentences!.some((sentence) => form.test(sentence))) exercised.set(name, exercised.get(name)! + 1)
    also.worded += amendments.length
    also.decidedBefore += Math.sign(decidedBefore)
    also.decidedSince += Math.sign(decidedSince)
    also.onProposals += inner === null ? 0 : 1
    also.inBrackets += before.paragraphs.some(({ brackets }) => brackets.length > 0) ? 1 : 0
    if (placed === null) continue
    const { atoms } = view.byId.get(outer.about.target)!
    also.hunks += placed.hunks.length > 1 ? 1 : 0
    also.cuts += placed.cuts.length > 1 ? 1 : 0
    also.overlapping += placed.cuts.some((one) => placed.cuts.some((other) => one.id !== other.id && one.from < other.to && other.from < one.to)) ? 1 : 0
    also.doubled += atoms.includes('  ') ? 1 : 0
    also.surrogates += /[\uD800-\uDFFF]/.test(sentences![0]!) ? 1 : 0
    also.arabic += /[\u0600-\u06FF]/.test(sentences![0]!) ? 1 : 0
    also.repeated += /(?<=^| )(\S+) \1( \1|$)/.test(atoms) ? 1 : 0
    also.empty += atoms.trim() === '' ? 1 : 0
  }
  expect([...exercised].filter(([, count]) => count === 0)).toEqual([])
  expect(also.worded).toBeGreaterThan(amendmentsMade / 2)
  expect(Object.entries(also).filter(([, count]) => count === 0)).toEqual([])
})
