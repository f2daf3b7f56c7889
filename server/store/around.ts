/**
 * Reading around pages of the database that cannot be read: a range of numbers that it cannot read together is halved, down to
 * single ones.
 */
import { limits } from '../../shared/wire/limits.ts'
import { isDamage, type Row } from './database.ts'
import * as rows from './rows.ts'

/** What has numbers after `from`, up to `to`. */
export type ReadRange<T> = (from: number, to: number) => readonly T[]

/** `last`: where it ends; null where nothing says so, and then it is read on for as long as something is found, and as far as `atLeast`. */
export function readAround<T>(from: number, last: number | null, read: ReadRange<T>, atLeast = 0): readonly T[] {
  if (last !== null) return halved(from, last, read)
  const found: T[] = []
  for (let at = from; ; at += limits.snapshotEveryEntries) {
    const some = halved(at, at + limits.snapshotEveryEntries, read)
    found.push(...some)
    if (some.length === 0 && at >= atLeast) return found
  }
}

/** Calls `unreadable` for each number that cannot be read. */
export function halved<T>(from: number, to: number, read: ReadRange<T>, unreadable: () => void = () => undefined): readonly T[] {
  try {
    return read(from, to)
  } catch (error) {
    if (!isDamage(error)) throw error
  }
  if (to - from <= 1) {
    unreadable()
    return []
  }
  const middle = Math.floor((from + to) / 2)
  return [...halved(from, middle, read, unreadable), ...halved(middle, to, read, unreadable)]
}

/** The column `last` of a row, 0 where there is none; null where that cannot be read. */
export function lastIn(read: () => Row | null): number | null {
  return orNull(() => {
    const row = read()
    return row === null ? 0 : rows.integer(row, 'last')
  })
}

/** Null where damage is in the way. */
export function orNull<T>(read: () => T): T | null {
  try {
    return read()
  } catch (error) {
    if (!isDamage(error)) throw error
    return null
  }
}
