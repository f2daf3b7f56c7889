/** A page as people meet it on a desk and on a telephone. */
import { AxeBuilder } from '@axe-core/playwright'
import { expect } from 'vitest'
import { picture } from './picture.ts'
import type { Visitor } from './visitor.ts'

const desk = { width: 1440, height: 900 }
const phone = { width: 390, height: 844 }

/** Nothing is wider than the screen, and there is no serious fault of accessibility. Keeps a picture of each; leaves the page as on a desk. */
export async function looked({ page }: Visitor, name: string): Promise<void> {
  for (const size of [desk, phone]) {
    await page.setViewportSize(size)
    const { violations } = await new AxeBuilder({ page: page as never }).analyze()
    expect(violations.filter(({ impact }) => impact === 'serious' || impact === 'critical').map(({ id, nodes }) => `${name}: ${id} ${nodes[0]?.html}`)).toEqual([])
    await picture(page, `${name}-${size.width}`)
    expect(await page.evaluate(() => [document.documentElement, ...document.querySelectorAll('dialog[open]')].filter((one) => one.scrollWidth > one.clientWidth).map((one) => one.className)), `${name} at ${size.width}`).toEqual([])
  }
  await page.setViewportSize(desk)
}
