import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { WebSocket } from 'ws'
import { WebsocketProvider } from 'y-websocket'
import type * as Y from 'yjs'
import { run } from '../../../server/cli/main.ts'
import { proposalText, readAmendments } from '../../../shared/model/amendments.ts'
import { defineShared, defineSide, newDoc } from '../../../shared/model/layout.ts'
import { readDraft } from '../../../shared/model/reader.ts'
import { readAmendmentState, readStage } from '../../../shared/model/state.ts'
import { ServerProcess } from './server.ts'

interface Sample {
  readonly draft: string
  readonly address: string
  readonly people: readonly { name: string; delegation: string; hatId: string; session: string; room: string; clientId: number; amendment: string }[]
}

async function omnibus(folder: string, ...args: string[]): Promise<{ code: number; out: string; err: string }> {
  const [out, err]: [string[], string[]] = [[], []]
  const io = { stdout: { write: (text: string) => out.push(text) }, stderr: { write: (text: string) => err.push(text) } }
  const code = await run(args, io, { OMNIBUS_DATA: folder })
  return { code, out: out.join(''), err: err.join('') }
}

const dataFolder = (): string => mkdtempSync(join(tmpdir(), 'omnibus-sample-'))

test('HT17 a draft of a given size is made, and each of its people can write in an amendment of their own with a plain client', { timeout: 120_000 }, async () => {
  const folder = dataFolder()
  const { code, out } = await omnibus(folder, 'sample', '--units', '12', '--words', '600', '--amendments', '30', '--people', '23', '--json')
  expect(code).toBe(0)
  const { draft, people } = JSON.parse(out) as Sample
  expect([people.length, new Set(people.map(({ session }) => session)).size, new Set(people.map(({ clientId }) => clientId)).size, new Set(people.map(({ delegation }) => delegation)).size]).toEqual([23, 23, 23, 12])

  const server = new ServerProcess(folder, 'error')
  await server.run(0)
  onTestFinished(() => server.remove())
  const open = async (who: Sample['people'][number], room: string, doc: Y.Doc): Promise<WebsocketProvider> => {
    class WithCookie extends WebSocket {
      constructor(url: string) {
        super(url, { headers: { cookie: `omnibus_session=${who.session}`, origin: server.address } })
      }
    }
    const provider = new WebsocketProvider(`${server.address.replace('http', 'ws')}/sync`, encodeURIComponent(room), doc, {
      WebSocketPolyfill: WithCookie as unknown as typeof globalThis.WebSocket, disableBc: true, params: { hat: who.hatId },
    })
    onTestFinished(() => provider.destroy())
    await new Promise<void>((resolve) => provider.on('sync', () => resolve()))
    return provider
  }
  const two = people.filter(({ delegation }) => delegation === 'state-1')
  const [ana, ben] = [two[0]!, two[1]!]
  const shared = (await open(ana, draft, defineShared(newDoc()))).doc
  const { units } = readDraft(shared)
  const words = units.filter(({ kind }) => kind === 'pp' || kind === 'op').map((unit) => unit.words.split(' ').length)
  expect([readStage(shared).stage, words.length, words.reduce((sum, count) => sum + count, 0)]).toEqual(['negotiation', 12, 600])
  expect(readAmendments(shared).filter(({ id }) => readAmendmentState(shared, id)?.status === 'open').length).toBe(30)

  const [mine, theirs] = [defineSide(newDoc()), defineSide(newDoc())]
  mine.clientID = ana.clientId
  theirs.clientID = ben.clientId
  await open(ana, ana.room, mine)
  await open(ben, ben.room, theirs)
  const met = new Promise<void>((resolve) => {
    const look = (): void => {
      if (`${proposalText(mine, ben.amendment)!.toString()}${proposalText(theirs, ana.amendment)!.toString()}` === 'Decides to act;Decides to wait;') resolve()
    }
    for (const doc of [mine, theirs]) doc.on('afterTransaction', look)
  })
  proposalText(mine, ana.amendment)!.insert('Decides to '.length, 'wait;')
  proposalText(theirs, ben.amendment)!.insert('Decides to '.length, 'act;')
  await met
})

test('HT17 a size that is out of bounds is told with its bounds, and nothing is made', async () => {
  const folder = dataFolder()
  const told = await omnibus(folder, 'sample', '--people', '0')
  expect([told.code, told.out]).toEqual([2, ''])
  expect(told.err).toContain('--people is a whole number from 1 to 2000.')
  expect((await omnibus(folder, 'sample', '--speed', '9')).err).toContain('Usage: omnibus sample')
})
