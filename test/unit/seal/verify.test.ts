import { readFileSync } from 'node:fs'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { checkSignature, keysOf, newPrivateKey, privateKeyOf, publicKeyOf } from '../../../server/keys/keys.ts'
import { canonicalJson } from '../../../shared/lifecycle/canonical.ts'
import { digestOf } from '../../../shared/lifecycle/digests.ts'
import { isSound } from '../../../shared/lifecycle/finding.ts'
import { unsigned } from '../../../shared/lifecycle/freeze.ts'
import type { FrozenForm } from '../../../shared/lifecycle/freeze.ts'
import { bytesOfCertified, digestOfAnnounced } from '../../../shared/lifecycle/oral.ts'
import type { Certified } from '../../../shared/lifecycle/oral.ts'
import type { SealedFile, SealedOral } from '../../../shared/lifecycle/sealed.ts'
import { fingerprintOf } from '../../../shared/lifecycle/signature.ts'
import { verifyCodes, verifySealed } from '../../../shared/lifecycle/verify.ts'
import type { VerifyCode, VerifyFinding } from '../../../shared/lifecycle/verify.ts'
import { contentDigest, entryDigestAfter } from '../../../shared/record/chain.ts'
import type { ToldEntry } from '../../../shared/record/chain.ts'
import type { JsonValue } from '../../../shared/wire/json.ts'
import { randomOf } from '../../fuzz/random.ts'
import { fixedKeys } from '../keys/fixed-keys.ts'
import { inConfidence, sealedDraft } from './sealed-draft.ts'
import type { SealedDraft } from './sealed-draft.ts'

const seed = Number(process.env['OMNIBUS_SEED'] ?? Date.now() % 2 ** 31)

let made: SealedDraft
beforeAll(async () => {
  made = await sealedDraft()
})
afterAll(() => made.bench.rooms.stop())

const utf8 = new TextEncoder()
const verify = (text: string | Uint8Array, key: string | null = null): Promise<readonly VerifyFinding[]> =>
  verifySealed(typeof text === 'string' ? utf8.encode(text) : text, { key, check: checkSignature })
const codesOf = async (text: string, key: string | null = null): Promise<readonly VerifyCode[]> => (await verify(text, key)).flatMap(({ code }) => code ?? [])

type Writable<T> = { -readonly [K in keyof T]: T[K] }
type Change = Writable<Omit<SealedFile, 'form' | 'key'>> & { form: Writable<SealedFile['form']>; key: Writable<SealedFile['key']> }

/** The file with something of it changed, written as the server would. */
function changed(change: (file: Change) => void): string {
  const file = JSON.parse(made.sealed) as Change
  change(file)
  return canonicalJson(file as unknown as JsonValue)
}

/** Signed and digested anew with a key: what a forger with that key can do. */
function signedAnew(change: (form: Change['form']) => void, keys = fixedKeys): string {
  return changed((file) => {
    change(file.form)
    file.form.keyId = keys.current.keyId
    file.form.parts = { resolution: digestOf(file.form.resolution), sponsors: digestOf(file.form.sponsors) }
    const { bytes, sha256 } = unsigned(file.form as FrozenForm)
    file.sha256 = sha256
    file.form.signatures = [keys.sign(bytes)]
    file.key = { algorithm: 'Ed25519', keyId: keys.current.keyId, publicKey: keys.current.publicKey, fingerprint: fingerprintOf(keys.current.keyId) }
  })
}

describe('oral revisions in the sealed file', () => {
  type Oral = Writable<SealedOral>
  const withOral = async (change: (oral: Oral[], file: Change) => Oral[]): Promise<string> => {
    const file = JSON.parse(await made.revisedOrally()) as Change
    file.oral = change(file.oral as Oral[], file)
    return canonicalJson(file as unknown as JsonValue)
  }
  const said = (one: Oral, form: Partial<Certified>): Oral => ({ ...one, form: { ...one.form, ...form } })
  /** What whoever has the key can do. */
  const signed = (one: Oral, form: Partial<Certified>, keys = fixedKeys): Oral => {
    const next = { ...one.form, ...form }
    const whole = { ...next, certified: digestOfAnnounced(next) }
    const { keyId, publicKey } = keys.current
    return { form: whole, key: { algorithm: 'Ed25519', keyId, publicKey, fingerprint: fingerprintOf(keyId) }, signature: keys.sign(bytesOfCertified(whole).bytes) }
  }

  test('OR11 those that were certified stand behind the text, and without one the file is as it was', async () => {
    const sealed = await made.revisedOrally()
    const { oral, ...rest } = JSON.parse(sealed) as SealedFile
    expect(canonicalJson(rest as unknown as JsonValue)).toBe(made.sealed)
    expect(oral!.map(({ form: { number, author, asRecorded, sentences } }) => [number, author, asRecorded, sentences])).toEqual([
      [1, 'Japan', false, [expect.stringContaining('insert the words “and bells”')]], [2, 'Japan', true, [expect.stringContaining('“Calls for a conference;”')]],
    ])
    expect(await codesOf(sealed)).toEqual([])
    expect(await codesOf(sealed, fixedKeys.current.keyId)).toEqual([])
    const sentences = (await verify(sealed)).map(({ sentence }) => sentence)
    expect(sentences).toContain('The sentences of the 2 oral revisions are what their changes make of the text.')
    expect(sentences).toContainEqual(expect.stringContaining('no further oral revision'))
  })

  test('OR11 one that is taken out, reordered, about another text, changed or signed by another is named', async () => {
    expect(await codesOf(await withOral(([, second]) => [second!]))).toEqual(['oral-order', 'oral-changed'])
    expect(await codesOf(await withOral(([first, second]) => [second!, first!]))).toEqual(['oral-order', 'oral-order', 'oral-changed'])
    expect(await codesOf(await withOral(([first]) => [first!]))).toEqual([])
    for (const form of [{ sentences: ['Delete operative paragraph 1.'] }, { changes: [] }, { result: '0'.repeat(64) }, { author: 'Jordan' }]) {
      expect(await codesOf(await withOral(([first]) => [said(first!, form)]))).toEqual(['oral-signature', 'oral-changed'])
    }
    expect(await codesOf(await withOral(([first]) => [said(first!, { certifiedAt: '2020-01-01T00:00:00.000Z' })]))).toEqual(['oral-signature'])
    expect(await codesOf(await withOral(([first]) => [signed(first!, { text: '0'.repeat(64) })]))).toEqual(['oral-order'])
    // Whoever has the key can sign sentences that the changes do not make: they are found out all the same.
    expect(await codesOf(await withOral(([first]) => [signed(first!, { sentences: ['Delete operative paragraph 1.'] })]))).toEqual(['oral-changed'])
    expect(await codesOf(await withOral(([first]) => [{ ...first!, key: { ...first!.key, fingerprint: fingerprintOf('0'.repeat(64)) } }]))).toEqual(['oral-key'])
    const key = privateKeyOf(newPrivateKey(), 'the test')
    const forger = keysOf(key, { ...publicKeyOf(key), sinceMs: 0, untilMs: null })
    const forged = await withOral(([first]) => [signed(first!, {}, forger)])
    expect(await codesOf(forged)).toEqual([])
    expect((await verify(forged)).map(({ sentence }) => sentence)).toContainEqual(expect.stringContaining('another key than the text’s'))
    expect(await codesOf(forged, fixedKeys.current.keyId)).toEqual(['oral-key'])
  })

  test(`OR11 whatever single byte of them is changed, taken out or put in, it is named (OMNIBUS_SEED=${seed})`, async () => {
    const random = randomOf(seed)
    const sealed = await made.revisedOrally()
    const whole = utf8.encode(sealed)
    // The members of the file are sorted: oral revisions stand between the key and the record.
    const [from, to] = [sealed.indexOf('"oral":['), sealed.indexOf('"record":[')].map((at) => utf8.encode(sealed.slice(0, at)).length) as [number, number]
    const unnoticed: string[] = []
    for (let round = 0; round < 600; round++) {
      const at = from + random(to - from)
      const byte = (whole[at]! + 1 + random(255)) % 256
      const bytes = [[...whole.slice(0, at), ...whole.slice(at + 1)], [...whole.slice(0, at), byte, ...whole.slice(at)], [...whole.slice(0, at), byte, ...whole.slice(at + 1)], [...whole.slice(0, at), 48 + random(10), ...whole.slice(at + 1)]][random(4)]!
      if (Buffer.compare(Buffer.from(bytes), whole) !== 0 && isSound(await verify(Uint8Array.from(bytes)))) unnoticed.push(`byte ${byte} at ${at}`)
    }
    expect(unnoticed).toEqual([])
  })

  test('OR11 whatever may stand there, the check says something and throws nothing', async () => {
    for (const changes of [[{ kind: 'delete', unit: 9_999 }], [{ kind: 'merge', unit: 0, with: 0 }], [{ kind: 'move', unit: 1, under: 1, after: 1 }]]) {
      expect(await codesOf(await withOral(([first]) => [signed(first!, { changes: changes as never })]))).toEqual(['oral-changed'])
    }
    expect(await codesOf(await withOral(([first]) => [said(first!, { changes: [{ kind: 'steal' }] as never })]))).toEqual(['unknown-form'])
    expect(await codesOf(await withOral((oral, file) => { file.form.resolution = { units: 'none' }; return oral }))).toContain('oral-changed')
  })
})

describe('the sealed file', () => {
  test('SE5 is sound as it was written, with and without the key, and says what it cannot prove', async () => {
    const alone = await verify(made.sealed)
    expect(alone.filter(({ result }) => result === 'fails')).toEqual([])
    expect(isSound(alone)).toBe(true)
    const unknown = alone.filter(({ result }) => result === 'unknown').map(({ sentence }) => sentence)
    expect(unknown).toEqual([expect.stringContaining('Whose key'), expect.stringContaining('in confidence'), expect.stringContaining('clock')])
    for (const key of [fixedKeys.current.publicKey, fixedKeys.current.keyId]) {
      expect((await verify(made.sealed, key)).map(({ sentence }) => sentence)).toContain('It is the key that you gave.')
    }
  })

  test('SE6 holds of what is in confidence, and of persons, no more than the chain needs', () => {
    const { record } = JSON.parse(made.sealed) as SealedFile
    const hidden = record.filter((entry) => 'content' in entry)
    expect(hidden).toHaveLength(4)
    for (const entry of hidden) expect(Object.keys(entry).sort()).toEqual(['atMs', 'content', 'digest', 'seq'])
    for (const words of [inConfidence, 'not the agreed term', 'at last', 'salt', 'audience', '"actor"']) expect(made.sealed).not.toContain(words)
    expect(made.sealed).toContain('no resources')
  })

  test('SE7 names what was changed: words, sponsors, the rest of the form, the key, the signature', async () => {
    const form = (change: (form: Change['form']) => void): string => changed((file) => change(file.form))
    expect(await codesOf(form((one) => { one.resolution = { units: [] } }))).toEqual(['text-changed', 'form-changed', 'signature-wrong'])
    expect(await codesOf(form((one) => { one.sponsors = ['Japan'] }))).toEqual(['sponsors-changed', 'form-changed', 'signature-wrong'])
    expect(await codesOf(form((one) => { one.symbol = 'A/C.3/81/L.2' }))).toEqual(['form-changed', 'signature-wrong'])
    expect(await codesOf(changed((file) => { file.sha256 = '0'.repeat(64) }))).toEqual(['form-changed'])
    expect(await codesOf(changed((file) => { file.key.keyId = '0'.repeat(64) }))).toEqual(['key-mismatch', 'signature-missing'])
    expect(await codesOf(changed((file) => { file.key.fingerprint = fingerprintOf('0'.repeat(64)) }))).toEqual(['key-mismatch'])
    expect(await codesOf(form((one) => { one.signatures = [] }))).toEqual(['signature-missing'])
    expect(await codesOf(form((one) => { one.signatures = [{ ...one.signatures[0]!, signature: '0'.repeat(128) }] }))).toEqual(['signature-wrong'])
  })

  test('SE7 names swapped, added and missing sponsors, also where the digests beside them are changed with them', async () => {
    const sponsored = signedAnew((form) => { form.sponsors = ['Brazil', 'Chad', 'Japan'] })
    expect(await codesOf(sponsored)).toEqual([])
    for (const sponsors of [['Chad', 'Brazil', 'Japan'], ['Brazil', 'Chad'], ['Brazil', 'Chad', 'Japan', 'Peru'], ['Brazil', 'Chad', 'Jordan']]) {
      const file = JSON.parse(sponsored) as Change
      file.form.sponsors = sponsors
      expect(await codesOf(canonicalJson(file as unknown as JsonValue))).toContain('sponsors-changed')
      file.form.parts = { ...file.form.parts, sponsors: digestOf(sponsors) }
      expect(await codesOf(canonicalJson(file as unknown as JsonValue))).toEqual(['form-changed', 'signature-wrong'])
    }
  })

  test('SE7 a file that another key has signed anew holds by itself, and is named where the key is known', async () => {
    const key = privateKeyOf(newPrivateKey(), 'the test')
    const forger = keysOf(key, { ...publicKeyOf(key), sinceMs: 0, untilMs: null })
    const forged = signedAnew((form) => { form.title = 'Another' }, forger)
    expect(await codesOf(forged)).toEqual([])
    expect(await codesOf(forged, fixedKeys.current.keyId)).toEqual(['wrong-key'])
  })

  test('SE8 names entries of the record that are removed, reordered, doubled, added, changed or cut off', async () => {
    const record = (change: (entries: ToldEntry[]) => ToldEntry[]): string => changed((file) => { file.record = change([...(file.record as ToldEntry[])]) as never })
    const length = (JSON.parse(made.sealed) as SealedFile).record.length
    for (let at = 0; at < length - 1; at++) {
      expect([at, await codesOf(record((entries) => entries.toSpliced(at, 1)))]).toEqual([at, ['record-missing']])
      const swapped = await codesOf(record((entries) => entries.toSpliced(at, 2, entries[at + 1]!, entries[at]!)))
      expect([at, swapped.includes('record-order')]).toEqual([at, true])
      expect(await codesOf(record((entries) => entries.toSpliced(at, 0, entries[at]!)))).toContain('record-order')
      expect(await codesOf(record((entries) => entries.map((one, index) => (index === at ? { ...one, atMs: one.atMs + 1 } : one))))).toContain('record-changed')
    }
    expect(await codesOf(record((entries) => entries.slice(0, -1)))).toEqual(['record-head'])
    expect(await codesOf(record(() => []))).toEqual(['record-head'])
    // An entry chained on as the server would chain it: the text names another end.
    const added = record((entries) => {
      const last = entries.at(-1)!
      const one = { seq: last.seq + 1, atMs: last.atMs, who: '0'.repeat(64), kind: 'agree', body: {} }
      return [...entries, { ...one, digest: entryDigestAfter(last.digest, made.bench.draft, one, contentDigest(one.who, one.kind, one.body)) }]
    })
    expect(await codesOf(added)).toEqual(['record-head'])
    expect(await codesOf(record((entries) => entries.map((one) => (one.seq === 3 ? { ...one, kind: 'unlock' } : one))))).toEqual(['record-changed'])
    const early = { seq: 2, atMs: 0, who: '0'.repeat(64), kind: 'agree', body: {} }
    expect(await codesOf(record(([first]) => [first!, { ...early, digest: entryDigestAfter(first!.digest, made.bench.draft, early, contentDigest(early.who, early.kind, {})) }]))).toEqual(['record-time', 'record-head'])
  })

  test(`SE9 whatever single byte is changed, taken out or put in, it is named (OMNIBUS_SEED=${seed})`, async () => {
    const random = randomOf(seed)
    const whole = utf8.encode(made.sealed)
    const unnoticed: string[] = []
    for (let round = 0; round < 1_500; round++) {
      const at = random(whole.length)
      const byte = (whole[at]! + 1 + random(255)) % 256
      const kind = random(4)
      const bytes = kind === 0 ? [...whole.slice(0, at), ...whole.slice(at + 1)]
        : kind === 1 ? [...whole.slice(0, at), byte, ...whole.slice(at)]
        // A digit, a letter or a space more likely leaves it JSON.
        : [...whole.slice(0, at), kind === 2 ? byte : utf8.encode('0a "f')[random(5)]!, ...whole.slice(at + 1)]
      if (Buffer.compare(Buffer.from(bytes), whole) === 0) continue
      if (isSound(await verify(Uint8Array.from(bytes)))) unnoticed.push(`kind ${kind}, byte ${byte} at ${at}`)
    }
    expect(unnoticed).toEqual([])
  })

  test('SE9 what is no sealed file is told from one, whatever it is', async () => {
    const codes = async (text: string): Promise<readonly VerifyCode[]> => codesOf(text)
    expect(await codes('')).toEqual(['not-json'])
    expect(await codes(made.sealed.slice(0, -1))).toEqual(['not-json'])
    for (const other of ['null', '[]', '{}', '{"domain":"omnibus-sealed-text-1"}', `${'['.repeat(50_000)}${']'.repeat(50_000)}`, changed((file) => Object.assign(file, { more: 1 }))]) {
      expect(await codes(other)).toEqual(['unknown-form'])
    }
    expect(await codes(JSON.stringify(JSON.parse(made.sealed), null, 2))).toEqual(['not-canonical'])
    expect(await codes(`${made.sealed}\n`)).toEqual(['not-canonical'])
    expect(await codes(made.sealed.replace('"domain":', '"domain":"x","domain":'))).toEqual(['not-canonical'])
    expect((await verifySealed(utf8.encode(made.sealed), { key: null, check: () => Promise.reject(new Error('no Ed25519')) })).flatMap(({ code }) => code ?? [])).toEqual(['signature-unchecked'])
  })

  test('SE10 docs/VERIFY.md lists the codes', () => {
    const document = readFileSync(new URL('../../../docs/VERIFY.md', import.meta.url), 'utf8')
    const listed = [...document.matchAll(/^\| `([a-z-]+)` \| (?=.*\|$)/gm)].map((match) => match[1]!)
    expect(listed.filter((name) => (verifyCodes as readonly string[]).includes(name))).toEqual([...verifyCodes])
  })
})
