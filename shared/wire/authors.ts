/** What GET /api/drafts/:draft/authors answers: who wrote the letters on the page, as far as the asker may know. */

export interface AuthorView {
  /** Brought in with a text. */
  readonly imported: boolean
  /** Of whoever typed it; null where that is not known or not the asker's to know. */
  readonly delegation: string | null
  /** Their name, for their own people and the chair's table. */
  readonly person: string | null
  /** The amendments that brought it, the last one first. */
  readonly amendments: readonly string[]
}

/** Letters by identity; the index of their author; when they were typed or brought in (0 where an amendment says it). */
export type AuthorRun = readonly [client: number, clock: number, length: number, author: number, atMs: number]

export interface AuthorsView {
  readonly authors: readonly AuthorView[]
  readonly runs: readonly AuthorRun[]
}
