/**
 * What the page asks of the server over HTTP, with typed answers. Nothing here throws: whatever goes wrong is an answer
 * with a code of `shared/wire/errors.ts`, or `offline` when no answer came at all.
 */
import type { StandEntry } from '../shared/record/entries.ts'
import type { SignedHead } from '../shared/record/heads.ts'
import type { Hat, Role } from '../shared/policy/types.ts'
import type { ListFilter } from '../shared/text/amendment-list.ts'
import type { ComparedUnit } from '../shared/text/compare.ts'
import type { InviteEntry, MemberEntry, RecordEntry } from '../shared/wire/answers.ts'
import type { AuthorsView } from '../shared/wire/authors.ts'
import type { CommandRequest, CommandResult } from '../shared/wire/commands.ts'
import type { Derivation, Destination } from '../shared/text/derivations.ts'
import type { SourceParagraph } from '../shared/text/paragraphs.ts'
import type { SearchHit, SourceHead } from '../shared/wire/sources.ts'
import type { ThemeHits } from '../shared/wire/sources.ts'
import type { DraftStanding } from '../shared/wire/standing.ts'
import { message } from './messages/index.ts'

export interface Failure {
  readonly ok: false
  /** HTTP status; 0 when no answer came. */
  readonly status: number
  readonly code: string
  readonly sentence: string
}

export type Answer<T> = { readonly ok: true; readonly result: T } | Failure

export interface JoinPreview {
  readonly needsName: true
  readonly draftTitle: string | null
  readonly delegationName: string | null
  readonly role: Role | null
}

export interface Joined {
  readonly draft: string | null
  readonly hatId: string | null
}

export interface HatEntry {
  readonly hatId: string
  readonly hat: Hat
  readonly delegationName: string
  readonly draft: string
  readonly title: string
  readonly stage: string
}

export interface Me {
  readonly person: { readonly id: string; readonly name: string; readonly canCreate: boolean }
  readonly hats: readonly HatEntry[]
}

export interface DelegationEntry {
  readonly id: string
  readonly name: string
  readonly kind: string
}

export interface VersionHead {
  readonly number: number
  /** One of the kinds of shared/policy. */
  readonly kind: string
  readonly name: string
  readonly symbol: string
  /** The delegation that kept it. */
  readonly by: string
  readonly sha256: string
  readonly atMs: number
}

/** The draft as it stood at an entry of the record. */
export interface PastText {
  readonly units: readonly ComparedUnit[]
  readonly rolling: string
}

export interface DraftInfo {
  readonly draft: { readonly id: string; readonly title: string; readonly stage: string; readonly createdAtMs: number }
  readonly hat: Hat
  readonly hatId: string
  readonly delegations: readonly DelegationEntry[]
  readonly members: readonly MemberEntry[]
  readonly invites: readonly InviteEntry[]
  readonly versions: readonly VersionHead[]
  readonly visit: { readonly recordSeq: number; readonly atMs: number } | null
  /** How far one has read each thread. */
  readonly seen: readonly SeenEntry[]
  readonly recordSeq: number
}

export interface SeenEntry {
  readonly thread: string
  readonly message: number
}

/** Some of the record, and its signed end, which may be further on. */
export interface RecordAnswer {
  readonly entries: readonly RecordEntry[]
  readonly head: SignedHead | null
}

/** Positions and reviews that this capacity may read, after an entry of the record; `seq` is the record's last. */
export interface PositionsAnswer {
  readonly seq: number
  readonly opened: boolean
  readonly entries: readonly StandEntry[]
}

/** Both tables, as the text stands. */
export interface Origins {
  readonly units: readonly Derivation[]
  readonly destinations: readonly Destination[]
}

export interface SearchAsked {
  readonly words: string
  readonly for: 'said' | 'alike'
}

export type Fetch = (path: string, init: RequestInit) => Promise<Response>

const offline = (): Failure => ({ ok: false, status: 0, code: 'offline', sentence: message('error-offline') })
const unreadable = (status: number): Failure => ({ ok: false, status, code: 'unreadable', sentence: message('error-unreadable') })

const isRecord = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null && !Array.isArray(value)

/** What a body of JSON says; `offline` where no answer came at all, whose status is 0. */
export function answerIn<T>(status: number, body: unknown): Answer<T> {
  if (status === 0) return offline()
  if (!isRecord(body)) return unreadable(status)
  if (body['ok'] === true) return { ok: true, result: body['result'] as T }
  const error = body['error']
  if (!isRecord(error) || typeof error['code'] !== 'string' || typeof error['sentence'] !== 'string') return unreadable(status)
  return { ok: false, status, code: error['code'], sentence: error['sentence'] }
}

const answerOf = async <T>(response: Response): Promise<Answer<T>> => answerIn(response.status, await response.json().catch(() => null))

export interface Api {
  /** The server's clock, as it last told: that of the machine may be wrong. */
  nowMs(): number
  join(link: string, secret: string, name?: string): Promise<Answer<JoinPreview | Joined>>
  signOut(): Promise<Answer<unknown>>
  me(): Promise<Answer<Me>>
  draft(draft: string, hatId?: string): Promise<Answer<DraftInfo>>
  /** For the list of drafts. */
  standing(draft: string, hatId: string): Promise<Answer<DraftStanding>>
  record(draft: string, hatId: string, after: number): Promise<Answer<RecordAnswer>>
  positions(draft: string, hatId: string, after: number): Promise<Answer<PositionsAnswer>>
  visit(draft: string, hatId: string, recordSeq: number): Promise<Answer<unknown>>
  seen(draft: string, hatId: string, seen: readonly SeenEntry[]): Promise<Answer<{ readonly seen: readonly SeenEntry[] }>>
  authors(draft: string, hatId: string): Promise<Answer<AuthorsView>>
  versionText(draft: string, hatId: string, version: number): Promise<Answer<{ readonly units: readonly ComparedUnit[] }>>
  past(draft: string, hatId: string, record: number): Promise<Answer<PastText>>
  /** Paragraphs of the library that speak to these themes. */
  speaking(draft: string, hatId: string, themes: readonly number[]): Promise<Answer<{ readonly themes: readonly ThemeHits[] }>>
  leases(hatId: string, room: string, count: number): Promise<Answer<{ readonly clientIds: readonly number[] }>>
  command(request: CommandRequest): Promise<Answer<CommandResult>>
  sources(draft: string, hatId: string): Promise<Answer<{ readonly sources: readonly SourceHead[] }>>
  sourceText(draft: string, hatId: string, source: number): Promise<Answer<{ readonly paragraphs: readonly SourceParagraph[] }>>
  origins(draft: string, hatId: string): Promise<Answer<Origins>>
  search(draft: string, hatId: string, asked: SearchAsked): Promise<Answer<{ readonly hits: readonly SearchHit[] }>>
}

const path = encodeURIComponent

export function createApi(fetching: Fetch = (at, init) => fetch(at, init), clock: () => number = Date.now): Api {
  let aheadMs = 0
  const send = async <T>(at: string, init: RequestInit): Promise<Answer<T>> => {
    try {
      const response = await fetching(at, { credentials: 'same-origin', ...init })
      const answer = await answerOf<T>(response)
      const toldMs = Date.parse(response.headers.get('date') ?? '')
      // Whoever answers in the server's place has a clock of their own.
      if (Number.isFinite(toldMs) && (answer.ok || answer.code !== 'unreadable')) aheadMs = toldMs - clock()
      return answer
    } catch {
      return offline()
    }
  }
  const get = <T>(at: string): Promise<Answer<T>> => send(at, { method: 'GET', headers: { accept: 'application/json' } })
  const post = <T>(at: string, body: unknown): Promise<Answer<T>> =>
    send(at, { method: 'POST', headers: { 'content-type': 'application/json', accept: 'application/json' }, body: JSON.stringify(body) })
  return {
    nowMs: () => clock() + aheadMs,
    join: (link, secret, name) => post(`/api/links/${path(link)}`, name === undefined ? { secret } : { secret, name }),
    signOut: () => post('/api/sign-out', {}),
    me: () => get('/api/me'),
    draft: (draft, hatId) => get(`/api/drafts/${path(draft)}${hatId === undefined ? '' : `?hat=${path(hatId)}`}`),
    standing: (draft, hatId) => get(`/api/drafts/${path(draft)}/standing?hat=${path(hatId)}`),
    record: (draft, hatId, after) => get(`/api/drafts/${path(draft)}/record?hat=${path(hatId)}&after=${after}`),
    positions: (draft, hatId, after) => get(`/api/drafts/${path(draft)}/positions?hat=${path(hatId)}&after=${after}`),
    visit: (draft, hatId, recordSeq) => post(`/api/drafts/${path(draft)}/visit`, { hatId, recordSeq }),
    seen: (draft, hatId, seen) => post(`/api/drafts/${path(draft)}/seen`, { hatId, seen }),
    authors: (draft, hatId) => get(`/api/drafts/${path(draft)}/authors?hat=${path(hatId)}`),
    versionText: (draft, hatId, version) => get(`/api/drafts/${path(draft)}/versions/${version}/text?hat=${path(hatId)}`),
    past: (draft, hatId, record) => get(`/api/drafts/${path(draft)}/past/${record}?hat=${path(hatId)}`),
    speaking: (draft, hatId, themes) => get(`/api/drafts/${path(draft)}/speaking?hat=${path(hatId)}&themes=${themes.join(',')}`),
    leases: (hatId, room, count) => post('/api/leases', { hatId, room, count }),
    command: (request) => post('/api/commands', request),
    sources: (draft, hatId) => get(`/api/drafts/${path(draft)}/sources?hat=${path(hatId)}`),
    sourceText: (draft, hatId, source) => get(`/api/drafts/${path(draft)}/sources/${source}?hat=${path(hatId)}`),
    origins: (draft, hatId) => get(`/api/drafts/${path(draft)}/origins?hat=${path(hatId)}`),
    search: (draft, hatId, asked) => post(`/api/drafts/${path(draft)}/search`, { hatId, ...asked }),
  }
}

/** What a draft is written as: as it stands, its compilation, its amendments, or one of its versions. */
export type WrittenForm = 'text' | 'rolling' | 'amendments' | 'coverage' | 'derivations' | 'destinations' | `version-${number}`
export type WrittenFormat = 'text' | 'html' | 'pdf' | 'json' | 'akn' | 'docx'

export interface WrittenOrder {
  readonly form: WrittenForm
  readonly format: WrittenFormat
  /** Of a list of amendments. */
  readonly status: ListFilter
  /** A PDF with its lines numbered. */
  readonly lines: boolean
  /** Of the rolling text in Word: the version that its changes are shown against, with what one's own delegation prepares, and with threads as comments. */
  readonly word?: { readonly against: number | null; readonly hasOwn: boolean; readonly hasThreads: boolean }
}

export function writtenPath(draft: string, hatId: string, { form, format, status, lines, word }: WrittenOrder): string {
  const version = /^version-(\d+)$/.exec(form)?.[1]
  const what = version === undefined ? `export?form=${form}${form === 'amendments' ? `&status=${status}` : ''}` : `versions/${version}/written?`
  return `/api/drafts/${path(draft)}/${what}&hat=${path(hatId)}&as=${format}${lines ? '&lines=1' : ''}${word === undefined ? '' : wordQuery(word)}`
}

const wordQuery = ({ against, hasOwn, hasThreads }: NonNullable<WrittenOrder['word']>): string =>
  `${against === null ? '' : `&against=${against}`}${hasOwn ? '&own=1' : ''}${hasThreads ? '&threads=1' : ''}`

export const recordPath = (draft: string, hatId: string, form: 'jsonl' | 'csv'): string =>
  `/api/drafts/${path(draft)}/record/export?hat=${path(hatId)}&form=${form}`

export const versionPath = (draft: string, hatId: string, version: number): string =>
  `/api/drafts/${path(draft)}/versions/${version}?hat=${path(hatId)}`

export const sealedPath = (draft: string, hatId: string, version: number): string =>
  `/api/drafts/${path(draft)}/versions/${version}/sealed?hat=${path(hatId)}`

export const sourcePath = (draft: string, hatId: string, source: number): string =>
  `/api/drafts/${path(draft)}/sources/${source}/file?hat=${path(hatId)}`

/** Where a file is sent with the command that adds it to the library. */
export const addSourcePath = (draft: string, request: CommandRequest): string =>
  `/api/drafts/${path(draft)}/sources?order=${path(JSON.stringify(request))}`
