/** A `ResolutionValue` as JSON: what `convert --to json` writes. A file of a draft says `from` which and which version it is, and nothing beside it. */
import type { ResolutionValue } from '../../model/value.ts'
import { Refusal } from '../../wire/errors.ts'
import { limits } from '../../wire/limits.ts'
import { valueSchema, writtenFromSchema } from '../../wire/value.ts'
import { endings } from '../endings.ts'
import type { Format } from '../format.ts'
import type { Import } from '../importText.ts'
import { allUnits, factsOf, unitWarnings } from '../report.ts'
import { countOf, wordsOfValue } from '../words.ts'

export const json: Format = {
  id: 'json',
  extensions: endings.json,
  mediaType: 'application/json; charset=utf-8',
  recognises: (head) => /^\s*\{\s*(?:"|\}|$)/.test(head),
  read: (bytes) => readValue(bytes),
  write: (value) => `${JSON.stringify(value, null, 2)}\n`,
}

/** Refuses as import-too-large, import-damaged, import-empty. */
function readValue(bytes: Uint8Array): Import {
  if (bytes.length > limits.commandBytesMax) throw new Refusal('import-too-large')
  const read = valueSchema.safeParse(withoutFrom(parsed(bytes)))
  if (!read.success) throw new Refusal('import-damaged')
  const value: ResolutionValue = read.data
  const words = countOf(wordsOfValue(value))
  const warnings = [...allUnits(value.units)].flatMap((unit) => unitWarnings(unit, 0, value.language))
  return { value, report: { looksLike: 'other text', ...factsOf(value), unrecognised: [], warnings, lost: [], wordsIn: words, wordsOut: words } }
}

/** It is of the file and not of the text. */
function withoutFrom(file: unknown): unknown {
  if (typeof file !== 'object' || file === null || !('from' in file) || !writtenFromSchema.safeParse(file.from).success) return file
  return Object.fromEntries(Object.entries(file).filter(([name]) => name !== 'from'))
}

function parsed(bytes: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes))
  } catch {
    throw new Refusal('import-damaged')
  }
}
