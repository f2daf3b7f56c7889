/** A copy of a draft's Word file, marked up as a capital may mark it, is brought back as amendments that come to the same text. */
import { expect, test } from 'vitest'
import { readAmendments } from '../../shared/model/amendments.ts'
import { newLineage, publish, readPublished } from '../../shared/model/decisions.ts'
import { createUnits } from '../../shared/model/operations.ts'
import { readDraft } from '../../shared/model/reader.ts'
import { stateOfAmendment, writeState } from '../../shared/model/state.ts'
import { scanText } from '../../shared/model/texts.ts'
import type { UnitView } from '../../shared/model/units.ts'
import { applyReply } from '../../shared/convert/docx/apply-reply.ts'
import { readWord } from '../../shared/convert/docx/read.ts'
import { readReply } from '../../shared/convert/docx/reply.ts'
import { amendedSheet } from '../../shared/convert/docx/write/amended.ts'
import { noMasthead } from '../../shared/convert/docx/write/masthead.ts'
import { writeWord } from '../../shared/convert/docx/write/package.ts'
import { sheetOf } from '../../shared/convert/docx/write/sheet.ts'
import { sharedDoc, sideDoc } from '../unit/model/support.ts'
import { draftAsIf } from '../unit/text/draft-as-if.ts'
import { randomOf } from './random.ts'
import { someAmendment } from './some-amendment.ts'
import type { Kind } from './some-amendment.ts'

const seed = Number(process.env['OMNIBUS_SEED'] ?? Math.floor(Math.random() * 2 ** 31))
const runs = process.env['OMNIBUS_LONG'] ? 3_000 : 120

/** Without blanks, which are tidied where amendments meet, and without a number that an inserted paragraph was typed with. */
const linesOf = (units: readonly UnitView[]): string[] => sheetOf(units).map(({ letters }) => letters.replace(/[\uFFFC\s]+/g, '').replace(/^\(a\)/, '')).filter((line) => line !== '')
const notesOf = (units: readonly UnitView[]): string[] => units.flatMap((unit) => unit.notes.map((note) => note.words.trim()).filter((note) => note !== '')).sort()
const sentences = ['Recalling its resolution 70/1 of 25 September 2015,', 'Noting with concern the effects of climate change on food,', 'Urges Member States to strengthen early warning;', 'Calls upon donors to increase their support for adaptation;', 'Requests the Secretary-General to report at its next session;', 'Decides to remain seized of the matter.', 'Invites the private sector to share knowledge and technology;']

test(`WD60 a marked-up copy comes back as amendments that give its text, OMNIBUS_SEED=${seed}`, { timeout: 600_000 }, () => {
  const met: Record<string, number> = { words: 0, insert: 0, delete: 0, move: 0, split: 0, join: 0, note: 0 }
  for (let run = 0; run < runs; run++) {
    const random = randomOf(seed + run)
    const shared = sharedDoc()
    const order = [...sentences].sort(() => random(3) - 1)
    createUnits(shared, readDraft(shared), { parent: null, after: null }, order.map((sentence) => ({ kind: /^[RN]/.test(sentence) && !sentence.startsWith('Requests') ? 'pp' : 'op', words: sentence, notes: random(3) === 0 ? [{ at: 9, words: 'See A/80/1.' }] : [], children: [] })))
    const view = readDraft(shared)
    const free = [...view.units]
    // One change to a paragraph, so that what it comes to is known.
    // and one of shape to a file: where several move and join at once, the order in which they are taken up tells where each stands.
    const words: readonly Kind[] = ['modify', 'modify', 'note']
    const shapes: readonly Kind[] = ['delete', 'split', 'insert', 'move', 'join']
    const chosen = Array.from({ length: 1 + random(4) }, (_, count) => {
      const [unit] = free.splice(random(free.length), 1)
      const kinds = count === 0 ? shapes : words
      return someAmendment(random, shared, view, 20 + count, { kinds: [kinds[random(kinds.length)]!], unit })?.id ?? []
    }).flat()
    const sheet = amendedSheet({ shared, view, amendments: chosen.flatMap((id) => readPublished(shared, id) ?? []), scans: scanText, reviserOf: () => ({ author: 'Tokyo', at: null }) }, 'en')
    const file = readWord(writeWord({ language: 'en', title: '', atMs: 0, from: null, masthead: noMasthead }, sheet))
    const reply = readReply(file, view, 'en')
    const side = sideDoc(9)
    expect(applyReply({ shared, side, view }, reply.changes)).toBe(reply.changes.length)
    const brought = readAmendments(side).map((amendment, at) => {
      publish(shared, side, 'd/side/eu', amendment, 1, 100 + at, {}, newLineage())
      writeState(shared, stateOfAmendment(amendment.id), { status: 'open', proposer: 'eu', proposerKind: 'state', sponsors: [], asking: [], needsState: false, takenUpBy: null, asRecorded: false, editorial: false, revision: 1, digest: '', atMs: 1, decision: null, recheck: null })
      return amendment.id
    })
    expect({ seed: seed + run, unplaced: reply.unplaced }).toEqual({ seed: seed + run, unplaced: [] })
    expect({ seed: seed + run, lines: linesOf(draftAsIf(shared, brought).units), notes: notesOf(draftAsIf(shared, brought).units) })
      .toEqual({ seed: seed + run, lines: linesOf(draftAsIf(shared, chosen).units), notes: notesOf(draftAsIf(shared, chosen).units) })
    for (const { kind } of reply.changes) met[kind]!++
  }
  expect(Object.entries(met).filter(([, count]) => count < 3)).toEqual([])
})
