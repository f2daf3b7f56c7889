/** Which amendments are on the page: the open ones that were put forward, and one's own, of which only one's own people know. */
import type * as Y from 'yjs'
import { isEmpty, readAmendment, wordingOf } from '../../shared/model/amendments.ts'
import type { AmendmentView } from '../../shared/model/amendments.ts'
import { amendmentsOf, isId } from '../../shared/model/layout.ts'
import { readAmendmentState } from '../../shared/model/state.ts'
import { isUndecided } from '../../shared/policy/types.ts'
import { proponents } from '../../shared/text/notation.ts'
import type { EditorHost } from './host.ts'

export interface ShownAmendment {
  readonly view: AmendmentView
  /** In one's side document, where one writes on it. */
  readonly own: boolean
  /** Its present wording has not been put forward. */
  readonly unpublished: boolean
  readonly by: string
  readonly colour: string
}

export interface AmendmentIndex {
  /** Those on a target, in the order in which they stand on the page. */
  on(target: string): readonly ShownAmendment[]
  /** Whether something has been decided on it, so that it is no longer written on. */
  decided(amendment: string): boolean
}

/** Remembers amendments that have not changed. */
export function amendmentReader(doc: Y.Doc): { read(): ReadonlyMap<string, AmendmentView>; stop(): void } {
  const root = amendmentsOf(doc)
  const known = new Map<string, AmendmentView>()
  const stale = new Set<string>(root.keys())
  const notice = (events: readonly Y.YEvent<Y.AbstractType<unknown>>[]): void => {
    for (const event of events) {
      const key = event.path[0]
      if (typeof key === 'string') stale.add(key)
      else for (const changed of event.keys.keys()) stale.add(changed)
    }
  }
  root.observeDeep(notice)
  return {
    read: () => {
      for (const id of stale) {
        const view = isId(id) ? readAmendment(id, root.get(id)) : null
        if (view === null) known.delete(id)
        else known.set(id, view)
      }
      stale.clear()
      return known
    },
    stop: () => root.unobserveDeep(notice),
  }
}

/** Ids of one client in the order in which they were made; shorter clocks are earlier ones. */
export function compareIds(left: string, right: string): number {
  const [leftClient = '', leftClock = ''] = left.split('-')
  const [rightClient = '', rightClock = ''] = right.split('-')
  if (leftClient !== rightClient) return leftClient < rightClient ? -1 : 1
  return leftClock.length - rightClock.length || (leftClock < rightClock ? -1 : leftClock > rightClock ? 1 : 0)
}

export interface Readers {
  readonly shared: { read(): ReadonlyMap<string, AmendmentView> }
  readonly side: { read(): ReadonlyMap<string, AmendmentView> } | null
}

const none: readonly ShownAmendment[] = []
const differs = new WeakMap<AmendmentView, readonly [AmendmentView, boolean]>()

function isUnpublished(own: AmendmentView, published: AmendmentView | undefined): boolean {
  if (published === undefined) return true
  const before = differs.get(own)
  if (before?.[0] === published) return before[1]
  const differ = JSON.stringify(wordingOf(own)) !== JSON.stringify(wordingOf(published))
  differs.set(own, [published, differ])
  return differ
}

/** `begun`: one's own new paragraphs that are still empty and yet shown, since one is about to write in them. */
export function indexAmendments(host: EditorHost, readers: Readers, begun: ReadonlySet<string>): AmendmentIndex {
  const published = readers.shared.read()
  const own = readers.side?.read() ?? new Map<string, AmendmentView>()
  const byTarget = new Map<string, ShownAmendment[]>()
  const add = (shown: ShownAmendment): void => {
    const { target } = shown.view.about
    const list = byTarget.get(target)
    if (list === undefined) byTarget.set(target, [shown])
    else list.push(shown)
  }
  const stands = (id: string): boolean => {
    const status = readAmendmentState(host.shared, id)?.status
    return status === undefined || isUndecided(status)
  }
  for (const [id, view] of published) {
    const state = readAmendmentState(host.shared, id)
    const mine = own.get(id)
    if (state === null || !stands(id) || !host.shown(id) || (mine !== undefined && !mine.dropped)) continue
    add({ view, own: false, unpublished: false, by: proponents(state, (one) => host.nameOf(one)), colour: host.colourOf(state.proposer) })
  }
  for (const [id, view] of own) {
    if (view.dropped || !stands(id)) continue
    if (isEmpty(view) && view.about.kind !== 'modify' && !begun.has(id)) continue
    const unpublished = isUnpublished(view, published.get(id))
    const state = unpublished ? null : readAmendmentState(host.shared, id)
    const by = state === null ? `${host.nameOf(host.delegation)}, private` : proponents(state, (one) => host.nameOf(one))
    add({ view, own: true, unpublished, by, colour: host.colourOf(host.delegation) })
  }
  for (const list of byTarget.values()) list.sort((left, right) => Number(left.unpublished) - Number(right.unpublished) || compareIds(left.view.id, right.view.id))
  return { on: (target) => byTarget.get(target) ?? none, decided: (id) => !stands(id) }
}
