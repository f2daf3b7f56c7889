import { defineConfig } from 'vitest/config'

/** One process at a time for browsers and servers: two cores, and interleaved browsers starve each other. */
export default defineConfig({
  test: {
    projects: [
      { extends: true, test: { name: 'unit', include: ['test/unit/**/*.test.ts', 'test/contract/**/*.test.ts', 'test/fuzz/**/*.test.ts'] } },
      { extends: true, test: { name: 'browser', include: ['test/browser/**/*.test.ts'], fileParallelism: false, globalSetup: ['test/browser/support/setup.ts'] } },
    ],
    testTimeout: process.env['OMNIBUS_LONG'] ? 1_800_000 : 120_000,
    hookTimeout: 240_000,
    passWithNoTests: false,
  },
})
