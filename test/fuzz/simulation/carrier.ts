/** What a socket's frames travel on, as the machine's own: whole frames are written to it, and what is packed in them comes out plain. */
import { Writable } from 'node:stream'
import type { Carrier } from '../../../server/sync/connection.ts'
import { messageIn } from '../../../server/sync/frames.ts'
import { inflated } from '../../../server/sync/timing.ts'

/** RSV1 of the first byte of a frame (RFC 6455, RFC 7692). */
const isPacked = 0x40
/** What every flush ends with, which is not sent. */
const flushEnd = Buffer.from([0x00, 0x00, 0xff, 0xff])

/** `heard` is called with each message. */
export function carrierTo(heard: (message: Uint8Array) => void, unpacks: boolean): Carrier {
  const stream = new Writable({
    write: (frame: Buffer, _encoding, done) => {
      const payload = messageIn({ plain: frame, packed: null })
      // Who has not offered to unpack takes it for what it is: no message.
      heard(!unpacks || (frame[0]! & isPacked) === 0 ? payload : inflated(Buffer.concat([payload, flushEnd])))
      done()
    },
  })
  return { stream, unpacks }
}
