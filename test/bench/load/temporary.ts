/** Folders that a measure has made. */
import { rm } from 'node:fs/promises'

export const discard = (...folders: readonly string[]): Promise<void> =>
  Promise.all(folders.map((folder) => rm(folder, { recursive: true, force: true }))).then(() => undefined)
