/** Which delegation the author of a Word file is, by the name that Word wrote: a guess, for somebody to agree to. Pure and total. */
import { knownNames, nameLetters, officialName } from './states.ts'

export interface NamedDelegation {
  readonly id: string
  readonly name: string
}

/** `name`: it is the delegation's, or an acronym of it. `likeness`: it has the name in it, or is spelled nearly so. */
export interface Guess {
  readonly delegation: string
  readonly by: 'name' | 'likeness'
}

/** What office programs write where names were taken out of a file, in the six languages. */
const nobody: ReadonlySet<string> = new Set(['', 'Author', 'Unknown Author', 'Auteur', 'Auteur inconnu', 'Autor', 'Autor desconocido', 'Автор', 'Неизвестный автор', '作者', '未知作者', 'المؤلف', 'كاتب', 'مؤلف غير معروف'].map(nameLetters))

/** Nobody's name: who it was cannot be told, and it says nothing of the next file. */
export const isNobody = (author: string): boolean => nobody.has(nameLetters(author))

/** Null where none is meant, or more than one may be. */
export function guessDelegation(author: string, delegations: readonly NamedDelegation[]): Guess | null {
  if (isNobody(author)) return null
  const parts = [author, ...author.split(/[()[\]{},;:|/\\_–—]|\s-\s/)].map((part) => part.trim()).filter((part) => part !== '')
  for (const part of parts) {
    const found = byName(part, delegations)
    if (found !== null) return { delegation: found, by: 'name' }
  }
  const found = contained(author, delegations) ?? only(author.split(/[\s,;()/]+/).filter((token) => acronymIn(token) !== '').flatMap((token) => byAcronym(token, delegations) ?? []))
    ?? first(parts, (part) => byCode(part, delegations)) ?? first(parts, (part) => misspelled(part, delegations))
  return found === null || found === '' ? null : { delegation: found, by: 'likeness' }
}

function first(parts: readonly string[], find: (part: string) => string | null): string | null {
  for (const part of parts) {
    const found = find(part)
    if (found !== null) return found
  }
  return null
}

/** The one that all of them are. */
function only(found: readonly string[]): string | null {
  const all = new Set(found)
  return all.size === 1 ? [...all][0]! : null
}

const officialLetters = (name: string): string => nameLetters(officialName(name))

const byName = (part: string, delegations: readonly NamedDelegation[]): string | null =>
  delegations.find(({ name }) => officialLetters(name) === officialLetters(part))?.id ?? byAcronym(part, delegations)

/** "E.U." is EU; '' for what is no acronym. */
function acronymIn(part: string): string {
  const letters = part.replace(/[.\s-]/g, '')
  return /^[A-Z][A-Z0-9]{1,9}$/.test(letters) && part.length <= letters.length * 2 ? letters : ''
}

const small: ReadonlySet<string> = new Set(['of', 'and', 'the', 'for', 'on', 'in', 'to'])

function acronymsOf({ name, id }: NamedDelegation): readonly string[] {
  const words = nameLetters(name).split(' ')
  const numbered = /^group of (\d+)/.exec(words.join(' '))?.[1]
  const initials = (of: readonly string[]): string => of.map((word) => (/^\d/.test(word) ? word : word[0] ?? '')).join('')
  return [id, words.join(''), initials(words), initials(words.filter((word) => !small.has(word))), ...(numbered === undefined ? [] : [`g${numbered}`])].map((one) => one.toUpperCase())
}

const regions = new Intl.DisplayNames(['en'], { type: 'region', fallback: 'none' })

function byAcronym(part: string, delegations: readonly NamedDelegation[]): string | null {
  const acronym = acronymIn(part)
  if (acronym === '') return null
  const state = /^[A-Z]{2}$/.test(acronym) ? officialLetters(regions.of(acronym) ?? '') : ''
  return delegations.find((one) => acronymsOf(one).includes(acronym) || (state !== '' && officialLetters(one.name) === state))?.id ?? null
}

/** Shorter ones stand in other words too easily. */
const nameLettersMin = 4

/** The longest name that stands in it, also of a State that has no delegation here ('' then): Papua New Guinea is not Guinea. */
function contained(author: string, delegations: readonly NamedDelegation[]): string | null {
  const within = ` ${nameLetters(author)} `
  const ids = new Map(delegations.flatMap(({ id, name }) => [nameLetters(name), officialLetters(name)].map((letters) => [letters, id] as const)))
  const names = [...ids.keys(), ...knownNames.keys()].filter((name) => name.length >= nameLettersMin && within.includes(` ${name} `))
  const longest = names.reduce((best, name) => (name.length > best.length ? name : best), '')
  return longest === '' ? null : ids.get(longest) ?? ids.get(nameLetters(knownNames.get(longest) ?? '')) ?? ''
}

/** Three letters of a State's name in their order, as its code has them (JPN, BRA), where they are one delegation's alone. */
function byCode(part: string, delegations: readonly NamedDelegation[]): string | null {
  const code = /(?:^|\s)([A-Z]{3})(?:$|\s)/.exec(part)?.[1]?.toLowerCase()
  if (code === undefined) return null
  const meant = (name: string): boolean => name[0] === code[0] && name.indexOf(code[2]!, name.indexOf(code[1]!, 1) + 1) > name.indexOf(code[1]!, 1) && name.indexOf(code[1]!, 1) > 0
  return only(delegations.filter(({ name }) => knownNames.has(nameLetters(name)) && meant(officialLetters(name))).map(({ id }) => id))
}

function misspelled(part: string, delegations: readonly NamedDelegation[]): string | null {
  const letters = nameLetters(part)
  const slips = letters.length >= 9 ? 2 : letters.length >= 5 ? 1 : 0
  return slips === 0 ? null : only(delegations.filter(({ name }) => [nameLetters(name), officialLetters(name)].some((one) => Math.abs(one.length - letters.length) <= slips && distance(one, letters) <= slips)).map(({ id }) => id))
}

/** Letters put in, left out or taken for another. */
function distance(left: string, right: string): number {
  let row = Array.from({ length: right.length + 1 }, (_, at) => at)
  for (let from = 1; from <= left.length; from++) {
    const next = [from]
    for (let to = 1; to <= right.length; to++) next.push(Math.min(row[to]! + 1, next[to - 1]! + 1, row[to - 1]! + (left[from - 1] === right[to - 1] ? 0 : 1)))
    row = next
  }
  return row[right.length]!
}
