import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { errors } from '../../../shared/wire/errors.ts'

const spec = readFileSync(new URL('../../../docs/SPEC.md', import.meta.url), 'utf8')

test('WI1 docs/SPEC.md lists every error code with its sentence, and no other', () => {
  const listed = new Map([...spec.matchAll(/^\| `([a-z-]+)` \| (.+) \|$/gm)].map((row) => [row[1]!, row[2]!]))
  expect(Object.fromEntries(listed)).toEqual(errors)
})

test('WI2 every sentence ends as a sentence does', () => {
  for (const sentence of Object.values(errors)) expect(sentence).toMatch(/^[A-Z“].*[.”]$/)
})
