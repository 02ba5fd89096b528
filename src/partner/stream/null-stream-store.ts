import type { StreamStore } from './stream-store.ts'

/** Keeps nothing, so it takes every message for new: for measuring senders. */
export const NULL_STREAM_STORE: StreamStore = {
  isReadable: false,
  add: () => true,
  discard: () => {},
  commit: () => {},
  page: () => [],
  discards: () => [],
  close: () => {},
}
