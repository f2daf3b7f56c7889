/** The draft as it would be read if some amendments were incorporated. */
import type * as Y from 'yjs'
import { placeAmendment } from '../../../shared/model/amendments.ts'
import { readPublished } from '../../../shared/model/decisions.ts'
import { readDraft } from '../../../shared/model/reader.ts'
import { scanText } from '../../../shared/model/texts.ts'
import type { UnitView } from '../../../shared/model/units.ts'
import { asIfIncorporated } from '../../../shared/text/as-if.ts'
import type { AsIf } from '../../../shared/text/as-if.ts'
import { laidOver } from '../../../shared/text/laid-over.ts'

export function draftAsIf(shared: Y.Doc, amendments: readonly string[]): AsIf & { readonly units: readonly UnitView[] } {
  const found = asIfIncorporated(shared, readDraft(shared), amendments.flatMap((id) => readPublished(shared, id) ?? []), scanText)
  const doc = found.copy ?? shared
  const units = readDraft(doc).units.map((unit) => {
    const laid = found.laid.get(unit.id)
    return laid === undefined ? unit : laidOver(unit, laid.map((view) => placeAmendment(doc, unit, view, scanText)))!.unit
  })
  return { ...found, units }
}
