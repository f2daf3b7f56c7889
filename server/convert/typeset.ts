/**
 * Setting in type: PDF, tagged for screen readers and marked as PDF/UA-1 where all letters are in the fonts, which are embedded. The typesetter is native
 * code in this process; it runs in a thread of its own (typeset-worker.ts), sees no file but the fonts, and no network.
 */
import { mkdtempSync, rmSync } from 'node:fs'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { NodeCompiler, type NodeTypstDocument } from '@myriaddreamin/typst-ts-node-compiler'
import { template } from '../../shared/convert/typst/template.ts'

const fontFolders: Readonly<Record<string, readonly string[]>> = {
  '@expo-google-fonts/noto-serif': ['400Regular', '400Regular_Italic', '700Bold', '700Bold_Italic'],
  // Of those that were tried the one from whose glyphs the words are read back.
  '@expo-google-fonts/amiri': ['400Regular', '700Bold'],
  '@expo-google-fonts/noto-serif-sc': ['400Regular', '700Bold'],
}

export interface Typesetter {
  /** `data` is what `typesetData` made. Throws an Error for what could not be set; none is known. */
  pdf(data: string, atMs: number): Uint8Array
}

/** A letter that is in none of the fonts keeps a file from PDF/UA, and nobody from their text: it is tagged all the same. */
function written(compiler: NodeCompiler, document: NodeTypstDocument, creationTimestamp: number): Buffer {
  try {
    return compiler.pdf(document, { pdfStandard: 'ua-1', creationTimestamp })
  } catch {
    return compiler.pdf(document, { pdfTags: true, creationTimestamp })
  }
}

export function createTypesetter(): Typesetter {
  const require = createRequire(import.meta.url)
  const fontPaths = Object.entries(fontFolders).flatMap(([name, weights]) => {
    const folder = dirname(require.resolve(`${name}/package.json`))
    return weights.map((weight) => join(folder, weight))
  })
  // Its root, from which a template might read: an empty folder, and the only template is ours.
  const workspace = mkdtempSync(join(tmpdir(), 'omnibus-typeset-'))
  const compiler = NodeCompiler.create({ workspace, fontArgs: [{ fontPaths }] })
  rmSync(workspace, { recursive: true })
  return {
    pdf(data, atMs) {
      const compiled = compiler.compile({ mainFileContent: template, inputs: { data } })
      const { result } = compiled
      if (result === null) throw new Error(`The text could not be set: ${JSON.stringify(compiled.takeDiagnostics()?.shortDiagnostics ?? [])}`)
      const pdf = written(compiler, result, Math.floor(atMs / 1000))
      // What it remembers of this text is of no use for the next.
      compiler.evictCache(0)
      return new Uint8Array(pdf)
    },
  }
}
