import type { LaneCursor } from '../model/delivery.ts'

/** The lane from a moment on: what is due before it is passed over. */
export function cursorFrom(cursor: LaneCursor, fromMs: number): LaneCursor {
  while (cursor.peekDueMs() < fromMs) cursor.next()
  return cursor
}
