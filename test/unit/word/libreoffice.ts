/**
 * LibreOffice, where it is installed with its bridge to Python: another program's word on what accepting and rejecting all changes
 * comes to.
 */
import { execFileSync, spawnSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

const answers = (command: string, ...args: readonly string[]): boolean => spawnSync(command, args, { stdio: 'ignore' }).status === 0

const office = ['soffice', 'libreoffice'].find((name) => answers('which', name)) ?? null
/** The system's own comes with the bridge. */
const python = ['python3', '/usr/bin/python3'].find((name) => answers(name, '-c', 'import uno')) ?? null

export const isOfficeHere = office !== null && python !== null

const script = join(import.meta.dirname, 'settle.py')

export interface Settled {
  readonly accepted: Uint8Array
  readonly rejected: Uint8Array
}

/** Each file with all its changes accepted, and with all rejected, as LibreOffice writes it then. */
export function settled(files: readonly Uint8Array[]): Settled[] {
  const folder = mkdtempSync(join(tmpdir(), 'omnibus-office-'))
  try {
    for (const way of ['Accept', 'Reject']) mkdirSync(join(folder, 'in', way), { recursive: true })
    files.forEach((bytes, at) => writeFileSync(join(folder, `in/${at}.docx`), bytes))
    execFileSync(python!, [script, office!, folder, String(files.length)], { timeout: 100_000, stdio: 'ignore' })
    const read = (way: string, at: number): Uint8Array => new Uint8Array(readFileSync(join(folder, `in/${way}/${at}.docx`)))
    return files.map((_bytes, at) => ({ accepted: read('Accept', at), rejected: read('Reject', at) }))
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}
