/** The text as it stands, with what is chosen written into it, issued as the next revision; and what a revision left out. */
import type { JSX } from 'preact'
import { useState } from 'preact/hooks'
import { revisedSymbol } from '../../../shared/lifecycle/symbol.ts'
import { limits } from '../../../shared/wire/limits.ts'
import { message } from '../../messages/index.ts'
import { stands } from '../../room/card-actions.ts'
import { proposerName } from '../../room/circles.ts'
import { factsOnPublished, judge } from '../../room/facts.ts'
import type { RoomSession } from '../../room/session.ts'
import { lastSymbol, nextRevision, versionName } from '../../room/versions.ts'
import { digestOfView, isOpen } from '../../room/view.ts'
import type { PublishedCard } from '../../room/view.ts'
import { Button } from '../../ui/button.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import { Check, Field } from '../../ui/field.tsx'
import { placeOf, whatOf } from './Card.tsx'
import { Changes } from './Changes.tsx'
import { digestNow, SymbolField, symbolWhy } from './Versions.tsx'

export function IssueRevision({ session, onClose }: { readonly session: RoomSession; readonly onClose: () => void }): JSX.Element {
  const view = session.view.value
  const { versions } = session.info.value
  const revision = nextRevision(versions)
  const [chosen, setChosen] = useState<readonly string[]>([])
  const [symbol, setSymbol] = useState(revisedSymbol(lastSymbol(versions), revision))
  const [note, setNote] = useState('')
  const open = view.published.filter(({ state }) => isOpen(state))
  const mayGoIn = (card: PublishedCard): boolean => card.hasPlace && !card.waits && judge(factsOnPublished(session.standing.value, card), 'incorporate').code === null
  const issue = async (): Promise<void> => {
    const seen = (card: PublishedCard): { amendment: string; digest: string } => ({ amendment: card.id, digest: digestOfView(card.amendment) })
    const taken = open.filter((card) => chosen.includes(card.id))
    const done = await session.act({
      command: 'issue-revision', name: '', symbol: symbol.trim(), note: note.trim(), digest: digestNow(session),
      incorporate: taken.map(seen), leave: open.filter((card) => !taken.includes(card)).map(seen),
    })
    if (done) onClose()
  }
  return (
    <Dialog title={message('revision-issue', { number: revision })} onClose={onClose} wide>
      <p>{message('revision-means', { number: revision })}</p>
      {open.length === 0 ? <p class="hint">{message('revision-none-open')}</p> : (
        <fieldset class="revision-choice">
          <legend>{message('revision-choose', { count: open.length })}</legend>
          <ul>
            {open.map((card) => (
              <li key={card.id}>
                {mayGoIn(card) ? (
                  <Check
                    label={message('revision-proposal', { delegation: proposerName(view, card.state), what: whatOf(card), place: placeOf(card) })}
                    checked={chosen.includes(card.id)}
                    onChange={(checked) => setChosen(checked ? [...chosen, card.id] : chosen.filter((one) => one !== card.id))}
                  />
                ) : <p>{message('revision-proposal', { delegation: proposerName(view, card.state), what: whatOf(card), place: placeOf(card) })} <span class="chip">{message('revision-cannot')}</span></p>}
                <Changes card={card} />
              </li>
            ))}
          </ul>
        </fieldset>
      )}
      <p role="status">{message('revision-counts', { taken: chosen.length, left: open.length - chosen.length })}</p>
      <SymbolField value={symbol} onInput={setSymbol} hint={message('version-symbol-hint')} />
      <Field label={message('revision-note')} lines={2} value={note} onInput={setNote} charactersMax={limits.noteCharactersMax} />
      <div class="dialog-actions">
        <Button onPress={onClose}>{message('cancel')}</Button>
        <Button kind="primary" why={symbolWhy(symbol)} onPress={issue}>{message('revision-issue-do', { number: revision })}</Button>
      </div>
    </Dialog>
  )
}

/** What one's delegation stands behind and the last revision, or a return, left out: each is one press from being open again. */
export function NotInRevision({ session }: { readonly session: RoomSession }): JSX.Element | null {
  const view = session.view.value
  const left = view.published.filter(({ state }) => state.status === 'not-reflected' && state.decision?.notIn !== undefined && stands(state, session.hat.delegation))
  if (left.length === 0) return null
  const nameOf = (number: number): string => {
    const version = session.info.value.versions.find((one) => one.number === number)
    return version === undefined ? String(number) : versionName(version)
  }
  return (
    <section class="lost-places not-in" aria-labelledby="not-in">
      <h2 id="not-in">{message('not-in', { count: left.length })}</h2>
      <p class="hint">{message('not-in-hint')}</p>
      <ul>
        {left.map((card) => {
          const { code, why } = judge(factsOnPublished(session.standing.value, card), 'put-forward-again')
          return (
            <li key={card.id}>
              <p><b>{whatOf(card)}</b>, {placeOf(card)} <span class="chip">{message('not-in-version', { version: nameOf(card.state.decision!.notIn!) })}</span></p>
              <Changes card={card} />
              {code === 'not-yours' ? null : <Button kind="primary" why={why} onPress={() => session.act({ command: 'put-forward-again', amendment: card.id, digest: digestOfView(card.amendment) })}>{message('put-forward-again')}</Button>}
            </li>
          )
        })}
      </ul>
    </section>
  )
}
