/**
 * What is told of some clients at once. Each is encoded once as strangers are told of it and once as its own delegation is; a
 * message is put together from those bytes, so that two hundred people are told of each other in no more than some copying.
 */
import type { JsonValue } from '../../shared/wire/json.ts'
import { encodeOnePresence, encodePresenceCount, type Presence } from '../../shared/wire/presence.ts'
import { awarenessHead } from '../../shared/wire/protocol.ts'
import type { Connection } from './connection.ts'
import { bytesIn, frameOfParts, type Frame } from './frames.ts'

export interface Said {
  readonly client: number
  readonly clock: number
  /** Null for one who has left. */
  readonly by: Connection | null
  /** JSON of what others may see of its caret, '' for nothing. */
  readonly cursor: string
}

/** Those of one delegation, who stand together in what strangers are told. */
interface Group {
  readonly all: readonly Said[]
  readonly from: number
  readonly to: number
  named: readonly Uint8Array[] | null
}

export class PresenceNews {
  readonly #count: number
  readonly #groups = new Map<string, Group>()
  readonly #toStrangers: Uint8Array
  /** By delegation, for those of whom nothing is said; '' for strangers. */
  readonly #frames = new Map<string, Frame>()

  constructor(all: readonly Said[]) {
    this.#count = all.length
    const parts: Uint8Array[] = []
    let at = 0
    for (const [delegation, group] of byDelegation(all)) {
      const from = at
      for (const said of group) at += parts[parts.push(encoded(said, false)) - 1]!.length
      this.#groups.set(delegation, { all: group, from, to: at, named: null })
    }
    this.#toStrangers = Buffer.concat(parts, at)
  }

  /** Without what is said of itself, with which a plain client would replace where it is now. */
  frameFor(connection: Connection): Frame {
    const { delegation } = connection.speaker.hat
    const group = this.#groups.get(delegation)
    if (group?.all.some(({ by }) => by === connection) === true) return this.#frame(group, connection)
    const audience = group === undefined ? '' : delegation
    const frame = this.#frames.get(audience) ?? this.#frame(group, connection)
    this.#frames.set(audience, frame)
    return frame
  }

  #frame(group: Group | undefined, connection: Connection): Frame {
    if (group === undefined) return presenceFrame(this.#count, [this.#toStrangers])
    group.named ??= group.all.map((said) => encoded(said, true))
    const others = group.named.filter((_, index) => group.all[index]!.by !== connection)
    const count = this.#count - group.all.length + others.length
    return presenceFrame(count, [this.#toStrangers.subarray(0, group.from), ...others, this.#toStrangers.subarray(group.to)])
  }
}

function byDelegation(all: readonly Said[]): Map<string, Said[]> {
  const groups = new Map<string, Said[]>()
  for (const said of all) {
    const delegation = said.by?.speaker.hat.delegation ?? ''
    const group = groups.get(delegation)
    if (group === undefined) groups.set(delegation, [said])
    else group.push(said)
  }
  return groups
}

function presenceFrame(count: number, parts: readonly Uint8Array[]): Frame {
  const all = [encodePresenceCount(count), ...parts]
  return frameOfParts([awarenessHead(bytesIn(all)), ...all])
}

const encoded = (said: Said, isNamed: boolean): Uint8Array => encodeOnePresence({ client: said.client, clock: said.clock, state: stateOf(said, isNamed) })

function stateOf({ by, cursor }: Said, isNamed: boolean): Presence['state'] {
  if (by === null) return null
  const { personName, hat } = by.speaker
  const user = { delegation: hat.delegation, role: hat.role, name: isNamed ? personName : null }
  return cursor === '' ? { user } : { user, cursor: JSON.parse(cursor) as JsonValue }
}
