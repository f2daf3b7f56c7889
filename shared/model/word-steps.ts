/**
 * The steps in which an amendment's changes of words are carried out: whoever writes them into a document, or works out
 * what writing them would give, takes the same ones. Pure.
 */
import type { PlacedAmendment } from './amendments.ts'

/** Offsets are those of the words as the steps before have left them. */
export type WordStep =
  | { readonly does: 'write'; readonly at: number; readonly hunk: string; readonly words: string }
  | { readonly does: 'erase'; readonly from: number; readonly to: number }

/**
 * Hunks are written and cuts erased from the back of the unit to its front, so that offsets hold; then the spaces go that
 * `wanted` (the as-if text) does not have, so that what was shown is what stands.
 */
export function wordSteps(atoms: string, { hunks, cuts }: Pick<PlacedAmendment, 'hunks' | 'cuts'>, wanted: string): WordStep[] {
  const steps: WordStep[] = []
  const isCovered = (at: number): boolean => cuts.some((cut) => cut.from <= at && at < cut.to)
  let written = atoms
  const erase = (from: number, to: number): void => {
    for (let at = to; at > from; ) {
      if (!isCovered(at - 1)) {
        at--
        continue
      }
      let low = at - 1
      while (low > from && isCovered(low - 1)) low--
      steps.push({ does: 'erase', from: low, to: at })
      written = written.slice(0, low) + written.slice(at)
      at = low
    }
  }
  let end = atoms.length
  for (const { id, at, words } of [...hunks].reverse().sort((left, right) => right.at - left.at)) {
    erase(at, end)
    end = at
    steps.push({ does: 'write', at, hunk: id, words })
    written = written.slice(0, at) + words + written.slice(at)
  }
  erase(0, end)
  return [...steps, ...surplusSpaces(written, wanted).map((at): WordStep => ({ does: 'erase', from: at, to: at + 1 }))]
}

/** Where spaces of `written` are that `wanted` lacks, the last first; none where the two differ in anything else. */
function surplusSpaces(written: string, wanted: string): number[] {
  const surplus: number[] = []
  let match = 0
  for (let at = 0; at < written.length; at++) {
    if (written[at] === wanted[match]) match++
    else surplus.push(at)
  }
  return match !== wanted.length || surplus.some((at) => written[at] !== ' ') ? [] : surplus.reverse()
}
