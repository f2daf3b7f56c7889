/** The version that a Word file says it was written from: the number of one that is kept, or the text as it stood at an entry of the record. */

export type WrittenVersion = { readonly kind: 'kept'; readonly number: number } | { readonly kind: 'now'; readonly record: number }

export const nowVersion = (record: number): string => `now-${record}`

/** Null for what no file of ours says. */
export function readWrittenVersion(version: string): WrittenVersion | null {
  const [, now, number] = /^(now-)?(\d{1,9})$/.exec(version) ?? []
  if (number === undefined) return null
  return now === undefined ? { kind: 'kept', number: Number(number) } : { kind: 'now', record: Number(number) }
}
