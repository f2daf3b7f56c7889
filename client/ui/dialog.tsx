/** A modal `<dialog>`: the browser keeps the focus inside, Escape closes it, the focus returns to where it was. */
import type { ComponentChildren, JSX } from 'preact'
import { useEffect, useId, useRef } from 'preact/hooks'
import { message } from '../messages/index.ts'

export interface DialogProps {
  readonly title: string
  readonly onClose: () => void
  readonly children: ComponentChildren
  readonly wide?: boolean
  /** A page of its own, and what is printed while it is open. */
  readonly full?: string
}

export function Dialog({ title, onClose, children, wide = false, full }: DialogProps): JSX.Element {
  const element = useRef<HTMLDialogElement>(null)
  const heading = useId()
  const isGone = useRef(false)
  useEffect(() => {
    const dialog = element.current
    const before = document.activeElement
    if (dialog !== null && !dialog.open) dialog.showModal()
    return () => {
      // The browser tells of closing only later, when another dialog may stand in this one's place.
      isGone.current = true
      if (dialog?.open === true) dialog.close()
      // Whoever has gone on to the text meanwhile is not pulled back from it.
      const at = document.activeElement
      const isNowhere = at === null || at === document.body || dialog?.contains(at) === true
      if (isNowhere && before instanceof HTMLElement && before.isConnected) before.focus()
    }
  }, [])
  return (
    <dialog ref={element} class={full !== undefined ? `dialog full ${full}` : wide ? 'dialog wide' : 'dialog'} aria-labelledby={heading} onClose={() => { if (!isGone.current) onClose() }}>
      <header>
        <h2 id={heading}>{title}</h2>
        <button type="button" class="button quiet" onClick={onClose}>
          {message('close')}
        </button>
      </header>
      <div class="dialog-body">{children}</div>
    </dialog>
  )
}
