import type * as Y from 'yjs'
import { describe, expect, it } from 'vitest'
import { addCuts, addHunk, beginAmendment, insertionAnchor, proposalText, readAmendments } from '../../../shared/model/amendments.ts'
import { newLineage, publish, readPublished } from '../../../shared/model/decisions.ts'
import { proposalGround } from '../../../shared/model/grounds.ts'
import { incorporate } from '../../../shared/model/incorporate.ts'
import type { About } from '../../../shared/model/layout.ts'
import { createUnits, joinUnits, placeIn, removeUnit, replaceWords, splitUnit } from '../../../shared/model/operations.ts'
import { readDraft } from '../../../shared/model/reader.ts'
import { stateOfAmendment, writeState } from '../../../shared/model/state.ts'
import { scanText } from '../../../shared/model/texts.ts'
import type { UnitView } from '../../../shared/model/units.ts'
import type { UnitValue } from '../../../shared/model/value.ts'
import { asIf } from '../../../shared/text/compile.ts'
import { wordingIn, wordingSource } from '../../../shared/text/wording.ts'
import { draftOf, sideDoc, unitValue } from '../commands/support.ts'

const draft = (): Y.Doc => draftOf([
  unitValue('title', 'Lamps'),
  unitValue('pp', 'Recalling lamps,'),
  unitValue('heading', 'Means and ends'),
  unitValue('op', 'Calls upon States:', [unitValue('sub', 'To light;'), unitValue('sub', 'To keep:', [unitValue('sub', 'oil;')])]),
  { kind: 'op', words: 'Requests a report on lamps and a report on oil;', notes: [{ at: 17, words: 'Each year.' }], children: [] },
  unitValue('op', 'Decides to meet.'),
])

const unitOf = (doc: Y.Doc, words: string): UnitView => readDraft(doc).units.find((unit) => unit.words.startsWith(words))!
const idOf = (doc: Y.Doc, words: string): string => unitOf(doc, words).id

/** The sentence of one amendment. `cut`: what a bracket is round. */
function said(doc: Y.Doc, about: About, { proposal = '', cut = '' }: { proposal?: string; cut?: string } = {}): string {
  const side = sideDoc(90)
  const id = beginAmendment(side, about)
  proposalText(side, id)!.insert(0, proposal)
  const unit = readDraft(doc).byId.get(about.target)
  const from = unit?.atoms.indexOf(cut) ?? 0
  if (cut !== '') addCuts(side, id, doc, unit!, from, from + cut.length)
  return wordingIn(wordingSource(doc, readDraft(doc), scanText))(readAmendments(side)[0]!)
}

/** Puts one forward, open; returns its id. */
function putForward(doc: Y.Doc, client: number, about: About, proposal: string): string {
  const side = sideDoc(client)
  proposalText(side, beginAmendment(side, about))!.insert(0, proposal)
  const [amendment] = readAmendments(side)
  publish(doc, side, 'd/side/eu', amendment!, 1, 1, {}, newLineage())
  writeState(doc, stateOfAmendment(amendment!.id), {
    status: 'open', proposer: 'eu', proposerKind: 'state', sponsors: [], asking: [], needsState: false, takenUpBy: null, asRecorded: false,
    editorial: false, revision: 1, digest: '', atMs: 1, decision: null, recheck: null,
  })
  return amendment!.id
}

const anchorAt = (doc: Y.Doc, unit: UnitView, at: number) => insertionAnchor(doc, placeIn(unit, at)!)!

/** Joins the paragraph that begins so to the one before it. */
function mergeAway(doc: Y.Doc, words: string): void {
  const view = readDraft(doc)
  const second = unitOf(doc, words)
  joinUnits(doc, view, view.units[view.units.indexOf(view.byId.get(second.id)!) - 1]!, view.byId.get(second.id)!)
}

describe('paragraphs put elsewhere', () => {
  const move = (doc: Y.Doc, words: string, after: string, parent = ''): string =>
    said(doc, { kind: 'move', target: idOf(doc, words), parent: parent === '' ? '' : idOf(doc, parent), after: after === '' ? '' : idOf(doc, after) })

  it('OW14 a move tells what it follows, or precedes at the beginning, and renumbers where numbers change', () => {
    const doc = draft()
    expect(move(doc, 'Calls', 'Requests')).toBe('Move operative paragraph 1 to follow operative paragraph 2, and renumber the paragraphs accordingly.')
    expect(move(doc, 'Means', 'Lamps')).toBe('Move the heading “Means and ends” to follow the title.')
    expect(move(doc, 'Recalling', '')).toBe('Move the first preambular paragraph to precede the title.')
  })

  it('OW14 what becomes something else where it goes is said to', () => {
    const doc = draft()
    expect(move(doc, 'Decides', '', 'Requests')).toBe('Move operative paragraph 3 to become the first subparagraph of operative paragraph 2.')
    expect(move(doc, 'Decides', 'To light', 'Calls')).toBe('Move operative paragraph 3 to follow subparagraph (a) of operative paragraph 1, as a new subparagraph, and renumber the subparagraphs accordingly.')
    expect(move(doc, 'To light', 'Calls')).toBe('Move subparagraph (a) of operative paragraph 1 to follow operative paragraph 1, as a new operative paragraph, and renumber the paragraphs and subparagraphs accordingly.')
  })

  it('OW14 where something would stand deeper than the eighth level nothing is instructed', () => {
    const doc = draftOf([])
    const nested = (level: number): UnitValue => unitValue(level === 1 ? 'op' : 'sub', `Level ${level}`, level === 8 ? [] : [nested(level + 1)])
    createUnits(doc, readDraft(doc), { parent: null, after: null }, [nested(1), unitValue('op', 'Decides:', [unitValue('sub', 'To meet.')])])
    const [seventh, eighth, decides] = ['Level 7', 'Level 8', 'Decides'].map((words) => idOf(doc, words))
    const deep = 'This amendment would put paragraphs deeper than the eighth level.'
    expect(said(doc, { kind: 'insert', target: eighth!, unitKind: 'sub', inside: true }, { proposal: 'To wait;' })).toBe(deep)
    expect(said(doc, { kind: 'move', target: decides!, parent: seventh!, after: '' })).toBe(deep)
    expect(said(doc, { kind: 'join', target: eighth!, with: decides! })).toBe(deep)
    expect(said(doc, { kind: 'insert', target: eighth!, unitKind: 'sub', inside: false }, { proposal: 'To wait;' })).toBe('After subparagraph (a) (i) a i (a) (i) a of operative paragraph 1, insert a new subparagraph reading: “To wait;”.')
  })

  it('OW14 a new paragraph that would stand on one that is proposed on it says so', () => {
    const doc = draft()
    const about = { kind: 'insert', target: idOf(doc, 'Decides'), unitKind: 'op', inside: false } as const
    const first = putForward(doc, 60, about, 'First;')
    const second = putForward(doc, 61, { ...about, target: first }, 'Second;')
    const again = { ...readPublished(doc, first)!, about: { ...about, target: second } }
    expect(wordingIn(wordingSource(doc, readDraft(doc), scanText))(again)).toBe('This amendment would put its new paragraph beside or beneath itself.')
  })

  it('OW14 a place that is gone, or beneath itself, is no instruction', () => {
    const doc = draft()
    const [calls, light] = [idOf(doc, 'Calls'), idOf(doc, 'To light')]
    expect(said(doc, { kind: 'move', target: calls, parent: light, after: '' })).toBe('This amendment would move operative paragraph 1 to a place beneath itself.')
    expect(said(doc, { kind: 'move', target: calls, parent: '', after: light })).toBe('The place to which this amendment would move operative paragraph 1 is no longer in the text.')
  })
})

describe('paragraphs divided and merged', () => {
  const split = (doc: Y.Doc, words: string, at: number): string => said(doc, { kind: 'split', target: idOf(doc, words), at: anchorAt(doc, unitOf(doc, words), at) })

  it('OW15 a division tells by what words the second begins, or the first ends, or of what it consists', () => {
    const doc = draft()
    expect(split(doc, 'Decides', 8)).toBe('Divide operative paragraph 3 into two paragraphs, the second beginning with the word “to”.')
    expect(split(doc, 'Requests', 17)).toBe('Divide operative paragraph 2 into two paragraphs, the second beginning with footnote 1, and renumber the remaining paragraphs accordingly.')
    expect(split(doc, 'Decides', 3)).toBe('Divide operative paragraph 3 into two paragraphs, the first consisting of the word “Dec”.')
    expect(split(draftOf([unitValue('op', 'a a a a')]), 'a', 3)).toBe('Divide the operative paragraph into two paragraphs, the first ending with the words “a a” and the second beginning with the words “a a”, and number the paragraphs accordingly.')
  })

  it('OW15 it says what the second half becomes, and that subparagraphs follow it', () => {
    const doc = draft()
    expect(split(doc, 'Means', 5)).toBe('Divide the heading “Means and ends” into a heading and an operative paragraph, the second beginning with the word “and”, and renumber the remaining paragraphs accordingly.')
    expect(split(doc, 'Calls', 6)).toBe('Divide the chapeau of operative paragraph 1 into two paragraphs, the second beginning with the word “upon”, the subparagraphs following the second, and renumber the remaining paragraphs accordingly.')
    expect(split(doc, 'Decides', 0)).toBe('The words that this amendment is about are no longer in operative paragraph 3.')
  })

  it('OW15 a merger names both, with the subparagraphs that come along', () => {
    const doc = draft()
    const join = (first: string, second: string): string => said(doc, { kind: 'join', target: idOf(doc, first), with: idOf(doc, second) })
    expect(join('Requests', 'Decides')).toBe('Merge operative paragraph 3 into operative paragraph 2.')
    expect(join('Calls', 'To light')).toBe('Merge subparagraph (a) of operative paragraph 1 into the chapeau of operative paragraph 1, and renumber the remaining subparagraphs accordingly.')
    expect(join('Means', 'Calls')).toBe('Merge operative paragraph 1, with its subparagraphs, into the heading “Means and ends”, and renumber the remaining paragraphs accordingly.')
    expect(join('Recalling', 'Decides')).toBe('This amendment would merge operative paragraph 3 into the first preambular paragraph, which it does not directly follow.')
  })
})

describe('a paragraph that was merged into another', () => {
  it('OW16 what is about it as a whole is no instruction: its words are now another paragraph’s', () => {
    const doc = draft()
    const [gone, before] = [idOf(doc, 'Requests'), idOf(doc, 'Recalling')]
    const decides = idOf(doc, 'Decides')
    mergeAway(doc, 'Requests')
    const merged = /^The paragraph that this amendment is about has been merged into subparagraph \(b\) \(i\) of operative paragraph 1\.$/
    expect(said(doc, { kind: 'delete', target: gone })).toMatch(merged)
    expect(said(doc, { kind: 'replace', target: gone }, { proposal: 'Asks;' })).toMatch(merged)
    expect(said(doc, { kind: 'move', target: gone, parent: '', after: before })).toMatch(merged)
    expect(said(doc, { kind: 'join', target: gone, with: decides })).toMatch(merged)
    expect(said(doc, { kind: 'join', target: before, with: gone })).toMatch(merged)
  })

  it('OW16 what is to stand behind it, and what was proposed in its words, goes on with the paragraph that has them', () => {
    const doc = draft()
    const gone = unitOf(doc, 'Decides')
    const at = anchorAt(doc, gone, 10)
    mergeAway(doc, 'Decides')
    expect(said(doc, { kind: 'insert', target: gone.id, unitKind: 'op', inside: false }, { proposal: 'Ends.' })).toBe('After operative paragraph 2, insert a new operative paragraph reading: “Ends.”.')
    expect(said(doc, { kind: 'note', target: gone.id, at }, { proposal: 'See b.' })).toBe('In operative paragraph 2, after the word “to”, insert a footnote reading: “See b.”.')
  })
})

describe('brackets, footnotes and places that are kept', () => {
  const bracket = (doc: Y.Doc, verb: 'reserve' | 'retain' | 'bracket', words: string, cut: string): string => said(doc, { kind: 'bracket', target: idOf(doc, words), verb }, { cut })

  it('OW17 words are put in square brackets, told where they come again, or the whole', () => {
    const doc = draft()
    expect(bracket(doc, 'bracket', 'Decides', 'to meet')).toBe('In operative paragraph 3, place the words “to meet” in square brackets.')
    expect(bracket(doc, 'reserve', 'Requests', 'a report')).toBe('In operative paragraph 2, before footnote 1, place the words “a report” in square brackets, on which the position is reserved.')
    expect(bracket(doc, 'retain', 'Decides', 'meet')).toBe('In operative paragraph 3, retain the word “meet”, placing them in square brackets.')
    expect(bracket(doc, 'bracket', 'Decides', 'Decides to meet.')).toBe('Place operative paragraph 3 in square brackets.')
    expect(bracket(doc, 'bracket', 'Decides', 'ides to')).toBe('In operative paragraph 3, after its opening, the word “Dec”, place the words “ides to” in square brackets.')
  })

  it('OW18 brackets stay round the words that stay; where they will not, it says round what they stand', () => {
    const doc = draft()
    const unit = unitOf(doc, 'Decides')
    inBrackets(doc, unit, 0, 10)
    expect(said(doc, { kind: 'replace', target: unit.id }, { proposal: 'Decides at once.' })).toBe('Replace operative paragraph 3 with the following: “Decides at once.”, so that square brackets stand round the word “Decides”.')
    const again = sideDoc(32)
    const same = beginAmendment(again, { kind: 'modify', target: unit.id })
    addCuts(again, same, doc, unit, 0, 10)
    addHunk(again, same, anchorAt(doc, unit, 10), 'Decides to')
    expect(wordingIn(wordingSource(doc, readDraft(doc), scanText))(readAmendments(again)[0]!)).toBe('This amendment changes no word of operative paragraph 3, so that no square brackets stand in it.')
    expect(said(doc, { kind: 'replace', target: unit.id }, { proposal: 'Ends' })).toBe('Replace operative paragraph 3 with the following: “Ends”.')
  })

  it('OW18 of a bracket that was divided with its paragraph it says, where they are merged, that it is one again', () => {
    const doc = draft()
    inBrackets(doc, unitOf(doc, 'Decides'), 0, 15)
    splitUnit(doc, readDraft(doc), unitOf(doc, 'Decides'), 8)
    const [first, second] = [idOf(doc, 'Decides'), idOf(doc, 'to meet')]
    expect(said(doc, { kind: 'join', target: first, with: second })).toBe('Merge operative paragraph 4 into operative paragraph 3, so that square brackets stand round the words “Decides to meet”.')
    inBrackets(doc, unitOf(doc, 'Requests'), 0, 8)
    expect(said(doc, { kind: 'join', target: idOf(doc, 'Requests'), with: first })).not.toContain('square brackets')
  })

  it('OW18 brackets are understood as they are seen, without the spaces at their ends, and those that will be seen are told', () => {
    const doc = draft()
    inBrackets(doc, unitOf(doc, 'Decides'), 7, 15)
    const decides = (): UnitView => unitOf(doc, 'Decides')
    expect(said(doc, { kind: 'note', target: decides().id, at: anchorAt(doc, decides(), 8) }, { proposal: 'See b.' })).toBe('In operative paragraph 3, before the word “to”, insert a footnote reading: “See b.”, so that square brackets stand round the new footnote and the words “to meet”.')
    splitUnit(doc, readDraft(doc), decides(), 11)
    replaceWords(doc, decides(), 7, 11, '')
    const side = sideDoc(37)
    const id = beginAmendment(side, { kind: 'modify', target: decides().id })
    addHunk(side, id, anchorAt(doc, decides(), 7), ' soon')
    const [amendment] = readAmendments(side)
    expect(wordingIn(wordingSource(doc, readDraft(doc), scanText))(amendment!)).toBe('At the end of operative paragraph 3, add “soon”, so that square brackets stand round the word “soon”.')
    publish(doc, side, 'd/side/eu', amendment!, 1, 1, {}, newLineage())
    write(doc, id)
    expect(decides()).toMatchObject({ atoms: 'Decides soon', brackets: [{ from: 7, to: 12 }] })
  })

  it('OW18 of joined paragraphs the words put in place of the first are not in the brackets of the second', () => {
    const doc = draftOf([unitValue('op', 'Urges States'), unitValue('op', 'to meet at once')])
    mergeAway(doc, 'to meet')
    const unit = unitOf(doc, 'Urges')
    inBrackets(doc, unit, 0, unit.atoms.length)
    const again = sideDoc(34)
    const id = beginAmendment(again, { kind: 'modify', target: unit.id })
    addCuts(again, id, doc, unit, 0, 15)
    addHunk(again, id, anchorAt(doc, unit, 0), 'Asks them ')
    const [amendment] = readAmendments(again)
    expect([unit.atoms, unit.segments.length]).toEqual(['Urges Statesto meet at once', 2])
    expect(wordingIn(wordingSource(doc, readDraft(doc), scanText))(amendment!)).toBe('In the operative paragraph, replace the words “Urges Statesto” with the words “Asks them”.')
    publish(doc, again, 'd/side/eu', amendment!, 1, 1, {}, newLineage())
    write(doc, id)
    expect(unitOf(doc, 'Asks')).toMatchObject({ atoms: 'Asks them meet at once', brackets: [{ from: 10, to: 22 }] })
  })

  it('OW18 what is proposed on an alternative says round what the brackets of the paragraph will stand in it', () => {
    const doc = draft()
    const unit = unitOf(doc, 'Decides')
    inBrackets(doc, unit, 0, 10)
    const outer = putForward(doc, 35, { kind: 'replace', target: unit.id }, 'Decides at once.')
    const ground = proposalGround(readPublished(doc, outer)!, 'op')
    expect(said(doc, { kind: 'replace', target: outer }, { proposal: 'Decides never.' })).toBe('Replace the text proposed to replace operative paragraph 3 with the following: “Decides never.”, so that square brackets stand round the word “Decides”.')
    expect(said(doc, { kind: 'note', target: outer, at: anchorAt(doc, ground, 0) }, { proposal: 'See b.' })).toBe('In the text proposed to replace operative paragraph 3, at the beginning, insert a footnote reading: “See b.”.')
    const side = sideDoc(36)
    const id = beginAmendment(side, { kind: 'modify', target: outer })
    addCuts(side, id, doc, ground, 0, 7)
    addHunk(side, id, anchorAt(doc, ground, 7), 'Agrees')
    const [amendment] = readAmendments(side)
    expect(wordingIn(wordingSource(doc, readDraft(doc), scanText))(amendment!)).toBe('In the text proposed to replace operative paragraph 3, replace the word “Decides” with the word “Agrees”, so that square brackets stand round the word “Agrees”.')
    publish(doc, side, 'd/side/eu', amendment!, 1, 1, {}, newLineage())
    write(doc, outer)
    write(doc, id)
    expect(unitOf(doc, 'Agrees')).toMatchObject({ atoms: 'Agrees at once.', brackets: [{ from: 0, to: 7 }] })
  })

  it('OW5 a footnote’s mark is told directly where it goes', () => {
    const doc = draft()
    const note = (at: number): string => said(doc, { kind: 'note', target: idOf(doc, 'Decides'), at: anchorAt(doc, unitOf(doc, 'Decides'), at) }, { proposal: 'See b.' })
    expect(note(7)).toBe('In operative paragraph 3, after the word “Decides”, insert a footnote reading: “See b.”.')
    expect(note(8)).toBe('In operative paragraph 3, before the word “to”, insert a footnote reading: “See b.”.')
    expect(note(0)).toBe('In operative paragraph 3, at the beginning, insert a footnote reading: “See b.”.')
    expect(note(3)).toBe('In operative paragraph 3, after its opening, the word “Dec”, insert a footnote reading: “See b.”.')
    expect(said(doc, { kind: 'note', target: idOf(doc, 'Lamps'), at: anchorAt(doc, unitOf(doc, 'Lamps'), 5) }, { proposal: 'See b.' })).toBe('In the title, at the end, insert a footnote reading: “See b.”, and renumber the remaining footnotes accordingly.')
  })

  it('OW1 a place is kept in square brackets, with what it says of the words to come', () => {
    const doc = draft()
    const keep = (words: string, inside: boolean, proposal: string): string => said(doc, { kind: 'placeholder', target: idOf(doc, words), unitKind: 'op', inside }, { proposal })
    expect(keep('Requests', false, 'On oil')).toBe('After operative paragraph 2, insert in square brackets a placeholder for a new operative paragraph reading: “On oil”, and renumber the remaining paragraphs accordingly.')
    expect(keep('Calls', true, '')).toBe('Before subparagraph (a) of operative paragraph 1, insert in square brackets a placeholder for a new subparagraph, the text of which is to come, and renumber the remaining subparagraphs accordingly.')
  })
})

/** Puts words of a paragraph in square brackets. */
function inBrackets(doc: Y.Doc, unit: UnitView, from: number, to: number): void {
  const side = sideDoc(31)
  const id = beginAmendment(side, { kind: 'bracket', target: unit.id, verb: 'bracket' })
  addCuts(side, id, doc, unit, from, to)
  publish(doc, side, 'd/side/eu', readAmendments(side)[0]!, 1, 1, {}, newLineage())
  write(doc, id)
}

function write(doc: Y.Doc, amendment: string): void {
  incorporate(doc, readDraft(doc), readPublished(doc, amendment)!, { scans: scanText, wanted: asIf, document: 'd', by: [], atMs: 9, lineage: newLineage() })
}

describe('on what another delegation proposes', () => {
  it('OW19 a new paragraph and an alternative are called by what proposes them', () => {
    const doc = draft()
    const fresh = putForward(doc, 40, { kind: 'insert', target: idOf(doc, 'Requests'), unitKind: 'op', inside: false }, 'Invites all;')
    const other = putForward(doc, 41, { kind: 'replace', target: idOf(doc, 'Decides') }, 'Ends.')
    expect(said(doc, { kind: 'delete', target: fresh })).toBe('Delete the new operative paragraph proposed after operative paragraph 2.')
    expect(said(doc, { kind: 'insert', target: fresh, unitKind: 'op', inside: true }, { proposal: 'At once;' })).toBe('At the end of the new operative paragraph proposed after operative paragraph 2, insert a new subparagraph reading: “At once;”.')
    expect(said(doc, { kind: 'move', target: fresh, parent: '', after: idOf(doc, 'Decides') })).toBe('Move the new operative paragraph proposed after operative paragraph 2 to follow operative paragraph 3, and renumber the paragraphs accordingly.')
    expect(said(doc, { kind: 'replace', target: other }, { proposal: 'Stops.' })).toBe('Replace the text proposed to replace operative paragraph 3 with the following: “Stops.”.')
  })

  it('OW19 a new paragraph comes behind those that were proposed for the place before it', () => {
    const doc = draft()
    const about: About = { kind: 'insert', target: idOf(doc, 'Requests'), unitKind: 'op', inside: false }
    write(doc, putForward(doc, 1, about, 'Invites all;'))
    expect(said(doc, about, { proposal: 'Urges all;' })).toBe('After operative paragraph 3, insert a new operative paragraph reading: “Urges all;”, and renumber the remaining paragraphs accordingly.')
  })
})

describe('a paragraph that has been divided since', () => {
  it('OW20 words that a division has parted are struck in both halves, each by its own sentence', () => {
    const doc = draft()
    const unit = unitOf(doc, 'Decides')
    const side = sideDoc(50)
    addCuts(side, beginAmendment(side, { kind: 'modify', target: unit.id }), doc, unit, 8, 15)
    splitUnit(doc, readDraft(doc), unit, 10)
    const [amendment] = readAmendments(side)
    expect(wordingIn(wordingSource(doc, readDraft(doc), scanText))(amendment!)).toBe('In operative paragraph 3, delete the word “to”. In operative paragraph 4, delete the word “meet”.')
    publish(doc, side, 'd/side/eu', amendment!, 1, 1, {}, newLineage())
    write(doc, amendment!.id)
    expect(readDraft(doc).units.slice(-2).map(({ words }) => words)).toEqual(['Decides', '.'])
  })

  it('OW20 what was proposed in the second half goes on where the first has been taken out', () => {
    const doc = draft()
    const unit = unitOf(doc, 'Decides')
    const side = sideDoc(51)
    proposalText(side, beginAmendment(side, { kind: 'note', target: unit.id, at: anchorAt(doc, unit, 15) }))!.insert(0, 'See b.')
    splitUnit(doc, readDraft(doc), unit, 8)
    removeUnit(doc, readDraft(doc), unitOf(doc, 'Decides'))
    const [amendment] = readAmendments(side)
    publish(doc, side, 'd/side/eu', amendment!, 1, 1, {}, newLineage())
    expect(wordingIn(wordingSource(doc, readDraft(doc), scanText))(amendment!)).toBe('In operative paragraph 3, after the word “meet”, insert a footnote reading: “See b.”.')
    write(doc, amendment!.id)
    expect(unitOf(doc, 'to meet').atoms).toBe('to meet\uFFFC.')
  })
})
