import { MemoryStreamStore } from '../../partner/stream/memory-stream-store.ts'
import { NULL_STREAM_STORE } from '../../partner/stream/null-stream-store.ts'
import type { StreamStore } from '../../partner/stream/stream-store.ts'
import { masked } from '../receipts/masked.ts'
import { PartnerError } from './partner-error.ts'
import { SqliteStreamStore } from './sqlite-stream-store.ts'

/** A store by its name: `memory`, `sqlite:` and a path, or `null`. @param dedupeMs how long a message is known @throws PartnerError */
export function openStreamStore(name: string, dedupeMs: number): StreamStore {
  if (name === 'memory') return new MemoryStreamStore(dedupeMs)
  if (name === 'null') return NULL_STREAM_STORE
  const path = name.startsWith('sqlite:') ? name.slice('sqlite:'.length) : ''
  if (path === '') throw new PartnerError(`"${masked(name)}" is no store here: write memory, sqlite:PATH or null`)
  try {
    return new SqliteStreamStore(path, dedupeMs)
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error)
    throw new PartnerError(
      `the store ${path} cannot be opened (${reason}): name a file in a folder that can be written to`,
    )
  }
}
