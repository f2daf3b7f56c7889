/** Installs the other servers where they are absent: exact versions, in a folder of their own. */
import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { peersFolder } from './servers.ts'

export function installPeers(): void {
  if (existsSync(join(peersFolder, 'node_modules', '.package-lock.json'))) return
  console.log('Installing the servers to measure beside …')
  const { status } = spawnSync('npm', ['ci', '--no-audit', '--no-fund'], { cwd: peersFolder, stdio: ['ignore', 'ignore', 'inherit'] })
  if (status !== 0) throw new Error('The servers to measure beside could not be installed (npm ci in test/bench/peers)')
}

/** Names and versions, as installed. */
export async function peerVersions(): Promise<string> {
  const { dependencies } = JSON.parse(await readFile(join(peersFolder, 'package.json'), 'utf8')) as { dependencies: Record<string, string> }
  return Object.entries(dependencies).map(([name, version]) => `${name} ${version}`).join(', ')
}
