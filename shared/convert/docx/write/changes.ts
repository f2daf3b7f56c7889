/**
 * What makes one text of another, as tracked changes: accepting all of them gives the second, rejecting all of them the first, letter
 * by letter and paragraph by paragraph. A paragraph that was parted or joined keeps its words and changes its end; one that moved
 * is taken away here and put there. Pure.
 */
import { embedCharacter } from '../../../model/layout.ts'
import { pairsOf } from '../../../text/alike-units.ts'
import { longestRising } from '../../../text/compare.ts'
import { wordDiff } from '../../../text/word-diff.ts'
import { standing } from '../file.ts'
import type { Presence, Reviser } from '../file.ts'
import type { SheetComment } from './comments.ts'
import type { SheetNote, SheetUnit } from './sheet.ts'

/** Words that are the same all through, or one footnote's mark. */
export interface Stretch {
  readonly words: string
  readonly presence: Presence
  readonly note: { readonly parts: readonly { readonly words: string; readonly presence: Presence }[] } | null
  /** A number that is typed, since Word would count another. */
  readonly isNumber?: true
}

/** A section's numeral stands above its title. */
function typedOf({ printed, isCounted, kind }: SheetUnit): string {
  if (isCounted || printed === '') return ''
  return `${printed}${kind === 'heading' && !/[.):]$/.test(printed) ? '\n' : '\t'}`
}

const numbered = (unit: SheetUnit, presence: Presence): Stretch[] => (typedOf(unit) === '' ? [] : [{ words: typedOf(unit), presence, note: null, isNumber: true }])

/** The number of a paragraph that was another's; null where the other had none. */
function renumbered(was: SheetUnit | null, unit: SheetUnit | null, reviser: Reviser): Stretch[] {
  if (was !== null && unit !== null && typedOf(was) === typedOf(unit)) return numbered(unit, standing)
  return [...(was === null ? [] : numbered(was, struckOut(reviser))), ...(unit === null ? [] : numbered(unit, putIn(reviser)))]
}

export interface SheetParagraph {
  /** How it is set and numbered. */
  readonly unit: SheetUnit
  /** How it was set before, where that differs. */
  readonly former: SheetUnit | null
  readonly stretches: readonly Stretch[]
  readonly mark: Presence
  readonly comments?: readonly SheetComment[]
}

/** Whose a change is. Offsets are those of the letters of a unit. */
export interface Credit {
  readonly written: (after: SheetUnit, at: number) => Reviser | null
  readonly struck: (before: SheetUnit, at: number) => Reviser | null
  /** Of a paragraph as a whole, and of what nobody else is named for. */
  readonly whole: (before: SheetUnit | null, after: SheetUnit | null) => Reviser
}

/** A text without changes. */
export const plainSheet = (units: readonly SheetUnit[]): SheetParagraph[] =>
  units.map((unit) => ({ unit, former: null, stretches: [...numbered(unit, standing), ...stretchesOf(unit.letters, unit.notes, standing)], mark: standing }))

export function changedSheet(before: readonly SheetUnit[], after: readonly SheetUnit[], credit: Credit): SheetParagraph[] {
  const pairs = pairsOf(before.map(compared), after.map(compared))
  const order = [...after.keys()].flatMap((at) => pairs.get(at) ?? [])
  const kept = longestRising(order)
  const taken = new Set(order)
  const sheet: SheetParagraph[] = []
  let next = 0
  /** What went, or moved away, stands before what it stood before. */
  const upTo = (end: number): void => {
    for (; next < end; next++) {
      const unit = before[next]!
      if (!taken.has(next)) sheet.push(gone(unit, credit.whole(unit, null), null))
      else if (!kept.has(next)) sheet.push(gone(unit, credit.whole(unit, after[[...pairs].find(([, index]) => index === next)![0]]!), moveName(next)))
    }
  }
  for (let at = 0; at < after.length; at++) {
    const unit = after[at]!
    const index = pairs.get(at)
    if (index === undefined) {
      // What is struck in one place stands before what is put there.
      let end = next
      while (end < before.length && !kept.has(end)) end++
      upTo(end)
      sheet.push(come(unit, credit.whole(null, unit)))
      continue
    }
    const was = before[index]!
    if (!kept.has(index)) {
      sheet.push(movedHere(was, unit, credit, moveName(index)))
      continue
    }
    upTo(index)
    next = index + 1
    const isSame = was.letters === unit.letters
    const parted = isSame ? 1 : partsOf(was, after, at, (place) => pairs.get(place) === undefined)
    const joined = isSame || parted > 1 ? 1 : partsOf(unit, before, index, (place) => !taken.has(place))
    if (parted > 1) {
      sheet.push(...partedInto(was, after.slice(at, at + parted), credit))
      at += parted - 1
    } else if (joined > 1) {
      sheet.push(...joinedFrom(before.slice(index, index + joined), unit, credit))
      next = index + joined
    } else sheet.push(changed(was, unit, credit))
  }
  upTo(before.length)
  return sheet
}

const moveName = (index: number): string => `move${index + 1}`

const compared = ({ id, kind, printed, depth, letters, notes }: SheetUnit): Parameters<typeof pairsOf>[0][number] => {
  let note = 0
  return { id, kind, number: '', printed, depth, words: letters.replaceAll(embedCharacter, () => `[${notes[note++]?.words ?? ''}]`) }
}

const putIn = (reviser: Reviser, moved: string | null = null): Presence => ({ inserted: reviser, deleted: null, moved })
const struckOut = (reviser: Reviser, moved: string | null = null): Presence => ({ inserted: null, deleted: reviser, moved })

const gone = (unit: SheetUnit, reviser: Reviser, moved: string | null): SheetParagraph =>
  ({ unit, former: null, stretches: [...numbered(unit, struckOut(reviser, moved)), ...stretchesOf(unit.letters, unit.notes, struckOut(reviser, moved))], mark: struckOut(reviser, moved) })

const come = (unit: SheetUnit, reviser: Reviser): SheetParagraph =>
  ({ unit, former: null, stretches: [...numbered(unit, putIn(reviser)), ...stretchesOf(unit.letters, unit.notes, putIn(reviser))], mark: putIn(reviser) })

function changed(was: SheetUnit, unit: SheetUnit, credit: Credit): SheetParagraph {
  return { unit, former: isSetAlike(was, unit) ? null : was, stretches: [...renumbered(was, unit, credit.whole(was, unit)), ...between(was, unit, credit)], mark: standing }
}

const isSetAlike = (one: SheetUnit, other: SheetUnit): boolean => one.kind === other.kind && one.depth === other.depth && one.isCounted === other.isCounted

/** Words that were struck on the way are struck where they were: a change within a change is not read alike by all programs. */
function movedHere(was: SheetUnit, unit: SheetUnit, credit: Credit, name: string): SheetParagraph {
  const reviser = credit.whole(was, unit)
  const stretches = between(was, unit, credit).filter(({ presence }) => presence.deleted === null).map((stretch): Stretch => {
    const presence = stretch.presence.inserted === null ? { ...stretch.presence, inserted: reviser, moved: name } : stretch.presence
    return { ...stretch, presence, note: stretch.note === null ? null : { parts: stretch.note.parts.filter((part) => part.presence.deleted === null).map(({ words }) => ({ words, presence: putIn(reviser) })) } }
  })
  return { unit, former: null, stretches: [...numbered(unit, putIn(reviser, name)), ...stretches], mark: putIn(reviser, name) }
}

/** Words alone: blanks and notes may come and go where paragraphs are parted. */
const closed = (letters: string): string => letters.replace(/[\s\uFFFC]+/g, '')

const notesIn = (letters: string): number => letters.split(embedCharacter).length - 1

/** Of how many neighbours, which it alone can be made of, a unit is the words one behind the other; 1 where it is not. */
function partsOf(whole: SheetUnit, units: readonly SheetUnit[], from: number, isFree: (place: number) => boolean): number {
  const wanted = closed(whole.letters)
  let found = closed(units[from]!.letters)
  for (let place = from + 1; place < units.length && isFree(place) && wanted.startsWith(found); place++) {
    found += closed(units[place]!.letters)
    if (found === wanted) return place + 1 - from
  }
  return 1
}

/** A unit cut behind the words of a part, and behind as many notes right there as the part has. */
function cutBehind({ letters, notes, ...unit }: SheetUnit, part: SheetUnit): readonly [SheetUnit, SheetUnit] {
  let at = 0
  for (let left = closed(part.letters).length; left > 0; at++) if (!/[\s\uFFFC]/.test(letters[at]!)) left--
  while (letters[at] === embedCharacter && notesIn(letters.slice(0, at)) < notesIn(part.letters)) at++
  const [head, tail] = [letters.slice(0, at), letters.slice(at)]
  const inHead = notesIn(head)
  return [{ ...unit, letters: head, notes: notes.slice(0, inHead) }, { ...unit, letters: tail, notes: notes.slice(inHead) }]
}

function partedInto(was: SheetUnit, units: readonly SheetUnit[], credit: Credit): SheetParagraph[] {
  let rest = was
  return units.map((unit, at) => {
    const isLast = at === units.length - 1
    const [head, tail] = isLast ? [rest, rest] : cutBehind(rest, unit)
    rest = tail
    const reviser = credit.whole(was, units[at + 1] ?? unit)
    return { unit, former: isLast && !isSetAlike(was, unit) ? was : null, stretches: [...renumbered(at === 0 ? was : null, unit, reviser), ...between(head, unit, credit)], mark: isLast ? standing : putIn(reviser) }
  })
}

function joinedFrom(units: readonly SheetUnit[], now: SheetUnit, credit: Credit): SheetParagraph[] {
  let rest = now
  return units.map((unit, at) => {
    const isLast = at === units.length - 1
    const [head, tail] = isLast ? [rest, rest] : cutBehind(rest, unit)
    rest = tail
    const reviser = credit.whole(units[at + 1] ?? unit, now)
    // The end that stays says how the whole is set.
    return { unit: isLast ? { ...unit, kind: now.kind, depth: now.depth, printed: now.printed, isCounted: now.isCounted } : unit, former: isLast && !isSetAlike(unit, now) ? unit : null, stretches: [...renumbered(unit, at === 0 ? now : null, reviser), ...between(unit, head, credit)], mark: isLast ? standing : struckOut(reviser) }
  })
}

/** Word by word; a footnote is the same one where its id is. */
function between(was: SheetUnit, unit: SheetUnit, credit: Credit): Stretch[] {
  const signs = new Map<string, string>()
  let code = 0xe000
  const signOf = ({ id }: SheetNote): string => {
    const known = signs.get(id)
    if (known !== undefined) return known
    // A letter that is nobody's: each note is a sign of its own to compare.
    do code++
    while (was.letters.includes(String.fromCharCode(code)) || unit.letters.includes(String.fromCharCode(code)))
    signs.set(id, String.fromCharCode(code))
    return String.fromCharCode(code)
  }
  const signed = ({ letters, notes }: SheetUnit): string => {
    let note = 0
    return letters.replaceAll(embedCharacter, () => signOf(notes[note++]!))
  }
  const stretches: Stretch[] = []
  let [oldAt, newAt, oldNote, newNote] = [0, 0, 0, 0]
  const whole = credit.whole(was, unit)
  for (const { kind, words } of wordDiff(signed(was), signed(unit))) {
    const letters = kind === 'struck' ? was.letters.slice(oldAt, oldAt + words.length) : unit.letters.slice(newAt, newAt + words.length)
    const marks = notesIn(letters)
    if (kind === 'kept') {
      const [old, now] = [was.notes.slice(oldNote, oldNote + marks), unit.notes.slice(newNote, newNote + marks)]
      stretches.push(...stretchesOf(letters, now, standing, old, whole))
    } else {
      const isStruck = kind === 'struck'
      const [from, notes] = isStruck ? [oldAt, was.notes.slice(oldNote)] : [newAt, unit.notes.slice(newNote)]
      const known = nearestOf(Array.from(letters.split(''), (_letter, at) => (isStruck ? credit.struck(was, from + at) : credit.written(unit, from + at))))
      const reviserAt = (at: number): Reviser => known[at] ?? whole
      let [start, note] = [0, 0]
      for (let at = 1; at <= letters.length; at++) {
        if (at < letters.length && isSame(reviserAt(start), reviserAt(at))) continue
        const piece = letters.slice(start, at)
        const reviser = reviserAt(start)
        const found = stretchesOf(piece, notes.slice(note), isStruck ? struckOut(reviser) : putIn(reviser))
        note += found.filter((one) => one.note !== null).length
        stretches.push(...found)
        start = at
      }
    }
    if (kind !== 'new') [oldAt, oldNote] = [oldAt + words.length, oldNote + marks]
    if (kind !== 'struck') [newAt, newNote] = [newAt + words.length, newNote + marks]
  }
  return stretches
}

/** A letter of a word that changed, but stayed itself, goes with those beside it. */
function nearestOf(known: readonly (Reviser | null)[]): (Reviser | null)[] {
  const found = [...known]
  for (let at = 1; at < found.length; at++) found[at] ??= found[at - 1]!
  for (let at = found.length - 2; at >= 0; at--) found[at] ??= found[at + 1]!
  return found
}

const isSame = (one: Reviser, other: Reviser): boolean => one.author === other.author && one.at === other.at

/** `old`: the same notes as they read before. */
function stretchesOf(letters: string, notes: readonly SheetNote[], presence: Presence, old: readonly SheetNote[] = notes, reviser: Reviser | null = null): Stretch[] {
  const stretches: Stretch[] = []
  let note = 0
  for (const piece of letters.split(/(\uFFFC)/)) {
    if (piece === embedCharacter) {
      const [was, now] = [old[note]?.words ?? '', notes[note]?.words ?? '']
      const parts = reviser === null || was === now ? [{ words: now, presence }] : wordDiff(was, now).map(({ kind, words }) => ({ words, presence: kind === 'kept' ? standing : kind === 'struck' ? struckOut(reviser) : putIn(reviser) }))
      stretches.push({ words: '', presence, note: { parts } })
      note++
    } else if (piece !== '') stretches.push({ words: piece, presence, note: null })
  }
  return stretches
}
