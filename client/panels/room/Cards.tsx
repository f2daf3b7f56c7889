/** The right-hand column: cards beside their paragraphs, for what is near on the screen. */
import { effect, useSignal } from '@preact/signals'
import type { JSX } from 'preact'
import { useEffect, useLayoutEffect, useRef } from 'preact/hooks'
import type { EditorHandle } from '../../editor/host.ts'
import { message } from '../../messages/index.ts'
import { passes } from '../../room/filter.ts'
import { stack } from '../../room/stack.ts'
import type { StackItem } from '../../room/stack.ts'
import type { RoomSession } from '../../room/session.ts'
import type { PrivateCard, PublishedCard } from '../../room/view.ts'
import { Card } from './Card.tsx'
import { OwnCard } from './OwnCard.tsx'
import { UnitCard } from './UnitCard.tsx'

const gap = 8

type Item =
  | { readonly key: string; readonly unit: string; readonly kind: 'unit' }
  | { readonly key: string; readonly unit: string; readonly kind: 'own'; readonly card: PrivateCard }
  | { readonly key: string; readonly unit: string; readonly kind: 'published'; readonly card: PublishedCard }

export interface CardsProps {
  readonly session: RoomSession
  readonly editor: EditorHandle | null
  /** What scrolls, and within it the page whose paragraphs are looked for. */
  readonly desk: () => HTMLElement | null
  readonly onRivals: (amendment: string) => void
}

/** In the order of the page: of one paragraph first what can be done with it, then one's own work, then what is published. */
function itemsOf(session: RoomSession): Item[] {
  const view = session.view.value
  const filter = session.filter.value
  const selected = session.selected.value
  const items = new Map<string, Item[]>()
  const add = (item: Item): void => {
    const list = items.get(item.unit)
    if (list === undefined) items.set(item.unit, [item])
    else list.push(item)
  }
  if (selected !== null && view.text.byId.has(selected)) add({ key: `unit-${selected}`, unit: selected, kind: 'unit' })
  for (const card of view.private) add({ key: `own-${card.id}`, unit: card.unit?.id ?? '', kind: 'own', card })
  for (const card of view.published) {
    if (passes(filter, card)) add({ key: card.id, unit: card.unit?.id ?? '', kind: 'published', card })
  }
  return ['', ...view.text.units.map((unit) => unit.id)].flatMap((unit) => items.get(unit) ?? [])
}

/** Null for what has no paragraph on the page. */
const boxOf = (desk: HTMLElement, unit: string): DOMRect | null =>
  unit === '' ? null : (desk.querySelector(`[data-unit="${CSS.escape(unit)}"]`)?.getBoundingClientRect() ?? null)

export function Cards({ session, editor, desk, onRivals }: CardsProps): JSX.Element {
  const column = useRef<HTMLDivElement>(null)
  const near = useSignal<ReadonlySet<string>>(new Set())
  const all = itemsOf(session)
  const shown = all.filter((item) => item.unit === '' || item.unit === session.selected.value || near.value.has(item.unit))

  const look = (): void => {
    const scroller = desk()
    if (scroller === null) return
    const { top, height } = scroller.getBoundingClientRect()
    const units = new Set(itemsOf(session).map((item) => item.unit))
    const found = [...units].filter((unit) => {
      const box = boxOf(scroller, unit)
      return box !== null && box.bottom > top - height && box.top < top + 2 * height
    })
    if (found.length !== near.value.size || found.some((unit) => !near.value.has(unit))) near.value = new Set(found)
  }
  const place = (): void => {
    const scroller = desk()
    const own = column.current
    if (scroller === null || own === null) return
    const start = own.getBoundingClientRect().top
    const elements = [...own.querySelectorAll<HTMLElement>(':scope > [data-item]')]
    const lasts = new Map<string, number>()
    const items = elements.map((element): StackItem => {
      const unit = element.dataset['unitOf'] ?? ''
      const box = boxOf(scroller, unit)
      const wanted = box === null ? (lasts.get('') ?? 0) : Math.max(0, box.top - start)
      lasts.set('', wanted)
      return { id: element.dataset['item']!, wanted, height: element.offsetHeight }
    })
    const chosen = session.chosenCard.value
    const selected = session.selected.value
    const fixed = items.find((item) => item.id === chosen)?.id ?? elements.find((element) => element.dataset['unitOf'] === selected)?.dataset['item'] ?? null
    const tops = stack(items, gap, fixed)
    for (const element of elements) element.style.top = `${Math.round(tops.get(element.dataset['item']!) ?? 0)}px`
    const end = Math.max(0, ...items.map((item) => (tops.get(item.id) ?? 0) + item.height))
    own.style.minHeight = `${Math.round(end)}px`
  }
  // Heights are known once the cards are drawn.
  useLayoutEffect(place)
  useEffect(() => {
    const scroller = desk()
    if (scroller === null) return
    let frame = 0
    const soon = (): void => {
      if (frame === 0) frame = requestAnimationFrame(() => { frame = 0; look(); place() })
    }
    const sizes = new ResizeObserver(soon)
    for (const part of scroller.querySelectorAll('.middle')) sizes.observe(part)
    if (column.current !== null) sizes.observe(column.current)
    scroller.addEventListener('scroll', soon, { passive: true })
    const stop = effect(() => {
      void session.view.value
      void session.selected.value
      void session.filter.value
      soon()
    })
    return () => {
      cancelAnimationFrame(frame)
      sizes.disconnect()
      scroller.removeEventListener('scroll', soon)
      stop()
    }
  }, [session])

  const toggle = (card: PublishedCard): void => {
    session.chosenCard.value = session.chosenCard.value === card.id ? null : card.id
    if (session.chosenCard.value !== null) editor?.scrollToAmendment(card.id)
  }
  return (
    <div class="cards" ref={column}>
      {all.length === 0 ? <p class="hint cards-empty">{message(session.view.value.draft.stage === 'drafting' ? 'cards-none-drafting' : 'cards-none')}</p> : null}
      {shown.map((item) => (
        <div class="card-slot" key={item.key} data-item={item.key} data-unit-of={item.unit}>
          {item.kind === 'unit' ? (
            <UnitCard session={session} unit={session.view.value.text.byId.get(item.unit)!} editor={editor} />
          ) : item.kind === 'own' ? (
            <OwnCard session={session} card={item.card} />
          ) : (
            <Card session={session} card={item.card} open={session.chosenCard.value === item.key || session.selected.value === item.unit} onToggle={() => toggle(item.card)} onRivals={onRivals} />
          )}
        </div>
      ))}
    </div>
  )
}
