/**
 * What travels on a room's socket. Types 0 (sync) and 1 (awareness) are y-protocols' own, so a plain y-websocket
 * client can speak to a room; the rest are ours.
 *
 * A message is varUint(type) and then, by type:
 * - 0 sync: varUint(step) varUint8Array: 0 state vector, 1 update that answers it, 2 update
 * - 1 awareness: varUint8Array
 * - 10 submit (client): varUint(number) varUint8Array(update) varString(hints JSON, '' for none)
 * - 11 acknowledged (server): varUint(number), after the commit that holds the update
 * - 12 refused (server): varUint(number) varString(code) ; number 0 where the update had none
 * - 13 notice (server): varString(JSON of Notice)
 * - 14 drained (client): nothing of the sender's is on its way; said on opening and in answer to `closing`
 */
import * as decoding from 'lib0/decoding'
import * as encoding from 'lib0/encoding'

export const messageSync = 0
export const messageAwareness = 1
export const messageQueryAwareness = 3
export const messageSubmit = 10
export const messageAcknowledged = 11
export const messageRefused = 12
export const messageNotice = 13
export const messageDrained = 14

export const syncStep1 = 0
export const syncStep2 = 1
export const syncUpdate = 2

/**
 * `closing`: hold back for a moment, a stage change is being made; `open`: go on; `revoked`: this capacity has ended;
 * `read-only`: nothing is let in on this socket any more, for the reason that `code` gives.
 */
export type Notice =
  | { readonly notice: 'closing' }
  | { readonly notice: 'open' }
  | { readonly notice: 'revoked' }
  | { readonly notice: 'read-only'; readonly code: ReadOnlyCode }
  /** Something changed that is not in the documents: members, invites, versions, the record. Ask again. */
  | { readonly notice: 'record'; readonly seq: number }

export type ReadOnlyCode = 'store-down' | 'log-damaged'

export type Message =
  | { readonly type: 'sync'; readonly step: 0 | 1 | 2; readonly bytes: Uint8Array }
  | { readonly type: 'awareness'; readonly bytes: Uint8Array }
  | { readonly type: 'query-awareness' }
  | { readonly type: 'submit'; readonly number: number; readonly bytes: Uint8Array; readonly hints: string }
  | { readonly type: 'acknowledged'; readonly number: number }
  | { readonly type: 'refused'; readonly number: number; readonly code: string }
  | { readonly type: 'notice'; readonly notice: Notice }
  | { readonly type: 'drained' }

export function encodeMessage(message: Message): Uint8Array {
  const encoder = encoding.createEncoder()
  switch (message.type) {
    case 'sync':
      encoding.writeVarUint(encoder, messageSync)
      encoding.writeVarUint(encoder, message.step)
      encoding.writeVarUint8Array(encoder, message.bytes)
      break
    case 'awareness':
      encoding.writeVarUint(encoder, messageAwareness)
      encoding.writeVarUint8Array(encoder, message.bytes)
      break
    case 'query-awareness':
      encoding.writeVarUint(encoder, messageQueryAwareness)
      break
    case 'submit':
      encoding.writeVarUint(encoder, messageSubmit)
      encoding.writeVarUint(encoder, message.number)
      encoding.writeVarUint8Array(encoder, message.bytes)
      encoding.writeVarString(encoder, message.hints)
      break
    case 'acknowledged':
      encoding.writeVarUint(encoder, messageAcknowledged)
      encoding.writeVarUint(encoder, message.number)
      break
    case 'refused':
      encoding.writeVarUint(encoder, messageRefused)
      encoding.writeVarUint(encoder, message.number)
      encoding.writeVarString(encoder, message.code)
      break
    case 'notice':
      encoding.writeVarUint(encoder, messageNotice)
      encoding.writeVarString(encoder, JSON.stringify(message.notice))
      break
    case 'drained':
      encoding.writeVarUint(encoder, messageDrained)
      break
  }
  return encoding.toUint8Array(encoder)
}

/** What stands before the bytes of an awareness message, for who has them in parts. */
export function awarenessHead(bytesCount: number): Uint8Array {
  const encoder = encoding.createEncoder()
  encoding.writeVarUint(encoder, messageAwareness)
  encoding.writeVarUint(encoder, bytesCount)
  return encoding.toUint8Array(encoder)
}

/** Null for anything that is not one of ours, whole and without a rest: the sender is at fault, the reader goes on. */
export function decodeMessage(bytes: Uint8Array): Message | null {
  try {
    const decoder = decoding.createDecoder(bytes)
    const message = readMessage(decoder)
    return message !== null && !decoding.hasContent(decoder) ? message : null
  } catch {
    return null
  }
}

function readMessage(decoder: decoding.Decoder): Message | null {
  switch (decoding.readVarUint(decoder)) {
    case messageSync: {
      const step = decoding.readVarUint(decoder)
      if (step !== syncStep1 && step !== syncStep2 && step !== syncUpdate) return null
      return { type: 'sync', step, bytes: decoding.readVarUint8Array(decoder) }
    }
    case messageAwareness:
      return { type: 'awareness', bytes: decoding.readVarUint8Array(decoder) }
    case messageQueryAwareness:
      return { type: 'query-awareness' }
    case messageSubmit:
      return {
        type: 'submit',
        number: decoding.readVarUint(decoder),
        bytes: decoding.readVarUint8Array(decoder),
        hints: decoding.readVarString(decoder),
      }
    case messageAcknowledged:
      return { type: 'acknowledged', number: decoding.readVarUint(decoder) }
    case messageRefused:
      return { type: 'refused', number: decoding.readVarUint(decoder), code: decoding.readVarString(decoder) }
    case messageNotice:
      return { type: 'notice', notice: JSON.parse(decoding.readVarString(decoder)) as Notice }
    case messageDrained:
      return { type: 'drained' }
    default:
      return null
  }
}

/**
 * Close codes of the socket. Those from 4400 to 4499 say that coming back as one is is of no use, and a y-websocket client does not: 4400 malformed, 4401 sign in,
 * 4403 not a member, 4404 no such room, 4409 refused (a plain client's; it opens the document anew), 4410 this capacity has ended. After others it comes back:
 * 4508 it read too slowly, 4509 the room was opened anew.
 */
export const closeCodes = { malformed: 4400, signIn: 4401, notMember: 4403, noRoom: 4404, refused: 4409, revoked: 4410, tooSlow: 4508, rebuilt: 4509 } as const

/** RFC 6455's own: the server is being stopped; a message is over `messageBytesMax`; the server is at fault; asked too often. */
export const plainCloseCodes = { goingAway: 1001, tooLarge: 1009, serverFault: 1011, tryAgainLater: 1013 } as const

export const sideRoomOf = (draft: string, delegation: string): string => `${draft}/side/${delegation}`
