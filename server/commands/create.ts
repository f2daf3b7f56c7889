/** A new draft: its genesis entry, the chair's table, the legal office, and the sender as chair. */
import * as Y from 'yjs'
import { defineShared, newDoc } from '../../shared/model/layout.ts'
import { writeState } from '../../shared/model/state.ts'
import type { DelegationState } from '../../shared/model/state.ts'
import type { Hat } from '../../shared/policy/types.ts'
import { limits } from '../../shared/wire/limits.ts'
import type { CommandAnswer, CommandRequest, CommandResult } from '../../shared/wire/commands.ts'
import type { JsonValue } from '../../shared/wire/json.ts'
import type { Outside } from '../sync/timing.ts'
import type { CommandDeps } from './context.ts'
import { bodyDigestOf, refused, repeated } from './execute.ts'

const offices: readonly DelegationState[] = [
  { id: 'office', name: 'Chair', kind: 'office' },
  { id: 'legal', name: 'Legal officer', kind: 'office' },
]

export async function createDraft(
  deps: Pick<CommandDeps, 'store' | 'log' | 'now'> & Pick<Outside, 'random' | 'secretBytes'>,
  request: CommandRequest,
  person: { id: string; name: string },
): Promise<CommandAnswer> {
  const body = request.body
  if (body.command !== 'create-draft') return refused('bad-command')
  const bodyDigest = bodyDigestOf(body)
  try {
    const known = await deps.store.outcome(person.id, '', request.key)
    if (known !== null) return repeated(known, bodyDigest)
    const row = await deps.store.person(person.id)
    if (row === null || !row.canCreate) return refused('not-permitted')
    const newToken = (): string => Buffer.from(deps.secretBytes(9)).toString('base64url').replaceAll(/[_-]/g, 'x')
    const draft = newToken()
    const hatId = newToken()
    const hat: Hat = { role: 'chair', delegation: 'office', kind: 'office', level: 'head' }
    const result: CommandResult = { draft, hatId }
    const atMs = deps.now()
    const appended = await deps.store.append({
      document: draft,
      expectedSeq: 0,
      entries: [{ actor: person.id, kind: 'command', bytes: genesis({ title: body.title, language: body.language, sinceMs: atMs }, newServerId(deps.random)), lineage: null }],
      record: { draft, actor: person.id, kind: 'create-draft', body: { hat: { ...hat }, hatId, stage: 'drafting', body: { title: body.title, language: body.language } } },
      outcome: { person: person.id, draft: '', key: request.key, bodyDigest, result: result as unknown as JsonValue },
      writes: [
        { put: 'draft', row: { id: draft, title: body.title, stage: 'drafting', createdBy: person.id, createdAtMs: atMs } },
        ...offices.map((office) => ({ put: 'delegation' as const, row: { draft, ...office } })),
        { put: 'hat', row: { id: hatId, draft, person: person.id, hat: { ...hat }, revokedAtMs: null } },
      ],
    })
    if (appended.ok) return { ok: true, result }
    return appended.why === 'repeated' ? repeated(appended, bodyDigest) : refused('server-fault')
  } catch (error) {
    deps.log.error({ error }, 'a draft could not be created')
    return refused('store-failed')
  }
}

const newServerId = (random: Outside['random']): number => 1 + Math.floor(random() * (limits.serverClientIdMax - 1))

function genesis(draft: { readonly title: string; readonly language: string; readonly sinceMs: number }, clientId: number): Uint8Array {
  const doc = defineShared(newDoc())
  doc.clientID = clientId
  doc.transact(() => {
    writeState(doc, 'draft', { stage: 'drafting', reading: 0, ...draft })
    for (const office of offices) writeState(doc, `delegation:${office.id}`, office)
  })
  return Y.encodeStateAsUpdate(doc)
}
