/** Who wrote what: the legend of the coloured view, and the sentence about the words under the pointer or at the caret. */
import type { JSX } from 'preact'
import { useEffect, useLayoutEffect, useRef } from 'preact/hooks'
import { textsOf } from '../../../shared/model/layout.ts'
import { scanText } from '../../../shared/model/texts.ts'
import { message } from '../../messages/index.ts'
import { authorSentence, creditedTo } from '../../room/author-words.ts'
import type { AuthorIndex } from '../../room/authors.ts'
import type { RoomSession } from '../../room/session.ts'
import { announce } from '../../ui/toasts.tsx'
import { Button } from '../../ui/button.tsx'

/** Letters of the text as it stands, by the delegation that they are credited to; '' for what was brought in. */
function shares(session: RoomSession, index: AuthorIndex): { readonly delegation: string; readonly percent: number }[] {
  const view = session.view.value
  const counts = new Map<string, number>()
  let all = 0
  const texts = new Set(view.text.units.flatMap((unit) => unit.segments.map((part) => part.text)))
  for (const id of texts) {
    const text = textsOf(session.shared).get(id)
    for (const item of text === undefined ? [] : scanText(text).pieces.keys()) {
      if (item.deleted || !item.countable) continue
      const { client, clock } = item.id
      for (let at = clock; at < clock + item.length; ) {
        const end = Math.min(clock + item.length, index.until(client, at))
        const author = index.of(client, at)
        const credited = author === null ? '' : (creditedTo(view, author) ?? '')
        counts.set(credited, (counts.get(credited) ?? 0) + end - at)
        all += end - at
        at = end
      }
    }
  }
  return [...counts]
    .map(([delegation, letters]) => ({ delegation, percent: Math.max(1, Math.round((letters / all) * 100)) }))
    .sort((left, right) => Number(left.delegation === '') - Number(right.delegation === '') || right.percent - left.percent)
}

export function AuthorsLegend({ session }: { readonly session: RoomSession }): JSX.Element | null {
  if (!session.authors.shown.value) return null
  const index = session.authors.index.value
  return (
    <section class="legend" aria-label={message('authors')}>
      <h2>{message('authors')}</h2>
      {index === null ? <p class="hint" role="status">{message('loading')}</p> : (
        <ul>
          {shares(session, index).map(({ delegation, percent }) => (
            <li key={delegation} class={session.colours.value.get(delegation)}>
              <span class="swatch">{delegation === '' ? message('author-imported') : session.view.value.nameOf(delegation)}</span> {message('author-share', { percent })}
            </li>
          ))}
        </ul>
      )}
      <p class="hint">{message('authors-hint')}</p>
      <Button kind="quiet" onPress={() => session.authors.show(false)}>{message('close')}</Button>
    </section>
  )
}

/** Beside what it is about; read out to those who do not see it. */
export function WriterNote({ session }: { readonly session: RoomSession }): JSX.Element | null {
  const element = useRef<HTMLDivElement>(null)
  const asked = session.asked.value
  const index = session.authors.index.value
  const author = asked === null || asked.side ? null : (index?.of(asked.client, asked.clock) ?? null)
  const words = asked === null ? '' : asked.side ? message('author-private', { delegation: session.view.value.nameOf(session.hat.delegation) })
    : author !== null ? authorSentence(session.view.value, author) : message(index === null ? 'loading' : 'author-just-now')
  useLayoutEffect(() => {
    const note = element.current
    if (note === null || asked === null) return
    note.style.left = `${Math.max(8, Math.min(asked.left, window.innerWidth - note.offsetWidth - 8))}px`
    note.style.top = `${Math.min(asked.bottom + 6, window.innerHeight - note.offsetHeight - 8)}px`
  }, [asked, words])
  useEffect(() => {
    if (words !== '') announce(words)
  }, [words])
  return asked === null ? null : <div class="writer-note" ref={element} role="tooltip">{words}</div>
}
