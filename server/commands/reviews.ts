/** What the legal officer says of proposals. A clearance is the room's; a flag is the chair's table's until it is released. */
import type { Command } from '../../shared/wire/commands.ts'
import { Refusal } from '../../shared/wire/errors.ts'
import { allow, amendmentFacts, published } from './context.ts'
import type { Handler } from './context.ts'

type Of<N extends Command['command']> = Extract<Command, { command: N }>

export const review: Handler<Of<'review'>> = (context) => {
  const { amendment, digest, alike = [], verdict, flag = 'legal', note } = context.command
  for (const one of [{ amendment, digest }, ...alike]) {
    const { state } = published(context, one.amendment, one.digest)
    allow(context, 'review', { amendment: amendmentFacts(context, one.amendment, state) })
  }
  const record = { amendment, digest, alike: alike.map((one) => ({ ...one })), verdict, note }
  if (verdict === 'cleared') return { result: { amendment }, record }
  return { result: { amendment }, record: { ...record, flag }, audience: { to: 'table', of: context.speaker.hat.delegation } }
}

/** Of this amendment alone; others of the same wording keep theirs. It bears the wording that was flagged. */
export const releaseFlag: Handler<Of<'release-flag'>> = (context) => {
  const { amendment, digest } = context.command
  const { state } = published(context, amendment, digest)
  allow(context, 'release-flag', { amendment: amendmentFacts(context, amendment, state) })
  const known = context.before.ledger.stands.reviews.get(amendment)
  if (known?.verdict !== 'flagged' || known.released) throw new Refusal('not-flagged')
  return { result: { amendment }, record: { amendment, digest: known.digest, flag: known.flag, note: known.note } }
}
