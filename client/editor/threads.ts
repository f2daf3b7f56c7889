/** Words that carry a thread, marked by class alone; a click opens it, and a key begins one on the selection. */
import { keydownHandler } from 'prosemirror-keymap'
import type { Node } from 'prosemirror-model'
import { Plugin } from 'prosemirror-state'
import type { EditorState } from 'prosemirror-state'
import { Decoration, DecorationSet } from 'prosemirror-view'
import { hunkText, proposalText } from '../../shared/model/amendments.ts'
import { placeThread, rangesInUnit, threadRange } from '../../shared/model/threads.ts'
import type { ThreadRange, ThreadSpan } from '../../shared/model/threads.ts'
import type { Desk } from './desk.ts'
import type { SelectedWords, ShownThread } from './host.ts'
import { shownParts } from './letters.ts'
import { spotAt } from './page.ts'
import type { ShownBlock } from './projection.ts'
import { attrsOf, wordsOf } from './schema.ts'

const none: readonly ShownThread[] = []

export function threadsPlugin(desk: Desk): Plugin {
  let drawn: { readonly doc: Node; readonly threads: readonly ShownThread[]; readonly set: DecorationSet } | null = null
  const comment = (state: EditorState): boolean => {
    desk.host.onComment?.(wordsSelected(desk, state))
    return true
  }
  return new Plugin({
    props: {
      // Asked for at every change of the view, and drawn anew only when words or threads are others.
      decorations: ({ doc }) => {
        const threads = desk.host.threads?.() ?? none
        if (drawn?.doc !== doc || drawn.threads !== threads) drawn = { doc, threads, set: threads.length === 0 ? DecorationSet.empty : threadSet(desk, doc, threads) }
        return drawn.set
      },
      handleClick: (_view, _position, event) => {
        const thread = event.target instanceof Element ? event.target.closest<HTMLElement>('[data-thread]')?.dataset['thread'] : undefined
        if (thread !== undefined) desk.host.onThread?.(thread)
        return false
      },
      handleKeyDown: keydownHandler({ 'Mod-Alt-m': comment }),
    },
  })
}

interface DrawnSpan extends ThreadSpan {
  readonly id: string
  readonly unread: boolean
}

/** Placed in the documents as they are now: what the panels know of them may be some letters old. */
function spansOf({ host, docs, projection }: Desk, { thread, apart, unread }: ShownThread): DrawnSpan[] {
  const inSide = apart && thread.about.kind === 'amendment'
  const doc = apart && host.side !== null ? host.side : docs.shared
  const { spans } = placeThread(thread, doc, docs.shared, projection().view, inSide ? docs.scans.side : docs.scans.shared)
  return spans.map((span) => ({ ...span, id: thread.id, unread }))
}

function threadSet(desk: Desk, doc: Node, threads: readonly ShownThread[]): DecorationSet {
  const { byKey } = desk.projection()
  const spans = threads.flatMap((shown) => spansOf(desk, shown))
  const decorations: Decoration[] = []
  doc.forEach((node, position) => {
    const block = byKey.get(attrsOf(node).key)
    if (block === undefined) return
    const here = spans.flatMap((span) => partsIn(block, span).map((part) => ({ ...part, id: span.id, unread: span.unread })))
    // A composing paragraph is the view's own until it thaws.
    if (here.length === 0 || block.words !== wordsOf(node)) return
    for (const { id, unread, from, length } of here) {
      const start = position + 1 + from
      decorations.push(Decoration.inline(start, start + length, { class: unread ? 'threaded unread' : 'threaded', ...(id === '' ? {} : { 'data-thread': id }) }))
    }
  })
  return DecorationSet.create(doc, decorations)
}

function partsIn(block: ShownBlock, span: ThreadSpan): { readonly from: number; readonly length: number }[] {
  if (span.unit !== null) return span.unit === block.unit?.id ? shownParts(block, span.from, span.to) : []
  if (block.proposal !== null) {
    const here = span.hunk === null && block.proposal.view.id === span.amendment && span.to <= block.words.length
    return here ? [{ from: span.from, length: span.to - span.from }] : []
  }
  let start = 0
  return block.runs.flatMap((run) => {
    const at = start
    start += run.words.length
    const here = run.kind === 'proposed' && run.insertedBy === span.amendment && run.hunk === span.hunk && span.to <= run.words.length
    return here ? [{ from: at + span.from, length: span.to - span.from }] : []
  })
}

/** Of a selection over several paragraphs the part in the first. Null where it holds no words that can be commented on. */
export function wordsSelected(desk: Desk, { doc, selection }: EditorState): SelectedWords | null {
  const [start, end] = [spotAt(doc, selection.from), spotAt(doc, selection.to)]
  const block = desk.projection().byKey.get(start.key)
  if (block === undefined) return null
  const to = end.key === start.key ? end.offset : block.words.length
  const quote = block.words.slice(start.offset, to)
  if (quote.trim() === '') return null
  if (block.proposal !== null) return inAmendment(desk, block.proposal, null, start.offset, to, quote)
  return inBase(desk, block, start.offset, to) ?? inHunk(desk, block, start.offset, to, quote)
}

const selected = (about: SelectedWords['about'], ranges: readonly (ThreadRange | null)[], quote: string, apart: boolean): SelectedWords | null => {
  const held = ranges.filter((range) => range !== null)
  return held.length === 0 ? null : { about, ranges: held, quote, apart }
}

/** What is proposed within the selected words is passed over: the words of the text are what is meant. */
function inBase(desk: Desk, block: ShownBlock, from: number, to: number): SelectedWords | null {
  let start = 0
  let [low, high] = [Infinity, -1]
  for (const run of block.runs) {
    const [first, last] = [Math.max(from, start), Math.min(to, start + run.words.length)]
    if (run.kind === 'base' && first < last) {
      low = Math.min(low, run.from + first - start)
      high = run.from + last - start
    }
    start += run.words.length
  }
  if (block.unit === null || high === -1) return null
  const { id, atoms } = block.unit
  return selected({ kind: 'unit', unit: id }, rangesInUnit(desk.host.shared, block.unit, low, high), atoms.slice(low, high), false)
}

function inHunk(desk: Desk, block: ShownBlock, from: number, to: number, quote: string): SelectedWords | null {
  let start = 0
  for (const run of block.runs) {
    if (run.kind === 'proposed' && from >= start && to <= start + run.words.length) {
      const shown = desk.projection().amendments.on(block.target).find(({ view }) => view.id === run.insertedBy)
      return shown === undefined ? null : inAmendment(desk, shown, run.hunk, from - start, to - start, quote)
    }
    start += run.words.length
  }
  return null
}

/** As put forward, for everyone; what is not put forward is one's own people's. */
function inAmendment(desk: Desk, shown: NonNullable<ShownBlock['proposal']>, hunk: string | null, from: number, to: number, quote: string): SelectedWords | null {
  const apart = shown.own && shown.unpublished
  const doc = apart ? desk.host.side : desk.host.shared
  const { id } = shown.view
  const text = doc === null ? null : hunk === null ? proposalText(doc, id) : hunkText(doc, id, hunk)
  return selected({ kind: 'amendment', amendment: id }, [text === null ? null : threadRange(text, from, to)], quote, apart)
}
