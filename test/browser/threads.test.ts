/** Threads and authorship in real browsers, on a real server. OMNIBUS_SHOTS=folder keeps pictures. */
import type { Browser } from 'playwright-core'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { importText } from '../../shared/convert/importText.ts'
import type { Command } from '../../shared/wire/commands.ts'
import { Person } from '../unit/walk/person.ts'
import { ServerProcess } from '../unit/walk/server.ts'
import { launchChromium } from './support/chromium.ts'
import { picture } from './support/picture.ts'
import { Visitor } from './support/visitor.ts'

const source = [
  'Strengthening a global partnership', '', 'The General Assembly,', '', 'Recalling its resolution 64/293 of 30 July 2010,', '',
  '1. Requests the Secretary-General to report every year on trafficking in persons;', '',
  '2. Invites all Member States to establish national focal points and to keep them informed of each other’s work;', '',
  '3. Decides to remain seized of the matter.', '',
].join('\n')

let server: ServerProcess
let browser: Browser
let table: Person

beforeEach(async () => {
  server = await ServerProcess.start()
  browser = await launchChromium()
  table = new Person('Amina Chair', server.address)
  await table.follow(server.link!)
  const { draft, hatId } = (await table.call('/api/commands', { key: 'create-draft-key', body: { command: 'create-draft', title: 'Partnership', language: 'en' } })) as { draft: string; hatId: string }
  await table.wear(draft, hatId)
  await table.enter()
  for (const [id, name, kind] of [['eu', 'EU', 'group'], ['jp', 'Japan', 'state'], ['br', 'Brazil', 'state']] as const) await table.command({ command: 'add-delegation', delegation: { id, name, kind } })
  await table.command({ command: 'import', value: importText(source).value })
  await table.until(() => table.view.units.length > 4)
})

afterEach(async () => {
  await table.leave()
  await browser.close()
  await server.remove()
})

const shoot = (visitor: Visitor, name: string): Promise<void> => picture(visitor.page, name)

async function visitor(name: string, delegation: string): Promise<Visitor> {
  const hat: Extract<Command, { command: 'invite' }>['hat'] = { role: 'delegate', delegation, level: 'head' }
  const { link } = await table.command({ command: 'invite', hat, days: 7, uses: 1 })
  const made = await Visitor.of(browser, name)
  await made.follow(`${server.address}${link!}`)
  await made.inRoom()
  return made
}

test('TH14 a thread on words: begun by key, a mention completed by keyboard, seen unread, opened by a click, answered, resolved, and kept apart', { timeout: 240_000 }, async () => {
  const eva = await visitor('Eva Lind', 'eu')
  const jun = await visitor('Jun Mori', 'jp')
  const op1 = table.unit('OP1')

  await eva.select(op1.id, 'every year')
  await eva.page.keyboard.press('Control+Alt+m')
  const field = eva.page.getByLabel('Your comment, seen by everyone in the room')
  await field.waitFor()
  await eva.page.locator('.new-thread blockquote', { hasText: 'every year' }).waitFor()
  await eva.page.keyboard.type('Too often for small missions. Could @Ja')
  await eva.page.getByRole('option', { name: 'Japan' }).waitFor()
  await shoot(eva, '01-mention')
  await eva.page.keyboard.press('Enter')
  expect(await field.inputValue()).toBe('Too often for small missions. Could @Japan ')
  await eva.page.keyboard.type('live with every second year?')
  await eva.page.keyboard.press('Control+Enter')
  await eva.page.locator('[data-thread-card] li').getByText('live with every second year?').waitFor()

  await jun.page.getByRole('button', { name: 'Mentions and threads: 1 unread' }).waitFor()
  await jun.page.locator('.overview .mentions').getByText('live with every second year?').waitFor()
  await jun.unit(op1.id).locator('.threaded.unread').waitFor()
  await shoot(jun, '02-unread')
  await jun.page.getByRole('button', { name: 'Mentions and threads: 1 unread' }).click()
  await shoot(jun, '03-mentions')
  await jun.page.getByRole('dialog').getByRole('button', { name: 'Close' }).click()
  await jun.unit(op1.id).locator('.threaded').click()
  const thread = jun.page.locator('[data-thread-card]')
  await thread.getByText('live with every second year?').waitFor()
  expect(await jun.page.evaluate(() => document.activeElement?.classList.contains('text'))).toBe(true)
  await jun.page.getByRole('button', { name: 'Mentions and threads', exact: true }).waitFor()
  await jun.unit(op1.id).locator('.threaded:not(.unread)').waitFor()
  await thread.getByRole('button', { name: 'Reply' }).click()
  await jun.page.keyboard.type('Yes, with a mid-term review.')
  await shoot(jun, '04-reply')
  await jun.page.keyboard.press('Control+Enter')
  await eva.page.locator('[data-thread-card] li').getByText('Yes, with a mid-term review.').waitFor()

  // Words typed before them move them along; who reads again finds it read.
  await jun.select(op1.id, 'Requests', true)
  await jun.page.keyboard.type(' again')
  await eva.unit(op1.id).getByText('again').waitFor()
  // In two pieces where somebody's caret stands within.
  expect((await eva.unit(op1.id).locator('.threaded').allInnerTexts()).join('')).toBe('every year')
  await jun.page.reload()
  await jun.inRoom()
  expect(await jun.unit(op1.id).locator('.threaded.unread').count()).toBe(0)

  // Among one's own: not a frame to anybody else.
  const frames = jun.frames.length
  const updates = jun.updates
  await eva.page.locator(`[data-card="unit-${op1.id}"]`).getByRole('button', { name: 'Comment', exact: true }).click()
  await eva.page.getByLabel('Among EU only').check()
  await eva.page.getByLabel('Your comment, seen by your own people alone').fill('Our red line is two years.')
  await eva.page.locator('.new-thread').getByRole('button', { name: 'Send' }).click()
  await eva.page.locator('[data-thread-card].apart').getByText('Our red line is two years.').waitFor()
  await shoot(eva, '05-apart')
  expect(jun.frames.slice(frames).some((frame) => frame.includes('red line'))).toBe(false)
  expect(jun.updates).toBe(updates)
  for (const path of ['export?form=text', 'export?form=rolling', 'record?after=0']) {
    const [route, query] = path.split('?')
    expect(await table.text(`/api/drafts/${table.draft}/${route!}?hat=${table.hatId}&${query!}`)).not.toContain('red line')
  }

  // Refused: the words stay in the field.
  await jun.page.setViewportSize({ width: 390, height: 844 })
  await jun.unit(op1.id).locator('.threaded').click()
  await thread.getByRole('button', { name: 'Reply' }).click()
  await jun.page.keyboard.type('One more word.')
  await shoot(jun, '05-phone')
  await table.command({ command: 'freeze', digest: await digestNow(), symbol: '', closeOpen: true, reason: 'It is agreed.' })
  await jun.page.getByText('Nothing can be changed any more.').first().waitFor()
  await jun.page.keyboard.press('Control+Enter')
  await jun.page.getByRole('alert').getByText('This draft is frozen').waitFor()
  expect(await jun.page.getByLabel('Your reply').inputValue()).toBe('One more word.')
  expect([...eva.complaints, ...jun.complaints]).toEqual([])
})

async function digestNow(): Promise<string> {
  const { freezePreview } = await import('../../shared/lifecycle/freeze.ts')
  return freezePreview(table.shared, new Set()).digest
}

test('WW3 the coloured view names who wrote each run, and words tell their author, their amendment and its decision', { timeout: 240_000 }, async () => {
  const eva = await visitor('Eva Lind', 'eu')
  const jun = await visitor('Jun Mori', 'jp')
  const [op1, op2] = [table.unit('OP1'), table.unit('OP2')]
  await eva.select(op1.id, 'trafficking in persons', true)
  await eva.page.keyboard.type(', with a focus on children')
  await jun.unit(op1.id).getByText('focus on children').waitFor()
  await eva.saved()
  await table.command({ command: 'open-negotiation' })
  for (const one of [eva, jun]) await one.page.getByText('Negotiation', { exact: true }).first().waitFor()
  await jun.replace(op2.id, 'national focal points', 'liaison offices with adequate means')
  await jun.saved()
  await jun.page.getByRole('button', { name: 'Put forward' }).first().click()
  await eva.unit(op2.id).getByText('liaison offices').waitFor()
  const state = [...table.shared.getMap<{ digest: string; proposer?: string }>('state').entries()].find(([key]) => key.startsWith('amendment:'))!
  await table.command({ command: 'incorporate', amendment: state[0].slice('amendment:'.length), digest: state[1].digest })
  await eva.page.waitForFunction((id) => document.querySelector(`.text [data-unit="${id}"] ins`) === null, op2.id)

  await eva.page.getByRole('button', { name: /^More/ }).click()
  await eva.page.getByRole('button', { name: 'Who wrote what' }).click()
  await eva.unit(op2.id).locator('.writer[data-name="Japan"]').waitFor()
  await eva.unit(op1.id).locator('.writer[data-name="EU"]').waitFor()
  expect(await eva.unit(op2.id).locator('.written').innerText()).toBe('liaison offices with adequate means')
  expect(await eva.page.locator('.legend li').allInnerTexts()).toEqual([expect.stringMatching(/^(Japan|EU) \d+ %$/), expect.stringMatching(/^(Japan|EU) \d+ %$/), expect.stringMatching(/^Imported \d+ %$/)])

  await eva.select(op2.id, 'liaison', true)
  await eva.page.keyboard.press('Control+Alt+a')
  const note = eva.page.locator('.writer-note')
  await note.getByText(/^Japan, \d+ \w+, by amendment on OP2 \(Japan\), incorporated by Chair$/).waitFor()
  await shoot(eva, '06-authors')
  await eva.page.mouse.move(5, 5)
  const box = (await eva.unit(op1.id).getByText('focus').last().boundingBox())!
  await eva.page.mouse.move(box.x + box.width - 20, box.y + box.height - 8)
  await note.getByText(/^EU, \d+ \w+ \(Eva Lind\)$/).waitFor()
  await shoot(eva, '07-hover')

  // Of another delegation the person is not told.
  await jun.select(op1.id, 'focus', true)
  await jun.page.keyboard.press('Control+Alt+a')
  await jun.page.locator('.writer-note').getByText(/^EU, \d+ \w+$/).waitFor()
  await jun.page.setViewportSize({ width: 390, height: 844 })
  await jun.page.getByRole('button', { name: /^More/ }).click()
  await jun.page.getByRole('button', { name: 'Who wrote what' }).click()
  await jun.unit(op2.id).locator('.writer[data-name="Japan"]').waitFor()
  await jun.unit(op2.id).scrollIntoViewIfNeeded()
  await shoot(jun, '08-phone')
  expect([...eva.complaints, ...jun.complaints]).toEqual([])
})
