import { expect, test } from 'vitest'
import type { z } from 'zod'
import { commandRequestSchema, commandSchema } from '../../../shared/wire/commands.ts'

/** Every text that a schema has in it, by where it stands. */
function textsIn(schema: z.core.$ZodType, path: string, seen: ReadonlySet<unknown> = new Set()): [path: string, schema: z.ZodType<string>][] {
  if (seen.has(schema)) return []
  const within = (inner: z.core.$ZodType, name: string): [string, z.ZodType<string>][] => textsIn(inner, `${path}${name}`, new Set([...seen, schema]))
  const { def } = (schema as z.core.$ZodTypes)._zod
  switch (def.type) {
    case 'string':
      return [[path, schema as z.ZodType<string>]]
    case 'object':
      return Object.entries(def.shape).flatMap(([name, inner]) => within(inner, `.${name}`))
    case 'array':
      return within(def.element, '[]')
    case 'tuple':
      return def.items.flatMap((inner, index) => within(inner, `[${index}]`))
    case 'union':
      return def.options.flatMap((inner) => within(inner, ''))
    case 'optional':
    case 'nullable':
    case 'default':
    case 'readonly':
      return within(def.innerType, '')
    case 'literal':
    case 'enum':
    case 'number':
    case 'boolean':
    case 'never':
      return []
    default:
      throw new Error(`${path} is of a kind that this test does not look into: ${def.type}`)
  }
}

test('WI10 no text of any command reaches the store with what cannot be kept as text', () => {
  const texts = commandSchema.options.flatMap((option) => textsIn(option, option.shape.command.value))
  expect(texts.length).toBeGreaterThan(200)
  // Unpaired halves, NUL and the control characters that no page shows, among letters and alone.
  const hostile = ['a\0b', '\0', 'a\u0001', 'a\ud800', '\udc00a', 'a\u001fb\u007f']
  const kept = texts.flatMap(([path, schema]) => hostile.flatMap((words) => {
    const read = schema.safeParse(words)
    return read.success && (!read.data.isWellFormed() || /(?![\t\n\r])\p{Cc}/u.test(read.data)) ? [`${path} ${JSON.stringify(words)}`] : []
  }))
  expect(kept).toEqual([])
})

test('WI10 what was pasted with such characters is taken without them: a name as one line, a remark with its lines', () => {
  const read = (body: unknown): unknown => commandRequestSchema.parse({ key: 'a-key-of-mine', draft: 'd', hatId: 'h', body }).body
  expect(read({ command: 'add-delegation', delegation: { id: 'ke', name: ' Ken\0ya\tand\u202e others\ud800 ', kind: 'state' } })).toMatchObject({ delegation: { name: 'Kenya and others' } })
  expect(read({ command: 'reply', thread: 't', words: 'One\r\n\ttwo\0\u000c \ud83d\ude00\ud83d' })).toMatchObject({ words: 'One\r\n\ttwo \u{1f600}' })
  expect(commandRequestSchema.safeParse({ key: 'a-key-of-mine', body: { command: 'create-draft', title: '\0\u202e' } }).success).toBe(false)
})
