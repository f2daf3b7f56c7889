import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { catalogueFaults, hasMessage, message } from '../../../client/messages/index.ts'
import { formats } from '../../../shared/convert/formats.ts'
import { commandSchema, unrecorded } from '../../../shared/wire/commands.ts'
import { delegationKinds, levels, roles, stages } from '../../../shared/policy/types.ts'
import { unitKinds } from '../../../shared/model/value.ts'

const root = new URL('../../../client/', import.meta.url).pathname
const sources = ['panels', 'room', 'ui'].flatMap((folder) => readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
  .filter((file) => /\.tsx?$/.test(file)).map((file) => readFileSync(join(root, folder, file), 'utf8')))

describe('the catalogue', () => {
  it('PG16 is well formed', () => {
    expect(catalogueFaults()).toEqual([])
  })

  it('PG16 has every message that the page names', () => {
    const named = sources.flatMap((source) => [...source.matchAll(/\bmessage\(([^;]*?)\)/g)].flatMap(([, inside]) => [...inside!.matchAll(/'([a-z][a-z0-9-]+)'/g)].map(([, id]) => id!)))
    // Comparisons within a call name stages and roles, not messages.
    const words = new Set<string>([...stages, ...roles, ...delegationKinds, 'file', 'open-negotiation'])
    expect(named.length).toBeGreaterThan(100)
    expect([...new Set(named)].filter((id) => !hasMessage(id) && !words.has(id))).toEqual([])
  })

  it('PG16 has words for every command, role, level, stage and kind', () => {
    const commands = commandSchema.options.map((option) => option.shape.command.value)
    const ids = [
      ...commands.flatMap((command) => (unrecorded.has(command) ? [`done-${command}`] : [`done-${command}`, `record-${command}`])),
      ...roles.map((role) => `role-${role}`),
      ...levels.map((level) => `level-${level}`),
      ...stages.map((stage) => `stage-${stage}`),
      ...delegationKinds.filter((kind) => kind !== 'office').map((kind) => `delegation-${kind}`),
      ...['connecting', 'saved', 'saving', 'refused', 'ended', ...['offline', 'paused'].flatMap((phase) => [phase, `${phase}-soon`, `${phase}-unkept`])].map((phase) => `saved-${phase}`),
      'saved-paused-idle', 'saved-paused-reading',
      ...unitKinds.flatMap((kind) => [`kind-${kind}`, `kind-count-${kind}`]),
      ...formats.filter(({ read }) => read !== null).map(({ id }) => `format-${id}`),
    ]
    expect(ids.filter((id) => !hasMessage(id))).toEqual([])
  })

  it('PG16 counts in words', () => {
    expect(message('kind-count-pp', { count: 1 })).toBe('1 preambular paragraph')
    expect(message('kind-count-pp', { count: 22 })).toBe('22 preambular paragraphs')
    expect(message('open-count', { count: 0 })).toBe('No open proposals')
  })
})
