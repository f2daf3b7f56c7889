/** The formats that are known, the most particular first: plain text is what nothing else is. */
import type { ResolutionValue } from '../model/value.ts'
import { laidOut } from '../text/laid-out.ts'
import { Refusal } from '../wire/errors.ts'
import { limits } from '../wire/limits.ts'
import { valueSchema } from '../wire/value.ts'
import { akn } from './akn/format.ts'
import type { Mode } from './docx/modes.ts'
import { docx } from './docx/format.ts'
import { proposedIn } from './docx/proposed.ts'
import type { Proposed } from './docx/proposed.ts'
import type { Format } from './format.ts'
import type { Import } from './importText.ts'
import { html } from './html/format.ts'
import { json } from './json/format.ts'
import { text } from './text/format.ts'
import { pdf } from './typst/format.ts'

export type { Format } from './format.ts'

export const formats = [akn, docx, json, html, pdf, text] as const satisfies readonly Format[]

/** What is not read and might pass for text: archives and older Word files, PDF, RTF; other XML, HTML. */
const otherBeginnings: readonly string[] = ['PK\u0003\u0004', 'PK\u0005\u0006', '\u00d0\u00cf\u0011\u00e0', '%PDF-', '{\\rtf']
const otherMarkup = /^\s*<(?:\?xml|!doctype|html|[a-z][\w.-]*:[a-z])/i

export const formatNamed = (id: string): Format | null => formats.find((format) => format.id === id) ?? null

/** Null for a file of a kind that is known not to be read. */
export function formatOf(bytes: Uint8Array): Format | null {
  const seen = bytes.subarray(0, limits.formatBytesSeen)
  const head = headOf(seen)
  const own = formats.find((format) => format.id !== 'text' && format.recognises(head, seen))
  if (own !== undefined) return own
  const raw = String.fromCharCode(...seen.subarray(0, 16))
  return otherMarkup.test(head) || otherBeginnings.some((beginning) => raw.startsWith(beginning)) ? null : text
}

/** As text, whatever is broken in it or cut off at its end. */
function headOf(seen: Uint8Array): string {
  const label = seen[0] === 0xff && seen[1] === 0xfe ? 'utf-16le' : seen[0] === 0xfe && seen[1] === 0xff ? 'utf-16be' : 'utf-8'
  return new TextDecoder(label).decode(seen)
}

/** Any file to a resolution that a command can carry. Throws a Refusal; what is lost is in the report. */
export function readFile(bytes: Uint8Array, mode: Mode = 'accepted'): Import & { readonly format: string } {
  if (bytes.length > limits.importFileBytesMax) throw new Refusal('import-too-large')
  const format = formatOf(bytes)
  if (format === null || format.read === null) throw new Refusal('import-format-unknown')
  return { ...fitting(format.read(bytes, mode)), format: format.id }
}

/** As `readFile`, with all that a Word file's tracked changes propose. */
export function readProposed(bytes: Uint8Array): Proposed & { readonly format: string } {
  if (bytes.length <= limits.importFileBytesMax && formatOf(bytes) === docx) {
    const read = proposedIn(bytes)
    return { ...read, ...fitting(read), format: docx.id }
  }
  const read = readFile(bytes)
  const { doc, view } = laidOut(read.value)
  doc.destroy()
  return { ...read, proposals: { view, reply: { changes: [], unplaced: [], authors: [] } } }
}

/** Readers make nothing else than what is permitted, but as much of it as the file holds. */
export function fitting(read: Import): Import {
  if (read.value.units.length === 0) throw new Refusal('import-empty')
  if (!valueSchema.safeParse(read.value).success) throw new Refusal('import-too-large')
  return read
}

/** Throws a Refusal where the format is not written. */
export function writeFile(value: ResolutionValue, id: string): string | Uint8Array {
  const write = formatNamed(id)?.write
  if (!write) throw new Refusal('import-format-unknown')
  return write(value)
}
