import { expect, test } from 'vitest'
import { Authorship, lettersIn } from '../../../server/sync/authors.ts'
import { importText } from '../../../shared/convert/importText.ts'
import { digestOfText } from '../../../shared/lifecycle/digests.ts'
import { readDraft } from '../../../shared/model/reader.ts'
import { readReversals } from '../../../shared/model/reversal.ts'
import { itemOf } from '../../../shared/model/texts.ts'
import { bench, chair, done, eu, negotiation, source, stands, type, unitSeen } from './bench.ts'
import { unitAt } from './support.ts'

/** The words of OP1 in their order, each run with where it is from. */
async function written(): Promise<[words: string, from: string][]> {
  const view = readDraft(bench.shared)
  const authorship = new Authorship(bench.store, bench.draft)
  await authorship.readOn()
  const seen = authorship.seenBy(chair, bench.shared, lettersIn(bench.shared, view, unitSeen('OP1').unit), () => null)
  const found: [string, string][] = []
  for (const [client, clock, length, index] of seen.runs) {
    const { imported, amendments } = seen.authors[index]!
    let words = ''
    for (let at = clock; at < clock + length; at++) {
      const item = itemOf(bench.shared, [client, at, 0])!
      words += (item.content as unknown as { str: string }).str[at - item.id.clock]!
    }
    const from = imported ? 'imported' : amendments.join()
    const last = found.at(-1)
    if (last?.[1] === from) last[0] += words
    else found.push([words, from])
  }
  return found
}

test('WW1 words that an undone decision had replaced are again whose they were, and brought in again they are the amendment’s', async () => {
  await negotiation()
  const typed = type(eu, 'every year', 'each spring')
  await done(eu, { command: 'put-forward', ...typed })
  const id = typed.amendment
  await done(chair, { command: 'incorporate', ...stands(id) })
  expect((await written()).slice(0, 3)).toEqual([['Requests the Secretary-General to report ', 'imported'], ['each spring', id], [';', 'imported']])
  await done(chair, { command: 'undo-decision', decision: readReversals(bench.shared)[0]!.decision })
  expect(unitAt(readDraft(bench.shared), 'OP1').words).toBe('Requests the Secretary-General to report every year;')
  expect(await written()).toEqual([['Requests the Secretary-General to report every year;', 'imported'], ['each spring', id]])
  await done(chair, { command: 'incorporate', ...stands(id) })
  expect(await written()).toContainEqual(['each spring', id])
})

test('VE10 of another text that became the base only what is new is its bringer’s; the rest is whose it was', async () => {
  await negotiation()
  const typed = type(eu, 'every year', 'each spring')
  await done(eu, { command: 'put-forward', ...typed })
  const id = typed.amendment
  await done(chair, { command: 'incorporate', ...stands(id) })
  const text = importText(source.replace('every year', 'orally each spring')).value
  await done(chair, { command: 'issue-revision', name: '', symbol: '', digest: digestOfText(readDraft(bench.shared, 'en'), 'en'), incorporate: [], leave: [], note: '', text })
  expect((await written()).slice(0, 4)).toEqual([['Requests the Secretary-General to report ', 'imported'], ['orally ', ''], ['each spring', id], [';', 'imported']])
})
