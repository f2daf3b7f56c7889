/** Styles under the names that the United Nations' templates give them, so that a paragraph pasted there is set as its neighbours are. */
import { textIndent } from './lists.ts'
import { element, valued } from './markup.ts'

export interface SheetStyle {
  readonly id: string
  readonly name: string
  readonly paragraph: string
  readonly run: string
}

const spaced = (before: number, after: number): string => element('w:spacing', { 'w:before': before, 'w:after': after })
const set = (more = ''): string => element('w:ind', { 'w:left': textIndent, 'w:right': textIndent }) + more
const size = (halfPoints: number): string => valued('w:sz', halfPoints) + valued('w:szCs', halfPoints)
const bold = '<w:b/><w:bCs/>'
const kept = '<w:keepNext/><w:keepLines/>'

/** Text of its own making: the lines at the head that are no part of the draft. */
export const madeStyle = 'MastheadMade'

const styles: readonly SheetStyle[] = [
  { id: 'SingleTxt', name: '_ Single Txt', paragraph: spaced(0, 120) + set(valued('w:jc', 'both')), run: '' },
  { id: 'HCh', name: '_ H _Ch_', paragraph: kept + spaced(360, 240) + set(), run: bold + size(28) },
  { id: 'HM', name: '_ H __M_', paragraph: kept + spaced(240, 240) + set(), run: bold + size(34) },
  { id: 'H1', name: '_ H_1_', paragraph: kept + spaced(360, 240) + set(valued('w:jc', 'center')), run: bold + size(24) },
  { id: 'H23', name: '_ H_2/3_', paragraph: kept + spaced(240, 120) + set(valued('w:jc', 'center')), run: bold },
  { id: 'Front', name: 'Masthead line', paragraph: spaced(0, 60), run: '' },
  { id: 'Sponsors', name: 'Sponsors', paragraph: spaced(240, 120) + set(), run: bold },
  { id: 'Closing', name: 'Closing line', paragraph: spaced(0, 60) + set(valued('w:jc', 'right')), run: '<w:i/><w:iCs/>' },
  { id: madeStyle, name: 'Masthead made', paragraph: spaced(0, 60), run: '' },
  { id: 'TableText', name: 'Table text', paragraph: spaced(40, 40), run: size(18) },
  { id: 'TableHead', name: 'Table head', paragraph: kept + spaced(40, 40), run: bold + size(18) },
  { id: 'FootnoteText', name: 'footnote text', paragraph: spaced(0, 0) + set(), run: size(17) },
  { id: 'Header', name: 'header', paragraph: '', run: bold + size(18) },
  { id: 'Footer', name: 'footer', paragraph: valued('w:jc', 'right'), run: size(17) },
]

export function stylesMarkup(language: string): string {
  const tag = { en: 'en-GB', fr: 'fr-FR', es: 'es-ES', ru: 'ru-RU', ar: 'ar-SA', zh: 'zh-CN' }[language] ?? language
  const fonts = element('w:rFonts', { 'w:ascii': 'Times New Roman', 'w:hAnsi': 'Times New Roman', 'w:cs': 'Times New Roman', 'w:eastAsia': 'SimSun' })
  const defaults = element('w:docDefaults', {}, element('w:rPrDefault', {}, element('w:rPr', {}, fonts + size(20) + element('w:lang', { 'w:val': tag, 'w:eastAsia': 'zh-CN', 'w:bidi': 'ar-SA' }))))
  const normal = element('w:style', { 'w:type': 'paragraph', 'w:default': 1, 'w:styleId': 'Normal' }, valued('w:name', 'Normal') + (language === 'ar' ? '<w:pPr><w:bidi/></w:pPr>' : ''))
  const reference = element('w:style', { 'w:type': 'character', 'w:styleId': 'FootnoteReference' }, valued('w:name', 'footnote reference') + element('w:rPr', {}, valued('w:vertAlign', 'superscript')))
  return defaults + normal + styles.map(({ id, name, paragraph, run }) => element(
    'w:style', { 'w:type': 'paragraph', 'w:styleId': id, ...(/^[A-Z][a-z]+(?:Text)?$/.test(id) && name === name.toLowerCase() ? {} : { 'w:customStyle': 1 }) },
    valued('w:name', name) + valued('w:basedOn', 'Normal') + (paragraph === '' ? '' : element('w:pPr', {}, paragraph)) + (run === '' ? '' : element('w:rPr', {}, run)),
  )).join('') + reference
}
