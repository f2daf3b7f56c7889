/** A frozen text downloaded from the page and checked on it, by somebody who is not signed in. */
import { readFile } from 'node:fs/promises'
import { execFileSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { AxeBuilder } from '@axe-core/playwright'
import type { Page } from 'playwright-core'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { freezePreview } from '../../shared/lifecycle/freeze.ts'
import { picture } from './support/picture.ts'
import { openStage } from './support/stage.ts'
import type { Stage } from './support/stage.ts'
import { Visitor } from './support/visitor.ts'

const source = ['Strengthening a global partnership', '', 'The General Assembly,', '', 'Recalling its resolution 64/293 of 30 July 2010,', '', '1. Requests the Secretary-General to report every year;', '', '2. Decides to remain seized of the matter.', ''].join('\n')
const command = fileURLToPath(new URL('../../server/cli/omnibus.js', import.meta.url))

let stage: Stage
beforeEach(async () => {
  stage = await openStage(source)
})
afterEach(() => stage.end())

const shoot = (page: Page, name: string): Promise<void> => picture(page, name, true)

const freeze = async (): Promise<void> => {
  await stage.chair.command({ command: 'freeze', digest: freezePreview(stage.chair.shared, new Set()).digest, symbol: 'A/C.3/81/L.1', closeOpen: true, reason: 'It is agreed.' })
}

test('SE12 a sealed text is downloaded in the room and checked by somebody who is not signed in, and on the command line', async () => {
  await stage.delegation('jp', 'Japan', 'state')
  const japan = await stage.visitor('Japan', { role: 'delegate', delegation: 'jp', level: 'reader' })
  await freeze()
  await japan.page.getByText('is final').waitFor()
  await japan.page.getByRole('button', { name: /^More/ }).click()
  await shoot(japan.page, 'seal-menu')
  const [download] = await Promise.all([japan.page.waitForEvent('download'), japan.page.getByRole('link', { name: 'Final version 1, sealed' }).click()])
  const path = await download.path()
  expect(download.suggestedFilename()).toBe('Partnership against trafficking v1 sealed.json')

  const { result } = (await (await fetch(`${stage.server.address}/api/keys`)).json()) as { result: { keys: { fingerprint: string }[] } }
  const { fingerprint } = result.keys[0]!
  expect(execFileSync(process.execPath, [command, 'verify', path, '--key', fingerprint], { encoding: 'utf8' })).toContain('Sound:')

  const stranger = await Visitor.of(stage.browser, 'Stranger')
  const sent: string[] = []
  stranger.page.on('request', (request) => void (request.method() === 'GET' || sent.push(request.url())))
  await stranger.page.goto(`${stage.server.address}/`)
  await stranger.page.getByRole('link', { name: 'Check a sealed text' }).click()
  await stranger.page.getByLabel('Sealed file').setInputFiles(path)
  await stranger.page.getByText('Sound: nothing').waitFor()
  await stranger.page.getByText('Whose key it is, the file cannot tell.').waitFor()
  await stranger.page.getByLabel('Fingerprint').fill(fingerprint)
  await stranger.page.getByText('It is the key that you gave.').waitFor()
  await shoot(stranger.page, 'seal-sound')
  expect((await new AxeBuilder({ page: stranger.page }).analyze()).violations.filter(({ impact }) => impact === 'serious' || impact === 'critical')).toEqual([])

  await stranger.page.getByLabel('Fingerprint').fill('not a fingerprint')
  await stranger.page.getByText('This is not a fingerprint').waitFor()
  await stranger.page.getByLabel('Fingerprint').fill('0'.repeat(64))
  await stranger.page.getByText('wrong-key').waitFor()
  const changed = Buffer.from((await readFile(path, 'utf8')).replace('every year', 'each year'))
  await stranger.page.getByLabel('Fingerprint').fill('')
  await stranger.page.getByLabel('Sealed file').setInputFiles({ name: 'changed.json', mimeType: 'application/json', buffer: changed })
  await stranger.page.getByText('Not sound: changed.json').waitFor()
  for (const code of ['text-changed', 'form-changed', 'signature-wrong']) await stranger.page.getByText(code).waitFor()
  await shoot(stranger.page, 'seal-changed')
  // A browser without Ed25519, or a page that did not come over https.
  await stranger.page.evaluate(() => Object.defineProperty(crypto, 'subtle', { value: undefined }))
  await stranger.page.getByLabel('Sealed file').setInputFiles(path)
  await stranger.page.getByText('Not checked whole').waitFor()
  await stranger.page.getByLabel('Sealed file').setInputFiles({ name: 'changed.json', mimeType: 'application/json', buffer: changed })
  await stranger.page.getByText('Not sound: changed.json').waitFor()
  await stranger.page.setViewportSize({ width: 390, height: 844 })
  expect(await stranger.page.evaluate(() => document.documentElement.scrollWidth <= document.documentElement.clientWidth)).toBe(true)
  await shoot(stranger.page, 'seal-changed-small')
  expect(sent).toEqual([])
  expect([...stranger.complaints, ...japan.complaints]).toEqual([])
})
