/**
 * What the record says of positions and reviews, and where it ends, kept in memory for each draft: reading ten thousand
 * entries and checking their chain takes most of a second, and every command and every screen asks.
 */
import { standEntryOf } from '../../shared/record/entries.ts'
import type { StandEntry } from '../../shared/record/entries.ts'
import { foldOral } from '../../shared/record/oral.ts'
import type { OralRevisions } from '../../shared/record/oral.ts'
import { foldLeftOut, nothingLeftOut } from '../../shared/record/left-out.ts'
import type { LeftOut } from '../../shared/record/left-out.ts'
import { foldThemes, noThemes } from '../../shared/record/themes.ts'
import type { Themes } from '../../shared/record/themes.ts'
import { foldSponsoring, noSponsoring } from '../../shared/record/sponsoring.ts'
import type { Sponsoring } from '../../shared/record/sponsoring.ts'
import { foldStands, noStands } from '../../shared/record/stands.ts'
import type { Stands } from '../../shared/record/stands.ts'
import type { RecordRow, Store } from '../store/store.ts'

export interface Ledger {
  /** Of the last entry of the record, of whatever kind. */
  readonly seq: number
  /** Its digest; null when there is none. */
  readonly head: string | null
  /** Of positions and reviews, in order. */
  readonly entries: readonly StandEntry[]
  readonly stands: Stands
  /** Of the resolution's sponsors: the deadline, and who signed after the freeze. */
  readonly sponsoring: Sponsoring
  /** Of each frozen text. */
  readonly oral: OralRevisions
  /** Paragraphs of the library that were left out, and why. */
  readonly leftOut: LeftOut
  readonly themes: Themes
}

export interface Ledgers {
  /** Caught up with what the store has. Goes on being told by `take`. */
  of(draft: string): Promise<Ledger>
  /** An entry has been committed: told before the next command of its draft runs. */
  take(draft: string, row: RecordRow): void
  forget(draft: string): void
}

class DraftLedger implements Ledger {
  seq = 0
  head: string | null = null
  readonly entries: StandEntry[] = []
  stands: Stands = noStands
  sponsoring: Sponsoring = noSponsoring
  oral: OralRevisions = new Map()
  leftOut: LeftOut = nothingLeftOut
  themes: Themes = noThemes
  #isLoaded = false
  #first: Promise<void> | null = null
  /** Committed while the record was being read for the first time. */
  #early: RecordRow[] = []

  /** Read from the beginning once, however many ask meanwhile. Returns whether it was for this one, who so knows all that there is. */
  async begin(read: () => Promise<readonly RecordRow[]>): Promise<boolean> {
    if (this.#isLoaded) return false
    const isFirst = this.#first === null
    this.#first ??= read().then((rows) => this.load(rows)).finally(() => { this.#first = null })
    await this.#first
    return isFirst
  }

  /** From the store, in order and without gaps. */
  load(rows: readonly RecordRow[]): void {
    const early = this.#early
    this.#early = []
    this.#isLoaded = true
    this.#fold([...rows, ...early])
  }

  /** The next of a command. Joinings come between, which say nothing of this. */
  take(row: RecordRow): void {
    if (this.#isLoaded) this.#fold([row])
    else this.#early.push(row)
  }

  #fold(rows: readonly RecordRow[]): void {
    let { seq } = this
    const fresh = rows.filter((row) => row.seq > seq && (seq = row.seq) > 0)
    const last = fresh.at(-1)
    if (last === undefined) return
    const entries = fresh.map(standEntryOf).filter((entry) => entry !== null)
    this.entries.push(...entries)
    this.sponsoring = foldSponsoring(fresh, this.sponsoring)
    this.oral = foldOral(fresh, this.oral)
    this.leftOut = foldLeftOut(fresh, this.leftOut)
    this.themes = foldThemes(fresh, this.themes)
    this.stands = foldStands(entries, this.stands, last.seq)
    this.seq = last.seq
    this.head = last.digest
  }
}

export function createLedgers(store: Pick<Store, 'record'>): Ledgers {
  const known = new Map<string, DraftLedger>()
  return {
    async of(draft) {
      let ledger = known.get(draft)
      if (ledger === undefined) known.set(draft, (ledger = new DraftLedger()))
      if (!(await ledger.begin(() => store.record(draft, 0)))) ledger.load(await store.record(draft, ledger.seq))
      return ledger
    },
    take: (draft, row) => known.get(draft)?.take(row),
    forget: (draft) => void known.delete(draft),
  }
}
