/** An editor's desk without a view: documents, projection, and the host that answers for them. */
import type * as Y from 'yjs'
import { amendmentReader } from '../../../client/editor/amendments.ts'
import type { Desk } from '../../../client/editor/desk.ts'
import type { EditorHost, ViewMode } from '../../../client/editor/host.ts'
import { projector } from '../../../client/editor/projection.ts'
import type { Projection } from '../../../client/editor/projection.ts'
import { openHistory } from '../../../shared/model/history.ts'
import { draftReader } from '../../../shared/model/reader.ts'
import type { Stage } from '../../../shared/policy/types.ts'

export interface TestDesk extends Desk {
  mode(): ViewMode
  readonly origin: unknown
}

export function openDesk(shared: Y.Doc, side: Y.Doc, stage: Stage, mode: ViewMode = 'rolling'): TestDesk {
  const origin = Symbol('editor')
  let nowMs = 0
  const host: EditorHost = {
    shared, side, delegation: 'eu', origin,
    history: openHistory([shared, side], { origins: new Set([origin]), now: () => (nowMs += 10_000) }),
    language: () => 'en',
    now: () => nowMs,
    stage: () => stage,
    mayWrite: () => null,
    nameOf: (delegation) => delegation.toUpperCase(),
    ownLabel: () => 'EU, private',
    colourOf: () => 'delegation-0',
    shown: () => true,
    onRefused: () => undefined,
    onSelect: () => undefined,
    announce: () => undefined,
  }
  const draft = draftReader(shared)
  const begun = new Set<string>()
  const projectNow = projector({ host, draft, readers: { shared: amendmentReader(shared), side: amendmentReader(side) }, begun })
  let projection: Projection = projectNow(mode)
  const desk: TestDesk = {
    host, begun, origin,
    docs: { shared, side, scans: { shared: draft.scans, side: draftReader(side).scans } },
    mode: () => mode,
    projection: () => projection,
    project: () => (projection = projectNow(mode)),
    write: (act) => void host.history.group(act),
    type: (act) => void act(),
    edited: () => undefined,
  }
  return desk
}
