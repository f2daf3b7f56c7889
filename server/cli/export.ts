/** `omnibus export DRAFT`: a draft as a file, out of a data folder or from a running server. */
import { writeFile } from 'node:fs/promises'
import { pino } from 'pino'
import { z } from 'zod'
import type { Config } from '../config.ts'
import { createConverters } from '../convert/converters.ts'
import { writtenAs, writtenFormats } from '../convert/written.ts'
import type { WrittenFormat } from '../convert/written.ts'
import { openKeys } from '../keys/folder.ts'
import { openSqliteStore } from '../store/sqlite.ts'
import { versionDocument } from '../sync/exports.ts'
import { createRooms } from '../sync/rooms.ts'
import { exportForms } from '../sync/service.ts'
import { versionWord } from '../sync/words.ts'
import type { ExportForm } from '../sync/service.ts'
import { certifiedIn, oralOf } from '../../shared/record/oral.ts'
import { listFilters } from '../../shared/text/amendment-list.ts'
import type { ListFilter } from '../../shared/text/amendment-list.ts'
import { Refusal } from '../../shared/wire/errors.ts'
import type { CliOutput } from './convert.ts'
import { withLink } from './session.ts'
import type { LinkSession } from './session.ts'
import { readWords, UsageError } from './usage.ts'

const usage = `Usage: omnibus export [DRAFT] [--to ${writtenFormats.map(({ id }) => id).join('|')}] [--form ${exportForms.join('|')}]\n`
  + `    [--status ${listFilters.join('|')}] [--version N] [--out FILE] [--url URL --link LINK [--name NAME]]`

interface DraftLine {
  readonly draft: string
  readonly title: string
  readonly stage: string
}

interface Order {
  readonly format: WrittenFormat
  readonly form: ExportForm
  readonly status: ListFilter
  /** Its number; null for the draft as it is now. */
  readonly version: number | null
}

/** Where drafts are. Each throws a Refusal or a CommandRefused. */
interface Drafts {
  list(): Promise<readonly DraftLine[]>
  written(draft: DraftLine, order: Order): Promise<string | Uint8Array>
}

/** Without DRAFT, which is an id or a title, one JSON line for each draft that there is. */
export async function runExport(args: string[], io: CliOutput, config: Config): Promise<number> {
  const { positionals: [wanted], values } = readWords(args, ['to', 'form', 'status', 'version', 'out', 'url', 'link', 'name'], 1, usage)
  const { url, link } = values
  const order = {
    format: writtenFormats.find(({ id }) => id === (values.to ?? 'text')),
    form: exportForms.find((form) => form === (values.form ?? 'text')),
    status: listFilters.find((status) => status === (values.status ?? 'open')),
    version: values.version === undefined ? null : /^\d{1,9}$/.test(values.version) ? Number(values.version) : undefined,
  }
  if ((url === undefined) !== (link === undefined) || values.out === '' || !isWhole(order)) throw new UsageError(usage)
  const use = async (drafts: Drafts): Promise<number> => {
    const all = await drafts.list()
    if (wanted === undefined) {
      for (const one of all) io.stdout.write(`${JSON.stringify(one)}\n`)
      return 0
    }
    const content = await drafts.written(named(all, wanted), order)
    if (values.out === undefined) io.stdout.write(content)
    else await writeFile(values.out, content).catch(() => { throw new Refusal('file-unwritable') })
    return 0
  }
  return url !== undefined && link !== undefined ? withLink(url, link, values.name ?? 'Export', (session) => use(onServer(session))) : inFolder(config, use)
}

function isWhole(order: { readonly [Key in keyof Order]: Order[Key] | undefined }): order is Order {
  return Object.values(order).every((part) => part !== undefined)
}

/** Throws a UsageError where no draft is called so, or several are. */
function named(all: readonly DraftLine[], wanted: string): DraftLine {
  const found = all.filter(({ draft }) => draft === wanted)
  const called = found.length > 0 ? found : all.filter(({ title }) => title === wanted)
  if (called.length === 1) return called[0]!
  throw new UsageError(called.length === 0
    ? `There is no draft "${wanted}" here. \`omnibus export\` alone lists those that there are.`
    : `Several drafts are called "${wanted}". Name one by its id:\n${called.map(({ draft }) => `  ${draft}`).join('\n')}`)
}

async function inFolder<T>(config: Config, use: (drafts: Drafts) => Promise<T>): Promise<T> {
  const store = await openSqliteStore(config.dataFolder)
  const log = pino({ level: 'error', errorKey: 'error' }, pino.destination({ dest: 2, sync: true }))
  const { keys } = openKeys(config.dataFolder, config.keySource, Date.now())
  const rooms = createRooms({ store, keys, log, now: Date.now })
  const converters = createConverters({ threads: 1 })
  try {
    return await use({
      list: async () => (await store.drafts()).map(({ id, title, stage }) => ({ draft: id, title, stage })),
      async written({ draft, title }, { format, form, status, version }) {
        const kept = version === null ? null : await store.version(draft, version)
        if (version !== null && kept === null) throw new Refusal('no-such-version')
        const document = kept === null ? await rooms.exported(draft, form, status) : versionDocument(kept, title, certifiedIn(oralOf((await rooms.ledger(draft)).oral, kept.number)))
        const word = () => (kept === null ? rooms.word(draft, { form, filter: status, against: null, hasOwn: false, hasThreads: false }, null) : versionWord(kept, title))
        return writtenAs(format, { document, word }, converters, { draft, atMs: Date.now(), lineNumbers: false })
      },
    })
  } finally {
    await Promise.all([rooms.stop(), converters.stop()])
    await store.close()
  }
}

const hatsSchema = z.array(z.object({ hatId: z.string(), draft: z.string(), title: z.string(), stage: z.string() }))

function onServer({ get, file }: LinkSession): Drafts {
  const hats = async (): Promise<z.infer<typeof hatsSchema>> => hatsSchema.parse((await get('/api/me'))['hats'])
  return {
    // Who has several capacities in a draft sees it once.
    list: async () => [...new Map((await hats()).map(({ draft, title, stage }) => [draft, { draft, title, stage }])).values()],
    async written({ draft }, { format, form, status, version }) {
      const hat = (await hats()).find((one) => one.draft === draft)!.hatId
      const path = version === null ? 'export' : `versions/${version}/written`
      return file(`/api/drafts/${encodeURIComponent(draft)}/${path}?${new URLSearchParams({ hat, as: format.id, form, status })}`)
    },
  }
}
