import type { Experiment } from './experiment.ts'
import { scenario } from './suite-scenario.ts'
import { TRAFFIC_EXPERIMENTS } from './traffic-experiments.ts'
import { TROUBLE_EXPERIMENTS } from './trouble-experiments.ts'

/** Every experiment of the suite, in the order in which they are played: what is replayed comes last, for the longest span between copies. */
export const EXPERIMENTS: readonly Experiment[] = [
  ...TRAFFIC_EXPERIMENTS,
  ...TROUBLE_EXPERIMENTS,
  {
    id: 'replayed',
    title: 'The steady traffic replayed',
    about: 'Each message of the first experiment comes again, minutes later, in the envelope of a replay.',
    needs: [],
    replays: 'steady',
    scenario: () => scenario('replayed'),
  },
  {
    id: 'again',
    title: 'An earlier run replayed',
    about: 'Each message of an earlier run comes again, in the envelope of a replay.',
    needs: ['again'],
    replays: 'again',
    scenario: () => scenario('again'),
  },
]
