/** Folders that are gone when the bench is, however it ends. */
import { mkdtempSync, rmSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

let root: string | null = null

function rootFolder(): string {
  if (root !== null) return root
  const made = mkdtempSync(join(tmpdir(), 'omnibus-bench-'))
  process.once('exit', () => rmSync(made, { recursive: true, force: true }))
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => process.exit(1))
  return (root = made)
}

export const temporaryFolder = (name: string): Promise<string> => mkdtemp(join(rootFolder(), `${name}-`))

export const discard = (...folders: readonly string[]): Promise<void> =>
  Promise.all(folders.map((folder) => rm(folder, { recursive: true, force: true }))).then(() => undefined)
