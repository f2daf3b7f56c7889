/**
 * The page, read from the documents. Paragraphs whose sources have not changed keep their node, so that the view leaves
 * them alone. Never a source of anything: what is typed goes to the documents and comes back through here.
 */
import type * as Y from 'yjs'
import { openingLengthOf } from '../../shared/drafting/phrases.ts'
import { placeAmendment } from '../../shared/model/amendments.ts'
import type { PlacedAmendment } from '../../shared/model/amendments.ts'
import { textsOf } from '../../shared/model/layout.ts'
import { alternativeNumber, insertedNumber } from '../../shared/model/numbering.ts'
import type { draftReader } from '../../shared/model/reader.ts'
import { readUnitState } from '../../shared/model/state.ts'
import type { DraftView, UnitView } from '../../shared/model/units.ts'
import { unitKinds } from '../../shared/model/value.ts'
import type { UnitKind } from '../../shared/model/value.ts'
import { compile } from '../../shared/text/compile.ts'
import type { Run } from '../../shared/text/compile.ts'
import { indexAmendments } from './amendments.ts'
import type { AmendmentIndex, Readers, ShownAmendment } from './amendments.ts'
import { blockNode } from './nodes.ts'
import type { EditorHost, ViewMode } from './host.ts'
import type { Node } from 'prosemirror-model'

/** A paragraph of the page. Offsets in it are UTF-16 units of `words`, which are the runs' words laid end to end. */
export interface ShownBlock {
  readonly key: string
  /** Its unit; for a proposed paragraph, null. */
  readonly unit: UnitView | null
  /** Its unit, or the one that a proposed paragraph follows or would replace; '' at the very beginning. */
  readonly target: string
  /** A proposed paragraph's amendment. */
  readonly proposal: ShownAmendment | null
  readonly words: string
  readonly runs: readonly Run[]
  /** One's own amendment in the words of this unit, placed. */
  readonly own: PlacedAmendment | null
  readonly node: Node
}

export interface Projection {
  readonly view: DraftView
  readonly blocks: readonly ShownBlock[]
  readonly byKey: ReadonlyMap<string, ShownBlock>
  readonly amendments: AmendmentIndex
}

export interface ProjectionSource {
  readonly host: EditorHost
  readonly draft: ReturnType<typeof draftReader>
  readonly readers: Readers
  readonly begun: ReadonlySet<string>
}

type Known = Map<string, { readonly inputs: readonly unknown[]; readonly block: ShownBlock }>

/** The paragraph of a draft that has none yet. */
export const emptyKey = 'unit:'

export const opensProposals = (host: EditorHost, mode: ViewMode): boolean =>
  mode === 'rolling' && (host.stage() === 'negotiation' || host.stage() === 'silence')

export function projector(source: ProjectionSource): (mode: ViewMode) => Projection {
  let known: Known = new Map()
  return (mode) => {
    const next: Known = new Map()
    const projection = project(source, mode, known, next)
    known = next
    return projection
  }
}

const noAmendments: AmendmentIndex = { on: () => [], decided: () => false }

function project(source: ProjectionSource, mode: ViewMode, known: Known, next: Known): Projection {
  const { host, draft } = source
  const view = draft.read(host.language())
  const amendments = opensProposals(host, mode) ? indexAmendments(host, source.readers, source.begun) : noAmendments
  const blocks: ShownBlock[] = []
  const remember = (key: string, inputs: readonly unknown[], make: () => ShownBlock): void => {
    const before = known.get(key)
    const same = before !== undefined && before.inputs.length === inputs.length && inputs.every((input, index) => input === before.inputs[index])
    const block = same ? freshened(before.block, view) : make()
    next.set(key, { inputs, block })
    blocks.push(block)
  }
  const inserted = (target: string, number: string, depth: number, inside: boolean): void => {
    const all = amendments.on(target).filter(({ view: { about } }) => about.kind === 'insert')
    for (const [index, shown] of all.entries()) {
      const { about } = shown.view
      if (about.kind !== 'insert' || about.inside !== inside) continue
      const name = number === '' ? 'New paragraph' : insertedNumber(number, index + 1)
      proposed(shown, name, kindOf(about.unitKind), depth + (inside ? 1 : 0), 'inserted')
    }
  }
  const proposed = (shown: ShownAmendment, number: string, kind: UnitKind, depth: number, role: string): void => {
    const key = `new:${shown.view.id}`
    remember(key, [shown.view, shown.unpublished, shown.by, shown.colour, number, kind, depth, host.language()],
      () => proposedBlock(source, shown, { key, number, kind, depth, role }))
    inserted(shown.view.id, number, depth, false)
  }
  // Insertions after a paragraph stand behind its sub-paragraphs: they follow the whole of it.
  const pending: UnitView[] = []
  const closeTo = (depth: number): void => {
    for (let last = pending.at(-1); last !== undefined && last.depth >= depth; last = pending.at(-1)) {
      pending.pop()
      inserted(last.id, last.number, last.depth, false)
    }
  }
  inserted('', '', 0, false)
  for (const unit of view.units) {
    closeTo(unit.depth)
    const on = amendments.on(unit.id)
    remember(`unit:${unit.id}`, unitInputs(source, unit, on), () => unitBlock(source, unit, on))
    const alternatives = on.filter(({ view: { about } }) => about.kind === 'replace')
    for (const [index, shown] of alternatives.entries()) {
      proposed(shown, alternativeNumber(unit.number, index + 1, alternatives.length), unit.kind, unit.depth, 'alternative')
    }
    inserted(unit.id, unit.number, unit.depth, true)
    pending.push(unit)
  }
  closeTo(0)
  if (blocks.length === 0) blocks.push(emptyBlock())
  return { view, blocks, byKey: new Map(blocks.map((block) => [block.key, block])), amendments }
}

/** The words are as they were, but the unit's place among the others may not be. */
const freshened = (block: ShownBlock, view: DraftView): ShownBlock =>
  block.unit === null ? block : { ...block, unit: view.byId.get(block.unit.id) ?? block.unit }

/** Everything that a paragraph is made of: as long as all of it is the same, so is the paragraph. */
function unitInputs({ host, draft }: ProjectionSource, unit: UnitView, on: readonly ShownAmendment[]): unknown[] {
  const texts = textsOf(host.shared)
  const inputs: unknown[] = [unit.atoms, unit.kind, unit.depth, unit.number, unit.printed, host.language(), readUnitState(host.shared, unit.id), unit.segments.length, host.writesOn?.(unit.id) ?? null]
  for (const part of unit.segments) {
    const text = texts.get(part.text)
    inputs.push(part.from, part.to, text === undefined ? null : draft.scans(text))
  }
  for (const note of unit.notes) inputs.push(note.id, note.number)
  for (const shown of on) {
    if (shown.view.about.kind === 'modify' || shown.view.about.kind === 'delete') inputs.push(shown.view, shown.by, shown.colour, shown.unpublished, shown.own)
  }
  return inputs
}

function unitBlock({ host, draft }: ProjectionSource, unit: UnitView, on: readonly ShownAmendment[]): ShownBlock {
  const modifying = on.filter(({ view }) => view.about.kind === 'modify')
  const placed = modifying.map(({ view }) => placeAmendment(host.shared, unit, view, draft.scans as (text: Y.Text) => ReturnType<typeof draft.scans>))
  const runs = compile(unit.atoms, placed)
  const chosen = host.writesOn?.(unit.id) ?? null
  const own = modifying.findIndex((shown) => shown.own && shown.view.id === chosen)
  const mine = own === -1 ? modifying.findIndex((shown) => shown.own) : own
  const key = `unit:${unit.id}`
  const node = blockNode({
    key, unit, runs, on,
    words: unit.atoms,
    opening: openingOf(unit.kind, unit.atoms, host.language()),
    state: readUnitState(host.shared, unit.id),
  })
  return { key, unit, target: unit.id, proposal: null, words: wordsOfRuns(runs), runs, own: placed[mine] ?? null, node }
}

interface ProposedPlace {
  readonly key: string
  readonly number: string
  readonly kind: UnitKind
  readonly depth: number
  readonly role: string
}

function proposedBlock({ host }: ProjectionSource, shown: ShownAmendment, place: ProposedPlace): ShownBlock {
  const words = shown.view.proposal
  const runs: Run[] = [{ kind: 'base', words, from: 0, cutBy: [] }]
  const node = blockNode({ ...place, proposal: shown, runs, words, opening: openingOf(place.kind, words, host.language()) })
  return { key: place.key, unit: null, target: shown.view.about.target, proposal: shown, words, runs, own: null, node }
}

function emptyBlock(): ShownBlock {
  const node = blockNode({ key: emptyKey, number: '', kind: 'title', depth: 0, role: 'first', runs: [], words: '', opening: 0 })
  return { key: emptyKey, unit: null, target: '', proposal: null, words: '', runs: [], own: null, node }
}

const openingOf = (kind: UnitKind, words: string, language: string): number =>
  kind === 'pp' || kind === 'op' ? openingLengthOf(kind, words, language) : 0

const wordsOfRuns = (runs: readonly Run[]): string => (runs.length === 1 ? runs[0]!.words : runs.map((run) => run.words).join(''))

const kindOf = (kind: string): UnitKind => unitKinds.find((known) => known === kind) ?? 'para'
