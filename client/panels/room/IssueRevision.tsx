/** The text as it stands with what is chosen written into it, or another text, issued as the next revision; and what a revision left out. */
import type { JSX } from 'preact'
import { useEffect, useMemo, useRef, useState } from 'preact/hooks'
import { readableEndings } from '../../../shared/convert/endings.ts'
import { revisedSymbol } from '../../../shared/lifecycle/symbol.ts'
import type { DraftView } from '../../../shared/model/units.ts'
import type { ResolutionValue } from '../../../shared/model/value.ts'
import { comparedOf, comparedOfValue, compareTexts } from '../../../shared/text/compare.ts'
import type { ComparedText } from '../../../shared/text/compare.ts'
import { seemsReflected } from '../../../shared/text/reflects.ts'
import { keptIn } from '../../../shared/text/rewrite.ts'
import { sentenceOf } from '../../../shared/wire/errors.ts'
import { limits } from '../../../shared/wire/limits.ts'
import { message } from '../../messages/index.ts'
import { readInPage } from '../../reading/read.ts'
import { stands } from '../../room/card-actions.ts'
import { proposerName } from '../../room/circles.ts'
import { factsOnPublished, judge } from '../../room/facts.ts'
import type { RoomSession } from '../../room/session.ts'
import { keepText, keptText } from '../../room/revision-text.ts'
import { lastSymbol, nameOfVersion, nextRevision } from '../../room/versions.ts'
import { digestOfView, isOpen } from '../../room/view.ts'
import type { PublishedCard } from '../../room/view.ts'
import { Button } from '../../ui/button.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import { Check, Field } from '../../ui/field.tsx'
import { placeOf, whatOf } from './Card.tsx'
import { Changes } from './Changes.tsx'
import { Rows } from './Compare.tsx'
import { digestNow, SymbolField, symbolWhy } from './Versions.tsx'

export function IssueRevision({ session, onClose }: { readonly session: RoomSession; readonly onClose: () => void }): JSX.Element {
  const view = session.view.value
  const { versions } = session.info.value
  const revision = nextRevision(versions)
  const [source, setSource] = useState<Source>(() => (keptText(localStorage, session.draft, session.hatId) === '' ? 'room' : 'other'))
  const [text, setText] = useState<ResolutionValue | null>(null)
  /** What was ticked or unticked by hand. */
  const [ticked, setTicked] = useState<ReadonlyMap<string, boolean>>(new Map())
  const [symbol, setSymbol] = useState(revisedSymbol(lastSymbol(versions), revision))
  const [note, setNote] = useState('')
  const isOther = source === 'other'
  const open = view.published.filter(({ state }) => isOpen(state))
  const other = useMemo(() => (text === null ? null : otherText(view.text, text)), [view, text])
  const may = (card: PublishedCard): boolean =>
    judge(factsOnPublished(session.standing.value, card), isOther ? 'merge' : 'incorporate').code === null && (isOther || (card.hasPlace && !card.waits))
  const isTaken = (card: PublishedCard): boolean =>
    may(card) && (ticked.get(card.id) ?? (isOther && other !== null && seemsReflected(card.amendment, card.standing, other.compared, other.kept)))
  const taken = open.filter(isTaken)
  const issue = async (): Promise<void> => {
    const seen = (card: PublishedCard): { amendment: string; digest: string } => ({ amendment: card.id, digest: digestOfView(card.amendment) })
    const done = await session.act({
      command: 'issue-revision', name: '', symbol: symbol.trim(), note: note.trim(), digest: digestNow(session),
      ...(isOther && text !== null ? { incorporate: [], reflect: taken.map(seen), text } : { incorporate: taken.map(seen) }),
      leave: open.filter((card) => !taken.includes(card)).map(seen),
    })
    if (!done) return
    if (isOther) keepText(localStorage, session.draft, session.hatId, '')
    onClose()
  }
  return (
    <Dialog title={message('revision-issue', { number: revision })} onClose={onClose} wide>
      <fieldset class="choices">
        <legend>{message('revision-source')}</legend>
        {sources.map((one) => (
          <label key={one} class="check">
            <input type="radio" name="revision-source" checked={source === one} onChange={() => { setSource(one); setTicked(new Map()) }} />
            <span>{message(`revision-source-${one}`)}</span>
          </label>
        ))}
      </fieldset>
      <p>{message(isOther ? 'revision-other-means' : 'revision-means', { number: revision })}</p>
      {isOther ? <OtherText session={session} compared={other?.compared ?? null} onText={(value) => { setText(value); setTicked(new Map()) }} /> : null}
      {open.length === 0 ? <p class="hint">{message('revision-none-open')}</p> : isOther && text === null ? null : (
        <fieldset class="revision-choice">
          <legend>{message(isOther ? 'revision-reflects' : 'revision-choose', { count: open.length })}</legend>
          <ul>
            {open.map((card) => (
              <li key={card.id}>
                {may(card) ? (
                  <Check
                    label={message('revision-proposal', { delegation: proposerName(view, card.state), what: whatOf(card), place: placeOf(card) })}
                    checked={isTaken(card)}
                    onChange={(checked) => setTicked(new Map(ticked).set(card.id, checked))}
                  />
                ) : <p>{message('revision-proposal', { delegation: proposerName(view, card.state), what: whatOf(card), place: placeOf(card) })} <span class="chip">{message('revision-cannot')}</span></p>}
                <Changes card={card} />
              </li>
            ))}
          </ul>
        </fieldset>
      )}
      {isOther && text === null ? null : <p role="status">{message(isOther ? 'revision-reflects-counts' : 'revision-counts', { taken: taken.length, left: open.length - taken.length })}</p>}
      <SymbolField value={symbol} onInput={setSymbol} hint={message('version-symbol-hint')} />
      <Field label={message('revision-note')} lines={2} value={note} onInput={setNote} charactersMax={limits.noteCharactersMax} />
      <div class="dialog-actions">
        <Button onPress={onClose}>{message('cancel')}</Button>
        <Button kind="primary" why={isOther && text === null ? message('new-paste-first') : symbolWhy(symbol)} onPress={issue}>{message('revision-issue-do', { number: revision })}</Button>
      </div>
    </Dialog>
  )
}

const sources = ['room', 'other'] as const
type Source = (typeof sources)[number]

interface Other {
  readonly compared: ComparedText
  /** Which of the draft's paragraphs each is, as the server will find it. */
  readonly kept: readonly (string | null)[]
}

function otherText(view: DraftView, value: ResolutionValue): Other {
  return { compared: comparedOfValue(value), kept: keptIn(view, value) }
}

interface OtherTextProps {
  readonly session: RoomSession
  readonly compared: ComparedText | null
  /** Null where there is none, or it cannot be read. */
  readonly onText: (value: ResolutionValue | null) => void
}

/** Pasted or from a file, and what it would change, before anything is written. */
function OtherText({ session, compared, onText }: OtherTextProps): JSX.Element {
  const view = session.view.value
  const [found] = useState(() => keptText(localStorage, session.draft, session.hatId))
  const [pasted, setPasted] = useState(found)
  const [isKept, setKept] = useState(true)
  const [fault, setFault] = useState<string | null>(null)
  const stopper = useRef<AbortController | null>(null)
  useEffect(() => {
    void take(found)
    return () => stopper.current?.abort()
  }, [])
  const type = (words: string): void => {
    setPasted(words)
    setKept(keepText(localStorage, session.draft, session.hatId, words))
    void take(words)
  }
  const take = async (from: File | string | undefined): Promise<void> => {
    stopper.current?.abort()
    setFault(null)
    onText(null)
    if (from === undefined || (typeof from === 'string' && from.trim() === '')) return
    const own = (stopper.current = new AbortController())
    const answer = await readInPage(from, own.signal)
    if (answer === null || own.signal.aborted) return
    if (answer.ok) onText(answer.value)
    else setFault(sentenceOf(answer.code))
  }
  const comparison = useMemo(() => (compared === null ? null : compareTexts(comparedOf(view.text), compared)), [view, compared])
  return (
    <div class="revision-other">
      <Field label={message('revision-text')} hint={message('revision-text-hint')} lines={6} value={pasted} onInput={type} charactersMax={limits.importBytesMax} />
      {isKept ? found !== '' && pasted === found ? <p class="hint">{message('revision-text-found')}</p> : null : <p role="alert" class="fault">{message('revision-text-unkept')}</p>}
      <div class="field">
        <label for="revision-file">{message('new-file-any')}</label>
        <input id="revision-file" type="file" accept={readableEndings.join(',')} onChange={(event) => void take(event.currentTarget.files?.[0])} />
      </div>
      {fault === null ? null : <p role="alert" class="fault">{fault}</p>}
      <p role="status">{comparison === null ? '' : message('compare-counts', { ...comparison.counts })}</p>
      {comparison === null ? null : (
        <div class="scroll" tabIndex={0} role="region" aria-label={message('revision-differs')}>
          <Rows rows={comparison.rows} mode="in-line" onlyChanges lang={view.draft.language} />
        </div>
      )}
    </div>
  )
}

/** What one's delegation stands behind and the last revision, or a return, left out: each is one press from being open again. */
export function NotInRevision({ session }: { readonly session: RoomSession }): JSX.Element | null {
  const view = session.view.value
  const left = view.published.filter(({ state }) => state.status === 'not-reflected' && state.decision?.notIn !== undefined && stands(state, session.hat.delegation))
  if (left.length === 0) return null
  const nameOf = (number: number): string => nameOfVersion(session.info.value.versions, number)
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
