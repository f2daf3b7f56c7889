/** What a hostile or broken client may send: fifteen families, each drawn anew from a seed. Pure but for the socket. */
import * as encoding from 'lib0/encoding'
import type { Client } from './client.ts'
import { speeches } from './languages.ts'
import { opcodes } from './raw-socket.ts'
import type { Seat } from './seat.ts'

type Random = () => number

/** Says one thing on a socket that is open. */
export type Family = (client: Client, random: Random) => void

const bytes = (length: number, random: Random): Uint8Array => Uint8Array.from({ length }, () => Math.floor(random() * 256))

const varUints = (...numbers: readonly number[]): Uint8Array => encoding.encode((encoder) => { for (const number of numbers) encoding.writeVarUint(encoder, number) })

/** Bytes as the server's own envelope of an update. */
const said = (client: Client, update: Uint8Array): Uint8Array => speeches[client.seat.language].write(client.seat, update, 1)

const join = (...parts: readonly Uint8Array[]): Uint8Array => Buffer.concat(parts)

/** `hocuspocus` names the room first. */
const enveloped = ({ language, room }: Seat, ...parts: readonly Uint8Array[]): Uint8Array =>
  join(...(language === 'hocuspocus' ? [encoding.encode((encoder) => encoding.writeVarString(encoder, room))] : []), ...parts)

/** One letter by `client` at `clock`, behind the letter before it. */
const letterAt = (client: number, clock: number, letter: Uint8Array): Uint8Array =>
  join(varUints(1, 1, client, clock), new Uint8Array([0x84]), varUints(client, clock - 1, letter.length), letter, varUints(0))

/** The head of a masked frame; its payload may be anything. */
function head(opcode: number, length: number): Uint8Array {
  const bytes = Buffer.alloc(14)
  bytes[0] = 0x80 | opcode
  bytes[1] = 0x80 | 127
  bytes.writeBigUInt64BE(BigInt(length), 2)
  return bytes
}

const letter = new Uint8Array([97])
const awarenessEntries = 1_000_000

export const families: Readonly<Record<string, Family>> = {
  'random bytes': (client, random) => client.socket.send(bytes(1 + Math.floor(random() * 200), random)),
  truncations(client, random) {
    const whole = said(client, letterAt(client.seat.clientId, 1, letter))
    client.socket.send(whole.subarray(0, Math.floor(random() * whole.length)))
  },
  'lengths that lie': (client, random) => client.socket.send(enveloped(client.seat, varUints(0, 2, Math.floor(random() * 2 ** 40)), bytes(20, random))),
  'counts that lie': (client, random) => client.socket.send(said(client, join(varUints(1 + Math.floor(random() * 2 ** 30), Math.floor(random() * 2 ** 30), client.seat.clientId, 0), bytes(30, random)))),
  'random updates': (client, random) => client.socket.send(said(client, bytes(1 + Math.floor(random() * 100), random))),
  'text frames': (client) => client.socket.send(Buffer.from('{"hello":"there"}'), opcodes.text),
  'frames of 64 MB': (client) => client.socket.send(new Uint8Array(64_000_000)),
  'frames over 100 MiB': (client, random) => client.socket.sendRaw(join(head(opcodes.binary, 101 * 2 ** 20 + Math.floor(random() * 2 ** 20)), bytes(1_000, random))),
  'reserved opcodes': (client, random) => client.socket.send(bytes(10, random), 3 + Math.floor(random() * 5)),
  'unmasked frames': (client, random) => client.socket.sendRaw(join(new Uint8Array([0x82, 20]), bytes(20, random))),
  'unknown types': (client, random) => client.socket.send(enveloped(client.seat, varUints(15 + Math.floor(random() * 1_000), 3, 1, 2, 3))),
  'missing dependencies': (client, random) => client.socket.send(said(client, letterAt(client.seat.clientId, 10_000 + Math.floor(random() * 1e6), letter))),
  'bad UTF-8': (client, random) => client.socket.send(said(client, letterAt(client.seat.clientId, 1, Uint8Array.from([0xc3, 0x28, 0xff, 0xfe, Math.floor(random() * 256)])))),
  'awareness of a million entries'(client) {
    const entries = encoding.createEncoder()
    encoding.writeVarUint(entries, awarenessEntries)
    for (let entry = 0; entry < awarenessEntries; entry++) {
      encoding.writeVarUint(entries, entry)
      encoding.writeVarUint(entries, 1)
      encoding.writeVarString(entries, '{}')
    }
    const update = encoding.toUint8Array(entries)
    client.socket.send(enveloped(client.seat, varUints(1, update.length), update))
  },
}

/** The fifteenth family is said on the way in. */
export const oddRooms = ['..%2f..%2fetc%2fpasswd', '%00', '%ff%fe', 'a'.repeat(4_000), '%F0%9F%92%A9', "'%3B--", '__proto__', 'constructor', '%2e%2e', '%'] as const
