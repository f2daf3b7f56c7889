/** Two texts compared, side by side or in line: versions, the text as it stands, or one that is pasted. */
import type { JSX } from 'preact'
import { useEffect, useMemo, useRef, useState } from 'preact/hooks'
import { importText } from '../../../shared/convert/importText.ts'
import { compareTexts, comparedOfValue, differs, shownOf } from '../../../shared/text/compare.ts'
import type { ComparedRow, ComparedText, ComparedUnit } from '../../../shared/text/compare.ts'
import type { WordPart } from '../../../shared/text/word-diff.ts'
import { limits } from '../../../shared/wire/limits.ts'
import { message } from '../../messages/index.ts'
import type { RoomSession } from '../../room/session.ts'
import { versionName } from '../../room/versions.ts'
import { Button } from '../../ui/button.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import { Check, Choice, Field } from '../../ui/field.tsx'
import { Parts } from './Changes.tsx'
import { TextFile } from './TextFile.tsx'

/** `now`, `pasted`, or a version's number. */
export type Side = string

const modes = ['in-line', 'side-by-side'] as const
type Mode = (typeof modes)[number]

export interface CompareProps {
  readonly session: RoomSession
  readonly before: Side
  readonly after: Side
  readonly onClose: () => void
}

export function Compare({ session, before: first, after: second, onClose }: CompareProps): JSX.Element {
  const [before, setBefore] = useState(first)
  const [after, setAfter] = useState(second)
  const [mode, setMode] = useState<Mode>('in-line')
  const [onlyChanges, setOnlyChanges] = useState(true)
  const [pasted, setPasted] = useState('')
  const texts = useTexts(session, [before, after], pasted)
  const [left, right] = [texts.get(before), texts.get(after)]
  const comparison = useMemo(() => (left === undefined || right === undefined ? null : compareTexts(left, right)), [left, right])
  const list = useRef<HTMLOListElement>(null)
  const go = (step: 1 | -1): void => toNextChange(list.current, step)
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent): void => {
      const typing = event.target instanceof HTMLElement && event.target.closest('input:not([type="checkbox"]), textarea, select') !== null
      if (typing || event.ctrlKey || event.metaKey || event.altKey || (event.key !== 'n' && event.key !== 'p')) return
      event.preventDefault()
      go(event.key === 'n' ? 1 : -1)
    }
    document.addEventListener('keydown', onKeyDown)
    return () => document.removeEventListener('keydown', onKeyDown)
  }, [])
  const options = [
    ...session.info.value.versions.map((version) => ({ value: String(version.number), label: versionName(version) })),
    { value: 'now', label: message('compare-now') },
    { value: 'pasted', label: message('compare-pasted') },
  ]
  const counts = comparison?.counts
  const none = comparison !== null && !comparison.rows.some(differs)
  return (
    <Dialog title={message('compare')} onClose={onClose} full="compare">
      <div class="compare-tools no-print">
        <Choice label={message('compare-before')} value={before} onChange={setBefore} options={options} />
        <Choice label={message('compare-after')} value={after} onChange={setAfter} options={options} />
        <Choice label={message('compare-mode')} value={mode} onChange={setMode} options={modes.map((value) => ({ value, label: message(`compare-${value}`) }))} />
        <Check label={message('compare-only-changes')} checked={onlyChanges} onChange={setOnlyChanges} />
        <div class="row">
          <Button onPress={() => go(-1)}>{message('compare-previous')}</Button><kbd>p</kbd>
          <Button onPress={() => go(1)}>{message('compare-next')}</Button><kbd>n</kbd>
          <Button onPress={() => window.print()}>{message('print')}</Button>
        </div>
      </div>
      {before === 'pasted' || after === 'pasted' ? <Pasted text={pasted} onText={setPasted} /> : null}
      <p class="compare-titles">{message('compare-of', { before: nameOf(options, before), after: nameOf(options, after) })}</p>
      <p role="status">
        {comparison === null || counts === undefined ? message('loading')
          : none ? message('compare-same')
          : message('compare-counts', { changed: counts.changed, added: counts.added, removed: counts.removed, moved: counts.moved })}
      </p>
      {comparison === null ? null : <Rows list={list} rows={comparison.rows} mode={mode} onlyChanges={onlyChanges} lang={session.view.value.draft.language} />}
    </Dialog>
  )
}

const nameOf = (options: readonly { readonly value: string; readonly label: string }[], side: Side): string => options.find(({ value }) => value === side)?.label ?? side

/** Those that are asked for, as they are here: a version is fetched once, since it never changes. */
function useTexts(session: RoomSession, sides: readonly Side[], pasted: string): ReadonlyMap<Side, ComparedText> {
  const [versions, setVersions] = useState<ReadonlyMap<Side, ComparedText>>(new Map())
  const wanted = sides.filter((side) => /^\d+$/.test(side) && !versions.has(side))
  useEffect(() => {
    for (const side of wanted) {
      void session.api.versionText(session.draft, session.hatId, Number(side)).then((answer) => {
        setVersions((known) => new Map(known).set(side, answer.ok ? answer.result.units : []))
      })
    }
  }, [wanted.join()])
  const now = useMemo(() => shownOf(session.view.value.text, session.view.value.draft.language), [session.view.value])
  const outside = useMemo(() => comparedOfValue(importText(pasted).value), [pasted])
  return new Map<Side, ComparedText>([...versions, ['now', now], ['pasted', outside]])
}

function Pasted({ text, onText }: { readonly text: string; readonly onText: (text: string) => void }): JSX.Element {
  return (
    <div class="no-print">
      <Field label={message('issued-text')} hint={message('compare-pasted-hint')} lines={4} value={text} onInput={onText} charactersMax={limits.importBytesMax} />
      <TextFile onText={onText} />
    </div>
  )
}

function toNextChange(list: HTMLElement | null, step: 1 | -1): void {
  const changes = [...(list?.querySelectorAll<HTMLElement>('[data-change]') ?? [])]
  if (changes.length === 0) return
  const at = changes.findIndex((one) => one === document.activeElement)
  const next = changes[at === -1 ? (step === 1 ? 0 : changes.length - 1) : (at + step + changes.length) % changes.length]!
  next.focus({ preventScroll: true })
  next.scrollIntoView({ block: 'center' })
}

export interface RowsProps {
  readonly list?: { current: HTMLOListElement | null }
  readonly rows: readonly ComparedRow[]
  readonly mode: Mode
  readonly onlyChanges: boolean
  readonly lang: string
}

export function Rows({ list, rows, mode, onlyChanges, lang }: RowsProps): JSX.Element {
  const shown: (ComparedRow | number)[] = []
  for (const row of rows) {
    const last = shown.at(-1)
    if (!onlyChanges || differs(row)) shown.push(row)
    else if (typeof last === 'number') shown[shown.length - 1] = last + 1
    else shown.push(1)
  }
  return (
    <ol ref={list} class={`compare-rows ${mode}`} aria-label={message('compare')}>
      {shown.map((row, index) => (typeof row === 'number'
        ? <li key={index} class="compare-unchanged">{message('compare-unchanged', { count: row })}</li>
        : <Row key={index} row={row} mode={mode} lang={lang} />))}
    </ol>
  )
}

function Row({ row, mode, lang }: { readonly row: ComparedRow; readonly mode: Mode; readonly lang: string }): JSX.Element {
  const { kind, before, after, parts } = row
  const depth = Math.min((after ?? before)?.depth ?? 0, 4)
  const changed = before !== null && after !== null && before.words !== after.words
  const what = kind === 'moved-away' ? message('compare-moved-away', { number: nameOfUnit(after) })
    : kind === 'moved' ? message(changed ? 'compare-moved-changed' : 'compare-moved', { number: nameOfUnit(before) })
    : kind === 'same' ? '' : message(`compare-is-${kind}`)
  return (
    <li class={`compare-row compare-${kind} depth-${depth}`} {...(differs(row) ? { tabIndex: -1, 'data-change': '' } : {})}>
      <p class="compare-head">
        <Numbers before={before} after={after} kind={kind} />
        {what === '' ? null : <span class={`chip chip-compare-${kind}`}>{what}</span>}
      </p>
      {kind === 'moved-away' ? null : mode === 'in-line' || kind === 'added' || kind === 'removed' ? (
        <p class={kind === 'added' && mode === 'side-by-side' ? 'words second' : kind === 'removed' && mode === 'side-by-side' ? 'words first' : 'words'} lang={lang}><Parts kind="modify" parts={parts} /></p>
      ) : (
        <div class="sides">
          <p class="words first" lang={lang}><Parts kind="modify" parts={without(parts, 'new')} /></p>
          <p class="words second" lang={lang}><Parts kind="modify" parts={without(parts, 'struck')} /></p>
        </div>
      )}
    </li>
  )
}

const without = (parts: readonly WordPart[], kind: WordPart['kind']): readonly WordPart[] => parts.filter((part) => part.kind !== kind)

const nameOfUnit = (unit: ComparedUnit | null): string => (unit === null ? '' : unit.number === '' ? message(`kind-${unit.kind}`) : unit.number)

/** In both texts, also where they are the same number. */
function Numbers({ before, after, kind }: Pick<ComparedRow, 'before' | 'after' | 'kind'>): JSX.Element {
  const [was, is] = [nameOfUnit(before), nameOfUnit(after)]
  if (kind === 'added' || kind === 'removed' || was === is) return <b>{kind === 'removed' ? was : is}</b>
  return (
    <b>
      <span class="unseen">{message('compare-was')} </span>{was} <span aria-hidden="true">→</span> <span class="unseen">{message('compare-is')} </span>{is}
    </b>
  )
}
