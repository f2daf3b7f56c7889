/** Deadlines are set in New York time, where the Assembly meets, told in that and in the reader's own, and kept in UTC. */

export const newYork = 'America/New_York'

/** "2026-12-03T12:00", as an input of date and time has it. */
export type WallTime = string

const partsIn = (zone: string): Intl.DateTimeFormat =>
  new Intl.DateTimeFormat('en-GB', { timeZone: zone, year: 'numeric', month: '2-digit', day: '2-digit', hour: '2-digit', minute: '2-digit', hourCycle: 'h23' })

/** What the clocks of a zone show at a moment. */
export function wallTimeOf(atMs: number, zone: string): WallTime {
  const parts = new Map(partsIn(zone).formatToParts(atMs).map(({ type, value }) => [type, value]))
  const of = (type: Intl.DateTimeFormatPartTypes): string => parts.get(type) ?? ''
  return `${of('year')}-${of('month')}-${of('day')}T${of('hour')}:${of('minute')}`
}

/**
 * The moment at which the clocks of a zone show this; null for what is no time. Where they show it twice the first; where
 * they skip it, as much later as they skip.
 */
export function momentOf(wall: WallTime, zone: string): number | null {
  const asUtcMs = Date.parse(`${wall}:00Z`)
  if (!/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}$/.test(wall) || !Number.isFinite(asUtcMs)) return null
  const aheadMs = (atMs: number): number => Date.parse(`${wallTimeOf(atMs, zone)}:00Z`) - atMs
  // A day before and after, whatever change lies between.
  const [before, after] = [aheadMs(asUtcMs - dayMs), aheadMs(asUtcMs + dayMs)]
  const candidates = [asUtcMs - Math.max(before, after), asUtcMs - Math.min(before, after)]
  return candidates.find((atMs) => wallTimeOf(atMs, zone) === wall) ?? asUtcMs - before
}

const dayMs = 86_400_000

const inNewYork = new Intl.DateTimeFormat('en-GB', { timeZone: newYork, weekday: 'short', day: 'numeric', month: 'short', year: 'numeric', hour: '2-digit', minute: '2-digit', hourCycle: 'h23' })
const inOwn = new Intl.DateTimeFormat('en-GB', { weekday: 'short', day: 'numeric', month: 'short', hour: '2-digit', minute: '2-digit', hourCycle: 'h23' })

/** "Thu, 3 Dec 2026, 12:00" on the clocks of New York. */
export const inNewYorkOf = (atMs: number): string => inNewYork.format(atMs)

/** "Thu, 3 Dec, 18:00" on the reader's own clock. */
export const inOwnOf = (atMs: number): string => inOwn.format(atMs)

/** How much is left, in the largest two measures. All are 0 when it is over. */
export function leftOf(ms: number): { readonly days: number; readonly hours: number; readonly minutes: number } {
  const minutes = Math.max(0, Math.ceil(ms / 60_000))
  const days = Math.floor(minutes / 1_440)
  const hours = Math.floor((minutes % 1_440) / 60)
  return { days, hours, minutes: days > 0 ? 0 : minutes % 60 }
}
