import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { runConvert } from '../../../server/cli/convert.ts'
import type { ConvertLine } from '../../../server/cli/convert.ts'
import { ins, p, r, wordOf } from '../word/support.ts'
import { limits } from '../../../shared/wire/limits.ts'

const text = 'The General Assembly,\n\nRecalling,\n\n1. Urges;\n\n2. Decides.\n'
let folder = ''

beforeEach(() => { folder = mkdtempSync(join(tmpdir(), 'omnibus-convert-')) })
afterEach(() => rmSync(folder, { recursive: true }))

async function run(...args: string[]): Promise<{ code: number, stdout: string, stderr: string }> {
  const written = { stdout: '', stderr: '' }
  const code = await runConvert(args, {
    stdout: { write: (words: string) => { written.stdout += words } },
    stderr: { write: (words: string) => { written.stderr += words } },
  })
  return { code, ...written }
}

const linesOf = (words: string): ConvertLine[] => words.trim().split('\n').map((line) => JSON.parse(line) as ConvertLine)
const codeOf = (line: ConvertLine | undefined): string => (line?.code ?? 'ok')

describe('omnibus convert', () => {
  test('CV1 one file goes to standard output, its report line to standard error', async () => {
    const file = join(folder, 'a.txt')
    writeFileSync(file, text)
    const asText = await run(file, '--to', 'text')
    expect([asText.code, asText.stdout]).toEqual([0, text])
    expect(linesOf(asText.stderr)).toEqual([{ file, ok: true, code: null, units: 4, words: 8, notes: 0, lost: [], ms: expect.any(Number) as unknown }])
    writeFileSync(file, Buffer.from('The General Assembly,\n\n1. Decides to meet in a caf\xe9.\n', 'latin1'))
    expect(linesOf((await run(file, '--to', 'text')).stderr)).toMatchObject([{ ok: true, lost: [{ what: 'encoding', words: 'café.', count: 1 }] }])
    writeFileSync(file, text)
    expect(JSON.parse((await run(file, '--to', 'json')).stdout)).toMatchObject({ language: 'en', units: [{ kind: 'organ' }, { kind: 'pp' }, { kind: 'op' }, { kind: 'op' }] })
  })

  test('CV2 a folder goes to --out with its own folders, a bad file gets a code and the run goes on', async () => {
    const source = join(folder, 'in')
    mkdirSync(join(source, 'deep'), { recursive: true })
    writeFileSync(join(source, 'a.txt'), text)
    writeFileSync(join(source, 'a.md'), text)
    writeFileSync(join(source, 'b.bin'), Buffer.from([0x89, 0x50, 0xff, 0xfe, 0]))
    writeFileSync(join(source, 'c.txt'), 'Acta \0 nul')
    writeFileSync(join(source, 'd.txt'), ' \n ')
    writeFileSync(join(source, 'e.txt'), 'x'.repeat(limits.importBytesMax + 1))
    writeFileSync(join(source, 'deep', 'f.txt'), text)
    const result = await run(source, '--to', 'json', '--out', join(folder, 'out'))
    expect(result.code).toBe(1)
    const lines = linesOf(result.stdout)
    expect(lines.map(({ file }) => file.slice(source.length + 1))).toEqual(['a.md', 'a.txt', 'b.bin', 'c.txt', 'd.txt', 'deep/f.txt', 'e.txt'])
    expect(lines.map(codeOf)).toEqual(['ok', 'ok', 'import-unreadable', 'import-unreadable', 'import-empty', 'ok', 'import-too-large'])
    for (const name of ['a.json', 'a.txt.json', 'deep/f.json']) expect(existsSync(join(folder, 'out', name))).toBe(true)
  })

  test('AK15 reads Akoma Ntoso and writes it, told by its bytes, and says what is lost', async () => {
    const akn = readFileSync(new URL('../../fixtures/akn/draft.xml', import.meta.url))
    writeFileSync(join(folder, 'draft.txt'), akn)
    const once = await run(join(folder, 'draft.txt'), '--to', 'akn', '--out', join(folder, 'out'))
    expect(linesOf(once.stdout)).toMatchObject([{ ok: true, units: 31, notes: 2 }])
    expect(linesOf(once.stdout).flatMap((line) => line.lost.map(({ what }) => what))).toEqual(['picture', 'emphasis', 'link', 'table'])
    const [first, second] = [await run(join(folder, 'draft.txt'), '--to', 'json'), await run(join(folder, 'out', 'draft.xml'), '--to', 'json')]
    expect(JSON.parse(second.stdout)).toEqual(JSON.parse(first.stdout))
  })

  test('CV2 many files are told in the order of their names, with progress for whoever watches', async () => {
    const source = join(folder, 'many')
    mkdirSync(source)
    const names = Array.from({ length: 12 }, (_, at) => `${String(at).padStart(2, '0')}.txt`)
    for (const [at, name] of names.entries()) writeFileSync(join(source, name), at % 3 === 0 ? text.repeat(200) : text)
    const written = { stdout: '', stderr: '' }
    const io = { stdout: { write: (words: string) => { written.stdout += words } }, stderr: { isTTY: true, write: (words: string) => { written.stderr += words } } }
    expect(await runConvert([source, '--to', 'akn', '--out', join(folder, 'out')], io)).toBe(0)
    expect(linesOf(written.stdout).map(({ file }) => file.slice(source.length + 1))).toEqual(names)
    expect(written.stderr.split('\r').at(-1)).toBe(`[${'#'.repeat(40)}] 12 of 12\n`)
  })

  test('CV6 tracked changes of a Word file are accepted, or rejected where that is asked for', async () => {
    const file = join(folder, 'a.docx')
    writeFileSync(file, wordOf(p(r('Urges') + ins(r(' all')) + r(';'))))
    for (const [more, words] of [[[], 'Urges all;'], [['--revisions', 'accept'], 'Urges all;'], [['--revisions', 'reject'], 'Urges;']] as const) expect((await run(file, '--to', 'text', ...more)).stdout.trim()).toBe(words)
    expect((await run(file, '--to', 'text', '--revisions', 'some')).code).toBe(2)
    expect((await run(file, '--to', 'text', '--revisions', 'keep')).stdout).toContain('Urges[ all - Japan];')
  })

  test('CV3 --report keeps the lines in a file', async () => {
    const report = join(folder, 'report.jsonl')
    writeFileSync(join(folder, 'a.txt'), text)
    const result = await run(join(folder, 'a.txt'), '--to', 'text', '--out', join(folder, 'out'), '--report', report)
    expect(result).toEqual({ code: 0, stdout: '', stderr: '' })
    expect(linesOf(readFileSync(report, 'utf8'))).toMatchObject([{ ok: true, code: null }])
    expect(readFileSync(join(folder, 'out', 'a.txt'), 'utf8')).toBe(text)
  })

  test('CV4 nothing is written over a source, through a link or out of --out', async () => {
    const file = join(folder, 'a.txt')
    writeFileSync(file, `${text}\n\n\n`)
    writeFileSync(join(folder, 'kept.txt'), 'kept')
    expect(codeOf(linesOf((await run(file, '--to', 'text', '--out', folder)).stdout)[0])).toBe('file-unwritable')
    expect(readFileSync(file, 'utf8')).toBe(`${text}\n\n\n`)
    expect((await run(file, '--to', 'text', '--report', file)).code).toBe(1)
    mkdirSync(join(folder, 'out'))
    symlinkSync(join(folder, 'kept.txt'), join(folder, 'out', 'a.txt'))
    expect(codeOf(linesOf((await run(file, '--to', 'text', '--out', join(folder, 'out'))).stdout)[0])).toBe('file-unwritable')
    mkdirSync(join(folder, 'in', 'deep'), { recursive: true })
    writeFileSync(join(folder, 'in', 'deep', 'b.txt'), text)
    symlinkSync(folder, join(folder, 'out', 'deep'))
    expect(codeOf(linesOf((await run(join(folder, 'in'), '--to', 'text', '--out', join(folder, 'out'))).stdout)[0])).toBe('file-unwritable')
    expect([readFileSync(join(folder, 'kept.txt'), 'utf8'), existsSync(join(folder, 'b.txt'))]).toEqual(['kept', false])
  })

  test('CV5 a missing file is a coded error, a wrong command is usage', async () => {
    const missing = await run(join(folder, 'none.txt'), '--to', 'text')
    expect([missing.code, linesOf(missing.stderr)]).toEqual([1, [{ file: join(folder, 'none.txt'), ok: false, code: 'file-missing', units: 0, words: 0, notes: 0, lost: [], ms: expect.any(Number) as unknown }]])
    let said = ''
    await runConvert([join(folder, 'none.txt'), '--to', 'text'], { stdout: { write: () => undefined }, stderr: { isTTY: true, write: (words: string) => { said += words } } })
    expect(said).toContain('none.txt: The file could not be opened. Check its name, and that you may read it.\n')
    for (const args of [[], ['a'], ['a', '--to', 'pages'], ['a', 'b', '--to', 'text'], [folder, '--to', 'text'], ['a', '--to', 'text', '--wat']]) {
      const wrong = await run(...args)
      expect([wrong.code, wrong.stdout, wrong.stderr.startsWith('Usage')]).toEqual([2, '', true])
    }
  })
})
