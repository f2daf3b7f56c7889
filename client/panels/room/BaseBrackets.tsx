/** The square brackets that stand in a paragraph, by whom, and for those who decide a way to lift them. */
import type { JSX } from 'preact'
import { digestOfUnit } from '../../../shared/lifecycle/digests.ts'
import { embedCharacter } from '../../../shared/model/layout.ts'
import type { BracketView, UnitView } from '../../../shared/model/units.ts'
import { message } from '../../messages/index.ts'
import { factsOnUnit, isPersonal, judge } from '../../room/facts.ts'
import type { RoomSession } from '../../room/session.ts'
import { Button } from '../../ui/button.tsx'

const wordsShownMax = 60

export function BaseBrackets({ session, unit }: { readonly session: RoomSession; readonly unit: UnitView }): JSX.Element | null {
  if (unit.brackets.length === 0) return null
  const view = session.view.value
  const verdict = judge(factsOnUnit(session.standing.value, unit.id), 'lift-bracket')
  const said = (bracket: BracketView): string => {
    const delegations = bracket.by.map(view.nameOf).join(', ')
    // What came with an imported text is nobody's.
    if (delegations === '') return bracket.placeholder ? message('bracket-placeholder-nobody') : message('bracket-nobody', { words: wordsOf(unit, bracket) })
    return bracket.placeholder ? message('bracket-placeholder', { delegations }) : message('bracket-by', { delegations, words: wordsOf(unit, bracket) })
  }
  return (
    <ul class="brackets">
      {unit.brackets.map((bracket) => (
        <li key={bracket.id} class="row">
          <span>{said(bracket)}</span>
          {isPersonal(verdict.code) ? null : (
            <Button why={verdict.why} label={message('lift-bracket-name', { words: wordsOf(unit, bracket) })} onPress={() => session.act({ command: 'lift-bracket', unit: unit.id, digest: digestOfUnit(unit), bracket: bracket.id })}>
              {message('lift-bracket')}
            </Button>
          )}
        </li>
      ))}
    </ul>
  )
}

function wordsOf(unit: UnitView, { from, to }: BracketView): string {
  const words = unit.atoms.slice(from, to).replaceAll(embedCharacter, '')
  return words.length > wordsShownMax ? `${words.slice(0, wordsShownMax)}…` : words
}
