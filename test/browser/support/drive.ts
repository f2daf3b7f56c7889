/** One browser for a file of tests, and hands on the editor's page. */
import type { Browser, CDPSession, Page } from 'playwright-core'
import type { RoomPlan, TestRoom } from '../fixtures/editor-page.ts'
import { launchChromium } from './chromium.ts'
import { servePage } from './page.ts'
import type { ServedPage } from './page.ts'

export interface Driver {
  readonly page: Page
  readonly cdp: CDPSession
  /** What the page complained of: errors, refusals of the content security policy. */
  readonly complaints: string[]
  start(plan: RoomPlan): Promise<void>
  words(person?: number): Promise<string[]>
  shape(): Promise<string[]>
  /** A paragraph as the first person's page shows it: `+words+` proposed, `-words-` struck. */
  shown(): Promise<string[]>
  caret(unit: number, offset: number, to?: number): Promise<void>
  /** Paragraph and offset of the caret on the page. */
  where(): Promise<{ block: number; offset: number }>
  room<T>(act: (room: TestRoom) => T): Promise<T>
  compose(words: string): Promise<void>
  commit(words: string): Promise<void>
  close(): Promise<void>
}

export async function openDriver(): Promise<Driver> {
  const served: ServedPage = await servePage('editor')
  const browser: Browser = await launchChromium()
  const context = await browser.newContext({ viewport: { width: 1180, height: 900 }, permissions: ['clipboard-read', 'clipboard-write'] })
  const page = await context.newPage()
  const complaints: string[] = []
  page.on('pageerror', (error) => complaints.push(String(error)))
  page.on('console', (message) => {
    if (message.type() === 'error' || message.type() === 'warning') complaints.push(message.text())
  })
  await page.goto(served.address)
  const cdp = await context.newCDPSession(page)
  return {
    page,
    cdp,
    complaints,
    start: async (plan) => {
      await page.evaluate((given) => window.room.start(given), plan)
      await page.locator('#here .text').focus()
    },
    words: (person = 0) => page.evaluate((index) => window.room.words(index), person),
    shape: () => page.evaluate(() => window.room.shape()),
    shown: () => page.evaluate(shownParagraphs),
    caret: (unit, offset, to = offset) => page.evaluate(putCaret, { unit, offset, to }),
    where: () => page.evaluate(caretPlace),
    room: (act) => page.evaluate(`(${act.toString()})(window.room)`) as Promise<never>,
    compose: async (words) => void (await cdp.send('Input.imeSetComposition', { text: words, selectionStart: words.length, selectionEnd: words.length })),
    commit: async (words) => void (await cdp.send('Input.insertText', { text: words })),
    close: async () => {
      await browser.close()
      await served.close()
    },
  }
}

function shownParagraphs(): string[] {
  return [...document.querySelectorAll('#here .text > *')].map((block) => {
    let words = ''
    const walk = document.createTreeWalker(block, NodeFilter.SHOW_TEXT)
    for (let node = walk.nextNode(); node !== null; node = walk.nextNode()) {
      const parent = node.parentElement!
      const sign = parent.closest('ins') !== null ? '+' : parent.closest('del') !== null ? '-' : ''
      if (parent.closest('.remote-caret') === null) words += sign + node.nodeValue + sign
    }
    return words.replaceAll('++', '').replaceAll('--', '')
  })
}

/** Puts the DOM's selection there; the view hears of it. */
function putCaret({ unit, offset, to }: { unit: number; offset: number; to: number }): Promise<void> {
  const block = document.querySelectorAll('#here .text > *')[unit]!
  const at = (wanted: number): [Node, number] => {
    let left = wanted
    const walk = document.createTreeWalker(block, NodeFilter.SHOW_TEXT)
    for (let node = walk.nextNode(); node !== null; node = walk.nextNode()) {
      const length = node.nodeValue!.length
      if (left <= length) return [node, left]
      left -= length
    }
    return [block, 0]
  }
  const [from, to_] = [at(offset), at(to)]
  const heard = new Promise<void>((resolve) => document.addEventListener('selectionchange', () => setTimeout(resolve), { once: true }))
  const selection = document.getSelection()!
  if (selection.anchorNode === from[0] && selection.anchorOffset === from[1] && selection.focusNode === to_[0] && selection.focusOffset === to_[1]) return Promise.resolve()
  selection.setBaseAndExtent(from[0], from[1], to_[0], to_[1])
  return heard
}

function caretPlace(): { block: number; offset: number } {
  const selection = document.getSelection()!
  const blocks = [...document.querySelectorAll('#here .text > *')]
  const block = blocks.findIndex((one) => one.contains(selection.focusNode))
  if (block === -1) return { block, offset: -1 }
  const range = document.createRange()
  range.setStart(blocks[block]!, 0)
  range.setEnd(selection.focusNode!, selection.focusOffset)
  return { block, offset: range.toString().length }
}
