/** Where others write, as a thin caret with their delegation's name. No styles from data: classes alone. */
import { Plugin, PluginKey } from 'prosemirror-state'
import { Decoration, DecorationSet } from 'prosemirror-view'
import type { Node } from 'prosemirror-model'
import type { Desk } from './desk.ts'
import { findPlace } from './places.ts'

export const cursorsKey = new PluginKey<DecorationSet>('cursors')

export const cursorsPlugin = (): Plugin<DecorationSet> =>
  new Plugin<DecorationSet>({
    key: cursorsKey,
    state: {
      init: () => DecorationSet.empty,
      apply: (transaction, set) => (transaction.getMeta(cursorsKey) as DecorationSet | undefined) ?? set.map(transaction.mapping, transaction.doc),
    },
    props: { decorations: (state) => cursorsKey.getState(state) },
  })

/** `positionOf` gives a paragraph's beginning in the view. */
export function cursorSet(desk: Desk, doc: Node, positionOf: (key: string) => number | null): DecorationSet {
  const cursors = desk.host.cursors?.() ?? []
  if (cursors.length === 0) return DecorationSet.empty
  const { byKey } = desk.projection()
  return DecorationSet.create(doc, cursors.flatMap((cursor) => {
    const found = findPlace(desk.docs, byKey, { key: '', behind: { side: false, anchor: cursor.anchor } })
    const start = found === null ? null : positionOf(found.block.key)
    if (found === null || start === null) return []
    const name = desk.host.nameOf(cursor.delegation)
    const colour = desk.host.colourOf(cursor.delegation)
    return [Decoration.widget(start + 1 + found.offset, () => caretDom(name, colour), { key: `${cursor.client} ${name} ${colour}`, side: -1, ignoreSelection: true })]
  }))
}

function caretDom(name: string, colour: string): HTMLElement {
  const caret = document.createElement('span')
  caret.className = `remote-caret ${colour}`
  caret.dataset['name'] = name
  caret.setAttribute('aria-hidden', 'true')
  return caret
}
