/** Values that a draft can have, in words that a text holds: made up by fast-check. */
import fc from 'fast-check'
import { numberUnits } from '../../../shared/model/numbering.ts'
import type { BracketValue, NoteValue, ResolutionValue, UnitValue } from '../../../shared/model/value.ts'
import { unitKinds } from '../../../shared/model/value.ts'
import { isInsidePair } from '../../../shared/wire/words.ts'

const piece = fc.oneof(
  fc.constantFrom('Recalling', 'Urges', 'Decides', 'the General Assembly,', '(a)', '1.', '[1]', 'Annex', 'Annex II', '<p>', '&amp;', ']]>', '"', '’', 'é', '😀', '大会，', 'الجمعية', 'A/RES/1/2', 'I.', '—', '50th plenary meeting', 'Resolution 1325 (2000)'),
  fc.string({ unit: 'grapheme', maxLength: 8 }),
)
const words = fc.array(piece, { maxLength: 6 }).map((pieces) => tidy(pieces.join(' ')))

function tidy(text: string): string {
  return text.replace(/[\p{Cc}\p{Cs}\ufffc\ufffe\uffff\u202d\u202e\ufeff]/gu, '').replace(/[\s\u2000-\u200a\u3000]+/gu, ' ').trim()
}

/** An offset that lies within no character. */
const outside = (text: string, at: number): number => (isInsidePair(text, Math.min(at, text.length)) ? Math.min(at, text.length) - 1 : Math.min(at, text.length))

const notes = (text: string): fc.Arbitrary<NoteValue[]> =>
  fc.array(fc.record({ at: fc.nat(text.length).map((at) => outside(text, at)), words }), { maxLength: 2 }).map((all) => all.sort((left, right) => left.at - right.at))

const brackets = (text: string): fc.Arbitrary<BracketValue[]> =>
  fc.array(fc.tuple(fc.nat(text.length), fc.nat(text.length)).map(([from, to]) => ({ from: outside(text, Math.min(from, to)), to: outside(text, Math.max(from, to)) })), { maxLength: 2 })
    .map((all) => all.filter(({ from, to }) => to > from).sort((left, right) => left.from - right.from || right.to - left.to))
    .chain((all) => fc.boolean().map((isPlaceholder) => (isPlaceholder && all.length === 0 ? [{ from: 0, to: text.length, placeholder: true as const }] : all)))

const unit = (depth: number): fc.Arbitrary<UnitValue> =>
  words.chain((text) =>
    fc.record({
      kind: depth === 0 ? fc.constantFrom(...unitKinds) : fc.oneof({ weight: 4, arbitrary: fc.constant('sub' as const) }, fc.constantFrom(...unitKinds)),
      words: fc.constant(text),
      notes: fc.oneof({ weight: 3, arbitrary: fc.constant([]) }, notes(text)),
      children: depth >= 4 ? fc.constant([]) : fc.oneof({ weight: 4, arbitrary: fc.constant([]) }, fc.array(unit(depth + 1), { maxLength: 3 })),
      label: fc.oneof({ weight: 5, arbitrary: fc.constant(undefined) }, fc.constantFrom('', '12 bis.', '(c)', '5.', '•', 'IV', '78/1.', 'PP3')),
      brackets: fc.oneof({ weight: 3, arbitrary: fc.constant([]) }, brackets(text)),
    }))
    .map(({ label, brackets: own, ...rest }) => ({ ...rest, ...(label === undefined ? {} : { label }), ...(own.length === 0 ? {} : { brackets: own }) }))

/** A label that says what is derived anyway is none. */
function settled(value: ResolutionValue): ResolutionValue {
  const numbers = numberUnits(value.units, value.language)
  const settle = (one: UnitValue): UnitValue => {
    const { label, ...rest } = one
    const own = { ...rest, children: one.children.map(settle) }
    return label === undefined || label === numbers.get(one)!.derived ? own : { ...own, label }
  }
  return { ...value, units: value.units.map(settle) }
}

export const values: fc.Arbitrary<ResolutionValue> = fc
  .record({ language: fc.constantFrom('en', 'fr', 'es', 'ru', 'ar', 'zh'), units: fc.array(unit(0), { minLength: 1, maxLength: 8 }) })
  // Dropping one label can make another say what is derived.
  .map((value) => settled(settled(settled(value))))
