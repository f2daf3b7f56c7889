/** The verifier of docs/VERIFY.md, as it stands there: a shell, openssl and a JSON tool, and nothing of ours. */
import { execFileSync, spawnSync } from 'node:child_process'
import { chmodSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { run } from '../../../server/cli/main.ts'
import { publicPemOf } from '../../../server/keys/keys.ts'
import { fixedKeys } from '../keys/fixed-keys.ts'
import { sealedDraft } from './sealed-draft.ts'
import type { SealedDraft } from './sealed-draft.ts'

/** As good as jq, so that the document is checked where there is none: node, used for JSON alone, with the few filters that the document uses. */
const standIn = `#!/usr/bin/env node
const args = process.argv.slice(2)
const raw = args.includes('-r')
const [filter, file] = args.filter((one) => !/^-[a-zA-Z]+$/.test(one))
const sorted = (value) => Array.isArray(value) ? value.map(sorted)
  : value !== null && typeof value === 'object' ? Object.fromEntries(Object.keys(value).sort().map((key) => [key, sorted(value[key])])) : value
const say = (value) => process.stdout.write((raw && typeof value === 'string' ? value : JSON.stringify(sorted(value))) + '\\n')
const value = JSON.parse(require('fs').readFileSync(file ?? 0, 'utf8'))
const selected = /^\\.form\\.signatures\\[\\] \\| select\\(\\.keyId == "(\\w+)"\\) \\| \\.signature$/.exec(filter)
if (filter === '.form | .signatures = []') say({ ...value.form, signatures: [] })
else if (filter === '.record[].body') value.record.forEach((entry) => say(entry.body ?? null))
else if (filter.startsWith('.record[] |')) value.record.forEach(({ seq, atMs, digest, content = '-', who = '-', kind = '-' }) => say([seq, atMs, digest, content, who, kind].join(' ')))
else if (filter.startsWith('"')) say(value.form.recordHead.seq + ' ' + value.form.recordHead.digest)
else if (filter === '.oral | length') say((value.oral ?? []).length)
else if (filter.endsWith('version}')) say(Object.fromEntries(filter.slice(filter.indexOf('{') + 1, -1).split(', ').map((name) => [name, value.oral[Number(/\\d+/.exec(filter)[0])].form[name]])))
else if (selected) value.form.signatures.filter((one) => one.keyId === selected[1]).forEach((one) => say(one.signature))
else say(filter.split(/[.\\[\\]]/).filter(Boolean).reduce((at, name) => at[name], value))
`

let made: SealedDraft
let folder: string
const hasJq = spawnSync('jq', ['--version']).status === 0
const tool = hasJq ? 'jq' : 'node'

beforeAll(async () => {
  made = await sealedDraft()
  folder = mkdtempSync(join(tmpdir(), 'omnibus-by-hand-'))
  const document = readFileSync(new URL('../../../docs/VERIFY.md', import.meta.url), 'utf8')
  writeFileSync(join(folder, 'verify.sh'), /```sh\n([\s\S]*?)```/.exec(document)![1]!)
  mkdirSync(join(folder, 'node'))
  writeFileSync(join(folder, 'node', 'jq'), standIn)
  chmodSync(join(folder, 'node', 'jq'), 0o755)
  process.stdout.write(`The verifier of docs/VERIFY.md runs with ${execFileSync('openssl', ['version'], { encoding: 'utf8' }).trim()}, and for JSON with ${tool}.\n`)
})
afterAll(async () => {
  await made.bench.rooms.stop()
  rmSync(folder, { recursive: true })
})

const byHandWith = (tool: 'jq' | 'node') => (text: string, ...more: string[]): { readonly status: number | null; readonly said: readonly string[] } => {
  writeFileSync(join(folder, 'sealed.json'), text)
  const { status, stdout, stderr } = spawnSync('sh', [join(folder, 'verify.sh'), join(folder, 'sealed.json'), ...more], { encoding: 'utf8', env: { ...process.env, PATH: `${tool === 'node' ? `${join(folder, 'node')}:` : ''}${process.env['PATH'] ?? ''}` } })
  expect(stderr).toBe('')
  return { status, said: stdout.trim().split('\n') }
}

const byHand = byHandWith(tool)
const { keyId, publicKey } = fixedKeys.current

test('SE10 whoever has openssl and a JSON tool checks the file by docs/VERIFY.md alone', () => {
  expect(byHand(made.sealed)).toEqual({ status: 0, said: [expect.stringMatching(/^Sound\. Signed with ([0-9a-f]{4} ?){16}$/)] })
  expect(byHand(made.sealed, keyId).status).toBe(0)
  expect(byHand(made.sealed, '0'.repeat(64))).toEqual({ status: 1, said: ['FAILS wrong-key'] })
  expect(byHand(made.sealed.slice(1))).toEqual({ status: 1, said: ['FAILS not-json'] })
  expect(byHand(`${made.sealed}\n`)).toEqual({ status: 1, said: ['FAILS not-canonical'] })
  expect(byHand(made.sealed.replace('every year', 'each year'))).toEqual({ status: 1, said: ['FAILS text-changed', 'FAILS form-changed', 'FAILS signature-wrong'] })
  expect(byHand(made.sealed.replace('{"as":"main","name":"Japan"}', '{"as":"main","name":"Jordan"}')).said).toContain('FAILS sponsors-changed')
  expect(byHand(made.sealed.replace('no resources', 'no resource')).said).toEqual([expect.stringMatching(/^FAILS record-changed \d+$/)])
  const cut = JSON.parse(made.sealed) as { record: unknown[] }
  expect(byHand(made.sealed.replace(`,${JSON.stringify(cut.record.at(-1))}]`, ']')).said).toEqual(['FAILS record-head'])
  expect(byHand(made.sealed.replace(`${JSON.stringify(cut.record[3])},`, '')).said).toEqual(['FAILS record-missing before 5'])
})

test('OR11 it checks the oral revisions beside the text in the same way', async () => {
  const sealed = await made.revisedOrally()
  expect(byHand(sealed)).toEqual({ status: 0, said: [expect.stringMatching(/^Sound\./)] })
  expect(byHand(sealed, keyId).status).toBe(0)
  expect(byHand(sealed.replace('insert the words “and bells”', 'insert the words “and balls”')).said).toEqual(['FAILS oral-changed 1', 'FAILS oral-signature 1', 'FAILS oral-order 2'])
  const file = JSON.parse(sealed) as { oral: unknown[] }
  const [first, second] = file.oral.map((one) => JSON.stringify(one))
  expect(byHand(sealed.replace(`${first!},`, '')).said).toEqual(['FAILS oral-order 1', 'FAILS oral-changed 1'])
  // An earlier copy of the file: that another was certified since it cannot tell.
  expect(byHand(sealed.replace(`,${second!}`, '')).status).toBe(0)
})

test('SE10 what stands in for jq, where there is none, lets the same be said', async () => {
  const sealed = await made.revisedOrally()
  expect(byHandWith('node')(sealed)).toEqual({ status: 0, said: [expect.stringMatching(/^Sound\./)] })
  expect(byHandWith('node')(sealed.replace('every year', 'each year')).said).toEqual(['FAILS text-changed', 'FAILS form-changed', 'FAILS signature-wrong'])
})

test('SE11 omnibus verify says what it checked, and 1 where anything does not hold', async () => {
  const file = join(folder, 'file.json')
  const verify = async (text: string, ...more: string[]) => {
    writeFileSync(file, text)
    const out: string[] = []
    const err: string[] = []
    const code = await run(['verify', file, ...more], { stdout: { write: (said: string) => out.push(said) }, stderr: { write: (said: string) => err.push(said) } }, {})
    return { code, out: out.join(''), err: err.join('') }
  }
  const sound = await verify(made.sealed)
  expect(sound.code).toBe(0)
  expect(sound.out).toMatch(/^holds {4}The file is whole/)
  expect(sound.out).toContain('unknown  Whose key it is')
  const pem = join(folder, 'key.pem')
  writeFileSync(pem, publicPemOf(publicKey))
  for (const key of [keyId, publicKey, keyId.match(/.{4}/g)!.join(' '), pem]) expect((await verify(made.sealed, '--key', key)).out).toContain('It is the key that you gave.')
  const changed = await verify(made.sealed.replace('every year', 'each year'), '--key', keyId)
  expect([changed.code, changed.out]).toEqual([1, expect.stringMatching(/FAILS.*\[text-changed\]\n[\s\S]*NOT SOUND/)])
  expect((await verify(made.sealed, '--key', '0'.repeat(64))).out).toContain('[wrong-key]')
  writeFileSync(pem, 'no key')
  for (const wrong of [['--key', pem], ['--key', 'nowhere.pem'], ['--kye', keyId]]) expect((await verify(made.sealed, ...wrong)).code).toBe(2)
})
