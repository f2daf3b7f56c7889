import { defineConfig } from 'vitest/config'

/** Two cores: two files of unit tests at a time, then the browsers one by one, which would starve each other. */
export default defineConfig({
  test: {
    projects: [
      { extends: true, test: { name: 'unit', maxWorkers: 2, sequence: { groupOrder: 0 }, include: ['test/unit/**/*.test.ts', 'test/contract/**/*.test.ts', 'test/fuzz/**/*.test.ts'] } },
      { extends: true, test: { name: 'browser', include: ['test/browser/**/*.test.ts'], fileParallelism: false, sequence: { groupOrder: 1 }, globalSetup: ['test/browser/support/setup.ts'] } },
    ],
    testTimeout: process.env['OMNIBUS_LONG'] ? 1_800_000 : 120_000,
    hookTimeout: 240_000,
    passWithNoTests: false,
  },
})
