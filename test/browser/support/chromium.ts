/** Finds a Chromium for the browser tests, or installs the system's; fails with one line that says what to install. */
import { execFileSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { chromium } from 'playwright-core'
import type { Browser } from 'playwright-core'

const places = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome-stable', '/usr/bin/google-chrome', '/snap/bin/chromium', '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome']

const help = 'The browser tests need Chromium: install the package “chromium” of your system, or set CHROME_PATH to a Chrome or Chromium.'

function present(): string | null {
  const named = process.env['CHROME_PATH']
  if (named !== undefined && named !== '') {
    if (existsSync(named)) return named
    throw new Error(`CHROME_PATH names ${named}, and nothing is there. ${help}`)
  }
  return [...places, chromium.executablePath()].find((place) => existsSync(place)) ?? null
}

/** The path of an executable Chromium. Throws with a sentence that says what to install. */
export function chromiumPath(): string {
  const found = present()
  if (found !== null) return found
  if (process.getuid?.() !== 0 || !existsSync('/usr/bin/apt-get')) throw new Error(help)
  console.log('No Chromium here: installing the package “chromium” with apt-get.')
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' }
  try {
    execFileSync('apt-get', ['update', '-q'], { env, stdio: 'ignore' })
    execFileSync('apt-get', ['install', '-y', '-q', '--no-install-recommends', 'chromium', 'fonts-noto-cjk'], { env, stdio: 'ignore' })
  } catch {
    throw new Error(help)
  }
  const installed = present()
  if (installed === null) throw new Error(help)
  return installed
}

const flags = [
  '--headless', '--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking',
  '--disable-component-update', '--disable-sync', '--disable-dev-shm-usage',
]

/** A headless Chromium of its own; the caller closes it. */
export const launchChromium = (): Promise<Browser> => chromium.launch({ executablePath: chromiumPath(), args: flags })
