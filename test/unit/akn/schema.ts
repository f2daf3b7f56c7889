/** The schema of Akoma Ntoso 3.0, where it stands beside the checkout; a structure of our own is checked in any case. */
import { existsSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { XmlDocument, XmlElement, XmlValidateError, XsdValidator } from 'libxml2-wasm'
import { xmlRegisterFsInputProviders } from 'libxml2-wasm/lib/nodejs.mjs'

const file = fileURLToPath(new URL('../../../../shared/xsd/akomantoso30.xsd', import.meta.url))

const validator = ((): XsdValidator | null => {
  if (!existsSync(file)) {
    process.stdout.write(`Not checked against the schema of Akoma Ntoso: ${file} is not there.\n`)
    return null
  }
  xmlRegisterFsInputProviders()
  return XsdValidator.fromDoc(XmlDocument.fromBuffer(readFileSync(file), { url: file }))
})()

/** Faults of a file; none where it is as it should be. */
export function faultsOf(xml: string): string[] {
  const document = XmlDocument.fromString(xml)
  try {
    const faults = structureFaults(document.root)
    try {
      validator?.validate(document)
    } catch (fault) {
      if (!(fault instanceof XmlValidateError)) throw fault
      faults.push(...fault.details.slice(0, 3).map(({ message, line }) => `${line}: ${message.trim()}`))
    }
    return faults
  } finally {
    document.dispose()
  }
}

const ordered = ['meta', 'coverPage', 'preface', 'preamble', 'mainBody', 'amendmentBody', 'conclusions', 'attachments', 'components']

/** Parts in their order, what needs an eId has one, each once, and what is referred to within the file is there. */
function structureFaults(root: XmlElement): string[] {
  const faults: string[] = []
  const ids = new Set<string>()
  const references: string[] = []
  const visit = (element: XmlElement): void => {
    const { name } = element
    const id = element.attr('eId')?.value
    if (id !== undefined && ids.has(id)) faults.push(`${id} twice`)
    if (id !== undefined) ids.add(id)
    else if (['paragraph', 'point', 'list', 'container', 'formula', 'content', 'intro', 'blockList', 'item', 'authorialNote', 'mod', 'TLCOrganization'].includes(name)) faults.push(`${name} without an eId`)
    for (const attribute of ['refersTo', 'href', 'alternativeTo']) {
      for (const one of element.attr(attribute)?.value.split(' ') ?? []) if (one.startsWith('#') || attribute === 'alternativeTo') references.push(one.replace('#', ''))
    }
    const parts: XmlElement[] = []
    for (let child = element.firstChild; child !== null; child = child.next) if (child instanceof XmlElement) parts.push(child)
    if (name === 'statement' || name === 'doc' || name === 'amendment') {
      const order = parts.map((part) => ordered.indexOf(part.name))
      if (order.includes(-1) || order.some((at, index) => index > 0 && at <= order[index - 1]!)) faults.push(`${name} holds ${parts.map((part) => part.name).join(' ')}`)
    }
    parts.forEach(visit)
  }
  visit(root)
  for (const one of references) if (!ids.has(one) && one !== 'us') faults.push(`${one} is referred to and is not there`)
  return faults
}
