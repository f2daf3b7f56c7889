/** Opens the room in the capacity last worn here, again when another is chosen, and anew after a refusal. */
import { effect, useSignal } from '@preact/signals'
import type { JSX } from 'preact'
import { useEffect, useMemo } from 'preact/hooks'
import { screenCircle } from '../../../shared/model/circles.ts'
import type { Api, Failure, Me } from '../../api.ts'
import { message } from '../../messages/index.ts'
import { browserDecider } from '../../room/decide.ts'
import { createOpenLink } from '../../room/open-link.ts'
import { openSession } from '../../room/session.ts'
import type { RoomSession } from '../../room/session.ts'
import { openShelf } from '../../room/unsent.ts'
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
  const shelf = useMemo(() => openShelf(localStorage, me.person.id, draft), [me.person.id, draft])
  useEffect(() => {
    let opened: RoomSession | null = null
    let left = false
    let stopWatching = (): void => undefined
    const open = async (): Promise<void> => {
      const answer = await api.draft(draft, hatId.value)
      if (left) return
      if (!answer.ok) {
        failure.value = answer
        return
      }
      const decide = browserDecider(api, { draft, hatId: answer.result.hatId })
      opened = await openSession({ api, person: me.person.id, info: answer.result, openLink: createOpenLink(api), decide, shelf, place: place.value, onPlace: (next) => { place.value = next } })
      if (left) return opened.close()
      const begun = opened
      stopWatching = effect(() => {
        // Yjs cannot take back what was refused: the words are on the shelf, the room is opened anew.
        if (begun.status.value.phase === 'refused') queueMicrotask(() => { opening.value++ })
        if (begun.place !== null && begun.links[1]?.status.value.phase === 'ended') queueMicrotask(leaveCircle)
        // A further hat may have been given to whoever sits here.
        if (begun.info.value.members.length !== answer.result.members.length) void refreshHats()
      })
      failure.value = null
      session.value = opened
    }
    void open()
    return () => {
      left = true
      stopWatching()
      session.value = null
      opened?.close()
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

function kept(key: string): string | null {
  try {
    return localStorage.getItem(key)
  } catch {
    return null
  }
}
