import { createHash } from 'node:crypto'
import { AxeBuilder } from '@axe-core/playwright'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { picture } from './support/picture.ts'
import { openStage } from './support/stage.ts'
import type { Stage } from './support/stage.ts'
import type { Visitor } from './support/visitor.ts'

const text = [
  'Partnership against trafficking', '', 'The General Assembly,', '', 'Deeply concerned that women and girls are the most frequent victims of trafficking in persons,', '',
  '1. Urges Member States to protect the victims of trafficking, and children above all;', '',
  '2. Requests the Secretary-General to report every year on the state of the partnership;', '',
  '3. Decides to remain seized of the matter.', '',
].join('\n')
const library = [
  'Improving the coordination of efforts against trafficking in persons', '', 'The General Assembly,', '',
  '1. Calls upon Governments to collect data that are disaggregated by sex and age;', '',
  '2. Encourages States to give asylum to refugees and to persons with disabilities who are trafficked;', '',
  '3. Decides to remain seized of the matter.', '',
].join('\n')

let stage: Stage

beforeEach(async () => {
  stage = await openStage(text)
  await stage.delegation('jp', 'Japan', 'state')
  await stage.delegation('eu', 'EU', 'group')
})

afterEach(() => stage?.end())

const shoot = ({ page }: Visitor, name: string): Promise<void> => picture(page, name)

async function expectAccessible({ page }: Visitor): Promise<void> {
  const { violations } = await new AxeBuilder({ page }).analyze()
  const serious = violations.filter(({ impact }) => impact === 'serious' || impact === 'critical')
  expect(serious.map(({ id, nodes }) => `${id}: ${nodes.map((node) => node.html).join('\n')}`)).toEqual([])
}

/** As the page of the library would. */
async function addToLibrary(words: string): Promise<void> {
  const { chair } = stage
  const bytes = new TextEncoder().encode(words)
  const body = { command: 'add-source', title: 'Coordination', symbol: 'A/RES/61/180', year: 2006, name: 'n.txt', sha256: createHash('sha256').update(bytes).digest('hex') }
  const order = encodeURIComponent(JSON.stringify({ key: 'the-only-source', draft: chair.draft, hatId: chair.hatId, body }))
  const response = await fetch(`${chair.address}/api/drafts/${chair.draft}/sources?order=${order}`, {
    method: 'POST', headers: { cookie: chair.cookie, origin: chair.address, 'content-type': 'application/octet-stream' }, body: bytes,
  })
  expect(response.status).toBe(200)
}

const button = ({ page }: Visitor, name: string | RegExp): ReturnType<Visitor['page']['locator']> => page.getByRole('button', { name, exact: typeof name === 'string' })
const dialog = ({ page }: Visitor): ReturnType<Visitor['page']['locator']> => page.getByRole('dialog', { name: 'Themes' })

async function openThemes(visitor: Visitor): Promise<void> {
  await button(visitor, /^More/).click()
  await button(visitor, 'Themes and coverage').click()
  await dialog(visitor).waitFor()
}

/** The marks in the row that begins so, theme by theme, as a screen reader has them. */
const row = (visitor: Visitor, begins: string): Promise<string[]> => dialog(visitor).getByRole('row').filter({ has: visitor.page.getByRole('rowheader', { name: begins }) }).first().getByRole('cell').allInnerTexts()

test('TM8 themes on the page: the facilitator begins with those that are suggested and edits one, a delegate sees where the draft is silent and the library is not, says by hand what speaks to what, and shows the proposals on a theme alone', async () => {
  const facilitator = await stage.visitor('Femi Facilitator', { role: 'facilitator', delegation: 'office', level: 'head' })
  const japan = await stage.visitor('Hana Sato', { role: 'delegate', delegation: 'jp', level: 'head' })
  const eu = await stage.person('Eva Lind', { role: 'delegate', delegation: 'eu', level: 'head' })
  await addToLibrary(library)

  // Nothing is there yet, which is said; who may not name themes is told who may.
  await openThemes(japan)
  await dialog(japan).getByText('No theme has been named yet.').waitFor()
  await dialog(japan).getByText('as the chair or a facilitator has named them').waitFor()
  expect(await button(japan, 'New theme').count()).toBe(0)
  await openThemes(facilitator)
  await shoot(facilitator, 'themes-01-empty')
  await button(facilitator, /^Begin with: Gender, Age, Migration, Children, Disability, Victims, Data$/).click()
  await dialog(facilitator).getByRole('heading', { name: 'The draft is silent on 4 themes' }).waitFor()
  await dialog(japan).getByRole('heading', { name: 'The draft is silent on 4 themes' }).waitFor()
  const silent = dialog(japan).getByRole('region', { name: 'The draft is silent' })
  await silent.getByText('A/RES/61/180 (2006), OP2').first().waitFor()
  expect((await silent.getByRole('listitem').filter({ has: japan.page.getByRole('heading', { name: 'Migration' }) }).first().innerText()).replace(/\s+/g, ' '))
    .toContain('The library is not: 1 paragraph. A/RES/61/180 (2006), OP2 Encourages States to give asylum to refugees and to persons with disabilities who are trafficked; its words: asylum, refugees')
  // The table is one, with headings both ways.
  expect(await dialog(japan).getByRole('columnheader').allInnerTexts()).toEqual(['Paragraph', 'Gender', 'Age', 'Migration', 'Children', 'Disability', 'Victims', 'Data'])
  expect((await row(japan, 'OP1')).map((cell) => cell.replace(/\s+/g, ' ').trim())).toEqual(['', '', '', '○ its words: children', '', '○ its words: victims', ''])
  await shoot(japan, 'themes-02-silent')
  await expectAccessible(japan)

  // What the library has is one press away.
  await silent.getByRole('button', { name: 'A/RES/61/180 (2006), OP2' }).first().click()
  await japan.page.getByRole('region', { name: 'Sources' }).getByText('Encourages States to give asylum').waitFor()
  await dialog(japan).waitFor({ state: 'detached' })
  await openThemes(japan)

  // Words that cannot be looked for are named while they are typed.
  await button(facilitator, 'Edit “Age”').click()
  const words = dialog(facilitator).getByRole('textbox', { name: 'Words' })
  await words.fill('age, a*, year')
  await dialog(facilitator).getByRole('status').filter({ hasText: 'Not a word that can be looked for: a*.' }).waitFor()
  await shoot(facilitator, 'themes-03-edit')
  await words.fill('age, year')
  await button(facilitator, 'Save').click()
  await dialog(japan).getByRole('heading', { name: 'The draft is silent on 3 themes' }).waitFor()
  expect((await row(japan, 'OP2'))[1]).toContain('year')
  await button(facilitator, 'Remove “Victims”').click()
  await button(facilitator, 'Remove the theme').click()
  await dialog(japan).getByRole('columnheader', { name: 'Victims' }).waitFor({ state: 'detached' })
  await dialog(facilitator).getByRole('button', { name: 'Close' }).click()

  // From the table to the paragraph, and there by hand.
  await dialog(japan).getByRole('rowheader', { name: 'OP2' }).getByRole('button').click()
  const tags = japan.page.getByRole('region', { name: 'Themes', exact: true })
  await tags.getByText('its words: year').waitFor()
  await button(japan, 'Add a theme by hand').click()
  await tags.getByRole('button', { name: 'Data', exact: true }).click()
  await tags.getByText(/^by hand: Hana Sato \(Japan\)/).waitFor()
  await button(japan, 'Take “Age” off').click()
  await tags.getByText(/^taken off by hand: Hana Sato \(Japan\)/).waitFor()
  await shoot(japan, 'themes-04-card')
  await button(japan, 'Put “Age” back').click()
  await tags.getByText('its words: year').waitFor()

  // Another delegation's proposals carry themes by the words that they put in; the colleague's name is not theirs to read.
  const onAge = eu.propose('OP2', 'every year', 'every year, on migrants')
  await eu.putForward(onAge)
  const other = eu.propose('OP3', 'the matter', 'this matter')
  await eu.putForward(other)
  await japan.card(onAge).locator('.chips').getByText('Migration').waitFor()
  await japan.page.getByLabel('Show proposals that speak to').selectOption({ label: 'Migration' })
  await japan.page.getByText('1 shown').waitFor()
  expect([await japan.card(onAge).count(), await japan.card(other).count()]).toEqual([1, 0])
  await shoot(japan, 'themes-05-filter')
  await button(japan, 'Show all').click()
  await japan.card(other).waitFor()
  await facilitator.select(stage.chair.unit('OP2').id, 'every', true)
  await facilitator.page.getByRole('region', { name: 'Themes', exact: true }).getByText(/^by hand: Hana Sato \(Japan\)/).waitFor()
  await openThemes(facilitator)
  await dialog(facilitator).getByText('1 open proposal speaks to it.').waitFor()
  expect((await row(facilitator, 'EU, change'))[2]).toContain('migrants')

  // To take along.
  await button(facilitator, 'Download').click()
  await facilitator.page.getByRole('combobox', { name: 'As', exact: true }).selectOption({ label: 'Plain text' })
  const [file] = await Promise.all([facilitator.page.waitForEvent('download'), facilitator.page.getByRole('dialog').getByRole('button', { name: 'Download', exact: true }).click()])
  expect(file.suggestedFilename()).toBe('Partnership against trafficking (coverage of themes).txt')
  await facilitator.page.keyboard.press('Escape')

  // On a telephone the table scrolls within itself.
  await facilitator.page.setViewportSize({ width: 390, height: 844 })
  await openThemes(facilitator)
  await shoot(facilitator, 'themes-06-telephone')
  const wide = await facilitator.page.evaluate(() => ({ page: document.querySelector('.dialog.themes .dialog-body')!.scrollWidth - document.querySelector('.dialog.themes .dialog-body')!.clientWidth, table: document.querySelector('.coverage-scroll')!.scrollWidth - document.querySelector('.coverage-scroll')!.clientWidth }))
  expect(wide.page).toBe(0)
  expect(wide.table).toBeGreaterThan(0)
  await facilitator.page.locator('.coverage-scroll').scrollIntoViewIfNeeded()
  await shoot(facilitator, 'themes-07-telephone-table')
  await facilitator.page.locator('.theme-list').scrollIntoViewIfNeeded()
  await shoot(facilitator, 'themes-08-telephone-list')
  await expectAccessible(facilitator)
  expect([...facilitator.complaints, ...japan.complaints]).toEqual([])
})
