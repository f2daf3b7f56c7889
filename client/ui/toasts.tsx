/** Short words about what just happened. Refusals stay until closed; the rest leave by themselves. */
import { signal } from '@preact/signals'
import type { JSX } from 'preact'
import { message } from '../messages/index.ts'

interface Toast {
  readonly id: number
  readonly kind: 'done' | 'refused'
  readonly words: string
}

const shownMs = 5_000
/** A chair who decides quickly must not have the next card covered. */
const shownMax: Readonly<Record<Toast['kind'], number>> = { done: 1, refused: 2 }
const toasts = signal<readonly Toast[]>([])
let count = 0

function show(kind: Toast['kind'], words: string): void {
  const toast = { id: ++count, kind, words }
  const same = toasts.value.filter((other) => other.kind === kind && other.words !== words)
  const rest = toasts.value.filter((other) => other.kind !== kind)
  toasts.value = [...rest, ...[...same, toast].slice(-shownMax[kind])]
  if (kind === 'done') setTimeout(() => close(toast.id), shownMs)
}

function close(id: number): void {
  toasts.value = toasts.value.filter((toast) => toast.id !== id)
}

export const say = (words: string): void => show('done', words)
export const sayRefused = (words: string): void => show('refused', words)

export function Toasts(): JSX.Element {
  const part = (kind: Toast['kind']): JSX.Element[] =>
    toasts.value
      .filter((toast) => toast.kind === kind)
      .map((toast) => (
        <div key={toast.id} class={`toast toast-${kind}`}>
          <p>{toast.words}</p>
          <button type="button" class="quiet" onClick={() => close(toast.id)}>
            {message('close')}
          </button>
        </div>
      ))
  return (
    <div class="toasts">
      <div role="alert">{part('refused')}</div>
      <div role="status">{part('done')}</div>
    </div>
  )
}

const spoken = signal('')

/** For those who do not see the page: read out, not shown. */
export const announce = (sentence: string): void => {
  spoken.value = sentence
}

export const Announcer = (): JSX.Element => (
  <div role="status" class="unseen">
    {spoken.value}
  </div>
)
