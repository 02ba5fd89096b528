import { DAY_COURSE } from '../src/model/day-course.ts'
import { DAY_MS } from './civil-date.ts'

/**
 * The instant by which a share of the activity between two instants has happened, where people live by the clock: most of them are
 * up in the evening, few at four in the morning, and there is more on Sundays. Whole epoch milliseconds; grows with the share.
 *
 * @param utcOffsetMs how far the people's clocks are ahead of UTC
 */
export function dailyMomentMs(fromMs: number, toMs: number, share: number, utcOffsetMs: number): number {
  const from = activityBy(fromMs + utcOffsetMs)
  const to = activityBy(toMs + utcOffsetMs)
  return Math.floor(instantOf(from + (to - from) * share)) - utcOffsetMs
}

/** How much happens on each day of a week, which begins on a Thursday as the epoch does. */
const DAILY = [0.92, 0.86, 0.94, 1, 0.98, 0.94, 0.92]

const HOUR_MS = 3_600_000
const HOURS = DAILY.flatMap((day) => DAY_COURSE.map((hour) => day * hour))
/** What has happened by the beginning of each hour of the week, and at its end. */
const BY_HOUR: readonly number[] = sumsOf(HOURS)
const WEEK_MS = 7 * DAY_MS
const WEEK = BY_HOUR[HOURS.length]!

function activityBy(localMs: number): number {
  const week = Math.floor(localMs / WEEK_MS)
  const hours = (localMs - week * WEEK_MS) / HOUR_MS
  const hour = Math.floor(hours)
  return week * WEEK + BY_HOUR[hour]! + (hours - hour) * HOURS[hour]!
}

function instantOf(activity: number): number {
  const week = Math.floor(activity / WEEK)
  const rest = activity - week * WEEK
  let hour = 0
  for (let step = 128; step > 0; step = step >> 1) {
    if (hour + step < HOURS.length && BY_HOUR[hour + step]! <= rest) hour += step
  }
  return week * WEEK_MS + (hour + (rest - BY_HOUR[hour]!) / HOURS[hour]!) * HOUR_MS
}

function sumsOf(parts: readonly number[]): number[] {
  const sums = [0]
  for (const part of parts) sums.push(sums[sums.length - 1]! + part)
  return sums
}
