/** What it costs to write 400 paragraphs as HTML, and to set them in type as PDF: the first in a new thread, with its fonts, and every other. */
import { bench } from 'vitest'
import { createConverters } from '../../server/convert/converters.ts'
import { writeHtml } from '../../shared/convert/html/write.ts'
import { typesetData } from '../../shared/convert/typst/data.ts'
import { printedValue } from '../../shared/text/printed-value.ts'
import { paragraph } from './support/large-draft.ts'

const rounds = 9
const median = (values: readonly number[]): number => [...values].sort((left, right) => left - right)[values.length >> 1]!
const say = (name: string, times: readonly number[]): void => void process.stdout.write(`${name}: first ${times[0]!.toFixed(0)} ms, median ${median(times).toFixed(0)} ms, most ${Math.max(...times).toFixed(0)} ms\n`)

bench('400 paragraphs of 80 words on a page', async () => {
  const units = Array.from({ length: 400 }, (_, number) => ({ kind: 'op' as const, words: `${paragraph(number, 80)};`, notes: number % 10 === 0 ? [{ at: 12, words: `See resolution ${number}/1.` }] : [], children: [] }))
  const converters = createConverters({ threads: 1 })
  const html: number[] = []
  const pdf: number[] = []
  for (let round = 0; round < rounds; round++) {
    const printed = printedValue({ language: 'en', units }, { title: 'T', footer: `round ${round}` })
    let startedMs = performance.now()
    writeHtml(printed)
    html.push(performance.now() - startedMs)
    startedMs = performance.now()
    await converters.typeset({ data: typesetData(printed, { lineNumbers: round % 2 === 1, from: null }), atMs: 0 })
    pdf.push(performance.now() - startedMs)
  }
  await converters.stop()
  say('as HTML', html)
  say('as PDF', pdf)
}, { iterations: 1, warmupIterations: 0, time: 0, warmupTime: 0 })
