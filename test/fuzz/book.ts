/** Keeps account of every amendment that was ever put forward: it appears, changes its status or goes by a command that names it. */
import type * as Y from 'yjs'
import { readPackage } from '../../shared/model/agreed.ts'
import { readAmendments } from '../../shared/model/amendments.ts'
import { readPublished } from '../../shared/model/decisions.ts'
import { readReversal } from '../../shared/model/reversal.ts'
import { readAmendmentState } from '../../shared/model/state.ts'
import { digestOfAmendment } from '../../shared/lifecycle/digests.ts'
import { isUndecided } from '../../shared/policy/types.ts'
import type { AmendmentStatus } from '../../shared/policy/types.ts'
import type { Command } from '../../shared/wire/commands.ts'
import type { Count } from './house.ts'

const publishing: ReadonlySet<string> = new Set(['put-forward', 'record-for', 'correct-editorially'])

const isInText = (status: AmendmentStatus | undefined): boolean => status === 'incorporated' || status === 'merged'

export class Book {
  readonly #count: Count
  readonly #statuses = new Map<string, AmendmentStatus>()
  #body: Command | null = null
  /** What an undone decision was, and what it had written; or what is in a package that is agreed. */
  #taken: { readonly kind: string; readonly named: string } | null = null

  constructor(count: Count) {
    this.#count = count
  }

  /** Before a command, and at the end with null: nothing has changed since the last one. */
  begin(shared: Y.Doc, body: Command | null): void {
    this.#body = null
    this.#compare(shared, () => false)
    this.#body = body
    const undone = body?.command === 'undo-decision' ? readReversal(shared, body.decision) : null
    const together = body?.command === 'agree-package' ? readPackage(shared, body.package) : null
    this.#taken = together !== null ? { kind: body!.command, named: JSON.stringify(together.amendments) } : undone === null ? null : { kind: undone.kind, named: JSON.stringify(undone.state.map(({ key }) => key)) }
  }

  end(shared: Y.Doc, isDone: boolean): void {
    const body = this.#body
    const named = `${JSON.stringify(body)}${this.#taken?.named ?? ''}`
    this.#compare(shared, (id, before, now) =>
      isDone && (named.includes(id) || (body?.command === 'restore-version' && isInText(before) !== isInText(now)) || (body?.command === 'freeze' && before !== undefined && isUndecided(before) && now === 'not-reflected')))
    if (isDone && body !== null && publishing.has(body.command) && 'amendment' in body) this.#count(`put forward ${readPublished(shared, body.amendment)!.about.kind}`)
  }

  #compare(shared: Y.Doc, isExplained: (id: string, before: AmendmentStatus | undefined, now: AmendmentStatus | undefined) => boolean): void {
    const published = new Map(readAmendments(shared).map((view) => [view.id, view]))
    for (const id of new Set([...this.#statuses.keys(), ...published.keys()])) {
      const view = published.get(id)
      const before = this.#statuses.get(id)
      const state = readAmendmentState(shared, id)
      const now = state?.status
      // An editorial correction was put forward and decided as one; taken back, it is the officer's own again.
      if (view === undefined || (now === undefined && before !== undefined && this.#taken?.kind !== 'correct-editorially')) throw new Error(`${id} disappeared`)
      if (state !== null && isUndecided(state.status) && digestOfAmendment(view) !== state.digest) throw new Error(`${id} has lost the wording that stands`)
      if (now === before) continue
      if (!isExplained(id, before, now)) throw new Error(`${id} became ${now} from ${before} and nobody decided it`)
      if (now === 'incorporated') this.#count(`incorporated ${view.about.kind}`)
      if (now === undefined) this.#statuses.delete(id)
      else this.#statuses.set(id, now)
    }
  }
}
