/** A Word file with its tracked changes kept, written as the rolling text of a draft is. */
import { keptIn } from '../../shared/convert/docx/kept.ts'
import type { Kept } from '../../shared/convert/docx/kept.ts'
import { docx } from '../../shared/convert/docx/format.ts'
import { amendedSheet } from '../../shared/convert/docx/write/amended.ts'
import { withComments } from '../../shared/convert/docx/write/comments.ts'
import { noMasthead } from '../../shared/convert/docx/write/masthead.ts'
import { writeWord } from '../../shared/convert/docx/write/package.ts'
import { akn } from '../../shared/convert/akn/format.ts'
import { fitting } from '../../shared/convert/formats.ts'
import { writeHtml } from '../../shared/convert/html/write.ts'
import { html } from '../../shared/convert/html/format.ts'
import type { Import } from '../../shared/convert/importText.ts'
import { json } from '../../shared/convert/json/format.ts'
import { typesetData } from '../../shared/convert/typst/data.ts'
import { pdf } from '../../shared/convert/typst/format.ts'
import { readAmendments } from '../../shared/model/amendments.ts'
import type { AmendmentView } from '../../shared/model/amendments.ts'
import { readDraft } from '../../shared/model/reader.ts'
import { readStage } from '../../shared/model/state.ts'
import { scanText } from '../../shared/model/texts.ts'
import { rollingDocument } from '../sync/exports.ts'

export interface WrittenKept {
  readonly read: Import
  readonly written: string | Uint8Array
}

/** Refuses as the reader does. `typeset` makes a PDF of what `typesetData` says. */
export function writtenKept(bytes: Uint8Array, to: string, typeset: (data: string) => Uint8Array): WrittenKept {
  const kept = keptIn(bytes)
  try {
    fitting(kept)
    return { read: to === docx.id ? commentsTaken(kept) : kept, written: writtenAs(kept, to, typeset) }
  } finally {
    kept.shared.destroy()
  }
}

/** Of a Word file that has them still. */
const commentsTaken = (read: Import): Import => ({ ...read, remarks: [], report: { ...read.report, lost: read.report.lost.filter(({ what }) => what !== 'comment') } })

/** Words that are struck first would take a blank along, of which another's words in their place need one. */
const strikingLast = (amendments: readonly AmendmentView[]): readonly AmendmentView[] => {
  const onlyStrikes = ({ cuts, hunks }: AmendmentView): boolean => cuts.length > 0 && hunks.length === 0
  return [...amendments].sort((one, other) => Number(onlyStrikes(one)) - Number(onlyStrikes(other)))
}

function writtenAs({ shared, revisers, comments }: Kept, to: string, typeset: (data: string) => Uint8Array): string | Uint8Array {
  const rolling = rollingDocument(shared)
  switch (to) {
    case docx.id: {
      const { language, title } = readStage(shared)
      const amended = { shared, view: readDraft(shared, language), amendments: strikingLast(readAmendments(shared)), scans: scanText, reviserOf: (id: string) => revisers.get(id) ?? { author: '', at: null } }
      return writeWord({ language, title, atMs: 0, from: null, masthead: noMasthead }, withComments(amendedSheet(amended, language), comments))
    }
    case pdf.id:
      return typeset(typesetData(rolling.printed(), { lineNumbers: false, from: null }))
    case html.id:
      return writeHtml(rolling.printed())
    case json.id:
      return `${JSON.stringify(rolling.json(), null, 2)}\n`
    case akn.id:
      return rolling.akn!({})
    default:
      return rolling.text()
  }
}
