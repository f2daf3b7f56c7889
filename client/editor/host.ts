/** What the editor needs of the page around it, and what the page may ask of the editor. */
import type * as Y from 'yjs'
import type { History } from '../../shared/model/history.ts'
import type { Anchor, BracketVerb } from '../../shared/model/layout.ts'
import type { UnitKind } from '../../shared/model/value.ts'
import type { Stage } from '../../shared/policy/types.ts'
import type { Taking } from '../../shared/model/taking.ts'
import type { ThreadAbout, ThreadRange, ThreadView } from '../../shared/model/threads.ts'
import type { SourcePieces } from '../../shared/text/paragraphs.ts'
import type { ErrorCode } from '../../shared/wire/errors.ts'

/** Undo over all of one's own documents; it is told of the editor's writes by their origin. */
export type EditHistory = Pick<History, 'undo' | 'redo' | 'group' | 'begin'>

/** Where somebody else is writing. `anchor` names an item of the shared document's texts. */
export interface RemoteCursor {
  readonly client: number
  readonly delegation: string
  readonly anchor: Anchor
}

/** A thread on words; one that has no id is about to be begun. `apart`: it is in the side document. */
export interface ShownThread {
  readonly thread: ThreadView
  readonly apart: boolean
  readonly unread: boolean
}

/** Words that somebody is about to comment on. */
export interface SelectedWords {
  readonly about: ThreadAbout
  readonly ranges: readonly ThreadRange[]
  readonly quote: string
  /** They are in one's side document, so nobody else can be asked about them. */
  readonly apart: boolean
}

/** How a letter is marked in the coloured view; no name for what is not marked. `until`: the clock at which this may end. */
export interface AuthorMark {
  readonly name: string
  readonly colour: string
  readonly until: number
}

/** A letter that somebody asks about, and where it is on the screen. `side`: of one's side document. */
export interface AskedLetter {
  readonly client: number
  readonly clock: number
  readonly side: boolean
  readonly left: number
  readonly bottom: number
}

export interface EditorHost {
  readonly shared: Y.Doc
  /** One's own side document; null for those who have none. */
  readonly side: Y.Doc | null
  /** The delegation one acts for, or the circle one prepares in. */
  readonly delegation: string
  /** Every write of the editor is a transaction of this origin: the history's, and the connection's. */
  readonly origin: unknown
  readonly history: EditHistory
  language(): string
  now(): number
  stage(): Stage
  /** Writing on a unit (null: a new one): the base while drafting, one's amendment in negotiation. Null when one may. */
  mayWrite(unit: string | null): ErrorCode | null
  nameOf(delegation: string): string
  /** What stands beside words of one's own that are not put forward yet: "EU, private". */
  ownLabel(): string
  /** A class of editor.css, `delegation-0` to `delegation-7`. */
  colourOf(delegation: string): string
  /** Those that are shown, in the order of the text. */
  chosen?(): readonly string[]
  /** The page's filter over published amendments. */
  shown(amendment: string): boolean
  /** Of several amendments of one's own on a unit, the one that typing goes into; null for the first. */
  writesOn?(unit: string): string | null
  /** The one paragraph that is shown, with what is proposed in its place; null, or without this, the whole text. */
  only?(): string | null
  onRefused(code: ErrorCode): void
  onSelect(unit: string | null): void
  /** Read out politely to those who do not see the page. */
  announce(sentence: string): void
  /** Others' places in the base; none where cursors are not shared. */
  cursors?(): readonly RemoteCursor[]
  /** One's own place in the base, for the others; null when it is in none. */
  onCaret?(anchor: Anchor | null): void
  /** Threads on words; the same list as long as nothing about them changes. */
  threads?(): readonly ShownThread[]
  onThread?(thread: string): void
  /** Begin a thread on these words; null where there are none. */
  onComment?(words: SelectedWords | null): void
  /** The coloured view; null where it is not shown. The same function as long as nothing has changed. */
  authorMarks?(): ((client: number, clock: number) => AuthorMark) | null
  /** Somebody wants to know who wrote a letter, or no more. */
  onWriter?(letter: AskedLetter | null): void
  /** These letters, which are about to be sent, were taken from sources of the library. */
  onTaken?(takings: readonly Taking[], doc: Y.Doc): void
  /** What of the library is being dragged over the page; null where nothing is. */
  carried?(): SourcePieces | null
  onTook?(pieces: SourcePieces): void
}

export const commandNames = [
  'leave-out', 'restore', 'insert-after', 'alternative', 'delete-unit', 'split', 'join', 'nest', 'lift',
  'move-up', 'move-down', 'footnote', 'set-kind', 'insert', 'substitute', 'join-next', 'move-to', 'bracket', 'placeholder', 'place-anew',
] as const
export type EditorCommand = (typeof commandNames)[number]

export interface CommandOptions {
  /** On this unit; else where the caret is. */
  readonly unit?: string
  /** For `set-kind` and `insert-after`. */
  readonly kind?: UnitKind
  /** For `footnote`, `placeholder`, `insert` and `substitute`. */
  readonly words?: string
  /** For `bracket`. */
  readonly verb?: BracketVerb
  /** For `move-to`: the paragraph it is to follow; '' for the beginning. */
  readonly after?: string
  /** For `place-anew`: one's own amendment that has lost its place. */
  readonly amendment?: string
}

export interface EditorSelection {
  readonly unit: string
  /** The paragraph is a proposal of its own: this one. */
  readonly amendment: string | null
  /** Offsets in the paragraph as shown. */
  readonly from: number
  readonly to: number
}

/**
 * `rolling`: with the open amendments in place; `clean`: the text that stands, alone; `as-if`: the text as it would stand if those
 * that are shown were incorporated. The last two are not to be typed in.
 */
export const viewModes = ['rolling', 'clean', 'as-if'] as const
export type ViewMode = (typeof viewModes)[number]

export interface EditorHandle {
  destroy(): void
  /** Anything the host answers for has changed: stage, filter, rights, names, cursors, language. */
  refresh(): void
  focusUnit(unit: string): void
  scrollToAmendment(amendment: string): void
  undo(): void
  redo(): void
  selection(): EditorSelection | null
  /** Null when done; else why not, which has then also been said through the host. */
  command(name: EditorCommand, options?: CommandOptions): ErrorCode | null
  /** Writes paragraphs of a source behind this unit, or at the end; null when done. */
  take(pieces: SourcePieces, unit?: string): ErrorCode | null
  /** The selected words, as they are shown. */
  words(): string
  setMode(mode: ViewMode): void
  /** Begins a thread on the selected words, as the key does. */
  comment(): void
  composing(): boolean
  /** After each change of one's own: the unit or proposed paragraph it was in. Returns how to stop listening. */
  onEdit(listener: (block: string) => void): () => void
}
