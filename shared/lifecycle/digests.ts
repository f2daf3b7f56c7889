/** Digests of what somebody sees: a decision names the one that was on the decider's screen. */
import { wordingOf } from '../model/amendments.ts'
import type { AmendmentView } from '../model/amendments.ts'
import { valueOf } from '../model/operations.ts'
import type { DraftView, UnitView } from '../model/units.ts'
import type { JsonValue } from '../wire/json.ts'
import { canonicalJson } from './canonical.ts'
import { sha256Hex } from './hash.ts'

const utf8 = new TextEncoder()

export const digestOf = (value: JsonValue): string => sha256Hex(utf8.encode(canonicalJson(value)))

export const digestOfAmendment = (amendment: AmendmentView): string => digestOf(wordingOf(amendment))

export const digestOfUnit = (unit: UnitView): string =>
  digestOf({
    kind: unit.kind,
    words: unit.words,
    notes: unit.notes.map((note) => ({ at: note.at, words: note.words })),
    brackets: unit.brackets.map((bracket) => ({ id: bracket.id, from: bracket.from, to: bracket.to })),
  })

/** Of all that stands in the text, as it is on the screen of whoever decides on it. */
export const digestOfText = (view: DraftView, language: string): string => digestOf(valueOf(view, language) as unknown as JsonValue)
