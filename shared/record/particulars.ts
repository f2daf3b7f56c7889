/** What an entry of the record says beside who did what to which: of which version, until when, for whom. Total. */

/** `until` is a moment in milliseconds since 1970; `for` a delegation's id; all else are words or figures as the entry has them. */
export type Particular = { readonly name: 'until'; readonly atMs: number } | { readonly name: Exclude<ParticularName, 'until'>; readonly value: string }

/** In the order in which they are told. */
export const particularNames = [
  'capacity', 'for', 'as', 'act', 'answer', 'position', 'verdict', 'reading', 'silence', 'outcome', 'until', 'paragraphs', 'taken-back',
  'revision', 'late', 'version', 'name', 'symbol', 'source', 'sha256',
] as const
export type ParticularName = (typeof particularNames)[number]

type Said = Readonly<Record<string, unknown>>

const isSaid = (value: unknown): value is Said => typeof value === 'object' && value !== null && !Array.isArray(value)
const text = (value: unknown): string | null => (typeof value === 'string' && value !== '' ? value : null)
const figure = (value: unknown): string | null => (typeof value === 'number' ? String(value) : null)
const word = (value: unknown): string | null => (typeof value === 'boolean' ? (value ? 'yes' : 'no') : null)

/** Kinds whose `delegation` is the one that acts. */
const ownDelegation: ReadonlySet<string> = new Set(['sponsor', 'unsponsor', 'position'])
/** A moment no calendar has is none. */
const momentMax = 8_640_000_000_000_000

/** `body`: of the entry, with the capacity of who acted round what was done. */
export function particularsOf(kind: string, body: unknown): readonly Particular[] {
  const said = isSaid(body) ? body['body'] : null
  if (!isSaid(said)) return []
  const given = isSaid(said['hat']) ? said['hat'] : null
  const delegation = isSaid(said['delegation']) ? null : text(said['delegation'])
  const values: Readonly<Record<Exclude<ParticularName, 'until'>, string | null>> = {
    'capacity': text(given?.['role']),
    'for': text(given?.['delegation']) ?? (said['asRecorded'] === true ? text(said['proposer']) : null) ?? (ownDelegation.has(kind) ? null : delegation),
    'as': said['afterIssue'] === true ? 'additional' : text(said['as']),
    'act': text(said['act']),
    'answer': word(said['agree']) ?? word(said['reopened']) ?? word(said['ask']) ?? word(said['show']),
    'position': text(said['position']),
    'verdict': text(said['verdict']),
    'reading': figure(said['reading']),
    'silence': figure(said['silence']),
    'outcome': text(said['how']),
    'paragraphs': (Array.isArray(said['numbers']) ? said['numbers'].flatMap((one) => text(one) ?? []).join(', ') : '') || null,
    'taken-back': kind === 'record-objection' && Array.isArray(said['units']) && said['units'].length === 0 ? 'yes' : null,
    'revision': typeof said['revision'] === 'number' && said['revision'] > 1 ? String(said['revision']) : null,
    'late': said['late'] === true ? 'yes' : null,
    'version': figure(said['version']),
    'name': isSaid(said['delegation']) ? text(said['delegation']['name']) : 'theme' in said ? null : text(said['name']),
    'symbol': text(said['symbol']),
    'source': figure(said['source']),
    'sha256': text(said['sha256']),
  }
  const untilMs = said['until'] ?? said['untilMs'] ?? said['deadline']
  return particularNames.flatMap((name): Particular[] => {
    if (name === 'until') return typeof untilMs === 'number' && Math.abs(untilMs) <= momentMax ? [{ name, atMs: untilMs }] : []
    const value = values[name]
    return value === null ? [] : [{ name, value }]
  })
}

/** For a spreadsheet: "silence: 2; until: 2026-12-03T17:00:00.000Z". */
export const particularWords = (particulars: readonly Particular[], nameOf: (delegation: string) => string): string =>
  particulars.map((one) => `${one.name}: ${one.name === 'until' ? new Date(one.atMs).toISOString() : one.name === 'for' ? nameOf(one.value) : one.value}`).join('; ')
