import type { ForwardReport } from './stream-forward.ts'

/** What was forwarded, refused and given up, and how long it took, in one line for people. */
export function forwardText(report: ForwardReport): string {
  const { answered, made, accepted, refused, givenUp, uncertain, notSent, waiting, roundTripMs } = report
  const gone = uncertain === 0 ? '' : `, ${uncertain} of them may have been taken`
  const left = waiting === 0 ? '' : `, ${waiting} still to go`
  const { p50, p99, max } = roundTripMs
  return [
    `forwarded ${accepted} of ${made} events for ${answered} identifies`,
    `${refused} refused, ${givenUp} given up${gone}, ${notSent} not sent${left}`,
    `identify received to event accepted: p50 ${ms(p50)}, p99 ${ms(p99)}, max ${ms(max)}`,
  ].join(' · ')
}

function ms(value: number | null): string {
  return value === null ? '(too few)' : `${value.toFixed(1)} ms`
}
