import type { Browser } from 'playwright-core'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { ServerProcess } from '../unit/walk/server.ts'
import { launchChromium } from './support/chromium.ts'
import { picture, printed } from './support/picture.ts'
import { Visitor } from './support/visitor.ts'

const text = `Lamps in harbours

The General Assembly,

Recalling the lamps of all harbours,

1. Urges all States to keep the lamps of all harbours burning through the night;

2. Requests the Secretary-General to report on the lamps every year;

3. Decides to remain seized of the matter.
`

let server: ServerProcess
let browser: Browser

beforeEach(async () => {
  server = await ServerProcess.start()
  browser = await launchChromium()
})

afterEach(async () => {
  await browser?.close()
  await server?.remove()
})

const shoot = (visitor: Visitor, name: string): Promise<void> => picture(visitor.page, name)

test('WB2 the official wording of a card is read and copied, and all are listed, filtered, printed and exported', { timeout: 240_000 }, async () => {
  const chair = await Visitor.of(browser, 'Amina Chair')
  await chair.context.grantPermissions(['clipboard-read', 'clipboard-write'])
  const { page } = chair
  await chair.follow(`${server.address}${server.link!}`)
  await page.getByRole('button', { name: 'New draft' }).click()
  await page.getByLabel('Pasted text').check()
  await page.getByLabel('The resolution’s text').fill(text)
  await page.getByLabel('Name of the draft').fill('Lamps in harbours')
  await page.getByRole('button', { name: 'Make the draft' }).click()
  await chair.inRoom()
  await page.getByRole('button', { name: /^Chair/ }).click()
  await page.getByRole('button', { name: 'Open negotiation' }).click()
  await page.getByRole('dialog').getByRole('button', { name: 'Open negotiation' }).click()
  await page.getByText('Negotiation', { exact: true }).first().waitFor()
  const idOf = (words: string): Promise<string> => page.locator('.text .unit', { hasText: words }).first().evaluate((block) => (block as HTMLElement).dataset['unit']!)
  const [lamps, report] = [await idOf('Urges'), await idOf('Requests')]

  // Private work has its wording at once.
  await chair.replace(report, 'every year', 'every two years')
  const own = page.locator('[data-card^="own-"]').first()
  await own.getByText('Wording', { exact: true }).click()
  await own.getByText('In operative paragraph 2, replace the word “year” with the words “two years”.', { exact: true }).waitFor()
  await shoot(chair, '01-own-card')
  await chair.saved()
  await own.getByRole('button', { name: 'Put forward as the chair’s proposal' }).click()
  await page.locator('[data-card]:not([data-card^="own-"]):not([data-card^="unit-"])').first().waitFor()
  await chair.replace(lamps, 'States', 'States and agencies')
  await chair.saved()
  await page.locator('[data-card^="own-"]').getByRole('button', { name: 'Put forward as the chair’s proposal' }).click()

  // A published card: by keyboard, with the paragraph as it would read, and copied.
  await chair.select(lamps, 'Urges', true)
  // Not one's own, which goes when the published one comes.
  const card = page.locator('article[data-card]:not([data-card^="own-"])', { hasText: 'and agencies' }).first()
  await card.getByText('Wording', { exact: true }).focus()
  await page.keyboard.press('Enter')
  await card.getByLabel('as the paragraph would read').check()
  const sentence = 'In operative paragraph 1, after the word “States”, insert the words “and agencies”, so that the paragraph would read: “Urges all States and agencies to keep the lamps of all harbours burning through the night;”.'
  expect(await card.locator('.sentence').innerText()).toBe(sentence)
  // Unfolded, it pushes the next card on and does not lie beneath it.
  await page.waitForFunction(() => {
    const boxes = [...document.querySelectorAll('.card-slot')].map((slot) => slot.getBoundingClientRect()).sort((left, right) => left.top - right.top)
    return boxes.every((box, index) => index === 0 || boxes[index - 1]!.bottom <= box.top)
  })
  await shoot(chair, '02-card')
  await card.getByRole('button', { name: 'Copy the wording' }).click()
  await page.getByText('Copied.').waitFor()
  expect(await page.evaluate(() => navigator.clipboard.readText())).toBe(sentence)

  // The list, in the order of the text, by status.
  await page.getByRole('button', { name: /^More/ }).click()
  await page.getByRole('button', { name: 'Amendment list' }).click()
  const list = page.getByRole('dialog', { name: 'Amendment list' })
  const wordings = async (): Promise<string[]> => list.locator('.sentence').allInnerTexts()
  expect(await wordings()).toEqual([
    'In operative paragraph 1, after the word “States”, insert the words “and agencies”.',
    'In operative paragraph 2, replace the word “year” with the words “two years”.',
  ])
  expect(await list.getByText('Proposed by the Chair').count()).toBe(2)
  await shoot(chair, '03-list')
  await printed(page, '04-print', { format: 'A4' })
  await page.emulateMedia({ media: 'print' })
  expect(await page.locator('.room-body').isVisible()).toBe(false)
  expect(await list.locator('.sentence').first().isVisible()).toBe(true)
  expect(await list.locator('.list-tools').isVisible()).toBe(false)
  await shoot(chair, '04-print')
  await page.emulateMedia({ media: null })
  await list.getByLabel('Amendments').selectOption({ label: 'Decided' })
  await list.locator('p.hint', { hasText: 'No amendment has been decided.' }).waitFor()
  await list.getByLabel('Amendments').selectOption({ label: 'Open' })
  await list.getByRole('button', { name: 'Proposed by the Chair' }).first().click()
  await list.waitFor({ state: 'detached' })

  // Once incorporated it keeps the wording that it had.
  await page.locator('article[data-card]', { hasText: 'and agencies' }).first().getByRole('button', { name: 'Incorporate' }).click()
  await chair.unit(lamps).getByText('Urges all States and agencies to keep').waitFor()
  await page.getByRole('button', { name: /^More/ }).click()
  await page.getByRole('button', { name: 'Amendment list' }).click()
  await list.getByLabel('Amendments').selectOption({ label: 'Decided' })
  await list.getByText('incorporated', { exact: true }).waitFor()
  expect(await wordings()).toEqual(['In operative paragraph 1, after the word “States”, insert the words “and agencies”.'])
  await shoot(chair, '05-decided')
  await page.setViewportSize({ width: 390, height: 800 })
  await shoot(chair, '06-phone')
  expect(chair.complaints).toEqual([])
})
