/** Small drafts written as text, printed as text, and kept equal between people. */
import * as Y from 'yjs'
import { defineShared, defineSide, newDoc, textsOf, unitsOf } from '../../../shared/model/layout.ts'
import { createUnits } from '../../../shared/model/operations.ts'
import { readDraft } from '../../../shared/model/reader.ts'
import type { DraftView, NoteView, UnitView } from '../../../shared/model/units.ts'
import type { UnitKind, UnitValue } from '../../../shared/model/value.ts'

/** Ids from here on are what the server issues; each document of a test has its own, so that runs are alike. */
const firstId = 2 ** 33

export function sharedDoc(number = 1): Y.Doc {
  const doc = defineShared(newDoc())
  doc.clientID = firstId + number
  return doc
}

export function sideDoc(number = 1): Y.Doc {
  const doc = defineSide(newDoc())
  doc.clientID = firstId + number
  return doc
}

interface Line {
  readonly depth: number
  readonly kind: UnitKind
  readonly words: string
}

/** `kind words`, one unit a line, two spaces for each level. */
export function valuesOf(notation: string): UnitValue[] {
  const lines = notation.split('\n').filter((line) => line.trim() !== '')
  const margin = Math.min(...lines.map((line) => line.search(/\S/)))
  const parsed = lines.map((line): Line => {
    const text = line.slice(margin)
    const depth = text.search(/\S/) / 2
    const [kind, ...words] = text.trimStart().split(' ')
    return { depth, kind: kind as UnitKind, words: words.join(' ') }
  })
  const take = (depth: number): UnitValue[] => {
    const values: UnitValue[] = []
    while (parsed[0]?.depth === depth) {
      const line = parsed.shift()!
      values.push({ kind: line.kind, words: line.words, notes: [], children: take(depth + 1) })
    }
    return values
  }
  return take(0)
}

export function draft(notation: string, doc: Y.Doc = sharedDoc()): Y.Doc {
  createUnits(doc, readDraft(doc), { parent: null, after: null }, valuesOf(notation))
  return doc
}

/** A document with what this one holds, under an id of its own. */
export function copyOf(doc: Y.Doc, number: number): Y.Doc {
  const copy = sharedDoc(number)
  sync(doc, copy)
  copy.clientID = firstId + number
  return copy
}

export function sync(...docs: Y.Doc[]): void {
  for (const from of docs) {
    for (const to of docs) if (from !== to) Y.applyUpdate(to, Y.encodeStateAsUpdate(from, Y.encodeStateVector(to)), 'sync')
  }
}

/** The page: as it was written, a note's words in brackets where its mark stands, then what was removed. */
export function page(doc: Y.Doc): string[] {
  const view = readDraft(doc)
  const lines = view.units.map((unit) => `${'  '.repeat(unit.depth)}${unit.kind} ${marked(unit)}`)
  return view.removed.length === 0 ? lines : [...lines, '--', ...view.removed.map((unit) => `${unit.kind} ${marked(unit)}`)]
}

function marked(unit: UnitView): string {
  return [...unit.notes].reverse().reduce((words: string, note: NoteView) => `${words.slice(0, note.at)}[${note.words}]${words.slice(note.at + 1)}`, unit.atoms)
}

export const read = (doc: Y.Doc): DraftView => readDraft(doc)

/** The unit that begins with these words; '' for an empty one. */
export function unitOf(doc: Y.Doc, words: string): UnitView {
  const view = readDraft(doc)
  const unit = [...view.units, ...view.removed].find((found) => (words === '' ? found.words === '' : found.words.startsWith(words)))
  if (unit === undefined) throw new RangeError(`no unit begins with “${words}”`)
  return unit
}

/** The offset in its unit right behind these words. */
export const behind = (unit: UnitView, words: string): number => unit.atoms.indexOf(words) + words.length

/** Every live letter of units' texts that lies in no shown and no listed unit, and all that lies in two. */
export function misplaced(doc: Y.Doc): string[] {
  const view = readDraft(doc)
  const found: string[] = []
  for (const [id, text] of textsOf(doc).entries()) {
    const first: unknown = unitsOf(doc).get(id)
    if (!(text instanceof Y.Text) || !(first instanceof Y.Map) || first.get('text') !== id) continue
    const times = new Uint8Array(text.length)
    for (const unit of [...view.units, ...view.removed]) {
      for (const part of unit.segments) if (part.text === id) for (let at = part.from; at < part.to; at++) times[at]!++
    }
    let at = 0
    for (const piece of text.toDelta() as { insert: string | object }[]) {
      const length = typeof piece.insert === 'string' ? piece.insert.length : 1
      for (let offset = at; offset < at + length; offset++) {
        if (times[offset]! > 1 || (times[offset] === 0 && typeof piece.insert === 'string')) found.push(`${id} ${offset}: ${times[offset]} times`)
      }
      at += length
    }
  }
  return found
}
