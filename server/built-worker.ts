/** Where a worker's JavaScript is. Node 20 cannot run a worker from TypeScript, so the sources use the built one. */
import { existsSync, readdirSync, statSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

/**
 * `name` beside `here`, a module two folders deep, in `dist/`; from the sources (tests), in `dist/` of the same checkout, where it and what is in
 * `folders`, relative to `here`, must not be older than the sources. Throws an Error that says what to run.
 */
export function builtWorker(here: URL, name: string, folders: readonly string[]): URL {
  if (!here.pathname.endsWith('.ts')) return new URL(name, here)
  const root = new URL('../../', here)
  const dist = (source: URL): URL => new URL(source.href.replace(root.href, `${root.href}dist/`))
  for (const folder of folders) {
    const sources = new URL(folder, here)
    const stale = firstStale(sources, dist(sources))
    if (stale) throw new Error(`dist of ${folder} is missing or older than ${stale}: run npm run build:server`)
  }
  return dist(new URL(name, here))
}

/** A test that ran an old worker would pass or fail for reasons that are not in the sources. */
function firstStale(sources: URL, built: URL): string | null {
  const names = readdirSync(fileURLToPath(sources), { recursive: true }).map(String).filter((name) => name.endsWith('.ts'))
  const stale = names.find((name) => {
    const output = new URL(name.replace(/\.ts$/, '.js'), built)
    return !existsSync(output) || statSync(output).mtimeMs < statSync(new URL(name, sources)).mtimeMs
  })
  return stale ?? null
}
