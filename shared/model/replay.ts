/**
 * Deeds done again in a document that does not have them, under the id it has now. Ids that were made from the old one
 * are made anew, and what was written behind a letter is written behind the one that stands for it. Each list of deeds
 * is done whole or not at all: `stands` says whether everything is there that it stands on.
 */
import * as Y from 'yjs'
import { itemsIn, overlap } from './changes.ts'
import type { IdRange } from './changes.ts'
import { typeAt } from './deeds.ts'
import type { Deed, Letter, Path } from './deeds.ts'
import { isId, madeBy, nextId } from './layout.ts'
import { openMoved } from './moved.ts'
import { deleteLive, forgetPlaces } from './revert.ts'
import type { LineageHint } from './revert.ts'
import type { Hint, Taking } from './taking.ts'
import { isAnchor, itemOf } from './texts.ts'
import type { JsonValue } from '../wire/json.ts'

export interface Replay<Why> {
  /** The document has all of this already, letter by letter: it arrived, and only the answer was lost. */
  isThere(deeds: readonly Deed[]): boolean
  stands(deeds: readonly Deed[]): boolean
  /** Call it within a transaction on the document, after `stands` has said so. Returns hints as they read now. */
  perform(transaction: Y.Transaction, deeds: readonly Deed[], hints: readonly Hint[]): Hint[]
  /** They are not done: nothing that follows may take what is there under their ids for theirs. */
  leave(deeds: readonly Deed[], why: Why): void
  /** Why the first was left of what these stand on; null where they stand on nothing that was left. */
  whyLeft(deeds: readonly Deed[]): Why | null
  /** The letter that stands for this one now; null where there is none. */
  now(letter: Letter): Letter | null
  /** The path as it is now. */
  path(path: Path): Path
  /** As they would read in the document; what comes to be within the same list keeps its name. */
  translated(deeds: readonly Deed[]): Deed[]
}

/** `anchored`: the document whose letters anchors name, for a side document the shared one. */
export function openReplay<Why>(doc: Y.Doc, anchored: Y.Doc = doc): Replay<Why> {
  const moved = openMoved()
  const ids = new Map<string, string>()
  const left: { readonly range: IdRange; readonly why: Why }[] = []
  /** Ids of what was not made. */
  const lost = new Map<string, Why>()

  const latest = (range: IdRange): IdRange[] => moved.now(range)
  const isLeft = (range: IdRange): boolean => left.some((one) => overlap(one.range, range) !== null)
  const now = ([client, clock]: Letter): Letter | null => {
    const [range] = latest({ client, clock, length: 1 })
    return range !== undefined && !isLeft(range) && itemOf(doc, [range.client, range.clock, -1]) !== null ? [range.client, range.clock] : null
  }
  const path = (keys: Path): Path => keys.map((key) => ids.get(key) ?? key)
  const value = (one: JsonValue): JsonValue => {
    if (typeof one === 'string') return ids.get(one) ?? one
    if (isAnchor(one)) {
      const [range] = latest({ client: one[0], clock: one[1], length: 1 })
      return [range!.client, range!.clock, one[2]]
    }
    if (Array.isArray(one)) return one.map(value)
    if (typeof one !== 'object' || one === null) return one
    return Object.fromEntries(Object.entries(one).map(([key, held]) => [key, value(held as JsonValue)]))
  }

  /** `made`: ids and letters of the same list, which are there once those before them are done. */
  const stands = (deeds: readonly Deed[]): boolean => {
    const made: { paths: Set<string>; letters: IdRange[] } = { paths: new Set(), letters: [] }
    const has = ([client, clock]: Letter): boolean =>
      made.letters.some((range) => overlap(range, { client, clock, length: 1 }) !== null) || now([client, clock]) !== null
    const names = (one: JsonValue): boolean => {
      if (typeof one === 'string') return !lost.has(one)
      if (isAnchor(one)) return has([one[0], one[1]]) || (anchored !== doc && itemOf(anchored, one) !== null)
      if (Array.isArray(one)) return one.every(names)
      return typeof one !== 'object' || one === null || Object.values(one).every((held) => names(held as JsonValue))
    }
    const leads = (keys: Path): boolean => made.paths.has(keys.join(' ')) || typeAt(doc, path(keys)) !== null
    return deeds.every((deed) => {
      if (deed.do === 'strike') return true
      if (!leads(deed.in)) return false
      made.letters.push(rangeOf(deed))
      switch (deed.do) {
        case 'write':
          return deed.after === null || has(deed.after)
        case 'mark':
          return (deed.after === null || has(deed.after)) && names(deed.mark)
        case 'make':
          made.paths.add([...deed.in, deed.key].join(' '))
          return true
        case 'set':
          return names(deed.value)
      }
    })
  }

  const perform = (transaction: Y.Transaction, deed: Deed): void => {
    const type = typeAt(doc, path(deed.in))
    switch (deed.do) {
      case 'write':
      case 'mark': {
        if (!(type instanceof Y.Text)) return
        const content = deed.do === 'write' ? new Y.ContentString(deed.words) : new Y.ContentEmbed(value(deed.mark) as object)
        moved.add(rangeOf(deed), insertBehind(transaction, type, deed.after === null ? null : now(deed.after), content))
        return
      }
      case 'strike':
        for (const range of latest({ client: deed.from[0], clock: deed.from[1], length: deed.length })) {
          if (!isLeft(range) && itemOf(doc, [range.client, range.clock, -1]) !== null) deleteLive(transaction, range)
        }
        return
      case 'make': {
        const isNew = isId(deed.key) && madeBy(deed.key, deed.as[0])
        if (isNew && !ids.has(deed.key)) ids.set(deed.key, nextId(doc))
        if (type instanceof Y.Map) put(deed, type, ids.get(deed.key) ?? deed.key, deed.type === 'text' ? new Y.Text() : new Y.Map())
        return
      }
      case 'set':
        if (type instanceof Y.Map) put(deed, type, deed.key, value(deed.value))
    }
  }
  const put = (deed: Extract<Deed, { as: Letter }>, map: Y.Map<unknown>, key: string, held: unknown): void => {
    map.set(key, held)
    const item = map._map.get(key)
    if (item !== undefined) moved.add(rangeOf(deed), { client: item.id.client, clock: item.lastId.clock })
  }
  const behind = (letter: Letter | null): Letter | null => (letter === null ? null : (now(letter) ?? letter))
  const translated = (deed: Deed): Deed[] => {
    const where = path(deed.in)
    switch (deed.do) {
      case 'write':
        return [{ ...deed, in: where, after: behind(deed.after) }]
      case 'mark':
        return [{ ...deed, in: where, after: behind(deed.after), mark: value(deed.mark) }]
      case 'strike':
        return latest({ client: deed.from[0], clock: deed.from[1], length: deed.length }).map(({ client, clock, length }) => ({ ...deed, in: where, from: [client, clock], length }))
      case 'make':
        return [{ ...deed, in: where, key: ids.get(deed.key) ?? deed.key }]
      case 'set':
        return [{ ...deed, in: where, value: value(deed.value) }]
    }
  }
  return {
    isThere: (deeds) => deeds.every((deed) => isDone(doc, deed)),
    stands,
    perform(transaction, deeds, hints) {
      for (const deed of deeds) perform(transaction, deed)
      return hints.flatMap((hint): Hint[] => {
        const to = latest({ client: hint.to[0], clock: hint.to[1], length: hint.to[2] })
        return 'from' in hint ? hintNow(to, latest({ client: hint.from[0], clock: hint.from[1], length: hint.from[2] })) : takingNow(to, hint)
      })
    },
    leave(deeds, why) {
      for (const deed of deeds) {
        if (deed.do !== 'strike') left.push({ range: rangeOf(deed), why })
        if (deed.do === 'make' && isId(deed.key)) lost.set(deed.key, why)
      }
    },
    whyLeft(deeds) {
      for (const deed of deeds) {
        const id = [...deed.in, ...(deed.do === 'set' ? namesIn(deed.value) : deed.do === 'mark' ? namesIn(deed.mark) : [])].find((key) => lost.has(key))
        if (id !== undefined) return lost.get(id)!
        const letters = deed.do === 'set' ? lettersIn(deed.value) : (deed.do === 'write' || deed.do === 'mark') && deed.after !== null ? [deed.after] : []
        const found = left.find(({ range }) => letters.some(([client, clock]) => overlap(range, { client, clock, length: 1 }) !== null))
        if (found !== undefined) return found.why
      }
      return null
    },
    now,
    path,
    translated: (deeds) => deeds.flatMap(translated),
  }
}

const namesIn = (value: JsonValue): string[] =>
  typeof value === 'string' ? [value] : typeof value !== 'object' || value === null ? [] : Object.values(value).flatMap((held) => namesIn(held as JsonValue))

const lettersIn = (value: JsonValue): Letter[] =>
  isAnchor(value) ? [[value[0], value[1]]] : typeof value !== 'object' || value === null ? [] : Object.values(value).flatMap((held) => lettersIn(held as JsonValue))

const rangeOf = (deed: Extract<Deed, { as: Letter }>): IdRange => ({ client: deed.as[0], clock: deed.as[1], length: deed.do === 'write' ? deed.words.length : 1 })

function insertBehind(transaction: Y.Transaction, text: Y.Text, letter: Letter | null, content: Y.ContentString | Y.ContentEmbed): { client: number; clock: number } {
  const { doc } = transaction
  const left = letter === null ? null : Y.getItemCleanEnd(transaction, doc.store, Y.createID(letter[0], letter[1]))
  const right = left === null ? text._start : left.right
  const id = Y.createID(doc.clientID, Y.getState(doc.store, doc.clientID))
  new Y.Item(id, left, left === null ? null : left.lastId, right, right === null ? null : right.id, text, null, content).integrate(transaction, 0)
  forgetPlaces(text)
  return { client: id.client, clock: id.clock }
}

/** Whether the document says so already: the same words under the same ids, the same letters gone. */
function isDone(doc: Y.Doc, deed: Deed): boolean {
  if (deed.do === 'strike') {
    const range = { client: deed.from[0], clock: deed.from[1], length: deed.length }
    const items = [...itemsIn(doc, range)]
    return items.length > 0 && items.every((item) => item.deleted)
  }
  const range = rangeOf(deed)
  if (Y.getState(doc.store, range.client) < range.clock + range.length) return false
  const items = [...itemsIn(doc, range)]
  switch (deed.do) {
    case 'write':
      return items.map((item) => wordsIn(item, range)).join('') === deed.words
    case 'mark':
      return items.every(({ content }) => content instanceof Y.ContentEmbed && JSON.stringify(content.embed) === JSON.stringify(deed.mark))
    case 'make':
      return items.every(({ content, parentSub }) => content instanceof Y.ContentType && parentSub === deed.key)
    case 'set':
      return items.every(({ content, parentSub, id }) =>
        content instanceof Y.ContentAny && parentSub === deed.key && JSON.stringify(content.arr[range.clock - id.clock]) === JSON.stringify(deed.value))
  }
}

function wordsIn({ id, content }: Y.Item, { clock, length }: IdRange): string {
  return content instanceof Y.ContentString ? content.str.slice(Math.max(0, clock - id.clock), clock + length - id.clock) : ''
}

/** A hint is of one run: where what it names is in several now, it is cut alike. */
function hintNow(to: readonly IdRange[], from: readonly IdRange[]): LineageHint[] {
  const hints: LineageHint[] = []
  const [targets, sources] = [to.map((range) => ({ ...range })), from.map((range) => ({ ...range }))]
  while (targets[0] !== undefined && sources[0] !== undefined) {
    const [target, source] = [targets[0], sources[0]]
    const length = Math.min(target.length, source.length)
    hints.push({ to: [target.client, target.clock, length], from: [source.client, source.clock, length] })
    for (const [list, one] of [[targets, target], [sources, source]] as const) {
      if (one.length === length) list.shift()
      else list[0] = { client: one.client, clock: one.clock + length, length: one.length - length }
    }
  }
  return hints
}

function takingNow(to: readonly IdRange[], { source: [source, paragraph, from] }: Taking): Taking[] {
  let at = from
  return to.map(({ client, clock, length }): Taking => {
    const taking: Taking = { to: [client, clock, length], source: [source, paragraph, at] }
    at += length
    return taking
  })
}
