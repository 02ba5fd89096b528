import { describe, expect, test } from 'vitest'
import { ScenarioError } from '../../src/model/scenario-error.ts'
import { parseScenario, scenarioJsonSchema } from '../../src/scenario/parse.ts'
import { written } from '../support/scenarios.ts'

const WHOLE = 'is not a whole number from'
const LENGTH = 'write a length of time such as'
const RATE = 'write a rate such as'
const SHARE = 'write one such as 10%'

/** By top field: a bad value, and what its complaint says. */
const BAD_FIELDS: Record<string, [unknown, string]> = {
  name: ['Not A Name', 'is not a name of lower-case letters'],
  about: ['', 'is not a line of text'],
  phases: ['live', 'a scenario has a list of phases'],
  main: ['liv', 'did you mean "live"?'],
  rate: [500, '500 has no unit; write a rate such as 500/s'],
  duration: ['0s', 'must be more than 0'],
  events: [0, WHOLE],
  seed: [-1, WHOLE],
  people: [1.5, WHOLE],
  mix: [{ shoping: 3 }, 'did you mean "shopping"?'],
  namespaces: ['two', WHOLE],
  templates: [[{ evnt: 'Own' }], 'did you mean "event"?'],
  customers: [[], 'there must be at least one customer'],
  collide: ['yes', 'write true or false'],
  lanes: [65_536, WHOLE],
  profile: ['subscriptions', 'did you mean "subscription"?'],
  engine: ['k9', 'did you mean "k6"?'],
  method: ['GET', 'is not one of POST, PUT, PATCH'],
  batch: [0, '0 is not a whole number from 1 to 4000'],
  endpoint: ['batches', 'did you mean "batch"?'],
  paths: ['both', 'is not one of long, short'],
  auth: ['basic', 'is not one of header, body, oauth'],
  integration: [{ nme: 'mail' }, 'did you mean "name"?'],
  gzip: ['yes', 'write true or false'],
  batchAge: ['10', LENGTH],
  region: ['asia', 'is not one of us, eu'],
  writeKey: ['hunter2', 'must name a place, not the secret itself'],
  oauth: [{ clientId: '' }, 'is not a name'],
  sharedSecret: ['hunter2', 'must name a place, not the secret itself'],
  apiKey: ['hunter2', 'must name a place, not the secret itself'],
  receiptsKey: ['hunter2', 'must name a place, not the secret itself'],
  ca: [7, 'is not'],
  cert: [7, 'is not'],
  key: [7, 'is not'],
  target: ['localhost:8080', 'is not an http:// or https:// URL'],
  headers: ['X-A: b', 'write headers as {Name: value}'],
  connections: [0, WHOLE],
  inFlight: [null, WHOLE],
  timeout: ['5', LENGTH],
  catchUp: ['0/s', 'must be more than 0'],
  ceiling: ['0/s', 'must be more than 0'],
  warmUp: [5, LENGTH],
  warmRequests: [-1, WHOLE],
  retry: ['segment', 'is not a set of fields such as policy'],
  timeScale: [0, 'is not a number above 0'],
  drain: ['two minutes', LENGTH],
  receipts: [['http://127.0.0.1'], 'is not a line of text'],
  state: ['a\nb', 'is not a line of text'],
  outbox: ['', 'is not a line of text'],
  discards: ['', 'is not a line of text'],
  expect: [[], 'there must be at least one expectation'],
  stateRule: ['event time', 'did you mean "event-time"?'],
  settle: [{}, LENGTH],
  verdicts: [['no-los'], 'did you mean "no-loss"?'],
  skip: [{ 'no-los': 'why' }, 'did you mean "no-loss"?'],
  claim: [2, SHARE],
  declaredRate: ['0/s', 'must be more than 0'],
  lostAnswers: [2, SHARE],
  expiredKey: ['hunter2', 'must name a place, not the secret itself'],
  restart: ['', 'is not a line of text'],
  objectives: [{ latency: 'fast' }, 'write'],
  partner: [[], 'is not a set of fields'],
}

const BAD_PHASE_FIELDS: Record<string, [unknown, string]> = {
  name: [7, 'is not a name of lower-case letters'],
  rate: ['100', RATE],
  ramp: [{ from: '1/s' }, 'nothing'],
  steps: [[], 'there must be at least one step'],
  at: ['later', LENGTH],
  duration: [30, '30 has no unit; write a length of time'],
  events: ['10', WHOLE],
  arrivals: ['poison', 'did you mean "poisson"?'],
  pace: ['diurnall', 'did you mean "diurnal"?'],
  duplicates: ['2', SHARE],
  lag: ['0s', 'must be more than 0'],
  racing: [[], SHARE],
  shuffle: [true, LENGTH],
  replay: ['yes', 'is not a set of fields such as history, again'],
  expects: ['refusal', 'did you mean "refused"?'],
  credentials: ['wrang', 'did you mean "wrong"?'],
  signature: ['mising', 'did you mean "missing"?'],
  flaws: [{ names: ['null-userid'], share: '5%' }, 'did you mean "null-user-id"?'],
  customers: ['acme', 'write a list of customers'],
}

const BAD_RETRY_FIELDS: Record<string, [unknown, string]> = {
  policy: ['segmnt', 'did you mean "segment"?'],
  library: ['pyton', 'did you mean "python"?'],
  retries: [101, WHOLE],
  firstDelay: ['1', LENGTH],
  jitter: ['200%', SHARE],
  window: ['0h', 'must be more than 0'],
  retryAfter: ['yes', 'is not one of ignore, honour'],
  statuses: [{ 503: 'rety' }, 'did you mean "retry"?'],
}

describe('a bad value is met with its field, what is wrong and how to mend it', () => {
  test.each(Object.entries(BAD_FIELDS))('%s', (field, [value, complaint]) => {
    expectComplaint(written({ [field]: value }), field, complaint)
  })

  test.each(Object.entries(BAD_PHASE_FIELDS))('phases[0].%s', (field, [value, complaint]) => {
    expectComplaint(written({}, { [field]: value }), `phases[0].${field}`, complaint)
  })

  test.each(Object.entries(BAD_RETRY_FIELDS))('retry.%s', (field, [value, complaint]) => {
    expectComplaint(written({ retry: { [field]: value } }), `retry.${field}`, complaint)
  })

  test.each([
    [
      'phases[0].steps[1].rate',
      {
        rate: undefined,
        steps: [
          { rate: '0/s', duration: '1s' },
          { rate: '5', duration: '1s' },
        ],
      },
    ],
    ['phases[0].steps[0].duration', { steps: [{ rate: '5/s', duration: '0s' }] }],
    ['phases[0].ramp.to', { ramp: { from: '0/s', to: 'fast' } }],
    ['phases[0].replay.history', { replay: { history: '400' } }],
    ['phases[0].replay.again.share', { replay: { again: { phase: 'live', share: '150%' } } }],
    ['phases[0].replay.again.phase', { replay: { again: { phase: '' } } }],
  ])('%s', (place, phase) => {
    expectComplaint(written({}, phase), place, '')
  })

  test('partner.faults', () => {
    expectComplaint(written({ partner: { faults: [''] } }), 'partner.faults[0]', 'is not a line of text')
  })

  test('each field of the schema has a bad value here', () => {
    const schema = scenarioJsonSchema() as JsonObject
    const phase = at(schema, 'properties', 'phases', 'items', 'properties')
    expect(Object.keys(BAD_FIELDS).sort()).toEqual(Object.keys(at(schema, 'properties')).sort())
    expect(Object.keys(BAD_PHASE_FIELDS).sort()).toEqual(Object.keys(phase).sort())
    const retry = at(schema, 'properties', 'retry', 'properties')
    expect(Object.keys(BAD_RETRY_FIELDS).sort()).toEqual(Object.keys(retry).sort())
  })
})

describe('an unknown field is met with the nearest right one', () => {
  test.each([
    ['top', written({ sed: 1 }), 'there is no field "sed" here; did you mean "seed"?'],
    [
      'phase',
      written({}, { duplicate: '2%' }),
      'phases[0]: there is no field "duplicate" here; did you mean "duplicates"?',
    ],
    [
      'replay',
      written({}, { replay: { histry: '1d' } }),
      'phases[0].replay: there is no field "histry" here; did you mean "history"?',
    ],
    ['retry', written({ retry: { windw: '1h' } }), 'retry: there is no field "windw" here; did you mean "window"?'],
    ['partner', written({ partner: { fault: [] } }), 'partner: there is no field "fault" here; did you mean "faults"?'],
    [
      'step',
      written({}, { steps: [{ rte: '1/s', duration: '1s' }] }),
      'phases[0].steps[0]: there is no field "rte" here; did you mean "rate"?',
    ],
  ])('in %s', (_, scenario, message) => {
    expect(() => parseScenario(scenario)).toThrow(new ScenarioError([], message).message)
  })

  test('even where a field is missing because of it', () => {
    expect(() => parseScenario({ names: 'x', phases: [] })).toThrow('did you mean "name"?')
  })

  test('and with what there is where none is near', () => {
    expect(() => parseScenario(written({ partner: { chaos: 1 } }))).toThrow('no field "chaos" here; known are faults')
  })
})

describe('parts that do not fit together', () => {
  const second = { name: 'second', rate: '1/s', duration: '10s' }
  test.each([
    ['no pace', written({}, { rate: undefined }), 'phases[0]: how fast?'],
    ['two paces', written({}, { ramp: { from: '1/s', to: '2/s' } }), 'phases[0].ramp: rate is given too'],
    ['no length', written({}, { duration: undefined }), 'phases[0]: how long?'],
    ['two lengths', written({}, { events: 5 }), 'phases[0].events: duration is given too'],
    [
      'steps with a length',
      written({}, { rate: undefined, steps: [{ rate: '1/s', duration: '1s' }] }),
      'phases[0].duration: steps is given too',
    ],
    ['events beside a duration', written({ events: 5, duration: '3s' }), 'events: duration is given too'],
    ['one name twice', { name: 'x', phases: [second, second] }, 'phases[1].name: another phase is called "second"'],
    ['again of nothing', written({}, { replay: { again: { phase: 'live' } } }), 'there is no earlier phase to repeat'],
    [
      'again of an unknown phase',
      { name: 'x', phases: [second, { ...second, name: 'third', replay: { again: { phase: 'secnd' } } }] },
      'phases[1].replay.again.phase: "secnd" is not one of second; did you mean "second"?',
    ],
    [
      'a header that belongs to the connection',
      written({ headers: { 'Content-Length': '5' } }),
      'is not the name of a header that may be set',
    ],
    ['a status that is none', written({ retry: { statuses: { 600: 'retry' } } }), 'is not a status such as 503'],
  ])('%s', (_, scenario, message) => {
    expect(() => parseScenario(stripped(scenario))).toThrow(message)
  })

  test('a header’s bad value is not shown, for it may be a secret', () => {
    const complaint = complaintOf(written({ headers: { Authorization: 'hunter2\n' } }))
    expect(complaint.message).toContain('headers.Authorization: is not a header value')
    expect(complaint.message).not.toContain('hunter2')
  })
})

type JsonObject = Record<string, unknown>

function at(value: JsonObject, ...path: string[]): JsonObject {
  return path.reduce((inner, key) => inner[key] as JsonObject, value)
}

/** Leaves out what is undefined, as no file can say it. */
function stripped(scenario: object): unknown {
  return JSON.parse(JSON.stringify(scenario))
}

function complaintOf(scenario: object): ScenarioError {
  try {
    parseScenario(stripped(scenario))
  } catch (error) {
    if (error instanceof ScenarioError) return error
    throw error
  }
  throw new Error('nothing was wrong with it')
}

function expectComplaint(scenario: object, place: string, complaint: string): void {
  const { message } = complaintOf(scenario)
  expect(message.startsWith(place)).toBe(true)
  expect(message).toContain(complaint)
  expect(message).not.toContain('\n')
  expect(message).not.toContain('Invalid')
}
