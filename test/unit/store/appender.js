/**
 * Killed by kill.test.ts and stopped by durability/disk.test.ts: appends to three documents at once, now and then as a
 * command with all that goes with it, and prints `document seq` for each that was acknowledged. Beside them so many entries at once
 * are appended to one more that, where it is told a number, some are on their way to the logs for much of the time.
 */
import { openSqliteStore } from '../../../dist/server/store/sqlite.js'

const [, , folder, crowded] = process.argv
const store = await openSqliteStore(folder)

function asCommand(document, at) {
  return {
    record: { draft: document, actor: 'child', kind: 'lock', body: { at } },
    outcome: { person: 'child', draft: document, key: `key ${at}`, bodyDigest: '', result: { at } },
    writes: [{ put: 'setting', row: { key: document, value: String(at) } }],
  }
}

async function appendForever(document) {
  let { seq } = await store.load(document)
  for (;;) {
    const bytes = new Uint8Array(1 + (seq % 3000)).fill(seq)
    const isCommand = seq % 4 === 2
    const entries = [{ actor: 'child', kind: isCommand ? 'command' : 'update', bytes, lineage: null }]
    const result = await store.append({ document, expectedSeq: seq, entries, ...(isCommand ? asCommand(document, seq + 1) : {}) })
    if (!result.ok) throw new Error(`${document} is ${result.why}`)
    seq = result.entries[0].seq
    process.stdout.write(`${document} ${seq}\n`)
  }
}

const crowd = Array.from({ length: Number(crowded) }, () => ({ actor: 'crowd', kind: 'update', bytes: new Uint8Array([1]), lineage: null }))

async function crowdForever(document) {
  let { seq } = await store.load(document)
  for (;;) {
    const result = await store.append({ document, expectedSeq: seq, entries: crowd })
    if (!result.ok) throw new Error(`${document} is ${result.why}`)
    seq = result.entries.at(-1).seq
  }
}

await Promise.all([...['d1', 'd2', 'd1/side/jp'].map(appendForever), ...(crowd.length > 0 ? [crowdForever('d3')] : [])])
