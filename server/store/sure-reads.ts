/**
 * Reads that fail, told apart: what the disk has lost or somebody has changed (`log-damaged`), which stays so, and what could not be
 * read now (`store-unreadable`), which is neither lost nor empty.
 */
import { codeOf, isDamage, messageOf, type Database } from './database.ts'
import { StoreError } from './errors.ts'

/** Gives what `read` gives. `what` names it, so that the files are looked through once for each that is damaged. Throws a StoreError of those two codes, or what is no failure of the database. */
export type SureRead = <T>(what: string, read: () => T) => T

export function prepareSureRead(database: Database): SureRead {
  const damaged = new Set<string>()
  return (what, read) => {
    try {
      return read()
    } catch (error) {
      if ((!isLoss(error) && codeOf(error) === '') || damaged.has(what)) throw told(error)
    }
    database.forgetPages()
    database.assertReadable()
    try {
      return read()
    } catch (error) {
      if (isLoss(error)) damaged.add(what)
      throw told(error)
    }
  }
}

const isLoss = (error: unknown): boolean => isDamage(error) || (error instanceof StoreError && error.code === 'log-damaged')

function told(error: unknown): unknown {
  if (isDamage(error)) return new StoreError('log-damaged', `What was asked for is on a damaged page of the database: ${messageOf(error)}`)
  return codeOf(error) === '' ? error : new StoreError('store-unreadable', `The database could not be read: ${messageOf(error)}`)
}
