/** A Word file (.docx) as what it says: paragraphs with their changes, notes, comments, numbers. */
import { Refusal } from '../../wire/errors.ts'
import { limits } from '../../wire/limits.ts'
import type { XmlElement } from '../xml/parse.ts'
import { openArchive } from './archive.ts'
import type { Archive } from './archive.ts'
import type { Loss, StyleSheet, WordComment, WordFile, WordParagraph, WrittenFrom } from './file.ts'
import { readLists } from './lists.ts'
import { readStory } from './story.ts'
import type { Story } from './story.ts'
import { readStyles } from './styles.ts'
import { attributeOf, charactersIn, childOf, childrenOf, parsePart } from './xml.ts'

/**
 * Refuses as import-format-unknown, import-too-large, import-old-word, import-encrypted, import-damaged, import-entities,
 * import-unsafe. Total otherwise: what it does not know is looked through, and what a resolution cannot hold stands among the losses.
 */
export function readWord(bytes: Uint8Array): WordFile {
  const archive = openArchive(bytes)
  const parts = partsOf(archive)
  const body = childOf(rootOf(archive, parts.main, 'document'), 'body')
  if (body === undefined) throw new Refusal('import-damaged')
  const styles = readStyles(rootOf(archive, parts.of('styles')[0], 'styles'))
  const story = readStory(childrenOf(body), styles)
  const notes = new Map<string, readonly WordParagraph[]>()
  const losses: Loss[] = [...story.losses]
  for (const [part, letter] of [['footnotes', 'f'], ['endnotes', 'e']] as const) {
    for (const node of childrenOf(rootOf(archive, parts.of(part)[0], part))) {
      // Those with a type are the rules that stand above notes.
      if (node.name !== part.slice(0, -1) || attributeOf(node, 'type') !== undefined) continue
      const note = readStory(childrenOf(node), styles)
      notes.set(`${letter}${attributeOf(node, 'id') ?? ''}`, note.paragraphs)
      losses.push(...note.losses.map((loss) => ({ ...loss, line: 0 })))
      if (part === 'endnotes') losses.push({ code: 'endnote', line: 0, words: wordsOf(note).slice(0, limits.quoteCharactersMax) })
    }
  }
  return {
    paragraphs: story.paragraphs,
    notes,
    comments: commentsIn(archive, parts.of('comments')[0], styles, story),
    styles,
    lists: readLists(rootOf(archive, parts.of('numbering')[0], 'numbering')),
    from: writtenFrom(rootOf(archive, 'docProps/custom.xml', 'Properties')),
    losses: [...losses, ...headersIn(archive, parts, styles)],
  }
}

const wordsOf = ({ paragraphs }: Story): string => paragraphs.map(({ runs }) => runs.map(({ words }) => words).join('')).join(' ').trim()

/** The root element of a part; undefined where the part is not there. */
function rootOf(archive: Archive, part: string | undefined, root: string): XmlElement | undefined {
  const bytes = part === undefined ? null : archive.read(part)
  if (bytes === null) return undefined
  const found = parsePart(bytes)
  if (found.name !== root) throw new Refusal('import-damaged')
  return found
}

interface Parts {
  readonly main: string
  /** The parts of a kind that the text names. */
  readonly of: (kind: string) => readonly string[]
}

function partsOf(archive: Archive): Parts {
  const main = relatedTo(archive, '').get('officeDocument')?.[0] ?? 'word/document.xml'
  if (!archive.names.has(main)) throw new Refusal('import-format-unknown')
  const related = relatedTo(archive, main)
  return { main, of: (kind) => (related.get(kind) ?? []).filter((part) => archive.names.has(part)) }
}

/** What a part names, by kind ("footnotes"). Only what is in the archive itself. */
function relatedTo(archive: Archive, part: string): ReadonlyMap<string, readonly string[]> {
  const slash = part.lastIndexOf('/')
  const [folder, name] = [part.slice(0, slash + 1), part.slice(slash + 1)]
  const related = new Map<string, string[]>()
  for (const node of childrenOf(rootOf(archive, `${folder}_rels/${name}.rels`, 'Relationships'))) {
    const [type, target] = [attributeOf(node, 'Type'), attributeOf(node, 'Target')]
    if (type === undefined || target === undefined || attributeOf(node, 'TargetMode') === 'External') continue
    const kind = type.slice(type.lastIndexOf('/') + 1)
    related.set(kind, [...(related.get(kind) ?? []), target.startsWith('/') ? target.slice(1) : folder + target])
  }
  return related
}

function commentsIn(archive: Archive, part: string | undefined, styles: StyleSheet, story: Story): WordComment[] {
  return childrenOf(rootOf(archive, part, 'comments')).flatMap((node) => {
    if (node.name !== 'comment') return []
    const words = wordsOf(readStory(childrenOf(node), styles)).slice(0, limits.noteCharactersMax)
    const [author, at, id] = [attributeOf(node, 'author') ?? '', attributeOf(node, 'date') ?? null, attributeOf(node, 'id') ?? '']
    return [{ author: author.slice(0, limits.nameCharactersMax), at, words, on: story.quotes.get(id) ?? '' }]
  })
}

/** Words that stand on every page are no part of the text. */
function headersIn(archive: Archive, parts: Parts, styles: StyleSheet): Loss[] {
  const seen = new Set<string>()
  for (const kind of ['header', 'footer'] as const) {
    for (const part of parts.of(kind)) {
      const words = wordsOf(readStory(childrenOf(rootOf(archive, part, kind === 'header' ? 'hdr' : 'ftr')), styles))
      if (/\p{L}/u.test(words)) seen.add(words.slice(0, limits.quoteCharactersMax))
    }
  }
  return [...seen].map((words) => ({ code: 'header', line: 0, words }))
}

export const draftProperty = 'OmnibusDraft'
export const versionProperty = 'OmnibusVersion'

function writtenFrom(properties: XmlElement | undefined): WrittenFrom | null {
  const found = new Map<string, string>()
  for (const node of childrenOf(properties)) {
    const value = childOf(node, 'lpwstr')
    if (value !== undefined) found.set(attributeOf(node, 'name') ?? '', charactersIn(value).slice(0, limits.idCharactersMax))
  }
  const [draft, version] = [found.get(draftProperty), found.get(versionProperty)]
  return draft === undefined || version === undefined ? null : { draft, version }
}
