/** The themes that a group wants its draft to cover, and what people have said of single paragraphs, as the record says. Pure and total. */
import type { JsonValue } from '../wire/json.ts'

export interface Theme {
  /** In its draft, from 1; never given again. */
  readonly number: number
  readonly name: string
  /** By which paragraphs are found; see `shared/text/themes.ts`. */
  readonly words: readonly string[]
}

/** Said by hand of one paragraph or amendment, whatever its words say. */
export interface Tag {
  readonly carries: boolean
  /** The delegation that said so. */
  readonly by: string
  readonly atMs: number
  /** Of the entry, which knows the person. */
  readonly seq: number
}

export interface Themes {
  /** In the order in which they were named. */
  readonly list: readonly Theme[]
  /** The number of the next one. */
  readonly next: number
  /** By `unit:<id>` or `amendment:<id>`, then by theme. */
  readonly tags: ReadonlyMap<string, ReadonlyMap<number, Tag>>
}

export const noThemes: Themes = { list: [], next: 1, tags: new Map() }

type Row = { readonly seq: number; readonly atMs: number; readonly kind: string; readonly body: JsonValue }

const kinds: ReadonlySet<string> = new Set(['name-themes', 'remove-theme', 'tag-theme'])

const isRecord = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null && !Array.isArray(value)

/** Entries of other kinds change nothing. */
export function foldThemes(rows: readonly Row[], onto: Themes = noThemes): Themes {
  return rows.filter(({ kind }) => kinds.has(kind)).reduce(folded, onto)
}

function folded(before: Themes, row: Row): Themes {
  const outer: unknown = row.body
  const said = isRecord(outer) ? outer['body'] : null
  if (!isRecord(said)) return before
  if (row.kind === 'name-themes') return (Array.isArray(said['themes']) ? said['themes'].map(themeOf) : []).reduce<Themes>((now, theme) => (theme === null ? now : withTheme(now, theme)), before)
  const theme = said['theme']
  if (typeof theme !== 'number') return before
  if (row.kind === 'tag-theme') return tagged(before, row, said, theme, isRecord(outer) ? outer['hat'] : null)
  return { ...before, list: before.list.filter(({ number }) => number !== theme), tags: new Map([...before.tags].map(([about, tags]) => [about, without(tags, theme)])) }
}

function themeOf(value: unknown): Theme | null {
  if (!isRecord(value) || typeof value['theme'] !== 'number' || typeof value['name'] !== 'string' || !Array.isArray(value['words'])) return null
  return { number: value['theme'], name: value['name'], words: value['words'].filter((word) => typeof word === 'string') }
}

export function withTheme(before: Themes, theme: Theme): Themes {
  const isKnown = before.list.some(({ number }) => number === theme.number)
  const list = isKnown ? before.list.map((one) => (one.number === theme.number ? theme : one)) : [...before.list, theme]
  return { ...before, list, next: Math.max(before.next, theme.number + 1) }
}

function tagged(before: Themes, { seq, atMs }: Row, said: Record<string, unknown>, theme: number, hat: unknown): Themes {
  const about = typeof said['unit'] === 'string' ? `unit:${said['unit']}` : typeof said['amendment'] === 'string' ? `amendment:${said['amendment']}` : null
  if (about === null) return before
  const { carries } = said
  const by = isRecord(hat) && typeof hat['delegation'] === 'string' ? hat['delegation'] : ''
  const others = without(before.tags.get(about) ?? new Map<number, Tag>(), theme)
  return { ...before, tags: new Map(before.tags).set(about, typeof carries === 'boolean' ? new Map(others).set(theme, { carries, by, atMs, seq }) : others) }
}

function without(tags: ReadonlyMap<number, Tag>, theme: number): ReadonlyMap<number, Tag> {
  const left = new Map(tags)
  left.delete(theme)
  return left
}
