/** Started by disk.test.ts: opens a data folder and says where the log of d1 is; then appends to it once for each line it is told, and says how that went. */
import { createInterface } from 'node:readline'
import { openSqliteStore } from '../../../dist/server/store/sqlite.js'

const store = await openSqliteStore(process.argv[2])
let { seq } = await store.load('d1')
const say = (line) => process.stdout.write(`${line}\n`)
say(`opened ${seq}`)

for await (const actor of createInterface({ input: process.stdin })) {
  const entries = [{ actor, kind: 'update', bytes: new Uint8Array([seq]), lineage: null }]
  try {
    const result = await store.append({ document: 'd1', expectedSeq: seq, entries })
    seq = result.entries[0].seq
    say(`kept ${seq}`)
  } catch ({ code }) {
    say(code)
  }
}
await store.close()
say('closed')
