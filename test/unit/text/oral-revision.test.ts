import { describe, expect, test } from 'vitest'
import { laidOut } from '../../../shared/text/laid-out.ts'
import { isOralChange, orallyRevised, wordedChange } from '../../../shared/text/oral-revision.ts'
import type { OralChange } from '../../../shared/text/oral-revision.ts'
import { valueOf } from '../../../shared/model/operations.ts'
import type { ResolutionValue, UnitValue } from '../../../shared/model/value.ts'
import { unitValue } from '../commands/support.ts'

const units: readonly UnitValue[] = [
  unitValue('title', 'Keeping the lamps'),
  unitValue('organ', 'The General Assembly,'),
  unitValue('pp', 'Recalling the lamps of all harbours,'),
  unitValue('op', 'Urges all States:', [unitValue('sub', 'To keep the lamps burning;'), unitValue('sub', 'To report;')]),
  { kind: 'op', words: 'Invites agencies to help;', notes: [{ at: 16, words: 'See resolution 70/1.' }], children: [] },
  unitValue('op', 'Requests a report every year;'),
  unitValue('op', 'Decides to remain seized of the matter.'),
]
const text: ResolutionValue = { language: 'en', units }
// In the order of the page: 0 title, 1 organ, 2 PP1, 3 OP1, 4 (a), 5 (b), 6 OP2, 7 OP3, 8 OP4

const replace = (unit: number, words: string, find: string, by: string): OralChange =>
  ({ kind: 'words', unit, note: null, edits: [{ from: words.indexOf(find), to: words.indexOf(find) + find.length, words: by }] })
const report = units[5]!.words

function revised(...changes: OralChange[]): { readonly sentences: readonly string[]; readonly lines: readonly string[] } {
  const done = orallyRevised(text, changes)
  if (!done.ok) throw new Error(`${done.fault} at ${done.at}`)
  const lines = (list: readonly UnitValue[]): string[] => list.flatMap((unit) => [`${unit.kind} ${unit.words}`, ...lines(unit.children)])
  return { sentences: done.sentences, lines: lines(done.value.units) }
}

const fault = (...changes: OralChange[]): string => {
  const done = orallyRevised(text, changes)
  return done.ok ? 'none' : `${done.fault} ${done.at}`
}

describe('an oral revision', () => {
  test('OR1 words changed, put in and taken out are said as the United Nations says them, and give the text as it then reads', () => {
    const { sentences, lines } = revised(replace(7, report, 'every year', 'every two years'), replace(4, 'To keep the lamps burning;', 'lamps', 'lamps and bells'))
    expect(sentences).toEqual([
      'In operative paragraph 3, replace the word “year” with the words “two years”.',
      'In subparagraph (a) of operative paragraph 1, after the word “lamps”, insert the words “and bells”.',
    ])
    expect(lines.slice(3, 8)).toEqual(['op Urges all States:', 'sub To keep the lamps and bells burning;', 'sub To report;', 'op Invites agencies to help;', 'op Requests a report every two years;'])
    expect(revised(replace(7, report, report, 'Asks nothing more.')).sentences).toEqual(['Replace operative paragraph 3 with the following: “Asks nothing more.”.'])
  })

  test('OR1 new paragraphs, deleted, moved, divided and merged ones', () => {
    expect(revised({ kind: 'new', after: 7, inside: false, unitKind: 'op', words: 'Calls for a conference;' }).sentences).toEqual([
      'After operative paragraph 3, insert a new operative paragraph reading: “Calls for a conference;”, and renumber the remaining paragraphs accordingly.',
    ])
    expect(revised({ kind: 'new', after: 3, inside: true, unitKind: 'op', words: 'To begin;' }).lines.slice(3, 6)).toEqual(['op Urges all States:', 'sub To begin;', 'sub To keep the lamps burning;'])
    expect(revised({ kind: 'new', after: null, inside: false, unitKind: 'front', words: 'Eighty-first session' }).lines[0]).toBe('front Eighty-first session')
    const gone = revised({ kind: 'delete', unit: 3 })
    expect(gone.sentences).toEqual([expect.stringMatching(/^Delete operative paragraph 1/)])
    expect(gone.lines).toHaveLength(6)
    const moved = revised({ kind: 'move', unit: 7, under: null, after: 2 })
    expect(moved.sentences).toEqual([expect.stringMatching(/^Move operative paragraph 3 to follow the (only |first )?preambular paragraph/)])
    expect(moved.lines.slice(2, 5)).toEqual(['pp Recalling the lamps of all harbours,', 'op Requests a report every year;', 'op Urges all States:'])
    expect(revised({ kind: 'move', unit: 7, under: null, after: 8 }).lines.at(-1)).toBe('op Requests a report every year;')
    const divided = revised({ kind: 'divide', unit: 8, at: 'Decides to remain seized'.length })
    expect(divided.lines.slice(-2)).toEqual(['op Decides to remain seized', 'op  of the matter.'])
    const merged = revised({ kind: 'merge', unit: 7, with: 8 })
    expect(merged.sentences).toEqual(['Merge operative paragraph 4 into operative paragraph 3.'])
    expect(merged.lines.at(-1)).toBe('op Requests a report every year; Decides to remain seized of the matter.')
  })

  test('OR1 footnotes: one put in, the words of one changed, one taken out with its mark', () => {
    const done = (change: OralChange): readonly unknown[] => {
      const result = orallyRevised(text, [change])
      return result.ok ? [result.sentences[0], result.value.units[4]!.notes] : []
    }
    expect(done({ kind: 'footnote', unit: 6, at: 25 + 1, words: 'Ibid.' })[1]).toEqual([{ at: 16, words: 'See resolution 70/1.' }, { at: 25, words: 'Ibid.' }])
    expect(done({ kind: 'words', unit: 6, note: 0, edits: [{ from: 15, to: 19, words: '79/1' }] })).toEqual([
      'In footnote 1, replace the word “70” with the word “79”.', [{ at: 16, words: 'See resolution 79/1.' }],
    ])
    expect(done({ kind: 'words', unit: 6, note: null, edits: [{ from: 16, to: 17, words: '' }] })).toEqual(['In operative paragraph 2, delete footnote 1.', []])
  })

  test('OR2 all sentences are against the text before, whatever order they are in, and all are carried out', () => {
    const changes: OralChange[] = [
      { kind: 'delete', unit: 3 },
      replace(7, report, 'every year', 'once'),
      { kind: 'new', after: 3, inside: false, unitKind: 'op', words: 'Urges nobody;' },
      { kind: 'new', after: 3, inside: false, unitKind: 'op', words: 'Urges everybody;' },
    ]
    const { sentences, lines } = revised(...changes)
    expect(sentences[1]).toBe('In operative paragraph 3, replace the words “every year” with the word “once”.')
    expect(lines.slice(3)).toEqual(['op Urges nobody;', 'op Urges everybody;', 'op Invites agencies to help;', 'op Requests a report once;', 'op Decides to remain seized of the matter.'])
    const merged = revised({ kind: 'merge', unit: 6, with: 7 }, { kind: 'new', after: 6, inside: false, unitKind: 'op', words: 'Behind both;' })
    expect(merged.lines.slice(-3)).toEqual(['op Invites agencies to help; Requests a report every year;', 'op Behind both;', 'op Decides to remain seized of the matter.'])
    expect([...revised(...[...changes].reverse()).sentences].sort()).toEqual([...sentences].sort())
  })

  test('OR3 what would change nothing, names what is not there, or cannot stand together is named with its place', () => {
    expect(fault(replace(7, report, 'every year', 'every year'))).toBe('nothing-changed 0')
    expect(fault({ kind: 'words', unit: 7, note: null, edits: [] })).toBe('nothing-changed 0')
    expect(fault({ kind: 'new', after: 7, inside: false, unitKind: 'op', words: '   ' })).toBe('nothing-changed 0')
    expect(fault({ kind: 'move', unit: 7, under: null, after: 6 })).toBe('nothing-changed 0')
    expect(fault({ kind: 'divide', unit: 7, at: 0 })).toBe('nothing-changed 0')
    expect(fault({ kind: 'delete', unit: 9 })).toBe('no-such-unit 0')
    expect(fault({ kind: 'words', unit: 7, note: 0, edits: [{ from: 0, to: 1, words: '' }] })).toBe('no-such-unit 0')
    expect(fault({ kind: 'words', unit: 7, note: null, edits: [{ from: 3, to: 900, words: '' }] })).toBe('no-such-unit 0')
    expect(fault({ kind: 'words', unit: 7, note: null, edits: [{ from: 5, to: 9, words: '' }, { from: 3, to: 6, words: '' }] })).toBe('no-such-unit 0')
    expect(fault({ kind: 'move', unit: 3, under: 4, after: null })).toBe('beneath-itself 0')
    expect(fault({ kind: 'move', unit: 3, under: 3, after: null })).toBe('beneath-itself 0')
    expect(fault({ kind: 'merge', unit: 3, with: 8 })).toBe('not-next 0')
    for (const words of ['two\nlines', 'a mark \uFFFC', 'half \uD800']) expect(fault({ kind: 'new', after: 7, inside: false, unitKind: 'op', words })).toBe('not-words 0')
    const change = replace(7, report, 'year', 'month')
    expect(fault(change, replace(7, report, 'report', 'word'))).toBe('clash 1')
    expect(fault(change, { kind: 'delete', unit: 7 })).toBe('clash 0')
    expect(fault({ kind: 'delete', unit: 3 }, replace(4, units[3]!.children[0]!.words, 'lamps', 'bells'))).toBe('clash 1')
    expect(fault({ kind: 'new', after: 3, inside: true, unitKind: 'op', words: 'To begin;' }, { kind: 'delete', unit: 3 })).toBe('clash 0')
    expect(fault({ kind: 'merge', unit: 6, with: 7 }, { kind: 'move', unit: 7, under: null, after: 8 })).toBe('clash 1')
  })

  test('OR4 a text is laid out as it was kept, with its brackets, footnotes and numbers of its own', () => {
    const value: ResolutionValue = { language: 'en', units: [
      { kind: 'op', words: 'Urges all States to act;', notes: [{ at: 5, words: 'One.' }], children: [], label: '3 bis.', brackets: [{ from: 6, to: 16 }] },
      { kind: 'op', words: '', notes: [], children: [], brackets: [{ from: 0, to: 0, placeholder: true }] },
    ] }
    const { view, language } = laidOut(value)
    expect(valueOf(view, language)).toEqual(value)
    const done = orallyRevised(value, [replace(0, 'Urges\uFFFC all States to act;', 'act', 'rest')])
    expect(done.ok && done.value.units[0]).toEqual({ ...value.units[0], words: 'Urges all States to rest;' })
  })

  test('OR4 a change worded by itself leaves the text that it is worded against as it was', () => {
    const ground = laidOut(text)
    const first = wordedChange(ground, replace(7, report, 'every year', 'once'))
    expect(wordedChange(ground, replace(7, report, 'every year', 'once'))).toEqual(first)
    expect(first).toEqual({ ok: true, sentence: 'In operative paragraph 3, replace the words “every year” with the word “once”.' })
    expect(wordedChange(ground, { kind: 'delete', unit: 90 })).toEqual({ ok: false, fault: 'no-such-unit' })
    expect(valueOf(ground.view, 'en')).toEqual(text)
  })

  test('OR4 what was read as JSON is a change, or is none', () => {
    const good: OralChange[] = [replace(1, 'ab', 'a', 'c'), { kind: 'new', after: null, inside: false, unitKind: 'pp', words: 'x' }, { kind: 'move', unit: 1, under: null, after: 2 }, { kind: 'merge', unit: 1, with: 2 }]
    for (const change of good) expect(isOralChange(JSON.parse(JSON.stringify(change)))).toBe(true)
    for (const bad of [null, 7, [], {}, { kind: 'delete' }, { kind: 'delete', unit: -1 }, { kind: 'delete', unit: 0.5 }, { kind: 'delete', unit: 1, more: 1 }, { kind: 'steal', unit: 1 }, { kind: 'constructor' }, { kind: 'new', after: 0, inside: 1, unitKind: 'op', words: '' }]) {
      expect([bad, isOralChange(bad)]).toEqual([bad, false])
    }
  })
})
