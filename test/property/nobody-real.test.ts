import { describe, expect, it } from 'vitest'
import { testTraffic, textAt } from '../support/events.ts'
import { livePhase } from '../support/plans.ts'

const { traffic } = testTraffic({ phases: [livePhase(20_000, 500)] })
const text = Array.from({ length: 20_000 }, (_, i) => textAt(traffic, i)).join('\n')

describe('20 000 events speak of nobody real', () => {
  it('with e-mail addresses at the reserved domains only', () => {
    const domains = new Set([...text.matchAll(/[\w.+-]+@([\w.-]+)/g)].map(([, domain]) => domain))
    expect([...domains].sort()).toEqual(['example.com', 'example.net', 'example.org'])
  })

  it('with web addresses at reserved names only', () => {
    const hosts = [...new Set([...text.matchAll(/https?:\/\/([^/"?]+)/g)].map(([, host]) => host!))]
    expect(hosts.length).toBeGreaterThan(10)
    expect(hosts.filter((host) => !/(^|\.)example(\.(com|net|org))?$|\.test$/.test(host))).toEqual([])
  })

  it('with IP addresses of the documentation networks only', () => {
    const addresses = [...new Set([...text.matchAll(/"ip":"([^"]*)"/g)].map(([, address]) => address!))]
    expect(addresses.length).toBeGreaterThan(100)
    const documentation = /^(192\.0\.2|198\.51\.100|203\.0\.113)\.(\d|[1-9]\d|1\d\d|2[0-4]\d|25[0-4])$/
    expect(addresses.filter((address) => !documentation.test(address))).toEqual([])
  })

  it('with phone numbers kept for fiction only', () => {
    const phones = [...new Set([...text.matchAll(/"phone":"([^"]*)"/g)].map(([, phone]) => phone!))]
    expect(phones.length).toBeGreaterThan(100)
    expect(phones.filter((phone) => !/^\+1-[2-9]\d\d-555-01\d\d;ext=\d{15}$/.test(phone))).toEqual([])
  })

  it('without avatars', () => {
    expect(text).not.toContain('avatar')
  })
})
