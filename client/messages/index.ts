/** Every word on the page comes from here, except the sentences of refusals, which are in `shared/wire/errors.ts`. */
import { FluentBundle, FluentNumber, FluentResource } from '@fluent/bundle'
import english from './en.ftl?raw'

// Isolation marks around names would be copied along with them.
const bundle = new FluentBundle('en', { useIsolating: false })
const faults = bundle.addResource(new FluentResource(english))

export type MessageArguments = Readonly<Record<string, string | number>>

/** The words for `id`. An id that is missing is shown as itself, so that it is seen and mended; tests look for them all. */
export function message(id: string, values: MessageArguments = {}): string {
  const entry = bundle.getMessage(id)
  if (entry?.value === null || entry?.value === undefined) return id
  return bundle.formatPattern(entry.value, numbered(values))
}

/** Plain figures, not grouped: "OP 1,024" is no number of a paragraph. */
function numbered(values: MessageArguments): Record<string, string | FluentNumber> {
  return Object.fromEntries(
    Object.entries(values).map(([key, value]) => [key, typeof value === 'number' ? new FluentNumber(value, { useGrouping: false }) : value]),
  )
}

export const hasMessage = (id: string): boolean => bundle.hasMessage(id)

export const catalogueFaults = (): readonly string[] => faults.map((fault) => fault.message)

const dayAndTime = new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'short', hour: '2-digit', minute: '2-digit' })

const dateAndTime = new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'short', year: 'numeric', hour: '2-digit', minute: '2-digit' })

const day = new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'long' })

/** "24 Nov 2026, 12:05", for what may be of another year. */
export const dateOf = (atMs: number): string => dateAndTime.format(atMs)

/** "24 November", in the reader's own time zone. */
export const dayOf = (atMs: number): string => day.format(atMs)

/** "24 Nov, 12:05", in the reader's own time zone. */
export const whenOf = (atMs: number): string => dayAndTime.format(atMs)
