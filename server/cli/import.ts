/** `omnibus import FILE`: a new draft from a file, in a data folder or on a running server. */
import { stat } from 'node:fs/promises'
import { basename, extname } from 'node:path'
import { pino } from 'pino'
import { firstPersonSetting, signInLink } from '../auth/invites.ts'
import { newId } from '../auth/secrets.ts'
import { addressOf, type Config } from '../config.ts'
import { createConverters } from '../convert/converters.ts'
import type { Converted } from '../convert/task.ts'
import { openKeys } from '../keys/folder.ts'
import { openSqliteStore } from '../store/sqlite.ts'
import type { PersonRow, Store } from '../store/store.ts'
import { createRooms } from '../sync/rooms.ts'
import type { Rooms, Speaker } from '../sync/service.ts'
import { takenNamed } from '../../shared/convert/docx/modes.ts'
import type { Taken } from '../../shared/convert/docx/modes.ts'
import { intoDraft } from '../../shared/convert/into-draft.ts'
import type { IntoDraft } from '../../shared/convert/into-draft.ts'
import type { CommandAnswer, CommandResult } from '../../shared/wire/commands.ts'
import { limits } from '../../shared/wire/limits.ts'
import { readBytes, type CliOutput } from './convert.ts'
import { importOverHttp } from './import-http.ts'
import { toldOf } from './import-told.ts'
import type { ImportOrder } from './import-told.ts'
import { CommandRefused, readWords, UsageError } from './usage.ts'

const usage = 'Usage: omnibus import FILE [--revisions accept|reject|amendments] [--title TITLE] [--name NAME] [--url URL --link LINK]'

export async function runImport(args: string[], io: CliOutput, config: Config): Promise<number> {
  const { positionals: [file], values } = readWords(args, ['revisions', 'title', 'name', 'url', 'link'], 1, usage)
  const { url, link } = values
  const mode = takenNamed(values.revisions)
  if (file === undefined || mode === null || (url === undefined) !== (link === undefined)) throw new UsageError(usage)
  const title = values.title ?? basename(file, extname(file)).slice(0, limits.draftTitleCharactersMax)
  // Before a link is used up or a draft made for it.
  const { value, report, remarks, proposed } = await readOne(file, mode)
  const order: ImportOrder = { value, report, remarks, proposed, title, name: values.name ?? 'Chair' }
  if (url !== undefined && link !== undefined) return importOverHttp(order, url, link, io)
  return importIntoFolder(order, io, config)
}

/** Throws a Refusal, or a UsageError for a file that is not there. */
async function readOne(file: string, mode: Taken): Promise<Converted> {
  const found = await stat(file).catch(() => null)
  if (!found?.isFile()) throw new UsageError(`There is no file ${file}.`)
  const converters = createConverters({ threads: 1 })
  return converters.convert({ bytes: await readBytes(file), to: null, mode }).finally(() => converters.stop())
}

async function importIntoFolder(order: ImportOrder, io: CliOutput, config: Config): Promise<number> {
  const store = await openSqliteStore(config.dataFolder)
  const log = pino({ level: 'error', errorKey: 'error' }, pino.destination({ dest: 2, sync: true }))
  const { keys } = openKeys(config.dataFolder, config.keySource, Date.now())
  const rooms = createRooms({ store, keys, log, now: Date.now })
  try {
    const { person, isNew } = await firstPerson(store, order.name)
    const { draft } = await importAs(rooms, person, order)
    io.stdout.write(toldOf(order, draft))
    const signIn = isNew ? await signInLink(store, person.id, Date.now()) : null
    io.stderr.write(signIn
      ? `Start the server, then sign in as its first chair (this link works once): ${addressOf(config.host, config.port)}${signIn}\n`
      : `The draft is in ${person.name}’s list. Who has lost their session gets a link from \`omnibus link\`.\n`)
    return 0
  } finally {
    await rooms.stop()
    await store.close()
  }
}

/** Who opened the server; made where there is nobody yet. */
export async function firstPerson(store: Store, name: string): Promise<{ readonly person: PersonRow; readonly isNew: boolean }> {
  const first = await store.setting(firstPersonSetting)
  const known = first ? await store.person(first) : null
  if (known) return { person: known, isNew: false }
  const person: PersonRow = { id: newId(), name, canCreate: true }
  await store.write([{ put: 'person', row: person }, { put: 'setting', row: { key: firstPersonSetting, value: person.id } }])
  return { person, isNew: true }
}

/** A new draft with a text in it, and its maker as chair. */
export async function importAs(rooms: Rooms, person: PersonRow, { title, ...file }: IntoDraft & Pick<ImportOrder, 'title'>): Promise<{ readonly draft: string; readonly chair: Speaker }> {
  const { draft, hatId } = resultOf(await rooms.createDraft({ key: newId(), body: { command: 'create-draft', title, language: 'en' } }, person))
  if (draft === undefined || hatId === undefined) throw new Error('A draft was created without an id')
  const hat = { role: 'chair', delegation: 'office', kind: 'office', level: 'head' } as const
  const speaker = { person: person.id, personName: person.name, hatId, hat }
  for (const body of intoDraft(file)) resultOf(await rooms.command({ key: newId(), draft, hatId, body }, speaker))
  return { draft, chair: speaker }
}

/** Throws a CommandRefused. */
export function resultOf(answer: CommandAnswer): CommandResult {
  if (!answer.ok) throw new CommandRefused(answer.error.sentence)
  return answer.result
}
