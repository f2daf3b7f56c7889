/** Whether the disk gives a file at all: the database says the same of a page that it could not read as of one that was changed. */
import { closeSync, openSync, readSync } from 'node:fs'
import { limits } from '../../shared/wire/limits.ts'
import { StoreError } from './errors.ts'

/** Reads it from end to end; one that is not there has nothing to give. Throws `store-unreadable`. */
export function assertReadable(path: string): void {
  try {
    const file = openSync(path, 'r')
    try {
      const bytes = new Uint8Array(limits.storeReadAtOnceBytes)
      while (readSync(file, bytes) > 0);
    } finally {
      closeSync(file)
    }
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException
    if (code !== 'ENOENT') throw new StoreError('store-unreadable', `The disk does not give what is in ${path}: ${message}`)
  }
}
