/** Where the store's worker is. */
import { builtWorker } from '../built-worker.ts'
import { StoreError } from './errors.ts'

export function workerFile(): URL {
  try {
    return builtWorker(new URL(import.meta.url), './worker.js', ['./'])
  } catch (error) {
    throw new StoreError('store-failed', String(error))
  }
}
