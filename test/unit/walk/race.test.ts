/**
 * Fifty people type while the chair freezes, on a real server. OMNIBUS_SEED=n repeats their paces and places, not the order in
 * which their words arrive; OMNIBUS_LONG=1 does a hundred rounds.
 */
import { expect, it, onTestFinished } from 'vitest'
import { importText } from '../../../shared/convert/importText.ts'
import { freezePreview } from '../../../shared/lifecycle/freeze.ts'
import { replaceWords, valueOf } from '../../../shared/model/operations.ts'
import { readStage } from '../../../shared/model/state.ts'
import type { Command } from '../../../shared/wire/commands.ts'
import { randomOf, type Random } from '../../fuzz/random.ts'
import { Person, Refused } from './person.ts'
import { ServerProcess } from './server.ts'

const seed = Number(process.env['OMNIBUS_SEED'] ?? Math.floor(Math.random() * 2 ** 31))
const rounds = process.env['OMNIBUS_LONG'] ? 100 : 6
const typistsCount = 50
/** Between two letters of one person, at first; the more often the chair was too late, the longer. */
const paceMs = 500
/** Somebody types so soon after the chair has asked for the freeze: before it, during it or after. */
const lateMs = 40

const source = `Safe harbours

The General Assembly,

Recalling its resolution 70/1,

1. Urges all States to keep every lamp burning;

2. Invites agencies to report;

3. Decides to remain seized of the matter.`

/** Ideographs beyond the basic plane: none is in the text, and each is typed once. */
const firstLetter = 0x20000
const isLetter = (letter: string): boolean => letter.codePointAt(0)! >= firstLetter

/** Somebody who types for a round, a letter now and then, wherever the page lets them. */
class Typist {
  readonly person: Person
  readonly typed = new Set<string>()
  /** The server has said of these that they are committed. */
  readonly acknowledged = new Set<string>()
  readonly #random: Random
  #timer: NodeJS.Timeout | undefined
  #type = (): void => undefined
  #end = (): void => undefined

  constructor(person: Person, random: Random) {
    this.person = person
    this.#random = random
  }

  begin(newLetter: () => string, slower: () => number): void {
    this.typed.clear()
    this.acknowledged.clear()
    const [text] = this.person.connections
    const stopListening = text!.status.subscribe(({ phase, saved }) => {
      if (phase === 'live' && saved === 'saved') for (const letter of this.typed) this.acknowledged.add(letter)
    })
    this.#type = () => {
      const { value } = text!.status
      if (value.phase !== 'live' || !value.writable || readStage(this.person.shared).stage === 'frozen') return
      const { view, shared } = this.person
      const unit = view.units[this.#random(view.units.length)]!
      const at = this.#random(unit.atoms.length + 1)
      const letter = newLetter()
      this.typed.add(letter)
      replaceWords(shared, unit, at, at, letter, 'editor')
    }
    const next = (): void => {
      this.#timer = setTimeout(() => {
        this.#type()
        next()
      }, this.#random(2 * paceMs) * slower())
    }
    next()
    this.#end = () => {
      clearTimeout(this.#timer)
      stopListening()
    }
  }

  typesSoon(): void {
    const type = this.#type
    setTimeout(() => type(), this.#random(lateMs))
  }

  /** The text is frozen here, and nothing of one's own is on its way; opened anew where something was refused. */
  async comeToRest(): Promise<void> {
    const { person } = this
    const isRefused = (): boolean => person.connections.some(({ status: { value } }) => value.phase === 'refused')
    const isAtRest = (): boolean => readStage(person.shared).stage === 'frozen' && person.connections.every(({ status: { value } }) => value.phase === 'live' && value.saved === 'saved')
    await person.until(() => isRefused() || isAtRest())
    this.#end()
    if (isRefused()) await person.reopen()
    await person.until(isAtRest)
    person.frames.length = 0
  }
}

interface FrozenText {
  readonly resolution: unknown
  readonly letters: ReadonlySet<string>
}

async function frozenText(chair: Person, version: number): Promise<FrozenText> {
  const text = await chair.text(`/api/drafts/${chair.draft}/versions/${version}?hat=${chair.hatId}`)
  const { resolution } = JSON.parse(text) as { readonly resolution: unknown }
  return { resolution, letters: new Set([...JSON.stringify(resolution)].filter(isLetter)) }
}

/** Rounds that go quickly bring more commands in a minute than a person may send. */
const pauseMs = 1_000

/** Whoever is told to be slower is. */
async function command(chair: Person, body: Command): Promise<void> {
  for (;;) {
    try {
      await chair.command(body)
      return
    } catch (error) {
      if (!(error instanceof Refused) || error.message !== 'too-fast') throw error
      await new Promise((resolve) => setTimeout(resolve, pauseMs))
    }
  }
}

/** Again and again, on what is on the chair's screen, until nobody has typed in between; says how often it took. */
async function freeze(chair: Person, tried: () => void): Promise<void> {
  for (;;) {
    tried()
    const { digest } = freezePreview(chair.shared, new Set())
    try {
      await command(chair, { command: 'freeze', digest, symbol: '', closeOpen: true, reason: 'It is agreed.' })
      return
    } catch (error) {
      if (!(error instanceof Refused) || error.message !== 'changed') throw error
      await chair.until(() => freezePreview(chair.shared, new Set()).digest !== digest)
    }
  }
}

it(`SG12 fifty people type while the chair freezes: what was acknowledged is in the frozen text, the rest goes back to who typed it, and all see the same (OMNIBUS_SEED=${seed})`, async () => {
  const random = randomOf(seed)
  const server = await ServerProcess.start()
  const people: Person[] = []
  onTestFinished(async () => {
    for (const person of people) await person.leave()
    await server.remove()
  })
  const chair = new Person('Chair', server.address)
  people.push(chair)
  await chair.follow(server.link!)
  const made = await chair.call('/api/commands', { key: 'first-draft-key', body: { command: 'create-draft', title: 'Safe harbours', language: 'en' } })
  await chair.wear(made.draft!, made.hatId!)
  await chair.command({ command: 'import', value: importText(source).value })
  await chair.command({ command: 'add-delegation', delegation: { id: 'jp', name: 'Japan', kind: 'state' } })
  const { link } = await chair.command({ command: 'invite', hat: { role: 'delegate', delegation: 'jp', level: 'head' }, days: 7, uses: typistsCount })
  const typists: Typist[] = []
  for (let at = 0; at < typistsCount; at++) {
    const person = new Person(`Typist ${at}`, server.address)
    people.push(person)
    await person.follow(link!)
    typists.push(new Typist(person, randomOf(seed + at + 1)))
  }
  await Promise.all(people.map((person) => person.enter()))

  let letters = 0
  let tries = 0
  let kept = 0
  let back = 0
  for (let round = 1; round <= rounds; round++) {
    const before = new Set([...JSON.stringify(valueOf(chair.view, 'en'))].filter(isLetter))
    const triesBefore = tries
    for (const typist of typists) typist.begin(() => String.fromCodePoint(firstLetter + letters++), () => 1 + tries - triesBefore)
    const enough = letters + random(2 * typistsCount)
    await chair.until(() => letters > enough)
    await freeze(chair, () => {
      tries += 1
      typists[random(typistsCount)]!.typesSoon()
    })
    await Promise.all(typists.map((typist) => typist.comeToRest()))

    const frozen = await frozenText(chair, round)
    const added = new Set([...frozen.letters].filter((letter) => !before.has(letter)))
    expect([...before].every((letter) => frozen.letters.has(letter))).toBe(true)
    for (const { person, typed, acknowledged } of typists) {
      const returned = person.unsent.splice(0)
      const words = returned.map((one) => one.words).join('')
      expect(returned.every(({ code }) => code === 'frozen')).toBe(true)
      expect([...acknowledged].filter((letter) => !added.has(letter))).toEqual([])
      // Each in the text or back with its author: neither lost, nor in both.
      expect([...typed].map((letter) => [letter, added.delete(letter) === words.includes(letter)]).filter(([, isWrong]) => isWrong)).toEqual([])
      expect(valueOf(person.view, 'en')).toEqual(frozen.resolution)
      back += [...words].length
      kept += typed.size - [...words].length
    }
    expect([...added]).toEqual([])
    await chair.until(() => readStage(chair.shared).stage === 'frozen')
    expect(valueOf(chair.view, 'en')).toEqual(frozen.resolution)
    chair.frames.length = 0
    if (round === rounds) break
    await command(chair, { command: 'reopen-frozen', reason: 'The next round.' })
    await command(chair, { command: 'reopen-drafting', reason: 'The next round.' })
    await Promise.all(people.map((person) => person.until(() => readStage(person.shared).stage === 'drafting')))
  }
  process.stdout.write(`race, seed ${seed}, ${rounds} rounds: ${kept} letters are in the frozen texts, ${back} went back to who typed them; the chair tried ${tries} times\n`)
  expect(kept).toBeGreaterThan(rounds * 10)
  expect(back).toBeGreaterThan(0)
}, 1_200_000)
