/** The servers that are measured, each in a process of its own. */
import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { createServer } from 'node:net'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { Used } from './probe.ts'
import type { Language } from './seat.ts'

export type Kind = 'omnibus' | 'y-websocket' | 'y-websocket+leveldb' | 'hocuspocus' | 'relay'

/** As compiled, this file is four folders below the project. */
export const project = fileURLToPath(new URL('../../../../', import.meta.url))
export const peersFolder = join(project, 'test/bench/peers')

interface Making {
  readonly language: Language
  readonly script: string
  readonly environment: (folder: string) => Readonly<Record<string, string>>
}

const yWebsocket = { language: 'plain', script: join(peersFolder, 'node_modules/@y/websocket-server/src/server.js') } as const

export const makings: Readonly<Record<Kind, Making>> = {
  omnibus: {
    language: 'omnibus',
    script: join(project, 'dist/server/main.js'),
    // Twenty sockets speak for as many people as the server can bear.
    environment: (folder) => ({ OMNIBUS_DATA: folder, OMNIBUS_LOG: 'error', OMNIBUS_UPDATES_PER_SECOND: '100000' }),
  },
  'y-websocket': { ...yWebsocket, environment: () => ({}) },
  'y-websocket+leveldb': { ...yWebsocket, environment: (folder) => ({ YPERSISTENCE: folder }) },
  hocuspocus: { language: 'hocuspocus', script: join(peersFolder, 'hocuspocus.js'), environment: (folder) => ({ DATABASE: join(folder, 'documents.sqlite') }) },
  relay: { language: 'relay', script: join(peersFolder, 'relay.js'), environment: () => ({}) },
}

export class ServerProcess {
  readonly kind: Kind
  readonly folder: string
  readonly port: number
  /** The end of what it wrote. */
  said = ''
  readonly #child: ChildProcess

  private constructor(kind: Kind, folder: string, port: number) {
    this.kind = kind
    this.folder = folder
    this.port = port
    const { script, environment } = makings[kind]
    const profile = process.env['OMNIBUS_PROFILE'] === undefined || kind !== 'omnibus' ? [] : ['--cpu-prof', `--cpu-prof-dir=${process.env['OMNIBUS_PROFILE']}`]
    this.#child = spawn(process.execPath, ['--expose-gc', '--import', new URL('./probe.js', import.meta.url).href, ...profile, script], {
      env: { ...process.env, NODE_ENV: 'production', HOST: '127.0.0.1', PORT: String(port), ...environment(folder) },
      stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
    })
    for (const stream of [this.#child.stdout!, this.#child.stderr!]) stream.setEncoding('utf8').on('data', (said: string) => { this.said = `${this.said}${said}`.slice(-10_000) })
  }

  /** Resolves when it listens. */
  static async start(kind: Kind, folder: string): Promise<ServerProcess> {
    const server = new ServerProcess(kind, folder, await freePort())
    await new Promise<void>((resolve, reject) => {
      server.#child.once('exit', (code, signal) => reject(new Error(`${kind} ended with ${String(code ?? signal)}: ${server.said}`)))
      server.#child.stdout!.on('data', () => { if (/listens|running at/.test(server.said)) resolve() })
    })
    return server
  }

  get isAlive(): boolean {
    return this.#child.exitCode === null && this.#child.signalCode === null
  }

  /** `collect`: garbage is collected first. */
  async used(collect = false): Promise<Used> {
    const answer = once(this.#child, 'message') as Promise<[Used]>
    this.#child.send(collect)
    return (await answer)[0]
  }

  async end(signal: 'SIGTERM' | 'SIGKILL'): Promise<void> {
    if (!this.isAlive) return
    const ended = once(this.#child, 'exit')
    this.#child.kill(signal)
    await ended
  }
}

async function freePort(): Promise<number> {
  const server = createServer()
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as { port: number }
  server.close()
  await once(server, 'close')
  return port
}
