/** How much of the machine others took during a run: a measurement that was disturbed is taken again. Linux alone. */
import { readFileSync } from 'node:fs'
import { availableParallelism } from 'node:os'

/** Of all cores together; /proc counts in hundredths of a second. */
function busyTicks(): number {
  const [user, nice, system, , , irq, softirq] = readFileSync('/proc/stat', 'utf8').split('\n')[0]!.trim().split(/\s+/).slice(1).map(Number)
  return user! + nice! + system! + irq! + softirq!
}

/** Of this process and of its children that have ended. */
function ownTicks(): number {
  const stat = readFileSync('/proc/self/stat', 'utf8')
  const [user, system, childrenUser, childrenSystem] = stat.slice(stat.lastIndexOf(')') + 2).split(' ').slice(11, 15).map(Number)
  return user! + system! + childrenUser! + childrenSystem!
}

/** The share of the machine, 0 to 1, that others took while `act` ran. All children of `act` must have ended with it. */
export async function withBystanders<T>(act: () => Promise<T>): Promise<{ readonly result: T; readonly share: number }> {
  const [busy, own, startMs] = [busyTicks(), ownTicks(), performance.now()]
  const result = await act()
  const ticks = ((performance.now() - startMs) / 10) * availableParallelism()
  return { result, share: Math.max(0, busyTicks() - busy - (ownTicks() - own)) / ticks }
}
