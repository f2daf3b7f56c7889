import { signal } from '@preact/signals'
import { describe, expect, it, vi } from 'vitest'
import type { Api, Origins } from '../../../client/api.ts'
import { foundParts, marksOf } from '../../../client/room/library-words.ts'
import { openLibrary } from '../../../client/room/library.ts'
import { importText } from '../../../shared/convert/importText.ts'
import { paragraphsOf, piecesOf, sectionAt } from '../../../shared/text/paragraphs.ts'
import type { RecordEntry } from '../../../shared/wire/answers.ts'

const text = 'Lamps\n\nThe General Assembly,\n\nRecalling the sea,\n\nI. Ports\n\n1. Calls upon States:\n\n(a) To pay;\n\n(b) To train;\n\nII. Ships\n\n2. Decides to meet.\n'
const paragraphs = paragraphsOf(importText(text).value)
const at = (words: string): number => paragraphs.findIndex((paragraph) => paragraph.words.startsWith(words))
const said = (parts: readonly { kind: string; words: string }[]): string[] => parts.map(({ kind, words }) => `${kind}: ${words}`)

describe('the library on the page', () => {
  it('LP5 of each paragraph of a source the share of its letters that stands in the draft, never above all of it, and where or why not', () => {
    const op = at('Decides')
    const origins: Origins = {
      units: [
        { unit: 'u1', kind: 'altered', sources: [{ source: 1, paragraph: op, letters: 7 }, { source: 2, paragraph: op, letters: 99 }], parts: [] },
        { unit: 'u2', kind: 'taken', sources: [{ source: 1, paragraph: at('Recalling'), letters: 15 }], parts: [] },
        { unit: 'u3', kind: 'taken', sources: [{ source: 1, paragraph: at('Recalling'), letters: 15 }, { source: 1, paragraph: at('To train'), letters: 2 }], parts: [] },
        { unit: 'u4', kind: 'altered', sources: [{ source: 1, paragraph: at('To train'), letters: 3 }], parts: [] },
      ],
      destinations: [{ source: 1, paragraph: op, units: ['u1'], leftOut: null }, { source: 1, paragraph: at('Recalling'), units: ['u2', 'u3'], leftOut: null }, { source: 1, paragraph: at('To pay'), units: [], leftOut: 'Paid.' }, { source: 2, paragraph: op, units: ['u9'], leftOut: 'Elsewhere.' }],
    }
    const marks = marksOf(origins, 1, paragraphs)
    expect(marks[op]).toEqual({ share: 7 / 13, units: ['u1'], leftOut: null })
    expect(marks[at('Recalling')]).toEqual({ share: 1, units: ['u2', 'u3'], leftOut: null })
    expect(marks[at('To train')]!.share).toBe(5 / 7)
    expect(marks[at('To pay')]).toEqual({ share: 0, units: [], leftOut: 'Paid.' })
  })

  it('LP6 words that were found are marked whatever capitals and signs stand between; nearly the same ones show what differs, and not what stands around them', () => {
    expect(said(foundParts('decides to meet', { words: '“Decides” – to meet again.', exact: true }, false))).toEqual(['around: “', 'kept: Decides” – to meet', 'around:  again.'])
    expect(said(foundParts('light', { words: 'By moonlight or lightships, light the port', exact: true }, false))).toEqual(['around: By moonlight or lightships, ', 'kept: light', 'around:  the port'])
    expect(said(foundParts('(a+)+$', { words: 'x (a+)+$ y', exact: true }, false))).toEqual(['around: x (', 'kept: a', 'around: +)+$ y'])
    expect(said(foundParts('to meet each year', { words: 'Decides to meet every year in May', exact: false }, false))).toEqual(['around: Decides ', 'kept: to meet ', 'struck: each', 'new: every', 'kept:  year', 'around:  in May'])
    expect(said(foundParts('decides to meet each year', { words: 'Decides to meet every year', exact: false }, false))).toEqual(['kept: Decides to meet ', 'struck: each', 'new: every', 'kept:  year'])
    expect(said(foundParts('to meet', { words: 'Decides to meet', exact: false }, true))).toEqual(['new: Decides ', 'kept: to meet'])
  })

  it('LP7 a section is a heading with all up to the next, or a paragraph with what is beneath it; pieces are in order, each with its place', () => {
    expect(sectionAt(paragraphs, at('Calls')).map((place) => paragraphs[place]!.words)).toEqual(['Calls upon States:', 'To pay;', 'To train;'])
    expect(sectionAt(paragraphs, at('Ports')).map((place) => paragraphs[place]!.words)).toEqual([paragraphs[at('Ports')]!.words, 'Calls upon States:', 'To pay;', 'To train;'])
    expect(sectionAt(paragraphs, 99)).toEqual([])
    // A deeper heading is of the section; an annex, or the lines at the end, are not.
    const laid = ([['heading', 0], ['op', 0], ['heading', 1], ['op', 1], ['annex', 0], ['heading', 0], ['para', 0], ['closing', 0]] as const).map(([kind, depth]) => ({ ...paragraphs[0]!, kind, depth }))
    expect([sectionAt(laid, 0), sectionAt(laid, 4), sectionAt(laid, 5)]).toEqual([[0, 1, 2, 3], [4, 5, 6], [5, 6]])
    const { values, taken } = piecesOf(3, paragraphs, [at('To pay'), at('Calls'), at('To pay'), 99])
    expect(values.map(({ words, children }) => [words, children.map((child) => child.words)])).toEqual([['Calls upon States:', ['To pay;']]])
    expect(taken).toEqual([{ place: [3, at('Calls'), 0], words: 'Calls upon States:' }, { place: [3, at('To pay'), 0], words: 'To pay;' }])
  })

  it('LP8 sources are asked for when the record tells of one, and the tables only while somebody looks; a refusal is kept as its sentence', async () => {
    const asked: string[] = []
    let isDown = true
    const told = <T>(what: string, result: T) => {
      asked.push(what)
      return Promise.resolve(isDown && what === 'origins' ? { ok: false as const, status: 0, code: 'offline', sentence: 'The server did not answer.' } : { ok: true as const, result })
    }
    const api = {
      sources: () => told('sources', { sources: [{ number: 1 }] }),
      origins: () => told('origins', { units: [], destinations: [] }),
    } as unknown as Api
    const record = signal<readonly RecordEntry[]>([])
    const library = openLibrary({ api, draft: 'd', hatId: 'h', record })
    const settled = (): Promise<void> => new Promise((resolve) => setImmediate(resolve))
    library.watchOrigins()()
    expect(asked).toEqual([])
    record.value = [{ kind: 'support' } as RecordEntry]
    await settled()
    expect(asked).toEqual([])
    record.value = [...record.value, { kind: 'add-source' } as RecordEntry]
    await settled()
    expect([asked.splice(0), library.sources.value]).toEqual([['sources'], [{ number: 1 }]])
    const stop = library.watchOrigins()
    await settled()
    expect([asked.splice(0), library.origins.value]).toMatchObject([['origins'], { ok: false, sentence: 'The server did not answer.' }])
    isDown = false
    record.value = [...record.value, { kind: 'leave-out-source' } as RecordEntry]
    await settled()
    expect([asked.splice(0), library.origins.value]).toEqual([['sources', 'origins'], { ok: true, is: { units: [], destinations: [] } }])
    stop()
    library.stale()
    expect(library.origins.value).toBeNull()
    library.stop()
    record.value = [...record.value, { kind: 'add-source' } as RecordEntry]
    await settled()
    expect(asked).toEqual([])
  })

  it('LP8 what somebody looks at is asked for again after a pause in typing, once, and stays where the server does not answer', async () => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] })
    try {
      let asked = 0
      let isDown = false
      const api = {
        sources: () => Promise.resolve({ ok: true as const, result: { sources: [{ number: 1 }] } }),
        origins: () => {
          asked++
          return Promise.resolve(isDown ? { ok: false as const, status: 0, code: 'offline', sentence: 'The server did not answer.' } : { ok: true as const, result: { units: [], destinations: [] } })
        },
      } as unknown as Api
      const library = openLibrary({ api, draft: 'd', hatId: 'h', record: signal<readonly RecordEntry[]>([{ kind: 'add-source' } as RecordEntry]) })
      const settled = (): Promise<void> => new Promise((resolve) => setImmediate(resolve))
      await settled()
      const stop = library.watchOrigins()
      await settled()
      const shown = library.origins.value
      expect([asked, shown?.ok]).toEqual([1, true])
      isDown = true
      for (let key = 0; key < 3; key++) library.stale()
      expect(asked).toBe(1)
      vi.runAllTimers()
      await settled()
      expect([asked, library.origins.value]).toEqual([2, shown])
      stop()
      library.stop()
    } finally {
      vi.useRealTimers()
    }
  })
})
