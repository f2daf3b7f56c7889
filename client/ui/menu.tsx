/** A button that opens a short list of things to do. Escape and leaving it close it; arrows walk it. */
import type { ComponentChildren, JSX } from 'preact'
import { useEffect, useId, useRef, useState } from 'preact/hooks'

export interface MenuProps {
  readonly label: ComponentChildren
  readonly name: string
  readonly children: ComponentChildren
}

export function Menu({ label, name, children }: MenuProps): JSX.Element {
  const [open, setOpen] = useState(false)
  const root = useRef<HTMLDivElement>(null)
  const button = useRef<HTMLButtonElement>(null)
  const list = useId()
  const items = (): HTMLElement[] => [...(root.current?.querySelectorAll<HTMLElement>('.menu-list a, .menu-list button') ?? [])]
  useEffect(() => {
    if (open) items()[0]?.focus()
  }, [open])
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.key === 'Escape' && open) {
      setOpen(false)
      button.current?.focus()
      event.stopPropagation()
    }
    if (open && (event.key === 'ArrowDown' || event.key === 'ArrowUp')) {
      const all = items()
      const at = all.indexOf(document.activeElement as HTMLElement)
      all[(at + (event.key === 'ArrowDown' ? 1 : -1) + all.length) % all.length]?.focus()
      event.preventDefault()
    }
  }
  const onFocusOut = (event: FocusEvent): void => {
    if (!(event.relatedTarget instanceof Node) || root.current?.contains(event.relatedTarget) !== true) setOpen(false)
  }
  const onClick = (event: MouseEvent): void => {
    if (!(event.target instanceof Element) || event.target.closest('a, button') === null) return
    // What opens from here gives the focus back to where it was, and the list will be gone by then.
    button.current?.focus()
    setOpen(false)
  }
  return (
    <div class="menu" ref={root} onKeyDown={onKeyDown} onFocusOut={onFocusOut}>
      <button type="button" ref={button} class="button plain" aria-expanded={open} aria-controls={list} aria-label={name} onClick={() => setOpen(!open)}>
        {label}
      </button>
      <div id={list} class="menu-list" hidden={!open} onClick={onClick}>
        {children}
      </div>
    </div>
  )
}
