/** Comments on a proposal or a paragraph. What is being written stays in its field until the server has it. */
import type { JSX } from 'preact'
import { useState } from 'preact/hooks'
import { readComments } from '../../../shared/model/state.ts'
import { limits } from '../../../shared/wire/limits.ts'
import { message, whenOf } from '../../messages/index.ts'
import { whyNot } from '../../room/session.ts'
import type { RoomSession } from '../../room/session.ts'
import { Button } from '../../ui/button.tsx'
import { Field } from '../../ui/field.tsx'

export type ThreadAbout = { readonly kind: 'unit'; readonly unit: string } | { readonly kind: 'amendment'; readonly amendment: string }

/** By what it is about, so that changing the selection, or a refusal, loses nothing. */
const unsentComments = new Map<string, string>()

export function Thread({ session, about }: { readonly session: RoomSession; readonly about: ThreadAbout }): JSX.Element {
  const key = about.kind === 'unit' ? `unit:${about.unit}` : `amendment:${about.amendment}`
  const kept = `${session.hatId} ${key}`
  const [words, setWords] = useState(unsentComments.get(kept) ?? '')
  const [writing, setWriting] = useState(words !== '')
  const view = session.view.value
  const comments = readComments(session.shared, key)
  const why = whyNot(session, 'comment')
  const change = (value: string): void => {
    unsentComments.set(kept, value)
    setWords(value)
  }
  const send = async (): Promise<void> => {
    if (words.trim() === '') return
    if (!(await session.act({ command: 'comment', about, words: words.trim() }))) return
    change('')
    setWriting(false)
  }
  return (
    <div class="thread">
      {comments.length === 0 ? null : (
        <ol aria-label={message('comments')}>
          {comments.map((comment) => (
            <li key={comment.id}>
              <span class="by">{view.nameOf(comment.delegation)}</span> <time>{whenOf(comment.atMs)}</time>
              <p>{comment.words}</p>
            </li>
          ))}
        </ol>
      )}
      {writing ? (
        <div class="writing">
          <Field label={message('comment-field')} lines={3} value={words} onInput={change} charactersMax={limits.noteCharactersMax} autoFocus onSubmitKey={() => void send()} />
          <div class="row">
            <Button kind="primary" why={why} onPress={send}>{message('comment-send')}</Button>
            <Button kind="quiet" onPress={() => setWriting(false)}>{message('cancel')}</Button>
          </div>
        </div>
      ) : (
        <Button kind="quiet" why={why} onPress={() => setWriting(true)}>{message('comment')}</Button>
      )}
    </div>
  )
}
