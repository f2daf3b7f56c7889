/** What is known of a draft beside its documents: its people, links, versions, record and visits, and its exports. */
import { json, Router, type Request } from 'express'
import { z } from 'zod'
import { hatOf } from '../auth/hats.ts'
import { createRecordPages } from '../record/pages.ts'
import { sealedOf } from '../record/sealed.ts'
import { versionDocument } from '../sync/exports.ts'
import { versionWord } from '../sync/words.ts'
import { exportForms } from '../sync/service.ts'
import type { ExportForm } from '../sync/service.ts'
import type { Store } from '../store/store.ts'
import { flaggedIn, foldStands } from '../../shared/record/stands.ts'
import { textOfVersion } from '../../shared/lifecycle/versions.ts'
import { stages } from '../../shared/policy/types.ts'
import type { Stage } from '../../shared/policy/types.ts'
import { signHead } from '../../shared/record/heads.ts'
import { certifiedIn, oralOf } from '../../shared/record/oral.ts'
import { listFilters } from '../../shared/text/amendment-list.ts'
import { Refusal } from '../../shared/wire/errors.ts'
import { limits } from '../../shared/wire/limits.ts'
import { answer } from './answers.ts'
import { bodyAs, idSchema, readerOf, sessionFor, speakerFor, type Context } from './context.ts'
import { perMinute } from './rates.ts'
import { recordFile, recordForms } from './record-file.ts'
import { formatAsked, sendDocument } from './written.ts'
import { invitesSeenBy, membersSeenBy, namesSeenBy, recordSeenBy, standsSeenBy } from './views.ts'

const seqSchema = z.coerce.number().int().min(0).max(Number.MAX_SAFE_INTEGER)
const seenSchema = z.object({
  hatId: idSchema,
  seen: z.array(z.object({ thread: idSchema, message: z.number().int().min(0).max(Number.MAX_SAFE_INTEGER) })).min(1).max(limits.seenThreadsMax),
})
const visitSchema = z.object({ hatId: idSchema, recordSeq: z.number().int().min(0).max(Number.MAX_SAFE_INTEGER) })

export function meRoute(context: Context): Router {
  const router = Router()
  router.get('/me', async (request, response) => {
    const { person } = await sessionFor(context, request.headers.cookie)
    const rows = (await context.store.hatsOf(person.id)).filter((row) => row.revokedAtMs === null)
    const hats = await Promise.all(rows.map((row) => hatInDraft(context.store, row.id, row.draft, hatOf(row.hat))))
    answer(response, { person, hats: hats.filter((hat) => hat !== null) })
  })
  return router
}

async function hatInDraft(store: Store, hatId: string, draft: string, hat: ReturnType<typeof hatOf>) {
  const [row, delegations] = await Promise.all([store.draft(draft), store.delegations(draft)])
  if (!row || !hat) return null
  const delegationName = delegations.find(({ id }) => id === hat.delegation)?.name ?? hat.delegation
  return { hatId, hat, delegationName, draft, title: row.title, stage: row.stage }
}

export function draftRoutes(context: Context): Router {
  const { store, rooms, now } = context
  const records = createRecordPages(store)
  const router = Router()

  router.get('/drafts/:draft', async (request, response) => {
    const { draft, speaker } = await readerOf(context, request)
    const [row, delegations, hats, invites, versions, visit, seen] = await Promise.all([
      store.draft(draft), store.delegations(draft), store.hats(draft), store.invites(draft), store.versions(draft), store.visit(draft, speaker.person), store.seen(draft, speaker.person),
    ])
    if (!row) throw new Refusal('no-such-draft')
    const persons = await store.persons(hats.map(({ person }) => person))
    answer(response, {
      draft: row,
      hat: speaker.hat,
      hatId: speaker.hatId,
      delegations,
      members: membersSeenBy(speaker.hat, hats, persons),
      invites: invitesSeenBy(speaker.hat, stageOf(row.stage), invites, now()),
      versions,
      visit,
      seen,
      recordSeq: (await context.rooms.ledger(draft)).seq,
    })
  })

  router.get('/drafts/:draft/standing', async (request, response) => {
    const { draft, speaker } = await readerOf(context, request)
    const { entries, stands } = await rooms.ledger(draft)
    const known = foldStands(standsSeenBy(speaker.hat, entries, 0, stands.opened))
    answer(response, await rooms.standing(draft, flaggedIn(known)))
  })

  router.get('/drafts/:draft/record', async (request, response) => {
    const { draft, speaker } = await readerOf(context, request)
    const after = seqSchema.safeParse(request.query['after'] ?? 0)
    if (!after.success) throw new Refusal('bad-command')
    const rows = await records.after(draft, after.data, limits.recordPageEntriesMax)
    // After the entries: their end is then never behind the last of them.
    const [{ seq, head, stands }, hats, persons] = await Promise.all([context.rooms.ledger(draft), store.hats(draft), store.persons(rows.map(({ actor }) => actor))])
    const entries = recordSeenBy(speaker.hat, rows, hats, persons, stands.opened)
    answer(response, { entries, head: head === null ? null : signHead(context.keys, draft, { seq, digest: head }, now()) })
  })

  router.get('/drafts/:draft/positions', async (request, response) => {
    const { draft, speaker } = await readerOf(context, request)
    const after = seqSchema.safeParse(request.query['after'] ?? 0)
    if (!after.success) throw new Refusal('bad-command')
    const { seq, entries, stands } = await context.rooms.ledger(draft)
    answer(response, { seq, opened: stands.opened, entries: standsSeenBy(speaker.hat, entries, after.data, stands.opened) })
  })

  router.get('/drafts/:draft/authors', async (request, response) => {
    const { draft, speaker } = await readerOf(context, request)
    const unit = idSchema.nullable().safeParse(request.query['unit'] ?? null)
    if (!unit.success) throw new Refusal('bad-command')
    const persons = await store.persons((await store.hats(draft)).map(({ person }) => person))
    answer(response, await rooms.authors(draft, unit.data, speaker, namesSeenBy(speaker.hat, persons)))
  })

  router.post('/drafts/:draft/visit', json({ limit: limits.requestBytesMax }), async (request, response) => {
    const { hatId, recordSeq } = bodyAs(visitSchema, request)
    const draft = request.params['draft']
    const { person } = await speakerFor(context, request.headers.cookie, draft, hatId)
    const before = (await store.visit(draft, person))?.recordSeq ?? 0
    // Another tab may have seen more; and nobody has seen what is not there yet.
    const seen = Math.max(before, Math.min(recordSeq, (await context.rooms.ledger(String(draft))).seq))
    await store.write([{ put: 'visit', row: { draft, person, recordSeq: seen, atMs: now() } }])
    answer(response, { recordSeq: seen })
  })

  router.post('/drafts/:draft/seen', json({ limit: limits.requestBytesMax }), async (request, response) => {
    const { hatId, seen } = bodyAs(seenSchema, request)
    const draft = String(request.params['draft'])
    const speaker = await speakerFor(context, request.headers.cookie, draft, hatId)
    const [last, before] = await Promise.all([rooms.lastMessages(draft, speaker), store.seen(draft, speaker.person)])
    const known = new Map(before.map(({ thread, message }) => [thread, message]))
    // As with visits: another tab may have seen more, and nobody has seen what is not there.
    const rows = seen
      .map(({ thread, message }) => ({ draft, person: speaker.person, thread, message: Math.min(message, last.get(thread) ?? 0) }))
      .filter(({ thread, message }) => message > (known.get(thread) ?? 0))
    if (rows.length > 0) await store.write(rows.map((row) => ({ put: 'seen', row })))
    answer(response, { seen: await store.seen(draft, speaker.person) })
  })
  return router
}

/** Each reads a whole text, a whole record or a whole history, so that one person asks for so many in a minute. */
export function exportRoutes(context: Context, exportsPerMinute: number): Router {
  const { store, rooms } = context
  const limit = perMinute(exportsPerMinute)
  const reader = async (request: Request): ReturnType<typeof readerOf> => {
    const found = await readerOf(context, request)
    await limit(found.speaker.person)
    return found
  }
  const router = Router()

  router.get('/drafts/:draft/export', async (request, response) => {
    const { draft, speaker } = await reader(request)
    const form = exportForms.find((known) => known === (request.query['form'] ?? 'text'))
    const filter = listFilters.find((known) => known === (request.query['status'] ?? 'open'))
    const against = seqSchema.nullable().safeParse(request.query['against'] ?? null)
    if (form === undefined || filter === undefined || !against.success) throw new Refusal('bad-command')
    const format = formatAsked(request)
    const [hasOwn, hasThreads] = [request.query['own'] === '1', request.query['threads'] === '1']
    // Of tracked changes alone: what is not in a file is not in its name either.
    if ((hasOwn || hasThreads || against.data !== null) && (form !== 'rolling' || format.id !== 'docx')) throw new Refusal('bad-command')
    const document = await rooms.exported(draft, form, filter)
    const title = (await store.draft(draft))?.title ?? 'resolution'
    // Sent from hand to hand outside this program, a file in which there is what is not for everybody says so in its name.
    const called = hasOwn ? ` (for capital, ${new Date(context.now()).toISOString().slice(0, 10)})` : formNames[form]
    await sendDocument(context, request, response, format, { document, word: () => rooms.word(draft, { form, filter, against: against.data, hasOwn, hasThreads }, speaker), name: `${fileNameOf(title)}${called}` })
  })

  router.get('/drafts/:draft/record/export', async (request, response) => {
    const { draft, speaker } = await reader(request)
    const form = recordForms.find((known) => known === (request.query['form'] ?? 'jsonl'))
    if (form === undefined) throw new Refusal('bad-command')
    const title = (await store.draft(draft))?.title ?? 'resolution'
    const content = await recordFile(context, draft, form, speaker.hat, (await rooms.ledger(draft)).stands.opened)
    response.attachment(`${fileNameOf(title)} (record).${form}`)
    response.type(form === 'jsonl' ? 'application/jsonl; charset=utf-8' : 'text/csv; charset=utf-8').send(content)
  })

  router.get('/drafts/:draft/versions/:number/sealed', async (request, response) => {
    const { draft } = await reader(request)
    const number = seqSchema.safeParse(request.params['number'])
    const [version, record] = await Promise.all([number.success ? store.version(draft, number.data) : null, store.record(draft, 0)])
    if (!version) throw new Refusal('no-such-version')
    const text = sealedOf(version, record, context.keys.known)
    if (text === null) throw new Refusal('not-sealed')
    const title = (await store.draft(draft))?.title ?? 'resolution'
    response.attachment(`${fileNameOf(title)} v${version.number} sealed.json`)
    // To the byte: a formatted copy would not be what is checked.
    response.type('application/json').send(Buffer.from(text))
  })

  router.get('/drafts/:draft/versions/:number', async (request, response) => {
    const { draft } = await reader(request)
    const number = seqSchema.safeParse(request.params['number'])
    const version = number.success ? await store.version(draft, number.data) : null
    if (!version) throw new Refusal('no-such-version')
    const title = (await store.draft(draft))?.title ?? 'resolution'
    response.attachment(`${fileNameOf(title)} v${version.number}.json`)
    // As kept: not one byte may be added, so not through `json`.
    response.type('application/json').send(Buffer.from(version.bytes))
  })
  router.get('/drafts/:draft/versions/:number/text', async (request, response) => {
    const { draft } = await reader(request)
    const number = seqSchema.safeParse(request.params['number'])
    const version = number.success ? await store.version(draft, number.data) : null
    if (!version) throw new Refusal('no-such-version')
    answer(response, { units: textOfVersion(version.bytes, version.units) })
  })

  router.get('/drafts/:draft/versions/:number/written', async (request, response) => {
    const { draft } = await reader(request)
    const number = seqSchema.safeParse(request.params['number'])
    const version = number.success ? await store.version(draft, number.data) : null
    if (!version) throw new Refusal('no-such-version')
    const title = (await store.draft(draft))?.title ?? 'resolution'
    const oral = certifiedIn(oralOf((await rooms.ledger(draft)).oral, version.number))
    await sendDocument(context, request, response, formatAsked(request), { document: versionDocument(version, title, oral), word: () => versionWord(version, title), name: `${fileNameOf(title)} v${version.number}` })
  })

  router.get('/drafts/:draft/past/:record', async (request, response) => {
    const { draft } = await reader(request)
    const record = seqSchema.safeParse(request.params['record'])
    if (!record.success || record.data < 1) throw new Refusal('no-such-page')
    answer(response, await rooms.past(draft, record.data))
  })
  return router
}

const formNames: Readonly<Record<ExportForm, string>> = { text: '', rolling: ' (rolling text)', amendments: ' (amendments)', derivations: ' (derivations)', destinations: ' (destinations)', coverage: ' (coverage of themes)' }

/** A stage that this server does not know permits least. */
const stageOf = (stored: string): Stage => stages.find((stage) => stage === stored) ?? 'frozen'

/** A title as a file's name on any system. */
function fileNameOf(title: string): string {
  const kept = title.replace(/[\p{Cc}\p{Cs}<>:"/\\|?*]+/gu, ' ').replace(/\s+/g, ' ').replace(/^[ .]+|[ .]+$/g, '')
  return [...kept].slice(0, 80).join('').trim() || 'resolution'
}
