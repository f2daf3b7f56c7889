/** A paragraph's node: its runs as text with the marks that say who proposes what. */
import type { Mark, Node } from 'prosemirror-model'
import { embedCharacter } from '../../shared/model/layout.ts'
import type { UnitState } from '../../shared/model/state.ts'
import type { UnitView } from '../../shared/model/units.ts'
import type { UnitKind } from '../../shared/model/value.ts'
import type { BaseRun, Run } from '../../shared/text/compile.ts'
import type { ShownAmendment } from './amendments.ts'
import { schema } from './schema.ts'
import type { BlockAttrs, ProposedAttrs } from './schema.ts'

interface Source {
  readonly key: string
  readonly words: string
  readonly runs: readonly Run[]
  /** How many units of the base words are the opening phrase. */
  readonly opening: number
  /** The amendments on its words. */
  readonly on: readonly ShownAmendment[]
  readonly nameOf: (delegation: string) => string
}

type UnitSource = Source & { readonly unit: UnitView; readonly state: UnitState; readonly moves: (shown: ShownAmendment) => string }
type ProposedSource = Source & {
  readonly proposal?: ShownAmendment
  readonly number: string
  readonly kind: UnitKind
  readonly depth: number
  readonly role: string
}

export function blockNode(source: UnitSource | ProposedSource): Node {
  const attrs = 'unit' in source ? unitAttrs(source) : proposedAttrs(source)
  return schema.nodes['block']!.create(attrs, contentOf(source, 'unit' in source ? source.unit : null, 'unit' in source ? undefined : source.proposal))
}

const flagsOf = (shown: ShownAmendment): string => [shown.own ? 'own' : '', shown.unpublished ? 'private' : ''].filter((flag) => flag !== '').join(' ')

const striking = (on: readonly ShownAmendment[]): ShownAmendment[] => on.filter(({ view }) => view.about.kind === 'delete' || view.about.kind === 'move')

function unitAttrs({ key, unit, on, state, moves, nameOf }: UnitSource): BlockAttrs {
  const leaving = striking(on)
  const kept = unit.brackets.find((bracket) => bracket.placeholder && bracket.to === bracket.from)
  const flags = [state.locked ? 'locked' : '', state.agreed === null ? '' : 'agreed', leaving.length === 0 ? '' : 'struck', kept === undefined ? '' : 'placeholder', leaving.some((shown) => shown.unpublished) ? 'private' : '']
  const why = [...new Set(leaving.map(moves))].map((verb) => `${leaving.filter((shown) => moves(shown) === verb).map((shown) => shown.by).join(', ')}: ${verb}`)
  return {
    key, unit: unit.id, amendment: leaving.map((shown) => shown.view.id).join(' '), kind: unit.kind, depth: unit.depth, number: unit.number, printed: unit.printed,
    flags: flags.filter((flag) => flag !== '').join(' '),
    by: [...why, ...(kept === undefined ? [] : [`[placeholder - text to come from ${kept.by.map(nameOf).join(', ')}]`])].join('; '),
    colour: leaving[0]?.colour ?? '',
  }
}

function proposedAttrs({ key, proposal, number, kind, depth, role, words }: ProposedSource): BlockAttrs {
  const by = proposal?.by ?? ''
  return {
    key, unit: '', amendment: proposal?.view.id ?? '', kind, depth, number,
    printed: role === 'first' || role === 'arriving' ? '' : number,
    flags: proposal === undefined ? role : `proposal ${role} ${flagsOf(proposal)}`.trim(),
    by: role === 'placeholder' ? (words === '' ? `[placeholder - text to come from ${by}]` : '') : role === 'arriving' ? `${by}: ${number} would stand here` : by,
    colour: proposal?.colour ?? '',
  }
}

function contentOf({ runs, on, opening, nameOf }: Source, unit: UnitView | null, kept: ShownAmendment | undefined): Node[] {
  const byId = new Map(on.map((shown) => [shown.view.id, shown]))
  const leaving = striking(on)
  const noteAt = new Map((unit?.notes ?? []).map((note) => [note.at, note]))
  const content: Node[] = []
  for (const run of runs) {
    if (run.kind === 'proposed') {
      const shown = byId.get(run.insertedBy)
      if (run.words !== '') content.push(schema.text(run.words, shown === undefined ? [] : [schema.marks['proposed']!.create(markAttrs([shown]))]))
      continue
    }
    if (run.kind === 'sign') {
      const shown = byId.get(run.by)
      content.push(schema.nodes['sign']!.create({ sign: run.sign, ...(shown === undefined ? {} : markAttrs([shown])) }))
      continue
    }
    const cutting = [...run.cutBy.flatMap((id) => byId.get(id) ?? []), ...leaving]
    const marks = [...bracketMarks(run, byId, unit, kept, nameOf), ...(cutting.length === 0 ? [] : [schema.marks['cut']!.create(markAttrs(cutting))])]
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

/** Square brackets stand before the first and behind the last of the words they are round. */
function bracketMarks(run: BaseRun, byId: ReadonlyMap<string, ShownAmendment>, unit: UnitView | null, kept: ShownAmendment | undefined, nameOf: (delegation: string) => string): Mark[] {
  if (run.opens.length === 0 && run.closes.length === 0) return []
  const standing = new Map((unit?.brackets ?? []).map((bracket) => [bracket.id, bracket]))
  const before = run.opens.map((id) => (standing.get(id)?.placeholder === true || id === kept?.view.id ? '[placeholder: ' : '['))
  const after = run.closes.map((id) => {
    if (id === kept?.view.id) return ` - text to come from ${kept.by}]`
    const shown = byId.get(id)
    const base = standing.get(id)
    if (base !== undefined) return base.placeholder ? ` - text to come from ${base.by.map(nameOf).join(', ')}]` : ']'
    return shown?.view.about.kind === 'bracket' ? ` - ${shown.by}: ${shown.view.about.verb}]` : ']'
  })
  return [schema.marks['bracket']!.create({ before: before.join(''), after: after.join('') })]
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
