/**
 * `omnibus audit [FILE] [--key PUB]`: an exported record (JSON Lines), or heads that somebody kept of it; without FILE the records of
 * a data folder, and every version that was frozen from them.
 */
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { fails, isSound, type Finding } from '../../shared/lifecycle/finding.ts'
import { verifySealed } from '../../shared/lifecycle/verify.ts'
import { auditLines } from '../../shared/record/audit.ts'
import { readConfig } from '../config.ts'
import { readKeyList } from '../keys/folder.ts'
import { checkSignature } from '../keys/keys.ts'
import { sealedOf } from '../record/sealed.ts'
import { checkDatabase, versionsIn } from '../store/check.ts'
import { DATABASE_FILE, openDatabase } from '../store/database.ts'
import { bytesOf, keyGiven, lineOf } from './checking.ts'
import type { CliOutput } from './convert.ts'
import { readWords, UsageError } from './usage.ts'

const goOn = '`omnibus check` names the pages; an earlier copy of the data folder may have it.'

const usage = 'Usage: omnibus audit [FILE] [--key PUB], where FILE is an exported record (JSON Lines) or signed heads, one a line; without it, the data folder.'

/** 1 where anything does not hold. */
export async function runAudit(args: string[], io: CliOutput, environment: Readonly<Record<string, string | undefined>>): Promise<number> {
  const { positionals: [path], values } = readWords(args, ['key'], 1, usage)
  if (path === undefined && values.key !== undefined) throw new UsageError(usage)
  const findings = path === undefined ? await ofFolder(readConfig(environment).dataFolder)
    : await auditLines(new TextDecoder().decode(await bytesOf(path)), { key: values.key === undefined ? null : await keyGiven(values.key, usage), check: checkSignature })
  for (const finding of findings) io.stdout.write(lineOf(finding))
  return isSound(findings) ? 0 : 1
}

async function ofFolder(folder: string): Promise<readonly Finding<string>[]> {
  if (!existsSync(join(folder, DATABASE_FILE))) throw new UsageError(`There is no database of Omnibus in ${folder}.`)
  const known = readKeyList(folder)
  const database = openDatabase(folder)
  try {
    const { chains, entries, damages } = checkDatabase(database, ['record'])
    const findings: Finding<string>[] = damages.flatMap(({ chain, lost }) =>
      lost.map((seq) => ({ result: 'fails' as const, code: 'record-changed', sentence: `${chain}: entry ${seq} is damaged or gone. \`omnibus check --from\` puts back what a copy of the data folder has.` })))
    if (damages.length === 0) findings.push({ result: 'holds', code: null, sentence: `${entries} entries of ${chains} records are chained as the server wrote them.` })
    const versions = versionsIn(database)
    if (versions === null) findings.push(fails('text-changed', `Which versions were frozen cannot be read: a page of the database is damaged. ${goOn}`))
    for (const { draft, number, version, record } of versions ?? []) {
      const named = `${draft}, version ${number}`
      if (version === null || record === null) {
        findings.push(fails(version === null ? 'text-changed' : 'record-changed', `${named} cannot be checked: ${version === null ? 'it' : 'the record of its draft'} is on a damaged page of the database. ${goOn}`))
        continue
      }
      const sealed = sealedOf(version, record, known)
      if (sealed === null) {
        findings.push({ result: 'fails', code: 'key-mismatch', sentence: `${named} is damaged, or signed with no key of this server.` })
        continue
      }
      const checked = await verifySealed(Buffer.from(sealed), { key: null, check: checkSignature })
      findings.push(...checked.filter(({ result }) => result === 'fails').map((one) => ({ ...one, sentence: `${named}: ${one.sentence}` })))
      if (isSound(checked)) findings.push({ result: 'holds', code: null, sentence: `${named} is what was frozen and signed: ${version.sha256}.` })
    }
    return findings
  } finally {
    database.close()
  }
}
