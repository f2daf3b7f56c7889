/** Two real resolutions become one omnibus text: brought in, taken from, amended, frozen, taken away in three forms and brought in again. */
import { existsSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterEach, expect, test } from 'vitest'
import { exportText } from '../../shared/convert/exportText.ts'
import { readFile as readAny } from '../../shared/convert/formats.ts'
import { allUnits } from '../../shared/convert/report.ts'
import { freezePreview } from '../../shared/lifecycle/freeze.ts'
import { readAmendmentState } from '../../shared/model/state.ts'
import type { ResolutionValue } from '../../shared/model/value.ts'
import { readPdf } from '../unit/convert/pdf.ts'
import { picture } from './support/picture.ts'
import { openStage } from './support/stage.ts'
import type { Stage } from './support/stage.ts'
import type { Visitor } from './support/visitor.ts'

const corpus = fileURLToPath(new URL('../../../shared/corpus/akn/en/', import.meta.url))
const [older, newer] = ['A_RES_76_186-2119241E.xml', 'A_RES_78_228-2325978E.xml'].map((name) => join(corpus, name)) as [string, string]
const isCorpusHere = existsSync(older) && existsSync(newer)

let shot = 0
const shoot = ({ page }: Visitor, name: string): Promise<void> => picture(page, `journey-${String(++shot).padStart(2, '0')}-${name}`)

let stage: Stage | null = null
afterEach(() => stage?.end())

const library = ({ page }: Visitor) => page.getByRole('region', { name: 'Sources' })

async function addSource(visitor: Visitor, path: string, symbol: string): Promise<void> {
  await library(visitor).getByRole('button', { name: 'Add a source' }).click()
  const dialog = visitor.page.getByRole('dialog', { name: 'Add a source' })
  await dialog.getByLabel('File', { exact: false }).setInputFiles(path)
  await dialog.getByLabel('Symbol', { exact: false }).waitFor()
  expect(await dialog.getByLabel('Symbol', { exact: false }).inputValue()).toBe(symbol)
  await shoot(visitor, 'preview')
  await dialog.getByRole('button', { name: 'Add to the library' }).click()
  await library(visitor).getByRole('button', { name: `Read ${symbol}`, exact: false }).waitFor()
}

/** Ticks each and takes them together, behind the last paragraph. */
async function takeFrom(visitor: Visitor, symbol: string, names: readonly string[], shotName: string): Promise<void> {
  await library(visitor).getByRole('button', { name: `Read ${symbol}`, exact: false }).click()
  for (const name of names) await library(visitor).getByRole('checkbox', { name, exact: true }).check()
  await shoot(visitor, shotName)
  await library(visitor).getByRole('button', { name: new RegExp(`^Take ${names.length} paragraphs`) }).click()
  await visitor.saved()
  await library(visitor).getByRole('button', { name: '← All sources' }).click()
}

/** Chooses and presses, and gives what was saved. */
async function takeAlong({ page }: Visitor, as: string): Promise<Uint8Array> {
  await page.getByRole('button', { name: /^More/ }).click()
  await page.getByRole('button', { name: 'Download', exact: true }).click()
  const dialog = page.getByRole('dialog', { name: 'Download' })
  await dialog.getByLabel('As', { exact: true }).selectOption({ label: as })
  const [download] = await Promise.all([page.waitForEvent('download'), dialog.getByRole('button', { name: 'Download', exact: true }).click()])
  await page.keyboard.press('Escape')
  return new Uint8Array(await readFile(await download.path()))
}

/** What a text says, however its paragraphs are numbered in the file. */
const saidBy = (value: ResolutionValue): unknown => [...allUnits(value.units)].map(({ kind, words, notes }) => ({ kind, words, notes: notes.map((note) => note.words) }))

test.runIf(isCorpusHere)('JO1 two resolutions on trafficking in persons become one omnibus text, amended, frozen, and the same in Word, in PDF and in Akoma Ntoso', { timeout: 240_000 }, async () => {
  stage = await openStage('Trafficking in persons: one text for all\n\nThe General Assembly,\n', { stage: 'drafting' })
  const { chair: office } = stage
  const seat = await stage.visitor('Carl Seat', { role: 'facilitator', delegation: 'office', level: 'head' })
  await seat.page.getByRole('button', { name: 'Sources', exact: true }).click()
  await shoot(seat, 'empty-library')
  await addSource(seat, older, 'A/RES/76/186')
  await addSource(seat, newer, 'A/RES/78/228')
  await shoot(seat, 'library')
  await seat.select(office.view.units[1]!.id, 'Assembly,', true)
  await takeFrom(seat, 'A/RES/76/186', ['PP1', 'PP2', 'PP5', 'OP1', 'OP4', 'OP9'], 'first-taken')
  await takeFrom(seat, 'A/RES/78/228', ['PP3', 'OP2', 'OP7'], 'second-taken')
  await office.until(() => office.view.units.length >= 11)
  const taken = office.view.units.slice(2).map(({ words }) => words)
  const [first, second] = await Promise.all([older, newer].map(async (path) => new Set([...allUnits(readAny(new Uint8Array(await readFile(path))).value.units)].map(({ words }) => words))))
  expect(taken.map((words) => first!.has(words) || second!.has(words))).toEqual(taken.map(() => true))
  expect(taken.filter((words) => first!.has(words)).length).toBeGreaterThanOrEqual(6)

  await library(seat).getByRole('tab', { name: 'Derivations' }).click()
  await library(seat).getByText('9 taken over, 0 altered, 2 new.').waitFor()
  await shoot(seat, 'derivations')
  await library(seat).getByRole('tab', { name: 'Destinations' }).click()
  await library(seat).getByLabel('Source', { exact: true }).selectOption({ label: 'A/RES/76/186 (2021)' })
  await library(seat).getByText(/^Of \d+ paragraphs 6 are in the draft and 0 were left out\.$/).waitFor()
  await shoot(seat, 'destinations')

  // Negotiated: one delegation's amendment, incorporated in the room.
  await stage.delegation('jp', 'Japan', 'state')
  await office.command({ command: 'open-negotiation' })
  const japan = await stage.person('Jun Mori', { role: 'delegate', delegation: 'jp', level: 'head' })
  const amended = office.view.units.findLast(({ kind, words }) => kind === 'op' && words.includes('Member States'))!
  const proposal = japan.propose(amended.number, 'Member States', 'all Member States in partnership with civil society')
  await japan.putForward(proposal)
  await seat.card(proposal).waitFor()
  await seat.card(proposal).getByRole('button', { name: 'Incorporate', exact: true }).click()
  await office.until(() => readAmendmentState(office.shared, proposal)?.status === 'incorporated')
  await library(seat).getByRole('tab', { name: 'Derivations' }).click()
  await library(seat).getByText('8 taken over, 1 altered, 2 new.').waitFor()
  await shoot(seat, 'altered')

  const preview = freezePreview(office.shared, new Set())
  await office.command({ command: 'freeze', digest: preview.digest, symbol: 'A/C.3/81/L.12', closeOpen: true, reason: 'It is agreed.' })
  await seat.page.getByText('is final').first().waitFor()
  await shoot(seat, 'frozen')
  const json = JSON.parse(new TextDecoder().decode(await takeAlong(seat, 'JSON'))) as ResolutionValue
  const frozen = saidBy(json)
  expect(frozen).toHaveLength(11)
  expect(saidBy(readAny(await takeAlong(seat, 'Word')).value)).toEqual(frozen)
  expect(saidBy(readAny(await takeAlong(seat, 'Akoma Ntoso (XML)')).value)).toEqual(frozen)
  const { pages, accessible } = await readPdf(await takeAlong(seat, 'PDF'))
  const letters = (words: string): string => words.replace(/[\s\u00ad-]+/g, '')
  // At the foot of a page stand the footnotes and what the text is known by.
  const atFoot = [...allUnits(json.units)].flatMap(({ notes }) => notes).map(({ words }, index) => `${index + 1}${letters(words)}`)
  const printed = atFoot.reduce((all, note) => all.replace(note, ''), letters(pages.join('\n')).replace(/A\/C\.3\/81\/L\.12,version1,frozenat\d+:\d+UTC,SHA256[\da-f]{64}\d\/\d/g, ''))
  // Where a footnote is marked its number stands among them.
  for (const { words, notes } of allUnits(json.units)) {
    const ends = [...notes.map(({ at }) => at), words.length]
    for (const [index, end] of ends.entries()) expect(printed).toContain(letters(words.slice(index === 0 ? 0 : ends[index - 1], end)))
  }
  expect(accessible).toBe('1')
  expect(exportText(json)).toContain('in partnership with civil society')
  expect(seat.complaints).toEqual([])
})

test.runIf(!isCorpusHere)('JO1 (the two resolutions do not stand beside the checkout: that real ones become one text was NOT tested)', () => {
  expect(isCorpusHere).toBe(false)
})
