/** What the process of the clients can be told to do. Values are plain: they travel between processes. */
import type { Spread } from './latencies.ts'
import type { Seat } from './seat.ts'

/** A room with people in it, the first `typing` of whom type. */
export interface Room {
  readonly seats: readonly Seat[]
  readonly typing: number
  /** The document as the typists know it (base64), where the server cannot tell, or tells before it has read it. */
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
  /** Why somebody could not go on: the server's code, or that it closed the socket. */
  readonly stopped: string | null
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

/** Of each client, how many letters. */
export type Clocks = readonly (readonly [client: number, letters: number])[]

export interface Jobs {
  /** Everybody comes in, `runLength` letters are typed in one place before the next. */
  readonly enter: { readonly takes: { readonly rooms: readonly Room[]; readonly runLength: number }; readonly gives: null }
  readonly type: { readonly takes: Pace; readonly gives: Typed }
  /** All at once, beside those who are there. `clients` are those whose letters are counted. */
  readonly join: { readonly takes: { readonly seats: readonly Seat[]; readonly clients: readonly number[] }; readonly gives: Joined }
  /** Says one update into each room, and comes in again until it is there. */
  readonly seed: { readonly takes: { readonly seats: readonly Seat[]; readonly update: string }; readonly gives: null }
  /** Who comes into a room of which nothing is in memory; `letters` is how many of these clients' there should be. */
  readonly open: {
    readonly takes: { readonly seat: Seat; readonly clients: readonly number[]; readonly letters: number }
    readonly gives: { readonly firstMs: number; readonly wholeMs: number; readonly missing: number }
  }
  /** Types until the server is gone. Gives of each typist how many keystrokes another person has heard. */
  readonly typeUntilClosed: { readonly takes: Pick<Pace, 'perSecond' | 'seconds'>; readonly gives: Clocks }
  /** Comes into the room and reads on until all that is wanted is there, or patience ends. */
  readonly find: { readonly takes: { readonly seat: Seat; readonly wanted: Clocks; readonly patienceMs: number }; readonly gives: Clocks }
  /** Says malformed messages, from these seats in turn, and what they ended the server with, if they did. */
  readonly pester: { readonly takes: { readonly seats: readonly Seat[]; readonly messages: number }; readonly gives: { readonly sent: number; readonly endedBy: string | null } }
  readonly leave: { readonly takes: null; readonly gives: null }
}

export type JobName = keyof Jobs
