/** After a refusal: what a session had typed is done again in the document as the server has it, as far as that is permitted. */
import * as Y from 'yjs'
import { deedsOf } from '../../shared/model/deeds.ts'
import type { Deed } from '../../shared/model/deeds.ts'
import { newDoc } from '../../shared/model/layout.ts'
import { openReplay } from '../../shared/model/replay.ts'
import type { Replay } from '../../shared/model/replay.ts'
import type { Hint } from '../../shared/model/taking.ts'
import type { ErrorCode } from '../../shared/wire/errors.ts'
import type { KeptUpdate } from './local-store.ts'
import { struckRunsOf, unsentRunsOf } from './unsent-words.ts'
import type { Unsent } from './unsent-words.ts'

/** Null where the server would take these deeds, as far as can be known here; they name letters and ids of the document. */
export type Judge = (deeds: readonly Deed[]) => ErrorCode | null

export interface Ground {
  /** As the server has it, and nothing more. */
  readonly doc: Y.Doc
  readonly anchored: Y.Doc
  readonly judge: Judge
}

/** Refused for the id it was under, or for what is gone with another: done again under a new one it may well be taken. */
const ofItsId: ReadonlySet<ErrorCode> = new Set<ErrorCode>(['not-your-id', 'forked', 'gap'])

interface Left {
  readonly one: KeptUpdate
  readonly deeds: readonly Deed[]
  readonly code: ErrorCode
}

/**
 * Writes the document, one local transaction an update; `note` is called in each with what it copies. Returns what is
 * left, in words.
 */
export function doAgain(ground: Ground, kept: readonly KeptUpdate[], note: (copies: readonly Hint[]) => void): Unsent[] {
  const { doc } = ground
  const whole = withAll(doc, kept)
  const replay = openReplay<ErrorCode>(doc, ground.anchored)
  const left: Left[] = []
  for (const one of kept) {
    const deeds = one.operations.length > 0 ? one.operations : deedsOf(whole, one.update)
    if (replay.isThere(deeds)) continue
    const code = whyNot(one, deeds, replay, ground.judge)
    if (code === null) {
      doc.transact((transaction) => note(replay.perform(transaction, deeds, hintsIn(one.hints))), 'again')
    } else {
      replay.leave(deeds, code)
      left.push({ one, deeds, code })
    }
  }
  return unsentOf(doc, whole, replay, left)
}

function whyNot({ refused, again }: KeptUpdate, deeds: readonly Deed[], replay: Replay<ErrorCode>, judge: Judge): ErrorCode | null {
  if (refused !== undefined && (again === true || !ofItsId.has(refused))) return refused
  return replay.stands(deeds) ? judge(replay.translated(deeds)) : (replay.whyLeft(deeds) ?? refused ?? 'gap')
}

/** What the page showed: the document, and on it all that was typed, as far as it fits. */
function withAll(doc: Y.Doc, kept: readonly KeptUpdate[]): Y.Doc {
  const whole = newDoc()
  // Types have to be known as what they are before an update brings items for them.
  for (const [name, type] of doc.share) whole.get(name, type.constructor as new () => Y.AbstractType<unknown>)
  Y.applyUpdate(whole, Y.encodeStateAsUpdate(doc))
  for (const { update } of kept) Y.applyUpdate(whole, update)
  return whole
}

function unsentOf(doc: Y.Doc, whole: Y.Doc, replay: Replay<ErrorCode>, left: readonly Left[]): Unsent[] {
  return [...new Set(left.map(({ code }) => code))].flatMap((code): Unsent[] => {
    const of = left.filter((one) => one.code === code)
    const typed = unsentRunsOf(whole, of.map(({ one }) => one.update), replay.now).map((run) => ({ ...run, in: run.in === null ? null : replay.path(run.in) }))
    const struck = struckRunsOf(doc, of.flatMap(({ deeds }) => deeds))
    return [...typed, ...struck].map((run) => ({ ...run, code }))
  })
}

/** What was kept beside an update by this page or an earlier one. */
function hintsIn(hints: string): Hint[] {
  return hints === '' ? [] : (JSON.parse(hints) as Hint[])
}
