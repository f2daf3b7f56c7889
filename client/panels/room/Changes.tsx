import type { JSX } from 'preact'
import { changesOf, wholeChangesOf } from '../../room/changes.ts'
import type { ChangePart } from '../../room/changes.ts'
import type { PrivateCard, PublishedCard } from '../../room/view.ts'
import { message } from '../../messages/index.ts'

/** Struck and new are told apart by strokes and, read aloud, by words. */
export function Parts({ parts }: { readonly parts: readonly ChangePart[] }): JSX.Element {
  return (
    <>
      {parts.map((part, index) =>
        part.kind === 'kept' ? (
          <span key={index}>{part.words}</span>
        ) : part.kind === 'struck' ? (
          <del key={index}>
            <span class="unseen">{message('read-struck')}</span>
            {part.words}
          </del>
        ) : (
          <ins key={index}>
            <span class="unseen">{message('read-new')}</span>
            {part.words}
          </ins>
        ),
      )}
    </>
  )
}

/** What an amendment changes; in `whole` its paragraph. */
export function Changes({ card, whole = false }: { readonly card: PublishedCard | PrivateCard; readonly whole?: boolean }): JSX.Element {
  return (
    <div class="changes">
      <p><Parts parts={whole ? wholeChangesOf(card) : changesOf(card)} /></p>
      {card.amendment.rationale.trim() === '' ? null : <p class="rationale">{card.amendment.rationale}</p>}
    </div>
  )
}
