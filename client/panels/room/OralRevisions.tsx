/** Oral revisions of the frozen text: what was announced from the floor, who certified it, and the text as it then reads. */
import type { JSX } from 'preact'
import { useMemo, useState } from 'preact/hooks'
import { asRevised, identified } from '../../../shared/lifecycle/oral-texts.ts'
import type { IdentifiedText } from '../../../shared/lifecycle/oral-texts.ts'
import { compareTexts, comparedOf } from '../../../shared/text/compare.ts'
import type { OralRevision } from '../../../shared/record/oral.ts'
import { limits } from '../../../shared/wire/limits.ts'
import { dateOf, message } from '../../messages/index.ts'
import { isPersonal, judge } from '../../room/facts.ts'
import { comparedText, oralFacts, oralRevisionsOf } from '../../room/oral.ts'
import type { RoomSession } from '../../room/session.ts'
import { Button } from '../../ui/button.tsx'
import { copyWords } from '../../ui/copy.ts'
import { Dialog } from '../../ui/dialog.tsx'
import { Check, Field } from '../../ui/field.tsx'
import { Rows } from './Compare.tsx'
import { OralForm } from './OralForm.tsx'

export function OralRevisions({ session, onClose }: { readonly session: RoomSession; readonly onClose: () => void }): JSX.Element {
  const view = session.view.value
  const record = session.record.value
  const isFrozen = view.draft.stage === 'frozen'
  const { all, certified, waiting } = useMemo(() => oralRevisionsOf(record, view.versions.at(-1)?.number), [record, view])
  const frozen = useMemo(() => identified(view.text, view.draft.language), [view])
  const revised = useMemo(() => (isFrozen ? (asRevised(frozen, certified) ?? frozen) : frozen), [frozen, certified, isFrozen])
  return (
    <Dialog title={message('oral-title')} onClose={onClose} full="oral">
      <p class="hint">{message('oral-what')}</p>
      {all.length === 0 ? <p class="empty">{message(isFrozen ? 'oral-none' : 'oral-not-frozen')}</p> : (
        <ol class="oral-list">
          {all.map((revision) => <Revision key={revision.seq} session={session} revision={revision} isFrozen={isFrozen} />)}
        </ol>
      )}
      {isFrozen && certified.length > 0 ? <AsRevised session={session} revised={revised} count={certified.length} /> : null}
      {isFrozen && waiting === null ? <OralForm session={session} text={revised} number={all.length + 1} /> : null}
    </Dialog>
  )
}

/** Of one's own delegation, and at the chair's table; of others the delegation acted. */
const personOf = (session: RoomSession, seq: number): string | null => session.record.value.find((entry) => entry.seq === seq)?.actorName ?? null

function whoAndWhen(session: RoomSession, what: string, seq: number, atMs: number): string {
  const person = personOf(session, seq)
  return person === null ? message(`oral-${what}`, { when: dateOf(atMs) }) : message(`oral-${what}-by`, { person, when: dateOf(atMs) })
}

function Revision({ session, revision, isFrozen }: { readonly session: RoomSession; readonly revision: OralRevision; readonly isFrozen: boolean }): JSX.Element {
  const [asked, setAsked] = useState<'certify' | 'discard' | null>(null)
  const { number, authorName, asRecorded, sentences, certified, seq, atMs, digest } = revision
  const facts = oralFacts(session, revision.author, certified !== null)
  const [certifies, discards] = [judge(facts, 'certify-oral'), judge(facts, 'discard-oral')]
  const heading = `oral-${seq}`
  return (
    <li aria-labelledby={heading}>
      <h3 id={heading} class="version-head">
        <b>{message('oral-number', { number })}</b>
        <span>{authorName}</span>
        <span class={`chip ${certified === null ? 'chip-review-changed' : 'chip-compare-added'}`}>{message(certified === null ? 'oral-waits' : 'oral-certified-chip')}</span>
        {asRecorded ? <span class="chip">{message('oral-as-recorded')}</span> : null}
      </h3>
      <p class="hint">
        {whoAndWhen(session, 'announced', seq, atMs)}
        {certified === null ? null : <> {whoAndWhen(session, certified.asRecorded ? 'certified-for' : 'certified', certified.seq, certified.atMs)}</>}
      </p>
      <ol class="oral-sentences" lang="en">{sentences.map((sentence, index) => <li key={index}>{sentence}</li>)}</ol>
      <p class="hint">{message('version-digest')} <code title={digest}>{digest.slice(0, 16)}…</code></p>
      <div class="row">
        <Button kind="quiet" onPress={() => copyWords(sentences.join('\n'))}>{message('copy')}</Button>
        {certified !== null || !isFrozen || (isPersonal(certifies.code) && isPersonal(discards.code)) ? null : (
          <>
            {isPersonal(certifies.code) ? null : <Button kind="primary" why={certifies.why} onPress={() => setAsked('certify')}>{message('oral-certify')}</Button>}
            <Button kind="danger" why={discards.why} onPress={() => setAsked('discard')}>{message('oral-discard')}</Button>
          </>
        )}
      </div>
      {asked === 'certify' ? <Certify session={session} revision={revision} onClose={() => setAsked(null)} /> : null}
      {asked === 'discard' ? <Discard session={session} revision={revision} onClose={() => setAsked(null)} /> : null}
    </li>
  )
}

interface StepProps {
  readonly session: RoomSession
  readonly revision: OralRevision
  readonly onClose: () => void
}

function Certify({ session, revision: { number, digest, author, authorName }, onClose }: StepProps): JSX.Element {
  const [understood, setUnderstood] = useState(false)
  const isOwn = author === session.hat.delegation
  const certify = async (): Promise<void> => {
    if (await session.act({ command: 'certify-oral', number, digest })) onClose()
  }
  return (
    <div class="version-form">
      <p>{message('oral-certify-means')}</p>
      <Check label={isOwn ? message('oral-certify-own') : message('oral-certify-for', { author: authorName })} checked={understood} onChange={setUnderstood} />
      <div class="dialog-actions">
        <Button onPress={onClose}>{message('cancel')}</Button>
        <Button kind="primary" why={understood ? null : message('oral-certify-tick')} onPress={certify}>{message('oral-certify-do')}</Button>
      </div>
    </div>
  )
}

function Discard({ session, revision: { number, digest }, onClose }: StepProps): JSX.Element {
  const [reason, setReason] = useState('')
  const discard = async (): Promise<void> => {
    if (await session.act({ command: 'discard-oral', number, digest, reason: reason.trim() })) onClose()
  }
  return (
    <div class="version-form">
      <p>{message('oral-discard-means')}</p>
      <Field label={message('oral-discard-reason')} value={reason} onInput={setReason} charactersMax={limits.noteCharactersMax} autoFocus />
      <div class="dialog-actions">
        <Button onPress={onClose}>{message('cancel')}</Button>
        <Button kind="danger" onPress={discard}>{message('oral-discard-do')}</Button>
      </div>
    </div>
  )
}

function AsRevised({ session, revised, count }: { readonly session: RoomSession; readonly revised: IdentifiedText; readonly count: number }): JSX.Element {
  const view = session.view.value
  const [onlyChanges, setOnlyChanges] = useState(true)
  const comparison = useMemo(() => compareTexts(comparedOf(view.text), comparedText(revised)), [view, revised])
  const { changed, added, removed, moved } = comparison.counts
  return (
    <section class="oral-text" aria-labelledby="oral-text">
      <h3 id="oral-text">{message('oral-text', { count })}</h3>
      <p role="status">{message('compare-counts', { changed, added, removed, moved })}</p>
      <Check label={message('compare-only-changes')} checked={onlyChanges} onChange={setOnlyChanges} />
      <Rows rows={comparison.rows} mode="in-line" onlyChanges={onlyChanges} lang={view.draft.language} />
    </section>
  )
}
