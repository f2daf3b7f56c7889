/** How fast one connection may speak: a bucket that fills steadily and holds a burst. */
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

  take(): boolean {
    const atMs = this.#now()
    // A clock that was set back must not stop the filling for as long as it was set back.
    const passed = Math.max(0, atMs - this.#atMs)
    this.#atMs = atMs
    this.#tokens = Math.min(this.#burst, this.#tokens + (passed / 1000) * this.#perSecond)
    if (this.#tokens < 1) return false
    this.#tokens -= 1
    return true
  }
}
