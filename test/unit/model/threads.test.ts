import fc from 'fast-check'
import type * as Y from 'yjs'
import { describe, expect, it } from 'vitest'
import { openHistory } from '../../../shared/model/history.ts'
import { joinUnits, moveUnit, removeUnit, replaceWords, splitUnit } from '../../../shared/model/operations.ts'
import { readDraft } from '../../../shared/model/reader.ts'
import { scanText } from '../../../shared/model/texts.ts'
import { addMessage, beginThread, placeThread, rangesInUnit, readThreads } from '../../../shared/model/threads.ts'
import type { PlacedThread } from '../../../shared/model/threads.ts'
import { completion } from '../../../client/room/threads.ts'
import { draftOf, unitAt, unitValue } from '../commands/support.ts'

const words = 'to report every year on trafficking'

function roomWith(): { doc: Y.Doc; placed: () => PlacedThread & { words: string } } {
  const doc = draftOf([unitValue('op', `Requests the Secretary-General ${words};`), unitValue('op', 'Two.')])
  const unit = unitAt(readDraft(doc), 'OP1')
  const from = unit.atoms.indexOf('every')
  const id = beginThread(doc, { about: { kind: 'unit', unit: unit.id }, by: 'eu', ranges: rangesInUnit(doc, unit, from, from + 'every year'.length), quote: 'every year' })
  addMessage(doc, id, { delegation: 'eu', name: null, words: 'why', mentions: [], atMs: 1 })
  return {
    doc,
    placed: () => {
      const view = readDraft(doc)
      const place = placeThread(readThreads(doc)[0]!, doc, doc, view, scanText)
      return { ...place, words: place.spans.map((span) => view.byId.get(span.unit!)!.atoms.slice(span.from, span.to)).join('|') }
    },
  }
}

const op = (doc: Y.Doc, number: string) => unitAt(readDraft(doc), number)

describe('threads on words', () => {
  it('TH10 stay with their words through typing around and within them', () => {
    const { doc, placed } = roomWith()
    replaceWords(doc, op(doc, 'OP1'), 0, 0, 'Again ')
    const at = op(doc, 'OP1').atoms.indexOf('every')
    replaceWords(doc, op(doc, 'OP1'), at, at, 'in ')
    replaceWords(doc, op(doc, 'OP1'), at + 9, at + 9, 'single ')
    expect(placed().words).toBe('every single year')
  })

  it('TH10 stay with their words through a split within them, a move and a join', () => {
    const { doc, placed } = roomWith()
    splitUnit(doc, readDraft(doc), op(doc, 'OP1'), op(doc, 'OP1').atoms.indexOf('year'))
    expect(placed().words).toBe('every |year')
    moveUnit(doc, readDraft(doc), op(doc, 'OP2'), { parent: null, after: op(doc, 'OP3').id })
    expect(placed()).toMatchObject({ unit: op(doc, 'OP1').id, words: 'every |year' })
    joinUnits(doc, readDraft(doc), op(doc, 'OP2'), op(doc, 'OP3'))
    expect(placed().words).toBe('every |year')
  })

  it('TH11 say when their words are gone, keep their place, and have them again when an undo brings them back', () => {
    const { doc, placed } = roomWith()
    const history = openHistory([doc], { origins: new Set(['typed']), now: () => 0 })
    const unit = op(doc, 'OP1')
    replaceWords(doc, unit, unit.atoms.indexOf('report'), unit.atoms.indexOf('traff'), '', 'typed')
    expect(placed()).toMatchObject({ unit: unit.id, gone: true, spans: [] })
    history.undo()
    expect(placed()).toMatchObject({ gone: false, words: 'every year' })
    removeUnit(doc, readDraft(doc), op(doc, 'OP1'))
    expect(placed()).toMatchObject({ unit: null, gone: true })
  })

  it('TH12 a name behind “@” is completed from its beginning, and no address is', () => {
    const names = [{ name: 'Japan' }, { name: 'Jamaica' }, { name: 'EU' }]
    const offered = (typed: string): string[] => completion(typed, typed.length, names)?.options.map(({ name }) => name) ?? []
    expect([offered('ask @j'), offered('@jap'), offered('@Japan'), offered('eva@j'), offered('@'), offered('@x')]).toEqual([['Japan', 'Jamaica'], ['Japan'], [], [], ['Japan', 'Jamaica', 'EU'], []])
    fc.assert(fc.property(fc.string(), fc.nat(40), (typed, caret) => void completion(typed, Math.min(caret, typed.length), names)))
  })
})
