/**
 * Oral revisions: announced from the floor after the freeze, certified by their author, or discarded before that. They are
 * entries of the record beside the frozen text; no document has a byte of them.
 */
import { officialName } from '../../shared/drafting/states.ts'
import { certifiedForm, digestOfAnnounced, digestOfResolution } from '../../shared/lifecycle/oral.ts'
import type { Announced } from '../../shared/lifecycle/oral.ts'
import { asRevised, identified } from '../../shared/lifecycle/oral-texts.ts'
import type { IdentifiedText } from '../../shared/lifecycle/oral-texts.ts'
import { readSponsors, readStage } from '../../shared/model/state.ts'
import type { ResolutionValue } from '../../shared/model/value.ts'
import type { OralFacts } from '../../shared/policy/types.ts'
import { whoDigest } from '../../shared/record/chain.ts'
import { oralOf, waitingIn } from '../../shared/record/oral.ts'
import type { OralRevision } from '../../shared/record/oral.ts'
import { isSponsorNow } from '../../shared/record/sponsoring.ts'
import { oralRefusals, orallyRevised } from '../../shared/text/oral-revision.ts'
import type { OralChange } from '../../shared/text/oral-revision.ts'
import type { Command } from '../../shared/wire/commands.ts'
import { Refusal } from '../../shared/wire/errors.ts'
import type { JsonValue } from '../../shared/wire/json.ts'
import { limits } from '../../shared/wire/limits.ts'
import type { VersionHead } from '../store/store.ts'
import { allow, delegationOf } from './context.ts'
import type { Context, Handler } from './context.ts'

type Of<N extends Command['command']> = Extract<Command, { command: N }>

export const frozenVersion = ({ before }: Context): VersionHead | undefined => before.versions.findLast(({ kind }) => kind === 'final')

function isSponsor({ before, doc }: Context, delegation: string): boolean {
  return isSponsorNow(before.ledger.sponsoring, delegation, readSponsors(doc).some((one) => one.delegation === delegation), true)
}

/** The frozen text with its certified oral revisions carried out. */
export function textAsRevised({ doc, view }: Pick<Context, 'doc' | 'view'>, revisions: readonly OralRevision[]): IdentifiedText {
  const text = asRevised(identified(view, readStage(doc).language), revisions)
  if (text === null) throw new Error('an oral revision in the record cannot be carried out')
  return text
}

/** Against the text as already orally revised, which the sender saw. */
export const reviseOrally: Handler<Of<'revise-orally'>> = (context) => {
  const { command: { author, changes, digest }, draft, speaker: { hat } } = context
  allow(context, 'revise-orally', { oral: { author, sponsors: isSponsor(context, author), certified: false } })
  const { name } = delegationOf(context, author)
  const version = frozenVersion(context)!
  const revisions = oralOf(context.before.ledger.oral, version.number)
  if (waitingIn(revisions) !== null) throw new Refusal('oral-waiting')
  if (revisions.length >= limits.oralRevisionsMax || isTooLong(changes)) throw new Refusal('oral-long')
  const { value: before } = textAsRevised(context, revisions)
  if (digestOfResolution(before) !== digest) throw new Refusal('changed')
  const revised = orallyRevised(before, changes)
  if (!revised.ok) throw new Refusal(oralRefusals[revised.fault])
  if (unitsIn(revised.value.units) > limits.unitsMax) throw new Refusal('oral-long')
  const number = revisions.length + 1
  const announced: Announced = {
    draft, version: version.number, text: version.sha256, number, author: officialName(name), base: digest,
    changes, sentences: revised.sentences, result: digestOfResolution(revised.value),
  }
  const sha256 = digestOfAnnounced(announced)
  return {
    result: { number, sha256 },
    record: { version: version.number, number, delegation: author, author: announced.author, asRecorded: author !== hat.delegation, base: digest, changes: changes as unknown as JsonValue, sentences: [...revised.sentences], result: announced.result, digest: sha256 },
  }
}

const unitsIn = (units: ResolutionValue['units']): number => units.reduce((count, { children }) => count + 1 + unitsIn(children), 0)

function isTooLong(changes: readonly OralChange[]): boolean {
  const lengths = changes.flatMap((change) => (change.kind === 'words' ? change.edits.map(({ words }) => words.length) : 'words' in change ? [change.words.length] : []))
  return changes.length > limits.oralChangesMax || lengths.some((length) => length > limits.oralWordsCharactersMax) || lengths.reduce((sum, length) => sum + length, 0) > limits.oralCharactersMax
}

/** The one that waits, as the sender saw it, and whether the policy lets the sender do this with it. */
function waiting(context: Context<Of<'certify-oral' | 'discard-oral'>>): { readonly revision: OralRevision; readonly version: VersionHead; readonly before: readonly OralRevision[] } {
  const { command: { command, number, digest } } = context
  const version = frozenVersion(context)
  const revisions = oralOf(context.before.ledger.oral, version?.number)
  const revision = revisions[number - 1]
  const facts = (found: OralRevision): OralFacts => ({ author: found.author, sponsors: isSponsor(context, found.author), certified: found.certified !== null })
  allow(context, command, revision === undefined ? {} : { oral: facts(revision) })
  if (version === undefined || revision === undefined) throw new Refusal('no-such-oral')
  if (revision.digest !== digest) throw new Refusal('changed')
  return { revision, version, before: revisions.slice(0, -1) }
}

/** By its author; by the chair's table for it, which then holds the signed copy. The server signs what was certified. */
export const certifyOral: Handler<Of<'certify-oral'>> = (context) => {
  const { revision, version, before } = waiting(context)
  const { draft, atMs, speaker: { hat, person }, deps: { keys } } = context
  const { number, author, authorName, base, changes, sentences, result, digest } = revision
  const asRecorded = author !== hat.delegation
  const { form, bytes, sha256 } = certifiedForm(
    { draft, version: version.number, text: version.sha256, number, author: authorName, base, changes, sentences, result },
    { announcedAt: new Date(revision.atMs).toISOString(), certifiedAt: new Date(atMs).toISOString(), certifiedBy: whoDigest(person), asRecorded, previous: before.at(-1)?.certified?.sha256 ?? null },
  )
  const signature = keys.sign(bytes)
  return {
    result: { number, sha256 },
    record: { version: version.number, number, delegation: author, digest, asRecorded, sha256, form: form as unknown as JsonValue, signature: { ...signature } },
  }
}

/** What was certified stays, and can only be superseded by a further one. */
export const discardOral: Handler<Of<'discard-oral'>> = (context) => {
  const { revision: { number, author, digest }, version } = waiting(context)
  return { result: { number }, record: { version: version.number, number, delegation: author, digest, reason: context.command.reason } }
}
