import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'
import { errors } from '../../../shared/wire/errors.ts'
import { limits } from '../../../shared/wire/limits.ts'
import * as protocol from '../../../shared/wire/protocol.ts'

const text = readFileSync(join(fileURLToPath(new URL('../../../', import.meta.url)), 'docs/PROTOCOL.md'), 'utf8')
const cells = (section: string, column: number): string[] =>
  text.split(/^## /m).find((one) => one.startsWith(section))!.split('\n').filter((line) => /^\| [\d`]/.test(line)).map((line) => line.split('|')[column]!.trim())
const numbers = (list: readonly string[]): number[] => list.flatMap((cell) => [...cell.matchAll(/\d+/g)].map(([found]) => Number(found))).sort((left, right) => left - right)

test('WI9 docs/PROTOCOL.md tells every type of message, by its number', () => {
  const types = Object.entries(protocol).filter(([name]) => name.startsWith('message')).map(([, number]) => number as number)
  expect(numbers(cells('Messages', 1))).toEqual(types.sort((left, right) => left - right))
  expect(cells('Messages', 2).sort()).toEqual(['acknowledged', 'awareness', 'drained', 'notice', 'query-awareness', 'refused', 'submit', 'sync'])
})

test('WI9 docs/PROTOCOL.md tells every close code of ours', () => {
  expect(numbers(cells('Close codes', 1)).filter((code) => code >= 4_000)).toEqual(Object.values(protocol.closeCodes).sort((left, right) => left - right))
})

test('WI9 docs/PROTOCOL.md names bounds and codes that there are', () => {
  const bounds = cells('Bounds', 1).flatMap((cell) => [...cell.matchAll(/`(\w+)`/g)].map((found) => found[1]!))
  expect(bounds.length).toBeGreaterThan(15)
  expect(bounds.filter((name) => !(name in limits))).toEqual([])
  const codes = cells('Bounds', 3).flatMap((cell) => [...cell.matchAll(/`([a-z-]+)`/g)].map((found) => found[1]!))
  expect(codes.length).toBeGreaterThan(5)
  expect(codes.filter((code) => !(code in errors))).toEqual([])
})

test('WI9 docs/PROTOCOL.md gives the bounds that there are', () => {
  const given = cells('Bounds', 1).flatMap((cell) => [...cell.matchAll(/`(\w+)`(?: ([\d,]*\d))?/g)].map(([, name, value]) => [name!, Number(value?.replaceAll(',', ''))] as const))
  expect(Object.fromEntries(given)).toEqual(Object.fromEntries(given.map(([name]) => [name, limits[name as keyof typeof limits]])))
})

test('WI9 docs/PROTOCOL.md names every code that an update can be refused with', () => {
  const root = fileURLToPath(new URL('../../../', import.meta.url))
  const gate = readdirSync(join(root, 'server/sync/gate')).map((name) => readFileSync(join(root, 'server/sync/gate', name), 'utf8')).join('')
  const thrown = new Set([...gate.matchAll(/(?:Refusal|refused)\('([a-z-]+)'/g)].map((found) => found[1]!))
  expect(thrown.size).toBeGreaterThan(15)
  const named = new Set([...`${cells('Codes of a refusal', 1).join()}${cells('Bounds', 3).join()}`.matchAll(/`([a-z-]+)`/g)].map((found) => found[1]!))
  expect([...thrown].filter((code) => !named.has(code) && !text.includes(`\`${code}\``))).toEqual([])
  expect([...named].filter((code) => !(code in errors))).toEqual([])
})

test('WI9 docs/PROTOCOL.md names every bound that a client can come up against', () => {
  const root = fileURLToPath(new URL('../../../', import.meta.url))
  const gate = readdirSync(join(root, 'server/sync/gate')).map((name) => `server/sync/gate/${name}`)
  const files = [...gate, 'server/sync/connection.ts', 'server/sync/rate.ts', 'server/auth/leases.ts', 'server/http/commands.ts', 'server/http/open-sockets.ts', 'server/http/upgrade.ts', 'client/connection/connection.ts', 'client/connection/line.ts', 'client/connection/backoff.ts']
  const used = new Set(files.flatMap((name) => [...readFileSync(join(root, name), 'utf8').matchAll(/\blimits\.(?!ts\b)(\w+)/g)].map((found) => found[1]!)))
  expect(used.size).toBeGreaterThan(30)
  expect([...used].filter((name) => !text.includes(`\`${name}\``)).sort()).toEqual([])
})
