/**
 * A packed file (zip) from somebody unknown, read part by part. Its directory is believed in nothing that costs memory: what comes
 * out of a part is counted while it is inflated. Nothing is ever written under a name that stands in it.
 */
import { Inflate } from 'fflate'
import { Refusal } from '../../wire/errors.ts'
import { limits } from '../../wire/limits.ts'

export interface Archive {
  readonly names: ReadonlySet<string>
  /** The bytes of a part; null where there is none. Refuses as import-damaged, import-too-large, import-unsafe. */
  readonly read: (name: string) => Uint8Array | null
}

interface Entry {
  readonly method: number
  readonly packed: Uint8Array
  readonly size: number
}

const endSignature = 0x06054b50
const directorySignature = 0x02014b50
const localSignature = 0x04034b50

/** Refuses as import-old-word, import-encrypted, import-damaged, import-unsafe, import-too-large. */
export function openArchive(bytes: Uint8Array): Archive {
  if (bytes.length > limits.importFileBytesMax) throw new Refusal('import-too-large')
  refuseCompoundFile(bytes)
  const entries = directoryOf(bytes)
  let unpacked = 0
  const read = (name: string): Uint8Array | null => {
    const entry = entries.get(name)
    if (entry === undefined) return null
    const room = limits.archiveUnpackedBytesMax - unpacked
    const part = entry.method === 0 ? stored(entry, room) : inflated(entry, room)
    unpacked += part.length
    return part
  }
  return { names: new Set(entries.keys()), read }
}

/**
 * Files of the old kind, and those that Word locks with a password, are "compound files". A locked one names its part
 * "EncryptedPackage", in two bytes a letter.
 */
function refuseCompoundFile(bytes: Uint8Array): void {
  const magic = [0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1]
  if (!magic.every((byte, at) => bytes[at] === byte)) return
  const name = 'EncryptedPackage'.split('').join('\0')
  const letters = new TextDecoder('latin1').decode(bytes)
  throw new Refusal(letters.includes(name) ? 'import-encrypted' : 'import-old-word')
}

function directoryOf(bytes: Uint8Array): Map<string, Entry> {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const end = endOf(view)
  const count = view.getUint16(end + 10, true)
  if (count > limits.archiveEntriesMax) throw new Refusal('import-too-large')
  const entries = new Map<string, Entry>()
  let at = view.getUint32(end + 16, true)
  for (let index = 0; index < count; index++) {
    if (at + 46 > bytes.length || view.getUint32(at, true) !== directorySignature) throw new Refusal('import-damaged')
    const [nameLength, extraLength, commentLength] = [view.getUint16(at + 28, true), view.getUint16(at + 30, true), view.getUint16(at + 32, true)]
    const name = new TextDecoder().decode(bytes.subarray(at + 46, at + 46 + nameLength))
    // Word packs no part twice, and every reader would take another of the two.
    if (entries.has(name) || isUnsafe(name)) throw new Refusal('import-unsafe')
    if ((view.getUint16(at + 8, true) & 1) !== 0) throw new Refusal('import-encrypted')
    entries.set(name, entryAt(bytes, view, at))
    at += 46 + nameLength + extraLength + commentLength
  }
  return entries
}

/** The record that ends an archive, behind which there may be a comment. */
function endOf(view: DataView): number {
  const last = view.byteLength - 22
  for (let at = last; at >= 0 && at >= last - 0xffff; at--) if (view.getUint32(at, true) === endSignature) return at
  throw new Refusal('import-damaged')
}

const isUnsafe = (name: string): boolean =>
  name === '' || name.startsWith('/') || /[\\\0:]/.test(name) || name.split('/').some((step) => step === '..' || step === '.')

function entryAt(bytes: Uint8Array, view: DataView, at: number): Entry {
  const [method, packedSize, size, local] = [view.getUint16(at + 10, true), view.getUint32(at + 20, true), view.getUint32(at + 24, true), view.getUint32(at + 42, true)]
  if (method !== 0 && method !== 8) throw new Refusal('import-damaged')
  if (local + 30 > bytes.length || view.getUint32(local, true) !== localSignature) throw new Refusal('import-damaged')
  const from = local + 30 + view.getUint16(local + 26, true) + view.getUint16(local + 28, true)
  if (from + packedSize > bytes.length) throw new Refusal('import-damaged')
  return { method, packed: bytes.subarray(from, from + packedSize), size }
}

function stored({ packed, size }: Entry, room: number): Uint8Array {
  if (packed.length !== size) throw new Refusal('import-damaged')
  if (packed.length > room) throw new Refusal('import-too-large')
  return packed
}

function inflated({ packed, size }: Entry, room: number): Uint8Array {
  const pieces: Uint8Array[] = []
  let length = 0
  let isWhole = false
  const most = Math.min(room, size, Math.max(limits.archiveRatioFreeBytes, packed.length * limits.archiveRatioMax))
  const inflate = new Inflate((piece, isLast) => {
    length += piece.length
    isWhole ||= isLast
    if (length <= most) pieces.push(piece)
  })
  for (let from = 0; from < packed.length && length <= most; from += limits.archivePieceBytes) {
    const to = from + limits.archivePieceBytes
    try {
      inflate.push(packed.subarray(from, to), to >= packed.length)
    } catch {
      throw new Refusal('import-damaged')
    }
  }
  if (length > size && size <= room) throw new Refusal('import-unsafe')
  if (length > most || size > room) throw new Refusal('import-too-large')
  if (!isWhole || length !== size) throw new Refusal('import-damaged')
  const part = new Uint8Array(length)
  let at = 0
  for (const piece of pieces) {
    part.set(piece, at)
    at += piece.length
  }
  return part
}
