/** How often one person or one address may ask. */
import { RateLimiterMemory, RateLimiterRes } from 'rate-limiter-flexible'
import { Refusal } from '../../shared/wire/errors.ts'
import { limits } from '../../shared/wire/limits.ts'

export interface Rates {
  readonly linkUsesPerMinute: number
  readonly commandsPerMinute: number
  readonly draftCommandsPerMinute: number
  readonly leaseRequestsPerMinute: number
  readonly exportsPerMinute: number
  readonly readsPerMinute: number
}

export const rates: Rates = {
  linkUsesPerMinute: limits.linkUsesPerMinuteMax,
  commandsPerMinute: limits.commandsPerMinuteMax,
  draftCommandsPerMinute: limits.draftCommandsPerMinuteMax,
  leaseRequestsPerMinute: limits.leaseRequestsPerMinuteMax,
  exportsPerMinute: limits.exportsPerMinuteMax,
  readsPerMinute: limits.readsPerMinuteMax,
}

/** Takes one request off what `key` has left in this minute. Rejects with `too-fast`. */
export type Limiter = (key: string) => Promise<void>

export function perMinute(requestsMax: number): Limiter {
  const limiter = new RateLimiterMemory({ points: requestsMax, duration: 60 })
  return async (key) => {
    try {
      await limiter.consume(key)
    } catch (error) {
      if (error instanceof RateLimiterRes) throw new Refusal('too-fast')
      throw error
    }
  }
}
