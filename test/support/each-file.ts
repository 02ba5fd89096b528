import { afterAll } from 'vitest'
import { endFile } from './after-file.ts'

// Read before each file of tests.
afterAll(endFile)
