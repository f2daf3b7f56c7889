import type { JSX } from 'preact'
import { changesOf } from '../../room/changes.ts'
import type { PrivateCard, PublishedCard } from '../../room/view.ts'
import { message } from '../../messages/index.ts'

/** What an amendment changes; struck and new are told apart by strokes and, read aloud, by words. */
export function Changes({ card }: { readonly card: PublishedCard | PrivateCard }): JSX.Element {
  const parts = changesOf(card)
  return (
    <div class="changes">
      <p>
        {parts.map((part, index) =>
          part.kind === 'kept' ? (
            <span key={index}>{part.words}</span>
          ) : part.kind === 'bracketed' ? (
            <span key={index} class="in-brackets">[{part.words}]</span>
          ) : part.kind === 'sign' ? (
            <b key={index} class="sign" aria-label={message(`read-${card.amendment.about.kind}`)} role="img">{part.words}</b>
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
      </p>
      {card.amendment.rationale.trim() === '' ? null : <p class="rationale">{card.amendment.rationale}</p>}
    </div>
  )
}
