/** A server with one short draft on it, its chair at hand without a browser, and visitors in browsers of their own. */
import type { Browser } from 'playwright-core'
import { importText } from '../../../shared/convert/importText.ts'
import type { Command } from '../../../shared/wire/commands.ts'
import { Person } from '../../unit/walk/person.ts'
import { ServerProcess } from '../../unit/walk/server.ts'
import { launchChromium } from './chromium.ts'
import { Visitor } from './visitor.ts'
import { Wire } from './wire.ts'

export type InvitedHat = Extract<Command, { command: 'invite' }>['hat']

const text = `Safe harbours

The General Assembly,

Recalling its resolution 70/1 on sustainable development,

Noting that a harbour without a light is no harbour,

1. Urges all States to keep every lamp in the harbour burning through the night;

2. Invites agencies to report on the state of the lamps;

3. Decides to remain seized of the matter.`

export const euHead: InvitedHat = { role: 'delegate', delegation: 'eu', level: 'head' }
export const japanHead: InvitedHat = { role: 'delegate', delegation: 'jp', level: 'head' }

export class Conference {
  readonly server: ServerProcess
  readonly browser: Browser
  /** The first chair, over the same interfaces as the page. */
  readonly chair: Person
  readonly #wires: Wire[] = []

  private constructor(server: ServerProcess, browser: Browser, chair: Person) {
    this.server = server
    this.browser = browser
    this.chair = chair
  }

  static async open(): Promise<Conference> {
    const server = await ServerProcess.start()
    const chair = new Person('Amina Chair', server.address)
    await chair.follow(server.link!)
    const made = await chair.call('/api/commands', { key: 'the-only-draft', body: { command: 'create-draft', title: 'Safe harbours', language: 'en' } })
    await chair.wear(made.draft!, made.hatId!)
    await chair.command({ command: 'import', value: importText(text).value })
    for (const [id, name, kind] of [['eu', 'EU', 'group'], ['jp', 'Japan', 'state'], ['ls', 'La Strada', 'ngo']] as const) {
      await chair.command({ command: 'add-delegation', delegation: { id, name, kind } })
    }
    await chair.enter()
    return new Conference(server, await launchChromium(), chair)
  }

  async wire(): Promise<Wire> {
    const wire = await Wire.to(this.server.address)
    this.#wires.push(wire)
    return wire
  }

  async invitation(hat: InvitedHat): Promise<string> {
    return (await this.chair.command({ command: 'invite', hat, days: 7, uses: 1 })).link!
  }

  /** Somebody who has followed an invitation and sees the room. `address`: where they reach the server. */
  async visitor(name: string, hat: InvitedHat, address = this.server.address): Promise<Visitor> {
    const visitor = await Visitor.of(this.browser, name)
    await visitor.follow(`${address}${await this.invitation(hat)}`)
    await visitor.inRoom()
    return visitor
  }

  /** The chair's own page, beside what the chair does without one. */
  async chairsPage(): Promise<Visitor> {
    const visitor = await Visitor.of(this.browser, this.chair.name)
    const [name, value] = this.chair.cookie.split('=') as [string, string]
    await visitor.context.addCookies([{ name, value, url: this.server.address }])
    await visitor.page.goto(`${this.server.address}/draft/${this.chair.draft}`)
    await visitor.inRoom()
    return visitor
  }

  async close(): Promise<void> {
    for (const wire of this.#wires) wire.close()
    await this.chair.leave()
    await this.browser.close()
    await this.server.remove()
  }
}
