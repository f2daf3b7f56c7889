/**
 * How a draft is laid out in Yjs documents: the names of roots and keys, who may write a key how often, and the grammar
 * of ids. The reader, the operations and the gate know the layout from here and from nowhere else.
 *
 * shared document, sent to everyone in the room
 *   units      id -> Map   kind, parent, rank, text, joined, removed, label
 *   texts      id -> Text  a unit's words with `{unit}` and `{note}` one-place embeds; a note's words are a text of their own
 *   amendments id -> Map   about, place, hunks, cuts, proposal, rationale, revisions   (published: by the server alone)
 *   threads    id -> Map   about, by, ranges, quote, messages, resolved        (written by the server alone)
 *   state      flat keys `topic` or `topic:id` -> JSON                         (decisions: written by the server alone)
 *
 * side document, sent to one delegation's people, or to the people of a circle's members (circles.ts)
 *   amendments id -> Map   about, place, hunks, cuts, proposal, rationale, dropped
 *   notes      id -> Map   unit, kind, text                                        (a delegation's alone)
 *   threads    id -> Map   as above, for its own people                        (written by the server alone)
 */
import * as Y from 'yjs'
import { limits } from '../wire/limits.ts'

export const sharedRoots = ['units', 'texts', 'amendments', 'threads', 'state'] as const
export type SharedRoot = (typeof sharedRoots)[number]
export const sideRoots = ['amendments', 'threads', 'notes'] as const
export type Root = SharedRoot | (typeof sideRoots)[number]

/** `once`: written in the update that creates the thing, never again, never deleted. `last`: last writer wins. */
export const unitKeys = {
  text: 'once',
  kind: 'last',
  parent: 'last',
  rank: 'last',
  joined: 'last',
  removed: 'last',
  label: 'last',
} as const
export type UnitKey = keyof typeof unitKeys

export const amendmentKeys = {
  about: 'once',
  /** Where an insertion, a placeholder or a move goes; what `about` said when it was begun, until it is put elsewhere. */
  place: 'last',
  hunks: 'once',
  cuts: 'once',
  proposal: 'once',
  rationale: 'once',
  /** Published amendments only: revision number -> what was put forward. */
  revisions: 'once',
  /** Side documents only: discarded by its own people. */
  dropped: 'last',
} as const
export type AmendmentKey = keyof typeof amendmentKeys

export const hunkKeys = { at: 'once', text: 'once' } as const
/** `since`: published cuts only, the time of their first putting forward. */
export const cutKeys = { range: 'once', dropped: 'last', since: 'once' } as const

/** What a delegation notes for its own people about a paragraph. Never put forward. */
export const noteKinds = ['instructions', 'red-line', 'fallback'] as const
export type NoteKind = (typeof noteKinds)[number]
export const noteKeys = { unit: 'once', kind: 'once', text: 'once' } as const

/** A place between two characters: an item's client and clock, and the side of it that is meant (0 before, -1 after). */
export type Anchor = readonly [client: number, clock: number, assoc: 0 | -1]

/**
 * What an amendment is about. `target` is a unit; or a published amendment that proposes a paragraph (an amendment on
 * another's new paragraph or alternative); or, for `modify`, a footnote.
 * - `modify`      hunks and cuts in the words of `target`
 * - `delete`      the whole of `target`
 * - `replace`     `proposal` in place of the whole of `target` ("OP5 alt")
 * - `insert`      a new unit of `unitKind` with the words of `proposal`, after `target` ('' for the very beginning),
 *                 as its sibling or, where `inside`, as its first child
 * - `placeholder` the same for text to come; `proposal` may say what
 * - `move`        `target` under `parent` ('' for the top level) after `after` ('' for the first place)
 * - `split`       `target` in two at a place
 * - `join`        the unit `with`, which follows `target`, onto it
 * - `bracket`     base words, named by the ranges in `cuts`, in square brackets
 * - `note`        a footnote with the words of `proposal` at a place of `target`
 */
export type About =
  | { readonly kind: 'modify'; readonly target: string }
  | { readonly kind: 'delete'; readonly target: string }
  | { readonly kind: 'replace'; readonly target: string }
  | { readonly kind: 'insert'; readonly target: string; readonly unitKind: string; readonly inside: boolean }
  | { readonly kind: 'placeholder'; readonly target: string; readonly unitKind: string; readonly inside: boolean }
  | { readonly kind: 'move'; readonly target: string; readonly parent: string; readonly after: string }
  | { readonly kind: 'split'; readonly target: string; readonly at: Anchor }
  | { readonly kind: 'join'; readonly target: string; readonly with: string }
  | { readonly kind: 'bracket'; readonly target: string; readonly verb: BracketVerb }
  | { readonly kind: 'note'; readonly target: string; readonly at: Anchor }

export type AmendmentKind = About['kind']

export const bracketVerbs = ['reserve', 'retain', 'bracket'] as const
export type BracketVerb = (typeof bracketVerbs)[number]

export type UnitEmbed = { readonly unit: string }
export type NoteEmbed = { readonly note: string }

/** Stands for an embed where a text is read as a string, so that string offsets are text offsets. Never typed. */
export const embedCharacter = '\uFFFC'

export const idPattern = /^[0-9a-z]{1,11}-[0-9a-z]{1,8}$/

export const isId = (value: unknown): value is string =>
  typeof value === 'string' && value.length <= limits.idCharactersMax && idPattern.test(value)

/** The id of the next thing this document's client creates: its client id and clock, so unique and checkable. */
export function nextId(doc: Y.Doc): string {
  return `${doc.clientID.toString(36)}-${Y.getState(doc.store, doc.clientID).toString(36)}`
}

/** By creator, then in the order in which one creator made them. */
export function compareIds(left: string, right: string): number {
  const [leftClient = '', leftClock = ''] = left.split('-')
  const [rightClient = '', rightClock = ''] = right.split('-')
  if (leftClient !== rightClient) return leftClient < rightClient ? -1 : 1
  if (leftClock.length !== rightClock.length) return leftClock.length - rightClock.length
  return leftClock < rightClock ? -1 : leftClock > rightClock ? 1 : 0
}

/** Whether an id may have been made under this client id. */
export const madeBy = (id: string, client: number): boolean => id.startsWith(`${client.toString(36)}-`)

export const unitsOf = (doc: Y.Doc): Y.Map<Y.Map<unknown>> => doc.getMap('units')
export const textsOf = (doc: Y.Doc): Y.Map<Y.Text> => doc.getMap('texts')
export const amendmentsOf = (doc: Y.Doc): Y.Map<Y.Map<unknown>> => doc.getMap('amendments')
export const notesOf = (doc: Y.Doc): Y.Map<Y.Map<unknown>> => doc.getMap('notes')
export const threadsOf = (doc: Y.Doc): Y.Map<Y.Map<unknown>> => doc.getMap('threads')
export const stateOf = (doc: Y.Doc): Y.Map<unknown> => doc.getMap('state')

/** The words that an id stands for in the shared document: a unit's or a footnote's text, or what a published amendment proposes. */
export function textNamed(shared: Y.Doc, id: string): Y.Text | undefined {
  const proposal: unknown = textsOf(shared).has(id) ? textsOf(shared).get(id) : amendmentsOf(shared).get(id)?.get('proposal')
  return proposal instanceof Y.Text ? proposal : undefined
}

/** Defines every root with its type, so that no remote update can define one otherwise. */
export function defineShared(doc: Y.Doc): Y.Doc {
  for (const root of sharedRoots) doc.getMap(root)
  return doc
}

export function defineSide(doc: Y.Doc): Y.Doc {
  for (const root of sideRoots) doc.getMap(root)
  return doc
}

/** All values that a key of a map holds or ever held. Documents collect no garbage, so what was written over is still there. */
export function everHeld(map: Y.Map<unknown>, key: string): unknown[] {
  const held: unknown[] = []
  for (let item = map._map.get(key) ?? null; item !== null; item = item.left) {
    // Yjs merges values that were written over each other: all of them were held once.
    if (item.content instanceof Y.ContentAny) held.push(...(item.content.arr as unknown[]))
  }
  return held
}

/** Deleted letters are kept: anchors, undo and lineage are checked against them (see docs/CAVEATS.md). */
export const newDoc = (): Y.Doc => new Y.Doc({ gc: false })

export { cleanWords, isCleanWords } from '../wire/words.ts'
