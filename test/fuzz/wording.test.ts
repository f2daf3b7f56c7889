import type * as Y from 'yjs'
import { expect, test } from 'vitest'
import { addCuts, addHunk, beginAmendment, insertionAnchor, placeAmendment, proposalText, readAmendments } from '../../shared/model/amendments.ts'
import type { AmendmentView } from '../../shared/model/amendments.ts'
import { newLineage, publish, readPublished } from '../../shared/model/decisions.ts'
import { incorporate } from '../../shared/model/incorporate.ts'
import { createUnits, placeIn } from '../../shared/model/operations.ts'
import { readDraft } from '../../shared/model/reader.ts'
import { outsidePair, scanText } from '../../shared/model/texts.ts'
import type { DraftView, UnitView } from '../../shared/model/units.ts'
import type { NoteValue, UnitKind, UnitValue } from '../../shared/model/value.ts'
import { asIf, compile } from '../../shared/text/compile.ts'
import { editAmendment } from '../../shared/text/edit.ts'
import { wordingIn, wordingSource } from '../../shared/text/wording.ts'
import { sharedDoc, sideDoc } from '../unit/model/support.ts'
import { interpret, markOf } from '../unit/text/interpreter.ts'
import type { PlainParagraph } from '../unit/text/interpreter.ts'
import { pick, randomOf } from './random.ts'
import type { Random } from './random.ts'

const seed = Number(process.env['OMNIBUS_SEED'] ?? Math.floor(Math.random() * 2 ** 31))
const amendmentsMade = process.env['OMNIBUS_LONG'] ? 40_000 : 2_000

/** Few and short, so that words come again and again; all that a quotation or a word's end may be mistaken in. */
const letters = ['a', 'b', 'a', 'b', 'ab', 'ba', 'the', 'State', 'States', 'a-b', '1,000', '“a”', '“a b”', '‘b’', 'a’s', 'States’', '(a)', 'a;', 'b,', 'a, b', ',', '😀', '𝒜', '𝒜b', 'سلام', 'حقوق', 'é', 'e\u0301'] as const

function someWords(random: Random, longest: number): string {
  let words = pick(random, [['', 12], [' ', 1]])
  const count = random(longest + 1)
  const alphabet = pick(random, [[letters.length, 4], [5, 4], [2, 2], [1, 2]])
  for (let at = 0; at < count; at++) words += (at === 0 ? '' : pick(random, [[' ', 30], ['  ', 2], ['', 1]])) + letters[random(alphabet)]!
  return words + pick(random, [['', 12], [';', 4], [' ', 1]])
}

function someUnit(random: Random, kind: UnitKind, children: readonly UnitValue[] = [], label?: string): UnitValue {
  const words = someWords(random, pick(random, [[1, 1], [4, 3], [12, 3]]))
  const notes: NoteValue[] = Array.from({ length: pick(random, [[0, 4], [1, 2], [2, 1]]) }, () => ({ at: outsidePair(words, random(words.length + 1)), words: 'See a.' }))
  return { kind, words, notes: notes.sort((left, right) => left.at - right.at), children, ...(label === undefined ? {} : { label }) }
}

const some = (random: Random, most: number, make: () => UnitValue): UnitValue[] => Array.from({ length: random(most + 1) }, make)

function someDraft(random: Random): UnitValue[] {
  const subs = (depth: number): UnitValue[] => (random(3) > 0 ? [] : some(random, 3, () => someUnit(random, 'sub', depth < 3 ? subs(depth + 1) : [])))
  const op = (): UnitValue => someUnit(random, 'op', subs(0), random(9) === 0 ? '12 bis.' : undefined)
  const annexes = pick(random, [[[], 3], [['Annex'], 2], [['Annex', 'Annex'], 1], [['Annex I', 'Annex II'], 2]])
  return [
    ...some(random, 1, () => someUnit(random, 'front')),
    ...some(random, 1, () => someUnit(random, 'title')),
    ...some(random, 1, () => someUnit(random, 'organ')),
    ...some(random, 3, () => someUnit(random, 'pp', subs(1))),
    ...some(random, 3, op),
    ...some(random, 2, () => someUnit(random, 'heading')),
    ...some(random, 2, op),
    ...some(random, 2, () => someUnit(random, 'closing')),
    ...annexes.flatMap((words) => [{ kind: 'annex' as const, words, notes: [], children: [] }, ...some(random, 2, () => someUnit(random, 'para')), ...some(random, 3, op)]),
    ...(random(8) > 0 ? [] : [someUnit(random, 'organ'), someUnit(random, 'pp'), op(), op()]),
  ]
}

/** By the numbers that the notes had first. */
const plain = (view: DraftView, numbers: ReadonlyMap<string, number>): PlainParagraph[] =>
  view.units.map(({ kind, depth, printed, atoms, notes }) => {
    let next = 0
    return { kind, depth, printed, words: atoms.replace(/\uFFFC/g, () => markOf(numbers.get(notes[next++]!.id)!)) }
  })

/** Hunks and cuts as they may lie, overlapping and within each other. */
function marked(random: Random, shared: Y.Doc, side: Y.Doc, unit: UnitView): void {
  const id = beginAmendment(side, { kind: 'modify', target: unit.id })
  const { length } = unit.atoms
  const place = (): number => outsidePair(unit.atoms, pick(random, [[0, 1], [length, 1], [random(length + 1), 4], [wordEdge(random, unit.atoms), 6]]))
  const changes = pick(random, [[1, 4], [2, 3], [4, 2], [7, 1]])
  for (let change = 0; change < changes; change++) {
    if (random(2) === 0) addHunk(side, id, insertionAnchor(shared, placeIn(unit, place())!)!, someWords(random, 3) || 'a')
    else {
      const [from, to] = [place(), place()].sort((left, right) => left - right)
      addCuts(side, id, shared, unit, from!, to!)
    }
  }
}

const wordEdge = (random: Random, atoms: string): number => {
  const edges = [...atoms.matchAll(/(?<= )(?=\S)|(?<=\S)(?= )/g)].map((found) => found.index)
  return edges.length === 0 ? 0 : edges[random(edges.length)]!
}

/** Typed as in the editor, a stretch replaced at a time. */
function typed(random: Random, shared: Y.Doc, side: Y.Doc, unit: UnitView): void {
  const times = 1 + random(4)
  for (let time = 0; time < times; time++) {
    const [view] = readAmendments(side)
    const own = view === undefined ? null : placeAmendment(shared, unit, view, scanText)
    const runs = compile(unit.atoms, own === null ? [] : [own])
    const text = runs.map((run) => run.words).join('')
    const from = random(2) === 0 ? wordEdge(random, text) : random(text.length + 1)
    const to = Math.min(text.length, from + pick(random, [[0, 1], [random(6), 2]]))
    editAmendment({ shared, side, unit, runs, own }, { from, to, words: random(3) === 0 ? '' : someWords(random, 2) })
  }
}

/** As people do who mind their spaces: whole words, set apart. */
function neat(random: Random, shared: Y.Doc, side: Y.Doc, unit: UnitView): void {
  const words = [...unit.atoms.matchAll(/[^ \uFFFC]+/g)].map((found) => ({ from: found.index, to: found.index + found[0].length }))
  const id = beginAmendment(side, { kind: 'modify', target: unit.id })
  const changes = words.length === 0 ? 0 : pick(random, [[1, 3], [2, 2]])
  for (let change = 0; change < changes; change++) {
    const at = random(words.length)
    const [first, last] = [words[at]!, words[Math.min(words.length - 1, at + random(2))]!]
    const [is, put] = [pick(random, [['inserted', 2], ['deleted', 1], ['replaced', 1]]), letters[random(pick(random, [[5, 2], [1, 1]]))]!]
    if (is === 'inserted' && at === 0) {
      addHunk(side, id, insertionAnchor(shared, placeIn(unit, first.from)!)!, `${put} `)
      continue
    }
    if (is !== 'inserted') addCuts(side, id, shared, unit, first.from, last.to)
    if (is !== 'deleted') addHunk(side, id, insertionAnchor(shared, placeIn(unit, last.to)!)!, is === 'inserted' ? ` ${put}` : put)
  }
}

const insertable = ['op', 'op', 'pp', 'sub', 'heading', 'para', 'closing'] as const

function whole(random: Random, side: Y.Doc, view: DraftView): void {
  const unit = view.units[random(view.units.length)]
  const kind = unit === undefined ? 'insert' : pick(random, [['insert', 3], ['replace', 2], ['delete', 2]])
  if (kind === 'delete') beginAmendment(side, { kind, target: unit!.id })
  else {
    const about = kind === 'replace'
      ? { kind: 'replace', target: unit!.id } as const
      : { kind: 'insert', target: random(6) === 0 || unit === undefined ? '' : unit.id, unitKind: unit?.kind === 'sub' && random(2) === 0 ? 'sub' : insertable[random(insertable.length)]!, inside: random(3) === 0 } as const
    proposalText(side, beginAmendment(side, about))!.insert(0, someWords(random, 6) || 'a')
  }
}

function putForward(shared: Y.Doc, side: Y.Doc): AmendmentView | null {
  const [amendment] = readAmendments(side)
  if (amendment === undefined) return null
  publish(shared, side, 'd/side/eu', amendment, 1, 1, {}, newLineage())
  return readPublished(shared, amendment.id)
}

/** What is read out of the sentence and is not what stands, or null. */
function differenceOf(sentence: string, before: readonly PlainParagraph[], after: readonly PlainParagraph[]): string | null {
  let read: readonly PlainParagraph[]
  try {
    read = interpret(sentence, before)
  } catch (error) {
    return String(error)
  }
  const shown = ({ kind, depth, words }: PlainParagraph): string => `${depth} ${kind} “${words.replace(/[\uE000-\uF8FF]/g, (mark) => `[${mark.charCodeAt(0) - 0xe000}]`)}”`
  const at = Math.max(read.length, after.length)
  for (let index = 0; index < at; index++) {
    const [one, other] = [read[index], after[index]].map((paragraph) => (paragraph === undefined ? 'nothing' : shown(paragraph)))
    if (one !== other) return `paragraph ${index}: read ${one}, stands ${other}, was ${index < before.length ? shown(before[index]!) : 'nothing'}`
  }
  return null
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
  ['part', /of part 2/], ['preambular', /the second preambular/], ['single operative', /the operative paragraph/], ['bis', /12 bis/], ['so named', /of that name/], ['title', /the title/], ['heading', /the heading/], ['closing line', /closing line/], ['masthead', /masthead/], ['organ', /naming the organ/],
]

test(`OW9 a reader who knows the practice and not the program gets from the sentence what incorporating gives, seed ${seed}`, { timeout: 900_000 }, () => {
  const exercised = new Map<string, number>(forms.map(([name]) => [name, 0]))
  const also = { hunks: 0, cuts: 0, overlapping: 0, doubled: 0, surrogates: 0, arabic: 0, repeated: 0, empty: 0 }
  for (let made = 0; made < amendmentsMade; made++) {
    const random = randomOf(seed + made)
    const shared = sharedDoc()
    createUnits(shared, readDraft(shared), { parent: null, after: null }, someDraft(random))
    const view = readDraft(shared)
    const side = sideDoc(5)
    const unit = view.units[random(view.units.length)]
    if (unit === undefined || random(4) === 0) whole(random, side, view)
    else pick(random, [[marked, 2], [typed, 2], [neat, 4]])(random, shared, side, unit)
    const amendment = putForward(shared, side)
    if (amendment === null) continue
    const place = (on: UnitView, one: AmendmentView) => placeAmendment(shared, on, one, scanText)
    const target = view.byId.get(amendment.about.target)
    const placed = target === undefined ? null : place(target, amendment)
    if (amendment.about.kind === 'modify' && amendment.hunks.length + placed!.cuts.length === 0) continue
    const word = wordingIn(wordingSource(shared, view, scanText))
    const sentence = word(amendment)
    const longer = word(amendment, { wouldRead: true })
    const numbers = new Map(view.units.flatMap(({ notes }) => notes.map(({ id, number }) => [id, number] as const)))
    const before = plain(view, numbers)
    incorporate(shared, view, amendment, { scans: scanText, wanted: asIf, document: 'd', by: ['eu'], atMs: 1, lineage: newLineage() })
    const after = plain(readDraft(shared), numbers)
    for (const told of [sentence, longer]) {
      const fault = differenceOf(told, before, after)
      if (fault !== null) throw new Error(`OMNIBUS_SEED=${seed + made}: ${told}\n${fault}\nhunks ${JSON.stringify(placed?.hunks)} cuts ${JSON.stringify(placed?.cuts)}`)
    }
    for (const [name, form] of forms) if (form.test(sentence)) exercised.set(name, exercised.get(name)! + 1)
    if (placed === null || amendment.about.kind !== 'modify') continue
    also.hunks += placed.hunks.length > 1 ? 1 : 0
    also.cuts += placed.cuts.length > 1 ? 1 : 0
    also.overlapping += placed.cuts.some((one) => placed.cuts.some((other) => one.id !== other.id && one.from < other.to && other.from < one.to)) ? 1 : 0
    also.doubled += target!.atoms.includes('  ') ? 1 : 0
    also.surrogates += /[\uD800-\uDFFF]/.test(sentence) ? 1 : 0
    also.arabic += /[\u0600-\u06FF]/.test(sentence) ? 1 : 0
    also.repeated += /(?<=^| )(\S+) \1( \1|$)/.test(target!.atoms) ? 1 : 0
    also.empty += target!.atoms.trim() === '' ? 1 : 0
  }
  expect([...exercised].filter(([, count]) => count === 0)).toEqual([])
  expect(Object.entries(also).filter(([, count]) => count === 0)).toEqual([])
})
