/** A slider through what was put forward and decided: the text as it stood at each entry of the record. */
import type { JSX } from 'preact'
import { useEffect, useMemo, useRef, useState } from 'preact/hooks'
import { isPoint } from '../../../shared/record/points.ts'
import { compareTexts } from '../../../shared/text/compare.ts'
import type { PastText } from '../../api.ts'
import { hasMessage, message, whenOf } from '../../messages/index.ts'
import { recordLine } from '../../../shared/record/line.ts'
import type { RecordEntry } from '../../../shared/wire/answers.ts'
import type { RoomSession } from '../../room/session.ts'
import type { RoomView } from '../../room/view.ts'
import { Button } from '../../ui/button.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import { Choice } from '../../ui/field.tsx'
import { placeOf, unitName } from './Card.tsx'
import { Rows } from './Compare.tsx'

const shapes = ['changes', 'clean', 'rolling'] as const
type Shape = (typeof shapes)[number]

/** While the slider is drawn along, no point is asked for that it merely passes. */
const restMs = 120
const pointsKeptMax = 60

export function Past({ session, onClose }: { readonly session: RoomSession; readonly onClose: () => void }): JSX.Element {
  useEffect(() => {
    void session.refreshRecord()
  }, [session])
  const points = session.record.value.filter(isPoint)
  const [chosen, setChosen] = useState<number | null>(null)
  const [shape, setShape] = useState<Shape>('changes')
  const at = Math.max(0, Math.min(chosen ?? points.length - 1, points.length - 1))
  const entry = points[at]
  const texts = usePoints(session, [entry, points[at - 1]])
  const text = entry === undefined ? undefined : texts.get(entry.seq)
  const before = points[at - 1]
  const earlier = before === undefined ? undefined : texts.get(before.seq)
  const saying = (one: RecordEntry): string => `${one.seq}. ${whatHappened(session.view.value, one)}, ${whenOf(one.atMs)}`
  return (
    <Dialog title={message('past')} onClose={onClose} full="past">
      <p class="hint no-print">{message('past-what')}</p>
      {entry === undefined ? <p class="empty">{message('past-none')}</p> : (
        <>
          <div class="past-slider no-print">
            <Button onPress={() => setChosen(Math.max(0, at - 1))}>{message('past-earlier')}</Button>
            <input
              type="range" min={0} max={points.length - 1} step={1} value={at}
              aria-label={message('past')} aria-valuetext={saying(entry)}
              onInput={(event) => setChosen(Number(event.currentTarget.value))}
            />
            <Button onPress={() => setChosen(Math.min(points.length - 1, at + 1))}>{message('past-later')}</Button>
            <Choice label={message('past-shape')} hidden value={shape} onChange={setShape} options={shapes.map((value) => ({ value, label: message(`past-${value}`) }))} />
          </div>
          <p class="past-what" role="status">{saying(entry)} <span class="hint">{message('past-of', { at: at + 1, all: points.length })}</span></p>
          <Shown text={text} earlier={before === undefined ? [] : earlier?.units} shape={shape} lang={session.view.value.draft.language} />
        </>
      )}
    </Dialog>
  )
}

interface ShownProps {
  readonly text: PastText | undefined
  readonly earlier: PastText['units'] | undefined
  readonly shape: Shape
  readonly lang: string
}

function Shown({ text, earlier, shape, lang }: ShownProps): JSX.Element {
  const rows = useMemo(() => (text === undefined || earlier === undefined ? null : compareTexts(earlier, text.units).rows), [text, earlier])
  if (text === undefined || (shape === 'changes' && rows === null)) return <p class="hint">{message('loading')}</p>
  if (shape === 'rolling') return <div class="past-text rolling" lang={lang}>{text.rolling.split(/\n{2,}/).map((paragraph, index) => <p key={index}>{paragraph}</p>)}</div>
  if (shape === 'clean') {
    return (
      <div class="past-text" lang={lang}>
        {text.units.map((unit, index) => <p key={index} class={`unit-${unit.kind} depth-${Math.min(unit.depth, 4)}`}>{unit.printed === '' ? '' : `${unit.printed} `}{unit.words}</p>)}
      </div>
    )
  }
  const changed = rows!.filter(({ kind }) => kind !== 'same')
  return changed.length === 0 ? <p>{message('past-no-change')}</p> : <Rows rows={rows!} mode="in-line" onlyChanges lang={lang} />
}

/** What is asked for is kept, since the past does not change. */
function usePoints(session: RoomSession, wanted: readonly (RecordEntry | undefined)[]): ReadonlyMap<number, PastText> {
  const [known, setKnown] = useState<ReadonlyMap<number, PastText>>(new Map())
  const asking = useRef(new Set<number>())
  const missing = wanted.flatMap((entry) => (entry === undefined || known.has(entry.seq) || asking.current.has(entry.seq) ? [] : [entry.seq]))
  useEffect(() => {
    const timer = setTimeout(() => {
      for (const seq of missing) {
        asking.current.add(seq)
        void session.api.past(session.draft, session.hatId, seq).then((answer) => {
          asking.current.delete(seq)
          if (answer.ok) setKnown((before) => new Map([...before, [seq, answer.result] as const].slice(-pointsKeptMax)))
        })
      }
    }, restMs)
    return () => clearTimeout(timer)
  }, [missing.join()])
  return known
}

function whatHappened(view: RoomView, entry: RecordEntry): string {
  const line = recordLine(entry)
  const card = view.published.find(({ id }) => id === line.amendment)
  const unit = line.unit === null ? undefined : view.text.byId.get(line.unit)
  const about = card !== undefined ? message('overview-proposal', { delegation: view.nameOf(card.state.proposer), place: placeOf(card) }) : unit === undefined ? '' : unitName(unit)
  const who = line.delegation === null ? '' : view.nameOf(line.delegation)
  const did = [who, hasMessage(`record-${line.kind}`) ? message(`record-${line.kind}`) : line.kind].filter((part) => part !== '').join(' ')
  return about === '' ? did : message('past-line', { did, about })
}
