/** What must hold when a negotiation has come to rest: one text for all, every letter credited, and nothing told to others. */
import { isDeepStrictEqual } from 'node:util'
import * as Y from 'yjs'
import { hashOf } from '../../server/auth/secrets.ts'
import { recordSeenBy } from '../../server/http/views.ts'
import { entriesBetween } from '../../server/sync/loading.ts'
import { exportForms } from '../../server/sync/service.ts'
import type { Speaker } from '../../server/sync/service.ts'
import { readAmendments } from '../../shared/model/amendments.ts'
import { defineShared, defineSide, everHeld, newDoc, stateOf, textsOf } from '../../shared/model/layout.ts'
import { readDraft } from '../../shared/model/reader.ts'
import { readAmendmentState, stateOfAmendment } from '../../shared/model/state.ts'
import { itemOf } from '../../shared/model/texts.ts'
import { misplaced } from '../unit/model/support.ts'
import type { Negotiation } from './negotiation.ts'

export async function check(world: Negotiation): Promise<void> {
  const shared = await checkCopies(world)
  for (const { speaker } of world.members) await checkCredits(world, shared, speaker)
  await checkOutlets(world)
}

/** Everyone has what the log says from its start. */
async function checkCopies(world: Negotiation): Promise<Y.Doc> {
  const replayed = new Map<string, Y.Doc>()
  for (const { document, doc, isOver, speaker } of [world.witness, ...world.wires]) {
    if (isOver) continue
    const log = replayed.get(document) ?? (await replay(world, document))
    replayed.set(document, log)
    if (!Y.equalSnapshots(Y.snapshot(doc), Y.snapshot(log))) throw new Error(`${speaker.person} has another ${document} than the log`)
    if (!isDeepStrictEqual(readAmendments(doc), readAmendments(log))) throw new Error(`${speaker.person} reads other amendments in ${document} than the log has`)
    if (document === world.draft && !isDeepStrictEqual(readDraft(doc), readDraft(log))) throw new Error(`${speaker.person} reads another text than the log has`)
  }
  const shared = replayed.get(world.draft)!
  const astray = misplaced(shared)
  if (astray.length > 0) throw new Error(`letters stand nowhere, or twice: ${astray.join()}`)
  return shared
}

async function replay({ store, draft }: Negotiation, document: string): Promise<Y.Doc> {
  const doc = document === draft ? defineShared(newDoc()) : defineSide(newDoc())
  const { seq } = await store.load(document)
  for (const { bytes } of await entriesBetween(store, document, 0, seq)) if (bytes.length > 0) Y.applyUpdate(doc, bytes)
  return doc
}

/** Incorporated; or once, in a paragraph that a return to an earlier text took off the page and somebody brought back into the open text. */
function isBehindText(shared: Y.Doc, amendment: string): boolean {
  const state = readAmendmentState(shared, amendment)
  const held = everHeld(stateOf(shared), stateOfAmendment(amendment)) as readonly { readonly status: string }[]
  return state?.status === 'incorporated' || (state?.decision?.notIn !== undefined && held.some(({ status }) => status === 'incorporated'))
}

/**
 * Every letter on the page is credited: what was typed into the open text to who typed it; what an amendment brought to
 * that amendment, and in the text to one that was incorporated.
 */
async function checkCredits({ rooms, draft, letters, count }: Negotiation, shared: Y.Doc, { hat, person: asker }: Speaker): Promise<void> {
  const { authors, runs } = await rooms.authors(draft, null, { person: asker, personName: '', hatId: '', hat }, (person) => person)
  const base = new Set(textsOf(shared).values())
  const credited = new Set<string>()
  for (const [client, clock, length, index] of runs) {
    for (let at = clock; at < clock + length; at++) {
      const item = itemOf(shared, [client, at, 0])!
      const letter = (item.content as Y.ContentString).str[at - item.id.clock]!
      const known = letters.of(letter)
      if (known === undefined) continue
      const { amendments, delegation } = authors[index]!
      const { speaker, home, brought } = known
      const isTypedHere = home.kind === 'document' && home.document === draft
      if (amendments.length === 0 ? !isTypedHere : !isTypedHere && amendments.some((id) => !brought.has(id))) throw new Error(`“${letter}” is credited to ${amendments.join()}, brought by ${[...brought].join()}`)
      const toldOf = amendments.length === 0 || speaker.hat.delegation === hat.delegation ? speaker.hat.delegation : null
      if (delegation !== toldOf) throw new Error(`“${letter}” of ${speaker.person} is told to ${asker} as ${delegation}’s`)
      if (!base.has(item.parent as Y.Text)) continue
      if (amendments.length > 0 && !amendments.some((id) => isBehindText(shared, id))) throw new Error(`“${letter}” stands in the text and ${amendments.join()} was not incorporated`)
      credited.add(letter)
      count(isTypedHere ? 'credited to who typed it' : 'credited')
    }
  }
  for (const { atoms, notes } of readDraft(shared).units) {
    for (const letter of [atoms, ...notes.map(({ words }) => words)].join('')) if (letters.of(letter) !== undefined && !credited.has(letter)) throw new Error(`“${letter}” stands in the text and is credited to nobody`)
  }
}

/** What is exported is for everybody; of the record everyone reads what is for them. */
async function checkOutlets({ rooms, store, draft, letters, members, witness, secrets }: Negotiation): Promise<void> {
  const anybody = witness.speaker.hat
  for (const form of exportForms) {
    const foreign = letters.foreignIn((await rooms.exported(draft, form, 'all')).text(), anybody, null)
    if (foreign !== null) throw new Error(`${foreign}, is exported as ${form}`)
  }
  const [record, hats, { stands: { opened } }] = [await store.record(draft, 0), await store.hats(draft), await rooms.ledger(draft)]
  const entries = JSON.stringify(record)
  for (const secret of secrets) for (const one of [secret, hashOf(secret)]) if (entries.includes(one)) throw new Error('the record holds a secret')
  for (const { hat, person } of [witness.speaker, ...members.map(({ speaker }) => speaker)]) {
    const foreign = letters.foreignIn(JSON.stringify(recordSeenBy(hat, record, hats, [], opened)), hat, opened)
    if (foreign !== null) throw new Error(`${foreign}, is read by ${person} in the record`)
  }
}
