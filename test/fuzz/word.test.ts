/** Drafts with amendments of every kind, written as Word files with tracked changes and read back. */
import { expect, test } from 'vitest'
import { readPublished } from '../../shared/model/decisions.ts'
import { embedCharacter } from '../../shared/model/layout.ts'
import { createUnits, splitUnit } from '../../shared/model/operations.ts'
import { readDraft } from '../../shared/model/reader.ts'
import { scanText } from '../../shared/model/texts.ts'
import type { UnitView } from '../../shared/model/units.ts'
import { textIn } from '../../shared/convert/docx/modes.ts'
import type { Mode } from '../../shared/convert/docx/modes.ts'
import { readWord } from '../../shared/convert/docx/read.ts'
import type { WordFile, WordRun } from '../../shared/convert/docx/file.ts'
import { amendedSheet } from '../../shared/convert/docx/write/amended.ts'
import { noMasthead } from '../../shared/convert/docx/write/masthead.ts'
import { writeWord } from '../../shared/convert/docx/write/package.ts'
import { sheetOf } from '../../shared/convert/docx/write/sheet.ts'
import type { SheetUnit } from '../../shared/convert/docx/write/sheet.ts'
import { sharedDoc } from '../unit/model/support.ts'
import { draftAsIf } from '../unit/text/draft-as-if.ts'
import { randomOf } from './random.ts'
import { someAmendment } from './some-amendment.ts'
import { someDraft } from './some-draft.ts'

const seed = Number(process.env['OMNIBUS_SEED'] ?? Math.floor(Math.random() * 2 ** 31))
const runs = process.env['OMNIBUS_LONG'] ? 3_000 : 120

/** Each paragraph as it is printed, with its notes where they are marked; numbers that Word counts aside. */
const printedOf = ({ letters, notes, printed, isCounted, kind }: SheetUnit): string => {
  let note = 0
  const typed = isCounted || printed === '' ? '' : `${printed}${kind === 'heading' && !/[.):]$/.test(printed) ? '\n' : '\t'}`
  return typed + letters.replaceAll(embedCharacter, () => `{${notes[note++]!.words}}`)
}

function linesOf(file: WordFile, mode: Mode): string[] {
  const noteOf = ({ words, note }: WordRun): string => (note === null ? words : `{${textIn(file.notes.get(note)!, mode).map((one) => one.runs.map((run) => run.words).join('')).join('').slice(1)}}`)
  return textIn(file.paragraphs, mode).map((one) => one.runs.map(noteOf).join(''))
}

const filled = (lines: readonly string[]): string[] => lines.filter((line) => line !== '')
const printed = (units: readonly UnitView[]): string[] => filled(sheetOf(units).map(printedOf))

test(`WO1 accepting all changes gives the text as if, rejecting all the text as it stands, OMNIBUS_SEED=${seed}`, { timeout: 600_000 }, () => {
  const met: Record<string, number> = { inserted: 0, struck: 0, moved: 0, parted: 0, joined: 0, notes: 0, authors: 0 }
  for (let run = 0; run < runs; run++) {
    const random = randomOf(seed + run)
    const shared = sharedDoc()
    createUnits(shared, readDraft(shared), { parent: null, after: null }, someDraft(random))
    const first = readDraft(shared).units[random(readDraft(shared).units.length || 1)]
    if (first !== undefined && first.atoms.length > 2) splitUnit(shared, readDraft(shared), first, 1 + random(first.atoms.length - 1))
    const chosen = Array.from({ length: 1 + random(9) }, (_, count) => someAmendment(random, shared, readDraft(shared), 20 + count)?.id ?? []).flat()
    const view = readDraft(shared)
    const reviserOf = (id: string): { author: string; at: string } => ({ author: `D${chosen.indexOf(id)}`, at: '2026-03-01T10:00:00Z' })
    const amendments = chosen.flatMap((id) => readPublished(shared, id) ?? [])
    const sheet = amendedSheet({ shared, view, amendments, scans: scanText, reviserOf }, 'en')
    const file = readWord(writeWord({ language: 'en', title: '', atMs: 0, from: null, masthead: noMasthead }, sheet))
    const asIf = draftAsIf(shared, chosen)
    expect({ seed: seed + run, lines: filled(linesOf(file, 'rejected')) }).toEqual({ seed: seed + run, lines: printed(view.units) })
    expect({ seed: seed + run, lines: filled(linesOf(file, 'accepted')) }).toEqual({ seed: seed + run, lines: printed(asIf.units) })
    for (const { mark, runs: all } of file.paragraphs) {
      if (mark.moved !== null) met['moved']!++
      if (mark.inserted !== null && mark.moved === null && all.some(({ presence }) => presence.inserted === null)) met['parted']!++
      if (mark.deleted !== null && mark.moved === null && all.some(({ presence }) => presence.deleted === null)) met['joined']!++
      for (const { presence, note } of all) {
        if (presence.inserted !== null) met['inserted']!++
        if (presence.deleted !== null) met['struck']!++
        if (note !== null && presence.inserted !== null) met['notes']!++
        if (presence.inserted !== null && presence.inserted.author !== 'D0') met['authors']!++
        expect([presence.inserted?.author, presence.deleted?.author].every((author) => author === undefined || /^D\d$/.test(author))).toBe(true)
      }
    }
  }
  expect(Object.entries(met).filter(([, count]) => count < 3)).toEqual([])
})
