/** What a page has of a document from session to session, on a device that is full at times. */
import { describe, expect, it } from 'vitest'
import { pageMemory, pageStore, type KeptUpdate, type LocalStore, type PageMemory } from '../../../client/connection/index.ts'

/** Sessions follow each other: each takes over what is there, numbered anew. */
class Device {
  rows = new Map<number, KeptUpdate>()
  isFull = false

  open(): LocalStore {
    const asked = async (write: () => void, needsRoom: boolean): Promise<void> => {
      if (needsRoom && this.isFull) throw new Error('full')
      write()
    }
    return {
      adopt: async () => {
        const left = [...this.rows.values()].sort((one, other) => one.number - other.number).map((row, index) => ({ ...row, number: index + 1 }))
        this.rows = new Map(left.map((row) => [row.number, row]))
        return left
      },
      keep: (update) => asked(() => void this.rows.set(update.number, update), true),
      forget: (numbers) => asked(() => numbers.forEach((number) => this.rows.delete(number)), false),
      replace: (numbers, updates) => asked(() => {
        for (const number of numbers) this.rows.delete(number)
        for (const update of updates) this.rows.set(update.number, update)
      }, updates.length > 0),
      close: async () => undefined,
    }
  }

  get kept(): string[] {
    return [...this.rows.values()].sort((one, other) => one.number - other.number).map(named)
  }
}

const update = (number: number, refused?: 'unit-locked'): KeptUpdate => ({ number, update: new Uint8Array([number]), hints: '', operations: [], ...(refused === undefined ? {} : { refused }) })
const named = (one: KeptUpdate): string => `${one.update[0]}${one.refused === undefined ? '' : ' refused'}`

/** Of four updates the device keeps the first, the third and the last; that the third was refused it does not take down. */
async function leftInParts(): Promise<{ readonly device: Device; readonly memory: PageMemory }> {
  const [device, memory] = [new Device(), pageMemory()]
  const store = pageStore(device.open(), memory)
  await store.adopt()
  for (const number of [1, 2, 3, 4]) {
    device.isFull = number === 2
    await store.keep(update(number)).catch(() => undefined)
  }
  device.isFull = true
  await expect(store.keep(update(3, 'unit-locked'))).rejects.toThrow('full')
  await store.close()
  return { device, memory }
}

describe('a page’s next session', () => {
  it('CO21 has all that the page had in its order, each once; where there is room again the device has it too', async () => {
    const { device, memory } = await leftInParts()
    device.isFull = false
    const store = pageStore(device.open(), memory)
    const adopted = await store.adopt()
    expect(adopted.map(named)).toEqual(['1', '2', '3 refused', '4'])
    expect(adopted.map(({ number }) => number)).toEqual([...device.rows.keys()].sort((one, other) => one - other))
    expect(device.kept).toEqual(['1', '2', '3 refused', '4'])
    await store.forget([adopted[0]!.number])
    expect(device.kept).toEqual(['2', '3 refused', '4'])
  })

  it('CO21 where the device is still full it leaves there what was kept, until the server has all of it', async () => {
    const { device, memory } = await leftInParts()
    const store = pageStore(device.open(), memory)
    const adopted = await store.adopt()
    expect(adopted.map(named)).toEqual(['1', '2', '3 refused', '4'])
    const numbers = adopted.map(({ number }) => number)
    await store.forget(numbers.slice(0, 3))
    expect(device.kept).toEqual(['1', '3', '4'])
    // And the session after that.
    const next = pageStore(device.open(), memory)
    const again = await next.adopt()
    expect(again.map(named)).toEqual(['1', '3', '4'])
    await next.forget(again.map(({ number }) => number))
    expect(device.kept).toEqual([])
  })

  it('CO21 what is done again takes the place of all of it', async () => {
    const { device, memory } = await leftInParts()
    const store = pageStore(device.open(), memory)
    const numbers = (await store.adopt()).map(({ number }) => number)
    const again = [update(1), update(9)]
    await expect(store.replace(numbers, again)).rejects.toThrow('full')
    // Left there, it would be done a second time by the page after this one.
    await store.forget(numbers)
    expect(device.kept).toEqual([])
    device.isFull = false
    for (const one of again) await store.keep(one)
    expect(device.kept).toEqual(['1', '9'])
    await store.forget([9])
    expect(device.kept).toEqual(['1'])
  })

  it('CO21 leaves to another page what that has taken over, and puts what others left in front', async () => {
    const { device, memory } = await leftInParts()
    device.isFull = false
    device.rows = new Map([[7, update(7)]])
    expect((await pageStore(device.open(), memory).adopt()).map(named)).toEqual(['7', '2', '3 refused'])
  })
})
