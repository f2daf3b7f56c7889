/** The editor: one view whose document is a projection. Words typed in it go to the documents and come back through `show`. */
import './editor.css'
import { keymap } from 'prosemirror-keymap'
import { EditorState } from 'prosemirror-state'
import type { Transaction } from 'prosemirror-state'
import { EditorView } from 'prosemirror-view'
import type * as Y from 'yjs'
import type { SourcePieces } from '../../shared/text/paragraphs.ts'
import { sentenceOf } from '../../shared/wire/errors.ts'
import type { ErrorCode } from '../../shared/wire/errors.ts'
import { arrive, seenIn } from './arriving.ts'
import { authorshipPlugin } from './authorship.ts'
import { runCommand } from './commands.ts'
import type { Aim } from './commands.ts'
import { carriedPlugin } from './carried.ts'
import { freeze, goOn, isBeside, placeIn, update } from './composition.ts'
import type { Frozen } from './composition.ts'
import { cursorSet, cursorsKey, cursorsPlugin } from './cursors.ts'
import type { Desk } from './desk.ts'
import type { CommandOptions, EditorCommand, EditorHandle, EditorHost, EditorSelection, ViewMode } from './host.ts'
import { inputProps, keys } from './input.ts'
import type { Hands } from './input.ts'
import { noteList } from './notes.ts'
import { docOf, positionAt, positionOf, selectionAt, spotAt, withBlocks, withOwn } from './page.ts'
import { findPlace, placeAt } from './places.ts'
import type { Place } from './places.ts'
import type { Projection, ShownBlock } from './projection.ts'
import { changeBetween } from './read.ts'
import type { ViewChange, ViewSpot } from './read.ts'
import { openShowing } from './showing.ts'
import { takePieces } from './taking.ts'
import type { TakeAfter } from './taking.ts'
import { threadsPlugin, wordsSelected } from './threads.ts'
import { replaceRange } from './writing.ts'
import type { Replacement, Spot } from './writing.ts'

/** How long after a composition's end its paragraph is still the view's own: the view reads its last changes late. */
const thawMs = 40

/** Mounts an editor in `element`. Nothing is written until somebody types. */
export function openEditor(element: HTMLElement, host: EditorHost): EditorHandle {
  const begun = new Set<string>()
  const showing = openShowing(host, begun)
  const listeners = new Set<(block: string) => void>()

  let mode: ViewMode = 'rolling'
  let projection: Projection = showing.project(mode)
  let frozen: Frozen | null = null
  let thawing: ReturnType<typeof setTimeout> | null = null
  let writing = 0
  let held: { anchor: Place; head: Place } | null = null
  let selected: string | null = null
  let destroyed = false

  const atOnce = (act: () => Place | null): void => {
    writing++
    let place: Place | null
    try {
      place = act()
    } finally {
      writing--
    }
    show(place)
  }

  const desk: Desk = {
    host,
    get docs() {
      return showing.docs
    },
    begun,
    mode: () => mode,
    projection: () => projection,
    project: () => (projection = showing.project(mode)),
    write: (act) => atOnce(() => host.history.group(act)),
    type: (act) => atOnce(act),
    edited: (block) => listeners.forEach((listener) => listener(block)),
  }

  const blockAt = (key: string): ShownBlock | null => projection.byKey.get(key) ?? null
  const spotOf = ({ key, offset }: ViewSpot): Spot | null => {
    const block = blockAt(key)
    return block === null ? null : { block, offset: Math.min(offset, block.words.length) }
  }

  let stopArriving = (): void => undefined

  /** Brings the view up to the documents. `caret`: where it is to be; null where it was, by its characters. */
  const show = (caret: Place | null, kept = held): void => {
    if (destroyed || writing > 0) return
    stopArriving()
    showProjection(showing.project(mode), caret, kept)
  }

  const showProjection = (now: Projection, caret: Place | null, kept = held): void => {
    projection = now
    const { state } = view
    const nodes = projection.blocks.map((block) => block.node)
    const tr = withBlocks(state, frozen === null ? nodes : withOwn(nodes, state, frozen.key))
    const at = (place: Place | null, end: 'anchor' | 'head'): number | null => {
      const before = spotAt(state.doc, state.selection[end])
      if (frozen !== null && before.key === frozen.key && caret === null) return positionAt(tr.doc, before)
      const found = place === null ? null : findPlace(showing.docs, projection.byKey, place)
      return found === null ? positionAt(tr.doc, before) : positionAt(tr.doc, { key: found.block.key, offset: found.offset })
    }
    const head = at(caret ?? kept?.head ?? null, 'head')
    const anchor = caret === null ? at(kept?.anchor ?? null, 'anchor') : head
    const selection = selectionAt(tr.doc, anchor ?? Math.min(state.selection.anchor, tr.doc.content.size), head)
    if (!selection.eq(tr.selection)) tr.setSelection(selection)
    if (frozen === null) {
      const cursors = cursorSet(desk, tr.doc, (key) => positionOf(tr.doc, key))
      if (cursorsKey.getState(state)?.find().length !== 0 || cursors.find().length !== 0) tr.setMeta(cursorsKey, cursors)
    }
    if (caret !== null) tr.scrollIntoView()
    view.updateState(state.apply(tr))
    notes.show()
    hold()
  }

  /** Remembers the selection by its characters, while the documents are as the view shows them. */
  const hold = (): void => {
    const { anchor, head } = view.state.selection
    const placeOf = (position: number): Place => {
      const spot = spotAt(view.state.doc, position)
      if (frozen !== null && spot.key === frozen.key) return placeIn(frozen, spot.offset)
      const block = blockAt(spot.key)
      return block === null ? { key: spot.key, behind: null } : placeAt(showing.docs, block, spot.offset)
    }
    held = { anchor: placeOf(anchor), head: placeOf(head) }
    const key = spotAt(view.state.doc, head).key
    forgetEmpty(key)
    const unit = blockAt(key)?.unit?.id ?? blockAt(key)?.target ?? null
    if (unit !== selected) host.onSelect((selected = unit))
    const { behind } = held.head
    host.onCaret?.(behind === null || behind.side ? null : behind.anchor)
  }

  /** One's own new paragraphs that were left empty are no longer shown. */
  const forgetEmpty = (key: string): void => {
    const left = [...begun].filter((id) => `new:${id}` !== key)
    for (const id of left) begun.delete(id)
    if (left.some((id) => projection.byKey.get(`new:${id}`)?.words === '')) queueMicrotask(() => show(null))
  }

  const refuse = (code: ErrorCode | null): void => {
    if (code === null) return
    host.onRefused(code)
    host.announce(sentenceOf(code))
  }

  const thaw = (): void => {
    if (thawing !== null) clearTimeout(thawing)
    thawing = null
    if (frozen === null) return
    const { key, end, refused, range } = frozen
    // By their characters, as long as it is known which those are.
    hold()
    const kept = held
    frozen = null
    end()
    if (range !== null) refuse(refused)
    show(null, kept)
    desk.edited(key)
  }

  const freezeHere = (): void => {
    if (thawing !== null) clearTimeout(thawing)
    thawing = null
    const { key } = spotAt(view.state.doc, view.state.selection.from)
    if (frozen?.key === key) return goOn(frozen)
    thaw()
    const block = blockAt(key)
    if (block !== null) frozen = freeze(desk, block)
  }

  const replace = (change: Replacement): ErrorCode | null => {
    thaw()
    const refused = replaceRange(desk, change)
    refuse(refused)
    if (refused !== null) show(null)
    return refused
  }

  const aim = (): Aim | null => {
    const { from, to } = view.state.selection
    const start = spotOf(spotAt(view.state.doc, from))
    const end = spotOf(spotAt(view.state.doc, to))
    return start === null || end === null ? null : { ...start, to: end }
  }

  const command = (name: EditorCommand, options: CommandOptions = {}): ErrorCode | null => {
    thaw()
    const block = options.unit === undefined ? null : blockAt(`unit:${options.unit}`)
    const here = block === null ? aim() : { block, offset: block.words.length, to: { block, offset: block.words.length } }
    if (here === null || (options.unit !== undefined && block === null)) return 'no-such-unit'
    const refused = runCommand(desk, name, here, options)
    refuse(refused)
    return refused
  }

  const take = (pieces: SourcePieces, after: TakeAfter): ErrorCode | null => {
    thaw()
    const refused = takePieces(desk, pieces, after)
    refuse(refused)
    return refused
  }

  const travel = (act: () => unknown): void => {
    thaw()
    const before = view.state.doc
    writing++
    try {
      act()
    } finally {
      writing--
    }
    projection = showing.project(mode)
    const after = docOf(projection.blocks.map((block) => block.node))
    const end = before.content.findDiffEnd(after.content)
    const spot = end === null ? null : spotOf(spotAt(after, end.b))
    show(spot === null ? null : placeAt(showing.docs, spot.block, spot.offset))
  }

  /**
   * The browser tells of a new selection late. A key pressed or a colleague's letters drawn before that would take the
   * caret to be where it was: so the page is asked while the documents are still as the view shows them.
   */
  const readSelection = (): void => {
    if (frozen !== null || !view.hasFocus()) return
    const { anchorNode, anchorOffset, focusNode, focusOffset } = document.getSelection() ?? {}
    if (!anchorNode || !focusNode || !view.dom.contains(anchorNode) || !view.dom.contains(focusNode)) return
    const [anchor, head] = [view.posAtDOM(anchorNode, anchorOffset!, 1), view.posAtDOM(focusNode, focusOffset!, 1)]
    const { selection } = view.state
    if (anchor === selection.anchor && head === selection.head) return
    view.dispatch(view.state.tr.setSelection(selectionAt(view.state.doc, anchor, head)))
  }

  const hands: Hands = {
    look: readSelection,
    replace,
    command,
    aim,
    spotAt: (position) => spotOf(spotAt(view.state.doc, position)),
    group: (act) => host.history.group(act),
    undo: () => travel(() => host.history.undo()),
    redo: () => travel(() => host.history.redo()),
    drafting: () => host.stage() === 'drafting',
    deletesForward: false,
    freeze: freezeHere,
    composed: () => {
      if (thawing !== null) clearTimeout(thawing)
      thawing = setTimeout(() => (view.composing ? undefined : thaw()), thawMs)
    },
    left: () => setTimeout(thaw, 0),
    openNote: (note) => notes.focus(note),
  }

  const dispatch = (tr: Transaction): void => {
    if (destroyed) return
    if (!tr.docChanged) {
      view.updateState(view.state.apply(tr))
      if (!tr.selectionSet) return
      const spot = spotAt(view.state.doc, view.state.selection.head)
      if (frozen !== null && (spot.key !== frozen.key || !isBeside(frozen, spot.offset))) thaw()
      else hold()
      return
    }
    const change = changeBetween(view.state.doc, tr.doc, tr.selection.head, view.state.selection)
    if (change === null) return view.updateState(view.state)
    if (view.composing && frozen === null) freezeHere()
    if (frozen !== null && change.within !== null && change.from.key === frozen.key) return compose(tr, change.within, frozen)
    write(change)
  }

  /** The view keeps what it has; the documents are told. */
  const compose = (tr: Transaction, within: NonNullable<ViewChange['within']>, block: Frozen): void => {
    if (!view.composing && thawing !== null) goOn(block)
    view.updateState(view.state.apply(tr))
    writing++
    try {
      update(desk, block, within.words, within.caret)
    } finally {
      writing--
    }
    show(null)
  }

  const write = (change: ViewChange): void => {
    const [from, to] = [spotOf(change.from), spotOf(change.to)]
    if (from === null || to === null) return view.updateState(view.state)
    replace({ from, to, paragraphs: change.paragraphs, forward: hands.deletesForward })
  }

  const notes = noteList(desk)
  const page = document.createElement('div')
  page.className = 'page'
  element.append(page)
  const view = new EditorView(page, {
    state: EditorState.create({
      doc: docOf(projection.blocks.map((block) => block.node)),
      plugins: [keymap(keys(hands)), cursorsPlugin(), threadsPlugin(desk), authorshipPlugin(desk), carriedPlugin({ desk, take, aim, replace })],
    }),
    dispatchTransaction: dispatch,
    // The keyboard reaches a text that takes no words too: to read and to scroll it.
    attributes: () => ({
      tabindex: '0', role: 'textbox', 'aria-multiline': 'true', 'aria-label': 'Text of the resolution', class: 'text', spellcheck: 'true',
      lang: host.language(), dir: host.language() === 'ar' ? 'rtl' : 'ltr',
    }),
    ...inputProps(hands),
  })
  page.append(notes.element)
  notes.show()
  hold()

  const lookBeforeTheyWrite = (transaction: Y.Transaction): void => {
    if (!transaction.local) readSelection()
  }

  const changed = (): void => show(null)
  const watched: Y.Doc[] = host.side === null ? [host.shared] : [host.shared, host.side]
  for (const doc of watched) {
    doc.on('beforeTransaction', lookBeforeTheyWrite)
    doc.on('afterAllTransactions', changed)
  }

  const reveal = (target: Element | null): void => target?.scrollIntoView({ block: 'center', behavior: 'auto' })

  return {
    destroy: () => {
      thaw()
      destroyed = true
      stopArriving()
      for (const doc of watched) {
        doc.off('beforeTransaction', lookBeforeTheyWrite)
        doc.off('afterAllTransactions', changed)
      }
      showing.stop()
      view.destroy()
      page.remove()
    },
    refresh: () => {
      readSelection()
      view.setProps({})
      show(null)
    },
    focusUnit: (unit) => {
      const block = blockAt(`unit:${unit}`)
      if (block === null) return
      show({ key: block.key, behind: null })
      view.focus()
      reveal(page.querySelector(`[data-unit="${CSS.escape(unit)}"]`))
    },
    scrollToAmendment: (amendment) => reveal(page.querySelector(`[data-amendment~="${CSS.escape(amendment)}"]`)),
    undo: hands.undo,
    redo: hands.redo,
    selection: (): EditorSelection | null => {
      const here = aim()
      if (here === null) return null
      const to = here.to.block === here.block ? here.to.offset : here.block.words.length
      return { unit: here.block.unit?.id ?? here.block.target, amendment: here.block.proposal?.view.id ?? null, from: here.offset, to }
    },
    command,
    take: (pieces, unit) => take(pieces, (unit === undefined ? null : blockAt(`unit:${unit}`)) ?? projection.blocks.at(-1) ?? 'first'),
    words: () => view.state.doc.textBetween(view.state.selection.from, view.state.selection.to, ' ', ''),
    setMode: (next) => {
      thaw()
      if (mode === next) return show(null)
      readSelection()
      mode = next
      stopArriving()
      const before = projection
      stopArriving = arrive(before, showing.project(mode), seenIn([...view.dom.querySelectorAll(':scope > .unit')]), (now) => {
        readSelection()
        showProjection(now, null)
      })
    },
    comment: () => host.onComment?.(wordsSelected(desk, view.state)),
    composing: () => frozen !== null,
    onEdit: (listener) => {
      listeners.add(listener)
      return () => void listeners.delete(listener)
    },
  }
}
