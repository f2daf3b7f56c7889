/** Values as lib0 encodes them, read with a bound on their depth and without what has no equal in JSON. */
import * as decoding from 'lib0/decoding'
import { Refusal } from '../../../shared/wire/errors.ts'
import { limits } from '../../../shared/wire/limits.ts'

/** Throws Refusal `bad-value` for big integers, bytes and prototypes, `bounds` when nested too deep. */
export function readValue(decoder: decoding.Decoder, depth = 0): unknown {
  if (depth > limits.valueDepthMax) throw new Refusal('bounds')
  switch (decoding.readUint8(decoder)) {
    case 127:
      return undefined
    case 126:
      return null
    case 125:
      return decoding.readVarInt(decoder)
    case 124:
      return decoding.readFloat32(decoder)
    case 123:
      return decoding.readFloat64(decoder)
    case 121:
      return false
    case 120:
      return true
    case 119:
      return decoding.readVarString(decoder)
    case 118:
      return readObject(decoder, depth)
    case 117: {
      const values: unknown[] = []
      for (let left = decoding.readVarUint(decoder); left > 0; left--) values.push(readValue(decoder, depth + 1))
      return values
    }
    case 122:
    case 116:
      throw new Refusal('bad-value')
    default:
      throw new Refusal('malformed')
  }
}

function readObject(decoder: decoding.Decoder, depth: number): Record<string, unknown> {
  const object: Record<string, unknown> = {}
  for (let left = decoding.readVarUint(decoder); left > 0; left--) {
    const key = decoding.readVarString(decoder)
    if (key === '__proto__') throw new Refusal('bad-value')
    object[key] = readValue(decoder, depth + 1)
  }
  return object
}

/** Whether two values that came out of an update are the same. */
export function equal(left: unknown, right: unknown): boolean {
  if (Object.is(left, right)) return true
  if (typeof left !== 'object' || typeof right !== 'object' || left === null || right === null) return false
  if (Array.isArray(left) !== Array.isArray(right)) return false
  const keys = Object.keys(left)
  if (keys.length !== Object.keys(right).length) return false
  return keys.every((key) => Object.hasOwn(right, key) && equal((left as Record<string, unknown>)[key], (right as Record<string, unknown>)[key]))
}
