/** Keys that are the same in every run: a signature is then the same too. */
import { keysOf, privateKeyOf, publicKeyOf, type Keys } from '../../../server/keys/keys.ts'

export const fixedPem = `-----BEGIN PRIVATE KEY-----
MC4CAQAwBQYDK2VwBCIEIAABAgMEBQYHCAkKCwwNDg8QERITFBUWFxgZGhscHR4f
-----END PRIVATE KEY-----
`

const key = privateKeyOf(fixedPem, 'the test')

export const fixedKeys: Keys = keysOf(key, { ...publicKeyOf(key), sinceMs: 0, untilMs: null })
