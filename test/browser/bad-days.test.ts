import { once } from 'node:events'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { WebSocket } from 'ws'
import { sql } from '../contract/store-harness.ts'
import { sentenceOf } from '../../shared/wire/errors.ts'
import { encodeMessage, syncStep1 } from '../../shared/wire/protocol.ts'
import { picture } from './support/picture.ts'
import { Conference, euHead, japanHead } from './support/conference.ts'
import { Visitor } from './support/visitor.ts'

let conference: Conference

beforeEach(async () => {
  conference = await Conference.open()
})

afterEach(async () => {
  await conference.close()
})

const shoot = ({ page }: Visitor, name: string): Promise<void> => picture(page, `bad-days-${name}`)

const offline = 'Offline – what you type is kept on this device'
const button = (visitor: Visitor, name: string | RegExp): ReturnType<Visitor['page']['locator']> => visitor.page.getByRole('button', { name })
/** Pressed where it still is: the page tries by itself too, and may be there before. */
const tryAgain = (visitor: Visitor): Promise<void> => button(visitor, 'Try again').evaluateAll((all) => { for (const one of all) (one as HTMLElement).click() })

test('BD1 of a day without a connection, what was typed in a paragraph that was locked meanwhile is handed back, all else is sent, and the work goes on', async () => {
  const { chair } = conference
  const wire = await conference.wire()
  const eu = await conference.visitor('Eva Lind', euHead, wire.address)
  const japan = await conference.visitor('Jun Mori', japanHead)
  await eu.context.grantPermissions(['clipboard-read', 'clipboard-write'])
  const [op1, op2, op3] = [chair.unit('OP1'), chair.unit('OP2'), chair.unit('OP3')]

  wire.cut()
  await eu.page.getByText(offline).waitFor()
  await eu.select(op2.id, 'agencies', true)
  await eu.page.keyboard.type(' of every kind')
  await eu.select(op1.id, 'all States', true)
  await eu.page.keyboard.type(' and territories')
  await eu.select(op1.id, 'every ')
  await eu.page.keyboard.press('Delete')
  await eu.select(op3.id, 'seized', true)
  await eu.page.keyboard.press('Enter')
  await eu.page.keyboard.type('also')
  await eu.page.locator('.text').getByText('also of the matter.').waitFor()
  await chair.command({ command: 'lock', unit: op1.id })
  wire.mend()
  await button(eu, 'Unsent words (2)').click()
  const dialog = eu.page.getByRole('dialog')
  await dialog.getByText('and territories', { exact: true }).waitFor()
  await dialog.getByText('This paragraph is locked or agreed.', { exact: false }).first().waitFor()
  await dialog.getByText('You struck these words out; they stand again.', { exact: false }).waitFor()
  await dialog.getByRole('button', { name: 'Copy' }).first().click()
  expect(await eu.page.evaluate(() => navigator.clipboard.readText())).toBe(' and territories')
  expect(await dialog.locator('.unsent-place').allInnerTexts()).toEqual(['OP1, after “Urges all States”', 'OP1'])
  await shoot(eu, 'unsent-words')
  await dialog.getByRole('button', { name: 'OP1' }).first().click()
  await dialog.waitFor({ state: 'detached' })
  await eu.page.locator('.outline [aria-current]').getByText('OP1').waitFor()
  expect(await eu.unit(op1.id).innerText()).toContain('all States to keep every lamp')
  await chair.until(() => chair.unit('OP2').words.includes('agencies of every kind') && chair.view.units.at(-1)!.words === 'also of the matter.')
  expect(chair.unit('OP3').words).toBe('Decides to remain seized')

  await eu.select(op2.id, 'report', true)
  await eu.page.keyboard.type(' soon')
  await japan.unit(op2.id).getByText('report soon').waitFor()
  await eu.saved()
  expect(await japan.text()).not.toContain('territories')

  // They stay until they are thrown away, or proposed once the text can be amended.
  await eu.page.reload()
  await eu.inRoom()
  await button(eu, 'Unsent words (2)').click()
  expect(await dialog.getByRole('button', { name: 'Propose as amendment' }).first().getAttribute('aria-disabled')).toBe('true')
  await dialog.getByRole('button', { name: 'Close' }).click()
  await chair.command({ command: 'open-negotiation' })
  await eu.page.locator('.banner').getByText('Negotiation', { exact: true }).waitFor()
  await button(eu, 'Unsent words (2)').click()
  await dialog.getByRole('button', { name: 'Propose as amendment' }).first().click()
  await eu.page.locator('.toast').getByText('Proposed.', { exact: false }).waitFor()
  await dialog.getByRole('button', { name: 'Discard' }).click()
  await eu.page.getByText('Nothing is left here.').waitFor()
  await eu.page.keyboard.press('Escape')
  await eu.unit(op1.id).getByText('and territories').waitFor()
  await eu.page.getByText('Private to EU').first().waitFor()
  await shoot(eu, 'unsent-proposed')
  await eu.page.reload()
  await eu.inRoom()
  expect(await button(eu, /^Unsent words/).count()).toBe(0)
  expect([...eu.complaints, ...japan.complaints]).toEqual([])
})

test('BD2 what is typed without a connection is said to be kept on this device, and arrives once, also when the page was left meanwhile', async () => {
  const { chair } = conference
  const wire = await conference.wire()
  const eu = await conference.visitor('Eva Lind', euHead, wire.address)
  const japan = await conference.visitor('Jun Mori', japanHead)
  const op3 = chair.unit('OP3')
  wire.cut()
  await eu.page.getByText(offline).waitFor()
  await eu.select(op3.id, 'matter', true)
  await eu.page.keyboard.type(' of lamps')
  await eu.unit(op3.id).getByText('matter of lamps').waitFor()
  wire.mend()
  await tryAgain(eu)
  await japan.unit(op3.id).getByText('matter of lamps.').waitFor()
  await eu.saved()

  wire.cut()
  await eu.page.getByText(offline).waitFor()
  await eu.select(op3.id, 'of lamps', true)
  await eu.page.keyboard.type(' and keepers')
  await eu.unit(op3.id).getByText('of lamps and keepers').waitFor()
  const gone = eu.page.waitForEvent('framenavigated', (frame) => frame.url().startsWith('chrome-error:'))
  await eu.page.reload().catch(() => undefined)
  await gone
  wire.mend()
  await eu.page.goto(`${wire.address}/draft/${chair.draft}`)
  await eu.inRoom()
  await eu.unit(op3.id).getByText('of lamps and keepers.').waitFor()
  await japan.unit(op3.id).getByText('of lamps and keepers.').waitFor()
  await chair.until(() => chair.unit('OP3').words === 'Decides to remain seized of the matter of lamps and keepers.')
  await eu.page.reload()
  await eu.inRoom()
  expect(await eu.text()).toBe(await japan.text())
  expect(chair.unit('OP3').words).toBe('Decides to remain seized of the matter of lamps and keepers.')
})

test('BD3 whoever has two capacities changes between them in sight, and what is private to one is not seen in the other', async () => {
  const { chair } = conference
  await chair.command({ command: 'open-negotiation' })
  const both = await conference.visitor('Ines Both', euHead)
  await both.page.goto(`${conference.server.address}${await conference.invitation(japanHead)}`)
  await both.inRoom()
  const capacity = both.page.getByLabel('Acting as')
  await capacity.selectOption({ label: 'EU' })
  await both.page.getByText('You now act as EU.', { exact: false }).waitFor()
  await both.inRoom()
  const op1 = chair.unit('OP1')
  await both.replace(op1.id, 'every lamp', 'each light')
  await both.page.getByText('Private to EU').first().waitFor()
  await both.saved()
  await capacity.selectOption({ label: 'Japan' })
  await both.page.getByText('You now act as Japan.', { exact: false }).waitFor()
  await both.inRoom()
  expect(await capacity.locator('option:checked').innerText()).toBe('Japan')
  expect(await both.page.locator('body').innerText()).not.toContain('each light')
  await both.replace(op1.id, 'through the night', 'until dawn')
  await both.page.getByText('Private to Japan').first().waitFor()
  await both.saved()

  // The capacity is remembered, and each finds its own work again.
  await both.page.reload()
  await both.inRoom()
  await both.unit(op1.id).getByText('until dawn').waitFor()
  await capacity.selectOption({ label: 'EU' })
  await both.unit(op1.id).getByText('each light').waitFor()
  expect(await both.text()).not.toContain('until dawn')
  expect(both.complaints).toEqual([])
})

test('BD5 a link that is used or ended, a file that is no text, and a draft of others: each says what to do', async () => {
  const { chair, server } = conference
  const link = await conference.invitation(euHead)
  const eva = await Visitor.of(conference.browser, 'Eva Lind')
  await eva.follow(`${server.address}${link}`)
  await eva.inRoom()
  const late = await Visitor.of(conference.browser, 'Late Guest')
  await late.page.goto(`${server.address}${link}`)
  await late.page.getByText('This link is no longer valid. Ask whoever sent it for a new one.').waitFor()
  const made = await chair.command({ command: 'invite', hat: japanHead, days: 1, uses: 1 })
  await chair.command({ command: 'revoke-invite', invite: made.invite! })
  await late.page.goto(`${server.address}${made.link!}`)
  await late.page.getByText('This link is no longer valid. Ask whoever sent it for a new one.').waitFor()
  await late.page.goto(`${server.address}${link.replace(/#.*/, '#half')}`)
  await late.page.getByText('Check that it was copied whole', { exact: false }).waitFor()
  await late.page.goto(`${server.address}/draft/${chair.draft}`)
  await late.page.getByText('You enter with a link', { exact: false }).waitFor()

  // A member of one draft at the address of another, and of one that is not there.
  const other = await chair.call('/api/commands', { key: 'another-draft', body: { command: 'create-draft', title: 'Another', language: 'en' } })
  await eva.page.goto(`${server.address}/draft/${other.draft!}`)
  await eva.page.getByText('You are not a member of this draft. Ask its chair for an invitation.').waitFor()
  await eva.page.goto(`${server.address}/draft/nothing-here`)
  await eva.page.getByText('There is no such draft.', { exact: false }).waitFor()
  await eva.page.getByRole('link', { name: 'To the list of drafts' }).click()
  await eva.page.getByRole('link', { name: 'Safe harbours' }).waitFor()

  const page = await conference.chairsPage()
  await page.page.goto(server.address)
  await button(page, 'New draft').click()
  await page.page.getByLabel('A file', { exact: true }).check()
  const file = page.page.getByLabel('File', { exact: true })
  await file.setInputFiles({ name: 'scan.pdf', mimeType: 'application/pdf', buffer: Buffer.from([0x25, 0x50, 0x44, 0x46, 0xff, 0xfe, 0]) })
  await page.page.getByText('This file cannot be read as text. Save it as plain text in UTF-8, or as a Word file, and try again.').waitFor()
  await file.setInputFiles({ name: 'empty.txt', mimeType: 'text/plain', buffer: Buffer.from(' \n') })
  await page.page.getByText('No words were found in this file.').waitFor()
  // Pressed all the same, it says so again and makes nothing.
  await button(page, 'Make the draft').click()
  await page.page.getByText('No words were found in this file.').waitFor()
  await file.setInputFiles({ name: 'good.txt', mimeType: 'text/plain', buffer: Buffer.from('Lamps\n\nThe General Assembly,\n\n1. Decides to light them.') })
  await page.page.getByText('words are kept, in their order', { exact: false }).waitFor()
  await button(page, 'Make the draft').click()
  await page.inRoom()
  expect(await page.text()).toContain('Decides to light them.')
})

test('BD6 two tabs of one person show the same, and neither takes the other’s unsent words', async () => {
  const { chair } = conference
  const wire = await conference.wire()
  const eu = await conference.visitor('Eva Lind', euHead, wire.address)
  const second = await eu.another()
  await second.page.goto(`${wire.address}/draft/${chair.draft}`)
  await second.inRoom()
  const [op1, op3] = [chair.unit('OP1'), chair.unit('OP3')]
  await eu.select(op1.id, 'all States', true)
  await eu.page.keyboard.type(' here')
  await second.unit(op1.id).getByText('all States here').waitFor()
  await second.select(op3.id, 'seized', true)
  await second.page.keyboard.type(' there')
  await eu.unit(op3.id).getByText('seized there').waitFor()
  wire.cut()
  await eu.page.getByText(offline).waitFor()
  await second.page.getByText(offline).waitFor()
  await eu.page.keyboard.type(' and now')
  await second.page.keyboard.type(' and then')
  // The one that is closed leaves its words to whoever is next, once it says that it keeps them.
  await second.unit(op3.id).getByText('there and then').waitFor()
  await second.page.getByText(offline).waitFor()
  await second.page.close()
  wire.mend()
  await chair.until(() => chair.unit('OP1').words.includes('all States here and now'))
  await eu.page.reload()
  await eu.inRoom()
  await chair.until(() => chair.unit('OP3').words.includes('seized there and then'))
  expect(await eu.text()).toContain('seized there and then')
  expect(await button(eu, /^Unsent words/).count()).toBe(0)
})

test('BD9 while a stage is being changed the page says so; what is typed meanwhile is kept, and handed back where the new stage does not take it', async () => {
  const { chair } = conference
  const eu = await conference.visitor('Eva Lind', euHead)
  const before = await eu.text()
  const op1 = chair.unit('OP1')
  await eu.select(op1.id, 'every lamp', true)
  // Somebody's machine does not answer: the change waits for it as long as it may.
  const silent = new WebSocket(`${conference.server.address.replace('http', 'ws')}/sync/${chair.draft}?hat=${chair.hatId}`, {
    headers: { cookie: chair.cookie, origin: conference.server.address },
  })
  await once(silent, 'open')
  silent.send(encodeMessage({ type: 'drained' }))
  silent.send(encodeMessage({ type: 'sync', step: syncStep1, bytes: new Uint8Array([0]) }))
  await once(silent, 'message')
  const changed = chair.command({ command: 'open-negotiation' })
  await eu.page.locator('.banner').getByText('The stage is being changed.', { exact: false }).waitFor()
  // What is typed meanwhile is taken, and waits; negotiation does not let it into the text, so it is handed back.
  await eu.page.keyboard.type(' and jetty')
  await changed
  await eu.page.locator('.banner').getByText('Negotiation', { exact: true }).waitFor()
  await button(eu, 'Unsent words (1)').click()
  await eu.page.getByRole('dialog').getByText('and jetty', { exact: false }).first().waitFor()
  await eu.page.getByRole('dialog').getByRole('button', { name: 'Discard' }).click()
  await eu.page.keyboard.press('Escape')
  await eu.inRoom()
  expect(await eu.text()).toBe(before)
  expect(chair.unit('OP1').words).not.toContain('jetty')
  await eu.select(op1.id, 'every lamp', true)
  await eu.page.keyboard.type(' and buoy')
  await eu.page.getByText('Private to EU').first().waitFor()
  await eu.saved()
  expect(chair.unit('OP1').words).not.toContain('buoy')
  expect(await button(eu, /^Unsent words/).count()).toBe(0)
  silent.terminate()
})

test('BD10 undo leaves alone what has been locked since, says so, and provokes no refusal', async () => {
  const { chair } = conference
  const eu = await conference.visitor('Eva Lind', euHead)
  const [op1, op2] = [chair.unit('OP1'), chair.unit('OP2')]
  await eu.select(op2.id, 'agencies', true)
  await eu.page.keyboard.type(' here')
  await eu.select(op1.id, 'all States', true)
  await eu.page.keyboard.type(' there')
  await eu.saved()
  await chair.command({ command: 'lock', unit: op1.id })
  await eu.page.locator(`.text .locked[data-unit="${op1.id}"]`).waitFor()
  await eu.page.keyboard.press('Control+z')
  await eu.page.getByText('What you did there before can no longer be taken back.', { exact: false }).waitFor()
  await eu.saved()
  await chair.until(() => !chair.unit('OP2').words.includes('here'))
  expect(chair.unit('OP1').words).toContain('all States there')
  expect(await button(eu, /^Unsent words/).count()).toBe(0)
})

test('BD11 whose capacity has ended reads why, is shown what was not sent, and types no more', async () => {
  const { chair } = conference
  const wire = await conference.wire()
  const eu = await conference.visitor('Eva Lind', euHead, wire.address)
  const op2 = chair.unit('OP2')
  wire.cut()
  await eu.page.getByText(offline).waitFor()
  await eu.select(op2.id, 'agencies', true)
  await eu.page.keyboard.type(' at last')
  const { members } = (await chair.call(`/api/drafts/${chair.draft}?hat=${chair.hatId}`)) as unknown as { members: { hatId: string; delegation: string }[] }
  await chair.command({ command: 'revoke-member', hatId: members.find(({ delegation }) => delegation === 'eu')!.hatId })
  wire.mend()
  await eu.page.locator('.banner').getByText('Your membership in this capacity has been ended', { exact: false }).waitFor()
  await button(eu, 'Unsent words (1)').click()
  await eu.page.getByRole('dialog').getByText('at last', { exact: true }).waitFor()
  await eu.page.keyboard.press('Escape')
  await eu.page.getByRole('dialog').waitFor({ state: 'detached' })
  const before = await eu.text()
  await eu.select(op2.id, 'report', true)
  await eu.page.keyboard.type('!')
  await eu.page.locator('.toast').getByText('Your membership in this capacity has been ended', { exact: false }).waitFor()
  expect(await eu.text()).toBe(before)
})

test('BD13 when the server is restored from a copy, each page sends its own words again, and nothing is on a screen that is not in the text', async () => {
  const { chair, server } = conference
  const eu = await conference.visitor('Eva Lind', euHead)
  const japan = await conference.visitor('Jun Mori', japanHead)
  const [op1, op2] = [chair.unit('OP1'), chair.unit('OP2')]
  await server.backUp()
  await eu.saved()
  await japan.saved()
  await eu.select(op1.id, 'all States', true)
  await eu.page.keyboard.type(' and territories')
  await japan.select(op2.id, 'agencies', true)
  await japan.page.keyboard.type(' of every kind')
  await eu.unit(op2.id).getByText('agencies of every kind').waitFor()
  await japan.unit(op1.id).getByText('and territories').waitFor()
  await Promise.all([eu.saved(), japan.saved()])
  await chair.leave()
  await server.restore()
  await Promise.all([eu, japan].map(async (one) => {
    await one.unit(op1.id).getByText('all States and territories').waitFor()
    await one.unit(op2.id).getByText('agencies of every kind').waitFor()
    await one.saved()
  }))
  await shoot(eu, 'restored')
  await chair.reopen()
  expect([chair.unit('OP1').words.includes('all States and territories to'), chair.unit('OP2').words.includes('agencies of every kind to')]).toEqual([true, true])
  expect(await button(eu, /^Unsent words/).count()).toBe(0)
  expect([...eu.complaints, ...japan.complaints]).toEqual([])
})

test('BD14 LS8 a network that answers everything with a page of its own is not taken for the server: what is typed is kept, and sent when the line is there', async () => {
  const { chair } = conference
  const wire = await conference.wire()
  const eu = await conference.visitor('Eva Lind', euHead, wire.address)
  const op2 = chair.unit('OP2')
  await eu.page.evaluate(() => {
    const asked = { times: 0 }
    Object.assign(window, { asked })
    navigator.storage.persist = async () => (asked.times += 1) > 0
  })
  const timesAsked = (): Promise<number> => eu.page.evaluate(() => (window as unknown as { asked: { times: number } }).asked.times)
  wire.take()
  await eu.page.getByText(offline).waitFor()
  const askedBefore = await timesAsked()
  await eu.select(op2.id, 'agencies', true)
  await eu.page.keyboard.type(' at the gate')
  await eu.unit(op2.id).getByText('agencies at the gate').waitFor()
  // However often it is tried.
  const answered = eu.page.waitForResponse((response) => response.url().includes('/api/drafts/'))
  await button(eu, 'Try again').click()
  await answered
  await eu.page.getByText(offline).waitFor()
  expect(await eu.text()).toContain('agencies at the gate')
  // Only now is there anything that the device alone has; and each letter of it is no new reason to ask.
  expect([askedBefore, await timesAsked()]).toEqual([0, 1])
  await shoot(eu, 'captive')
  wire.mend()
  await tryAgain(eu)
  await chair.until(() => chair.unit('OP2').words.includes('agencies at the gate'))
  await eu.saved()
  expect(await button(eu, /^Unsent words/).count()).toBe(0)
})

test('BD21 where the server answers and no live connection opens, the banner says so and what to look for, until one does', async () => {
  const wire = await conference.wire()
  const eu = await conference.visitor('Eva Lind', euHead, wire.address)
  const banner = eu.page.locator('.banner')
  const before = await banner.textContent()
  await eu.page.evaluate(() => {
    const Usual = window.WebSocket
    class Blocked extends Usual {
      constructor() {
        super('ws://127.0.0.1:1')
      }
    }
    Object.assign(window, { WebSocket: Blocked, unblock: () => Object.assign(window, { WebSocket: Usual }) })
  })
  wire.cut()
  await eu.page.getByText(offline).waitFor()
  wire.mend()
  await tryAgain(eu)
  await banner.getByText(sentenceOf('no-socket')).waitFor()
  await eu.page.getByText(offline).waitFor()
  await shoot(eu, 'no-socket')
  await eu.page.evaluate(() => (window as unknown as { unblock: () => void }).unblock())
  await tryAgain(eu)
  await eu.saved()
  expect(await banner.textContent()).toBe(before)
})

test('BD15 a device that is full is said to keep nothing; what was typed is sent from the page, also when something of it was refused, and whoever would leave is asked', async () => {
  const { chair } = conference
  const wire = await conference.wire()
  const eu = await conference.visitor('Eva Lind', euHead, wire.address)
  const [op1, op2] = [chair.unit('OP1'), chair.unit('OP2')]
  await eu.page.evaluate(() => {
    const full = (): never => { throw new DOMException('full', 'QuotaExceededError') }
    IDBObjectStore.prototype.put = full
    Storage.prototype.setItem = full
  })
  wire.cut()
  await eu.select(op2.id, 'agencies', true)
  await eu.page.keyboard.type(' here')
  await eu.select(op1.id, 'all States', true)
  await eu.page.keyboard.type(' there')
  await eu.page.getByText('Offline – leave this page open: this device does not keep what you type').waitFor()
  await chair.command({ command: 'lock', unit: op1.id })
  wire.mend()
  await button(eu, 'Unsent words (1)').click()
  await eu.page.getByRole('dialog').getByText('This device has no room to keep them', { exact: false }).waitFor()
  await shoot(eu, 'full')
  await eu.page.keyboard.press('Escape')
  await chair.until(() => chair.unit('OP2').words.includes('agencies here'))
  await eu.saved()
  expect(chair.unit('OP1').words).not.toContain('there')
  const asked = eu.page.waitForEvent('dialog')
  await eu.page.close({ runBeforeUnload: true })
  expect((await asked).type()).toBe('beforeunload')
  await (await asked).dismiss()
})

test('BD20 while the server cannot save every page says so and keeps what is typed; when it can again all is saved by itself', async () => {
  const { chair, server } = conference
  const [eu, japan] = [await conference.visitor('Eva Lind', euHead), await conference.visitor('Jun Mori', japanHead)]
  const op3 = chair.unit('OP3')
  const banner = (visitor: Visitor): ReturnType<Visitor['page']['locator']> => visitor.page.locator('.banner')
  server.limitFiles(1)
  await eu.select(op3.id, 'matter', true)
  await eu.page.keyboard.type(' of lamps')
  for (const visitor of [eu, japan]) await banner(visitor).getByText('The server cannot save at the moment.', { exact: false }).waitFor()
  await eu.page.getByText('Not saved yet – what you type is kept on this device').waitFor()
  // Of whom nothing waits, nothing is said to.
  await japan.page.getByText('Saved until now – what you type is kept on this device').waitFor()
  await eu.page.keyboard.type(' and keepers')
  await eu.unit(op3.id).getByText('matter of lamps and keepers').waitFor()
  expect(await japan.text()).not.toContain('lamps and keepers')
  await shoot(eu, 'store-down')
  await japan.page.reload()
  await japan.unit(op3.id).getByText('Decides to remain seized of the matter.').waitFor()
  await banner(japan).getByText('this page can be read, but not written in yet', { exact: false }).waitFor()
  await japan.page.getByText('For reading only').waitFor()
  await japan.select(op3.id, 'seized', true)
  await japan.page.keyboard.type(' nothing')
  await shoot(japan, 'store-down-reading')
  server.limitFiles('unlimited')
  await japan.unit(op3.id).getByText('matter of lamps and keepers.').waitFor()
  await eu.saved()
  for (const visitor of [eu, japan]) await banner(visitor).getByText('Members write the text together.', { exact: false }).waitFor()
  await japan.select(op3.id, 'seized', true)
  await japan.page.keyboard.type(' again')
  await eu.unit(op3.id).getByText('seized again of the matter of lamps and keepers.').waitFor()
  await japan.saved()
  expect(await eu.text()).toBe(await japan.text())
  expect([...eu.complaints, ...japan.complaints]).toEqual([])
})

test('BD23 while the server cannot read a document whoever comes for it reads that the page waits; when it can be read it is there by itself', async () => {
  const eu = await Visitor.of(conference.browser, 'Eva Lind')
  const waiting: { close: (options: { code: number }) => Promise<void> }[] = []
  let isRead = false
  await eu.page.routeWebSocket(/\/sync\//, (socket) => {
    if (isRead) return void socket.connectToServer()
    waiting.push(socket)
    socket.send(Buffer.from(encodeMessage({ type: 'notice', notice: { notice: 'read-only', code: 'store-down' } })))
  })
  await eu.follow(`${conference.server.address}${await conference.invitation(euHead)}`)
  await eu.page.locator('.banner').getByText(sentenceOf('unread')).waitFor()
  await eu.page.getByText('Waiting for the text…').waitFor()
  await eu.page.setViewportSize({ width: 390, height: 844 })
  await shoot(eu, 'unread')
  isRead = true
  for (const socket of waiting) await socket.close({ code: 4509 })
  await eu.unit(conference.chair.unit('OP3').id).getByText('Decides to remain seized of the matter.').waitFor()
  await eu.saved()
  expect(await eu.page.locator('.banner').textContent()).toContain('Members write the text together.')
})

test('BD22 a document that was damaged on the server’s disk is shown as far as it can be read; the banner says so, and it takes no more words', async () => {
  const { chair, server } = conference
  const [eu, japan] = [await conference.visitor('Eva Lind', euHead), await conference.visitor('Jun Mori', japanHead)]
  const [op2, op3] = [chair.unit('OP2'), chair.unit('OP3')]
  await eu.select(op3.id, 'matter', true)
  await eu.page.keyboard.type('s')
  await eu.saved()
  await chair.leave()
  await server.end('SIGTERM')
  const damaged = `document = '${chair.draft}' AND seq = (SELECT max(seq) FROM log WHERE document = '${chair.draft}')`
  sql(server.folder, `UPDATE log SET bytes = x'00' WHERE ${damaged}`, `UPDATE recent SET bytes = x'00' WHERE document = '${chair.draft}'`)
  await server.run()
  // Whoever comes anew sees what can be proved; whoever was there keeps what is on their page.
  await japan.page.reload()
  for (const visitor of [eu, japan]) await visitor.page.locator('.banner').getByText(sentenceOf('log-damaged')).waitFor()
  await japan.unit(op3.id).getByText('Decides to remain seized of the matter.').waitFor()
  await japan.page.getByText('For reading only').waitFor()
  for (const visitor of [eu, japan]) {
    await visitor.select(op2.id, 'agencies', true)
    await visitor.page.keyboard.type(' of lamps')
  }
  await shoot(japan, 'log-damaged')
  expect(await japan.text()).not.toContain('agencies of lamps')
  expect(await eu.text()).not.toContain('agencies of lamps')
  expect([...eu.complaints, ...japan.complaints]).toEqual([])
})
