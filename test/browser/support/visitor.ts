/** Somebody in the real page: a browser context of their own, and every byte that came in on its sockets. */
import { messageSync, syncStep1 } from '../../../shared/wire/protocol.ts'
import type { Browser, BrowserContext, Page } from 'playwright-core'

export class Visitor {
  readonly name: string
  readonly context: BrowserContext
  readonly page: Page
  readonly frames: Buffer[] = []
  /** Errors of the page and refusals of its content security policy. */
  readonly complaints: string[] = []

  private constructor(name: string, context: BrowserContext, page: Page) {
    this.name = name
    this.context = context
    this.page = page
    page.on('websocket', (socket) => socket.on('framereceived', ({ payload }) => void this.frames.push(Buffer.from(payload))))
    page.on('pageerror', (error) => this.complaints.push(String(error)))
    page.on('console', (message) => {
      if (/Content Security Policy/.test(message.text())) this.complaints.push(message.text())
    })
  }

  static async of(browser: Browser, name: string): Promise<Visitor> {
    const context = await browser.newContext({ viewport: { width: 1440, height: 900 } })
    return new Visitor(name, context, await context.newPage())
  }

  /** A second tab of the same person. */
  async another(): Promise<Visitor> {
    return new Visitor(this.name, this.context, await this.context.newPage())
  }

  /** Follows a link and gives one's name where it is asked. */
  async follow(link: string): Promise<void> {
    await this.page.goto(link)
    await this.page.getByLabel('Your name').fill(this.name)
    await this.page.getByRole('button', { name: 'Enter' }).click()
  }

  async inRoom(): Promise<void> {
    await this.page.locator('.text .unit').first().waitFor()
    await this.saved()
  }

  async saved(): Promise<void> {
    await this.page.getByText('Saved', { exact: true }).first().waitFor()
  }

  /** Document updates that came in: sync messages (see wire/protocol), presence and notices left out. */
  get updates(): number {
    return this.frames.filter((frame) => frame[0] === messageSync && frame[1] !== syncStep1).length
  }

  received(words: string): boolean {
    return this.frames.some((frame) => frame.includes(words))
  }

  /** The paragraph whose id it is, as the editor shows it. */
  unit(id: string): ReturnType<Page['locator']> {
    return this.page.locator(`.text [data-unit="${id}"]`).first()
  }

  /** Selects words of a paragraph as a person does; the caret alone goes to their end when `caret`. */
  async select(id: string, words: string, caret = false): Promise<void> {
    await this.unit(id).waitFor()
    await this.page.evaluate(selectWords, { id, words, caret })
  }

  async replace(id: string, words: string, by: string): Promise<void> {
    await this.select(id, words)
    await this.page.keyboard.type(by)
  }

  /** The card of an amendment: its button of that name. */
  card(amendment: string): ReturnType<Page['locator']> {
    return this.page.locator(`[data-card="${amendment}"]`)
  }

  /** Everything the text shows, without what belongs to one person alone. */
  async text(): Promise<string> {
    return (await this.page.locator('.text > *').allTextContents()).join('\n')
  }
}

async function selectWords({ id, words, caret }: { id: string; words: string; caret: boolean }): Promise<void> {
  const block = document.querySelector(`.text [data-unit="${id}"]`)!
  block.scrollIntoView({ block: 'center' })
  const pieces: { node: Node; start: number }[] = []
  let all = ''
  const walk = document.createTreeWalker(block, NodeFilter.SHOW_TEXT)
  for (let node = walk.nextNode(); node !== null; node = walk.nextNode()) {
    pieces.push({ node, start: all.length })
    all += node.nodeValue!
  }
  const from = all.indexOf(words)
  if (from === -1) throw new Error(`no “${words}” in “${all}”`)
  const place = (at: number, before: boolean): [Node, number] => {
    const piece = pieces.findLast(({ start }) => (before ? start < at : start <= at)) ?? pieces[0]!
    return [piece.node, at - piece.start]
  }
  ;(block.closest('.text') as HTMLElement).focus()
  const end = place(from + words.length, true)
  const start = caret ? end : place(from, false)
  const selection = document.getSelection()!
  // Where it is already, nothing would be heard of it.
  if (selection.anchorNode === start[0] && selection.anchorOffset === start[1] && selection.focusNode === end[0] && selection.focusOffset === end[1]) return
  const heard = new Promise<void>((resolve) => document.addEventListener('selectionchange', () => setTimeout(resolve), { once: true }))
  selection.setBaseAndExtent(start[0], start[1], end[0], end[1])
  await heard
}
