/** Killed by kill.test.ts: the rooms on SQLite behind a socket server. Prints its port when it listens. */
import { createServer } from 'node:http'
import pino from 'pino'
import { WebSocketServer } from 'ws'
import { openSqliteStore } from '../../../dist/server/store/sqlite.js'
import { createRooms } from '../../../dist/server/sync/rooms.js'

const [, , folder, port] = process.argv
const store = await openSqliteStore(folder)
const rooms = createRooms({ store, log: pino({ level: 'warn' }, process.stderr), now: Date.now })

const speakerOf = (name) => ({
  person: name,
  personName: name,
  hatId: `h-${name}`,
  hat: { role: 'delegate', delegation: name, kind: 'state', level: 'head' },
})

const server = createServer(async (request, response) => {
  const { pathname, searchParams } = new URL(request.url, 'http://server')
  const person = searchParams.get('person')
  if (pathname !== '/lease') return response.writeHead(404).end()
  // Random like the real ones: a restarted server must not issue an id again.
  const clientId = 2 ** 33 + Math.floor(Math.random() * 2 ** 52)
  await store.write([{ put: 'lease', row: { clientId, document: 'd1', person, hatId: `h-${person}`, delegation: person } }])
  response.end(String(clientId))
})
new WebSocketServer({ server }).on('connection', (socket, request) => {
  socket.pause()
  rooms.connect(socket, 'd1', speakerOf(new URL(request.url, 'http://server').searchParams.get('hat').slice(2)))
})
server.listen(Number(port), '127.0.0.1', () => process.stdout.write(`${server.address().port}\n`))
