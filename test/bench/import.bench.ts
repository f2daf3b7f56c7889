/** Files of 400 paragraphs and 60 notes, brought in: the time from bytes to a value with its report. Bar: 300 ms. */
import { bench, describe } from 'vitest'
import { akn } from '../../shared/convert/akn/format.ts'
import { readFile } from '../../shared/convert/formats.ts'
import { importText } from '../../shared/convert/importText.ts'
import { sampleText } from '../../server/cli/sample-text.ts'

const { value } = importText(sampleText(400, 40_000))
const noted = { ...value, units: value.units.map((unit, index) => (index % 7 === 0 && unit.words !== '' ? { ...unit, notes: [{ at: unit.words.length, words: `Resolution ${index}/1.` }] } : unit)) }
const bytes = new TextEncoder().encode(String(akn.write!(noted)))

describe('a resolution of 400 paragraphs and 40,000 words', () => {
  bench('Akoma Ntoso in', () => void readFile(bytes))
  bench('Akoma Ntoso out', () => void akn.write!(noted))
})
