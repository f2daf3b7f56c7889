/** What the room needs of a connection to one document. The adapter in `open-link.ts` makes one of `client/connection`. */
import type { ReadonlySignal } from '@preact/signals'
import type * as Y from 'yjs'
import type { Letter, Path } from '../../shared/model/deeds.ts'
import type { Hint } from '../../shared/model/taking.ts'
import type { ErrorCode } from '../../shared/wire/errors.ts'
import type { JsonValue } from '../../shared/wire/json.ts'
import type { Notice } from '../../shared/wire/protocol.ts'
import type { Judge, Unsent } from '../connection/index.ts'

/**
 * `saved`: all that was typed is committed; `saving`: on its way; `offline`: the server has not answered; `paused`: it has, and
 * lets nothing in for now; `refused` and `restored`: the room has to be opened anew; `ended`: this capacity has ended.
 */
export type LinkPhase = 'connecting' | 'saved' | 'saving' | 'offline' | 'paused' | 'refused' | 'restored' | 'ended'

/** The document is not what the server has, and Yjs takes nothing back. */
export const isToOpenAnew = (phase: LinkPhase): boolean => phase === 'refused' || phase === 'restored'

export interface LinkStatus {
  readonly phase: LinkPhase
  readonly unacknowledged: number
  /** Whether this device has what the server does not: `no` when it has refused to keep it. */
  readonly kept: 'yes' | 'soon' | 'no'
  /** Of the last refusal, or of what keeps the server from letting anything in. */
  readonly code: ErrorCode | null
}

export interface UnsentWords {
  readonly id: string
  readonly words: string
  readonly sentence: string
  /** They were struck out, and stand again. */
  readonly struck?: true
  /** The text of the shared document that they were typed or struck in, and the letter there (see `UnsentRun`). */
  readonly place?: { readonly in: Path; readonly at: Letter | null }
}

/** Somebody here, as the server names them. */
export interface Present {
  readonly client: number
  readonly delegation: string
  readonly role: string
  readonly name: string | null
  readonly cursor: unknown
}

export interface Link {
  readonly status: ReadonlySignal<LinkStatus>
  /** True once the document has been received whole. */
  readonly ready: ReadonlySignal<boolean>
  /** Nothing is written before; a page that came in while the server could save nothing waits for it. */
  readonly writable: ReadonlySignal<boolean>
  readonly present: ReadonlySignal<readonly Present[]>
  setCursor(cursor: JsonValue): void
  /** Where words that the next update brings back were copied from. */
  noteCopies(copies: readonly Hint[]): void
  /** The server may have lost what it had, and this link not have heard so: the next session sends all that was written in this one. */
  sayAgain(): void
  /** Somebody is here: tries to connect now, and asks whether the server is still there. */
  retry(): void
  /** Resolves when what it keeps is free for the next session. */
  stop(): Promise<void>
}

export interface LinkOptions {
  readonly room: string
  readonly hatId: string
  readonly doc: Y.Doc
  readonly person: string
  readonly onNotice: (notice: Notice) => void
  /** These words the server does not have and will not be sent: it refused them, or this capacity has ended. */
  readonly onUnsent: (unsent: readonly Unsent[]) => void
  /** For a side document: the shared one. */
  readonly anchored?: Y.Doc
  readonly judge: () => Promise<Judge>
}

export type OpenLink = (options: LinkOptions) => Promise<Link>

const gravest: readonly LinkPhase[] = ['ended', 'refused', 'restored', 'paused', 'offline', 'connecting', 'saving', 'saved']

/** One status for the shared and the side document together: the graver of the two. */
export function together(statuses: readonly LinkStatus[]): LinkStatus {
  const phase = gravest.find((one) => statuses.some((status) => status.phase === one)) ?? 'saved'
  return {
    phase,
    unacknowledged: statuses.reduce((sum, status) => sum + status.unacknowledged, 0),
    kept: (['no', 'soon'] as const).find((one) => statuses.some((status) => status.kept === one)) ?? 'yes',
    code: statuses.find((status) => status.phase === phase)?.code ?? null,
  }
}

/** The text is there to be read alone. */
export const isForReading = (code: ErrorCode | null): boolean => code === 'log-damaged' || code === 'reading-for-now' || code === 'ids-used-up'

/** Why a text that is there cannot be written: what the page says, or else that it is so for now. */
export const whyForReading = ({ code }: LinkStatus): ErrorCode => (code !== null && isForReading(code) ? code : 'reading-for-now')

/** Why nothing may be typed now: it would be kept nowhere, or there is no whole text to type in. */
export const whyKeptNowhere = ({ phase, kept, code }: LinkStatus): ErrorCode | null =>
  phase === 'paused' && (kept === 'no' || isForReading(code)) ? (code ?? 'store-down') : null

export interface Attendance {
  readonly delegation: string
  readonly count: number
  readonly names: readonly string[]
}

/** Who is here, by delegation: own first, the chair's table next, the rest by name. */
export function attendance(present: readonly Present[], own: string, nameOf: (delegation: string) => string): Attendance[] {
  const groups = new Map<string, Present[]>()
  for (const one of present) groups.set(one.delegation, [...(groups.get(one.delegation) ?? []), one])
  const place = (delegation: string): number => (delegation === own ? 0 : delegation === 'office' ? 1 : 2)
  return [...groups]
    .map(([delegation, people]) => ({ delegation, count: people.length, names: [...new Set(people.flatMap((one) => one.name ?? []))] }))
    .sort((left, right) => place(left.delegation) - place(right.delegation) || nameOf(left.delegation).localeCompare(nameOf(right.delegation), 'en'))
}
