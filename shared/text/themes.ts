/**
 * Whether words speak to a theme: those that the group has named for it stand among them. A guess that anybody can read and
 * mend; what a person says of a paragraph goes before it (`record/themes.ts`). Pure, and alike in the page and on the server.
 *
 * Words are told by Unicode's letters, whole and in any case; `child*` is every word that begins so. In scripts without
 * blanks (Chinese) words are found wherever they stand; in Arabic also behind the particles that are written with them.
 */
import type { UnitKind } from '../model/value.ts'
import type { Theme } from '../record/themes.ts'
import { limits } from '../wire/limits.ts'

const letters = String.raw`[\p{L}\p{M}\p{N}]`
/** Scripts that set no blanks between words. */
const unspaced = String.raw`[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}]`
/** Of a word that blanks part from others. */
const wordLetter = `(?:(?!${unspaced})${letters})`
/** And, so, in, like, for, the: written as one word with the one that follows. */
const particles = String.raw`(?:[وف]?(?:لل|[بكل]?(?:ال)?))`
/** Between the words of a phrase. */
const between = String.raw`[\s\p{Pd}'’]+`

/** Format characters, the Arabic letter stretcher and vowel signs: they change no word. */
const signs = /\p{Cf}|\u0640|[\u064b-\u065f]|\u0670/gu

/** As words are compared: one form of each letter, in small letters. */
const plainOf = (text: string): string => text.normalize('NFKC').toLowerCase().replace(signs, '').replace(/[أإآٱ]/g, 'ا').replaceAll('ё', 'е')

const startsUnspaced = new RegExp(`^${unspaced}`, 'u')
const endsUnspaced = new RegExp(`${unspaced}$`, 'u')
const startsArabic = /^\p{Script=Arabic}/u
/** A star after a single letter would find half the text. */
const wordForm = new RegExp(`^(?:${letters}+|${letters}{2,}\\*|${unspaced}\\*)$`, 'u')

const partsOf = (word: string): string[] => plainOf(word).split(new RegExp(between, 'u')).filter((part) => part !== '')

/** A word or a phrase, each word of which may end in a star. */
export function isThemeWord(word: string): boolean {
  const parts = partsOf(word)
  return parts.length > 0 && parts.every((part) => wordForm.test(part))
}

/** What must stand before a word, and behind it; and its letters, or those of a phrase. */
function patternOf(word: string): readonly [before: string, letters: string, behind: string] {
  const parts = partsOf(word)
  const stemOf = (part: string): string => part.replace(/\*$/, '')
  const goesOn = (part: string): boolean => part.endsWith('*') && !endsUnspaced.test(stemOf(part))
  const led = (part: string): string => (startsArabic.test(part) ? particles : '')
  const [first, last] = [parts[0]!, parts.at(-1)!]
  const before = startsUnspaced.test(first) ? '' : `(?<!${wordLetter})${led(first)}`
  const behind = endsUnspaced.test(stemOf(last)) ? '' : goesOn(last) ? `${wordLetter}*` : `(?!${wordLetter})`
  const inside = parts.map((part, at) => `${at === 0 ? '' : led(part)}${stemOf(part)}${at < parts.length - 1 && goesOn(part) ? `${wordLetter}*` : ''}`)
  return [before, inside.join(between), behind]
}

/** By the words of a theme: what is compiled for one takes some milliseconds, and is asked of every paragraph. */
const patterns = new Map<string, RegExp | null>()

/** Null where a theme has no words. */
function patternIn({ words }: Theme): RegExp | null {
  const key = words.join('\n')
  let pattern = patterns.get(key)
  if (pattern === undefined) {
    if (patterns.size === limits.themePatternsMax) patterns.clear()
    patterns.set(key, (pattern = compiled(words)))
  }
  return pattern
}

function compiled(words: readonly string[]): RegExp | null {
  const alike = new Map<string, string[]>()
  // Phrases first, so that they are found whole.
  for (const word of words.filter(isThemeWord).sort((one, other) => other.length - one.length)) {
    const [before, inside, behind] = patternOf(word)
    const key = `${before}|${behind}`
    const group = alike.get(key)
    if (group === undefined) alike.set(key, [before, behind, inside])
    else group.push(inside)
  }
  const groups = [...alike.values()].map(([before, behind, ...each]) => `${before}(?:${each.join('|')})${behind}`)
  return groups.length === 0 ? null : new RegExp(groups.join('|'), 'gu')
}

/** Words of the text by which it speaks to the theme, each once, in small letters; a few of them where there are many. */
export function foundIn(theme: Theme, text: string): readonly string[] {
  const pattern = patternIn(theme)
  if (pattern === null) return []
  const found = new Set<string>()
  for (const [word] of plainOf(text).matchAll(pattern)) if (found.add(word).size === limits.themeFoundMax) break
  return [...found]
}

/** As somebody types them, set apart by the commas and semicolons of any of the six languages, or on lines of their own. */
export function wordsTyped(typed: string): string[] {
  const words = new Map<string, string>()
  for (const word of typed.split(/[,،，、;；؛\n]+/u).map((one) => one.trim())) if (word !== '' && !words.has(plainOf(word))) words.set(plainOf(word), word)
  return [...words.values()]
}

/** Two names that are read as one. */
export const isSameName = (one: string, other: string): boolean => plainOf(one.trim()) === plainOf(other.trim())

/** What can speak to a theme: a title or a heading announces, and is no paragraph of the text. */
export const canSpeak = ({ kind }: { readonly kind: UnitKind }): boolean => kind === 'pp' || kind === 'op' || kind === 'sub' || kind === 'para'

/** A paragraph's words and those of its footnotes; no phrase runs from one into the other. */
export const wordsToSearch = ({ words, notes }: { readonly words: string; readonly notes: readonly { readonly words: string }[] }): string => [words, ...notes.map((note) => note.words)].join(' / ')

/** What an amendment would put in. */
export const insertedWords = ({ hunks, proposal }: { readonly hunks: readonly { readonly words: string }[]; readonly proposal: string }): string => [...hunks.map((hunk) => hunk.words), proposal].join(' / ')
