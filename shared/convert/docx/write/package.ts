/** A Word file, packed: its parts, their types and how they name each other. */
import { strToU8, zipSync } from 'fflate'
import { standing } from '../file.ts'
import type { WrittenFrom } from '../file.ts'
import { draftProperty, versionProperty } from '../read.ts'
import { masthead } from './masthead.ts'
import type { Masthead } from './masthead.ts'
import { element, escaped, xmlDeclaration } from './markup.ts'
import type { SheetParagraph } from './changes.ts'
import { settingFor } from './paragraphs.ts'
import type { Setting } from './paragraphs.ts'
import { stylesMarkup } from './styles.ts'

const word = 'http://schemas.openxmlformats.org/wordprocessingml/2006/main'
const office = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships'
const relations = 'http://schemas.openxmlformats.org/package/2006/relationships'
const contents = 'http://schemas.openxmlformats.org/package/2006/content-types'
const mediaType = 'application/vnd.openxmlformats-officedocument.wordprocessingml'

export const wordMediaType = `${mediaType}.document`

export interface Sheet {
  readonly language: string
  readonly title: string
  /** When it was made; the parts bear this time. */
  readonly atMs: number
  readonly from: WrittenFrom | null
  readonly masthead: Masthead
}

/** A text on its sheet, with its changes if it has some. */
export function writeWord(sheet: Sheet, paragraphs: readonly SheetParagraph[]): Uint8Array {
  const setting = settingFor(sheet.language)
  const head = masthead(setting, sheet.masthead, paragraphs)
  // Where the last paragraph is struck or new, its end needs another to be joined to.
  const last = paragraphs.at(-1)?.mark ?? standing
  const end = last.deleted !== null || last.inserted !== null ? setting.made('', 'SingleTxt') : ''
  return packed(sheet, setting, head.table + paragraphs.slice(head.used).map((one, at) => (at + head.used === head.sponsorsAt ? head.sponsors : '') + setting.paragraph(one)).join('') + end, sheet.from !== null)
}

/** Without it Word opens a file in its compatibility mode, as one of 2007. */
const modern = element('w:compat', {}, element('w:compatSetting', { 'w:name': 'compatibilityMode', 'w:uri': 'http://schemas.microsoft.com/office/word', 'w:val': 15 }))

/** `body` is the inner markup of the document. `isTracked`: what is typed into it in Word is a tracked change from the first letter. */
export function packed(sheet: Sheet, setting: Setting, body: string, isTracked = false): Uint8Array {
  const root = (name: string, inner: string): string => xmlDeclaration + element(`w:${name}`, { 'xmlns:w': word, 'xmlns:r': office }, inner)
  const page = element('w:sectPr', {}, element('w:headerReference', { 'w:type': 'default', 'r:id': 'header' }) + element('w:footerReference', { 'w:type': 'default', 'r:id': 'footer' })
    + element('w:pgSz', { 'w:w': 11_906, 'w:h': 16_838 }) + element('w:pgMar', { 'w:top': 1_418, 'w:right': 1_134, 'w:bottom': 1_134, 'w:left': 1_134, 'w:header': 851, 'w:footer': 567, 'w:gutter': 0 })
    + '<w:titlePg/>' + (sheet.language === 'ar' ? '<w:bidi/>' : ''))
  const separators = (['separator', 'continuationSeparator'] as const).map((type, at) => element('w:footnote', { 'w:type': type, 'w:id': at - 1 }, element('w:p', {}, element('w:r', {}, element(`w:${type}`))))).join('')
  const pageNumber = element('w:p', {}, '<w:pPr><w:pStyle w:val="Footer"/></w:pPr>' + element('w:fldSimple', { 'w:instr': ' PAGE ' }, '<w:r><w:t>1</w:t></w:r>'))
  const comments = setting.comments()
  const kinds = ['styles', 'numbering', 'footnotes', 'settings', 'header', 'footer', ...(comments === '' ? [] : ['comments'])]
  const parts: Readonly<Record<string, string>> = {
    '[Content_Types].xml': typesMarkup(kinds, sheet.from !== null),
    '_rels/.rels': related([['document', `${office}/officeDocument`, 'word/document.xml'], ['core', 'http://schemas.openxmlformats.org/package/2006/relationships/metadata/core-properties', 'docProps/core.xml'], ...(sheet.from === null ? [] : [['custom', `${office}/custom-properties`, 'docProps/custom.xml'] as const])]),
    'docProps/core.xml': coreMarkup(sheet),
    ...(sheet.from === null ? {} : { 'docProps/custom.xml': customMarkup(sheet.from) }),
    'word/_rels/document.xml.rels': related(kinds.map((kind) => [kind, `${office}/${kind}`, `${kind}.xml`] as const)),
    'word/document.xml': root('document', element('w:body', {}, body + page)),
    'word/styles.xml': root('styles', stylesMarkup(sheet.language)),
    'word/numbering.xml': root('numbering', setting.numbering()),
    'word/footnotes.xml': root('footnotes', separators + setting.footnotes()),
    ...(comments === '' ? {} : { 'word/comments.xml': root('comments', comments) }),
    'word/settings.xml': root('settings', (isTracked ? '<w:trackRevisions/>' : '') + element('w:footnotePr', {}, element('w:footnote', { 'w:id': -1 }) + element('w:footnote', { 'w:id': 0 })) + modern),
    'word/header.xml': root('hdr', setting.made(sheet.masthead.symbol ?? '', 'Header')),
    'word/footer.xml': root('ftr', pageNumber),
  }
  return zipSync(Object.fromEntries(Object.entries(parts).map(([name, markup]) => [name, strToU8(markup)])), { mtime: new Date(Math.max(sheet.atMs, Date.UTC(1980, 0, 2))) })
}

function typesMarkup(kinds: readonly string[], hasCustom: boolean): string {
  const part = (name: string, type: string): string => element('Override', { PartName: name, ContentType: type })
  return xmlDeclaration + element('Types', { xmlns: contents }, element('Default', { Extension: 'rels', ContentType: 'application/vnd.openxmlformats-package.relationships+xml' })
    + element('Default', { Extension: 'xml', ContentType: 'application/xml' }) + part('/word/document.xml', `${mediaType}.document.main+xml`)
    + kinds.map((kind) => part(`/word/${kind}.xml`, `${mediaType}.${kind}+xml`)).join('')
    + part('/docProps/core.xml', 'application/vnd.openxmlformats-package.core-properties+xml') + (hasCustom ? part('/docProps/custom.xml', 'application/vnd.openxmlformats-officedocument.custom-properties+xml') : ''))
}

const related = (parts: readonly (readonly [id: string, type: string, target: string])[]): string =>
  xmlDeclaration + element('Relationships', { xmlns: relations }, parts.map(([id, type, target]) => element('Relationship', { Id: id, Type: type, Target: target })).join(''))

function coreMarkup({ title, atMs }: Sheet): string {
  const at = element('dcterms:created', { 'xsi:type': 'dcterms:W3CDTF' }, new Date(atMs).toISOString().replace(/\.\d+Z$/, 'Z'))
  const spaces = { 'xmlns:cp': 'http://schemas.openxmlformats.org/package/2006/metadata/core-properties', 'xmlns:dc': 'http://purl.org/dc/elements/1.1/', 'xmlns:dcterms': 'http://purl.org/dc/terms/', 'xmlns:xsi': 'http://www.w3.org/2001/XMLSchema-instance' }
  return xmlDeclaration + element('cp:coreProperties', spaces, element('dc:title', {}, escaped(title)) + at)
}

function customMarkup({ draft, version }: WrittenFrom): string {
  const property = (name: string, words: string, at: number): string =>
    element('property', { fmtid: '{D5CDD505-2E9C-101B-9397-08002B2CF9AE}', pid: at + 2, name }, element('vt:lpwstr', {}, escaped(words)))
  return xmlDeclaration + element('Properties', { xmlns: 'http://schemas.openxmlformats.org/officeDocument/2006/custom-properties', 'xmlns:vt': 'http://schemas.openxmlformats.org/officeDocument/2006/docPropsVTypes' },
    property(draftProperty, draft, 0) + property(versionProperty, version, 1))
}
