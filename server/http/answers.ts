/** How an outcome is said in HTTP: `{ ok, result }`, or `{ ok, error: { code, sentence } }` under a fitting status. */
import type { Response } from 'express'
import { sentenceOf } from '../../shared/wire/errors.ts'
import type { ErrorCode } from '../../shared/wire/errors.ts'

const statuses: Partial<Record<ErrorCode, number>> = {
  'bad-command': 400,
  'not-signed-in': 401,
  'wrong-origin': 403,
  'not-a-member': 403,
  'no-such-hat': 403,
  'hat-revoked': 403,
  'not-permitted': 403,
  'only-chair': 403,
  'only-chairs-table': 403,
  'only-legal': 403,
  'only-head': 403,
  'only-drafters': 403,
  'not-put-forward-right': 403,
  'only-states': 403,
  'not-yours': 403,
  'positions-closed': 403,
  'link-unknown': 404,
  'no-such-draft': 404,
  'no-such-page': 404,
  'no-such-version': 404,
  'not-sealed': 404,
  'link-expired': 410,
  'too-large': 413,
  'import-too-large': 413,
  'too-fast': 429,
  'import-too-many': 503,
  'export-too-many': 503,
  'server-fault': 500,
  'log-damaged': 500,
  'store-failed': 503,
}

/** 409 for whatever has no status of its own: understood and permitted, but not as things stand. */
export function statusOf(code: string): number {
  return (Object.hasOwn(statuses, code) ? statuses[code as ErrorCode] : undefined) ?? 409
}

export function answer(response: Response, result: object): void {
  response.json({ ok: true, result })
}

export function refuse(response: Response, code: ErrorCode): void {
  response.status(statusOf(code)).json({ ok: false, error: { code, sentence: sentenceOf(code) } })
}
