/** What a PDF says to a program that reads it, as a screen reader would. */
import { getDocument } from 'pdfjs-dist/legacy/build/pdf.mjs'

export interface ReadPdf {
  /** The words of each page, as they are read. */
  readonly pages: readonly string[]
  readonly title: string
  readonly keywords: string
  readonly language: string
  /** The standard that the file says it keeps to: 1 for PDF/UA-1. */
  readonly accessible: string | undefined
  /** The roles of its structure, each once. */
  readonly roles: ReadonlySet<string>
}

interface Node { readonly role?: string; readonly children?: readonly Node[] }

export async function readPdf(bytes: Uint8Array): Promise<ReadPdf> {
  const document = await getDocument({ data: new Uint8Array(bytes), useSystemFonts: false, verbosity: 0 }).promise
  const pages: string[] = []
  const roles = new Set<string>()
  const visit = (node: Node | null): void => {
    if (node?.role !== undefined) roles.add(node.role)
    for (const child of node?.children ?? []) visit(child)
  }
  for (let number = 1; number <= document.numPages; number++) {
    const page = await document.getPage(number)
    const { items } = await page.getTextContent()
    pages.push(items.map((item) => ('str' in item ? `${item.str}${item.hasEOL ? '\n' : ''}` : '')).join(''))
    visit((await page.getStructTree()) as Node | null)
  }
  const { info, metadata } = await document.getMetadata()
  const told = info as { readonly Title?: string; readonly Keywords?: string; readonly Language?: string }
  const found = { pages, roles, title: told.Title ?? '', keywords: told.Keywords ?? '', language: told.Language ?? '', accessible: (metadata as { get(name: string): string | null } | null)?.get('pdfuaid:part') ?? undefined }
  await document.destroy()
  return found
}
