/** What changes who is in the house and what they may do there: stages, people, links, groups and circles. */
import { readCircles } from '../../shared/model/circles.ts'
import type { CircleState } from '../../shared/model/circles.ts'
import { closedUnits, readAmendmentState, readDelegations, readStage } from '../../shared/model/state.ts'
import { levels } from '../../shared/policy/types.ts'
import type { Hat } from '../../shared/policy/types.ts'
import { behind, isAmong, one, open, own, row, units } from './screens.ts'
import type { Row, Screen } from './screens.ts'

const circlesMax = 4

/** Some of them, at least one. */
function some<T>(random: Screen['random'], from: readonly [T, ...T[]]): T[] {
  const chosen = from.filter(() => random(3) > 0)
  return chosen.length > 0 ? chosen : [from[0]]
}

function isOwnCircle({ shared, speaker: { hat } }: Screen, { purpose }: CircleState): boolean {
  if (purpose.kind === 'unit') return isAmong(['chair'], hat)
  const state = purpose.kind === 'amendment' ? readAmendmentState(shared, purpose.amendment) : null
  return state !== null && [state.proposer, ...state.sponsors.map(({ delegation }) => delegation)].includes(hat.delegation)
}

const smallGroup = ({ random }: Screen): string[] => some(random, ['jp', 'eu', 'br', 'office'])
const membersOf = ({ shared }: Screen, group: string): readonly string[] => readDelegations(shared).find(({ id }) => id === group)?.members ?? []

export const houseDeeds: readonly Row[] = [
  row('open-circle', 9, ['chair'], (screen) => {
    if (readCircles(screen.shared).length >= circlesMax) return null
    const unit = one(screen.random, units(screen))
    return unit === undefined ? null : { command: 'open-circle', purpose: { kind: 'unit', unit: unit.id, name: 'Friends of the paragraph', members: smallGroup(screen) } }
  }),
  row('open-circle', 7, ['delegates'], (screen) => {
    const together = open(screen, (found) => behind(found).length > 1 && own(screen)(found))
    const view = readCircles(screen.shared).length < circlesMax ? one(screen.random, together) : undefined
    return view === undefined ? null : { command: 'open-circle', purpose: { kind: 'amendment', amendment: view.id } }
  }),
  row('set-circle', 14, ['delegates', 'chair'], (screen) => {
    const { random } = screen
    const circle = one(random, readCircles(screen.shared).filter((found) => isOwnCircle(screen, found)))
    if (circle === undefined) return null
    if (!circle.open || random(4) === 0) return { command: 'set-circle', circle: circle.id, open: !circle.open }
    return circle.purpose.kind === 'unit' ? { command: 'set-circle', circle: circle.id, open: true, members: smallGroup(screen) } : null
  }),
  row('set-members', 6, ['table'], (screen) => ({ command: 'set-members', group: 'eu', members: screen.random(5) === 0 ? [] : some(screen.random, ['jp', 'br', 'ngo']) })),
  row('give-hat', 20, ['table'], (screen) => {
    const members = membersOf(screen, 'eu')
    const found = one(screen.random, screen.people.filter(({ person, hat }) =>
      members.includes(hat.delegation) && !screen.people.some((other) => other.person === person && other.hat.delegation === 'eu')))
    return found === undefined ? null : { command: 'give-hat', hatId: found.hatId, group: 'eu', level: screen.random(3) === 0 ? 'forward' : 'head' }
  }),
  row('invite', 4, ['delegates', 'chair'], (screen) => {
    const { random, speaker } = screen
    const own = isAmong(['delegates'], speaker.hat) ? speaker.hat.delegation : one(random, ['eu', 'jp', 'br', 'ngo'])!
    // A head alone may; others are told so.
    return { command: 'invite', hat: { role: 'delegate', delegation: own, level: one(random, levels)! }, days: 14, uses: 1 }
  }),
  row('revoke-invite', 6, ['delegates', 'chair'], ({ random, links }) => {
    const invite = one(random, links)
    return invite === undefined ? null : { command: 'revoke-invite', invite }
  }),
  row('revoke-member', 2, ['delegates', 'chair'], (screen) => {
    const mayEnd = ({ role, delegation }: Hat): boolean => role !== 'chair' && (isAmong(['chair'], screen.speaker.hat) || delegation === screen.speaker.hat.delegation)
    const found = one(screen.random, screen.people.filter(({ hat }) => mayEnd(hat)))
    return found === undefined ? null : { command: 'revoke-member', hatId: found.hatId }
  }),
  row('show-as-typed', 6, ['chair'], ({ random, shared }) => {
    const isOn = readStage(shared).asTyped === true
    return isOn || random(2) === 0 ? { command: 'show-as-typed', show: !isOn } : null
  }),
  // What is closed would refuse those rightly who write in it at that moment.
  row('reopen-drafting', 12, ['chair'], ({ shared }) => (closedUnits(shared).length > 0 ? null : { command: 'reopen-drafting', reason: 'The text is to be written again.' })),
]
