/** The search over a draft and its library. */
import { alikeIn, askedFor, bySaid, indexOf, saidIn } from '../../shared/text/said.ts'
import type { TextIndex } from '../../shared/text/said.ts'
import { limits } from '../../shared/wire/limits.ts'
import type { SearchHit } from '../../shared/wire/sources.ts'
import type { WordsIn } from './lineage.ts'
import type { SearchOrder } from './service.ts'

/** `indexes` by source. The draft's own units are read as they now stand. */
export function searchIn(order: SearchOrder, indexes: ReadonlyMap<number, TextIndex>, wordsOf: WordsIn, units: readonly { readonly id: string; readonly words: string }[]): SearchHit[] {
  const asked = askedFor(order.words)
  const find = order.for === 'said' ? saidIn : alikeIn
  const inDraft = find(indexOf(units.map(({ words }) => words)), asked).map((said) => ({ ...said, source: null }))
  const inSources = [...indexes].flatMap(([source, index]) => find(index, asked).map((said) => ({ ...said, source })))
  return [...inDraft, ...inSources].sort(bySaid).slice(0, limits.searchHitsMax).map(({ source, paragraph, exact, share }): SearchHit => {
    const unit = source === null ? units[paragraph] : undefined
    return { source, paragraph: source === null ? 0 : paragraph, unit: unit?.id ?? '', words: unit?.words ?? wordsOf(source ?? 0, paragraph) ?? '', exact, share }
  })
}
