/** What is brought from the library over the page: paragraphs that are dropped, and words that are pasted with their place. */
import { Plugin } from 'prosemirror-state'
import type { EditorView } from 'prosemirror-view'
import { cleanWords } from '../../shared/model/layout.ts'
import type { WordsTaken } from '../../shared/model/taking.ts'
import type { SourcePieces } from '../../shared/text/paragraphs.ts'
import type { ErrorCode } from '../../shared/wire/errors.ts'
import type { Aim } from './commands.ts'
import type { Desk } from './desk.ts'
import { keepingOrigins } from './taking.ts'
import type { TakeAfter } from './taking.ts'
import { attrsOf } from './schema.ts'
import type { Replacement } from './writing.ts'

/** Of a drag, which carries no more than that: the page itself knows what. */
export const paragraphsType = 'application/x-omnibus-paragraphs'
/** On the clipboard, beside the plain words: a `WordsTaken` as JSON. Whoever writes it by hand gains nothing: the server compares. */
export const wordsType = 'application/x-omnibus-words'

export interface CarriedParts {
  readonly desk: Desk
  readonly take: (pieces: SourcePieces, after: TakeAfter) => ErrorCode | null
  readonly aim: () => Aim | null
  readonly replace: (change: Replacement) => ErrorCode | null
}

export function carriedPlugin({ desk, take, aim, replace }: CarriedParts): Plugin {
  const line = document.createElement('div')
  line.className = 'drop-line'
  line.hidden = true
  const away = (): boolean => {
    line.hidden = true
    return false
  }
  const isOurs = (event: DragEvent): boolean => event.dataTransfer?.types.includes(paragraphsType) === true && (desk.host.carried?.() ?? null) !== null
  return new Plugin({
    view: (view) => {
      view.dom.parentElement?.append(line)
      return { destroy: () => line.remove() }
    },
    props: {
      handleDOMEvents: {
        dragover: (view, event) => {
          if (!isOurs(event)) return false
          event.preventDefault()
          event.dataTransfer!.dropEffect = 'copy'
          const before = blockAbove(view, event.clientY)
          const page = view.dom.parentElement!.getBoundingClientRect()
          line.hidden = false
          line.style.top = `${(before === null ? view.dom.getBoundingClientRect().top : before.getBoundingClientRect().bottom + 4) - page.top}px`
          return true
        },
        dragleave: (view, event) => (event.relatedTarget instanceof Node && view.dom.contains(event.relatedTarget) ? false : away()),
        drop: (view, event) => {
          away()
          const pieces = isOurs(event) ? (desk.host.carried?.() ?? null) : null
          if (pieces === null) return false
          event.preventDefault()
          const element = blockAbove(view, event.clientY)
          const node = element === null ? null : view.state.doc.childBefore(view.posAtDOM(element, 0)).node
          const block = node === null ? null : desk.projection().byKey.get(attrsOf(node).key)
          if (take(pieces, block ?? 'first') === null) desk.host.onTook?.(pieces)
          return true
        },
        paste: (_view, event) => {
          const taken = wordsIn(event.clipboardData)
          const at = taken === null ? null : aim()
          if (taken === null || at === null) return false
          event.preventDefault()
          keepingOrigins(desk, [taken], () => replace({ from: at, to: at.to, paragraphs: [taken.words] }))
          return true
        },
      },
    },
  })
}

/** The last paragraph whose middle is above the pointer; null above the first. */
function blockAbove(view: EditorView, y: number): Element | null {
  const blocks = [...view.dom.children].filter((child) => child.hasAttribute('data-unit'))
  return blocks.findLast((block) => {
    const { top, bottom } = block.getBoundingClientRect()
    return (top + bottom) / 2 < y
  }) ?? null
}

function wordsIn(data: DataTransfer | null): WordsTaken | null {
  const plain = data?.getData('text/plain') ?? ''
  try {
    const value: unknown = JSON.parse(data?.getData(wordsType) ?? '')
    if (typeof value !== 'object' || value === null || !('place' in value) || !('words' in value)) return null
    const { place, words } = value
    // Words over several lines, or that another program has put in place of ours, are pasted as any others are.
    if (words !== plain || plain === '' || cleanWords(plain) !== plain || !Array.isArray(place)) return null
    const [source, paragraph, at] = place as unknown[]
    return [source, paragraph, at].every(Number.isSafeInteger) ? { words: plain, place: [source as number, paragraph as number, at as number] } : null
  } catch {
    return null
  }
}
