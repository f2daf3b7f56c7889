/** Killed by kill.test.ts: appends to three documents at once and prints `document seq` for each that was acknowledged. */
import { openSqliteStore } from '../../../dist/server/store/sqlite.js'

const folder = process.argv[2]
const store = await openSqliteStore(folder)

async function appendForever(document) {
  let { seq } = await store.load(document)
  for (;;) {
    const bytes = new Uint8Array(1 + (seq % 3000)).fill(seq)
    const result = await store.append({ document, expectedSeq: seq, entries: [{ actor: 'child', kind: 'update', bytes, lineage: null }] })
    if (!result.ok) throw new Error(`${document} is ${result.why}`)
    seq = result.entries[0].seq
    process.stdout.write(`${document} ${seq}\n`)
  }
}

await Promise.all(['d1', 'd2', 'd1/side/jp'].map(appendForever))
