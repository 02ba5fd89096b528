import { flawNamesBy } from '../../model/flaws.ts'
import { DEFAULT_VERDICTS } from '../../scenario/verdicts.ts'
import type { Experiment, Pace } from './experiment.ts'
import { declaredRate, durationToJudge, rate, scenario, WITHOUT_COPIES } from './suite-scenario.ts'

/** How old the oldest events are that an experiment sends. */
export const OLDEST_DAYS = { history: 1826, 'replay-burst': 400 } as const

/** Too few users show nothing: a slow pace takes longer for as many. */
function orderSeconds({ perSecond }: Pace): string {
  return `${Math.min(20, Math.max(5, Math.ceil(1000 / perSecond)))}s`
}

/** What valid traffic of all kinds shows. */
export const TRAFFIC_EXPERIMENTS: readonly Experiment[] = [
  {
    id: 'steady',
    title: 'Steady live traffic',
    about: 'Every kind of call at an even rate, as many of them twice as get past a deduplicating pipeline.',
    needs: [],
    verdictNeeds: { 'visible-in-time': 'receipts', understood: 'expect', https: 'https' },
    scenario: (pace) => ({
      ...scenario('steady'),
      phases: [{ name: 'live', rate: rate(pace, 1), duration: '11s', arrivals: 'poisson', duplicates: '0.6%' }],
      objectives: { latency: 'p99 < 5s from send' },
      verdicts: [...DEFAULT_VERDICTS, 'visible-in-time', 'understood', 'https'],
    }),
  },
  {
    id: 'duplicates',
    title: 'Duplicates',
    about: 'Copies that race each other on two connections, and copies that come seconds later.',
    needs: [],
    scenario: (pace) => ({
      ...scenario('duplicates'),
      phases: [{ name: 'live', rate: rate(pace, 1), duration: '5s', duplicates: '12%', lag: '1s', racing: '6%' }],
    }),
  },
  {
    id: 'orders',
    title: 'The same events in three orders',
    about: 'The same events about three sets of people, in order and in two shuffles; equal people must end equal.',
    needs: [],
    verdictNeeds: { 'order-independent': 'state' },
    scenario: (pace) => ({
      ...scenario('orders'),
      namespaces: 3,
      // Users whose state can differ are those that are identified more than once.
      mix: { 'server-sync': 40 },
      phases: [{ name: 'live', rate: rate(pace, 4), duration: orderSeconds(pace), duplicates: '1%', shuffle: 'full' }],
      verdicts: [...DEFAULT_VERDICTS, 'order-independent'],
    }),
  },
  {
    id: 'tolerance',
    title: 'Oddities of production',
    about:
      'Valid events, most of them with something that receivers trip over: leap days, offsets, microseconds, emoji, unknown fields.',
    needs: [],
    scenario: (pace) => ({
      ...scenario('tolerance'),
      phases: [
        { name: 'live', rate: rate(pace, 1), duration: '5s', flaws: { share: '70%', names: flawNamesBy('accepted') } },
      ],
      verdicts: [...WITHOUT_COPIES, 'tolerant'],
    }),
  },
  {
    id: 'history',
    title: 'History of five years',
    about: 'A replay of events from an hour to five years old, out of order.',
    needs: [],
    scenario: (pace) => ({
      ...scenario('history'),
      main: 'years',
      phases: [
        {
          name: 'years',
          rate: rate(pace, 1.75),
          duration: '5s',
          shuffle: '2s',
          replay: { history: `${OLDEST_DAYS.history}d` },
        },
        { name: 'hours', rate: rate(pace, 1.25), duration: '2.5s', shuffle: '1s', replay: { history: '4h' } },
      ],
      verdicts: WITHOUT_COPIES,
    }),
  },
  {
    id: 'replay-burst',
    title: 'A burst of replay beside live traffic',
    about: 'A year of history at a high rate while live traffic goes on; half of the live messages come again in it.',
    needs: [],
    verdictNeeds: { 'no-side-effects': 'outbox' },
    scenario: (pace) => ({
      ...scenario('replay-burst'),
      main: 'live',
      phases: [
        { name: 'live', rate: rate(pace, 0.5), duration: '10s', duplicates: '1%' },
        {
          name: 'history',
          at: '2s',
          rate: rate(pace, 2.5),
          duration: '7s',
          shuffle: '2s',
          replay: { history: `${OLDEST_DAYS['replay-burst']}d`, again: { phase: 'live', share: '50%' } },
        },
      ],
      verdicts: [...DEFAULT_VERDICTS, 'no-side-effects'],
    }),
  },
  {
    id: 'declared-rate',
    title: 'The declared rate',
    about: 'As many requests per second as the endpoint is said to take, a replay and live traffic together.',
    needs: ['declared-rate'],
    scenario: (pace) => ({
      ...scenario('declared-rate'),
      main: 'live',
      phases: [
        { name: 'live', rate: declaredRate(pace, 0.3), duration: durationToJudge(pace, 0.3) },
        {
          name: 'history',
          at: '0s',
          rate: declaredRate(pace, 0.7),
          duration: durationToJudge(pace, 0.3),
          replay: { history: '400d' },
        },
      ],
      declaredRate: declaredRate(pace, 1),
      objectives: { 'live-under-replay': 'p99 < 5s from send' },
      verdicts: [...WITHOUT_COPIES, 'rate-limits', 'replay-burst', 'live-under-replay'],
    }),
  },
  {
    id: 'deletes',
    title: 'Deletes, and a replay after them',
    about: 'People ask to be deleted, then all that came is replayed in another order; whoever is gone must stay gone.',
    needs: [],
    scenario: (pace) => ({
      ...scenario('deletes'),
      main: 'live',
      mix: { erasure: 8, 'quick-order': 3, 'server-sync': 3 },
      phases: [
        { name: 'live', rate: rate(pace, 1), duration: '5s' },
        {
          name: 'again',
          at: '5.5s',
          rate: rate(pace, 2),
          duration: '3s',
          shuffle: '1s',
          replay: { again: { phase: 'live', share: '100%' } },
        },
      ],
      verdicts: [...DEFAULT_VERDICTS, 'deletes'],
    }),
  },
]
