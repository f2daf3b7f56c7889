/** What the process of the clients can be told to do. Values are plain: they travel between processes. */
import type { Spread } from './latencies.ts'
import type { Seat } from './seat.ts'

/** A room with people in it, the first `typing` of whom type. */
export interface Room {
  readonly seats: readonly Seat[]
  readonly typing: number
  /** The document as the typists know it (base64), where the server cannot tell. */
  readonly base: string | null
}

export interface Pace {
  /** Keystrokes a second of all typists together. */
  readonly perSecond: number
  readonly seconds: number
  /** How long what has not arrived at the end is waited for. */
  readonly patienceMs: number
}

export interface Typed {
  readonly edits: number
  /** From each keystroke to each other person in the room. */
  readonly received: Spread
  readonly expected: number
  /** What the pace came to be: less than was asked where the process of the clients was the slower one. */
  readonly perSecond: number
  /** Of the process of the clients, while it typed and waited. */
  readonly clientCpuMs: number
  readonly tookMs: number
}

export interface Joined {
  readonly syncedMs: readonly number[]
  readonly bytesEach: readonly number[]
  /** Letters of the history that the first answers held, least and most. */
  readonly letters: readonly [least: number, most: number]
}

export interface Jobs {
  /** Everybody comes in, `runLength` letters are typed in one place before the next. */
  readonly enter: { readonly takes: { readonly rooms: readonly Room[]; readonly runLength: number }; readonly gives: null }
  readonly type: { readonly takes: Pace; readonly gives: Typed }
  /** All at once, beside those who are there. `clients` are those whose letters are counted. */
  readonly join: { readonly takes: { readonly seats: readonly Seat[]; readonly clients: readonly number[] }; readonly gives: Joined }
  /** Says one update into each room, and comes in again until it is there. */
  readonly seed: { readonly takes: { readonly seats: readonly Seat[]; readonly update: string }; readonly gives: null }
  readonly leave: { readonly takes: null; readonly gives: null }
}

export type JobName = keyof Jobs
