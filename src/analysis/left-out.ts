import type { Report } from '../model/report.ts'

const SHOWN_MAX = 3

/**
 * What a run did not send because the receiver takes no event of that length.
 * @param leftOut by index, the bytes of each
 */
export function leftOutNotes(
  leftOut: ReadonlyMap<number, number>,
  bytesMax: number,
  messageIdAt: (index: number) => string,
): Report['notes'] {
  if (leftOut.size === 0) return []
  const shown = [...leftOut].slice(0, SHOWN_MAX).map(([index, bytes]) => `${messageIdAt(index)} (${bytes} bytes)`)
  const events = leftOut.size === 1 ? '1 event was' : `${leftOut.size} events were`
  const more = leftOut.size > SHOWN_MAX ? ', …' : ''
  return [
    {
      atS: 0,
      text: `${events} left out, longer than the ${bytesMax} bytes that Segment takes: ${shown.join(', ')}${more}`,
    },
  ]
}
