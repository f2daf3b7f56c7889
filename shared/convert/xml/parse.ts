/**
 * XML to a tree, within bounds. The five entities and references to characters are read; a document type, entities of a
 * file's own and whatever lies outside of it are not. Throws a Refusal, and nothing else.
 */
import { XMLParser } from 'fast-xml-parser'
import { Refusal } from '../../wire/errors.ts'

export interface XmlElement {
  readonly name: string
  /** Of no prototype: what is not there is undefined. */
  readonly attributes: Readonly<Record<string, string>>
  readonly children: readonly XmlNode[]
}

export type XmlNode = XmlElement | string

/** How one kind of document is read. */
export interface XmlDialect {
  /** Whose prefix names of elements and attributes stand without: that of the root's own namespace, or of every one. */
  readonly without: 'own-prefix' | 'prefixes'
  readonly bytesMax: number
  readonly elementsMax: number
  readonly depthMax: number
}

/** The root. Refuses as import-too-large, import-unreadable, import-entities, import-damaged. */
export function parseXml(bytes: Uint8Array, dialect: XmlDialect): XmlElement {
  if (bytes.length > dialect.bytesMax) throw new Refusal('import-too-large')
  const text = decoded(bytes)
  requireWellFormed(text, dialect)
  const [root] = parsed(text, dialect).flatMap((node) => (nameOf(node).startsWith('#') ? [] : [node]))
  if (root === undefined) throw new Refusal('import-damaged')
  const colon = nameOf(root).indexOf(':')
  const prefix = nameOf(root).slice(0, colon + 1)
  const named = dialect.without === 'prefixes' ? withoutPrefix : (name: string): string => (prefix !== '' && name.startsWith(prefix) ? name.slice(prefix.length) : name)
  const tree = treeOf(root, named)
  if (typeof tree === 'string') throw new Refusal('import-damaged')
  return tree
}

const withoutPrefix = (name: string): string => name.slice(name.indexOf(':') + 1)

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
function requireWellFormed(text: string, { elementsMax, depthMax }: XmlDialect): void {
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
      if (++elements > elementsMax || open.length >= depthMax) throw new Refusal('import-too-large')
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

function parsed(text: string, { depthMax }: XmlDialect): readonly Parsed[] {
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
    jPath: false,
    maxNestedTags: depthMax + 1,
  })
  try {
    return parser.parse(text) as readonly Parsed[]
  } catch {
    throw new Refusal('import-damaged')
  }
}

function nameOf(node: Parsed): string {
  for (const key in node) if (key !== ':@') return key
  return '#text'
}

const noAttributes: Readonly<Record<string, string>> = Object.freeze(Object.create(null) as Record<string, string>)

/** No deeper than what was found well formed. */
function treeOf(node: Parsed, named: (name: string) => string): XmlNode {
  const name = nameOf(node)
  if (name === '#text') return unescaped(String(node[name]))
  const inside = node[name] as readonly Parsed[]
  if (name === '#cdata') return inside.map((piece) => String(piece['#text'] ?? '')).join('')
  return { name: named(name), attributes: attributesOf(node[':@'], named), children: inside.map((child) => treeOf(child, named)) }
}

function attributesOf(found: unknown, named: (name: string) => string): Readonly<Record<string, string>> {
  if (found === undefined) return noAttributes
  const attributes = Object.create(null) as Record<string, string>
  for (const [name, value] of Object.entries(found as Readonly<Record<string, unknown>>)) attributes[named(name)] = unescaped(String(value))
  return attributes
}

const entities: Readonly<Record<string, string>> = { lt: '<', gt: '>', amp: '&', quot: '"', apos: "'" }

function unescaped(text: string): string {
  if (!text.includes('&')) return text
  return text.replace(/&(?:#(\d{1,7})|#x([0-9a-f]{1,6})|([^\s&;<#]{1,40}));|&/gi, (whole, decimal?: string, hex?: string, name?: string) => {
    if (name !== undefined) {
      if (!Object.hasOwn(entities, name)) throw new Refusal('import-entities')
      return entities[name]!
    }
    if (whole === '&') throw new Refusal('import-damaged')
    const code = decimal === undefined ? Number.parseInt(hex!, 16) : Number(decimal)
    if (code < 1 || code > 0x10ffff) throw new Refusal('import-entities')
    return String.fromCodePoint(code)
  })
}
