import { flawNamesBy } from '../../model/flaws.ts'
import { DEFAULT_VERDICTS } from '../../scenario/verdicts.ts'
import type { Experiment } from './experiment.ts'
import { between, rate, scenario, WITHOUT_COPIES } from './suite-scenario.ts'

/** What trouble on the way shows, and what must be refused. */
export const TROUBLE_EXPERIMENTS: readonly Experiment[] = [
  {
    id: 'outage',
    title: 'An outage, and its end',
    about: 'For three seconds nobody listens at the endpoint; retries must bring everything in, and all be as before.',
    needs: [],
    disturbance: between('refuse', 3000, 6000),
    scenario: (pace) => ({
      ...scenario('outage'),
      phases: [{ name: 'live', rate: rate(pace, 0.5), duration: '10s', duplicates: '1%' }],
      timeScale: 300,
      verdicts: [...DEFAULT_VERDICTS, 'recovers'],
    }),
  },
  {
    id: 'lost-answers',
    title: 'Lost answers',
    about: 'The endpoint has the request and answers, and of ten such answers one never arrives: it is retried.',
    needs: [],
    disturbance: { ...between('lose-answers', 0, 60_000), oneIn: 10 },
    scenario: (pace) => ({
      ...scenario('lost-answers'),
      phases: [{ name: 'live', rate: rate(pace, 1), duration: '5s', duplicates: '1%', lag: '300ms' }],
    }),
  },
  {
    id: 'late-answers',
    title: 'Answers that come too late',
    about: 'Of fifty answers one comes after the deadline of five seconds: by then it is retried.',
    needs: [],
    disturbance: { ...between('hold-answers', 0, 60_000), oneIn: 50, holdMs: 6000 },
    scenario: (pace) => ({
      ...scenario('late-answers'),
      phases: [{ name: 'live', rate: rate(pace, 0.5), duration: '4s', duplicates: '1%' }],
    }),
  },
  {
    id: 'restart',
    title: 'The endpoint is killed and comes back',
    about: 'In the middle of the load the endpoint is killed and started again; what it acknowledged must be there.',
    needs: ['restart'],
    restarts: true,
    scenario: (pace) => ({
      ...scenario('restart'),
      phases: [{ name: 'live', rate: rate(pace, 1), duration: '6s', duplicates: '1%' }],
      timeScale: 300,
    }),
  },
  {
    id: 'malformed',
    title: 'Malformed and oversized events',
    about:
      'Among valid events malformed ones, which must be refused with a 4xx, once, and not be stored; and some of 33 to 64 KB, more than Segment ever sends, which may be refused or stored whole, but must break nothing.',
    needs: [],
    scenario: (pace) => ({
      ...scenario('malformed'),
      main: 'valid',
      phases: [
        { name: 'valid', rate: rate(pace, 0.5), duration: '4s' },
        {
          name: 'malformed',
          at: '0.5s',
          rate: rate(pace, 0.3),
          duration: '3s',
          expects: 'refused',
          flaws: { names: flawNamesBy('refused') },
        },
        {
          name: 'oversized',
          at: '0.5s',
          rate: rate(pace, 0.1),
          duration: '3s',
          expects: 'either',
          flaws: { names: flawNamesBy('either') },
        },
      ],
      verdicts: [...WITHOUT_COPIES, 'rejects-invalid'],
    }),
  },
  {
    id: 'keys',
    title: 'Wrong and missing keys',
    about: 'Among events with the customer’s own key some with a wrong one or none: 401 or 403, and nothing stored.',
    needs: ['api-key'],
    scenario: (pace) => ({
      ...scenario('keys'),
      main: 'own',
      phases: [
        { name: 'own', rate: rate(pace, 0.5), duration: '3s' },
        {
          name: 'wrong-key',
          at: '0.5s',
          rate: rate(pace, 0.12),
          duration: '2.5s',
          expects: 'refused',
          credentials: 'wrong',
        },
        {
          name: 'no-key',
          at: '0.5s',
          rate: rate(pace, 0.12),
          duration: '2.5s',
          expects: 'refused',
          credentials: 'missing',
        },
      ],
      verdicts: [...WITHOUT_COPIES, 'authenticates'],
    }),
  },
  {
    id: 'expired-key',
    title: 'A key that has expired',
    about: 'Among events with the customer’s own key some with one that was good once: refused, and nothing stored.',
    needs: ['api-key', 'expired-key'],
    scenario: (pace) => ({
      ...scenario('expired-key'),
      main: 'own',
      phases: [
        { name: 'own', rate: rate(pace, 0.5), duration: '3s' },
        {
          name: 'expired',
          at: '0.5s',
          rate: rate(pace, 0.12),
          duration: '2.5s',
          expects: 'refused',
          credentials: 'expired',
        },
      ],
      verdicts: [...WITHOUT_COPIES, 'authenticates'],
    }),
  },
  {
    id: 'key-expiry',
    title: 'A key that expires in the middle',
    about: 'A second key of the customer is good at first and expires in the middle: from then on it is refused.',
    needs: ['own-partner'],
    ownPartner: true,
    scenario: (pace) => ({
      ...scenario('key-expiry'),
      main: 'own',
      phases: [
        { name: 'own', rate: rate(pace, 0.5), duration: '8s' },
        { name: 'still-good', at: '0.5s', rate: rate(pace, 0.2), duration: '2s', credentials: 'expired' },
        {
          name: 'expired',
          at: '5.5s',
          rate: rate(pace, 0.2),
          duration: '3s',
          expects: 'refused',
          credentials: 'expired',
        },
      ],
      verdicts: [...WITHOUT_COPIES, 'authenticates'],
    }),
  },
  {
    id: 'signatures',
    title: 'Wrong and missing signatures',
    about:
      'Among signed requests some whose signature is wrong or missing; of a batch the first element alone is signed.',
    needs: ['shared-secret'],
    scenario: (pace) => ({
      ...scenario('signatures'),
      main: 'signed',
      phases: [
        { name: 'signed', rate: rate(pace, 0.25), duration: '6s' },
        {
          name: 'wrong-signature',
          at: '1s',
          rate: rate(pace, 0.1),
          duration: '4s',
          expects: 'refused',
          signature: 'wrong',
        },
        {
          name: 'no-signature',
          at: '1s',
          rate: rate(pace, 0.1),
          duration: '4s',
          expects: 'refused',
          signature: 'missing',
        },
      ],
      verdicts: [...WITHOUT_COPIES, 'verifies-signature'],
    }),
  },
  {
    id: 'customers',
    title: 'Two customers, the same messageIds',
    about:
      'Another customer sends other events under the messageIds of the steady traffic; nobody takes them for those.',
    needs: ['second-key'],
    asSecondCustomer: true,
    scenario: (pace) => ({
      ...scenario('customers'),
      phases: [{ name: 'live', rate: rate(pace, 1), duration: '3s' }],
      verdicts: WITHOUT_COPIES,
    }),
  },
]
