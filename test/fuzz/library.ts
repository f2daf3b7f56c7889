/** Small sources for the library of a negotiation: the title says what is in the file. */
import { createHash } from 'node:crypto'
import type { SentFile } from '../../server/commands/context.ts'
import { readFile } from '../../shared/convert/formats.ts'
import type { Command } from '../../shared/wire/commands.ts'

const bytesOf = (title: string): Uint8Array => new TextEncoder().encode(`${title}\n\nThe General Assembly,\n\n1. Decides to meet;\n\n2. Decides to meet again.\n`)

export function addSource(title: string): Command {
  const sha256 = createHash('sha256').update(bytesOf(title)).digest('hex')
  return { command: 'add-source', title, symbol: '', year: 2020, name: `${title}.txt`, sha256 }
}

/** What comes beside a command. */
export function fileBeside(body: Command): SentFile | undefined {
  if (body.command !== 'add-source') return undefined
  const bytes = bytesOf(body.title)
  const { format, value } = readFile(bytes)
  return { bytes, sha256: body.sha256, format, value }
}
