/** The right-hand column: cards beside their paragraphs, for what is near on the screen. */
import { effect, useComputed, useSignal } from '@preact/signals'
import type { JSX } from 'preact'
import { useEffect, useLayoutEffect, useMemo, useRef } from 'preact/hooks'
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
    if (passes(filter, card, session.themes.value)) add({ key: card.id, unit: card.unit?.id ?? '', kind: 'published', card })
  }
  return ['', ...view.text.units.map((unit) => unit.id)].flatMap((unit) => items.get(unit) ?? [])
}

type Boxes = ReadonlyMap<string, DOMRect>

/** Where the paragraphs are that the page shows, of each the first box; one with no paragraph on the page has none. */
function boxesIn(desk: HTMLElement): Boxes {
  const boxes = new Map<string, DOMRect>()
  for (const element of desk.querySelectorAll<HTMLElement>('[data-unit]')) {
    const unit = element.dataset['unit'] ?? ''
    if (unit !== '' && !boxes.has(unit)) boxes.set(unit, element.getBoundingClientRect())
  }
  return boxes
}

export function Cards({ session, editor, desk, onRivals }: CardsProps): JSX.Element {
  const column = useRef<HTMLDivElement>(null)
  const sizes = useRef<ResizeObserver | null>(null)
  const near = useSignal<ReadonlySet<string>>(new Set())
  const items = useComputed(() => itemsOf(session))
  const all = items.value
  const shown = all.filter((item) => item.unit === '' || item.unit === session.selected.value || near.value.has(item.unit))

  const look = (scroller: HTMLElement, boxes: Boxes): void => {
    const { top, height } = scroller.getBoundingClientRect()
    const units = new Set(items.value.map((item) => item.unit))
    const found = [...boxes].filter(([unit, box]) => units.has(unit) && box.bottom > top - height && box.top < top + 2 * height).map(([unit]) => unit)
    if (found.length !== near.value.size || found.some((unit) => !near.value.has(unit))) near.value = new Set(found)
  }
  const place = (boxes: Boxes): void => {
    const own = column.current
    if (own === null) return
    const start = own.getBoundingClientRect().top
    const elements = [...own.querySelectorAll<HTMLElement>(':scope > [data-item]')]
    let last = 0
    const slots = elements.map((element): StackItem => {
      const box = boxes.get(element.dataset['unitOf'] ?? '')
      if (box !== undefined) last = Math.max(0, box.top - start)
      return { id: element.dataset['item']!, wanted: last, height: element.offsetHeight }
    })
    const chosen = session.chosenCard.value
    const selected = session.selected.value
    const fixed = slots.find((slot) => slot.id === chosen)?.id ?? elements.find((element) => element.dataset['unitOf'] === selected)?.dataset['item'] ?? null
    const tops = stack(slots, gap, fixed)
    for (const element of elements) element.style.top = `${Math.round(tops.get(element.dataset['item']!) ?? 0)}px`
    const end = Math.max(0, ...slots.map((slot) => (tops.get(slot.id) ?? 0) + slot.height))
    own.style.minHeight = `${Math.round(end)}px`
  }
  // A card that is unfolded pushes the others on.
  const watch = (): void => {
    for (const slot of column.current?.children ?? []) sizes.current?.observe(slot)
  }
  // Heights are known once the cards are drawn.
  useLayoutEffect(() => {
    const scroller = desk()
    if (scroller !== null) place(boxesIn(scroller))
    watch()
  })
  useEffect(() => {
    const scroller = desk()
    if (scroller === null) return
    let frame = 0
    const settle = (): void => {
      frame = 0
      const boxes = boxesIn(scroller)
      look(scroller, boxes)
      place(boxes)
    }
    const soon = (): void => {
      if (frame === 0) frame = requestAnimationFrame(settle)
    }
    const observer = new ResizeObserver(soon)
    sizes.current = observer
    for (const part of scroller.querySelectorAll('.middle')) observer.observe(part)
    if (column.current !== null) observer.observe(column.current)
    watch()
    scroller.addEventListener('scroll', soon, { passive: true })
    const stop = effect(() => {
      void session.view.value
      void session.selected.value
      void session.filter.value
      soon()
    })
    return () => {
      cancelAnimationFrame(frame)
      observer.disconnect()
      scroller.removeEventListener('scroll', soon)
      stop()
    }
  }, [session])

  return (
    <div class="cards" ref={column}>
      {all.length === 0 ? <p class="hint cards-empty">{message(session.view.value.draft.stage === 'drafting' ? 'cards-none-drafting' : 'cards-none')}</p> : null}
      {shown.map((item) => {
        const open = item.kind === 'published' && (session.chosenCard.value === item.key || session.selected.value === item.unit)
        return <Slot key={item.key} session={session} editor={editor} item={item} open={open} onRivals={onRivals} />
      })}
    </div>
  )
}

interface SlotProps extends Pick<CardsProps, 'session' | 'editor' | 'onRivals'> {
  readonly item: Item
  readonly open: boolean
}

/** Drawn again only for another card, or to unfold it: what else a card shows it follows by itself. */
function Slot({ session, editor, item, open, onRivals }: SlotProps): JSX.Element {
  const { key, unit, kind } = item
  const card = kind === 'unit' ? null : item.card
  const toggle = (): void => {
    session.chosenCard.value = session.chosenCard.value === key ? null : key
    if (session.chosenCard.value !== null) editor?.scrollToAmendment(key)
  }
  return useMemo(() => (
    <div class="card-slot" data-item={key} data-unit-of={unit}>
      {item.kind === 'unit' ? (
        <UnitOf session={session} unit={unit} editor={editor} />
      ) : item.kind === 'own' ? (
        <OwnCard session={session} card={item.card} />
      ) : (
        <Card session={session} card={item.card} open={open} onToggle={toggle} onRivals={onRivals} />
      )}
    </div>
  ), [session, editor, key, unit, card, open, onRivals])
}

/** Its own part of the page follows the text; a paragraph that has just gone has no card any more. */
function UnitOf({ session, unit, editor }: Pick<CardsProps, 'session' | 'editor'> & { readonly unit: string }): JSX.Element | null {
  const now = session.view.value.text.byId.get(unit)
  return now === undefined ? null : <UnitCard session={session} unit={now} editor={editor} />
}
