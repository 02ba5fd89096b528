import { spareMemory } from '../../src/adapters/spare-memory.ts'

// As `squall audit` does: before what it needs is loaded.
spareMemory()
await import('./audit.ts')
