/** Runs in a process of its own: does one job after the other, and says what came of it. */
import { Crowd } from './crowd.ts'
import { find, open } from './reading.ts'
import { pester } from './pester.ts'
import type { JobName, Jobs } from './jobs.ts'

export interface Order<Name extends JobName = JobName> {
  readonly name: Name
  readonly takes: Jobs[Name]['takes']
}

export type Outcome = { readonly gives: unknown } | { readonly failed: string }

const crowd = new Crowd()

async function done({ name, takes }: Order): Promise<unknown> {
  switch (name) {
    case 'enter':
      return crowd.enter(takes as Jobs['enter']['takes'])
    case 'type':
      return crowd.type(takes as Jobs['type']['takes'])
    case 'join':
      return crowd.join(takes as Jobs['join']['takes'])
    case 'seed':
      return crowd.seed(takes as Jobs['seed']['takes'])
    case 'open':
      return open(takes as Jobs['open']['takes'])
    case 'typeUntilClosed':
      return crowd.typeUntilClosed(takes as Jobs['typeUntilClosed']['takes'])
    case 'find':
      return find(takes as Jobs['find']['takes'])
    case 'pester':
      return pester(takes as Jobs['pester']['takes'])
    case 'leave':
      return crowd.leave()
  }
}

process.on('message', (order: Order) => {
  const answer = (outcome: Outcome): void => { process.send!(outcome) }
  done(order).then(
    (gives) => answer({ gives }),
    (error: unknown) => answer({ failed: error instanceof Error ? (error.stack ?? error.message) : String(error) }),
  )
})

// Whoever measures is gone: nobody would end this one.
process.on('disconnect', () => process.exit(1))
