import { describe, expect, it } from 'vitest'
import { type AddressClass, addressClass } from '../../src/adapters/safety/address-class.ts'
import { isSegmentHost } from '../../src/adapters/safety/segment-host.ts'

const KINDS: readonly (readonly [AddressClass, readonly string[]])[] = [
  ['loopback', ['127.0.0.1', '127.255.255.254', '::1', '0:0:0:0:0:0:0:1', '::ffff:127.0.0.1', '::ffff:7f00:1']],
  ['private', ['10.0.0.1', '172.16.0.1', '172.31.255.255', '192.168.1.1', 'fd12:3456::1', '::ffff:10.0.0.1']],
  ['public', ['8.8.8.8', '172.32.0.1', '100.64.0.1', '2606:4700::1111', '::ffff:8.8.8.8', '64:ff9b::808:808']],
  [
    'never',
    ['169.254.169.254', '169.254.1.1', 'fe80::1', 'fe80::1%eth0', '::ffff:169.254.169.254', '::ffff:a9fe:a9fe'],
  ],
  ['never', ['fd00:ec2::254', 'fd00:0ec2:0:0::254', '100.100.100.200', '168.63.129.16', '192.0.0.192']],
  ['never', ['0.0.0.0', '0.1.2.3', '::', '224.0.0.1', '239.255.255.255', 'ff02::1', '255.255.255.255']],
  ['never', ['64:ff9b::a9fe:a9fe', '64:ff9b::7f00:1', '2002:7f00:1::1', '2002:a00:1::1', '::127.0.0.1', '2001::1']],
  ['never', ['', 'localhost', '1.2.3', '1.2.3.4.5', '300.1.1.1', ':::']],
]

describe('an address', () => {
  for (const [kind, addresses] of KINDS) {
    it.each(addresses)(`%s is ${kind}`, (address) => expect(addressClass(address)).toBe(kind))
  }
})

describe('a host of Segment', () => {
  it.each(['api.segment.io', 'API.SEGMENT.IO', 'api.segment.io.', 'segment.com', 'events.eu1.segmentapis.com'])(
    '%s is one',
    (host) => expect(isSegmentHost(host)).toBe(true),
  )

  it.each(['segment.io.example.com', 'notsegment.io', 'segment.example', 'io', ''])('%s is none', (host) =>
    expect(isSegmentHost(host)).toBe(false),
  )
})
