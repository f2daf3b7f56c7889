/**
 * Whose each letter is. Everybody writes letters that nobody else writes, so that one that turns up anywhere says who typed
 * it, for whom, and which amendments have brought it before everyone since.
 */
import * as Y from 'yjs'
import type { Speaker } from '../../server/sync/service.ts'
import type { Hat } from '../../shared/policy/types.ts'
import type { Random } from './random.ts'

/**
 * For whom a letter was written: those who may be in a document, or, of what the record alone has, the chair's table or
 * those who negotiate. What a small group's document may be read by changes, and is asked each time.
 */
export type Home =
  | { readonly kind: 'document'; readonly document: string }
  | { readonly kind: 'table' | 'delegations'; readonly of: string }

export interface Letter {
  readonly speaker: Speaker
  readonly home: Home
  /** The amendments that brought it, or whatever else made it everybody's. */
  readonly brought: Set<string>
}

const firstLetter = 0x4e00
const negotiates = ({ role, kind }: Hat): boolean => (role === 'delegate' ? kind === 'state' || kind === 'group' : role !== 'observer')
const atTable = ({ role }: Hat): boolean => role === 'chair' || role === 'facilitator' || role === 'secretary'

export class Letters {
  readonly #known = new Map<string, Letter>()
  /** On their way before everyone with the command that is under way. */
  #offered: ReadonlySet<string> = new Set()
  #next = firstLetter
  readonly #reads: (hat: Hat, document: string) => boolean

  /** `reads`: whether those of this hat may be in that document, as the test itself keeps count of it. */
  constructor(reads: (hat: Hat, document: string) => boolean) {
    this.#reads = reads
  }

  of(letter: string): Letter | undefined {
    return this.#known.get(letter)
  }

  write(random: Random, speaker: Speaker, home: Home): string {
    return Array.from({ length: 1 + random(3) }, () => {
      const letter = String.fromCharCode(this.#next++)
      this.#known.set(letter, { speaker, home, brought: new Set() })
      return letter
    }).join('')
  }

  /** What a command would bring before everyone is told to everyone before the command is answered. */
  offer(words: string): void {
    this.#offered = new Set(words)
  }

  /** The command was answered: by this amendment everyone has the words now, or, with null, nobody has. */
  bring(by: string | null): void {
    if (by !== null) for (const letter of this.#offered) this.#known.get(letter)?.brought.add(by)
    this.#offered = new Set()
  }

  /** A letter of these words that is not for whoever wears this hat; `positionsOpen` where it is the record that says it. */
  foreignIn(words: string, hat: Hat, positionsOpen: boolean | null): string | null {
    for (const letter of words) {
      const known = this.#known.get(letter)
      if (known === undefined || known.brought.size > 0 || this.#offered.has(letter)) continue
      if (!this.#mayKnow(known.home, hat, positionsOpen)) return `“${letter}”, which ${known.speaker.person} wrote for ${JSON.stringify(known.home)}`
    }
    return null
  }

  #mayKnow(home: Home, hat: Hat, positionsOpen: boolean | null): boolean {
    if (home.kind === 'document') return this.#reads(hat, home.document)
    if (positionsOpen === null) return false
    const own = hat.role !== 'observer' && hat.delegation === home.of
    return own || atTable(hat) || (home.kind === 'delegations' && (positionsOpen || negotiates(hat)))
  }
}

/** The words that an update holds, or an empty string; most hold none of these letters, and need not be read. */
export function wordsIn(update: Uint8Array): string {
  if (!mayHoldLetters(update)) return ''
  return Y.decodeUpdate(update).structs.map((struct) => {
    if (!(struct instanceof Y.Item)) return ''
    const { content, parentSub } = struct
    const isRead = content instanceof Y.ContentString || content instanceof Y.ContentAny || content instanceof Y.ContentJSON
    return `${isRead ? JSON.stringify(content.getContent()) : ''}${parentSub ?? ''}`
  }).join('')
}

/** Letters from U+4E00 to U+9FFF are three bytes in UTF-8, the first of them E4 to E9. */
function mayHoldLetters(bytes: Uint8Array): boolean {
  for (let at = 0; at + 2 < bytes.length; at++) {
    if (bytes[at]! >= 0xe4 && bytes[at]! <= 0xe9 && (bytes[at + 1]! & 0xc0) === 0x80 && (bytes[at + 2]! & 0xc0) === 0x80) return true
  }
  return false
}
