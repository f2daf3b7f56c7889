/** Where the words of a paragraph come from, on its card and in the table. */
import type { JSX } from 'preact'
import { useEffect } from 'preact/hooks'
import { nameOfSource } from '../../../../shared/text/origins-sheet.ts'
import type { Derivation, DerivationKind } from '../../../../shared/text/derivations.ts'
import type { UnitView } from '../../../../shared/model/units.ts'
import type { WordPart } from '../../../../shared/text/word-diff.ts'
import type { EditorHandle } from '../../../editor/host.ts'
import { message } from '../../../messages/index.ts'
import type { RoomSession } from '../../../room/session.ts'
import { Button } from '../../../ui/button.tsx'
import { Parts } from '../Changes.tsx'
import { unitName } from '../Card.tsx'

export const KindChip = ({ kind }: { readonly kind: DerivationKind }): JSX.Element => <span class={`chip chip-origin-${kind}`}>{message(`origin-${kind}`)}</span>

export function Difference({ parts }: { readonly parts: readonly WordPart[] }): JSX.Element | null {
  return parts.length === 0 ? null : <p class="words changes origin-words"><Parts kind="modify" parts={parts} /></p>
}

/** Each leads to its paragraph in the source; of one that was removed the name alone is left. */
export function SourceLinks({ session, derivation }: { readonly session: RoomSession; readonly derivation: Derivation }): JSX.Element {
  const { library } = session
  useEffect(() => {
    for (const { source } of derivation.sources) if (isThere(session, source)) library.read(source)
  }, [derivation, library.sources.value])
  return (
    <span class="source-links">
      {derivation.sources.map(({ source, paragraph }) => {
        const head = library.sources.value.find(({ number }) => number === source)
        const text = library.texts.value.get(source)
        const there = text?.ok === true ? text.is[paragraph] : undefined
        const name = head === undefined ? '' : nameOfSource(head)
        const whole = there === undefined ? name : message('place-of', { text: name, paragraph: unitName(there) })
        return isThere(session, source) ? <button key={`${source} ${paragraph}`} type="button" class="link" onClick={() => library.show(source, paragraph)}>{whole}</button> : <span key={`${source} ${paragraph}`}>{whole}</span>
      })}
    </span>
  )
}

const isThere = ({ library }: RoomSession, source: number): boolean => library.sources.value.some(({ number, removedAtMs }) => number === source && removedAtMs === null)

/** Nothing at all in a draft whose group has no library. */
export function OriginLine({ session, unit, editor }: { readonly session: RoomSession; readonly unit: UnitView; readonly editor: EditorHandle | null }): JSX.Element | null {
  const { library } = session
  const isUsed = library.sources.value.length > 0
  useEffect(() => (isUsed ? library.watchOrigins() : undefined), [isUsed])
  if (!isUsed) return null
  const read = library.origins.value
  const derivation = read?.ok === true ? read.is.units.find((one) => one.unit === unit.id) : undefined
  const search = (words: string, why: 'said' | 'alike'): void => {
    library.asked.value = { words, for: why, unit: unit.id }
    library.tab.value = 'search'
    library.open.value = true
  }
  return (
    <div class="origin">
      <p class="origin-line">
        <b>{message('origin')}</b> {read?.ok === false ? read.sentence : derivation === undefined ? message('loading') : <><KindChip kind={derivation.kind} /> <SourceLinks session={session} derivation={derivation} /></>}
      </p>
      {derivation === undefined || derivation.parts.length === 0 ? null : (
        <details>
          <summary>{message('origin-difference')}</summary>
          <Difference parts={derivation.parts} />
        </details>
      )}
      <div class="row">
        <Button onPress={() => search(editor?.words().trim() || unit.words, 'said')}>{message('where-said')}</Button>
        <Button onPress={() => search(unit.words, 'alike')}>{message('origin-alike')}</Button>
      </div>
    </div>
  )
}
