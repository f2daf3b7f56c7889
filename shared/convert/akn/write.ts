/**
 * A resolution as Akoma Ntoso 3.0: front lines on the cover page, the title in the preface, organ and preamble, numbered
 * paragraphs with their lists, closing lines, annexes as attachments. Where a paragraph is not what its place says, or
 * stands out of place, its class does ("unit-para"), so that reading it back gives an equal value.
 */
import { openingLengthOf } from '../../drafting/phrases.ts'
import { numberUnits } from '../../model/numbering.ts'
import type { UnitNumber } from '../../model/numbering.ts'
import type { ResolutionValue, UnitKind, UnitValue } from '../../model/value.ts'
import { isAnnex, isCouncilTitle, organLanguageOf } from '../forms.ts'
import { takeNumber } from '../numbers.ts'
import { factsOf } from '../report.ts'
import { block, element, escaped } from '../xml/write.ts'
import { identityOf, meta, namespace } from './meta.ts'
import type { AknFacts, Identity } from './meta.ts'

export const documentOf = (inside: string): string =>
  `<?xml version="1.0" encoding="UTF-8"?>\n${block('akomaNtoso', { xmlns: namespace }, [inside])}\n`

/** What is printed of one paragraph, and what the whole file has in common. */
export interface Sheet {
  readonly language: string
  readonly numbers: ReadonlyMap<unknown, UnitNumber>
  /** A new eId, unique in the file; that of a paragraph is remembered with it. */
  readonly id: (wanted: string, unit?: UnitValue) => string
  /** The words of a paragraph as markup, with its notes. */
  readonly words: (unit: UnitValue) => string
  /** What a paragraph's element says besides, its class too. */
  readonly attributes: (unit: UnitValue) => Readonly<Record<string, string>>
}

/** Total and pure. */
export function writeAkn(value: ResolutionValue, facts: AknFacts = {}): string {
  const identity = identityOf(value, facts)
  return documentOf(block('statement', { name: nameOf(value, facts) }, [meta(identity, facts), ...parts(value.units, sheetOf(value), identity, facts)]))
}

/** An adopted text says so by its symbol. */
export const nameOf = (value: ResolutionValue, { symbol }: AknFacts): string => (/\/RES\//.test(symbol ?? factsOf(value).symbol ?? '') ? 'resolution' : 'draftResolution')

export function sheetOf(value: ResolutionValue): Sheet {
  const id = idMaker()
  const sheet = { language: value.language, numbers: numberUnits(value.units, value.language), id }
  let note = 0
  let bracket = 0
  return { ...sheet, attributes: () => ({}), words: (unit) => wordsOf(unit, value.language, id, () => ++note, () => ++bracket) }
}

export function idMaker(): (wanted: string) => string {
  const taken = new Map<string, number>()
  return (wanted) => {
    const plain = wanted.replace(/[^\w-]+/g, '-')
    const count = (taken.get(plain) ?? 0) + 1
    taken.set(plain, count)
    return count === 1 ? plain : `${plain}-${count}`
  }
}

const isSimple = (unit: UnitValue | undefined): unit is UnitValue => unit !== undefined && unit.children.length === 0 && unit.words !== ''

/** The parts of a document behind its meta. */
export function parts(units: readonly UnitValue[], sheet: Sheet, identity: Identity, facts: AknFacts): string[] {
  const zones = zonesOf(units)
  const front = (unit: UnitValue): string => element('p', { class: isCouncilTitle(unit.words) ? 'unit-front' : undefined }, sheet.words(unit))
  return [
    zones.cover.length === 0 ? '' : block('coverPage', {}, zones.cover.map(front)),
    zones.preface.length === 0 ? '' : block('preface', {}, zones.preface.map((unit) => (unit.kind === 'title' ? title(unit, sheet) : element('p', {}, sheet.words(unit))))),
    zones.preamble.length === 0 ? '' : block('preamble', {}, zones.preamble.map((unit) => inPreamble(unit, sheet))),
    mainBody(zones.body, sheet),
    zones.conclusions.length === 0 ? '' : block('conclusions', {}, zones.conclusions.map((unit) => element('p', {}, sheet.words(unit)))),
    zones.annexes.length === 0 ? '' : block('attachments', {}, zones.annexes.map((annex, index) => attachment(annex, index + 1, sheet, identity, facts))),
  ]
}

interface Zones {
  readonly cover: readonly UnitValue[]
  readonly preface: readonly UnitValue[]
  readonly preamble: readonly UnitValue[]
  readonly body: readonly UnitValue[]
  readonly conclusions: readonly UnitValue[]
  readonly annexes: readonly (readonly UnitValue[])[]
}

/** What can stand in each part of a document; whatever is out of its place is in the body. */
function zonesOf(units: readonly UnitValue[]): Zones {
  let at = 0
  const take = (fits: (unit: UnitValue, index: number) => boolean): UnitValue[] => {
    const from = at
    while (at < units.length && fits(units[at]!, at)) at++
    return units.slice(from, at)
  }
  const isFront = (unit: UnitValue): boolean => unit.kind === 'front' && isSimple(unit) && unit.label === undefined
  const cover = take(isFront)
  const hasTitle = units[at]?.kind === 'title' && isSimple(units[at])
  const preface = hasTitle ? [units[at++]!, ...take(isFront)] : []
  let hasOrgan = false
  const preamble = take((unit, index) => {
    if (unit.kind === 'organ') {
      if (hasOrgan || !isSimple(unit)) return false
      hasOrgan = true
    }
    if (unit.label !== undefined) return false
    return unit.kind === 'organ' || unit.kind === 'pp' || (unit.kind === 'heading' && isSimple(unit) && units[index + 1]?.kind === 'pp')
  })
  const annexAt = units.findIndex((unit, index) => index >= at && unit.kind === 'annex')
  const rest = units.slice(at, annexAt === -1 ? undefined : annexAt)
  const last = rest.findLastIndex((unit) => unit.kind !== 'closing' || !isSimple(unit) || unit.label !== undefined)
  const annexes: UnitValue[][] = []
  for (const unit of annexAt === -1 ? [] : units.slice(annexAt)) {
    if (unit.kind === 'annex') annexes.push([])
    annexes.at(-1)!.push(unit)
  }
  return { cover, preface, preamble, body: rest.slice(0, last + 1), conclusions: rest.slice(last + 1), annexes }
}

function title(unit: UnitValue, sheet: Sheet): string {
  const number = unit.label === undefined || unit.label === '' ? '' : `${element('docNumber', {}, escaped(unit.label))} `
  return element('p', {}, `${number}${element('docTitle', {}, sheet.words(unit))}`)
}

/** Or a note or bracket where words will be. */
const hasWords = ({ words, notes, brackets = [] }: UnitValue): boolean => words !== '' || notes.length + brackets.length > 0

const classOf = (kind: UnitKind): string => `unit-${kind}`

/** Read by its place alone, the words would not be seen to be something else. */
const isPlain = ({ words }: UnitValue): boolean => words !== '' && takeNumber(words) === null && !isAnnex(words) && organLanguageOf(words) === null

function inPreamble(unit: UnitValue, sheet: Sheet): string {
  if (unit.kind === 'organ') return element('formula', { name: 'enactingFormula', eId: sheet.id('formula') }, element('p', {}, sheet.words(unit)))
  return container(unit, sheet, unit.kind === 'pp' && isPlain(unit))
}

/** Named by its opening phrase, or its first words. */
function container(unit: UnitValue, sheet: Sheet, isSure: boolean): string {
  const name = unit.words.slice(0, openingLengthOf('pp', unit.words, sheet.language)) || (/^\S+/u.exec(unit.words)?.[0] ?? unit.kind)
  const attributes = withMore({ name, class: isSure ? '' : classOf(unit.kind), eId: sheet.id('container', unit) }, unit, sheet)
  return block('container', attributes, [unit.children.length === 0 ? element('p', {}, sheet.words(unit)) : blockList(unit, sheet)])
}

function blockList(unit: UnitValue, sheet: Sheet): string {
  const items = unit.children.map((child) => {
    const inside = child.children.length === 0 ? element('p', {}, sheet.words(child)) : blockList(child, sheet)
    return block('item', withMore({ eId: sheet.id('item', child), class: pointClass(child) }, child, sheet), [num(child, sheet), inside])
  })
  return block('blockList', { eId: sheet.id('list') }, [hasWords(unit) ? element('listIntroduction', {}, sheet.words(unit)) : '', ...items])
}

function num(unit: UnitValue, sheet: Sheet): string {
  const { printed } = sheet.numbers.get(unit)!
  return printed === '' ? '' : element('num', {}, escaped(printed))
}

function mainBody(units: readonly UnitValue[], sheet: Sheet): string {
  return block('mainBody', {}, units.length === 0 ? [element('p', {})] : units.map((unit) => inBody(unit, sheet)))
}

function inBody(unit: UnitValue, sheet: Sheet): string {
  const isContained = (unit.kind === 'organ' || unit.kind === 'pp') && unit.label === undefined && isSimple(unit)
  return isContained ? container(unit, sheet, false) : paragraph(unit, sheet)
}

const pointClass = ({ kind, words }: UnitValue): string => (kind === 'sub' && words !== '' ? '' : classOf(kind))

function withMore(own: Readonly<Record<string, string>>, unit: UnitValue, sheet: Sheet): Readonly<Record<string, string>> {
  const more = sheet.attributes(unit)
  return { ...own, ...more, class: [own['class'], more['class']].filter((one) => one !== undefined && one !== '').join(' ') }
}

function paragraph(unit: UnitValue, sheet: Sheet): string {
  const { printed } = sheet.numbers.get(unit)!
  const id = sheet.id(`para_${printed === '' ? unit.kind : printed.replace(/[^\p{L}\d]+/gu, ' ').trim().replaceAll(' ', '')}`, unit)
  const isSure = unit.words !== '' && (unit.kind === 'op' ? /^\d{1,3}\.$/.test(printed) : unit.kind === 'heading' && (printed !== '' || !isAnnex(unit.words)))
  const attributes = withMore({ eId: id, class: `${unit.kind === 'heading' ? 'H23' : 'SingleTxt'}${isSure ? '' : ` ${classOf(unit.kind)}`}` }, unit, sheet)
  if (unit.kind === 'heading' || unit.kind === 'annex') {
    return block('paragraph', attributes, [num(unit, sheet), hasWords(unit) ? element('heading', {}, sheet.words(unit)) : '', points(unit, sheet, id)])
  }
  return block('paragraph', attributes, [num(unit, sheet), inside(unit, sheet, id)])
}

/** The words of a paragraph or point, with what is beneath it. */
function inside(unit: UnitValue, sheet: Sheet, id: string): string {
  const words = hasWords(unit) ? element('p', {}, sheet.words(unit)) : ''
  if (unit.children.length === 0) return block('content', { eId: sheet.id(`${id}__content`) }, [words])
  return list(unit, sheet, id, words === '' ? '' : block('intro', { eId: sheet.id(`${id}__intro`) }, [words]))
}

const points = (unit: UnitValue, sheet: Sheet, id: string): string => (unit.children.length === 0 ? '' : list(unit, sheet, id, ''))

function list(unit: UnitValue, sheet: Sheet, id: string, intro: string): string {
  const within = sheet.id(`${id}__list`)
  return block('list', { eId: within }, [intro, ...unit.children.map((child) => {
    const own = sheet.id(`${within}__point_${sheet.numbers.get(child)!.printed.replace(/[^\p{L}\d]+/gu, '')}`, child)
    return block('point', withMore({ eId: own, class: pointClass(child) }, child, sheet), [num(child, sheet), inside(child, sheet, own)])
  })])
}

function attachment(units: readonly UnitValue[], number: number, sheet: Sheet, identity: Identity, facts: AknFacts): string {
  return block('attachment', {}, [block('doc', { name: 'annex' }, [meta(identity, facts, `annex_${number}`), mainBody(units, sheet)])])
}

/** `inside` is markup. */
export const authorialNote = (number: number, inside: string, id: (wanted: string) => string): string =>
  element('authorialNote', { marker: number, placement: 'bottom', eId: id(`authorialNote_${number}`) }, element('p', {}, inside))

/** A square bracket that opens or closes; the two of one have a name in common. */
export const bracketSign = (which: 'Open' | 'Close', name: string, more: Readonly<Record<string, string>> = {}): string =>
  element('inline', { name: `bracket${which}`, class: name, ...more }, which === 'Open' ? '[' : ']')

/** Something between two words: the mark of a note, a square bracket. */
interface Sign {
  readonly at: number
  readonly order: number
  readonly markup: string
}

function wordsOf({ kind, words, notes, brackets = [] }: UnitValue, language: string, id: (wanted: string) => string, note: () => number, bracket: () => number): string {
  const signs: Sign[] = notes.map(({ at, words: own }) => ({ at, order: 1, markup: authorialNote(note(), escaped(own), id) }))
  for (const { from, to, placeholder } of brackets) {
    const name = `bracket_${bracket()}${placeholder ? ' placeholder' : ''}`
    signs.push({ at: from, order: 2, markup: bracketSign('Open', name) })
    signs.push({ at: to, order: placeholder ? 3 : 0, markup: bracketSign('Close', name) })
  }
  signs.sort((left, right) => left.at - right.at || left.order - right.order)
  const opening = kind === 'pp' || kind === 'op' ? openingLengthOf(kind, words, language) : 0
  const stretch = (from: number, to: number): string => {
    let markup = ''
    let at = from
    for (const sign of signs) {
      if (sign.at < from || sign.at > to || (sign.at === to && to !== words.length) || (sign.at === words.length && to !== words.length)) continue
      markup += escaped(words.slice(at, sign.at)) + sign.markup
      at = sign.at
    }
    return markup + escaped(words.slice(at, to))
  }
  return opening === 0 ? stretch(0, words.length) : element('span', { class: 'italic' }, stretch(0, opening)) + stretch(opening, words.length)
}
