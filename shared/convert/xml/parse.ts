/**
 * XML to a tree, within bounds. The five entities and references to characters are read; a document type, entities of a
 * file's own and whatever lies outside of it are not. Throws a Refusal, and nothing else.
 */
import { XMLParser } from 'fast-xml-parser'
import { Refusal } from '../../wire/errors.ts'
import { limits } from '../../wire/limits.ts'

export interface XmlElement {
  /** Without the prefix of the root's own namespace; others keep theirs. */
  readonly name: string
  readonly attributes: ReadonlyMap<string, string>
  readonly children: readonly XmlNode[]
}

export type XmlNode = XmlElement | string

const parser = new XMLParser({
  preserveOrder: true,
  ignoreAttributes: false,
  attributeNamePrefix: '',
  parseTagValue: false,
  parseAttributeValue: false,
  trimValues: false,
  processEntities: false,
  cdataPropName: '#cdata',
  ignoreDeclaration: true,
  ignorePiTags: true,
  maxNestedTags: limits.xmlDepthMax + 1,
})

/** The root. Refuses as import-too-large, import-unreadable, import-entities, import-damaged. */
export function parseXml(bytes: Uint8Array): XmlElement {
  if (bytes.length > limits.xmlBytesMax) throw new Refusal('import-too-large')
  const text = decoded(bytes)
  requireWellFormed(text)
  const [root] = parsed(text).flatMap((node) => (nameOf(node).startsWith('#') ? [] : [node]))
  if (root === undefined) throw new Refusal('import-damaged')
  const colon = nameOf(root).indexOf(':')
  const tree = treeOf(root, nameOf(root).slice(0, colon + 1))
  if (typeof tree === 'string') throw new Refusal('import-damaged')
  return tree
}

const labels: Readonly<Record<string, string>> = { 'utf-8': 'utf-8', 'us-ascii': 'utf-8', 'iso-8859-1': 'windows-1252', 'windows-1252': 'windows-1252', 'utf-16': 'utf-16le' }

/** By the byte order mark, else by what the declaration says; UTF-8 where nothing is said. */
function decoded(bytes: Uint8Array): string {
  const said = /^<\?xml[^>]*?\sencoding\s*=\s*["']([\w-]{1,20})["']/.exec(String.fromCharCode(...bytes.subarray(0, 200)))?.[1] ?? 'utf-8'
  const marked = bytes[0] === 0xff && bytes[1] === 0xfe ? 'utf-16le' : bytes[0] === 0xfe && bytes[1] === 0xff ? 'utf-16be' : null
  const label = marked ?? labels[said.toLowerCase()]
  if (label === undefined) throw new Refusal('import-unreadable')
  try {
    return new TextDecoder(label, { fatal: true }).decode(bytes)
  } catch {
    throw new Refusal('import-unreadable')
  }
}

const tag = /<(\/?)([^\s<>/="'&!?]+)(?:\s+[^\s<>/="'&]+\s*=\s*(?:"[^"<]*"|'[^'<]*'))*\s*(\/?)>/y

/** Every element is closed where it was opened, and there are neither too many nor too deep ones. The parser itself takes much for granted. */
function requireWellFormed(text: string): void {
  const open: string[] = []
  let elements = 0
  let roots = 0
  for (let at = text.indexOf('<'); at !== -1; at = text.indexOf('<', at)) {
    if (text.startsWith('<!--', at)) at = behind(text, '-->', at + 4)
    else if (text.startsWith('<![CDATA[', at)) at = behind(text, ']]>', at + 9)
    else if (text.startsWith('<?', at)) at = behind(text, '?>', at + 2)
    else if (text.startsWith('<!', at)) throw new Refusal('import-entities')
    else {
      tag.lastIndex = at
      const found = tag.exec(text)
      if (found === null) throw new Refusal('import-damaged')
      const [whole, closing, name, empty] = found
      at += whole.length
      if (closing === '/') {
        if (open.pop() !== name) throw new Refusal('import-damaged')
        continue
      }
      if (open.length === 0 && ++roots > 1) throw new Refusal('import-damaged')
      if (++elements > limits.xmlElementsMax || open.length >= limits.xmlDepthMax) throw new Refusal('import-too-large')
      if (empty === '') open.push(name!)
    }
  }
  if (open.length > 0 || roots === 0) throw new Refusal('import-damaged')
}

function behind(text: string, end: string, from: number): number {
  const at = text.indexOf(end, from)
  if (at === -1) throw new Refusal('import-damaged')
  return at + end.length
}

/** One key that is the element's name, with what is in it; `#text` and `#cdata` hold words; `:@` holds attributes. */
type Parsed = Readonly<Record<string, unknown>>

function parsed(text: string): readonly Parsed[] {
  try {
    return parser.parse(text) as readonly Parsed[]
  } catch {
    throw new Refusal('import-damaged')
  }
}

const nameOf = (node: Parsed): string => Object.keys(node).find((key) => key !== ':@') ?? '#text'

/** No deeper than what was found well formed. */
function treeOf(node: Parsed, prefix: string): XmlNode {
  const name = nameOf(node)
  if (name === '#text') return unescaped(String(node[name]))
  const inside = node[name] as readonly Parsed[]
  if (name === '#cdata') return inside.map((piece) => String(piece['#text'] ?? '')).join('')
  const attributes = Object.entries((node[':@'] ?? {}) as Readonly<Record<string, unknown>>).map(([key, value]) => [key, unescaped(String(value))] as const)
  return { name: prefix !== '' && name.startsWith(prefix) ? name.slice(prefix.length) : name, attributes: new Map(attributes), children: inside.map((child) => treeOf(child, prefix)) }
}

const entities: Readonly<Record<string, string>> = { lt: '<', gt: '>', amp: '&', quot: '"', apos: "'" }

function unescaped(text: string): string {
  return text.replace(/&(?:#(\d{1,7})|#x([0-9a-f]{1,6})|([^\s&;<#]{1,40}));|&/gi, (whole, decimal?: string, hex?: string, name?: string) => {
    if (name !== undefined) {
      if (!Object.hasOwn(entities, name)) throw new Refusal('import-entities')
      return entities[name]!
    }
    if (whole === '&') throw new Refusal('import-damaged')
    const code = decimal === undefined ? Number.parseInt(hex!, 16) : Number(decimal)
    return code > 0x10ffff ? '\uFFFD' : String.fromCodePoint(code)
  })
}
