import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'

const root = fileURLToPath(new URL('../../../', import.meta.url))
const spec = readFileSync(join(root, 'docs/SPEC.md'), 'utf8')

function testFiles(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name)
    if (entry.isDirectory()) return testFiles(path)
    return /\.(test\.ts|ts)$/.test(entry.name) ? [path] : []
  })
}

test('WI3 every number that a test title cites is a behaviour of docs/SPEC.md', () => {
  const numbered = new Set([...spec.matchAll(/^- \*\*([A-Z]{2}\d+)\*\*/gm)].map((match) => match[1]!))
  const cited = testFiles(join(root, 'test')).flatMap((file) =>
    [...readFileSync(file, 'utf8').matchAll(/\b(?:test|it)(?:\.each\([^)]*\))?\(\s*['"`]([A-Z]{2}\d+)/g)].map((match) => match[1]!),
  )
  expect(cited.length).toBeGreaterThan(100)
  expect(cited.filter((number) => !numbered.has(number))).toEqual([])
})
