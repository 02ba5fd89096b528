import { describe, expect, test } from 'vitest'
import { type ForwardFlags, forwardOf } from '../../../src/cli/forward-flags.ts'

const WHOLE: ForwardFlags = { forward: 'stream', stream: 'http://127.0.0.1:8081', writeKey: 'env:K' }

describe('where an embedded partner forwards to', () => {
  test('is nowhere unless it is asked to', () => {
    expect(forwardOf({}, 0)).toBeUndefined()
  })

  test('is the stream that the flags name', () => {
    const place = { stream: WHOLE.stream, writeKey: 'env:K', consent: undefined }
    expect(forwardOf(WHOLE, 0)).toEqual(place)
    expect(forwardOf({ ...WHOLE, iOwn: 'host.example' }, 1)).toEqual({ ...place, consent: 'host.example' })
  })

  test.each<[string, ForwardFlags, number, string]>([
    ['another place', { ...WHOLE, forward: 'webhook' }, 0, 'write stream'],
    ['no URL', { forward: 'stream', writeKey: 'env:K' }, 0, '--stream URL'],
    ['no key', { forward: 'stream', stream: 'http://127.0.0.1:1' }, 0, '--write-key env:NAME'],
    ['several customers and one write key', WHOLE, 2, '--api-key'],
    ['a URL alone', { stream: 'http://127.0.0.1:1' }, 0, '--stream: nothing is forwarded'],
    ['a key alone', { writeKey: 'env:K' }, 0, '--write-key: nothing is forwarded'],
    ['a consent alone', { iOwn: 'host.example' }, 0, '--i-own: nothing is forwarded'],
  ])('cannot be said by %s', (_, flags, customers, text) => {
    expect(() => forwardOf(flags, customers)).toThrow(
      expect.objectContaining({ exitCode: 2, message: expect.stringContaining(text) }),
    )
  })
})
