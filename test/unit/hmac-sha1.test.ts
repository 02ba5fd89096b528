import { createHmac } from 'node:crypto'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { hmacSha1Hex } from '../../src/adapters/hmac-sha1.ts'

function asNodeSigns(key: string, content: Uint8Array): string {
  return createHmac('sha1', key).update(content).digest('hex')
}

test('a signature is the HMAC-SHA1 of RFC 2202', () => {
  const content = new TextEncoder().encode('what do ya want for nothing?')
  expect(hmacSha1Hex('Jefe', content)).toBe('effcdf6ae5eb2fa2d27416d5f184df9c259a7c79')
})

test('any key signs any content as Node’s own HMAC does, whatever was signed before', () => {
  const key = fc.string({ unit: 'grapheme', maxLength: 100 })
  fc.assert(
    fc.property(fc.array(fc.tuple(key, fc.uint8Array({ maxLength: 300 })), { maxLength: 5 }), (signed) => {
      for (const [secret, content] of signed) expect(hmacSha1Hex(secret, content)).toBe(asNodeSigns(secret, content))
    }),
  )
})

test('a content longer than any before it is signed whole, with the key of before', () => {
  for (const length of [10, 200_000, 20, 300_000]) {
    const content = new Uint8Array(length).fill(length % 251)
    expect(hmacSha1Hex('secret', content)).toBe(asNodeSigns('secret', content))
  }
})
