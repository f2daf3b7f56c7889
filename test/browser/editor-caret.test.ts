/** Keys that come faster than the browser tells of the caret, while a colleague writes in the same paragraph. */
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import { pick, randomOf } from '../fuzz/random.ts'
import type { Random } from '../fuzz/random.ts'
import { openDriver } from './support/drive.ts'
import type { Driver } from './support/drive.ts'

let driver: Driver
beforeAll(async () => {
  driver = await openDriver()
})
afterAll(() => driver.close())
afterEach(() => {
  expect(driver.complaints.splice(0)).toEqual([])
})

const rounds = process.env['OMNIBUS_LONG'] ? 300 : 30
const seed = Number(process.env['OMNIBUS_SEED'] ?? Math.floor(Math.random() * 2 ** 31))
const half = (random: Random): boolean => random(2) === 0

const named: Readonly<Record<string, number>> = { Enter: 13, Backspace: 8, ArrowLeft: 37, ArrowRight: 39 }

/** A key without waiting for what comes of it: only so can the next come before the browser has told of the caret. */
function press(key: string): Promise<unknown>[] {
  const code = named[key]
  const text = code === undefined ? key : key === 'Enter' ? '\r' : null
  const base = { key, code: code === undefined ? `Key${key}` : key, windowsVirtualKeyCode: code ?? key.charCodeAt(0) }
  const down = text === null ? { type: 'rawKeyDown' as const, ...base } : { type: 'keyDown' as const, ...base, text, unmodifiedText: text }
  return [driver.cdp.send('Input.dispatchKeyEvent', down), driver.cdp.send('Input.dispatchKeyEvent', { type: 'keyUp', ...base })]
}

/** What the keys should come to: the words before the caret and behind it, paragraphs parted by line ends. */
interface Model {
  before: string
  after: string
}

const front = 'alpha beta gamma'
const back = ' delta epsilon\nzeta eta theta'

/** One key that has a meaning within what was typed so far; null when the draw has none. */
function nextKey(random: Random, model: Model, kinds: readonly (readonly [string, number])[]): string | null {
  const typed = model.before.length > front.length
  const key = pick(random, kinds)
  switch (key) {
    case 'Enter':
      model.before += '\n'
      return key
    case 'Backspace':
      if (!typed) return null
      model.before = model.before.slice(0, -1)
      return key
    case 'ArrowLeft':
      if (!typed) return null
      model.after = model.before.at(-1)! + model.after
      model.before = model.before.slice(0, -1)
      return key
    case 'ArrowRight':
      if (model.after.length <= back.length) return null
      model.before += model.after[0]!
      model.after = model.after.slice(1)
      return key
    default:
      model.before += key
      return key
  }
}

/** The colleague writes a figure in front of the caret's words, or behind them, the first within the click itself; or only moves the caret. */
async function seatColleague(): Promise<void> {
  await driver.page.evaluate(() => {
    let count = 0
    const write = (inFront: boolean): void => {
      const words = window.room.words(1)
      const mark = inFront ? 'alph' : 'psilon'
      const unit = words.findIndex((one) => one.includes(mark))
      window.room.write(unit, words[unit]!.indexOf(mark) + (inFront ? mark.length : 0), String(count++ % 10))
    }
    Object.assign(window, { colleague: write, colleaguePoints: () => window.room.cursor(0, 1 + (count++ % 3)) })
    document.addEventListener('mouseup', () => write(true), { once: true })
  })
}

const colleagueWrites = (inFront: boolean): Promise<unknown> => driver.cdp.send('Runtime.evaluate', { expression: `colleague(${inFront})` })

const colleaguePoints = (): Promise<unknown> => driver.cdp.send('Runtime.evaluate', { expression: 'colleaguePoints()' })

async function click(): Promise<void> {
  const { x, y } = await driver.page.evaluate(() => {
    const walk = document.createTreeWalker(document.querySelector('#here .text')!, NodeFilter.SHOW_TEXT)
    for (let node = walk.nextNode(); node !== null; node = walk.nextNode()) {
      const at = node.nodeValue!.indexOf('gamma')
      if (at === -1) continue
      const range = document.createRange()
      range.setStart(node, at + 'gamma'.length)
      const box = range.getBoundingClientRect()
      return { x: box.left, y: box.top + 6 }
    }
    throw new Error('the words to click at are not shown')
  })
  const at = { x, y, button: 'left' as const, clickCount: 1 }
  await Promise.all([driver.cdp.send('Input.dispatchMouseEvent', { type: 'mousePressed', ...at }), driver.cdp.send('Input.dispatchMouseEvent', { type: 'mouseReleased', ...at })])
}

const painted = (): Promise<void> => driver.page.evaluate(() => new Promise<void>((resolve) => requestAnimationFrame(() => setTimeout(resolve))))

async function playRound(random: Random, stage: 'drafting' | 'negotiation', kinds: readonly (readonly [string, number])[]): Promise<{ script: string; wanted: string; model: string; figures: number; written: number; shown: string }> {
  await driver.start({ stage, paragraphs: [['op', 'alpha beta gamma delta epsilon'], ['op', 'zeta eta theta']] })
  await seatColleague()
  await click()
  const model: Model = { before: front, after: back }
  const script: string[] = []
  let written = 1
  let waits: Promise<unknown>[] = []
  for (let step = random(20) + 5; step > 0; step--) {
    const key = nextKey(random, model, kinds)
    if (key === null) continue
    script.push(key)
    waits.push(...press(key))
    for (; half(random); written++) waits.push(colleagueWrites(half(random)))
    if (half(random)) waits.push(colleaguePoints())
    if (random(4) === 0) {
      await Promise.all(waits)
      waits = []
      if (half(random)) await painted()
    }
  }
  await Promise.all(waits)
  await painted()
  const shown = (await driver.shown()).map((words) => words.replace(/[\d+]/g, '')).join('\n')
  const figures = (await driver.words(1)).join('').replace(/\D/g, '').length
  return { script: script.join(' '), wanted: model.before + model.after, model: (await driver.words()).join('\n').replace(/\d/g, ''), figures, written, shown }
}

const letters = [['X', 2], ['Y', 2], ['Z', 2]] as const

test(`ED35 keys go where the caret is seen, however fast, while a colleague writes in the paragraph (OMNIBUS_SEED=${seed})`, async () => {
  const random = randomOf(seed)
  for (let round = 0; round < rounds; round++) {
    const { script, wanted, model, figures, written, shown } = await playRound(random, 'drafting', [...letters, ['Enter', 3], ['Backspace', 7], ['ArrowLeft', 2], ['ArrowRight', 2]])
    expect({ round, script, model, shown, figures }).toEqual({ round, script, model: wanted, shown: wanted, figures: written })
  }
})

test(`ED35 so do they in negotiation, while decisions change the paragraph (OMNIBUS_SEED=${seed})`, async () => {
  const random = randomOf(seed)
  for (let round = 0; round < rounds; round++) {
    const { script, wanted, model, figures, written, shown } = await playRound(random, 'negotiation', [...letters, ['Backspace', 5], ['ArrowLeft', 2], ['ArrowRight', 2]])
    expect({ round, script, model, shown, figures }).toEqual({ round, script, model: front + back, shown: wanted, figures: written })
  }
})
