/** The versions of a draft as they are called on the page. */
import type { VersionHead } from '../api.ts'
import { nextCorrection } from '../../shared/lifecycle/symbol.ts'
import { message, whenOf } from '../messages/index.ts'

/** "Rev.1, A/C.3/81/L.12/Rev.1", "Frozen text, version 4, A/…". */
export function versionName({ number, kind, name, symbol }: VersionHead): string {
  const called = name === '' ? message('version-called', { kind: message(`version-${kind}`), number }) : name
  return symbol === '' ? called : `${called}, ${symbol}`
}

/** Until the page has asked for a new one, its number. */
export function nameOfVersion(versions: readonly VersionHead[], number: number): string {
  const version = versions.find((one) => one.number === number)
  return version === undefined ? String(number) : versionName(version)
}

export const versionWhen = ({ atMs }: VersionHead): string => whenOf(atMs)

/** The symbol that was given last to a text of this draft; those of a revision go by it. */
export const lastSymbol = (versions: readonly VersionHead[]): string => versions.findLast(({ symbol }) => symbol !== '')?.symbol ?? ''

export const nextRevision = (versions: readonly VersionHead[]): number => versions.filter(({ kind }) => kind === 'revision').length + 1

/** Of the next correction of what was given a symbol last. */
export const correctedSymbol = (versions: readonly VersionHead[]): string => nextCorrection(lastSymbol(versions))
