/** What stands in an element of a Word file: its children by name, and properties that are elements themselves. */
import { limits } from '../../wire/limits.ts'
import { parseXml } from '../xml/parse.ts'
import type { XmlDialect, XmlElement } from '../xml/parse.ts'
import { elementsOf } from '../xml/text.ts'

/** Word's own names are the same whatever prefix a program gives them; the archive bounds the bytes of a part. */
const wordXml: XmlDialect = { without: 'prefixes', bytesMax: limits.archiveUnpackedBytesMax, elementsMax: limits.wordElementsMax, depthMax: limits.wordDepthMax }

/** The root of a part. Refuses as import-entities, import-too-large, import-unreadable, import-damaged. */
export const parsePart = (bytes: Uint8Array): XmlElement => parseXml(bytes, wordXml)

/** Elements only; none of what is not there. */
export const childrenOf = (element: XmlElement | undefined): readonly XmlElement[] => (element === undefined ? [] : elementsOf(element))

export const childOf = (element: XmlElement | undefined, name: string): XmlElement | undefined => childrenOf(element).find((child) => child.name === name)

export const attributeOf = ({ attributes }: XmlElement, name: string): string | undefined => attributes[name]

/** The `val` of a child: `<w:pStyle w:val="H1"/>`. */
export function valueIn(element: XmlElement | undefined, name: string): string | undefined {
  return childOf(element, name)?.attributes['val']
}

/** A property that is on by being there, unless it says that it is not. */
export function isOn(element: XmlElement | undefined, name: string): boolean {
  const child = childOf(element, name)
  return child !== undefined && !['0', 'false', 'off', 'none'].includes(child.attributes['val'] ?? 'true')
}

/** The characters directly within an element. */
export const charactersIn = ({ children }: XmlElement): string => children.filter((child) => typeof child === 'string').join('')
