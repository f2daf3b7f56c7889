/** PDF, written by the typesetter of the server and the command line, and not read. */
import type { Format } from '../format.ts'

export const pdf: Format = {
  id: 'pdf',
  extensions: ['pdf'],
  mediaType: 'application/pdf',
  recognises: () => false,
  read: null,
  write: null,
  isTypeset: true,
}
