/**
 * From a press to the paint that shows what came of it, in headless Chromium, in a room with 300 paragraphs and 1,000
 * open amendments: unfolding a card, and changing the view. The same presses in a room with 3 paragraphs and 10
 * amendments, in turns; prints medians, p95 and the ratio of the medians.
 */
import { bench } from 'vitest'
import type { Page } from 'playwright-core'
import { openStage } from '../browser/support/stage.ts'
import type { Stage } from '../browser/support/stage.ts'
import type { Visitor } from '../browser/support/visitor.ts'
import { paragraph } from './support/large-draft.ts'

const struck = ['recalling', 'obligations', 'States', 'the'] as const
const wordsPerUnit = 27
const rounds = 20

interface Room {
  readonly stage: Stage
  readonly visitor: Visitor
  readonly units: readonly string[]
}

const at = (values: readonly number[], share: number): number => [...values].sort((left, right) => left - right)[Math.floor(values.length * share)]!

async function openRoom(units: number, amendments: number): Promise<Room> {
  const stage = await openStage(['The General Assembly,', ...Array.from({ length: units }, (_, number) => `${number + 1}. ${paragraph(number, wordsPerUnit)};`)].join('\n\n'))
  for (const [index, find] of struck.entries()) {
    await stage.delegation(`d${index}`, `Delegation ${index}`, 'state')
    const person = await stage.person(`Person ${index}`, { role: 'delegate', delegation: `d${index}`, level: 'head' })
    for (let count = index; count < amendments; count += struck.length) {
      await person.putForward(person.propose(`OP${1 + (Math.floor(count / struck.length) % units)}`, find, `other ${find}`))
    }
  }
  const visitor = await stage.visitor('Carl Seat', { role: 'facilitator', delegation: 'office', level: 'head' })
  await visitor.page.getByText(`${amendments} open proposals`).waitFor()
  return { stage, visitor, units: stage.chair.view.units.filter(({ kind }) => kind === 'op').map(({ id }) => id) }
}

/** Until the frame after the press has been painted. */
async function timed(page: Page, press: string): Promise<number> {
  return page.evaluate(`(async () => {
    const start = performance.now()
    ${press}
    await new Promise((resolve) => requestAnimationFrame(() => { const { port1, port2 } = new MessageChannel(); port1.onmessage = resolve; port2.postMessage(null) }))
    return performance.now() - start
  })()`)
}

const quiet = (page: Page): Promise<unknown> => page.evaluate(() => new Promise((resolve) => setTimeout(resolve, 300)))

/** Goes to a paragraph, and unfolds and folds the first card beside it. */
async function openCard({ visitor: { page }, units }: Room, round: number): Promise<number> {
  await page.bringToFront()
  await page.evaluate((unit) => document.querySelector(`.text [data-unit="${unit}"]`)!.scrollIntoView({ block: 'center' }), units[(round * 7) % units.length]!)
  await quiet(page)
  const took = await timed(page, `document.querySelector('.cards .card-head[aria-expanded="false"]').click()`)
  const folded = await page.evaluate(() => {
    const open = [...document.querySelectorAll<HTMLElement>('.cards .card-head[aria-expanded="true"]')]
    for (const head of open) head.click()
    return open.length
  })
  if (folded !== 1) throw new Error(`${folded} cards were unfolded`)
  await quiet(page)
  return took
}

async function changeView({ visitor: { page } }: Room, to: 'clean' | 'as-if' | 'rolling'): Promise<number> {
  await page.bringToFront()
  await quiet(page)
  return timed(page, `
    const field = [...document.querySelectorAll('select')].find((select) => [...select.options].some(({ value }) => value === 'as-if'))
    field.value = '${to}'
    field.dispatchEvent(new Event('change', { bubbles: true }))
  `)
}

async function measure(): Promise<void> {
  const [large, small] = [await openRoom(300, 1_000), await openRoom(3, 10)]
  try {
    const tell = (what: string, [ours, theirs]: readonly [number[], number[]]): void =>
      console.log(`${what}: median ${at(ours, 0.5).toFixed(1)} ms, p95 ${at(ours, 0.95).toFixed(1)} ms; in the small room ${at(theirs, 0.5).toFixed(1)} ms, ratio ${(at(ours, 0.5) / at(theirs, 0.5)).toFixed(2)} (${ours.length} presses)`)
    const cards: [number[], number[]] = [[], []]
    for (let round = 0; round < rounds; round++) {
      cards[0].push(await openCard(large, round))
      cards[1].push(await openCard(small, round))
    }
    tell('300 units, 1,000 amendments, unfolding a card', cards)
    for (const view of ['clean', 'as-if', 'rolling'] as const) {
      const times: [number[], number[]] = [[], []]
      for (let round = 0; round < rounds; round++) {
        for (const [index, room] of [large, small].entries()) {
          times[index]!.push(await changeView(room, view))
          if (view !== 'rolling' || round < rounds - 1) await changeView(room, view === 'rolling' ? 'clean' : 'rolling')
        }
      }
      tell(`300 units, 1,000 amendments, changing to the ${view} view`, times)
    }
  } finally {
    await large.stage.end()
    await small.stage.end()
  }
}

bench('a room with many amendments', measure, { iterations: 1, time: 0, warmupIterations: 0, warmupTime: 0 })
