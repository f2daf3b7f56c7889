/** A real server on port 0, with the store in memory and rooms that only remember what they were asked. */
import { once } from 'node:events'
import type { AddressInfo } from 'node:net'
import { pino } from 'pino'
import { WebSocket } from 'ws'
import { makeSession, sessionCookie } from '../../../server/auth/sessions.ts'
import { createConverters } from '../../../server/convert/converters.ts'
import { createHttpServer, type HttpDeps } from '../../../server/http/server.ts'
import { openMemoryStore, type MemoryStore } from '../../../server/store/memory.ts'
import type { Store } from '../../../server/store/store.ts'
import type { SentFile } from '../../../server/commands/context.ts'
import { createLedgers } from '../../../server/record/ledger.ts'
import { noMasthead } from '../../../shared/convert/docx/write/masthead.ts'
import { sheetOfValue } from '../../../shared/convert/docx/write/sheet.ts'
import type { Printed } from '../../../shared/text/printed.ts'
import type { Rooms, Speaker } from '../../../server/sync/service.ts'
import type { Hat } from '../../../shared/policy/types.ts'
import type { CommandAnswer, CommandRequest } from '../../../shared/wire/commands.ts'
import { fixedKeys } from '../keys/fixed-keys.ts'

export const startMs = 1_700_000_000_000
export const dayMs = 24 * 60 * 60 * 1000

export const chairHat: Hat = { role: 'chair', delegation: 'office', kind: 'office', level: 'head' }
export const euHead: Hat = { role: 'delegate', delegation: 'eu', kind: 'group', level: 'head' }
export const euDrafter: Hat = { role: 'delegate', delegation: 'eu', kind: 'group', level: 'drafter' }
export const japanHead: Hat = { role: 'delegate', delegation: 'japan', kind: 'state', level: 'head' }

export interface FakeRooms extends Rooms {
  readonly connected: { readonly room: string; readonly speaker: Speaker }[]
  readonly commands: { readonly request: CommandRequest; readonly speaker: Speaker; readonly file?: SentFile | undefined }[]
  readonly created: { readonly request: CommandRequest; readonly person: { id: string; name: string } }[]
  readonly recordedSeqs: { readonly draft: string; readonly seq: number }[]
  readonly heard: string[]
  /** Last message by thread. */
  readonly messages: Map<string, number>
  /** Until it resolves, no room listens to its sockets. */
  loading: Promise<void>
  answer: CommandAnswer
}

export function fakeRooms(store: Store): FakeRooms {
  const ledgers = createLedgers(store)
  const rooms: FakeRooms = {
    connected: [],
    commands: [],
    created: [],
    recordedSeqs: [],
    heard: [],
    messages: new Map(),
    loading: Promise.resolve(),
    answer: { ok: true, result: {} },
    connect(socket, room, speaker) {
      rooms.connected.push({ room, speaker })
      socket.send('welcome')
      void rooms.loading.then(() => {
        socket.on('message', (data: Buffer) => {
          rooms.heard.push(data.toString())
          socket.send('heard')
        })
        socket.resume()
      })
    },
    async command(request, speaker, file) {
      rooms.commands.push({ request, speaker, ...(file === undefined ? {} : { file }) })
      return rooms.answer
    },
    async createDraft(request, person) {
      rooms.created.push({ request, person })
      return { ok: true, result: { draft: 'new', hatId: 'new-hat' } }
    },
    exported: async (draft, form, filter) => {
      const words = `${form}${form === 'amendments' ? `, ${filter},` : ''} of ${draft}: “words”`
      const printed: Printed = { language: 'en', title: draft, isTitled: true, remarks: [], legend: [], blocks: [{ kind: 'para', depth: 0, number: '', pieces: [{ look: 'plain', words }] }], notes: [], footer: '' }
      return { text: () => `${words}\n`, printed: () => printed, json: () => ({ words }), akn: ({ draft: of, version, date }) => `<akn>${form} of ${of} ${version} on ${date}</akn>`, version: 'now-7' }
    },
    word: async (draft, { form, against, hasOwn }) => ({ word: 'text', sheet: { language: 'en', title: draft, atMs: startMs, from: { draft, version: `now-${against ?? 0}` }, masthead: noMasthead }, units: sheetOfValue({ language: 'en', units: [{ kind: 'op', words: `${form}${hasOwn ? ' with our own' : ''} of ${draft}`, notes: [], children: [] }] }) }),
    lastMessages: async () => rooms.messages,
    past: (draft, record) => Promise.resolve({ units: [], rolling: `${draft} at ${record}` }),
    authors: async (_draft, unit, speaker, nameOf) => ({ authors: [{ imported: false, delegation: speaker.hat.delegation, person: nameOf('ben', 'japan'), amendments: [unit ?? 'all'] }], runs: [] }),
    origins: async (draft) => ({ units: [{ unit: draft, kind: 'new', sources: [], parts: [] }], destinations: [] }),
    paragraphs: async (_draft, source) => (source > 1 ? null : [{ kind: 'op', depth: 0, number: 'OP1', printed: '1.', words: 'Decides to meet.', notes: [] }]),
    speaking: async (_draft, themes) => themes.map((theme) => ({ theme, hits: [], more: false })),
    search: async (_draft, order) => [{ source: null, paragraph: 0, unit: 'u1', words: order.words, exact: order.for === 'said', share: 1 }],
    mayOpen: async (room, speaker) => !room.includes('/side/') || room.endsWith(`/side/${speaker.hat.delegation}`),
    standing: async (_draft, flagged) => ({ stage: 'negotiation', reading: 2, silenceUntilMs: null, progress: { paragraphs: 4, agreed: 1, open: 2, flagged: flagged.size } }),
    ledger: (draft) => ledgers.of(draft),
    recorded: (draft, seq) => void rooms.recordedSeqs.push({ draft, seq }),
    stop: async () => undefined,
  }
  return rooms
}

export interface Answer {
  readonly status: number
  readonly headers: Headers
  readonly text: string
  /** `error.code` of a refusal, else null. */
  readonly code: string | null
  readonly result: Record<string, unknown>
}

export interface World {
  readonly url: string
  readonly store: MemoryStore
  readonly rooms: FakeRooms
  /** What the server logged, as text. */
  readonly log: string[]
  clockMs: number
  get(path: string, cookie?: string): Promise<Answer>
  post(path: string, body: unknown, cookie?: string, headers?: Record<string, string>): Promise<Answer>
  send(path: string, init: RequestInit): Promise<Answer>
  /** The socket's first message, or the status with which the upgrade was refused. */
  connect(path: string, headers?: Record<string, string>): Promise<{ readonly socket: WebSocket; readonly status: number }>
  stop(): Promise<void>
}

export async function openWorld(options: Partial<Pick<HttpDeps, 'clientFolder' | 'rates'>> & { fail?: (op: string) => Error | null } = {}): Promise<World> {
  const log: string[] = []
  const state = { clockMs: startMs }
  const now = () => state.clockMs
  const store = openMemoryStore({ clock: now, ...(options.fail ? { fail: options.fail } : {}) })
  const rooms = fakeRooms(store)
  const converters = createConverters({ threads: 1, waitingMax: 4 })
  const server = createHttpServer({
    store, rooms, keys: fixedKeys, now, converters,
    log: pino({ level: 'trace', errorKey: 'error' }, { write: (line: string) => void log.push(line) }),
    clientFolder: options.clientFolder ?? '/nowhere',
    ...(options.rates ? { rates: options.rates } : {}),
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  const sockets: WebSocket[] = []

  async function send(path: string, init: RequestInit): Promise<Answer> {
    const response = await fetch(url + path, init)
    const text = await response.text()
    const body = response.headers.get('content-type')?.startsWith('application/json') ? JSON.parse(text) as Record<string, never> : {}
    return { status: response.status, headers: response.headers, text, code: body['error']?.['code'] ?? null, result: body['result'] ?? {} }
  }

  return {
    url, store, rooms, log, send,
    get clockMs() { return state.clockMs },
    set clockMs(value) { state.clockMs = value },
    get: (path, cookie = '') => send(path, { headers: { cookie } }),
    post: (path, body, cookie = '', headers = {}) =>
      send(path, { method: 'POST', headers: { cookie, origin: url, 'content-type': 'application/json', ...headers }, body: JSON.stringify(body) }),
    connect(path, headers = {}) {
      const socket = new WebSocket(url.replace('http', 'ws') + path, { headers: { origin: url, ...headers } })
      sockets.push(socket)
      return new Promise((resolve, reject) => {
        socket.on('error', reject)
        socket.on('unexpected-response', (_request, response) => {
          response.resume()
          resolve({ socket, status: response.statusCode ?? 0 })
        })
        socket.once('message', () => resolve({ socket, status: 101 }))
      })
    },
    async stop() {
      for (const socket of sockets) socket.terminate()
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}

/** A draft `d` with the chair's table, the EU and Japan. */
export async function seedDraft(store: Store, draft = 'd'): Promise<void> {
  await store.write([
    { put: 'draft', row: { id: draft, title: 'Safe: migration / “all”', stage: 'drafting', createdBy: 'chair', createdAtMs: startMs } },
    { put: 'delegation', row: { draft, id: 'office', name: 'Chair', kind: 'office' } },
    { put: 'delegation', row: { draft, id: 'eu', name: 'EU', kind: 'group' } },
    { put: 'delegation', row: { draft, id: 'japan', name: 'Japan', kind: 'state' } },
  ])
}

/** A person signed in: their cookie. Their hat in draft `d` is called `<id>-hat`. */
export async function seedPerson(store: Store, id: string, hat: Hat | null = null, options: { canCreate?: boolean; draft?: string } = {}): Promise<string> {
  const session = makeSession(startMs, id)
  await store.write([{ put: 'person', row: { id, name: `Name of ${id}`, canCreate: options.canCreate ?? false } }, session.write])
  if (hat) await store.write([{ put: 'hat', row: { id: `${id}-hat`, draft: options.draft ?? 'd', person: id, hat: { ...hat }, revokedAtMs: null } }])
  return `${sessionCookie}=${session.secret}`
}
