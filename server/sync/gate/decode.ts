/**
 * Reads an update byte by byte as Yjs does (first encoding), and stops at the first thing that has no place anywhere.
 * Yjs' own decoder would make documents and types of it first.
 */
import * as decoding from 'lib0/decoding'
import { Refusal } from '../../../shared/wire/errors.ts'
import { limits } from '../../../shared/wire/limits.ts'
import type { Content, Decoded, Id, Parts, Range, Struct } from './types.ts'
import { readValue } from './values.ts'

type Decoder = decoding.Decoder

const kindBits = 0b0001_1111
const hasSub = 0b0010_0000
const hasRight = 0b0100_0000
const hasOrigin = 0b1000_0000

/** Throws Refusal `malformed`, `bounds`, `gap` (Skip), `bad-content` or `bad-delete`, and errors of lib0 at a sudden end. */
export function decode(update: Uint8Array): Decoded {
  if (update.length > limits.updateBytesMax) throw new Refusal('bounds')
  const decoder = decoding.createDecoder(update)
  const structs = readStructs(decoder)
  const deletes = readDeletes(decoder)
  if (decoding.hasContent(decoder)) throw new Refusal('malformed')
  return { structs, deletes }
}

/** What is left of every bound while one update is read. */
interface Budget {
  structs: number
  characters: number
}

function readStructs(decoder: Decoder): Map<number, Struct[]> {
  const found = new Map<number, Struct[]>()
  const budget: Budget = { structs: limits.updateStructsMax, characters: limits.updateCharactersMax }
  for (let clients = decoding.readVarUint(decoder); clients > 0; clients--) {
    const count = decoding.readVarUint(decoder)
    const client = readClient(decoder)
    let clock = decoding.readVarUint(decoder)
    budget.structs -= count
    if (budget.structs < 0 || clock > limits.clockMax) throw new Refusal('bounds')
    // Of two blocks for one client Yjs would take the second alone.
    if (count === 0 || found.has(client)) throw new Refusal('malformed')
    const structs: Struct[] = []
    for (let left = count; left > 0; left--) {
      const struct = readStruct(decoder, client, clock, budget)
      if (struct.length < 1) throw new Refusal('malformed')
      clock += struct.length
      if (clock > limits.clockMax) throw new Refusal('bounds')
      structs.push(struct)
    }
    found.set(client, structs)
  }
  return found
}

function readClient(decoder: Decoder): number {
  const client = decoding.readVarUint(decoder)
  if (client > limits.clientIdMax) throw new Refusal('bounds')
  return client
}

function readStruct(decoder: Decoder, client: number, clock: number, budget: Budget): Struct {
  const from = decoder.pos
  const info = decoding.readUint8(decoder)
  const kind = info & kindBits
  if (kind === 0) {
    const length = decoding.readVarUint(decoder)
    if (length > limits.gcLengthMax) throw new Refusal('bounds')
    return { client, clock, length, item: null, bytes: [from, decoder.pos] }
  }
  if (kind === 10) throw new Refusal('gap')
  const origin = (info & hasOrigin) === 0 ? null : readId(decoder)
  const right = (info & hasRight) === 0 ? null : readId(decoder)
  const alone = origin === null && right === null
  const parent = !alone ? null : decoding.readVarUint(decoder) === 1 ? decoding.readVarString(decoder) : readId(decoder)
  const sub = alone && (info & hasSub) !== 0 ? decoding.readVarString(decoder) : null
  const { content, length } = readContent(decoder, kind, budget)
  if (length > limits.structLengthMax) throw new Refusal('bounds')
  const item: Parts = { origin, right, parent, sub, content }
  return { client, clock, length, item, bytes: [from, decoder.pos] }
}

const readId = (decoder: Decoder): Id => ({ client: decoding.readVarUint(decoder), clock: decoding.readVarUint(decoder) })

interface Sized {
  readonly content: Content
  readonly length: number
}

function readContent(decoder: Decoder, kind: number, budget: Budget): Sized {
  switch (kind) {
    case 1:
      return { content: { kind: 'deleted' }, length: decoding.readVarUint(decoder) }
    case 2:
      return readValues(decoder, true)
    case 4: {
      const words = decoding.readVarString(decoder)
      budget.characters -= words.length
      if (budget.characters < 0) throw new Refusal('bounds')
      return { content: { kind: 'words', words }, length: words.length }
    }
    case 5:
      return { content: { kind: 'embed', embed: JSON.parse(decoding.readVarString(decoder)) as unknown }, length: 1 }
    case 7:
      return { content: { kind: readTypeKind(decoder) }, length: 1 }
    case 8:
      return readValues(decoder, false)
    case 3:
    case 6:
    case 9:
      throw new Refusal('bad-content')
    default:
      throw new Refusal('malformed')
  }
}

/** Of Yjs' types only maps (1) and texts (2) have a place here. */
function readTypeKind(decoder: Decoder): 'map' | 'text' {
  const type = decoding.readVarUint(decoder)
  if (type === 1) return 'map'
  if (type === 2) return 'text'
  throw new Refusal('bad-content')
}

function readValues(decoder: Decoder, json: boolean): Sized {
  const values: unknown[] = []
  const count = decoding.readVarUint(decoder)
  for (let left = count; left > 0; left--) {
    if (!json) values.push(readValue(decoder))
    else {
      const text = decoding.readVarString(decoder)
      values.push(text === 'undefined' ? undefined : (JSON.parse(text) as unknown))
    }
  }
  return { content: { kind: 'values', values, json }, length: count }
}

function readDeletes(decoder: Decoder): Map<number, Range[]> {
  const found = new Map<number, Range[]>()
  let ranges = 0
  for (let clients = decoding.readVarUint(decoder); clients > 0; clients--) {
    const client = readClient(decoder)
    const count = decoding.readVarUint(decoder)
    ranges += count
    if (ranges > limits.updateDeleteRangesMax) throw new Refusal('bounds')
    if (found.has(client)) throw new Refusal('malformed')
    found.set(client, readRanges(decoder, count))
  }
  return found
}

/** Yjs writes them in order and apart; others would let a few bytes cost much work. An empty one would split an item. */
function readRanges(decoder: Decoder, count: number): Range[] {
  const ranges: Range[] = []
  let reached = 0
  for (let left = count; left > 0; left--) {
    const clock = decoding.readVarUint(decoder)
    const length = decoding.readVarUint(decoder)
    if (length < 1 || clock < reached) throw new Refusal('bad-delete')
    reached = clock + length
    if (reached > limits.clockMax) throw new Refusal('bounds')
    ranges.push({ clock, length })
  }
  return ranges
}
