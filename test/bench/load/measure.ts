/** What a measure is: servers, figures, and the bar that each figure is held to. */
import type { Kind } from './servers.ts'

export interface Bar {
  readonly words: string
  readonly isMet: (ours: number, peers: ReadonlyMap<Kind, number>) => boolean
}

export interface Figure {
  readonly name: string
  readonly unit: string
  readonly digits: number
  readonly better: 'less' | 'more'
  /** Null for what is only told. */
  readonly bar: Bar | null
}

export interface Measure {
  readonly title: string
  readonly kinds: readonly Kind[]
  readonly figures: readonly Figure[]
  /** Runs of each server unless the command says otherwise. */
  readonly runs: number
  /** Everything that all runs share; gives what is run, once for each server and run, and what is to be said of it. */
  readonly prepare: () => Promise<Prepared>
}

export interface Prepared {
  /** A value for each figure, in their order. */
  readonly run: (kind: Kind) => Promise<readonly number[]>
  readonly end: () => Promise<void>
}

const best = (peers: ReadonlyMap<Kind, number>, better: 'less' | 'more'): number =>
  better === 'less' ? Math.min(...withoutRelay(peers)) : Math.max(...withoutRelay(peers))

/** The relay keeps nothing and checks nothing: it is there for scale. */
const withoutRelay = (peers: ReadonlyMap<Kind, number>): number[] => [...peers].filter(([kind]) => kind !== 'relay').map(([, value]) => value)

export const ratioToBest = (ours: number, peers: ReadonlyMap<Kind, number>, better: 'less' | 'more'): number => ours / best(peers, better)

export const atMostOfBest = (share: number): Bar => ({ words: `at most ${share}x the best peer`, isMet: (ours, peers) => ours <= share * best(peers, 'less') })
export const atLeastOfBest = (share: number): Bar => ({ words: `at least ${share}x the best peer`, isMet: (ours, peers) => ours >= share * best(peers, 'more') })
export const atMostOf = (share: number, kind: Kind): Bar => ({ words: `at most ${share}x ${kind}`, isMet: (ours, peers) => ours <= share * (peers.get(kind) ?? Number.NaN) })
export const atMost = (most: number, unit: string): Bar => ({ words: `at most ${most} ${unit}`, isMet: (ours) => ours <= most })
export const exactly = (wanted: number, unit: string): Bar => ({ words: `${wanted} ${unit}`, isMet: (ours) => ours === wanted })
