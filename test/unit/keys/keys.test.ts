import { chmodSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { run } from '../../../server/cli/main.ts'
import { openKeys, readKeyList, rotateKeys } from '../../../server/keys/folder.ts'
import { checkSignature, KeyError, newPrivateKey } from '../../../server/keys/keys.ts'
import { openSqliteStore } from '../../../server/store/sqlite.ts'
import { fingerprintOf, keyIdOf } from '../../../shared/lifecycle/signature.ts'
import { openWorld } from '../http/support.ts'
import { fixedKeys, fixedPem } from './fixed-keys.ts'

const here = { from: 'folder' } as const
const words = new TextEncoder().encode('Decides to remain seized of the matter.')
let folder: string

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'omnibus-keys-'))
})
afterEach(() => rmSync(folder, { recursive: true }))

const open = (nowMs: number) => openKeys(folder, here, nowMs)
const pemPath = (keyId: string): string => join(folder, 'keys', `${keyId}.pem`)
const signedBy = async (keys: ReturnType<typeof open>['keys'], key: { publicKey: string }): Promise<boolean> =>
  checkSignature(key.publicKey, words, keys.sign(words).signature)

async function omnibus(environment: Record<string, string>, ...args: string[]) {
  const out: string[] = []
  const err: string[] = []
  const io = { stdout: { write: (text: string) => out.push(text) }, stderr: { write: (text: string) => err.push(text) } }
  const code = await run(args, io, { OMNIBUS_DATA: folder, ...environment })
  return { code, out: out.join(''), err: err.join('') }
}

describe('the keys of a data folder', () => {
  it('SE1 are made once, readable by the server alone, and are the same at the next start', async () => {
    const { keys, warnings } = open(1_000)
    expect(warnings).toEqual([])
    expect(await signedBy(keys, keys.current)).toBe(true)
    expect(keys.current.keyId).toBe(keyIdOf(keys.current.publicKey))
    expect(statSync(join(folder, 'keys')).mode & 0o777).toBe(0o700)
    for (const name of readdirSync(join(folder, 'keys'))) expect([name, statSync(join(folder, 'keys', name)).mode & 0o777]).toEqual([name, 0o600])
    expect(open(2_000).keys.known).toEqual(keys.known)
    expect(keys.known).toEqual([{ keyId: keys.current.keyId, publicKey: keys.current.publicKey, sinceMs: 1_000, untilMs: null }])
  })

  it('SE1 are refused where others may read the private one, and told of where they may read the folder', () => {
    const { current } = open(1_000).keys
    chmodSync(join(folder, 'keys'), 0o755)
    expect(open(2_000).warnings).toEqual([expect.stringContaining('chmod 700')])
    chmodSync(pemPath(current.keyId), 0o640)
    expect(() => open(2_000)).toThrow(KeyError)
    expect(() => open(2_000)).toThrow(/chmod 600/)
  })

  it('SE1 are never made anew by themselves: one that is gone, another in its place, and a list that is no list are named', () => {
    const { current } = open(1_000).keys
    const path = pemPath(current.keyId)
    writeFileSync(path, newPrivateKey())
    expect(() => open(2_000)).toThrow(/another key/)
    writeFileSync(path, 'no key')
    expect(() => open(2_000)).toThrow(/holds no Ed25519 private key/)
    rmSync(path)
    expect(() => open(2_000)).toThrow(new RegExp(fingerprintOf(current.keyId)))
    const list = join(folder, 'keys', 'public-keys.json')
    writeFileSync(list, readFileSync(list, 'utf8').replace(/"publicKey": "./, '"publicKey": "x'))
    expect(() => open(2_000)).toThrow(/not the list of public keys/)
  })

  it('SE2 are rotated: the private key before is gone, the public ones stay with their times, and old signatures are of them', async () => {
    const first = open(1_000).keys
    const old = first.sign(words)
    const second = rotateKeys(folder, 5_000)
    expect(second.known.map(({ keyId, sinceMs, untilMs }) => ({ keyId, sinceMs, untilMs }))).toEqual([
      { keyId: first.current.keyId, sinceMs: 1_000, untilMs: 5_000 },
      { keyId: second.current.keyId, sinceMs: 5_000, untilMs: null },
    ])
    expect(readdirSync(join(folder, 'keys')).sort()).toEqual([`${second.current.keyId}.pem`, 'public-keys.json'].sort())
    expect(open(6_000).keys.known).toEqual(second.known)
    expect(await checkSignature(readKeyList(folder)[0]!.publicKey, words, old.signature)).toBe(true)
    expect(await signedBy(second, first.current)).toBe(false)
  })

  it('SE3 may be kept elsewhere, in a variable or a file; the public ones are kept here', async () => {
    open(1_000)
    const fromVariable = openKeys(folder, { from: 'variable', pem: fixedPem }, 2_000).keys
    expect(fromVariable.current).toEqual({ ...fixedKeys.current, sinceMs: 2_000 })
    expect(readKeyList(folder)).toEqual(fromVariable.known)
    const path = join(folder, 'elsewhere.pem')
    writeFileSync(path, fixedPem, { mode: 0o644 })
    const fromFile = openKeys(folder, { from: 'file', path }, 3_000)
    expect(fromFile.keys.known).toEqual(fromVariable.known)
    expect(fromFile.warnings).toEqual([expect.stringContaining('chmod 600')])
    // Without it nothing is signed with another key by mistake.
    expect(() => open(4_000)).toThrow(/OMNIBUS_SIGNING_KEY_FILE/)
    expect(() => openKeys(folder, { from: 'file', path: join(folder, 'nowhere') }, 3_000)).toThrow(/cannot be read/)
    const wrong = (): unknown => openKeys(folder, { from: 'variable', pem: 'secret words' }, 3_000)
    expect(wrong).toThrow(/OMNIBUS_SIGNING_KEY holds no/)
    expect(wrong).not.toThrow(/secret words/)
  })

  it('SE2 omnibus keys shows them, and rotates where no server is running', async () => {
    expect(await omnibus({}, 'keys')).toMatchObject({ code: 0, out: expect.stringContaining('no key yet') as string })
    const rotated = await omnibus({}, 'keys', 'rotate')
    const { keyId, publicKey } = readKeyList(folder)[0]!
    expect(rotated).toMatchObject({ code: 0, out: expect.stringContaining(fingerprintOf(keyId)) as string })
    const shown = await omnibus({}, 'keys')
    expect(shown.out).toContain(publicKey)
    expect(shown.out).toContain('-----BEGIN PUBLIC KEY-----')
    expect(shown.out).not.toContain('PRIVATE')
    expect((await omnibus({ OMNIBUS_SIGNING_KEY: fixedPem }, 'keys', 'rotate')).code).toBe(2)
    expect((await omnibus({}, 'keys', 'turn')).code).toBe(2)
    const store = await openSqliteStore(folder)
    expect(await omnibus({}, 'keys', 'rotate')).toMatchObject({ code: 1, err: expect.stringContaining('in use') as string })
    await store.close()
    expect(readKeyList(folder)).toHaveLength(1)
  })

  it('SE4 are published to whoever asks', async () => {
    const world = await openWorld()
    const { status, result, text } = await world.get('/api/keys')
    expect([status, result]).toEqual([200, { keys: [{ ...fixedKeys.current, fingerprint: fingerprintOf(fixedKeys.current.keyId) }] }])
    expect(text).not.toContain('PRIVATE')
    await world.stop()
  })
})
