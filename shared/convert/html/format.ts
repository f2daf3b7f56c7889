/** One HTML page to a resolution. It is written and not read: what a browser saves may be anything. */
import { printedValue } from '../../text/printed-value.ts'
import type { Format } from '../format.ts'
import { writeHtml } from './write.ts'

export const html: Format = {
  id: 'html',
  extensions: ['html'],
  mediaType: 'text/html; charset=utf-8',
  recognises: () => false,
  read: null,
  write: (value) => writeHtml(printedValue(value, { title: '' })),
}
