import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'vitest'
import { XmlDocument, XsdValidator } from 'libxml2-wasm'
import { xmlRegisterFsInputProviders } from 'libxml2-wasm/lib/nodejs.mjs'
import { readFile, writeFile } from '../../../shared/convert/formats.ts'
import { exportText } from '../../../shared/convert/exportText.ts'
const folder = '/work/shared/corpus/akn'
test('x', () => {
  xmlRegisterFsInputProviders()
  const xsd = XmlDocument.fromBuffer(readFileSync('/work/shared/xsd/akomantoso30.xsd'), { url: '/work/shared/xsd/akomantoso30.xsd' })
  const v = XsdValidator.fromDoc(xsd)
  let bad = 0
  for (const name of readdirSync(folder, { recursive: true }).map(String).filter((n) => n.endsWith('.xml')).sort()) {
    const t0 = performance.now()
    const { value, report } = readFile(readFileSync(join(folder, name)))
    const ms = performance.now() - t0
    const out = String(writeFile(value, 'akn'))
    const d = XmlDocument.fromString(out)
    let err = ''
    try { v.validate(d) } catch (e) { err = JSON.stringify((e as { details?: unknown[] }).details?.slice(0, 2) ?? String(e)); bad++ }
    console.log(name, Math.round(ms), report.looksLike, report.language, report.symbol, '|', report.title?.slice(0, 40), '|', report.recognised.map((r) => r.kind + r.count).join(' '), 'notes' + report.notes, 'unrec' + report.unrecognised.length, report.warnings.filter((w) => w.code !== 'opening-unknown').map((w) => w.code + ':' + w.words.slice(0, 30)).slice(0, 3).join(';'), report.lost.map((l) => `${l.what}×${l.count}`).join(','), err)
    if (/78_228-2325978E|76_2_E|HRC|247|draftRes|annex_76|insdel|amendment/.test(name)) { writeFileSync('/tmp/akn-' + name.replace(/\W/g, '_') + '.txt', exportText(value)); writeFileSync('/tmp/akn-' + name.replace(/\W/g, '_') + '.xml', out) }
  }
  console.log('bad', bad)
}, 600000)
