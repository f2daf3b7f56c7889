/** What the delegation notes for its own people about a paragraph: instructions, red line, fallback. */
import type { JSX } from 'preact'
import { useId } from 'preact/hooks'
import { noteKinds } from '../../../shared/model/layout.ts'
import type { NoteKind } from '../../../shared/model/layout.ts'
import { readNotes, writeNote } from '../../../shared/model/side-notes.ts'
import type { SideNote } from '../../../shared/model/side-notes.ts'
import { limits } from '../../../shared/wire/limits.ts'
import { message } from '../../messages/index.ts'
import { factsOnRoom, judge } from '../../room/facts.ts'
import type { RoomSession } from '../../room/session.ts'

/** Not of the editor's origin: undo in the text is not about these. */
const origin = { noted: true }

export function PrivateNotes({ session, unit }: { readonly session: RoomSession; readonly unit: string }): JSX.Element | null {
  const view = session.view.value
  const { side } = session
  if (side === null || session.place !== null) return null
  const notes = readNotes(side, unit)
  const filled = notes.filter(({ words }) => words.trim() !== '').length
  const writes = session.writable.value && judge({ ...factsOnRoom(session.standing.value), ...session.sideFacts() }, 'write-notes').code === null
  if (!writes && filled === 0) return null
  return (
    <details class="private-notes">
      <summary>{message('notes', { delegation: view.nameOf(session.hat.delegation), count: filled })}</summary>
      {noteKinds.flatMap((kind) => fieldsOf(notes, kind)).map(({ kind, note, words, index }) => (
        // By place and not by id: the field stays where it is when its first letter begins the note.
        <Note key={`${kind} ${index}`} kind={kind} words={words} writes={writes} onInput={(next) => void writeNote(side, { unit, kind, note: noteNow(session, unit, kind, note) }, next, origin)} />
      ))}
    </details>
  )
}

interface NoteField {
  readonly kind: NoteKind
  readonly note: string | null
  readonly words: string
  readonly index: number
}

/** One for each note of a kind (two colleagues may each have begun one), and one where there is none. */
function fieldsOf(notes: readonly SideNote[], kind: NoteKind): NoteField[] {
  const own = notes.filter((note) => note.kind === kind)
  if (own.length === 0) return [{ kind, note: null, words: '', index: 0 }]
  return own.map(({ id, words }, index) => ({ kind, note: id, words, index }))
}

/** The one begun by the keystroke before, which the page may not have read yet. */
const noteNow = (session: RoomSession, unit: string, kind: NoteKind, note: string | null): string | null =>
  note ?? readNotes(session.side!, unit).find((one) => one.kind === kind)?.id ?? null

interface NoteProps {
  readonly kind: NoteKind
  readonly words: string
  readonly writes: boolean
  readonly onInput: (words: string) => void
}

function Note({ kind, words, writes, onInput }: NoteProps): JSX.Element {
  const id = useId()
  return (
    <div class="field">
      <label for={id}>{message(`note-kind-${kind}`)}</label>
      <textarea
        id={id}
        rows={2}
        value={words}
        readOnly={!writes}
        maxLength={limits.noteCharactersMax}
        // One paragraph each, as every text is.
        onKeyDown={(event) => { if (event.key === 'Enter' && !event.isComposing) event.preventDefault() }}
        onInput={(event) => onInput(event.currentTarget.value)}
      />
    </div>
  )
}
