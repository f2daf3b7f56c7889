/**
 * Bytes of Akoma Ntoso files changed at random, over our fixtures and, where it stands beside the checkout, the corpus:
 * a coded error or an import with its report, always. OMNIBUS_SEED=n repeats a run; OMNIBUS_LONG=1 makes ten thousand.
 */
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'
import { readFile } from '../../shared/convert/formats.ts'
import { Refusal } from '../../shared/wire/errors.ts'
import { valueSchema } from '../../shared/wire/value.ts'
import { faultsOf } from '../unit/akn/schema.ts'
import { writeAkn } from '../../shared/convert/akn/write.ts'

const seed = Number(process.env['OMNIBUS_SEED'] ?? Math.floor(Math.random() * 2 ** 31))
const mutations = process.env['OMNIBUS_LONG'] === undefined ? 400 : 10_000

function sourcesIn(folder: string): Buffer[] {
  if (!existsSync(folder)) return []
  return readdirSync(folder, { recursive: true }).map(String).filter((name) => name.endsWith('.xml')).sort().map((name) => readFileSync(join(folder, name)))
}

const pieces = ['<', '>', '&', '</p>', '<p>', '<!DOCTYPE x>', '&#x110000;', '&#0;', '&amp', ']]>', '<![CDATA[', '<!--', '-->', '\u202e', '\ud800', '"', '<authorialNote>', '<table>', '\0', 'akomaNtoso', '/', '<num>', '<list>', '\xff\xfe']

test(`AK14 changed bytes are a coded error or an import that says what it is (OMNIBUS_SEED=${seed})`, { timeout: 3_000_000 }, () => {
  const sources = [...sourcesIn(fileURLToPath(new URL('../fixtures/akn', import.meta.url))), ...sourcesIn(fileURLToPath(new URL('../../../shared/corpus/akn', import.meta.url)))]
  let state = seed
  const random = (below: number): number => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
    return Math.floor((state / 2 ** 32) * below)
  }
  const outcomes = new Map<string, number>()
  for (let count = 0; count < mutations; count++) {
    let bytes = Buffer.from(sources[random(sources.length)]!)
    for (let change = random(4) + 1; change > 0; change--) {
      const at = random(bytes.length)
      const piece = Buffer.from(pieces[random(pieces.length)]!, 'latin1')
      const kind = random(5)
      if (kind === 0) bytes[at] = random(256)
      else if (kind === 1) bytes = Buffer.concat([bytes.subarray(0, at), piece, bytes.subarray(at)])
      else if (kind === 2) bytes = Buffer.concat([bytes.subarray(0, at), bytes.subarray(Math.min(bytes.length, at + random(200)))])
      else if (kind === 3) bytes = Buffer.concat([bytes.subarray(0, at), bytes.subarray(at, at + random(400)), bytes.subarray(at)])
      else if (random(4) === 0) bytes = bytes.subarray(0, at)
      else bytes[at] = bytes[at]! ^ (1 << random(8))
    }
    let outcome: string
    try {
      const { value, report } = readFile(bytes)
      expect(valueSchema.safeParse(value).success).toBe(true)
      expect(report.wordsOut).toBe(report.wordsIn)
      if (count % 20 === 0) expect(faultsOf(writeAkn(value))).toEqual([])
      outcome = report.warnings.some(({ code }) => code === 'kept-as-lines') ? 'kept as lines' : 'read'
    } catch (fault) {
      if (!(fault instanceof Refusal)) throw fault
      outcome = fault.code
    }
    outcomes.set(outcome, (outcomes.get(outcome) ?? 0) + 1)
  }
  process.stdout.write(`changed bytes, seed ${seed}: ${JSON.stringify(Object.fromEntries(outcomes))}\n`)
  expect(outcomes.get('read') ?? 0).toBeGreaterThan(mutations / 20)
  expect(outcomes.get('import-damaged') ?? 0).toBeGreaterThan(mutations / 20)
})
