/**
 * One's own undo and redo, over the shared document and a side document in one order. Yjs's own UndoManager deletes
 * the containers it saw made, and with them whatever others have put into them; this one never does.
 */
import type * as Y from 'yjs'
import { limits } from '../wire/limits.ts'
import { changeOf, creationsIn, isNothing, merged, touch } from './changes.ts'
import type { Change } from './changes.ts'
import { openCopies, revert } from './revert.ts'
import type { LineageHint } from './revert.ts'

/** What was done at one go, a change for each document. */
export interface Step {
  readonly changes: readonly Change[]
}

export interface HistoryOptions {
  /** Whose transactions are one's own: the origins handed to the operations. */
  readonly origins: ReadonlySet<unknown>
  readonly now: () => number
  /** A step that is no longer permitted is dropped before it runs. */
  readonly permitted?: (step: Step) => boolean
}

export interface History {
  /** Takes back one's last step that still has something to take back. False when there is none. Not within a transaction. */
  undo(): boolean
  redo(): boolean
  readonly canUndo: boolean
  readonly canRedo: boolean
  /** Everything that is done while `run` runs is one step. */
  group<T>(run: () => T): T
  /** The same for what goes on over time, as a composition does; call what it returns at the end. */
  begin(): () => void
  stop(): void
  /** Called within the transaction that brings words back, so before its update is sent: what was copied from where. */
  onHint: ((hints: readonly LineageHint[], doc: Y.Doc) => void) | null
  /** The origin of the transactions that undo and redo make. */
  readonly origin: unknown
}

interface OpenStep extends Step {
  changes: Change[]
  atMs: number
  /** Nothing more is added to it. */
  closed: boolean
}

export function openHistory(docs: readonly Y.Doc[], options: HistoryOptions): History {
  const origin = Symbol('history')
  const copies = openCopies()
  const undoable: OpenStep[] = []
  const redoable: OpenStep[] = []
  let reverted: Change[] = []
  let creations = new Set<unknown>()
  let group: OpenStep | null = null
  let groups = 0

  const record = (change: Change): void => {
    if (isNothing(change)) return
    redoable.length = 0
    const last = undoable.at(-1)
    const nowMs = options.now()
    if (groups > 0 && group !== null) addTo(group, change, nowMs)
    else if (groups === 0 && last !== undefined && goesOn(last, change, nowMs)) addTo(last, change, nowMs)
    else {
      const step = { changes: [change], atMs: nowMs, closed: groups > 0 }
      if (groups > 0) group = step
      undoable.push(step)
      if (undoable.length > limits.undoStepsMax) undoable.shift()
    }
  }
  const see = (transaction: Y.Transaction): void => {
    if (!transaction.local) return
    if (transaction.origin === origin) reverted.push(changeOf(transaction, creations))
    else if (options.origins.has(transaction.origin)) record(changeOf(transaction))
  }
  for (const doc of docs) doc.on('afterTransaction', see)

  const run = (from: OpenStep[], to: OpenStep[]): boolean => {
    group = null
    for (let step = from.pop(); step !== undefined; step = from.pop()) {
      if (options.permitted?.(step) === false) continue
      reverted = []
      creations = creationsIn(step.changes)
      for (const change of [...step.changes].reverse()) {
        change.doc.transact((transaction) => {
          const hints = revert(transaction, change, copies)
          if (hints.length > 0) history.onHint?.(hints, change.doc)
        }, origin)
      }
      const changes = reverted.filter((change) => !isNothing(change))
      if (changes.length === 0) continue
      to.push({ changes, atMs: options.now(), closed: true })
      return true
    }
    return false
  }
  const begin = (): (() => void) => {
    if (groups === 0) group = null
    groups++
    let ended = false
    return () => {
      if (!ended) groups--
      ended = true
    }
  }
  const history: History = {
    undo: () => run(undoable, redoable),
    redo: () => run(redoable, undoable),
    get canUndo() {
      return undoable.length > 0
    },
    get canRedo() {
      return redoable.length > 0
    },
    group(inside) {
      const end = begin()
      try {
        return inside()
      } finally {
        end()
      }
    },
    begin,
    stop: () => docs.forEach((doc) => doc.off('afterTransaction', see)),
    onHint: null,
    origin,
  }
  return history
}

function addTo(step: OpenStep, change: Change, nowMs: number): void {
  const index = step.changes.findIndex((known) => known.doc === change.doc)
  if (index === -1) step.changes.push(change)
  else step.changes[index] = merged(step.changes[index]!, change)
  step.atMs = nowMs
}

/** Whether a change is the next keystroke of a step: words or cuts beside its last ones, and soon after. */
function goesOn(step: OpenStep, change: Change, nowMs: number): boolean {
  if (step.closed || !change.plain || nowMs - step.atMs > limits.undoGroupMs) return false
  const [known] = step.changes
  return step.changes.length === 1 && known!.plain && touch(known!, change)
}
