/** While it is on nothing is sent: a stage change is being made, or the server asked for a pause. */
import type { ErrorCode } from '../../shared/wire/errors.ts'
import type { After } from './backoff.ts'

export class Hold {
  readonly #after: After
  readonly #over: () => void
  readonly #opened: () => void
  #isOn = false
  #isClosing = false
  #stop: () => void = () => undefined

  /** `over`: it has lasted long enough. `opened`: it was for a stage change, and has ended however it did. */
  constructor(after: After, over: () => void, opened: () => void) {
    this.#after = after
    this.#over = over
    this.#opened = opened
  }

  get isOn(): boolean {
    return this.#isOn
  }

  get why(): ErrorCode | null {
    return !this.#isOn ? null : this.#isClosing ? 'closing' : 'too-fast'
  }

  /** `isClosing`: for a stage change. */
  begin(ms: number, isClosing = false): void {
    this.#stop()
    this.#isOn = true
    this.#isClosing ||= isClosing
    this.#stop = this.#after(ms, this.#over)
  }

  end(): void {
    this.leave()
    this.#isOn = false
    if (!this.#isClosing) return
    this.#isClosing = false
    this.#opened()
  }

  /** Nothing is sent any more. */
  leave(): void {
    this.#stop()
  }
}
