/** The last signed head of each draft's record that this device has seen, and whether what the server shows goes on from it. */
import { departureFrom, isSigned, isSignedHead } from '../../shared/record/heads.ts'
import type { Departure, SignedHead } from '../../shared/record/heads.ts'
import type { ToldEntry } from '../../shared/record/chain.ts'
import type { CheckSignature } from '../../shared/lifecycle/signature.ts'

type Keep = Pick<Storage, 'getItem' | 'setItem'>

export interface Departed {
  readonly why: Departure | 'unsigned'
  readonly kept: SignedHead | null
  readonly now: SignedHead
}

export interface HeadWatch {
  /** What this device has seen, as it is before the server is asked: another tab may have seen more. */
  seen(): SignedHead | null
  /** Looks at an answer that was asked for when `kept` had been seen, and keeps its head where the entries lead from that to it. */
  look(kept: SignedHead | null, entries: readonly ToldEntry[], now: SignedHead): Promise<Departed | null>
  /** The person has been told, and goes on with the record as it is now. */
  accept(now: SignedHead): void
}

export function watchHeads(keep: Keep, draft: string, check: CheckSignature): HeadWatch {
  const key = `omnibus-head:${draft}`
  const seen = (): SignedHead | null => {
    try {
      const kept: unknown = JSON.parse(keep.getItem(key) ?? 'null')
      return isSignedHead(kept) ? kept : null
    } catch {
      return null
    }
  }
  const accept = (now: SignedHead): void => {
    try {
      keep.setItem(key, JSON.stringify(now))
    } catch {
      // A device that keeps nothing cannot compare at the next visit; the one before stays.
    }
  }
  return {
    seen,
    accept,
    async look(kept, entries, now) {
      const why = kept === null ? null : departureFrom(kept, draft, entries, now)
      if (why !== null) return { why, kept, now }
      // Where the browser cannot check, it is kept all the same: others can.
      if (!(await isSigned(now, check).catch(() => true))) return { why: 'unsigned', kept, now }
      const isReached = kept === null || now.seq === kept.seq || entries.some(({ seq }) => seq === now.seq)
      if (isReached && now.seq >= (seen()?.seq ?? 0)) accept(now)
      return null
    },
  }
}
