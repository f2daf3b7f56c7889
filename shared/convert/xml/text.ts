/** What is in an element. */
import type { XmlElement } from './parse.ts'

export const elementsOf = ({ children }: XmlElement): readonly XmlElement[] => children.filter((child) => typeof child !== 'string')

/** Its words, white space made single. */
export const textOf = (element: XmlElement): string => rawText(element).replace(/\s+/g, ' ').trim()

function rawText({ children }: XmlElement): string {
  return children.map((child) => (typeof child === 'string' ? child : rawText(child))).join('')
}

/** Every element beneath, in the order of the text. */
export function* allElements(element: XmlElement): Generator<XmlElement> {
  for (const child of elementsOf(element)) {
    yield child
    yield* allElements(child)
  }
}
