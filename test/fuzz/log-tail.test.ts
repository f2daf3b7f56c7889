/**
 * The end of a log with its store, its leases, its sources and another document answering at any moment, and three people who type,
 * strike, name sources and see each other now and then. OMNIBUS_SEED=n repeats, OMNIBUS_LONG=1 does more.
 */
import { expect, it } from 'vitest'
import * as Y from 'yjs'
import { openMemoryStore } from '../../server/store/memory.ts'
import type { Store } from '../../server/store/store.ts'
import type { Gate } from '../../server/sync/admission.ts'
import type { Submitter } from '../../server/sync/jobs.ts'
import { Leases } from '../../server/sync/leases.ts'
import { Library } from '../../server/sync/library.ts'
import { loadDocument } from '../../server/sync/loading.ts'
import { LogTail } from '../../server/sync/log-tail.ts'
import { Turns } from '../../server/sync/turns.ts'
import { defineShared, newDoc } from '../../shared/model/layout.ts'
import { leaseIn, permissive, silent, speakerOf, textIn } from '../unit/sync/support.ts'
import { randomOf, type Random } from './random.ts'

const seed = Number(process.env['OMNIBUS_SEED'] ?? Math.floor(Math.random() * 2 ** 31))
const runs = process.env['OMNIBUS_LONG'] ? 3_000 : 100
const stepsPerRun = 80

/** As the real gate: nothing that continues, stands on or strikes what is not there. */
const gapless: Gate<null>['check'] = (doc, update, actor, facts) => {
  const { from, to } = Y.parseUpdateMeta(update)
  const { structs, ds } = Y.decodeUpdate(update)
  const known = (client: number): number => Math.max(to.get(client) ?? 0, Y.getState(doc.store, client))
  for (const [client, clock] of from) if (clock > Y.getState(doc.store, client)) return { ok: false, code: actor.owns(client) ? 'gap' : 'not-your-id' }
  for (const [client, ranges] of ds.clients) if (ranges.some(({ clock, len }) => clock + len > known(client))) return { ok: false, code: 'bad-delete' }
  const origins = structs.flatMap((struct) => (struct instanceof Y.Item ? [struct.origin, struct.rightOrigin] : []))
  if (origins.some((id) => id !== null && id.clock >= known(id.client))) return { ok: false, code: 'gap' }
  return permissive.check(doc, update, actor, facts)
}

const clocksOf = (update: Uint8Array): [client: number, clock: number][] => [...Y.parseUpdateMeta(update).to]

class Person {
  readonly doc = defineShared(newDoc())
  readonly sent: Uint8Array[] = []
  acknowledged = 0
  readonly submitter: Submitter

  constructor(name: string, fault: (what: string) => void) {
    this.submitter = {
      speaker: speakerOf(name), isExpelled: false, refusal: null,
      acknowledge: (number) => {
        if (number <= this.acknowledged) fault(`${name} was told ${number} after ${this.acknowledged}`)
        this.acknowledged = number
      },
      cork: () => undefined,
      uncork: () => undefined,
      refuse: (number, code) => fault(`${number} of ${name} was refused: ${code}`),
    }
  }

  /** Null where there was nothing to strike. */
  type(random: Random): Uint8Array | null {
    const made: Uint8Array[] = []
    const collect = (update: Uint8Array): void => void made.push(update)
    const text = textIn(this.doc)
    this.doc.on('update', collect)
    if (random(3) > 0) text.insert(random(text.length + 1), 'x')
    else if (text.length > 0) text.delete(random(text.length), 1)
    this.doc.off('update', collect)
    return made[0] ?? null
  }
}

class History {
  readonly #random: Random
  readonly #inner = openMemoryStore()
  /** What the store was asked and has not done, in order; and what waits for the next turn. */
  readonly #asked: (() => void)[] = []
  readonly #soon: (() => void)[] = []
  readonly #told = defineShared(newDoc())
  readonly #people: Person[] = []
  readonly #faults: string[] = []
  #sharedSeq = 0
  #tail!: LogTail<null>

  constructor(from: number) {
    this.#random = randomOf(from)
  }

  async run(): Promise<void> {
    await this.#open()
    for (let step = 0; step < stepsPerRun; step++) {
      await this.#step()
      await this.#look()
    }
    await this.#end()
  }

  async #open(): Promise<void> {
    const inner = this.#inner
    const later = <T>(run: () => Promise<T>): Promise<T> => new Promise((resolve, reject) => this.#asked.push(() => void run().then(resolve, reject)))
    const store: Store = {
      ...inner,
      append: (request) => later(() => inner.append(request)), lease: (id) => later(() => inner.lease(id)), load: (document) => later(() => inner.load(document)),
      entries: (...of) => later(() => inner.entries(...of)), sourceValue: (...of) => later(() => inner.sourceValue(...of)),
    }
    const isSide = this.#random(2) === 0
    this.#tail = new LogTail<null>({
      store, log: silent, document: 'd1', kind: 'shared', leases: new Leases(store, 'd1', []), check: gapless, checkAwareness: permissive.checkAwareness,
      facts: () => ({ facts: null, ...(isSide ? { alsoExpect: { document: 's', seq: this.#sharedSeq } } : {}) }),
      now: () => 0, library: new Library(store, 'd1'), random: () => this.#random(2 ** 20) / 2 ** 20, soon: (run) => void this.#soon.push(run), saving: new Turns(),
      ...(isSide ? { steady: () => later(async () => undefined) } : {}),
      committed: (update) => {
        Y.applyUpdate(this.#told, update)
        if (this.#told.store.pendingStructs !== null) this.#fault('people were told something that stands on what they were not')
      },
      failed: (error) => this.#fault(`the room failed: ${String(error)}`),
    }, await loadDocument(inner, 'd1', 'shared', () => this.#random(2 ** 20) / 2 ** 20))
    for (const name of ['amina', 'kenji', 'wanjiru']) {
      const person = new Person(name, (what) => this.#fault(what))
      person.doc.clientID = await leaseIn(inner, 'd1', name)
      this.#people.push(person)
    }
  }

  #fault(what: string): void {
    this.#faults.push(what)
  }

  async #step(): Promise<void> {
    const random = this.#random
    const person = this.#people[random(this.#people.length)]!
    const what = random(10)
    if (what < 4) this.#submit(person)
    else if (what < 6) this.#soon.shift()?.()
    else if (what < 8) {
      this.#asked.shift()?.()
      for (let turns = random(12); turns > 0; turns--) await null
    } else if (what === 8) {
      Y.applyUpdate(person.doc, Y.encodeStateAsUpdate(this.#told))
      if (random(2) === 0) await this.#moveOther()
    } else if (random(4) === 0) {
      void this.#tail.change((doc) => {
        textIn(doc).insert(0, 'C')
        return { actor: 'chair', draft: 'd1', kind: 'lock', record: null }
      })
    }
  }

  #submit(from: Person): void {
    const random = this.#random
    const update = from.type(random)
    if (update === null) return
    from.sent.push(update)
    const to = [from.doc.clientID, 0, 1]
    const hints = random(6) > 0 ? '' : JSON.stringify([{ to, source: [1 + random(3), 0, 0] }, { to, source: [1 + random(5), 0, 0] }])
    this.#tail.submit({ from: from.submitter, number: from.sent.length, update, hints })
  }

  /** A decision in the other document. */
  async #moveOther(): Promise<void> {
    await this.#inner.append({ document: 's', expectedSeq: this.#sharedSeq, entries: [{ actor: 'chair', kind: 'command', bytes: new Uint8Array(0), lineage: null }] })
    this.#sharedSeq += 1
  }

  async #logged(): Promise<Y.Doc> {
    const doc = defineShared(newDoc())
    for (const { bytes } of (await this.#inner.load('d1')).entries) if (bytes.length > 0) Y.applyUpdate(doc, bytes)
    if (doc.store.pendingStructs !== null || doc.store.pendingDs !== null) this.#fault('the log refers to what it does not hold')
    return doc
  }

  /** What was acknowledged, or told to anybody, is in the log. */
  async #look(): Promise<void> {
    const log = await this.#logged()
    const isLogged = ([client, clock]: [number, number]): boolean => clock <= Y.getState(log.store, client)
    for (const { sent, acknowledged } of this.#people) {
      if (!sent.slice(0, acknowledged).every((update) => clocksOf(update).every(isLogged))) this.#fault('something was acknowledged that the log does not hold')
    }
    if (![...Y.decodeStateVector(Y.encodeStateVector(this.#told))].every(isLogged)) this.#fault('something was told that the log does not hold')
    if (this.#faults.length > 0) throw new Error(this.#faults.join('; '))
  }

  /** Everything is answered, and comes to rest. */
  async #end(): Promise<void> {
    const isAtRest = (): boolean => this.#soon.length + this.#asked.length === 0 && this.#people.every(({ sent, acknowledged }) => acknowledged === sent.length)
    for (let turns = 0; turns < 2_000 && !isAtRest(); turns++) {
      this.#soon.shift()?.()
      this.#asked.shift()?.()
      await new Promise<void>((resolve) => setImmediate(resolve))
    }
    await this.#look()
    const words = [await this.#logged(), this.#told, this.#tail.doc].map((doc) => textIn(doc).toString())
    expect([this.#people.map(({ acknowledged }) => acknowledged), words[1], words[2]]).toEqual([this.#people.map(({ sent }) => sent.length), words[0], words[0]])
  }
}

it(`RO60 whatever answers when: nothing honest is refused, acknowledgements keep their order, and all that is acknowledged or told is in the log (OMNIBUS_SEED=${seed})`, async () => {
  for (let index = 0; index < runs; index++) {
    const from = (seed + index * 7919) % 2 ** 31
    await new History(from).run().catch((error: unknown) => {
      throw new Error(`OMNIBUS_SEED=${from}: ${(error as Error).message}`, { cause: error })
    })
  }
}, 0)
