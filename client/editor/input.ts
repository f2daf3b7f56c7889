/** Keys, paste, drop and composition events, as replacements and commands. What is not here the browser does, and the view reads. */
import type { Command } from 'prosemirror-state'
import type { EditorProps, EditorView } from 'prosemirror-view'
import { cleanWords, embedCharacter } from '../../shared/model/layout.ts'
import type { ErrorCode } from '../../shared/wire/errors.ts'
import type { Aim } from './commands.ts'
import type { CommandOptions, EditorCommand } from './host.ts'
import { isWithin } from './proposing.ts'
import type { Replacement, Spot } from './writing.ts'

/** What input can do. `replace` and `command` say why nothing was done, or null. */
export interface Hands {
  /** Takes the selection from the page, where the browser has not told of it yet. */
  look(): void
  replace(change: Replacement): ErrorCode | null
  command(name: EditorCommand, options?: CommandOptions): ErrorCode | null
  /** One step of undo. */
  group(act: () => void): void
  aim(): Aim | null
  spotAt(position: number): Spot | null
  undo(): void
  redo(): void
  drafting(): boolean
  /** The browser is deleting with the Delete key. */
  deletesForward: boolean
  /** A composition begins where the caret is; has ended; the focus has gone. */
  freeze(): void
  composed(): void
  left(): void
  openNote(note: string): void
}

const isCaret = (aim: Aim): boolean => aim.block === aim.to.block && aim.offset === aim.to.offset

const sameBlock = (aim: Aim): boolean => aim.block.key === aim.to.block.key

export function keys(hands: Hands): Record<string, Command> {
  const done = (name: EditorCommand, options: CommandOptions = {}): boolean => (hands.command(name, options), true)
  const replaced = (change: Replacement): boolean => (hands.replace(change), true)
  const enter: Command = () => {
    const aim = hands.aim()
    if (aim === null) return true
    // A split sets one marker; a range goes first.
    if (!isCaret(aim)) hands.replace({ from: aim, to: aim.to, paragraphs: [''] })
    if (hands.drafting()) return done('split')
    const now = hands.aim()
    if (now !== null && isWithin(now)) return done('split')
    return now === null || replaced({ from: now, to: now.to, paragraphs: ['', ''] })
  }
  const backspace: Command = () => {
    const aim = hands.aim()
    if (aim === null) return true
    if (!isCaret(aim)) return sameBlock(aim) ? false : replaced({ from: aim, to: aim.to, paragraphs: [''] })
    if (aim.offset > 0) return false
    if (aim.block.proposal !== null) return aim.block.words === '' ? done('delete-unit') : true
    if (hands.drafting() && aim.block.unit !== null && aim.block.unit.parent !== null && aim.block.words === '') return done('lift')
    return done('join')
  }
  const remove: Command = (state) => {
    const aim = hands.aim()
    if (aim === null) return true
    if (!isCaret(aim)) return sameBlock(aim) ? false : replaced({ from: aim, to: aim.to, paragraphs: [''], forward: true })
    if (aim.offset < aim.block.words.length) return false
    const next = state.selection.$head.after(1) + 1
    const spot = next > state.doc.content.size ? null : hands.spotAt(next)
    if (spot === null) return true
    if (!hands.drafting()) return done('join-next')
    return replaced({ from: aim, to: spot, paragraphs: [''], forward: true })
  }
  /** Tab leaves the text where it has nothing to do there, and after Escape. */
  let leaving = false
  const shapes = (name: 'nest' | 'lift'): Command => () => {
    if (leaving) return (leaving = false)
    return done(name)
  }
  const nothing: Command = () => true
  const undo: Command = () => (hands.undo(), true)
  const redo: Command = () => (hands.redo(), true)
  return {
    Enter: enter, 'Shift-Enter': enter, 'Mod-Enter': nothing,
    Backspace: backspace, 'Mod-Backspace': backspace, 'Shift-Backspace': backspace,
    Delete: remove, 'Mod-Delete': remove,
    Tab: shapes('nest'), 'Shift-Tab': shapes('lift'), Escape: () => (leaving = true),
    'Alt-ArrowUp': () => done('move-up'), 'Alt-ArrowDown': () => done('move-down'),
    'Shift-Alt-l': () => done('leave-out'), 'Shift-Alt-u': () => done('restore'),
    'Shift-Alt-r': () => done('bracket', { verb: 'reserve' }), 'Shift-Alt-k': () => done('bracket', { verb: 'retain' }), 'Shift-Alt-b': () => done('bracket', { verb: 'bracket' }),
    'Shift-Alt-a': () => done('alternative'), 'Shift-Alt-d': () => done('delete-unit'), 'Shift-Alt-n': () => done('insert-after'),
    'Shift-Alt-p': () => done('placeholder'), 'Shift-Alt-f': () => done('footnote'),
    'Mod-z': undo, 'Shift-Mod-z': redo, 'Mod-y': redo,
    'Mod-b': nothing, 'Mod-i': nothing, 'Mod-u': nothing,
  }
}

/** Plain words alone; a line break begins a paragraph, empty lines are nothing. */
export function paragraphsOf(text: string): string[] {
  const lines = text.replace(/\r\n?|[\u2028\u2029]/g, '\n').split('\n').map(cleanWords)
  if (lines.length === 1) return lines
  const written = lines.filter((line) => line.trim() !== '')
  return written.length === 0 ? [''] : written
}

const spansBlocks = (view: EditorView): boolean => {
  const { $from, $to } = view.state.selection
  return !$from.sameParent($to)
}

function cutSelection(hands: Hands): void {
  const aim = hands.aim()
  if (aim !== null) hands.replace({ from: aim, to: aim.to, paragraphs: [''] })
}

export function inputProps(hands: Hands): EditorProps {
  return {
    handlePaste: (_view, event) => {
      const text = event.clipboardData?.getData('text/plain') ?? ''
      const aim = hands.aim()
      if (text !== '' && aim !== null) hands.replace({ from: aim, to: aim.to, paragraphs: paragraphsOf(text) })
      return true
    },
    handleDrop: (view, event, slice, moved) => {
      event.preventDefault()
      const at = view.posAtCoords({ left: event.clientX, top: event.clientY })
      const text = moved ? slice.content.textBetween(0, slice.content.size, '\n', '') : (event.dataTransfer?.getData('text/plain') ?? '')
      if (at !== null && text !== '') drop(view, hands, at.pos, text, moved)
      return true
    },
    handleTextInput: (view, _from, _to, text) => {
      // Over several paragraphs the browser would merge them first.
      const aim = hands.aim()
      if (!spansBlocks(view) || aim === null || view.composing) return false
      hands.replace({ from: aim, to: aim.to, paragraphs: [text] })
      return true
    },
    handleClickOn: (_view, _pos, node) => {
      if (node.type.name !== 'note') return false
      hands.openNote(String(node.attrs['id']))
      return true
    },
    clipboardTextSerializer: (slice) => slice.content.textBetween(0, slice.content.size, '\n\n', ''),
    handleDOMEvents: {
      keydown: (view, event) => {
        hands.look()
        // The first key of a composition: the browser would merge the paragraphs, and its composition with them.
        if (event.keyCode === 229 && !view.composing && spansBlocks(view)) cutSelection(hands)
        return false
      },
      beforeinput: (_view, event) => {
        hands.deletesForward = /^delete.*Forward$/.test(event.inputType)
        if (/^format|^history/.test(event.inputType)) event.preventDefault()
        if (event.inputType === 'historyUndo') hands.undo()
        if (event.inputType === 'historyRedo') hands.redo()
        return false
      },
      compositionstart: (view) => {
        hands.look()
        if (spansBlocks(view)) cutSelection(hands)
        hands.freeze()
        return false
      },
      paste: () => (hands.look(), false),
      cut: () => (hands.look(), false),
      compositionend: () => (hands.composed(), false),
      blur: () => (hands.left(), false),
    },
  }
}

/** Words dragged within the page are written where they fall and deleted where they were; where they cannot be written, they stay. */
function drop(view: EditorView, hands: Hands, position: number, text: string, moved: boolean): void {
  const { from, to } = view.state.selection
  if (moved && position >= from && position <= to) return
  const isInserted = (at: number): boolean => {
    const spot = hands.spotAt(at)
    return spot !== null && hands.replace({ from: spot, to: spot, paragraphs: paragraphsOf(text.replaceAll(embedCharacter, '')) }) === null
  }
  const erase = (start: number, end: number): void => {
    const [first, last] = [hands.spotAt(start), hands.spotAt(end)]
    if (first !== null && last !== null) hands.replace({ from: first, to: last, paragraphs: [''] })
  }
  hands.group(() => {
    const size = view.state.doc.content.size
    if (!isInserted(position) || !moved) return
    const grown = position > to ? 0 : view.state.doc.content.size - size
    erase(from + grown, to + grown)
  })
}
