/**
 * A facilitator's compilation: one Word file with several hundred tracked changes of six delegations against a draft of 400 paragraphs.
 * How long its preview takes, in the page's reading thread, also where all of it stands recorded already; and how long it takes to record
 * all of it on a real server, with the longest that the page was held up. Bars: 2 s for the preview, 200 ms.
 */
import { monitorEventLoopDelay } from 'node:perf_hooks'
import { encodeStateAsUpdate } from 'yjs'
import { bench } from 'vitest'
import { itemsOf, recordItems } from '../../client/room/compilation.ts'
import type { Item, Recorded } from '../../client/room/compilation.ts'
import { compilation } from '../../shared/convert/docx/compilation.ts'
import type { Compilation } from '../../shared/convert/docx/compilation.ts'
import { importText } from '../../shared/convert/importText.ts'
import { digestOfText } from '../../shared/lifecycle/digests.ts'
import { readAmendments } from '../../shared/model/amendments.ts'
import type { Command } from '../../shared/wire/commands.ts'
import { ServerProcess } from '../unit/walk/server.ts'
import { Person, Refused } from '../unit/walk/person.ts'
import { del, ins, p, r, wordOf } from '../unit/word/support.ts'
import { randomOf } from '../fuzz/random.ts'

const names = ['Brazil', 'Japan', 'Norway', 'Kenya', 'Egypt', 'Nepal'] as const
const paragraphs = 400
const changesPerParagraph = 1.25
const wordsPerParagraph = 60

const random = randomOf(7)
const vocabulary = Array.from({ length: 900 }, (_, at) => `${'aeiou'[at % 5]}${(at * 7919).toString(36)}`)
const words = Array.from({ length: paragraphs }, () => `Urges ${Array.from({ length: wordsPerParagraph }, () => vocabulary[random(vocabulary.length)]!).join(' ')};`)

/** Each paragraph has a change, and each fourth another one by another delegation. */
function marked(): Uint8Array {
  const body = words.map((line, at) => {
    const parts = line.split(' ')
    const change = (place: number, count: number): string => del(`${parts[place]!} `, names[count % names.length]) + ins(r(`other${count} `), names[count % names.length])
    const isTwice = at % 4 < (changesPerParagraph - 1) * 4
    return p(r(`${at + 1}. ${parts.slice(0, 5).join(' ')} `) + change(5, at) + r(`${parts.slice(6, 30).join(' ')} `) + (isTwice ? change(30, at + 1) + r(parts.slice(31).join(' ')) : r(parts.slice(30).join(' '))))
  })
  return wordOf(p(r('Measured')) + p(r('The General Assembly,')) + body.join(''))
}

const say = (line: string): void => void process.stdout.write(`${line}\n`)

async function timed<T>(act: () => T | Promise<T>): Promise<readonly [T, number]> {
  const startedMs = performance.now()
  const done = await act()
  return [done, performance.now() - startedMs]
}

async function measured(): Promise<void> {
  const server = await ServerProcess.start()
  const chair = new Person('Amina', server.address)
  try {
    await chair.follow(server.link!)
    const made = await chair.call('/api/commands', { key: 'bench-draft', body: { command: 'create-draft', title: 'Measured', language: 'en' } })
    await chair.wear(made.draft!, made.hatId!)
    for (const name of names) await chair.command({ command: 'add-delegation', delegation: { id: name.toLowerCase(), name, kind: 'state' } })
    await chair.command({ command: 'import', value: importText(['Measured', 'The General Assembly,', ...words.map((line, at) => `${at + 1}. ${line}`)].join('\n\n')).value })
    await chair.command({ command: 'open-negotiation' })
    await chair.enter()
    const bytes = marked()
    const read = (): Compilation => compilation({ bytes, shared: encodeStateAsUpdate(chair.shared), roles: new Map() })
    const [found, firstMs] = await timed(read)
    const [, previewMs] = await timed(read)
    const items = itemsOf(found, true, (id) => id)
    say(`${items.length} changes previewed in ${previewMs.toFixed(0)} ms (the first time ${firstMs.toFixed(0)}), ${found.parts.reduce((sum, { unplaced }) => sum + unplaced.length, 0)} without a place`)
    const delay = monitorEventLoopDelay({ resolution: 1 })
    delay.enable()
    const [{ done, why }, recordMs] = await timed(() => record(chair, items))
    delay.disable()
    say(`${done} recorded in ${recordMs.toFixed(0)} ms${why === null ? '' : ` (${why})`}; the page was held up for ${(delay.max / 1e6).toFixed(0)} ms at most`)
    await chair.until(() => readAmendments(chair.shared).length === done)
    const [again, againMs] = await timed(read)
    say(`previewed again, ${again.parts.flatMap(({ changes }) => changes).filter(({ isKnown }) => isKnown).length} known, in ${againMs.toFixed(0)} ms`)
  } finally {
    await chair.leave()
    await server.remove()
  }
}

function record(chair: Person, items: readonly Item[]): Promise<Recorded> {
  const send = async (body: Command): ReturnType<Parameters<typeof recordItems>[0]['session']['send']> => {
    await chair.saved()
    try {
      const result = await chair.command(body)
      if (body.command === 'record-for') await chair.sees(body.amendment)
      return { ok: true, result }
    } catch (error) {
      if (!(error instanceof Refused)) throw error
      return { ok: false, status: 409, code: error.message, sentence: error.message }
    }
  }
  const session = { shared: chair.shared, side: chair.side, origin: { typed: true }, send }
  return recordItems({ session, text: digestOfText(chair.view, 'en'), commentsApart: true, onProgress: () => undefined, pause: () => Promise.resolve(), stopped: new AbortController().signal }, items)
}

bench('a compilation of 500 changes, previewed and recorded (printed)', measured, { iterations: 1, time: 0, warmupIterations: 0, warmupTime: 0, throws: true })
