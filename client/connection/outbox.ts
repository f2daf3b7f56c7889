/** What was typed here, by number, from the keystroke to its acknowledgement. */
import type { JsonValue } from '../../shared/wire/json.ts'
import { limits } from '../../shared/wire/limits.ts'
import type { KeptUpdate, LocalStore } from './local-store.ts'

export class Outbox {
  readonly #local: LocalStore
  /** In order of number. */
  readonly #unacknowledged = new Map<number, KeptUpdate>()
  readonly #unkept = new Set<number>()
  /** Of those, the ones that the device has refused. */
  readonly #unkeepable = new Set<number>()
  #lastNumber = 0
  /** The last that was sent on this socket. */
  #sentNumber = 0
  readonly #changed: () => void

  constructor(local: LocalStore, changed: () => void) {
    this.#local = local
    this.#changed = changed
  }

  get count(): number {
    return this.#unacknowledged.size
  }

  /** All of it is on this device too. */
  get isKept(): boolean {
    return this.#unkept.size === 0
  }

  /** Some of it is here alone, and will not be kept. */
  get isUnkeepable(): boolean {
    return this.#unkeepable.size > 0
  }

  all(): readonly KeptUpdate[] {
    return [...this.#unacknowledged.values()]
  }

  /** Of an earlier session; before anything is added. */
  adopt(updates: readonly KeptUpdate[]): void {
    for (const one of updates) {
      this.#unacknowledged.set(one.number, one)
      this.#lastNumber = Math.max(this.#lastNumber, one.number)
    }
  }

  add(update: Uint8Array, hints: string, operations: readonly JsonValue[]): void {
    const kept = { number: ++this.#lastNumber, update, hints, operations }
    this.#unacknowledged.set(kept.number, kept)
    this.#unkept.add(kept.number)
    this.#local.keep(kept).then(
      () => {
        this.#unkept.delete(kept.number)
        this.#changed()
      },
      () => {
        if (this.#unacknowledged.has(kept.number)) this.#unkeepable.add(kept.number)
        this.#changed()
      },
    )
  }

  /** What may be sent now, in order; it counts as sent. */
  next(): KeptUpdate[] {
    const ready: KeptUpdate[] = []
    let inFlight = 0
    for (const one of this.#unacknowledged.values()) {
      if (inFlight === limits.submitsInFlightMax) break
      inFlight += 1
      if (one.number <= this.#sentNumber) continue
      ready.push(one)
      this.#sentNumber = one.number
    }
    return ready
  }

  /** From this number on, it is to be sent again. */
  rewind(number: number): void {
    this.#sentNumber = Math.min(this.#sentNumber, number - 1)
  }

  acknowledge(number: number): void {
    if (!this.#unacknowledged.delete(number)) return
    this.#unkept.delete(number)
    this.#unkeepable.delete(number)
    this.#forget([number])
  }

  /** The caller has taken it all elsewhere. */
  drop(): Promise<void> {
    const numbers = [...this.#unacknowledged.keys()]
    this.#unacknowledged.clear()
    this.#unkept.clear()
    this.#unkeepable.clear()
    return this.#local.forget(numbers)
  }

  #forget(numbers: readonly number[]): void {
    // Left behind, it would be sent again after a reload and found known.
    this.#local.forget(numbers).catch(() => undefined)
  }
}
