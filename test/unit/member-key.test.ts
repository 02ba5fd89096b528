import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { MemberKey } from '../../src/analysis/member-key.ts'

const userId = new MemberKey('userId')

describe('looking for a member’s name in bytes', () => {
  it('tells where the value begins', () => {
    expect(userId.valueAt(bytesOf('{"userId":"u1"}'), 0)).toBe(10)
  })

  it('goes on to the next of the name', () => {
    const bytes = bytesOf('{"context":{"userId":1},"é":0,"userId":2}')
    const first = userId.valueAt(bytes, 0)
    expect(bytes[first]).toBe('1'.charCodeAt(0))
    expect(bytes[userId.valueAt(bytes, first)]).toBe('2'.charCodeAt(0))
    expect(userId.valueAt(bytes, userId.valueAt(bytes, first))).toBe(-1)
  })

  it.each([
    '{}',
    '',
    '"userId"',
    '{"a":"userId"}',
    '{"auserId":1}',
    '{"userIds":1}',
    '{"user":"Id"}',
    '{"a":"\\"userId\\":1"}',
  ])('finds nothing in %s', (json) => {
    expect(userId.valueAt(bytesOf(json), 0)).toBe(-1)
  })

  it('agrees with a search of the text wherever it begins', () => {
    const pieces = fc.constantFrom('"', 'userId', '"userId"', '"userId":', ':', 'Id', 'us', ',')
    fc.assert(
      fc.property(fc.array(pieces), fc.nat(30), (parts, from) => {
        const text = parts.join('')
        const at = text.indexOf('"userId":', from)
        expect(userId.valueAt(bytesOf(text), from)).toBe(at < 0 ? -1 : at + '"userId":'.length)
      }),
    )
  })
})

function bytesOf(text: string): Uint8Array {
  return new TextEncoder().encode(text)
}
