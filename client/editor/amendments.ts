/** Which amendments are on the page: the open ones that were put forward, and one's own, of which only one's own people know. */
import type * as Y from 'yjs'
import { usesOf } from '../../shared/model/about.ts'
import { isEmpty, readAmendment, wordingOf } from '../../shared/model/amendments.ts'
import type { AmendmentView } from '../../shared/model/amendments.ts'
import { followed } from '../../shared/model/forward.ts'
import { standingOf, unitOfTarget } from '../../shared/model/grounds.ts'
import { amendmentsOf, compareIds, isId } from '../../shared/model/layout.ts'
import { placementOf } from '../../shared/model/recheck.ts'
import { readAmendmentState } from '../../shared/model/state.ts'
import { isUndecided } from '../../shared/policy/types.ts'
import type { TextScan } from '../../shared/model/texts.ts'
import type { DraftView } from '../../shared/model/units.ts'
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
  /** Those on a unit, a footnote or a proposed paragraph, in the order in which they stand on the page. */
  on(ground: string): readonly ShownAmendment[]
  /** Paragraphs that would come to stand under a parent, after one of its children ('' for none). */
  arriving(parent: string, after: string): readonly ShownAmendment[]
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

/** The units, footnotes and proposed paragraphs on which it is shown. */
function groundsOf(host: EditorHost, view: DraftView, amendment: AmendmentView, shared: ReadonlySet<string>, scans: Scans): readonly string[] {
  const { about } = amendment
  const unit = about.target === '' ? null : unitOfTarget(host.shared, view, about.target)
  if (unit === null) return [about.target]
  if (usesOf[about.kind].whole && unit.id !== followed(host.shared, about.target)) return []
  const isAnchored = usesOf[about.kind].cuts || 'at' in about
  // Most paragraphs have a text of their own: then nothing of what is proposed in them can be in another.
  if (!isAnchored || !unit.segments.some((part) => shared.has(part.text))) return [unit.id]
  const { on } = standingOf(host.shared, view, amendment, scans)
  return on.length === 0 ? [unit.id] : on.map((one) => one.unit.id)
}

type Scans = (text: Y.Text) => TextScan

/** Texts that hold the words of several paragraphs. */
function sharedTexts(view: DraftView): Set<string> {
  const found = new Set<string>()
  const owner = new Map<string, string>()
  for (const unit of view.units) {
    for (const { text } of unit.segments) {
      if ((owner.get(text) ?? unit.id) !== unit.id) found.add(text)
      owner.set(text, unit.id)
    }
  }
  return found
}

/** `begun`: one's own new paragraphs that are still empty and yet shown, since one is about to write in them. */
export function indexAmendments(host: EditorHost, draft: DraftView, readers: Readers, begun: ReadonlySet<string>, scans: Scans): AmendmentIndex {
  const published = readers.shared.read()
  const own = readers.side?.read() ?? new Map<string, AmendmentView>()
  const byGround = new Map<string, ShownAmendment[]>()
  const arriving = new Map<string, ShownAmendment[]>()
  const parted = sharedTexts(draft)
  const put = (lists: Map<string, ShownAmendment[]>, key: string, shown: ShownAmendment): void => {
    const list = lists.get(key)
    if (list === undefined) lists.set(key, [shown])
    else list.push(shown)
  }
  const add = (shown: ShownAmendment): void => {
    for (const ground of groundsOf(host, draft, shown.view, parted, scans)) put(byGround, ground, shown)
    const place = shown.view.about.kind === 'move' ? placementOf(host.shared, draft, shown.view.about) : null
    if (place !== null) put(arriving, `${place.parent ?? ''} ${place.after ?? ''}`, shown)
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
    if (isEmpty(view) && view.about.kind !== 'modify' && view.about.kind !== 'note' && !begun.has(id)) continue
    const unpublished = isUnpublished(view, published.get(id))
    const state = unpublished ? null : readAmendmentState(host.shared, id)
    const by = state === null ? host.ownLabel() : proponents(state, (one) => host.nameOf(one))
    add({ view, own: true, unpublished, by, colour: host.colourOf(host.delegation) })
  }
  for (const list of [...byGround.values(), ...arriving.values()]) list.sort((left, right) => Number(left.unpublished) - Number(right.unpublished) || compareIds(left.view.id, right.view.id))
  return {
    on: (ground) => byGround.get(ground) ?? none,
    arriving: (parent, after) => arriving.get(`${parent} ${after}`) ?? none,
    decided: (id) => !stands(id),
  }
}
