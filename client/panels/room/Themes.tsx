/** What the draft covers of what the group wants covered: where it is silent, a table of paragraphs against themes, and the themes themselves. */
import type { JSX } from 'preact'
import { useEffect, useMemo, useState } from 'preact/hooks'
import type { Coverage, CoveredAmendment, Mark, ThemeTotal } from '../../../shared/text/coverage.ts'
import { nameOfSource } from '../../../shared/text/origins-sheet.ts'
import type { ThemeHit, ThemeHits } from '../../../shared/wire/sources.ts'
import type { Answer } from '../../api.ts'
import { message } from '../../messages/index.ts'
import type { RoomSession } from '../../room/session.ts'
import { coverageIn, whyOf } from '../../room/themes.ts'
import { beginningOf } from '../../room/view.ts'
import { Button } from '../../ui/button.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import { unitName, whatOf } from './Card.tsx'
import { ThemeList } from './ThemeList.tsx'

export interface ThemesProps {
  readonly session: RoomSession
  readonly onUnit: (unit: string) => void
  readonly onAmendment: (amendment: string) => void
  /** To a paragraph of the library. */
  readonly onSource: (source: number, paragraph: number) => void
  readonly onDownload: () => void
  readonly onClose: () => void
}

export function Themes({ session, onUnit, onAmendment, onSource, onDownload, onClose }: ThemesProps): JSX.Element {
  const [view, themes] = [session.view.value, session.themes.value]
  const coverage = useMemo(() => coverageIn(view, themes), [view, themes])
  return (
    <Dialog title={message('themes')} full="themes" onClose={onClose}>
      {themes.list.length === 0 ? null : (
        <>
          <Silent session={session} coverage={coverage} onSource={onSource} />
          <section aria-labelledby="coverage">
            <div class="row coverage-head">
              <h3 id="coverage">{message('coverage')}</h3>
              <div class="row no-print">
                <Button onPress={onDownload}>{message('download')}</Button>
                <Button onPress={() => window.print()}>{message('print')}</Button>
              </div>
            </div>
            {coverage.units.length === 0 && coverage.others.length === 0 ? <p class="empty">{message('coverage-no-text')}</p> : <CoverageTable session={session} coverage={coverage} onUnit={onUnit} onAmendment={onAmendment} />}
          </section>
        </>
      )}
      <ThemeList session={session} />
    </Dialog>
  )
}

/** Themes to which no paragraph speaks, and where in the library something does. */
function Silent({ session, coverage: { silent }, onSource }: { readonly coverage: Coverage } & Pick<ThemesProps, 'session' | 'onSource'>): JSX.Element {
  const [answer, setAnswer] = useState<Answer<{ readonly themes: readonly ThemeHits[] }> | null>(null)
  const [tries, setTries] = useState(0)
  // What was found holds until a theme's words or the library change.
  const asked = silent.map(({ theme }) => `${theme.number} ${theme.words.join(',')}`).join('\n')
  const library = session.record.value.filter(({ kind }) => kind === 'add-source' || kind === 'remove-source').length
  useEffect(() => {
    setAnswer(null)
    if (silent.length === 0) return
    let isLast = true
    void session.api.speaking(session.draft, session.hatId, silent.map(({ theme }) => theme.number)).then((found) => {
      if (isLast) setAnswer(found)
    })
    return () => {
      isLast = false
    }
  }, [asked, library, tries])
  if (silent.length === 0) return <p class="silent-none" role="status">{message('silent-none')}</p>
  return (
    <section class="silent" aria-labelledby="silent" aria-busy={answer === null}>
      <h3 id="silent">{message('silent-on', { count: silent.length })}</h3>
      <ul>
        {silent.map((total) => <SilentTheme key={total.theme.number} total={total} onSource={onSource} found={answer?.ok === true ? answer.result.themes.find(({ theme }) => theme === total.theme.number) : undefined} />)}
      </ul>
      <div role="status">
        {answer === null ? <p class="hint">{message('silent-looking')}</p> : answer.ok ? null : <p class="hint">{answer.sentence}</p>}
      </div>
      {answer?.ok === false ? <Button onPress={() => setTries(tries + 1)}>{message('try-again')}</Button> : null}
    </section>
  )
}

function SilentTheme({ total: { theme, amendments }, found, onSource }: { readonly total: ThemeTotal; readonly found: ThemeHits | undefined } & Pick<ThemesProps, 'onSource'>): JSX.Element {
  return (
    <li>
      <h4>{theme.name}</h4>
      {amendments === 0 ? null : <p>{message('silent-proposals', { count: amendments })}</p>}
      {found === undefined ? null : found.hits.length === 0 ? <p class="hint">{message(theme.words.length === 0 ? 'theme-no-words' : 'silent-library-too')}</p> : (
        <details open={found.hits.length <= hitsOpenMax}>
          <summary>{message('silent-library-not', { count: found.hits.length })}</summary>
          <ul class="silent-hits">
            {found.hits.map((hit) => <li key={`${hit.source} ${hit.paragraph}`}><button type="button" class="link" onClick={() => onSource(hit.source, hit.paragraph)}>{placeOfHit(hit)}</button> <span class="words" dir="auto">{hit.words}</span> <span class="why">{message('theme-by-words', { words: hit.found.join(', ') })}</span></li>)}
          </ul>
          {found.more ? <p class="hint">{message('silent-more')}</p> : null}
        </details>
      )}
    </li>
  )
}

/** More than these are shown when they are asked for, so that the table is not pushed off the page. */
const hitsOpenMax = 3

/** "A/RES/64/293 (2010), OP3" */
const placeOfHit = (hit: ThemeHit): string => `${nameOfSource(hit)}, ${unitName(hit)}`

type TableProps = { readonly coverage: Coverage } & Pick<ThemesProps, 'session' | 'onUnit' | 'onAmendment'>

function CoverageTable({ session, coverage, onUnit, onAmendment }: TableProps): JSX.Element {
  const silent = new Set(coverage.silent.map(({ theme }) => theme.number))
  const beside = (one: CoveredAmendment): JSX.Element => <AmendmentRow key={one.id} session={session} covered={one} onAmendment={onAmendment} />
  return (
    <>
      <ul class="coverage-legend" aria-hidden="true">
        {(['by-words', 'by-hand', 'taken-off'] as const).map((kind) => <li key={kind}>{message(`mark-${kind}`)} {message(`coverage-${kind}`)}</li>)}
      </ul>
      <div class="matrix-scroll coverage-scroll" tabIndex={0} role="region" aria-labelledby="coverage">
        <table class="coverage-table">
          <thead>
            <tr>
              <th scope="col">{message('coverage-paragraph')}</th>
              {coverage.totals.map(({ theme }) => <th key={theme.number} scope="col" class={silent.has(theme.number) ? 'is-silent' : undefined}>{theme.name}</th>)}
            </tr>
          </thead>
          <tbody>
            {coverage.units.map(({ unit, marks, amendments }) => [
              <tr key={unit.id}>
                <th scope="row">
                  <button type="button" class="link" onClick={() => onUnit(unit.id)}>{unitName(unit)}</button> <span class="words" dir="auto">{beginningOf(unit)}</span>
                </th>
                {marks.map((mark) => <Cell key={mark.theme.number} session={session} mark={mark} />)}
              </tr>,
              ...amendments.map(beside),
            ])}
            {coverage.others.map(beside)}
          </tbody>
          <tfoot>
            <Totals label={message('coverage-paragraphs')} totals={coverage.totals} of="units" />
            <Totals label={message('coverage-proposals')} totals={coverage.totals} of="amendments" />
          </tfoot>
        </table>
      </div>
    </>
  )
}

function AmendmentRow({ session, covered, onAmendment }: { readonly session: RoomSession; readonly covered: CoveredAmendment; readonly onAmendment: (amendment: string) => void }): JSX.Element | null {
  const view = session.view.value
  const card = view.published.find(({ id }) => id === covered.id)
  if (card === undefined) return null
  return (
    <tr class="of-amendment">
      <th scope="row"><button type="button" class="link" onClick={() => onAmendment(card.id)}>{message('matrix-row', { delegation: view.nameOf(card.state.proposer), what: whatOf(card) })}</button></th>
      {covered.marks.map((mark) => <Cell key={mark.theme.number} session={session} mark={mark} />)}
    </tr>
  )
}

function Cell({ session, mark }: { readonly session: RoomSession; readonly mark: Mark }): JSX.Element {
  const { carries, tag } = mark
  if (!carries && tag === null) return <td />
  const why = whyOf(session, mark)
  return (
    <td title={why} class={carries ? 'speaks' : 'taken-off'}>
      <span aria-hidden="true">{message(tag === null ? 'mark-by-words' : carries ? 'mark-by-hand' : 'mark-taken-off')}</span>
      <span class="unseen">{why}</span>
    </td>
  )
}

const Totals = ({ label, totals, of }: { readonly label: string; readonly totals: readonly ThemeTotal[]; readonly of: 'units' | 'amendments' }): JSX.Element => (
  <tr>
    <th scope="row">{label}</th>
    {totals.map((total) => <td key={total.theme.number} class={of === 'units' && total[of] === 0 ? 'none' : undefined}>{total[of]}</td>)}
  </tr>
)
