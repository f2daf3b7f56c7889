/** What happens in a simulation, as data: each with the time that passes before it. */
import { amendingKinds, draftingKinds, operationOf, type Operation } from '../operations.ts'
import { pick, type Random } from '../random.ts'
import type { Ailment } from './disk.ts'
import type { Break } from './network.ts'

export type Deed =
  | { readonly do: 'type'; readonly who: number; readonly operation: Operation }
  | { readonly do: 'decide'; readonly who: number; readonly seed: number }
  | { readonly do: 'lock'; readonly seed: number }
  | { readonly do: 'stage' }
  | { readonly do: 'freeze' }
  | { readonly do: 'break'; readonly who: number; readonly how: Break }
  | { readonly do: 'partition'; readonly who: number; readonly ms: number }
  | { readonly do: 'lag'; readonly who: number; readonly ms: number }
  /** The next requests of this person are lost, or their answers, or they arrive twice. */
  | { readonly do: 'request'; readonly who: number; readonly how: 'lost' | 'answer-lost' | 'twice' }
  | { readonly do: 'store'; readonly how: Ailment; readonly ms: number }
  /** This page stops reading for so long. */
  | { readonly do: 'slow'; readonly who: number; readonly ms: number }
  /** So much is typed at once. */
  | { readonly do: 'flood'; readonly who: number; readonly operation: Operation; readonly times: number }
  /** A copy of the server's data is made; and it is given back what was copied last. */
  | { readonly do: 'copy' }
  | { readonly do: 'restore'; readonly downMs: number }
  /** The chair ends this capacity, where it is not their own. */
  | { readonly do: 'revoke'; readonly who: number }
  | { readonly do: 'crash'; readonly downMs: number; readonly isHeardOf: boolean }
  | { readonly do: 'stop'; readonly downMs: number }
  | { readonly do: 'reload'; readonly who: number; readonly how: 'left' | 'crashed'; readonly awayMs: number }
  | { readonly do: 'device'; readonly who: number; readonly isFull: boolean }
  /** This person is back at the page, or presses *try again*. */
  | { readonly do: 'look'; readonly who: number }

export type Step = Deed & { readonly afterMs: number }
export type Script = readonly Step[]

const weights = {
  drafting: 30, amending: 40, decide: 34, lock: 3, stage: 4, freeze: 3, break: 5, partition: 3, lag: 2, request: 4, store: 3, crash: 2, stop: 1, reload: 3, device: 1, look: 4,
  slow: 2, flood: 1, copy: 2, restore: 2, revoke: 1,
} as const

type What = keyof typeof weights
export const stepsPerRun = 70

export function scriptOf(random: Random): Script {
  const script: Step[] = []
  while (script.length < stepsPerRun) {
    const deed = deedOf(random, script.length)
    script.push({ ...deed, afterMs: random(5) === 0 ? random(8_000) : random(random(2) === 0 ? 8 : 120) })
    // Everybody is just typing when the stage is changed.
    if (deed.do === 'stage' || deed.do === 'freeze') {
      const kinds = deed.do === 'freeze' || random(2) === 0 ? amendingKinds : draftingKinds
      for (let times = random(8); times > 0; times--) script.push({ do: 'type', who: random(1000), operation: operationOf(random, kinds), afterMs: random(10) })
    }
    // Whose capacity ends is just typing.
    if (deed.do === 'revoke') {
      const kinds = random(3) > 0 ? amendingKinds : draftingKinds
      for (let times = random(8); times > 0; times--) script.push({ do: 'type', who: deed.who, operation: operationOf(random, kinds), afterMs: random(10) })
    }
    // Somebody presses *try again* until the server is back.
    if (deed.do === 'crash' || deed.do === 'stop') {
      const [who, everyMs] = [random(1000), 1 + random(400)]
      for (let times = random(8); times > 0; times--) script.push({ do: 'look', who, afterMs: random(everyMs) })
    }
  }
  return script
}

function deedOf(random: Random, index: number): Deed {
  const who = random(1000)
  const what = pick(random, Object.entries(weights) as [What, number][])
  switch (what) {
    case 'drafting':
      return { do: 'type', who, operation: operationOf(random, draftingKinds) }
    case 'amending':
      return { do: 'type', who, operation: operationOf(random, amendingKinds) }
    case 'decide':
      return { do: 'decide', who, seed: random(2 ** 30) }
    case 'lock':
      return { do: 'lock', seed: random(1000) }
    case 'stage':
      return { do: 'stage' }
    case 'freeze':
      // What comes after it is short.
      return index > stepsPerRun / 2 ? { do: 'freeze' } : { do: 'stage' }
    case 'break':
      return { do: 'break', who, how: (['reset', 'half-open', 'deaf'] as const)[random(3)]! }
    case 'partition':
      return { do: 'partition', who, ms: 100 + random(random(3) === 0 ? 70_000 : 6_000) }
    case 'lag':
      return { do: 'lag', who, ms: 1 + random(1_500) }
    case 'request':
      return { do: 'request', who, how: (['lost', 'answer-lost', 'twice'] as const)[random(3)]! }
    case 'store':
      return { do: 'store', how: (['full', 'unsure', 'dead', 'stalled'] as const)[random(4)]!, ms: 50 + random(random(3) === 0 ? 40_000 : 2_000) }
    case 'crash':
      return { do: 'crash', downMs: 10 + random(5_000), isHeardOf: random(4) > 0 }
    case 'stop':
      return { do: 'stop', downMs: 10 + random(5_000) }
    case 'reload':
      return { do: 'reload', who, how: random(2) === 0 ? 'left' : 'crashed', awayMs: 1 + random(3_000) }
    case 'device':
      return { do: 'device', who, isFull: random(2) === 0 }
    case 'slow':
      return { do: 'slow', who, ms: 1_000 + random(random(2) === 0 ? 40_000 : 10_000) }
    case 'flood':
      return { do: 'flood', who, operation: operationOf(random, [[random(2) === 0 ? 'type' : 'amend', 1]]), times: 24 + random(12) }
    case 'copy':
      return { do: 'copy' }
    case 'restore':
      return { do: 'restore', downMs: 10 + random(5_000) }
    case 'revoke':
      // Nor do they come back.
      return index > stepsPerRun / 2 ? { do: 'revoke', who } : { do: 'look', who }
    case 'look':
      return { do: 'look', who }
  }
}

/**
 * The shortest script of those that were tried with which it still fails: halves are left out first, then quarters, down to
 * single steps, until no single one can be spared.
 */
export async function shrink(script: Script, fails: (script: Script) => Promise<boolean>, triesMax: number): Promise<Script> {
  let [short, tries] = [script, 0]
  for (let size = Math.ceil(short.length / 2); size >= 1; size = size === 1 ? 0 : Math.ceil(size / 2)) {
    for (let from = 0; from < short.length && tries < triesMax; ) {
      const without = [...short.slice(0, from), ...short.slice(from + size)]
      tries += 1
      if (await fails(without)) short = without
      else from += size
    }
  }
  return short
}
