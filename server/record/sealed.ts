/** The sealed file of a version, from what the store has of it. */
import type { FrozenForm } from '../../shared/lifecycle/freeze.ts'
import { sealedText } from '../../shared/lifecycle/sealed.ts'
import type { Keys } from '../keys/keys.ts'
import type { RecordRow, VersionRow } from '../store/store.ts'

/** Null for a version that no key of this server has signed. */
export function sealedOf(version: VersionRow, record: readonly RecordRow[], keys: Keys): string | null {
  const form = JSON.parse(new TextDecoder().decode(version.bytes)) as FrozenForm & { readonly keyId?: string; readonly recordHead?: { readonly seq: number } | null }
  const key = keys.known.find(({ keyId }) => keyId === form.keyId)
  return key === undefined ? null : sealedText(form, version.sha256, key, record.filter(({ seq }) => seq <= (form.recordHead?.seq ?? 0)))
}
