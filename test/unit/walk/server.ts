/** A real server in a process of its own, on a free port and an empty data folder, started, killed and started again. */
import { execFileSync, spawn } from 'node:child_process'
import type { ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { cp, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

const main = fileURLToPath(new URL('../../../dist/server/main.js', import.meta.url))

export class ServerProcess {
  readonly folder: string
  address = ''
  /** The first chair's, until it was used. */
  link: string | null = null
  /** What it wrote to its log. */
  logged = ''
  readonly #logLevel: string
  #child: ChildProcess | null = null
  #said = ''

  constructor(folder: string, logLevel: string) {
    this.folder = folder
    this.#logLevel = logLevel
  }

  static async start(logLevel = process.env['OMNIBUS_LOG'] ?? 'error'): Promise<ServerProcess> {
    const server = new ServerProcess(await mkdtemp(join(tmpdir(), 'omnibus-walk-')), logLevel)
    await server.run(0)
    return server
  }

  /** `port` 0 takes a free one; a restart takes the same. */
  async run(port = Number(new URL(this.address).port)): Promise<void> {
    const child = spawn(process.execPath, [main], {
      env: { ...process.env, PORT: String(port), OMNIBUS_DATA: this.folder, OMNIBUS_LOG: this.#logLevel },
      stdio: ['ignore', 'pipe', 'pipe'],
    })
    this.#child = child
    this.#said = ''
    child.stderr!.setEncoding('utf8').on('data', (logged: string) => {
      this.logged += logged
      if (/"level":[56]0/.test(logged)) process.stderr.write(logged)
    })
    await new Promise<void>((resolve, reject) => {
      child.once('exit', (code) => reject(new Error(`the server ended with ${code}`)))
      child.stdout!.setEncoding('utf8').on('data', (said: string) => {
        this.#said += said
        const address = /listens on (\S+)/.exec(this.#said)?.[1]
        if (address === undefined) return
        this.address = address
        this.link = /(\/join\/\S+)/.exec(this.#said)?.[1] ?? null
        resolve()
      })
    })
  }

  /** Ends it and gives its exit code, or the signal that ended it. */
  async end(signal: 'SIGTERM' | 'SIGKILL'): Promise<number | string | null> {
    const child = this.#child
    if (child === null) return null
    this.#child = null
    const ended = once(child, 'exit') as Promise<[number | null, string | null]>
    child.kill(signal)
    const [code, by] = await ended
    return code ?? by
  }

  /** From now on it can write to no file beyond so many bytes, as on a disk that fails. */
  limitFiles(bytes: number | 'unlimited'): void {
    execFileSync('prlimit', ['--pid', String(this.#child!.pid), `--fsize=${bytes}:unlimited`])
  }

  /** Copies the data folder, for a moment stopped. */
  async backUp(): Promise<void> {
    await this.end('SIGTERM')
    await cp(this.folder, this.#backup, { recursive: true })
    await this.run()
  }

  /** Dies, and comes up again with what was copied. */
  async restore(): Promise<void> {
    await this.end('SIGKILL')
    await rm(this.folder, { recursive: true, force: true })
    await cp(this.#backup, this.folder, { recursive: true })
    await this.run()
  }

  async remove(): Promise<void> {
    await this.end('SIGKILL')
    for (const folder of [this.folder, this.#backup]) await rm(folder, { recursive: true, force: true })
  }

  get #backup(): string {
    return `${this.folder}-backup`
  }
}
