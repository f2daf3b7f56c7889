/** `omnibus check [--from FOLDER]`: whether the data folder is what the server wrote, and what a backup can put back. */
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import type { Config } from '../config.ts'
import { checkDatabase, mendFrom, type Damage } from '../store/check.ts'
import { DATABASE_FILE, openDatabase } from '../store/database.ts'
import type { CliOutput } from './convert.ts'
import { readWords, UsageError } from './usage.ts'

const usage = 'Usage: omnibus check [--from FOLDER], where FOLDER is a copy of the data folder that was made earlier.'

/** 1 where something is damaged and was not put back. */
export async function runCheck(args: string[], io: CliOutput, config: Config): Promise<number> {
  const { values: { from } } = readWords(args, ['from'], 0, usage)
  for (const folder of [config.dataFolder, ...(from === undefined ? [] : [from])]) {
    // Opening makes what is not there.
    if (!existsSync(join(folder, DATABASE_FILE))) throw new UsageError(`There is no database of Omnibus in ${folder}.`)
  }
  const database = openDatabase(config.dataFolder)
  try {
    if (from !== undefined) {
      const backup = openDatabase(from)
      try {
        tell(io, mendFrom(database, backup), 'was put back from the backup')
      } finally {
        backup.close()
      }
    }
    const { chains, entries, damages, faults } = checkDatabase(database)
    for (const fault of faults) io.stdout.write(`the database: ${fault}\n`)
    tell(io, damages, 'is damaged or gone')
    const isSound = damages.length === 0 && faults.length === 0
    io.stdout.write(isSound ? `${entries} entries of ${chains} logs and records are as the server wrote them.\n` : faults.length > 0 ? `${mending}${moving}` : mending)
    return isSound ? 0 : 1
  } finally {
    database.close()
  }
}

function tell(io: CliOutput, damages: readonly Damage[], what: string): void {
  for (const { chain, lost } of damages) for (const seq of lost) io.stdout.write(`${chain}: entry ${seq} ${what}\n`)
}

const mending = 'The rest can be read in the rooms, which take no change. Put back what is gone with --from and an earlier copy of the data folder.\n'

const moving = 'What belongs on a damaged page of the file is not put back into it: then go on with that copy as the data folder, on a disk that is sound.\n'
