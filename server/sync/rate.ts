/** How much may be said: buckets that fill steadily and hold a burst, for each person in a room and for the room as a whole. */
import { limits } from '../../shared/wire/limits.ts'

export class TokenBucket {
  readonly #perSecond: number
  readonly #burst: number
  readonly #now: () => number
  #tokens: number
  #atMs: number

  constructor(perSecond: number, burst: number, now: () => number) {
    this.#perSecond = perSecond
    this.#burst = burst
    this.#now = now
    this.#tokens = burst
    this.#atMs = now()
  }

  take(tokens = 1): boolean {
    const atMs = this.#now()
    // A clock that was set back must not stop the filling for as long as it was set back.
    const passed = Math.max(0, atMs - this.#atMs)
    this.#atMs = atMs
    this.#tokens = Math.min(this.#burst, this.#tokens + (passed / 1000) * this.#perSecond)
    if (this.#tokens < tokens) return false
    this.#tokens -= tokens
    return true
  }
}

/** What may be said: false where it is too much. */
export interface Allowance {
  /** A message of so many bytes. */
  take(bytes: number): boolean
  /** A question of state, which costs the room more than anything else that is said. */
  ask(): boolean
}

/** The allowances of a room's people: several sockets of one person, and those that come after them, share one. */
export class Allowances {
  readonly #now: () => number
  readonly #updatesPerSecondMax: number
  readonly #updatesBurstMax: number
  readonly #people = new Map<string, Allowance>()
  readonly #room: Pick<Allowance, 'take'>

  constructor(now: () => number, updatesPerSecondMax: number, updatesBurstMax: number = limits.updatesBurstMax) {
    this.#now = now
    this.#updatesPerSecondMax = updatesPerSecondMax
    this.#updatesBurstMax = updatesBurstMax
    this.#room = this.#allowance(limits.roomUpdatesPerSecondMax, limits.roomUpdatesBurstMax, limits.roomBytesPerSecondMax, limits.roomBytesBurstMax)
  }

  of(person: string): Allowance {
    let own = this.#people.get(person)
    if (own === undefined) {
      const alone = this.#allowance(this.#updatesPerSecondMax, this.#updatesBurstMax, limits.bytesPerSecondMax, limits.bytesBurstMax)
      const questions = new TokenBucket(limits.questionsPerSecondMax, limits.questionsBurstMax, this.#now)
      own = { take: (bytes) => alone.take(bytes) && this.#room.take(bytes), ask: () => questions.take() }
      this.#people.set(person, own)
    }
    return own
  }

  #allowance(updatesPerSecond: number, updatesBurst: number, bytesPerSecond: number, bytesBurst: number): Pick<Allowance, 'take'> {
    const updates = new TokenBucket(updatesPerSecond, updatesBurst, this.#now)
    const size = new TokenBucket(bytesPerSecond, bytesBurst, this.#now)
    return { take: (bytes) => updates.take() && size.take(bytes) }
  }
}
