/**
 * Preparing an oral revision: what is to be changed in the text as it was tabled, said at once in the official words, collected,
 * looked over and announced. What is typed is kept on this device until then.
 */
import type { JSX } from 'preact'
import { useEffect, useMemo, useState } from 'preact/hooks'
import { digestOfIdentified, revisedText } from '../../../shared/lifecycle/oral-texts.ts'
import type { IdentifiedText } from '../../../shared/lifecycle/oral-texts.ts'
import { isNestable } from '../../../shared/model/about.ts'
import { embedCharacter } from '../../../shared/model/layout.ts'
import type { DraftView, NoteView, UnitView } from '../../../shared/model/units.ts'
import type { UnitKind } from '../../../shared/model/value.ts'
import { compareTexts } from '../../../shared/text/compare.ts'
import { editsOf, fieldAfter, fieldOf, placeBehind } from '../../../shared/text/oral-edits.ts'
import { laidOut } from '../../../shared/text/laid-out.ts'
import { clashIn, oralRefusals, orallyRevised, wordedChange } from '../../../shared/text/oral-revision.ts'
import type { OralChange } from '../../../shared/text/oral-revision.ts'
import { sentenceOf } from '../../../shared/wire/errors.ts'
import { limits } from '../../../shared/wire/limits.ts'
import { message } from '../../messages/index.ts'
import { judge } from '../../room/facts.ts'
import { comparedText, emptyDesk, keepDesk, keptDesk, oralFacts, sponsorsNow } from '../../room/oral.ts'
import type { OralDesk } from '../../room/oral.ts'
import type { RoomSession } from '../../room/session.ts'
import { Button } from '../../ui/button.tsx'
import { copyWords } from '../../ui/copy.ts'
import { Choice, Field } from '../../ui/field.tsx'
import { Rows } from './Compare.tsx'

const kinds = ['words', 'new', 'delete', 'move', 'divide', 'merge', 'footnote'] as const
type Kind = (typeof kinds)[number]
const newKinds = ['op', 'pp', 'heading', 'para'] as const satisfies readonly UnitKind[]

export interface OralFormProps {
  readonly session: RoomSession
  /** As already orally revised. */
  readonly text: IdentifiedText
  readonly number: number
}

export function OralForm({ session, text, number }: OralFormProps): JSX.Element | null {
  const digest = useMemo(() => digestOfIdentified(text), [text])
  const [desk, setDesk] = useState<OralDesk>(() => keptDesk(localStorage, session.draft, session.hatId) ?? emptyDesk(digest))
  const [author, setAuthor] = useState('')
  const put = (next: OralDesk): void => {
    keepDesk(localStorage, session.draft, session.hatId, next)
    setDesk(next)
  }
  const { role, delegation } = session.hat
  const isTable = delegation === 'office' && role !== 'legal'
  const sponsors = sponsorsNow(session)
  const chosen = isTable ? (author === '' ? (sponsors[0] ?? 'office') : author) : delegation
  const may = judge(oralFacts(session, chosen, false), 'revise-orally')
  if (may.code !== null && may.code !== 'not-sponsor') return null
  if (may.code === 'not-sponsor') return <p class="hint">{may.why}</p>
  const typed = desk.form['words'] ?? ''
  if (desk.digest !== digest && (desk.changes.length > 0 || typed !== '')) return <Outdated desk={desk} onDrop={() => put(emptyDesk(digest))} />
  const own = desk.digest === digest ? desk : { ...desk, digest }
  const announce = async (): Promise<void> => {
    if (await session.act({ command: 'revise-orally', digest, author: chosen, changes: [...own.changes] })) put(emptyDesk(digest))
  }
  return (
    <section class="oral-form" aria-labelledby="oral-form">
      <h3 id="oral-form">{message('oral-prepare', { number })}</h3>
      <p class="hint">{message('oral-prepare-what')}</p>
      <OneChange text={text} desk={own} onDesk={put} />
      <Collected session={session} text={text} desk={own} onDesk={put} />
      {isTable ? (
        <Choice label={message('oral-author')} value={chosen} onChange={setAuthor} options={[...sponsors, 'office'].map((id) => ({ value: id, label: session.view.value.nameOf(id) }))} />
      ) : null}
      <div class="dialog-actions">
        <Button kind="primary" why={own.changes.length === 0 ? message('oral-announce-why') : null} onPress={announce}>{message('oral-announce', { number })}</Button>
      </div>
    </section>
  )
}

/** Prepared here while somebody else's was certified: the words are not lost, and cannot be taken for changes of this text. */
function Outdated({ desk, onDrop }: { readonly desk: OralDesk; readonly onDrop: () => void }): JSX.Element {
  const typed = desk.form['words'] ?? ''
  const words = typed === '' ? desk.sentences : [...desk.sentences, typed]
  return (
    <section class="version-form" aria-labelledby="oral-outdated">
      <h3 id="oral-outdated">{message('oral-outdated')}</h3>
      <p>{message('oral-outdated-means')}</p>
      <ol class="oral-sentences" lang="en">{words.map((sentence, index) => <li key={index}>{sentence}</li>)}</ol>
      <div class="dialog-actions">
        <Button onPress={() => copyWords(words.join('\n'))}>{message('copy')}</Button>
        <Button kind="danger" onPress={onDrop}>{message('oral-outdated-drop')}</Button>
      </div>
    </section>
  )
}

interface DeskProps {
  readonly text: IdentifiedText
  readonly desk: OralDesk
  readonly onDesk: (desk: OralDesk) => void
}

function OneChange({ text, desk, onDesk }: DeskProps): JSX.Element {
  const ground = useMemo(() => laidOut(text.value), [text])
  useEffect(() => () => ground.doc.destroy(), [ground])
  const { view } = ground
  const [fault, setFault] = useState<string | null>(null)
  const form = desk.form
  const kind = kinds.find((known) => known === form['kind']) ?? 'words'
  const set = (fields: Record<string, string>): void => {
    setFault(null)
    onDesk({ ...desk, form: { ...form, ...fields } })
  }
  const field = (name: string): string => form[name] ?? ''
  const targets = useMemo(() => targetsOf(view, kind), [view, kind])
  const target = targets.find(({ value }) => value === field('target')) ?? targets[0]
  const places = useMemo(() => placesOf(view), [view])
  const place = places.some(({ value }) => value === field('place')) ? field('place') : (places.at(-1)?.value ?? 'start')
  const collected = target === undefined || kind !== 'words' ? undefined : desk.changes.find((change) => change.kind === 'words' && change.unit === target.unit && change.note === target.note)
  const before = target === undefined ? '' : collected?.kind === 'words' ? fieldAfter(target.words, collected.edits) : fieldOf(target.words)
  // What was typed for one paragraph is not put into another.
  const typed = form['words'] === undefined || (kind === 'words' && field('of') !== target?.value) ? (kind === 'words' ? before : '') : field('words')
  const unitKind = newKinds.find((known) => known === field('unitKind')) ?? 'op'
  const change = changeOf(view, { kind, target, place, typed, behind: field('behind'), unitKind })
  const said = change.ok ? wordedChange(ground, change.change) : null
  const hint = change.ok ? (said!.ok ? null : sentenceOf(oralRefusals[said!.fault])) : change.why === '' ? null : message(change.why)
  const isUntouched = kind === 'words' && typed === before
  const add = (): void => {
    if (!change.ok || said?.ok !== true) return
    const changes = [...desk.changes.filter((one) => !isSameTarget(one, change.change)), change.change]
    const next = orallyRevised(text.value, changes)
    setFault(next.ok ? null : sentenceOf(oralRefusals[next.fault]))
    if (next.ok) onDesk({ ...desk, changes, sentences: next.sentences, form: { kind, target: target?.value ?? '', place } })
  }
  const clash = change.ok && said?.ok === true ? (fault ?? clashWith(view, desk, change.change)) : null
  const why = isUntouched ? message('oral-add-why') : (hint ?? clash ?? (said?.ok === true ? null : message('oral-add-why')))
  return (
    <div class="oral-change">
      <div class="oral-choices">
        <Choice label={message('oral-kind')} value={kind} onChange={(value) => set({ kind: value, words: '', of: '', behind: '' })} options={kinds.map((value) => ({ value, label: message(`oral-kind-${value}`) }))} />
        {kind === 'new' ? (
          <Choice label={message('oral-new-kind')} value={unitKind} onChange={(value) => set({ unitKind: value })} options={newKinds.map((value) => ({ value, label: message(`kind-${value}`) }))} />
        ) : (
          <Choice label={kind === 'words' ? message('oral-target-words') : message('oral-target')} value={target?.value ?? ''} onChange={(value) => set({ target: value, of: '', behind: '' })} options={targets} />
        )}
        {kind === 'new' || kind === 'move' ? <Choice label={message('oral-place')} value={place} onChange={(value) => set({ place: value })} options={places} /> : null}
      </div>
      {kind === 'words' ? <Field key={target?.value ?? ''} label={message('oral-words')} hint={target !== undefined && target.words.notes.length > 0 ? message('oral-words-notes') : message('oral-words-hint')} lines={5} value={typed} onInput={(words) => set({ words, of: target?.value ?? '' })} charactersMax={limits.oralWordsCharactersMax} /> : null}
      {kind === 'new' ? <Field label={message('oral-new-words')} lines={4} value={typed} onInput={(words) => set({ words })} charactersMax={limits.oralWordsCharactersMax} /> : null}
      {kind === 'divide' || kind === 'footnote' ? <Field label={kind === 'divide' ? message('oral-divide-behind') : message('oral-footnote-behind')} hint={message('oral-behind-hint')} value={field('behind')} onInput={(behind) => set({ behind })} charactersMax={limits.oralWordsCharactersMax} /> : null}
      {kind === 'footnote' ? <Field label={message('oral-footnote-words')} value={typed} onInput={(words) => set({ words })} charactersMax={limits.oralWordsCharactersMax} /> : null}
      {target === undefined || kind === 'words' || kind === 'new' ? null : <p class="oral-quoted">{fieldOf(target.words)}</p>}
      <div class="oral-said" role="status" aria-live="polite" aria-atomic="true">
        {isUntouched ? <p class="hint">{message('oral-said-none')}</p> : said?.ok === true ? <><p lang="en">{said.sentence}</p>{clash === null ? null : <p class="hint">{clash}</p>}</> : <p class="hint">{hint ?? message('oral-said-none')}</p>}
      </div>
      <Button why={why} onPress={add}>{message(collected === undefined ? 'oral-add' : 'oral-add-anew')}</Button>
    </div>
  )
}

/** Null where it can stand beside what is collected, as far as is seen without carrying all of it out. */
function clashWith(view: DraftView, { changes }: OralDesk, change: OralChange): string | null {
  const others = changes.filter((one) => !isSameTarget(one, change))
  return others.length >= limits.oralChangesMax ? sentenceOf('oral-long') : clashIn(view, [...others, change]) === null ? null : sentenceOf('oral-clash')
}

const isSameTarget = (one: OralChange, other: OralChange): boolean => one.kind === 'words' && other.kind === 'words' && one.unit === other.unit && one.note === other.note

function Collected({ session, text, desk, onDesk }: DeskProps & { readonly session: RoomSession }): JSX.Element | null {
  const { changes, sentences } = desk
  const comparison = useMemo(() => {
    const after = changes.length === 0 ? null : revisedText(text, changes, 'next')
    return after === null ? null : compareTexts(comparedText(text), comparedText(after))
  }, [text, changes])
  if (changes.length === 0) return <p class="hint">{message('oral-collected-none')}</p>
  const takeOut = (at: number): void => onDesk({ ...desk, changes: changes.filter((_, index) => index !== at), sentences: sentences.filter((_, index) => index !== at) })
  return (
    <div class="oral-collected">
      <h4>{message('oral-collected', { count: changes.length })}</h4>
      <ol class="oral-sentences">
        {sentences.map((sentence, index) => (
          <li key={index}>
            <span lang="en">{sentence}</span>{' '}
            <Button kind="quiet" label={message('oral-take-out-of', { sentence })} onPress={() => takeOut(index)}>{message('oral-take-out')}</Button>
          </li>
        ))}
      </ol>
      {comparison === null ? null : (
        <details>
          <summary>{message('oral-would-read')}</summary>
          <Rows rows={comparison.rows} mode="in-line" onlyChanges lang={session.view.value.draft.language} />
        </details>
      )}
    </div>
  )
}

interface Target {
  readonly value: string
  readonly label: string
  readonly unit: number
  readonly note: number | null
  readonly words: { readonly atoms: string; readonly notes: readonly NoteView[] }
}

const excerptCharacters = 60

const nameOf = ({ number, kind }: UnitView): string => (number === '' ? message(`kind-${kind}`) : number)

function labelOf(unit: UnitView): string {
  const words = unit.atoms.replaceAll(embedCharacter, '')
  return words === '' ? nameOf(unit) : `${nameOf(unit)}: ${words.length > excerptCharacters ? `${words.slice(0, excerptCharacters).trimEnd()}…` : words}`
}

/** What a change of this kind can be about. */
function targetsOf({ units, children }: DraftView, kind: Kind): Target[] {
  return units.flatMap((unit, at) => {
    const own: Target = { value: String(at), label: labelOf(unit), unit: at, note: null, words: unit }
    if (kind === 'merge') {
      const siblings = children.get(unit.parent) ?? []
      return siblings.at(-1)?.id === unit.id ? [] : [own]
    }
    if (kind !== 'words') return [own]
    return [own, ...unit.notes.map((note, index): Target => ({ value: `${at}-${index}`, label: message('oral-footnote-of', { number: note.number, unit: nameOf(unit) }), unit: at, note: index, words: { atoms: note.words, notes: [] } }))]
  })
}

function placesOf({ units }: DraftView): { readonly value: string; readonly label: string }[] {
  return [
    { value: 'start', label: message('oral-place-start') },
    ...units.flatMap((unit, at) => [
      { value: `after-${at}`, label: message('oral-place-after', { unit: labelOf(unit) }) },
      ...(isNestable(unit.kind) ? [{ value: `in-${at}`, label: message('oral-place-in', { unit: labelOf(unit) }) }] : []),
    ]),
  ]
}

interface Asked {
  readonly kind: Kind
  readonly target: Target | undefined
  readonly place: string
  readonly typed: string
  readonly behind: string
  readonly unitKind: UnitKind
}

/** `why`: a message's id; '' while too little has been typed to say anything. */
type Made = { readonly ok: true; readonly change: OralChange } | { readonly ok: false; readonly why: string }

function changeOf(view: DraftView, { kind, target, place, typed, behind, unitKind }: Asked): Made {
  const at = Number(place.split('-')[1] ?? 0)
  const isInside = place.startsWith('in-')
  if (kind === 'new') {
    return typed.trim() === '' ? { ok: false, why: '' } : { ok: true, change: { kind, after: place === 'start' ? null : at, inside: isInside, unitKind, words: oneLine(typed) } }
  }
  if (target === undefined) return { ok: false, why: '' }
  const { unit } = target
  switch (kind) {
    case 'words': {
      const edits = editsOf(target.words, oneLine(typed))
      return edits === null ? { ok: false, why: 'oral-mark-moved' } : { ok: true, change: { kind, unit, note: target.note, edits } }
    }
    case 'delete':
      return { ok: true, change: { kind, unit } }
    case 'move':
      return { ok: true, change: place === 'start' ? { kind, unit, under: null, after: null } : isInside ? { kind, unit, under: at, after: null } : { kind, unit, under: placeOfId(view, view.units[at]?.parent ?? null), after: at } }
    case 'merge': {
      const { id, parent } = view.units[unit]!
      const siblings = view.children.get(parent) ?? []
      return { ok: true, change: { kind, unit, with: placeOfId(view, siblings[siblings.findIndex((one) => one.id === id) + 1]?.id ?? null) ?? unit } }
    }
    case 'divide':
    case 'footnote': {
      if (behind.trim() === '' || (kind === 'footnote' && typed.trim() === '')) return { ok: false, why: '' }
      const found = placeBehind(target.words, behind)
      if (found === null) return { ok: false, why: 'oral-behind-not' }
      return { ok: true, change: kind === 'divide' ? { kind, unit, at: found } : { kind, unit, at: found, words: oneLine(typed) } }
    }
  }
}

const placeOfId = ({ units }: DraftView, id: string | null): number | null => (id === null ? null : units.findIndex((unit) => unit.id === id))

const oneLine = (words: string): string => words.replace(/\s*\n\s*/g, ' ')
