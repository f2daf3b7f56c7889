/** What the HTTP side may ask of the rooms. `main.ts` puts the two together. */
import type { WebSocket } from 'ws'
import type { Hat } from '../../shared/policy/types.ts'
import type { AuthorsView } from '../../shared/wire/authors.ts'
import type { DraftStanding } from '../../shared/wire/standing.ts'
import type { Ledger } from '../record/ledger.ts'
import type { ListFilter } from '../../shared/text/amendment-list.ts'
import type { ComparedUnit } from '../../shared/text/compare.ts'
import type { Derivation, Destination } from '../../shared/text/derivations.ts'
import type { SourceParagraph } from '../../shared/text/paragraphs.ts'
import type { CommandAnswer, CommandRequest } from '../../shared/wire/commands.ts'
import type { SearchHit, ThemeHits } from '../../shared/wire/sources.ts'
import type { SentFile } from '../commands/context.ts'
import type { NameOf } from './authors.ts'
import type { Carrier } from './connection.ts'
import type { WordOrder } from '../../shared/convert/docx/write/order.ts'
import type { VersionedDocument } from './exports.ts'

/**
 * `text` the base, `rolling` the compilation with its legend, `amendments` their official wording, of those that the filter lets
 * through, `derivations` where each paragraph comes from, `destinations` where each paragraph of the sources went,
 * `coverage` which paragraph speaks to which theme.
 */
export const exportForms = ['text', 'rolling', 'amendments', 'derivations', 'destinations', 'coverage'] as const
export type ExportForm = (typeof exportForms)[number]

export interface WordAsked {
  readonly form: ExportForm
  /** Of `amendments`. */
  readonly filter: ListFilter
  /** The rest is of `rolling`, whose amendments are tracked changes. The version that rejecting all gives; null for the text that stands. */
  readonly against: number | null
  /** With what the speaker's own delegation has in preparation. */
  readonly hasOwn: boolean
  /** Open threads as comments, those of the delegation's own people too where it is with their proposals. */
  readonly hasThreads: boolean
}

/** A person in one capacity, as the session and the hats table say, never as a message says. */
export interface Speaker {
  readonly person: string
  readonly personName: string
  readonly hatId: string
  readonly hat: Hat
}

/** The draft as it stood when an entry of the record was made. */
export interface PastText {
  readonly units: readonly ComparedUnit[]
  /** The compilation of that moment, as it is exported. */
  readonly rolling: string
}

/** Where the words of a draft come from, and where those of its sources went: only paragraphs of sources that went somewhere, or were left out with a reason. */
export interface Origins {
  readonly units: readonly Derivation[]
  readonly destinations: readonly Destination[]
}

export interface SearchOrder {
  readonly words: string
  /** `said`: where these words stand; `alike`: paragraphs that have much in common with this one. */
  readonly for: 'said' | 'alike'
}

export interface Rooms {
  /**
   * Takes over an open socket whose session, origin and hat have been checked; `room` is a document id (see
   * wire/protocol). The socket comes paused: `resume` it when its messages are listened to.
   */
  connect(socket: WebSocket, room: string, speaker: Speaker, carrier?: Carrier): void
  /** Executes a command other than `create-draft` once. `speaker` was resolved from request.hatId; `file` came beside it. Never rejects. */
  command(request: CommandRequest, speaker: Speaker, file?: SentFile): Promise<CommandAnswer>
  /** Makes a draft with its chair's table and the sender as chair; idempotent by key. Never rejects. */
  createDraft(request: CommandRequest, person: { id: string; name: string }): Promise<CommandAnswer>
  /** The draft as committed. */
  exported(draft: string, form: ExportForm, filter: ListFilter): Promise<VersionedDocument>
  /** The draft as committed, as a Word file; without a speaker (whoever holds the data folder) with nobody's own. Rejects with `bad-command` where there is no speaker whose own it could be, `no-such-version`, `not-yours`. */
  word(draft: string, asked: WordAsked, speaker: Speaker | null): Promise<WordOrder>
  /** The number of the last message of each thread that this speaker may read. */
  lastMessages(draft: string, speaker: Speaker): Promise<ReadonlyMap<string, number>>
  /** Rejects with `no-such-page` where the entry is of a kind that no one looks back to, or is not there. */
  past(draft: string, recordSeq: number): Promise<PastText>
  /** Who wrote the letters of the draft as committed, or of one unit of it. Rejects with `no-such-unit`. */
  authors(draft: string, unit: string | null, speaker: Speaker, nameOf: NameOf): Promise<AuthorsView>
  /** As committed. */
  origins(draft: string): Promise<Origins>
  /** Of a source of the library; null where there is none, or none was read. */
  paragraphs(draft: string, source: number): Promise<readonly SourceParagraph[] | null>
  /** In the library and in the draft as committed, the best first, at most `searchHitsMax`. */
  search(draft: string, order: SearchOrder): Promise<readonly SearchHit[]>
  /** Paragraphs of the library that speak to these themes of the draft; of what is no theme of it nothing is told. */
  speaking(draft: string, themes: readonly number[]): Promise<readonly ThemeHits[]>
  /** May this speaker open that room? The side documents are for their own people, a circle's for those of its members. */
  mayOpen(room: string, speaker: Speaker): Promise<boolean>
  /** Where a draft is on its way, as committed; `flagged`: amendments under a flag that the asker may know of. */
  standing(draft: string, flagged: ReadonlySet<string>): Promise<DraftStanding>
  /** Positions and reviews of a draft, as the record now has them. */
  ledger(draft: string): Promise<Ledger>
  /** Entry `seq` was added to the draft's record beside the rooms (somebody joined): tells everyone connected to it. */
  recorded?(draft: string, seq: number): void
  /** After every pending append is committed and every socket has been told. */
  stop(): Promise<void>
}
