/** One person's device for one document: what pages have left on it, as the browser's database keeps it. */
import type { KeptUpdate, LocalStore } from '../../../client/connection/index.ts'
import type { Clock } from './clock.ts'

export class Device {
  readonly #clock: Clock
  /** By session, then by number. */
  readonly #rows = new Map<number, Map<number, KeptUpdate>>()
  readonly #alive = new Set<number>()
  #sessions = 0
  isFull = false
  /** Something was not kept. */
  hasRefused = false

  constructor(clock: Clock) {
    this.#clock = clock
  }

  get kept(): KeptUpdate[] {
    return [...this.#rows.values()].flatMap((rows) => [...rows.values()])
  }

  /** `isThere`: whether the page is. One that is gone keeps nothing more, and what it had asked for a moment ago it may have lost. */
  open(isThere: () => boolean): LocalStore & { readonly crash: () => void } {
    const session = ++this.#sessions
    const own = new Map<number, KeptUpdate>()
    this.#rows.set(session, own)
    this.#alive.add(session)
    const done = (write: () => void, needsRoom: boolean): Promise<void> =>
      new Promise((resolve, reject) => {
        this.#clock.after(2, () => {
          if (!isThere()) return
          if (needsRoom && this.isFull) {
            this.hasRefused = true
            return reject(new Error('this device is full'))
          }
          write()
          resolve()
        })
      })
    const end = (): void => void this.#alive.delete(session)
    return {
      adopt: async () => {
        // Behind what the page before had asked for.
        await this.#clock.wait(3)
        const left = [...this.#rows].filter(([other]) => !this.#alive.has(other)).flatMap(([other, rows]) => {
          this.#rows.delete(other)
          return [...rows.values()].sort((one, next) => one.number - next.number)
        })
        const adopted = left.map((row, index) => ({ ...row, number: index + 1 }))
        for (const row of adopted) own.set(row.number, row)
        return adopted
      },
      keep: (update) => done(() => void own.set(update.number, update), true),
      forget: (numbers) => done(() => { for (const number of numbers) own.delete(number) }, false),
      replace: (numbers, updates) => done(() => {
        for (const number of numbers) own.delete(number)
        for (const update of updates) own.set(update.number, update)
      }, updates.length > 0),
      close: async () => end(),
      crash: end,
    }
  }
}
