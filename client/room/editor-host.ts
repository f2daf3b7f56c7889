/** What the editor asks of the page. */
import type { EditHistory, EditorHost, RemoteCursor } from '../editor/host.ts'
import { isAnchor } from '../../shared/model/texts.ts'
import { refusalOf } from '../../shared/policy/index.ts'
import { sentenceOf } from '../../shared/wire/errors.ts'
import { placeName } from './circles.ts'
import { announce, say, sayRefused } from '../ui/toasts.tsx'
import { factsOnRoom, factsOnUnit } from './facts.ts'
import { passes } from './filter.ts'
import type { RoomSession } from './session.ts'
import { isOpen } from './view.ts'

export function editorHost(session: RoomSession, history: EditHistory): EditorHost {
  const { hat } = session
  const shownIds = (): ReadonlySet<string> => {
    const filter = session.filter.value
    return new Set(session.view.value.published
      .filter((card) => isOpen(card.state) && passes(filter, card) && !filter.hidden.has(card.id))
      .map((card) => card.id))
  }
  let shown: { readonly view: unknown; readonly filter: unknown; readonly ids: ReadonlySet<string> } | null = null
  return {
    shared: session.shared,
    side: session.side,
    delegation: session.place ?? hat.delegation,
    origin: session.origin,
    history,
    language: () => session.view.value.draft.language,
    now: () => performance.now(),
    stage: () => session.view.value.draft.stage,
    mayWrite: (unit) => {
      const standing = session.standing.value
      const { phase, code } = session.status.value
      if (phase === 'ended') return code ?? 'hat-revoked'
      // After a refusal the room is about to be opened anew.
      if (!session.ready.value || session.closing.value || phase === 'refused') return 'closing'
      if (standing.view.draft.stage !== 'drafting') {
        return refusalOf({ ...(unit === null ? factsOnRoom(standing) : factsOnUnit(standing, unit)), ...session.sideFacts() }, 'write-side')
      }
      return unit === null ? refusalOf(factsOnRoom(standing), 'shape-base') : refusalOf(factsOnUnit(standing, unit), 'write-base')
    },
    nameOf: (delegation) => (delegation === session.place ? placeName(session.view.value, hat, session.place) : session.view.value.nameOf(delegation)),
    colourOf: (delegation) => session.colours.value.get(delegation === session.place ? hat.delegation : delegation) ?? 'delegation-0',
    writesOn: (unit) => session.writesOn.value.get(unit) ?? null,
    shown: (amendment) => {
      // Asked for every proposal in every refresh.
      const view = session.view.value
      const filter = session.filter.value
      if (shown === null || shown.view !== view || shown.filter !== filter) shown = { view, filter, ids: shownIds() }
      return shown.ids.has(amendment)
    },
    // That passes by itself, and so do the words about it.
    onRefused: (code) => (code === 'closing' ? say : sayRefused)(sentenceOf(code)),
    onSelect: (unit) => {
      session.selected.value = unit
    },
    announce,
    cursors: () => session.present.value.flatMap((one): RemoteCursor[] => {
      const anchor: unknown = typeof one.cursor === 'object' && one.cursor !== null && 'anchor' in one.cursor ? one.cursor.anchor : null
      return isAnchor(anchor) ? [{ client: one.client, delegation: one.delegation, anchor }] : []
    }),
    onCaret: (anchor) => session.links[0]?.setCursor(anchor === null ? null : { anchor: [...anchor] }),
  }
}
