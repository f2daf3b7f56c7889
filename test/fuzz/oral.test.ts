import { expect, it } from 'vitest'
import { canonicalJson } from '../../shared/lifecycle/canonical.ts'
import { digestOfResolution } from '../../shared/lifecycle/oral.ts'
import { valueOf } from '../../shared/model/operations.ts'
import type { ResolutionValue } from '../../shared/model/value.ts'
import { laidOut } from '../../shared/text/laid-out.ts'
import { isOralChange, orallyRevised, wordedChange } from '../../shared/text/oral-revision.ts'
import type { OralChange } from '../../shared/text/oral-revision.ts'
import type { JsonValue } from '../../shared/wire/json.ts'
import { randomOf } from './random.ts'
import { someDraft } from './some-draft.ts'
import { someOralChanges } from './some-oral.ts'

const seed = Number(process.env['OMNIBUS_SEED'] ?? Math.floor(Math.random() * 2 ** 31))
const textsMade = process.env['OMNIBUS_LONG'] ? 10_000 : 600

it(`OR4 whoever carries out a revision gets the same text and the same sentences, one revision after the other, and nothing throws (OMNIBUS_SEED=${seed})`, () => {
  const random = randomOf(seed)
  const counts = new Map<string, number>()
  const count = (what: string): void => void counts.set(what, (counts.get(what) ?? 0) + 1)
  for (let made = 0; made < textsMade; made++) {
    let value: ResolutionValue = { language: 'en', units: someDraft(random) }
    // As a draft has it that was read once: without what no words have.
    value = valueOf(laidOut(value).view, 'en')
    for (let round = 0; round < 3 && value.units.length > 0; round++) {
      const changes = someOralChanges(random, value, 4)
      const before = canonicalJson(value as unknown as JsonValue)
      expect(changes.every(isOralChange)).toBe(true)
      const done = orallyRevised(value, changes)
      expect(canonicalJson(value as unknown as JsonValue)).toBe(before)
      // From the sealed file: other members' order, other objects.
      const again = orallyRevised(JSON.parse(before) as ResolutionValue, JSON.parse(JSON.stringify(changes)) as OralChange[])
      if (!done.ok) {
        expect(again).toEqual(done)
        count(done.fault)
        continue
      }
      expect(again.ok && [again.sentences, digestOfResolution(again.value), again.from]).toEqual([done.sentences, digestOfResolution(done.value), done.from])
      const ground = laidOut(value)
      expect(changes.map((change) => wordedChange(ground, change))).toEqual(done.sentences.map((sentence) => ({ ok: true, sentence })))
      for (const sentence of done.sentences) expect(sentence).not.toMatch(/no longer in|changes no word/)
      // What then stands is laid out again as it is.
      expect(valueOf(laidOut(done.value).view, 'en')).toEqual(done.value)
      for (const { kind } of changes) count(kind)
      if (round > 0) count('after another')
      if (changes.length > 2) count('several')
      value = done.value
    }
  }
  process.stdout.write(`oral revisions, seed ${seed}: ${JSON.stringify(Object.fromEntries([...counts].sort()))}\n`)
  const wanted = ['words', 'new', 'delete', 'move', 'divide', 'merge', 'footnote', 'after another', 'several', 'nothing-changed', 'clash', 'no-such-unit', 'not-next', 'beneath-itself']
  expect(wanted.filter((what) => !counts.has(what))).toEqual([])
}, 300_000)
