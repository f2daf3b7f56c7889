/** Which paragraphs and open amendments speak to which theme, and to which none does. Pure. */
import { aboutKey } from '../record/entries.ts'
import type { Tag, Theme, Themes } from '../record/themes.ts'
import { canSpeak, foundIn, insertedWords, wordsToSearch } from './themes.ts'
import type { UnitView } from '../model/units.ts'
import type { AmendmentView } from '../model/amendments.ts'

/** How one paragraph or amendment stands to one theme. What was said by hand goes before its words. */
export interface Mark {
  readonly theme: Theme
  readonly carries: boolean
  readonly tag: Tag | null
  /** By which its words speak to it. */
  readonly found: readonly string[]
}

export interface CoveredAmendment {
  readonly id: string
  /** Beside which it stands; null where that is gone, or before the first. */
  readonly unit: string | null
  readonly marks: readonly Mark[]
}

export interface CoveredUnit {
  readonly unit: UnitView
  /** In the order of the themes. */
  readonly marks: readonly Mark[]
  readonly amendments: readonly CoveredAmendment[]
}

export interface ThemeTotal {
  readonly theme: Theme
  readonly units: number
  readonly amendments: number
}

export interface Coverage {
  readonly units: readonly CoveredUnit[]
  /** Those that stand beside no paragraph of the table. */
  readonly others: readonly CoveredAmendment[]
  readonly totals: readonly ThemeTotal[]
  /** No paragraph of the draft speaks to them. */
  readonly silent: readonly ThemeTotal[]
}

function marksOf(themes: Themes, about: string, words: string): readonly Mark[] {
  const tags = themes.tags.get(about)
  return themes.list.map((theme) => {
    const found = foundIn(theme, words)
    const tag = tags?.get(theme.number) ?? null
    return { theme, carries: tag?.carries ?? found.length > 0, tag, found }
  })
}

export const marksOfUnit = (themes: Themes, unit: UnitView): readonly Mark[] => marksOf(themes, aboutKey({ kind: 'unit', unit: unit.id }), wordsToSearch(unit))

export const marksOfAmendment = (themes: Themes, amendment: AmendmentView): readonly Mark[] => marksOf(themes, aboutKey({ kind: 'amendment', amendment: amendment.id }), insertedWords(amendment))

const speaksTo = (theme: Theme) => ({ marks }: { readonly marks: readonly Mark[] }): boolean => marks.some((mark) => mark.theme === theme && mark.carries)

/** `amendments`: the open ones, with the unit beside which each stands. */
export function coverageOf(themes: Themes, units: readonly UnitView[], amendments: readonly { readonly amendment: AmendmentView; readonly unit: string | null }[]): Coverage {
  const rows = units.filter((unit) => canSpeak(unit) && unit.words.trim() !== '')
  const ids = new Set(rows.map(({ id }) => id))
  const covered = amendments.map(({ amendment, unit }): CoveredAmendment => ({ id: amendment.id, unit, marks: marksOfAmendment(themes, amendment) }))
  const coveredUnits = rows.map((unit): CoveredUnit => ({ unit, marks: marksOfUnit(themes, unit), amendments: covered.filter((one) => one.unit === unit.id) }))
  const totals = themes.list.map((theme): ThemeTotal => ({ theme, units: coveredUnits.filter(speaksTo(theme)).length, amendments: covered.filter(speaksTo(theme)).length }))
  return { units: coveredUnits, others: covered.filter(({ unit }) => unit === null || !ids.has(unit)), totals, silent: totals.filter((total) => total.units === 0) }
}

/**
 * What is to be said by hand so that it carries the theme, or does not: nothing (null) where its words say so by themselves, so that it
 * goes on following them.
 */
export const handFor = ({ found }: Mark, carries: boolean): boolean | null => ((found.length > 0) === carries ? null : carries)
