/** Paragraphs of the library that speak to themes: what a draft that is silent on one could take from. */
import type { Theme } from '../../shared/record/themes.ts'
import { canSpeak, foundIn, wordsToSearch } from '../../shared/text/themes.ts'
import { limits } from '../../shared/wire/limits.ts'
import type { SourceHead, ThemeHit, ThemeHits } from '../../shared/wire/sources.ts'
import type { Library } from './library.ts'

/** `heads`: the sources that are in the library. `turn` resolves when others have had theirs: a large library takes seconds to read. */
export async function speakingIn(themes: readonly Theme[], heads: readonly SourceHead[], library: Pick<Library, 'paragraphs'>, turn: () => Promise<void>): Promise<ThemeHits[]> {
  const found = themes.map((theme) => ({ theme, hits: [] as ThemeHit[], more: false }))
  for (const [index, { number: source, symbol, title, year }] of heads.entries()) {
    const wanted = found.filter(({ hits, more }) => hits.length < limits.themeHitsMax || !more)
    if (wanted.length === 0) break
    if (index % limits.themeSourcesAtOnce === limits.themeSourcesAtOnce - 1) await turn()
    const paragraphs = ((await library.paragraphs(source)) ?? []).map((paragraph, place) => ({ ...paragraph, place })).filter(canSpeak)
    for (const one of wanted) {
      let left: number = limits.themeHitsOfSourceMax
      for (const paragraph of paragraphs) {
        const by = foundIn(one.theme, wordsToSearch(paragraph))
        if (by.length === 0) continue
        if (left === 0 || one.hits.length === limits.themeHitsMax) {
          one.more = true
          break
        }
        const { place, kind, number, words } = paragraph
        one.hits.push({ source, symbol, title, year, paragraph: place, kind, number, words, found: by })
        left -= 1
      }
    }
  }
  return found.map(({ theme, hits, more }) => ({ theme: theme.number, hits, more }))
}
