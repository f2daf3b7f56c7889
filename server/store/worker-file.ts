/** Where the worker's JavaScript is. Node 20 cannot run a worker from TypeScript, so the sources use the built one. */
import { existsSync, readdirSync, statSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { StoreError } from './errors.ts'

/** Beside this file in `dist/`; from the sources (tests), in `dist/` of the same checkout, which must not be older. */
export function workerFile(): URL {
  const here = new URL(import.meta.url)
  if (!here.pathname.endsWith('.ts')) return new URL('./worker.js', here)
  const built = new URL('../../dist/server/store/worker.js', here)
  const stale = firstStale(new URL('.', here), new URL('.', built))
  if (stale) throw new StoreError('store-failed', `dist/server/store is missing or older than ${stale}: run npm run build:server`)
  return built
}

/** A test that ran an old worker would pass or fail for reasons that are not in the sources. */
function firstStale(sources: URL, built: URL): string | null {
  const names = readdirSync(fileURLToPath(sources)).filter((name) => name.endsWith('.ts'))
  const stale = names.find((name) => {
    const output = new URL(name.replace(/\.ts$/, '.js'), built)
    return !existsSync(output) || statSync(output).mtimeMs < statSync(new URL(name, sources)).mtimeMs
  })
  return stale ?? null
}
