/** Paragraphs of the sheet as Word's own XML. */
import { openingLengthOf } from '../../../drafting/phrases.ts'
import type { Look, Piece } from '../../../text/printed.ts'
import { isSponsors } from '../../forms.ts'
import type { Presence, Reviser } from '../file.ts'
import type { SheetParagraph, Stretch } from './changes.ts'
import { commented } from './comments.ts'
import type { SheetComment } from './comments.ts'
import { numberingFor, textIndent } from './lists.ts'
import { element, escaped, valued } from './markup.ts'
import type { SheetUnit } from './sheet.ts'

export interface Setting {
  readonly language: string
  /** One paragraph, with its properties. */
  readonly paragraph: (paragraph: SheetParagraph, style?: string) => string
  /** Words of our own, no part of the draft. */
  readonly made: (words: string, style: string, properties?: string) => string
  /** Words of what is printed, each set as what it is. */
  readonly pieces: (pieces: readonly Piece[], style: string) => string
  /** The inner markup of numbering.xml, footnotes.xml and comments.xml, when all paragraphs are written; that of comments is empty where there are none. */
  readonly numbering: () => string
  readonly footnotes: () => string
  readonly comments: () => string
}

export function settingFor(language: string): Setting {
  const numbering = numberingFor(language)
  const notes: string[] = []
  const comments = new Map<SheetComment, number>()
  let change = 0
  const direction = language === 'ar' ? '<w:rtl/>' : ''
  const by = ({ author, at }: Reviser): Record<string, string | number> =>
    ({ 'w:id': ++change, 'w:author': author, ...(at === null ? {} : { 'w:date': at }) })

  const run = (content: string, properties = '', direct = direction): string =>
    element('w:r', {}, (properties + direct === '' ? '' : element('w:rPr', {}, properties + direct)) + content)

  const words = (text: string, isStruck: boolean, properties = ''): string =>
    text === '' ? '' : run(text.split(/([\t\n])/).map((piece) => signs[piece] ?? element(isStruck ? 'w:delText' : 'w:t', { 'xml:space': 'preserve' }, escaped(piece))).join(''), properties, isForeign(text) ? '' : direction)

  /** Runs with what is done to them round them: who put them in outside, who struck them inside. */
  const wrapped = (runs: string, { inserted, deleted, moved }: Presence): string => {
    if (runs === '') return ''
    const isMove = moved !== null
    const inner = deleted === null ? runs : element(isMove && inserted === null ? 'w:moveFrom' : 'w:del', by(deleted), runs)
    return inserted === null ? inner : element(isMove ? 'w:moveTo' : 'w:ins', by(inserted), inner)
  }

  const isStruck = ({ deleted, moved, inserted }: Presence): boolean => deleted !== null && (moved === null || inserted !== null)

  const noteOf = (stretch: Stretch): string => {
    const id = notes.length + 1
    const mark = run('<w:footnoteRef/>', valued('w:rStyle', 'FootnoteReference'))
    const text = stretch.note!.parts.map(({ words: part, presence }) => wrapped(words(part, isStruck(presence)), presence)).join('')
    // The blank behind the mark is of the sheet; readers take it off.
    notes.push(element('w:footnote', { 'w:id': id }, element('w:p', {}, element('w:pPr', {}, valued('w:pStyle', 'FootnoteText')) + mark + run('<w:t xml:space="preserve"> </w:t>') + text)))
    return run(element('w:footnoteReference', { 'w:id': id }), valued('w:rStyle', 'FootnoteReference'))
  }

  const opened = (comment: SheetComment): string => {
    comments.set(comment, comments.size)
    return element('w:commentRangeStart', { 'w:id': comments.get(comment)! })
  }
  const closed = (comment: SheetComment): string =>
    element('w:commentRangeEnd', { 'w:id': comments.get(comment)! }) + element('w:r', {}, element('w:commentReference', { 'w:id': comments.get(comment)! }))

  const inner = ({ unit, stretches, comments: on = [] }: SheetParagraph): string => {
    let italic = italicsOf(unit, stretches, language)
    return commented(stretches, on).map((stretch) => {
      if ('opens' in stretch) return opened(stretch.opens)
      if ('closes' in stretch) return closed(stretch.closes)
      if (stretch.note !== null) return wrapped(noteOf(stretch), stretch.presence)
      const struck = isStruck(stretch.presence)
      const inItalics = stretch.presence.deleted === null && stretch.isNumber !== true ? Math.min(italic, stretch.words.length) : 0
      italic -= inItalics
      return wrapped(words(stretch.words.slice(0, inItalics), struck, '<w:i/><w:iCs/>') + words(stretch.words.slice(inItalics), struck), stretch.presence)
    }).join('')
  }

  const propertiesOf = (unit: SheetUnit, mark: Presence, isThere: boolean): string => {
    const number = isThere ? numbering.of(unit) : numbering.beside(unit)
    const numbered = number === null ? '' : element('w:numPr', {}, valued('w:ilvl', number.level) + valued('w:numId', number.list))
    return valued('w:pStyle', styleOf(unit)) + numbered + indentOf(unit, number !== null) + markOf(mark)
  }

  const markOf = ({ inserted, deleted, moved }: Presence): string => {
    const marks = (inserted === null ? '' : element(moved === null ? 'w:ins' : 'w:moveTo', by(inserted)))
      + (deleted === null ? '' : element(moved === null || inserted !== null ? 'w:del' : 'w:moveFrom', by(deleted)))
    return marks + direction === '' ? '' : element('w:rPr', {}, marks + direction)
  }

  const paragraph = (one: SheetParagraph, style?: string): string => {
    const { unit, former, mark } = one
    const isThere = mark.deleted === null
    let properties = propertiesOf(unit, mark, isThere)
    if (style !== undefined) properties = properties.replace(/<w:pStyle [^>]*>/, valued('w:pStyle', style))
    if (former !== null) {
      const reviser = one.stretches.map(({ presence }) => presence.inserted ?? presence.deleted).find((found) => found !== null)
      if (reviser !== undefined) properties += element('w:pPrChange', by(reviser), element('w:pPr', {}, valued('w:pStyle', styleOf(former)) + indentOf(former, former.isCounted)))
    }
    const content = element('w:p', {}, element('w:pPr', {}, properties) + inner(one))
    return mark.moved === null ? content : inRange(content, mark)
  }

  const inRange = (content: string, { inserted, deleted, moved }: Presence): string => {
    const [side, reviser] = inserted !== null ? ['To', inserted] : ['From', deleted!]
    const attributes = by(reviser)
    return element(`w:move${side}RangeStart`, { ...attributes, 'w:name': moved! }) + content + element(`w:move${side}RangeEnd`, { 'w:id': attributes['w:id']! })
  }

  return {
    language,
    paragraph,
    made: (text, style, properties = '') => element('w:p', {}, element('w:pPr', {}, valued('w:pStyle', style) + properties) + words(text, false)),
    pieces: (pieces, style) => element('w:p', {}, element('w:pPr', {}, valued('w:pStyle', style)) + pieces.map(({ look, words: text }) => words(text, false, looks[look])).join('')),
    numbering: numbering.markup,
    footnotes: () => notes.join(''),
    comments: () => [...comments].map(([{ author, at, words: said }, id]) => element('w:comment', { 'w:id': id, 'w:author': author, 'w:initials': author.slice(0, 2), ...(at === null ? {} : { 'w:date': at }) },
      said.split('\n').map((line) => element('w:p', {}, words(line, false))).join(''))).join(''),
  }
}

/** What is proposed or differs is shown, and is no tracked change. */
const looks: Readonly<Record<Look, string>> = { plain: '', opening: '<w:i/><w:iCs/>', new: valued('w:u', 'single'), cut: '<w:strike/>', sign: '', note: valued('w:vertAlign', 'superscript') }

/** Latin words in an Arabic text: set as running from the right, Word would turn the figures among them round. */
const isForeign = (words: string): boolean => /\p{Script=Latin}/u.test(words) && !/\p{Script=Arabic}/u.test(words)

const signs: Readonly<Record<string, string>> = { '': '', '\t': '<w:tab/>', '\n': '<w:br/>' }

/** Letters at the beginning that stand in italics: an opening phrase, the organ's line up to its comma. */
function italicsOf(unit: SheetUnit, stretches: readonly Stretch[], language: string): number {
  const text = stretches.filter(({ presence, isNumber }) => presence.deleted === null && isNumber !== true).map(({ words }) => words).join('')
  if (unit.kind === 'organ') return text.replace(/[,،，]\s*$/, '').length
  return unit.kind === 'pp' || unit.kind === 'op' ? openingLengthOf(unit.kind, text, language) : 0
}

function styleOf({ kind, letters, printed }: SheetUnit): string {
  switch (kind) {
    case 'title':
      return 'HCh'
    case 'annex':
      return 'HM'
    case 'heading':
      return printed === '' ? 'H23' : 'H1'
    case 'closing':
      return 'Closing'
    case 'front':
      return isSponsors(letters) ? 'Sponsors' : 'Front'
    default:
      return 'SingleTxt'
  }
}

/** Where Word counts, the list says it. */
function indentOf({ kind, depth }: SheetUnit, isCounted: boolean): string {
  if (isCounted) return ''
  if (kind === 'sub') return element('w:ind', { 'w:left': textIndent, 'w:firstLine': 475 * Math.max(1, depth) })
  return ['organ', 'pp', 'op'].includes(kind) ? element('w:ind', { 'w:left': textIndent, 'w:firstLine': 475 }) : ''
}
