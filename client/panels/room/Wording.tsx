/** The official wording of one amendment, folded until it is asked for. */
import type { JSX } from 'preact'
import { useState } from 'preact/hooks'
import { message } from '../../messages/index.ts'
import type { PrivateCard, PublishedCard, RoomView } from '../../room/view.ts'
import { canRead, wordingOfCard } from '../../room/wording.ts'
import { Button } from '../../ui/button.tsx'
import { copyWords } from '../../ui/copy.ts'
import { Check } from '../../ui/field.tsx'

export function Wording({ view, card }: { readonly view: RoomView; readonly card: PublishedCard | PrivateCard }): JSX.Element {
  const [open, setOpen] = useState(false)
  const [wouldRead, setWouldRead] = useState(false)
  return (
    <details class="wording" onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary>{message('wording')}</summary>
      {open ? <Sentence words={wordingOfCard(view, card, { wouldRead })} wouldRead={canRead(card) ? wouldRead : null} onWouldRead={setWouldRead} /> : null}
    </details>
  )
}

/** `wouldRead` is null where there is nothing to choose. */
function Sentence({ words, wouldRead, onWouldRead }: { readonly words: string; readonly wouldRead: boolean | null; readonly onWouldRead: (on: boolean) => void }): JSX.Element {
  return (
    <>
      <p class="sentence" lang="en">{words}</p>
      <div class="row">
        {wouldRead === null ? null : <Check label={message('wording-would-read')} checked={wouldRead} onChange={onWouldRead} />}
        <Button label={message('wording-copy')} onPress={() => copyWords(words)}>{message('copy')}</Button>
      </div>
    </>
  )
}
