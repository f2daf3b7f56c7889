/** What a marked-up file changes in a text, each change with its paragraph and its words; and what of it has no place there. */
import type { JSX } from 'preact'
import type { Reply, ReplyChange } from '../../../shared/convert/docx/reply.ts'
import { unitOfNote } from '../../../shared/model/grounds.ts'
import type { DraftView } from '../../../shared/model/units.ts'
import type { WordPart } from '../../../shared/text/word-diff.ts'
import { message } from '../../messages/index.ts'
import { beginningOf } from '../../room/view.ts'

/** Words that stay, between two changes or round them: so many letters tell the place. */
const aroundCharacters = 40

export function ReplyChanges({ view, language, reply: { changes, unplaced } }: { readonly view: DraftView; readonly language: string; readonly reply: Pick<Reply, 'changes' | 'unplaced'> }): JSX.Element {
  const words = { lang: language, dir: language === 'ar' ? 'rtl' : 'ltr' } as const
  return (
    <>
      {changes.length === 0 ? <p class="empty">{message('reply-none')}</p> : (
        <ol class="reply-changes">
          {changes.map((change, at) => (
            <li key={at}>
              <b>{placeIn(view, change.unit)}</b> <span class="chip">{message(`reply-kind-${change.kind}`)}</span> <span {...words}><Change view={view} change={change} /></span>
            </li>
          ))}
        </ol>
      )}
      {unplaced.length === 0 ? null : (
        <>
          <h3>{message('reply-unplaced', { count: unplaced.length })}</h3>
          <p class="hint">{message('reply-unplaced-hint')}</p>
          <ul class="warnings">
            {unplaced.map(({ why, shown }, at) => <li key={at}>{message(`reply-why-${why}`)}<blockquote class="file-words" {...words}><Parts parts={shown} isWhole /></blockquote></li>)}
          </ul>
        </>
      )}
    </>
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
