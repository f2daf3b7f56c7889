import { describe, expect, it } from 'vitest'
import { TestRoom } from '../client/support.ts'
import { coverageIn, speaksTo, tagging } from '../../../client/room/themes.ts'
import { everything, isNarrow, passes } from '../../../client/room/filter.ts'
import { foldThemes } from '../../../shared/record/themes.ts'
import type { Themes } from '../../../shared/record/themes.ts'
import { coverageOf, handFor } from '../../../shared/text/coverage.ts'
import type { Coverage, Mark } from '../../../shared/text/coverage.ts'
import { coverageSheet } from '../../../shared/text/coverage-sheet.ts'
import { plainSheet } from '../../../shared/text/origins-sheet.ts'
import type { ThemeHits } from '../../../shared/wire/sources.ts'
import type { JsonValue } from '../../../shared/wire/json.ts'

/** Lamps, ships, children, as the record would name them; `tags`: [about, theme, carries]. */
function themesWith(...tags: readonly (readonly [about: Record<string, string>, theme: number, carries: boolean | null])[]): Themes {
  const named = { themes: [{ theme: 1, name: 'Lamps', words: ['lamp*', 'light'] }, { theme: 2, name: 'Ships', words: ['ship*'] }, { theme: 3, name: 'Children', words: ['child*'] }] }
  const rows: [string, JsonValue][] = [['name-themes', named], ...tags.map(([about, theme, carries]): [string, JsonValue] => ['tag-theme', { ...about, theme, carries }])]
  return foldThemes(rows.map(([kind, body], at) => ({ seq: at + 1, atMs: 1_000 * at, kind, body: { hat: { delegation: 'japan' }, body } })))
}

/** As the EU's, put forward. */
const propose = (room: TestRoom, unit: number, struck: string, put: string): string => room.publish(room.change(room.shared, unit, struck, put))

const mark = ({ carries, tag, found }: Mark): string => (tag === null ? (carries ? found.join('+') : '') : carries ? 'by hand' : 'taken off')
const table = ({ units }: Coverage): unknown => units.map(({ unit, marks, amendments }) => [unit.number, marks.map(mark), amendments.map((one) => one.marks.map(mark))])
const totals = ({ totals: all }: Coverage): unknown => all.map(({ theme, units, amendments }) => [theme.name, units, amendments])

describe('the coverage', () => {
  it('TM5 has a row for each paragraph and each open amendment beside it, by the words that this would put in; and tells the themes on which the draft is silent', () => {
    const room = new TestRoom()
    const eu = propose(room, 0, 'harbour', 'harbour and on every ship')
    propose(room, 1, 'matter', 'state of children')
    const themes = themesWith()
    const coverage = coverageIn(room.view(), themes)
    expect(table(coverage)).toEqual([['OP1', ['lamp', '', ''], [['', 'ship', '']]], ['OP2', ['', '', ''], [['', '', 'children']]]])
    expect(totals(coverage)).toEqual([['Lamps', 1, 0], ['Ships', 0, 1], ['Children', 0, 1]])
    expect(coverage.silent.map(({ theme }) => theme.name)).toEqual(['Ships', 'Children'])
    room.publish(eu, { status: 'withdrawn' })
    expect(totals(coverageIn(room.view(), themes))).toEqual([['Lamps', 1, 0], ['Ships', 0, 0], ['Children', 0, 1]])
  })

  it('TM4 what is said by hand goes before the words, of paragraphs and of amendments, until it is taken back', () => {
    const room = new TestRoom()
    const unit = room.unit(0).id
    const amendment = propose(room, 1, 'matter', 'state of children')
    const coverage = coverageIn(room.view(), themesWith([{ unit }, 1, false], [{ unit }, 2, true], [{ amendment }, 3, false], [{ amendment }, 1, true]))
    expect(table(coverage)).toEqual([['OP1', ['taken off', 'by hand', ''], []], ['OP2', ['', '', ''], [['by hand', '', 'taken off']]]])
    expect(coverage.silent.map(({ theme }) => theme.name)).toEqual(['Lamps', 'Children'])
    expect(coverage.units[0]!.marks[1]!.tag).toMatchObject({ by: 'japan', atMs: 2_000 })
    expect(table(coverageIn(room.view(), themesWith([{ unit }, 1, false], [{ unit }, 1, null])))).toEqual([['OP1', ['lamp', '', ''], []], ['OP2', ['', '', ''], [['', '', 'children']]]])
  })

  it('TM4 where the words say so by themselves, nothing is said by hand', () => {
    const { units } = coverageIn(new TestRoom().view(), themesWith())
    const [lamps, ships] = units[0]!.marks as [Mark, Mark]
    expect([handFor(lamps, true), handFor(lamps, false), handFor(ships, true), handFor(ships, false)]).toEqual([null, false, true, null])
    expect(tagging({ kind: 'unit', unit: 'u' }, ships, true)).toEqual({ command: 'tag-theme', about: { kind: 'unit', unit: 'u' }, theme: 2, carries: true })
  })

  it('TM8 the proposals on the page are those that speak to the chosen theme', () => {
    const room = new TestRoom()
    propose(room, 0, 'harbour', 'harbour and on every ship')
    propose(room, 1, 'matter', 'state of children')
    const themes = themesWith()
    const cards = room.view().published
    const shown = (theme: number | null) => cards.filter((card) => passes({ ...everything, theme }, card, themes)).map((card) => card.unit?.number)
    expect([shown(null), shown(1), shown(2), shown(3), shown(4)]).toEqual([['OP1', 'OP2'], [], ['OP1'], ['OP2'], []])
    expect([isNarrow(everything), isNarrow({ ...everything, theme: 2 })]).toEqual([false, true])
    expect(speaksTo(themesWith([{ amendment: cards[0]!.id }, 3, true]), cards[0]!, 3)).toBe(true)
  })

  it('TM5 an amendment whose paragraph is gone, or no paragraph of the table, stands behind the others; no theme and no text make an empty table', () => {
    const room = new TestRoom()
    propose(room, 0, 'harbour', 'ship')
    const view = room.view()
    const amendment = view.published[0]!.amendment
    for (const unit of [null, 'gone']) expect(coverageOf(themesWith(), view.text.units, [{ amendment, unit }]).others.map(({ marks }) => marks.map(mark))).toEqual([['', 'ship', '']])
    expect(coverageOf(foldThemes([]), view.text.units, [])).toMatchObject({ totals: [], silent: [] })
    expect(coverageOf(themesWith(), [], [])).toMatchObject({ units: [], others: [], silent: [{ units: 0 }, { units: 0 }, { units: 0 }] })
  })

  it('TM7 on paper it goes theme by theme: who speaks to it and by what, and what the library has where the draft is silent', () => {
    const room = new TestRoom()
    propose(room, 0, 'harbour', 'harbour and on every ship')
    const view = room.view()
    const inSources: ThemeHits[] = [{ theme: 3, more: true, hits: [{ source: 1, symbol: 'A/RES/64/293', title: 'T', year: 2010, paragraph: 4, kind: 'op', number: 'OP3', words: `Protects children ${'x'.repeat(200)}`, found: ['children'] }] }]
    const source = { title: 'Lamps', language: 'en', delegations: view.delegations, states: new Map(view.published.map(({ id, state }) => [id, state])), inSources }
    const printed = coverageSheet({ ...source, coverage: coverageIn(view, themesWith([{ unit: room.unit(1).id }, 1, true])) })
    expect(printed.remarks[0]).toBe('No paragraph of the draft speaks to: Ships; Children.')
    const lines = plainSheet(printed).split('\n').filter((line) => line !== '')
    expect(lines.slice(3)).toEqual([
      'Lamps: 2 paragraphs, 0 open proposals',
      'OP1  [lamp]', '    Urges all States to keep every lamp in the harbour burning through the whole of the night;',
      'OP2  [by hand: Japan]', '    Decides to remain seized of the matter.',
      'Ships: 0 paragraphs, 1 open proposal',
      'OP1  Proposed by EU [ship]',
      'Children: 0 paragraphs, 0 open proposals',
      'A/RES/64/293 (2010)  OP3 [children]', `    Protects children ${'x'.repeat(160 - 'Protects children '.length)}…`, '    There are more in the library.',
    ])
    expect(coverageSheet({ ...source, coverage: coverageIn(view, foldThemes([])) })).toMatchObject({ remarks: ['No theme has been named.'], blocks: [] })
  })
})
