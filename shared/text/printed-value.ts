/** A resolution without anybody's proposals, as it is set on a page. Pure. */
import { numberUnits } from '../model/numbering.ts'
import type { NoteValue, ResolutionValue, UnitValue } from '../model/value.ts'
import { openingOf, piecesOf, sign } from './printed.ts'
import type { Piece, Printed, PrintedBlock, PrintedNote } from './printed.ts'

export interface ValueForm {
  /** Of the document, where the text has none of its own. */
  readonly title: string
  readonly remarks?: readonly string[]
  readonly footer?: string
}

/** Total. Footnotes are numbered through, in the order of their marks. */
export function printedValue(value: ResolutionValue, { title, remarks = [], footer = '' }: ValueForm): Printed {
  const numbers = numberUnits(value.units, value.language)
  const notes: PrintedNote[] = []
  const blocks: PrintedBlock[] = []
  const visit = (unit: UnitValue, depth: number): void => {
    blocks.push({ kind: unit.kind, depth, number: numbers.get(unit)!.printed, pieces: piecesOfUnit(unit, value.language, notes) })
    for (const child of unit.children) visit(child, depth + 1)
  }
  for (const unit of value.units) visit(unit, 0)
  const own = value.units.find(({ kind }) => kind === 'title')?.words.trim() ?? ''
  return { language: value.language, title: own === '' ? title : own, isTitled: false, remarks, legend: [], blocks, notes, footer }
}

interface Mark {
  readonly at: number
  /** What stands at one place: brackets that close, notes, brackets that open. */
  readonly order: number
  readonly piece: () => Piece
}

function piecesOfUnit(unit: UnitValue, language: string, notes: PrintedNote[]): Piece[] {
  const noted = (note: NoteValue): Piece => {
    const number = String(notes.length + 1)
    notes.push({ number, pieces: note.words === '' ? [] : [{ look: 'plain', words: note.words }] })
    return { look: 'note', words: number }
  }
  const brackets = unit.brackets ?? []
  const marks: Mark[] = [
    ...unit.notes.map((note) => ({ at: note.at, order: 1, piece: () => noted(note) })),
    ...brackets.map(({ from, placeholder }) => ({ at: from, order: 2, piece: () => sign(placeholder === true ? (unit.words === '' ? '[placeholder' : '[placeholder: ') : '[') })),
    ...brackets.map(({ to, placeholder }) => ({ at: to, order: placeholder === true ? 3 : 0, piece: () => sign(']') })),
  ].sort((left, right) => left.at - right.at || left.order - right.order)
  const opening = openingOf(unit.kind, unit.words, language)
  const pieces: Piece[] = []
  let from = 0
  const upTo = (to: number): void => {
    pieces.push(...piecesOf(unit.words.slice(from, to), from, opening, () => ''))
    from = Math.max(from, to)
  }
  for (const mark of marks) {
    upTo(mark.at)
    pieces.push(mark.piece())
  }
  upTo(unit.words.length)
  return pieces
}
