import { MemoryStore } from '../../partner/memory-store.ts'
import type { Store } from '../../partner/store.ts'
import { PartnerError } from './partner-error.ts'
import { SqliteStore } from './sqlite-store.ts'

/** A store by its name: `memory`, or `sqlite:` and a path. @throws PartnerError */
export function openStore(name: string): Store {
  if (name === 'memory') return new MemoryStore()
  const path = name.startsWith('sqlite:') ? name.slice('sqlite:'.length) : ''
  if (path === '') throw new PartnerError(`"${name}" is no store: write memory or sqlite:PATH`)
  try {
    return new SqliteStore(path)
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error)
    throw new PartnerError(
      `the store ${path} cannot be opened (${reason}): name a file in a folder that can be written to`,
    )
  }
}
