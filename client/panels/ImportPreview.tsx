/** What a file was read as, before anything is written: the paragraphs by kind, what is worth a look, what is lost, and the text itself. */
import type { ComponentChildren, JSX } from 'preact'
import { useMemo, useState } from 'preact/hooks'
import type { Remark } from '../../shared/convert/docx/comments.ts'
import type { ImportReport } from '../../shared/convert/report.ts'
import { numberUnits } from '../../shared/model/numbering.ts'
import type { ResolutionValue, UnitValue } from '../../shared/model/value.ts'
import { message } from '../messages/index.ts'
import type { ReadAnswer } from '../reading/read.ts'

const firstShown = 12
const restShownMax = 400
const unitsShownMax = 400

export function ImportPreview({ read: { report, value, format, remarks = [], proposals } }: { readonly read: Extract<ReadAnswer, { ok: true }> }): JSX.Element {
  return (
    <section class="import-report" aria-labelledby="import-heading">
      <h3 id="import-heading">{message('import-recognised')}</h3>
      <p class="hint">{message(`format-${format}`)}</p>
      <ul class="counts">
        {report.recognised.map(({ kind, count }) => (
          <li key={kind}>{message(`kind-count-${kind}`, { count })}</li>
        ))}
        {report.notes === 0 ? null : <li>{message('kind-count-note', { count: report.notes })}</li>}
      </ul>
      <p class="hint">{message(report.wordsIn === report.wordsOut ? 'import-words-kept' : 'import-words-differ', { words: report.wordsIn, out: report.wordsOut })}</p>
      <Remarks remarks={remarks} isApart={proposals !== undefined} />
      <Lost report={report} />
      <Look report={report} />
      <Text value={value} />
    </section>
  )
}

/** `isApart`: for one's own people. */
function Remarks({ remarks, isApart }: { readonly remarks: readonly Remark[]; readonly isApart: boolean }): JSX.Element | null {
  if (remarks.length === 0) return null
  return (
    <>
      <h3>{message('import-comments', { count: remarks.length })}</h3>
      <p class="hint">{message(isApart ? 'import-comments-apart' : 'import-comments-open')}</p>
      <Several label={message('import-comments', { count: remarks.length })} of={remarks} line={({ words }) => words} />
    </>
  )
}

function Lost({ report: { lost } }: { readonly report: ImportReport }): JSX.Element | null {
  if (lost.length === 0) return null
  return (
    <>
      <h3>{message('import-lost')}</h3>
      <Several label={message('import-lost')} of={lost} line={({ what, words, count }) => <>{message('import-lost-one', { what, count })} {words === '' ? null : <q>{words}</q>}</>} />
    </>
  )
}

function Look({ report: { unrecognised, warnings } }: { readonly report: ImportReport }): JSX.Element | null {
  const all = [...unrecognised.map(({ line, why, words }) => ({ line, sentence: why, words })), ...warnings]
  if (all.length === 0) return null
  return (
    <>
      <h3>{message('import-look')}</h3>
      <Several label={message('import-look')} of={all} line={({ line, sentence, words }) => <>{line === 0 ? null : <span class="line">{message('import-line', { line })}</span>} {sentence} {words === '' ? null : <q>{words}</q>}</>} />
    </>
  )
}

/** The first of them, and the rest on request: to a bound, beyond which their number alone is told. */
function Several<T>({ label, of, line }: { readonly label: string; readonly of: readonly T[]; readonly line: (one: T) => ComponentChildren }): JSX.Element {
  const [isOpen, setOpen] = useState(false)
  const rest = of.slice(firstShown, firstShown + restShownMax)
  const beyond = of.length - firstShown - rest.length
  // They scroll, so that keys have to reach them.
  const listOf = (some: readonly T[]): JSX.Element => <ul class="warnings" tabIndex={0} aria-label={label}>{some.map((one, index) => <li key={index}>{line(one)}</li>)}</ul>
  return (
    <>
      {listOf(of.slice(0, firstShown))}
      {rest.length === 0 ? null : (
        <details class="several" onToggle={(event) => setOpen(event.currentTarget.open)}>
          <summary>{message('import-show-more', { count: rest.length })}</summary>
          {isOpen ? listOf(rest) : null}
          {isOpen && beyond > 0 ? <p class="hint">{message('import-more', { count: beyond })}</p> : null}
        </details>
      )}
    </>
  )
}

interface Line {
  readonly depth: number
  readonly kind: UnitValue['kind']
  readonly printed: string
  readonly words: string
}

function Text({ value }: { readonly value: ResolutionValue }): JSX.Element {
  const lines = useMemo(() => linesOf(value), [value])
  return (
    <details class="import-text">
      <summary>{message('import-text')}</summary>
      <div lang={value.language} dir={value.language === 'ar' ? 'rtl' : 'ltr'}>
        {lines.slice(0, unitsShownMax).map(({ depth, kind, printed, words }, index) => (
          <p key={index} class={`import-${kind} depth-${depth}`}>{printed} {words}</p>
        ))}
      </div>
      {lines.length > unitsShownMax ? <p class="hint">{message('import-more', { count: lines.length - unitsShownMax })}</p> : null}
    </details>
  )
}

function linesOf(value: ResolutionValue): Line[] {
  const numbers = numberUnits(value.units, value.language)
  const lines: Line[] = []
  const visit = (unit: UnitValue, depth: number): void => {
    lines.push({ depth, kind: unit.kind, printed: numbers.get(unit)!.printed, words: unit.words })
    for (const child of unit.children) visit(child, depth + 1)
  }
  for (const unit of value.units) visit(unit, 0)
  return lines
}
