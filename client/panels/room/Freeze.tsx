/** Freezing: the text as it would stand, what is still open, what it means, and a deliberate confirmation. */
import type { JSX } from 'preact'
import { useMemo, useState } from 'preact/hooks'
import { flaggedIn } from '../../../shared/record/stands.ts'
import { freezePreview } from '../../../shared/lifecycle/freeze.ts'
import type { FreezePreview } from '../../../shared/lifecycle/freeze.ts'
import { readConfirmation } from '../../../shared/model/state.ts'
import type { Piece } from '../../../shared/text/printed.ts'
import { printedValue } from '../../../shared/text/printed-value.ts'
import { listed } from '../../../shared/text/quotes.ts'
import { printedSponsors, sponsorLines } from '../../../shared/text/sponsors.ts'
import type { SponsorKind } from '../../../shared/policy/types.ts'
import { limits } from '../../../shared/wire/limits.ts'
import { sentenceOf } from '../../../shared/wire/errors.ts'
import { message, whenOf } from '../../messages/index.ts'
import type { RoomSession } from '../../room/session.ts'
import { Button } from '../../ui/button.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import { Check, Field } from '../../ui/field.tsx'
import { placeOf } from './Card.tsx'
import { SymbolField, symbolWhy } from './Versions.tsx'

const usePreview = (session: RoomSession): FreezePreview => {
  const view = session.view.value
  const stands = session.stands.value
  return useMemo(() => freezePreview(session.shared, flaggedIn(stands)), [view, stands])
}

/** The very text that the digest is of, with its footnotes and the brackets that still stand; its sponsors; the digest of both. */
function Preview({ session, preview: { digest, resolution } }: { readonly session: RoomSession; readonly preview: FreezePreview }): JSX.Element {
  const sponsors = printedSponsors(session.shared)
  const signedAs = (kind: SponsorKind): number => sponsors.filter(({ as }) => as === kind).length
  const signed = { main: signedAs('main'), co: signedAs('co') }
  const { line, isOwn, unnamed } = sponsorLines(resolution.units, sponsors.map(({ name }) => name), session.info.value.versions.some(({ kind }) => kind === 'revision'))
  const { blocks, notes, language } = useMemo(() => printedValue(resolution, { title: '' }), [resolution])
  const bracketed = blocks.filter(({ pieces }) => pieces.some(({ look }) => look === 'sign')).length
  return (
    <>
      <h3>{message('freeze-preview')}</h3>
      <div class="freeze-preview scroll" tabIndex={0} role="region" aria-label={message('freeze-preview')} lang={language}>
        {blocks.map(({ kind, depth, number, pieces }, index) => (
          <p key={index} class={`unit-${kind} depth-${Math.min(depth, 4)}`}>{number === '' ? '' : `${number} `}<Pieces pieces={pieces} /></p>
        ))}
        {notes.length === 0 ? null : <hr />}
        {notes.map(({ number, pieces }) => <p key={number} class="freeze-note">{number}. <Pieces pieces={pieces} /></p>)}
      </div>
      {bracketed === 0 ? null : <p class="fault">{message('freeze-brackets', { count: bracketed })}</p>}
      <h3>{message('freeze-sponsors')}</h3>
      {isOwn ? <p>{message('freeze-sponsors-own')}</p> : line === '' ? null : <p lang="en">{line}</p>}
      {isOwn && unnamed.length > 0 ? <p class="fault">{message('freeze-sponsors-unnamed', { names: listed(unnamed) })}</p> : null}
      {sponsors.length === 0 ? <p>{message('freeze-no-sponsors')}</p> : <p class="hint">{message('freeze-sponsors-signed', signed)}</p>}
      <p class="hint">{message('freeze-digest')} <code>{digest.slice(0, 16)}…</code></p>
    </>
  )
}

function Pieces({ pieces }: { readonly pieces: readonly Piece[] }): JSX.Element {
  return <>{pieces.map(({ look, words }, index) => (look === 'note' ? <sup key={index}>{words}</sup> : look === 'opening' ? <em key={index}>{words}</em> : look === 'sign' ? <b key={index}>{words}</b> : words))}</>
}

export function Freeze({ session, onClose }: { readonly session: RoomSession; readonly onClose: () => void }): JSX.Element {
  const view = session.view.value
  const preview = usePreview(session)
  const second = readConfirmation(session.shared)
  const isAsked = view.draft.secondAsked === true
  // One's own word is no second person's.
  const isConfirmed = second?.digest === preview.digest && second.hatId !== session.hatId
  const [symbol, setSymbol] = useState('')
  const [reason, setReason] = useState('')
  const [closeOpen, setCloseOpen] = useState(false)
  const [understood, setUnderstood] = useState(false)
  const facts = view.stageFacts
  const flagged = preview.open.filter((one) => one.flagged).length
  const cards = new Map(view.published.map((card) => [card.id, card]))
  const why = preview.open.length > 0 && !closeOpen ? message('freeze-why-open')
    : flagged > 0 && reason.trim() === '' ? message('freeze-why-flag')
    : facts.silence?.ended === null && facts.stage === 'silence' ? sentenceOf('silence-runs')
    : !facts.isReady && reason.trim() === '' ? message('freeze-why-silence')
    : symbolWhy(symbol) !== null ? symbolWhy(symbol)
    : isAsked && !isConfirmed ? sentenceOf('needs-second')
    : understood ? null : message('freeze-why-understood')
  const freeze = async (): Promise<void> => {
    const done = await session.act({ command: 'freeze', digest: preview.digest, symbol: symbol.trim(), closeOpen, reason: reason.trim() })
    if (done) onClose()
    else setUnderstood(false)
  }
  return (
    <Dialog title={message('freeze-title')} onClose={onClose} wide>
      <p>{message('freeze-means')}</p>
      <Preview session={session} preview={preview} />
      {preview.open.length === 0 ? <p>{message('freeze-none-open')}</p> : (
        <section aria-labelledby="freeze-open">
          <h3 id="freeze-open">{message('freeze-open', { count: preview.open.length })}</h3>
          <ul>
            {preview.open.map((one) => {
              const card = cards.get(one.id)
              return (
                <li key={one.id}>
                  {message('overview-proposal', { delegation: view.nameOf(one.proposer), place: card === undefined ? '' : placeOf(card) })}{' '}
                  {one.flagged ? <span class="chip chip-review-flagged">{message('review-flagged')}</span> : null}
                </li>
              )
            })}
          </ul>
          <Check label={message('freeze-close-open')} checked={closeOpen} onChange={setCloseOpen} />
        </section>
      )}
      {facts.isReady ? <p>{message('freeze-silence-kept')}</p> : <p class="fault">{message('freeze-no-silence')}</p>}
      {flagged === 0 && facts.isReady ? null : <Field label={flagged === 0 ? message('freeze-reason-silence') : message('freeze-reason', { count: flagged })} lines={2} hint={message('freeze-reason-hint')} value={reason} onInput={setReason} charactersMax={limits.noteCharactersMax} />}
      <SymbolField value={symbol} onInput={setSymbol} hint={message('version-symbol-hint')} />
      <Check label={message('freeze-second')} checked={isAsked} onChange={(ask) => void session.act({ command: 'ask-second', ask })} />
      {!isAsked ? null : isConfirmed ? <p>{message('freeze-second-given', { role: message(`role-${second.role}`), when: whenOf(second.atMs) })}</p> : <p class="fault">{message('freeze-second-missing')}</p>}
      <Check label={message('freeze-understood')} checked={understood} onChange={setUnderstood} />
      <div class="dialog-actions">
        <Button onPress={onClose}>{message('cancel')}</Button>
        <Button kind="primary" why={why} onPress={freeze}>{message('freeze-do')}</Button>
      </div>
    </Dialog>
  )
}

/** A second person looks at what will be frozen, and says that it is that. */
export function ConfirmFreeze({ session, onClose }: { readonly session: RoomSession; readonly onClose: () => void }): JSX.Element {
  const preview = usePreview(session)
  const { digest, open } = preview
  const confirm = async (): Promise<void> => {
    if (await session.act({ command: 'confirm-freeze', digest })) onClose()
  }
  return (
    <Dialog title={message('confirm-freeze')} onClose={onClose} wide>
      <p>{message('confirm-freeze-means')}</p>
      <Preview session={session} preview={preview} />
      <p>{open.length === 0 ? message('freeze-none-open') : message('freeze-open', { count: open.length })}</p>
      <div class="dialog-actions">
        <Button onPress={onClose}>{message('cancel')}</Button>
        <Button kind="primary" onPress={confirm}>{message('confirm-freeze-do')}</Button>
      </div>
    </Dialog>
  )
}
