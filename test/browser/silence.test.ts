/** Silence on some paragraphs: what every screen says of it, and what the chair's table records for a delegation. */
import { afterEach, beforeEach, expect, test } from 'vitest'
import { digestUnderSilence } from '../../shared/lifecycle/stages.ts'
import { readSilences } from '../../shared/model/silence.ts'
import { Conference, euHead, japanHead } from './support/conference.ts'
import { looked } from './support/looked.ts'
import type { Visitor } from './support/visitor.ts'


let conference: Conference

beforeEach(async () => {
  conference = await Conference.open()
})

afterEach(() => conference?.close())

const dialog = ({ page }: Visitor): ReturnType<typeof page.getByRole> => page.getByRole('dialog')

const look = (visitor: Visitor, name: string): Promise<void> => looked(visitor, `silence-${name}`)

test('SI10 the chair’s table records an objection from the floor, which the delegation replaces by its own; SI11 every screen names the paragraphs', { timeout: 240_000 }, async () => {
  const person = conference.chair
  await person.command({ command: 'open-negotiation' })
  const chair = await conference.chairsPage()
  const japan = await conference.visitor('Jun Mori', japanHead)
  const eu = await conference.visitor('Eva Lind', euHead)
  const units = ['OP1', 'OP2'].map((number) => person.unit(number).id)
  await person.command({ command: 'start-silence', digest: digestUnderSilence(person.view, 'en', units), units, untilMs: Date.now() + 3 * 3_600_000, reason: '' })
  await eu.page.locator('.way').getByText('Silence is on OP1 and OP2 alone.', { exact: false }).waitFor()
  expect(await eu.page.locator('.way').getByRole('button', { name: 'Record an objection' }).count()).toBe(0)
  await look(eu, '01-part')

  await chair.page.locator('.way').getByRole('button', { name: 'Record an objection' }).click()
  expect(await dialog(chair).locator('option').allInnerTexts()).toEqual(['For which delegation?', 'EU', 'Japan'])
  await dialog(chair).getByLabel('Which State or group objects').selectOption('Japan')
  await dialog(chair).getByRole('checkbox', { name: /^OP2/ }).check()
  await dialog(chair).getByLabel('Reason, for the record').fill('It was said on the telephone.')
  await look(chair, '02-record')
  await dialog(chair).getByRole('button', { name: 'Record an objection' }).click()
  await japan.page.locator('.way').getByText('One delegation has broken silence.', { exact: false }).waitFor()
  await japan.select(units[1]!, 'Invites', true)
  await japan.page.locator('.objections').getByText('It was said on the telephone.').waitFor()
  await japan.page.locator('.objections').getByText('as recorded').waitFor()
  await look(japan, '03-recorded')

  await japan.page.locator('.way').getByRole('button', { name: 'Break silence' }).click()
  await dialog(japan).getByText('Recorded from the floor already: “It was said on the telephone.”', { exact: false }).waitFor()
  await dialog(japan).getByLabel('Reason, for the record').fill('Agencies report too often.')
  await dialog(japan).getByRole('button', { name: 'Break silence' }).click()
  await japan.page.locator('.objections').getByText('Agencies report too often.').waitFor()
  expect(await japan.page.locator('.objections').getByText('as recorded').count()).toBe(0)

  await chair.page.locator('.way').getByRole('button', { name: 'Record an objection' }).click()
  await dialog(chair).getByLabel('Which State or group objects').selectOption('Japan')
  await dialog(chair).getByLabel('Reason, for the record').fill('Once more.')
  expect(await dialog(chair).getByRole('button', { name: 'Record an objection' }).getAttribute('title')).toBe('Japan has broken silence itself; its own words stand.')
  await dialog(chair).getByLabel('Which State or group objects').selectOption('EU')
  await dialog(chair).getByRole('checkbox', { name: /^OP1/ }).check()
  await dialog(chair).getByRole('button', { name: 'Record an objection' }).click()
  await chair.page.locator('.way').getByText('2 delegations have broken silence.', { exact: false }).waitFor()
  await chair.page.locator('.way').getByRole('button', { name: 'Record an objection' }).click()
  await dialog(chair).getByLabel('Which State or group objects').selectOption('EU')
  await dialog(chair).getByRole('checkbox', { name: /^OP1/ }).uncheck()
  await dialog(chair).getByText('is taken back.', { exact: false }).waitFor()
  await dialog(chair).getByLabel('Reason, for the record').fill('It was not the EU.')
  await dialog(chair).getByRole('button', { name: 'Record an objection' }).click()
  await person.until(() => readSilences(person.shared)[0]!.objections.length === 1)
  await chair.page.locator('.way').getByRole('button', { name: '1 objection' }).click()
  await look(chair, '04-procedures')
  for (const visitor of [chair, japan, eu]) expect(visitor.complaints).toEqual([])
})
