/** What was recognised in a file that came back, before any of it is taken up: each change with its paragraph and its words. */
import type { JSX } from 'preact'
import type { BroughtBack } from '../../../shared/convert/docx/brought-back.ts'
import { message } from '../../messages/index.ts'
import { madeFrom } from '../../room/reply.ts'
import type { RoomSession } from '../../room/session.ts'
import { placeIn, ReplyChanges } from './ReplyChanges.tsx'

export function ReplyPreview({ session, read }: { readonly session: RoomSession; readonly read: BroughtBack }): JSX.Element {
  const { reply, from, comments, unplacedComments } = read
  const { text, draft } = session.view.value
  return (
    <section class="import-report reply" aria-labelledby="reply-heading">
      <h3 id="reply-heading">{message('reply-changes', { count: reply.changes.length })}</h3>
      <p class="hint">{madeFrom(session, from)} {reply.isUntracked ? message('reply-untracked') : reply.authors.length === 0 ? null : message('reply-authors', { names: reply.authors.join(', ') })}</p>
      <ReplyChanges view={text} language={draft.language} reply={reply} />
      {comments.length === 0 ? null : (
        <>
          <h3>{message('reply-comments', { count: comments.length })}</h3>
          <ul class="warnings">
            {comments.map(({ unit, comment }, at) => <li key={at}><b>{placeIn(text, unit)}</b> {message('reply-comment', { author: comment.author, words: comment.words })}</li>)}
          </ul>
        </>
      )}
      {unplacedComments.length === 0 ? null : (
        <>
          <h3>{message('reply-comments-unplaced')}</h3>
          <ul class="warnings">
            {unplacedComments.map(({ author, words: said, on }, at) => <li key={at}>{message('reply-comment', { author, words: said })} {on === '' ? null : <q>{on}</q>}</li>)}
          </ul>
        </>
      )}
    </section>
  )
}
