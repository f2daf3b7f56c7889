/** Akoma Ntoso (OASIS LegalDocML 3.0), as the United Nations uses it (AKN4UN). */
import type { ResolutionValue } from '../../model/value.ts'
import { Refusal } from '../../wire/errors.ts'
import { limits } from '../../wire/limits.ts'
import { languageOf } from '../forms.ts'
import { endings } from '../endings.ts'
import type { Format } from '../format.ts'
import type { Import } from '../importText.ts'
import { allUnits, excerpt, factsOf, unitWarnings, warn } from '../report.ts'
import type { ImportReport } from '../report.ts'
import { nested } from '../tree.ts'
import { countOf, wordsOf, wordsOfValue } from '../words.ts'
import { parseXml } from '../xml/parse.ts'
import type { XmlDialect, XmlElement } from '../xml/parse.ts'
import { allElements, textOf } from '../xml/text.ts'
import { languageOfCode } from './languages.ts'
import { Losses } from './losses.ts'
import { lettersOfSource, lettersOfValue, linesOfSource } from './proof.ts'
import { AknReader } from './read.ts'
import { writeAkn } from './write.ts'

export const akn: Format = {
  id: 'akn',
  extensions: endings.akn,
  mediaType: 'application/akn+xml; charset=utf-8',
  recognises: (head) => /<(?:[\w.-]+:)?akomaNtoso[\s>]/.test(head),
  read: (bytes) => readAkn(bytes),
  write: (value) => writeAkn(value),
}

const aknXml: XmlDialect = { without: 'own-prefix', bytesMax: limits.xmlBytesMax, elementsMax: limits.xmlElementsMax, depthMax: limits.xmlDepthMax }

/** Refuses as import-too-large, import-unreadable, import-entities, import-damaged, import-empty. */
function readAkn(bytes: Uint8Array): Import {
  const root = parseXml(bytes, aknXml)
  if (root.name !== 'akomaNtoso') throw new Refusal('import-format-unknown')
  const all = [...allElements(root)]
  const language = languageIn(all) ?? languageOf(all.filter(({ name }) => name === 'p').map(textOf))
  const losses = new Losses()
  const reader = new AknReader(losses, language, new Map(all.flatMap((element) => (element.name === 'note' ? [[element.attributes['eId'] ?? '', element]] : []))))
  reader.readDocument(root)
  const value = { language, units: nested(reader.items, language) }
  if (value.units.length === 0) throw new Refusal('import-empty')
  const isWhole = lettersOfSource(root) === lettersOfValue(value)
  const units = [...allUnits(value.units)]
  return isWhole
    ? { value, report: { ...reportOf(root, value, losses), unrecognised: reader.items.flatMap((item, index) => (item.sure ? [] : [{ line: 0, words: excerpt(units[index]!.words), why: `No known form; kept as ${item.kind === 'pp' ? 'a preambular paragraph' : item.kind === 'heading' ? 'a heading' : 'a paragraph'}.` }])) } }
    : keepLines(root, language, losses)
}

function languageIn(all: readonly XmlElement[]): string | null {
  const said = all.find(({ name }) => name === 'FRBRlanguage')?.attributes['language']
  return said === undefined ? null : languageOfCode(said)
}

function reportOf(root: XmlElement, value: ResolutionValue, losses: Losses): ImportReport {
  const words = countOf(wordsOfValue(value))
  return {
    looksLike: kindOf(root),
    ...factsOf(value),
    unrecognised: [],
    warnings: [...allUnits(value.units)].flatMap((unit) => unitWarnings(unit, 0, value.language)),
    lost: losses.all,
    wordsIn: words,
    wordsOut: words,
  }
}

function kindOf(root: XmlElement): ImportReport['looksLike'] {
  for (const { name, attributes } of allElements(root)) {
    if (name === 'amendment' || name === 'amendmentList') return 'amendments'
    if (name !== 'statement') continue
    if (attributes['contains'] === 'multipleVersions') return 'negotiation text'
    return /draft/i.test(attributes['name'] ?? '') ? 'draft resolution' : 'resolution'
  }
  return 'other text'
}

/** The last resort: one paragraph to a line, nothing read into it. */
function keepLines(root: XmlElement, language: string, losses: Losses): Import {
  const units = linesOfSource(root).map((words) => ({ kind: 'para' as const, words, notes: [], children: [] }))
  const value: ResolutionValue = { language, units }
  const count = units.reduce((sum, { words }) => sum + wordsOf(words).length, 0)
  const report = reportOf(root, value, losses)
  return { value, report: { ...report, warnings: [warn('kept-as-lines', 0), ...report.warnings], wordsIn: count, wordsOut: count } }
}
