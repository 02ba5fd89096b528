import { createHmac } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { systemDigest } from '../../src/adapters/system-world.ts'
import { type Credentials, requestsOf } from '../../src/delivery/profile.ts'
import { keyExpiryMs } from '../../src/model/key-expiry.ts'
import { ORDINARY, type PhasePlan, type ProfileName } from '../../src/model/plan.ts'
import { livePhase, testPlan } from '../support/plans.ts'
import { planned, written } from '../support/scenarios.ts'

const EVENT = new TextEncoder().encode('{"a":"ü"}')
const CREDENTIALS: Credentials = { apiKey: 'own', expiredKey: 'passing', headers: ['X-Own', '1'], sharedSecret: 's' }

/** The value of a header that a phase's requests carry; undefined: none. */
function headerIn(profile: ProfileName, name: string, shown: Partial<PhasePlan>): string | undefined {
  const credentials = profile === 'subscription' ? { ...CREDENTIALS, sharedSecret: undefined } : CREDENTIALS
  const requestOf = requestsOf(testPlan({ profile }), credentials, systemDigest)
  const { headers, body } = requestOf([EVENT], { ...ORDINARY, ...shown })
  expect(body).toEqual(EVENT)
  expect(headers.slice(headers.indexOf('X-Own'))).toEqual(expect.arrayContaining(['X-Own', '1']))
  const at = headers.indexOf(name)
  return at < 0 ? undefined : headers[at + 1]
}

describe('a phase’s requests show', () => {
  const keyOf = (credentials: PhasePlan['credentials']): string =>
    atob(headerIn('subscription', 'Authorization', { credentials })?.replace('Basic ', '') ?? '')

  it.each([
    ['own', 'own:'],
    ['expired', 'passing:'],
    ['missing', ''],
  ] as const)('their %s key', (credentials, shown) => {
    expect(keyOf(credentials)).toBe(shown)
  })

  it('a wrong key that tells nothing of the right one', () => {
    expect(keyOf('wrong')).toMatch(/^(?!own|passing).+:$/)
  })

  it.each([
    ['right', createHmac('sha1', 's').update(EVENT).digest('hex')],
    ['missing', undefined],
  ] as const)('a signature that is %s', (signature, shown) => {
    expect(headerIn('webhook', 'X-Signature', { signature })).toBe(shown)
  })

  it('a wrong signature of the right form', () => {
    const wrong = headerIn('webhook', 'X-Signature', { signature: 'wrong' })
    expect(wrong).toMatch(/^[0-9a-f]{40}$/)
    expect(wrong).not.toBe(headerIn('webhook', 'X-Signature', { signature: 'right' }))
  })
})

describe('a key expires', () => {
  const showing = (startMs: number, expects: PhasePlan['expects']): PhasePlan =>
    livePhase(100, 100, { startMs, expects, credentials: 'expired' })

  it('never where no phase shows it', () => {
    expect(keyExpiryMs({ phases: [livePhase(1, 1)] })).toBeUndefined()
  })

  it('before the run where it is shown in vain alone', () => {
    expect(keyExpiryMs({ phases: [showing(5000, 'refused')] })).toBe(0)
  })

  it('halfway between the phases that show it while it is good and those that show it in vain', () => {
    expect(keyExpiryMs({ phases: [showing(0, 'accepted'), showing(4000, 'refused')] })).toBe(2500)
  })
})

describe('a scenario is refused', () => {
  it.each([
    [
      { profile: 'webhook' },
      { credentials: 'wrong' },
      /^phases\[0\]\.credentials: the webhook profile shows no API key/,
    ],
    [{}, { signature: 'missing' }, /^phases\[0\]\.signature: a subscription signs nothing/],
  ] as const)('for %o with a phase of %o', (scenario, phase, complaint) => {
    expect(() => planned(written(scenario, phase))).toThrow(complaint)
  })

  it.each([
    [
      'again from a phase that is to be refused',
      { name: 'late', replay: { again: { phase: 'live', share: '10%' } } },
      /live sends what is to be/,
    ],
    [
      'the key that expires in vain while another phase still has it as good',
      { name: 'late', at: '20s', credentials: 'expired', expects: 'refused' },
      /live still shows the key/,
    ],
  ])('that sends %s', (_, late, complaint) => {
    const first = { name: 'live', rate: '10/s', duration: '30s', credentials: 'expired' }
    const live = 'replay' in late ? { ...first, expects: 'refused' } : first
    expect(() => planned({ name: 'test', phases: [live, { rate: '10/s', duration: '9s', ...late }] })).toThrow(
      complaint,
    )
  })
})
