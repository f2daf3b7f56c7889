/** A source's paragraphs, with how much of each is in the draft; chosen by click, keyboard or drag, and taken. */
import type { JSX } from 'preact'
import { useEffect, useMemo, useRef, useState } from 'preact/hooks'
import { nameOfSource } from '../../../../shared/text/origins-sheet.ts'
import { piecesOf, sectionAt } from '../../../../shared/text/paragraphs.ts'
import type { SourceParagraph } from '../../../../shared/text/paragraphs.ts'
import { paragraphsType, wordsType } from '../../../editor/carried.ts'
import { message } from '../../../messages/index.ts'
import { marksOf } from '../../../room/library-words.ts'
import type { Mark } from '../../../room/library-words.ts'
import { Button } from '../../../ui/button.tsx'
import { unitName } from '../Card.tsx'
import { saveFile } from './SourceList.tsx'
import type { LibraryProps } from './Library.tsx'
import { LeaveOut } from './LeaveOut.tsx'
import { takeAfterName, takePlaces, whyNotTake } from './take.ts'

/** More are shown when asked for: nobody waits for five thousand to be drawn. */
const shownAtOnce = 400

export function SourceText(props: LibraryProps): JSX.Element | null {
  const { session } = props
  const { reading, sources, texts, origins } = session.library
  const at = reading.value
  const head = sources.value.find(({ number }) => number === at?.source)
  const text = texts.value.get(at?.source ?? 0)
  useEffect(() => {
    if (at !== null) session.library.read(at.source)
  }, [at?.source])
  const marks = useMemo(() => (text?.ok === true && origins.value?.ok === true ? marksOf(origins.value.is, at?.source ?? 0, text.is) : null), [text, origins.value, at?.source])
  if (at === null) return null
  const back = (): void => { reading.value = null }
  return (
    <>
      <div class="source-head">
        <Button kind="quiet" onPress={back}>{message('source-back')}</Button>
        <h3>{head === undefined ? '' : nameOfSource(head)}</h3>
        {head === undefined || head.symbol === '' ? null : <p class="source-title">{head.title}</p>}
        <div class="row"><Button onPress={() => saveFile(session.draft, session.hatId, at.source)}>{message('source-file')}</Button></div>
      </div>
      {text === undefined ? <p class="hint" role="status">{message('loading')}</p> : null}
      {text?.ok === false ? <p role="alert" class="fault">{text.sentence} <button type="button" class="link" onClick={() => session.library.read(at.source)}>{message('try-again')}</button></p> : null}
      {head === undefined || text?.ok !== true ? null : <Paragraphs {...props} source={head.number} language={head.language} paragraphs={text.is} marks={marks} first={at.paragraph} />}
    </>
  )
}

interface ParagraphsProps extends LibraryProps {
  readonly source: number
  readonly language: string
  readonly paragraphs: readonly SourceParagraph[]
  readonly marks: readonly Mark[] | null
  /** The one that is gone to; -1 for none. */
  readonly first: number
}

function Paragraphs(props: ParagraphsProps): JSX.Element {
  const { session, editor, source, language, paragraphs, marks, first, onUnit } = props
  const [chosen, setChosen] = useState<ReadonlySet<number>>(new Set())
  const [current, setCurrent] = useState(Math.max(0, first))
  const [shown, setShown] = useState(Math.max(shownAtOnce, first + shownAtOnce / 2))
  const [leaving, setLeaving] = useState<number | null>(null)
  const anchor = useRef(current)
  const isExtending = useRef(false)
  const list = useRef<HTMLOListElement>(null)
  const units = new Map(session.view.value.text.units.map((unit) => [unit.id, unit]))
  useEffect(() => {
    if (first < 0) return
    setCurrent(first)
    list.current?.querySelector(`[data-paragraph="${first}"]`)?.scrollIntoView({ block: 'center' })
    list.current?.querySelector<HTMLElement>(`#paragraph-${first}`)?.focus({ preventScroll: true })
  }, [session.library.reading.value])

  const choose = (place: number, extend: boolean, on = !chosen.has(place)): void => {
    setCurrent(place)
    const [from, to] = extend ? [Math.min(anchor.current, place), Math.max(anchor.current, place)] : [place, place]
    const next = new Set(chosen)
    for (let one = from; one <= to; one++) if (on || extend) next.add(one)
    else next.delete(one)
    if (!extend) anchor.current = place
    isExtending.current = extend
    setChosen(next)
  }
  const take = (places: readonly number[]): void => {
    if (takePlaces(session, editor, source, paragraphs, places)) setChosen(new Set())
  }
  const go = (from: number, place: number, extend: boolean): void => {
    if (!isExtending.current) anchor.current = from
    isExtending.current = extend
    const next = Math.max(0, Math.min(Math.min(shown, paragraphs.length) - 1, place))
    if (extend) choose(next, true)
    else setCurrent(next)
    list.current?.querySelector<HTMLElement>(`#paragraph-${next}`)?.focus()
  }
  const onKeyDown = (event: KeyboardEvent): void => {
    if (!(event.target instanceof HTMLInputElement) || event.target.type !== 'checkbox') return
    const from = Number(event.target.closest<HTMLElement>('[data-paragraph]')?.dataset['paragraph'])
    const step = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0
    if (step !== 0) go(from, from + step, event.shiftKey)
    else if (event.key === 'Home' || event.key === 'End') go(from, event.key === 'Home' ? 0 : paragraphs.length, event.shiftKey)
    else if (event.key === 'Enter') take(chosen.size > 0 ? [...chosen] : [from])
    else return
    event.preventDefault()
  }
  const drag = (event: DragEvent, place: number): void => {
    if (event.dataTransfer === null || whyNotTake(session) !== null) return event.preventDefault()
    const places = chosen.has(place) ? [...chosen] : [place]
    const pieces = piecesOf(source, paragraphs, places)
    session.library.carried.value = pieces
    event.dataTransfer.effectAllowed = 'copy'
    event.dataTransfer.setData(paragraphsType, '')
    event.dataTransfer.setData('text/plain', pieces.taken.map(({ words }) => words).join('\n\n'))
  }
  const place = takeAfterName(session)
  return (
    <>
      <p class="hint">{message('source-how')}</p>
      <ol class="source-paragraphs" ref={list} onKeyDown={onKeyDown} onCopy={(event) => copyWithPlace(event, source, paragraphs)} aria-label={message('source-paragraphs-list')}>
        {paragraphs.slice(0, shown).map((paragraph, index) => {
          const name = unitName(paragraph)
          return (
            <li key={index} data-paragraph={index} class={`source-paragraph depth-${Math.min(paragraph.depth, 4)}${chosen.has(index) ? ' chosen-paragraph' : ''}${index === current ? ' current-paragraph' : ''}`}>
              <div class="paragraph-head">
                <span class="grip" draggable title={message('source-drag')} aria-hidden="true" onDragStart={(event) => drag(event, index)} onDragEnd={() => { session.library.carried.value = null }}>⠿</span>
                <label class="check">
                  <input id={`paragraph-${index}`} type="checkbox" checked={chosen.has(index)} tabIndex={index === current ? 0 : -1} onClick={(event) => choose(index, event.shiftKey, event.currentTarget.checked)} />
                  <b>{name}</b>
                </label>
                <MarkOf mark={marks?.[index]} nameOf={(unit) => { const found = units.get(unit); return found === undefined ? '' : unitName(found) }} onUnit={onUnit} />
              </div>
              <p class="words" lang={language} dir={language === 'ar' ? 'rtl' : 'ltr'} data-words="" onClick={() => { anchor.current = index; setCurrent(index) }}>{paragraph.words}</p>
              {index !== current ? null : (
                <div class="row">
                  <Button kind="primary" why={whyNotTake(session)} label={message('source-take-name', { name, place })} onPress={() => take([index])}>{message('source-take')}</Button>
                  {sectionAt(paragraphs, index).length < 2 ? null : <Button why={whyNotTake(session)} onPress={() => take(sectionAt(paragraphs, index))}>{message('source-take-section', { count: sectionAt(paragraphs, index).length })}</Button>}
                  <Button onPress={() => { session.library.asked.value = { words: paragraph.words, for: 'alike' }; session.library.tab.value = 'search' }}>{message('source-alike')}</Button>
                  <Button onPress={() => setLeaving(leaving === index ? null : index)}>{message('leave-out')}</Button>
                </div>
              )}
              {leaving === index ? <LeaveOut session={session} source={source} paragraph={index} known={marks?.[index]?.leftOut ?? ''} onClose={() => setLeaving(null)} /> : null}
            </li>
          )
        })}
      </ol>
      {paragraphs.length <= shown ? null : <Button onPress={() => setShown(shown + shownAtOnce)}>{message('import-more', { count: paragraphs.length - shown })}</Button>}
      {chosen.size === 0 ? null : (
        <div class="library-foot">
          <Button kind="primary" why={whyNotTake(session)} onPress={() => take([...chosen])}>{message('source-take-chosen', { count: chosen.size, place })}</Button>
          <Button onPress={() => setChosen(new Set())}>{message('source-choose-none')}</Button>
        </div>
      )}
    </>
  )
}

function MarkOf({ mark, nameOf: name, onUnit }: { readonly mark: Mark | undefined; readonly nameOf: (unit: string) => string; readonly onUnit: (unit: string) => void }): JSX.Element | null {
  if (mark === undefined) return null
  if (mark.units.length > 0) {
    const share = Math.round(mark.share * 100)
    return (
      <span class="paragraph-mark">
        <span class={`chip ${share === 100 ? 'chip-origin-taken' : 'chip-origin-altered'}`}>{share === 100 ? message('mark-all') : message('mark-some', { share })}</span>
        {mark.units.map((unit) => <button key={unit} type="button" class="link" onClick={() => onUnit(unit)}>{name(unit)}</button>)}
      </span>
    )
  }
  return mark.leftOut === null ? null : <span class="chip chip-left-out" title={mark.leftOut}>{message('mark-left-out')}</span>
}

/** Words that are copied out of one paragraph take their place along, so that pasting them in the draft keeps it. */
function copyWithPlace(event: ClipboardEvent, source: number, paragraphs: readonly SourceParagraph[]): void {
  const selection = document.getSelection()
  if (selection === null || selection.isCollapsed || event.clipboardData === null) return
  const range = selection.getRangeAt(0).cloneRange()
  const start = range.startContainer
  const element = (start instanceof Element ? start : start.parentElement)?.closest('[data-words]')
  if (!element) return
  // Three clicks on a paragraph select to the beginning of what follows it.
  if (!element.contains(range.endContainer)) range.setEnd(element, element.childNodes.length)
  const before = document.createRange()
  before.setStart(element, 0)
  before.setEnd(range.startContainer, range.startOffset)
  const [at, words] = [before.toString().length, range.toString()]
  const paragraph = Number(element.closest<HTMLElement>('[data-paragraph]')?.dataset['paragraph'])
  if (selection.toString().trim() !== words.trim() || paragraphs[paragraph]?.words.slice(at, at + words.length) !== words) return
  event.preventDefault()
  event.clipboardData.setData('text/plain', words)
  event.clipboardData.setData(wordsType, JSON.stringify({ place: [source, paragraph, at], words }))
}
