/**
 * `omnibus convert FILE|FOLDER --to FORMAT [--revisions accept|reject|keep] [--out FOLDER] [--report FILE]`: reads files without a server, on all cores.
 * One JSON line per file says what became of it; a file that cannot be converted never stops the others.
 */
import { constants } from 'node:fs'
import { lstat, mkdir, open, readFile, readdir, realpath, stat, writeFile } from 'node:fs/promises'
import { availableParallelism } from 'node:os'
import { basename, dirname, extname, join, relative, resolve, sep } from 'node:path'
import { parseArgs } from 'node:util'
import { createConverters } from '../convert/converters.ts'
import type { Converters } from '../convert/converters.ts'
import { formatNamed, formats } from '../../shared/convert/formats.ts'
import type { Mode } from '../../shared/convert/docx/modes.ts'
import type { Format } from '../../shared/convert/formats.ts'
import { allUnits } from '../../shared/convert/report.ts'
import type { ImportReport, Lost } from '../../shared/convert/report.ts'
import { Refusal, sentenceOf } from '../../shared/wire/errors.ts'
import type { ErrorCode } from '../../shared/wire/errors.ts'
import { limits } from '../../shared/wire/limits.ts'

export interface CliOutput {
  readonly stdout: { write(text: string | Uint8Array): unknown }
  /** Whether somebody watches: progress is for people. */
  readonly stderr: { write(text: string): unknown; readonly isTTY?: boolean }
}

/** One line of the report: the same fields for every file. */
export interface ConvertLine {
  readonly file: string
  readonly ok: boolean
  /** Null where it is ok. */
  readonly code: ErrorCode | null
  readonly units: number
  readonly words: number
  readonly notes: number
  readonly lost: readonly Lost[]
  readonly ms: number
}

const modes: ReadonlyMap<string, Mode | 'kept'> = new Map([['accept', 'accepted'], ['reject', 'rejected'], ['keep', 'kept']])

interface Order {
  readonly source: string
  /** Real paths of all files that are read, none of which may be written. */
  readonly sources: Set<string>
  readonly to: Format
  readonly out: string | null
  readonly report: string | null
  /** Of tracked changes. */
  readonly mode: Mode | 'kept'
}

export const writtenFormats: string = formats.filter(({ write }) => write !== null).map(({ id }) => id).sort().join('|')

const usage = `Usage: omnibus convert FILE|FOLDER --to ${writtenFormats} [--revisions accept|reject|keep] [--out FOLDER] [--report FILE]\n`
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
  const lines: string[] = []
  let failed = source?.isDirectory() === true && files.length === 0
  if (failed) io.stderr.write(`${order.source}: ${sentenceOf('import-empty')}\n`)
  const tell = (line: ConvertLine): void => {
    failed ||= !line.ok
    // For people; a program knows the code.
    if (line.code !== null && io.stderr.isTTY === true) io.stderr.write(`${line.file}: ${sentenceOf(line.code)}\n`)
    const text = `${JSON.stringify(line)}\n`
    if (order.report !== null) lines.push(text)
    else if (order.out !== null) io.stdout.write(text)
    else io.stderr.write(text)
  }
  await convertAll(files, root, order, io, tell)
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
      args, allowPositionals: true, options: { to: { type: 'string' }, revisions: { type: 'string' }, out: { type: 'string' }, report: { type: 'string' } },
    })
    const [source] = positionals
    const { to, revisions = 'accept', out = null, report = null } = values
    const mode = modes.get(revisions)
    if (positionals.length !== 1 || source === undefined) return null
    const format = formatNamed(to ?? '')
    return format === null || (format.write === null && format.isTypeset !== true) || mode === undefined || source === '' || out === '' || report === '' ? null : { source, sources: new Set(), to: format, out, report, mode }
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

/** As many at once as there are cores, told in the order of the files. */
async function convertAll(files: readonly string[], root: string, order: Order, io: CliOutput, tell: (line: ConvertLine) => void): Promise<void> {
  const threads = Math.max(1, Math.min(files.length, availableParallelism()))
  const converters = createConverters({ threads })
  const places = placesOf(files, root, order)
  const done = new Map<number, ConvertLine>()
  let next = 0
  let told = 0
  const work = async (): Promise<void> => {
    for (let at = next++; at < files.length; at = next++) {
      done.set(at, await convertFile(files[at]!, places[at]!, order, converters, io))
      for (let line = done.get(told); line !== undefined; line = done.get(told)) {
        done.delete(told++)
        tell(line)
      }
      if (io.stderr.isTTY === true && files.length > 1) io.stderr.write(progressBar(told, files.length))
    }
  }
  await Promise.all(Array.from({ length: threads }, work)).finally(() => converters.stop())
}

/** Written over itself; the last one ends its line. */
function progressBar(done: number, all: number): string {
  const full = Math.floor((done / all) * 40)
  return `\r[${'#'.repeat(full)}${'.'.repeat(40 - full)}] ${done} of ${all}${done === all ? '\n' : ''}`
}

/** Where each file's result goes: two of one name but for their endings keep them. */
function placesOf(files: readonly string[], root: string, order: Order): string[] {
  const taken = new Set<string>()
  const ending = `.${order.to.extensions[0]!}`
  return files.map((file) => {
    const folder = join(resolve(order.out ?? ''), relative(root, dirname(file)))
    const first = join(folder, basename(file, extname(file)) + ending)
    const place = taken.has(first) ? join(folder, basename(file) + ending) : first
    taken.add(place)
    return place
  })
}

async function convertFile(file: string, place: string, order: Order, converters: Converters, io: CliOutput): Promise<ConvertLine> {
  const startedMs = performance.now()
  const ms = (): number => Math.round(performance.now() - startedMs)
  try {
    const { report, value, written } = await converters.convert({ bytes: await readBytes(file), to: order.to.id, mode: order.mode })
    if (order.out === null) io.stdout.write(written!)
    else await writeResult(place, order, written!)
    return { file, ok: true, code: null, units: [...allUnits(value.units)].length, words: report.wordsOut, notes: report.notes, lost: [...report.lost, ...assumedIn(report)], ms: ms() }
  } catch (fault) {
    const code = fault instanceof Refusal ? fault.code : 'server-fault'
    return { file, ok: false, code, units: 0, words: 0, notes: 0, lost: [], ms: ms() }
  }
}

/** A file's bytes. Refuses as file-missing, import-too-large. */
export async function readBytes(file: string): Promise<Uint8Array> {
  const found = await stat(file).catch(() => null)
  if (!found?.isFile()) throw new Refusal('file-missing')
  if (found.size > limits.importFileBytesMax) throw new Refusal('import-too-large')
  const bytes = await readFile(file).catch(() => null)
  if (bytes === null) throw new Refusal('file-missing')
  return bytes
}

/** Writes beneath --out only, through no link, and never over a source. */
async function writeResult(place: string, order: Order, written: string | Uint8Array): Promise<void> {
  const [out, folder] = [resolve(order.out!), dirname(place)]
  try {
    await mkdir(folder, { recursive: true })
    const [realOut, realFolder] = [await realpath(out), await realpath(folder)]
    const inside = realFolder === realOut || realFolder.startsWith(realOut + sep)
    const target = join(realFolder, basename(place))
    const standing = await lstat(target).catch(() => null)
    if (!inside || order.sources.has(target) || (standing !== null && !standing.isFile())) throw new Refusal('file-unwritable')
    const handle = await open(target, constants.O_WRONLY | constants.O_CREAT | constants.O_TRUNC | constants.O_NOFOLLOW)
    await handle.writeFile(written).finally(() => handle.close())
  } catch {
    throw new Refusal('file-unwritable')
  }
}

/** False when the report could not be written, or would overwrite one of the sources. */
async function keepReport(path: string, lines: readonly string[], sources: ReadonlySet<string>): Promise<boolean> {
  if (sources.has(await realpath(path).catch(() => resolve(path)))) return false
  return writeFile(path, lines.join('')).then(() => true, () => false)
}

/** An encoding that no file says may be another, and letters be lost by it: nobody looks at a report's warnings here. */
const assumedIn = ({ warnings }: ImportReport): Lost[] => warnings.flatMap(({ code, words }) => (code === 'encoding-assumed' ? [{ what: 'encoding', words, count: 1 }] : []))
