/** Sends decisions. One key for one decision, also when it has to be sent again because no answer came. */
import type { Command, CommandRequest, CommandResult } from '../../shared/wire/commands.ts'
import type { Answer, Api } from '../api.ts'
import { pause } from '../pause.ts'

export interface DeciderParts {
  readonly api: Pick<Api, 'command'>
  readonly newKey: () => string
  readonly pause: (ms: number) => Promise<void>
}

const attemptsMax = 4
const pauseMs = [400, 1_200, 3_000] as const

export type Decide = (body: Command) => Promise<Answer<CommandResult>>

export function createDecider(parts: DeciderParts, room?: { readonly draft: string; readonly hatId: string }): Decide {
  return async (body) => {
    const request: CommandRequest = { key: parts.newKey(), ...(room ?? {}), body }
    for (let attempt = 0; ; attempt++) {
      const answer = await parts.api.command(request)
      if (answer.ok || attempt + 1 >= attemptsMax || !mayHaveArrived(answer)) return answer
      await parts.pause(pauseMs[attempt] ?? 3_000)
    }
  }
}

/** No answer, or one from a server that could not save: the same key makes a second sending harmless. */
const mayHaveArrived = (answer: { readonly status: number; readonly code: string }): boolean =>
  answer.status === 0 || answer.code === 'store-failed' || answer.code === 'too-fast'

export const browserDecider = (api: Api, room?: { readonly draft: string; readonly hatId: string }): Decide =>
  createDecider({ api, newKey, pause }, room)

/** `crypto.randomUUID` is not there on plain http beside localhost. */
export function newKey(): string {
  return [...crypto.getRandomValues(new Uint8Array(16))].map((byte) => byte.toString(16).padStart(2, '0')).join('')
}
