import { defineConfig, type ViteUserConfig } from 'vitest/config'

const config: ViteUserConfig = defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    // For machines that are busy.
    testTimeout: 180_000,
    pool: 'forks',
    // One more than a small machine has cores: tests with processes of their own wait a good deal.
    maxWorkers: 3,
    // What is loaded serves all files that a worker takes: each cleans up behind itself.
    isolate: false,
    setupFiles: ['test/support/each-file.ts'],
  },
})

export default config
