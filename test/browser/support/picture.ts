/** What a test sees, for somebody who wants to look at it: OMNIBUS_SHOTS names the folder, and without it nothing is kept. */
import type { Page } from 'playwright-core'

const folder = process.env['OMNIBUS_SHOTS']

/** `isWhole`: all of the page, and not only what is on the screen. */
export async function picture(page: Page, name: string, isWhole = false): Promise<void> {
  if (folder !== undefined) await page.screenshot({ path: `${folder}/${name}.png`, fullPage: isWhole })
}

/** As it comes out of a printer. */
export async function printed(page: Page, name: string, options: Omit<NonNullable<Parameters<Page['pdf']>[0]>, 'path'>): Promise<void> {
  if (folder !== undefined) await page.pdf({ ...options, path: `${folder}/${name}.pdf` })
}
