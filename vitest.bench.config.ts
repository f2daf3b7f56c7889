import { defineConfig } from 'vitest/config'

/** One after the other: what runs beside a measurement is in it. */
export default defineConfig({
  test: {
    include: [],
    benchmark: { include: ['test/bench/**/*.bench.ts'] },
    server: { deps: { external: [/\/dist\//] } },
    fileParallelism: false,
    testTimeout: 600_000,
    hookTimeout: 600_000,
  },
})
