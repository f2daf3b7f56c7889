/** Packages as a page shows and names them. */
import { packageOfAmendment, packageOfUnit } from '../../shared/model/agreed.ts'
import type { PackageState } from '../../shared/model/agreed.ts'
import { digestOfPackageIn } from '../../shared/lifecycle/stages.ts'
import type { Command } from '../../shared/wire/commands.ts'
import { digestOfView, type RoomView } from './view.ts'

export const packageHolding = (view: RoomView, unit: string): PackageState | null => packageOfUnit(view.packages, unit)
export const packageWith = (view: RoomView, amendment: string): PackageState | null => packageOfAmendment(view.packages, amendment)

/** As it is on this screen. */
export function agreeing(view: RoomView, { id, units, amendments }: PackageState): Command {
  const wordings = amendments.map((amendment) => {
    const card = view.published.find((one) => one.id === amendment)
    return card === undefined ? '' : card.state.status === 'open' ? digestOfView(card.amendment) : card.state.digest
  })
  return { command: 'agree-package', package: id, digest: digestOfPackageIn(view.text, units, wordings) }
}
