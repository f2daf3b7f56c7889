/** Somebody at work without a browser: the HTTP interface, the client's own connections, the model's own operations. */
import { WebSocket } from 'ws'
import type * as Y from 'yjs'
import { memoryLocalStore, openRoomConnection } from '../../../client/connection/index.ts'
import type { RoomConnection, Socket, Unsent } from '../../../client/connection/index.ts'
import { judgeOfBase, judgeOfSide } from '../../../client/room/judge.ts'
import { placeAmendment, readAmendments } from '../../../shared/model/amendments.ts'
import { readCircle } from '../../../shared/model/circles.ts'
import { readPublished } from '../../../shared/model/decisions.ts'
import { defineShared, defineSide, newDoc } from '../../../shared/model/layout.ts'
import { readDraft } from '../../../shared/model/reader.ts'
import { readAmendmentState } from '../../../shared/model/state.ts'
import { scanText } from '../../../shared/model/texts.ts'
import type { DraftView, UnitView } from '../../../shared/model/units.ts'
import { digestOfAmendment, digestOfUnit } from '../../../shared/lifecycle/digests.ts'
import { compile } from '../../../shared/text/compile.ts'
import { editAmendment, ownAmendment } from '../../../shared/text/edit.ts'
import type { Hat } from '../../../shared/policy/types.ts'
import type { Command, CommandResult } from '../../../shared/wire/commands.ts'
import { sideRoomOf } from '../../../shared/wire/protocol.ts'

export class Refused extends Error {}

/** A kept connection may end in the moment in which it is used again: what was asked is asked once more, as the page does. */
async function again(ask: () => Promise<Response>): Promise<Response> {
  try {
    return await ask()
  } catch (error) {
    const { cause } = error as { readonly cause?: { readonly code?: string } }
    if (cause?.code !== 'UND_ERR_SOCKET' && cause?.code !== 'ECONNRESET') throw error
    return ask()
  }
}

let keys = 0

export class Person {
  readonly name: string
  readonly address: string
  /** Every byte that came in on this person's sockets, frame after frame. */
  readonly frames: Uint8Array[] = []
  /** Every answer of the server, as text. */
  readonly answers: string[] = []
  cookie = ''
  /** The circle prepared in; the delegation's own side document when empty. */
  place = ''
  draft = ''
  hatId = ''
  hat!: Hat
  shared = defineShared(newDoc())
  side = defineSide(newDoc())
  connections: RoomConnection[] = []
  /** What the device keeps, by room. */
  stores = new Map<string, ReturnType<typeof memoryLocalStore>>()
  /** Words that were not taken. */
  unsent: Unsent[] = []
  isOffline = false
  #sockets: WebSocket[] = []

  constructor(name: string, address: string) {
    this.name = name
    this.address = address
  }

  async call(path: string, body?: unknown): Promise<CommandResult & Record<string, unknown>> {
    const response = await again(() => fetch(`${this.address}${path}`, {
      method: body === undefined ? 'GET' : 'POST',
      headers: {
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        origin: this.address,
        ...(this.cookie === '' ? {} : { cookie: this.cookie }),
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    }))
    const set = response.headers.get('set-cookie')
    if (set !== null) this.cookie = set.split(';')[0]!
    const text = await response.text()
    this.answers.push(text)
    const answer = JSON.parse(text) as { ok: boolean; result: CommandResult & Record<string, unknown>; error?: { code: string } }
    if (!answer.ok) throw new Refused(answer.error!.code)
    return answer.result
  }

  async text(path: string): Promise<string> {
    const text = await (await fetch(`${this.address}${path}`, { headers: { cookie: this.cookie } })).text()
    this.answers.push(text)
    return text
  }

  /** Opens an invitation or sign-in link. */
  async follow(link: string): Promise<void> {
    const [path, secret] = link.split('#') as [string, string]
    const result = await this.call(`/api/links/${path.split('/').at(-1)!}`, { secret, name: this.name })
    if (typeof result.draft === 'string') await this.wear(result.draft, result.hatId!)
  }

  async wear(draft: string, hatId: string): Promise<void> {
    this.draft = draft
    this.hatId = hatId
    const { hats } = (await this.call('/api/me')) as unknown as { hats: { hatId: string; hat: Hat }[] }
    this.hat = hats.find((one) => one.hatId === hatId)!.hat
  }

  command(body: Command, key = `walk-key-${++keys}`): Promise<CommandResult> {
    return this.call('/api/commands', { key, draft: this.draft, hatId: this.hatId, body })
  }

  /** Both rooms, received and writable. */
  async enter(): Promise<void> {
    this.connections = [this.#open(this.draft, this.shared)]
    if (this.hat.role !== 'observer') this.connections.push(this.#open(sideRoomOf(this.draft, this.place === '' ? this.hat.delegation : this.place), this.side))
    await this.until(() => this.connections.every((one) => one.status.value.phase === 'live' && one.status.value.writable))
  }

  #open(room: string, doc: Y.Doc): RoomConnection {
    const local = memoryLocalStore([...(this.stores.get(room)?.kept.values() ?? [])])
    this.stores.set(room, local)
    const isShared = doc === this.shared
    return openRoomConnection({
      url: this.address.replace('http', 'ws'),
      room,
      hatId: this.hatId,
      doc,
      lease: async () => ((await this.call('/api/leases', { hatId: this.hatId, room, count: 1 })) as unknown as { clientIds: number[] }).clientIds[0]!,
      socketOf: (url) => {
        if (this.isOffline) return new WebSocket('ws://127.0.0.1:1') as unknown as Socket
        const socket = new WebSocket(url, { headers: { cookie: this.cookie, origin: this.address } })
        socket.on('message', (data: ArrayBuffer | Buffer) => void this.frames.push(new Uint8Array(data as ArrayBuffer)))
        this.#sockets.push(socket)
        return socket as unknown as Socket
      },
      local,
      anchored: this.shared,
      judge: async () => {
        if (isShared) return judgeOfBase(this.hat, this.shared, () => this.view)
        await this.until(() => this.connections[0]?.status.value.writable === true)
        return judgeOfSide(this.hat, this.shared, () => (this.place === '' ? { delegation: this.hat.delegation } : { circle: this.circle() }))
      },
      unsent: (unsent) => void this.unsent.push(...unsent),
    })
  }

  /** The circle that is prepared in, as the room knows it. */
  circle(): { readonly members: readonly string[]; readonly open: boolean } {
    const found = readCircle(this.shared, this.place)
    return { members: found?.members ?? [], open: found?.open ?? false }
  }

  /** Without a connection from now on; resolves when the page has noticed. */
  async cut(): Promise<void> {
    this.isOffline = true
    for (const socket of this.#sockets.splice(0)) socket.terminate()
    await this.until(() => this.connections.every((one) => one.status.value.phase === 'offline'))
  }

  mend(): void {
    this.isOffline = false
    for (const connection of this.connections) connection.retry()
  }

  /** Opens the rooms anew on what the device kept, as the page does after a refusal; resolves when all is saved that can be. */
  async reopen(): Promise<void> {
    await this.leave()
    this.isOffline = false
    this.shared = defineShared(newDoc())
    this.side = defineSide(newDoc())
    await this.enter()
  }

  async leave(): Promise<void> {
    await Promise.all(this.connections.map((one) => one.close()))
    this.connections = []
  }

  /** Resolves when it holds; asked again whenever a document or a connection changes. */
  until(holds: () => boolean): Promise<void> {
    return new Promise((resolve) => {
      const ends: (() => void)[] = []
      const look = (): void => {
        if (!holds()) return
        for (const end of ends) end()
        resolve()
      }
      for (const doc of [this.shared, this.side]) {
        doc.on('afterTransaction', look)
        ends.push(() => doc.off('afterTransaction', look))
      }
      ends.push(...this.connections.map((one) => one.status.subscribe(look)))
      look()
    })
  }

  saved(): Promise<void> {
    return this.until(() => this.connections.every((one) => one.status.value.saved === 'saved'))
  }

  get view(): DraftView {
    return readDraft(this.shared)
  }

  unit(number: string): UnitView {
    const found = this.view.units.find((unit) => unit.number === number)
    if (found === undefined) throw new RangeError(`${this.name} sees no ${number}`)
    return found
  }

  seenUnit(number: string): { unit: string; digest: string } {
    const unit = this.unit(number)
    return { unit: unit.id, digest: digestOfUnit(unit) }
  }

  /** Words in place of others in the delegation's own amendment on a unit. Returns its id. */
  propose(number: string, find: string, words: string): string {
    const unit = this.unit(number)
    const known = ownAmendment(this.side, this.shared, unit.id)
    const own = known === null ? null : placeAmendment(this.shared, unit, readPublished(this.side, known)!, scanText)
    const runs = compile(unit.atoms, own === null ? [] : [own])
    const from = runs.map((run) => run.words).join('').indexOf(find)
    if (from === -1) throw new RangeError(`${this.name} sees no ${find}`)
    return editAmendment({ shared: this.shared, side: this.side, unit, runs, own }, { from, to: from + find.length, words }, 'editor')!
  }

  async putForward(amendment: string): Promise<void> {
    await this.saved()
    await this.command({ command: 'put-forward', amendment, digest: this.prepared(amendment) })
    await this.until(() => this.stands(amendment) !== null)
  }

  prepared(amendment: string): string {
    return digestOfAmendment(readAmendments(this.side).find((one) => one.id === amendment)!)
  }

  stands(amendment: string): { amendment: string; digest: string } | null {
    const state = readAmendmentState(this.shared, amendment)
    return state === null ? null : { amendment, digest: state.digest }
  }

  /** As this person sees it. */
  async sees(amendment: string): Promise<{ amendment: string; digest: string }> {
    await this.until(() => this.stands(amendment) !== null)
    return this.stands(amendment)!
  }

  /** Whether any of these words ever came in on this person's sockets. */
  received(words: string): boolean {
    const wanted = Buffer.from(words, 'utf8')
    return this.frames.some((frame) => Buffer.from(frame).includes(wanted))
  }

  /** Leaves the rooms and enters them again, preparing in a circle, or with '' in the delegation's own side document. */
  async goTo(place: string): Promise<void> {
    await this.saved()
    await this.leave()
    this.place = place
    this.shared = defineShared(newDoc())
    this.side = defineSide(newDoc())
    await this.enter()
  }
}
