import { AxeBuilder } from '@axe-core/playwright'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { Conference, euHead } from './support/conference.ts'
import { picture } from './support/picture.ts'
import { Visitor } from './support/visitor.ts'

let conference: Conference

beforeEach(async () => {
  conference = await Conference.open()
})

afterEach(async () => {
  await conference.close()
})

/** A folder for pictures, looked at by people. */
const phone = { width: 390, height: 844 }
const button = (visitor: Visitor, name: string | RegExp): ReturnType<Visitor['page']['locator']> => visitor.page.getByRole('button', { name })

async function expectAccessible(visitor: Visitor): Promise<void> {
  const { violations } = await new AxeBuilder({ page: visitor.page }).analyze()
  const serious = violations.filter(({ impact }) => impact === 'serious' || impact === 'critical')
  expect(serious.map(({ id, nodes }) => `${id}: ${nodes.map((node) => node.html).join('\n')}`)).toEqual([])
}

test('BD4 with the keyboard alone: sign in, go to a paragraph, amend it, put it forward, support another’s, and come back from a dialog', async () => {
  const { chair } = conference
  await chair.command({ command: 'open-negotiation' })
  const amendment = chair.propose('OP2', 'agencies', 'all agencies')
  await chair.putForward(amendment)
  const eu = await Visitor.of(conference.browser, 'Eva Lind')
  const { keyboard } = eu.page
  await eu.page.goto(`${conference.server.address}${await conference.invitation(euHead)}`)
  await eu.page.getByLabel('Your name').waitFor()
  await keyboard.type(eu.name)
  await keyboard.press('Enter')
  await eu.inRoom()

  const focused = (): Promise<string> => eu.page.evaluate(() => document.activeElement?.textContent ?? '')
  const tabTo = async (name: string): Promise<void> => {
    for (let presses = 0; (await focused()).trim() !== name; presses++) {
      if (presses === 60) throw new Error(`Tab does not come to “${name}”`)
      await keyboard.press('Tab')
    }
  }
  // To the outline, down to the paragraph, into the text.
  const inside = (area: string): Promise<boolean> => eu.page.evaluate((selector) => document.activeElement?.closest(selector) instanceof Element, area)
  while (!(await inside('.outline'))) await keyboard.press('F6')
  while (!(await focused()).startsWith('OP1')) await keyboard.press('ArrowDown')
  await keyboard.press('Enter')
  await keyboard.press('Control+ArrowRight')
  await keyboard.type(' strongly')
  const own = eu.page.locator('.card.private')
  await own.getByText('strongly').waitFor()
  await eu.saved()
  await keyboard.press('F6')
  await tabTo('Put forward')
  await keyboard.press('Enter')
  await chair.until(() => chair.view.units.length > 0 && [...chair.shared.getMap<{ proposer?: string }>('state').values()].some((value) => value.proposer === 'eu'))

  const card = eu.card(amendment)
  while (!(await inside('.outline'))) await keyboard.press('F6')
  while (!(await focused()).startsWith('OP2')) await keyboard.press('ArrowDown')
  await keyboard.press('Enter')
  await card.getByRole('button', { name: 'Support' }).waitFor()
  while (!(await inside('.cards'))) await keyboard.press('F6')
  // The paragraph’s own card, where one may take a position too, comes first.
  while (!(await inside(`[data-card="${amendment}"]`))) await keyboard.press('Tab')
  await tabTo('Support')
  await keyboard.press('Enter')
  await card.getByLabel('Support: note').waitFor()
  await tabTo('To all delegations')
  await keyboard.press('Enter')
  await card.getByText('Told to all: Support').waitFor()

  // A dialog gives the focus back to where it came from.
  while (!(await inside('.topbar'))) await keyboard.press('F6')
  await tabTo('More')
  await keyboard.press('Enter')
  await tabTo('Record')
  await keyboard.press('Enter')
  await eu.page.getByRole('dialog', { name: 'Record' }).waitFor()
  await keyboard.press('Escape')
  await eu.page.getByRole('dialog').waitFor({ state: 'detached' })
  expect((await focused()).trim()).toBe('More')
  await keyboard.press('?')
  await eu.page.getByRole('dialog', { name: 'Keyboard shortcuts' }).waitFor()
  await keyboard.press('Escape')
  expect((await focused()).trim()).toBe('More')
})

test('BD7 on a telephone the text, one’s own amendment, putting it forward and the cards can be reached, and nothing is wider than the screen', async () => {
  const { chair } = conference
  await chair.command({ command: 'open-negotiation' })
  const amendment = chair.propose('OP2', 'agencies', 'all agencies')
  await chair.putForward(amendment)
  const eu = await conference.visitor('Eva Lind', euHead)
  await eu.page.setViewportSize(phone)
  const fits = (): Promise<boolean> => eu.page.evaluate(() => document.documentElement.scrollWidth <= innerWidth)
  expect(await fits()).toBe(true)
  const op1 = chair.unit('OP1')
  await eu.replace(op1.id, 'every lamp', 'each light')
  await eu.saved()
  await button(eu, /^Proposals$/).click()
  await eu.page.getByText('Private to EU').waitFor()
  expect(await fits()).toBe(true)
  await button(eu, 'Put forward').click()
  await eu.page.getByText('Private to EU').waitFor({ state: 'detached' })
  await button(eu, 'Outline').click()
  await button(eu, /^OP2/).click()
  await eu.page.locator('.text:focus').waitFor()
  await button(eu, /^Proposals$/).click()
  await eu.card(amendment).getByRole('button', { name: 'Support' }).click()
  await eu.card(amendment).getByRole('button', { name: 'To all delegations' }).click()
  await eu.card(amendment).getByText('Told to all: Support').waitFor()
  expect(await fits()).toBe(true)
  await button(eu, /^Text$/).click()
  expect(await eu.unit(op1.id).isVisible()).toBe(true)
})

test('BD8 no serious fault of accessibility on sign-in, drafts, the room at each stage, and its dialogs', async () => {
  const { chair, server } = conference
  const stranger = await Visitor.of(conference.browser, 'Stranger')
  await stranger.page.goto(server.address)
  await stranger.page.getByText('You enter with a link', { exact: false }).waitFor()
  await expectAccessible(stranger)
  await stranger.page.goto(`${server.address}${await conference.invitation(euHead)}`)
  await stranger.page.getByLabel('Your name').waitFor()
  await expectAccessible(stranger)

  const page = await conference.chairsPage()
  await page.page.goto(server.address)
  await page.page.getByRole('link', { name: 'Safe harbours' }).waitFor()
  await expectAccessible(page)
  await button(page, 'New draft').click()
  await page.page.getByLabel('Pasted text').check()
  await page.page.getByLabel('The resolution’s text').fill('Lamps\n\nThe General Assembly,\n\n1. Decides to light them.')
  await page.page.getByText('words are kept, in their order', { exact: false }).waitFor()
  await expectAccessible(page)
  await button(page, 'Close').click()
  await page.page.getByRole('link', { name: 'Safe harbours' }).click()
  await page.inRoom()
  await expectAccessible(page)

  await chair.command({ command: 'open-negotiation' })
  await chair.putForward(chair.propose('OP2', 'agencies', 'all agencies'))
  await chair.command({ command: 'agree', ...chair.seenUnit('PP1') })
  const eu = await conference.visitor('Eva Lind', euHead)
  await eu.replace(chair.unit('OP1').id, 'every lamp', 'each light')
  await eu.page.getByText('Private to EU').first().waitFor()
  await eu.saved()
  await expectAccessible(eu)
  await eu.select(chair.unit('OP2').id, 'all agencies')
  await eu.page.getByRole('article', { name: 'Proposal of Chair, OP2' }).getByRole('button', { name: 'Support' }).waitFor()
  await expectAccessible(eu)
  for (const [menu, item] of [['Chair', 'Members and invitations'], ['Chair', 'Freeze the text…'], ['Chair', 'Reopen drafting'], ['More', 'Record'], ['More', 'Keyboard shortcuts']] as const) {
    await button(page, new RegExp(`^${menu}:`)).click()
    await expectAccessible(page)
    await page.page.getByRole('button', { name: item, exact: true }).click()
    await page.page.getByRole('dialog').waitFor()
    await expectAccessible(page)
    await page.page.keyboard.press('Escape')
    await page.page.getByRole('dialog').waitFor({ state: 'detached' })
  }
})

test('BD16 an observer reads the text, the proposals and the record, and is not said to be offline', { timeout: 120_000 }, async () => {
  const { chair } = conference
  await chair.command({ command: 'open-negotiation' })
  const amendment = chair.propose('OP2', 'agencies', 'all agencies')
  await chair.putForward(amendment)
  const observer = await conference.visitor('Otto Berg', { role: 'observer', delegation: 'ls', level: 'reader' })
  await observer.page.getByText('Proposals are prepared by delegations', { exact: false }).waitFor()
  await observer.card(amendment).getByText('all').waitFor()
  await observer.page.locator('.text').getByText('Urges', { exact: false }).first().click()
  await observer.page.keyboard.type('xyz')
  expect(await observer.text()).not.toContain('xyz')
  await expectAccessible(observer)
  await picture(observer.page, 'observer-desk')
  await observer.page.setViewportSize(phone)
  await picture(observer.page, 'observer-phone')
  expect(await observer.page.evaluate(() => document.documentElement.scrollWidth)).toBe(phone.width)
  await button(observer, /^More:/).click()
  await button(observer, /^Record$/).click()
  await observer.page.getByRole('dialog').getByRole('cell', { name: 'opened negotiation' }).waitFor()
  await picture(observer.page, 'observer-record')
  expect(observer.complaints).toEqual([])
})

test('BD12 on a desk and on a telephone no dialog of the negotiation has a serious fault of accessibility or is wider than the screen', { timeout: 300_000 }, async () => {
  const { chair } = conference
  await chair.command({ command: 'open-negotiation' })
  const first = chair.propose('OP2', 'agencies', 'all agencies')
  await chair.putForward(first)
  const eu = await conference.visitor('Eva Lind', euHead)
  const op2 = chair.unit('OP2')
  await eu.replace(op2.id, 'agencies', 'the agencies and funds')
  await eu.saved()
  await button(eu, /^Put forward$/).click()
  const legal = await conference.visitor('Lou Legal', { role: 'legal', delegation: 'legal', level: 'head' })
  const page = await conference.chairsPage()

  const inspect = async (visitor: Visitor, name: string): Promise<void> => {
    for (const size of [{ width: 1440, height: 900 }, phone]) {
      await visitor.page.setViewportSize(size)
      await expectAccessible(visitor)
      await picture(visitor.page, `${name}-${size.width}`)
      expect(await visitor.page.evaluate(() => [document.documentElement, ...document.querySelectorAll('dialog[open]')].filter((one) => one.scrollWidth > one.clientWidth).map((one) => one.className)), `${name} at ${size.width}`).toEqual([])
    }
    await visitor.page.setViewportSize({ width: 1440, height: 900 })
  }
  const visit = async (visitor: Visitor, path: readonly (string | RegExp)[], name: string): Promise<void> => {
    for (const step of path) await button(visitor, step).first().click()
    await visitor.page.getByRole('dialog').waitFor()
    await inspect(visitor, name)
    await visitor.page.keyboard.press('Escape')
    await visitor.page.getByRole('dialog').waitFor({ state: 'detached' })
  }

  await visit(page, [/^Positions$/], 'matrix')
  await visit(page, [/^More:/, /^Morning sheet$/], 'morning-sheet')
  await visit(page, [/^More:/, /^Amendment list$/], 'amendment-list')
  await visit(page, [/^Chair:/, /^Make proposals visible as typed$/], 'as-typed')
  await visit(page, [/Mentions/], 'mentions')
  await visit(legal, [/^Review/], 'queue')
  await page.select(op2.id, 'Invites', true)
  await button(page, /^Rivals:/).first().waitFor()
  await inspect(page, 'cards')
  await visit(page, [/^Rivals:/], 'rivals')
  // The overview stands open at a first visit; closed, nothing but the text is left of the middle.
  await button(page, /^More:/).click()
  await button(page, /^Overview$/).click()
  await inspect(page, 'text-alone')
})
