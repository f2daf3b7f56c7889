/** What a new draft's file proposes, before anything is written: whose names stand in it, and what becomes of each change. */
import type { JSX } from 'preact'
import type { Proposals } from '../../shared/convert/docx/proposed.ts'
import { message } from '../messages/index.ts'
import { ReplyChanges } from './room/ReplyChanges.tsx'

export function ProposalsPreview({ language, proposals: { view, reply } }: { readonly language: string; readonly proposals: Proposals }): JSX.Element {
  return (
    <section class="import-report reply" aria-labelledby="proposals-heading">
      <h3 id="proposals-heading">{message('new-proposed', { count: reply.changes.length })}</h3>
      <p class="hint">{message('new-proposed-authors', { names: reply.authors.join(', ') })} {message('new-proposed-then')}</p>
      <ReplyChanges view={view} language={language} reply={reply} />
    </section>
  )
}
