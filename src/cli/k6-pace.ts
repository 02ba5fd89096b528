import type { Plan } from '../model/plan.ts'

/** What k6's interpreter makes and sends in a second on one core: a whole number that is said to people, not a bound. */
const EVENTS_PER_SECOND = 1300
/** A batch is put together by one lane, however many cores there are; 270 were met on a machine busy with other work. */
const BATCHED_EVENTS_PER_SECOND = 400

/** What to say before k6 is asked for more events a second than it can carry; undefined: nothing. */
export function k6PaceNotice({ phases, delivery, lanes }: Plan, cores: number): string | undefined {
  const perSecond = Math.max(...phases.map(({ messages, durationMs }) => (messages.count / durationMs) * 1000))
  const most = delivery.batchSize > 1 ? BATCHED_EVENTS_PER_SECOND : EVENTS_PER_SECOND
  const carried = most * Math.min(lanes, cores)
  if (perSecond <= carried) return undefined
  const asked = Math.round(perSecond)
  return `k6 carries about ${carried} events a second here, and this run asks for ${asked}: it will fall behind; lower --rate, or take --engine node`
}
