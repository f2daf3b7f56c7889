/** A capital's reply, taken up into the delegation's own side document. */
import * as Y from 'yjs'
import { applyReply } from '../../shared/convert/docx/apply-reply.ts'
import type { BroughtBack } from '../../shared/convert/docx/brought-back.ts'
import { digestOfText } from '../../shared/lifecycle/digests.ts'
import { rangesInUnit } from '../../shared/model/threads.ts'
import { sentenceOf } from '../../shared/wire/errors.ts'
import { limits } from '../../shared/wire/limits.ts'
import { readWrittenVersion } from '../../shared/wire/word.ts'
import { writtenPath } from '../api.ts'
import { dateOf, message } from '../messages/index.ts'
import { readReplyInPage } from '../reading/read.ts'
import { fetchFile } from '../ui/save-file.ts'
import { whyNotPropose } from './propose-unsent.ts'
import type { RoomSession } from './session.ts'
import { versionName } from './versions.ts'

/** Of the text that stands: what was read of a file holds for it alone. */
export function textNow(session: RoomSession): string {
  const { text, draft } = session.fresh()
  return digestOfText(text, draft.language)
}

/** Why no reply can be taken up here and now; null when one can. */
export const whyNotBringBack = (session: RoomSession): string | null => whyNotPropose(session) ?? (session.place === null ? null : message('bring-back-place'))

export type ReplyRead = ({ readonly ok: true } & BroughtBack) | { readonly ok: false; readonly sentence: string }

/** `base`: the version that a copy without tracked changes was made from; null for the text as it stands. null when it was stopped. */
export async function readReplyFor(session: RoomSession, file: Blob, stopped: AbortSignal, base: number | null): Promise<ReplyRead | null> {
  const fetched = base === null ? null : await fetchFile(writtenPath(session.draft, session.hatId, { form: `version-${base}`, format: 'docx', status: 'open', lines: false }))
  if (fetched?.ok === false) return fetched
  const bytes = fetched === null ? null : await fetched.response.arrayBuffer().then((buffer) => new Uint8Array(buffer), () => null)
  if (fetched !== null && bytes === null) return { ok: false, sentence: message('error-offline') }
  const answer = await readReplyInPage(file, stopped, { shared: Y.encodeStateAsUpdate(session.shared), own: session.hat.delegation, base: bytes })
  return answer === null || answer.ok ? answer : { ok: false, sentence: sentenceOf(answer.code) }
}

/** In a sentence, what the file says that it was made from. */
export function madeFrom(session: RoomSession, from: BroughtBack['from']): string {
  if (from === null) return message('reply-from-unknown')
  if (from.draft !== session.draft) return message('reply-from-other')
  const version = readWrittenVersion(from.version)
  const kept = version?.kind === 'kept' ? session.info.value.versions.find(({ number }) => number === version.number) : undefined
  const entry = version?.kind === 'now' ? session.record.value.findLast(({ seq }) => seq <= version.record) : undefined
  return kept !== undefined ? message('reply-from-version', { name: versionName(kept) }) : entry !== undefined ? message('reply-from-now', { when: dateOf(entry.atMs) }) : message('reply-from-unknown')
}

export interface TakenUp {
  /** Of the changes. */
  readonly written: number
  /** What kept a comment from becoming a thread, and the comments that did not; null when all did. */
  readonly refused: { readonly why: string; readonly comments: BroughtBack['comments'] } | null
}

/** The caller has seen that it was read against the text that stands. After a refusal nothing more is asked: the rest would meet the same. */
export async function takeUp(session: RoomSession, { reply, comments }: Pick<BroughtBack, 'reply' | 'comments'>): Promise<TakenUp> {
  const { side, shared } = session
  const view = session.fresh().text
  if (side === null) return { written: 0, refused: { why: sentenceOf('only-drafters'), comments } }
  const written = applyReply({ shared, side, view }, reply.changes, session.origin)
  for (const [at, { unit: id, from, to, comment }] of comments.entries()) {
    const unit = view.byId.get(id)
    if (unit === undefined) continue
    const words = message('reply-comment', { author: comment.author, words: comment.words }).slice(0, limits.noteCharactersMax)
    const answer = await session.send({ command: 'start-thread', about: { kind: 'unit', unit: id }, ranges: rangesInUnit(shared, unit, from, to).map(([first, last]) => [[...first], [...last]]), words, apart: true })
    if (!answer.ok) return { written, refused: { why: answer.sentence, comments: comments.slice(at) } }
  }
  return { written, refused: null }
}
