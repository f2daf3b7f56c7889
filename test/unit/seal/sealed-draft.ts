/** A draft that was negotiated and frozen, with words said in confidence, and its sealed file. */
import { sealedOf } from '../../../server/record/sealed.ts'
import { freezePreview } from '../../../shared/lifecycle/freeze.ts'
import { Bench, chair, eu, japan, legal, ngo } from '../record/bench.ts'
import { fixedKeys } from '../keys/fixed-keys.ts'

export interface SealedDraft {
  readonly bench: Bench
  readonly sealed: string
}

export const inConfidence = 'Our capital will not move on this.'

export async function sealedDraft(): Promise<SealedDraft> {
  const bench = await Bench.open()
  const offered = await bench.propose(eu, 'Invites Member States to cooperate “fully” — \\ é 漢 😀;')
  const refused = await bench.propose(japan, 'Requests a panel;')
  await bench.done(japan, { command: 'position', about: { kind: 'amendment', ...offered }, position: 'cannot-accept', to: 'table', note: inConfidence })
  await bench.done(japan, { command: 'position', about: { kind: 'amendment', ...offered }, position: 'can-accept', to: 'all', note: '' })
  await bench.done(ngo, { command: 'position', about: { kind: 'amendment', ...refused }, position: 'support', to: 'all', note: 'at last' })
  await bench.done(legal, { command: 'review', ...offered, verdict: 'flagged', flag: 'terminology', note: 'not the agreed term' })
  await bench.done(legal, { command: 'review', ...offered, verdict: 'cleared', note: '' })
  await bench.done(chair, { command: 'incorporate', ...offered })
  await bench.done(chair, { command: 'not-reflected', ...refused, note: 'no resources' })
  await bench.done(chair, { command: 'agree', ...(await bench.unit('OP1')) })
  await bench.done(japan, { command: 'sponsor', as: 'main' })
  const { digest } = freezePreview(await bench.shared(), new Set())
  await bench.done(chair, { command: 'freeze', digest, symbol: 'A/C.3/81/L.1', closeOpen: false, reason: 'It is agreed.' })
  const version = (await bench.store.version(bench.draft, 1))!
  return { bench, sealed: sealedOf(version, await bench.store.record(bench.draft, 0), fixedKeys.known)! }
}
