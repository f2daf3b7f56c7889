/** What is said about a paragraph, an amendment or their words. What is being written stays in its field until the server has it. */
import type { JSX } from 'preact'
import { useEffect, useRef, useState } from 'preact/hooks'
import type { ThreadAbout } from '../../../shared/model/threads.ts'
import type { Facts } from '../../../shared/policy/types.ts'
import type { Command } from '../../../shared/wire/commands.ts'
import { message, whenOf } from '../../messages/index.ts'
import { factsOnRoom, judge } from '../../room/facts.ts'
import type { RoomSession } from '../../room/session.ts'
import { threadsOn, unreadIn } from '../../room/threads.ts'
import type { RoomThread } from '../../room/threads.ts'
import { Button } from '../../ui/button.tsx'
import { Check } from '../../ui/field.tsx'
import { MentionField } from './MentionField.tsx'

/** By what they are about, so that changing the selection, or a refusal, loses nothing. */
const unsentWords = new Map<string, string>()

function useUnsent(key: string): [string, (words: string) => void] {
  const [words, setWords] = useState(unsentWords.get(key) ?? '')
  return [words, (value) => {
    unsentWords.set(key, value)
    setWords(value)
  }]
}

const factsApart = (session: RoomSession, apart: boolean): Facts => factsOnRoom(session.standing.value, apart ? session.hat.delegation : undefined)

const sameThing = (left: ThreadAbout, right: ThreadAbout): boolean =>
  left.kind === 'unit' ? right.kind === 'unit' && left.unit === right.unit : right.kind === 'amendment' && left.amendment === right.amendment

export interface ThreadsProps {
  readonly session: RoomSession
  readonly about: ThreadAbout
  /** What it is about is one's own people's alone. */
  readonly apartOnly?: boolean
  /** Begins a thread on the words that are selected on the page. */
  readonly onSelection?: () => void
}

export function Threads(props: ThreadsProps): JSX.Element {
  const { session, about } = props
  const all = threadsOn(session.view.value.threads, about)
  const open = all.filter(({ thread }) => thread.resolved === null)
  const resolved = all.filter(({ thread }) => thread.resolved !== null)
  const asked = resolved.some(({ thread }) => thread.id === session.openThread.value?.thread)
  return (
    <div class="threads">
      {open.map((room) => <Thread key={room.thread.id} session={session} room={room} />)}
      {resolved.length === 0 ? null : (
        <details class="resolved" open={asked}>
          <summary>{message('threads-resolved', { count: resolved.length })}</summary>
          {resolved.map((room) => <Thread key={room.thread.id} session={session} room={room} />)}
        </details>
      )}
      <NewThread {...props} />
    </div>
  )
}

export function Thread({ session, room }: { readonly session: RoomSession; readonly room: RoomThread }): JSX.Element {
  const { thread, apart, place } = room
  const element = useRef<HTMLElement>(null)
  const [writing, setWriting] = useState(false)
  const [words, setWords] = useUnsent(`${session.hatId} ${thread.id}`)
  const asked = session.openThread.value?.thread === thread.id ? session.openThread.value : null
  // Marks what was new when it came on the screen, though it counts as read from then on.
  const unread = useRef(new Set<number>())
  const known = session.seen.value.get(thread.id) ?? 0
  for (const one of thread.messages) if (one.number > known && one.delegation !== session.hat.delegation) unread.current.add(one.number)
  const last = thread.messages.at(-1)!.number
  useEffect(() => {
    if (element.current === null) return
    const watching = new IntersectionObserver((seen) => {
      if (seen.some((one) => one.isIntersecting)) session.see([{ thread: thread.id, message: last }])
    })
    watching.observe(element.current)
    return () => watching.disconnect()
  }, [last])
  useEffect(() => {
    if (asked === null) return
    element.current?.scrollIntoView({ block: 'nearest' })
    // A click on its words leaves the caret where it was set.
    if (asked.focus) element.current?.focus()
    session.openThread.value = null
  }, [asked])
  const facts: Facts = { ...factsApart(session, apart), thread: { by: thread.by, resolved: thread.resolved !== null } }
  const reply = judge(facts, 'reply')
  const settle = thread.resolved === null ? 'resolve-thread' : 'reopen-thread'
  const send = async (): Promise<void> => {
    if (words.trim() === '' || !(await session.act({ command: 'reply', thread: thread.id, words: words.trim(), apart }))) return
    setWords('')
    setWriting(false)
  }
  const view = session.view.value
  return (
    <section class={`thread ${thread.resolved === null ? '' : 'is-resolved'} ${apart ? 'apart' : ''}`} ref={element} tabIndex={-1} data-thread-card={thread.id} aria-label={message('thread-of', { delegation: view.nameOf(thread.by) })}>
      {apart ? <p class="private-mark">{message('thread-apart', { delegation: view.nameOf(session.hat.delegation) })}</p> : null}
      {thread.quote === '' ? null : <blockquote>{thread.quote}</blockquote>}
      {place.gone ? <p class="gone">{message('thread-gone')}</p> : null}
      <ol>
        {thread.messages.map((one) => (
          <li key={one.number} class={unread.current.has(one.number) ? 'unread' : undefined}>
            <span class="by">{one.name === null ? view.nameOf(one.delegation) : one.name}</span> <time>{whenOf(one.atMs)}</time>
            {unread.current.has(one.number) ? <span class="chip chip-new">{message('thread-new')}</span> : null}
            <p>{one.words}</p>
          </li>
        ))}
      </ol>
      {thread.resolved === null ? null : <p class="hint">{message('thread-resolved-by', { delegation: view.nameOf(thread.resolved.by), when: whenOf(thread.resolved.atMs) })}</p>}
      {writing || words !== '' ? (
        <div class="writing">
          <MentionField label={message('reply-field')} value={words} names={apart ? [] : mentionable(session)} onInput={setWords} onSend={() => void send()} autoFocus={writing} />
          <div class="row">
            <Button kind="primary" why={reply.why} onPress={send}>{message('comment-send')}</Button>
            <Button kind="quiet" onPress={() => { setWords(''); setWriting(false) }}>{message('cancel')}</Button>
          </div>
        </div>
      ) : (
        <div class="row">
          <Button kind="quiet" why={reply.why} onPress={() => setWriting(true)}>{message('reply')}</Button>
          <Button kind="quiet" why={judge(facts, settle).why} onPress={() => session.act({ command: settle, thread: thread.id, apart })}>{message(settle)}</Button>
        </div>
      )}
    </section>
  )
}

const mentionable = (session: RoomSession): readonly { readonly id: string; readonly name: string }[] =>
  session.view.value.delegations.filter(({ id }) => id !== session.hat.delegation)

function NewThread({ session, about, apartOnly = false, onSelection }: ThreadsProps): JSX.Element {
  const [words, setWords] = useUnsent(`${session.hatId} ${about.kind} ${about.kind === 'unit' ? about.unit : about.amendment}`)
  const [writing, setWriting] = useState(words !== '')
  const [among, setAmong] = useState(false)
  const selected = session.commenting.value
  const chosen = selected !== null && sameThing(selected.about, about) ? selected : null
  const apart = apartOnly || (among && session.place === null) || chosen?.apart === true
  const why = judge(factsApart(session, apart), 'start-thread').why
  // What is said among one's own is shown where their own side document is open.
  const mayApart = session.place === null && judge(factsApart(session, true), 'start-thread').code === null
  const leave = (): void => {
    if (chosen !== null) session.commenting.value = null
    setWords('')
    setWriting(false)
  }
  const send = async (): Promise<void> => {
    if (words.trim() === '') return
    const ranges = (chosen?.ranges ?? []).map(([first, last]) => [[...first], [...last]]) as Extract<Command, { command: 'start-thread' }>['ranges']
    if (await session.act({ command: 'start-thread', about, ranges, words: words.trim(), apart })) leave()
  }
  if (!writing && chosen === null) {
    return (
      <div class="begin">
        <Button kind="quiet" why={why} onPress={() => setWriting(true)}>{message('comment')}</Button>
        {onSelection === undefined ? null : <Button kind="quiet" why={why} onPress={onSelection}>{message('comment-selection')}</Button>}
      </div>
    )
  }
  return (
    <div class="writing new-thread">
      {chosen === null ? null : <blockquote>{chosen.quote}</blockquote>}
      <MentionField key={chosen?.quote ?? ''} label={message(apart ? 'comment-field-apart' : 'comment-field')} value={words} names={apart ? [] : mentionable(session)} onInput={setWords} onSend={() => void send()} autoFocus />
      {mayApart && !apartOnly && chosen?.apart !== true ? (
        <Check label={message('comment-apart', { delegation: session.view.value.nameOf(session.hat.delegation) })} checked={among} onChange={setAmong} />
      ) : null}
      <div class="row">
        <Button kind="primary" why={why} onPress={send}>{message('comment-send')}</Button>
        <Button kind="quiet" onPress={leave}>{message('cancel')}</Button>
      </div>
    </div>
  )
}

/** How many messages beside this are unread, for a mark on a closed card. */
export const unreadBeside = (session: RoomSession, about: ThreadAbout): number =>
  threadsOn(session.view.value.threads, about).reduce((sum, room) => sum + unreadIn(room, session.seen.value), 0)
