/**
 * The amendments to a draft as an Akoma Ntoso amendment document: each in its official wording as a `mod`, what it quotes
 * as `quotedText`, or `quotedStructure` where it is a whole paragraph, and what it does in `activeModifications`.
 */
import type { AmendmentView } from '../../model/amendments.ts'
import { valueOf } from '../../model/operations.ts'
import type { UnitView } from '../../model/units.ts'
import type { ResolutionValue, UnitValue } from '../../model/value.ts'
import { amendmentList } from '../../text/amendment-list.ts'
import type { ListForm, ListSource, ListedAmendment } from '../../text/amendment-list.ts'
import { block, element, escaped } from '../xml/write.ts'
import { expressionOf, identityOf, meta } from './meta.ts'
import type { AknFacts, Identity } from './meta.ts'
import { organizationsOf, refersTo } from './rolling.ts'
import { documentOf, idMaker, parts, sheetOf } from './write.ts'

/** Total and pure. */
export function amendmentsAkn(source: ListSource, form: ListForm, language: string, facts: AknFacts = {}): string {
  const value = valueOf(source.view, language)
  const base = identityOf(value, facts)
  const identity = identityOf(value, facts, 'amendment/modification')
  const places = placesOf(value, source.view.units, base, facts)
  const listed = amendmentList(source, form)
  const states = new Map(source.amendments.map(({ amendment, state }) => [amendment.id, state]))
  const written = listed.map((one) => modOf(one, places))
  const analysis = written.length === 0 ? '' : block('analysis', { source: '#editor' }, [block('activeModifications', {}, written.map(({ textualMod }) => textualMod))])
  const content = listed.map((one, index) => block('amendmentContent', {}, [
    element('p', {}, `${one.number}. ${element('docProponent', { refersTo: refersTo(states.get(one.amendment.id)!), as: '#author' }, escaped(one.proposed))}`),
    element('p', {}, written[index]!.mod),
  ]))
  const title = `Amendments to the draft ${source.title === '' ? 'resolution' : `“${source.title}”`}`
  return documentOf(block('amendment', { name: 'amendments' }, [
    meta(identity, { ...facts, organizations: organizationsOf(source.delegations), analysis }),
    block('preface', {}, [element('p', {}, element('docTitle', {}, escaped(title)))]),
    block('amendmentBody', {}, content.length === 0 ? [block('amendmentContent', {}, [element('p', {}, 'There are no amendments.')])] : content),
  ]))
}

/** Where each paragraph stands in the draft's own file. */
function placesOf(value: ResolutionValue, views: readonly UnitView[], base: Identity, facts: AknFacts): (unit: string) => string {
  const sheet = sheetOf(value)
  const ids = new Map<UnitValue, string>()
  parts(value.units, { ...sheet, id: (wanted, unit) => {
    const made = sheet.id(wanted)
    if (unit !== undefined) ids.set(unit, made)
    return made
  } }, base, {})
  const byView = new Map<string, string>()
  const walk = views.values()
  const visit = (unit: UnitValue): void => {
    const view = walk.next().value
    const id = ids.get(unit)
    if (view !== undefined && id !== undefined) byView.set(view.id, id)
    unit.children.forEach(visit)
  }
  value.units.forEach(visit)
  const main = `${expressionOf(base, facts)}/!main`
  return (unit) => (byView.has(unit) ? `${main}~${byView.get(unit)!}` : main)
}

interface Mod {
  readonly mod: string
  readonly textualMod: string
}

const types: Readonly<Record<AmendmentView['about']['kind'], string>> = {
  modify: 'substitution', delete: 'repeal', replace: 'replacement', insert: 'insertion', placeholder: 'insertion', move: 'renumbering', split: 'split', join: 'join',
  bracket: 'substitution', note: 'insertion',
}

function modOf({ number, amendment, wording }: ListedAmendment, placeOf: (unit: string) => string): Mod {
  const eId = `mod_${number}`
  const id = idMaker()
  const { about } = amendment
  const isWhole = about.kind === 'insert' || about.kind === 'replace'
  const quotes: { readonly id: string; readonly isNew: boolean }[] = []
  let behind = ''
  const inside = wording.split(/(“[^“”]*”|«[^«»]*»)/u).map((piece, index) => {
    if (index % 2 === 0) {
      behind = piece
      return escaped(piece)
    }
    const [start, words, end] = [piece[0]!, piece.slice(1, -1), piece.at(-1)!]
    const isNew = isWhole || /(?:insert|add|with|by|following:|reading:|read:)(?: the words?)? $/i.test(behind)
    const isParagraph = isWhole && words.length >= amendment.proposal.trim().length
    const own = id(`${eId}__${isParagraph ? 'qstr' : 'qtext'}_${quotes.length + 1}`)
    quotes.push({ id: own, isNew })
    if (!isParagraph) return escaped(start) + element('quotedText', { eId: own }, escaped(words)) + escaped(end)
    return element('quotedStructure', { eId: own, startQuote: start, endQuote: end }, element('p', {}, escaped(words)))
  }).join('')
  const target = about.target === '' ? '' : about.target
  const pos = about.kind === 'insert' || about.kind === 'placeholder' ? (about.inside ? 'inside' : about.target === '' ? 'start' : 'after') : undefined
  const amod = `amod_${number}`
  const textualMod = block('textualMod', { type: types[about.kind], eId: amod, incomplete: quotes.length === 0 ? 'true' : undefined }, [
    element('source', { eId: `${amod}__src`, href: `#${eId}` }),
    element('destination', { eId: `${amod}__dst`, href: placeOf(target), pos }),
    ...quotes.filter(({ isNew }) => !isNew).map((quote) => element('old', { href: `#${quote.id}` })),
    ...quotes.filter(({ isNew }) => isNew).map((quote) => element('new', { href: `#${quote.id}` })),
  ])
  return { mod: element('mod', { eId }, inside), textualMod }
}
