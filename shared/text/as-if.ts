/**
 * The draft as it would stand if some amendments were incorporated: computed, by what *incorporate* does, and never kept.
 * Changes of words that have their paragraph to themselves are laid over its words, which costs little enough to be
 * done at every keystroke of a room; only what is left is written into a copy of the document.
 */
import * as Y from 'yjs'
import type { AmendmentView, PlacedAmendment } from '../model/amendments.ts'
import { endsOf, standingOf, unitOfTarget } from '../model/grounds.ts'
import { incorporate } from '../model/incorporate.ts'
import { defineShared, newDoc } from '../model/layout.ts'
import { newLineage, readPublished } from '../model/decisions.ts'
import { draftReader } from '../model/reader.ts'
import { faultOf, waitsForOuter } from '../model/recheck.ts'
import { resolveAnchor, scanText } from '../model/texts.ts'
import type { TextScan } from '../model/texts.ts'
import type { DraftView, UnitView } from '../model/units.ts'
import { asIf } from './compile.ts'
import { laidOver } from './laid-over.ts'

type Scans = (text: Y.Text) => TextScan

export interface AsIf {
  /** A copy in which what is not laid over has been incorporated: whoever asked for it destroys it. Null where that is nothing. */
  readonly copy: Y.Doc | null
  /** By unit what is to be laid over its words (`laidOver`), in the document itself as in the copy. */
  readonly laid: ReadonlyMap<string, readonly AmendmentView[]>
}

/** In the order given. What has no place any more, or stands on a proposal that is not among them, is left out. */
export function asIfIncorporated(shared: Y.Doc, view: DraftView, amendments: readonly AmendmentView[], scans: Scans): AsIf {
  const { laid, left } = parted(shared, view, amendments, scans)
  return { laid, copy: left.length === 0 ? null : copyWith(shared, left.map(({ id }) => id)) }
}

interface Change {
  readonly amendment: AmendmentView
  readonly placed: PlacedAmendment
}

/** What can be laid over, by unit, and what cannot, in its order. */
function parted(shared: Y.Doc, view: DraftView, amendments: readonly AmendmentView[], scans: Scans): { laid: Map<string, AmendmentView[]>; left: AmendmentView[] } {
  const changes = new Map<string, Change[]>()
  const touched = new Set<string>()
  for (const amendment of amendments) {
    const found = changeOf(shared, view, amendment, scans)
    if (found !== null) changes.set(found.unit.id, [...(changes.get(found.unit.id) ?? []), { amendment, placed: found.placed }])
    else for (const unit of wordsTouched(shared, view, amendment, scans)) touched.add(unit)
  }
  const laid = new Map<string, AmendmentView[]>()
  const own = new Set<string>()
  for (const [id, list] of changes) {
    const unit = view.byId.get(id)!
    const isMarked = unit.notes.length + unit.brackets.length > 0
    if (touched.has(id) || (isMarked && laidOver(unit, list.map(({ placed }) => placed)) === null)) continue
    laid.set(id, list.map(({ amendment }) => amendment))
    for (const { amendment } of list) own.add(amendment.id)
  }
  return { laid, left: amendments.filter(({ id }) => !own.has(id)) }
}

/** A change of words in one paragraph whose places are known by letters that stand, and in nothing that more than its words hangs on. */
function changeOf(shared: Y.Doc, view: DraftView, amendment: AmendmentView, scans: Scans): { unit: UnitView; placed: PlacedAmendment } | null {
  if (amendment.about.kind !== 'modify' || unitOfTarget(shared, view, amendment.about.target) === null) return null
  const { on, broken } = standingOf(shared, view, amendment, scans)
  const [only, ...more] = on
  if (only === undefined || more.length > 0 || broken.length > 0 || !view.byId.has(only.unit.id)) return null
  const { unit, placed } = only
  // An annex gives its name to what is beneath it.
  const isPlain = unit.kind !== 'annex' && unit.segments.length === 1 && unit.brackets.every((one) => !one.placeholder && one.opensBefore !== true && one.closesBehind !== true)
  return isPlain && areWhole(shared, amendment, placed, scans) ? only : null
}

/** Whether every cut is one stretch from its first letter to its last: neither is gone, and nothing was decided within. */
function areWhole(shared: Y.Doc, { cuts }: AmendmentView, placed: PlacedAmendment, scans: Scans): boolean {
  if (placed.cuts.length !== cuts.length) return false
  return cuts.every(({ id, range: [first, last] }) => {
    const found = placed.cuts.find((cut) => cut.id === id)
    const [from, to] = [resolveAnchor(shared, first, scans), resolveAnchor(shared, last, scans)]
    return found !== undefined && from !== null && to !== null && !from.touched && !to.touched && to.at - from.at === found.to - found.from
  })
}

/** The units whose words it writes, or puts in brackets. */
function wordsTouched(shared: Y.Doc, view: DraftView, amendment: AmendmentView, scans: Scans): readonly string[] {
  switch (amendment.about.kind) {
    case 'insert':
    case 'placeholder':
    case 'move':
    case 'delete':
      return []
    case 'modify':
    case 'replace':
    case 'split':
    case 'join':
    case 'bracket':
    case 'note':
      return endsOf(shared, view, amendment, scans)
  }
}

function copyWith(shared: Y.Doc, amendments: readonly string[]): Y.Doc {
  const copy = defineShared(newDoc())
  Y.applyUpdate(copy, Y.encodeStateAsUpdate(shared))
  const reader = draftReader(copy)
  let left = amendments
  while (left.length > 0) left = incorporateSome(copy, reader.read(), left)
  reader.stop()
  return copy
}

/**
 * As many as one reading of the draft serves: changes of words in texts that nothing has been written into since it was
 * read, which do not depend on each other; or the first, whatever it is. Returns those that are left, in their order.
 */
function incorporateSome(copy: Y.Doc, view: DraftView, amendments: readonly string[]): string[] {
  const written = new Set<string>()
  const left: string[] = []
  for (const [index, id] of amendments.entries()) {
    const amendment = readPublished(copy, id)
    if (amendment === null) continue
    const texts = wordsOnly(copy, view, amendment)
    if (texts === null && index > 0) return [...left, ...amendments.slice(index)]
    if (texts?.some((text) => written.has(text)) === true) left.push(id)
    else {
      incorporateOne(copy, view, amendment)
      if (texts === null) return amendments.slice(1)
      for (const text of texts) written.add(text)
    }
  }
  return left
}

/** The texts in which it changes words and nothing else; null for what changes more than that. */
function wordsOnly(copy: Y.Doc, view: DraftView, amendment: AmendmentView): string[] | null {
  if (amendment.about.kind !== 'modify') return null
  const { on } = standingOf(copy, view, amendment, scanText)
  return on.length === 1 && view.byId.has(on[0]!.unit.id) ? on[0]!.unit.segments.map(({ text }) => text) : null
}

function incorporateOne(copy: Y.Doc, view: DraftView, amendment: AmendmentView): void {
  if (faultOf(copy, view, amendment, scanText) !== null || waitsForOuter(copy, view, amendment)) return
  copy.transact(() => incorporate(copy, view, amendment, { scans: scanText, wanted: asIf, document: '', by: [], atMs: 0, lineage: newLineage() }))
}
