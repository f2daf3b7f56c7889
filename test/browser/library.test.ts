/** The library of a core group: added, read, taken from, searched, and told of in two tables, by two people at once. */
import { readFile } from 'node:fs/promises'
import { AxeBuilder } from '@axe-core/playwright'
import type { Locator } from 'playwright-core'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { readAmendments } from '../../shared/model/amendments.ts'
import { Conference, euHead, japanHead } from './support/conference.ts'
import { picture } from './support/picture.ts'
import type { Visitor } from './support/visitor.ts'

const desktop = { width: 1440, height: 900 }
const phone = { width: 390, height: 844 }

const harbours = ['Lights of harbours', '', 'The General Assembly,', '', 'Recalling the safety of all who go to sea,', '', 'Noting that a harbour without a light is no harbour,', '', '1. Requests every port to publish the state of its lamps each year;', '', '2. Calls upon States:', '', '(a) To train the keepers of lamps;', '', '(b) To pay the keepers of lamps;', '', '3. Decides to return to the lamps at its next session.', ''].join('\n')
const lamps = ['Lamps and their keepers', '', 'The General Assembly,', '', 'Recalling the safety of all who go to sea,', '', '1. Requests every large port to publish the state of all its lamps each year;', '', '2. Welcomes the work of keepers.', ''].join('\n')

let conference: Conference
beforeEach(async () => {
  conference = await Conference.open()
})
afterEach(() => conference.close())

const library = ({ page }: Visitor): Locator => page.getByRole('region', { name: 'Sources' })
const tab = (visitor: Visitor, name: string): Locator => library(visitor).getByRole('tab', { name })

async function openLibrary(visitor: Visitor): Promise<Locator> {
  await visitor.page.locator('.topbar').getByRole('button', { name: 'Sources', exact: true }).click()
  await library(visitor).waitFor()
  return library(visitor)
}

/** At both widths, and without a serious fault for a screen reader; the page never scrolls sideways. */
/** `alike`: all that is to be seen was checked for accessibility where there is less of it, which takes a tenth of the time. */
async function look(visitor: Visitor, name: string, alike = false): Promise<void> {
  const { page } = visitor
  for (const [size, suffix] of [[desktop, ''], [phone, '-small']] as const) {
    await page.setViewportSize(size)
    await picture(page, `${name}${suffix}`)
    expect([name, suffix, await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth)]).toEqual([name, suffix, true])
    if (alike) continue
    const { violations } = await new AxeBuilder({ page }).analyze()
    expect([name, violations.filter(({ impact }) => impact === 'serious' || impact === 'critical').map(({ id, nodes }) => [id, nodes[0]?.html])]).toEqual([name, []])
  }
  await page.setViewportSize(desktop)
}

async function choose(visitor: Visitor, name: string, content: string | Buffer): Promise<Locator> {
  await library(visitor).getByRole('button', { name: 'Add a source' }).click()
  const dialog = visitor.page.getByRole('dialog', { name: 'Add a source' })
  await dialog.getByLabel('File', { exact: true }).setInputFiles({ name, mimeType: '', buffer: Buffer.from(content) })
  return dialog
}

async function add(visitor: Visitor, text: string, symbol: string, year: string): Promise<void> {
  const dialog = await choose(visitor, 'source.txt', text)
  await dialog.getByText('What was recognised').waitFor()
  await dialog.getByLabel('Symbol').fill(symbol)
  await dialog.getByLabel('Year').fill(year)
  await dialog.getByRole('button', { name: 'Add to the library' }).click()
  await dialog.waitFor({ state: 'detached' })
}

const read = async (visitor: Visitor, name: string): Promise<void> => {
  await library(visitor).getByRole('button', { name: `Read ${name}` }).click()
  await library(visitor).getByRole('list', { name: 'Paragraphs of the source' }).waitFor()
}

const paragraph = (visitor: Visitor, words: string): Locator => library(visitor).locator('.source-paragraph').filter({ hasText: words })

/** The draft's own paragraphs, as the editor shows them: without numbers and labels of other people. */
const shown = (visitor: Visitor, words: string): Locator => visitor.page.locator('.text .unit').filter({ hasText: words })

test('LP1 a group drafts from two sources: added with a preview, taken by button, by keyboard and by drag, with the origin on the card, altered, left out, searched and downloaded', async () => {
  const chair = await conference.chairsPage()
  const eu = await conference.visitor('Elena', euHead)
  await openLibrary(chair)
  await library(chair).getByText('The library is empty.').waitFor()
  await look(chair, 'library-empty')
  const dialog = await choose(chair, 'lights.txt', harbours)
  await dialog.getByText('What was recognised').waitFor()
  expect(await dialog.getByLabel('Title').inputValue()).toBe('Lights of harbours')
  await dialog.getByLabel('Symbol').fill('A/RES/64/293')
  await dialog.getByLabel('Year').fill('2010')
  await look(chair, 'library-add')
  await dialog.getByRole('button', { name: 'Add to the library' }).click()
  await dialog.waitFor({ state: 'detached' })
  await add(chair, lamps, 'A/RES/70/1', '2015')

  // The other delegation hears of it without asking.
  await openLibrary(eu)
  await library(eu).getByText('A/RES/70/1 (2015)').waitFor()
  await look(eu, 'library-list')
  await eu.select((await idOf(eu, 'Invites agencies'))!, 'lamps', true)
  await read(eu, 'A/RES/64/293 (2010)')
  await paragraph(eu, 'Requests every port').locator('.words').click()
  await paragraph(eu, 'Requests every port').getByRole('button', { name: 'Take OP1 after OP2' }).click()
  await shown(eu, 'Requests every port').waitFor()
  await shown(chair, 'Requests every port').waitFor()

  // By keyboard: from OP2 with both of its sub-paragraphs.
  await paragraph(eu, 'Calls upon States').getByRole('checkbox').focus()
  for (let step = 0; step < 2; step++) await eu.page.keyboard.press('Shift+ArrowDown')
  await library(eu).getByRole('button', { name: /^Take 3 paragraphs/ }).waitFor()
  await eu.page.keyboard.press('Enter')
  await shown(chair, 'To pay the keepers').waitFor()
  expect(await shown(chair, 'To pay the keepers').getAttribute('class')).toContain('depth-1')

  // By drag: a preambular paragraph behind the one of the draft.
  await paragraph(eu, 'Recalling the safety').scrollIntoViewIfNeeded()
  const target = shown(eu, 'Recalling its resolution')
  const { height } = (await target.boundingBox())!
  await paragraph(eu, 'Recalling the safety').locator('.grip').dragTo(target, { targetPosition: { x: 200, y: height - 2 } })
  await shown(chair, 'Recalling the safety').waitFor()
  const order = async (): Promise<string[]> => (await chair.page.locator('.text .unit').allTextContents()).map((words) => words.replace(/^\S*\d+ /, ''))
  expect((await order()).findIndex((words) => words.includes('Recalling the safety'))).toBe((await order()).findIndex((words) => words.includes('Recalling its resolution')) + 1)
  await paragraph(eu, 'Requests every port').getByText('in the draft').waitFor()
  await look(eu, 'library-source')

  // The card says where it is from; a word changed says that too, with the word.
  const taken = (await idOf(chair, 'Requests every port'))!
  await chair.select(taken, 'every port', true)
  const card = chair.page.locator(`[data-card="unit-${taken}"]`)
  await card.getByText('taken over').waitFor()
  await card.getByRole('button', { name: 'A/RES/64/293 (2010), OP1' }).waitFor()
  await chair.replace(taken, 'each year', 'each month')
  await card.getByText('altered', { exact: true }).waitFor()
  await card.getByText('The difference').click()
  expect((await card.locator('.origin del').allInnerTexts()).map((words) => words.replace('struck: ', '').replace('struck:', '').trim())).toEqual(['year'])
  await look(chair, 'library-card')
  await shown(eu, 'each month').waitFor()
  await paragraph(eu, 'Requests every port').getByText('% in the draft').waitFor()

  // Both tables live.
  await tab(eu, 'Derivations').click()
  const derivations = library(eu).getByRole('list', { name: 'Derivations' })
  await derivations.getByText('altered', { exact: true }).waitFor()
  expect(await derivations.getByText('taken over', { exact: true }).count()).toBe(4)
  await look(eu, 'library-derivations')
  await tab(eu, 'Destinations').click()
  const destinations = library(eu).getByRole('list', { name: 'Destinations' })
  await destinations.getByText('nowhere').first().waitFor()
  await destinations.getByRole('button', { name: 'Leave out OP3' }).click()
  await eu.page.getByLabel('Why is it left out?').fill('The next session has no room for it.')
  await library(eu).getByRole('button', { name: 'Leave out', exact: true }).click()
  await destinations.getByText('The next session has no room for it.').waitFor()
  await look(eu, 'library-destinations')

  for (const [what, pieces] of [['Table of derivations', ['A/RES/64/293 (2010), OP1', '[altered]', '[-year-]', '{+month+}']], ['Table of destinations', ['[left out: The next session has no room for it.]', 'Nothing was taken from: A/RES/70/1 (2015).']]] as const) {
    const text = await download(chair, what, 'Plain text')
    for (const piece of pieces) expect(text).toContain(piece)
    expect(await download(chair, what, 'HTML page')).toContain('A/RES/64/293 (2010)')
  }
  expect([...chair.complaints, ...eu.complaints]).toEqual([])
})

test('LP2 selected words are looked for in every text by key, with the difference; what is found is taken and read there, and doubles of a paragraph too', async () => {
  const chair = await conference.chairsPage()
  await openLibrary(chair)
  await add(chair, harbours, 'A/RES/64/293', '2010')
  await add(chair, lamps, 'A/RES/70/1', '2015')
  await chair.page.keyboard.press('Escape')
  await library(chair).waitFor({ state: 'detached' })
  const own = (await idOf(chair, 'Noting that'))!
  await chair.select(own, 'a harbour without a light')
  await chair.page.keyboard.press('Alt+Shift+S')
  const hits = library(chair).getByRole('list', { name: 'Where it stands' })
  await hits.getByText('A/RES/64/293 (2010), PP2').waitFor()
  expect(await hits.locator('li').count()).toBe(1)
  expect(await hits.locator('mark').allInnerTexts()).toEqual(['a harbour without a light'])

  await library(chair).getByLabel('Words to look for').fill('requests every port to publish the state of its lamps')
  await library(chair).getByRole('button', { name: 'Search', exact: true }).click()
  await hits.getByText('A/RES/70/1 (2015), OP1').waitFor()
  const nearly = hits.locator('li').filter({ hasText: 'A/RES/70/1' })
  await nearly.getByText('nearly the same').waitFor()
  expect((await nearly.locator('ins').allTextContents()).map((words) => words.replace('new: ', '').trim())).toEqual(['large', 'all'])
  await look(chair, 'library-search')
  await nearly.getByRole('button', { name: 'Take A/RES/70/1 (2015), OP1' }).click()
  await shown(chair, 'Requests every large port').waitFor()
  await nearly.getByRole('button', { name: 'Read there: A/RES/70/1 (2015), OP1' }).click()
  await paragraph(chair, 'Requests every large port').getByText('in the draft').waitFor()
  // Words that are copied out of a source keep their place when they are pasted.
  await paragraph(chair, 'Welcomes the work of keepers').locator('.words').evaluate((element) => document.getSelection()!.selectAllChildren(element))
  await chair.page.keyboard.press('Control+C')
  await chair.select(own, 'no harbour,', true)
  await chair.page.keyboard.press('Control+V')
  const card = chair.page.locator(`[data-card="unit-${own}"]`)
  await card.getByRole('button', { name: 'A/RES/70/1 (2015), OP2' }).waitFor()
  await card.getByText('altered', { exact: true }).waitFor()
  await paragraph(chair, 'Requests every large port').locator('.words').click()
  await paragraph(chair, 'Requests every large port').getByRole('button', { name: 'Like it elsewhere' }).click()
  await hits.getByText('A/RES/64/293 (2010), OP1').waitFor()
  await look(chair, 'library-alike')
  await library(chair).getByLabel('Words to look for').fill('nobody has ever spoken of glaciers')
  await library(chair).getByRole('button', { name: 'Search', exact: true }).click()
  await library(chair).getByText('Nobody said it').waitFor()
})

test('LP3 in negotiation what is taken is prepared as one’s own proposal, seen by nobody else; once put forward and incorporated it has its origin', async () => {
  const chair = await conference.chairsPage()
  const japan = await conference.visitor('Jun', japanHead)
  await openLibrary(chair)
  await add(chair, harbours, 'A/RES/64/293', '2010')
  await conference.chair.command({ command: 'open-negotiation' })
  await japan.page.locator('.room[data-stage="negotiation"]').waitFor()
  await openLibrary(japan)
  await read(japan, 'A/RES/64/293 (2010)')
  await japan.select((await idOf(japan, 'Invites agencies'))!, 'lamps', true)
  await paragraph(japan, 'Calls upon States').locator('.words').click()
  await paragraph(japan, 'Calls upon States').getByRole('button', { name: 'Take with all beneath it (3)' }).click()
  await shown(japan, 'To pay the keepers').waitFor()
  await japan.page.getByText('3 paragraphs are prepared as your proposals.').waitFor()
  await japan.saved()
  await look(japan, 'library-negotiation')
  expect(await japan.page.getByText('Lost their place').count()).toBe(0)
  expect(chair.received('Calls upon States')).toBe(false)
  const own = japan.page.locator('.card').filter({ hasText: 'Calls upon States' }).first()
  await own.getByRole('button', { name: /^Put forward/ }).click()
  await shown(chair, 'Calls upon States').waitFor()
  const put = (): string | undefined => readAmendments(conference.chair.shared).find(({ proposal }) => proposal.startsWith('Calls upon States'))?.id
  await conference.chair.until(() => put() !== undefined)
  await conference.chair.command({ command: 'incorporate', ...await conference.chair.sees(put()!) })
  await chair.page.locator('.text .unit[data-unit]').filter({ hasText: 'Calls upon States' }).first().waitFor()
  await tab(chair, 'Derivations').click()
  await library(chair).getByRole('list', { name: 'Derivations' }).getByText('taken over', { exact: true }).waitFor()
})

test('LP4 a file that nothing is recognised in is kept as it is; what stands in the way is said in words; a source that words come from goes only with a reason', async () => {
  const chair = await conference.chairsPage()
  const eu = await conference.visitor('Elena', euHead)
  await openLibrary(chair)
  let dialog = await choose(chair, 'non-paper.pdf', '%PDF-1.7 nothing that is read')
  await dialog.getByText('It can be added all the same').waitFor()
  await look(chair, 'library-add-as-is')
  await dialog.getByLabel('Year').fill('20x')
  await dialog.locator('button[title^="Write the year with four figures"]').waitFor()
  await dialog.getByLabel('Year').fill('')
  // The server does not answer, and then it does: it is one source.
  await chair.page.route('**/sources?order=*', (route) => route.abort())
  await dialog.getByRole('button', { name: 'Add to the library' }).click()
  await dialog.getByRole('alert').getByText('The server did not answer.').waitFor()
  await look(chair, 'library-add-failed')
  await chair.page.unroute('**/sources?order=*')
  await dialog.getByRole('button', { name: 'Add to the library' }).click()
  await dialog.waitFor({ state: 'detached' })
  await library(chair).getByText('Kept as it is: non-paper.pdf').waitFor()
  const [file] = await Promise.all([chair.page.waitForEvent('download'), library(chair).getByRole('button', { name: 'Save the file of non-paper' }).click()])
  expect(await readFile(await file.path(), 'utf8')).toBe('%PDF-1.7 nothing that is read')

  dialog = await choose(chair, 'again.pdf', '%PDF-1.7 nothing that is read')
  await dialog.getByText('It can be added all the same').waitFor()
  await dialog.getByRole('button', { name: 'Add to the library' }).click()
  await dialog.getByRole('alert').waitFor()
  await dialog.getByRole('button', { name: 'Cancel' }).click()

  await add(chair, harbours, 'A/RES/64/293', '2010')
  await openLibrary(eu)
  await library(eu).getByText('A/RES/64/293 (2010)').waitFor()
  // It is the chair's to take out.
  expect(await library(eu).getByRole('button', { name: 'Remove A/RES/64/293 (2010)' }).count()).toBe(0)
  await read(chair, 'A/RES/64/293 (2010)')
  await paragraph(chair, 'Decides to return').locator('.words').click()
  await paragraph(chair, 'Decides to return').getByRole('button', { name: /^Take OP3/ }).click()
  await paragraph(chair, 'Decides to return').getByText('in the draft').waitFor()
  await library(chair).getByRole('button', { name: 'All sources' }).click()
  await library(chair).getByRole('button', { name: 'Remove A/RES/64/293 (2010)' }).click()
  const removing = chair.page.getByRole('dialog', { name: 'Remove A/RES/64/293 (2010)' })
  await removing.getByText('1 paragraph of the draft comes from it.').waitFor()
  await look(chair, 'library-remove')
  await removing.getByLabel('Reason').fill('It was the wrong resolution.')
  await removing.getByRole('button', { name: 'Remove', exact: true }).click()
  await library(eu).getByText('1 source was removed').waitFor()
  await tab(eu, 'Derivations').click()
  await library(eu).getByText('from a source that was removed').waitFor()
})

test('LP9 a long source is shown in parts, and a hundred of its paragraphs are taken at once', async () => {
  const chair = await conference.chairsPage()
  await openLibrary(chair)
  const title = 'Lamps of every kind, in every harbour, on every coast and for every ship that passes by day or night '.repeat(2).trim()
  const long = [title, 'The General Assembly,', ...Array.from({ length: 450 }, (_, index) => `${index + 1}. Requests harbour ${index + 1} to keep its lamp burning, whatever the weather on the coast and however few the ships;`)].join('\n\n')
  const dialog = await choose(chair, 'long.txt', long)
  await dialog.getByText('What was recognised').waitFor()
  await chair.page.keyboard.press('Escape')
  await dialog.waitFor({ state: 'detached' })
  await library(chair).getByRole('button', { name: 'Add a source' }).waitFor()
  await add(chair, long, '', '')
  await look(chair, 'library-long-list')
  await read(chair, title)
  expect(await library(chair).locator('.source-paragraph').count()).toBe(400)
  await library(chair).getByRole('button', { name: 'and 52 more' }).click()
  await paragraph(chair, 'Requests harbour 450 to').waitFor()
  await library(chair).getByRole('checkbox', { name: 'OP1', exact: true }).click()
  await library(chair).getByRole('checkbox', { name: 'OP100', exact: true }).click({ modifiers: ['Shift'] })
  const take = library(chair).getByRole('button', { name: /^Take 100 paragraphs/ })
  await take.waitFor()
  await look(chair, 'library-long', true)
  await take.click()
  await shown(chair, 'Requests harbour 100 to').waitFor()
  await chair.saved()
  await tab(chair, 'Derivations').click()
  await library(chair).getByText('100 taken over, 0 altered, 7 new.').waitFor()
  await look(chair, 'library-long-derivations', true)
})

async function idOf(visitor: Visitor, words: string): Promise<string | null> {
  await shown(visitor, words).first().waitFor()
  return shown(visitor, words).first().getAttribute('data-unit')
}

async function download({ page }: Visitor, what: string, as: string): Promise<string> {
  await page.getByRole('button', { name: /^More/ }).click()
  await page.getByRole('button', { name: 'Download', exact: true }).click()
  const dialog = page.getByRole('dialog', { name: 'Download' })
  const option = dialog.getByLabel('What').locator('option').filter({ hasText: what })
  await dialog.getByLabel('What').selectOption((await option.first().getAttribute('value'))!)
  expect(await dialog.getByLabel('As', { exact: true }).locator('option').filter({ hasText: 'Akoma Ntoso' }).count()).toBe(0)
  await dialog.getByLabel('As', { exact: true }).selectOption({ label: as })
  const [file] = await Promise.all([page.waitForEvent('download'), dialog.getByRole('button', { name: 'Download', exact: true }).click()])
  await page.keyboard.press('Escape')
  return readFile(await file.path(), 'utf8')
}
