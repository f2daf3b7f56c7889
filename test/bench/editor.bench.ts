/**
 * From a key to the paint that shows its letter, in headless Chromium: our editor with 100 paragraphs, 8,000 words and
 * 300 amendments, and a plain ProseMirror document of the same words, in turns. Prints both and the ratio of medians.
 */
import type { Page } from 'playwright-core'
import { bench } from 'vitest'
import { launchChromium } from '../browser/support/chromium.ts'
import { servePage } from '../browser/support/page.ts'

const paragraphs = Array.from({ length: 100 }, (_, number) =>
  Array.from({ length: 80 }, (_, index) => ['recalling', 'the', 'obligations', 'of', 'States'][(index + number) % 5]).join(' '))
const rounds = 12
const keysPerRound = 25

const at = (values: readonly number[], share: number): number => [...values].sort((left, right) => left - right)[Math.floor(values.length * share)]!

/** Notes, for each keydown, when the frame after it had been painted. */
function watch(): void {
  const times: number[] = []
  Object.assign(window, { times })
  document.addEventListener('keydown', (event) => {
    const pressed = event.timeStamp
    requestAnimationFrame(() => {
      const { port1, port2 } = new MessageChannel()
      port1.onmessage = () => times.push(performance.now() - pressed)
      port2.postMessage(null)
    })
  }, true)
}

function caretIn(index: number): void {
  const block = document.querySelectorAll('#here .text > *')[index]!
  const words = document.createTreeWalker(block, NodeFilter.SHOW_TEXT).nextNode()!
  ;(block.closest('.text') as HTMLElement).focus()
  document.getSelection()!.collapse(words, 3)
  block.scrollIntoView({ block: 'center' })
}

/** A key falls at no fixed time between two frames: pressed right after one, it would always wait for all of the next. */
const painted = (): Promise<unknown> =>
  new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(() => setTimeout(resolve, Math.random() * 17))))

async function typeIn(page: Page, round: number): Promise<number[]> {
  await page.bringToFront()
  await page.evaluate(caretIn, (round * 7) % 100)
  await page.evaluate(painted)
  for (let count = 0; count < keysPerRound; count++) {
    await page.keyboard.press('e')
    // Nobody types faster than a screen paints: a key that waits for the frame before it would measure that frame.
    await page.evaluate(painted)
  }
  return page.evaluate(() => (window as unknown as { times: number[] }).times.splice(0))
}

async function measure(): Promise<void> {
  const [editor, plain] = [await servePage('editor'), await servePage('plain')]
  const browser = await launchChromium()
  try {
    const [ours, theirs] = [await browser.newPage(), await browser.newPage()]
    await ours.goto(editor.address)
    await ours.evaluate((words) => {
      window.room.start({ stage: 'negotiation', paragraphs: words.map((one) => ['op', one] as const) })
      window.room.crowd(300)
    }, paragraphs)
    await theirs.goto(plain.address.replace('editor', 'plain'))
    await theirs.evaluate((words) => window.plain.start(words), paragraphs)
    for (const page of [ours, theirs]) await page.evaluate(watch)
    const results: [number[], number[]] = [[], []]
    for (let round = 0; round < rounds; round++) {
      results[0].push(...(await typeIn(ours, round)))
      results[1].push(...(await typeIn(theirs, round)))
    }
    const line = (values: readonly number[]): string => `median ${at(values, 0.5).toFixed(1)} ms, p95 ${at(values, 0.95).toFixed(1)} ms (${values.length} keys)`
    console.log(`Omnibus, 100 units, 8,000 words, 300 amendments: ${line(results[0])}`)
    console.log(`plain ProseMirror, 100 paragraphs, 8,000 words: ${line(results[1])}`)
    console.log(`ratio of the medians ${(at(results[0], 0.5) / at(results[1], 0.5)).toFixed(2)}`)
  } finally {
    await browser.close()
    await editor.close()
    await plain.close()
  }
}

bench('a key to its paint, beside a plain document', measure, { iterations: 1, time: 0, warmupIterations: 0, warmupTime: 0 })
