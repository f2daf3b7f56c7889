/** The logs and records of a data folder, by name, also where damaged pages are in the way. */
import { orNull } from './around.ts'
import type { Database } from './database.ts'
import { proved, text } from './rows.ts'

export interface Chain {
  /** A document, or `<draft>/record`. */
  readonly name: string
  readonly table: 'log' | 'record'
  readonly key: string
}

export function chainsOf(database: Database): Chain[] {
  const documents = orNull(() => distinct(database, 'entry', 'document')) ?? documentsAround(database)
  const drafts = orNull(() => distinct(database, 'record', 'draft')) ?? draftsAround(database)
  return [
    ...documents.map((key): Chain => ({ name: key, table: 'log', key })),
    ...drafts.map((key): Chain => ({ name: `${key}/record`, table: 'record', key })),
  ]
}

function distinct(database: Database, table: string, column: string): string[] {
  return database.prepare(`SELECT DISTINCT ${proved(column)} FROM ${table} ORDER BY 1`).all().map((row) => text(row, column))
}

/** Those that have something beside their logs too: one that lies on damaged pages as a whole is known by that alone. */
function documentsAround(database: Database): string[] {
  return inOrder(fromBothEnds(database, 'log', 'document'), elsewhere(database, ['recent', 'document'], ['snapshot', 'document'], ['history', 'document'], ['lease', 'document'], ['draft', 'id']))
}

function draftsAround(database: Database): string[] {
  return inOrder(fromBothEnds(database, 'record', 'draft'), elsewhere(database, ['draft', 'id']))
}

const inOrder = (...names: readonly (readonly string[])[]): string[] => [...new Set(names.flat())].sort()

function elsewhere(database: Database, ...columns: readonly (readonly [table: string, column: string])[]): string[] {
  return columns.flatMap(([table, column]) => orNull(() => distinct(database, table, column)) ?? [])
}

/** Name after name in the order of the table, from each end up to what cannot be read. */
function fromBothEnds(database: Database, table: string, column: string): string[] {
  const step = (order: string, from: string): string[] => {
    const first = database.prepare(`SELECT ${proved(column)} FROM ${table} ORDER BY ${table}.${column} ${order} LIMIT 1`)
    const next = database.prepare(`SELECT ${proved(column)} FROM ${table} WHERE ${table}.${column} ${from} ? ORDER BY ${table}.${column} ${order} LIMIT 1`)
    const found = new Set<string>()
    orNull(() => {
      for (let row = first.get(); row !== null; row = next.get(text(row, column))) {
        // A damaged name may lead back to one that was met.
        if (found.size === found.add(text(row, column)).size) break
      }
    })
    return [...found]
  }
  return [...step('ASC', '>'), ...step('DESC', '<')]
}
