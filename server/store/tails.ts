/** The last link of each log, remembered: an append asks for it each time, and nobody else writes. */
import { limits } from '../../shared/wire/limits.ts'
import type { Database } from './database.ts'
import { EMPTY_TAIL, type ChainTail } from './digest.ts'
import { StoreError } from './errors.ts'
import type { LookThrough } from './look-through.ts'
import { proved, tailOf } from './rows.ts'
import type { DocumentId } from './store.ts'
import { prepareSureRead } from './sure-reads.ts'

export interface Tails {
  /** Reads it where it is not known yet. Before a transaction: over a page that cannot be read all of that would fail. */
  look(document: DocumentId): void
  /** Throws `log-damaged` where it cannot be read: nothing can be chained to it. */
  of(document: DocumentId): ChainTail
  /** As the transaction under way has it. */
  set(document: DocumentId, tail: ChainTail): void
  committed(): void
  rolledBack(): void
}

export function prepareTails(database: Database, files: LookThrough): Tails {
  const last = database.prepare(`SELECT seq, at_ms, ${proved('digest')} FROM entry WHERE document = ? ORDER BY seq DESC LIMIT 1`)
  const sure = prepareSureRead(database, files)
  const known = new Map<DocumentId, ChainTail>()
  const unreadable = new Set<DocumentId>()
  const underWay = new Map<DocumentId, ChainTail>()

  function read(document: DocumentId): ChainTail {
    const row = last.get(document)
    const tail = row === null ? EMPTY_TAIL : tailOf(row)
    if (known.size >= limits.storeTailsMax) known.clear()
    known.set(document, tail)
    return tail
  }

  return {
    look(document) {
      if (known.has(document) || unreadable.has(document)) return
      try {
        sure(document, () => read(document))
      } catch (error) {
        if (!(error instanceof StoreError) || error.code !== 'log-damaged') throw error
        unreadable.add(document)
      }
    },
    of(document) {
      if (unreadable.has(document)) throw new StoreError('log-damaged', `The end of the log of ${document} cannot be read: the disk has lost it. Restore the data folder from a backup.`)
      return underWay.get(document) ?? known.get(document) ?? read(document)
    },
    set: (document, tail) => underWay.set(document, tail),
    committed() {
      for (const [document, tail] of underWay) known.set(document, tail)
      underWay.clear()
    },
    rolledBack: () => underWay.clear(),
  }
}
