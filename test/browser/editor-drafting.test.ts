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
  paragraphs: [
    ['title', 'Protection of migrants'],
    ['pp', 'Recalling its resolution 70/1,'],
    ['op', 'Urges Member States to act;'],
    ['op', 'Requests the Secretary-General to report.'],
  ],
}

test('ED1 typing goes into the base and comes back on the page', async () => {
  await driver.start(plan)
  await driver.caret(2, 20)
  await driver.page.keyboard.type('all ')
  expect((await driver.words(1))[2]).toBe('Urges Member States all to act;')
  expect((await driver.shown())[2]).toBe('Urges Member States all to act;')
  expect(await driver.where()).toEqual({ block: 2, offset: 24 })
})

test('ED1 deleting among like letters deletes the one at the caret', async () => {
  await driver.start({ paragraphs: [['op', 'hello']] })
  await driver.caret(0, 4)
  await driver.page.keyboard.press('Backspace')
  expect(await driver.where()).toEqual({ block: 0, offset: 3 })
  await driver.room((room) => room.write(0, 4, '!'))
  await driver.page.keyboard.press('Delete')
  expect(await driver.words(1)).toEqual(['hel!'])
})

test('ED2 an opening phrase is italic by derivation, and no text', async () => {
  await driver.start(plan)
  expect(await driver.page.locator('#here .unit-pp em').textContent()).toBe('Recalling')
  await driver.caret(1, 0, 9)
  await driver.page.keyboard.type('Reaffirming')
  expect(await driver.page.locator('#here .unit-pp em').textContent()).toBe('Reaffirming')
})

test('ED3 Enter splits and Backspace joins without copying a word', async () => {
  await driver.start(plan)
  const stored = await driver.room((room) => room.stored())
  await driver.caret(2, 19)
  await driver.page.keyboard.press('Enter')
  expect((await driver.shape()).slice(2)).toEqual(['1. Urges Member States', '2.  to act;', '3. Requests the Secretary-General to report.'])
  expect(await driver.where()).toEqual({ block: 3, offset: 0 })
  await driver.page.keyboard.press('Backspace')
  expect((await driver.words(1))[2]).toBe('Urges Member States to act;')
  expect(await driver.where()).toEqual({ block: 2, offset: 19 })
  expect(await driver.room((room) => room.stored())).toBe(stored)
})

test('ED3 who types in the second half while somebody splits goes on in the right place', async () => {
  await driver.start(plan)
  await driver.caret(2, 26)
  await driver.page.keyboard.type(' n')
  await driver.room((room) => room.split(2, 19))
  await driver.page.keyboard.type('ow')
  expect((await driver.words()).slice(2, 4)).toEqual(['Urges Member States', ' to act now;'])
})

test('ED3 Delete at an end joins the next paragraph', async () => {
  await driver.start(plan)
  await driver.caret(2, 27)
  await driver.page.keyboard.press('Delete')
  expect((await driver.words(1)).slice(2)).toEqual(['Urges Member States to act;Requests the Secretary-General to report.'])
})

test('ED4 Tab nests, Shift-Tab lifts, Alt-arrows move', async () => {
  await driver.start(plan)
  await driver.caret(3, 3)
  await driver.page.keyboard.press('Tab')
  expect((await driver.shape())[3]).toBe('  (a) Requests the Secretary-General to report.')
  await driver.page.keyboard.press('Shift+Tab')
  expect((await driver.shape())[3]).toBe('2. Requests the Secretary-General to report.')
  await driver.page.keyboard.press('Alt+ArrowUp')
  expect((await driver.shape()).slice(2)).toEqual(['1. Requests the Secretary-General to report.', '2. Urges Member States to act;'])
  expect(await driver.where()).toEqual({ block: 2, offset: 3 })
  await driver.page.keyboard.press('Alt+ArrowDown')
  expect((await driver.shape())[2]).toBe('1. Urges Member States to act;')
})

test('ED5 a paste of several paragraphs makes units, as plain words', async () => {
  await driver.start(plan)
  await driver.caret(2, 27)
  await driver.page.evaluate(async () => {
    const html = new Blob(['<b>no</b>'], { type: 'text/html' })
    const text = new Blob([' first\u0000\n\nCalls upon all;\nDecides to stop.'], { type: 'text/plain' })
    await navigator.clipboard.write([new ClipboardItem({ 'text/html': html, 'text/plain': text })])
  })
  await driver.page.keyboard.press('Control+v')
  await expect.poll(() => driver.words(1)).toEqual([
    'Protection of migrants', 'Recalling its resolution 70/1,', 'Urges Member States to act; first', 'Calls upon all;', 'Decides to stop.',
    'Requests the Secretary-General to report.',
  ])
  expect(await driver.where()).toEqual({ block: 4, offset: 16 })
})

test('ED5 a paste inside a paragraph leaves what follows behind the last', async () => {
  await driver.start({ paragraphs: [['op', 'Urges all;']] })
  await driver.caret(0, 6)
  await driver.page.evaluate(() => navigator.clipboard.writeText('some\nCalls upon '))
  await driver.page.keyboard.press('Control+v')
  await expect.poll(() => driver.words(1)).toEqual(['Urges some', 'Calls upon all;'])
})

test('ED6 a selection over several paragraphs that is typed over becomes one', async () => {
  await driver.start(plan)
  await driver.page.evaluate(() => {
    const blocks = document.querySelectorAll('#here .text > *')
    const [first, last] = [blocks[1]!.lastChild!, blocks[3]!.lastChild!]
    document.getSelection()!.setBaseAndExtent(first, 4, last, 4)
  })
  await driver.page.keyboard.type('x')
  await expect.poll(() => driver.words(1)).toEqual(['Protection of migrants', 'Recalling itsx Secretary-General to report.'])
  await driver.page.keyboard.press('Control+z')
  expect((await driver.words(1)).length).toBe(4)
})

test('ED7 undo and redo touch only one’s own', async () => {
  await driver.start(plan)
  await driver.caret(2, 19)
  await driver.page.keyboard.type(' now')
  await driver.room((room) => room.write(2, 0, 'Strongly '))
  await driver.page.keyboard.press('Control+z')
  expect((await driver.words(1))[2]).toBe('Strongly Urges Member States to act;')
  await driver.page.keyboard.press('Control+Shift+z')
  expect((await driver.words(1))[2]).toBe('Strongly Urges Member States now to act;')
  expect((await driver.shown())[2]).toBe('Strongly Urges Member States now to act;')
})

test('ED8 a locked paragraph takes a caret and no words, and says why', async () => {
  await driver.start(plan)
  await driver.room((room) => room.lock(2))
  await driver.caret(2, 5)
  await driver.page.keyboard.type('x')
  expect((await driver.shown())[2]).toBe('Urges Member States to act;')
  expect(await driver.room((room) => [...room.refused])).toEqual(['unit-locked'])
  expect(await driver.where()).toEqual({ block: 2, offset: 5 })
})

test('ED9 the caret stays with its words when others write before them', async () => {
  await driver.start(plan)
  await driver.caret(2, 12)
  await driver.room((room) => room.write(2, 0, 'Also '))
  expect(await driver.where()).toEqual({ block: 2, offset: 17 })
  await driver.room((room) => room.write(1, 0, 'More '))
  expect(await driver.where()).toEqual({ block: 2, offset: 17 })
})

/** By mouse: “Member ” of the third paragraph into the fourth. */
async function dragMember(): Promise<void> {
  await driver.caret(2, 6, 13)
  const from = await driver.page.evaluate(() => {
    const box = document.getSelection()!.getRangeAt(0).getBoundingClientRect()
    return { x: box.x + box.width / 2, y: box.y + box.height / 2 }
  })
  const to = await driver.page.evaluate(() => {
    const words = document.querySelectorAll('#here .text > *')[3]!.lastChild!
    const range = document.createRange()
    range.setStart(words, 5)
    const box = range.getBoundingClientRect()
    return { x: box.x, y: box.y + box.height / 2 }
  })
  await driver.page.mouse.move(from.x, from.y)
  await driver.page.mouse.down()
  await driver.page.mouse.move(from.x + 8, from.y + 4, { steps: 4 })
  await driver.page.mouse.move(to.x, to.y, { steps: 8 })
  await driver.page.mouse.up()
}

test('ED10 words that are dragged move, in one step of undo', async () => {
  await driver.start(plan)
  await dragMember()
  await expect.poll(() => driver.words(1)).toEqual([
    'Protection of migrants', 'Recalling its resolution 70/1,', 'Urges States to act;', expect.stringContaining('Member '),
  ])
  await driver.page.keyboard.press('Control+z')
  expect(await driver.words(1)).toEqual(plan.paragraphs.map(([, words]) => words))
})

test('ED10 words that are dragged into a paragraph that takes none stay where they are', async () => {
  await driver.start(plan)
  await driver.room((room) => room.lock(3))
  await dragMember()
  await expect.poll(() => driver.room((room) => [...room.refused])).toEqual(['unit-locked'])
  expect(await driver.words(1)).toEqual(plan.paragraphs.map(([, words]) => words))
})

test('ED11 a footnote’s words are written at the foot', async () => {
  await driver.start(plan)
  await driver.caret(2, 19)
  await driver.room((room) => room.editor().command('footnote', { words: 'See A/70' }))
  await driver.page.locator('#here .notes textarea').focus()
  await driver.page.keyboard.press('End')
  await driver.page.keyboard.type('/L.1')
  expect(await driver.page.locator('#here .notes textarea').inputValue()).toBe('See A/70/L.1')
  expect(await driver.page.locator('#here sup.note').textContent()).toBe('1')
  await driver.caret(2, 21)
  await driver.page.keyboard.press('ArrowLeft')
  await driver.page.keyboard.press('Backspace')
  await expect.poll(() => driver.page.locator('#here .notes').isHidden()).toBe(true)
  expect((await driver.words(1))[2]).toBe('Urges Member States to act;')
})

test('ED12 an empty draft begins with its first word', async () => {
  await driver.start({ paragraphs: [] })
  await driver.page.keyboard.type('Oceans')
  await driver.page.keyboard.press('Enter')
  await driver.page.keyboard.type('Recalling the sea,')
  expect(await driver.shape()).toEqual(['title Oceans', 'pp Recalling the sea,'])
})

test('ED13 others’ carets stand in the base, by delegation', async () => {
  await driver.start(plan)
  await driver.room((room) => room.cursor(2, 5))
  expect(await driver.page.locator('#here .unit-op .remote-caret').first().getAttribute('data-name')).toBe('Japan')
  await driver.room((room) => room.write(2, 0, 'So '))
  await driver.caret(2, 3)
  await driver.page.keyboard.type('x')
  expect((await driver.words(1))[2]).toBe('So xUrges Member States to act;')
})

test('ED14 formatting keys do nothing, and a spelling correction replaces words', async () => {
  await driver.start(plan)
  await driver.caret(2, 6, 12)
  await driver.page.keyboard.press('Control+b')
  await driver.page.evaluate(() => document.execCommand('insertText', false, 'State'))
  await expect.poll(async () => (await driver.words(1))[2]).toBe('Urges State States to act;')
  expect(await driver.page.locator('#here b, #here strong').count()).toBe(0)
})
