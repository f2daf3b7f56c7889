/** Before the browser tests: a Chromium is there, or one line says what to install. */
import { chromiumPath } from './chromium.ts'

export default function setup(): void {
  chromiumPath()
}
