import type * as Y from 'yjs'
import { describe, expect, it, test } from 'vitest'
import { beginAmendment, placeAmendment, proposalText, readAmendments } from '../../../shared/model/amendments.ts'
import type { About } from '../../../shared/model/layout.ts'
import { removeUnit } from '../../../shared/model/operations.ts'
import { readDraft } from '../../../shared/model/reader.ts'
import { scanText } from '../../../shared/model/texts.ts'
import type { UnitView } from '../../../shared/model/units.ts'
import type { NoteValue, UnitValue } from '../../../shared/model/value.ts'
import { compile } from '../../../shared/text/compile.ts'
import { editAmendment, ownAmendment } from '../../../shared/text/edit.ts'
import { ordinal, officialNames } from '../../../shared/text/names.ts'
import { quoted } from '../../../shared/text/quotes.ts'
import { wordingIn, wordingSource } from '../../../shared/text/wording.ts'
import type { WordingForm } from '../../../shared/text/wording.ts'
import { draftOf, sideDoc, unitValue } from '../commands/support.ts'
import { interpret } from './interpreter.ts'

const text = 'Urges all States to keep the lamps of all harbours burning, and to report on the lamps to the Assembly;'

const noted = (words: string, notes: readonly NoteValue[]): UnitValue => ({ kind: 'op', words, notes, children: [] })

const withBegins = (doc: Y.Doc, words: string): UnitView => readDraft(doc).units.find((unit) => unit.words.startsWith(words))!

/** `[words that go>words that come]` anywhere in the paragraph: the sentence. */
function changed(value: UnitValue, marked: string, form?: WordingForm): string {
  const doc = draftOf([value, unitValue('op', 'Decides to remain seized of the matter.')])
  const side = sideDoc()
  const edits = [...marked.matchAll(/\[([^>\]]*)>([^\]]*)\]/g)]
  const [unit] = readDraft(doc).units
  for (const [found, goes, comes] of edits) {
    const before = marked.slice(0, marked.indexOf(found)).replace(/\[([^>\]]*)>[^\]]*\]/g, '$1')
    const id = ownAmendment(side, doc, unit!.id)
    const own = id === null ? null : placeAmendment(doc, unit!, readAmendments(side)[0]!, scanText)
    const runs = compile(unit!.atoms, own === null ? [] : [own])
    let at = before.length
    for (const run of runs) if (run.kind === 'proposed' && run.at <= before.length) at += run.words.length
    editAmendment({ shared: doc, side, unit: unit!, runs, own }, { from: at, to: at + goes!.length, words: comes! })
  }
  return worded(doc, side, form)
}

function worded(doc: Y.Doc, side: Y.Doc, form?: WordingForm): string {
  return wordingIn(wordingSource(doc, readDraft(doc), scanText))(readAmendments(side)[0]!, form)
}

/** A whole paragraph's amendment. */
function proposed(doc: Y.Doc, about: About, proposal = ''): string {
  const side = sideDoc()
  proposalText(side, beginAmendment(side, about))!.insert(0, proposal)
  return worded(doc, side)
}

const op = (words: string): UnitValue => unitValue('op', words)

describe('changes of words', () => {
  it('OW1 words inserted, deleted and replaced, and what is at the beginning and the end', () => {
    expect(changed(op(text), text.replace('States', 'States[> and agencies]'))).toBe('In operative paragraph 1, after the word “States”, insert the words “and agencies”.')
    expect(changed(op(text), text.replace(' on the lamps', '[ on the lamps>]'))).toBe('In operative paragraph 1, delete the words “on the lamps”.')
    expect(changed(op(text), text.replace('report', '[report>testify fully]'))).toBe('In operative paragraph 1, replace the word “report” with the words “testify fully”.')
    expect(changed(op(text), `[>Again ]${text}`)).toBe('At the beginning of operative paragraph 1, insert “Again”.')
    expect(changed(op(text), `${text}[> and so on;]`)).toBe('At the end of operative paragraph 1, add “and so on;”.')
    expect(changed(op(text), `${text.slice(0, -1)}[;>.]`)).toBe('In operative paragraph 1, replace “;” with “.”.')
  })

  it('OW2 as few words as tell the place, and where words come again as many more as do', () => {
    expect(changed(op(text), text.replace('the lamps of', 'the [lamps>lights] of'))).toBe('In operative paragraph 1, replace the words “lamps of” with the words “lights of”.')
    expect(changed(op(text), text.replace('all harbours', '[all >]harbours'))).toBe('In operative paragraph 1, after the word “of”, delete the word “all”.')
    expect(changed(op(text), text.replace('all harbours', 'all[> our] harbours'))).toBe('In operative paragraph 1, before the word “harbours”, insert the word “our”.')
    expect(changed(op('a a a a'), 'a a[> b] a a')).toBe('In operative paragraph 1, between the words “a a” and the words “a a”, insert the word “b”.')
  })

  it('OW2 whole words are quoted, and never within a word that a hyphen makes', () => {
    expect(changed(op(text), text.replace('lamps to', 'lamp[s>] to'))).toBe('In operative paragraph 1, replace the words “lamps to” with the words “lamp to”.')
    expect(changed(op('Stresses follow-up and care;'), 'Stresses [follow->]up and care;')).toBe('In operative paragraph 1, replace the word “follow-up” with the word “up”.')
  })

  it('OW3 several changes of a paragraph are one amendment with clauses, in the order of the text', () => {
    expect(changed(op(text), text.replace('Urges', '[Urges>Invites]').replace('States', 'States[> and agencies]').replace(' on the lamps', '[ on the lamps>]'))).toBe(
      'In operative paragraph 1: (a) replace the word “Urges” with the word “Invites”; (b) after the word “States”, insert the words “and agencies”; and (c) delete the words “on the lamps”.',
    )
    expect(changed(op(text), text.replace('Urges all', '[Urges>Invites] [all>the]'))).toBe('In operative paragraph 1, replace the words “Urges all” with the words “Invites the”.')
  })

  it('OW4 on request it says how the paragraph would read, with its footnotes told in words', () => {
    expect(changed(op('Urges States to act;'), 'Urges [>all ]States to act;', { wouldRead: true })).toBe(
      'In operative paragraph 1, after the word “Urges”, insert the word “all”, so that the paragraph would read: “Urges all States to act;”.',
    )
    expect(changed(noted('Urges States to act;', [{ at: 12, words: 'All.' }]), 'Urges States\uFFFC[> parties] to act;', { wouldRead: true })).toBe(
      'In operative paragraph 1, after footnote 1, insert the word “parties”, so that the paragraph would read: “Urges States parties to act;”, with footnote 1 after the word “States”.',
    )
  })

  it('OW5 the mark of a footnote is told in words, whether it goes or tells a place', () => {
    const value = noted('Urges States to act in law;', [{ at: 12, words: 'All.' }])
    expect(changed(value, 'Urges States[\uFFFC>] to act in law;')).toBe('In operative paragraph 1, delete footnote 1.')
    expect(changed(value, 'Urges [States\uFFFC to act >]in law;')).toBe('In operative paragraph 1, delete the word “States”, footnote 1 and the words “to act”.')
    expect(changed(value, 'Urges States[>,]\uFFFC to act in law;')).toBe('In operative paragraph 1, after the word “States”, insert “,”.')
  })

  it('OW6 quotation marks of the text are single within a quotation; where that would mislead the words stand between « and »', () => {
    expect(changed(op('Stresses the need;'), 'Stresses the [>“urgent” ]need;')).toBe('In operative paragraph 1, after the word “the”, insert the word “‘urgent’”.')
    expect(quoted('the “States’ rights” of')).toBe('«the “States’ rights” of»')
    expect(quoted('States’ rights')).toBe('“States’ rights”')
    expect(quoted('‘so’')).toBe('«‘so’»')
  })

  it('OW7 what changes nothing, and what has lost its place or its paragraph, says so', () => {
    expect(changed(op('Urges States;'), 'Urges[> ] States;')).toBe('This amendment changes no word of operative paragraph 1.')
    const doc = draftOf([op('Urges States;')])
    const { id } = withBegins(doc, 'Urges')
    removeUnit(doc, readDraft(doc), withBegins(doc, 'Urges'))
    expect(proposed(doc, { kind: 'delete', target: id })).toBe('The paragraph that this amendment is about is no longer in the text.')
  })

  it('OW7 where not one word stays the paragraph is worded anew', () => {
    expect(changed(op('Urges States;'), '[Urges States;>Invites agencies.]')).toBe('Replace operative paragraph 1 with the following: “Invites agencies.”.')
    expect(changed(op('Urges States;'), '[Urges States;>]')).toBe('In operative paragraph 1, delete the words “Urges States;”.')
    expect(changed(op(''), '[>Urges States;]')).toBe('Replace operative paragraph 1 with the following: “Urges States;”.')
  })
})

describe('whole paragraphs', () => {
  const doc = draftOf([
    unitValue('title', 'Lamps'),
    unitValue('pp', 'Recalling lamps,'),
    unitValue('heading', 'Means'),
    unitValue('op', 'Calls upon States:', [unitValue('sub', 'To light;'), unitValue('sub', 'To keep:', [unitValue('sub', 'oil;')])]),
    { kind: 'op', words: 'Requests a report;', notes: [{ at: 8, words: 'Each year.' }], children: [] },
    { kind: 'op', words: 'Decides.', notes: [], children: [], label: '12 bis.' },
    unitValue('closing', 'Done.'),
    unitValue('annex', 'Annex I'),
    unitValue('op', 'Oil.'),
    unitValue('op', 'Wicks.'),
    unitValue('annex', 'Annex II'),
    unitValue('para', 'Notes.'),
    unitValue('op', 'One.'),
  ])
  const target = (words: string): string => withBegins(doc, words).id
  const insert = (after: string, unitKind: string, inside = false): About => ({ kind: 'insert', target: after === '' ? '' : target(after), unitKind, inside })

  it('OW1 a paragraph deleted, replaced, and put in with those behind it renumbered', () => {
    expect(proposed(doc, { kind: 'delete', target: target('Calls') })).toBe('Delete operative paragraph 1.')
    expect(proposed(doc, { kind: 'replace', target: target('Lamps') }, 'Light')).toBe('Replace the title with the following: “Light”.')
    expect(proposed(doc, { kind: 'replace', target: target('Calls') }, 'Urges States:')).toBe('Replace the chapeau of operative paragraph 1 with the following: “Urges States:”.')
    expect(proposed(doc, { kind: 'replace', target: target('Requests') }, 'Asks;')).toBe('Replace operative paragraph 2 with the following: “Asks;”, and delete footnote 1.')
    expect(proposed(doc, insert('Calls', 'op'), 'Invites all;')).toBe('After operative paragraph 1, insert a new operative paragraph reading: “Invites all;”, and renumber the remaining paragraphs accordingly.')
    expect(proposed(doc, insert('Decides', 'op'), 'Ends.')).toBe('After operative paragraph 12 bis, insert a new operative paragraph reading: “Ends.”.')
    expect(proposed(doc, insert('Recalling', 'pp'), 'Noting,')).toBe('After the first preambular paragraph, insert a new preambular paragraph reading: “Noting,”.')
    expect(proposed(doc, insert('', 'front'), 'Draft')).toBe('Before the title, insert a new line of the masthead reading: “Draft”.')
    expect(proposed(doc, insert('Calls', 'sub', true), 'To pay;')).toBe('Before subparagraph (a) of operative paragraph 1, insert a new subparagraph reading: “To pay;”, and renumber the remaining subparagraphs accordingly.')
    expect(proposed(doc, insert('Requests', 'sub', true), 'To all;')).toBe('At the end of operative paragraph 2, insert a new subparagraph reading: “To all;”.')
    expect(proposed(doc, insert('One', 'op'), 'Two.')).toBe('After the paragraph of annex II, insert a new paragraph reading: “Two.”, and number the paragraphs accordingly.')
    expect(proposed(draftOf([]), { kind: 'insert', target: '', unitKind: 'op', inside: false }, 'Decides.')).toBe('Insert a new operative paragraph reading: “Decides.”.')
  })

  it('OW8 paragraphs are named as documents name them', () => {
    const names = officialNames(readDraft(doc))
    expect(readDraft(doc).units.map((unit) => names.get(unit.id)!.whole)).toEqual([
      'the title', 'the first preambular paragraph', 'the heading “Means”', 'operative paragraph 1', 'subparagraph (a) of operative paragraph 1',
      'subparagraph (b) of operative paragraph 1', 'subparagraph (b) (i) of operative paragraph 1', 'operative paragraph 2', 'operative paragraph 12 bis', 'the closing line',
      'the heading of annex I', 'paragraph 1 of annex I', 'paragraph 2 of annex I', 'the heading of annex II', 'the unnumbered paragraph of annex II', 'the paragraph of annex II',
    ])
    expect([...officialNames(readDraft(draftOf([op('Decides.')]))).values()].map((name) => name.whole)).toEqual(['the operative paragraph'])
    const twice = draftOf([op('One;'), { ...op('Again;'), label: '1.' }, op('Two.')])
    expect([...officialNames(readDraft(twice)).values()].map((name) => name.whole)).toEqual(['operative paragraph 1 (the first of that name)', 'operative paragraph 1 (the second of that name)', 'operative paragraph 2'])
  })

  it('OW8 an annex heading beneath a paragraph is not taken for a heading of the part that this is in', () => {
    const parts = draftOf([unitValue('organ', 'The Assembly,'), op('One;'), unitValue('organ', 'The Council,'), unitValue('para', 'Two.', [unitValue('annex', 'Annex')]), unitValue('heading', '')])
    expect([...officialNames(readDraft(parts)).values()].slice(-3).map((name) => name.whole)).toEqual(['the unnumbered paragraph of part 2', 'the annex heading of part 2', 'the heading of part 2'])
  })

  it('OW8 ordinals are words up to twentieth', () => {
    expect([1, 3, 12, 20, 21, 22, 23, 24, 101, 111, 112].map(ordinal)).toEqual(['first', 'third', 'twelfth', 'twentieth', '21st', '22nd', '23rd', '24th', '101st', '111th', '112th'])
  })
})

test('OW9 the reader in these tests understands what is said and refuses what is not clear', () => {
  const op = (printed: string, words: string) => ({ kind: 'op', depth: 0, printed, words, brackets: [] })
  const draft = { paragraphs: [op('1.', 'a b a.'), op('2.', 'c')], notes: new Map<number, string>() }
  const read = (sentence: string): string[] => interpret(sentence, draft).paragraphs.map((one) => one.words)
  expect(read('In operative paragraph 1, delete the word “b”.')).toEqual(['a a.', 'c'])
  expect(read('In operative paragraph 1, after the word “b”, delete the word “a”.')).toEqual(['a b.', 'c'])
  expect(() => read('In operative paragraph 1, delete the word “a”.')).toThrow('2 places')
  expect(() => read('In operative paragraph 3, delete the word “a”.')).toThrow('0 paragraphs')
  expect(() => read('Let operative paragraph 2 go.')).toThrow('not an instruction')
})
