/**
 * What a file says, read with another parser than the product's: every text node of the body in its order, notes apart.
 * Elements that begin a line part words; those within a line do not.
 */
import { XmlDocument, XmlElement, XmlText, XmlCData } from 'libxml2-wasm'
import type { XmlNode } from 'libxml2-wasm'
import { numberUnits } from '../../../shared/model/numbering.ts'
import type { ResolutionValue, UnitValue } from '../../../shared/model/value.ts'

export interface Told {
  readonly body: readonly string[]
  readonly notes: readonly string[]
}

const within = new Set(['a', 'abbr', 'b', 'date', 'def', 'del', 'docAuthority', 'docCommittee', 'docDate', 'docProponent', 'docStatus', 'docType', 'entity', 'event', 'i', 'inline', 'ins',
  'location', 'mod', 'mref', 'object', 'organization', 'person', 'quantity', 'quotedText', 'ref', 'role', 'rref', 'session', 'span', 'sub', 'sup', 'term', 'time', 'u', 'vote'])

const split = (words: string): string[] => words.replace(/(?!\s)[\p{Cc}\u202d\u202e\ufffc]/gu, '').split(/\s+/).filter((word) => word !== '')

export function toldBySource(bytes: Uint8Array): Told {
  const document = XmlDocument.fromBuffer(bytes)
  try {
    const body: string[] = []
    const notes: string[] = []
    const visit = (node: XmlNode, into: string[]): void => {
      if (node instanceof XmlText || node instanceof XmlCData) {
        into.push(node.content)
      } else if (node instanceof XmlElement && node.name !== 'meta') {
        const isNote = node.name === 'authorialNote'
        const line = within.has(node.name) || isNote ? '' : ' '
        const to = isNote ? notes : into
        to.push(isNote ? ' ' : line)
        for (let child = node.firstChild; child !== null; child = child.next) visit(child, to)
        to.push(isNote ? ' ' : line)
      }
    }
    visit(document.root, body)
    return { body: split(body.join('')), notes: split(notes.join('')) }
  } finally {
    document.dispose()
  }
}

/** A number stands by itself, with a space behind it, as it is printed. */
export function toldByValue(value: ResolutionValue): Told {
  const numbers = numberUnits(value.units, value.language)
  const body: string[] = []
  const notes: string[] = []
  const visit = (unit: UnitValue): void => {
    body.push(numbers.get(unit)!.printed, unit.words)
    for (const note of unit.notes) notes.push(note.words)
    unit.children.forEach(visit)
  }
  value.units.forEach(visit)
  return { body: split(body.join(' ')), notes: split(notes.join(' ')) }
}
