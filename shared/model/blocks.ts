/**
 * Which units are one block, and where each block hangs. A split, a join and a move may meet; each is one small
 * write, and only what all of them together mean is shown. Every function here is total, and linear or nearly so.
 */
import { limits } from '../wire/limits.ts'
import type { Segment } from './units.ts'
import type { UnitKind } from './value.ts'

export interface RawUnit {
  readonly id: string
  readonly kind: UnitKind
  readonly text: string
  readonly parent: string | null
  readonly rank: string
  readonly joined: string | null
  readonly removed: boolean
  readonly label: string | null
  /** None when its marker is gone: it is dissolved in what stands before. */
  readonly segments: readonly Segment[]
}

export type RawUnits = ReadonlyMap<string, RawUnit>

export interface Block {
  readonly head: RawUnit
  readonly segments: readonly Segment[]
}

export const byRank = (left: RawUnit, right: RawUnit): number =>
  left.rank < right.rank ? -1 : left.rank > right.rank ? 1 : left.id < right.id ? -1 : left.id > right.id ? 1 : 0

/** Where a unit's words went: a dissolved one's to what it was joined to, else to its text's first. */
function next(raw: RawUnit, raws: RawUnits): RawUnit | undefined {
  const joined = raw.joined === null ? undefined : raws.get(raw.joined)
  return raw.segments.length > 0 ? joined : (joined ?? raws.get(raw.text))
}

/**
 * Unit -> the unit whose block its words are in. The host of a block always has words of its own, and the host of a
 * host is itself. Of units joined in a circle the lowest id is the block, for everyone alike.
 */
export function hostsOf(raws: RawUnits): Map<string, string> {
  const hosts = new Map<string, string>()
  const speaks = (id: string | undefined): boolean => id !== undefined && raws.get(id)!.segments.length > 0
  for (const raw of raws.values()) {
    const path: RawUnit[] = []
    const place = new Map<string, number>()
    let at: RawUnit | undefined = raw
    while (at !== undefined && !hosts.has(at.id) && !place.has(at.id)) {
      place.set(at.id, path.length)
      path.push(at)
      at = next(at, raws)
    }
    let host = at === undefined ? undefined : hosts.get(at.id)
    if (at !== undefined && host === undefined) {
      const circle = path.splice(place.get(at.id)!)
      const heads = circle.filter((unit) => unit.segments.length > 0).map((unit) => unit.id)
      host = heads.length === 0 ? undefined : heads.reduce((lowest, id) => (id < lowest ? id : lowest))
      for (const unit of circle) hosts.set(unit.id, host ?? unit.id)
    }
    for (const unit of path.reverse()) {
      if (!speaks(host)) host = unit.id
      hosts.set(unit.id, host!)
    }
  }
  return hosts
}

/** Each block's segments: its own, then those joined to it, in rank order, each followed by those joined to it. */
export function blocksOf(raws: RawUnits, hosts: ReadonlyMap<string, string>): Map<string, Block> {
  const joinedTo = new Map<string, RawUnit[]>()
  for (const raw of raws.values()) {
    const host = hosts.get(raw.id)!
    if (host === raw.id || raw.segments.length === 0) continue
    const joined = raw.joined === null ? undefined : raws.get(raw.joined)
    const to = joined !== undefined && joined.segments.length > 0 && hosts.get(joined.id) === host ? joined.id : host
    const list = joinedTo.get(to)
    if (list === undefined) joinedTo.set(to, [raw])
    else list.push(raw)
  }
  // Taken from the end of a stack, so the last in order goes in first.
  for (const list of joinedTo.values()) list.sort((left, right) => byRank(right, left))
  const blocks = new Map<string, Block>()
  for (const head of raws.values()) {
    if (hosts.get(head.id) !== head.id) continue
    const segments: Segment[] = []
    const taken = new Set<string>()
    const stack = [head]
    for (let unit = stack.pop(); unit !== undefined; unit = stack.pop()) {
      if (taken.has(unit.id)) continue
      taken.add(unit.id)
      segments.push(...unit.segments)
      stack.push(...(joinedTo.get(unit.id) ?? []))
    }
    blocks.set(head.id, { head, segments })
  }
  return blocks
}

/**
 * The shown parent of each shown block: where its parent was joined or dissolved, the block it went into; where it
 * was removed, the next one up; top level where there is none or where parents run in a circle; never deeper than
 * `limits.nestingMax`.
 */
export function parentsOf(raws: RawUnits, hosts: ReadonlyMap<string, string>, shown: (id: string) => boolean): Map<string, string | null> {
  const parents = new Map<string, string | null>()
  const above = new Map<string, string | null>()
  for (const raw of raws.values()) {
    if (hosts.get(raw.id) !== raw.id || !shown(raw.id)) continue
    const parent = raw.parent === null ? null : shownAt(raw.parent, raws, hosts, shown, above)
    parents.set(raw.id, parent === raw.id ? null : parent)
  }
  breakCircles(parents)
  limitDepth(parents)
  return parents
}

/** The block that stands for a unit as a parent: its host where that is shown, else what the host hangs on. */
function shownAt(
  id: string,
  raws: RawUnits,
  hosts: ReadonlyMap<string, string>,
  shown: (id: string) => boolean,
  known: Map<string, string | null>,
): string | null {
  const path: string[] = []
  const seen = new Set<string>()
  let at: string | null = id
  let found: string | null = null
  while (at !== null) {
    const host = hosts.get(at)
    if (host === undefined || seen.has(host)) break
    if (shown(host)) {
      found = host
      break
    }
    const before = known.get(host)
    if (before !== undefined) {
      found = before
      break
    }
    seen.add(host)
    path.push(host)
    at = raws.get(host)?.parent ?? null
  }
  for (const host of path) known.set(host, found)
  return found
}

/** A circle has no unit that reaches top level; all of it is shown there. */
function breakCircles(parents: Map<string, string | null>): void {
  const settled = new Set<string>()
  for (const id of parents.keys()) {
    const path: string[] = []
    const onPath = new Set<string>()
    let at: string | null = id
    while (at !== null && !settled.has(at) && !onPath.has(at)) {
      path.push(at)
      onPath.add(at)
      at = parents.get(at) ?? null
    }
    if (at !== null && onPath.has(at)) for (const member of path.slice(path.indexOf(at))) parents.set(member, null)
    for (const member of path) settled.add(member)
  }
}

function limitDepth(parents: Map<string, string | null>): void {
  const depths = new Map<string, number>()
  for (const id of parents.keys()) {
    const path: string[] = []
    for (let at: string | null = id; at !== null && !depths.has(at); at = parents.get(at) ?? null) path.push(at)
    for (const unit of path.reverse()) {
      let parent = parents.get(unit) ?? null
      if (parent !== null && depths.get(parent)! >= limits.nestingMax - 1) parent = parents.get(parent) ?? null
      parents.set(unit, parent)
      depths.set(unit, parent === null ? 0 : depths.get(parent)! + 1)
    }
  }
}
