import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, test } from 'vitest'
import { readFile, writeFile } from '../../../shared/convert/formats.ts'
import { Refusal } from '../../../shared/wire/errors.ts'
import { toldBySource, toldByValue } from './oracle.ts'
import { faultsOf } from './schema.ts'

/** Real resolutions, where they stand beside the checkout, or in OMNIBUS_AKN. */
const folder = process.env['OMNIBUS_AKN'] ?? fileURLToPath(new URL('../../../../shared/corpus/akn', import.meta.url))
const filesIn = (path: string): string[] => (existsSync(path) ? readdirSync(path, { recursive: true }).map(String).filter((name) => name.endsWith('.xml')).sort() : [])
const files = filesIn(folder)

describe.skipIf(files.length === 0)('real files', () => {
  test('AK1 all but one in two hundred hold the same words in the same order as their source, and none throws', () => {
    const unequal: string[] = []
    for (const name of files) {
      const bytes = readFileSync(join(folder, name))
      try {
        const { value } = readFile(bytes)
        const [source, told] = [toldBySource(bytes), toldByValue(value)]
        const at = source.body.findIndex((word, index) => word !== told.body[index])
        if (JSON.stringify(source) !== JSON.stringify(told)) unequal.push(`${name}: ${at === -1 ? `notes or length ${source.body.length} ${told.body.length}` : `“${source.body.slice(at - 2, at + 6).join(' ')}” is “${told.body.slice(at - 2, at + 6).join(' ')}”`}`)
      } catch (fault) {
        if (!(fault instanceof Refusal)) throw fault
        unequal.push(`${name}: ${fault.code}`)
      }
    }
    process.stdout.write(`${files.length - unequal.length} of ${files.length} files hold the words of their source\n${unequal.join('\n')}\n`)
    expect(unequal.length).toBeLessThanOrEqual(files.length * 0.005)
  }, 600_000)

  test('AK9 in, out and in again they are the same value', () => {
    const changed: string[] = []
    for (const name of files) {
      const { value } = readFile(readFileSync(join(folder, name)))
      const again = readFile(new TextEncoder().encode(String(writeFile(value, 'akn')))).value
      if (JSON.stringify(again) !== JSON.stringify(value)) {
        const at = value.units.findIndex((unit, index) => JSON.stringify(unit) !== JSON.stringify(again.units[index]))
        changed.push(`${name} ${at}: ${JSON.stringify(value.units[at]).slice(0, 300)} is ${JSON.stringify(again.units[at]).slice(0, 300)}`)
      }
    }
    expect(changed).toEqual([])
  }, 600_000)

  test('AK8 written out, each is valid', () => {
    const faults = files.flatMap((name) => faultsOf(String(writeFile(readFile(readFileSync(join(folder, name))).value, 'akn'))).map((fault) => `${name}: ${fault}`))
    expect(faults).toEqual([])
  }, 600_000)
})
