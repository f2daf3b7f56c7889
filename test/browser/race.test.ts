import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Browser } from 'playwright-core'
import { Person } from '../unit/walk/person.ts'
import { ServerProcess } from '../unit/walk/server.ts'
import { launchChromium } from './support/chromium.ts'
import { Visitor } from './support/visitor.ts'

const source = readFileSync(fileURLToPath(new URL('../fixtures/resolution-trafficking.txt', import.meta.url)), 'utf8')
let server: ServerProcess
let browser: Browser
let table: Person

beforeAll(async () => {
  server = await ServerProcess.start()
  browser = await launchChromium()
})
afterAll(async () => {
  await table.leave()
  await browser.close()
  await server.remove()
})

test('WB2 Enter in a paragraph that another is typing in parts no word and loses none, again and again', { timeout: 300_000 }, async () => {
  table = new Person('Amina Chair', server.address)
  await table.follow(server.link!)
  const made = await table.call('/api/commands', { key: 'first-draft-key', body: { command: 'create-draft', title: 'A global partnership', language: 'en' } })
  await table.wear(made.draft!, made.hatId!)
  await table.command({ command: 'import', source })
  await table.command({ command: 'add-delegation', delegation: { id: 'eu', name: 'EU', kind: 'group' } })
  await table.enter()
  const join = async (name: string): Promise<Visitor> => {
    const { link } = await table.command({ command: 'invite', hat: { role: 'delegate', delegation: 'eu', level: 'head' }, days: 1, uses: 1 })
    const visitor = await Visitor.of(browser, name)
    await visitor.follow(`${server.address}${link!}`)
    await visitor.inRoom()
    return visitor
  }
  const [one, two] = [await join('One'), await join('Two')]
  for (let round = 0; round < 8; round++) {
    const unit = table.unit(`OP${round + 2}`)
    const words = unit.words
    const first = words.split(' ')[0]!
    const half = words.split(' ').slice(0, 5).join(' ')
    await one.select(unit.id, half, true)
    await two.select(unit.id, first, true)
    await Promise.all([one.page.keyboard.press('Enter'), two.page.keyboard.type(' again')])
    await one.saved()
    await two.saved()
    await one.page.keyboard.press('Backspace')
    await table.until(() => table.unit(`OP${round + 2}`).words.length === words.length + ' again'.length)
    expect(table.unit(`OP${round + 2}`).words).toBe(words.replace(first, `${first} again`))
  }
})
