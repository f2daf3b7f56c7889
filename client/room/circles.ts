/** Circles as one delegation sees them, and the names by which delegations, groups and circles go on the page. */
import { screenCircle } from '../../shared/model/circles.ts'
import type { CircleState } from '../../shared/model/circles.ts'
import type { AmendmentState } from '../../shared/model/state.ts'
import type { Facts, Hat } from '../../shared/policy/types.ts'
import { message } from '../messages/index.ts'
import type { RoomView } from './view.ts'

export const isIn = (circle: CircleState, { role, delegation }: Hat): boolean => role !== 'observer' && circle.members.includes(delegation)

/** Those that have ended last: what was prepared there can be read. And the one that this page shows, whatever has become of it. */
export const circlesOf = (view: RoomView, hat: Hat, place: string | null): readonly CircleState[] =>
  view.circles
    .filter((circle) => circle.id === place || isIn(circle, hat))
    .sort((left, right) => Number(right.open) - Number(left.open))

/** The sponsors' circle of an amendment, ended or not. */
export const circleOn = (view: RoomView, amendment: string): CircleState | null =>
  view.circles.find(({ purpose }) => purpose.kind === 'amendment' && purpose.amendment === amendment) ?? null

export function sideFactsOf(view: RoomView, hat: Hat, place: string | null): Pick<Facts, 'delegation' | 'circle'> {
  if (place === null) return { delegation: hat.delegation }
  const circle = place === screenCircle.id ? screenCircle : view.circles.find(({ id }) => id === place)
  return { circle: { members: circle?.members ?? [], open: circle?.open ?? false } }
}

const namedMax = 3

/** "EU + Japan on OP5"; a small group goes by the name that the chair gave it. */
export function circleName(view: RoomView, { name, purpose, members }: CircleState): string {
  if (name !== '') return name
  const names = members.map((id) => view.nameOf(id))
  const shown = names.length > namedMax ? [...names.slice(0, namedMax - 1), message('circle-more', { count: names.length - namedMax + 1 })] : names
  const card = purpose.kind === 'amendment' ? view.published.find(({ id }) => id === purpose.amendment) : undefined
  const number = card?.unit?.number ?? ''
  return number === '' ? shown.join(' + ') : message('circle-on', { members: shown.join(' + '), unit: number })
}

/** "EU (27)". */
export function titleOf(view: RoomView, delegation: string): string {
  const members = view.delegations.find(({ id }) => id === delegation)?.members?.length ?? 0
  return members === 0 ? view.nameOf(delegation) : message('group-count', { group: view.nameOf(delegation), count: members })
}

/** "Japan, on behalf of G77 and China". */
export const proposerName = (view: RoomView, { proposer, through }: AmendmentState): string =>
  through === undefined || through === null ? titleOf(view, proposer) : message('on-behalf-of', { delegation: view.nameOf(through), group: view.nameOf(proposer) })

/** The side document that is open on this page, by whose it is. */
export function placeName(view: RoomView, hat: Hat, place: string | null): string {
  if (place === screenCircle.id) return message('screen-text')
  const circle = place === null ? undefined : view.circles.find(({ id }) => id === place)
  return circle === undefined ? view.nameOf(place ?? hat.delegation) : circleName(view, circle)
}
