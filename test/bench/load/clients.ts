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
  do<Name extends JobName>(name: Name, takes: Jobs[Name]['takes']): Promise<Jobs[Name]['gives']> {
    return new Promise((resolve, reject) => {
      const ended = (code: number | null): void => reject(new Error(`The process of the clients ended (${code})`))
      this.#child.once('exit', ended)
      this.#child.once('message', (outcome: Outcome) => {
        this.#child.off('exit', ended)
        if ('failed' in outcome) reject(new Error(`${name}: ${outcome.failed}`))
        else resolve(outcome.gives as Jobs[Name]['gives'])
      })
      this.#child.send({ name, takes })
    })
  }

  async end(): Promise<void> {
    if (this.#child.exitCode !== null || this.#child.signalCode !== null) return
    const ended = once(this.#child, 'exit')
    this.#child.kill('SIGKILL')
    await ended
  }
}
