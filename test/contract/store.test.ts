import { describeStore } from './store.ts'
import { memoryHarness, sqliteHarness } from './store-harness.ts'

describeStore('SQLite', sqliteHarness)
describeStore('memory', memoryHarness)
