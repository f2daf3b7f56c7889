/** A draft that was negotiated and frozen, with words said in confidence, and its sealed file. */
import { sealedOf } from '../../../server/record/sealed.ts'
import { freezePreview } from '../../../shared/lifecycle/freeze.ts'
import { digestOfIdentified, identified, revisedText } from '../../../shared/lifecycle/oral-texts.ts'
import { readDraft } from '../../../shared/model/reader.ts'
import { foldOral, oralOf, waitingIn } from '../../../shared/record/oral.ts'
import type { OralChange } from '../../../shared/text/oral-revision.ts'
import { Bench, chair, eu, japan, legal, ngo } from '../record/bench.ts'
import { fixedKeys } from '../keys/fixed-keys.ts'

export interface SealedDraft {
  readonly bench: Bench
  readonly sealed: string
  /** The file again after two oral revisions, of which one waits after them. */
  readonly revisedOrally: () => Promise<string>
}

export const inConfidence = 'Our capital will not move on this.'

let revised: Promise<string> | null = null

/** One by its author, one by the chair's table for it, and one that nobody has certified. */
async function reviseOrally(bench: Bench): Promise<void> {
  const frozen = identified(readDraft(await bench.shared(), 'en'), 'en')
  const at = frozen.value.units.findIndex(({ kind }) => kind === 'op')
  const { words } = frozen.value.units[at]!
  const changes: OralChange[][] = [
    [{ kind: 'words', unit: at, note: null, edits: [{ from: words.length - 1, to: words.length - 1, words: ' and bells' }] }],
    [{ kind: 'new', after: at, inside: false, unitKind: 'op', words: 'Calls for a conference;' }],
    [{ kind: 'delete', unit: at }],
  ]
  let text = frozen
  for (const [index, some] of changes.entries()) {
    const number = index + 1
    await bench.done([japan, chair, japan][index]!, { command: 'revise-orally', digest: digestOfIdentified(text), author: 'jp', changes: some })
    const { digest } = waitingIn(oralOf(foldOral(await bench.store.record(bench.draft, 0)), 1))!
    if (index < 2) await bench.done([japan, chair][index]!, { command: 'certify-oral', number, digest })
    text = revisedText(text, some, String(number))!
  }
}

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
  const sealed = async (): Promise<string> => sealedOf(version, await bench.store.record(bench.draft, 0), fixedKeys.known)!
  return { bench, sealed: await sealed(), revisedOrally: () => (revised ??= reviseOrally(bench).then(sealed)) }
}
