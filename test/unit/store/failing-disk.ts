/** A disk that gives nothing of a database for a while: every read of its files is an input/output error. */
import { closeSync, constants, openSync, readdirSync, readlinkSync, renameSync, rmSync, symlinkSync } from 'node:fs'
import { join } from 'node:path'
import { DATABASE_FILE } from '../../../server/store/database.ts'

export interface FailingDisk {
  fail(): void
  recover(): void
}

/** Nothing is at the beginning of a process: EIO. */
const unreadable = '/proc/self/mem'

/** Of this process: what it has open keeps its size and cannot be read, and what it opens meanwhile gives nothing. */
export function failingDisk(folder: string): FailingDisk {
  const path = join(folder, DATABASE_FILE)
  const aside = `${path}.aside`
  let descriptors: readonly number[] = []
  return {
    fail() {
      descriptors = readdirSync('/proc/self/fd').map(Number).filter((descriptor) => fileOf(descriptor) === path)
      renameSync(path, aside)
      descriptors.forEach((descriptor) => standIn(descriptor, aside, constants.O_WRONLY))
      symlinkSync(unreadable, path)
    },
    recover() {
      rmSync(path)
      renameSync(aside, path)
      descriptors.forEach((descriptor) => standIn(descriptor, path, constants.O_RDWR))
    },
  }
}

function fileOf(descriptor: number): string | null {
  try {
    return readlinkSync(`/proc/self/fd/${descriptor}`)
  } catch {
    return null
  }
}

/** Another file under the same number: the system gives the lowest that is free, and others may be. */
function standIn(descriptor: number, path: string, flags: number): void {
  closeSync(descriptor)
  const lower: number[] = []
  for (let opened = openSync(path, flags); opened !== descriptor; opened = openSync(path, flags)) {
    if (opened > descriptor) throw new Error(`${descriptor} was taken meanwhile`)
    lower.push(opened)
  }
  lower.forEach((one) => closeSync(one))
}
