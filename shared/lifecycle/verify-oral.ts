/**
 * Checks the oral revisions in a sealed file: that each is signed, that they are about this text and follow one another, and
 * that their sentences say what their changes make of it. Pure but for the platform's Ed25519, which is given.
 */
import type { ResolutionValue } from '../model/value.ts'
import { orallyRevised } from '../text/oral-revision.ts'
import { fails, holds, unknown } from './finding.ts'
import type { Finding } from './finding.ts'
import { bytesOfCertified, digestOfAnnounced, digestOfResolution } from './oral.ts'
import type { Certified } from './oral.ts'
import type { SealedFile, SealedOral } from './sealed.ts'
import { fingerprintOf, keyIdOf } from './signature.ts'
import type { CheckSignature } from './signature.ts'

export type OralCode = 'oral-order' | 'oral-changed' | 'oral-key' | 'oral-signature'

/** `key`: the public key or its id that the asker trusts, or null. */
export async function oralFindings(file: SealedFile, { key: trusted, check }: { readonly key: string | null; readonly check: CheckSignature }): Promise<readonly Finding<OralCode>[]> {
  const { oral = [] } = file
  const signed = await Promise.all(oral.map((one) => signatureFinding(one, trusted, file, check)))
  return oral.flatMap(({ form }, index) => {
    const named = `Oral revision ${form.number} of ${form.author}`
    return [
      isNext(file, form, index)
        ? holds(`${named} is about this text, and stands in its order.`)
        : fails('oral-order', `${named} is not the next one of this text: another was taken out, put in or changed, or it is about another text.`),
      ...signed[index]!,
    ]
  }).concat(changesFindings(file))
}

function isNext({ form: text, sha256, oral = [] }: SealedFile, form: Certified, index: number): boolean {
  const before = oral[index - 1]
  const isOfText = form.draft === text.draft && form.version === text.version && form.text === sha256
  return isOfText && form.number === index + 1 && form.previous === (before === undefined ? null : bytesOfCertified(before.form).sha256)
}

async function signatureFinding({ form, key, signature }: SealedOral, trusted: string | null, file: SealedFile, check: CheckSignature): Promise<Finding<OralCode>[]> {
  const named = `oral revision ${form.number}`
  if (keyIdOf(key.publicKey) !== key.keyId || fingerprintOf(key.keyId) !== key.fingerprint || signature.keyId !== key.keyId) {
    return [fails('oral-key', `The key beside ${named}, its fingerprint and the key of its signature are not one and the same.`)]
  }
  if (trusted !== null && trusted !== key.publicKey && trusted !== key.keyId) return [fails('oral-key', `The signature of ${named} is not of the key that you gave, but of ${key.fingerprint}.`)]
  const isOther: Finding<OralCode>[] = trusted === null && key.keyId !== file.key.keyId
    ? [unknown(`The signature of ${named} is of another key than the text’s, ${key.fingerprint}: ask the server’s operator whether it is theirs.`)]
    : []
  try {
    return [
      (await check(key.publicKey, bytesOfCertified(form).bytes, signature.signature))
        ? holds(`The signature of ${named} is of that key, over exactly this: certified at ${form.certifiedAt}${form.asRecorded ? ' by the chair’s table for its author' : ' by its author'}.`)
        : fails('oral-signature', `The signature of ${named} is not of that key over what it says: one of them was changed.`),
      ...isOther,
    ]
  } catch {
    return [fails('oral-signature', `This machine cannot check the signature of ${named}. Check the file with the command \`omnibus verify\`.`)]
  }
}

/** Carried out one after the other; the first that does not hold ends it, for what follows stands on it. */
function changesFindings({ form: text, oral = [] }: SealedFile): Finding<OralCode>[] {
  let value = text.resolution as unknown as ResolutionValue
  for (const { form } of oral) {
    const revised = revisedOrNull(value, form)
    if (revised === null) return [fails('oral-changed', `The sentences of oral revision ${form.number} are not what its changes make of the text.`)]
    value = revised
  }
  return oral.length === 0 ? [] : [holds(`The sentences of the ${oral.length} oral revisions are what their changes make of the text.`)]
}

function revisedOrNull(value: ResolutionValue, form: Certified): ResolutionValue | null {
  try {
    if (digestOfResolution(value) !== form.base || digestOfAnnounced(form) !== form.certified) return null
    const revised = orallyRevised(value, form.changes)
    return revised.ok && revised.sentences.join('\n') === form.sentences.join('\n') && digestOfResolution(revised.value) === form.result ? revised.value : null
  } catch {
    // A text that is none, whose digest was made to fit.
    return null
  }
}
