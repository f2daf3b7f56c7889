/** `omnibus SUBCOMMAND`: what can be done without the page. */
import { ConfigError, readConfig } from '../config.ts'
import { KeyError } from '../keys/keys.ts'
import { StoreError } from '../store/errors.ts'
import { Refusal } from '../../shared/wire/errors.ts'
import { runAudit } from './audit.ts'
import { runCheck } from './check.ts'
import { runConvert, writtenFormats, type CliOutput } from './convert.ts'
import { runExport } from './export.ts'
import { runImport } from './import.ts'
import { runKeys } from './keys.ts'
import { runLink } from './link.ts'
import { runSample } from './sample.ts'
import { CommandRefused, UsageError } from './usage.ts'
import { runVerify } from './verify.ts'

const help = `Usage: omnibus SUBCOMMAND

  convert FILE|FOLDER --to ${writtenFormats} [--revisions accept|reject|keep] [--out FOLDER] [--report FILE]
      reads files, whatever their names, and writes them in another format; needs no server
  import FILE [--title TITLE] [--name NAME]
      makes a new draft of a file, in the data folder of a stopped server
  import FILE --url URL --link LINK [--title TITLE] [--name NAME]
      the same on a running server, signed in by an unused invitation or sign-in link
  export [DRAFT] [--to FORMAT] [--form FORM] [--out FILE] [--url URL --link LINK [--name NAME]]
      writes a draft, named by its id or title, as a file; out of the data folder of a stopped server, or from a running
      one, signed in by a link, which is used up (an invitation asks for a name); without DRAFT, lists the drafts
      --form text, rolling, amendments [--status open|decided|all], derivations, destinations, coverage
          to text, html, pdf [--lines], json, docx or, the first three, akn (Akoma Ntoso)
      --form rolling --to docx [--against N] [--threads] [--own]
          the proposals as tracked changes of the text, or of version N; open threads as comments; with what one's own
          delegation has in preparation (from a running server)
      --version N [--form canonical|sealed]
          a version's text, to the same formats; or as it is kept; or, of a frozen one, with all that a check needs
      --form record [--to jsonl|csv]
          what was done, as the data folder's holder, like the chair's table, or the link's person may read it
      --form versions, --form sources, --source N
          the versions, and the library, one JSON line for each; a file of the library as it came
  link [PERSON]
      prints a new sign-in link, for the first chair or for the person of that name; the server must be stopped
  check [--from FOLDER]
      whether logs and records are as the server wrote them; with an earlier copy of the data folder, puts back what is
      not; the server must be stopped
  audit [FILE] [--key PUB]
      whether an exported record, or heads kept of it, form one chain; without FILE, every record and frozen version of
      the data folder of a stopped server
  keys [rotate]
      the public keys that this server signs frozen texts with, and their fingerprints; rotate makes a new one, the server
      must be stopped for that
  sample [--units N] [--words N] [--amendments N] [--people N] [--json]
      makes a draft of that size with people in it, in the data folder of a stopped server, to measure with
  verify FILE [--key PUB]
      whether a sealed text is what was signed, to the last byte; needs no server
  help

The data folder is ./data, or what OMNIBUS_DATA says. Start the server with \`npm start\`.
`

/** 0 when done, 1 when it could not be, 2 when the command was not understood. */
export async function run(args: string[], io: CliOutput, environment: Readonly<Record<string, string | undefined>>): Promise<number> {
  const [subcommand, ...rest] = args
  try {
    switch (subcommand) {
      case 'convert':
        return await runConvert(rest, io)
      case 'import':
        return await runImport(rest, io, readConfig(environment))
      case 'export':
        return await runExport(rest, io, readConfig(environment))
      case 'link':
        return await runLink(rest, io, readConfig(environment))
      case 'check':
        return await runCheck(rest, io, readConfig(environment))
      case 'audit':
        return await runAudit(rest, io, environment)
      case 'verify':
        return await runVerify(rest, io)
      case 'keys':
        return await runKeys(rest, io, readConfig(environment))
      case 'sample':
        return await runSample(rest, io, readConfig(environment))
      case 'help':
      case '--help':
      case '-h':
        io.stdout.write(help)
        return 0
      default:
        io.stderr.write(help)
        return 2
    }
  } catch (error) {
    const line = lineFor(error)
    if (line === null) throw error
    io.stderr.write(`${line}\n`)
    return error instanceof UsageError ? 2 : 1
  }
}

function lineFor(error: unknown): string | null {
  if (error instanceof StoreError && error.code === 'store-busy') {
    return 'The data folder is in use: a server is running on it. Import or export on the page, or give --url and --link; for anything else, stop the server first.'
  }
  const told = [StoreError, KeyError, Refusal, ConfigError, UsageError, CommandRefused].some((kind) => error instanceof kind)
  return told && error instanceof Error ? error.message : null
}
