/** The table of destinations: each paragraph of each source, where it went, or why it was left out. */
import type { JSX } from 'preact'
import { useEffect, useState } from 'preact/hooks'
import { nameOfSource } from '../../../../shared/text/origins-sheet.ts'
import { keyOfParagraph } from '../../../../shared/text/derivations.ts'
import type { Destination } from '../../../../shared/text/derivations.ts'
import { isInTables } from '../../../../shared/text/paragraphs.ts'
import type { SourceHead } from '../../../../shared/wire/sources.ts'
import { message } from '../../../messages/index.ts'
import { Button } from '../../../ui/button.tsx'
import { Choice } from '../../../ui/field.tsx'
import { unitName } from '../Card.tsx'
import { LeaveOut } from './LeaveOut.tsx'
import type { LibraryProps } from './Library.tsx'

const filters = ['all', 'open', 'went', 'left-out'] as const
type Filter = (typeof filters)[number]

export function Destinations(props: LibraryProps): JSX.Element {
  const { origins, sources, reading } = props.session.library
  const there = sources.value.filter(({ removedAtMs, paragraphs }) => removedAtMs === null && paragraphs > 0)
  const [source, setSource] = useState(String(reading.value?.source ?? there[0]?.number ?? ''))
  const [filter, setFilter] = useState<Filter>('all')
  const head = there.find(({ number }) => String(number) === source) ?? there[0]
  const read = origins.value
  if (head === undefined) return <p class="empty">{message('library-empty')}</p>
  if (read === null) return <p class="hint" role="status">{message('loading')}</p>
  if (!read.ok) return <p role="alert" class="fault">{read.sentence}</p>
  return (
    <>
      <Choice label={message('destinations-of')} value={String(head.number)} onChange={setSource} options={there.map((one) => ({ value: String(one.number), label: nameOfSource(one) }))} />
      <Choice label={message('destinations-filter')} value={filter} onChange={setFilter} options={filters.map((value) => ({ value, label: message(`destinations-${value}`) }))} />
      <Rows key={head.number} {...props} head={head} filter={filter} destinations={read.is.destinations} />
    </>
  )
}

function Rows({ session, onUnit, head, filter, destinations }: LibraryProps & { readonly head: SourceHead; readonly filter: Filter; readonly destinations: readonly Destination[] }): JSX.Element {
  const [leaving, setLeaving] = useState<number | null>(null)
  const text = session.library.texts.value.get(head.number)
  useEffect(() => session.library.read(head.number), [head.number])
  if (text === undefined) return <p class="hint" role="status">{message('loading')}</p>
  if (!text.ok) return <p role="alert" class="fault">{text.sentence}</p>
  const known = new Map(destinations.map((one) => [keyOfParagraph(one.source, one.paragraph), one]))
  const { byId } = session.view.value.text
  const rows = text.is.map((paragraph, place) => ({ paragraph, place, units: (known.get(keyOfParagraph(head.number, place))?.units ?? []).filter((unit) => byId.has(unit)), leftOut: known.get(keyOfParagraph(head.number, place))?.leftOut ?? null }))
    .filter(({ paragraph, units, leftOut }) => isInTables(paragraph.kind, units.length > 0 || leftOut !== null))
  const shown = rows.filter(({ units, leftOut }) => filter === 'all' || (filter === 'went' ? units.length > 0 : filter === 'left-out' ? units.length === 0 && leftOut !== null : units.length === 0 && leftOut === null))
  return (
    <>
      <p class="hint" role="status">{message('destinations-count', { went: rows.filter(({ units }) => units.length > 0).length, left: rows.filter(({ units, leftOut }) => units.length === 0 && leftOut !== null).length, all: rows.length })}</p>
      <ol class="origins-table" aria-label={message('library-tab-destinations')}>
        {shown.map(({ paragraph, place, units, leftOut }) => (
          <li key={place}>
            <p class="paragraph-head">
              <b>{unitName(paragraph)}</b>
              {units.length > 0 ? <span>{message('destination-went')} {units.map((unit) => <button key={unit} type="button" class="link" onClick={() => onUnit(unit)}>{unitName(byId.get(unit)!)}</button>)}</span>
              : leftOut === null ? <span class="chip">{message('destination-nowhere')}</span>
              : <span class="chip chip-left-out">{message('mark-left-out')}</span>}
            </p>
            {leftOut === null ? null : <p class="left-out-why">{leftOut}</p>}
            <p class="words origin-words" lang={head.language} dir={head.language === 'ar' ? 'rtl' : 'ltr'}>{paragraph.words}</p>
            {units.length > 0 ? null : leaving === place ? <LeaveOut session={session} source={head.number} paragraph={place} known={leftOut ?? ''} onClose={() => setLeaving(null)} />
            : <div class="row"><Button label={message('leave-out-name', { name: unitName(paragraph) })} onPress={() => setLeaving(place)}>{message(leftOut === null ? 'leave-out' : 'leave-out-change')}</Button></div>}
          </li>
        ))}
      </ol>
      {shown.length === 0 ? <p class="empty">{message('destinations-none')}</p> : null}
    </>
  )
}
