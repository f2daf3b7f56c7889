/** Whether a request that changes something comes from our own page, and not from another site's. */
import type { IncomingHttpHeaders } from 'node:http'

/** A browser always says Origin with a POST and with a socket; the older Sec-Fetch-Site counts only where Origin is missing. */
export function isOwnOrigin(headers: IncomingHttpHeaders): boolean {
  const { origin, host } = headers
  if (origin === undefined) return headers['sec-fetch-site'] === 'same-origin'
  if (host === undefined) return false
  try {
    const { host: from, protocol } = new URL(origin)
    return (protocol === 'http:' || protocol === 'https:') && from === new URL(`${protocol}//${host}`).host
  } catch {
    return false
  }
}
