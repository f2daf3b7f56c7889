/** The room view, for a projector: one paragraph in large type with its rivals, the text on screen, and one key to close it. */
import { useSignal } from '@preact/signals'
import type { JSX } from 'preact'
import { useEffect, useRef } from 'preact/hooks'
import { readReversals } from '../../../shared/model/reversal.ts'
import { readAmendmentState } from '../../../shared/model/state.ts'
import { ownAmendment } from '../../../shared/text/edit.ts'
import { sentenceOf } from '../../../shared/wire/errors.ts'
import type { EditorHandle } from '../../editor/host.ts'
import { message } from '../../messages/index.ts'
import { titleOf } from '../../room/circles.ts'
import { everything } from '../../room/filter.ts'
import { closing, contested, leaveRecorded, mergeInto, neighbour, nothingChosen, proposalsOn, toggledIn } from '../../room/screen.ts'
import type { Choice } from '../../room/screen.ts'
import type { RoomSession } from '../../room/session.ts'
import { isOpen } from '../../room/view.ts'
import type { PublishedCard } from '../../room/view.ts'
import { whyForReading } from '../../room/link.ts'
import { Button } from '../../ui/button.tsx'
import { sayRefused } from '../../ui/toasts.tsx'
import { placeOf, unitName } from './Card.tsx'
import { Changes } from './Changes.tsx'
import { Page } from './Page.tsx'
import { RecordDeparted } from './RecordDeparted.tsx'
import { RecordScreen, ScreenPositions } from './ScreenFloor.tsx'

const keys = ['1–9', 'j k Space', 'm', 'e', 'b', 'c', 'n p', 'u', 'o', 'r', 'Esc'] as const

export function Screen({ session }: { readonly session: RoomSession }): JSX.Element {
  const view = session.view.value
  const unit = useSignal<string | null>(null)
  const choice = useSignal<Choice>(nothingChosen)
  const at = useSignal(0)
  /** What lies over the room view: the positions on each proposal, or the question for whom the text on screen is recorded. */
  const asking = useSignal<'positions' | 'record' | null>(null)
  const busy = useRef(false)
  const editor = useRef<EditorHandle | null>(null)
  const region = useRef<HTMLElement>(null)

  const shown = view.text.byId.get(unit.value ?? '') ?? null
  const screenText = shown === null || session.side === null ? null : ownAmendment(session.side, session.shared, shown.id)
  const cards = shown === null ? [] : proposalsOn(view, shown.id, screenText)
  const focused = Math.min(at.value, Math.max(0, cards.length - 1))

  const show = (next: string | null): void => {
    unit.value = next
    session.onScreen.value = next
    choice.value = nothingChosen
    at.value = 0
    asking.value = null
    region.current?.focus()
  }
  const ask = (what: 'positions' | 'record'): void => {
    // What was typed in the last moment is on screen too.
    session.fresh()
    asking.value = asking.value === what ? null : what
    if (asking.value === null) region.current?.focus()
  }
  const toggle = (card: PublishedCard | undefined): void => {
    if (card !== undefined) choice.value = { ...choice.value, taken: toggledIn(choice.value.taken, card.id) }
  }
  const mergeable = (): PublishedCard[] => cards.filter((card) => choice.value.taken.has(card.id) && card.amendment.about.kind === 'modify')
  const merge = (): void => {
    if (shown === null) return
    if (!session.writable.value) return sayRefused(sentenceOf(whyForReading(session.status.value)))
    const taken = mergeable()
    mergeInto(session, shown.id, taken)
    choice.value = { ...choice.value, taken: new Set(), merged: new Set([...choice.value.merged, ...taken.map(({ id }) => id)]) }
  }
  /** The text on screen as everybody has it: what was typed in the last moment goes first. */
  const screenCard = async (): Promise<PublishedCard | null> => {
    const id = session.side === null || shown === null ? null : ownAmendment(session.side, session.shared, shown.id)
    if (id === null) return null
    const answer = await session.send({ command: 'put-forward', amendment: id, digest: '' })
    if (!answer.ok && answer.code !== 'already-so' && answer.code !== 'empty-amendment') return null
    if (answer.ok) await settledAt(session, id, answer.result.revision ?? 1)
    return session.fresh().published.find((card) => card.id === id && isOpen(card.state)) ?? null
  }
  const close = async (): Promise<void> => {
    if (shown === null || busy.current) return
    busy.current = true
    try {
      const text = await screenCard()
      const body = closing(session.fresh(), shown.id, text, choice.value)
      if (body !== null && (await session.act(body))) show(neighbour(session.fresh(), shown.id, 1))
    } finally {
      busy.current = false
    }
  }
  const record = async (delegation: string): Promise<void> => {
    const text = await screenCard()
    if (text === null || !(await session.act({ command: 'record-for', amendment: text.id, digest: text.state.digest, delegation }))) return
    asking.value = null
    region.current?.focus()
  }
  const undo = (): void => {
    const latest = readReversals(session.shared).find(({ reversal }) => reversal.kind === 'settle')
    if (latest === undefined) return
    const back = latest.reversal.units.find(({ unit: id }) => session.view.value.text.byId.has(id))?.unit ?? null
    void session.act({ command: 'undo-decision', decision: latest.decision }).then((done) => { if (done && back !== null) show(back) })
  }
  const press = (event: KeyboardEvent): boolean => {
    const figure = /^[1-9]$/.test(event.key) ? cards[Number(event.key) - 1] : undefined
    if (figure !== undefined) return toggle(figure), true
    switch (event.key) {
      case 'j': case 'ArrowDown': at.value = Math.min(focused + 1, cards.length - 1); return true
      case 'k': case 'ArrowUp': at.value = Math.max(focused - 1, 0); return true
      case ' ': toggle(cards[focused]); return true
      case 'm': merge(); return true
      case 'e': if (shown !== null) editor.current?.focusUnit(shown.id); return true
      case 'b': choice.value = { ...choice.value, rest: choice.value.rest === 'bracket' ? 'decline' : 'bracket' }; return true
      case 'c': void close(); return true
      case 'n': case 'ArrowRight': show(neighbour(view, unit.value, 1)); return true
      case 'p': case 'ArrowLeft': show(neighbour(view, unit.value, -1)); return true
      case 'u': undo(); return true
      case 'o': ask('positions'); return true
      case 'r': ask('record'); return true
      case 'Escape':
        if (asking.value === null) void session.goTo(null)
        else ask(asking.value)
        return true
      default: return false
    }
  }
  const onKey = useRef(press)
  onKey.current = press
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent): void => {
      const field = event.target instanceof HTMLElement ? event.target.closest<HTMLElement>('input, textarea, select, [contenteditable="true"]') : null
      if (field !== null) {
        if (event.key === 'Escape') region.current?.focus()
        return
      }
      if (event.ctrlKey || event.metaKey || event.altKey || (event.key === ' ' && event.target instanceof HTMLButtonElement)) return
      if (onKey.current(event)) event.preventDefault()
    }
    document.addEventListener('keydown', onKeyDown)
    return () => document.removeEventListener('keydown', onKeyDown)
  }, [])
  useEffect(() => {
    if (!session.ready.value || unit.value !== null) return
    // What came in last is looked at before the choice: a view that lags behind would show a paragraph which nobody contests.
    const fresh = session.fresh()
    show(contested(fresh)[0] ?? fresh.text.units[0]?.id ?? null)
  }, [session.ready.value, view])
  // Whether or not the answer came, and whoever at the table has recorded it.
  useEffect(() => leaveRecorded(session), [view])
  // In the text stand the proposals that are taken, and the text on screen; the others are beside it.
  useEffect(() => {
    session.filter.value = { ...everything, hidden: new Set(view.published.filter(({ id }) => !choice.value.taken.has(id)).map(({ id }) => id)) }
  }, [choice.value, view])
  const left = contested(view).length
  return (
    <section class="screen" ref={region} tabIndex={-1} aria-label={message('screen')}>
      <header class="screen-head">
        <h2>{shown === null ? message('screen-none') : unitName(shown)}</h2>
        <span class="hint">{message('screen-left', { count: left })}</span>
        {shown === null || (view.unitStates.get(shown.id)?.agreed ?? null) === null ? null : <span class="chip chip-agreed">{message('dot-agreed')}</span>}
        <span class="grow" />
        <Button onPress={() => session.goTo(null)}>{message('screen-leave')}</Button>
        <RecordDeparted session={session} />
      </header>
      <div class="screen-text"><Page session={session} onEditor={(opened) => { editor.current = opened }} /></div>
      <ol class="screen-rivals" aria-label={message('screen-proposals')}>
        {cards.map((card, index) => {
          const state = choice.value.taken.has(card.id) ? 'taken' : choice.value.merged.has(card.id) ? 'merged' : 'left-out'
          return (
            <li key={card.id} class={`screen-rival ${session.colours.value.get(card.state.proposer) ?? ''} ${state} ${index === focused ? 'focused' : ''}`}>
              <button type="button" aria-pressed={state === 'taken'} onClick={() => toggle(card)}>
                <kbd>{index + 1}</kbd>
                <span class="by">{[card.state.proposer, ...card.state.sponsors.map((one) => one.delegation)].map((id) => titleOf(view, id)).join(', ')}</span>
                <span class="chip">{message(`screen-${state}`)}</span>
                {card.unit?.id === shown?.id ? null : <span class="hint">{placeOf(card)}</span>}
              </button>
              <Changes card={card} />
              {asking.value === 'positions' ? <ScreenPositions session={session} card={card} focused={index === focused} /> : null}
            </li>
          )
        })}
      </ol>
      <footer class="screen-foot">
        {asking.value === 'record' ? <RecordScreen session={session} why={screenText === null ? message('screen-record-none') : null} onRecord={record} onClose={() => ask('record')} /> : null}
        {shown === null ? null : <Button kind="primary" onPress={close}>{message('screen-close')}</Button>}
        <Button pressed={choice.value.rest === 'bracket'} onPress={() => { choice.value = { ...choice.value, rest: choice.value.rest === 'bracket' ? 'decline' : 'bracket' } }}>{message(`screen-rest-${choice.value.rest}`)}</Button>
        <Button why={mergeable().length === 0 ? message('screen-merge-none') : null} onPress={merge}>{message('screen-merge')}</Button>
        <Button onPress={() => show(neighbour(view, unit.value, -1))}>{message('screen-previous')}</Button>
        <Button onPress={() => show(neighbour(view, unit.value, 1))}>{message('screen-next')}</Button>
        <Button onPress={undo}>{message('screen-undo')}</Button>
        <Button pressed={asking.value === 'positions'} onPress={() => ask('positions')}>{message('screen-positions')}</Button>
        <Button pressed={asking.value === 'record'} onPress={() => ask('record')}>{message('screen-record')}</Button>
        <ul class="screen-keys">{keys.map((key, index) => <li key={key}><kbd>{key}</kbd> {message(`screen-key-${index + 1}`)}</li>)}</ul>
      </footer>
    </section>
  )
}

/** Resolves when this page's document has the revision. */
function settledAt(session: RoomSession, amendment: string, revision: number): Promise<void> {
  const has = (): boolean => (readAmendmentState(session.shared, amendment)?.revision ?? 0) >= revision
  return new Promise((resolve) => {
    if (has()) return resolve()
    const look = (): void => {
      if (!has()) return
      session.shared.off('afterTransaction', look)
      resolve()
    }
    session.shared.on('afterTransaction', look)
  })
}
