/** XML as text, from values. Whatever people wrote goes through `escaped`: it is words, never markup. */

const named: Readonly<Record<string, string>> = { '<': '&lt;', '>': '&gt;', '&': '&amp;', '"': '&quot;' }

/** What XML cannot hold goes: control characters, halves of letters. */
export const escaped = (words: string): string =>
  words.replace(/[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/gu, '').replace(/[<>&"]/g, (sign) => named[sign]!)

export type Attributes = Readonly<Record<string, string | number>>

/** `inner` is markup already. */
export function element(name: string, attributes: Attributes = {}, inner = ''): string {
  let start = `<${name}`
  for (const key in attributes) start += ` ${key}="${escaped(String(attributes[key]))}"`
  return inner === '' ? `${start}/>` : `${start}>${inner}</${name}>`
}

/** An element with its value in `w:val`. */
export const valued = (name: string, value: string | number): string => element(name, { 'w:val': value })

export const xmlDeclaration = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
