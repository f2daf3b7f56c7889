#!/usr/bin/env node
/** The command's door: builds the server's JavaScript where it is missing, then hands over to it. */
import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

const packageFolder = fileURLToPath(new URL('../..', import.meta.url))
const built = new URL('../../dist/server/cli/main.js', import.meta.url)

if (!existsSync(built)) {
  // Its output goes to standard error: standard output belongs to the subcommand.
  const build = spawnSync('npm', ['run', '--silent', 'build:server'], { cwd: packageFolder, stdio: ['ignore', 2, 2], shell: process.platform === 'win32' })
  if (build.status !== 0) {
    console.error('omnibus could not be built. Run `npm ci` and `npm run build:server` in its folder to see why.')
    process.exit(1)
  }
}

const { run } = await import(built.href)
process.exitCode = await run(process.argv.slice(2), process, process.env)
