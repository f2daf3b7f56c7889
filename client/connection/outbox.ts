/** What was typed here, by number, from the keystroke to its acknowledgement; and what was acknowledged, while the page lives. */
import type { Deed } from '../../shared/model/deeds.ts'
import type { ErrorCode } from '../../shared/wire/errors.ts'
import { limits } from '../../shared/wire/limits.ts'
import type { KeptUpdate, LocalStore } from './local-store.ts'

export class Outbox {
  readonly #local: LocalStore
  /** In order of number. */
  #unacknowledged = new Map<number, KeptUpdate>()
  /** In order of number, the last ones: a server that has lost them is sent them again. */
  #acknowledged: KeptUpdate[] = []
  readonly #unkept = new Set<number>()
  /** Of those, the ones that the device has refused. */
  readonly #unkeepable = new Set<number>()
  #adopted: Promise<void> | null = null
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

  /** The server did not take some of it: what is left is done again, and not sent as it is. */
  get isRefused(): boolean {
    return [...this.#unacknowledged.values()].some(({ refused }) => refused !== undefined)
  }

  get acknowledged(): readonly KeptUpdate[] {
    return this.#acknowledged
  }

  /** Nothing ahead of it is unanswered. */
  isFirst(number: number): boolean {
    const first = this.#unacknowledged.keys().next()
    return first.value === number
  }

  all(): readonly KeptUpdate[] {
    return [...this.#unacknowledged.values()]
  }

  /** What earlier sessions left, asked for once. Nothing is added before it is here: that would be under the same numbers. */
  adopt(): Promise<void> {
    this.#adopted ??= this.#adopt()
    return this.#adopted
  }

  async #adopt(): Promise<void> {
    // A device that keeps nothing is no reason not to work.
    for (const one of await this.#local.adopt().catch(() => [])) {
      this.#unacknowledged.set(one.number, one)
      this.#lastNumber = Math.max(this.#lastNumber, one.number)
    }
  }

  add(update: Uint8Array, hints: string, operations: readonly Deed[]): void {
    const kept = { number: ++this.#lastNumber, update, hints, operations }
    this.#unacknowledged.set(kept.number, kept)
    // There may be room by now for what the device refused before.
    for (const number of this.#unkeepable) this.#keep(this.#unacknowledged.get(number)!)
    this.#keep(kept)
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

  /** This one and all that were sent before it. */
  acknowledge(number: number): void {
    const answered: number[] = []
    for (const one of this.#unacknowledged.values()) {
      if (one.number > Math.min(number, this.#sentNumber)) break
      if (one.refused !== undefined) continue
      this.#unacknowledged.delete(one.number)
      this.#acknowledged.push(one)
      if (this.#acknowledged.length > limits.acknowledgedKeptMax) this.#acknowledged.shift()
      this.#unkept.delete(one.number)
      this.#unkeepable.delete(one.number)
      answered.push(one.number)
    }
    if (answered.length > 0) this.#forget(answered)
  }

  refuse(number: number, code: ErrorCode): void {
    const one = this.#unacknowledged.get(number)
    if (one === undefined) return
    const refused = { ...one, refused: code }
    this.#unacknowledged.set(number, refused)
    if (this.#unkept.has(number)) return this.#keep(refused)
    // It is kept; where the device does not take down that it was refused, it is sent and refused once more after a reload.
    this.#local.keep(refused).catch(() => undefined)
  }

  /** All that was sent and not answered: of these the server did not say which it could not read. */
  refuseSent(code: ErrorCode): void {
    for (const { number } of this.all()) if (number <= this.#sentNumber) this.refuse(number, code)
  }

  /** Of what was sent and not answered, the largest: whatever message was too large for the line, it was no smaller. False where there is none. */
  refuseLargestSent(code: ErrorCode): boolean {
    const sent = this.all().filter(({ number, refused }) => number <= this.#sentNumber && refused === undefined)
    const [largest] = sent.sort((one, other) => other.update.length - one.update.length)
    if (largest === undefined) return false
    this.refuse(largest.number, code)
    return true
  }

  /** The server may have lost these, acknowledged as they were: they wait again, in front of what is waiting. */
  takeBack(updates: readonly KeptUpdate[]): void {
    if (updates.length === 0) return
    const back = new Set(updates)
    this.#acknowledged = this.#acknowledged.filter((one) => !back.has(one))
    this.#unacknowledged = new Map([...updates, ...this.#unacknowledged.values()].map((one) => [one.number, one]))
    this.rewind(1)
    for (const one of updates) this.#keep(one)
  }

  /** In place of all that waited, what was done again of it. Resolves when the device has the one or the other. */
  async exchange(again: readonly Pick<KeptUpdate, 'update' | 'hints' | 'operations'>[]): Promise<void> {
    const numbers = [...this.#unacknowledged.keys()]
    const updates = again.map((one, index): KeptUpdate => ({ ...one, number: index + 1, again: true }))
    this.#unacknowledged = new Map(updates.map((one) => [one.number, one]))
    this.#lastNumber = updates.length
    this.#sentNumber = 0
    this.#unkept.clear()
    this.#unkeepable.clear()
    for (const { number } of updates) this.#unkept.add(number)
    await this.#local.replace(numbers, updates).then(
      () => { for (const { number } of updates) this.#unkept.delete(number) },
      async () => {
        for (const { number } of updates) if (this.#unacknowledged.has(number)) this.#unkeepable.add(number)
        // Left there, the old ones would be done a second time after a reload.
        await this.#local.forget(numbers).catch(() => undefined)
      },
    )
    this.#changed()
  }

  /** The caller has taken it all elsewhere. */
  drop(): Promise<void> {
    const numbers = [...this.#unacknowledged.keys()]
    this.#unacknowledged.clear()
    this.#unkept.clear()
    this.#unkeepable.clear()
    return this.#local.forget(numbers)
  }

  #keep(kept: KeptUpdate): void {
    const { number } = kept
    this.#unkept.add(number)
    this.#local.keep(kept).then(
      () => {
        // It may have been acknowledged, and forgotten, before it was kept.
        if (!this.#unacknowledged.has(number)) this.#forget([number])
        this.#unkept.delete(number)
        this.#unkeepable.delete(number)
        this.#changed()
      },
      () => {
        if (this.#unacknowledged.has(number)) this.#unkeepable.add(number)
        this.#changed()
      },
    )
  }

  #forget(numbers: readonly number[]): void {
    // Left behind, it would be sent again after a reload and found known.
    this.#local.forget(numbers).catch(() => undefined)
  }
}
