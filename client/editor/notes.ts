/** The footnotes at the foot of the page. Their words are written there; in the text stand only their marks. */
import { replaceNoteWords } from '../../shared/model/operations.ts'
import type { NoteView } from '../../shared/model/units.ts'
import { refusalFor } from './desk.ts'
import type { Desk } from './desk.ts'
import { differenceOf } from './difference.ts'

export interface NoteList {
  readonly element: HTMLElement
  show(): void
  focus(note: string): void
}

export function noteList(desk: Desk): NoteList {
  const element = document.createElement('ol')
  element.className = 'notes'
  element.setAttribute('aria-label', 'Footnotes')
  const fields = new Map<string, HTMLTextAreaElement>()
  /** What each field showed when it was last equal to the document. */
  const known = new Map<string, string>()
  const composing = new Set<string>()

  const make = (note: string): HTMLTextAreaElement => {
    const field = document.createElement('textarea')
    field.rows = 1
    field.dataset['note'] = note
    field.addEventListener('input', (event) => {
      if (!(event instanceof InputEvent && event.isComposing)) write(note, field)
    })
    field.addEventListener('compositionstart', () => composing.add(note))
    field.addEventListener('compositionend', () => {
      composing.delete(note)
      write(note, field)
      show()
    })
    return field
  }
  const write = (note: string, field: HTMLTextAreaElement): void => {
    const edit = differenceOf(known.get(note) ?? '', field.value, field.selectionEnd)
    known.set(note, field.value)
    if (edit !== null) desk.type(() => (replaceNoteWords(desk.host.shared, note, edit.from, edit.to, edit.words, desk.host.origin), null))
  }
  const update = (field: HTMLTextAreaElement, note: NoteView, refused: boolean): void => {
    field.readOnly = refused
    field.setAttribute('aria-label', `Footnote ${note.number}`)
    if (composing.has(note.id) || (known.get(note.id) === note.words && field.value === note.words)) return
    const edit = differenceOf(field.value, note.words)
    const move = (offset: number): number => (edit === null || offset <= edit.from ? offset : Math.max(edit.from, offset + edit.words.length - (edit.to - edit.from)))
    const [start, end] = [move(field.selectionStart), move(field.selectionEnd)]
    field.value = note.words
    known.set(note.id, note.words)
    if (document.activeElement === field) field.setSelectionRange(start, end)
  }
  const show = (): void => {
    const notes = desk.projection().blocks.flatMap((block) => (block.unit?.notes ?? []).map((note) => ({ note, block })))
    element.hidden = notes.length === 0
    const live = new Set(notes.map(({ note }) => note.id))
    for (const [id, field] of fields) {
      if (live.has(id)) continue
      field.parentElement?.remove()
      fields.delete(id)
      known.delete(id)
    }
    for (const [index, { note, block }] of notes.entries()) {
      let field = fields.get(note.id)
      if (field === undefined) {
        fields.set(note.id, (field = make(note.id)))
        document.createElement('li').append(field)
      }
      const item = field.parentElement!
      if (element.children[index] !== item) element.insertBefore(item, element.children[index] ?? null)
      update(field, note, desk.host.stage() !== 'drafting' || refusalFor(desk, block) !== null)
    }
  }
  return { element, show, focus: (note) => fields.get(note)?.focus() }
}
