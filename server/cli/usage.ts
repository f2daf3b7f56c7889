/** A command line that was not understood; its message says what to write instead. */
import { parseArgs } from 'node:util'

export class UsageError extends Error {
  override readonly name = 'UsageError'
}

/** A refusal, in the sentence that the server gave it. */
export class CommandRefused extends Error {
  override readonly name = 'CommandRefused'
}

export interface Words<Option extends string, Flag extends string> {
  readonly positionals: readonly string[]
  readonly values: Readonly<Partial<Record<Option, string>>>
  readonly flags: ReadonlySet<Flag>
}

/** Options that take a value, flags that take none, and the rest. Throws a UsageError with `usage`. */
export function readWords<Option extends string, Flag extends string = never>(args: string[], options: readonly Option[], positionalsMax: number, usage: string, flags: readonly Flag[] = []): Words<Option, Flag> {
  try {
    const named = Object.fromEntries([...options.map((option) => [option, { type: 'string' as const }] as const), ...flags.map((flag) => [flag, { type: 'boolean' as const }] as const)])
    const { values, positionals } = parseArgs({ args, allowPositionals: true, options: named })
    const given: readonly (readonly [string, unknown])[] = Object.entries(values)
    const said = new Set(flags.filter((flag) => given.some(([name, value]) => name === flag && value === true)))
    const worded = Object.fromEntries(given.filter(([, value]) => typeof value === 'string')) as Words<Option, Flag>['values']
    if (positionals.length <= positionalsMax) return { positionals, values: worded, flags: said }
  } catch {
    // Said below.
  }
  throw new UsageError(usage)
}
