import { describe, expect, it } from 'vitest'
import { type Passage, passageTo } from '../../src/adapters/safety/passage.ts'
import type { SegmentDoor } from '../../src/adapters/safety/segment-host.ts'
import { systemDigest } from '../../src/adapters/system-world.ts'
import { withinCaps } from '../../src/cli/consent-caps.ts'
import { prepare } from '../../src/run.ts'
import type { Scenario } from '../../src/scenario/schema.ts'
import { PLAYED, playedNames } from '../support/owned-hosts.ts'

const HOSTS = [
  'api.segment.io',
  'events.eu1.segmentapis.com',
  'oauth2.segment.io',
  'cdn.segment.com',
  'app.segment.com',
]
/** Nobody is asked where these hosts are, and nothing goes to them: a test says where they would be. */
const names = playedNames(Object.fromEntries(HOSTS.map((host) => [host, [PLAYED.public]])))

function passage(url: string, door?: SegmentDoor, consent?: string): Promise<Passage> {
  return passageTo(new URL(url), { names, door, consent })
}

const refused = expect.objectContaining({ name: 'TargetRefused' })

describe('Segment’s own hosts', () => {
  it.each(HOSTS)('are never hit but by a Stream partner, whoever says that they are his: %s', async (host) => {
    await expect(passage(`https://${host}/`)).rejects.toEqual(refused)
    await expect(passage(`https://${host}/`, undefined, host)).rejects.toEqual(refused)
  })

  it('take a Stream partner’s events at the API of each region, and give tokens beside it, within caps', async () => {
    const there = expect.objectContaining({ ground: 'segment', capped: true })
    await expect(passage('https://api.segment.io', 'events')).resolves.toEqual(there)
    await expect(passage('https://events.eu1.segmentapis.com', 'events')).resolves.toEqual(there)
    await expect(passage('https://oauth2.segment.io/token', 'tokens')).resolves.toEqual(there)
  })

  it.each<[string, SegmentDoor]>([
    ['https://cdn.segment.com', 'events'],
    ['https://app.segment.com', 'tokens'],
    ['https://oauth2.segment.io', 'events'],
    ['https://api.segment.io', 'tokens'],
    ['https://evil.api.segment.io', 'events'],
    ['http://api.segment.io', 'events'],
    ['https://api.segment.io:8443', 'events'],
  ])('are no other doors than these: %s for %s', async (url, door) => {
    await expect(passage(url, door)).rejects.toEqual(refused)
  })

  it('are not reached where a name leads to a place that nothing may go to', async () => {
    const moved = playedNames({ 'api.segment.io': [PLAYED.never] })
    await expect(passageTo(new URL('https://api.segment.io'), { names: moved, door: 'events' })).rejects.toEqual(
      refused,
    )
  })
})

describe('a run against Segment’s API', () => {
  const through = async (changes: Partial<Scenario>, phase: { rate?: string; events?: number } = {}) => {
    const phases = [{ name: 'live', rate: '20/s', events: 200, ...phase }]
    const scenario: Scenario = {
      name: 'real',
      profile: 'stream',
      people: 50,
      writeKey: 'env:W',
      region: 'us',
      phases,
      ...changes,
    }
    const asked = prepare(scenario, systemDigest)
    return withinCaps(await passage(asked.target!, 'events'), scenario, asked)
  }

  it('goes to the region’s address, under a ceiling of 50 requests a second', async () => {
    const { target, plan } = await through({})
    expect([target, plan.delivery.attemptsPerSecondMax]).toEqual(['https://api.segment.io', 50])
    expect((await through({ ceiling: '500/s' })).plan.delivery.attemptsPerSecondMax).toBe(50)
    expect((await through({ region: 'eu' })).target).toBe('https://events.eu1.segmentapis.com')
  })

  it.each<[string, Partial<Scenario>, { rate?: string; events?: number }]>([
    ['50 requests\\/s, and this run asks for 60', {}, { rate: '60/s' }],
    ['10000 events from a run at most, and this one brings 10001', { batch: 100 }, { events: 10_001 }],
    ['100 users from a run at most, and this one is about \\d+', { people: 2000, batch: 100 }, { events: 5000 }],
  ])('is refused where it would bring more than %s', async (what, changes, phase) => {
    await expect(through(changes, phase)).rejects.toMatchObject({
      exitCode: 4,
      message: expect.stringMatching(new RegExp(what)),
    })
  })
})

describe('where a Stream goes', () => {
  const of = (changes: Partial<Scenario>) =>
    prepare(
      { name: 's', profile: 'stream', people: 10, phases: [{ name: 'p', rate: '1/s', events: 5 }], ...changes },
      systemDigest,
    )

  it('is one place, and who gives its tokens is known', () => {
    expect(() => of({ region: 'us', target: 'http://127.0.0.1:1/' })).toThrow(/region: there is a target already/)
    const oauth = { clientId: 'c', keyId: 'k', privateKey: 'env:P' }
    expect(() => of({ oauth })).toThrow(/oauth\.tokenEndpoint: without a region/)
    expect(() => of({ auth: 'oauth' })).toThrow(/auth: a token is asked for with/)
    expect(() => of({ oauth, auth: 'body', region: 'eu' })).toThrow(/oauth: auth is body/)
    expect(of({ oauth, region: 'eu' }).oauth?.tokenEndpoint).toBe('https://oauth2.eu1.segmentapis.com/token')
  })
})
