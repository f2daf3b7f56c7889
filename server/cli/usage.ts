/** A command line that was not understood; its message says what to write instead. */
import { parseArgs } from 'node:util'

export class UsageError extends Error {
  override readonly name = 'UsageError'
}

/** A refusal, in the sentence that the server gave it. */
export class CommandRefused extends Error {
  override readonly name = 'CommandRefused'
}

export interface Words<Option extends string> {
  readonly positionals: readonly string[]
  readonly values: Readonly<Partial<Record<Option, string>>>
}

/** Options that take a value, and the rest. Throws a UsageError with `usage`. */
export function readWords<Option extends string>(args: string[], options: readonly Option[], positionalsMax: number, usage: string): Words<Option> {
  try {
    const named = Object.fromEntries(options.map((option) => [option, { type: 'string' as const }]))
    const { values, positionals } = parseArgs({ args, allowPositionals: true, options: named })
    if (positionals.length <= positionalsMax) return { positionals, values: values as Words<Option>['values'] }
  } catch {
    // Said below.
  }
  throw new UsageError(usage)
}
