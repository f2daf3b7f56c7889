/** The table of derivations: each paragraph of the draft, where its words come from, and what has become of them. */
import type { JSX } from 'preact'
import { useState } from 'preact/hooks'
import { isInTables } from '../../../../shared/text/paragraphs.ts'
import { message } from '../../../messages/index.ts'
import { Check } from '../../../ui/field.tsx'
import { unitName } from '../Card.tsx'
import type { LibraryProps } from './Library.tsx'
import { Difference, KindChip, SourceLinks } from './Origin.tsx'

export function Derivations({ session, onUnit }: LibraryProps): JSX.Element {
  const [fromSources, setFromSources] = useState(false)
  const { origins, sources } = session.library
  const read = origins.value
  const { byId } = session.view.value.text
  if (sources.value.length === 0) return <p class="empty">{message('library-empty')}</p>
  if (read === null) return <p class="hint" role="status">{message('loading')}</p>
  if (!read.ok) return <p role="alert" class="fault">{read.sentence}</p>
  const told = read.is.units.filter(({ unit, sources: from }) => byId.has(unit) && isInTables(byId.get(unit)!.kind, from.length > 0))
  const rows = told.filter(({ kind }) => !fromSources || kind !== 'new')
  const count = (kind: string): number => told.filter((one) => one.kind === kind).length
  const counts = { taken: count('taken'), altered: count('altered'), fresh: count('new') }
  return (
    <>
      <p class="hint" role="status">{message('derivations-count', counts)}</p>
      <Check label={message('derivations-only')} checked={fromSources} onChange={setFromSources} />
      <ol class="origins-table" aria-label={message('library-tab-derivations')}>
        {rows.map((derivation) => {
          const unit = byId.get(derivation.unit)!
          return (
            <li key={derivation.unit}>
              <p class="paragraph-head">
                <button type="button" class="link" onClick={() => onUnit(derivation.unit)}>{unitName(unit)}</button>
                <KindChip kind={derivation.kind} />
                <SourceLinks session={session} derivation={derivation} />
              </p>
              {derivation.parts.length === 0 ? <p class="words origin-words">{unit.words}</p> : <Difference parts={derivation.parts} />}
            </li>
          )
        })}
      </ol>
      {rows.length === 0 ? <p class="empty">{message('derivations-none')}</p> : null}
    </>
  )
}
