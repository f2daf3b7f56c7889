import type { JSX } from 'preact'
import type { FoundPart } from '../../../room/library-words.ts'
import { message } from '../../../messages/index.ts'

/** Words from elsewhere beside one's own: what is alike is marked, what only one has is struck or underlined. */
export function FoundWords({ parts }: { readonly parts: readonly FoundPart[] }): JSX.Element {
  return (
    <>
      {parts.map(({ kind, words }, index) =>
        kind === 'kept' ? <mark key={index}>{words}</mark>
        : kind === 'struck' ? <del key={index}><span class="unseen">{message('read-struck')}</span>{words}</del>
        : kind === 'new' ? <ins key={index}><span class="unseen">{message('read-new')}</span>{words}</ins>
        : <span key={index}>{words}</span>,
      )}
    </>
  )
}
