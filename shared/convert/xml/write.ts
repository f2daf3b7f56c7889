/** XML as text: what is given as words can never become markup. */

/** Characters that no XML can hold become the one for what is unreadable. */
const clean = (words: string): string => words.toWellFormed().replace(/[^\t\n\r\u0020-\uFFFD\u{10000}-\u{10FFFF}]/gu, '\uFFFD')

export const escaped = (words: string): string => clean(words).replace(/[&<>]/g, (sign) => (sign === '&' ? '&amp;' : sign === '<' ? '&lt;' : '&gt;'))

export type Attributes = Readonly<Record<string, string | number | undefined>>

/** `inside` is markup; undefined attributes are left out. */
export function element(name: string, attributes: Attributes, inside = ''): string {
  const all = Object.entries(attributes)
    .filter(([, value]) => value !== undefined && value !== '')
    .map(([key, value]) => ` ${key}="${escaped(String(value)).replaceAll('"', '&quot;')}"`)
  return inside === '' ? `<${name}${all.join('')}/>` : `<${name}${all.join('')}>${inside}</${name}>`
}

/** The same with what is inside on lines of its own: for elements that hold no words themselves. */
export function block(name: string, attributes: Attributes, inside: readonly string[]): string {
  const lines = inside.filter((one) => one !== '')
  return element(name, attributes, lines.length === 0 ? '' : `\n${lines.join('\n').replace(/^(?=.)/gm, '  ')}\n`)
}
