/** The letters of a plain text file: in the encoding that its byte order mark names, else in UTF-8, else as Windows has long written them. */
import { Refusal } from '../../wire/errors.ts'

export interface Letters {
  readonly words: string
  /** The first word that reads so in Windows-1252 alone; null where the encoding is known. */
  readonly assumed: string | null
}

/** Refuses as import-unreadable what is broken in its encoding, or is no text. */
export function lettersOf(bytes: Uint8Array): Letters {
  const marked = markOf(bytes)
  const known = decoded(bytes, marked ?? 'utf-8')
  if (known === null && marked !== null) throw new Refusal('import-unreadable')
  const words = known ?? windowsLetters(bytes)
  if (words.includes('\0')) throw new Refusal('import-unreadable')
  return { words, assumed: known === null ? (/[\p{L}\p{N}\p{M}]*[^\0-\x7f]\S*/u.exec(words)?.[0] ?? '') : null }
}

function markOf([first, second, third]: Uint8Array): string | null {
  if (first === 0xff && second === 0xfe) return 'utf-16le'
  if (first === 0xfe && second === 0xff) return 'utf-16be'
  return first === 0xef && second === 0xbb && third === 0xbf ? 'utf-8' : null
}

/** Without the mark; null for bytes that are none of this encoding. */
function decoded(bytes: Uint8Array, label: string): string | null {
  try {
    return new TextDecoder(label, { fatal: true }).decode(bytes)
  } catch {
    return null
  }
}

/** From 0x80 on; a blank is a byte that stands for nothing. */
const windows = '€ ‚ƒ„…†‡ˆ‰Š‹Œ Ž  ‘’“”•–—˜™š›œ žŸ'

/** Some versions of Node decode Windows-1252 as ISO 8859-1, whose control characters stand where the quotation marks should. */
function windowsLetters(bytes: Uint8Array): string {
  const words = decoded(bytes, 'windows-1252')!.replace(/[\x80-\x9f]/g, (letter) => windows[letter.charCodeAt(0) - 0x80]!.replace(' ', letter))
  // No text has them: this is a picture, a programme, or in another encoding.
  if (/[^\P{Cc}\t\n\v\f\r]/u.test(words)) throw new Refusal('import-unreadable')
  return words
}
