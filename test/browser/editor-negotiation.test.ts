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
    ['pp', 'Recalling its resolution 70/1,'],
    ['op', 'Urges Member States to act;'],
    ['op', 'Requests the Secretary-General to report.'],
  ],
}
const base = plan.paragraphs.map(([, words]) => words)
const press = async (...keys: string[]): Promise<void> => {
  for (const key of keys) await driver.page.keyboard.press(key)
}
const own = () => driver.room((room) => room.amendments().map(({ kind, hunks, cuts, proposal }) => ({ kind, hunks, cuts, proposal })))

test('ED20 typing begins one’s own amendment, and the base stays', async () => {
  await driver.start(plan)
  await driver.caret(2, 19)
  await driver.page.keyboard.type(' and others')
  expect((await driver.shown())[2]).toBe('Urges Member States+ and others+ to act;')
  expect(await driver.where()).toEqual({ block: 2, offset: 30 })
  expect(await driver.words()).toEqual(base)
  expect(await own()).toEqual([{ kind: 'modify', hunks: [' and others'], cuts: 0, proposal: '' }])
  expect(await driver.page.locator('#here ins').getAttribute('class')).toBe('delegation-0 own private')
})

test('ED21 deleting base words strikes them; the caret goes on, either way', async () => {
  await driver.start(plan)
  await driver.caret(2, 12)
  await press('Backspace', 'Backspace')
  expect((await driver.shown())[2]).toBe('Urges Memb-er- States to act;')
  expect(await driver.where()).toEqual({ block: 2, offset: 10 })
  await driver.caret(2, 13)
  await press('Delete', 'Delete', 'Delete')
  expect((await driver.shown())[2]).toBe('Urges Memb-er- -Sta-tes to act;')
  expect(await driver.where()).toEqual({ block: 2, offset: 16 })
  expect(await driver.words()).toEqual(base)
})

test('ED21 words typed over others stand behind what they replace', async () => {
  await driver.start(plan)
  await driver.caret(2, 6, 12)
  await driver.page.keyboard.type('all')
  expect((await driver.shown())[2]).toBe('Urges -Member-+all+ States to act;')
  expect(await driver.where()).toEqual({ block: 2, offset: 15 })
  await press('Backspace')
  expect((await driver.shown())[2]).toBe('Urges -Member-+al+ States to act;')
})

test('ED30 typing replaces all that was selected, also where the new words begin or end with the same letters', async () => {
  await driver.start(plan)
  await driver.caret(2, 6, 12)
  await driver.page.keyboard.type('Motor')
  expect((await driver.shown())[2]).toBe('Urges -Member-+Motor+ States to act;')
})

test('ED22 struck words are restored on request', async () => {
  await driver.start(plan)
  await driver.caret(2, 6, 19)
  await driver.room((room) => room.editor().command('leave-out'))
  expect((await driver.shown())[2]).toBe('Urges -Member States- to act;')
  await driver.caret(2, 6, 13)
  await driver.room((room) => room.editor().command('restore'))
  expect((await driver.shown())[2]).toBe('Urges Member -States- to act;')
})

test('ED23 Enter begins a new paragraph, which goes when it is left empty', async () => {
  await driver.start(plan)
  await driver.caret(2, 27)
  await press('Enter')
  await driver.page.keyboard.type('Calls upon all;')
  expect((await driver.shown())[3]).toBe('Calls upon all;')
  expect(await driver.page.locator('#here .text > :nth-child(4)').getAttribute('data-number')).toBe('OP1 bis')
  await press('Enter')
  expect((await driver.shown()).length).toBe(6)
  await driver.caret(0, 2)
  await expect.poll(async () => (await driver.shown()).length).toBe(5)
  expect(await driver.words()).toEqual(base)
})

test('ED24 others see nothing until it is put forward, then see it with its delegation', async () => {
  await driver.start({ ...plan, both: true })
  await driver.caret(2, 19)
  await driver.page.keyboard.type(' now')
  expect(await driver.page.locator('#there ins').count()).toBe(0)
  await driver.room((room) => room.forward(0))
  expect(await driver.page.locator('#there ins').textContent()).toBe(' now')
  expect(await driver.page.locator('#there ins').getAttribute('data-by')).toBe('EU')
  expect(await driver.page.locator('#here ins').getAttribute('class')).toBe('delegation-0 own')
  await driver.caret(2, 23)
  await driver.page.keyboard.type('!')
  expect(await driver.page.locator('#there ins').textContent()).toBe(' now')
  expect(await driver.page.locator('#here ins').getAttribute('class')).toBe('delegation-0 own private')
})

test('ED25 inside another’s words one’s own begin beside them; theirs are not deleted', async () => {
  await driver.start({ ...plan, both: true })
  await driver.page.locator('#there .text').focus()
  await driver.page.evaluate(() => {
    const words = document.querySelectorAll('#there .text > *')[2]!.lastChild!
    document.getSelection()!.setBaseAndExtent(words, 14, words, 14)
  })
  await driver.page.keyboard.type(' soon')
  await driver.room((room) => room.forward(1))
  await driver.caret(2, 22)
  await press('Backspace')
  expect((await driver.shown())[2]).toBe('Urges Member States+ soon+ to act;')
  await driver.page.keyboard.type('X')
  expect((await driver.shown())[2]).toMatch(/^Urges Member States(\+X\+ soon|\+ soonX)\+ to act;$|^Urges Member States\+.*$/)
  expect(await own()).toEqual([{ kind: 'modify', hunks: ['X'], cuts: 0, proposal: '' }])
  expect(await driver.room((room) => room.amendments(1)[0]?.hunks)).toEqual([' soon'])
})

test('ED26 an alternative and a deletion of a whole paragraph', async () => {
  await driver.start(plan)
  await driver.caret(2, 3)
  expect(await driver.room((room) => room.editor().command('alternative'))).toBe(null)
  await driver.page.keyboard.type('Decides to act;')
  expect(await driver.page.locator('#here .alternative').getAttribute('data-number')).toBe('OP1 alt')
  await driver.caret(4, 3)
  await driver.room((room) => room.editor().command('delete-unit'))
  expect((await driver.shown())[4]).toBe('-Requests the Secretary-General to report.-')
  expect(await driver.words()).toEqual(base)
})

test('ED27 a selection over several paragraphs is struck in each', async () => {
  await driver.start(plan)
  await driver.page.evaluate(() => {
    const blocks = document.querySelectorAll('#here .text > *')
    document.getSelection()!.setBaseAndExtent(blocks[1]!.lastChild!, 4, blocks[2]!.lastChild!, 7)
  })
  await driver.page.keyboard.type('x')
  await expect.poll(() => driver.shown()).toEqual([base[0], 'Recalling its- resolution 70/1,-+x+', '-Urges Member- States to act;', base[3]])
  await press('Control+z')
  expect(await driver.shown()).toEqual(base)
})

test('ED28 undo and redo of an amendment', async () => {
  await driver.start(plan)
  await driver.caret(2, 19)
  await driver.page.keyboard.type(' now')
  await press('Control+z')
  expect(await driver.shown()).toEqual(base)
  await press('Control+y')
  expect((await driver.shown())[2]).toBe('Urges Member States+ now+ to act;')
})

test('ED29 the keys that shape the base propose it in negotiation, and the base stays', async () => {
  await driver.start(plan)
  await driver.caret(2, 0)
  await press('Backspace', 'Alt+ArrowUp')
  expect(await driver.words()).toEqual(base)
  expect((await own()).map(({ kind }) => kind)).toEqual(['join', 'move'])
  expect(await driver.room((room) => [...room.refused])).toEqual([])
})

test('ED34 the clean view shows the text that stands, and takes no words', async () => {
  await driver.start(plan)
  await driver.caret(2, 19)
  await driver.page.keyboard.type(' now')
  await driver.room((room) => room.editor().setMode('clean'))
  expect(await driver.shown()).toEqual(base)
  await driver.caret(2, 3)
  await driver.page.keyboard.type('x')
  expect(await driver.shown()).toEqual(base)
  await driver.room((room) => room.editor().setMode('rolling'))
  expect((await driver.shown())[2]).toBe('Urges Member States+ now+ to act;')
})

test('ED36 another view of a long text comes first to the paragraphs on the screen, which stay in their place, and then to all', async () => {
  const count = 200
  await driver.start({ stage: 'negotiation', paragraphs: Array.from({ length: count }, (_, index) => ['op', `Urges Member States to act together, in good faith and without delay, in their region ${index};`] as const) })
  await driver.room((room) => room.crowd(400))
  await driver.page.evaluate(() => document.querySelectorAll('#here .text > *')[100]!.scrollIntoView({ block: 'start' }))
  // In one task of the page: what is seen at once, and then where the reader's paragraph is once everything has come.
  const { atOnce, moved } = await driver.page.evaluate(async () => {
    const paragraphs = (): Element[] => [...document.querySelectorAll('#here .text > *')]
    const struck = (): boolean[] => paragraphs().map((paragraph) => paragraph.querySelector('ins, del') !== null)
    const { top } = paragraphs()[100]!.getBoundingClientRect()
    window.room.editor().setMode('clean')
    const atOnce = struck()
    while (struck().includes(true)) await new Promise((resolve) => requestAnimationFrame(resolve))
    return { atOnce, moved: Math.abs(paragraphs()[100]!.getBoundingClientRect().top - top) }
  })
  expect([atOnce[0], atOnce[100], atOnce[count - 1]]).toEqual([true, false, true])
  expect(moved).toBeLessThan(2)
  expect(await driver.shown()).toEqual(await driver.words())
})

test('ED36 what is typed while another view is still on its way stands where the caret is, and the view is whole after it', async () => {
  await driver.start({ stage: 'negotiation', paragraphs: Array.from({ length: 200 }, (_, index) => ['op', `Urges Member States to act, in region ${index};`] as const) })
  await driver.room((room) => room.crowd(200))
  await driver.room((room) => room.editor().setMode('clean'))
  await driver.caret(60, 5)
  await expect.poll(async () => (await driver.shown()).join('')).not.toMatch(/[+-]/)
  const isLate = await driver.page.evaluate(() => {
    window.room.editor().setMode('rolling')
    // Before any frame: the last paragraph is still as the clean view had it.
    const late = document.querySelectorAll('#here .text > *')[199]!.querySelector('ins, del') === null
    document.execCommand('insertText', false, 'now ')
    return late
  })
  expect(isLate).toBe(true)
  const shown = await driver.shown()
  expect(shown[60]).toContain('+now +')
  expect(shown.filter((words) => /[+-]/.test(words)).length).toBe(200)
  expect(await own()).toMatchObject([{ hunks: ['now '] }])
})

test('ED31 when a draft is frozen nothing more is written', async () => {
  await driver.start(plan)
  await driver.caret(2, 19)
  await driver.room((room) => room.setStage('frozen'))
  await driver.page.keyboard.type(' now')
  expect(await driver.shown()).toEqual(base)
  expect(await driver.room((room) => room.refused[0])).toBe('frozen')
  expect(await own()).toEqual([])
})

test('ED32 a paste of several paragraphs proposes each after the first', async () => {
  await driver.start(plan)
  await driver.caret(2, 27)
  await driver.page.evaluate(() => navigator.clipboard.writeText(' again\nfirst\nsecond'))
  await press('Control+v')
  await expect.poll(() => driver.shown()).toEqual([base[0], base[1], 'Urges Member States to act;+ again+', 'first', 'second', base[3]])
})

test('ED33 words typed in the front of others keep them apart while colleagues write', async () => {
  await driver.start(plan)
  await driver.caret(2, 19)
  await driver.page.keyboard.type(' n')
  await driver.room((room) => room.write(2, 0, 'Also '))
  await driver.page.keyboard.type('ow')
  expect((await driver.shown())[2]).toBe('Also Urges Member States+ now+ to act;')
})
