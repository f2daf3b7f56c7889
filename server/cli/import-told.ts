/** What `omnibus import` brings in, and what it says of it. */
import type { Remark } from '../../shared/convert/docx/comments.ts'
import type { IntoDraft } from '../../shared/convert/into-draft.ts'
import type { ImportReport } from '../../shared/convert/report.ts'

export interface ImportOrder extends Required<IntoDraft> {
  readonly report: ImportReport
  readonly remarks: readonly Remark[]
  readonly title: string
  /** Of the person who is made when nobody is signed in yet. */
  readonly name: string
}

/** One line of JSON; what has no place in the text is in it. */
export const toldOf = ({ title, report, remarks, proposed }: ImportOrder, draft: string): string =>
  `${JSON.stringify({ draft, title, report, threads: remarks.length, ...(proposed === null ? {} : { prepared: proposed.changes.length, unplaced: proposed.unplaced, authors: proposed.authors }) })}\n`
