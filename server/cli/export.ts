/** `omnibus export DRAFT`: a draft as a file, out of a data folder or from a running server. */
import { writeFile } from 'node:fs/promises'
import { pino } from 'pino'
import { z } from 'zod'
import type { Config } from '../config.ts'
import { createConverters } from '../convert/converters.ts'
import type { Converters } from '../convert/converters.ts'
import { writtenAs } from '../convert/written.ts'
import { recordFile } from '../http/record-file.ts'
import { openKeys } from '../keys/folder.ts'
import type { Keys } from '../keys/keys.ts'
import { sealedOf } from '../record/sealed.ts'
import { openSqliteStore } from '../store/sqlite.ts'
import type { Store, VersionRow } from '../store/store.ts'
import { versionDocument } from '../sync/exports.ts'
import { createRooms } from '../sync/rooms.ts'
import type { Rooms } from '../sync/service.ts'
import { versionWord } from '../sync/words.ts'
import type { Hat } from '../../shared/policy/types.ts'
import { certifiedIn, oralOf } from '../../shared/record/oral.ts'
import { Refusal } from '../../shared/wire/errors.ts'
import type { CliOutput } from './convert.ts'
import { readExport } from './export-order.ts'
import type { ExportOrder } from './export-order.ts'
import { withLink } from './session.ts'
import type { LinkSession } from './session.ts'
import { UsageError } from './usage.ts'

interface DraftLine {
  readonly draft: string
  readonly title: string
  readonly stage: string
}

/** Where drafts are. Each throws a Refusal or a CommandRefused. */
interface Drafts {
  list(): Promise<readonly DraftLine[]>
  written(draft: DraftLine, order: ExportOrder): Promise<string | Uint8Array>
}

/** Without DRAFT, which is an id or a title, one JSON line for each draft that there is. */
export async function runExport(args: string[], io: CliOutput, config: Config): Promise<number> {
  const { draft, order, out, server } = readExport(args)
  const use = async (drafts: Drafts): Promise<number> => {
    const all = await drafts.list()
    if (draft === undefined) {
      io.stdout.write(linesOf(all))
      return 0
    }
    const content = await drafts.written(named(all, draft), order)
    if (out === undefined) io.stdout.write(content)
    else await writeFile(out, content).catch(() => { throw new Refusal('file-unwritable') })
    return 0
  }
  return server === null ? inFolder(config, use) : withLink(server.url, server.link, server.name, (session) => use(onServer(session)))
}

const linesOf = (values: readonly object[]): string => values.map((value) => `${JSON.stringify(value)}\n`).join('')

/** Throws a UsageError where no draft is called so, or several are. */
function named(all: readonly DraftLine[], wanted: string): DraftLine {
  const found = all.filter(({ draft }) => draft === wanted)
  const called = found.length > 0 ? found : all.filter(({ title }) => title === wanted)
  if (called.length === 1) return called[0]!
  throw new UsageError(called.length === 0
    ? `There is no draft "${wanted}" here. \`omnibus export\` alone lists those that there are.`
    : `Several drafts are called "${wanted}". Name one by its id:\n${called.map(({ draft }) => `  ${draft}`).join('\n')}`)
}

/** Whoever holds the data folder reads what the chair's table reads; what a delegation has in preparation has no place in any file of it. */
const table: Hat = { role: 'chair', delegation: 'office', kind: 'office', level: 'head' }

interface Folder {
  readonly store: Store
  readonly keys: Keys
  readonly rooms: Rooms
  readonly converters: Converters
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
      written: (draft, order) => writtenFrom({ store, keys, rooms, converters }, draft, order),
    })
  } finally {
    await Promise.all([rooms.stop(), converters.stop()])
    await store.close()
  }
}

async function writtenFrom({ store, keys, rooms, converters }: Folder, { draft, title }: DraftLine, order: ExportOrder): Promise<string | Uint8Array> {
  const versionCalled = async (number: number): Promise<VersionRow> => {
    const version = await store.version(draft, number)
    if (version === null) throw new Refusal('no-such-version')
    return version
  }
  switch (order.what) {
    case 'draft': {
      const { format, form, status: filter, lineNumbers, against, hasOwn, hasThreads } = order
      const document = await rooms.exported(draft, form, filter)
      return writtenAs(format, { document, word: () => rooms.word(draft, { form, filter, against, hasOwn, hasThreads }, null) }, converters, { draft, atMs: Date.now(), lineNumbers })
    }
    case 'version': {
      const version = await versionCalled(order.version)
      const document = versionDocument(version, title, certifiedIn(oralOf((await rooms.ledger(draft)).oral, version.number)))
      return writtenAs(order.format, { document, word: () => versionWord(version, title) }, converters, { draft, atMs: Date.now(), lineNumbers: order.lineNumbers })
    }
    case 'canonical':
      return (await versionCalled(order.version)).bytes
    case 'sealed': {
      const sealed = sealedOf(await versionCalled(order.version), await store.record(draft, 0), keys.known)
      if (sealed === null) throw new Refusal('not-sealed')
      return sealed
    }
    case 'record':
      return recordFile({ store, keys, now: Date.now }, draft, order.as, table, (await rooms.ledger(draft)).stands.opened)
    case 'versions':
      return linesOf(await store.versions(draft))
    case 'sources':
      return linesOf(await store.sources(draft))
    case 'source': {
      const file = await store.sourceFile(draft, order.source)
      if (file === null) throw new Refusal('no-such-source')
      return file
    }
  }
}

const hatsSchema = z.array(z.object({ hatId: z.string(), draft: z.string(), title: z.string(), stage: z.string() }))
const linesSchema = z.array(z.record(z.string(), z.unknown()))

function onServer({ joined, get, file }: LinkSession): Drafts {
  const hats = async (): Promise<z.infer<typeof hatsSchema>> => hatsSchema.parse((await get('/api/me'))['hats'])
  return {
    // Who has several capacities in a draft sees it once.
    list: async () => [...new Map((await hats()).map(({ draft, title, stage }) => [draft, { draft, title, stage }])).values()],
    async written({ draft }, order) {
      const mine = (await hats()).filter((one) => one.draft === draft)
      // An invitation is to one capacity, whatever others its person has.
      const { hatId: hat } = mine.find(({ hatId }) => hatId === joined.hatId) ?? mine[0]!
      const at = (path: string, query: Readonly<Record<string, string>> = {}): string => `/api/drafts/${encodeURIComponent(draft)}${path}?${new URLSearchParams({ hat, ...query })}`
      switch (order.what) {
        case 'draft': {
          const { format, form, status, lineNumbers, against, hasOwn, hasThreads } = order
          const tracked = { ...(against === null ? {} : { against: String(against) }), ...(hasOwn ? { own: '1' } : {}), ...(hasThreads ? { threads: '1' } : {}) }
          return file(at('/export', { as: format.id, form, status, ...(lineNumbers ? { lines: '1' } : {}), ...tracked }))
        }
        case 'version':
          return file(at(`/versions/${order.version}/written`, { as: order.format.id, ...(order.lineNumbers ? { lines: '1' } : {}) }))
        case 'canonical':
          return file(at(`/versions/${order.version}`))
        case 'sealed':
          return file(at(`/versions/${order.version}/sealed`))
        case 'record':
          return file(at('/record/export', { form: order.as }))
        case 'versions':
        case 'sources':
          return linesOf(linesSchema.parse((await get(at(order.what === 'versions' ? '' : '/sources')))[order.what]))
        case 'source':
          return file(at(`/sources/${order.source}/file`))
      }
    },
  }
}
