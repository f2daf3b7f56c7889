/** How often the files of a database are looked through. */
import { expect, it } from 'vitest'
import { StoreError } from '../../../server/store/errors.ts'
import { prepareLookThrough } from '../../../server/store/look-through.ts'
import { prepareSureRead } from '../../../server/store/sure-reads.ts'
import { limits } from '../../../shared/wire/limits.ts'

/** Files that take so long to be read, on a disk that gives them or does not. */
function filesOf(tookMs: number) {
  const world = { nowMs: 0, looks: 0, isGiven: true }
  const assertReadable = (): void => {
    world.nowMs += tookMs
    world.looks += 1
    if (!world.isGiven) throw new StoreError('store-unreadable', 'The disk gives nothing')
  }
  const files = prepareLookThrough({ assertReadable }, () => world.nowMs)
  return { world, files, sure: prepareSureRead({ forgetPages: () => undefined }, files) }
}

const lost = (): never => {
  throw new StoreError('log-damaged', 'It does not hold')
}

const codeOf = (run: () => unknown): unknown => {
  try {
    return run()
  } catch (error) {
    return (error as StoreError).code
  }
}

it('LG36 whoever asks for what is damaged, and however much of it, has the files looked through for a share of the time alone; what there was no time for is unreadable until there is', () => {
  const lookMs = 10 * limits.storeLookBurstMs
  const { world, sure } = filesOf(lookMs)
  expect(codeOf(() => sure('a', lost))).toBe('log-damaged')
  const told = Array.from({ length: 100 }, (_, index) => codeOf(() => sure(`b${index % 50}`, lost)))
  expect([new Set(told), world.looks]).toEqual([new Set(['store-unreadable']), 1])
  // Known already.
  expect(codeOf(() => sure('a', lost))).toBe('log-damaged')
  world.nowMs += lookMs / limits.storeLookShare
  // One look tells of all that failed before it.
  expect(Array.from({ length: 50 }, (_, index) => codeOf(() => sure(`b${index}`, lost)))).toEqual(Array(50).fill('log-damaged'))
  expect(world.looks).toBe(2)
  expect(codeOf(() => sure('c', lost))).toBe('store-unreadable')
  expect(codeOf(() => sure('c', () => 'given'))).toBe('given')
})

it('LG36 files that are read at once are looked through at once', () => {
  const { world, sure } = filesOf(1)
  expect(Array.from({ length: 50 }, (_, index) => codeOf(() => sure(`${index}`, lost)))).toEqual(Array(50).fill('log-damaged'))
  expect(world.looks).toBe(50)
})

it('LG36 where the disk did not give them the last time, that is so until they can be looked through again', () => {
  const { world, files, sure } = filesOf(2 * limits.storeLookBurstMs)
  world.isGiven = false
  expect(codeOf(() => sure('a', lost))).toBe('store-unreadable')
  world.isGiven = true
  expect([codeOf(() => sure('b', lost)), codeOf(() => files.look()), world.looks]).toEqual(['store-unreadable', 'store-unreadable', 1])
  world.nowMs += (2 * limits.storeLookBurstMs) / limits.storeLookShare
  expect([codeOf(() => sure('b', lost)), codeOf(() => sure('a', lost)), world.looks]).toEqual(['log-damaged', 'log-damaged', 2])
})

it('LG36 no more of it is remembered than its bound', () => {
  const { world, sure } = filesOf(0)
  for (let index = 0; index <= limits.storeDamagedMax; index++) codeOf(() => sure(`${index}`, lost))
  const before = world.looks
  expect([codeOf(() => sure('0', lost)), world.looks - before]).toEqual(['log-damaged', 1])
})
