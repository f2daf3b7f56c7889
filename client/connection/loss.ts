/** Why there is no socket, for as long as there is none. */
import type { ErrorCode } from '../../shared/wire/errors.ts'
import { closeCodes, plainCloseCodes } from '../../shared/wire/protocol.ts'

/** Close codes after which it comes back by itself, and that have a reason that people can do something with. */
const losses: ReadonlyMap<number, ErrorCode> = new Map<number, ErrorCode>([
  [plainCloseCodes.goingAway, 'restarting'],
  [plainCloseCodes.serverFault, 'server-fault'],
  [closeCodes.tooSlow, 'behind'],
  [plainCloseCodes.tryAgainLater, 'too-fast'],
])

export class Loss {
  #why: ErrorCode | null = null
  #isDoubted = false

  get why(): ErrorCode | null {
    return this.#why
  }

  closed(code: number): void {
    this.over()
    this.#why = losses.get(code) ?? null
  }

  /**
   * What the server, asked why a socket did not open, said, if anything. Returns whether that is in doubt, to be found out soon: a network that
   * came back in between has let through the question, and would the socket too.
   */
  explained(code: ErrorCode | null): boolean {
    const isInDoubt = code === 'no-socket' && !this.#isDoubted
    this.#isDoubted = code === 'no-socket'
    // A server that said that it stops cannot be asked, and it is still the reason.
    if (!isInDoubt && (code !== null || this.#why !== 'restarting')) this.#why = code
    return isInDoubt
  }

  over(): void {
    this.#why = null
    this.#isDoubted = false
  }
}
