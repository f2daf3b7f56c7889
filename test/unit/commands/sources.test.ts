import { createHash } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import type { SentFile } from '../../../server/commands/context.ts'
import { execute } from '../../../server/commands/execute.ts'
import { createLedgers } from '../../../server/record/ledger.ts'
import type { Speaker } from '../../../server/sync/service.ts'
import { importText } from '../../../shared/convert/importText.ts'
import type { Command, CommandAnswer } from '../../../shared/wire/commands.ts'
import { bench, brazil, chair, delegate, done, eu, japan, negotiation, office, refusal, secretary, source } from './bench.ts'

let keys = 0

function sent(words: string): SentFile {
  const bytes = new TextEncoder().encode(words)
  return { bytes, sha256: createHash('sha256').update(bytes).digest('hex'), format: 'text', value: importText(words).value }
}

const order = (file: SentFile, more: Partial<Extract<Command, { command: 'add-source' }>> = {}): Command =>
  ({ command: 'add-source', title: 'Trafficking', symbol: 'A/RES/64/293', year: 2010, name: 'n1047911.txt', sha256: file.sha256, ...more })

const add = (who: Speaker, file: SentFile, body: Command = order(file)): Promise<CommandAnswer> =>
  execute(bench.deps, { key: `source-key-${++keys}`, draft: bench.draft, hatId: who.hatId, body }, who, file)

async function refused(answer: Promise<CommandAnswer>): Promise<string> {
  const found = await answer
  return found.ok ? 'done' : found.error.code
}

const sources = () => bench.store.sources(bench.draft)
const lastBody = async (): Promise<unknown> => (await bench.store.record(bench.draft, 0)).at(-1)?.body

describe('the library', () => {
  test('SL2 whoever may write adds a source: the file to the byte, what the server read from it, its digest, a line in the record, and no byte in any document', async () => {
    const file = sent(source)
    const before = (await bench.store.load(bench.draft)).seq
    expect(await refused(add(office('observer'), file))).toBe('only-drafters')
    expect(await refused(add(delegate('jp', 'state', 'reader'), file))).toBe('only-drafters')
    expect(await refused(add(japan, file, order(file, { symbol: 'A/64' })))).toBe('bad-symbol')
    expect(await refused(add(japan, file, order(file, { sha256: 'a'.repeat(64) })))).toBe('source-file-missing')
    expect(await refusal(japan, order(file))).toBe('source-file-missing')
    expect(await add(japan, file)).toEqual({ ok: true, result: { source: 1, sha256: file.sha256 } })
    expect(await sources()).toMatchObject([{ number: 1, title: 'Trafficking', symbol: 'A/RES/64/293', year: 2010, language: 'en', format: 'text', by: 'jp', sizeBytes: file.bytes.length, sha256: file.sha256, paragraphs: 5, removedAtMs: null }])
    expect(await bench.store.sourceFile(bench.draft, 1)).toEqual(file.bytes)
    expect(await bench.store.sourceValue(bench.draft, 1)).toEqual(file.value)
    expect(await lastBody()).toMatchObject({ body: { source: 1, symbol: 'A/RES/64/293', sha256: file.sha256 } })
    expect((await bench.store.load(bench.draft)).entries.slice(before).map(({ bytes }) => bytes.length)).toEqual([0])
    // The same file a second time.
    expect(await refused(add(eu, file))).toBe('already-so')
    // What no reader takes is kept as it is.
    expect(await add(eu, { ...sent('\u0000'), format: '', value: null }, order(sent('\u0000'), { symbol: '', year: null }))).toMatchObject({ ok: true, result: { source: 2 } })
    expect((await sources())[1]).toMatchObject({ format: '', language: '', paragraphs: 0 })
  })

  test('SL3 the table or whoever added a source takes it out; where paragraphs come from it only with a reason; its number is never given again', async () => {
    await add(japan, sent(source))
    expect(await refusal(brazil, { command: 'remove-source', source: 1, reason: 'x' })).toBe('not-yours')
    expect(await refusal(japan, { command: 'remove-source', source: 2, reason: 'x' })).toBe('no-such-source')
    const deps = { ...bench.deps, unitsFrom: () => Promise.resolve(3), removed: [] as number[] }
    const remove = (who: Speaker, reason: string): Promise<CommandAnswer> =>
      execute({ ...deps, sourceRemoved: (_draft, number) => void deps.removed.push(number) }, { key: `remove-key-${++keys}`, draft: bench.draft, hatId: who.hatId, body: { command: 'remove-source', source: 1, reason } }, who)
    expect(await refused(remove(secretary, ''))).toBe('source-taken')
    expect(deps.removed).toEqual([])
    expect((await remove(japan, 'It was not ours to share.')).ok).toBe(true)
    expect(deps.removed).toEqual([1])
    expect(await lastBody()).toMatchObject({ body: { source: 1, symbol: 'A/RES/64/293', sha256: sent(source).sha256, taken: 3, reason: 'It was not ours to share.' } })
    expect(await refused(remove(japan, 'x'))).toBe('no-such-source')
    expect(await bench.store.sourceFile(bench.draft, 1)).toBeNull()
    // It may come again, as another.
    expect(await add(eu, sent(source))).toMatchObject({ ok: true, result: { source: 2 } })
    // Nothing comes from it: no reason is needed.
    await done(chair, { command: 'remove-source', source: 2, reason: '' })
  })

  test('SL4 a paragraph is left out with a reason, which the record keeps, until somebody takes that back', async () => {
    await negotiation()
    await add(japan, sent(source.replace('every year', 'annually')))
    const leftOut = async () => Object.fromEntries((await createLedgers(bench.store).of(bench.draft)).leftOut)
    expect(await refusal(delegate('jp', 'state', 'reader'), { command: 'leave-out-source', source: 1, paragraph: 2, reason: 'x' })).toBe('only-drafters')
    expect(await refusal(eu, { command: 'leave-out-source', source: 1, paragraph: 5, reason: 'x' })).toBe('no-such-source')
    expect(await refusal(eu, { command: 'leave-out-source', source: 1, paragraph: 2, reason: '' })).toBe('already-so')
    await done(eu, { command: 'leave-out-source', source: 1, paragraph: 2, reason: 'Overtaken by events.' })
    expect(await leftOut()).toEqual({ '1 2': 'Overtaken by events.' })
    expect(await refusal(eu, { command: 'leave-out-source', source: 1, paragraph: 2, reason: 'Overtaken by events.' })).toBe('already-so')
    await done(japan, { command: 'leave-out-source', source: 1, paragraph: 2, reason: '' })
    expect(await leftOut()).toEqual({})
  })
})
