/** What the page shows in each of its modes, and the documents that its words stand in: for *as if incorporated*, a copy. */
import { draftReader } from '../../shared/model/reader.ts'
import { scanText } from '../../shared/model/texts.ts'
import { asIfIncorporated } from '../../shared/text/as-if.ts'
import { amendmentReader } from './amendments.ts'
import type { EditorHost, ViewMode } from './host.ts'
import type { Documents } from './places.ts'
import { projector, type Projection } from './projection.ts'

export interface Showing {
  /** Of the last projection. */
  readonly docs: Documents
  project(mode: ViewMode): Projection
  /** Nothing is read any more. */
  stop(): void
}

/** `begun`: one's own new paragraphs that are shown though they are empty. */
export function openShowing(host: EditorHost, begun: ReadonlySet<string>): Showing {
  const draft = draftReader(host.shared)
  const side = host.side === null ? null : draftReader(host.side)
  const readers = { shared: amendmentReader(host.shared), side: host.side === null ? null : amendmentReader(host.side) }
  const live: Documents = { shared: host.shared, side: host.side, scans: { shared: draft.scans, side: side?.scans ?? scanText } }
  const projectLive = projector({ host, draft, readers, begun })
  let docs = live
  let leaveCopy = (): void => undefined

  const projectAsIf = (): Projection => {
    const views = readers.shared.read()
    const chosen = (host.chosen?.() ?? []).flatMap((id) => views.get(id) ?? [])
    const { copy, laid } = asIfIncorporated(host.shared, draft.read(host.language()), chosen, draft.scans)
    if (copy === null) return projectLive('as-if', laid)
    const reader = draftReader(copy)
    docs = { ...live, shared: copy, scans: { ...live.scans, shared: reader.scans } }
    leaveCopy = () => {
      docs = live
      leaveCopy = () => undefined
      reader.stop()
      copy.destroy()
    }
    return projector({ host: { ...host, shared: copy }, draft: reader, readers, begun })('as-if', laid)
  }

  return {
    get docs() {
      return docs
    },
    project(mode) {
      leaveCopy()
      return mode === 'as-if' ? projectAsIf() : projectLive(mode)
    },
    stop() {
      leaveCopy()
      for (const reader of [draft, side, readers.shared, readers.side]) reader?.stop()
    },
  }
}
