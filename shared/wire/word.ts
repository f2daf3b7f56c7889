/**
 * What is agreed between those who write Word files and those who read them. The version that one says it was written from is the
 * number of one that is kept, or the text as it stood at an entry of the record.
 */

/** Behind the name of a delegation, as the author of what it has not put forward. */
export const inPreparation = ' (in preparation)'

export type WrittenVersion = { readonly kind: 'kept'; readonly number: number } | { readonly kind: 'now'; readonly record: number }

export const nowVersion = (record: number): string => `now-${record}`

/** Null for what no file of ours says. */
export function readWrittenVersion(version: string): WrittenVersion | null {
  const [, now, number] = /^(now-)?(\d{1,9})$/.exec(version) ?? []
  if (number === undefined) return null
  return now === undefined ? { kind: 'kept', number: Number(number) } : { kind: 'now', record: Number(number) }
}
