/** The draft's library: what is added to it, taken out of it, and left out of the draft on purpose. None writes a word of any document. */
import { paragraphsOf } from '../../shared/text/paragraphs.ts'
import type { Command } from '../../shared/wire/commands.ts'
import { Refusal } from '../../shared/wire/errors.ts'
import type { JsonValue } from '../../shared/wire/json.ts'
import { limits } from '../../shared/wire/limits.ts'
import type { SourceHead } from '../store/store.ts'
import { allow } from './context.ts'
import type { Context, Handler } from './context.ts'
import { requireSymbol } from './versions.ts'

type Of<N extends Command['command']> = Extract<Command, { command: N }>

/** The commands that ask what is in the library. */
export const asksLibrary: ReadonlySet<Command['command']> = new Set(['add-source', 'remove-source', 'leave-out-source'])

function sourceNamed({ before }: Context, number: number): SourceHead {
  const head = before.sources.find((one) => one.number === number && one.removedAtMs === null)
  if (head === undefined) throw new Refusal('no-such-source')
  return head
}

export const addSource: Handler<Of<'add-source'>> = (context) => {
  const { command, draft, before, speaker, atMs, file } = context
  allow(context, 'add-source')
  requireSymbol(command.symbol)
  if (file === null || file.sha256 !== command.sha256) throw new Refusal('source-file-missing')
  const { sources } = before
  if (sources.some(({ sha256, removedAtMs }) => sha256 === file.sha256 && removedAtMs === null)) throw new Refusal('already-so')
  const sizeBytes = sources.reduce((sum, one) => sum + (one.removedAtMs === null ? one.sizeBytes : 0), file.bytes.length)
  if (sources.length >= limits.sourcesMax || sizeBytes > limits.sourcesBytesMax) throw new Refusal('bounds')
  const number = (sources.at(-1)?.number ?? 0) + 1
  const { title, symbol, year, name } = command
  const { format, value, bytes, sha256 } = file
  return {
    result: { source: number, sha256 },
    record: { source: number, title, symbol, year, name, format, sizeBytes: bytes.length, sha256 },
    writes: [{
      put: 'source',
      row: {
        draft, number, title, symbol, language: value?.language ?? '', year, name, format, by: speaker.hat.delegation, atMs, sizeBytes: bytes.length, sha256,
        paragraphs: value === null ? 0 : paragraphsOf(value).length, removedAtMs: null, removedWhy: '', value: value as unknown as JsonValue, bytes,
      },
    }],
  }
}

/** What was taken from it stays in the draft, and its origin with its symbol and digest. */
export const removeSource: Handler<Of<'remove-source'>> = (context) => {
  const { command, draft, before, atMs } = context
  allow(context, 'remove-source', { delegation: before.sources.find(({ number }) => number === command.source)?.by ?? context.speaker.hat.delegation })
  const { symbol, title, sha256 } = sourceNamed(context, command.source)
  if (before.unitsFromSource > 0 && command.reason === '') throw new Refusal('source-taken')
  return {
    result: {},
    record: { source: command.source, symbol, title, sha256, taken: before.unitsFromSource, reason: command.reason },
    writes: [{ drop: 'source', draft, number: command.source, atMs, why: command.reason }],
  }
}

export const leaveOutSource: Handler<Of<'leave-out-source'>> = (context) => {
  const { command, before } = context
  allow(context, 'leave-out-source')
  const { symbol, title, paragraphs } = sourceNamed(context, command.source)
  if (command.paragraph >= paragraphs) throw new Refusal('no-such-source')
  const known = before.ledger.leftOut.get(`${command.source} ${command.paragraph}`) ?? ''
  if (known === command.reason) throw new Refusal('already-so')
  return { result: {}, record: { source: command.source, paragraph: command.paragraph, symbol, title, reason: command.reason } }
}
