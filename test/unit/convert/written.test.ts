import { expect, test } from 'vitest'
import type { Converters } from '../../../server/convert/converters.ts'
import { createTypesetter } from '../../../server/convert/typeset.ts'
import { writtenAs, writtenFormats } from '../../../server/convert/written.ts'
import type { VersionedDocument } from '../../../server/sync/exports.ts'
import { writeAkn } from '../../../shared/convert/akn/write.ts'
import { exportText } from '../../../shared/convert/exportText.ts'
import { readFile } from '../../../shared/convert/formats.ts'
import { fromLine } from '../../../shared/convert/from-line.ts'
import { importText } from '../../../shared/convert/importText.ts'
import { Refusal } from '../../../shared/wire/errors.ts'
import { printedValue } from '../../../shared/text/printed-value.ts'
import { readPdf } from './pdf.ts'

const { value } = importText('Safe harbours\n\nThe General Assembly,\n\nRecalling its resolution 70/1,[1]\n\n1. Urges all States to act;\n\n2. Decides to meet.\n\n[1] See resolution 70/1, annex.')
const document: VersionedDocument = { text: () => exportText(value), printed: () => printedValue(value, { title: 'Lamps' }), json: () => value, akn: (facts) => writeAkn(value, facts), version: 'now-12' }
const converters: Converters = {
  typeset: ({ data, atMs }) => Promise.resolve(createTypesetter().pdf(data, atMs)),
  word: () => Promise.reject(new Refusal('export-too-slow')),
  convert: () => Promise.reject(new Refusal('import-too-slow')),
  stop: () => Promise.resolve(),
}

const written = async (id: string): Promise<Uint8Array> => {
  const content = await writtenAs(writtenFormats.find((format) => format.id === id)!, { document, word: () => Promise.reject(new Refusal('bad-command')) }, converters, { draft: 'lamps-1', atMs: 0, lineNumbers: false })
  return typeof content === 'string' ? new TextEncoder().encode(content) : content
}
const textOf = (bytes: Uint8Array): string => new TextDecoder().decode(bytes)

test('FR8 every file of a draft says of which draft and version it is, and none of that comes back as words', async () => {
  const html = textOf(await written('html'))
  expect([html.includes('<meta name="omnibus-draft" content="lamps-1">'), html.includes('<meta name="omnibus-version" content="now-12">')]).toEqual([true, true])
  const pdf = await readPdf(await written('pdf'))
  expect([pdf.keywords, pdf.accessible, pdf.pages.join('').includes('now-12')]).toEqual(['omnibus-draft:lamps-1, omnibus-version:now-12', '1', false])
  expect(textOf(await written('text'))).toBe(`${exportText(value)}\n(Omnibus: draft lamps-1, version now-12)\n`)
  expect((JSON.parse(textOf(await written('json'))) as { from: unknown }).from).toEqual({ draft: 'lamps-1', version: 'now-12' })
  const akn = textOf(await written('akn'))
  expect(akn).toContain('<FRBRalias value="lamps-1" name="draft"/>')
  expect(akn).toMatch(/<FRBRExpression>\s*<FRBRthis value="[^"]*\/eng@now-12\/!main"\/>/)
  for (const id of ['text', 'json', 'akn']) expect([id, readFile(await written(id)).value]).toEqual([id, value])
})

test('FR8 what only looks like it stays words', () => {
  const wordsOf = (text: string): string[] => importText(text).value.units.map(({ words }) => words)
  expect(wordsOf('Urges all.\r\n\r\n(Omnibus: draft lamps-1, version 3)\r\n\r\n')).toEqual(['Urges all.'])
  for (const line of ['(Omnibus: draft lamps-1, version last)', '(Omnibus: draft lamps 1, version 3)', '(Omnibus: draft lamps-1, version 3) Decides.']) expect(wordsOf(`Urges all.\n\n${line}\n`)).toEqual(['Urges all.', line])
  expect(wordsOf(`Urges all.${fromLine({ draft: 'd', version: '1' })}\nDecides.`)).toHaveLength(3)
})
