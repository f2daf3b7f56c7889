/** The sealed file of a version, from what the store has of it. */
import type { FrozenForm } from '../../shared/lifecycle/freeze.ts'
import { sealedText } from '../../shared/lifecycle/sealed.ts'
import type { PublicKey } from '../../shared/lifecycle/signature.ts'
import type { RecordRow, VersionRow } from '../store/store.ts'

/** Null for a version that is no frozen text, or that none of the keys has signed. */
export function sealedOf(version: VersionRow, record: readonly RecordRow[], known: readonly PublicKey[]): string | null {
  if (version.kind !== 'final') return null
  const form = formOf(version.bytes)
  if (form === null) return null
  const key = known.find(({ keyId }) => keyId === form.keyId)
  return key === undefined ? null : sealedText(form, version.sha256, key, record.filter(({ seq }) => seq <= (form.recordHead?.seq ?? 0)))
}

type KnownForm = FrozenForm & { readonly keyId?: string; readonly recordHead?: { readonly seq: number } | null }

/** Null for bytes that were damaged on the disk. */
function formOf(bytes: Uint8Array): KnownForm | null {
  try {
    return JSON.parse(new TextDecoder().decode(bytes)) as KnownForm | null
  } catch {
    return null
  }
}
