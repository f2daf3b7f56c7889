/** The composition root: reads the configuration, puts store, rooms and HTTP together, and takes them down again. */
import { once } from 'node:events'
import type { Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { availableParallelism } from 'node:os'
import { fileURLToPath } from 'node:url'
import { pino, type Logger } from 'pino'
import { firstLink } from './auth/invites.ts'
import { addressOf, ConfigError, readConfig, type Config } from './config.ts'
import { createConverters, type Converters } from './convert/converters.ts'
import { createHttpServer } from './http/server.ts'
import { openKeys } from './keys/folder.ts'
import { KeyError, type Keys } from './keys/keys.ts'
import { StoreError } from './store/errors.ts'
import { openSqliteStore } from './store/sqlite.ts'
import type { Store } from './store/store.ts'
import { createRooms } from './sync/rooms.ts'
import type { Rooms } from './sync/service.ts'
import { realOutside } from './sync/timing.ts'
import { limits } from '../shared/wire/limits.ts'

interface Running {
  readonly server: Server
  readonly rooms: Rooms
  readonly store: Store
  readonly converters: Converters
  readonly log: Logger
}

async function start(config: Config, log: Logger): Promise<Running> {
  // The store first: it locks the data folder, so that two who start at once do not both make a key.
  const store = await openSqliteStore(config.dataFolder)
  const keys = await keysFor(config, store, log)
  const rooms = createRooms({ store, keys, log, now: Date.now, outside: realOutside, bounds: { updatesPerSecondMax: config.updatesPerSecondMax } })
  const clientFolder = fileURLToPath(new URL('../client', import.meta.url))
  // One core stays with the rooms.
  const converters = createConverters({ threads: Math.max(1, availableParallelism() - 1), waitingMax: limits.convertWaitingMax })
  const server = createHttpServer({ store, rooms, keys, converters, log, now: Date.now, clientFolder })
  try {
    server.listen(config.port, config.host)
    await once(server, 'listening')
  } catch (error) {
    await store.close()
    throw error
  }
  return { server, rooms, store, converters, log }
}

async function keysFor(config: Config, store: Store, log: Logger): Promise<Keys> {
  try {
    const { keys, warnings } = openKeys(config.dataFolder, config.keySource, Date.now())
    for (const warning of warnings) log.warn(warning)
    return keys
  } catch (error) {
    await store.close()
    throw error
  }
}

/** In one write, so that whoever waits for the address has the link too. */
async function announce(config: Config, { server, store }: Running): Promise<void> {
  const address = addressOf(config.host, (server.address() as AddressInfo).port)
  const link = await firstLink(store, Date.now())
  const signIn = link ? `Sign in as the first chair (this link works once): ${address}${link}\n` : ''
  process.stdout.write(`Omnibus listens on ${address}\n${signIn}`)
}

/** No new request; what the rooms have taken in is committed and told; then the store. */
async function stop({ server, rooms, store, converters, log }: Running): Promise<void> {
  const closed = new Promise<void>((resolve) => server.close(() => resolve()))
  await Promise.all([rooms.stop(), converters.stop()])
  // What answers slowly gets a bounded time; the requests under way still need the store.
  const overdue = setTimeout(() => server.closeAllConnections(), limits.stopWaitMs)
  const abandoned = new Promise<void>((resolve) => { setTimeout(resolve, limits.stopWaitMs + 500).unref() })
  await Promise.race([closed, abandoned])
  clearTimeout(overdue)
  await store.close()
  log.info('stopped')
}

function stopOnSignals(running: Running): void {
  let stopping = false
  const onSignal = (signal: NodeJS.Signals): void => {
    if (stopping) process.exit(1)
    stopping = true
    running.log.info({ signal }, 'stopping')
    stop(running).then(
      () => process.exit(0),
      (error: unknown) => {
        running.log.error({ error }, 'the server did not stop cleanly')
        process.exit(1)
      },
    )
  }
  process.on('SIGTERM', onSignal)
  process.on('SIGINT', onSignal)
}

/** One line for what whoever started the server can mend; null for a fault of ours. */
function mendable(error: unknown, config: Config | null): string | null {
  if (error instanceof ConfigError || error instanceof KeyError) return error.message
  if (error instanceof StoreError) return `Cannot start: ${error.message}`
  const code = error instanceof Error && 'code' in error ? error.code : null
  if (code === 'EADDRINUSE') return `Port ${config?.port} on ${config?.host} is in use. Stop what uses it, or set PORT to another number.`
  if (code === 'EACCES' || code === 'EADDRNOTAVAIL' || code === 'ENOTFOUND') return `Cannot start with HOST ${config?.host}, PORT ${config?.port}, OMNIBUS_DATA ${config?.dataFolder}: ${code}.`
  return null
}

async function main(): Promise<void> {
  let config: Config | null = null
  try {
    config = readConfig(process.env)
    // To standard error, so that standard output holds the address and the link alone.
    const log = pino({ level: config.logLevel, errorKey: 'error' }, pino.destination({ dest: 2, sync: true }))
    const running = await start(config, log)
    stopOnSignals(running)
    await announce(config, running)
  } catch (error) {
    const line = mendable(error, config)
    process.stderr.write(`${line ?? (error instanceof Error ? (error.stack ?? error.message) : String(error))}\n`)
    process.exit(1)
  }
}

await main()
