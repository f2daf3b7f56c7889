/**
 * XML from somebody unknown as a tree of elements under their local names. Ill-formed text is refused, and so is any
 * document type: it is what declares entities, inner and outer, and no word processor writes one.
 */
import { XMLParser, XMLValidator } from 'fast-xml-parser'
import { Refusal } from '../../wire/errors.ts'
import { limits } from '../../wire/limits.ts'

/** As the parser makes it: one key with the element's name, and ":@" with its attributes; or "#text", or "#cdata". */
export interface XmlNode {
  readonly [key: string]: readonly XmlNode[] | Readonly<Record<string, string>> | string
}

const parser = new XMLParser({
  preserveOrder: true, ignoreAttributes: false, attributeNamePrefix: '', removeNSPrefix: true, parseTagValue: false, parseAttributeValue: false,
  trimValues: false, processEntities: false, cdataPropName: '#cdata', ignoreDeclaration: true, ignorePiTags: true, maxNestedTags: limits.wordDepthMax, jPath: false,
})

/** The children of the document, its one root among them. Refuses as import-entities, import-too-large, import-damaged. */
export function parseXml(bytes: Uint8Array): readonly XmlNode[] {
  const xml = textOf(bytes)
  if (/<!DOCTYPE|<!ENTITY/i.test(xml)) throw new Refusal('import-entities')
  if (tagsIn(xml) > limits.xmlTagsMax) throw new Refusal('import-too-large')
  let nodes: readonly XmlNode[]
  try {
    if (XMLValidator.validate(xml) !== true) throw new Refusal('import-damaged')
    nodes = parser.parse(xml) as readonly XmlNode[]
  } catch {
    throw new Refusal('import-damaged')
  }
  return nodes
}

/** UTF-8, or UTF-16 where its byte order mark says so. */
function textOf(bytes: Uint8Array): string {
  const encoding = bytes[0] === 0xff && bytes[1] === 0xfe ? 'utf-16le' : bytes[0] === 0xfe && bytes[1] === 0xff ? 'utf-16be' : 'utf-8'
  try {
    return new TextDecoder(encoding, { fatal: true }).decode(bytes)
  } catch {
    throw new Refusal('import-damaged')
  }
}

function tagsIn(xml: string): number {
  let count = 0
  for (let at = xml.indexOf('<'); at >= 0 && count <= limits.xmlTagsMax; at = xml.indexOf('<', at + 1)) count++
  return count
}

/** "#text" and "#cdata" for what is no element. */
export function nameOf(node: XmlNode): string {
  for (const key in node) if (key !== ':@') return key
  return ''
}

const none: readonly XmlNode[] = []

export function childrenOf(node: XmlNode): readonly XmlNode[] {
  const children = node[nameOf(node)]
  return Array.isArray(children) ? children as readonly XmlNode[] : none
}

export function childOf(node: XmlNode, name: string): XmlNode | undefined {
  return childrenOf(node).find((child) => nameOf(child) === name)
}

export function attributeOf(node: XmlNode, name: string): string | undefined {
  const attributes = node[':@']
  if (attributes === undefined || typeof attributes === 'string' || Array.isArray(attributes)) return undefined
  const value = (attributes as Readonly<Record<string, string>>)[name]
  return typeof value === 'string' ? decoded(value) : undefined
}

/** The `val` of a child: `<w:pStyle w:val="H1"/>`. */
export function valueIn(node: XmlNode | undefined, name: string): string | undefined {
  const child = node === undefined ? undefined : childOf(node, name)
  return child === undefined ? undefined : attributeOf(child, 'val')
}

/** A property that is on by being there, unless it says that it is not. */
export function isOn(node: XmlNode | undefined, name: string): boolean {
  const child = node === undefined ? undefined : childOf(node, name)
  return child !== undefined && !['0', 'false', 'off', 'none'].includes(attributeOf(child, 'val') ?? 'true')
}

/** The characters directly within an element. */
export function charactersIn(node: XmlNode): string {
  let characters = ''
  for (const child of childrenOf(node)) {
    const text = child['#text']
    if (typeof text === 'string') characters += decoded(text)
    else if ('#cdata' in child) characters += childrenOf(child).map((inner) => (typeof inner['#text'] === 'string' ? inner['#text'] : '')).join('')
  }
  return characters
}

const named: Readonly<Record<string, string>> = { lt: '<', gt: '>', amp: '&', quot: '"', apos: '\'' }

/** The five named references and those by number; any other is refused: it would want a document type. */
function decoded(text: string): string {
  if (!text.includes('&')) return text
  return text.replace(/&(?:#x([0-9a-f]{1,6})|#(\d{1,7})|(\w{1,10}));|&/gi, (_whole, hex: string | undefined, decimal: string | undefined, name: string | undefined) => {
    const known = name === undefined ? undefined : named[name]
    if (known !== undefined) return known
    const code = hex !== undefined ? parseInt(hex, 16) : decimal !== undefined ? Number(decimal) : 0
    if (code < 1 || code > 0x10ffff) throw new Refusal('import-entities')
    return String.fromCodePoint(code)
  })
}
