/** The search over sources and draft: where words were said, the same or nearly, and paragraphs that are like one. */
import type { JSX } from 'preact'
import { useEffect, useState } from 'preact/hooks'
import { nameOfSource } from '../../../../shared/text/origins-sheet.ts'
import { limits } from '../../../../shared/wire/limits.ts'
import type { SearchHit } from '../../../../shared/wire/sources.ts'
import { message } from '../../../messages/index.ts'
import { foundParts } from '../../../room/library-words.ts'
import type { Reading } from '../../../room/library.ts'
import type { RoomSession } from '../../../room/session.ts'
import type { SearchAsked } from '../../../api.ts'
import { Button } from '../../../ui/button.tsx'
import { Field } from '../../../ui/field.tsx'
import { unitName } from '../Card.tsx'
import type { LibraryProps } from './Library.tsx'
import { takePlaces, whyNotTake } from './take.ts'
import { FoundWords } from './Words.tsx'

export function Found(props: LibraryProps): JSX.Element {
  const { session } = props
  const { asked } = session.library
  const [words, setWords] = useState(asked.value?.words ?? '')
  const [hits, setHits] = useState<Reading<readonly SearchHit[]> | null>(null)
  const now = asked.value
  useEffect(() => {
    setHits(null)
    if (now === null) return
    setWords(now.words)
    let isOver = false
    void session.api.search(session.draft, session.hatId, { words: now.words.slice(0, limits.searchCharactersMax), for: now.for }).then((answer) => {
      if (!isOver) setHits(answer.ok ? { ok: true, is: answer.result.hits } : answer)
    })
    return () => { isOver = true }
  }, [now])
  const search = (): void => {
    if (words.trim() !== '') asked.value = { words: words.trim(), for: 'said' }
  }
  const isSaid = now?.for === 'said'
  // The paragraph itself is no double of itself.
  const found = hits?.ok === true ? hits.is.filter((hit) => now?.unit === undefined || hit.unit !== now.unit).filter((hit) => now?.for !== 'alike' || hit.source === null || !(hit.exact && hit.words === now.words && hit.source === session.library.reading.value?.source)) : []
  return (
    <>
      <form class="library-search" role="search" onSubmit={(event) => { event.preventDefault(); search() }}>
        <Field label={message('search-words')} hint={message('search-hint')} lines={words.length > 60 ? 3 : 1} value={words} onInput={setWords} charactersMax={limits.searchCharactersMax} onSubmitKey={search} />
        <Button kind="primary" why={words.trim() === '' ? message('search-words-first') : null} onPress={search}>{message('search-do')}</Button>
      </form>
      <p role="status" class="search-count">
        {now === null ? '' : hits === null ? message('loading') : !hits.ok ? '' : found.length === 0 ? message(isSaid ? 'search-none' : 'alike-none') : message(isSaid ? 'search-count' : 'alike-count', { count: found.length })}
      </p>
      {hits?.ok === false ? <p role="alert" class="fault">{hits.sentence} <button type="button" class="link" onClick={() => { asked.value = { ...now! } }}>{message('try-again')}</button></p> : null}
      {now === null || found.length === 0 ? null : (
        <ol class="hits" aria-label={message('search-hits')}>
          {found.map((hit) => <Hit key={`${hit.source ?? hit.unit} ${hit.paragraph}`} {...props} hit={hit} asked={now} />)}
        </ol>
      )}
    </>
  )
}

function Hit({ session, editor, hit, asked, onUnit }: LibraryProps & { readonly hit: SearchHit; readonly asked: SearchAsked }): JSX.Element {
  const { library } = session
  const text = hit.source === null ? undefined : library.texts.value.get(hit.source)
  useEffect(() => {
    if (hit.source !== null) library.read(hit.source)
  }, [hit.source])
  const place = placeOf(session, hit)
  const isSaid = asked.for === 'said'
  const paragraphs = text?.ok === true ? text.is : null
  return (
    <li class="hit">
      <p class="paragraph-head">
        <b>{place}</b>
        <span class={`chip ${hit.exact ? 'chip-origin-taken' : 'chip-origin-altered'}`}>{hit.exact ? message(isSaid ? 'hit-same' : 'hit-double') : message(isSaid ? 'hit-nearly' : 'hit-alike', { share: Math.round(hit.share * 100) })}</span>
      </p>
      <p class="words"><FoundWords parts={foundParts(asked.words, hit, asked.for === 'alike')} /></p>
      <div class="row">
        {hit.source === null ? <Button onPress={() => onUnit(hit.unit)}>{message('hit-go')}</Button> : (
          <>
            <Button kind="primary" label={message('hit-take-name', { place })} why={whyNotTake(session) ?? (paragraphs === null ? message('loading') : null)} onPress={() => { if (paragraphs !== null) takePlaces(session, editor, hit.source!, paragraphs, [hit.paragraph]) }}>{message('source-take')}</Button>
            <Button label={message('hit-read-name', { place })} onPress={() => library.show(hit.source!, hit.paragraph)}>{message('hit-read')}</Button>
          </>
        )}
      </div>
    </li>
  )
}

/** "A/RES/64/293 (2010), OP4", or "This draft, OP2". */
function placeOf({ library, view }: RoomSession, { source, unit, paragraph }: SearchHit): string {
  if (source === null) {
    const own = view.value.text.byId.get(unit)
    return message('place-of', { text: message('this-draft'), paragraph: own === undefined ? '' : unitName(own) })
  }
  const [head, text] = [library.sources.value.find(({ number }) => number === source), library.texts.value.get(source)]
  const there = text?.ok === true ? text.is[paragraph] : undefined
  return message('place-of', { text: head === undefined ? '' : nameOfSource(head), paragraph: there === undefined ? '…' : unitName(there) })
}
