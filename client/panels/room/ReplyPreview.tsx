/** What was recognised in a file that came back, before any of it is taken up: each change with its paragraph and its words. */
import type { JSX } from 'preact'
import type { ReplyChange } from '../../../shared/convert/docx/reply.ts'
import type { BroughtBack } from '../../../shared/convert/docx/brought-back.ts'
import { unitOfNote } from '../../../shared/model/grounds.ts'
import type { DraftView } from '../../../shared/model/units.ts'
import type { WordPart } from '../../../shared/text/word-diff.ts'
import { message } from '../../messages/index.ts'
import { madeFrom } from '../../room/reply.ts'
import type { RoomSession } from '../../room/session.ts'
import { beginningOf } from '../../room/view.ts'

/** Words that stay, between two changes or round them: so many letters tell the place. */
const aroundCharacters = 40

export function ReplyPreview({ session, read }: { readonly session: RoomSession; readonly read: BroughtBack }): JSX.Element {
  const { reply, from, comments, unplacedComments } = read
  const { text, draft } = session.view.value
  const words = { lang: draft.language, dir: draft.language === 'ar' ? 'rtl' : 'ltr' } as const
  return (
    <section class="import-report reply" aria-labelledby="reply-heading">
      <h3 id="reply-heading">{message('reply-changes', { count: reply.changes.length })}</h3>
      <p class="hint">{madeFrom(session, from)} {reply.isUntracked ? message('reply-untracked') : reply.authors.length === 0 ? null : message('reply-authors', { names: reply.authors.join(', ') })}</p>
      {reply.changes.length === 0 ? <p class="empty">{message('reply-none')}</p> : (
        <ol class="reply-changes">
          {reply.changes.map((change, at) => (
            <li key={at}>
              <b>{placeIn(text, change.unit)}</b> <span class="chip">{message(`reply-kind-${change.kind}`)}</span> <span {...words}><Change view={text} change={change} /></span>
            </li>
          ))}
        </ol>
      )}
      {reply.unplaced.length === 0 ? null : (
        <>
          <h3>{message('reply-unplaced', { count: reply.unplaced.length })}</h3>
          <p class="hint">{message('reply-unplaced-hint')}</p>
          <ul class="warnings">
            {reply.unplaced.map(({ why, shown }, at) => <li key={at}>{message(`reply-why-${why}`)} <span {...words}><Parts parts={shown} isWhole /></span></li>)}
          </ul>
        </>
      )}
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

export function placeIn(view: DraftView, id: string): string {
  const unit = view.byId.get(id) ?? unitOfNote(view, id)?.unit
  return unit === undefined ? message('place-first') : unit.number === '' ? beginningOf(unit) : unit.number
}

export function Change({ view, change }: { readonly view: DraftView; readonly change: ReplyChange }): JSX.Element {
  switch (change.kind) {
    case 'words':
      return <Parts parts={change.shown} />
    case 'insert':
    case 'note':
      return <ins>{change.words}</ins>
    case 'delete':
      return <del>{change.words}</del>
    case 'move':
      return <>{change.after === '' ? message('reply-moved-first') : message('reply-moved-after', { place: placeIn(view, change.after) })}</>
    case 'split':
      return <>{message('reply-parted')}: {change.words}</>
    case 'join':
      return <>{message('reply-joined', { place: placeIn(view, change.with) })}</>
  }
}

export function Parts({ parts, isWhole = false }: { readonly parts: readonly WordPart[]; readonly isWhole?: boolean }): JSX.Element {
  return (
    <>
      {parts.map(({ kind, words }, at) => (kind === 'new' ? <ins key={at}>{words}</ins> : kind === 'struck' ? <del key={at}>{words}</del> : isWhole ? words : shortened(words, at === 0, at === parts.length - 1)))}
    </>
  )
}

function shortened(words: string, isFirst: boolean, isLast: boolean): string {
  if (words.length <= 2 * aroundCharacters) return words
  const [start, end] = [words.slice(0, aroundCharacters), words.slice(-aroundCharacters)]
  return isFirst ? `…${end}` : isLast ? `${start}…` : `${start} … ${end}`
}
