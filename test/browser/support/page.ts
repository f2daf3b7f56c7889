/** A page of our own modules in a real Chromium: built by vite into a temporary folder, served under a strict policy. */
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { createServer } from 'node:http'
import type { Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { extname, join, normalize } from 'node:path'
import { build } from 'vite'
import preact from '@preact/preset-vite'

const types: Readonly<Record<string, string>> = { '.html': 'text/html; charset=utf-8', '.js': 'text/javascript; charset=utf-8', '.css': 'text/css; charset=utf-8', '.svg': 'image/svg+xml' }

const policy = "default-src 'self'; script-src 'self'; style-src 'self'; object-src 'none'; base-uri 'none'"

export interface ServedPage {
  readonly address: string
  close(): Promise<void>
}

/** Builds a fixture's page (`test/browser/fixtures/<name>.html`) and serves it on a free port. */
export async function servePage(name: string): Promise<ServedPage> {
  const outDir = await mkdtemp(join(tmpdir(), 'omnibus-page-'))
  const root = join(import.meta.dirname, '..', 'fixtures')
  await build({
    root, configFile: false, logLevel: 'error', plugins: [preact()], base: './',
    build: { outDir, emptyOutDir: true, target: 'es2023', minify: false, modulePreload: { polyfill: false }, rollupOptions: { input: join(root, `${name}.html`) } },
  })
  const server = createServer((request, response) => {
    const path = normalize(new URL(request.url ?? '/', 'http://localhost').pathname)
    readFile(join(outDir, path)).then(
      (body) => response.writeHead(200, { 'content-type': types[extname(path)] ?? 'application/octet-stream', 'content-security-policy': policy }).end(body),
      () => response.writeHead(path === '/favicon.ico' ? 204 : 404).end(),
    )
  })
  await listen(server)
  return {
    address: `http://127.0.0.1:${(server.address() as AddressInfo).port}/${name}.html`,
    close: async () => {
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
      await rm(outDir, { recursive: true, force: true })
    },
  }
}

const listen = (server: Server): Promise<void> => new Promise((resolve) => server.listen(0, '127.0.0.1', resolve))
