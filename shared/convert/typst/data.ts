/** A printed document as the template reads it. */
import { printable } from '../../text/printed.ts'
import type { Printed } from '../../text/printed.ts'

export interface TypesetForm {
  /** A number at every line, by which people speak of it in a room; the wording of amendments never does. */
  readonly lineNumbers: boolean
}

export const typesetData = (printed: Printed, { lineNumbers }: TypesetForm): string =>
  JSON.stringify({ ...printed, title: printed.title.trim() === '' ? 'Resolution' : printed.title, lineNumbers }, (_, value: unknown) => (typeof value === 'string' ? printable(value) : value))
