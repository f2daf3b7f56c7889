/** The process of the clients, as the measures speak to it. */
import { fork, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import type { JobName, Jobs } from './jobs.ts'
import type { Outcome } from './clients-process.ts'

export class Clients {
  readonly #child: ChildProcess

  constructor() {
    this.#child = fork(fileURLToPath(new URL('./clients-process.js', import.meta.url)))
  }

  /** One at a time. Rejects with what went wrong there. */
  async do<Name extends JobName>(name: Name, takes: Jobs[Name]['takes']): Promise<Jobs[Name]['gives']> {
    const ended = once(this.#child, 'exit').then(([code]) => { throw new Error(`The process of the clients ended (${String(code)})`) })
    ended.catch(() => undefined)
    this.#child.send({ name, takes })
    const [outcome] = (await Promise.race([once(this.#child, 'message'), ended])) as [Outcome]
    if ('failed' in outcome) throw new Error(`${name}: ${outcome.failed}`)
    return outcome.gives as Jobs[Name]['gives']
  }

  async end(): Promise<void> {
    if (this.#child.exitCode !== null || this.#child.signalCode !== null) return
    const ended = once(this.#child, 'exit')
    this.#child.kill('SIGKILL')
    await ended
  }
}
