/**
 * The sponsors of the resolution. Before the freeze their names stand in the shared document, for the text that is frozen;
 * after it nothing is written there, and who signs or takes their name off is an entry of the record alone.
 */
import { stateOf } from '../../shared/model/layout.ts'
import { readSponsors, readStage, stateOfSponsor, writeState } from '../../shared/model/state.ts'
import { isSigningClosed, isSponsorNow } from '../../shared/record/sponsoring.ts'
import type { SponsorFacts } from '../../shared/policy/types.ts'
import type { Command } from '../../shared/wire/commands.ts'
import { Refusal } from '../../shared/wire/errors.ts'
import { allow } from './context.ts'
import type { Context, Handler } from './context.ts'
import { requireAhead } from './stage-writes.ts'

type Of<N extends Command['command']> = Extract<Command, { command: N }>

const isIssued = ({ doc }: Context): boolean => readStage(doc).stage === 'frozen'

function sponsorFacts(context: Context): SponsorFacts {
  const { sponsoring } = context.before.ledger
  const { delegation } = context.speaker.hat
  const isInText = readSponsors(context.doc).some((one) => one.delegation === delegation)
  return { signed: isSponsorNow(sponsoring, delegation, isInText, isIssued(context)), closed: isSigningClosed(sponsoring, context.atMs) }
}

export const sponsor: Handler<Of<'sponsor'>> = (context) => {
  allow(context, 'sponsor', { sponsoring: sponsorFacts(context) })
  const { doc, atMs, command, speaker: { hat: { delegation } } } = context
  const afterIssue = isIssued(context)
  if (!afterIssue) writeState(doc, stateOfSponsor(delegation), { delegation, as: command.as, atMs })
  return { result: {}, record: { delegation, as: command.as, afterIssue } }
}

export const unsponsor: Handler<Of<'unsponsor'>> = (context) => {
  allow(context, 'unsponsor', { sponsoring: sponsorFacts(context) })
  const { delegation } = context.speaker.hat
  const afterIssue = isIssued(context)
  if (!afterIssue) stateOf(context.doc).delete(stateOfSponsor(delegation))
  return { result: {}, record: { delegation, afterIssue } }
}

/** By the server's clock, whatever a page believes the time to be. */
export const sponsorsDeadline: Handler<Of<'sponsors-deadline'>> = (context) => {
  allow(context, 'sponsors-deadline')
  const { untilMs } = context.command
  if (untilMs === context.before.ledger.sponsoring.deadlineMs) throw new Refusal('already-so')
  if (untilMs !== null) requireAhead(untilMs, context.atMs)
  return { result: {}, record: { untilMs } }
}
