/** Who is in, in what capacity, and since when: all of it is on record, and nothing that would let anybody in. */
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { hashOf } from '../../../server/auth/secrets.ts'
import { importText } from '../../../shared/convert/importText.ts'
import type { Command } from '../../../shared/wire/commands.ts'
import type { Person } from '../walk/person.ts'
import { House } from '../walk/house.ts'

let house: House
let chair: Person

beforeEach(async () => {
  house = await House.open()
  chair = await house.chair('Lamps')
  for (const [id, name, kind] of [['jp', 'Japan', 'state'], ['br', 'Brazil', 'state'], ['g77', 'G77 and China', 'group']] as const) {
    await chair.command({ command: 'add-delegation', delegation: { id, name, kind } })
  }
})
afterEach(() => house.close())

interface Said {
  readonly hat: object
  readonly hatId: string
  readonly stage: string
  readonly body: Record<string, unknown>
}

const recorded = async (kind: string): Promise<readonly Said[]> =>
  (await house.store.record(chair.draft, 0)).filter((row) => row.kind === kind).map(({ body }) => body as unknown as Said)

const head = (delegation: string) => ({ role: 'delegate', delegation, level: 'head' }) as const

describe('the record', () => {
  test('RC1 says who began the draft, in what capacity', async () => {
    expect(await recorded('create-draft')).toEqual([{ hat: chair.hat, hatId: chair.hatId, stage: 'drafting', body: { title: 'Lamps', language: 'en' } }])
  })

  test('RC1 says whose capacity has ended with whose, and which links with it', async () => {
    const japan = await house.invited(chair, 'Jun', head('jp'))
    await chair.command({ command: 'set-members', group: 'g77', members: ['jp'] })
    const given = await chair.command({ command: 'give-hat', hatId: japan.hatId, group: 'g77', level: 'forward' })
    expect((await recorded('give-hat'))[0]!.body).toMatchObject({ hatId: given.hatId, from: japan.hatId })
    const open = await chair.command({ command: 'invite', hat: head('jp'), days: 7, uses: 3 })
    await chair.command({ command: 'revoke-member', hatId: japan.hatId })
    const live = (await house.store.hats(chair.draft)).filter(({ revokedAtMs }) => revokedAtMs !== null).map(({ id }) => id)
    expect([...live].sort()).toEqual([given.hatId, japan.hatId].sort())
    expect((await recorded('revoke-member'))[0]!.body).toEqual({ hat: japan.hat, hatId: japan.hatId, ended: [japan.hatId, given.hatId], links: [open.invite] })
  })

  test('RC1 says whose capacity ends when a group loses a member', async () => {
    const brazil = await house.invited(chair, 'Bia', head('br'))
    await chair.command({ command: 'set-members', group: 'g77', members: ['br', 'jp'] })
    const given = await chair.command({ command: 'give-hat', hatId: brazil.hatId, group: 'g77', level: 'forward' })
    await chair.command({ command: 'set-members', group: 'g77', members: ['jp'] })
    expect((await recorded('set-members')).map(({ body }) => body['ended'])).toEqual([[], [given.hatId]])
  })

  test('RC2 holds no secret: no link, no session, nor what is kept of one', async () => {
    const links: string[] = []
    const invite = async (by: Person, hat: Extract<Command, { command: 'invite' }>['hat'], uses = 1) => {
      const made = await by.command({ command: 'invite', hat, days: 7, uses })
      links.push(made.link!)
      return made
    }
    const japan = await house.invited(chair, 'Jun', head('jp'))
    for (const made of [await invite(chair, head('br'), 5), await invite(japan, { ...head('jp'), level: 'drafter' })]) {
      await chair.command({ command: 'revoke-invite', invite: made.invite! })
    }
    await invite(chair, { role: 'legal', delegation: 'legal', level: 'head' })
    await chair.command({ command: 'import', value: importText(['The General Assembly,', '', '1. Decides to meet.', ''].join('\n')).value })
    await chair.command({ command: 'open-negotiation' })
    await chair.command({ command: 'revoke-member', hatId: japan.hatId })
    const secrets = [
      ...[...links, ...house.links].map((link) => link.split('#')[1]!),
      ...house.people.map(({ cookie }) => cookie.split('=')[1]!),
    ]
    const hashes = [...secrets.map(hashOf), ...(await house.store.invites(chair.draft)).map(({ secretHash }) => secretHash)]
    expect(secrets.every((secret) => secret.length >= 40)).toBe(true)
    const rows = await house.store.record(chair.draft, 0)
    expect(rows.length).toBeGreaterThan(10)
    const at = `/api/drafts/${chair.draft}`
    const told = [JSON.stringify(rows), ...(await Promise.all([`${at}/record?hat=${chair.hatId}`, `${at}/record/export?hat=${chair.hatId}&form=jsonl`, `${at}/record/export?hat=${chair.hatId}&form=csv`].map((path) => chair.text(path))))]
    for (const text of told) for (const secret of [...secrets, ...hashes]) expect(text.includes(secret)).toBe(false)
  })
})
