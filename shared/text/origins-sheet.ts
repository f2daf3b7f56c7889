/** The tables of derivations and destinations as they are set on a page. Pure. */
import type { UnitKind } from '../model/value.ts'
import type { SourceHead } from '../wire/sources.ts'
import type { Derivation, DerivationKind, Destination } from './derivations.ts'
import { isInTables } from './paragraphs.ts'
import type { SourceParagraph } from './paragraphs.ts'
import { lineOf, sign } from './printed.ts'
import type { Piece, Printed, PrintedBlock } from './printed.ts'

export interface SheetSource {
  /** Of the draft. */
  readonly title: string
  readonly language: string
  readonly units: readonly { readonly id: string; readonly kind: UnitKind; readonly number: string; readonly words: string }[]
  readonly derivations: readonly Derivation[]
  readonly destinations: readonly Destination[]
  readonly sources: readonly SourceHead[]
  readonly paragraphsOf: (source: number) => readonly SourceParagraph[] | null
}

const kindNames: Readonly<Record<UnitKind, string>> = {
  front: 'masthead', title: 'title', organ: 'organ', heading: 'heading', pp: 'preambular paragraph', op: 'operative paragraph', sub: 'sub-paragraph', annex: 'annex', para: 'paragraph', closing: 'closing line',
}

const derivationNames: Readonly<Record<DerivationKind, string>> = { taken: 'taken over', altered: 'altered', new: 'new', gone: 'from a source that was removed' }

export const nameOfParagraph = (paragraph: { readonly kind: UnitKind; readonly number: string }): string => (paragraph.number === '' ? kindNames[paragraph.kind] : paragraph.number)

/** "A/RES/64/293 (2010)", or the title of what has no symbol. */
export const nameOfSource = ({ symbol, title, year }: Pick<SourceHead, 'symbol' | 'title' | 'year'>): string => `${symbol === '' ? title : symbol}${year === null ? '' : ` (${year})`}`

const plain = (words: string): Piece => ({ look: 'plain', words })

const entry = (number: string, ...pieces: readonly Piece[]): PrintedBlock => ({ kind: 'entry', depth: 0, number, pieces })
const wording = (...pieces: readonly Piece[]): PrintedBlock => ({ kind: 'wording', depth: 1, number: '', pieces })

const sheet = ({ title, language }: SheetSource, what: string, legend: readonly string[], blocks: readonly PrintedBlock[], remarks: readonly string[]): Printed => ({
  language, title: `${title === '' ? 'Draft resolution' : title}: ${what}`, isTitled: true, remarks, legend, blocks, notes: [], footer: '',
})

/** Each paragraph of the draft: its sources, how its words stand to them, and the difference. */
export function derivationsSheet(source: SheetSource): Printed {
  const units = new Map(source.units.map((unit) => [unit.id, unit]))
  const names = new Map(source.sources.map((head) => [head.number, nameOfSource(head)]))
  const blocks = source.derivations.flatMap(({ unit: id, kind, sources, parts }): PrintedBlock[] => {
    const unit = units.get(id)
    if (unit === undefined || !isInTables(unit.kind, sources.length > 0)) return []
    const from = sources.map((one) => {
      const paragraph = source.paragraphsOf(one.source)?.[one.paragraph]
      return `${names.get(one.source) ?? ''}${paragraph === undefined ? '' : `, ${nameOfParagraph(paragraph)}`}`
    })
    const differs = parts.length > 0
    return [
      entry(nameOfParagraph(unit), plain(from.length === 0 ? '' : `${from.join('; ')} `), sign(`[${derivationNames[kind]}]`)),
      wording(...(differs ? parts.map(({ kind: part, words }): Piece => ({ look: part === 'new' ? 'new' : part === 'struck' ? 'cut' : 'plain', words })) : [plain(unit.words)])),
    ]
  })
  return sheet(source, 'table of derivations', ['Struck words stand in the source alone, inserted ones in the draft alone.'], blocks, blocks.length === 0 ? ['The draft has no paragraph.'] : [])
}

/** Each paragraph of the sources that something came from or was said of; of the others that nothing was taken from them. */
export function destinationsSheet(source: SheetSource): Printed {
  const numbers = new Map(source.units.map((unit) => [unit.id, nameOfParagraph(unit)]))
  const known = new Map(source.destinations.map((one) => [`${one.source} ${one.paragraph}`, one]))
  const used = new Set(source.destinations.map((one) => one.source))
  const left = source.sources.filter(({ number, removedAtMs }) => !used.has(number) && removedAtMs === null)
  const blocks = source.sources.filter(({ number }) => used.has(number)).flatMap((head): PrintedBlock[] => {
    const paragraphs = source.paragraphsOf(head.number)
    const heading: PrintedBlock = { kind: 'heading', depth: 0, number: '', pieces: [plain(`${nameOfSource(head)}${head.symbol === '' ? '' : `: ${head.title}`}${head.removedAtMs === null ? '' : ' (removed from the library)'}`)] }
    const rows = (paragraphs ?? []).flatMap((paragraph, place): PrintedBlock[] => {
      const found = known.get(`${head.number} ${place}`)
      const went = found?.units.map((unit) => numbers.get(unit) ?? '').filter((name) => name !== '') ?? []
      const reason = found?.leftOut ?? null
      if (!isInTables(paragraph.kind, went.length > 0 || reason !== null)) return []
      return [
        entry(nameOfParagraph(paragraph), plain(went.length > 0 ? `${went.join(', ')} ` : ''), sign(went.length > 0 ? '[taken]' : reason === null ? '[nowhere]' : `[left out: ${reason}]`)),
        wording(plain(paragraph.words)),
      ]
    })
    return [heading, ...rows]
  })
  const nothing = left.length === 0 ? [] : [`Nothing was taken from: ${left.map(nameOfSource).join('; ')}.`]
  return sheet(source, 'table of destinations', [], blocks, source.sources.length === 0 ? ['The library is empty.'] : nothing)
}

/** As plain text: struck words within [-…-], inserted ones within {+…+}. */
export function plainSheet({ title, remarks, legend, blocks }: Printed): string {
  const marked = ({ look, words }: Piece): Piece => ({ look, words: look === 'cut' ? `[-${words}-]` : look === 'new' ? `{+${words}+}` : words })
  const lines = blocks.map(({ kind, number, pieces }) => {
    const line = lineOf(pieces.map(marked))
    return kind === 'entry' ? `${number}  ${line}\n` : kind === 'wording' ? `    ${line}\n` : `${line}\n`
  })
  return [`${title}\n`, ...remarks.map((line) => `${line}\n`), ...legend.map((line) => `${line} Here: [-struck-], {+inserted+}.\n`), ...lines].join('\n')
}
