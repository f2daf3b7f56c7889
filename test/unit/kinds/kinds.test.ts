import { describe, expect, it } from 'vitest'
import { amendmentKinds, isAbout, isPlace } from '../../../shared/model/about.ts'
import { isEmpty, putElsewhere, readAmendments } from '../../../shared/model/amendments.ts'
import { readPublished } from '../../../shared/model/decisions.ts'
import { openHistory } from '../../../shared/model/history.ts'
import type { About } from '../../../shared/model/layout.ts'
import { stateOf, textsOf } from '../../../shared/model/layout.ts'
import { insertNote, joinUnits, placeIn, replaceWords, splitUnit, valueOf } from '../../../shared/model/operations.ts'
import { canonicalForm } from '../../../shared/lifecycle/freeze.ts'
import { digestOfUnit } from '../../../shared/lifecycle/digests.ts'
import { exportText } from '../../../shared/convert/exportText.ts'
import { standingOf } from '../../../shared/model/grounds.ts'
import { faultOf } from '../../../shared/model/recheck.ts'
import { scanText } from '../../../shared/model/texts.ts'
import { asIf } from '../../../shared/text/compile.ts'
import { beginAmendment } from '../../../shared/model/amendments.ts'
import { page, read, sideDoc } from '../model/support.ts'
import { Floor } from './support.ts'

const lists = `
  title On lamps
  heading Light
  op Urges States:
    sub to light lamps;
    sub to trim wicks;
  heading Oil
  op Requests a report;
  op Decides to meet again.`

describe('what each kind is about', () => {
  const at = [7, 1, -1] as const
  const abouts: About[] = [
    { kind: 'modify', target: 'a-1' }, { kind: 'delete', target: 'a-1' }, { kind: 'replace', target: 'a-1' },
    { kind: 'insert', target: '', unitKind: 'op', inside: false }, { kind: 'placeholder', target: 'a-1', unitKind: 'op', inside: true },
    { kind: 'move', target: 'a-1', parent: '', after: 'b-2' }, { kind: 'split', target: 'a-1', at }, { kind: 'join', target: 'a-1', with: 'b-2' },
    { kind: 'bracket', target: 'a-1', verb: 'reserve' }, { kind: 'note', target: 'a-1', at },
  ]

  it('KI1 is of one form for each kind, and nothing goes after, beneath or onto itself', () => {
    expect(abouts.map(({ kind }) => kind).sort()).toEqual([...amendmentKinds].sort())
    expect(abouts.filter((about) => !isAbout(about))).toEqual([])
    for (const about of abouts) {
      expect(isAbout({ ...about, more: 1 })).toBe(false)
      for (const key of Object.keys(about)) {
        expect(isAbout(Object.fromEntries(Object.entries(about).filter(([name]) => name !== key)))).toBe(false)
        expect(isAbout({ ...about, [key]: 7 })).toBe(false)
      }
    }
    const move = { kind: 'move', target: 'a-1', parent: '', after: '' }
    expect([{ ...move, parent: 'a-1' }, { ...move, after: 'a-1' }, { kind: 'join', target: 'a-1', with: 'a-1' }, { kind: 'bracket', target: 'a-1', verb: 'delete' }].filter(isAbout)).toEqual([])
    expect([{ target: '', inside: true }, { parent: '', after: 'a-1' }].every(isPlace)).toBe(true)
    expect([null, {}, { target: 'a-1' }, { parent: 'a-1', after: 'x' }, { target: 'a-1', inside: true, kind: 'insert' }].filter(isPlace)).toEqual([])
  })

  it('KI1 a move, a split, a join, a deletion and a placeholder are something at once, the others with their first word or range', () => {
    const side = sideDoc(5)
    const ids = abouts.map((about) => beginAmendment(side, about))
    const empty = ids.filter((id) => isEmpty(readPublished(side, id)!)).map((id) => readPublished(side, id)!.about.kind)
    expect(empty).toEqual(['modify', 'replace', 'insert', 'bracket', 'note'])
  })

  it('KI8 the place of a new paragraph and of a move can be written anew; one that does not fit counts for nothing', () => {
    const side = sideDoc(5)
    const id = beginAmendment(side, { kind: 'insert', target: 'a-1', unitKind: 'op', inside: false })
    putElsewhere(side, id, { target: 'b-2', inside: true })
    expect(readPublished(side, id)!.about).toEqual({ kind: 'insert', target: 'b-2', unitKind: 'op', inside: true })
    putElsewhere(side, id, { parent: 'b-2', after: '' })
    expect(readPublished(side, id)!.about).toMatchObject({ target: 'a-1', inside: false })
  })
})

describe('incorporating', () => {
  it('KI2 a move takes the paragraph to another list, beneath another and to another heading, as what stands there', () => {
    const floor = new Floor(lists)
    const sub = floor.unit('to trim')
    expect(floor.decide(floor.put(floor.begin({ kind: 'move', target: sub.id, parent: '', after: floor.unit('Requests').id })))).toBeNull()
    expect(floor.decide(floor.put(floor.begin({ kind: 'move', target: floor.unit('Decides').id, parent: floor.unit('Urges').id, after: '' })))).toBeNull()
    expect(page(floor.shared)).toEqual([
      'title On lamps', 'heading Light', 'op Urges States:', '  sub Decides to meet again.', '  sub to light lamps;', 'heading Oil', 'op Requests a report;', 'op to trim wicks;',
    ])
  })

  it('KI2 sub-paragraphs go along, and nothing is moved beneath itself or to a place that is gone', () => {
    const floor = new Floor(lists)
    const urges = floor.unit('Urges')
    const beneath = floor.put(floor.begin({ kind: 'move', target: urges.id, parent: floor.unit('to light').id, after: '' }))
    expect(floor.decide(beneath)).toBe('beneath-itself')
    const after = floor.put(floor.begin({ kind: 'move', target: floor.unit('Requests').id, parent: '', after: floor.unit('Decides').id }))
    floor.decide(floor.put(floor.begin({ kind: 'delete', target: floor.unit('Decides').id })))
    expect(floor.recheck(after)).toBe('place-gone')
    expect(floor.decide(after)).toBe('place-gone')
    floor.decide(floor.put(floor.begin({ kind: 'move', target: urges.id, parent: '', after: floor.unit('Requests').id })))
    expect(page(floor.shared).slice(4, 7)).toEqual(['op Urges States:', '  sub to light lamps;', '  sub to trim wicks;'])
  })

  it('KI2 nothing comes to stand deeper than the eighth level, where it would be shown elsewhere than it was proposed', () => {
    const levels = ['one', 'two', 'three', 'four', 'five', 'six', 'seven', 'eight'].map((words, depth) => `\n  ${'  '.repeat(depth)}${depth === 0 ? 'op' : 'sub'} ${words}`)
    const floor = new Floor(`${levels.join('')}\n  op nine\n    sub ten`)
    const before = page(floor.shared)
    const [seven, eight, nine] = ['seven', 'eight', 'nine'].map((words) => floor.unit(words).id)
    const outer = floor.put(floor.begin({ kind: 'insert', target: seven!, unitKind: 'sub', inside: true }, 'new'))
    const deep: About[] = [
      { kind: 'insert', target: eight!, unitKind: 'sub', inside: true },
      { kind: 'placeholder', target: outer, unitKind: 'sub', inside: true },
      { kind: 'move', target: nine!, parent: seven!, after: '' },
      { kind: 'move', target: nine!, parent: seven!, after: eight! },
      { kind: 'move', target: outer, parent: eight!, after: '' },
      { kind: 'join', target: eight!, with: nine! },
    ]
    expect(deep.map((about) => floor.decide(floor.put(floor.begin(about, 'words'))))).toEqual(deep.map(() => 'too-deep'))
    expect(page(floor.shared)).toEqual(before)
    expect(floor.decide(floor.put(floor.begin({ kind: 'move', target: nine!, parent: floor.unit('six').id, after: '' })))).toBeNull()
    expect(floor.decide(outer)).toBeNull()
    expect(read(floor.shared).units.filter(({ depth }) => depth === 7).map(({ words }) => words)).toEqual(['ten', 'new', 'eight'])
  })

  it('KI2 a new paragraph does not stand on one that is itself proposed on it', () => {
    const floor = new Floor(lists)
    const about = { kind: 'insert', target: floor.unit('Decides').id, unitKind: 'op', inside: false } as const
    const first = floor.put(floor.begin(about, 'First;'))
    const second = floor.put(floor.begin({ ...about, target: first }, 'Second;'))
    putElsewhere(floor.side, first, { target: second, inside: false })
    expect(faultOf(floor.shared, read(floor.shared), readPublished(floor.side, first)!, scanText)).toBe('beneath-itself')
    expect(faultOf(floor.shared, read(floor.shared), readPublished(floor.shared, second)!, scanText)).toBeNull()
  })

  it('KI3 a split parts the paragraph without copying a word, and a join puts two together with a space between', () => {
    const floor = new Floor(lists)
    const unit = floor.unit('Requests')
    const letters = textsOf(floor.shared).get(unit.id)!.toString()
    expect(floor.decide(floor.put(floor.begin({ kind: 'split', target: unit.id, at: floor.behind(unit, 'Requests ') })))).toBeNull()
    expect(page(floor.shared).slice(-3)).toEqual(['op Requests ', 'op a report;', 'op Decides to meet again.'])
    expect(textsOf(floor.shared).get(unit.id)!.toString()).toBe(letters)
    expect(floor.decide(floor.put(floor.begin({ kind: 'join', target: floor.unit('a report').id, with: floor.unit('Decides').id })))).toBeNull()
    expect(page(floor.shared).at(-1)).toBe('op a report; Decides to meet again.')
  })

  it('KI3 a split of what is no longer there, and a join of what is no longer next, say so', () => {
    const floor = new Floor(lists)
    const requests = floor.unit('Requests')
    const split = floor.put(floor.begin({ kind: 'split', target: requests.id, at: floor.behind(requests, 'Requests ') }))
    const join = floor.put(floor.begin({ kind: 'join', target: floor.unit('to trim').id, with: floor.unit('Decides').id }))
    replaceWords(floor.shared, requests, 0, 'Requests '.length, '')
    expect([floor.decide(split), floor.decide(join)]).toEqual(['words-gone', 'not-next'])
    expect(page(floor.shared)).toHaveLength(8)
  })

  it('KI4 what was proposed on a paragraph that is joined to another goes on in that; a deletion of it as a whole does not', () => {
    const floor = new Floor(lists)
    const decides = floor.unit('Decides')
    const other = floor.beside(6)
    const words = other.begin({ kind: 'modify', target: decides.id })
    other.cut(words, decides, ' again').put(words)
    const whole = other.put(other.begin({ kind: 'delete', target: decides.id }))
    floor.decide(floor.put(floor.begin({ kind: 'join', target: floor.unit('Requests').id, with: decides.id })))
    expect([floor.recheck(words), floor.recheck(whole)]).toEqual([null, 'target-gone'])
    expect([other.decide(words), other.decide(whole)]).toEqual([null, 'target-gone'])
    expect(page(floor.shared).at(-1)).toBe('op Requests a report; Decides to meet.')
  })

  it('KI4 what was proposed on both sides of a split is shown, and incorporated, in both halves', () => {
    const floor = new Floor(lists)
    const unit = floor.unit('Requests')
    const other = floor.beside(6)
    const words = other.begin({ kind: 'modify', target: unit.id })
    other.cut(words, unit, 'sts a rep').hunk(words, other.behind(unit, 'report'), ' in writing').hunk(words, other.behind(unit, 'Requ'), '!').put(words)
    floor.decide(floor.put(floor.begin({ kind: 'split', target: unit.id, at: floor.behind(unit, 'Requests ') })))
    const amendment = readPublished(floor.shared, words)!
    expect(standingOf(floor.shared, read(floor.shared), amendment, scanText).on.map(({ unit: half, placed }) => asIf(half.atoms, [placed]))).toEqual(['Requ!e', 'ort in writing;'])
    expect(floor.recheck(words)).toBeNull()
    expect(other.decide(words)).toBeNull()
    expect(page(floor.shared).slice(-3, -1)).toEqual(['op Requ!e', 'op ort in writing;'])
  })

  it('KI5 brackets stand in the base by whom they were asked for, nest, move with their words and are part of what is seen', () => {
    const floor = new Floor(lists)
    const unit = floor.unit('Urges')
    const seen = digestOfUnit(unit)
    for (const [words, verb] of [['Urges States', 'reserve'], ['States', 'retain']] as const) {
      const id = floor.begin({ kind: 'bracket', target: unit.id, verb })
      floor.cut(id, unit, words)
      expect(floor.decide(floor.put(id))).toBeNull()
    }
    const spans = (): string[] => floor.unit('').brackets.map(({ from, to }) => floor.unit('').atoms.slice(from, to))
    expect(floor.unit('Urges').brackets.map(({ from, to, by }) => [floor.unit('Urges').atoms.slice(from, to), by])).toEqual([['Urges States', ['eu']], ['States', ['eu']]])
    expect(digestOfUnit(floor.unit('Urges'))).not.toBe(seen)
    replaceWords(floor.shared, floor.unit('Urges'), 6, 6, 'all ')
    splitUnit(floor.shared, read(floor.shared), floor.unit('Urges'), 6)
    expect(floor.unit('Urges ').brackets).toHaveLength(1)
    expect(floor.unit('all').brackets.map(({ from, to }) => floor.unit('all').atoms.slice(from, to))).toEqual(['all States', 'States'])
    joinUnits(floor.shared, read(floor.shared), floor.unit('Urges '), floor.unit('all'))
    replaceWords(floor.shared, floor.unit('Urges'), 0, floor.unit('Urges').atoms.length, '')
    expect(spans()).toEqual([])
  })

  it('KI5 the text, its export and the canonical form show square brackets, with footnotes in their places', () => {
    const floor = new Floor('op Urges all States;\nop Decides.')
    insertNote(floor.shared, floor.unit('Urges'), 5, 'See A.')
    const unit = floor.unit('Urges')
    const id = floor.begin({ kind: 'bracket', target: unit.id, verb: 'bracket' })
    floor.decide(floor.cut(id, unit, 'all').put(id))
    const value = valueOf(read(floor.shared), 'en')
    expect(value.units.map((one) => one.brackets)).toEqual([[{ from: 6, to: 9 }], undefined])
    expect(exportText(value).split('\n')[0]).toBe('1. Urges[1] [all] States;')
    const form = new TextDecoder().decode(canonicalForm({ draft: 'd', symbol: '', title: '', language: 'en', version: 1, atMs: 0, keyId: '', previous: null, recordHead: null, resolution: value as never, sponsors: [] }).bytes)
    expect(form).toContain('"brackets":[{"from":6,"to":9}]')
  })

  it('KI5 brackets whose words are gone are told apart', () => {
    const floor = new Floor(lists)
    const unit = floor.unit('Urges')
    const id = floor.begin({ kind: 'bracket', target: unit.id, verb: 'reserve' })
    floor.cut(id, unit, 'States').put(id)
    replaceWords(floor.shared, unit, 6, 12, '')
    expect(floor.decide(id)).toBe('words-gone')
  })

  it('KI6 a placeholder becomes a paragraph in brackets that says what is to come, words or none', () => {
    const floor = new Floor('op Urges;\nop Decides.')
    const after = floor.unit('Urges').id
    floor.decide(floor.put(floor.begin({ kind: 'placeholder', target: after, unitKind: 'op', inside: false }, 'finance')))
    floor.decide(floor.put(floor.begin({ kind: 'placeholder', target: after, unitKind: 'op', inside: true })))
    expect(page(floor.shared)).toEqual(['op Urges;', '  sub ', 'op finance', 'op Decides.'])
    expect(read(floor.shared).units.map((unit) => unit.brackets.map(({ placeholder }) => placeholder))).toEqual([[], [true], [true], []])
    expect(exportText(valueOf(read(floor.shared), 'en')).split('\n\n')).toEqual(['1. Urges;', '    (a) [placeholder]', '2. [placeholder: finance]', '3. Decides.\n'])
    replaceWords(floor.shared, floor.unit('finance'), 0, 7, 'Invites donors;')
    expect(floor.unit('Invites').brackets.map(({ from, to }) => [from, to])).toEqual([[0, 15]])
  })

  it('KI6 a placeholder that is merged into a paragraph has lost its brackets, also where the two are parted again', () => {
    const floor = new Floor('op Urges;\nop Decides.')
    const urges = floor.unit('Urges')
    floor.decide(floor.put(floor.begin({ kind: 'placeholder', target: urges.id, unitKind: 'op', inside: false }, 'finance')))
    floor.decide(floor.put(floor.begin({ kind: 'join', target: urges.id, with: floor.unit('finance').id })))
    floor.decide(floor.put(floor.begin({ kind: 'split', target: urges.id, at: floor.behind(floor.unit('Urges'), 'Urges; ') })))
    expect(page(floor.shared)).toEqual(['op Urges; ', 'op finance', 'op Decides.'])
    expect(read(floor.shared).units.flatMap(({ brackets }) => brackets)).toEqual([])
  })

  it('KI7 a footnote is put at its place; its words are amended like others; a cut of its mark takes it along', () => {
    const floor = new Floor('op Urges all States;\nop Decides.')
    const unit = floor.unit('Urges')
    floor.decide(floor.put(floor.begin({ kind: 'note', target: unit.id, at: floor.behind(unit, 'all') }, 'See resolution A.')))
    expect(page(floor.shared)[0]).toBe('op Urges all[See resolution A.] States;')
    const [note] = floor.unit('Urges').notes
    const words = floor.begin({ kind: 'modify', target: note!.id })
    const ground = standingOf(floor.shared, read(floor.shared), readPublished(floor.side, words)!, scanText).on[0]!.unit
    floor.cut(words, ground, 'A').hunk(words, floor.behind(ground, 'A'), 'B').put(words)
    const later = floor.put(floor.begin({ kind: 'modify', target: note!.id }))
    expect(floor.decide(words)).toBeNull()
    expect(page(floor.shared)[0]).toBe('op Urges all[See resolution B.] States;')
    const cut = floor.begin({ kind: 'modify', target: unit.id })
    floor.cut(cut, floor.unit('Urges'), '\uFFFC').put(cut)
    floor.decide(cut)
    expect(page(floor.shared)[0]).toBe('op Urges all States;')
    expect(floor.recheck(later)).toBe('target-gone')
  })

  it('KI8 a new sub-paragraph comes beneath, and new paragraphs after one keep the order of bis and ter whichever is decided first', () => {
    for (const order of [[0, 1, 2], [2, 1, 0], [1, 2, 0]]) {
      const floor = new Floor('op Urges:\nop Decides.')
      const target = floor.unit('Urges').id
      const ids = ['bis;', 'ter;', 'quater;'].map((words) => floor.put(floor.begin({ kind: 'insert', target, unitKind: 'op', inside: false }, words)))
      const sub = floor.put(floor.begin({ kind: 'insert', target, unitKind: 'op', inside: true }, 'beneath;'))
      for (const id of [...order.map((index) => ids[index]!), sub]) expect(floor.decide(id)).toBeNull()
      expect(page(floor.shared)).toEqual(['op Urges:', '  sub beneath;', 'op bis;', 'op ter;', 'op quater;', 'op Decides.'])
    }
  })

  it('KI13 the title, headings, the organ line and paragraphs of an annex take every kind that makes sense there', () => {
    const floor = new Floor('title On lamps\norgan The General Assembly, Recalling\nheading Light\nop Urges.\nannex Annex\npara One\npara Two')
    const organ = floor.unit('The General')
    const run = (about: About, words = ''): string | null => floor.decide(floor.put(floor.begin(about, words)))
    expect(run({ kind: 'replace', target: floor.unit('On lamps').id }, 'On light')).toBeNull()
    expect(run({ kind: 'split', target: organ.id, at: floor.behind(organ, 'Assembly, ') })).toBeNull()
    expect(run({ kind: 'join', target: floor.unit('One').id, with: floor.unit('Two').id })).toBeNull()
    expect(run({ kind: 'note', target: floor.unit('Light').id, at: floor.behind(floor.unit('Light'), 'Light') }, 'See A.')).toBeNull()
    expect(run({ kind: 'move', target: floor.unit('Light').id, parent: '', after: floor.unit('Urges').id })).toBeNull()
    expect(run({ kind: 'insert', target: floor.unit('One').id, unitKind: 'para', inside: true }, 'beneath')).toBeNull()
    expect(page(floor.shared)).toEqual([
      'title On light', 'organ The General Assembly, ', 'pp Recalling', 'op Urges.', 'heading Light[See A.]', 'annex Annex', 'para One Two', '  sub beneath',
    ])
  })
})

describe('an amendment on another’s new paragraph', () => {
  const scene = (): { eu: Floor; japan: Floor; outer: string; put: string; still: string } => {
    const eu = new Floor('op Urges;\nop Decides.')
    const outer = eu.put(eu.begin({ kind: 'insert', target: eu.unit('Urges').id, unitKind: 'op', inside: false }, 'Invites all States to act;'))
    const japan = eu.beside(6)
    const put = japan.begin({ kind: 'modify', target: outer })
    const ground = standingOf(eu.shared, read(eu.shared), readPublished(japan.side, put)!, scanText).on[0]!.unit
    japan.cut(put, ground, 'all ').hunk(put, japan.within(outer, 'act'), ' now').put(put)
    const still = japan.begin({ kind: 'modify', target: outer })
    japan.hunk(still, japan.within(outer, 'Invites'), ' again')
    return { eu, japan, outer, put, still }
  }

  it('KI9 follows into the unit that it becomes, published or private, and waits until then', () => {
    const { eu, japan, outer, put, still } = scene()
    expect(japan.decide(put)).toBe('nowhere')
    expect(page(eu.shared)).toHaveLength(2)
    expect(eu.decide(outer)).toBeNull()
    expect(eu.recheck(put)).toBeNull()
    replaceWords(eu.shared, eu.unit('Invites'), 0, 0, 'Also ')
    expect(japan.decide(put)).toBeNull()
    expect(page(eu.shared)[1]).toBe('op Also Invites States to act now;')
    const { on } = standingOf(eu.shared, read(eu.shared), readPublished(japan.side, still)!, scanText)
    expect(on.map(({ unit, placed }) => asIf(unit.atoms, [placed]))).toEqual(['Also Invites again States to act now;'])
  })

  it('KI9 also on an alternative, whose words are partly those of the base', () => {
    const eu = new Floor('op Urges all States;\nop Decides.')
    const outer = eu.put(eu.begin({ kind: 'replace', target: eu.unit('Urges').id }, 'Urges most States to act;'))
    const japan = eu.beside(6)
    const on = japan.begin({ kind: 'modify', target: outer })
    const ground = standingOf(eu.shared, read(eu.shared), readPublished(japan.side, on)!, scanText).on[0]!.unit
    japan.cut(on, ground, 'Urges most').hunk(on, japan.within(outer, 'most'), 'Asks some').hunk(on, japan.within(outer, 'act'), '!').put(on)
    expect(eu.decide(outer)).toBeNull()
    expect(eu.recheck(on)).toBeNull()
    expect(japan.decide(on)).toBeNull()
    expect(page(eu.shared)[0]).toBe('op Asks some States to act!;')
  })

  it('KI9 a new paragraph after, and a sub-paragraph beneath, one that is only proposed follow it', () => {
    const { eu, japan, outer } = scene()
    const after = japan.put(japan.begin({ kind: 'insert', target: outer, unitKind: 'op', inside: false }, 'after'))
    const beneath = japan.put(japan.begin({ kind: 'insert', target: outer, unitKind: 'sub', inside: true }, 'beneath'))
    expect([japan.decide(after), japan.decide(beneath)]).toEqual(['nowhere', 'nowhere'])
    eu.decide(outer)
    expect([japan.decide(after), japan.decide(beneath)]).toEqual([null, null])
    expect(page(eu.shared)).toEqual(['op Urges;', 'op Invites all States to act;', '  sub beneath', 'op after', 'op Decides.'])
  })

  it('KI10 is marked and kept when the paragraph is decided otherwise', () => {
    for (const status of ['not-reflected', 'withdrawn'] as const) {
      const { eu, japan, outer, put } = scene()
      eu.close(outer, status)
      expect([eu.recheck(put), japan.decide(put)]).toEqual(['target-gone', 'target-gone'])
      expect(readAmendments(japan.side)).toHaveLength(2)
    }
  })

  it('KI9 words that a later decision writes between those of its cut are not struck by it', () => {
    const { eu, japan, outer } = scene()
    const cut = japan.begin({ kind: 'modify', target: outer })
    const ground = standingOf(eu.shared, read(eu.shared), readPublished(japan.side, cut)!, scanText).on[0]!.unit
    japan.cut(cut, ground, 'all States').put(cut)
    eu.decide(outer)
    const kenya = eu.beside(8)
    const words = kenya.begin({ kind: 'modify', target: eu.unit('Invites').id })
    kenya.hunk(words, kenya.behind(eu.unit('Invites'), 'all'), ' other').put(words)
    kenya.decide(words)
    japan.decide(cut)
    expect(page(eu.shared)[1]).toBe('op Invites other to act;')
  })
})

describe('undo', () => {
  it('KI14 takes a proposal that needs no word off the page, and redo puts it there again; a colleague’s words keep it', () => {
    const side = sideDoc(5)
    const origin = Symbol('mine')
    const history = openHistory([side], { origins: new Set([origin]), now: () => 0 })
    const id = beginAmendment(side, { kind: 'move', target: 'a-1', parent: '', after: '' }, origin)
    const dropped = (): boolean => readPublished(side, id)!.dropped
    expect([history.undo(), dropped(), history.redo(), dropped()]).toEqual([true, true, true, false])
    putElsewhere(side, id, { parent: 'b-2', after: '' }, origin)
    history.undo()
    expect(readPublished(side, id)!.about).toMatchObject({ parent: '' })
    const note = beginAmendment(side, { kind: 'note', target: 'a-1', at: [7, 1, -1] }, origin)
    const floor = { words: (doc = side) => (doc.getMap('amendments').get(note) as { get(key: string): { insert(at: number, words: string): void } }).get('proposal') }
    floor.words().insert(0, 'hers')
    history.undo()
    expect(readPublished(side, note)!.dropped).toBe(false)
  })
})

it('KI5 what the state holds under a bracket that is none is passed over', () => {
  const floor = new Floor('op Urges;')
  for (const [index, junk] of [null, 1, {}, { by: 'x', ranges: [], unit: '' }, { by: [], ranges: [1], unit: '' }, { by: ['eu'], ranges: [[[9, 9, 0], [9, 9, -1]]], unit: 'x' }].entries()) {
    stateOf(floor.shared).set(`bracket:a-${index}`, junk)
  }
  expect(read(floor.shared).units.map((unit) => unit.brackets)).toEqual([[]])
  expect(placeIn(floor.unit('Urges'), 3)).not.toBeNull()
})
