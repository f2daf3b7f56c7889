/** Where one's delegation is named, unread first; what else is new; and the threads that have no place on the page any more. */
import type { JSX } from 'preact'
import { message, whenOf } from '../../messages/index.ts'
import type { RoomSession } from '../../room/session.ts'
import { mentionsOf, unreadIn } from '../../room/threads.ts'
import type { Mention, RoomThread } from '../../room/threads.ts'
import { Button } from '../../ui/button.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import { placeOf, unitName } from './Card.tsx'
import { Thread } from './Threads.tsx'

export const mentionsIn = (session: RoomSession): readonly Mention[] =>
  mentionsOf(session.view.value.threads, session.hat.delegation, session.seen.value)

/** "OP5", "Proposal of EU, OP5". */
function placeName(session: RoomSession, { thread, place }: RoomThread): string {
  const view = session.view.value
  const { about } = thread
  const card = about.kind === 'amendment' ? view.published.find(({ id }) => id === about.amendment) : undefined
  if (card !== undefined) return message('overview-proposal', { delegation: view.nameOf(card.state.proposer), place: placeOf(card) })
  const unit = place.unit === null ? undefined : view.text.byId.get(place.unit)
  return unit === undefined ? message('place-gone') : unitName(unit)
}

export function MentionList({ session, mentions, onThread }: { readonly session: RoomSession; readonly mentions: readonly Mention[]; readonly onThread: (room: RoomThread) => void }): JSX.Element {
  const view = session.view.value
  return (
    <ul class="mentions">
      {mentions.map(({ room, message: said, unread }) => (
        <li key={`${room.thread.id} ${said.number}`} class={unread ? 'unread' : undefined}>
          <button type="button" class="link" onClick={() => onThread(room)}>{placeName(session, room)}</button>{' '}
          <span class="by">{view.nameOf(said.delegation)}</span> <time>{whenOf(said.atMs)}</time>
          {unread ? <span class="chip chip-new">{message('thread-new')}</span> : null}
          <p>{said.words}</p>
        </li>
      ))}
    </ul>
  )
}

export function Mentions({ session, onThread, onClose }: { readonly session: RoomSession; readonly onThread: (room: RoomThread) => void; readonly onClose: () => void }): JSX.Element {
  const view = session.view.value
  const mentions = mentionsIn(session)
  const named = new Set(mentions.map(({ room }) => room.thread.id))
  const unread = view.threads.filter((room) => !named.has(room.thread.id) && unreadIn(room, session.seen.value) > 0)
  const lost = view.threads.filter(({ place }) => place.unit === null)
  const seeAll = (): void => session.see(view.threads.map(({ thread }) => ({ thread: thread.id, message: thread.messages.at(-1)!.number })))
  const go = (room: RoomThread): void => {
    onClose()
    onThread(room)
  }
  return (
    <Dialog title={message('mentions')} onClose={onClose} wide>
      <h3>{message('mentions-of', { delegation: view.nameOf(session.hat.delegation) })}</h3>
      {mentions.length === 0 ? <p class="hint">{message('mentions-none')}</p> : <MentionList session={session} mentions={mentions} onThread={go} />}
      <h3>{message('threads-unread')}</h3>
      {unread.length === 0 ? <p class="hint">{message('threads-unread-none')}</p> : (
        <MentionList session={session} mentions={unread.map((room) => ({ room, message: room.thread.messages.at(-1)!, unread: true }))} onThread={go} />
      )}
      {unread.length + mentions.filter((one) => one.unread).length === 0 ? null : <Button onPress={seeAll}>{message('threads-see-all')}</Button>}
      {lost.length === 0 ? null : (
        <>
          <h3>{message('threads-lost')}</h3>
          {lost.map((room) => <Thread key={room.thread.id} session={session} room={room} />)}
        </>
      )}
    </Dialog>
  )
}
