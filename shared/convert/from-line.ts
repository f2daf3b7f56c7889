/**
 * The last line of a plain-text file of a draft, which says of which draft and version it is. It is of the file and no word of the
 * text: whoever reads the file takes it off.
 */
import type { WrittenFrom } from './docx/file.ts'

const beginning = '\n(Omnibus: draft '
const form = /^\n\(Omnibus: draft [\w-]{1,40}, version (?:now-)?\d{1,9}\)\s*$/

export const fromLine = ({ draft, version }: WrittenFrom): string => `${beginning}${draft}, version ${version})\n`

export function withoutFromLine(text: string): string {
  const at = text.lastIndexOf(beginning)
  return at !== -1 && form.test(text.slice(at)) ? text.slice(0, at) : text
}
