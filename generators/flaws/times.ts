import { isoText, isoTextMs } from '../../src/model/iso-instant.ts'
import { chosen, type EventObject, type FlawChange, type FlawChanges, type FlawPlace } from './flaw-change.ts'

const MINUTE_MS = 60_000
const HOUR_MS = 3_600_000
const DAY_MS = 86_400_000

const OFFSETS_MIN: readonly number[] = [330, -210, 840, -480, 0]
const LEAP_DAYS: readonly number[] = [
  Date.UTC(2024, 1, 29),
  Date.UTC(2020, 1, 29),
  Date.UTC(2000, 1, 29),
  Date.UTC(2028, 1, 29),
]
const AHEAD_MS: readonly number[] = [DAY_MS, 366 * DAY_MS, 20 * 366 * DAY_MS]

/** Hours, each with the offset that its zone's clocks then show: around where it changes. */
const EDGES: readonly (readonly [hourMs: number, offsetMin: number])[] = [
  [Date.UTC(2025, 10, 2, 8), -420],
  [Date.UTC(2025, 10, 2, 9), -480],
  [Date.UTC(2025, 2, 9, 10), -420],
  [Date.UTC(2025, 9, 26, 0), 120],
  [Date.UTC(2025, 9, 26, 1), 60],
  [Date.UTC(2025, 2, 30, 1), 120],
  [Date.UTC(2025, 3, 5, 15), 630],
]

/**
 * Unusual times. What a flaw moves it moves in `originalTimestamp` too, so that the four times keep their rule; only `timestamp` is written in
 * another form. Identify and delete calls are left alone where it moves anything: the order of what one person says hangs on their times.
 */
export const TIMES: FlawChanges = {
  'offset-times': { change: (event, place) => rewrite(event, (ms) => withOffset(ms, chosen(OFFSETS_MIN, place))) },
  microseconds: {
    fits: isMovable,
    change: (event, place) =>
      rewrite(event, (ms) => isoText(ms).replace('Z', `${String(microsecondsOf(place)).padStart(3, '0')}Z`)),
    instantMs: (instantMs, place) => instantMs + microsecondsOf(place) / 1000,
  },
  'leap-days': moving((ms, place) => chosen(LEAP_DAYS, place) + within(ms, DAY_MS)),
  'dst-edges': moving(
    (ms, place) => chosen(EDGES, place)[0] + within(ms, HOUR_MS),
    (ms, place) => withOffset(ms, chosen(EDGES, place)[1]),
  ),
  'future-times': moving((ms, place) => ms + chosen(AHEAD_MS, place)),
}

function moving(
  moved: (instantMs: number, place: FlawPlace) => number,
  written: (instantMs: number, place: FlawPlace) => string = isoText,
): FlawChange {
  return {
    fits: isMovable,
    instantMs: moved,
    change(event, place) {
      const fromMs = isoTextMs(String(event.timestamp))
      const toMs = moved(fromMs, place)
      event.timestamp = written(toMs, place)
      event.originalTimestamp = isoText(isoTextMs(String(event.originalTimestamp)) + toMs - fromMs)
    },
  }
}

function isMovable({ type }: Readonly<EventObject>): boolean {
  return type !== 'identify' && type !== 'delete'
}

function rewrite(event: EventObject, written: (instantMs: number) => string): void {
  event.timestamp = written(isoTextMs(String(event.timestamp)))
}

/** From 1 to 999. */
function microsecondsOf({ draw }: FlawPlace): number {
  return 1 + (draw % 999)
}

function within(instantMs: number, spanMs: number): number {
  return instantMs - Math.floor(instantMs / spanMs) * spanMs
}

function withOffset(instantMs: number, offsetMin: number): string {
  const local = isoText(instantMs + offsetMin * MINUTE_MS).slice(0, -1)
  const size = offsetMin < 0 ? -offsetMin : offsetMin
  const hours = Math.floor(size / 60)
  return `${local}${offsetMin < 0 ? '-' : '+'}${two(hours)}:${two(size - hours * 60)}`
}

function two(value: number): string {
  return String(value).padStart(2, '0')
}
