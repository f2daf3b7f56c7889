import { AxeBuilder } from '@axe-core/playwright'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { freezePreview } from '../../shared/lifecycle/freeze.ts'
import { readAmendmentState } from '../../shared/model/state.ts'
import { Person } from '../unit/walk/person.ts'
import { Conference, japanHead } from './support/conference.ts'
import { picture, printed } from './support/picture.ts'
import type { Visitor } from './support/visitor.ts'

const phone = { width: 390, height: 844 }
const desk = { width: 1440, height: 900 }

let conference: Conference
let japan: Person

beforeEach(async () => {
  conference = await Conference.open()
  japan = new Person('Jun Mori', conference.server.address)
  await japan.follow(await conference.invitation(japanHead))
  await japan.enter()
})

afterEach(async () => {
  await japan?.leave()
  await conference?.close()
})

const shoot = ({ page }: Visitor, name: string): Promise<void> => picture(page, `versions-${name}`)

async function open(visitor: Visitor, menu: RegExp, entry: string | RegExp): Promise<ReturnType<Visitor['page']['locator']>> {
  await visitor.page.locator('.topbar').getByRole('button', { name: menu }).click()
  await visitor.page.locator('.topbar').getByRole('button', { name: entry, exact: true }).click()
  return visitor.page.getByRole('dialog')
}

/** On a desk and on a phone: no serious fault for axe, and nothing wider than the screen. */
async function expectFit(visitor: Visitor, name: string): Promise<void> {
  for (const [size, label] of [[desk, 'desk'], [phone, 'phone']] as const) {
    await visitor.page.setViewportSize(size)
    await shoot(visitor, `${name}-${label}`)
    const { violations } = await new AxeBuilder({ page: visitor.page }).include('dialog').analyze()
    const serious = violations.filter(({ impact }) => impact === 'serious' || impact === 'critical')
    expect(serious.map(({ id, nodes }) => `${name}, ${label}, ${id}: ${nodes.map((node) => node.html).join('\n')}`)).toEqual([])
    expect(await visitor.page.evaluate(() => [...document.querySelectorAll('dialog, dialog .dialog-body')].filter((box) => box.scrollWidth > box.clientWidth + 1).length)).toBe(0)
  }
  await visitor.page.setViewportSize(desk)
}

async function put(number: string, find: string, words: string): Promise<string> {
  const amendment = japan.propose(number, find, words)
  await japan.putForward(amendment)
  return amendment
}

test('CP4 versions are kept with a checked symbol, compared in line and side by side, returned to, and the document as issued, PG17 from a file too, shows what was edited', { timeout: 240_000 }, async () => {
  const { chair } = conference
  const page = await conference.chairsPage()
  let dialog = await open(page, /^More/, 'Versions')
  await dialog.getByText('No version has been kept yet.').waitFor()
  await dialog.getByRole('button', { name: 'Keep this text' }).click()
  await dialog.getByLabel('Name').fill('Zero draft of the Chair')
  await dialog.getByLabel('Symbol').fill('A/C.3/81')
  await dialog.getByRole('status').getByText('The number of the document is missing').waitFor()
  await shoot(page, '01-symbol')
  await dialog.getByLabel('Symbol').fill('A/C.3/81/CRP.1')
  await dialog.getByRole('button', { name: 'Keep the text as it stands' }).click()
  await dialog.getByText('Zero draft of the Chair, A/C.3/81/CRP.1').waitFor()

  await chair.command({ command: 'open-negotiation' })
  const [lamps, report] = [await put('OP1', 'every lamp', 'each lamp'), await put('OP2', 'agencies', 'all agencies')]
  await chair.command({ command: 'incorporate', ...await chair.sees(lamps) })
  await chair.command({ command: 'incorporate', ...await chair.sees(report) })
  await expectFit(page, '02-list')
  await dialog.getByRole('button', { name: 'Compare with now' }).click()
  dialog = page.page.getByRole('dialog', { name: 'Compare' })
  await dialog.getByText('2 changed, 0 added, 0 removed, 0 moved').waitFor()
  expect(await dialog.locator('.compare-row del').allInnerTexts()).toEqual([expect.stringContaining('every')])
  expect(await dialog.locator('.compare-row ins').allInnerTexts()).toEqual([expect.stringContaining('each'), expect.stringContaining('all')])
  await expectFit(page, '03-in-line')
  // From change to change by key.
  const focused = (): Promise<string> => page.page.evaluate(() => document.activeElement?.querySelector('b')?.textContent ?? '')
  await dialog.getByRole('heading', { name: 'Compare' }).click()
  for (const number of ['OP1', 'OP2', 'OP1']) {
    await page.page.keyboard.press('n')
    expect(await focused()).toBe(number)
  }
  await page.page.keyboard.press('p')
  expect(await focused()).toBe('OP2')
  await dialog.getByLabel('View').selectOption({ label: 'Side by side' })
  await dialog.getByLabel('Only what differs').uncheck()
  const sides = dialog.locator('.compare-row', { hasText: 'OP1' }).locator('.sides p')
  expect(await sides.nth(0).innerText()).toContain('every lamp')
  expect(await sides.nth(1).innerText()).toContain('each lamp')
  await expectFit(page, '04-side-by-side')
  await printed(page.page, 'versions-print', { format: 'A4' })
  await page.page.emulateMedia({ media: 'print' })
  expect(await page.page.locator('.room-body').isVisible()).toBe(false)
  expect(await dialog.locator('.compare-tools').isVisible()).toBe(false)
  await page.page.emulateMedia({ media: null })
  // With one that is kept nowhere.
  await dialog.getByLabel('Later text').selectOption({ label: 'A pasted text' })
  await dialog.getByLabel('The issued document’s text').fill('Safe harbours\n\nThe General Assembly,\n\n1. Urges all States to keep every light in the harbour burning through the night;\n\n2. Decides to remain seized of the matter.\n')
  await dialog.getByText(/removed/).first().waitFor()
  await shoot(page, '05-pasted')
  await dialog.getByRole('button', { name: 'Close' }).click()

  // Back to the zero draft: the words, and what had been incorporated.
  dialog = await open(page, /^More/, 'Versions')
  await dialog.getByRole('button', { name: 'Return to it…' }).click()
  await dialog.getByLabel('Reason, for the record').fill('The room asked for the zero draft.')
  await shoot(page, '06-return')
  await dialog.getByRole('button', { name: 'Return to this version' }).click()
  await chair.until(() => chair.unit('OP1').words.includes('every lamp'))
  await chair.until(() => readAmendmentState(chair.shared, lamps)?.status === 'not-reflected')

  // Frozen, and the document that the Secretariat made of it.
  await chair.command({ command: 'freeze', digest: freezePreview(chair.shared, new Set()).digest, symbol: 'A/C.3/81/L.12', closeOpen: true, reason: 'It is agreed.' })
  await dialog.getByRole('button', { name: 'Keep the document as issued' }).click()
  await dialog.getByLabel('What it is').selectOption({ label: 'Correction' })
  expect(await dialog.getByLabel('Symbol').inputValue()).toBe('A/C.3/81/L.12/Corr.1')
  await dialog.getByLabel('Symbol').fill('A/C.3/81/L.12')
  await dialog.getByRole('status').getByText('A correction ends with Corr.', { exact: false }).waitFor()
  await dialog.getByLabel('What it is').selectOption({ label: 'As issued' })
  // As the Secretariat sends it.
  await dialog.getByLabel('File', { exact: true }).setInputFiles({ name: 'no text.docx', mimeType: 'application/octet-stream', buffer: Buffer.from([0x50, 0x4b, 3, 4, 0, 0]) })
  await dialog.getByRole('alert').waitFor()
  const word = await fetch(`${conference.server.address}/api/drafts/${chair.draft}/export?hat=${chair.hatId}&form=text&as=docx`, { headers: { cookie: chair.cookie } })
  await dialog.getByLabel('File', { exact: true }).setInputFiles({ name: 'L.12.docx', mimeType: 'application/octet-stream', buffer: Buffer.from(await word.arrayBuffer()) })
  await expect.poll(() => dialog.getByLabel('The issued document’s text').inputValue()).toContain('1. Urges all States to keep every lamp in the harbour burning through the night;')
  expect(await dialog.getByRole('alert').count()).toBe(0)
  await shoot(page, '06-issued-word')
  await dialog.getByLabel('The issued document’s text').fill('Safe harbours\n\nThe General Assembly,\n\nRecalling its resolution 70/1 of 25 September 2015 on sustainable development,\n\nNoting that a harbour without a light is no harbour,\n\n1. Urges all States to keep every lamp in the harbour burning through the night;\n\n2. Invites agencies to report on the state of the lamps;\n\n3. Decides to remain seized of the matter.\n')
  await dialog.getByLabel('Symbol').fill('A/C.3/81/L.12')
  await dialog.getByRole('button', { name: 'Keep and compare' }).click()
  const compared = page.page.getByRole('dialog', { name: 'Compare' })
  await compared.getByText('1 changed, 0 added, 0 removed, 0 moved').waitFor()
  expect(await compared.locator('.compare-row ins').innerText()).toContain('of 25 September 2015')
  await shoot(page, '07-issued')
  expect(page.complaints).toEqual([])
})

test('VE8 what Rev.1 leaves out is listed to its delegation and put forward again in one press; CP5 the slider shows each step', { timeout: 240_000 }, async () => {
  const { chair } = conference
  await chair.command({ command: 'open-negotiation' })
  const [lamps, report] = [await put('OP1', 'every lamp', 'each lamp'), await put('OP2', 'agencies', 'all agencies')]
  const page = await conference.chairsPage()
  const dialog = await open(page, /^Chair/, 'Issue Rev.1…')
  await dialog.getByLabel(/^Japan: .*OP1/).check()
  await dialog.getByText('1 will be written into the text, 1 will be closed as not reflected.').waitFor()
  await dialog.getByLabel('Symbol').fill('A/C.3/81/L.12/Rev.1')
  await expectFit(page, '10-issue')
  await dialog.getByRole('button', { name: 'Issue Rev.1' }).click()
  await chair.until(() => readAmendmentState(chair.shared, report)?.status === 'not-reflected')
  expect([lamps, report].map((id) => readAmendmentState(chair.shared, id)?.status)).toEqual(['incorporated', 'not-reflected'])

  const delegate = await conference.visitor('Aki Tanaka', japanHead)
  const left = delegate.page.locator('.not-in')
  await left.getByText('1 of your proposals was left out').waitFor()
  await left.getByText('not in Rev.1, A/C.3/81/L.12/Rev.1').waitFor()
  await shoot(delegate, '11-left-out')
  await left.getByRole('button', { name: 'Put forward again' }).click()
  await chair.until(() => readAmendmentState(chair.shared, report)?.status === 'open')
  await left.waitFor({ state: 'detached' })

  const past = await open(delegate, /^More/, 'History')
  await past.getByText(/Japan put forward again/).waitFor()
  await past.getByText('The text itself did not change.').waitFor()
  const slider = past.getByRole('slider', { name: 'History' })
  await slider.focus()
  await delegate.page.keyboard.press('ArrowLeft')
  await past.getByText(/Chair issued a revision/).waitFor()
  await past.locator('.compare-row ins', { hasText: 'each' }).waitFor()
  expect(await slider.getAttribute('aria-valuetext')).toContain('issued a revision')
  await expectFit(delegate, '12-past-changes')
  await past.getByLabel('What is shown').selectOption({ label: 'With proposals' })
  await delegate.page.keyboard.press('Escape').catch(() => undefined)
  const again = await open(delegate, /^More/, 'History')
  await again.getByLabel('What is shown').selectOption({ label: 'With proposals' })
  await again.getByText('[all - Japan]').or(again.getByText(/all.* - Japan/)).first().waitFor()
  await shoot(delegate, '13-past-rolling')
  await again.getByLabel('What is shown').selectOption({ label: 'The text' })
  for (let steps = 0; steps < 10; steps++) await again.getByRole('button', { name: 'Earlier' }).click()
  await again.getByText(/Urges all States to keep every lamp/).waitFor()
  await shoot(delegate, '14-past-first')
  expect(delegate.complaints).toEqual([])
})

test('RS6 who has signed is on every screen at once, with the masthead, the deadline, and those who signed since the freeze', { timeout: 240_000 }, async () => {
  const { chair } = conference
  await chair.command({ command: 'add-delegation', delegation: { id: 'uk', name: 'UK', kind: 'state' } })
  const page = await conference.chairsPage()
  const delegate = await conference.visitor('Aki Tanaka', japanHead)
  const british = await conference.visitor('Ben Hall', { role: 'delegate', delegation: 'uk', level: 'head' })
  const group = await conference.visitor('Eva Lind', { role: 'delegate', delegation: 'eu', level: 'head' })
  const seen = await open(page, /^More/, 'Sponsors')
  await seen.getByText('No State has signed yet.').waitFor()
  const own = await open(delegate, /^More/, 'Sponsors')
  await own.getByRole('button', { name: 'Sign as main sponsor' }).click()
  await seen.getByText('Japan: draft resolution', { exact: true }).waitFor()
  await seen.getByText('Aki Tanaka').waitFor()
  const their = await open(british, /^More/, 'Sponsors')
  await their.getByRole('button', { name: 'Sign as co-sponsor' }).click()
  await seen.getByText('Japan and United Kingdom of Great Britain and Northern Ireland: draft resolution').waitFor()
  // Others see the State, not its person.
  expect(await their.getByText('Aki Tanaka').count()).toBe(0)
  const groups = await open(group, /^More/, 'Sponsors')
  await groups.getByText('This capacity cannot sign.', { exact: false }).waitFor()
  await seen.getByRole('button', { name: 'In 72 hours' }).click()
  await seen.getByText('on your clock', { exact: false }).waitFor()
  await seen.getByRole('button', { name: 'Set the deadline' }).click()
  await own.getByText(/One can sign, or take one’s name off, until .* New York \(.* your time\)\./).waitFor()
  await expectFit(page, '20-sponsors')

  await chair.command({ command: 'freeze', digest: freezePreview(chair.shared, new Set()).digest, symbol: 'A/C.3/81/L.12', closeOpen: true, reason: 'It is agreed.' })
  await their.getByRole('button', { name: 'Take our name off' }).click()
  await seen.getByText(/took its name off/).first().waitFor()
  await seen.getByText('No longer sponsors: United Kingdom of Great Britain and Northern Ireland', { exact: true }).waitFor()
  await their.getByRole('button', { name: 'Sign as additional sponsor' }).click()
  await their.getByRole('button', { name: 'Take our name off' }).waitFor()
  await chair.command({ command: 'add-delegation', delegation: { id: 'ci', name: 'Ivory Coast', kind: 'state' } })
  const late = await conference.visitor('Awa Koné', { role: 'delegate', delegation: 'ci', level: 'head' })
  const last = await open(late, /^More/, 'Sponsors')
  await last.getByRole('button', { name: 'Sign as additional sponsor' }).click()
  await seen.getByText('Additional sponsors: Côte d’Ivoire').waitFor()
  await shoot(page, '21-after-issue')
  const text = await chair.text(`/api/drafts/${chair.draft}/export?hat=${chair.hatId}&form=text`)
  expect(text).toMatch(/^Japan and United Kingdom of Great Britain and Northern Ireland: draft resolution\n\nAdditional sponsors: Côte d’Ivoire\n/)
})

test('VE11 a streamlined text is pasted, seen against the text in the room with what it reflects, and issued as Rev.1, the next from a file; VE12 a closed dialog loses no text', { timeout: 240_000 }, async () => {
  const { chair } = conference
  await chair.command({ command: 'open-negotiation' })
  const taken = await put('OP1', 'every lamp', 'every single lamp')
  const left = await put('OP2', 'agencies', 'all agencies')
  const page = await conference.chairsPage()
  const dialog = await open(page, /^Chair/, 'Issue Rev.1…')
  await dialog.getByLabel('Another text, pasted or from a file').check()
  await expectFit(page, '30-other-empty')
  const text = await chair.text(`/api/drafts/${chair.draft}/export?hat=${chair.hatId}&form=text`)
  const streamlined = text.replace('every lamp', 'every single lamp').replace('3. Decides', '3. Calls for a conference of harbour masters;\n\n4. Decides').replace('through the night', 'all night')
  await dialog.getByLabel('The other text').fill(streamlined)
  await dialog.getByText('1 changed, 1 added, 0 removed, 0 moved').waitFor()
  await dialog.getByText('1 will be noted as reflected, 1 will be closed as not reflected.').waitFor()
  expect(await dialog.getByRole('checkbox').evaluateAll((boxes) => boxes.map((box) => (box as HTMLInputElement).checked))).toEqual([true, false])
  await expectFit(page, '31-other-text')
  // Closed by mistake, and the page loaded anew.
  await page.page.keyboard.press('Escape')
  await dialog.waitFor({ state: 'detached' })
  await page.page.reload()
  await page.inRoom()
  await open(page, /^Chair/, 'Issue Rev.1…')
  await dialog.getByText('You have pasted this before; the device has kept it.').waitFor()
  expect(await dialog.getByLabel('The other text').inputValue()).toBe(streamlined)
  await dialog.getByText('1 will be noted as reflected, 1 will be closed as not reflected.').waitFor()
  await expectFit(page, '33-other-text-kept')
  await dialog.getByRole('button', { name: 'Issue Rev.1', exact: true }).click()
  await dialog.waitFor({ state: 'detached' })
  await chair.until(() => readAmendmentState(chair.shared, taken)?.status === 'merged')
  expect(readAmendmentState(chair.shared, left)?.status).toBe('not-reflected')
  await page.page.locator('.text').getByText('Calls for a conference of harbour masters;').waitFor()
  await page.page.locator('.text').getByText('all night').waitFor()
  await open(page, /^Chair/, 'Issue Rev.2…')
  const next = page.page.getByRole('dialog', { name: 'Issue Rev.2…' })
  expect(await next.getByLabel('The text in the room').isChecked()).toBe(true)
  await next.getByLabel('Another text, pasted or from a file').check()
  expect(await next.getByLabel('The other text').inputValue()).toBe('')
  const file = (await chair.text(`/api/drafts/${chair.draft}/export?hat=${chair.hatId}&form=text`)).replace('all night', 'the whole night')
  await next.locator('input[type=file]').setInputFiles({ name: 'Rev.2.txt', mimeType: 'text/plain', buffer: Buffer.from(file) })
  await next.getByText('1 changed, 0 added, 0 removed, 0 moved').waitFor()
  await shoot(page, '34-from-file')
  await next.getByRole('button', { name: 'Issue Rev.2', exact: true }).click()
  await next.waitFor({ state: 'detached' })
  await page.page.locator('.text').getByText('the whole night').waitFor()
  const delegate = await conference.visitor('Aki Tanaka', japanHead)
  await delegate.page.getByRole('button', { name: 'Put forward again' }).click()
  await chair.until(() => readAmendmentState(chair.shared, left)?.status === 'open')
  await shoot(page, '32-issued')
  expect(page.complaints).toEqual([])
})
