/** The documents that a draft can be written as, each in every way that documents are written. */
import type * as Y from 'yjs'
import { amendmentsAkn } from '../../shared/convert/akn/amendments.ts'
import type { AknFacts } from '../../shared/convert/akn/meta.ts'
import { rollingAkn } from '../../shared/convert/akn/rolling.ts'
import { versionAkn } from '../../shared/convert/akn/version.ts'
import { writeAkn } from '../../shared/convert/akn/write.ts'
import { exportText } from '../../shared/convert/exportText.ts'
import { readAmendments } from '../../shared/model/amendments.ts'
import { unitOfTarget } from '../../shared/model/grounds.ts'
import { valueOf } from '../../shared/model/operations.ts'
import { isAllAgreed, progressOf, untilAllAgreed } from '../../shared/model/progress.ts'
import { readDraft } from '../../shared/model/reader.ts'
import { readAmendmentState, readDelegations, readStage, readUnitState } from '../../shared/model/state.ts'
import { scanText } from '../../shared/model/texts.ts'
import { isUndecided } from '../../shared/policy/types.ts'
import { readVersion, sealLine } from '../../shared/lifecycle/versions.ts'
import type { Themes } from '../../shared/record/themes.ts'
import type { OralRevision } from '../../shared/record/oral.ts'
import { noSponsoring } from '../../shared/record/sponsoring.ts'
import type { Sponsoring } from '../../shared/record/sponsoring.ts'
import type { Coverage } from '../../shared/text/coverage.ts'
import { coverageOf } from '../../shared/text/coverage.ts'
import { coverageSheet } from '../../shared/text/coverage-sheet.ts'
import { amendmentListText, printedAmendments } from '../../shared/text/amendment-list.ts'
import type { ListFilter, ListSource } from '../../shared/text/amendment-list.ts'
import { oralBlocks, oralText } from '../../shared/text/oral-text.ts'
import { rollingSheet, rollingText } from '../../shared/text/notation.ts'
import type { RollingSource } from '../../shared/text/notation.ts'
import type { Printed, PrintedBlock } from '../../shared/text/printed.ts'
import { printedValue } from '../../shared/text/printed-value.ts'
import { inPrintedOrder, sponsorsOf, withMasthead } from '../../shared/text/sponsors.ts'
import type { SponsorsSince } from '../../shared/text/sponsors.ts'
import { wordingSource } from '../../shared/text/wording.ts'
import { derivationsSheet, destinationsSheet, plainSheet } from '../../shared/text/origins-sheet.ts'
import type { SheetSource } from '../../shared/text/origins-sheet.ts'
import type { ThemeHits } from '../../shared/wire/sources.ts'
import type { SourceHead, VersionRow } from '../store/store.ts'
import type { Origins } from './service.ts'

/** Each way is worked out when it is asked for. */
export interface ExportedDocument {
  text(): string
  printed(): Printed
  /** A value for programs: the resolution, or the printed document with what everything in it is. */
  json(): object
  /** Null for what Akoma Ntoso has no form for. */
  readonly akn: ((facts: AknFacts) => string) | null
}

/** What a file says that it is of: the number of a version, or `now-n`, the text as it stood at entry n of the record. */
export type VersionedDocument = ExportedDocument & { readonly version: string }

/**
 * With the line of those who sponsor it, and of those who have joined them since it was frozen. `footer`: what a frozen text is known by;
 * `oral`: its certified oral revisions, which are listed behind it.
 */
export function baseDocument(doc: Y.Doc, sponsoring: Sponsoring = noSponsoring, isRevised = false, footer = '', oral: readonly OralRevision[] = []): ExportedDocument {
  const { language, title, stage } = readStage(doc)
  const view = readDraft(doc, language)
  const value = valueOf(view, language)
  const whole = { ...value, units: withMasthead(value.units, sponsorsOf(doc), isRevised, sponsorsSince(doc, sponsoring)) }
  const isOpen = stage !== 'drafting' && stage !== 'frozen' && !isAllAgreed(progressOf(doc, view, new Set()))
  return {
    text: () => exportText(whole) + oralText(oral),
    printed: () => withBlocks(printedValue(whole, { title, remarks: isOpen ? [untilAllAgreed] : [], footer }), oralBlocks(oral)),
    json: () => whole,
    akn: (facts) => writeAkn(whole, facts),
  }
}

/** As they are printed. */
export function sponsorsSince(doc: Y.Doc, { additional, left }: Sponsoring): SponsorsSince {
  const names = new Map(readDelegations(doc).map(({ id, name }) => [id, name]))
  const printed = (delegations: ReadonlyMap<string, number>): string[] => inPrintedOrder([...delegations.keys()].map((id) => names.get(id) ?? id))
  return { additional: printed(additional), left: printed(left) }
}

const withBlocks = (printed: Printed, more: readonly PrintedBlock[]): Printed => ({ ...printed, blocks: [...printed.blocks, ...more] })

export interface LibrarySource {
  readonly doc: Y.Doc
  readonly origins: Origins
  readonly sources: readonly SourceHead[]
  /** Null for a source that was taken out, or not read. */
  readonly paragraphsOf: SheetSource['paragraphsOf']
}

const sheetSource = ({ doc, origins, sources, paragraphsOf }: LibrarySource): SheetSource => {
  const { title, language } = readStage(doc)
  return { title, language, units: readDraft(doc, language).units, derivations: origins.units, destinations: origins.destinations, sources, paragraphsOf }
}

/** Where each paragraph of the draft comes from. */
export function derivationsDocument(source: LibrarySource): ExportedDocument {
  const printed = (): Printed => derivationsSheet(sheetSource(source))
  return { text: () => plainSheet(printed()), printed, json: printed, akn: null }
}

/** Where each paragraph of the sources went. */
export function destinationsDocument(source: LibrarySource): ExportedDocument {
  const printed = (): Printed => destinationsSheet(sheetSource(source))
  return { text: () => plainSheet(printed()), printed, json: printed, akn: null }
}

/** Which paragraphs and open amendments speak to which theme. `inSources`: what the library has where the draft is silent. */
export function coverageDocument(doc: Y.Doc, coverage: Coverage, inSources: readonly ThemeHits[]): ExportedDocument {
  const { title, language } = readStage(doc)
  const states = new Map(publishedIn(doc).map(({ amendment, state }) => [amendment.id, state]))
  const printed = (): Printed => coverageSheet({ title, language, coverage, delegations: readDelegations(doc), states, inSources })
  return { text: () => plainSheet(printed()), printed, json: printed, akn: null }
}

/** Amendments stand beside the paragraph that they are about. */
export function coverageIn(doc: Y.Doc, themes: Themes): Coverage {
  const view = readDraft(doc, readStage(doc).language)
  const open = publishedIn(doc).filter(({ state }) => isUndecided(state.status))
  return coverageOf(themes, view.units, open.map(({ amendment }) => ({ amendment, unit: unitOfTarget(doc, view, amendment.about.target)?.id ?? null })))
}

/** A version that was kept, or frozen, as it was then. `oral`: its certified oral revisions, which are listed behind it. */
export function versionDocument(version: VersionRow, title: string, oral: readonly OralRevision[]): VersionedDocument {
  const { value, sponsors } = readVersion(version.bytes)
  const whole = { ...value, units: withMasthead(value.units, sponsors, version.kind === 'revision') }
  return {
    text: () => exportText(whole) + oralText(oral),
    printed: () => withBlocks(printedValue(whole, { title, footer: version.kind === 'final' ? sealLine(version) : '' }), oralBlocks(oral)),
    json: () => whole,
    akn: () => versionAkn({ ...version, value: whole, sponsors }),
    version: String(version.number),
  }
}

export function rollingDocument(doc: Y.Doc): ExportedDocument {
  const { title, language } = readStage(doc)
  const source: RollingSource = {
    doc,
    view: readDraft(doc, language),
    title,
    language,
    delegations: readDelegations(doc),
    amendments: publishedIn(doc),
    unitState: (unit) => readUnitState(doc, unit),
    scans: scanText,
  }
  return { text: () => rollingText(source), printed: () => rollingSheet(source), json: () => rollingSheet(source), akn: (facts) => rollingAkn(source, facts) }
}

export function amendmentsDocument(doc: Y.Doc, filter: ListFilter): ExportedDocument {
  const { title, language } = readStage(doc)
  const view = readDraft(doc, language)
  const isOpen = !isAllAgreed(progressOf(doc, view, new Set()))
  const source: ListSource = { ...wordingSource(doc, view, scanText), title, delegations: readDelegations(doc), amendments: publishedIn(doc) }
  const printed = (): Printed => printedAmendments(source, language, { filter, isOpen })
  return { text: () => amendmentListText(source, { filter, isOpen }), printed, json: printed, akn: (facts) => amendmentsAkn(source, { filter, isOpen }, language, facts) }
}

export function publishedIn(doc: Y.Doc): ListSource['amendments'] {
  return readAmendments(doc).flatMap((amendment) => {
    const state = readAmendmentState(doc, amendment.id)
    return state === null ? [] : [{ amendment, state }]
  })
}
