/** What `omnibus export` is asked to write, and which of its options go together. */
import { writtenFormats } from '../convert/written.ts'
import type { WrittenFormat } from '../convert/written.ts'
import { recordForms } from '../http/record-file.ts'
import type { RecordForm } from '../http/record-file.ts'
import { exportForms } from '../sync/service.ts'
import type { ExportForm } from '../sync/service.ts'
import { akn } from '../../shared/convert/akn/format.ts'
import { docx } from '../../shared/convert/docx/format.ts'
import { text } from '../../shared/convert/text/format.ts'
import { pdf } from '../../shared/convert/typst/format.ts'
import { listFilters } from '../../shared/text/amendment-list.ts'
import type { ListFilter } from '../../shared/text/amendment-list.ts'
import { readWords, UsageError } from './usage.ts'

/** `lineNumbers` are of a PDF. */
export type ExportOrder =
  | {
      readonly what: 'draft'
      readonly format: WrittenFormat
      readonly form: ExportForm
      readonly status: ListFilter
      readonly lineNumbers: boolean
      /** These are of tracked changes, as `WordAsked` says. */
      readonly against: number | null
      readonly hasOwn: boolean
      readonly hasThreads: boolean
    }
  | { readonly what: 'version'; readonly format: WrittenFormat; readonly version: number; readonly lineNumbers: boolean }
  /** A version's bytes as they are kept, or with all that a check needs. */
  | { readonly what: 'canonical' | 'sealed'; readonly version: number }
  | { readonly what: 'record'; readonly as: RecordForm }
  /** Lists, a line of JSON for each. */
  | { readonly what: 'versions' | 'sources' }
  /** A file of the library, as it came. */
  | { readonly what: 'source'; readonly source: number }

export interface ExportWords {
  readonly draft: string | undefined
  readonly order: ExportOrder
  readonly out: string | undefined
  /** Null for the data folder. */
  readonly server: { readonly url: string; readonly link: string; readonly name: string } | null
}

const otherForms = ['record', 'versions', 'canonical', 'sealed', 'sources'] as const

const exportUsage = `Usage: omnibus export [DRAFT] [--to ${[...writtenFormats.map(({ id }) => id), ...recordForms].join('|')}]\n`
  + `    [--form ${[...exportForms, ...otherForms].join('|')}] [--status ${listFilters.join('|')}] [--version N] [--lines]\n`
  + '    [--against N] [--threads] [--own] [--source N] [--out FILE] [--url URL --link LINK [--name NAME]]'

type Values = Readonly<Partial<Record<'to' | 'form' | 'status' | 'version' | 'against' | 'source', string>>>
type Flags = ReadonlySet<'lines' | 'threads' | 'own'>

/** Throws a UsageError: the usage for words that mean nothing, a sentence for options that do not go together. */
export function readExport(args: string[]): ExportWords {
  const { positionals: [draft], values, flags } = readWords(args, ['to', 'form', 'status', 'version', 'against', 'source', 'out', 'url', 'link', 'name'], 1, exportUsage, ['lines', 'threads', 'own'])
  const { out, url, link, name = 'Export' } = values
  if ((url === undefined) !== (link === undefined) || out === '') throw new UsageError(exportUsage)
  const order = orderIn(values, flags)
  if (flags.has('own') && url === undefined) throw new UsageError('--own adds what one delegation has in preparation: write --url and --link with it, the link being of one of its people.')
  return { draft, order, out, server: url === undefined || link === undefined ? null : { url, link, name } }
}

function orderIn(values: Values, flags: Flags): ExportOrder {
  const form = [...exportForms, ...otherForms].find((known) => known === (values.form ?? 'text'))
  const to = values.to ?? (form === 'record' ? recordForms[0] : text.id)
  const format = writtenFormats.find(({ id }) => id === to)
  const as = recordForms.find((known) => known === to)
  const status = listFilters.find((known) => known === (values.status ?? 'open'))
  const [version, against, source] = [numberIn(values.version), numberIn(values.against), numberIn(values.source)]
  if (form === undefined || status === undefined || (format === undefined && as === undefined)) throw new UsageError(exportUsage)
  const isTracked = flags.has('own') || flags.has('threads') || against !== null
  if (isTracked && (form !== 'rolling' || format !== docx || version !== null)) throw new UsageError('--against, --threads and --own are of tracked changes: write --form rolling --to docx with them, and no --version.')
  if (flags.has('lines') && format !== pdf) throw new UsageError('--lines numbers the lines of a PDF: write --to pdf with it.')
  if (values.status !== undefined && form !== 'amendments') throw new UsageError('--status chooses among the amendments: write --form amendments with it.')
  const lineNumbers = flags.has('lines')
  if (source !== null) return only(values, ['source'], { what: 'source', source }, '--source is a file of the library as it came: of the other options only --out, --url, --link and --name go with it.')
  switch (form) {
    case 'versions':
    case 'sources':
      return only(values, ['form'], { what: form }, `--form ${form} is a list, one JSON line for each: it has no --to and no --version.`)
    case 'canonical':
    case 'sealed':
      if (version === null) throw new UsageError(`--form ${form} is of one version: write --version N with it; --form versions lists them.`)
      return only(values, ['form', 'version'], { what: form, version }, `--form ${form} is written to the byte as it is kept: it has no --to.`)
    case 'record':
      if (as === undefined || version !== null) throw new UsageError(`The record is written as ${recordForms.join(' or ')}, and has no --version.`)
      return { what: 'record', as }
    default:
      if (format === undefined) throw new UsageError(`${to} is a form of the record: write --form record with it.`)
      if (version !== null && form !== 'text') throw new UsageError('--version is a version’s text, and --form only canonical or sealed with it; changes since a version are --form rolling --to docx --against N.')
      if (version !== null) return { what: 'version', format, version, lineNumbers }
      if (format === akn && isTable(form)) throw new UsageError('Akoma Ntoso has no form for a table over the draft and its sources. Choose another --to.')
      return { what: 'draft', format, form, status, lineNumbers, against, hasOwn: flags.has('own'), hasThreads: flags.has('threads') }
  }
}

const isTable = (form: ExportForm): boolean => form === 'derivations' || form === 'destinations' || form === 'coverage'

function only<Order extends ExportOrder>(values: Values, allowed: readonly (keyof Values)[], order: Order, sentence: string): Order {
  const more = (['to', 'form', 'status', 'version', 'against', 'source'] as const).filter((name) => values[name] !== undefined && !allowed.includes(name))
  if (more.length > 0) throw new UsageError(sentence)
  return order
}

/** Null where nothing was said. */
function numberIn(words: string | undefined): number | null {
  if (words === undefined) return null
  if (!/^\d{1,9}$/.test(words)) throw new UsageError(exportUsage)
  return Number(words)
}
