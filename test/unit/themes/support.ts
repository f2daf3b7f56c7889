import type { SourceHead } from '../../../shared/wire/sources.ts'

export const sourceHead = (number: number): SourceHead => ({
  number, title: `Text ${number}`, symbol: `A/RES/64/${number}`, language: 'en', year: 2010, name: 'a.txt', format: 'text', by: 'eu', atMs: 1, sizeBytes: 1, sha256: '0'.repeat(64),
  paragraphs: 1, removedAtMs: null, removedWhy: '',
})
