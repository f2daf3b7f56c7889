/** What has no place in a draft, gathered by what it is: how often, and the first words of it. */
import type { Lost } from '../report.ts'
import { excerpt } from '../report.ts'

export class Losses {
  readonly #found = new Map<string, { words: string; count: number }>()

  add(what: string, words: string): void {
    const known = this.#found.get(what)
    if (known !== undefined) known.count++
    else this.#found.set(what, { words: excerpt(words.replace(/\s+/g, ' ').trim()), count: 1 })
  }

  get all(): readonly Lost[] {
    return [...this.#found].map(([what, { words, count }]) => ({ what, words, count }))
  }
}
