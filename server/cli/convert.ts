/**
 * `omnibus convert FILE|FOLDER --to text|json [--out FOLDER] [--report FILE]`: reads plain text without a server.
 * One JSON line per file says what became of it; a file that cannot be converted never stops the others.
 */
import { constants } from 'node:fs'
import { lstat, mkdir, open, readFile, readdir, realpath, stat, writeFile } from 'node:fs/promises'
import { basename, dirname, extname, join, relative, resolve, sep } from 'node:path'
import { parseArgs } from 'node:util'
import { exportText } from '../../shared/convert/exportText.ts'
import { importText } from '../../shared/convert/importText.ts'
import type { ImportReport } from '../../shared/convert/report.ts'
import { Refusal, sentenceOf } from '../../shared/wire/errors.ts'
import type { ErrorCode } from '../../shared/wire/errors.ts'
import { limits } from '../../shared/wire/limits.ts'

export interface CliOutput {
  readonly stdout: { write(text: string): unknown }
  readonly stderr: { write(text: string): unknown }
}

/** One line of the report. */
export type ConvertLine =
  | { readonly file: string, readonly ok: true, readonly out: string | null, readonly report: ImportReport }
  | { readonly file: string, readonly ok: false, readonly error: { readonly code: ErrorCode, readonly sentence: string } }

interface Order {
  readonly source: string
  /** Real paths of all files that are read, none of which may be written. */
  readonly sources: Set<string>
  readonly to: 'text' | 'json'
  readonly out: string | null
  readonly report: string | null
}

const usage = 'Usage: omnibus convert FILE|FOLDER --to text|json [--out FOLDER] [--report FILE]\n'
  + 'A folder needs --out. Without --out the result of a single file goes to standard output, its report to standard error.\n'

/** 0 when every file was converted, 1 when some were not, 2 when the command was not understood. */
export async function runConvert(args: string[], io: CliOutput): Promise<number> {
  const order = readOrder(args)
  if (order === null) return refuseUsage(io)
  const source = await stat(order.source).catch(() => null)
  if (source?.isDirectory() && order.out === null) return refuseUsage(io)
  const files = source?.isDirectory() ? await filesBeneath(order.source) : [order.source]
  const root = source?.isDirectory() ? order.source : dirname(order.source)
  for (const file of files) order.sources.add(await realpath(file).catch(() => resolve(file)))
  const taken = new Set<string>()
  const lines: string[] = []
  let failed = source?.isDirectory() === true && files.length === 0
  if (failed) io.stderr.write(`${order.source}: ${sentenceOf('import-empty')}\n`)
  for (const file of files) {
    const line = await convertFile(file, root, order, taken, io)
    failed ||= !line.ok
    const text = `${JSON.stringify(line)}\n`
    if (order.report !== null) lines.push(text)
    else if (order.out !== null) io.stdout.write(text)
    else io.stderr.write(text)
  }
  if (order.report !== null && !await keepReport(order.report, lines, order.sources)) {
    io.stderr.write(`${order.report}: ${sentenceOf('file-unwritable')}\n`)
    failed = true
  }
  return failed ? 1 : 0
}

function refuseUsage(io: CliOutput): number {
  io.stderr.write(usage)
  return 2
}

function readOrder(args: string[]): Order | null {
  try {
    const { values, positionals } = parseArgs({
      args, allowPositionals: true, options: { to: { type: 'string' }, out: { type: 'string' }, report: { type: 'string' } },
    })
    const [source] = positionals
    const { to, out = null, report = null } = values
    if (positionals.length !== 1 || source === undefined || (to !== 'text' && to !== 'json')) return null
    return source === '' || out === '' || report === '' ? null : { source, sources: new Set(), to, out, report }
  } catch {
    // parseArgs throws on an option that it does not know
    return null
  }
}

/** Regular files in name order, hidden ones left out. Links are not followed: they may lead out of the folder. */
async function filesBeneath(folder: string): Promise<string[]> {
  const files: string[] = []
  const entries = await readdir(folder, { withFileTypes: true }).catch(() => [])
  for (const entry of entries.sort((left, right) => (left.name < right.name ? -1 : 1))) {
    if (entry.name.startsWith('.')) continue
    const path = join(folder, entry.name)
    if (entry.isDirectory()) files.push(...await filesBeneath(path))
    else if (entry.isFile()) files.push(path)
  }
  return files
}

async function convertFile(file: string, root: string, order: Order, taken: Set<string>, io: CliOutput): Promise<ConvertLine> {
  try {
    const { value, report } = importText(await readText(file))
    const text = order.to === 'json' ? `${JSON.stringify(value, null, 2)}\n` : exportText(value)
    if (order.out === null) {
      io.stdout.write(text)
      return { file, ok: true, out: null, report }
    }
    const out = await writeResult(file, root, order, taken, text)
    return { file, ok: true, out, report }
  } catch (fault) {
    const code = fault instanceof Refusal ? fault.code : 'server-fault'
    return { file, ok: false, error: { code, sentence: sentenceOf(code) } }
  }
}

/** A file's text. Refuses as file-missing, import-too-large, import-unreadable, import-empty. */
export async function readText(file: string): Promise<string> {
  const found = await stat(file).catch(() => null)
  if (!found?.isFile()) throw new Refusal('file-missing')
  if (found.size > limits.importBytesMax) throw new Refusal('import-too-large')
  const bytes = await readFile(file).catch(() => null)
  if (bytes === null) throw new Refusal('file-missing')
  return textOf(bytes)
}

/** UTF-8 without NUL. Refuses as import-unreadable, import-empty. */
export function textOf(bytes: Uint8Array): string {
  let text: string
  try {
    text = new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch {
    throw new Refusal('import-unreadable')
  }
  if (text.includes('\0')) throw new Refusal('import-unreadable')
  if (!/[\p{L}\p{N}]/u.test(text)) throw new Refusal('import-empty')
  return text
}

/** Writes beneath --out only, through no link, and never over a source. */
async function writeResult(file: string, root: string, order: Order, taken: Set<string>, text: string): Promise<string> {
  const ending = order.to === 'json' ? '.json' : '.txt'
  const out = resolve(order.out!)
  const folder = join(out, relative(root, dirname(file)))
  const name = basename(file, extname(file))
  const first = join(folder, name + ending)
  const path = taken.has(first) ? join(folder, basename(file) + ending) : first
  taken.add(path)
  try {
    await mkdir(folder, { recursive: true })
    const [realOut, realFolder] = [await realpath(out), await realpath(folder)]
    const inside = realFolder === realOut || realFolder.startsWith(realOut + sep)
    const target = join(realFolder, basename(path))
    const standing = await lstat(target).catch(() => null)
    if (!inside || order.sources.has(target) || (standing !== null && !standing.isFile())) throw new Refusal('file-unwritable')
    const handle = await open(target, constants.O_WRONLY | constants.O_CREAT | constants.O_TRUNC | constants.O_NOFOLLOW)
    await handle.writeFile(text).finally(() => handle.close())
  } catch {
    throw new Refusal('file-unwritable')
  }
  return path
}

/** False when the report could not be written, or would overwrite one of the sources. */
async function keepReport(path: string, lines: readonly string[], sources: ReadonlySet<string>): Promise<boolean> {
  if (sources.has(await realpath(path).catch(() => resolve(path)))) return false
  return writeFile(path, lines.join('')).then(() => true, () => false)
}
