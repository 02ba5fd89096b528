import { MemoryStore } from '../../partner/memory-store.ts'
import type { Store } from '../../partner/store.ts'
import { databaseUrl } from '../postgres/database-url.ts'
import { masked } from '../receipts/masked.ts'
import { reasonOf } from '../receipts/receipt-place.ts'
import { PartnerError } from './partner-error.ts'
import { PostgresStore } from './postgres-store.ts'
import { SqliteStore } from './sqlite-store.ts'

/** A store by its name: `memory`, `sqlite:` and a path, or the URL of a PostgreSQL database. @throws PartnerError */
export function openStore(name: string): Store {
  if (name === 'memory') return new MemoryStore()
  if (/^postgres(ql)?:/i.test(name)) return openDatabaseStore(name)
  const path = name.startsWith('sqlite:') ? name.slice('sqlite:'.length) : ''
  if (path === '')
    throw new PartnerError(`"${masked(name)}" is no store: write memory, sqlite:PATH or postgres://user@host/database`)
  try {
    return new SqliteStore(path)
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error)
    throw new PartnerError(
      `the store ${path} cannot be opened (${reason}): name a file in a folder that can be written to`,
    )
  }
}

function openDatabaseStore(name: string): Store {
  try {
    return new PostgresStore(databaseUrl(name))
  } catch (error) {
    throw new PartnerError(`the store ${masked(name)} cannot be opened: ${reasonOf(error)}`)
  }
}
