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

const plan = (stage: RoomPlan['stage']): RoomPlan => ({
  stage,
  paragraphs: [['title', '保护移民'], ['op', 'Urges Member States to act;'], ['op', 'Requests a report.']],
})
const thawed = () => expect.poll(() => driver.room((room) => room.editor().composing())).toBe(false)
const inputs: readonly (readonly [string, readonly string[], string])[] = [
  ['Chinese', ['n', 'ni', 'nih', 'niha', 'nihao'], '你好'],
  ['Korean', ['ㅎ', '하', '한'], '한'],
  ['a dead key', ['´'], 'é'],
]

for (const [name, steps, words] of inputs) {
  test(`CM1 ${name} goes into the base`, async () => {
    await driver.start(plan('drafting'))
    await driver.caret(1, 12)
    for (const step of steps) await driver.compose(step)
    expect((await driver.words(1))[1]).toBe(`Urges Member${steps.at(-1)} States to act;`)
    await driver.commit(words)
    await thawed()
    expect((await driver.words(1))[1]).toBe(`Urges Member${words} States to act;`)
    expect((await driver.shown())[1]).toBe(`Urges Member${words} States to act;`)
    expect(await driver.where()).toEqual({ block: 1, offset: 12 + words.length })
  })

  test(`CM2 ${name} goes on while others write in the same paragraph, and what they write is shown at the end`, async () => {
    await driver.start(plan('drafting'))
    await driver.caret(1, 12)
    for (const [index, step] of steps.entries()) {
      await driver.compose(step)
      if (index === 0) await driver.room((room) => room.write(1, 0, 'Also '))
      if (index === 0) await driver.room((room) => room.write(1, 27, 'really '))
      if (index === 1) await driver.room((room) => room.write(2, 0, 'Kindly '))
    }
    if (steps.length > 1) expect((await driver.shown())[2]).toBe('Kindly Requests a report.')
    await driver.commit(words)
    await thawed()
    const [, text] = await driver.words()
    expect(text).toContain(`Also Urges Member${words} `)
    expect(text).toContain('really ')
    expect(text!.length).toBe('Also Urges Member States really to act;'.length + words.length)
    expect((await driver.shown())[1]).toBe(text)
    expect(await driver.words(1)).toEqual(await driver.words(0))
    expect(await driver.where()).toEqual({ block: 1, offset: 17 + words.length })
  })

  test(`CM3 ${name} makes one hunk in negotiation`, async () => {
    await driver.start(plan('negotiation'))
    await driver.caret(1, 12)
    for (const step of steps) await driver.compose(step)
    await driver.room((room) => room.write(1, 0, 'Also '))
    await driver.commit(words)
    await thawed()
    expect((await driver.shown())[1]).toBe(`Also Urges Member+${words}+ States to act;`)
    expect(await driver.room((room) => room.amendments().map(({ hunks, cuts }) => ({ hunks, cuts })))).toEqual([{ hunks: [words], cuts: 0 }])
    expect(await driver.words()).toEqual(['保护移民', 'Also Urges Member States to act;', 'Requests a report.'])
  })
}

test('CM4 one composition is one step of undo', async () => {
  await driver.start(plan('drafting'))
  await driver.caret(1, 12)
  for (const step of ['n', 'ni', 'nih', 'nihao']) await driver.compose(step)
  await driver.commit('你好')
  await thawed()
  await driver.page.keyboard.press('Control+z')
  expect((await driver.shown())[1]).toBe('Urges Member States to act;')
  await driver.page.keyboard.press('Control+y')
  expect((await driver.shown())[1]).toBe('Urges Member你好 States to act;')
})

test('CM5 a composition over a selection replaces it', async () => {
  for (const stage of ['drafting', 'negotiation'] as const) {
    await driver.start(plan(stage))
    await driver.caret(1, 6, 12)
    for (const step of ['n', 'ni']) await driver.compose(step)
    await driver.commit('你')
    await thawed()
    expect((await driver.shown())[1]).toBe(stage === 'drafting' ? 'Urges 你 States to act;' : 'Urges -Member-+你+ States to act;')
  }
})

test('CM5 a selection over several paragraphs is cut before the composition begins', async () => {
  await driver.start(plan('drafting'))
  await driver.page.evaluate(() => {
    const blocks = document.querySelectorAll('#here .text > *')
    document.getSelection()!.setBaseAndExtent(blocks[1]!.lastChild!, 7, blocks[2]!.lastChild!, 2)
  })
  await driver.cdp.send('Input.dispatchKeyEvent', { type: 'rawKeyDown', windowsVirtualKeyCode: 229, key: 'Process' })
  for (const step of ['n', 'ni']) await driver.compose(step)
  await driver.commit('你')
  await thawed()
  expect(await driver.words(1)).toEqual(['保护移民', 'Urges Member你 report.'])
  expect((await driver.shown())[1]).toBe((await driver.words())[1])
})

test('CM6 compositions that follow each other at once lose and add no letter', async () => {
  for (const stage of ['drafting', 'negotiation'] as const) {
    await driver.start(plan(stage))
    await driver.caret(1, 12)
    for (const [steps, words] of [[['ㅎ', '하', '한'], '한'], [['ㄱ', '구', '국'], '국'], [['ㅇ', '어'], '어']] as const) {
      for (const step of steps) await driver.compose(step)
      await driver.commit(words)
    }
    await thawed()
    expect((await driver.shown())[1]).toBe(stage === 'drafting' ? 'Urges Member한국어 States to act;' : 'Urges Member+한국어+ States to act;')
  }
})

test('CM6 likewise with a pause about as long as the thaw between them', async () => {
  await driver.start(plan('negotiation'))
  await driver.caret(1, 12)
  let expected = ''
  for (const pauseMs of [0, 20, 30, 38, 40, 42, 50, 60, 80]) {
    await driver.page.evaluate((wait) => new Promise((resolve) => setTimeout(resolve, wait)), pauseMs)
    for (const step of ['ㅎ', '하', '한']) await driver.compose(step)
    await driver.commit('한')
    expected += '한'
  }
  await thawed()
  expect((await driver.shown())[1]).toBe(`Urges Member+${expected}+ States to act;`)
})

test('CM7 a composition that is given up leaves nothing', async () => {
  await driver.start(plan('negotiation'))
  await driver.caret(1, 12)
  for (const step of ['n', 'ni', '']) await driver.compose(step)
  await driver.page.locator('#here .text').blur()
  await thawed()
  expect(await driver.shown()).toEqual(['保护移民', 'Urges Member States to act;', 'Requests a report.'])
})

test('CM8 the paragraph thaws when the focus goes, without a compositionend', async () => {
  await driver.start(plan('drafting'))
  await driver.caret(1, 12)
  await driver.compose('ni')
  await driver.room((room) => room.write(1, 0, 'Also '))
  await driver.page.locator('#here .text').blur()
  await thawed()
  expect((await driver.shown())[1]).toBe((await driver.words(1))[1])
  expect((await driver.words(1))[1]).toContain('Also Urges Member')
})

test('CM9 words composed in a locked paragraph do not go in, and it is said why', async () => {
  await driver.start(plan('drafting'))
  await driver.room((room) => room.lock(1))
  await driver.caret(1, 12)
  for (const step of ['n', 'ni']) await driver.compose(step)
  await driver.commit('你')
  await thawed()
  expect((await driver.shown())[1]).toBe('Urges Member States to act;')
  expect(await driver.room((room) => room.refused.includes('unit-locked'))).toBe(true)
})

test('CM10 plain letters right after a composition go in once', async () => {
  await driver.start(plan('drafting'))
  await driver.caret(1, 12)
  await driver.compose('ni')
  await driver.commit('你')
  await driver.page.keyboard.type(', ok')
  await thawed()
  expect((await driver.shown())[1]).toBe('Urges Member你, ok States to act;')
  expect((await driver.words(1))[1]).toBe('Urges Member你, ok States to act;')
  await driver.page.keyboard.press('Enter')
  expect((await driver.words(1))[1]).toBe('Urges Member你, ok')
})
