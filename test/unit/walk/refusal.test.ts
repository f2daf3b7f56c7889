import { afterEach, beforeEach, expect, it } from 'vitest'
import { importText } from '../../../shared/convert/importText.ts'
import { freezePreview } from '../../../shared/lifecycle/freeze.ts'
import { readAmendments } from '../../../shared/model/amendments.ts'
import { createUnits, joinUnits, replaceWords, splitUnit } from '../../../shared/model/operations.ts'
import { readStage } from '../../../shared/model/state.ts'
import { House } from './house.ts'
import type { Person } from './person.ts'

let house: House
let chair: Person
let eu: Person

const text = `Safe harbours

The General Assembly,

Recalling its resolution 70/1,

1. Urges all States to keep every lamp burning;

2. Invites agencies to report;

3. Decides to remain seized of the matter.`

beforeEach(async () => {
  house = await House.open()
  chair = await house.chair('Safe harbours')
  await chair.command({ command: 'import', value: importText(text).value })
  await chair.command({ command: 'add-delegation', delegation: { id: 'eu', name: 'EU', kind: 'group' } })
  eu = await house.invited(chair, 'Eva', { role: 'delegate', delegation: 'eu', level: 'head' })
  await Promise.all([chair.enter(), eu.enter()])
})

afterEach(async () => {
  await house.close()
})

function type(person: Person, number: string, after: string, words: string): void {
  const unit = person.unit(number)
  const at = unit.atoms.indexOf(after) + after.length
  replaceWords(person.shared, unit, at, at, words, 'editor')
}

/** Comes back after a day, is refused, and opens the rooms anew as often as it takes; says how often. */
async function comesBack(person: Person): Promise<number> {
  person.mend()
  for (let opened = 0; ; opened++) {
    await person.until(() => person.connections.some((one) => one.status.value.phase === 'refused') || person.connections.every(({ status: { value } }) => value.phase === 'live' && value.saved === 'saved'))
    if (person.connections.every(({ status: { value } }) => value.phase === 'live')) return opened
    await person.reopen()
  }
}

const page = (person: Person): string[] => person.view.units.map((unit) => `${unit.number} ${unit.words}`)

it('CO32 one locked paragraph does not refuse a day’s work: all else that was done is done again, in one go', async () => {
  await eu.cut()
  const [op1, op2] = [eu.unit('OP1'), eu.unit('OP2')]
  type(eu, 'OP2', 'agencies', ' and funds')
  type(eu, 'OP1', 'all States', ' and territories')
  type(eu, 'OP1', 'territories', ' of theirs')
  splitUnit(eu.shared, eu.view, eu.unit('OP2'), eu.unit('OP2').atoms.indexOf(' to report'), undefined, 'editor')
  type(eu, 'OP3', ' to report', ' yearly')
  createUnits(eu.shared, eu.view, { parent: null, after: eu.unit('OP4').id }, [{ kind: 'op', words: 'Also decides', notes: [], children: [{ kind: 'sub', words: 'to meet again', notes: [], children: [] }] }], 'editor')
  // Takes the locked paragraph's words along.
  joinUnits(eu.shared, eu.view, eu.unit('OP1'), eu.unit('OP2'), 'editor')
  type(eu, 'PP1', '70/1', ' and 72/249')
  await chair.command({ command: 'lock', unit: op1.id })
  type(chair, 'OP2', 'Invites', ' all')
  await chair.saved()

  expect(await comesBack(eu)).toBe(1)
  expect(page(eu).filter((line) => !line.startsWith(' '))).toEqual([
    'PP1 Recalling its resolution 70/1 and 72/249,', 'OP1 Urges all States to keep every lamp burning;', 'OP2 Invites all agencies and funds',
    'OP3  to report yearly;', 'OP4 Decides to remain seized of the matter.', 'OP5 Also decides', 'OP5(a) to meet again',
  ])
  await chair.until(() => JSON.stringify(page(chair)) === JSON.stringify(page(eu)))
  expect(eu.unsent.map(({ kind, words, code, in: path }) => ({ kind, words, code, path }))).toEqual([{ kind: 'typed', words: ' and territories of theirs', code: 'unit-locked', path: ['texts', op1.segments[0]!.text] }])
  expect(op2.id).toBe(eu.unit('OP2').id)
})

it('CO32 what was typed into the text without a connection while negotiation was opened is handed back whole', async () => {
  await eu.cut()
  type(eu, 'OP1', 'lamp', ' and buoy')
  const unit = eu.unit('OP3')
  replaceWords(eu.shared, unit, 0, 'Decides '.length, '', 'editor')
  await chair.command({ command: 'open-negotiation' })
  expect(await comesBack(eu)).toBe(1)
  expect(eu.unsent.map(({ kind, words, code }) => [kind, words, code])).toEqual([['typed', ' and buoy', 'base-closed'], ['struck', 'Decides ', 'base-closed']])
  expect(page(eu)).toEqual(page(chair))
})

it('CO32 of a day of amending, what comes after the text was frozen is handed back, and what was there before stays', async () => {
  await chair.command({ command: 'open-negotiation' })
  await eu.until(() => readStage(eu.shared).stage === 'negotiation')
  eu.propose('OP1', 'every lamp', 'each lamp')
  await eu.saved()
  await eu.cut()
  eu.propose('OP2', 'agencies', 'funds and agencies')
  await chair.command({ command: 'freeze', digest: freezePreview(chair.shared, new Set()).digest, symbol: '', closeOpen: true, reason: 'It is agreed.' })
  expect(await comesBack(eu)).toBe(1)
  expect(eu.unsent.map(({ words, code }) => [words, code])).toEqual([['funds and agencies', 'frozen']])
  expect(readAmendments(eu.side).map(({ hunks }) => hunks.map(({ words }) => words))).toEqual([['each lamp']])
})
