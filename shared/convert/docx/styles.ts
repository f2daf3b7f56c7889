/** The styles of a Word file: what a paragraph is by its style's name, and by the styles that one is based on. */
import type { XmlElement } from '../xml/parse.ts'
import type { NumberingOf, Style, StyleSheet, WordParagraph } from './file.ts'
import { attributeOf, childOf, childrenOf, isOn, valueIn } from './xml.ts'

/** Word's own headings, and those of the United Nations' templates (HCh chapter, HM main, H1, H23, H4, H56), signs between left out. */
const headingName = /^(?:heading\d|title|(?:reg|anno)?h(?:ch|m|1|2|3|23|4|5|6|56)g?)$/i
const isHeadingName = (name: string): boolean => headingName.test(name.replace(/[\s_/]/g, ''))

export function readStyles(root: XmlElement | undefined): StyleSheet {
  const byId = new Map<string, Style>()
  let standard = ''
  for (const node of childrenOf(root)) {
    const id = attributeOf(node, 'styleId')
    if (node.name !== 'style' || id === undefined || attributeOf(node, 'type') !== 'paragraph') continue
    const properties = childOf(node, 'pPr')
    const name = valueIn(node, 'name') ?? id
    const isHeading = isHeadingName(name) || isHeadingName(id) || Number(valueIn(properties, 'outlineLvl') ?? 9) < 9
    byId.set(id, { id, name, basedOn: valueIn(node, 'basedOn') ?? null, numbering: numberingIn(properties), isHeading, isItalic: isOn(childOf(node, 'rPr'), 'i') })
    if (['1', 'true', 'on'].includes(attributeOf(node, 'default') ?? '')) standard = id
  }
  return { byId, standard }
}

export function numberingIn(properties: XmlElement | undefined): Partial<NumberingOf> {
  const node = properties === undefined ? undefined : childOf(properties, 'numPr')
  const [list, level] = [valueIn(node, 'numId'), valueIn(node, 'ilvl')]
  return { ...(list === undefined ? {} : { list }), ...(level === undefined ? {} : { level: Number(level) || 0 }) }
}

/** A style and those it is based on, nearest first. */
function* lineOf(sheet: StyleSheet, id: string): Generator<Style> {
  const seen = new Set<string>()
  let style = sheet.byId.get(id === '' ? sheet.standard : id)
  while (style !== undefined && !seen.has(style.id)) {
    seen.add(style.id)
    yield style
    style = style.basedOn === null ? undefined : sheet.byId.get(style.basedOn)
  }
}

export function isHeadingStyle(sheet: StyleSheet, id: string): boolean {
  for (const style of lineOf(sheet, id)) if (style.isHeading) return true
  return false
}

/** What numbers a paragraph: its own properties, then its style's. List "0" says that it has none. */
export function numberingOf(sheet: StyleSheet, { style, numbering }: Pick<WordParagraph, 'style'> & { readonly numbering: Partial<NumberingOf> }): NumberingOf | null {
  let { list, level } = numbering
  for (const one of lineOf(sheet, style)) {
    list ??= one.numbering.list
    level ??= one.numbering.level
  }
  return list === undefined || list === '0' ? null : { list, level: Math.max(0, Math.min(level ?? 0, 8)) }
}

