/**
 * New structs in an order in which each comes after what it stands on. Where there is none, Yjs would park the rest of
 * the update for later, or stop in the middle of it: a struct of the same client that comes later is not looked for.
 */
import * as Y from 'yjs'
import { Refusal } from '../../../shared/wire/errors.ts'
import type { Fresh } from './known.ts'
import { endOf } from './types.ts'
import type { Id, Struct } from './types.ts'

/** Throws Refusal `gap` for what stands on something that neither the document nor the update has, or on itself. */
export function inOrder(doc: Y.Doc, fresh: Fresh): readonly Struct[] {
  const order: Struct[] = []
  const done = new Map<number, number>()
  const underWay = new Set<number>()

  const reached = (client: number): number => {
    const count = done.get(client) ?? 0
    const list = fresh.get(client)
    return list === undefined || count === 0 ? Y.getState(doc.store, client) : endOf(list[count - 1]!)
  }

  const require = (id: Id | null): void => {
    if (id !== null && id.clock >= reached(id.client) && !settle(id.client, id.clock)) throw new Refusal('gap')
  }

  /** Puts a client's structs in order as far as `clock`; false where that is not to be had. */
  const settle = (client: number, clock: number): boolean => {
    const list = fresh.get(client)
    if (list === undefined || underWay.has(client)) return false
    underWay.add(client)
    for (let index = done.get(client) ?? 0; index < list.length && reached(client) <= clock; index++) {
      const struct = list[index]!
      if (struct.item !== null) {
        require(struct.item.origin)
        require(struct.item.right)
        if (typeof struct.item.parent !== 'string') require(struct.item.parent)
      }
      order.push(struct)
      done.set(client, index + 1)
    }
    underWay.delete(client)
    return reached(client) > clock
  }

  for (const [client, list] of fresh) settle(client, list.at(-1)!.clock)
  return order
}
