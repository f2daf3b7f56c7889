import { describe, expect, it } from 'vitest'
import { inNewYorkOf, leftOf, momentOf, newYork, wallTimeOf } from '../../../client/room/moments.ts'
import { leftWords, nextWords, shownStations, stationName } from '../../../client/room/way.ts'
import { wayOf } from '../../../shared/lifecycle/stages.ts'
import type { StageFacts } from '../../../shared/lifecycle/stages.ts'

describe('a deadline in New York', () => {
  it('SI9 is the moment at which the clocks there show it, in winter and in summer', () => {
    expect(new Date(momentOf('2026-12-03T12:00', newYork)!).toISOString()).toBe('2026-12-03T17:00:00.000Z')
    expect(new Date(momentOf('2026-07-03T12:00', newYork)!).toISOString()).toBe('2026-07-03T16:00:00.000Z')
    expect(inNewYorkOf(Date.parse('2026-12-03T17:00:00Z'))).toBe('Thu, 3 Dec 2026, 12:00')
  })

  it('SI9 is the first of the two where the clocks show it twice, and as much later as they skip', () => {
    expect(new Date(momentOf('2026-11-01T01:30', newYork)!).toISOString()).toBe('2026-11-01T05:30:00.000Z')
    expect(wallTimeOf(momentOf('2026-03-08T02:30', newYork)!, newYork)).toBe('2026-03-08T03:30')
    expect(momentOf('soon', newYork)).toBeNull()
    expect(momentOf('', newYork)).toBeNull()
  })

  it('SI9 comes back from the clocks as it was, in any zone', () => {
    for (const zone of [newYork, 'Asia/Kathmandu', 'Pacific/Auckland', 'UTC']) {
      for (let at = Date.parse('2026-01-01T00:00Z'); at < Date.parse('2027-01-01T00:00Z'); at += 7_213 * 60_000) {
        const again = momentOf(wallTimeOf(at, zone), zone)!
        expect(wallTimeOf(again, zone)).toBe(wallTimeOf(at, zone))
        expect(Math.abs(again - at)).toBeLessThanOrEqual(3_600_000)
      }
    }
  })

  it('SI9 tells what is left in words', () => {
    expect(leftOf(-1)).toEqual({ days: 0, hours: 0, minutes: 0 })
    expect(leftWords(72 * 3_600_000)).toBe('3 days 0 hours left')
    expect(leftWords(3_600_001)).toBe('1 hour 1 min left')
    expect(leftWords(30_000)).toBe('1 min left')
    expect(leftWords(0)).toBe('now')
  })
})

describe('the way in words', () => {
  const facts: StageFacts = { stage: 'negotiation', reading: 1, paragraphs: 4, open: 0, flagged: 0, silence: null, isReady: false, isSecondMissing: false }
  const names = { nameOf: (unit: string): string => `OP${unit}`, nameOfVersion: (number: number): string => `Rev.${number}` }
  it('SG4 says what is missing to go on; SI11 of silence on some paragraphs, on which and to what end; SI12 on which version', () => {
    expect(nextWords({ ...facts, stage: 'drafting', paragraphs: 0 }, names)).toBe('Next: write or import the text.')
    expect(nextWords({ ...facts, open: 2 }, names)).toBe('To freeze it, this is missing: decisions on 2 proposals and silence on the text as it stands, or the chair’s reason.')
    expect(nextWords({ ...facts, stage: 'silence', isReady: true }, names)).toBe('Nothing is missing: the chair can freeze the text.')
    expect(nextWords({ ...facts, stage: 'frozen' }, names)).toBe('')
    const silence = { number: 1, units: null, digest: '', version: null, startedAtMs: 0, untilMs: 1, objections: [], ended: null }
    expect(nextWords({ ...facts, stage: 'silence', silence }, names)).toBe('Any State or group may break silence until the deadline. Unbroken, the text can be frozen.')
    expect(nextWords({ ...facts, stage: 'silence', silence: { ...silence, version: 2 } }, names)).toMatch(/^Silence is on Rev\.2\./)
    const part = { ...silence, units: ['1', '2', '3', '4', '5', '6', '7'] }
    expect(nextWords({ ...facts, stage: 'silence', silence: part }, names)).toBe('Silence is on OP1, OP2, OP3, OP4, OP5, and 2 more alone. Any State or group may break it until the deadline. Unbroken, it agrees them ad ref, and negotiation goes on.')
  })

  it('SG4 of many readings shows the last ones and how many were before', () => {
    const { stations, hidden } = shownStations(wayOf({ stage: 'negotiation', reading: 7, silence: null }))
    expect(hidden).toBe(4)
    expect(stations.map(stationName)).toEqual(['Drafting', 'Fifth reading', 'Reading 6', 'Reading 7', 'Silence', 'Frozen'])
  })
})
