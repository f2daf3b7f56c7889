import { signal } from '@preact/signals'
import { describe, expect, it } from 'vitest'
import type * as Y from 'yjs'
import type { LinkStatus, UnsentWords } from '../../../client/room/link.ts'
import { proposeUnsent, whyNotPropose } from '../../../client/room/propose-unsent.ts'
import type { Proposing } from '../../../client/room/propose-unsent.ts'
import { spotOf, wordsBefore } from '../../../client/room/unsent-place.ts'
import { watchForSleep } from '../../../client/room/sleep.ts'
import { readRoom } from '../../../client/room/view.ts'
import { readAmendments } from '../../../shared/model/amendments.ts'
import { insertNote, replaceWords, splitUnit } from '../../../shared/model/operations.ts'
import { draftReader } from '../../../shared/model/reader.ts'
import { writeState } from '../../../shared/model/state.ts'
import type { Stage } from '../../../shared/policy/types.ts'
import { sentenceOf } from '../../../shared/wire/errors.ts'
import type { ErrorCode } from '../../../shared/wire/errors.ts'
import { limits } from '../../../shared/wire/limits.ts'
import { draft, read, sideDoc, unitOf } from '../model/support.ts'
import { manualTimers } from '../sync/support.ts'
import { japan } from './support.ts'

function sessionOn(shared: Y.Doc, side: Y.Doc | null, stage: Stage = 'negotiation', selected: string | null = null): Proposing {
  writeState(shared, 'draft', { stage, title: '', language: 'en' })
  const view = signal(readRoom(shared, side, draftReader(shared)))
  const status: LinkStatus = { phase: 'saved', unacknowledged: 0, kept: 'yes', code: null }
  return {
    shared,
    side,
    origin: {},
    view,
    standing: signal({ hat: japan, view: view.value, stands: { opened: false, positions: new Map(), reviews: new Map() } as never, chairPresent: true }),
    sideFacts: () => ({ delegation: japan.delegation }),
    selected: signal(selected),
    status: signal(status),
    ready: signal(true),
    writable: signal(true),
    closing: signal(false),
  }
}

/** Words behind the letter at an offset of a paragraph, as they are handed back. */
function unsentIn(shared: Y.Doc, unit: string, behind: number | null, words: string, struck = false): UnsentWords {
  const { segments } = unitOf(shared, unit)
  const text = segments[0]!.text
  const at = behind === null ? null : ([shared.clientID, clockOf(shared, text, behind)] as const)
  return { id: '1', words, sentence: '', ...(struck ? { struck: true as const } : {}), place: { in: ['texts', text], at } }
}

function clockOf(shared: Y.Doc, text: string, offset: number): number {
  const type = shared.getMap('texts').get(text) as Y.Text
  return type._start!.id.clock + offset
}

const proposals = (side: Y.Doc): unknown => readAmendments(side).map(({ about, hunks, cuts }) => [about.target, hunks.map(({ words }) => words), cuts.length])

describe('words that were not taken, proposed', () => {
  it('PG18 words are put in where they were typed, in one’s own amendment', () => {
    const shared = draft('op one two\nop three')
    const side = sideDoc()
    const session = sessionOn(shared, side)
    expect(proposeUnsent(session, unsentIn(shared, 'one', 2, ' and a half'))).toBeNull()
    const { id } = unitOf(shared, 'one')
    expect([proposals(side), session.selected.value]).toEqual([[[id, [' and a half'], 0]], id])
    // At the very beginning, and into the amendment that is there now.
    expect(proposeUnsent(session, unsentIn(shared, 'one', null, 'Also '))).toBeNull()
    expect(readAmendments(side)).toHaveLength(1)
    expect(readAmendments(side)[0]!.hunks.map(({ words }) => words).sort()).toEqual([' and a half', 'Also '])
  })

  it('PG18 they stand with their paragraph, or its footnote, and with the last words before them', () => {
    const shared = draft('op one two three four five six seven\nop two')
    const place = (unsent: UnsentWords): unknown => {
      const spot = spotOf(shared, read(shared), unsent)
      return spot === null ? null : [spot.unit.number, spot.ground.number, wordsBefore(spot)]
    }
    expect(place(unsentIn(shared, 'one', 26, '!'))).toEqual(['OP1', 'OP1', '…two three four five six'])
    expect(place(unsentIn(shared, 'one', 2, '!'))).toEqual(['OP1', 'OP1', 'one'])
    expect(place(unsentIn(shared, 'two', null, '!'))).toEqual(['OP2', 'OP2', ''])
    expect(place(unsentIn(shared, 'one', 4, 'two ', true))).toEqual(['OP1', 'OP1', 'one'])
    const note = insertNote(shared, unitOf(shared, 'one'), 7, 'see')!
    expect(place({ id: '2', words: 'also ', sentence: '', place: { in: ['texts', note], at: null } })).toEqual(['OP1', 'note 1', ''])
    // Without the mark of the note.
    expect(place(unsentIn(shared, 'one', 12, '!'))).toEqual(['OP1', 'OP1', 'one two three'])
    expect(place({ id: '3', words: 'lost', sentence: '' })).toBeNull()
    const long = draft(`op ${'字'.repeat(60)}`)
    expect(wordsBefore(spotOf(long, read(long), unsentIn(long, '字', 59, '!'))!)).toBe(`…${'字'.repeat(40)}`)
  })

  it('PG18 words that were struck out are struck in it; where they have been changed since, it is said', () => {
    const shared = draft('op one two three')
    const side = sideDoc()
    const struck = unsentIn(shared, 'one', 4, 'two ', true)
    expect(proposeUnsent(sessionOn(shared, side), struck)).toBeNull()
    expect(proposals(side)).toEqual([[unitOf(shared, 'one').id, [], 1]])
    replaceWords(shared, unitOf(shared, 'one'), 5, 6, 'W')
    expect(proposeUnsent(sessionOn(shared, sideDoc(2)), struck)).toContain('The place of these words is gone.')
  })

  it('PG18 they are found in the second half of a paragraph that was divided, and in a footnote', () => {
    const shared = draft('op one two')
    const unsent = unsentIn(shared, 'one', 6, '!')
    splitUnit(shared, read(shared), unitOf(shared, 'one'), 4)
    const side = sideDoc()
    expect(proposeUnsent(sessionOn(shared, side), unsent)).toBeNull()
    expect(proposals(side)).toEqual([[unitOf(shared, 'two').id, ['!'], 0]])
    const note = insertNote(shared, unitOf(shared, 'one'), 3, 'see')!
    expect(proposeUnsent(sessionOn(shared, side), { id: '2', words: 'also ', sentence: '', place: { in: ['texts', note], at: null } })).toBeNull()
    expect(readAmendments(side).map(({ about }) => about.target)).toContain(note)
  })

  it('PG18 without a place they go to the end of the paragraph with the caret; without that it is said', () => {
    const shared = draft('op one\nop two')
    const side = sideDoc()
    const unsent: UnsentWords = { id: '1', words: ' more', sentence: '' }
    expect(proposeUnsent(sessionOn(shared, side), unsent)).toContain('Put the caret in the paragraph')
    expect(proposeUnsent(sessionOn(shared, side), { ...unsent, place: { in: ['texts', 'gone'], at: null } })).toContain('Put the caret')
    expect(proposeUnsent(sessionOn(shared, side, 'negotiation', unitOf(shared, 'two').id), unsent)).toBeNull()
    expect(proposals(side)).toEqual([[unitOf(shared, 'two').id, [' more'], 0]])
  })

  it('PG18 it is said why nothing can be proposed', () => {
    const shared = draft('op one')
    const side = sideDoc()
    expect(whyNotPropose(sessionOn(shared, side))).toBeNull()
    expect(whyNotPropose(sessionOn(shared, side, 'drafting'))).toBe(sentenceOf('wrong-stage'))
    expect(whyNotPropose(sessionOn(shared, side, 'frozen'))).toBe(sentenceOf('frozen'))
    expect(whyNotPropose(sessionOn(shared, null))).toBe(sentenceOf('only-drafters'))
    expect(whyNotPropose({ ...sessionOn(shared, side), closing: signal(true) })).toBe(sentenceOf('closing'))
    expect(whyNotPropose({ ...sessionOn(shared, side), status: signal({ phase: 'ended', unacknowledged: 0, kept: 'yes', code: 'hat-revoked' }) })).toBe(sentenceOf('hat-revoked'))
    const unwritten = (code: ErrorCode | null): Proposing => ({ ...sessionOn(shared, side), writable: signal(false), status: signal({ phase: 'paused', unacknowledged: 0, kept: 'yes', code }) })
    expect([null, 'store-down', 'ids-used-up'].map((code) => whyNotPropose(unwritten(code as ErrorCode | null)))).toEqual([sentenceOf('reading-for-now'), sentenceOf('reading-for-now'), sentenceOf('ids-used-up')])
    expect(proposeUnsent(sessionOn(shared, side, 'frozen'), unsentIn(shared, 'one', 0, 'x'))).toBe(sentenceOf('frozen'))
    expect(proposals(side)).toEqual([])
  })
})

it('PG19 a clock that has jumped, either way, says that the machine may have slept', () => {
  const timers = manualTimers()
  let nowMs = 1_000_000
  let woken = 0
  const stop = watchForSleep(() => nowMs, () => { woken++ }, timers.after)
  const pass = (ms: number): number => {
    nowMs += ms
    timers.advance(limits.wakeLookMs)
    return woken
  }
  expect([pass(limits.wakeLookMs), pass(limits.wakeJumpMs), pass(86_400_000), pass(limits.wakeLookMs), pass(-86_400_000)]).toEqual([0, 0, 1, 1, 2])
  stop()
  expect(pass(86_400_000)).toBe(2)
})
