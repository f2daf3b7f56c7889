/** The paragraphs by number and first words, with where each stands. Arrows walk it, Enter goes there. */
import type { JSX } from 'preact'
import { useEffect, useRef } from 'preact/hooks'
import { message } from '../../messages/index.ts'
import { statusOf } from '../../room/overview.ts'
import type { RoomSession } from '../../room/session.ts'
import { beginningOf } from '../../room/view.ts'
import { unitName } from './Card.tsx'

export function Outline({ session, onGo }: { readonly session: RoomSession; readonly onGo: (unit: string) => void }): JSX.Element {
  const list = useRef<HTMLOListElement>(null)
  const view = session.view.value
  const units = view.text.units.filter((unit) => unit.kind !== 'front' && unit.kind !== 'organ' && unit.kind !== 'closing')
  const selected = session.selected.value
  const stop = units.some((unit) => unit.id === selected) ? selected : units[0]?.id
  useEffect(() => {
    list.current?.querySelector('[aria-current]')?.scrollIntoView({ block: 'nearest' })
  }, [selected])
  const onKeyDown = (event: KeyboardEvent): void => {
    const steps: Record<string, (at: number, last: number) => number> = {
      ArrowDown: (at, last) => Math.min(at + 1, last),
      ArrowUp: (at) => Math.max(at - 1, 0),
      Home: () => 0,
      End: (_at, last) => last,
    }
    const step = steps[event.key]
    if (step === undefined) return
    const buttons = [...(list.current?.querySelectorAll<HTMLButtonElement>('button') ?? [])]
    buttons[step(buttons.indexOf(document.activeElement as HTMLButtonElement), buttons.length - 1)]?.focus()
    event.preventDefault()
  }
  return (
    <nav class="outline" aria-label={message('outline')}>
      <h2>{message('outline')}</h2>
      {units.length === 0 ? <p class="hint">{message('outline-empty')}</p> : null}
      <ol ref={list} onKeyDown={onKeyDown}>
        {units.map((unit) => {
          const status = statusOf(view, unit.id)
          return (
            <li key={unit.id} class={`outline-${unit.kind} depth-${Math.min(unit.depth, 4)}`}>
              <button type="button" tabIndex={unit.id === stop ? 0 : -1} aria-current={unit.id === selected ? 'true' : undefined} onClick={() => onGo(unit.id)}>
                <span class="number">{unit.number === '' ? '' : unit.number}</span>
                <span class="words">{beginningOf(unit) || unitName(unit)}</span>
                {status === 'open' ? null : (
                  <span class={`dot dot-${status}`} title={message(`dot-${status}`)}>
                    <span class="unseen">{message(`dot-${status}`)}</span>
                  </span>
                )}
              </button>
            </li>
          )
        })}
      </ol>
    </nav>
  )
}
