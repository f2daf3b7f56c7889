/** Words as HTML: nothing in them is markup, whatever they are. */
import { printable } from '../../text/printed.ts'

const names: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' }

/** For text, and for attribute values in quotes. */
export const escapeHtml = (words: string): string => printable(words).replace(/[&<>"']/g, (letter) => names[letter]!)
