/**
 * `npm run bench:load [-- MEASURE … [--runs N] [--servers a,b] [--attempts N]]`: Omnibus beside other servers of Yjs rooms, over real
 * sockets. The servers take turns within each run; figures are medians of the runs, and their ratio is what is held
 * against the bar.
 */
import { cpus } from 'node:os'
import { parseArgs } from 'node:util'
import { withBystanders } from './bystanders.ts'
import { median } from './latencies.ts'
import { ratioToBest, type Figure, type Measure } from './measure.ts'
import { joining } from './measures/join.ts'
import { killFast, killSlow } from './measures/kill.ts'
import { malformed } from './measures/malformed.ts'
import { memory } from './measures/memory.ts'
import { opening } from './measures/opening.ts'
import { rateInManyRooms, rateInOneRoom } from './measures/rate.ts'
import { typing } from './measures/typing.ts'
import { installPeers, peerVersions } from './peers.ts'
import type { Kind } from './servers.ts'

const measures: Readonly<Record<string, Measure>> = {
  typing,
  'rate-one': rateInOneRoom,
  'rate-many': rateInManyRooms,
  join: joining,
  'kill-20': killSlow,
  'kill-500': killFast,
  open: opening,
  malformed,
  memory,
}

const { positionals, values } = parseArgs({ allowPositionals: true, options: { runs: { type: 'string' }, servers: { type: 'string' }, attempts: { type: 'string' } } })
const chosen = positionals.length === 0 ? Object.keys(measures) : positionals
const disturbedShare = 0.06
const attemptsMost = Number(values.attempts ?? 3)
const only = values.servers?.split(',') ?? null

async function take(measure: Measure): Promise<boolean> {
  const kinds = measure.kinds.filter((kind) => only === null || only.includes(kind))
  const runs = values.runs === undefined ? measure.runs : Number(values.runs)
  const found = new Map<Kind, (readonly number[])[]>(kinds.map((kind) => [kind, []]))
  console.log(`\n${measure.title} (${runs} ${runs === 1 ? 'run' : 'runs'})`)
  const prepared = await measure.prepare()
  try {
    for (let run = 0; run < runs; run++) {
      for (let turn = 0; turn < kinds.length; turn++) {
        const kind = kinds[(run + turn) % kinds.length]!
        found.get(kind)!.push(await undisturbed(() => prepared.run(kind)))
      }
    }
  } finally {
    await prepared.end()
  }
  return measure.figures.map((figure, index) => tell(figure, new Map([...found].map(([kind, each]) => [kind, each.map((values) => values[index]!)])))).every(Boolean)
}

/** Another try where others took a part of the machine; the last one counts as it is, and it is said. */
async function undisturbed<T>(run: () => Promise<T>): Promise<T> {
  for (let attempt = 1; ; attempt++) {
    const { result, share } = await withBystanders(run)
    if (share <= disturbedShare) return result
    console.log(`  (other processes took ${Math.round(share * 100)} per cent of the machine${attempt < attemptsMost ? ': taken again' : ''})`)
    if (attempt === attemptsMost) return result
  }
}

/** Prints a figure of all servers; false where the bar is not met. */
function tell({ name, unit, digits, better, bar }: Figure, values: ReadonlyMap<Kind, readonly number[]>): boolean {
  const show = (value: number): string => value.toLocaleString('en', { minimumFractionDigits: digits, maximumFractionDigits: digits })
  const medians = new Map([...values].map(([kind, each]) => [kind, median(each)]))
  const all = [...values].map(([kind, each]) => `${kind} ${show(medians.get(kind)!)}${each.length === 1 ? '' : ` (${show(Math.min(...each))} to ${show(Math.max(...each))})`}`)
  console.log(`  ${name}, ${unit}: ${all.join(' · ')}`)
  const ours = medians.get('omnibus')
  medians.delete('omnibus')
  if (bar === null || ours === undefined || medians.size === 0) return true
  const isMet = bar.isMet(ours, medians)
  const ratio = ratioToBest(ours, medians, better)
  console.log(`    ${isMet ? 'MET' : 'NOT MET'}: ${bar.words}${Number.isFinite(ratio) ? `; it is ${ratio.toFixed(2)}x the best peer` : ''}`)
  return isMet
}

for (const name of chosen) if (measures[name] === undefined) throw new Error(`There is no measure ${name}; there are ${Object.keys(measures).join(', ')}`)
installPeers()
console.log(`${cpus().length} x ${cpus()[0]?.model ?? 'unknown'}, Node ${process.version}; ${await peerVersions()}`)
let missed = 0
for (const name of chosen) if (!(await take(measures[name]!))) missed += 1
if (missed > 0) console.log(`\n${missed} of ${chosen.length} measures miss a bar.`)
