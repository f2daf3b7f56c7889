/** Opens the room in the capacity last worn here, again when another is chosen, and anew after a refusal. */
import { effect, useSignal } from '@preact/signals'
import type { JSX } from 'preact'
import { useEffect, useMemo, useRef } from 'preact/hooks'
import { screenCircle } from '../../../shared/model/circles.ts'
import type { Api, DraftInfo, Failure, Me } from '../../api.ts'
import { message } from '../../messages/index.ts'
import { browserDecider } from '../../room/decide.ts'
import { watchHeads } from '../../room/heads.ts'
import { isToOpenAnew } from '../../room/link.ts'
import { createOpenLink } from '../../room/open-link.ts'
import { openSession } from '../../room/session.ts'
import type { RoomSession } from '../../room/session.ts'
import { openShelf } from '../../room/unsent.ts'
import { checkSignature } from '../../signature.ts'
import { Button } from '../../ui/button.tsx'
import { say } from '../../ui/toasts.tsx'
import { capacityName } from '../Drafts.tsx'
import { Plain } from '../SignIn.tsx'
import { Room } from './Room.tsx'
import { Screen } from './Screen.tsx'

export function RoomLoader({ api, me, draft }: { readonly api: Api; readonly me: Me; readonly draft: string }): JSX.Element {
  const known = useSignal(me.hats)
  const hats = known.value.filter((entry) => entry.draft === draft)
  const remembered = `omnibus-hat:${draft}`
  const hatId = useSignal(hats.find((entry) => entry.hatId === kept(remembered))?.hatId ?? hats[0]?.hatId)
  const session = useSignal<RoomSession | null>(null)
  const failure = useSignal<Failure | null>(null)
  const opening = useSignal(0)
  /** Whose side document is open beside the shared one: one private place at a time. */
  const place = useSignal<string | null>(null)
  /** What the last session kept is free for the next only when it has closed. */
  const closed = useRef(Promise.resolve())
  /** As it was when the room was last open: enough to open it again on a bad line. */
  const lastInfo = useRef<DraftInfo | null>(null)
  const shelf = useMemo(() => openShelf(localStorage, me.person.id, draft), [me.person.id, draft])
  useEffect(() => {
    let opened: RoomSession | null = null
    let left = false
    let stopWatching = (): void => undefined
    const open = async (): Promise<void> => {
      const answer = await api.draft(draft, hatId.value)
      await closed.current
      if (left) return
      const info = answer.ok ? answer.result : isUnanswered(answer) && lastInfo.current?.hatId === hatId.value ? lastInfo.current : null
      if (info === null) {
        if (!answer.ok) failure.value = answer
        return
      }
      lastInfo.current = info
      const decide = browserDecider(api, { draft, hatId: info.hatId })
      opened = await openSession({ api, person: me.person.id, info, openLink: createOpenLink(api), decide, shelf, heads: watchHeads(localStorage, draft, checkSignature), place: place.value, onPlace: (next) => { place.value = next } })
      if (left) {
        closed.current = opened.close()
        return
      }
      const begun = opened
      stopWatching = effect(() => {
        const anew = begun.links.map((link) => link.status.value.phase).find(isToOpenAnew)
        if (anew !== undefined) queueMicrotask(() => {
          if (anew === 'restored') say(message('server-restored'))
          // So is a refusal, at times, the first that is heard of a server that was restored.
          for (const link of begun.links) link.sayAgain()
          opening.value++
        })
        if (begun.place !== null && begun.links[1]?.status.value.phase === 'ended') queueMicrotask(leaveCircle)
        // A further hat may have been given to whoever sits here.
        if (begun.info.value.members.length !== info.members.length) void refreshHats()
      })
      failure.value = null
      session.value = opened
    }
    void open()
    return () => {
      left = true
      stopWatching()
      session.value = null
      if (opened !== null) closed.current = opened.close()
    }
  }, [draft, hatId.value, place.value, opening.value])
  const leaveCircle = (): void => {
    place.value = null
    say(message('circle-ended'))
  }
  const refreshHats = async (): Promise<void> => {
    const answer = await api.me()
    if (answer.ok) known.value = answer.result.hats
  }
  const choose = (chosen: string): void => {
    const entry = hats.find((one) => one.hatId === chosen)
    try {
      localStorage.setItem(remembered, chosen)
    } catch {
      // The capacity is asked for again next time.
    }
    const left = session.value
    if (left !== null && left.status.value.unacknowledged > 0) say(message('kept-for-capacity', { capacity: capacityName(left.hat.role, left.view.value.nameOf(left.hat.delegation)) }))
    place.value = null
    hatId.value = chosen
    if (entry !== undefined) say(message('now-acting-as', { capacity: capacityName(entry.hat.role, entry.delegationName) }))
  }
  if (failure.value !== null) {
    return (
      <Plain title={message('room-failed')}>
        <p role="alert">{failure.value.sentence}</p>
        <p>
          <Button kind="primary" onPress={() => { failure.value = null; opening.value++ }}>{message('try-again')}</Button> <a href="/">{message('to-drafts')}</a>
        </p>
      </Plain>
    )
  }
  if (session.value === null) return <Plain title={message('room-opening')}>{null}</Plain>
  if (session.value.place === screenCircle.id) return <Screen key="screen" session={session.value} />
  return <Room key={`${session.value.hatId} ${session.value.place ?? ''}`} session={session.value} shelf={shelf} hats={hats} onHat={choose} />
}

/** No answer at all, or none of our server's, as where a network asks one to sign in first. */
const isUnanswered = ({ status, code }: Failure): boolean => status === 0 || code === 'unreadable'

function kept(key: string): string | null {
  try {
    return localStorage.getItem(key)
  } catch {
    return null
  }
}
