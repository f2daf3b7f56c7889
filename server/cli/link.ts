/** `omnibus link [PERSON]`: a way back in for somebody whose browser forgot them. */
import { firstLink, firstPersonSetting, signInLink } from '../auth/invites.ts'
import { addressOf, type Config } from '../config.ts'
import { openSqliteStore } from '../store/sqlite.ts'
import type { PersonRow, Store } from '../store/store.ts'
import type { CliOutput } from './convert.ts'
import { readWords, UsageError } from './usage.ts'

const usage = 'Usage: omnibus link [PERSON], where PERSON is a name or an id; without it, the first chair.'

export async function runLink(args: string[], io: CliOutput, config: Config): Promise<number> {
  const { positionals: [wanted] } = readWords(args, [], 1, usage)
  const store = await openSqliteStore(config.dataFolder)
  try {
    const path = await linkFor(store, wanted, Date.now())
    io.stdout.write(`${addressOf(config.host, config.port)}${path}\n`)
    io.stderr.write('This link works once. Start the server, then open it.\n')
    return 0
  } finally {
    await store.close()
  }
}

/** Throws a UsageError when nobody, or more than one, is meant. */
export async function linkFor(store: Store, wanted: string | undefined, nowMs: number): Promise<string> {
  if (wanted === undefined) {
    const first = await store.setting(firstPersonSetting)
    if (first) return signInLink(store, first, nowMs)
    return (await firstLink(store, nowMs))!
  }
  const found = await personsCalled(store, wanted)
  if (found.length === 1) return signInLink(store, found[0]!.id, nowMs)
  if (found.length === 0) throw new UsageError(`Nobody here is called ${JSON.stringify(wanted)}.`)
  throw new UsageError(`Several people are called ${JSON.stringify(wanted)}. Give an id instead:\n${found.map(({ id }) => `  ${id}`).join('\n')}`)
}

async function personsCalled(store: Store, wanted: string): Promise<readonly PersonRow[]> {
  const ids = new Set<string>()
  const first = await store.setting(firstPersonSetting)
  if (first) ids.add(first)
  for (const { id } of await store.drafts()) for (const { person } of await store.hats(id)) ids.add(person)
  const persons = await store.persons([...ids])
  const byId = persons.filter(({ id }) => id === wanted)
  return byId.length > 0 ? byId : persons.filter(({ name }) => name === wanted)
}
