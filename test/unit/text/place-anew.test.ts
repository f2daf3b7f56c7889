import type * as Y from 'yjs'
import { describe, expect, it } from 'vitest'
import { addCuts, addHunk, beginAmendment, insertionAnchor, placeAmendment, proposalText, rationaleText, readAmendments } from '../../../shared/model/amendments.ts'
import type { AmendmentView } from '../../../shared/model/amendments.ts'
import type { About } from '../../../shared/model/layout.ts'
import { moveUnit, placeIn, removeUnit, replaceWords } from '../../../shared/model/operations.ts'
import { recheckReason } from '../../../shared/model/recheck.ts'
import { scanText } from '../../../shared/model/texts.ts'
import { compile } from '../../../shared/text/compile.ts'
import { placeAnew } from '../../../shared/text/place-anew.ts'
import { limits } from '../../../shared/wire/limits.ts'
import { draft, read, sideDoc } from '../model/support.ts'

const text = 'op Urges all States to act now\nop Invites the agencies to report\nop Decides to meet'

class Desk {
  readonly shared = draft(text)
  readonly side = sideDoc(5)

  unit = (index: number) => read(this.shared).units[index]!
  /** Those that have not been discarded, as the side document has them. */
  get all(): AmendmentView[] {
    return readAmendments(this.side).filter(({ dropped }) => !dropped)
  }
  modify(index: number, from: number, to: number, words: string): string {
    const id = beginAmendment(this.side, { kind: 'modify', target: this.unit(index).id })
    if (to > from) addCuts(this.side, id, this.shared, this.unit(index), from, to)
    if (words !== '') addHunk(this.side, id, this.anchor(index, to), words)
    return id
  }
  anchor = (index: number, at: number) => insertionAnchor(this.shared, placeIn(this.unit(index), at)!)!
  begin(about: About, proposal = '', rationale = ''): string {
    const id = beginAmendment(this.side, about)
    proposalText(this.side, id)!.insert(0, proposal)
    rationaleText(this.side, id)!.insert(0, rationale)
    return id
  }
  remove = (index: number) => removeUnit(this.shared, read(this.shared), this.unit(index))
  erase = (index: number, from: number, to: number) => replaceWords(this.shared, this.unit(index), from, to, '')
  reason = (amendment: AmendmentView) => recheckReason(this.shared, read(this.shared), amendment, scanText)
  anew(id: string, index: number, from: number, to = from) {
    const amendment = readAmendments(this.side).find((one) => one.id === id)!
    return placeAnew({ shared: this.shared, side: this.side, view: read(this.shared), scans: scanText, ground: this.unit(index), from, to }, amendment)
  }
  /** New words in braces, struck ones in brackets. */
  shown(index: number, id: string): string {
    const placed = placeAmendment(this.shared, this.unit(index), readAmendments(this.side).find((one) => one.id === id)!, scanText)
    return compile(this.unit(index).atoms, [placed]).filter((run) => run.words !== '').map((run) => (run.kind === 'proposed' ? `{${run.words}}` : run.kind === 'base' && run.cutBy.length > 0 ? `[${run.words}]` : run.words)).join('')
  }
}

const allWords = (side: Y.Doc): string => readAmendments(side).filter(({ dropped }) => !dropped).map(({ hunks, proposal }) => hunks.map((hunk) => hunk.words).join('|') + proposal).join('/')

describe('RV6 placing anew', () => {
  it('RV6 words that struck what is gone strike what is chosen, in the same amendment', () => {
    const desk = new Desk()
    const id = desk.modify(0, 10, 16, 'Members')
    desk.erase(0, 10, 17)
    expect(desk.reason(desk.all[0]!)).toBe('words-gone')
    expect(desk.anew(id, 0, 13, 16)).toEqual({ amendment: id })
    expect(desk.shown(0, id)).toBe('Urges all to [act]{Members} now')
    expect(desk.reason(desk.all[0]!)).toBeNull()
    expect(desk.all).toHaveLength(1)
  })

  it('RV6 what still has its place keeps it', () => {
    const desk = new Desk()
    const id = desk.modify(0, 10, 16, 'Members')
    addCuts(desk.side, id, desk.shared, desk.unit(0), 24, 27)
    desk.erase(0, 10, 17)
    expect(desk.anew(id, 0, 13)).toEqual({ amendment: id })
    expect(desk.shown(0, id)).toBe('Urges all to {Members}act [now]')
  })

  it('RV6 where the paragraph is gone its words go into an amendment on the one that is chosen, with the reasons', () => {
    const desk = new Desk()
    const id = desk.modify(0, 10, 16, 'Members')
    rationaleText(desk.side, id)!.insert(0, 'All of them')
    desk.remove(0)
    expect(desk.reason(desk.all[0]!)).toBe('target-gone')
    const done = desk.anew(id, 0, 8, 11) as { amendment: string }
    expect(done.amendment).not.toBe(id)
    expect(desk.shown(0, done.amendment)).toBe('Invites [the]{Members} agencies to report')
    expect(desk.all.map((one) => [one.id, one.rationale])).toEqual([[done.amendment, 'All of them']])
    expect(allWords(desk.side)).toBe('Members')
  })

  it('RV6 they join what one has on that paragraph already', () => {
    const desk = new Desk()
    const there = desk.modify(1, 8, 11, 'all')
    const id = desk.modify(0, 10, 16, 'Members')
    desk.remove(0)
    expect(desk.anew(id, 0, 20)).toEqual({ amendment: there })
    expect(desk.shown(0, there)).toBe('Invites [the]{all} agencies{Members} to report')
    expect(desk.all).toHaveLength(1)
  })

  it('RV6 a deletion, an alternative, a footnote and a split are proposed on the paragraph that is chosen', () => {
    for (const [kind, proposal] of [['delete', ''], ['replace', 'Calls upon all'], ['note', 'See the report.'], ['split', '']] as const) {
      const desk = new Desk()
      const target = desk.unit(0).id
      const id = desk.begin(kind === 'delete' || kind === 'replace' ? { kind, target } : { kind, target, at: desk.anchor(0, 9) }, proposal, 'because')
      desk.remove(0)
      expect(desk.reason(desk.all[0]!), kind).toBe('target-gone')
      const done = desk.anew(id, 1, 8) as { amendment: string }
      expect(desk.all.map(({ id: own, about, proposal: words, rationale }) => ({ own, kind: about.kind, target: about.target, words, rationale })), kind)
        .toEqual([{ own: done.amendment, kind, target: desk.unit(1).id, words: proposal, rationale: 'because' }])
      expect(desk.reason(desk.all[0]!), kind).toBeNull()
    }
  })

  it('RV6 a new paragraph and a move are put elsewhere as they are', () => {
    const desk = new Desk()
    const inserted = desk.begin({ kind: 'insert', target: desk.unit(0).id, unitKind: 'op', inside: false }, 'Thanks all')
    const moved = desk.begin({ kind: 'move', target: desk.unit(2).id, parent: '', after: desk.unit(0).id })
    desk.remove(0)
    expect(desk.all.map(desk.reason)).toEqual(['target-gone', 'place-gone'])
    expect(desk.anew(inserted, 0, 3)).toEqual({ amendment: inserted })
    expect(desk.anew(moved, 1, 0)).toEqual({ refused: 'no-such-unit' })
    expect(desk.anew(moved, 0, 0)).toEqual({ amendment: moved })
    expect(desk.all.map(({ about }) => about)).toMatchObject([{ target: desk.unit(0).id }, { after: desk.unit(0).id, parent: '' }])
    expect(desk.all.map(desk.reason)).toEqual([null, null])
  })

  it('RV6 brackets are set around the words that are selected', () => {
    const desk = new Desk()
    const id = beginAmendment(desk.side, { kind: 'bracket', target: desk.unit(0).id, verb: 'reserve' })
    addCuts(desk.side, id, desk.shared, desk.unit(0), 10, 16)
    desk.erase(0, 9, 17)
    expect(desk.reason(desk.all[0]!)).toBe('words-gone')
    expect(desk.anew(id, 0, 4)).toEqual({ refused: 'nothing-selected' })
    expect(desk.anew(id, 0, 6, 9)).toEqual({ amendment: id })
    expect(desk.reason(desk.all[0]!)).toBeNull()
    const elsewhere = beginAmendment(desk.side, { kind: 'bracket', target: desk.unit(1).id, verb: 'retain' })
    addCuts(desk.side, elsewhere, desk.shared, desk.unit(1), 0, 7)
    desk.remove(1)
    const { amendment } = desk.anew(elsewhere, 1, 0, 7) as { amendment: string }
    expect(desk.all.find((one) => one.id === amendment)?.about).toEqual({ kind: 'bracket', target: desk.unit(1).id, verb: 'retain' })
    expect(desk.all).toHaveLength(2)
  })

  it('RV6 what only struck words needs words to strike', () => {
    const desk = new Desk()
    const id = desk.modify(0, 10, 16, '')
    desk.erase(0, 10, 16)
    expect(desk.anew(id, 0, 4)).toEqual({ refused: 'nothing-selected' })
    expect(desk.all.map(desk.reason)).toEqual(['words-gone'])
  })

  it('RV6 what stood in several places comes to one, and no more of it than one amendment holds', () => {
    const desk = new Desk()
    const id = desk.modify(0, 6, 9, 'nearly all')
    addHunk(desk.side, id, desk.anchor(0, 16), 'and peoples')
    desk.remove(0)
    const there = desk.modify(0, 0, 7, '')
    for (let parts = 1; parts < limits.amendmentPartsMax - 1; parts++) addHunk(desk.side, there, desk.anchor(0, 7), 'x')
    expect(desk.anew(id, 0, 20)).toEqual({ refused: 'too-many-parts' })
    expect(allWords(desk.side)).toContain('nearly all|and peoples')
    const { amendment } = desk.anew(id, 1, 7) as { amendment: string }
    expect(desk.shown(1, amendment)).toBe('Decides{nearly all and peoples} to meet')
  })

  it('RV5 what has its place is left there', () => {
    const desk = new Desk()
    const id = desk.modify(0, 10, 16, 'Members')
    expect(desk.anew(id, 1, 0)).toEqual({ refused: 'already-so' })
    expect(desk.shown(0, id)).toBe('Urges all [States]{Members} to act now')
  })

  it('RV7 a join, and a move of a paragraph that is gone, are not to be placed', () => {
    const desk = new Desk()
    const join = desk.begin({ kind: 'join', target: desk.unit(0).id, with: desk.unit(1).id })
    const move = desk.begin({ kind: 'move', target: desk.unit(1).id, parent: '', after: '' })
    const view = read(desk.shared)
    moveUnit(desk.shared, view, desk.unit(2), { parent: null, after: desk.unit(0).id })
    expect(desk.anew(join, 1, 0)).toEqual({ refused: 'not-to-place' })
    desk.remove(2)
    expect(desk.anew(move, 1, 0)).toEqual({ refused: 'not-to-place' })
    expect(desk.all).toHaveLength(2)
  })
})
