/**
 * A published wording copied back into a side document, to be worked on there: under its own id as the next revision, or
 * under a new one as a proposal of its own. Words that are copied are reported as lineage, as everywhere.
 */
import * as Y from 'yjs'
import { amendmentsOf, nextId } from './layout.ts'
import { firstPlace } from './about.ts'
import { aboutJson } from './amendments.ts'
import type { AmendmentView } from './amendments.ts'
import { copyDifference, publishCuts, publishHunks } from './decisions.ts'
import type { Lineage } from './decisions.ts'

/** Makes the side document's amendment `id` read as the published one, touching only what differs. Made where it is not there. */
export function copyToSide(side: Y.Doc, shared: Y.Doc, sharedDocument: string, published: AmendmentView, id: string, lineage: Lineage): void {
  const source = amendmentsOf(shared).get(published.id)
  if (source === undefined) return
  const target = sideMap(side, published, id)
  for (const key of ['proposal', 'rationale']) {
    const from: unknown = source.get(key)
    const to: unknown = target.get(key)
    if (from instanceof Y.Text && to instanceof Y.Text) copyDifference(to, from, sharedDocument, lineage)
  }
  // Ids of one client in the order in which they were made, so that hunks keep their order.
  const idOf = id === published.id ? undefined : (): string => nextId(side)
  publishHunks(shared, sharedDocument, published, target, lineage, idOf)
  publishCuts(published, target, null, idOf)
  if (target.get('dropped') === true) target.set('dropped', false)
}

/** `about` of a published amendment tells where it goes now (`place`). */
function sideMap(side: Y.Doc, { about }: AmendmentView, id: string): Y.Map<unknown> {
  const place = firstPlace(about)
  const known = amendmentsOf(side).get(id)
  if (known !== undefined) {
    if (place !== null && JSON.stringify(known.get('place')) !== JSON.stringify(place)) known.set('place', place)
    return known
  }
  const map = new Y.Map<unknown>()
  amendmentsOf(side).set(id, map)
  map.set('about', aboutJson(about))
  if (place !== null) map.set('place', place)
  for (const key of ['hunks', 'cuts']) map.set(key, new Y.Map())
  for (const key of ['proposal', 'rationale']) map.set(key, new Y.Text())
  return map
}

/** A wording that was put forward: who did, and its digest in the side document that it came from. */
export interface Revision {
  readonly number: number
  readonly by: string
  readonly digest: string
  readonly atMs: number
}

/** In their order. Written by the server alone, so their presence is all that is checked. */
export function readRevisions(shared: Y.Doc, amendment: string): Revision[] {
  const revisions: unknown = amendmentsOf(shared).get(amendment)?.get('revisions')
  if (!(revisions instanceof Y.Map)) return []
  return [...revisions.entries()]
    .map(([number, what]) => ({ ...(what as Omit<Revision, 'number'>), number: Number(number) }))
    .sort((left, right) => left.number - right.number)
}
