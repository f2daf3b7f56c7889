/** A real server with a draft in negotiation, and visitors in it: what tests of the room begin from. */
import type { Browser } from 'playwright-core'
import { importText } from '../../../shared/convert/importText.ts'
import type { Command } from '../../../shared/wire/commands.ts'
import type { DelegationKind } from '../../../shared/policy/types.ts'
import { Person } from '../../unit/walk/person.ts'
import { ServerProcess } from '../../unit/walk/server.ts'
import { launchChromium } from './chromium.ts'
import { Visitor } from './visitor.ts'

type HatAsked = Extract<Command, { command: 'invite' }>['hat']

export interface Stage {
  readonly server: ServerProcess
  readonly browser: Browser
  /** The first chair, without a browser. */
  readonly chair: Person
  /** A delegation's head, or an office's, without a browser. */
  person(name: string, hat: HatAsked): Promise<Person>
  visitor(name: string, hat: HatAsked): Promise<Visitor>
  delegation(id: string, name: string, kind: DelegationKind): Promise<void>
  end(): Promise<void>
}

/** `source` is imported, and negotiation opened, unless it is to stay in drafting. */
export async function openStage(source: string, { stage = 'negotiation' }: { readonly stage?: 'drafting' | 'negotiation' } = {}): Promise<Stage> {
  const [server, browser] = await Promise.all([ServerProcess.start(), launchChromium()])
  const people: Person[] = []
  const chair = new Person('Amina Chair', server.address)
  people.push(chair)
  await chair.follow(server.link!)
  const made = await chair.call('/api/commands', { key: 'stage-draft', body: { command: 'create-draft', title: 'Partnership against trafficking', language: 'en' } })
  await chair.wear(made.draft!, made.hatId!)
  await chair.command({ command: 'import', value: importText(source).value })
  if (stage === 'negotiation') await chair.command({ command: 'open-negotiation' })
  await chair.enter()
  const linkFor = async (hat: HatAsked): Promise<string> => (await chair.command({ command: 'invite', hat, days: 7, uses: 1 })).link!
  return {
    server,
    browser,
    chair,
    delegation: async (id, name, kind) => void (await chair.command({ command: 'add-delegation', delegation: { id, name, kind } })),
    person: async (name, hat) => {
      const person = new Person(name, server.address)
      people.push(person)
      await person.follow(await linkFor(hat))
      await person.enter()
      return person
    },
    visitor: async (name, hat) => {
      const visitor = await Visitor.of(browser, name)
      await visitor.follow(`${server.address}${await linkFor(hat)}`)
      await visitor.inRoom()
      return visitor
    },
    end: async () => {
      await Promise.all(people.map((person) => person.leave()))
      await browser.close()
      await server.remove()
    },
  }
}
