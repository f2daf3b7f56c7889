/** How often one person or one address may ask. */
import { RateLimiterMemory, RateLimiterRes } from 'rate-limiter-flexible'
import { Refusal } from '../../shared/wire/errors.ts'
import { limits } from '../../shared/wire/limits.ts'

export interface Rates {
  readonly requestsPerMinute: number
  readonly linkUsesPerMinute: number
  readonly commandsPerMinute: number
  readonly commandBytesPerMinute: number
  readonly draftCommandsPerMinute: number
  readonly leaseRequestsPerMinute: number
  readonly exportsPerMinute: number
  readonly readsPerMinute: number
}

export const rates: Rates = {
  requestsPerMinute: limits.requestsPerMinuteMax,
  linkUsesPerMinute: limits.linkUsesPerMinuteMax,
  commandsPerMinute: limits.commandsPerMinuteMax,
  commandBytesPerMinute: limits.commandBytesPerMinuteMax,
  draftCommandsPerMinute: limits.draftCommandsPerMinuteMax,
  leaseRequestsPerMinute: limits.leaseRequestsPerMinuteMax,
  exportsPerMinute: limits.exportsPerMinuteMax,
  readsPerMinute: limits.readsPerMinuteMax,
}

/** Takes one request, or so many bytes, off what `key` has left in this minute. Rejects with `too-fast`. */
export type Limiter = (key: string, amount?: number) => Promise<void>

export function perMinute(max: number): Limiter {
  const limiter = new RateLimiterMemory({ points: max, duration: 60 })
  return async (key, amount = 1) => {
    try {
      await limiter.consume(key, amount)
    } catch (error) {
      if (error instanceof RateLimiterRes) throw new Refusal('too-fast')
      throw error
    }
  }
}
