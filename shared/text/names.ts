/**
 * Paragraphs by the names that official documents give them: "operative paragraph 5", "the third preambular paragraph",
 * "subparagraph (b) (ii) of operative paragraph 5", "paragraph 3 of annex I". English. No two paragraphs of a draft have
 * the same name. Pure.
 */
import { beginsPart } from '../model/numbering.ts'
import type { DraftView, UnitView } from '../model/units.ts'
import type { UnitKind } from '../model/value.ts'
import { quoted, wordsIn } from './quotes.ts'

export interface OfficialName {
  /** The paragraph with what hangs on it: "operative paragraph 5". */
  readonly whole: string
  /** Its own words: "the chapeau of operative paragraph 5" where it has subparagraphs, else the same as `whole`. */
  readonly words: string
  /** "the paragraph", "the chapeau", "the heading": what it is called the second time. */
  readonly short: string
}

const ordinals = [
  'first', 'second', 'third', 'fourth', 'fifth', 'sixth', 'seventh', 'eighth', 'ninth', 'tenth', 'eleventh', 'twelfth', 'thirteenth',
  'fourteenth', 'fifteenth', 'sixteenth', 'seventeenth', 'eighteenth', 'nineteenth', 'twentieth',
]

/** In words up to twentieth, then 21st, 22nd, 23rd, 24th. */
export function ordinal(n: number): string {
  const last = n % 10
  const ending = Math.floor(n / 10) % 10 === 1 || last === 0 || last > 3 ? 'th' : (['st', 'nd', 'rd'] as const)[last - 1]!
  return ordinals[n - 1] ?? `${n}${ending}`
}

/** Unit -> its name. */
export function officialNames(view: DraftView): ReadonlyMap<string, OfficialName> {
  const parts = partsOf(view)
  const counts = countsOf(view, parts)
  const bare = new Map<string, string>()
  for (const unit of view.units) bare.set(unit.id, bareName(unit, bare.get(unit.parent ?? '') ?? '', parts.get(unit.id)!, counts.get(unit.id)!))
  const names = new Map<string, OfficialName>()
  for (const [id, whole] of distinct(bare)) {
    const unit = view.byId.get(id)!
    const hasChildren = (view.children.get(id) ?? []).length > 0
    names.set(id, { whole, words: hasChildren ? `the chapeau of ${whole}` : whole, short: hasChildren ? 'the chapeau' : shortName(unit) })
  }
  return names
}

/** Unit -> " of annex I", " of part 2", or '' in the resolution itself. The same parts as numbers know. */
export function partsOf(view: DraftView): Map<string, string> {
  const of = new Map<string, number>()
  const named: string[] = ['']
  let seenOrgan = false
  for (const unit of view.units) {
    if (unit.parent === null) {
      if (beginsPart(unit, seenOrgan)) {
        named.push(unit.kind === 'annex' ? annexName(unit.words) : `part ${named.length + 1}`)
        seenOrgan = false
      }
      seenOrgan ||= unit.kind === 'organ'
    }
    of.set(unit.id, named.length - 1)
  }
  const names = named.map((name, at) => {
    if (name !== 'the annex' || named.filter((other) => other === name).length === 1) return name
    return `the ${ordinal(named.slice(0, at + 1).filter((other) => other === name).length)} annex`
  })
  return new Map([...of].map(([unit, at]) => [unit, at === 0 ? '' : ` of ${names[at]!}`]))
}

function annexName(words: string): string {
  const numeral = /^\s*annex\s+([IVXLC]{1,7}|[A-Z]|\d{1,3})(?![\p{L}\d])/iu.exec(words)?.[1]
  return numeral === undefined ? 'the annex' : `annex ${numeral}`
}

interface Count {
  /** The how-manieth of its kind in its part, from 1. */
  readonly at: number
  readonly of: number
}

function countsOf(view: DraftView, parts: ReadonlyMap<string, string>): Map<string, Count> {
  const groups = new Map<string, string[]>()
  for (const unit of view.units) {
    const key = `${unit.kind}${parts.get(unit.id)!}`
    const group = groups.get(key)
    if (group === undefined) groups.set(key, [unit.id])
    else group.push(unit.id)
  }
  return new Map([...groups.values()].flatMap((group) => group.map((id, index) => [id, { at: index + 1, of: group.length }] as const)))
}

const headingWordsMax = 12

function bareName(unit: UnitView, parent: string, part: string, count: Count): string {
  const which = count.of === 1 ? '' : `${ordinal(count.at)} `
  switch (unit.kind) {
    case 'op':
      return `${operative(unit)}${part}`
    case 'pp':
      return `${preambular(unit, count)}${part}`
    case 'sub':
      return subparagraph(unit, parent)
    case 'title':
      return `the ${which}title${part}`
    case 'heading': {
      const words = wordsIn(unit.words).length
      return words > 0 && words <= headingWordsMax ? `the heading ${quoted(unit.words)}` : `the ${which}${part.includes('annex') ? 'section ' : ''}heading${part}`
    }
    case 'annex':
      return part.includes('annex') ? `the heading${part}` : `the ${which}annex heading${part}`
    case 'front':
      return `the ${which}line of the masthead${part}`
    case 'organ':
      return `the ${which}line naming the organ${part}`
    case 'closing':
      return `the ${which}closing line${part}`
    case 'para':
      return `the ${which}unnumbered paragraph${part}`
  }
}

/** What `UnitView.number` ends with: "OP12 bis" -> ['12', 'bis']. */
const figures = (unit: UnitView): readonly [string, string] => {
  const found = /(?:PP|OP|para )(\d+)(?: (\S+))?$/.exec(unit.number)
  return [found?.[1] ?? '', found?.[2] ?? '']
}

function operative(unit: UnitView): string {
  const [figure, suffix] = figures(unit)
  const kind = /(?:^| )para \d/.test(unit.number) ? 'paragraph' : 'operative paragraph'
  return unit.printed === '' ? `the ${kind}` : `${kind} ${figure}${suffix === '' ? '' : ` ${suffix}`}`
}

/** Counted, since they bear no numbers; one that bears one all the same is called by it. */
function preambular(unit: UnitView, { at }: Count): string {
  const [figure, suffix] = figures(unit)
  return unit.printed === '' ? `the ${ordinal(at)} preambular paragraph` : `preambular paragraph ${figure}${suffix === '' ? '' : ` ${suffix}`}`
}

/** "(ii)" within "subparagraph (b) of operative paragraph 5" is subparagraph (b) (ii) of it. */
function subparagraph(unit: UnitView, parent: string): string {
  const own = unit.printed.replace(/\.$/, '')
  const [, path, above] = /^subparagraph (.*?)(?: of (.*))?$/.exec(parent) ?? []
  const rest = path === undefined ? parent : (above ?? '')
  return `subparagraph ${path === undefined ? '' : `${path} `}${own}${rest === '' ? '' : ` of ${rest}`}`
}

/** What a new paragraph of a kind is called in a part: "operative paragraph", in an annex that no organ speaks in "paragraph". */
export function kindName(view: DraftView, kind: string, part: string): string {
  const parts = partsOf(view)
  const isOperative = !/ annex/.test(part) || view.units.some((unit) => unit.kind === 'organ' && parts.get(unit.id) === part)
  return kind === 'op' && !isOperative ? 'paragraph' : (kinds[kind as UnitKind] ?? 'unnumbered paragraph')
}

const kinds: Readonly<Record<UnitKind, string>> = {
  front: 'line of the masthead', title: 'title', organ: 'line naming the organ', heading: 'heading', pp: 'preambular paragraph',
  op: 'operative paragraph', sub: 'subparagraph', annex: 'annex', para: 'unnumbered paragraph', closing: 'closing line',
}

function shortName(unit: UnitView): string {
  if (unit.kind === 'sub') return 'the subparagraph'
  if (unit.kind === 'title') return 'the title'
  if (unit.kind === 'heading' || unit.kind === 'annex') return 'the heading'
  return unit.kind === 'front' || unit.kind === 'organ' || unit.kind === 'closing' ? 'the line' : 'the paragraph'
}

/** A number given twice is kept twice: then it is said which. */
function distinct(names: ReadonlyMap<string, string>): Map<string, string> {
  const groups = new Map<string, string[]>()
  for (const [id, name] of names) groups.set(name, [...(groups.get(name) ?? []), id])
  return new Map([...names].map(([id, name]) => {
    const group = groups.get(name)!
    return [id, group.length === 1 ? name : `${name} (the ${ordinal(group.indexOf(id) + 1)} of that name)`]
  }))
}
