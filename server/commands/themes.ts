/** The themes of a draft, and what is said by hand of single paragraphs and amendments. Entries of the record alone: none writes a byte of any document. */
import { aboutKey } from '../../shared/record/entries.ts'
import { withTheme } from '../../shared/record/themes.ts'
import type { Theme, Themes } from '../../shared/record/themes.ts'
import { isSameName, isThemeWord, wordsTyped } from '../../shared/text/themes.ts'
import type { Command } from '../../shared/wire/commands.ts'
import { Refusal } from '../../shared/wire/errors.ts'
import type { JsonValue } from '../../shared/wire/json.ts'
import { limits } from '../../shared/wire/limits.ts'
import { allow, published, unitSeen } from './context.ts'
import type { Context, Handler } from './context.ts'

type Of<N extends Command['command']> = Extract<Command, { command: N }>

function themeNamed({ before }: Context, number: number): Theme {
  const found = before.ledger.themes.list.find((one) => one.number === number)
  if (found === undefined) throw new Refusal('no-such-theme')
  return found
}

/** Some new, some named or worded anew. */
export const nameThemes: Handler<Of<'name-themes'>> = (context) => {
  allow(context, 'name-themes')
  const known = context.before.ledger.themes
  let after: Themes = known
  const named = context.command.themes.map(({ theme, name, words }): Theme => {
    // A word is one word, however it came: with a comma in it, it would be two when it is next edited.
    const each = wordsTyped(words.join('\n'))
    if (each.length > limits.themeWordsMax || !each.every(isThemeWord)) throw new Refusal('theme-word')
    const one = { number: theme === null ? after.next : themeNamed(context, theme).number, name, words: each }
    after = withTheme(after, one)
    return one
  })
  if (after.list.length > limits.themesMax) throw new Refusal('themes-full')
  if (after.list.some((one, at) => after.list.some((other, place) => place > at && isSameName(one.name, other.name)))) throw new Refusal('theme-named')
  if (JSON.stringify(after.list) === JSON.stringify(known.list)) throw new Refusal('already-so')
  return {
    result: { themes: named.map(({ number }) => number) },
    record: { themes: named.map(({ number, name, words }): JsonValue => ({ theme: number, name, words: [...words] })) },
  }
}

/** With all that was said of it by hand. */
export const removeTheme: Handler<Of<'remove-theme'>> = (context) => {
  allow(context, 'remove-theme')
  const { number, name } = themeNamed(context, context.command.theme)
  return { result: {}, record: { theme: number, name } }
}

/** Of what everybody sees: an amendment in a side document is nobody's to speak of in the record. */
export const tagTheme: Handler<Of<'tag-theme'>> = (context) => {
  const { about, theme, carries } = context.command
  allow(context, 'tag-theme')
  const { number, name } = themeNamed(context, theme)
  if (about.kind === 'unit') unitSeen(context, about.unit)
  else published(context, about.amendment)
  const said = context.before.ledger.themes.tags.get(aboutKey(about))?.get(number)
  if ((said?.carries ?? null) === carries) throw new Refusal('already-so')
  return { result: {}, record: { ...(about.kind === 'unit' ? { unit: about.unit } : { amendment: about.amendment }), theme: number, name, carries } }
}
