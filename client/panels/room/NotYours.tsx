/** What others may do here: apart, out of the way, each with the reason why this capacity may not. */
import type { JSX } from 'preact'
import { message } from '../../messages/index.ts'
import type { Verdict } from '../../room/facts.ts'
import { Button } from '../../ui/button.tsx'

export interface NotYoursProps {
  readonly actions: readonly { readonly id: string; readonly verdict: Verdict }[]
  readonly nameOf: (id: string) => string
}

export function NotYours({ actions, nameOf }: NotYoursProps): JSX.Element | null {
  if (actions.length === 0) return null
  return (
    <details class="not-yours">
      <summary>{message('not-in-this-capacity')}</summary>
      <div class="row">
        {actions.map((action) => (
          <Button key={action.id} why={action.verdict.why} onPress={() => undefined}>{nameOf(action.id)}</Button>
        ))}
      </div>
    </details>
  )
}
