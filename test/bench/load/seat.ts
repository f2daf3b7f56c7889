/** Where somebody sits: what a client needs to come into a room of one of the servers, and to write there. */

export type Language = 'plain' | 'omnibus' | 'hocuspocus' | 'relay'

/** Plain values: seats are sent to the process of the clients. */
export interface Seat {
  readonly language: Language
  readonly url: string
  readonly headers: Readonly<Record<string, string>>
  readonly room: string
  /** The Yjs client id under which it writes. */
  readonly clientId: number
}
