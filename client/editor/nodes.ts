/** A paragraph's node: its runs as text with the marks that say who proposes what. */
import type { Mark, Node } from 'prosemirror-model'
import { embedCharacter } from '../../shared/model/layout.ts'
import type { UnitState } from '../../shared/model/state.ts'
import type { UnitView } from '../../shared/model/units.ts'
import type { UnitKind } from '../../shared/model/value.ts'
import type { Run } from '../../shared/text/compile.ts'
import type { ShownAmendment } from './amendments.ts'
import { schema } from './schema.ts'
import type { BlockAttrs, ProposedAttrs } from './schema.ts'

interface Source {
  readonly key: string
  readonly words: string
  readonly runs: readonly Run[]
  /** How many units of the base words are the opening phrase. */
  readonly opening: number
}

type UnitSource = Source & { readonly unit: UnitView; readonly on: readonly ShownAmendment[]; readonly state: UnitState }
type ProposedSource = Source & {
  readonly proposal?: ShownAmendment
  readonly number: string
  readonly kind: UnitKind
  readonly depth: number
  readonly role: string
}

export function blockNode(source: UnitSource | ProposedSource): Node {
  const attrs = 'unit' in source ? unitAttrs(source) : proposedAttrs(source)
  return schema.nodes['block']!.create(attrs, 'unit' in source ? unitContent(source) : plain(source.words, 0, source.opening, []))
}

const flagsOf = (shown: ShownAmendment): string => [shown.own ? 'own' : '', shown.unpublished ? 'private' : ''].filter((flag) => flag !== '').join(' ')

function unitAttrs({ key, unit, on, state }: UnitSource): BlockAttrs {
  const deleting = on.filter(({ view }) => view.about.kind === 'delete')
  const flags = [state.locked ? 'locked' : '', state.agreed === null ? '' : 'agreed', deleting.length === 0 ? '' : 'struck']
  return {
    key, unit: unit.id, amendment: '', kind: unit.kind, depth: unit.depth, number: unit.number, printed: unit.printed,
    flags: flags.filter((flag) => flag !== '').join(' '),
    by: deleting.length === 0 ? '' : `${deleting.map((shown) => shown.by).join(', ')}: delete`,
    colour: deleting[0]?.colour ?? '',
  }
}

const proposedAttrs = ({ key, proposal, number, kind, depth, role }: ProposedSource): BlockAttrs => ({
  key, unit: '', amendment: proposal?.view.id ?? '', kind, depth, number,
  printed: role === 'first' ? '' : number,
  flags: proposal === undefined ? role : `proposal ${role} ${flagsOf(proposal)}`.trim(),
  by: proposal?.by ?? '',
  colour: proposal?.colour ?? '',
})

function unitContent({ unit, runs, on, opening }: UnitSource): Node[] {
  const byId = new Map(on.map((shown) => [shown.view.id, shown]))
  const deleting = on.filter(({ view }) => view.about.kind === 'delete')
  const noteAt = new Map(unit.notes.map((note) => [note.at, note]))
  const content: Node[] = []
  for (const run of runs) {
    if (run.kind === 'proposed') {
      const shown = byId.get(run.insertedBy)
      if (run.words !== '') content.push(schema.text(run.words, shown === undefined ? [] : [schema.marks['proposed']!.create(markAttrs([shown]))]))
      continue
    }
    const cutting = [...run.cutBy.flatMap((id) => byId.get(id) ?? []), ...deleting]
    const marks = cutting.length === 0 ? [] : [schema.marks['cut']!.create(markAttrs(cutting))]
    let from = 0
    for (let at = run.words.indexOf(embedCharacter); at !== -1; at = run.words.indexOf(embedCharacter, at + 1)) {
      content.push(...plain(run.words.slice(from, at), run.from + from, opening, marks))
      const note = noteAt.get(run.from + at)
      content.push(schema.nodes['note']!.create({ id: note?.id ?? '', number: note?.number ?? 0 }, null, marks))
      from = at + 1
    }
    content.push(...plain(run.words.slice(from), run.from + from, opening, marks))
  }
  return content
}

/** One's own come first: their colour is the one to see. */
function markAttrs(all: readonly ShownAmendment[]): ProposedAttrs {
  const first = all.find((shown) => shown.own) ?? all[0]!
  return { amendment: all.map((shown) => shown.view.id).join(' '), by: all.map((shown) => shown.by).join(', '), colour: first.colour, flags: flagsOf(first) }
}

/** Words that begin at `from` of the base; those before `opening` are italic. */
function plain(words: string, from: number, opening: number, marks: readonly Mark[]): Node[] {
  const italic = Math.max(0, Math.min(words.length, opening - from))
  const nodes: Node[] = []
  if (italic > 0) nodes.push(schema.text(words.slice(0, italic), [...marks, schema.marks['opening']!.create()]))
  if (italic < words.length) nodes.push(schema.text(words.slice(italic), marks))
  return nodes
}
