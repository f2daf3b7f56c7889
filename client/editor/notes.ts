/**
 * The footnotes at the foot of the page. Their words are written there; in the text stand only their marks. In negotiation
 * a field holds the words as one's own delegation would have them, and what is proposed on them stands beneath it.
 */
import { proposalText } from '../../shared/model/amendments.ts'
import { noteGround } from '../../shared/model/grounds.ts'
import { replaceNoteWords } from '../../shared/model/operations.ts'
import type { NoteView } from '../../shared/model/units.ts'
import type { Run } from '../../shared/text/compile.ts'
import { editAmendment, editProposal } from '../../shared/text/edit.ts'
import type { Edit } from '../../shared/text/edit.ts'
import type { ShownAmendment } from './amendments.ts'
import { anew, refusalFor, sideOf } from './desk.ts'
import type { Desk } from './desk.ts'
import { differenceOf } from './difference.ts'
import { laidOver } from './projection.ts'
import type { ShownBlock } from './projection.ts'

export interface NoteList {
  readonly element: HTMLElement
  show(): void
  focus(note: string): void
}

/** A line at the foot: a note of the text, or one that is proposed. */
interface Line {
  readonly id: string
  readonly label: string
  readonly words: string
  readonly refused: boolean
  /** What is proposed on its words; for a proposed note, who proposes it. */
  readonly runs: readonly Run[]
  readonly on: readonly ShownAmendment[]
  readonly proposal: ShownAmendment | null
  readonly write: (edit: Edit) => void
}

export function noteList(desk: Desk): NoteList {
  const element = document.createElement('ol')
  element.className = 'notes'
  element.setAttribute('aria-label', 'Footnotes')
  const fields = new Map<string, HTMLTextAreaElement>()
  /** What each field showed when it was last equal to the document. */
  const known = new Map<string, string>()
  const lines = new Map<string, Line>()
  const composing = new Set<string>()

  const make = (note: string): HTMLTextAreaElement => {
    const field = document.createElement('textarea')
    field.rows = 1
    field.dataset['note'] = note
    field.addEventListener('input', (event) => {
      if (!(event instanceof InputEvent && event.isComposing)) write(note, field)
    })
    field.addEventListener('compositionstart', () => composing.add(note))
    field.addEventListener('compositionend', () => {
      composing.delete(note)
      write(note, field)
      show()
    })
    const item = document.createElement('li')
    item.append(field)
    return field
  }
  const write = (note: string, field: HTMLTextAreaElement): void => {
    const edit = differenceOf(known.get(note) ?? '', field.value, field.selectionEnd)
    known.set(note, field.value)
    if (edit !== null) desk.type(() => (lines.get(note)?.write(edit), null))
  }
  const update = (field: HTMLTextAreaElement, line: Line): void => {
    field.readOnly = line.refused
    field.setAttribute('aria-label', line.label)
    showProposals(field.parentElement!, line)
    if (composing.has(line.id) || (known.get(line.id) === line.words && field.value === line.words)) return
    const edit = differenceOf(field.value, line.words)
    const move = (offset: number): number => (edit === null || offset <= edit.from ? offset : Math.max(edit.from, offset + edit.words.length - (edit.to - edit.from)))
    const [start, end] = [move(field.selectionStart), move(field.selectionEnd)]
    field.value = line.words
    known.set(line.id, line.words)
    if (document.activeElement === field) field.setSelectionRange(start, end)
  }
  const show = (): void => {
    const now = linesOf(desk)
    element.hidden = now.length === 0
    lines.clear()
    for (const line of now) lines.set(line.id, line)
    for (const [id, field] of fields) {
      if (lines.has(id)) continue
      field.parentElement?.remove()
      fields.delete(id)
      known.delete(id)
    }
    for (const [index, line] of now.entries()) {
      let field = fields.get(line.id)
      const isNew = field === undefined
      if (field === undefined) fields.set(line.id, (field = make(line.id)))
      const item = field.parentElement!
      if (element.children[index] !== item) element.insertBefore(item, element.children[index] ?? null)
      update(field, line)
      // One has just put its mark, and its words are written here.
      if (isNew && line.proposal?.own === true && desk.begun.has(line.id)) field.focus()
    }
  }
  return { element, show, focus: (note) => fields.get(note)?.focus() }
}

/** The notes of the text in their order, then those that are proposed. */
function linesOf(desk: Desk): Line[] {
  const { blocks } = desk.projection()
  const standing = blocks.flatMap((block) => (block.unit?.notes ?? []).map((note) => noteLine(desk, block, note)))
  const proposed = blocks.flatMap((block) => (block.ground === null ? [] : desk.projection().amendments.on(block.ground.id))
    .filter(({ view }) => view.about.kind === 'note')
    .map((shown) => proposedLine(desk, block, shown)))
  return [...standing, ...proposed]
}

function noteLine(desk: Desk, block: ShownBlock, note: NoteView): Line {
  const { host, docs } = desk
  const label = `Footnote ${note.number}`
  const refused = refusalFor(desk, block) !== null
  if (host.stage() === 'drafting') {
    const write = (edit: Edit): void => replaceNoteWords(host.shared, note.id, edit.from, edit.to, edit.words, host.origin)
    return { id: note.id, label, words: note.words, refused, runs: [], on: [], proposal: null, write }
  }
  const ground = noteGround(note)
  const on = desk.projection().amendments.on(note.id)
  const { runs, own } = laidOver(host, docs.scans.shared, ground, on)
  const mine = own?.amendment.id ?? ''
  const write = (edit: Edit): void => {
    const range = shownRange(runs, mine, edit)
    editAmendment({ shared: host.shared, side: sideOf(desk), unit: ground, runs, own: own ?? anew(desk, note.id) }, { ...range, words: edit.words }, host.origin)
  }
  return { id: note.id, label, words: runs.filter((run) => isMine(run, mine)).map((run) => run.words).join(''), refused, runs, on, proposal: null, write }
}

function proposedLine(desk: Desk, block: ShownBlock, shown: ShownAmendment): Line {
  const { host } = desk
  const { id, proposal } = shown.view
  return {
    id,
    label: `Footnote proposed by ${shown.by}`,
    words: shown.own && host.side !== null ? (proposalText(host.side, id)?.toString() ?? '') : proposal,
    refused: !shown.own || refusalFor(desk, block) !== null,
    runs: [],
    on: [],
    proposal: shown,
    write: (edit) => editProposal(sideOf(desk), id, edit, host.origin),
  }
}

/** What stands in one's own wording: not what oneself would cut, nor what others would add. */
const isMine = (run: Run, mine: string): boolean => (run.kind === 'base' ? !run.cutBy.includes(mine) : run.kind === 'proposed' && run.insertedBy === mine)

/** A range of one's own wording as one of the runs: it begins behind what stands before it, and ends with its last letter. */
function shownRange(runs: readonly Run[], mine: string, { from, to }: Edit): { from: number; to: number } {
  const behind = (offset: number): number => {
    let [own, shown] = [0, 0]
    for (const run of runs) {
      if (isMine(run, mine)) {
        if (offset <= own + run.words.length && offset > own) return shown + offset - own
        own += run.words.length
      }
      shown += run.words.length
    }
    return 0
  }
  const start = behind(from)
  return { from: start, to: to > from ? behind(to) : start }
}

/** What is proposed on the words of a note, struck and new as in the text. */
function showProposals(item: HTMLElement, { on, runs, proposal }: Line): void {
  item.className = proposal === null ? '' : `proposed ${proposal.colour} ${proposal.unpublished ? 'private' : ''}`.trim()
  item.dataset['by'] = proposal?.by ?? ''
  const key = JSON.stringify([runs, on.map(({ by, colour, unpublished }) => [by, colour, unpublished])])
  if (item.dataset['shown'] === key) return
  item.dataset['shown'] = key
  item.querySelector('.note-proposals')?.remove()
  if (on.length === 0) return
  const line = document.createElement('p')
  line.className = 'note-proposals'
  const byId = new Map(on.map((shown) => [shown.view.id, shown]))
  for (const run of runs) {
    const by = run.kind === 'proposed' ? [run.insertedBy] : run.kind === 'base' ? run.cutBy : []
    const shown = by.flatMap((id) => byId.get(id) ?? [])
    const part = document.createElement(shown.length === 0 ? 'span' : run.kind === 'proposed' ? 'ins' : 'del')
    if (shown.length > 0) {
      part.className = `${shown[0]!.colour} ${shown[0]!.unpublished ? 'private' : ''}`.trim()
      part.dataset['by'] = shown.map((one) => one.by).join(', ')
    }
    part.textContent = run.words
    line.append(part)
  }
  item.append(line)
}
