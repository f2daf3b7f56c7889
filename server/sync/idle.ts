/** Drafts that nobody is in and nobody asks for: when that has lasted long enough, their rooms are closed. */
import type { Logger } from 'pino'
import { limits } from '../../shared/wire/limits.ts'
import { draftOf } from './entering.ts'
import type { Room } from './room.ts'
import type { After } from './timing.ts'

export interface IdleDeps {
  readonly log: Logger
  readonly after: After
  /** The rooms of a draft that are open, those of its side documents first. */
  readonly roomsOf: (draft: string) => readonly Room[]
  /** Whoever comes from now on needs a new one. */
  readonly forget: (room: Room) => void
}

export class IdleDrafts {
  readonly #deps: IdleDeps
  readonly #alarms = new Map<string, () => void>()
  #isStopped = false

  constructor(deps: IdleDeps) {
    this.#deps = deps
  }

  /** It was asked for, or somebody has left it: the time begins again. */
  used(document: string): void {
    const draft = draftOf(document)
    this.#alarms.get(draft)?.()
    if (this.#isStopped) return
    this.#alarms.set(draft, this.#deps.after(limits.roomIdleMs, () => {
      this.#alarms.delete(draft)
      void this.#close(draft)
    }))
  }

  stop(): void {
    this.#isStopped = true
    for (const callOff of this.#alarms.values()) callOff()
    this.#alarms.clear()
  }

  async #close(draft: string): Promise<void> {
    for (const room of this.#deps.roomsOf(draft)) {
      // While another was closed somebody may have come, or be on the way.
      if (this.#alarms.has(draft) || this.#isEntered(draft)) return
      this.#deps.forget(room)
      try {
        await room.close()
      } catch (error) {
        this.#deps.log.error({ error, document: room.document }, 'a room did not close cleanly')
      }
    }
  }

  #isEntered(draft: string): boolean {
    return this.#deps.roomsOf(draft).some(({ connections }) => connections.size > 0)
  }
}
