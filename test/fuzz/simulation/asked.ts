/** Every command that was asked for: how often it was committed, and what whoever asked was told. */
import type { CommandAnswer } from '../../../shared/wire/commands.ts'
import { sentenceOf, type ErrorCode } from '../../../shared/wire/errors.ts'

interface Asked {
  readonly command: string
  commits: number
  readonly answers: CommandAnswer[]
  /** Refused when it was done already. */
  disowned: boolean
  /** It was done, and the server was restored from before that. */
  isLost: boolean
}

const faults: ReadonlySet<string> = new Set(['server-fault', 'bad-command', 'bad-anchor', 'key-reused'])

export class AskedCommands {
  readonly #byKey = new Map<string, Asked>()
  /** What a command points to may be gone since, and whoever asks may not have heard so. */
  #isRestored = false

  ask(key: string, command: string): void {
    if (!this.#byKey.has(key)) this.#byKey.set(key, { command, commits: 0, answers: [], disowned: false, isLost: false })
  }

  committed(key: string): void {
    const asked = this.#byKey.get(key)
    if (asked !== undefined) asked.commits += 1
  }

  answered(key: string, answer: CommandAnswer): void {
    const asked = this.#byKey.get(key)!
    asked.answers.push(answer)
    asked.disowned ||= asked.commits > 0 && !answer.ok && answer.error.code !== 'store-failed'
  }

  /** As it is now. Returns what makes it so again. */
  copy(): () => void {
    const commits = new Map([...this.#byKey].map(([key, asked]) => [key, asked.commits]))
    return () => {
      this.#isRestored = true
      for (const [key, asked] of this.#byKey) {
        const before = commits.get(key) ?? 0
        asked.isLost ||= asked.commits !== before
        asked.commits = before
      }
    }
  }

  /** Each was done once or not at all, and whoever asked was not told otherwise. Throws what was. */
  check(): void {
    for (const [key, { command, commits, answers, disowned, isLost }] of this.#byKey) {
      const codes = answers.map((answer) => (answer.ok ? 'done' : answer.error.code))
      const told = `${command} ${key}, committed ${commits} times, was answered ${codes.join()}`
      if (commits > 1) throw new Error(told)
      if (codes.includes('done') && commits === 0 && !isLost) throw new Error(told)
      if (disowned && !isLost) throw new Error(told)
      const fault = codes.find((code) => faults.has(code) && !(code === 'bad-anchor' && this.#isRestored))
      if (fault !== undefined) throw new Error(`${told}: ${sentenceOf(fault as ErrorCode)}`)
    }
  }
}
