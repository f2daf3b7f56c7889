/** Ed25519 by the browser. Rejects where it has none: an older browser, or a page that did not come over https. */
import { bytesOfHex } from '../shared/lifecycle/signature.ts'
import type { CheckSignature } from '../shared/lifecycle/signature.ts'

export const checkSignature: CheckSignature = async (publicKey, bytes, signature) => {
  const key = await crypto.subtle.importKey('raw', bytesOfHex(publicKey), { name: 'Ed25519' }, false, ['verify'])
  return crypto.subtle.verify({ name: 'Ed25519' }, key, bytesOfHex(signature), new Uint8Array(bytes))
}
