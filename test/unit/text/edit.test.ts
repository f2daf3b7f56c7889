import fc from 'fast-check'
import type * as Y from 'yjs'
import { describe, expect, it } from 'vitest'
import { beginAmendment, addHunk, insertionAnchor, placeAmendment, readAmendments } from '../../../shared/model/amendments.ts'
import type { PlacedAmendment } from '../../../shared/model/amendments.ts'
import { joinUnits, placeIn } from '../../../shared/model/operations.ts'
import { scanText } from '../../../shared/model/texts.ts'
import type { UnitView } from '../../../shared/model/units.ts'
import { compile } from '../../../shared/text/compile.ts'
import type { Run } from '../../../shared/text/compile.ts'
import { editAmendment, editBase, editProposal, restoreWords } from '../../../shared/text/edit.ts'
import type { AmendTarget } from '../../../shared/text/edit.ts'
import { draft, page, read, sideDoc, sync, unitOf } from '../model/support.ts'

/** One unit, one's own side document, and another's published proposal where `theirs` says. */
class Desk {
  readonly doc: Y.Doc
  readonly side = sideDoc(5)
  readonly others: PlacedAmendment[] = []

  constructor(words: string, theirs?: { readonly at: number; readonly words: string }) {
    this.doc = draft(`op ${words}`)
    if (theirs === undefined) return
    const published = sideDoc(6)
    const amendment = beginAmendment(published, { kind: 'modify', target: this.unit.id })
    addHunk(published, amendment, insertionAnchor(this.doc, placeIn(this.unit, theirs.at)!)!, theirs.words)
    this.others.push(placeAmendment(this.doc, this.unit, readAmendments(published)[0]!, scanText))
  }

  get unit(): UnitView {
    return read(this.doc).units[0]!
  }

  get own(): PlacedAmendment | null {
    const [view] = readAmendments(this.side)
    return view === undefined ? null : placeAmendment(this.doc, this.unit, view, scanText)
  }

  get runs(): Run[] {
    return compile(this.unit.atoms, [...this.others, ...(this.own === null ? [] : [this.own])])
  }

  get target(): AmendTarget {
    return { shared: this.doc, side: this.side, unit: this.unit, runs: this.runs, own: this.own }
  }

  /** Own words in braces, others' in angle brackets, own cuts in square brackets. */
  get shown(): string {
    const own = this.own?.amendment.id
    const mark = (run: Run): string =>
      run.kind === 'proposed' ? (run.insertedBy === own ? `{${run.words}}` : `<${run.words}>`) : run.kind === 'base' && run.cutBy.includes(own ?? '') ? `[${run.words}]` : run.words
    return this.runs.filter((run) => run.words !== '').map(mark).join('').replaceAll('][', '')
  }

  /** What stands when one's own amendment and no other is incorporated. */
  get asIf(): string {
    const own = this.own?.amendment.id
    return this.runs.filter((run) => (run.kind === 'proposed' ? run.insertedBy === own : run.kind === 'base' && !run.cutBy.includes(own ?? ''))).map((run) => run.words).join('')
  }

  edit(from: number, to: number, words: string): this {
    editAmendment(this.target, { from, to, words })
    return this
  }
}

describe('what typing means', () => {
  it('TX10 while drafting an edit goes into the base', () => {
    const doc = draft('op one two')
    editBase(doc, unitOf(doc, 'one'), { from: 4, to: 7, words: '2' })
    expect(page(doc)).toEqual(['op one 2'])
  })

  it('TX11 the first keystroke begins the amendment, the next go into the same words', () => {
    const desk = new Desk('one two')
    expect(desk.edit(3, 3, ',').shown).toBe('one{,} two')
    expect(desk.edit(4, 4, ' a').edit(6, 6, 'nd').edit(3, 3, '!').shown).toBe('one{!, and} two')
    expect(readAmendments(desk.side)[0]!.hunks).toHaveLength(1)
    expect(desk.unit.words).toBe('one two')
  })

  it('TX12 deleting base words cuts them, once; typing over them stands behind what it replaces', () => {
    const desk = new Desk('one two three')
    expect(desk.edit(4, 7, '2').shown).toBe('one [two]{2} three')
    expect(desk.edit(4, 7, '').shown).toBe('one [two]{2} three')
    expect(desk.edit(2, 10, '').shown).toBe('on[e two] [t]hree'.replace('] [', ' '))
    expect(desk.edit(0, 13, 'all').shown).toBe('[one two three]{all}')
    expect(desk.asIf).toBe('all')
  })

  it('TX13 deleting across own, others’ and base words erases one’s own, cuts the base and leaves the others’', () => {
    const desk = new Desk('one two', { at: 3, words: ' theirs' })
    desk.edit(14, 14, ' mine')
    expect(desk.shown).toBe('one< theirs> two{ mine}')
    expect(desk.edit(1, 16, '').shown).toBe('o[ne]< theirs>[ two]{ine}')
    expect(desk.edit(0, 17, 'X').shown).toBe('[one]< theirs>[ two]{X}')
  })

  it('TX14 typing within another’s words begins one’s own at the nearest place of the base', () => {
    const desk = new Desk('one two', { at: 3, words: ' theirs' })
    expect(desk.edit(6, 6, '!').asIf).toBe('one! two')
    expect(desk.edit(5, 8, '').asIf).toBe('one! two')
  })

  it('TX14 where one’s own words stand at the same place of the base, they are gone on with', () => {
    const desk = new Desk('one two', { at: 3, words: ' theirs' }).edit(0, 0, 'so ').edit(6, 6, ' mine')
    const before = desk.shown
    expect(before.replace('<', '').replace('>', '')).toContain('{ mine}')
    const theirs = desk.shown.indexOf('<') < desk.shown.indexOf('{ mine}')
    desk.edit(theirs ? 6 : 18, theirs ? 6 : 18, '!')
    expect(desk.shown).toBe(before.replace('{ mine}', theirs ? '{! mine}' : '{ mine!}'))
    expect(desk.own!.hunks).toHaveLength(2)
  })

  it('TX15 backspacing all of one’s own words leaves the base as it was; deleting another’s words is nothing', () => {
    const desk = new Desk('one two', { at: 7, words: ' theirs' })
    desk.edit(3, 3, 'abc')
    desk.edit(5, 6, '').edit(4, 5, '').edit(3, 4, '')
    expect(desk.shown).toBe('one two< theirs>')
    expect(editAmendment(desk.target, { from: 8, to: 10, words: '' })).toBeNull()
    expect(desk.edit(3, 3, 'x').shown).toBe('one{x} two< theirs>')
  })

  it('TX16 a range that begins in base words and ends in one’s own goes on in one’s own', () => {
    const desk = new Desk('one two').edit(3, 3, 'abc')
    expect(desk.edit(1, 4, 'X').shown).toBe('o[ne]{Xbc} two')
    expect(desk.edit(5, 9, 'Y').shown).toBe('o[ne]{XbY}[ tw]o')
  })

  it('TX17 words taken off a cut stand again; what lies outside stays cut', () => {
    const desk = new Desk('one two three').edit(0, 13, '')
    restoreWords(desk.target, 4, 7)
    expect(desk.shown).toBe('[one ]two[ three]')
    restoreWords(desk.target, 0, 13)
    expect(desk.shown).toBe('one two three')
    restoreWords({ ...desk.target, own: null }, 0, 13)
    expect(desk.shown).toBe('one two three')
  })

  it('TX18 of two amendments that colleagues begin at once the lower id is gone on with', () => {
    const desk = new Desk('one two')
    const other = sideDoc(7)
    editAmendment({ ...desk.target, side: other }, { from: 7, to: 7, words: ' hers' })
    desk.edit(0, 0, 'mine ')
    sync(desk.side, other)
    const [lower] = readAmendments(desk.side).map((view) => view.id).sort()
    expect(editAmendment({ ...desk.target, own: null }, { from: 3, to: 3, words: 'x' })).toBe(lower)
    expect(editAmendment({ ...desk.target, side: other, own: null }, { from: 3, to: 3, words: 'x' })).toBe(lower)
  })

  it('TX19 in joined units, in an empty one, and beside a character of two units', () => {
    const joined = new Desk('one\nop two')
    joinUnits(joined.doc, read(joined.doc), unitOf(joined.doc, 'one'), unitOf(joined.doc, 'two'))
    expect(joined.edit(2, 4, 'X').shown).toBe('on[et]{X}wo')
    expect(new Desk('').edit(0, 0, 'new').shown).toBe('{new}')
    expect(new Desk('a😀b').edit(2, 2, 'x').edit(0, 0, '\uD800').shown).toBe('a{x}😀b')
    expect(new Desk('a😀b').edit(2, 3, '').shown).toBe('a[😀]b')
    expect(new Desk('ab').edit(1, 1, '😀\n').edit(2, 3, '').shown).toBe('a{ }b')
  })

  it('TX20 a proposed paragraph is written in as a text is', () => {
    const side = sideDoc(5)
    const amendment = beginAmendment(side, { kind: 'insert', target: '', unitKind: 'op', inside: false })
    editProposal(side, amendment, { from: 0, to: 0, words: 'Decides\n' })
    editProposal(side, amendment, { from: 7, to: 99, words: ' also' })
    editProposal(side, 'zz-9', { from: 0, to: 0, words: 'x' })
    expect(readAmendments(side)[0]!.proposal).toBe('Decides also')
  })

  it('TX21 any edits come to what they would in a plain document, others’ words apart; the base is never touched', () => {
    const edits = fc.array(fc.tuple(fc.nat(30), fc.nat(6), fc.string({ unit: fc.constantFrom('x', 'y', ' ', '😀'), maxLength: 3 })), { maxLength: 8 })
    fc.assert(
      fc.property(fc.boolean(), edits, (withTheirs, all) => {
        const desk = new Desk('one two three', withTheirs ? { at: 5, words: 'TT' } : undefined)
        for (const [place, length, words] of all) {
          const text = desk.runs.map((run) => run.words).join('')
          const from = place % (text.length + 1)
          const to = Math.min(from + length, text.length)
          const before = plain(desk, from, to, words)
          desk.edit(from, to, words)
          expect(desk.asIf).toBe(before)
          expect(desk.unit.words).toBe('one two three')
          expect(desk.own?.broken ?? []).toEqual([])
        }
      }),
      { numRuns: 300 },
    )
  })
})

/** The same edit on the words that would stand: what is replaced goes, what is typed comes where it was replaced. */
function plain(desk: Desk, from: number, to: number, words: string): string {
  const own = desk.own?.amendment.id
  const shown = desk.runs.flatMap((run) =>
    [...run.words].flatMap((letter) => Array.from(letter, (unit) => ({ unit, size: letter.length, run }))),
  )
  const stands = (run: Run): boolean => (run.kind === 'proposed' ? run.insertedBy === own : run.kind === 'base' && !run.cutBy.includes(own ?? ''))
  let at = 0
  let before = ''
  let after = ''
  for (const { unit, size, run } of shown) {
    const [start, end] = [at, at + size]
    at = end
    if (!stands(run)) continue
    const isEmpty = to === from
    if (!isEmpty && start < to && end > from) continue
    // An edit within a character of two units is one before it, as is what is typed there.
    if (end <= from && !(isEmpty && end > from)) before += unit
    else after += unit
  }
  return before + words + after
}
