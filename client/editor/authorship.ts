/**
 * Who wrote what, over the words: as a coloured view with names, and for the words under the pointer or at the caret.
 * Nothing of it is part of the text.
 */
import { keydownHandler } from 'prosemirror-keymap'
import type { Node } from 'prosemirror-model'
import { Plugin } from 'prosemirror-state'
import { Decoration, DecorationSet } from 'prosemirror-view'
import type { EditorView } from 'prosemirror-view'
import type { Desk } from './desk.ts'
import type { AuthorMark } from './host.ts'
import { baseLetters } from './letters.ts'
import { positionAt, spotAt } from './page.ts'
import { characterAt } from './places.ts'
import { attrsOf, wordsOf } from './schema.ts'

/** The pointer has come to rest. */
const dwellMs = 600

export function authorshipPlugin(desk: Desk): Plugin {
  let drawn: { readonly doc: Node; readonly marks: unknown; readonly set: DecorationSet } | null = null
  let dwelling: ReturnType<typeof setTimeout> | null = null
  const leave = (): boolean => {
    if (dwelling !== null) clearTimeout(dwelling)
    dwelling = null
    desk.host.onWriter?.(null)
    return false
  }
  const ask = (view: EditorView, position: number): void => {
    const spot = spotAt(view.state.doc, position)
    const block = desk.projection().byKey.get(spot.key)
    if (block === undefined || block.words.length === 0) return
    const character = characterAt(desk.docs, block, Math.min(spot.offset, block.words.length - 1))
    if (character === null) return
    const { left, bottom } = view.coordsAtPos(positionAt(view.state.doc, spot) ?? position)
    desk.host.onWriter?.({ client: character.anchor[0], clock: character.anchor[1], side: character.side, left, bottom })
  }
  return new Plugin({
    view: () => ({ destroy: () => void leave() }),
    props: {
      decorations: ({ doc }) => {
        const marks = desk.host.authorMarks?.() ?? null
        if (drawn?.doc !== doc || drawn.marks !== marks) drawn = { doc, marks, set: marks === null ? DecorationSet.empty : authorSet(desk, doc, marks) }
        return drawn.set
      },
      handleDOMEvents: {
        mousemove: (view, event) => {
          leave()
          dwelling = setTimeout(() => {
            const at = view.posAtCoords({ left: event.clientX, top: event.clientY })
            if (at === null || at.inside === -1) return
            const box = view.coordsAtPos(at.pos)
            ask(view, event.clientX < box.left ? at.pos - 1 : at.pos)
          }, dwellMs)
          return false
        },
        mouseleave: leave,
        keydown: (_view, event) => (['Control', 'Meta', 'Alt'].includes(event.key) ? false : leave()),
        blur: leave,
      },
      handleKeyDown: (view, event) => keydownHandler({
        'Mod-Alt-a': ({ selection }) => {
          // The letter that the caret stands behind, as with the caret itself.
          const { from, empty } = selection
          ask(view, empty && selection.$from.parentOffset > 0 ? from - 1 : from)
          return true
        },
      })(view, event),
    },
  })
}

function authorSet(desk: Desk, doc: Node, markOf: (client: number, clock: number) => AuthorMark): DecorationSet {
  const { byKey } = desk.projection()
  const decorations: Decoration[] = []
  doc.forEach((node, position) => {
    const block = byKey.get(attrsOf(node).key)
    if (block === undefined || block.words !== wordsOf(node)) return
    let open: { readonly mark: AuthorMark; readonly from: number; to: number } | null = null
    const close = (): void => {
      if (open !== null && open.mark.name !== '') decorations.push(...drawnRun(open.mark, open.from, open.to))
      open = null
    }
    for (const { client, clock, length, from } of baseLetters(desk.docs, block)) {
      for (let at = 0; at < length; ) {
        const mark = markOf(client, clock + at)
        const end = Math.min(length, mark.until - clock)
        const start = position + 1 + from + at
        if (open !== null && (open.mark.name !== mark.name || open.to !== start)) close()
        if (open === null) open = { mark, from: start, to: start }
        open.to = start + end - at
        at = end
      }
    }
    close()
  })
  return DecorationSet.create(doc, decorations)
}

function drawnRun({ name, colour }: AuthorMark, from: number, to: number): Decoration[] {
  return [
    Decoration.widget(from, () => nameDom(name, colour), { side: 1, key: `${name} ${colour}`, ignoreSelection: true }),
    Decoration.inline(from, to, { class: `written ${colour}` }),
  ]
}

function nameDom(name: string, colour: string): HTMLElement {
  const label = document.createElement('span')
  label.className = `writer ${colour}`
  label.dataset['name'] = name
  label.setAttribute('aria-hidden', 'true')
  return label
}
