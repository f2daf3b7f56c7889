import { AxeBuilder } from '@axe-core/playwright'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { freezePreview } from '../../shared/lifecycle/freeze.ts'
import { Person } from '../unit/walk/person.ts'
import { Conference, euHead, japanHead } from './support/conference.ts'
import { picture } from './support/picture.ts'
import { Visitor } from './support/visitor.ts'

const phone = { width: 390, height: 844 }
const desk = { width: 1440, height: 900 }

let conference: Conference
let japan: Person

beforeEach(async () => {
  conference = await Conference.open()
  japan = new Person('Jun Mori', conference.server.address)
  await japan.follow(await conference.invitation(japanHead))
  await japan.enter()
  await japan.command({ command: 'sponsor', as: 'main' })
  await japan.leave()
  const { chair } = conference
  await chair.command({ command: 'freeze', digest: freezePreview(chair.shared, new Set()).digest, symbol: 'A/C.3/81/L.12', closeOpen: true, reason: 'It is agreed.' })
})

afterEach(() => conference?.close())

type Locator = ReturnType<Visitor['page']['locator']>

async function open(visitor: Visitor, entry: string, menu = /^More/): Promise<Locator> {
  await visitor.page.locator('.topbar').getByRole('button', { name: menu }).click()
  await visitor.page.locator('.topbar').getByRole('button', { name: entry, exact: true }).click()
  return visitor.page.getByRole('dialog')
}

/** On a desk and on a phone: no serious fault for axe, and nothing wider than the screen. */
async function expectFit(visitor: Visitor, name: string): Promise<void> {
  for (const [size, label] of [[desk, 'desk'], [phone, 'phone']] as const) {
    await visitor.page.setViewportSize(size)
    await picture(visitor.page, `oral-${name}-${label}`)
    const { violations } = await new AxeBuilder({ page: visitor.page }).include('dialog').analyze()
    const serious = violations.filter(({ impact }) => impact === 'serious' || impact === 'critical')
    expect(serious.map(({ id, nodes }) => `${name}, ${label}, ${id}: ${nodes.map((node) => node.html).join('\n')}`)).toEqual([])
    expect(await visitor.page.evaluate(() => [...document.querySelectorAll('dialog, dialog .dialog-body')].filter((box) => box.scrollWidth > box.clientWidth + 1).length)).toBe(0)
  }
  await visitor.page.setViewportSize(desk)
}

/** The option whose label begins so. */
async function choose(dialog: Locator, label: string, beginning: string): Promise<void> {
  const select = dialog.getByLabel(label, { exact: true })
  const value = await select.locator('option').filter({ hasText: new RegExp(`^${beginning}`) }).first().getAttribute('value')
  await select.selectOption(value)
}

async function announceAndCertify(dialog: Locator): Promise<void> {
  await dialog.getByRole('button', { name: 'Announce oral revision 1' }).click()
  await dialog.getByRole('button', { name: 'Certify…' }).click()
  await dialog.getByLabel('We announced exactly these changes.').check()
  await dialog.getByRole('button', { name: 'Certify', exact: true }).click()
}

const said = (dialog: Locator): Locator => dialog.locator('.oral-said')
const collect = (dialog: Locator): Promise<void> => dialog.getByRole('button', { name: 'Add to the oral revision' }).click()

test('OR12 a secretary writes down what is announced, its author certifies it, and everybody sees the text as orally revised', { timeout: 240_000 }, async () => {
  const table = await conference.chairsPage()
  const delegate = await conference.visitor('Aki Tanaka', japanHead)
  const other = await conference.visitor('Eva Lind', euHead)
  const theirs = await open(other, 'Oral revisions')
  await theirs.getByText('Nothing has been announced yet.').waitFor()
  await theirs.getByText(/announced by a sponsor|Only a State/).or(theirs.getByText('Nothing has been announced yet.')).first().waitFor()
  expect(await theirs.getByText('Prepare oral revision', { exact: false }).count()).toBe(0)

  const form = await open(table, 'Oral revisions')
  await form.getByText('Prepare oral revision 1').waitFor()
  await choose(form, 'Paragraph or footnote', 'OP1')
  const field = form.getByLabel('Its words, as they are to read')
  await field.fill((await field.inputValue()).replace('every lamp', 'every lamp and bell'))
  await said(form).getByText('In operative paragraph 1, after the word “lamp”, insert the words “and bell”.').waitFor()
  await expectFit(table, '01-words')
  await collect(form)
  await choose(form, 'What is changed', 'A new paragraph')
  await choose(form, 'Where it goes', 'After OP2')
  await form.getByLabel('Words of the new paragraph').fill('Calls for a conference of harbour masters;')
  await said(form).getByText(/^After operative paragraph 2, insert a new operative paragraph reading: “Calls for a conference of harbour masters;”, and renumber/).waitFor()
  await collect(form)
  await choose(form, 'What is changed', 'A paragraph is deleted')
  await choose(form, 'Paragraph', 'PP2')
  await said(form).getByText('Delete the second preambular paragraph.').waitFor()
  await collect(form)
  // What cannot stand beside another says so, and is not taken.
  await choose(form, 'What is changed', 'A paragraph is moved')
  await choose(form, 'Paragraph', 'PP2')
  // A button that says why it cannot be used is pressed all the same.
  await form.getByRole('button', { name: 'Add to the oral revision' }).click({ force: true })
  await said(form).getByText('Two changes are about the same paragraph', { exact: false }).waitFor()
  await form.getByText('3 changes collected').waitFor()
  await choose(form, 'What is changed', 'A paragraph is divided')
  await choose(form, 'Paragraph', 'OP3')
  await form.getByLabel('Divide it after the words').fill('harbour')
  await said(form).getByText('These words are not in the paragraph', { exact: false }).waitFor()
  await form.getByText('3 changes collected').waitFor()
  await form.getByText('How the text would read').click()
  await expectFit(table, '02-collected')
  await form.getByRole('button', { name: 'Announce oral revision 1' }).click()
  await form.getByText('waits to be certified').waitFor()
  await theirs.getByText('Calls for a conference of harbour masters', { exact: false }).waitFor()
  expect(await theirs.getByRole('button', { name: 'Certify…' }).count()).toBe(0)
  expect(await form.getByText('Prepare oral revision', { exact: false }).count()).toBe(0)

  await delegate.page.getByRole('button', { name: 'An oral revision waits to be certified' }).click()
  const own = delegate.page.getByRole('dialog')
  await own.getByText('as recorded by the chair’s table').waitFor()
  await own.getByRole('button', { name: 'Certify…' }).click()
  await own.getByLabel('We announced exactly these changes.').check()
  await expectFit(delegate, '03-certify')
  await own.getByRole('button', { name: 'Certify', exact: true }).click()
  await own.getByText(/^Certified by its author .*: Aki Tanaka\.$/).or(own.getByText(/Certified by its author/)).first().waitFor()
  await theirs.getByText('The text as orally revised').waitFor()
  await theirs.locator('.compare-row ins').filter({ hasText: 'and bell' }).waitFor()
  // Others see the State, not its person.
  expect(await theirs.getByText('Aki Tanaka').count()).toBe(0)
  await expectFit(other, '04-as-revised')
  await other.page.keyboard.press('Escape')
  await other.page.getByRole('button', { name: 'As orally revised' }).waitFor()
  await picture(other.page, 'oral-05-banner')

  // The next one is about that text: what was OP3 is OP4 now.
  await own.getByText('Prepare oral revision 2').waitFor()
  await choose(own, 'Paragraph or footnote', 'OP4')
  const second = own.getByLabel('Its words, as they are to read')
  await second.fill((await second.inputValue()).replace('seized', 'actively seized'))
  await said(own).getByText('In operative paragraph 4, before the word “seized”, insert the word “actively”.').or(said(own).getByText(/In operative paragraph 4, .*“actively”/)).first().waitFor()
  await collect(own)
  await own.getByRole('button', { name: 'Announce oral revision 2' }).click()
  await own.getByRole('button', { name: 'Discard…' }).click()
  await own.getByLabel('Reason, for the record').fill('It was misheard.')
  await own.getByRole('button', { name: 'Discard it' }).click()
  await own.getByText('Prepare oral revision 2').waitFor()
  const text = await conference.chair.text(`/api/drafts/${conference.chair.draft}/export?hat=${conference.chair.hatId}&form=text`)
  expect(text).toMatch(/\n3\. Decides to remain seized of the matter\.\n\nOral revision 1, announced by Japan, certified \d{4}-\d\d-\d\d \d\d:\d\d UTC\n\n\(1\) In operative paragraph 1, after the word “lamp”, insert the words “and bell”\.\n\n\(2\) After /)

  // Printed behind the text, and behind the version that was frozen.
  for (const path of ['export?form=text&', 'versions/1/written?']) {
    const html = await conference.chair.text(`/api/drafts/${conference.chair.draft}/${path}hat=${conference.chair.hatId}&as=html`)
    const reader = await Visitor.of(conference.browser, 'Reader')
    await reader.page.setContent(html)
    await reader.page.getByText(/^Oral revision 1, announced by Japan, certified \d{4}-/).waitFor()
    await reader.page.getByText('In operative paragraph 1, after the word “lamp”, insert the words “and bell”.').waitFor()
    await picture(reader.page, 'oral-07-printed', true)
  }
  for (const visitor of [table, delegate, other]) expect(visitor.complaints).toEqual([])
})

test('OR14 the chair reopens the text as it was orally revised, from the page', { timeout: 120_000 }, async () => {
  const delegate = await conference.visitor('Aki Tanaka', japanHead)
  const own = await open(delegate, 'Oral revisions')
  await choose(own, 'Paragraph or footnote', 'OP1')
  const field = own.getByLabel('Its words, as they are to read')
  await field.fill((await field.inputValue()).replace('every lamp', 'every lamp and bell'))
  await collect(own)
  await announceAndCertify(own)
  await own.getByText('The text as orally revised').waitFor()

  const table = await conference.chairsPage()
  await table.page.getByRole('button', { name: 'As orally revised' }).waitFor()
  const dialog = await open(table, 'Reopen the frozen text', /^Chair/)
  await dialog.getByRole('textbox').fill('The committee goes on from what was announced.')
  await dialog.getByLabel('Go on from the text as orally revised').check()
  await expectFit(table, '08-reopen')
  await dialog.getByRole('button', { name: 'Reopen the frozen text' }).click()
  await table.page.locator('.text').getByText('every lamp and bell', { exact: false }).waitFor()
  await conference.chair.until(() => conference.chair.unit('OP1').words.includes('every lamp and bell'))
  expect(table.complaints).toEqual([])
})

test('OR13 what is prepared by keyboard outlives the dialog and the page, and words prepared on an earlier text are still there', { timeout: 240_000 }, async () => {
  const table = await conference.chairsPage()
  const { page } = table
  let form = await open(table, 'Oral revisions')
  await form.getByText('Prepare oral revision 1').waitFor()
  await choose(form, 'Paragraph or footnote', 'OP2')
  await form.getByLabel('Its words, as they are to read').focus()
  await page.keyboard.press('End')
  await page.keyboard.type(' today')
  await page.keyboard.press('Tab')
  await page.keyboard.press('Enter')
  await form.getByText('1 change collected').waitFor()
  await choose(form, 'Paragraph or footnote', 'OP3')
  const field = form.getByLabel('Its words, as they are to read')
  await field.fill((await field.inputValue()).replace('Decides', 'Resolves'))
  await page.keyboard.press('Escape')
  await page.reload()
  await table.inRoom()
  form = await open(table, 'Oral revisions')
  await form.getByText('1 change collected').waitFor()
  expect(await form.getByLabel('Its words, as they are to read').inputValue()).toMatch(/^Resolves /)

  const delegate = await conference.visitor('Aki Tanaka', japanHead)
  const own = await open(delegate, 'Oral revisions')
  await choose(own, 'What is changed', 'A paragraph is deleted')
  await choose(own, 'Paragraph', 'PP1')
  await collect(own)
  await announceAndCertify(own)
  await form.getByText('You prepared changes of an earlier text').waitFor()
  await form.getByText('At the end of operative paragraph 2, add “today”.').waitFor()
  // What was typed and not collected yet, too.
  await form.getByText('Resolves to remain seized of the matter.').waitFor()
  await expectFit(table, '06-outdated')
  await form.getByRole('button', { name: 'Discard them' }).click()
  await form.getByText('Prepare oral revision 2').waitFor()
  expect(table.complaints).toEqual([])
})
