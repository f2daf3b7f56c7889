/** Updates written byte by byte, as no honest client would write them. */
import * as encoding from 'lib0/encoding'

export type At = readonly [client: number, clock: number]

/** One struct. `parent`: a root's name or an item's id; left out where `left` or `right` tell. */
export interface Hostile {
  readonly left?: At
  readonly right?: At
  readonly parent?: string | At
  readonly sub?: string
  readonly content: Body
}

export type Body =
  | { readonly words: string }
  | { readonly embed: unknown }
  | { readonly any: readonly unknown[] }
  | { readonly json: readonly unknown[] }
  | { readonly type: 'array' | 'map' | 'text' | 'xml' }
  | { readonly deleted: number }
  | { readonly format: readonly [string, unknown] }
  | { readonly binary: Uint8Array }
  | { readonly guid: string }

export type Piece = Hostile | { readonly gc: number } | { readonly skip: number } | { readonly raw: Uint8Array }

export interface Block {
  readonly client: number
  readonly clock: number
  readonly pieces: readonly Piece[]
  /** Said to be so many, where that is not the number of pieces. */
  readonly count?: number
}

export type Deletes = readonly (readonly [client: number, ...ranges: (readonly [clock: number, length: number])[]])[]

export function hostileUpdate(blocks: readonly Block[], deletes: Deletes = []): Uint8Array {
  const encoder = encoding.createEncoder()
  encoding.writeVarUint(encoder, blocks.length)
  for (const block of blocks) {
    encoding.writeVarUint(encoder, block.count ?? block.pieces.length)
    encoding.writeVarUint(encoder, block.client)
    encoding.writeVarUint(encoder, block.clock)
    for (const piece of block.pieces) writePiece(encoder, piece)
  }
  encoding.writeVarUint(encoder, deletes.length)
  for (const [client, ...ranges] of deletes) {
    encoding.writeVarUint(encoder, client)
    encoding.writeVarUint(encoder, ranges.length)
    for (const [clock, length] of ranges) {
      encoding.writeVarUint(encoder, clock)
      encoding.writeVarUint(encoder, length)
    }
  }
  return encoding.toUint8Array(encoder)
}

function writePiece(encoder: encoding.Encoder, piece: Piece): void {
  if ('raw' in piece) return encoding.writeUint8Array(encoder, piece.raw)
  if ('gc' in piece) {
    encoding.writeUint8(encoder, 0)
    return encoding.writeVarUint(encoder, piece.gc)
  }
  if ('skip' in piece) {
    encoding.writeUint8(encoder, 10)
    return encoding.writeVarUint(encoder, piece.skip)
  }
  const bits = (piece.left ? 128 : 0) | (piece.right ? 64 : 0) | (piece.sub === undefined ? 0 : 32)
  encoding.writeUint8(encoder, refOf(piece.content) | bits)
  if (piece.left) writeAt(encoder, piece.left)
  if (piece.right) writeAt(encoder, piece.right)
  if (!piece.left && !piece.right) {
    const parent = piece.parent ?? ''
    encoding.writeVarUint(encoder, typeof parent === 'string' ? 1 : 0)
    if (typeof parent === 'string') encoding.writeVarString(encoder, parent)
    else writeAt(encoder, parent)
    if (piece.sub !== undefined) encoding.writeVarString(encoder, piece.sub)
  }
  writeBody(encoder, piece.content)
}

function writeAt(encoder: encoding.Encoder, [client, clock]: At): void {
  encoding.writeVarUint(encoder, client)
  encoding.writeVarUint(encoder, clock)
}

const refs = { deleted: 1, json: 2, binary: 3, words: 4, embed: 5, format: 6, type: 7, any: 8, guid: 9 } as const

const refOf = (body: Body): number => refs[Object.keys(body)[0] as keyof typeof refs]

const types = { array: 0, map: 1, text: 2, xml: 4 } as const

function writeBody(encoder: encoding.Encoder, body: Body): void {
  if ('words' in body) encoding.writeVarString(encoder, body.words)
  else if ('embed' in body) encoding.writeVarString(encoder, JSON.stringify(body.embed))
  else if ('type' in body) encoding.writeVarUint(encoder, types[body.type])
  else if ('deleted' in body) encoding.writeVarUint(encoder, body.deleted)
  else if ('binary' in body) encoding.writeVarUint8Array(encoder, body.binary)
  else if ('format' in body) {
    encoding.writeVarString(encoder, body.format[0])
    encoding.writeVarString(encoder, JSON.stringify(body.format[1]))
  } else if ('guid' in body) {
    encoding.writeVarString(encoder, body.guid)
    encoding.writeAny(encoder, {})
  } else if ('any' in body) {
    encoding.writeVarUint(encoder, body.any.length)
    for (const value of body.any) encoding.writeAny(encoder, value as Parameters<typeof encoding.writeAny>[1])
  } else {
    encoding.writeVarUint(encoder, body.json.length)
    for (const value of body.json) encoding.writeVarString(encoder, JSON.stringify(value))
  }
}
