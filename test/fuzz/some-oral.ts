/** Oral revisions of every kind, some of which name what is not there or cannot stand together. */
import { laidOut } from '../../shared/text/laid-out.ts'
import type { OralChange } from '../../shared/text/oral-revision.ts'
import type { ResolutionValue, UnitKind } from '../../shared/model/value.ts'
import { outsidePair } from '../../shared/model/texts.ts'
import { pick } from './random.ts'
import type { Random } from './random.ts'
import { someWords } from './some-draft.ts'

export function someOralChanges(random: Random, value: ResolutionValue, most: number): OralChange[] {
  const { doc, view: { units } } = laidOut(value)
  doc.destroy()
  const place = (): number => random(units.length + (random(30) === 0 ? 2 : 0))
  const placeOrNone = (): number | null => (random(4) === 0 ? null : place())
  const some = (): OralChange => {
    const unit = place()
    const notes = units[unit]?.notes ?? []
    const note = notes.length > 0 && random(3) === 0 ? random(notes.length) : null
    const atoms = note === null ? (units[unit]?.atoms ?? '') : notes[note]!.words
    const at = (from = 0): number => (random(40) === 0 ? random(90) : outsidePair(atoms, from + random(Math.max(1, atoms.length - from + 1))))
    switch (pick(random, [['words', 8], ['new', 3], ['delete', 2], ['move', 3], ['divide', 2], ['merge', 2], ['footnote', 2]] as const)) {
      case 'words': {
        const [first, second] = [at(), at()].sort((left, right) => left - right) as [number, number]
        const third = at(second)
        return { kind: 'words', unit, note, edits: [{ from: first, to: second, words: pick(random, [['', 1], [someWords(random, 4), 3]]) }, ...(third >= second && random(3) === 0 ? [{ from: third, to: third, words: someWords(random, 3) }] : [])] }
      }
      case 'new':
        return { kind: 'new', after: placeOrNone(), inside: random(4) === 0, unitKind: pick<UnitKind>(random, [['op', 3], ['pp', 2], ['sub', 1], ['heading', 1], ['para', 1], ['title', 1]]), words: someWords(random, 6) }
      case 'delete':
        return { kind: 'delete', unit }
      case 'move': {
        const after = placeOrNone()
        const parent = after === null ? null : units.findIndex(({ id }) => id === units[after]?.parent)
        return { kind: 'move', unit, under: random(4) === 0 ? placeOrNone() : parent === -1 ? null : parent, after }
      }
      case 'divide':
        return { kind: 'divide', unit, at: at() }
      case 'merge':
        return { kind: 'merge', unit, with: random(3) > 0 ? unit + 1 : place() }
      case 'footnote':
        return { kind: 'footnote', unit, at: at(), words: someWords(random, 3) }
    }
  }
  return Array.from({ length: 1 + random(most) }, some)
}
