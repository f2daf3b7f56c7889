/** The sealed file of a version, from what the store has of it. */
import type { FrozenForm } from '../../shared/lifecycle/freeze.ts'
import { sealedText } from '../../shared/lifecycle/sealed.ts'
import { foldOral, oralOf } from '../../shared/record/oral.ts'
import type { PublicKey } from '../../shared/lifecycle/signature.ts'
import type { RecordRow, VersionRow } from '../store/store.ts'

/** Null for a version that is no frozen text, or that none of the keys has signed. */
export function sealedOf(version: VersionRow, record: readonly RecordRow[], known: readonly PublicKey[]): string | null {
  if (version.kind !== 'final') return null
  const form = formOf(version.bytes)
  if (form === null) return null
  const keyOf = (id: string | undefined): PublicKey | undefined => known.find(({ keyId }) => keyId === id)
  const key = keyOf(form.keyId)
  const oral = oralOf(foldOral(record), version.number).flatMap(({ certified }) => {
    const signer = keyOf(certified?.signature.keyId)
    return certified === null || signer === undefined ? [] : [{ form: certified.form, signature: certified.signature, key: signer }]
  })
  return key === undefined ? null : sealedText(form, version.sha256, key, record.filter(({ seq }) => seq <= (form.recordHead?.seq ?? 0)), oral)
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
