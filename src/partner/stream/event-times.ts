import { isoText, isoTextMs } from '../../model/iso-instant.ts'

/** The times that an event is stored with, as ISO 8601 text. */
export interface EventTimes {
  readonly receivedAt: string
  /** As it came; undefined: the sender did not say. */
  readonly sentAt: string | undefined
  /** When it happened by the sender's clock, as it came; the arrival if it did not say. */
  readonly originalTimestamp: string
  /** When it happened by the receiver's clock. */
  readonly timestamp: string
  /** The same in epoch milliseconds. */
  readonly timestampMs: number
}

/**
 * The times of an event. Clocks of senders are wrong, each by its own amount, which shows at the moment of sending: so the event happened as long before
 * its arrival as the sender says that it happened before it was sent. Without a time of sending the sender's clock is believed.
 * @param given the event's own time, as it came @param sentAt as it came
 */
export function eventTimes(given: unknown, sentAt: unknown, receivedAtMs: number): EventTimes {
  const receivedAt = isoText(receivedAtMs)
  const givenMs = instantMs(given)
  const sentAtMs = instantMs(sentAt)
  const happenedMs = Number.isNaN(givenMs) ? receivedAtMs : givenMs
  const skewed = !Number.isNaN(givenMs) && !Number.isNaN(sentAtMs)
  const correctedMs = skewed ? receivedAtMs - (sentAtMs - givenMs) : happenedMs
  const timestampMs = Math.abs(correctedMs) <= MOMENT_MS_MAX ? correctedMs : receivedAtMs
  return {
    receivedAt,
    sentAt: typeof sentAt === 'string' ? sentAt : undefined,
    originalTimestamp: typeof given === 'string' ? given : receivedAt,
    timestamp: isoText(timestampMs),
    timestampMs,
  }
}

/** As far as dates go. */
const MOMENT_MS_MAX = 8.64e15

/** NaN: no time, or none that can be read. */
function instantMs(text: unknown): number {
  if (typeof text !== 'string') return Number.NaN
  const ms = isoTextMs(text)
  return Number.isNaN(ms) ? Date.parse(text) : ms
}
