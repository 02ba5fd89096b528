import { defineConfig, type ViteUserConfig } from 'vitest/config'

/** Tests that compute, and leave nothing behind: the files that one worker takes share what is loaded. */
const COMPUTING = ['unit', 'property', 'simulation', 'golden'].map((kind) => `test/${kind}/**/*.test.ts`)

const config: ViteUserConfig = defineConfig({
  test: {
    // For machines that are busy.
    testTimeout: 180_000,
    pool: 'forks',
    // One more than a small machine has cores: tests with processes of their own wait a good deal.
    maxWorkers: 3,
    projects: [
      { extends: true, test: { name: 'computing', include: COMPUTING, isolate: false } },
      { extends: true, test: { name: 'acting', include: ['test/**/*.test.ts'], exclude: COMPUTING } },
    ],
  },
})

export default config
