import { describe, expect, test } from 'vitest'
import { realAddressIn } from '../../generators/real-people.ts'
import { testTraffic, textAt } from '../support/events.ts'
import { livePhase } from '../support/plans.ts'

const REAL: readonly (readonly [what: string, event: object, address: string])[] = [
  ['an e-mail address', { traits: { email: 'someone@gmail.com' } }, '@gmail.com'],
  ['one within a text', { properties: { note: 'write to a.b+c@company.co.uk, please' } }, '@company.co.uk'],
  ['one whose domain only begins like a reserved one', { email: 'a@example.com.evil.io' }, '@example.com.evil.io'],
  ['a web address', { context: { page: { url: 'https://www.shop.de/cart?x=1' } } }, 'www.shop.de'],
  ['one behind a user name', { url: 'http://example.com@shop.de/' }, '@shop.de'],
  ['a picture', { traits: { avatar: 'https://gravatar.com/a.png' } }, 'gravatar.com'],
  ['a public IP address', { context: { ip: '8.8.8.8' } }, '8.8.8.8'],
  ['the second of a list', { context: { ip: '192.0.2.1, 9.9.9.9' } }, '192.0.2.1, 9.9.9.9'],
  ['an IPv6 address', { context: { ip: '2606:4700::1111' } }, '2606:4700::1111'],
  ['a phone number', { traits: { phone: '+1 212 555 7788' } }, '+1 212 555 7788'],
  ['one without a country', { traits: { home_phone: '0301234567' } }, '0301234567'],
  ['one under any name', { properties: { call: '+49 30 901820' } }, '+49 30 901820'],
]

const NOBODY: readonly (readonly [what: string, event: object])[] = [
  ['reserved domains', { email: 'a@example.com', url: 'https://shop.example/x', referrer: 'http://www.example.org?x' }],
  ['documentation addresses', { context: { ip: '192.0.2.1,198.51.100.7' }, server: { ip: '2001:db8::1' } }],
  ['fictional phones', { phone: '+1-617-555-0109;ext=238023550883679', mobile: '+44 7700 900123' }],
  ['versions that look like addresses', { userAgent: 'Chrome/143.0.0.0', uaFullVersion: '143.0.7.41' }],
  ['names of packages', { library: { name: '@segment/analytics-node', version: '3.1.0' } }],
  ['nothing at all', { context: { ip: '' }, traits: { phone: '', email: null } }],
]

describe('an address that could be somebody’s is seen', () => {
  for (const [what, event, address] of REAL) {
    test(what, () => expect(realAddressIn(JSON.stringify(event))).toBe(address))
  }
})

describe('nobody is taken for somebody', () => {
  for (const [what, event] of NOBODY) {
    test(what, () => expect(realAddressIn(JSON.stringify(event))).toBeUndefined())
  }

  test('in 20 000 generated events', () => {
    const { traffic } = testTraffic({ phases: [livePhase(20_000, 500)] })
    const found = Array.from({ length: 20_000 }, (_, i) => realAddressIn(textAt(traffic, i)))
    expect(found.filter((address) => address !== undefined)).toEqual([])
  })
})
