/**
 * The page, read from the documents. Paragraphs whose sources have not changed keep their node, so that the view leaves
 * them alone. Never a source of anything: what is typed goes to the documents and comes back through here.
 */
import type * as Y from 'yjs'
import { openingLengthOf } from '../../shared/drafting/phrases.ts'
import { insertedKind } from '../../shared/model/about.ts'
import { placeAmendment } from '../../shared/model/amendments.ts'
import type { AmendmentView, PlacedAmendment } from '../../shared/model/amendments.ts'
import { proposalGround, proposesParagraph, unitOfTarget } from '../../shared/model/grounds.ts'
import { textsOf } from '../../shared/model/layout.ts'
import { alternativeNumber, insertedNumber } from '../../shared/model/numbering.ts'
import type { draftReader } from '../../shared/model/reader.ts'
import { readUnitState } from '../../shared/model/state.ts'
import type { DraftView, UnitView } from '../../shared/model/units.ts'
import { unitKinds } from '../../shared/model/value.ts'
import type { UnitKind } from '../../shared/model/value.ts'
import type { TextScan } from '../../shared/model/texts.ts'
import { compile } from '../../shared/text/compile.ts'
import type { Run } from '../../shared/text/compile.ts'
import { laidOver as laidAsIf } from '../../shared/text/laid-over.ts'
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
  /** The words that one's own amendment is laid over: the unit's, or another delegation's proposed paragraph. */
  readonly ground: UnitView | null
  /** Its unit, or the one that a proposed paragraph follows or would replace; '' at the very beginning. */
  readonly target: string
  /** A proposed paragraph's amendment. */
  readonly proposal: ShownAmendment | null
  /** Only shows where a paragraph would go, which stands elsewhere. */
  readonly isCopy: boolean
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

/** By unit, the changes of words that the as-if view shows as made. */
export type Laid = ReadonlyMap<string, readonly AmendmentView[]>

const nothingLaid: Laid = new Map()

/** Each view remembers its own paragraphs, so that going from one to another and back makes none anew. */
export function projector(source: ProjectionSource): (mode: ViewMode, laid?: Laid) => Projection {
  const known = new Map<ViewMode, Known>()
  return (mode, laid = nothingLaid) => {
    const next: Known = new Map()
    const projection = project(source, mode, laid, known.get(mode) ?? new Map(), next)
    known.set(mode, next)
    return projection
  }
}

const noAmendments: AmendmentIndex = { on: () => [], arriving: () => [], decided: () => false }

function project(source: ProjectionSource, mode: ViewMode, laid: Laid, known: Known, next: Known): Projection {
  const { host, draft } = source
  const view = draft.read(host.language())
  const amendments = opensProposals(host, mode) ? indexAmendments(host, view, source.readers, source.begun, draft.scans) : noAmendments
  const blocks: ShownBlock[] = []
  const remember = (key: string, inputs: readonly unknown[], make: () => ShownBlock): void => {
    const before = known.get(key)
    const same = before !== undefined && before.inputs.length === inputs.length && inputs.every((input, index) => input === before.inputs[index])
    const block = same ? freshened(before.block, view) : make()
    next.set(key, { inputs, block })
    blocks.push(block)
  }
  const inserted = (target: string, number: string, depth: number, inside: boolean): void => {
    const all = amendments.on(target).filter(({ view: { about } }) => 'inside' in about)
    for (const [index, shown] of all.entries()) {
      const { about } = shown.view
      if (!('inside' in about) || about.inside !== inside) continue
      const name = number === '' ? 'New paragraph' : insertedNumber(number, index + 1)
      const place = depth + (inside ? 1 : 0)
      const kind = insertedKind(kindOf(about.unitKind), place > 0, view.byId.get(target)?.kind)
      proposed(shown, name, kind, place, about.kind === 'insert' ? 'inserted' : 'placeholder')
    }
  }
  const arriving = (parent: string, after: string, depth: number): void => {
    for (const shown of amendments.arriving(parent, after)) {
      const unit = unitOfTarget(host.shared, view, shown.view.about.target)
      if (unit === null) continue
      remember(`moved:${shown.view.id}`, [shown.view, shown.by, shown.colour, unit.words, unit.number, unit.kind, depth], () => copyBlock(source, shown, unit, depth))
    }
  }
  const proposed = (shown: ShownAmendment, number: string, kind: UnitKind, depth: number, role: string): void => {
    const key = `new:${shown.view.id}`
    const on = shown.own ? [] : amendments.on(shown.view.id)
    remember(key, [shown.view, shown.unpublished, shown.by, shown.colour, number, kind, depth, role, host.language(), ...on.flatMap(inputsOf)],
      () => proposedBlock(source, shown, on, { key, number, kind, depth, role }))
    inserted(shown.view.id, number, depth, true)
    inserted(shown.view.id, number, depth, false)
  }
  // Insertions after a paragraph stand behind its sub-paragraphs: they follow the whole of it.
  const pending: UnitView[] = []
  const closeTo = (depth: number): void => {
    for (let last = pending.at(-1); last !== undefined && last.depth >= depth; last = pending.at(-1)) {
      pending.pop()
      inserted(last.id, last.number, last.depth, false)
      arriving(last.parent ?? '', last.id, last.depth)
    }
  }
  inserted('', '', 0, false)
  arriving('', '', 0)
  for (const unit of view.units) {
    closeTo(unit.depth)
    const on = amendments.on(unit.id)
    const made = laid.get(unit.id) ?? []
    remember(`unit:${unit.id}`, [...unitInputs(source, unit, on), ...made], () => (made.length === 0 ? unitBlock(source, unit, on) : asIfBlock(source, unit, made)))
    const alternatives = on.filter(({ view: { about } }) => about.kind === 'replace')
    for (const [index, shown] of alternatives.entries()) {
      proposed(shown, alternativeNumber(unit.number, index + 1, alternatives.length), unit.kind, unit.depth, 'alternative')
    }
    inserted(unit.id, unit.number, unit.depth, true)
    arriving(unit.id, '', unit.depth + 1)
    pending.push(unit)
  }
  closeTo(0)
  if (blocks.length === 0) blocks.push(emptyBlock())
  const only = host.only?.() ?? null
  const shown = only === null ? blocks : blocks.filter((block) => block.target === only && (block.proposal === null || block.proposal.view.about.kind === 'replace'))
  return { view, blocks: shown.length === 0 ? blocks : shown, byKey: new Map((shown.length === 0 ? blocks : shown).map((block) => [block.key, block])), amendments }
}

/** The words are as they were, but the unit's place among the others may not be. */
function freshened(block: ShownBlock, view: DraftView): ShownBlock {
  const unit = block.unit === null ? null : (view.byId.get(block.unit.id) ?? block.unit)
  return unit === null ? block : { ...block, unit, ground: unit }
}

const inputsOf = (shown: ShownAmendment): unknown[] => [shown.view, shown.by, shown.colour, shown.unpublished, shown.own]

/** Everything that a paragraph is made of: as long as all of it is the same, so is the paragraph. */
function unitInputs({ host, draft }: ProjectionSource, unit: UnitView, on: readonly ShownAmendment[]): unknown[] {
  const texts = textsOf(host.shared)
  const inputs: unknown[] = [unit.atoms, unit.kind, unit.depth, unit.number, unit.printed, host.language(), readUnitState(host.shared, unit.id), unit.segments.length, host.writesOn?.(unit.id) ?? null]
  for (const part of unit.segments) {
    const text = texts.get(part.text)
    inputs.push(part.from, part.to, text === undefined ? null : draft.scans(text))
  }
  for (const note of unit.notes) inputs.push(note.id, note.number)
  for (const bracket of unit.brackets) inputs.push(bracket.id, bracket.from, bracket.to)
  for (const shown of on) if (!proposesParagraph(shown.view)) inputs.push(...inputsOf(shown))
  return inputs
}

/** Those whose place is in the words: laid over them. */
const isWithin = ({ view: { about } }: ShownAmendment): boolean => about.kind === 'modify' || about.kind === 'bracket' || about.kind === 'join' || 'at' in about

function unitBlock(source: ProjectionSource, unit: UnitView, on: readonly ShownAmendment[]): ShownBlock {
  const { runs, own } = laidOver(source.host, source.draft.scans, unit, on)
  return { ...plainBlock(unit), words: wordsOfRuns(runs), runs, own, node: unitNode(source, unit, runs, on) }
}

/** Reads as if these changes had been made; which words are the base's and which are theirs is known as in any other. */
function asIfBlock(source: ProjectionSource, unit: UnitView, made: readonly AmendmentView[]): ShownBlock {
  const laid = laidAsIf(unit, made.map((view) => placeAmendment(source.host.shared, unit, view, source.draft.scans)))
  if (laid === null) return unitBlock(source, unit, [])
  const { atoms, brackets } = laid.unit
  return { ...plainBlock(unit), words: atoms, runs: laid.runs, own: null, node: unitNode(source, laid.unit, compile(atoms, [], brackets), []) }
}

const plainBlock = (unit: UnitView): Pick<ShownBlock, 'key' | 'unit' | 'ground' | 'target' | 'proposal' | 'isCopy'> =>
  ({ key: `unit:${unit.id}`, unit, ground: unit, target: unit.id, proposal: null, isCopy: false })

const unitNode = ({ host }: ProjectionSource, unit: UnitView, runs: readonly Run[], on: readonly ShownAmendment[]): Node =>
  blockNode({
    key: `unit:${unit.id}`, unit, runs, on,
    words: unit.atoms,
    opening: openingOf(unit.kind, unit.atoms, host.language()),
    state: readUnitState(host.shared, unit.id),
    nameOf: (delegation) => host.nameOf(delegation),
    moves: ({ view }) => (view.about.kind === 'move' ? 'move' : 'delete'),
  })

/** The words with the amendments in them, and one's own among these. */
export function laidOver(host: Pick<EditorHost, 'shared' | 'writesOn'>, scans: (text: Y.Text) => TextScan, ground: UnitView, on: readonly ShownAmendment[]): { runs: Run[]; own: PlacedAmendment | null } {
  const within = on.filter(isWithin)
  const placed = within.map(({ view }) => placeAmendment(host.shared, ground, view, scans))
  const chosen = host.writesOn?.(ground.id) ?? null
  const isMine = ({ own, view }: ShownAmendment): boolean => own && view.about.kind === 'modify'
  const picked = within.findIndex((shown) => isMine(shown) && shown.view.id === chosen)
  const mine = picked === -1 ? within.findIndex(isMine) : picked
  return { runs: compile(ground.atoms, placed, ground.brackets), own: placed[mine] ?? null }
}

interface ProposedPlace {
  readonly key: string
  readonly number: string
  readonly kind: UnitKind
  readonly depth: number
  readonly role: string
}

/** One's own is written in as it stands in the side document; another's has one's own amendment laid over it. */
function proposedBlock(source: ProjectionSource, shown: ShownAmendment, on: readonly ShownAmendment[], place: ProposedPlace): ShownBlock {
  const { host } = source
  const words = shown.view.proposal
  const brackets = place.role === 'placeholder' && words !== '' ? [{ id: shown.view.id, from: 0, to: words.length, by: [], placeholder: true }] : []
  const ground = shown.own ? null : { ...proposalGround(shown.view, place.kind), brackets }
  const { runs, own } = ground === null ? { runs: compile(words, [], brackets), own: null } : laidOver(host, source.draft.scans, ground, on)
  const opening = openingOf(place.kind, words, host.language())
  const node = blockNode({ ...place, proposal: shown, runs, on, words, opening, nameOf: (delegation) => host.nameOf(delegation) })
  return { key: place.key, unit: null, ground, target: shown.view.about.target, proposal: shown, isCopy: false, words: wordsOfRuns(runs), runs, own, node }
}

const plainRuns = (words: string): Run[] => [{ kind: 'base', words, from: 0, cutBy: [], opens: [], closes: [] }]

/** Where a paragraph would go, in the words that it has now. */
function copyBlock({ host }: ProjectionSource, shown: ShownAmendment, unit: UnitView, depth: number): ShownBlock {
  const key = `moved:${shown.view.id}`
  const runs = plainRuns(unit.words)
  const node = blockNode({
    key, proposal: shown, runs, on: [], words: unit.words, number: unit.number === '' ? 'This' : unit.number, kind: unit.kind, depth, role: 'arriving',
    opening: openingOf(unit.kind, unit.words, host.language()), nameOf: (delegation) => host.nameOf(delegation),
  })
  return { key, unit: null, ground: null, target: unit.id, proposal: shown, isCopy: true, words: unit.words, runs, own: null, node }
}

function emptyBlock(): ShownBlock {
  const node = blockNode({ key: emptyKey, number: '', kind: 'title', depth: 0, role: 'first', runs: [], on: [], words: '', opening: 0, nameOf: String })
  return { key: emptyKey, unit: null, ground: null, target: '', proposal: null, isCopy: false, words: '', runs: [], own: null, node }
}

const openingOf = (kind: UnitKind, words: string, language: string): number =>
  kind === 'pp' || kind === 'op' ? openingLengthOf(kind, words, language) : 0

const wordsOfRuns = (runs: readonly Run[]): string => (runs.length === 1 ? runs[0]!.words : runs.map((run) => run.words).join(''))

const kindOf = (kind: string): UnitKind => unitKinds.find((known) => known === kind) ?? 'para'
