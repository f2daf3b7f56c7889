import type { Browser, BrowserContext, Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest'
import { launchChromium } from './support/chromium.ts'
import { servePage } from './support/page.ts'
import type { ServedPage } from './support/page.ts'
import type {} from './fixtures/store-page.ts'

let served: ServedPage
let browser: Browser
/** One device: its tabs share what is kept. */
let device: BrowserContext

beforeAll(async () => {
  served = await servePage('store')
  browser = await launchChromium()
})

afterAll(async () => {
  await browser.close()
  await served.close()
})

beforeEach(async () => {
  device = await browser.newContext()
})

afterEach(async () => {
  await device.close()
})

async function tab(person = 'eva', document = 'd1', hatId = 'hat'): Promise<Page> {
  const page = await device.newPage()
  await page.goto(served.address)
  await page.evaluate(([who, what, as]) => window.store.open(who, what, as), [person, document, hatId] as const)
  return page
}

/** Closes a tab, and waits in a fresh one until it has died. */
async function after(gone: Page, person?: string, document?: string): Promise<Page> {
  await gone.close()
  const next = await tab(person, document)
  await next.evaluate(() => window.store.alone())
  return next
}

const keep = (page: Page, number: number, words: string): Promise<void> => page.evaluate(([at, said]) => window.store.keep(at, said), [number, words] as const)
const adopt = (page: Page, leavingMs?: number): Promise<string[]> => page.evaluate((waits) => window.store.adopt(waits), leavingMs)
const kept = (number: number, words: string): string => `${number} ${words} hints [{"do":"write","in":[],"as":[1,1],"after":null,"words":"${words}"}]`

test('LS1 what is kept outlives its tab; what is forgotten does not', async () => {
  const first = await tab()
  for (const [index, words] of ['one', 'two', 'three'].entries()) await keep(first, index + 1, words)
  await first.evaluate(() => window.store.forget(1, 3))
  const second = await after(first)
  expect(await adopt(second)).toEqual([kept(1, 'two')])
})

test('LS2 a tab that lives keeps its own; when it has died the next takes over, in order and numbered anew', async () => {
  const [first, second] = [await tab(), await tab()]
  for (const [number, words] of [[7, 'one'], [8, 'two'], [12, 'three']] as const) await keep(first, number, words)
  expect(await adopt(second)).toEqual([])
  await first.close()
  await second.evaluate(() => window.store.alone())
  expect(await adopt(second)).toEqual([kept(1, 'one'), kept(2, 'two'), kept(3, 'three')])
  // Its own now, and found under its new numbers.
  await second.evaluate(() => window.store.forget(2))
  expect(await adopt(await after(second))).toEqual([kept(1, 'one'), kept(2, 'three')])
})

test('LS2 a tab that is being left when the next opens is waited for, and the last that was kept there is taken over', async () => {
  const [first, second] = [await tab(), await tab()]
  await keep(first, 1, 'last')
  const taken = adopt(second, 60_000)
  await first.close()
  expect(await taken).toEqual([kept(1, 'last')])
})

test('LS3 of several tabs that open at once one takes all', async () => {
  const first = await tab()
  for (let number = 1; number <= 40; number++) await keep(first, number, `w${number}`)
  await (await after(first)).close()
  const tabs = await Promise.all([tab(), tab(), tab()])
  const taken = await Promise.all(tabs.map(adopt))
  expect(taken.map((list) => list.length).sort()).toEqual([0, 0, 40])
  expect(taken.find((list) => list.length > 0)).toEqual(Array.from({ length: 40 }, (_, index) => kept(index + 1, `w${index + 1}`)))
})

test('LS4 a store is of one person in one capacity and one document', async () => {
  const first = await tab('eva', 'd1')
  await keep(first, 1, 'hers')
  expect(await adopt(await after(first, 'jun'))).toEqual([])
  expect(await adopt(await tab('eva', 'd1/side/eu'))).toEqual([])
  expect(await adopt(await tab('eva', 'd1', 'another'))).toEqual([])
  expect(await adopt(await tab('eva', 'd1'))).toEqual([kept(1, 'hers')])
})

test('LS5 a session that was closed leaves what it has to the next, also in the same tab', async () => {
  const page = await tab()
  await keep(page, 1, 'one')
  await page.evaluate(() => window.store.close())
  await page.evaluate(() => window.store.open('eva', 'd1'))
  expect(await adopt(page)).toEqual([kept(1, 'one')])
})

test('LS6 what takes the place of others is kept with their end, as one', async () => {
  const first = await tab()
  for (const [index, words] of ['one', 'two', 'three'].entries()) await keep(first, index + 1, words)
  await first.evaluate(() => window.store.replace('again', 1, 2, 3))
  expect(await adopt(await after(first))).toEqual([kept(1, 'again')])
})

test('LS7 the order of what was typed holds, whatever the clock of the machine does meanwhile', async () => {
  const first = await tab()
  await keep(first, 1, 'one')
  await first.evaluate(() => window.store.setClock(-86_400_000))
  await keep(first, 2, 'two')
  await first.evaluate(() => window.store.setClock(86_400_000))
  await keep(first, 3, 'three')
  expect(await adopt(await after(first))).toEqual([kept(1, 'one'), kept(2, 'two'), kept(3, 'three')])
})
