/** The end of a negotiation: the chair freezes the text while some still write, and after that nothing passes. */
import { setImmediate as turn } from 'node:timers/promises'
import { isDeepStrictEqual } from 'node:util'
import { digestOfIdentified, identified, revisedText } from '../../shared/lifecycle/oral-texts.ts'
import { freezePreview } from '../../shared/lifecycle/freeze.ts'
import { readStage } from '../../shared/model/state.ts'
import { readDraft } from '../../shared/model/reader.ts'
import { oralOf, waitingIn } from '../../shared/record/oral.ts'
import { flaggedIn } from '../../shared/record/stands.ts'
import { checkSignature } from '../../server/keys/keys.ts'
import { sealedOf } from '../../server/record/sealed.ts'
import type { Speaker } from '../../server/sync/service.ts'
import { verifySealed } from '../../shared/lifecycle/verify.ts'
import type { Command } from '../../shared/wire/commands.ts'
import { fixedKeys } from '../unit/keys/fixed-keys.ts'
import type { Negotiation } from './negotiation.ts'
import { deeds } from './deeds.ts'
import { houseDeeds } from './house-deeds.ts'
import { amendingKinds, draftingKinds, operationOf, perform } from './operations.ts'
import { isAmong } from './screens.ts'
import { someOralChanges } from './some-oral.ts'
import { stageDeeds } from './stage-deeds.ts'

/** People come and go as long as a draft is there, delegations are added, and what comes after issue stands beside the text. */
const always: ReadonlySet<string> = new Set(['invite', 'revoke-invite', 'revoke-member', 'sponsor', 'unsponsor', 'sponsors-deadline', 'keep-issued', 'revise-orally', 'certify-oral', 'discard-oral'])

export async function freeze(world: Negotiation): Promise<void> {
  const prepared = await commandsOnHand(world)
  const { rooms, draft, chair, store, witness } = world
  // Some have not heard of it when they write on.
  await writeEverywhere(world, 0.5)
  if (readStage(witness.doc).secondAsked === true) await world.command(chair, { command: 'ask-second', ask: false })
  const preview = freezePreview(witness.doc, flaggedIn((await rooms.ledger(draft)).stands))
  const answer = await world.command(chair, { command: 'freeze', digest: preview.digest, symbol: 'A/C.3/81/L.1', closeOpen: true, reason: 'It is agreed.' })
  if (!answer.ok) throw new Error(`it could not be frozen: ${answer.error.code}`)
  const version = (await store.versions(draft)).at(-1)
  if (version === undefined || version.sha256 !== answer.result.sha256) throw new Error('another text is kept than was frozen')

  const before = await standing(world)
  await writeEverywhere(world, 1)
  await hearRefusals(world)
  for (const [speaker, body] of prepared) {
    if ((await world.command(speaker, body)).ok) throw new Error(`${body.command} was done after the freeze`)
    world.count('refused after the freeze')
  }
  if (!isDeepStrictEqual(await standing(world), before)) throw new Error('something was written after the freeze')
  await reviseOrally(world, version.number)
  if (!isDeepStrictEqual((await standing(world)).text, before.text)) throw new Error('an oral revision changed the text')
  await checkSeal(world, version.number)
  if (!(await world.command(chair, { command: 'reopen-frozen', reason: 'The meeting asked for it.' })).ok) throw new Error('it could not be reopened')
  if (!isDeepStrictEqual((await store.versions(draft)).find(({ number }) => number === version.number), version)) throw new Error('the frozen version was changed')
}

/** Announced and certified by a State that signed, or by the chair's table for its own text; some are discarded, and one waits in the end. */
async function reviseOrally(world: Negotiation, version: number): Promise<void> {
  const { rooms, draft, chair, witness, random } = world
  let text = identified(readDraft(witness.doc, 'en'), 'en')
  for (let round = 0; round < 4; round++) {
    const changes = someOralChanges(random, text.value, 3)
    const after = revisedText(text, changes, String(round))
    const answer = await world.command(chair, { command: 'revise-orally', digest: digestOfIdentified(text), author: 'office', changes })
    if (answer.ok !== (after !== null)) throw new Error(`an oral revision was answered ${answer.ok ? 'with yes' : answer.error.code}`)
    if (after === null) continue
    const one = waitingIn(oralOf((await rooms.ledger(draft)).oral, version))!
    const names = { number: one.number, digest: one.digest }
    if (round === 3) return
    const isKept = random(3) > 0
    const decided = await world.command(chair, isKept ? { command: 'certify-oral', ...names } : { command: 'discard-oral', ...names, reason: '' })
    if (!decided.ok) throw new Error(`an oral revision could not be decided on: ${decided.error.code}`)
    if (isKept) text = after
    world.count(isKept ? 'orally revised' : 'oral revision discarded')
  }
}

/** The sealed file of the text is sound, and no private or confidential letter is in it. */
async function checkSeal({ store, draft, letters, witness }: Negotiation, number: number): Promise<void> {
  const sealed = sealedOf((await store.version(draft, number))!, await store.record(draft, 0), fixedKeys.known)!
  const fault = (await verifySealed(Buffer.from(sealed), { key: fixedKeys.current.keyId, check: checkSignature })).find(({ result }) => result === 'fails')
  if (fault !== undefined) throw new Error(`the sealed file: ${fault.sentence}`)
  const foreign = letters.foreignIn(sealed, witness.speaker.hat, false)
  if (foreign !== null) throw new Error(`${foreign}, is in the sealed file`)
}

/** What everyone could decide at this moment, one of each kind. */
async function commandsOnHand(world: Negotiation): Promise<(readonly [Speaker, Command])[]> {
  const found: (readonly [Speaker, Command])[] = []
  for (const member of world.members) {
    const [place] = member.places.values()
    const screen = await world.screen(member, place!)
    for (const { command, who, deed } of [...deeds, ...houseDeeds, ...stageDeeds]) {
      const body = !always.has(command) && isAmong(who, member.speaker.hat) ? deed(screen) : null
      if (body !== null) found.push([member.speaker, body])
    }
  }
  return found
}

/** As a page would that has not heard of the freeze, or does not mind it. */
async function writeEverywhere(world: Negotiation, likely: number): Promise<void> {
  for (const { speaker, places } of world.members) {
    for (const place of places.values()) {
      const [shared, side] = place.wires
      for (const [wire, kinds] of [[shared, draftingKinds], [side, amendingKinds]] as const) {
        if (wire.isOver || world.random(100) >= likely * 100) continue
        if (wire === shared && likely < 1) continue
        for (let times = 0; times < 20 && wire.unsent === 0; times++) {
          perform(place, { ...operationOf(world.random, kinds), words: world.letters.write(world.random, speaker, { kind: 'document', document: wire.document }) })
        }
      }
    }
  }
  await turn()
}

async function hearRefusals(world: Negotiation): Promise<void> {
  for (const wire of world.wires) {
    if (wire.isOver || wire.unsent === 0) continue
    for (let times = 0; times < 50 && !wire.isOver; times++) {
      while (wire.deliverUp());
      await turn()
      while (wire.deliverDown());
    }
    if (wire.refusedWith !== 'frozen') throw new Error(`${wire.speaker.person} was answered ${wire.refusedWith ?? 'nothing'} in ${wire.document} after the freeze`)
    world.count('refused after the freeze')
  }
}

/** The end of every log, and what stands in the text. */
async function standing({ store, draft, witness, wires }: Negotiation) {
  const documents = [...new Set([draft, ...wires.map(({ document }) => document)])]
  const logs = await Promise.all(documents.map(async (document) => [document, (await store.load(document)).seq]))
  return { logs, text: readDraft(witness.doc), record: (await store.record(draft, 0)).length }
}
