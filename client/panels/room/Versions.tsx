/** All versions of the draft: to keep one, compare any two, download, return to one, and keep the document as it was issued. */
import type { JSX } from 'preact'
import { useState } from 'preact/hooks'
import { symbolRefusal } from '../../../shared/lifecycle/symbol.ts'
import { digestOfText } from '../../../shared/lifecycle/digests.ts'
import type { VersionKind } from '../../../shared/policy/types.ts'
import { limits } from '../../../shared/wire/limits.ts'
import { sealedPath, versionPath } from '../../api.ts'
import type { VersionHead } from '../../api.ts'
import { message } from '../../messages/index.ts'
import { factsOnRoom, judge } from '../../room/facts.ts'
import type { RoomSession } from '../../room/session.ts'
import { correctedSymbol, versionName, versionWhen } from '../../room/versions.ts'
import { Button } from '../../ui/button.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import { Choice, Field } from '../../ui/field.tsx'
import { TextFile } from './TextFile.tsx'

/** Of the text at the moment of the press. */
export function digestNow(session: RoomSession): string {
  const view = session.fresh()
  return digestOfText(view.text, view.draft.language)
}

export interface VersionsProps {
  readonly session: RoomSession
  readonly onCompare: (before: string, after: string) => void
  readonly onClose: () => void
}

export function Versions({ session, onCompare, onClose }: VersionsProps): JSX.Element {
  const { versions } = session.info.value
  const [asked, setAsked] = useState<'keep' | 'issued' | null>(null)
  const [returning, setReturning] = useState<number | null>(null)
  const facts = factsOnRoom(session.standing.value)
  const keeps = judge(facts, 'keep-version')
  const issues = judge(facts, 'keep-issued')
  return (
    <Dialog title={message('versions')} onClose={onClose} wide>
      <p class="hint">{message('versions-what')}</p>
      {versions.length === 0 ? <p class="empty">{message('versions-none')}</p> : (
        <ol class="versions">
          {[...versions].reverse().map((version) => (
            <li key={version.number}>
              <p class="version-head">
                <b>{versionName(version)}</b>
                <span class="chip">{message(`version-${version.kind}`)}</span>
                <span class="hint">{versionWhen(version)}, {session.view.value.nameOf(version.by)}</span>
              </p>
              <p class="hint">{message('version-digest')} <code title={version.sha256}>{version.sha256.slice(0, 16)}…</code></p>
              <div class="row">
                <Button onPress={() => onCompare(String(version.number), 'now')}>{message('compare-with-now')}</Button>
                {version.number === versions[0]!.number ? null : <Button onPress={() => onCompare(String(before(versions, version)), String(version.number))}>{message('compare-with-before')}</Button>}
                <a class="button quiet" href={(version.kind === 'final' ? sealedPath : versionPath)(session.draft, session.hatId, version.number)} download>{version.kind === 'final' ? message('version-sealed') : message('version-download')}</a>
                {session.hat.role !== 'chair' || version.kind === 'issued' || version.kind === 'correction' ? null : (
                  <Button kind="danger" why={judge(facts, 'restore-version').why} onPress={() => setReturning(version.number)}>{message('version-restore')}</Button>
                )}
              </div>
              {returning === version.number ? <Return session={session} version={version} onClose={() => setReturning(null)} /> : null}
            </li>
          ))}
        </ol>
      )}
      {asked === 'keep' ? <Keep session={session} onClose={() => setAsked(null)} /> : null}
      {asked === 'issued' ? <Issued session={session} onClose={() => setAsked(null)} onCompare={onCompare} /> : null}
      {asked !== null ? null : (
        <div class="dialog-actions">
          <Button onPress={() => onCompare(versions.length === 0 ? 'now' : String(versions.at(-1)!.number), versions.length === 0 ? 'pasted' : 'now')}>{message('compare')}</Button>
          {issues.code === 'only-chairs-table' ? null : <Button why={issues.why} onPress={() => setAsked('issued')}>{message('issued-keep')}</Button>}
          {keeps.code === 'only-chairs-table' ? null : <Button kind="primary" why={keeps.why} onPress={() => setAsked('keep')}>{message('version-keep')}</Button>}
        </div>
      )}
    </Dialog>
  )
}

const before = (versions: readonly VersionHead[], { number }: VersionHead): number => versions.findLast((one) => one.number < number)!.number

/** A symbol's field says what is wrong with it while it is typed. */
export function SymbolField({ value, onInput, hint, kind }: { readonly value: string; readonly onInput: (value: string) => void; readonly hint: string; readonly kind?: VersionKind }): JSX.Element {
  const refusal = symbolWhy(value, kind)
  return (
    <>
      <Field label={message('version-symbol')} hint={hint} value={value} onInput={onInput} charactersMax={limits.symbolCharactersMax} />
      <p class="fault symbol-fault" role="status">{refusal ?? ''}</p>
    </>
  )
}

/** Why a form with this symbol cannot be sent; null where it can. */
export const symbolWhy = (value: string, kind?: VersionKind): string | null => (value.trim() === '' ? null : symbolRefusal(value, kind))

function Keep({ session, onClose }: { readonly session: RoomSession; readonly onClose: () => void }): JSX.Element {
  const isFirst = session.info.value.versions.length === 0
  const [kind, setKind] = useState<'zero' | 'text'>(isFirst ? 'zero' : 'text')
  const [name, setName] = useState('')
  const [symbol, setSymbol] = useState('')
  const keep = async (): Promise<void> => {
    if (await session.act({ command: 'keep-version', kind, name: name.trim(), symbol: symbol.trim(), digest: digestNow(session) })) onClose()
  }
  return (
    <section class="version-form" aria-labelledby="version-keep">
      <h3 id="version-keep">{message('version-keep')}</h3>
      <Choice label={message('version-kind')} value={kind} onChange={setKind} options={(['zero', 'text'] as const).map((value) => ({ value, label: message(`version-${value}`) }))} />
      <Field label={message('version-name')} hint={message('version-name-hint')} value={name} onInput={setName} charactersMax={limits.versionNameCharactersMax} autoFocus />
      <SymbolField value={symbol} onInput={setSymbol} hint={message('version-symbol-hint')} />
      <div class="dialog-actions">
        <Button onPress={onClose}>{message('cancel')}</Button>
        <Button kind="primary" why={symbolWhy(symbol)} onPress={keep}>{message('version-keep-do')}</Button>
      </div>
    </section>
  )
}

function Issued({ session, onClose, onCompare }: { readonly session: RoomSession; readonly onClose: () => void; readonly onCompare: VersionsProps['onCompare'] }): JSX.Element {
  const [kind, setKind] = useState<'issued' | 'correction'>('issued')
  const [text, setText] = useState('')
  const [symbol, setSymbol] = useState('')
  const [fault, setFault] = useState<string | null>(null)
  const { versions } = session.info.value
  const choose = (chosen: typeof kind): void => {
    setKind(chosen)
    // What was typed stays.
    if (symbol === '' || symbol === correctedSymbol(versions)) setSymbol(chosen === 'correction' ? correctedSymbol(versions) : '')
  }
  const keep = async (): Promise<void> => {
    const base = versions.findLast((version) => version.kind === 'final')?.number
    const answer = await session.send({ command: 'keep-issued', kind, name: '', symbol: symbol.trim(), source: text })
    if (!answer.ok) return setFault(answer.sentence)
    await session.refreshInfo()
    onCompare(base === undefined ? 'now' : String(base), String(answer.result.version ?? ''))
  }
  return (
    <section class="version-form" aria-labelledby="issued-keep">
      <h3 id="issued-keep">{message('issued-keep')}</h3>
      <p class="hint">{message('issued-what')}</p>
      <Choice label={message('version-kind')} value={kind} onChange={choose} options={(['issued', 'correction'] as const).map((value) => ({ value, label: message(`version-${value}`) }))} />
      <Field label={message('issued-text')} lines={6} value={text} onInput={setText} charactersMax={limits.importBytesMax} autoFocus />
      <TextFile onText={setText} />
      <SymbolField value={symbol} onInput={setSymbol} hint={message('version-symbol-hint')} kind={kind} />
      {fault === null ? null : <p role="alert" class="fault">{fault}</p>}
      <div class="dialog-actions">
        <Button onPress={onClose}>{message('cancel')}</Button>
        <Button kind="primary" why={text.trim() === '' ? message('new-paste-first') : symbolWhy(symbol, kind)} onPress={keep}>{message('issued-keep-do')}</Button>
      </div>
    </section>
  )
}

function Return({ session, version, onClose }: { readonly session: RoomSession; readonly version: VersionHead; readonly onClose: () => void }): JSX.Element {
  const [reason, setReason] = useState('')
  const restore = async (): Promise<void> => {
    if (await session.act({ command: 'restore-version', version: version.number, digest: digestNow(session), reason: reason.trim() })) onClose()
  }
  return (
    <div class="version-form">
      <p>{message('version-restore-means')}</p>
      <Field label={message('reason')} lines={2} value={reason} onInput={setReason} charactersMax={limits.noteCharactersMax} autoFocus />
      <div class="dialog-actions">
        <Button onPress={onClose}>{message('cancel')}</Button>
        <Button kind="danger" why={reason.trim() === '' ? message('note-needed') : null} onPress={restore}>{message('version-restore-do')}</Button>
      </div>
    </div>
  )
}
