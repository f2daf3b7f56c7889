/** What the database, and the disk, say of the pages of its file. */
import { limits } from '../../shared/wire/limits.ts'
import { orNull } from './around.ts'
import { messageOf, type Database } from './database.ts'
import { integer, text } from './rows.ts'

/** A line for each fault; none where all are sound. */
export function faultsIn(database: Database): readonly string[] {
  const lines = pagesOf(database).flatMap((one) => one.split('\n')).filter((line) => line !== 'ok' && !line.startsWith('***'))
  const tables = tablesByRoot(database)
  return [...unreadable(database), ...lines.map((line) => line.replace(/^Tree (\d+) page (\d+)/, (_, root: string, page: string) => `page ${page}, of ${tables.get(Number(root)) ?? `tree ${root}`}`))]
}

/** Where it cannot be asked for all of them it fails at what it comes to behind the last: so it is asked for as many as it can tell. */
function pagesOf(database: Database): readonly string[] {
  const asked = (count: number): readonly string[] | null =>
    orNull(() => database.prepare(`PRAGMA integrity_check(${count})`).all().map((row) => text(row, 'integrity_check')))
  const all = asked(limits.storeFaultsNamedMax)
  if (all !== null) return all
  let found: readonly string[] = ['its pages do not hang together']
  let told = 0
  let tooMany: number = limits.storeFaultsNamedMax
  while (tooMany - told > 1) {
    const count = Math.floor((told + tooMany) / 2)
    const some = asked(count)
    if (some === null) tooMany = count
    else [found, told] = [some, count]
  }
  return found
}

function unreadable(database: Database): readonly string[] {
  try {
    database.assertReadable()
    return []
  } catch (error) {
    return [messageOf(error)]
  }
}

/** Tables and indexes by the page that each begins on. */
function tablesByRoot(database: Database): ReadonlyMap<number, string> {
  const all = orNull(() => database.prepare('SELECT name, rootpage FROM sqlite_schema WHERE rootpage > 0').all()) ?? []
  return new Map(all.map((row) => [integer(row, 'rootpage'), text(row, 'name')]))
}
