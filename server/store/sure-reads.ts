/**
 * Reads that fail, told apart: what the disk has lost or somebody has changed (`log-damaged`), which stays so, and what could not be
 * read now (`store-unreadable`), which is neither lost nor empty.
 */
import { limits } from '../../shared/wire/limits.ts'
import { codeOf, isDamage, messageOf, type Database } from './database.ts'
import { StoreError } from './errors.ts'
import type { LookThrough } from './look-through.ts'

/**
 * Gives what `read` gives. `what` names it: what fails before a look that found the files whole, and again after it, is damaged, and they
 * are not looked through for it any more. Until it is known it is unreadable. Throws a StoreError of those two codes, or what is no
 * failure of the database.
 */
export type SureRead = <T>(what: string, read: () => T) => T

export function prepareSureRead(database: Pick<Database, 'forgetPages'>, files: LookThrough): SureRead {
  const damaged = new Set<string>()
  /** What has failed, and how often the files had been found whole by then. */
  const suspect = new Map<string, number>()

  function given<T>(what: string, value: T): T {
    if (suspect.size > 0) suspect.delete(what)
    return value
  }

  function isKnownDamaged(what: string, error: unknown): boolean {
    if (!isLoss(error)) return false
    if ((suspect.get(what) ?? files.wholeCount) < files.wholeCount) {
      suspect.delete(what)
      if (damaged.size >= limits.storeDamagedMax) damaged.clear()
      damaged.add(what)
    }
    return damaged.has(what)
  }

  function suspected(what: string): void {
    if (suspect.has(what)) return
    if (suspect.size >= limits.storeDamagedMax) suspect.clear()
    suspect.set(what, files.wholeCount)
  }

  return (what, read) => {
    try {
      return given(what, read())
    } catch (error) {
      if (!isOfDatabase(error)) throw error
      if (isKnownDamaged(what, error)) throw damage(error)
      suspected(what)
    }
    database.forgetPages()
    files.look()
    try {
      return given(what, read())
    } catch (error) {
      if (!isOfDatabase(error)) throw error
      if (isKnownDamaged(what, error)) throw damage(error)
      throw new StoreError('store-unreadable', `The database could not be read: ${messageOf(error)}`)
    }
  }
}

const isLoss = (error: unknown): boolean => isDamage(error) || (error instanceof StoreError && error.code === 'log-damaged')

const isOfDatabase = (error: unknown): boolean => isLoss(error) || codeOf(error) !== ''

function damage(error: unknown): unknown {
  return error instanceof StoreError ? error : new StoreError('log-damaged', `What was asked for is on a damaged page of the database: ${messageOf(error)}`)
}
