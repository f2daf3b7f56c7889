import { expect, it, onTestFinished } from 'vitest'
import { openMemoryStore } from '../../../server/store/memory.ts'
import { createRooms } from '../../../server/sync/rooms.ts'
import type { Speaker } from '../../../server/sync/service.ts'
import { importText } from '../../../shared/convert/importText.ts'
import type { Command } from '../../../shared/wire/commands.ts'
import { addSource, fileBeside } from '../../fuzz/library.ts'
import { fixedKeys } from '../keys/fixed-keys.ts'
import { silent } from './support.ts'

it('SL6, OG5, OG8, TM6 the rooms search the library and the draft as they stand, tell where everything went and what speaks to a theme, and forget a source that was taken out', async () => {
  const store = openMemoryStore()
  await store.write([{ put: 'person', row: { id: 'chair', name: 'Chair', canCreate: true } }])
  const rooms = createRooms({ store, keys: fixedKeys, log: silent, now: () => 1_000 })
  onTestFinished(() => rooms.stop())
  const made = await rooms.createDraft({ key: 'key-of-draft', body: { command: 'create-draft', title: 'Harbours', language: 'en' } }, { id: 'chair', name: 'Chair' })
  if (!made.ok) throw new Error(made.error.code)
  const { draft, hatId } = made.result as { draft: string; hatId: string }
  const chair: Speaker = { person: 'chair', personName: 'Chair', hatId, hat: { role: 'chair', delegation: 'office', kind: 'office', level: 'head' } }
  let keys = 0
  const run = async (body: Command): Promise<void> => {
    const answer = await rooms.command({ key: `library-key-${++keys}`, draft, hatId, body }, chair, fileBeside(body))
    expect([body.command, answer.ok]).toEqual([body.command, true])
  }
  const found = async (words: string) => (await rooms.search(draft, { words, for: 'said' })).map(({ source, words: there, exact }) => [source, there, exact])
  await run({ command: 'import', value: importText('Harbours\n\nThe General Assembly,\n\n1. Decides to meet again soon.\n').value })
  await run(addSource('Meetings'))
  expect(await found('decides to meet again')).toEqual([[null, 'Decides to meet again soon.', true], [1, 'Decides to meet again.', true], [1, 'Decides to meet;', false]])
  await run({ command: 'leave-out-source', source: 1, paragraph: 3, reason: 'It is met already.' })
  expect(await rooms.origins(draft)).toMatchObject({ units: [{ kind: 'new' }, { kind: 'new' }, { kind: 'new' }], destinations: [{ source: 1, paragraph: 3, units: [], leftOut: 'It is met already.' }] })
  const [derived, went] = [await rooms.exported(draft, 'derivations', 'open'), await rooms.exported(draft, 'destinations', 'open')]
  expect(derived.text()).toContain('OP1  [new]\n')
  expect(went.text()).toContain('OP2  [left out: It is met already.]\n')
  await run({ command: 'name-themes', themes: [{ theme: null, name: 'Meetings', words: ['meet*'] }, { theme: null, name: 'Ships', words: ['ship*'] }] })
  const speaking = async () => (await rooms.speaking(draft, [1, 2, 9])).map(({ theme, hits, more }) => [theme, hits.map((hit) => [hit.source, hit.number, hit.paragraph, hit.found]), more])
  expect(await speaking()).toEqual([[1, [[1, 'OP1', 2, ['meet']], [1, 'OP2', 3, ['meet']]], false], [2, [], false]])
  expect((await rooms.exported(draft, 'coverage', 'open')).text()).toContain('No paragraph of the draft speaks to: Ships.')
  await run({ command: 'name-themes', themes: [{ theme: 2, name: 'Deciding', words: ['meet'] }] })
  await run({ command: 'tag-theme', about: { kind: 'unit', unit: (await rooms.origins(draft)).units[2]!.unit }, theme: 2, carries: false })
  expect((await rooms.exported(draft, 'coverage', 'open')).text()).toContain('Meetings (2020)  OP2 [meet]\n')
  // The tables are worked out once for everybody who asks of one state, and anew when the record or the text has moved.
  const [one, another] = await Promise.all([rooms.origins(draft), rooms.origins(draft)])
  expect(another).toBe(one)
  await run({ command: 'leave-out-source', source: 1, paragraph: 2, reason: 'It is said below.' })
  const later = await rooms.origins(draft)
  expect(later.destinations.map(({ paragraph, leftOut }) => [paragraph, leftOut])).toEqual([[2, 'It is said below.'], [3, 'It is met already.']])
  await run({ command: 'open-negotiation' })
  expect(await rooms.origins(draft)).not.toBe(later)
  await run({ command: 'remove-source', source: 1, reason: '' })
  expect(await speaking()).toEqual([[1, [], false], [2, [], false]])
  expect(await found('decides to meet again')).toEqual([[null, 'Decides to meet again soon.', true]])
  expect(await rooms.paragraphs(draft, 1)).toBeNull()
})
