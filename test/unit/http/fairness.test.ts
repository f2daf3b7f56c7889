/** Real rooms behind a real server, one of them flooded. */
import { once } from 'node:events'
import type { AddressInfo } from 'node:net'
import { pino } from 'pino'
import { expect, it, onTestFinished } from 'vitest'
import { WebSocket } from 'ws'
import * as Y from 'yjs'
import { leaseClientIds } from '../../../server/auth/leases.ts'
import { makeSession, sessionCookie } from '../../../server/auth/sessions.ts'
import { createConverters } from '../../../server/convert/converters.ts'
import { createHttpServer } from '../../../server/http/server.ts'
import { openMemoryStore } from '../../../server/store/memory.ts'
import { createRooms } from '../../../server/sync/rooms.ts'
import type { Speaker } from '../../../server/sync/service.ts'
import { importText } from '../../../shared/convert/importText.ts'
import { defineShared, newDoc, textsOf } from '../../../shared/model/layout.ts'
import type { Hat } from '../../../shared/policy/types.ts'
import { limits } from '../../../shared/wire/limits.ts'
import { decodeMessage, encodeMessage, syncStep1, syncStep2, type Message } from '../../../shared/wire/protocol.ts'
import { fixedKeys } from '../keys/fixed-keys.ts'

const floodersOf = 6
const messagesEach = 1_200
const hat: Hat = { role: 'facilitator', delegation: 'office', kind: 'office', level: 'head' }

interface Typist {
  readonly heard: (message: Message) => void
  say(message: Message): void
  /** The next keystroke, under an issued id. */
  type(): Uint8Array
}

/** A server with two drafts, and a way in for new people. */
async function openServer() {
  const store = openMemoryStore()
  const log = pino({ level: 'silent' })
  const rooms = createRooms({ store, keys: fixedKeys, log, now: Date.now })
  const server = createHttpServer({ store, rooms, keys: fixedKeys, converters: createConverters({ threads: 1 }), log, now: Date.now, clientFolder: '/nowhere' })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  onTestFinished(async () => {
    server.closeAllConnections()
    server.close()
    await rooms.stop()
  })
  await store.write([{ put: 'person', row: { id: 'chair', name: 'Chair', canCreate: true } }])
  const draft = async (key: string): Promise<string> => {
    const made = await rooms.createDraft({ key, body: { command: 'create-draft', title: 'T', language: 'en' } }, { id: 'chair', name: 'Chair' })
    if (!made.ok) throw new Error(made.error.code)
    const speaker: Speaker = { person: 'chair', personName: 'Chair', hatId: made.result.hatId!, hat: { ...hat, role: 'chair' } }
    const value = importText('1. Requests a report;\n').value
    const answer = await rooms.command({ key: `${key}-text`, draft: made.result.draft!, hatId: speaker.hatId, body: { command: 'import', value } }, speaker)
    if (!answer.ok) throw new Error(answer.error.code)
    return made.result.draft!
  }
  const enter = async (room: string, person: string, heard: (message: Message) => void): Promise<Typist> => {
    const session = makeSession(Date.now(), person)
    const hatId = `${person}-hat`
    await store.write([{ put: 'person', row: { id: person, name: person, canCreate: false } }, session.write, { put: 'hat', row: { id: hatId, draft: room, person, hat: { ...hat }, revokedAtMs: null } }])
    const [clientId] = await leaseClientIds(store, room, { person, personName: person, hatId, hat }, 1)
    const socket = new WebSocket(`${origin.replace('http', 'ws')}/sync/${room}?hat=${hatId}`, { headers: { cookie: `${sessionCookie}=${session.secret}`, origin } })
    const doc = defineShared(newDoc())
    const synced = new Promise<void>((resolve) => socket.on('message', (data: Buffer) => {
      const message = decodeMessage(new Uint8Array(data))!
      if (message.type === 'sync' && message.step === syncStep2) {
        Y.applyUpdate(doc, message.bytes)
        resolve()
      } else heard(message)
    }))
    await once(socket, 'open')
    socket.send(encodeMessage({ type: 'sync', step: syncStep1, bytes: Y.encodeStateVector(doc) }))
    await synced
    doc.clientID = clientId!
    const [text] = textsOf(doc).values()
    return {
      heard,
      say: (message) => socket.send(encodeMessage(message)),
      type() {
        const made: Uint8Array[] = []
        const collect = (update: Uint8Array): void => void made.push(update)
        doc.on('update', collect)
        text!.insert(text!.length, 'x')
        doc.off('update', collect)
        return made[0]!
      },
    }
  }
  return { draft, enter }
}

it('HT18 a flood in one room does not keep another room waiting: what is typed there is saved before more than a small part of the flood', async () => {
  const { draft, enter } = await openServer()
  const [flooded, other] = [await draft('flooded-draft'), await draft('another-draft')]
  const all = floodersOf * messagesEach
  let answered = 0
  let begun = (): void => undefined
  let ended = (): void => undefined
  const [hasBegun, hasEnded] = [new Promise<void>((resolve) => { begun = resolve }), new Promise<void>((resolve) => { ended = resolve })]
  const flooders = await Promise.all(Array.from({ length: floodersOf }, (_, index) => {
    let last = 0
    return enter(flooded, `flooder-${index}`, (message) => {
      if (message.type !== 'acknowledged') return
      answered += message.number - last
      last = message.number
      if (answered >= all / 10) begun()
      if (answered === all) ended()
    })
  }))
  let saved = (): void => undefined
  const isSaved = new Promise<number>((resolve) => { saved = () => resolve(answered) })
  const alone = await enter(other, 'alone', (message) => { if (message.type === 'acknowledged') saved() })
  const own = alone.type()
  const flood = flooders.map((flooder) => Array.from({ length: messagesEach }, (_, index): Message => ({ type: 'submit', number: index + 1, bytes: flooder.type(), hints: '' })))
  for (const [index, flooder] of flooders.entries()) for (const message of flood[index]!) flooder.say(message)
  await hasBegun
  const before = answered
  alone.say({ type: 'submit', number: 1, bytes: own, hints: '' })
  const meanwhile = (await isSaved) - before
  await hasEnded
  expect(messagesEach).toBeLessThan(limits.updatesBurstMax)
  expect([answered, meanwhile < all / 4]).toEqual([all, true])
})
