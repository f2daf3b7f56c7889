/** Small Word files, written as the XML that a case is about. */
import { strToU8, zipSync } from 'fflate'
import type { WordFile } from '../../../shared/convert/docx/file.ts'
import { textIn, wordsOfRuns } from '../../../shared/convert/docx/modes.ts'
import type { Mode } from '../../../shared/convert/docx/modes.ts'
import { readWord } from '../../../shared/convert/docx/read.ts'

const main = 'http://schemas.openxmlformats.org/wordprocessingml/2006/main'
const relations = 'http://schemas.openxmlformats.org/package/2006/relationships'
const office = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships'

export interface Parts {
  readonly footnotes?: string
  readonly endnotes?: string
  readonly comments?: string
  readonly numbering?: string
  readonly styles?: string
  readonly header?: string
}

const roots: Readonly<Record<keyof Parts, string>> = { footnotes: 'footnotes', endnotes: 'endnotes', comments: 'comments', numbering: 'numbering', styles: 'styles', header: 'hdr' }

/** The parts of a file, each by its inner XML; `body` is that of the document. */
export function partsOf(body: string, parts: Parts = {}, prefix = 'w'): Record<string, Uint8Array> {
  const wrap = (root: string, inner: string): Uint8Array =>
    strToU8(`<?xml version="1.0" encoding="UTF-8"?><${prefix}:${root} xmlns:${prefix}="${main}" xmlns:m="m" xmlns:mc="mc">${inner}</${prefix}:${root}>`)
  const names = Object.keys(parts) as (keyof Parts)[]
  return {
    '[Content_Types].xml': strToU8('<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>'),
    '_rels/.rels': strToU8(`<Relationships xmlns="${relations}"><Relationship Id="r1" Type="${office}/officeDocument" Target="word/document.xml"/></Relationships>`),
    'word/_rels/document.xml.rels': strToU8(`<Relationships xmlns="${relations}">${names.map((name) => `<Relationship Id="${name}" Type="${office}/${name}" Target="${name}.xml"/>`).join('')}</Relationships>`),
    'word/document.xml': wrap('document', `<${prefix}:body>${body}</${prefix}:body>`),
    ...Object.fromEntries(names.map((name) => [`word/${name}.xml`, wrap(roots[name], parts[name]!)])),
  }
}

export const wordOf = (body: string, parts: Parts = {}): Uint8Array => zipSync(partsOf(body, parts))

export const who = (author: string, day = 1): string => `w:id="1" w:author="${author}" w:date="2026-03-0${day}T10:00:00Z"`
export const r = (words: string, properties = ''): string => `<w:r>${properties === '' ? '' : `<w:rPr>${properties}</w:rPr>`}<w:t xml:space="preserve">${words}</w:t></w:r>`
export const ins = (inner: string, author = 'Japan'): string => `<w:ins ${who(author)}>${inner}</w:ins>`
export const del = (words: string, author = 'Norway'): string => `<w:del ${who(author, 2)}><w:r><w:delText xml:space="preserve">${words}</w:delText></w:r></w:del>`
export const p = (inner: string, properties = ''): string => `<w:p>${properties === '' ? '' : `<w:pPr>${properties}</w:pPr>`}${inner}</w:p>`
export const markIns = (author = 'Japan'): string => `<w:rPr><w:ins ${who(author)}/></w:rPr>`
export const markDel = (author = 'Norway'): string => `<w:rPr><w:del ${who(author, 2)}/></w:rPr>`

export const linesIn = (file: WordFile, mode: Mode): string[] => textIn(file.paragraphs, mode).map(({ runs }) => wordsOfRuns(runs))

/** Accepted and rejected. */
export function both(body: string, parts: Parts = {}): readonly [string[], string[]] {
  const file = readWord(wordOf(body, parts))
  return [linesIn(file, 'accepted'), linesIn(file, 'rejected')]
}
