/**
 * The rolling text as Akoma Ntoso: the text with everything that is proposed in its place, from the same compiled runs
 * as the compilation that is printed. New words are `ins`, words to be deleted `del`, both referring to the delegations;
 * a new paragraph is a paragraph of the class "inserted", an alternative says to which paragraph it is one.
 */
import { openingLengthOf } from '../../drafting/phrases.ts'
import { placeAmendment } from '../../model/amendments.ts'
import { noteGround, proposalGround } from '../../model/grounds.ts'
import { embedCharacter } from '../../model/layout.ts'
import { alternativeNumber, insertedNumber } from '../../model/numbering.ts'
import type { UnitNumber } from '../../model/numbering.ts'
import type { AmendmentState } from '../../model/state.ts'
import type { UnitView } from '../../model/units.ts'
import type { UnitKind, UnitValue } from '../../model/value.ts'
import { unitKinds } from '../../model/value.ts'
import { compile } from '../../text/compile.ts'
import type { Run } from '../../text/compile.ts'
import { destination, proponents, sheetOf as rollingSheetOf } from '../../text/notation.ts'
import type { Entry, RollingSource, Sheet as RollingSheet } from '../../text/notation.ts'
import { block, element, escaped } from '../xml/write.ts'
import { identityOf, meta } from './meta.ts'
import type { AknFacts, Organization } from './meta.ts'
import { authorialNote, bracketSign, documentOf, idMaker, nameOf, parts } from './write.ts'
import type { Sheet } from './write.ts'

/** A paragraph of the base, or one that is only proposed. */
type Source = { readonly view: UnitView } | { readonly entry: Entry; readonly alternativeTo: UnitValue | null }

/** One change of words, for `passiveModifications`. */
interface Change {
  readonly type: 'insertion' | 'repeal'
  readonly by: readonly string[]
  readonly id: string
  readonly unit: UnitValue
}

export const organizationId = (delegation: string): string => `org_${delegation}`

/** The delegations of a draft, as they are referred to. */
export const organizationsOf = (delegations: RollingSource['delegations']): Organization[] =>
  delegations.filter(({ kind }) => kind !== 'office').map(({ id, name }) => ({ id: organizationId(id), name }))

/** Who stands behind a proposal, as references. */
export const refersTo = (state: AmendmentState): string =>
  [...new Set([state.proposer, ...state.sponsors.map(({ delegation }) => delegation), ...(state.takenUpBy === null ? [] : [state.takenUpBy])])].map((id) => `#${organizationId(id)}`).join(' ')

/** Total and pure. */
export function rollingAkn(source: RollingSource, facts: AknFacts = {}): string {
  const { language } = source
  const writing = new Rolling(rollingSheetOf(source), language)
  const units = writing.tree()
  const value = { language, units }
  const own = { ...facts, organizations: organizationsOf(source.delegations) }
  const identity = identityOf(value, own)
  const inside = parts(units, writing.sheet, identity, own)
  return documentOf(block('statement', { name: nameOf(value, own), contains: 'multipleVersions' }, [meta(identity, { ...own, analysis: writing.analysis() }, ''), ...inside]))
}

class Rolling {
  readonly #rolling: RollingSheet
  readonly sheet: Sheet
  readonly #sources = new Map<UnitValue, Source>()
  readonly #numbers = new Map<UnitValue, UnitNumber>()
  readonly #ids = new Map<UnitValue, string>()
  readonly #changes: Change[] = []
  #notes = 0

  constructor(rolling: RollingSheet, language: string) {
    this.#rolling = rolling
    const id = idMaker()
    this.sheet = {
      language,
      numbers: this.#numbers,
      id: (wanted, unit) => {
        const made = id(wanted)
        if (unit !== undefined) this.#ids.set(unit, made)
        return made
      },
      words: (unit) => this.#words(unit),
      attributes: (unit) => this.#attributes(unit),
    }
  }

  /** The base with new paragraphs and alternatives where they would stand. */
  tree(): UnitValue[] {
    return [...this.#inserted('', '', false), ...this.#siblings(null)]
  }

  analysis(): string {
    if (this.#changes.length === 0) return ''
    const changes = this.#changes.map(({ type, by, id, unit }, index) => {
      const eId = `pmod_${index + 1}`
      return block('textualMod', { type, eId, incomplete: 'true' }, [
        ...by.map((one, at) => element('source', { eId: `${eId}__src_${at + 1}`, href: one })),
        element('destination', { eId: `${eId}__dst`, href: `#${this.#ids.get(unit) ?? id}` }),
        element(type === 'insertion' ? 'new' : 'old', { href: `#${id}` }),
      ])
    })
    return block('analysis', { source: '#editor' }, [block('passiveModifications', {}, changes)])
  }

  #siblings(parent: string | null): UnitValue[] {
    return (this.#rolling.source.view.children.get(parent) ?? []).flatMap((view) => {
      const unit = this.#unit({ view }, view.kind, view.words, view.printed, [...this.#inserted(view.id, view.number, true), ...this.#siblings(view.id)])
      const alternatives = this.#rolling.on(view.id).filter(({ amendment }) => amendment.about.kind === 'replace')
      return [
        unit,
        ...alternatives.flatMap((entry, index) => this.#proposed({ entry, alternativeTo: unit }, view.kind, alternativeNumber(view.number, index + 1, alternatives.length))),
        ...this.#inserted(view.id, view.number, false),
      ]
    })
  }

  #inserted(target: string, number: string, inside: boolean): UnitValue[] {
    const all = this.#rolling.on(target).filter(({ amendment: { about } }) => about.kind === 'insert' || about.kind === 'placeholder')
    return all.flatMap((entry, index) => {
      const { about } = entry.amendment
      if (!('inside' in about) || about.inside !== inside) return []
      const kind = unitKinds.find((one) => one === about.unitKind) ?? 'para'
      return this.#proposed({ entry, alternativeTo: null }, kind, number === '' ? '' : insertedNumber(number, index + 1))
    })
  }

  #proposed(source: Extract<Source, { entry: Entry }>, kind: UnitKind, number: string): UnitValue[] {
    const { amendment } = source.entry
    const unit = this.#unit(source, kind, amendment.proposal, number, this.#inserted(amendment.id, number, true))
    return [unit, ...this.#inserted(amendment.id, number, false)]
  }

  #unit(source: Source, kind: UnitKind, words: string, printed: string, children: readonly UnitValue[]): UnitValue {
    // What has no words of its own may still have some proposed.
    const unit: UnitValue = { kind, words: words === '' ? ' ' : words, notes: [], children }
    this.#sources.set(unit, source)
    this.#numbers.set(unit, { number: printed, printed, derived: '' })
    return unit
  }

  #attributes(unit: UnitValue): Readonly<Record<string, string>> {
    const source = this.#sources.get(unit)!
    if ('view' in source) {
      const agreed = this.#rolling.source.unitState(source.view.id).agreed !== null
      return agreed ? { class: 'agreed' } : {}
    }
    const { entry: { amendment, state }, alternativeTo } = source
    const own = { refersTo: refersTo(state), title: proponents(state, this.#rolling.nameOf) }
    if (alternativeTo !== null) return { ...own, class: 'proposal', alternativeTo: this.#ids.get(alternativeTo) ?? '' }
    return { ...own, class: amendment.about.kind === 'placeholder' ? 'inserted placeholder' : 'inserted' }
  }

  #words(unit: UnitValue): string {
    const source = this.#sources.get(unit)!
    if ('entry' in source) return this.#compiled(unit, proposalGround(source.entry.amendment, unit.kind), this.#rolling.on(source.entry.amendment.id))
    const on = this.#rolling.on(source.view.id)
    return on.reduce((inside, entry) => this.#around(unit, inside, entry), this.#compiled(unit, source.view, on))
  }

  /** What is proposed of a paragraph as a whole stands round its words. */
  #around(unit: UnitValue, inside: string, { amendment, state }: Entry): string {
    const { about } = amendment
    if (about.kind === 'delete') return this.#changed('del', unit, [state], inside)
    if (about.kind !== 'move') return inside
    const title = `${proponents(state, this.#rolling.nameOf)}: move ${destination(this.#rolling, about)}`
    return element('inline', { name: 'proposedMove', class: 'proposal', refersTo: refersTo(state), title }, inside)
  }

  #compiled(unit: UnitValue, ground: UnitView, on: readonly Entry[]): string {
    const { doc, scans } = this.#rolling.source
    const within = on.filter(({ amendment: { about } }) => about.kind === 'modify' || about.kind === 'bracket' || about.kind === 'join' || 'at' in about)
    const byId = new Map(within.map((entry) => [entry.amendment.id, entry]))
    let note = 0
    const marked = (words: string): string => words.split(embedCharacter)
      .map((piece, index) => (index === 0 ? '' : this.#note(unit, ground, note++)) + escaped(piece))
      .join('')
    const opening = (ground.kind === 'pp' || ground.kind === 'op') && !ground.atoms.slice(0, 200).includes(embedCharacter) ? openingLengthOf(ground.kind, ground.words, this.sheet.language) : 0
    const plain = (words: string, from: number): string =>
      from >= opening ? marked(words) : element('span', { class: 'italic' }, marked(words.slice(0, opening - from))) + marked(words.slice(opening - from))
    const runs = compile(ground.atoms, within.map(({ amendment }) => placeAmendment(doc, ground, amendment, scans)), ground.brackets)
    return runs.map((run) => this.#run(unit, run, byId, plain)).join('')
  }

  #run(unit: UnitValue, run: Run, byId: ReadonlyMap<string, Entry>, plain: (words: string, from: number) => string): string {
    if (run.kind === 'proposed') return this.#changed('ins', unit, [byId.get(run.insertedBy)!.state], escaped(run.words))
    if (run.kind === 'sign') return this.#sign(unit, run.sign, byId.get(run.by)!)
    const cutBy = run.cutBy.map((id) => byId.get(id)!.state)
    const words = cutBy.length === 0 ? plain(run.words, run.from) : this.#changed('del', unit, cutBy, plain(run.words, run.from))
    return `${run.opens.map((id) => this.#bracket('Open', id, byId)).join('')}${words}${run.closes.map((id) => this.#bracket('Close', id, byId)).join('')}`
  }

  #bracket(which: 'Open' | 'Close', id: string, byId: ReadonlyMap<string, Entry>): string {
    const entry = byId.get(id)
    const name = `bracket_${id.replace(/[^\w-]+/g, '-')}`
    if (entry === undefined) return bracketSign(which, name)
    const { about } = entry.amendment
    return bracketSign(which, `${name} ${about.kind === 'bracket' ? about.verb : 'proposal'}`, { refersTo: refersTo(entry.state), title: proponents(entry.state, this.#rolling.nameOf) })
  }

  #changed(name: 'ins' | 'del', unit: UnitValue, states: readonly AmendmentState[], inside: string): string {
    const by = [...new Set(states.flatMap((state) => refersTo(state).split(' ')))]
    const eId = this.sheet.id(`${name}_${this.#changes.length + 1}`)
    this.#changes.push({ type: name === 'ins' ? 'insertion' : 'repeal', by, id: eId, unit })
    const title = [...new Set(states.map((state) => proponents(state, this.#rolling.nameOf)))].join(', ')
    return element(name, { eId, refersTo: by.join(' '), class: 'proposal', title }, inside)
  }

  #sign(unit: UnitValue, sign: Extract<Run, { kind: 'sign' }>['sign'], { amendment, state }: Entry): string {
    if (sign === 'note') return this.#changed('ins', unit, [state], authorialNote(++this.#notes, escaped(amendment.proposal), this.sheet.id))
    const title = `${proponents(state, this.#rolling.nameOf)}: ${sign === 'split' ? 'split' : 'join'}`
    return element('inline', { name: sign === 'split' ? 'proposedSplit' : 'proposedJoin', class: 'proposal', refersTo: refersTo(state), title })
  }

  /** A footnote of the base, with what is proposed on its words. */
  #note(unit: UnitValue, ground: UnitView, index: number): string {
    const view = ground.notes[index]
    if (view === undefined) return ''
    return authorialNote(++this.#notes, this.#compiled(unit, noteGround(view), this.#rolling.on(view.id)), this.sheet.id)
  }
}
