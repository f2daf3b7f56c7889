/** A button that says why it cannot be used: by tooltip, to a screen reader, and when pressed all the same. */
import type { ComponentChildren, JSX } from 'preact'
import { useId, useState } from 'preact/hooks'
import { sayRefused } from './toasts.tsx'

export interface ButtonProps {
  readonly children: ComponentChildren
  readonly onPress: () => unknown
  /** Why not; null or absent when it may be used. */
  readonly why?: string | null
  readonly kind?: 'primary' | 'plain' | 'quiet' | 'danger'
  readonly label?: string
  readonly pressed?: boolean
  readonly id?: string
}

export function Button({ children, onPress, why = null, kind = 'plain', label, pressed, id }: ButtonProps): JSX.Element {
  const [busy, setBusy] = useState(false)
  const reason = useId()
  const press = async (): Promise<void> => {
    if (busy) return
    // Stays focusable while disabled, or the keyboard could not reach the reason.
    if (why !== null) return sayRefused(why)
    setBusy(true)
    try {
      await onPress()
    } finally {
      setBusy(false)
    }
  }
  return (
    <>
      <button
        id={id}
        type="button"
        class={`button ${kind}`}
        aria-disabled={why !== null || busy ? 'true' : undefined}
        aria-busy={busy ? 'true' : undefined}
        aria-describedby={why === null ? undefined : reason}
        aria-label={label}
        aria-pressed={pressed}
        title={why ?? undefined}
        onClick={() => void press()}
      >
        {children}
      </button>
      {why === null ? null : (
        <span id={reason} hidden>
          {why}
        </span>
      )}
    </>
  )
}
