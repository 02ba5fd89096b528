import { describe, expect, test } from 'vitest'
import { parseScenario } from '../../src/scenario/parse.ts'
import { resolve } from '../../src/scenario/resolve.ts'

const base = { name: 'few', phases: [{ name: 'live', rate: '10/s', events: 10 }] }
const generator = { version: 'test', corpusDigest: '' }

function resolved(fields: object): ReturnType<typeof resolve> {
  return resolve(parseScenario({ ...base, ...fields }), generator)
}

describe('how a run introduces itself', () => {
  test('stands beside the plan, not in it', () => {
    const access = { apiKey: 'env:KEY', receiptsKey: 'file:key.txt', ca: 'ca.pem', cert: 'me.pem', key: 'me-key.pem' }
    expect(resolved(access).access).toMatchObject(access)
    expect(resolved(access).plan).toEqual(resolved({}).plan)
  })

  test.each(['apiKey', 'receiptsKey'])('is the place of a secret in %s; the secret itself is not shown', (field) => {
    expect(() => resolved({ [field]: 'sk_live_4711' })).toThrow(
      `${field}: must name a place, not the secret itself: env:NAME or file:PATH`,
    )
  })
})

describe('the embedded partner', () => {
  test('has neither TLS nor customers unless it is said', () => {
    expect(resolved({}).partner).toEqual({ faults: [], tls: false, apiKeys: [] })
    const partner = { tls: true, apiKeys: ['env:A', 'env:B'] }
    expect(resolved({ partner }).partner).toEqual({ faults: [], ...partner })
  })

  test('has its customers’ keys by their places too', () => {
    expect(() => resolved({ partner: { apiKeys: ['env:A', 'sk_live_4711'] } })).toThrow(
      /^partner\.apiKeys\[1\]: must name a place, not the secret itself/,
    )
    expect(() => resolved({ partner: { tls: 'yes' } })).toThrow('partner.tls: write true or false')
  })
})
