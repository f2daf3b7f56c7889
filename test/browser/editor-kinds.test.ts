import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import { openDriver } from './support/drive.ts'
import type { Driver } from './support/drive.ts'
import type { RoomPlan } from './fixtures/editor-page.ts'

let driver: Driver
beforeAll(async () => {
  driver = await openDriver()
})
afterAll(() => driver.close())
afterEach(() => {
  expect(driver.complaints.splice(0)).toEqual([])
})

const plan: RoomPlan = {
  stage: 'negotiation',
  paragraphs: [
    ['title', 'Protection of migrants'],
    ['op', 'Urges Member States to act;'],
    ['op', 'Requests a report;'],
    ['op', 'Decides to meet again.'],
  ],
}
const base = plan.paragraphs.map(([, words]) => words)
const press = async (...keys: string[]): Promise<void> => {
  for (const key of keys) await driver.page.keyboard.press(key)
}
const own = () => driver.room((room) => room.amendments().filter((one) => !one.dropped).map(({ kind, hunks, cuts, proposal }) => ({ kind, hunks, cuts, proposal })))
const refused = () => driver.room((room) => [...room.refused])
const attributes = (selector: string, name: string) => driver.page.locator(`#here ${selector}`).evaluateAll((found, attribute) => found.map((one) => one.getAttribute(attribute)), name)

test('KI20 Enter inside a paragraph proposes to split it, and at its end begins a new one', async () => {
  await driver.start(plan)
  await driver.caret(1, 12)
  await press('Enter')
  expect((await driver.shown())[1]).toBe('Urges Member ¶States to act;')
  expect(await attributes('.sign', 'data-by')).toEqual(['EU, private'])
  expect(await driver.where()).toEqual({ block: 1, offset: 14 })
  expect(await driver.words()).toEqual(base)
  await driver.page.keyboard.type('all ')
  expect((await driver.shown())[1]).toBe('Urges Member +all +¶States to act;')
  await driver.caret(1, 18)
  await press('Backspace')
  expect((await driver.shown())[1]).toBe('Urges Member +all +States to act;')
  await press('Control+z')
  expect((await driver.shown())[1]).toBe('Urges Member +all +¶States to act;')
  await driver.caret(2, 18)
  await press('Enter')
  await driver.page.keyboard.type('Invites all;')
  expect((await driver.shown())[3]).toBe('Invites all;')
  expect((await own()).map(({ kind }) => kind)).toEqual(['split', 'modify', 'insert'])
})

test('KI21 Backspace at a beginning, and Delete at an end, propose to join', async () => {
  await driver.start(plan)
  await driver.caret(2, 0)
  await press('Backspace')
  expect((await driver.shown()).slice(1, 3)).toEqual(['Urges Member States to act;⁀', 'Requests a report;'])
  expect(await driver.where()).toEqual({ block: 1, offset: 28 })
  await driver.caret(2, 18)
  await press('Delete')
  expect((await driver.shown())[2]).toBe('Requests a report;⁀')
  await press('Control+z')
  expect((await driver.shown())[2]).toBe('Requests a report;')
  expect(await driver.words()).toEqual(base)
  expect(await refused()).toEqual([])
})

test('KI22 Alt with the arrows proposes a move, struck where it leaves and dashed where it goes', async () => {
  await driver.start(plan)
  await driver.caret(1, 3)
  await press('Alt+ArrowDown')
  expect(await driver.shown()).toEqual([base[0], `-${base[1]}-`, base[2], base[1], base[3]])
  expect(await attributes('.arriving', 'data-by')).toEqual(['EU, private: OP1 would stand here'])
  expect(await attributes('.struck', 'data-by')).toEqual(['EU, private: move'])
  await press('Alt+ArrowDown')
  expect(await driver.shown()).toEqual([base[0], `-${base[1]}-`, base[2], base[3], base[1]])
  await driver.caret(4, 3)
  await driver.page.keyboard.type('x')
  expect(await refused()).toEqual(['moved-copy'])
  await driver.caret(1, 3)
  await press('Alt+ArrowUp', 'Alt+ArrowUp')
  expect(await driver.shown()).toEqual(base)
  expect(await own()).toEqual([])
  expect(await driver.words()).toEqual(base)
})

test('KI23 Tab and Shift-Tab nest one’s own new paragraph, and propose that of a paragraph of the base', async () => {
  await driver.start(plan)
  await driver.caret(1, 27)
  await press('Enter')
  await driver.page.keyboard.type('by law;')
  await press('Tab')
  const block = driver.page.locator('#here .text > :nth-child(3)')
  expect(await block.getAttribute('class')).toContain('unit-sub depth-1')
  await driver.page.keyboard.type(' now')
  await press('Shift+Tab')
  expect(await block.getAttribute('class')).toContain('unit-op depth-0')
  expect((await own()).map(({ kind, proposal }) => [kind, proposal])).toEqual([['insert', 'by law; now']])
  await driver.caret(3, 2)
  await press('Tab')
  expect(await attributes('.arriving', 'class')).toEqual([expect.stringContaining('depth-1')])
  expect((await own()).map(({ kind }) => kind)).toEqual(['insert', 'move'])
})

test('KI24 brackets are put round the selected words, or the whole paragraph, and nest', async () => {
  await driver.start({ ...plan, both: true })
  await driver.caret(1, 6, 19)
  await press('Alt+Shift+R')
  await driver.caret(1, 13, 19)
  await press('Alt+Shift+K')
  await driver.caret(2, 4)
  await press('Alt+Shift+B')
  const shown = async (): Promise<(readonly [string | null, string | null, string | null])[]> =>
    driver.page.locator('#here .bracketed').evaluateAll((all) => all.map((one) => [one.getAttribute('data-before'), one.textContent, one.getAttribute('data-after')] as const))
  expect(await shown()).toEqual([
    ['[', 'Member ', ''], ['[', 'States', ' - EU, private: retain] - EU, private: reserve]'], ['[', 'Requests a report;', ' - EU, private: bracket]'],
  ])
  expect(await driver.words()).toEqual(base)
  await driver.room((room) => room.forward(0))
  await driver.room((room) => room.incorporate(0))
  expect(await shown()).toEqual([['[', 'Member ', ''], ['[', 'States', ']]'], ['[', 'Requests a report;', ']']])
  expect(await driver.page.locator('#there .bracketed').count()).toBe(3)
})

test('KI25 a placeholder is begun by key, with words or without', async () => {
  await driver.start(plan)
  await driver.caret(1, 3)
  await press('Alt+Shift+P')
  expect(await attributes('.placeholder', 'data-by')).toEqual(['[placeholder - text to come from EU, private]'])
  await driver.page.keyboard.type('finance')
  expect(await attributes('.bracketed', 'data-before')).toEqual(['[placeholder: '])
  expect(await attributes('.bracketed', 'data-after')).toEqual([' - text to come from EU, private]'])
  expect(await own()).toEqual([{ kind: 'placeholder', hunks: [], cuts: 0, proposal: 'finance' }])
})

test('KI26 a footnote is put by key and written at the foot, where its words are amended too', async () => {
  await driver.start({ ...plan, both: true })
  await driver.caret(1, 19)
  await press('Alt+Shift+F')
  await driver.page.keyboard.type('See resolution A.')
  expect((await driver.shown())[1]).toBe('Urges Member States† to act;')
  expect(await own()).toEqual([{ kind: 'note', hunks: [], cuts: 0, proposal: 'See resolution A.' }])
  await driver.room((room) => room.forward(0))
  expect(await driver.page.locator('#there .notes textarea').inputValue()).toBe('See resolution A.')
  await driver.room((room) => room.incorporate(0))
  const field = driver.page.locator('#here .notes textarea')
  expect(await field.inputValue()).toBe('See resolution A.')
  await field.evaluate((one: HTMLTextAreaElement) => { one.focus(); one.setSelectionRange(15, 16) })
  await driver.page.keyboard.type('BC')
  await press('Backspace')
  expect(await field.inputValue()).toBe('See resolution B.')
  expect(await driver.page.locator('#here .note-proposals').innerHTML()).toMatch(/See resolution <\/span><del [^>]*>A<\/del><ins [^>]*>B<\/ins>/)
  expect(await driver.page.locator('#there .notes textarea').inputValue()).toBe('See resolution A.')
})

test('KI27 typing in another’s new paragraph begins one’s own amendment, which stands on in the text', async () => {
  await driver.start({ ...plan, both: true })
  await driver.page.locator('#there .text').focus()
  await driver.page.evaluate(() => {
    const words = document.querySelectorAll('#there .text > *')[1]!.lastChild!
    document.getSelection()!.setBaseAndExtent(words, words.textContent!.length, words, words.textContent!.length)
  })
  await press('Enter')
  await driver.page.keyboard.type('Invites all States;')
  await driver.room((room) => room.forward(1))
  expect((await driver.shown())[2]).toBe('Invites all States;')
  await driver.page.locator('#here .text').focus()
  await driver.caret(2, 11)
  await driver.page.keyboard.type(' other')
  await driver.caret(2, 0, 7)
  await press('Delete')
  expect((await driver.shown())[2]).toBe('-Invites- all+ other+ States;')
  expect(await refused()).toEqual([])
  expect(await own()).toEqual([{ kind: 'modify', hunks: [' other'], cuts: 1, proposal: '' }])
  await driver.room((room) => room.incorporate(1))
  expect((await driver.words())[2]).toBe('Invites all States;')
  expect((await driver.shown())[2]).toBe('-Invites- all+ other+ States;')
  await driver.caret(2, 17)
  await driver.page.keyboard.type('!')
  expect(await own()).toEqual([{ kind: 'modify', hunks: [' other!'], cuts: 1, proposal: '' }])
})
